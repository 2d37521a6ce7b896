"""Copies of the audited Word files with a comment at each finding. The files themselves are never touched."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.audit.docx_reader import W
from docgen.audit.explain import remedy_of
from docgen.audit.folder import REVIEW_SUFFIX
from docgen.audit.package import Package, Unreadable, load
from docgen.audit.subject import squeeze
from docgen.diagnostics import Diagnostic, Severity
from docgen.messages import render, text

if TYPE_CHECKING:
    from docgen.audit.audit import AuditResult

_NS = {"w": W[1:-1]}
_RELATIONS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_COMMENTS = "word/comments.xml"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_KEY = 40  # characters of a quotation that find its paragraph


def write_review(result: AuditResult, lang: str = "zh") -> list[Path]:
    """Write commented copies into the folder beside the audited one; gives what was written."""
    root = (result.root if result.root.is_dir() else result.root.parent).absolute()
    target = root.with_name(root.name + REVIEW_SUFFIX)
    by_file: dict[str, list[Diagnostic]] = defaultdict(list)
    for finding in result.findings:
        if finding.place.file.endswith(".docx") and finding.severity is not Severity.NOTE:
            by_file[finding.place.file].append(finding)
    known = {d.path for d in result.documents}
    written = []
    for name, findings in sorted(by_file.items()):
        if name not in known:
            continue
        try:
            data = commented(load(root / name), findings, lang)
        except Unreadable:
            continue
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        written.append(place)
    return written


def commented(data: bytes, findings: list[Diagnostic], lang: str) -> bytes:
    """The file with a comment for each finding. Raises Unreadable."""
    from lxml import etree

    package = Package(data)
    body = package.tree("word/document.xml")
    inner = body.find(W + "body") if body is not None else None
    if body is None or inner is None:
        raise Unreadable("A018")
    if body.find(f".//{W}p") is None:  # a comment needs one to stand at
        inner.insert(0, etree.Element(W + "p"))
    old = package.tree(_COMMENTS) if _COMMENTS in package.names else None
    comments = old if old is not None else etree.Element(W + "comments", nsmap=_NS)
    number = max((int(c.get(W + "id") or 0) for c in comments), default=-1) + 1
    paragraphs = [(p, squeeze("".join(t.text or "" for t in p.iter(W + "t")))) for p in body.iter(W + "p")]
    for finding in findings:
        _mark(_paragraph(paragraphs, finding.place.quote), number)
        comments.append(_comment(etree, number, finding, lang))
        number += 1
    changed = {"word/document.xml": _bytes(etree, body), _COMMENTS: _bytes(etree, comments)}
    if old is None:
        changed[_RELATIONS] = _with_relation(package)
        changed[_TYPES] = _with_type(package)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in package.archive.infolist():
            member = zipfile.ZipInfo(info.filename, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, changed.pop(info.filename, b"") or package.read(info.filename))
        for name, content in changed.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content)
    return out.getvalue()


def _paragraph(paragraphs: list[tuple[Any, str]], quote: str) -> Any:
    """The innermost paragraph with the quotation; its first cell for a row; else the first of the file."""
    key = squeeze(quote.rstrip("…"))[:_KEY]
    if key:
        for element, found in reversed(paragraphs):
            if key in found:
                return element
        pieces = [p for p in quote.split(" ") if len(p) >= 3]
        for piece in sorted(pieces, key=len, reverse=True):
            for element, found in paragraphs:
                if squeeze(piece) and squeeze(piece) == found:
                    return element
    return paragraphs[0][0]


def _mark(paragraph: Any, number: int) -> None:
    from lxml import etree

    value = {W + "id": str(number)}
    start, end = etree.Element(W + "commentRangeStart", value), etree.Element(W + "commentRangeEnd", value)
    first = 1 if len(paragraph) and paragraph[0].tag == W + "pPr" else 0
    paragraph.insert(first, start)
    paragraph.append(end)
    run = etree.SubElement(paragraph, W + "r")
    etree.SubElement(run, W + "commentReference", value)


def _comment(etree: Any, number: int, finding: Diagnostic, lang: str) -> Any:
    author = text("A074", lang)
    comment = etree.Element(W + "comment", {W + "id": str(number), W + "author": author, W + "initials": "A"})
    plain = Diagnostic(finding.code, finding.severity, values=finding.values)
    for line in (render(plain, lang), text("A044", lang, remedy=remedy_of(finding, lang))):
        run = etree.SubElement(etree.SubElement(comment, W + "p"), W + "r")
        piece = etree.SubElement(run, W + "t")
        piece.text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", line)
    return comment


def _bytes(etree: Any, root: Any) -> bytes:
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return found


def _with_relation(package: Package) -> bytes:
    text_ = package.read(_RELATIONS).decode("utf-8")
    row = f'<Relationship Id="rIdAuditComments" Type="{_RELATION}" Target="comments.xml"/>'
    if not text_:
        name = "http://schemas.openxmlformats.org/package/2006/relationships"
        return f'<Relationships xmlns="{name}">{row}</Relationships>'.encode()
    return text_.replace("</Relationships>", row + "</Relationships>").encode()


def _with_type(package: Package) -> bytes:
    text_ = package.read(_TYPES).decode("utf-8")
    row = f'<Override PartName="/{_COMMENTS}" ContentType="{_KIND}"/>'
    return text_.replace("</Types>", row + "</Types>").encode()
