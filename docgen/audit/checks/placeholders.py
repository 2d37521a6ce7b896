"""C02: nothing is left to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.audit.model import AuditDocument, Paragraph
from docgen.audit.subject import Subject, finding
from docgen.diagnostics import Diagnostic, Severity


def placeholders(subject: Subject) -> Iterator[Diagnostic]:
    """Template marks, blanks in running text, sample dates; docgen's own gaps with their profile key."""
    for document in subject.documents:
        for paragraph in document.paragraphs:
            if paragraph.kind == "unfilled":
                yield finding("C02.control", document, paragraph, read=paragraph.text[:40])
            elif paragraph.kind in ("text", "heading", "cell", "hidden", "contents"):
                yield from _paragraph(subject, document, paragraph)


def _paragraph(subject: Subject, document: AuditDocument, paragraph: Paragraph) -> Iterator[Diagnostic]:
    words = subject.words
    text = paragraph.text
    for label in dict.fromkeys(words.re("gap").findall(text)):
        yield finding(
            "C02.gap", document, paragraph, _sentence(paragraph, label), severity=Severity.WARNING, label=label,
            key=_key(subject, document, label), profile_key=_key(subject, document, label) or "—",
        )  # fmt: skip
    text = words.re("gap").sub("", text)
    allowed = bool(
        words.re("placeholder_allowed").search(text) or words.re("placeholder_allowed").search(paragraph.heading)
    )
    for name in ("placeholder_date", "placeholder"):
        match = words.re(name).search(text)
        if match and not (allowed and re.match(r"[×X]", match.group())):
            yield finding("C02.left", document, paragraph, _sentence(paragraph, match.group()), read=match.group())
            return
    if document.kind != "form" and paragraph.kind != "cell" and paragraph.where == "body":
        match = words.re("placeholder_blank").search(text)
        if match and not _to_sign(text):
            yield finding("C02.left", document, paragraph, _sentence(paragraph, match.group()), read=match.group())
            return
    for match in words.re("placeholder_bracket").finditer(text):
        if not words.re("bracket_allowed").match(match.group()):
            yield finding("C02.left", document, paragraph, _sentence(paragraph, match.group()), read=match.group())
            return


def _to_sign(text: str) -> bool:
    """A line to be signed or dated by hand."""
    return len(text) < 60 and text.count("_") * 3 > len(text)


def _sentence(paragraph: Paragraph, piece: str) -> str:
    return next((s for s in paragraph.sentences() if piece in s), paragraph.text)


def _key(subject: Subject, document: AuditDocument, label: str) -> str:
    """The profile path of a gap, from the manifest."""
    if label in document.gap_labels:
        return document.gap_labels[label]
    gaps = subject.manifest.get("gaps", ())
    keys = [str(g.get("key", "")) for g in gaps if isinstance(g, dict) and g.get("label") == label]
    inside = [k for k in keys if k in document.gaps]
    return (inside or keys or [""])[0]
