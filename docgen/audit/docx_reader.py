"""Reading a .docx as it is, by its XML: what python-docx's `paragraph.text` leaves out is text of the file too."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import field
from typing import TYPE_CHECKING, Any

from docgen.audit.model import AuditDocument, Kind, Paragraph, Table, Where
from docgen.audit.package import Package, Unreadable
from docgen.audit.styles import Headings, read_styles
from docgen.records import dataclass

if TYPE_CHECKING:
    from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DRAWING_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_TEXTPATH = "{urn:schemas-microsoft-com:vml}textpath"
_SPACE_PRESERVED = {W + "tab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": " "}
_SKIPPED = frozenset({W + "pPr", W + "rPr", W + "sectPr", W + "tblPr", W + "tcPr", W + "trPr", _FALLBACK,
                      W + "sdtPr", W + "sdtEndPr", W + "tblGrid"})  # fmt: skip
_ERROR_REFERENCE = re.compile(r"错误[!！]|Error! (?:Bookmark|Reference)")
_MAX_DEPTH = 180


@dataclass(slots=True)
class _Line:
    """The pieces of one paragraph while it is read."""

    live: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    unfilled: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    field_depth: int = 0  # inside a field's code, before its separator


class _Reader:
    def __init__(self, package: Package, document: AuditDocument) -> None:
        self.package = package
        self.document = document
        self.technical = document.technical
        self.headings = Headings(read_styles(package))
        self.fonts: Counter[str] = Counter()
        self.part = "word/document.xml"
        self.where: Where = "body"
        self.anchor = -1
        self.in_contents = False

    # ---- parts

    def run(self) -> None:
        root = self.package.tree(self.part)
        if root is None:
            raise Unreadable("A018")
        body = root.find(W + "body")
        if body is None:
            if root.tag.startswith(_STRICT):
                raise Unreadable("A019")
            raise Unreadable("A018")
        self.blocks(body)
        self.contents_without_field()
        for name in sorted(self.package.names):
            if re.fullmatch(r"word/header\d*\.xml", name):
                self.document.header += self.margin(name, "header")
            elif re.fullmatch(r"word/footer\d*\.xml", name):
                self.document.footer += self.margin(name, "footer")
            elif name in ("word/footnotes.xml", "word/endnotes.xml"):
                self.margin(name, "note")
            elif name == "word/comments.xml":
                self.comments(name)
        self.document.properties = properties(self.package)
        self.settings()
        self.technical.fonts = frozenset(font for font, count in self.fonts.items() if count >= 3)

    def contents_without_field(self) -> None:
        self.technical.headings = sum(p.kind == "heading" for p in self.document.paragraphs)

    def margin(self, name: str, where: Where) -> str:
        """A header, footer or notes part; its text with a closing line break."""
        root = self.package.tree(name)
        if root is None:
            return ""
        before = len(self.document.paragraphs)
        self.part, self.where, self.anchor = name, where, -1
        self.in_contents = False
        if where == "note":
            for note in root:
                if note.get(W + "type") not in ("separator", "continuationSeparator"):
                    self.blocks(note)
        else:
            self.blocks(root)
        return "".join(p.text + "\n" for p in self.document.paragraphs[before:])

    def comments(self, name: str) -> None:
        root = self.package.tree(name)
        if root is None:
            return
        for comment in root.iter(W + "comment"):
            self.technical.comments += 1
            text = "".join(t.text or "" for t in comment.iter(W + "t"))
            self.document.paragraphs.append(Paragraph(text, kind="comment", part=name))

    def settings(self) -> None:
        root = self.package.tree("word/settings.xml")
        if root is not None:
            flag = root.find(W + "updateFields")
            self.technical.update_on_open = flag is not None and flag.get(W + "val") not in ("false", "0")

    # ---- blocks

    def blocks(self, parent: etree._Element, table: int = -1, depth: int = 0) -> None:
        """Paragraphs and tables below an element, content controls and change marks looked into."""
        if depth > _MAX_DEPTH:
            raise Unreadable("A011", reason="depth")
        for child in parent:
            tag = child.tag
            if tag == W + "p":
                self.paragraph(child, table, depth)
            elif tag == W + "tbl":
                self.table(child, table, depth)
            elif tag in _SKIPPED:
                continue
            elif tag == W + "sdt":
                content = child.find(W + "sdtContent")
                if content is not None:
                    gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
                    outer = self.in_contents
                    if gallery is not None and "Contents" in (gallery.get(W + "val") or ""):
                        self.in_contents = True
                    self.blocks(content, table, depth + 1)
                    self.in_contents = outer
            elif isinstance(tag, str):
                self.blocks(child, table, depth + 1)

    def paragraph(self, element: etree._Element, table: int, depth: int) -> None:
        self.anchor += 1
        anchor = self.anchor
        line = _Line()
        self.inline(element, line, False, False, depth)
        text = "".join(line.live).strip()
        where: Where = "table" if table >= 0 and self.where == "body" else self.where
        style = self.headings.style_of(element)
        kind: Kind = "text"
        level = 0
        if table >= 0:
            kind = "cell"
        elif self.where in ("body", "textbox"):
            if text and (self.headings.is_contents(style) or self.in_contents):
                kind = "contents"
                self.technical.contents_entries += self.headings.is_contents(style)
            elif self.where == "body":
                level = self.headings.level(element, style, text)
                if level:
                    kind = "heading"
                    self.headings.enter(level, text)
        path = self.headings.path()
        if text:
            if _ERROR_REFERENCE.search(text):
                self.technical.broken_references += 1
            self.add(Paragraph(text, path, where, kind, level, self.part, anchor, table))
        for pieces, other in ((line.deleted, "deleted"), (line.hidden, "hidden"), (line.unfilled, "unfilled")):
            if "".join(pieces).strip():
                text_of = "".join(pieces).strip()
                self.add(Paragraph(text_of, path, where, other, 0, self.part, anchor, table))  # type: ignore[arg-type]
        outer = self.where
        for box in line.boxes:
            self.where = "textbox" if outer == "body" else outer
            self.blocks(box, -1, depth + 1)
        self.where = outer

    def add(self, paragraph: Paragraph) -> None:
        self.document.paragraphs.append(paragraph)

    def inline(self, parent: etree._Element, line: _Line, deleted: bool, unfilled: bool, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise Unreadable("A011", reason="depth")
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self.span(child, line, deleted, unfilled, depth)
            elif tag in (W + "ins", W + "moveTo"):
                self.technical.insertions += 1
                self.inline(child, line, deleted, unfilled, depth + 1)
            elif tag in (W + "del", W + "moveFrom"):
                self.technical.deletions += 1
                self.inline(child, line, True, unfilled, depth + 1)
            elif tag == W + "sdt":
                content = child.find(W + "sdtContent")
                if content is not None:
                    empty = child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
                    self.inline(content, line, deleted, unfilled or empty, depth + 1)
            elif tag == W + "fldSimple":
                self.field_code(child.get(W + "instr") or "", child)
                self.inline(child, line, deleted, unfilled, depth + 1)
            elif tag == W + "txbxContent":
                line.boxes.append(child)
            elif tag in _SKIPPED or not isinstance(tag, str):
                continue
            elif len(child):
                self.inline(child, line, deleted, unfilled, depth + 1)

    def span(self, run: etree._Element, line: _Line, deleted: bool, unfilled: bool, depth: int) -> None:
        target = line.deleted if deleted else line.unfilled if unfilled else line.live
        for child in run:
            tag = child.tag
            if tag == W + "t":
                if not line.field_depth:
                    target.append(child.text or "")
            elif tag == W + "rPr":
                font = child.find(W + "rFonts")
                if font is not None:
                    name = font.get(W + "eastAsia")
                    if name:
                        self.fonts[name] += 1
                hidden = child.find(W + "vanish")
                if hidden is not None and hidden.get(W + "val") not in ("false", "0") and not deleted:
                    target = line.hidden
            elif tag in _SPACE_PRESERVED:
                target.append(_SPACE_PRESERVED[tag])
            elif tag == W + "delText":
                line.deleted.append(child.text or "")
            elif tag == W + "instrText":
                self.field_code(child.text or "", run)
            elif tag == W + "fldChar":
                kind = child.get(W + "fldCharType")
                line.field_depth += {"begin": 1, "separate": -1}.get(kind or "", 0)
                if kind == "end" and line.field_depth:  # a field without a result
                    line.field_depth -= 1
                if child.get(W + "dirty") in ("true", "1"):
                    self.technical.dirty_fields += 1
            elif isinstance(tag, str) and tag not in _SKIPPED and len(child):
                self.drawing(child, line)

    def drawing(self, element: etree._Element, line: _Line) -> None:
        """Text boxes, alternative texts and words set as art inside a picture, shape or object."""
        if element.tag == _FALLBACK:
            return
        if element.tag == W + "txbxContent":
            line.boxes.append(element)
            return
        for child in element:
            if child.tag == _DOCPR:
                alt = " ".join(filter(None, (child.get("title"), child.get("descr"))))
                if alt.strip():
                    self.add(Paragraph(alt, self.headings.path(), self.where, "alt", 0, self.part, self.anchor))
            elif child.tag == _TEXTPATH and child.get("string"):
                self.add(Paragraph(child.get("string") or "", "", self.where, "alt", 0, self.part, self.anchor))
            elif child.tag == _DRAWING_TEXT and child.text:
                line.live.append(child.text)
            elif child.tag == W + "p":
                line.boxes.append(element)
                return
            if len(child):
                self.drawing(child, line)

    def field_code(self, code: str, element: Any) -> None:
        word = code.strip().split(" ", 1)[0].upper()
        if word == "TOC":
            self.technical.contents_field = True
        elif word in ("PAGE", "NUMPAGES", "SECTIONPAGES"):
            self.technical.page_field = True

    # ---- tables

    def table(self, element: etree._Element, outer: int, depth: int) -> None:
        index = len(self.document.tables)
        before = self.document.paragraphs[-1] if self.document.paragraphs else None
        caption = before.text if before is not None and before.kind in ("text", "heading") else ""
        table = Table([], self.headings.path(), caption=caption[:80])
        self.document.tables.append(table)
        covered: set[tuple[int, int]] = set()
        above: list[str] = []
        for row in element.iter(W + "tr"):
            if _owner(row) is not element:
                continue
            if row.find(f"{W}trPr/{W}tblHeader") is not None:
                table.header_repeats = True
            cells: list[str] = []
            if row.find(f"{W}trPr/{W}del") is not None:
                self.technical.deletions += 1
            skipped = row.find(f"{W}trPr/{W}gridBefore")
            if skipped is not None:
                cells += [""] * min(int(skipped.get(W + "val") or 0), 60)
            for cell in row.iter(W + "tc"):
                if _owner(cell) is not element:
                    continue
                start = len(self.document.paragraphs)
                self.blocks(cell, index, depth + 1)
                text = "\n".join(
                    p.text for p in self.document.paragraphs[start:] if p.kind == "cell" and p.table == index
                )
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                width = min(int(span.get(W + "val") or 1), 63) if span is not None else 1
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                continued = merge is not None and merge.get(W + "val") != "restart"
                for offset in range(width):
                    column = len(cells)
                    if continued and column < len(above):
                        cells.append(above[column])
                        covered.add((len(table.rows), column))
                    else:
                        cells.append(text)
                        if offset:
                            covered.add((len(table.rows), column))
            table.rows.append(cells)
            above = cells
        table.covered = frozenset(covered)
        if len(table.rows) > 25 and not table.header_repeats:
            self.technical.long_tables_without_head += 1


def _owner(element: etree._Element) -> etree._Element | None:
    """The table a row or cell belongs to."""
    parent = element.getparent()
    while parent is not None and parent.tag != W + "tbl":
        parent = parent.getparent()
    return parent


def properties(package: Package) -> dict[str, str]:
    """Core, application and custom properties by name; empty ones are left out."""
    found: dict[str, str] = {}
    for name in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
        try:
            root = package.tree(name)
        except Unreadable:
            continue
        for child in root if root is not None else ():
            if not isinstance(child.tag, str):
                continue
            key = child.get("name") or child.tag.rpartition("}")[2]
            value = "".join(str(piece) for piece in child.itertext()).strip()
            if value:
                found[key] = value
    return found


def read_docx(data: bytes, path: str) -> AuditDocument:
    """The file as a document. Raises Unreadable where there is nothing to read."""
    document = AuditDocument(path)
    _Reader(Package(data), document).run()
    return document
