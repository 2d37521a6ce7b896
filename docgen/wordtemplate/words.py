"""The words of a finished Word file, a paragraph a line, for reading on a terminal."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from io import BytesIO

_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>|</w:tc>|</w:tr>", re.S)
_PIECE = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(?:br|cr|tab)[ />]")


def words_of(data: bytes) -> str:
    """Body text of a `.docx` this package wrote; the cells of a row on one line."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        xml = package.read("word/document.xml").decode("utf-8")
    lines: list[str] = []
    cell: list[str] = []
    cells: list[str] = []
    depth = 0
    for match in re.finditer(r"<w:tbl>|</w:tbl>|" + _PARAGRAPH.pattern, xml, re.S):
        piece = match.group()
        if piece in ("<w:tbl>", "</w:tbl>"):
            depth += 1 if piece == "<w:tbl>" else -1
        elif piece == "</w:tc>":
            cells.append(" ".join(cell))
            cell = []
        elif piece == "</w:tr>":
            lines.append(" | ".join(cells))
            cells = []
        else:
            text = unescape("".join(m.group(1) if m.group(1) is not None else " " for m in _PIECE.finditer(piece)))
            (cell if depth else lines).append(text)
    return "\n".join(lines)
