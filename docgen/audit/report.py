"""The audit as a Word report and a workbook."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.audit.explain import reason_of, remedy_of
from docgen.diagnostics import Diagnostic, Severity
from docgen.document import Block, Cell, Document, Heading, Paragraph, Row, Section, Table
from docgen.messages import render, text

if TYPE_CHECKING:
    from docgen.audit.audit import AuditResult
    from docgen.library import Library

_LABEL = {Severity.ERROR: "A071", Severity.WARNING: "A072", Severity.NOTE: "A073"}


def write_report(result: AuditResult, library: Library, folder: Path, lang: str = "zh") -> list[Path]:
    """Write the .docx and the .xlsx into `folder`; gives their paths. Raises OSError if the disk refuses."""
    from docgen.writers.docx import write_docx

    folder.mkdir(parents=True, exist_ok=True)
    document = folder / text("A076", lang)
    document.write_bytes(write_docx(report_document(result, lang), library.theme()))
    workbook = folder / text("A077", lang)
    workbook.write_bytes(_workbook(result, lang))
    return [document, workbook]


def sentence(finding: Diagnostic, lang: str) -> str:
    """The finding's sentence without place, severity and code."""
    plain = render(Diagnostic(finding.code, finding.severity, values=finding.values), lang)
    head = f"{finding.code}：" if lang == "zh" else f"{finding.code}: "
    return plain.partition(head)[2] or plain


def check_of(finding: Diagnostic) -> str:
    return finding.code.partition(".")[0]


def report_document(result: AuditResult, lang: str = "zh") -> Document:
    """The report as blocks."""

    def say(code: str, **values: object) -> str:
        return text(code, lang, **values)

    counts = {s.value: result.count(s) for s in Severity}
    blocks: list[Block] = [
        Paragraph((say("A050"),), "form-title"),
        Paragraph((say("A051", company=result.company or "—"),)),
        Paragraph((say("A040", documents=len(result.documents), pages=round(result.pages), **counts),)),
    ]
    real = [f for f in result.findings if f.severity is not Severity.NOTE]
    notes = [f for f in result.findings if f.severity is Severity.NOTE]
    blocks.append(Heading(1, (say("A061"),)))
    if not real:
        blocks.append(Paragraph((say("A069"),)))
    else:
        blocks.append(_summary(real, lang))
        blocks += [Section(True), Heading(1, (say("A062"),)), _table(real, lang)]
    if notes:
        blocks.append(Heading(1, (say("A070"),)))
        blocks += [Paragraph((sentence(f, lang),)) for f in notes]
    return Document(
        "audit-report", "report", "", say("A050"), "", blocks, {"company": result.company or "", "title": say("A050")}
    )


def _summary(findings: list[Diagnostic], lang: str) -> Table:
    votes = Counter(check_of(f) for f in findings)
    head = _row([text(c, lang) for c in ("A054", "A068", "A059", "A060")], True)
    rows = []
    for check, count in sorted(votes.items()):
        example = next(f for f in findings if check_of(f) == check)
        rows.append(_row([check, str(count), reason_of(example, lang), remedy_of(example, lang)]))
    return Table((head, *rows), (1, 1, 4, 4))


def _table(findings: list[Diagnostic], lang: str) -> Table:
    head = _row([text(c, lang) for c in ("A053", "A054", "A055", "A056", "A057", "A058")], True)
    rows = [
        _row([
            text(_LABEL[f.severity], lang), check_of(f), f.place.file or text("A075", lang), f.place.heading,
            sentence(f, lang), f.place.quote,
        ])
        for f in findings
    ]  # fmt: skip
    return Table((head, *rows), (1, 1, 4, 3, 5, 5))


def _row(cells: list[str], header: bool = False) -> Row:
    return Row(tuple(Cell((c,), header=header) for c in cells), header)


def _workbook(result: AuditResult, lang: str) -> bytes:
    from docgen.writers.sheet import Entry, Format, Line, Sheet, write_workbook

    head, plain = Format(bold=True, border=True, fill="E7E6E6"), Format(border=True, quoted=True)

    def sheet(name: str, heads: list[str], rows: list[list[str]], widths: list[float]) -> Sheet:
        lines = [Line([Entry(i, t, head) for i, t in enumerate(heads, 1)])]
        lines += [Line([Entry(i, t, plain) for i, t in enumerate(row, 1)]) for row in rows]
        return Sheet(name, lines, widths, frozen=1, repeated=(1, 1))

    say = [text(c, lang) for c in ("A053", "A054", "A055", "A056", "A057", "A058", "A059", "A060")]
    findings = [
        [text(_LABEL[f.severity], lang), check_of(f), f.place.file or text("A075", lang), f.place.heading,
         sentence(f, lang), f.place.quote, reason_of(f, lang), remedy_of(f, lang)]
        for f in result.findings
    ]  # fmt: skip
    documents = [[d.path, d.title, d.number, d.version, d.kind] for d in result.documents]
    names = [text(c, lang) for c in ("A055", "A064", "A065", "A066", "A067")]
    return write_workbook([
        sheet(text("A062", lang), say, findings, [8, 8, 36, 24, 44, 44, 36, 36]),
        sheet(text("A063", lang), names, documents, [48, 30, 18, 8, 14]),
    ])  # fmt: skip
