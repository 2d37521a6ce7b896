"""C10, C11, C12, C17: managers with a certificate, head counts, the supervisor."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from docgen.audit.checks.tables import below as below_head
from docgen.audit.checks.tables import cell, columns, data_rows, dates_in, head_row
from docgen.audit.facts import Mention
from docgen.audit.model import AuditDocument, Table
from docgen.audit.subject import Subject, finding, open_question, stated
from docgen.diagnostics import Diagnostic, Severity


def _manager_tables(subject: Subject) -> Iterator[tuple[AuditDocument, Table]]:
    words = subject.words
    for document, table in subject.tables():
        where = document.title + table.caption + table.heading.rpartition(" > ")[2]
        if not words.map("topics")["managers"].search(where):
            continue
        head = head_row(table, words.re("managers_head"))
        if head >= 0 and below_head(table, head).column(words.re("certificate_head")) >= 0:
            yield document, below_head(table, head)


def certified_managers(subject: Subject) -> Iterator[Diagnostic]:
    """C10: at least a tenth of the managers, each with number and validity."""
    words = subject.words
    base = _count(subject, "staff_managers")
    have = _count(subject, "staff_certified")
    names: set[str] = set()
    source: tuple[AuditDocument, str] | None = None
    for document, table in _manager_tables(subject):
        name, code, valid = columns(
            table, words.re("name_head"), words.re("certificate_number_head"), words.re("valid_head")
        )
        for row in data_rows(table):
            who = cell(row, name)
            if not who or words.re("sum_row").match(who) or not re.fullmatch(r"[\u4e00-\u9fa5]{2,4}", who):
                continue
            names.add(who)
            source = source or (document, " ".join(row))
            if code >= 0 and not cell(row, code).strip("—-/ "):
                yield finding("C10.number", document, None, " ".join(row), heading=table.heading, name=who)
            until = dates_in(subject, cell(row, valid))
            if valid >= 0 and not until:
                yield finding("C10.validity", document, None, " ".join(row), heading=table.heading, name=who)
            elif until and until[0] < subject.today:
                yield finding(
                    "C10.expired",
                    document,
                    None,
                    " ".join(row),
                    heading=table.heading,
                    name=who,
                    until=until[0].isoformat(),
                )
    number = len(names) or (int(float(have.value)) if have else 0)
    if subject.profile is not None and subject.profile.staff.service_managers:
        wanted: int | None = subject.profile.staff.service_managers
    else:
        wanted = int(float(base.value)) if base else None
    if have and names and int(float(have.value)) != len(names):
        yield finding("C10.count", have.document, have.paragraph, have.quote, read=have.value, expected=str(len(names)))
    if wanted is None or not number:
        if subject.complete and not number and not any("管理师" in d.text for d in subject.documents):
            yield finding("C10.none", None)
        elif subject.complete and wanted is None:
            yield open_question("C10.open")
        return
    least = max(1, math.ceil(wanted / 10))
    if number < least:
        mention = have or base
        place: tuple[AuditDocument | None, str] = (mention.document, mention.quote) if mention else source or (None, "")
        yield finding("C10.few", place[0], None, place[1], read=str(number), expected=str(least), base=str(wanted))
    plans = subject.about("training", kinds=("plan",))
    if plans and not any(words.re("training_managers").search(p.text) for p in plans):
        yield finding("C10.training", plans[0], severity=Severity.WARNING)


def _count(subject: Subject, key: str) -> Mention | None:
    mentions = subject.facts.counts[key]
    if not mentions:
        return None
    best = Counter(m.value for m in mentions).most_common(1)[0][0]
    return next(m for m in mentions if m.value == best)


def outlet_managers_counted(subject: Subject) -> Iterator[Diagnostic]:
    """C11: the base of the tenth includes the managers of the outlets."""
    words = subject.words
    outlets = bool(subject.facts.counts["outlets"]) or (subject.profile is not None and bool(subject.profile.outlets))
    told = [(d, p, s) for d, p, s in subject.prose() if d.kind != "form" and words.re("managers_sentence").search(s)]
    if not told:
        if subject.complete:
            yield open_question("C11.open")
        return
    if not outlets:
        return
    base = [
        s
        for _, _, s in subject.prose()
        if "管理人员" in s and words.re("outlet_base").search(s) and words.re("base_word").search(s)
    ]
    if not base and not any(words.re("outlet_base").search(s) for _, _, s in told):
        document, paragraph, sentence = told[0]
        yield finding("C11.base", document, paragraph, sentence, severity=Severity.WARNING)


def head_counts(subject: Subject) -> Iterator[Diagnostic]:
    """C12: one number of each kind of people; parts are not more than the whole."""
    counts = subject.facts.counts
    staff = subject.profile.staff if subject.profile else None
    given = {
        "staff_total": staff and staff.total, "staff_service": staff and staff.service,
        "staff_managers": staff and staff.service_managers, "staff_technicians": staff and staff.technicians,
    }  # fmt: skip
    expected: dict[str, str] = {}
    for key in ("staff_total", "staff_service", "staff_managers", "staff_technicians"):
        mentions = counts[key]
        if given.get(key):
            expected[key] = str(given[key])
        elif mentions:
            votes: Counter[str] = Counter()
            for m in mentions:
                votes[m.value] += 2 if m.document.kind == "manual" else 1
            expected[key] = votes.most_common(1)[0][0]
        for mention in mentions:
            if mention.value != expected[key]:
                yield stated("C12.differs", mention, topic=key, read=mention.value, expected=expected[key])
    if "staff_total" in expected:
        total = float(expected["staff_total"])
        for key in ("staff_service", "staff_managers"):
            if key in expected and float(expected[key]) > total:
                mention = (counts[key] or [None])[0]  # type: ignore[list-item]
                yield finding(
                    "C12.more",
                    mention.document if mention else None,
                    None,
                    mention.quote if mention else "",
                    topic=key,
                    read=expected[key],
                    expected=f"{total:g}",
                )
    yield from _roster(subject, expected)


def _roster(subject: Subject, expected: dict[str, str]) -> Iterator[Diagnostic]:
    if "staff_service" not in expected:
        if subject.complete:
            yield open_question("C12.open")
        return
    words = subject.words
    for document in subject.about("roster", kinds=("form", "register", "application")):
        for table in document.tables:
            head = head_row(table, words.re("name_head"))
            if head < 0:
                continue
            inner = below_head(table, head)
            name = inner.column(words.re("name_head"))
            rows = [r for r in data_rows(inner) if re.fullmatch(r"[\u4e00-\u9fa5]{2,4}", cell(r, name))]
            blank = len(inner.rows) - 1 - len(rows)
            service = float(expected["staff_service"])
            if len(rows) > service or (rows and not blank and len(rows) < service and document.kind != "form"):
                yield finding(
                    "C12.roster",
                    document,
                    None,
                    document.title,
                    read=str(len(rows)),
                    expected=expected["staff_service"],
                )


def supervisor_full_time(subject: Subject) -> Iterator[Diagnostic]:
    """C17: the supervisor does nothing else and does not belong to those supervised."""
    words = subject.words
    told = False
    for document, paragraph, sentence in subject.prose():
        if document.kind == "form" or not words.re("supervisor").search(sentence):
            continue
        told = True
        if words.re("part_time").search(sentence) and not words.re("deny").search(sentence):
            yield finding("C17.part_time", document, paragraph, sentence)
        elif words.re("in_service").search(sentence) and not words.re("deny").search(sentence):
            yield finding("C17.inside", document, paragraph, sentence)
    if subject.complete:
        whole = [s for d, _, s in subject.prose() if d.kind != "form" and words.re("supervision_word").search(s)]
        if not any(words.re("full_time").search(s) for s in whole):
            yield finding("C17.unsaid", None) if told or whole else finding("C17.none", None)
    if subject.profile is None:
        return
    organization = subject.profile.organization
    supervisor = organization.supervisor
    if supervisor.full_time is False:
        yield finding("C17.profile", None, None, supervisor.name or "", key="organization.supervisor.full_time")
    watched = {
        d.name: d for d in organization.departments if {"service", "contact_centre", "technical"} & set(d.functions)
    }
    if supervisor.department in watched or (supervisor.name and supervisor.name in {d.head for d in watched.values()}):
        yield finding("C17.profile", None, None, supervisor.department or "", key="organization.supervisor.department")
