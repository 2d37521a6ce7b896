"""C13, C14: where the outlets are, and what binds those that belong to others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from docgen.audit.checks.tables import below, cell, columns, data_rows, head_row
from docgen.audit.model import AuditDocument, Table
from docgen.audit.subject import Subject, finding, open_question, stated
from docgen.diagnostics import Diagnostic, Severity
from docgen.profile.rules.people import province_stem, provinces_without_outlet


def _lists(subject: Subject) -> Iterator[tuple[AuditDocument, Table]]:
    """Tables with one outlet a row: a name and an address or area."""
    words = subject.words
    for document, table in subject.tables():
        where = document.title + table.caption + table.heading.rpartition(" > ")[2] + table.sheet
        if not words.map("topics")["outlets"].search(where):
            continue
        head = head_row(table, words.re("outlet_name_head"))
        if head < 0:
            continue
        inner = below(table, head)
        if inner.column(words.re("outlet_place_head")) >= 0 and inner.column(words.re("outlet_name_head")) >= 0:
            yield document, inner


def outlet_counts(subject: Subject) -> Iterator[Diagnostic]:
    """C13: the number told is the number listed; every province sold to is served."""
    words = subject.words
    lists = list(_lists(subject))
    listed: dict[str, int] = {}
    names: dict[str, set[str]] = {}
    for document, table in lists:
        column = table.column(words.re("outlet_name_head"))
        rows = {
            cell(r, column)
            for r in data_rows(table)
            if len(cell(r, column)) >= 3 and not words.re("not_outlet").match(cell(r, column))
        }
        if len(rows) >= 2 and not words.re("outlet_part").search(
            _short(table.caption) + table.heading.rpartition(" > ")[2]
        ):
            names[document.path] = names.get(document.path, set()) | rows
    listed = {path: len(rows) for path, rows in names.items()}
    given = {"outlets": "", "outlets_own": "", "outlets_authorized": ""}
    if subject.profile is not None and subject.profile.outlets:
        kinds = Counter(o.type for o in subject.profile.outlets)
        given = {
            "outlets": str(len(subject.profile.outlets)),
            "outlets_own": str(kinds["own"]),
            "outlets_authorized": str(kinds["authorized"]),
        }
    for key in given:
        mentions = subject.facts.counts[key]
        expected = given[key]
        if not expected and mentions:
            votes: Counter[str] = Counter(m.value for m in mentions)
            if key == "outlets":
                votes.update({str(n): 2 for n in listed.values()})
            expected = votes.most_common(1)[0][0]
        for mention in mentions:
            if mention.value != expected:
                yield stated("C13.count", mention, topic=key, read=mention.value, expected=expected)
    yield from _compare(subject, names, given["outlets"])
    yield from _provinces(subject)
    if not subject.facts.counts["outlets"] and not listed and subject.complete:
        yield open_question("C13.open")


def _short(caption: str) -> str:
    """A caption; a whole sentence before a table is none."""
    return caption if len(caption) <= 16 else ""


def _compare(subject: Subject, names: dict[str, set[str]], given: str) -> Iterator[Diagnostic]:
    documents = {d.path: d for d in subject.documents}
    told = subject.facts.counts["outlets"]
    expected = given or (Counter(m.value for m in told).most_common(1)[0][0] if told else "")
    full = max(names.values(), key=len) if names else set()
    for path, rows in names.items():
        if expected and documents[path].kind != "form" and str(len(rows)) != expected and len(rows) >= 2:
            yield finding(
                "C13.list", documents[path], None, documents[path].title, read=str(len(rows)), expected=expected
            )
        elif rows - full:
            yield finding(
                "C13.names", documents[path], None, "、".join(sorted(rows - full))[:80], read=str(len(rows - full))
            )


def _provinces(subject: Subject) -> Iterator[Diagnostic]:
    if subject.profile is None:
        return
    sales = subject.profile.sales
    other_ways = sales.uncovered_provinces or ""
    if other_ways and not any(province_stem(p) in other_ways for p in sales.provinces):
        return  # told for all of them together
    bare = [p for p in provinces_without_outlet(subject.profile) if province_stem(p) not in other_ways]
    if bare and not (other_ways and not subject.profile.outlets):
        yield finding(
            "C13.province", None, None, "、".join(bare), key="sales.uncovered_provinces", read="、".join(bare)
        )


def contracted_outlets(subject: Subject) -> Iterator[Diagnostic]:
    """C14: contracted outlets and carriers have an agreement, an admission and checks."""
    words = subject.words
    whole = "\n".join(d.text + d.title for d in subject.documents)
    contracted = bool(subject.facts.counts["outlets_authorized"]) or bool(words.re("authorized_outlets").search(whole))
    for document, table in _lists(subject):
        kind, agreement, name = columns(
            table, words.re("outlet_type_head"), words.re("agreement_head"), words.re("outlet_name_head")
        )
        if kind < 0 or agreement < 0:
            continue
        for row in data_rows(table):
            if words.re("authorized").search(cell(row, kind)) and not cell(row, agreement).strip("—-/ 无"):
                yield finding(
                    "C14.agreement",
                    document,
                    None,
                    " ".join(row),
                    heading=table.heading,
                    severity=Severity.WARNING,
                    read=cell(row, name),
                )
    if not contracted or not subject.complete:
        return
    for part, pattern in (("agreement", "agreement"), ("admission", "admission"), ("checking", "checking")):
        if not words.re(pattern).search(whole):
            yield finding("C14.lacks", None, severity=Severity.WARNING, part=part)
