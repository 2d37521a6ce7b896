"""C04, C05: every clause is served, and what is deleted is deleted everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.audit.model import AuditDocument, Table
from docgen.audit.subject import Subject, finding, open_question
from docgen.diagnostics import Diagnostic, Severity

_CLAUSE = re.compile(r"(?<![\d.])5\.[123](?:\.\d){1,2}(?![\d.])")
_TITLED = re.compile(r"《[^》]+》|[A-Z]{2,}-?[A-Z]*-?\d|手册|程序|规范|制度|计划|预案|办法")


def _matrices(subject: Subject) -> list[tuple[AuditDocument, Table]]:
    """Tables that go through the clauses: the first column, or the second, is full of clause numbers and the head
    names documents and records."""
    found = []
    for document, table in subject.tables():
        head = " ".join(table.head)
        if (
            not re.search("条款|指标|要求", head)
            or not re.search("文件|程序|制度|手册", head)
            or not re.search("记录|表单|证据|表格", head)
        ):
            continue
        numbers = {m for row in table.rows for cell in row[:3] for m in _CLAUSE.findall(cell)}
        if len(numbers) >= 8:
            found.append((document, table))
    return found


def _second_level(subject: Subject) -> dict[str, str]:
    deleted = _deleted(subject)
    return {c.id: c.name for c in subject.catalogue.clauses_of_level(2) if c.id not in deleted}


def _deleted(subject: Subject) -> set[str]:
    found = {str(c) for c in subject.manifest.get("deleted_clauses", ())}
    if subject.profile:
        found |= {d.clause for d in subject.profile.certification.deletions if d.clause and not d.part}
    for _, clause, _, _ in deletion_rows(subject):
        found.add(clause)
    return found


def clause_coverage(subject: Subject) -> Iterator[Diagnostic]:
    """C04: each of the fifteen indicators has a document and a record in the cross-reference."""
    matrices = _matrices(subject)
    if not matrices:
        if subject.complete:
            manual = subject.about("matrix") or [d for d in subject.documents if d.kind == "manual"]
            yield finding("C04.none", manual[0] if manual else None)
        return
    for document, table in matrices:
        documents = [i for i, h in enumerate(table.head) if re.search("文件|程序|制度|手册", h) and "条款" not in h]
        records = [i for i, h in enumerate(table.head) if re.search("记录|表单|证据|表格", h)]
        seen: dict[str, list[str]] = {}
        for row in table.rows[1:]:
            cell = " ".join(row[:2])
            for clause in _CLAUSE.findall(cell):
                lacks = []
                if not any(i < len(row) and row[i].strip(" 　—-/、无") for i in documents):
                    lacks.append("document")
                if not any(i < len(row) and row[i].strip(" 　—-/、无") for i in records):
                    lacks.append("record")
                if lacks:
                    yield finding(
                        "C04.empty",
                        document,
                        None,
                        " ".join(row)[:80],
                        heading=table.heading,
                        clause=clause,
                        lacks=",".join(lacks),
                    )
                seen.setdefault(clause[:5], []).append(clause)
        for clause, name in _second_level(subject).items():
            if clause not in seen:
                yield finding(
                    "C04.missing", document, None, " ".join(table.head), heading=table.heading, clause=clause, name=name
                )


def deletion_rows(subject: Subject) -> Iterator[tuple[AuditDocument, str, str, str]]:
    """(document, clause, reason, row) of tables and sentences that delete clauses."""
    for document, table in subject.tables():
        head = " ".join(table.head)
        if not re.search("删减", head + table.caption + table.heading.rpartition(" > ")[2]) or document.kind == "form":
            continue
        if not re.search("条款|指标|编号", head):
            continue
        reason = table.column(re.compile("理由|原因|说明"))
        for row in table.rows[1:]:
            clause = _deleted_in(subject, row[:reason] if reason > 0 else row[:3])
            if clause:
                yield document, clause, row[reason].strip() if 0 <= reason < len(row) else "", " ".join(row)
    for document, _, sentence in subject.prose():
        if "删减" in sentence and not re.search("没有删减|无删减|未删减|不删减|如有删减|不得删减", sentence):
            for found in _CLAUSE.finditer(sentence):
                clause = found.group()
                if re.search(
                    rf"(?:删减(?:了)?(?:条款)?[^。；]{{0,12}}{re.escape(clause)})|{re.escape(clause)}[^。；]{{0,24}}(?:予以|作)?删减",
                    sentence,
                ):
                    named = re.split("[（）；、]", sentence[found.end() :])[1:2]
                    yield document, _item(subject, clause, named), sentence, sentence


def _deleted_in(subject: Subject, cells: list[str]) -> str:
    """The clause a row deletes, or the item of it that one of its cells names."""
    clause = next((c for cell in cells[:2] for c in _CLAUSE.findall(cell)), "")
    return _item(subject, clause, cells)


def _item(subject: Subject, clause: str, words: list[str]) -> str:
    """The item of `clause` that one of `words` names; the clause itself where none does."""
    items = [c for c in subject.catalogue.clauses_of_level(3) if c.parent == clause]
    return next((c.id for c in items for word in words if word.strip().startswith(c.name)), clause)


def deletions(subject: Subject) -> Iterator[Diagnostic]:
    """C05: each deletion has a reason, all documents name the same ones, and none is promised after all."""
    by_document: dict[str, set[str]] = {}
    documents: dict[str, AuditDocument] = {}
    for document, clause, reason, row in deletion_rows(subject):
        by_document.setdefault(document.path, set()).add(clause)
        documents[document.path] = document
        if len(reason.strip(" 　—-/无")) < 4:
            yield finding("C05.reason", document, None, row, clause=clause)
    given: set[str] | None = None
    if subject.profile is not None:
        given = {d.clause for d in subject.profile.certification.deletions if d.clause}
        for entry in subject.profile.certification.deletions:
            if entry.clause and not entry.reason:
                yield finding("C05.reason", None, None, entry.clause, clause=entry.clause)
    elif by_document:
        manual = next((p for p, d in documents.items() if d.kind == "manual"), next(iter(by_document)))
        given = by_document[manual]
    if given is None:
        return
    for path, clauses in by_document.items():
        if clauses != given and (clauses - given or documents[path].kind in ("manual", "application", "report")):
            read, expected = ", ".join(sorted(clauses)), ", ".join(sorted(given))
            yield finding("C05.differs", documents[path], None, read, read=read or "—", expected=expected or "—")
    yield from _none_said(subject, given)
    yield from _promised(subject, _deleted(subject))


def _none_said(subject: Subject, given: set[str]) -> Iterator[Diagnostic]:
    if not given:
        return
    for document, paragraph, sentence in subject.prose():
        if re.search("没有删减|无删减|未删减|不删减任何", sentence):
            yield finding("C05.differs", document, paragraph, sentence, read="0", expected=", ".join(sorted(given)))


def _promised(subject: Subject, deleted: set[str]) -> Iterator[Diagnostic]:
    patterns = {
        c: p
        for c, p in subject.words.map("clause_promises").items()
        if any(c == d or c.startswith(d + ".") for d in deleted)
    }
    deny = subject.words.re("deny")
    for document, paragraph, sentence in subject.prose():
        for clause, pattern in patterns.items():
            match = pattern.search(sentence)
            if match and not deny.search(sentence) and not re.search("删减|不适用", sentence + paragraph.heading):
                yield finding("C05.promised", document, paragraph, sentence, clause=clause, read=match.group())


__all__ = ["Severity", "clause_coverage", "deletion_rows", "deletions", "open_question"]
