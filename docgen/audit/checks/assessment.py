"""C36, C37: the self-assessment adds up, and every finding has its way out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from docgen.audit.checks.tables import below, cell, data_rows, head_row, number
from docgen.audit.model import AuditDocument, Table
from docgen.audit.subject import Subject, finding, open_question
from docgen.diagnostics import Diagnostic

_CLAUSE = re.compile(r"5\.[123](?:\.\d){1,2}")


def _tables(subject: Subject, document: AuditDocument) -> Iterator[Table]:
    """Score tables: clause, points, deduction or score."""
    words = subject.words
    for table in document.tables:
        head = head_row(table, words.re("points_head"))
        if head >= 0:
            inner = below(table, head)
            if inner.column(words.re("points_head")) >= 0 and inner.column(words.re("score_head")) >= 0:
                yield inner


def self_assessment(subject: Subject) -> Iterator[Diagnostic]:
    """C36: score = points − deduction in each row; sums; a deduction has its finding; level = score."""
    words = subject.words
    documents = [d for d in subject.about("self_assessment") if d.kind != "procedure"]
    scored = False
    for document in documents:
        for table in _tables(subject, document):
            points, score = table.column(words.re("points_head")), table.column(words.re("score_head"))
            minus, why = table.column(words.re("deduction_head")), table.column(words.re("finding_head"))
            rows = [r for r in table.rows[1:] if _CLAUSE.search(" ".join(r[:2]))]
            full = got = Decimal(0)
            filled = 0
            for row in rows:
                p, s, m = number(cell(row, points)), number(cell(row, score)), number(cell(row, minus))
                if p is None or s is None:
                    continue
                filled += 1
                full += Decimal(str(p))
                got += Decimal(str(s))
                if s > p or (minus >= 0 and m is not None and abs(p - abs(m) - s) > 0.005):
                    yield finding(
                        "C36.row",
                        document,
                        None,
                        " ".join(row),
                        heading=table.heading,
                        points=f"{p:g}",
                        score=f"{s:g}",
                        deduction=f"{m or 0:g}",
                    )
                lost = p - s
                if lost > 0 and why >= 0 and len(cell(row, why).strip("—-/ 无")) < 2:
                    yield finding(
                        "C36.untied", document, None, " ".join(row), heading=table.heading, deduction=f"{lost:g}"
                    )
            if filled < 5:
                continue
            scored = True
            if got == full:
                yield finding("C36.full", document, None, document.title)
            for row in table.rows[1:]:
                total = number(cell(row, score))
                if (
                    row
                    and words.re("sum_row").match(row[0])
                    and total is not None
                    and abs(Decimal(str(total)) - got) > Decimal("0.005")
                ):
                    yield finding(
                        "C36.sum",
                        document,
                        None,
                        " ".join(row),
                        heading=table.heading,
                        read=f"{total:g}",
                        expected=f"{got:g}",
                    )
        yield from _level(subject, document)
        scored = scored or bool(words.re("final_score").search(document.text))
    if not scored and subject.complete:
        yield open_question("C36.open")


def _level(subject: Subject, document: AuditDocument) -> Iterator[Diagnostic]:
    """The level named beside a score is the one the score gives."""
    words = subject.words
    for paragraph, sentence in document.prose():
        match = words.re("final_score").search(sentence)
        if not match:
            continue
        score = Decimal(match.group(1))
        right = [b for b in subject.catalogue.bands if score >= b.minimum]
        name = right[-1].name if right else "—"
        told = words.re("level_name").search(sentence[match.end() :]) or words.re("level_name").search(
            sentence[: match.start()]
        )
        if told and not words.re("level_target").search(sentence) and told.group()[:2] != name[:2]:
            yield finding(
                "C36.level", document, paragraph, sentence, read=told.group(), expected=name, score=str(score)
            )


def _elsewhere(document: AuditDocument, table: Table, pattern: re.Pattern[str]) -> bool:
    """True where another table of the document has the part: an overview before the sheets of the single findings."""
    rows = (row for other in document.tables for row in other.rows if row[:1] != table.head[:1])
    return any(pattern.search(cell.strip()) and len(cell.strip()) <= 12 for row in rows for cell in row)


def rectification(subject: Subject) -> Iterator[Diagnostic]:
    """C37: cause, correction, corrective action, owner, date, proof, verification for each finding."""
    words = subject.words
    documents = [d for d in subject.about("rectification") if d.kind in ("report", "plan", "application", "register")]
    if not documents:
        if subject.complete:
            yield open_question("C37.open")
        return
    for document in documents:
        tables = [below(t, h) for t in document.tables if (h := head_row(t, words.re("nonconformity_head"))) >= 0]
        checked = False
        # what a plan cannot have yet
        later = {"proof", "verification"} if words.re("rectification_plan").search(document.title) else set()
        for table in tables:
            columns: dict[str, int] = {}
            for part, pattern in words.map("rectification_parts").items():
                column = next(
                    (i for i, h in enumerate(table.head) if i not in columns.values() and pattern.search(h)), -1
                )
                if column >= 0:
                    columns[part] = column
            if len(columns) < 2:
                continue
            checked = True
            for part, pattern in words.map("rectification_parts").items():
                if part not in columns and not _elsewhere(document, table, pattern):
                    yield finding("C37.column", document, None, " ".join(table.head), heading=table.heading, part=part)
            for row in data_rows(table):
                for part, column in columns.items():
                    if part not in later and not cell(row, column).strip("—-/ "):
                        yield finding("C37.cell", document, None, " ".join(row), heading=table.heading, part=part)
        if not checked:
            for part, pattern in words.map("rectification_parts").items():
                if not pattern.search(document.text):
                    yield finding("C37.column", document, None, document.title, part=part)
