"""Reading the cells of a .xlsx by its XML; formulas count by their kept results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from docgen.audit.docx_reader import properties
from docgen.audit.model import AuditDocument, Paragraph, Table
from docgen.audit.package import Package, Unreadable

if TYPE_CHECKING:
    from lxml import etree

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CELL = re.compile(r"^([A-Z]{1,3})(\d+)$")
_MAX_ROWS = 20_000
_MAX_COLUMNS = 200
_EPOCH = date(1899, 12, 30)
_DATE_FORMATS = frozenset(range(14, 18)) | {22, 27, 28, 29, 30, 31, 36, 50, 57}


def read_xlsx(data: bytes, path: str) -> AuditDocument:
    """The workbook as a document: a sheet is a heading with one table. Raises Unreadable."""
    package = Package(data)
    document = AuditDocument(path)
    book = package.tree("xl/workbook.xml")
    if book is None:
        raise Unreadable("A020")
    strings = _strings(package)
    dates = _date_styles(package)
    targets = _targets(package)
    for sheet in book.iter(_S + "sheet"):
        name = sheet.get("name") or ""
        part = targets.get(sheet.get(_R + "id") or "", "")
        root = package.tree(part) if part else None
        if root is not None:
            document.paragraphs.append(Paragraph(name, name, "sheet", "heading", 1, part))
            rows = list(_rows(root, strings, dates))
            index = len(document.tables)
            document.tables.append(Table(_from_head(rows), name, sheet=name))
            for row in rows:
                for cell in row:
                    if cell.strip():
                        document.paragraphs.append(Paragraph(cell, name, "sheet", "cell", 0, part, -1, index))
    document.properties = properties(package)
    return document


def _from_head(rows: list[list[str]]) -> list[list[str]]:
    """The rows from the first one with three filled cells on: titles above a table are not its head."""
    for number, row in enumerate(rows):
        if sum(bool(cell.strip()) for cell in row) >= 3:
            return rows[number:]
    return rows


def _strings(package: Package) -> list[str]:
    root = package.tree("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in package.names else None
    if root is None:
        return []
    return ["".join(t.text or "" for t in item.iter(_S + "t")) for item in root.iter(_S + "si")]


def _date_styles(package: Package) -> frozenset[int]:
    root = package.tree("xl/styles.xml") if "xl/styles.xml" in package.names else None
    formats = root.find(_S + "cellXfs") if root is not None else None
    if root is None or formats is None:
        return frozenset()
    own = {
        int(f.get("numFmtId") or 0)
        for f in root.iter(_S + "numFmt")
        if re.search(r"y|d", re.sub(r'"[^"]*"|\\.', "", f.get("formatCode") or "").lower())
    }
    ids = (int(x.get("numFmtId") or 0) for x in formats)
    return frozenset(n for n, fmt in enumerate(ids) if fmt in _DATE_FORMATS or fmt in own)


def _targets(package: Package) -> dict[str, str]:
    root = package.tree("xl/_rels/workbook.xml.rels")
    found = {}
    for relation in root if root is not None else ():
        target = relation.get("Target") or ""
        found[relation.get("Id") or ""] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _rows(root: etree._Element, strings: list[str], dates: frozenset[int]) -> Iterator[list[str]]:
    for number, row in enumerate(root.iter(_S + "row")):
        if number >= _MAX_ROWS:
            return
        cells: list[str] = []
        for cell in row.iter(_S + "c"):
            match = _CELL.match(cell.get("r") or "")
            column = _column(match.group(1)) if match else len(cells)
            if column >= _MAX_COLUMNS:
                continue
            cells += [""] * (column - len(cells))
            cells.append(_value(cell, strings, dates))
        if any(cells):
            yield cells


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell: etree._Element, strings: list[str], dates: frozenset[int]) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(_S + "t"))
    value = cell.find(_S + "v")
    text = (value.text or "") if value is not None else ""
    try:
        if kind == "s":
            return strings[int(text)] if int(text) < len(strings) else ""
        if text and kind in (None, "n") and int(cell.get("s") or 0) in dates:
            day = _EPOCH + timedelta(days=int(float(text)))
            return f"{day.year}年{day.month}月{day.day}日"
    except (ValueError, OverflowError):
        return text
    return text
