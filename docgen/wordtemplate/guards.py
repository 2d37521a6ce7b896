"""What is looked at while a template is filled: nothing empty stays behind, no id is given twice, grids fit rows."""

from __future__ import annotations

import re
from typing import Any

from docgen.records import dataclass
from docgen.writers.docx.markup import para_id

_STEP = 0x9E3779B1  # not the step from one paragraph of a template to the next
_NEEDS = {"row": "</w:tc>", "table": "</w:tr>"}
_CONTENT = re.compile(
    r"<w:t(?: [^>]*)?>[^<]"
    r"|<w:(?:drawing|pict|object|br|tab|sym|fldChar|fldSimple|footnoteReference|endnoteReference)[ />]"
)
_PIECE = re.compile(
    r"<w:tbl>|</w:tbl>|<w:tr[ >]|</w:tr>|<w:tc[ >]|<w:gridSpan w:val=\"(\d+)\"/>"
    r"|<w:grid(?:Before|After) w:val=\"(\d+)\"/>|<w:tcW [^>]*w:type=\"dxa\"[^>]*/>|</w:tcPr>|</w:tc>"
)
_GRID = re.compile(r"<w:tblGrid>.*?</w:tblGrid>|<w:tblGrid/>", re.S)
_COLUMN = re.compile(r'<w:gridCol(?: w:w="(\d+)")?[^>]*/>')
_WIDTH = re.compile(r'w:w="\d+"')


@dataclass(slots=True)
class Start:
    """Remember where an element begins."""

    def run(self, emitter: Any) -> None:
        emitter.starts.append(len(emitter.out))


@dataclass(slots=True)
class End:
    """Take a paragraph, row or table back if nothing is in it; make the grid of a table fit its rows."""

    kind: str

    def run(self, emitter: Any) -> None:
        start = emitter.starts.pop()
        out = emitter.out
        if self.kind in _NEEDS:
            if not any(_NEEDS[self.kind] in piece for piece in reversed(out[start:])):
                del out[start:]
            return
        made = "".join(out[start:])
        out[start:] = [fit_grid(made) if self.kind == "grid" else made if _CONTENT.search(made) else ""]


@dataclass(slots=True)
class LastParagraph:
    """A cell, header or text box must end with a paragraph."""

    properties: str

    def run(self, emitter: Any) -> None:
        for piece in reversed(emitter.out):
            if piece:
                if not piece.endswith(("</w:p>", "<w:p/>")):
                    emitter.out.append(f"<w:p>{self.properties}</w:p>")
                return


@dataclass(slots=True)
class ParagraphId:
    """A `w14:paraId` of a paragraph that may be written several times: derived from the first and the round."""

    first: int

    def run(self, emitter: Any) -> None:
        count = emitter.counts.get(self.first, 0)
        emitter.counts[self.first] = count + 1
        emitter.out.append(para_id(self.first + count * _STEP))


@dataclass(slots=True)
class DrawingId:
    """The id of a drawing, one for each in the file."""

    def run(self, emitter: Any) -> None:
        emitter.out.append(str(emitter.next_drawing()))


def fit_grid(table: str) -> str:
    """A table whose grid has as many columns as its widest row; the width of the whole stays."""
    rows = _rows(table)
    wanted = max((sum(row) for row in rows), default=0)
    grid = _GRID.search(table)
    if not grid or not wanted:
        return table
    widths = [int(match.group(1) or 0) for match in _COLUMN.finditer(grid.group())]
    if len(widths) == wanted:
        return table
    total = sum(widths)
    if len(widths) < wanted:
        average = total // wanted
        widths = [w * len(widths) // wanted for w in widths] + [average] * (wanted - len(widths))
    else:
        kept = widths[:wanted]
        widths = [w + (total - sum(kept)) // wanted for w in kept]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    table = f"{table[: grid.start()]}<w:tblGrid>{columns}</w:tblGrid>{table[grid.end() :]}"
    return _cell_widths(table, widths)


def _rows(table: str) -> list[list[int]]:
    """The spans of the cells of every row of the outer table."""
    rows: list[list[int]] = []
    depth = 0
    for match in _PIECE.finditer(table):
        piece = match.group()
        if piece == "<w:tbl>":
            depth += 1
        elif piece == "</w:tbl>":
            depth -= 1
        elif depth != 1:
            continue
        elif piece.startswith("<w:tr"):
            rows.append([])
        elif piece.startswith("<w:tc") and not piece.startswith("<w:tcW") and rows:
            rows[-1].append(1)
        elif match.group(1) and rows and rows[-1]:
            rows[-1][-1] = int(match.group(1))
        elif match.group(2) and rows:
            rows[-1].append(int(match.group(2)))
    return rows


def _cell_widths(table: str, widths: list[int]) -> str:
    """Cell widths after the new grid."""
    out: list[str] = []
    position = depth = column = 0
    pending: tuple[int, int] | None = None  # where the width of the open cell stands
    span = 1
    for match in _PIECE.finditer(table):
        piece = match.group()
        depth += (piece == "<w:tbl>") - (piece == "</w:tbl>")
        if depth != 1:
            continue
        if piece.startswith("<w:tr"):
            column = 0
        elif piece.startswith("<w:tcW"):
            pending = match.span()
        elif match.group(1):
            span = int(match.group(1))
        elif match.group(2):
            column += int(match.group(2))
        elif piece == "</w:tcPr>" and pending:
            width = sum(widths[column : column + span])
            out.append(table[position : pending[0]])
            out.append(_WIDTH.sub(f'w:w="{width}"', table[slice(*pending)]))
            position, pending = pending[1], None
        elif piece == "</w:tc>":
            column, span = column + span, 1
    out.append(table[position:])
    return "".join(out)
