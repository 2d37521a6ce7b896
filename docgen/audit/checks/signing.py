"""C18, C19, C20, C41: who signed when, how long the system has run, what dates records bear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from datetime import date
from itertools import pairwise

from docgen.audit.checks.tables import dates_in
from docgen.audit.model import AuditDocument
from docgen.audit.subject import Subject, finding, open_question
from docgen.diagnostics import Diagnostic, Severity
from docgen.records import dataclass

_ORDER = ("prepared", "reviewed", "approved", "issue_date", "effective_date")
_FRONT = 60


@dataclass(slots=True)
class Signs:
    """Names and dates of a cover or sign-off table."""

    names: dict[str, str] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)
    quotes: dict[str, str] = field(default_factory=dict)


def signs_of(subject: Subject, document: AuditDocument) -> Signs:
    """Read from label and value cells beside each other, and from lines `编制：name`."""
    words = subject.words
    signs = Signs()
    roles = {name: words.re(name) for name in _ORDER[:3]}
    for table in document.tables:
        for row in table.rows:
            cells = [c.strip() for c in row]
            for index, label in enumerate(cells[:-1]):
                role = next((r for r, p in roles.items() if p.match(label.replace("\u3000", ""))), "")
                if role:
                    value = cells[index + 1]
                    name = re.match(r"[\u4e00-\u9fa5]{2,4}(?![\u4e00-\u9fa5])", value)
                    if name and not words.re("any_post").search(name.group()):
                        signs.names.setdefault(role, name.group())
                    found = dates_in(subject, " ".join(cells[index + 1 : index + 4]))
                    if found:
                        signs.dates.setdefault(role, found[0])
                        signs.quotes.setdefault(role, " ".join(cells))
                for key in _ORDER[3:]:
                    if words.re(key).match(label.replace("\u3000", "")):
                        found = dates_in(subject, cells[index + 1])
                        if found:
                            signs.dates.setdefault(key, found[0])
                            signs.quotes.setdefault(key, f"{label} {cells[index + 1]}")
    front = [p.text for p in document.paragraphs[:_FRONT] if p.kind in ("text", "heading")]
    for text in [*front, *document.header.splitlines()]:
        for label, name in words.re("sign_inline").findall(text):
            role = next((r for r, p in roles.items() if p.match(label)), "")
            if role:
                signs.names.setdefault(role, name)
        for key, pattern in ((k, words.re(k)) for k in _ORDER[3:]):
            for match in pattern.finditer(text) if len(text) < 60 else ():
                near = dates_in(subject, text[match.end() : match.end() + 18]) or dates_in(
                    subject, text[max(0, match.start() - 16) : match.start() + 1]
                )
                if near:
                    signs.dates.setdefault(key, near[0])
                    signs.quotes.setdefault(key, text)
    return signs


def sign_off(subject: Subject) -> Iterator[Diagnostic]:
    """C18: three hands, the last of top management, dates in order."""
    leaders: set[str] = set()
    if subject.profile is not None:
        organization = subject.profile.organization
        leaders = {n for n in (organization.top_management.name, organization.management_representative.name) if n}
    for document in subject.documents:
        if document.kind in ("form", "application"):
            continue
        signs = signs_of(subject, document)
        names = [signs.names.get(role, "") for role in _ORDER[:3]]
        quote = " ".join(n for n in names if n)
        if all(names) and len(set(names)) == 1:
            yield finding("C18.same", document, None, quote, name=names[0])
        if (names[2] and leaders and names[2] not in leaders) or (
            names[2] and not leaders and _not_leading(subject, names[2])
        ):
            yield finding("C18.approver", document, None, quote, name=names[2])
        known = [(key, signs.dates[key]) for key in _ORDER if key in signs.dates]
        for (first, earlier), (second, later) in pairwise(known):
            if earlier > later:
                yield finding(
                    "C18.order", document, None, signs.quotes.get(second, ""), first=first, second=second,
                    earlier=earlier.isoformat(), later=later.isoformat(),
                )  # fmt: skip


def _not_leading(subject: Subject, name: str) -> bool:
    """Without a profile: the texts give the approver a post, and it is not one of top management."""
    words = subject.words
    posts = []
    for document in subject.documents:
        if name not in document.text:
            continue
        for table in document.tables:
            for row in table.rows:
                if name in (c.strip() for c in row):
                    posts += [c for c in row if words.re("any_post").search(c) and len(c) <= 14]
        for match in re.finditer(
            rf"([\u4e00-\u9fa5]{{2,8}}(?:经理|主管|专员|员|总监|董事长|代表|部长|主任))[：:\s（(]*{name}", document.text
        ):
            posts.append(match.group(1))
    return bool(posts) and not any(words.re("top_title").search(p) for p in posts)


def running_time(subject: Subject) -> Iterator[Diagnostic]:
    """C19: three months of running before the assessment."""
    effective = [
        (d, s.dates["effective_date"])
        for d in subject.documents
        if d.kind == "manual" and "effective_date" in (s := signs_of(subject, d)).dates
    ]
    planned: date | None = None
    if subject.profile is not None:
        c = subject.profile.certification
        planned = c.planned_audit_date or c.application_date
        started = c.running_since or subject.profile.documents.effective_date
        if not effective and started:
            effective = []
            if planned and _months_between(started, planned) < 3:
                yield finding(
                    "C19.short",
                    None,
                    None,
                    started.isoformat(),
                    severity=Severity.WARNING,
                    start=started.isoformat(),
                    planned=planned.isoformat(),
                    key="certification.running_since",
                )
            return
    if planned is None:
        for document in subject.documents:
            for table in document.tables:
                for row in table.rows:
                    for left, right in pairwise(row):
                        if subject.words.re("application_date").search(left) and dates_in(subject, right):
                            planned = dates_in(subject, right)[0]
    if planned is None or not effective:
        if subject.complete:
            yield open_question("C19.open")
        return
    for document, start in effective:
        if _months_between(start, planned) < 3:
            yield finding(
                "C19.short",
                document,
                None,
                start.isoformat(),
                severity=Severity.WARNING,
                start=start.isoformat(),
                planned=planned.isoformat(),
            )


def _months_between(first: date, last: date) -> float:
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def record_dates(subject: Subject) -> Iterator[Diagnostic]:
    """C20: dates of filled-in records lie in the past, within the run, and differ."""
    started = subject.profile.certification.running_since if subject.profile else None
    skip = subject.words.re("planned_head")
    for document in subject.documents:
        if document.kind != "form":
            continue
        found: list[tuple[date, str]] = []
        for table in document.tables:
            head = max(
                range(min(4, len(table.rows))), key=lambda i: sum(bool(c.strip()) for c in table.rows[i]), default=0
            )
            for row in table.rows:
                for column, text in enumerate(row):
                    label = table.rows[head][column] if table.rows and column < len(table.rows[head]) else ""
                    left = row[column - 1] if column else ""
                    if skip.search(label) or skip.search(left) or skip.search(text):
                        continue
                    found += [(d, " ".join(row)) for d in dates_in(subject, text)]
        for day, quote in found:
            if day > subject.today:
                yield finding("C20.future", document, None, quote, severity=Severity.WARNING, read=day.isoformat())
            elif started is not None and day < started and (started - day).days > 400:
                yield finding(
                    "C20.before",
                    document,
                    None,
                    quote,
                    severity=Severity.WARNING,
                    read=day.isoformat(),
                    start=started.isoformat(),
                )
        days = [d for d, _ in found]
        if len(days) >= 4 and len(set(days)) == 1:
            yield finding("C20.same", document, None, found[0][1], severity=Severity.WARNING, read=days[0].isoformat())
        if len(set(days)) >= 4 and all(d.weekday() >= 5 for d in set(days)):
            yield finding(
                "C20.weekend", document, None, found[0][1], severity=Severity.WARNING, read=days[0].isoformat()
            )


def yearly_update(subject: Subject) -> Iterator[Diagnostic]:
    """C41: at surveillance and re-evaluation the revision table shows this cycle."""
    stage = subject.profile.certification.stage if subject.profile else None
    due = stage in ("surveillance", "reevaluation")
    if not due:
        due = any(subject.words.re("surveillance").search(d.title) for d in subject.documents)
    if not due:
        if subject.profile is None and subject.complete:
            yield open_question("C41.open")
        return
    for document in subject.documents:
        if document.kind != "manual":
            continue
        days = [
            d for t in document.tables
            if subject.words.re("revision_table").search(t.heading.rpartition(" > ")[2] + t.caption + " ".join(t.head))
            and re.search("修订|更改", t.heading + t.caption + " ".join(t.head))
            for row in t.rows for d in dates_in(subject, " ".join(row))
        ]  # fmt: skip
        if not days or max(days).year < subject.today.year - (subject.today.month < 3):
            last = max(days).isoformat() if days else "—"
            yield finding("C41.old", document, None, document.title, severity=Severity.WARNING, read=last)
