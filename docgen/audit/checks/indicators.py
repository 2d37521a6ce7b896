"""C24, C35: indicators and satisfaction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.audit.checks.tables import below, cell, data_rows, head_row, number
from docgen.audit.model import AuditDocument, Table
from docgen.audit.subject import Subject, finding, open_question
from docgen.diagnostics import Diagnostic

_NEEDED = 4  # heads a table must have to be the table of indicators
_WEIGHTS = {
    "非常满意": 100,
    "很满意": 100,
    "满意": 80,
    "比较满意": 80,
    "一般": 60,
    "基本满意": 60,
    "不满意": 40,
    "很不满意": 20,
    "非常不满意": 20,
}


def indicators(subject: Subject) -> Iterator[Diagnostic]:
    """C24: each indicator has formula, source, period, owner and target; achieved values can be true."""
    words = subject.words
    tables = []
    for document, table in subject.tables():
        head = head_row(table, words.re("kpi_table"), 3)
        if head >= 0 and document.kind != "form":
            inner = below(table, head)
            if (
                inner.column(words.re("kpi_name_head")) >= 0
                and sum(
                    bool(words.re("kpi_row").search(cell(r, inner.column(words.re("kpi_name_head")))))
                    for r in inner.rows[1:]
                )
                >= 2
            ):
                tables.append((document, inner))
    full = [(d, t) for d, t in tables if len(_heads(subject, t)) >= _NEEDED]
    if tables and not full:
        document, table = tables[0]
        lacks = [part for part in words.map("kpi_heads") if not any(part in _heads(subject, t) for _, t in tables)]
        if lacks:
            yield finding(
                "C24.heads", document, None, " ".join(table.head), heading=table.heading, lacks=",".join(lacks)
            )
    elif not tables and subject.complete:
        yield finding("C24.none", None)
    for document, table in full:
        heads = _heads(subject, table)
        name = table.column(words.re("kpi_name_head"))
        for part in words.map("kpi_heads"):
            if part not in heads:
                yield finding("C24.heads", document, None, " ".join(table.head), heading=table.heading, lacks=part)
        for row in data_rows(table):
            for part, column in heads.items():
                if not cell(row, column).strip("—-/ "):
                    yield finding(
                        "C24.cell",
                        document,
                        None,
                        " ".join(row),
                        heading=table.heading,
                        name=cell(row, name),
                        lacks=part,
                    )
    yield from _impossible(subject)


def _heads(subject: Subject, table: Table) -> dict[str, int]:
    """Which of formula, source … a table has, and in which column; no column serves twice."""
    found: dict[str, int] = {}
    for part, pattern in subject.words.map("kpi_heads").items():
        for column, head in enumerate(table.head):
            if (
                column not in found.values()
                and pattern.search(head)
                and not subject.words.re("kpi_name_head").search(head)
            ):
                found[part] = column
                break
    for part, pattern in subject.words.map("kpi_heads").items():  # one column may hold two, "source and owner"
        if part not in found:
            shared = next((c for c, head in enumerate(table.head) if pattern.search(head) and c in found.values()), -1)
            if shared >= 0 and re.search("[与和及/、]", table.head[shared]):
                found[part] = shared
    return found


def _impossible(subject: Subject) -> Iterator[Diagnostic]:
    words = subject.words
    for document, paragraph, sentence in subject.prose():
        if ("%" in sentence or "％" in sentence) and not words.re("percent_skip").search(sentence):
            for match in words.re("percent").finditer(sentence):
                near = sentence[max(0, match.start() - 14) : match.start()]
                if float(match.group(1)) > 100 and (
                    words.re("rate_word").search(near) or _rate_row(document, paragraph.table, sentence, subject)
                ):
                    yield finding("C24.percent", document, paragraph, sentence, read=match.group())
        counted = words.re("received_closed").search(sentence)
        if counted and int(counted.group(2)) > int(counted.group(1)):
            yield finding("C24.closed", document, paragraph, sentence, read=counted.group(2), expected=counted.group(1))


def _rate_row(document: AuditDocument, table: int, text: str, subject: Subject) -> bool:
    """The percentage is a cell of a row that names a rate."""
    if table < 0:
        return False
    return any(
        text in row and subject.words.re("rate_word").search(" ".join(row)) for row in document.tables[table].rows
    )


def satisfaction(subject: Subject) -> Iterator[Diagnostic]:
    """C35: method, sample, formula, target, improvement; the score follows from the answers."""
    words = subject.words
    pattern = words.map("topics")["survey"]
    documents = [
        d for d in subject.documents if d.kind in ("procedure", "policy", "plan", "report") and pattern.search(d.title)
    ]
    if not documents:
        manual = [d for d in subject.documents if d.kind == "manual"]
        if subject.complete and not any("满意度" in d.text for d in manual):
            yield finding("C35.none", manual[0] if manual else None)
        elif not subject.complete:
            yield open_question("C35.open")
    else:
        text = "\n".join(d.text for d in documents)
        for part, sought in words.map("survey_parts").items():
            if not sought.search(text):
                yield finding("C35.lacks", documents[0], None, documents[0].title, part=part)
    for document in subject.documents:
        yield from _recompute(subject, document)


def _recompute(subject: Subject, document: AuditDocument) -> Iterator[Diagnostic]:
    """A table with answers by degree and a score somewhere: the score must follow."""
    for table in document.tables:
        counts: dict[str, float] = {}
        for row in table.rows:
            label, value = (row[0].strip(), number(row[1])) if len(row) > 1 else ("", None)
            if label in _WEIGHTS and value is not None:
                counts[label] = value
        if len(counts) < 3 and len(table.rows) > 1:
            counts = {
                h.strip(): v
                for h, c in zip(table.rows[0], table.rows[1], strict=False)
                if h.strip() in _WEIGHTS and (v := number(c)) is not None
            }
        if len(counts) < 3 or not sum(counts.values()) or any("%" in c for row in table.rows for c in row):
            continue
        score = sum(_WEIGHTS[k] * v for k, v in counts.items()) / sum(counts.values())
        top = sum(v for k, v in counts.items() if _WEIGHTS[k] >= 80) / sum(counts.values()) * 100
        match = subject.words.re("survey_score").search(document.text)
        told = (
            float(match.group(1))
            if match
            else next((number(r[1]) for r in table.rows if len(r) > 1 and re.search("满意度|得分", r[0])), None)
        )
        if told is not None and min(abs(told - score), abs(told - top)) > 0.6:
            yield finding(
                "C35.score",
                document,
                None,
                match.group() if match else "",
                heading=table.heading,
                read=f"{told:g}",
                expected=f"{score:.2f}",
            )
