"""Tables: fixed grids with written widths, header rows that repeat, rows that do not split, merged cells."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from docgen.document.model import Cell, LineRow, Row, RowPattern, Slot, Table
from docgen.writers.docx.grid import Grid, Shape, Span, column_count, grid_widths, joined
from docgen.writers.docx.inlines import SINGLES, InlineWriter
from docgen.writers.docx.introductions import KEEP, kept_piece, kept_row
from docgen.writers.docx.lines import CONTENT, ID, ROW_LINES, LineCell, ReadyLine, ready_line
from docgen.writers.docx.looks import POINTS_PER_MM, Look
from docgen.writers.docx.markup import ROW_IDS, STEP, TURN, Memo, checksum, row_id
from docgen.writers.docx.page import twips
from docgen.writers.docx.theme import Theme
from docgen.writers.layout import Flow, line_count

_SIDES = 170  # twips left and right of a cell's text
_FEW = 3  # the last rows of a table; where all of them are its own, the last two stay together
KEPT_TABLES = frozenset(("signatures", "plain"))  # roles of tables that stand on one page
_HAND_MM = {"form": 7.5, "signatures": 9.0}  # rows to write in by hand
_LOOK = (
    '<w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
    'w:noHBand="0" w:noVBand="0"/>'
)
_MIDDLE = b'<w:vAlign w:val="center"/></w:tcPr><w:p w14:paraId="'
_SPAN = b'<w:gridSpan w:val="%d"/>'
_COLSPAN, _ROWSPAN, _VERTICAL = attrgetter("colspan"), attrgetter("rowspan"), attrgetter("vertical")
_ONE = frozenset({1})
_ALIGNMENTS = ("", "left", "center", "right")
_MAX_GRIDS = 4096
_MAX_LINES = 256  # of one grid
_ROW = 7 * STEP  # from the base of a row's line to the row's own


class WrittenRow(NamedTuple):
    """A row as XML, the ids of its paragraphs, its height in points."""

    base: int
    xml: bytes
    ids: tuple[int, ...]
    height: float
    covering: dict[int, Span]  # of the row below, by column


class WrittenAgain(NamedTuple):
    """What it takes to write a row with other values in the same place."""

    at: int  # in what was written
    base: int
    ready: ReadyLine | None
    grid: Grid
    covering: dict[int, Span]
    heading: bool


class CellLook(NamedTuple):
    """What the cells of all tables on pages of one width have alike."""

    shade: bytes
    tails: dict[bool, tuple[dict[str, bytes], dict[str, bytes]]]  # behind an id, by kept rows, label, alignment
    units_per_twip: float


def cell_look(theme: Theme, width: int) -> CellLook:
    """The look of cells on pages whose text is `width` twips wide."""
    looks: tuple[Look, Look] = theme.look("table-text", width), theme.look("table-header", width)

    def tails(look: Look, kept: bool) -> dict[str, bytes]:
        return {align: b'">' + _aligned(look.kept if kept else look.opening, align) for align in _ALIGNMENTS}

    return CellLook(
        f'<w:shd w:val="clear" w:color="auto" w:fill="{theme.words["table_shade"]}"/>'.encode(),
        {kept: (tails(looks[0], kept), tails(looks[1], kept)) for kept in (False, True)},
        2 / 20 / theme.metric("table-text").size,
    )


class TableWriter:
    """Writes tables for one page width. Static rows come from `memo`."""

    def __init__(self, theme: Theme, inlines: InlineWriter, width: int, memo: Memo[Any, Any]) -> None:
        self._theme = theme
        self._inlines = inlines
        self._width = width
        self._memo = memo
        self.noted: list[WrittenAgain] | None = None  # the rows of the tables being written, if they are wanted
        self.text: Look = theme.look("table-text", width)
        cells = theme.cells.get(width)
        if cells is None:
            cells = theme.cells[width] = cell_look(theme, width)
        self._cells: CellLook = cells

    def write(
        self,
        table: Table,
        base: int,
        seen: dict[int, int],
        salt: int,
        out: list[bytes],
        ids: list[int],
        pieces: list[Flow],
    ) -> None:
        """Add the `w:tbl` to `out`, the first paragraph id of each ROW_IDS and the rows to `ids` and `pieces`.

        `base` is the table's own id base, `seen` counts how often a row of a template line was met in the document.
        """
        rows = table.rows
        columns = max(column_count(rows), 1)
        grid = self._grid(table.widths, columns, table.role)
        out.append(grid.head)
        covering: dict[int, Span] = {}
        heading = True
        lines = grid.lines[True]
        repeat = 0.0
        young = self._memo.young
        noted = self.noted
        for index, row in enumerate(rows):
            source: Row | RowPattern = row.pattern if type(row) is LineRow else row
            if heading and not source.header:
                heading = False
                lines = grid.lines[False]
            own = source.origin.number
            if own:
                own += salt
                count = seen.get(own, 0)
                seen[own] = count + 1
                own += count * TURN + _ROW
            else:
                own = checksum(str(index), base)
            ready = None
            if source is not row and not covering:
                ready = lines.get(source) or self._ready(source, grid, heading)  # type: ignore[arg-type]
            if noted is not None:
                noted.append(WrittenAgain(len(out), own, ready, grid, covering, heading))
            if ready is not None:
                xml, height = ready.fill(row.values, own, ids, self._inlines)  # type: ignore[attr-defined]
            else:
                key = (row, grid.number, heading, *covering.items())
                written = young.get(key) or self._memo.get(key)
                if written is None or written.base != own:
                    written = self._row(row, own, grid, covering, heading)
                    if row.shared:
                        self._memo.put(key, written)
                _, xml, row_ids, height, covering = written
                ids += row_ids
            out.append(xml)
            kept = heading or grid.kept or (bool(covering) and KEEP in xml)
            pieces.append((1, height, 0.0, 0.0, kept, True, -1, False, 0.0 if heading else repeat))
            if heading:
                repeat += height
        if grid.paired and len(rows) > _FEW and not rows[-_FEW].header:
            out[-2] = kept_row(out[-2], self.text)
            pieces[-2] = kept_piece(pieces[-2])
        elif grid.kept and not heading:
            out[-1] = out[-1].replace(KEEP, b"")  # LibreOffice would part a table kept whole from what is kept with it
            pieces[-1] = (*pieces[-1][:4], False, *pieces[-1][5:])
        if not rows:
            ids.append(row_id(base))
            out.append(b"<w:tr>%s</w:tr>" % _empty(self._width, 1, b"", ids[-1], self.text.opening))
        out.append(b"</w:tbl>")

    def again(self, row: Row, first: WrittenAgain) -> tuple[bytes, float]:
        """A row in the place of another and its height; the rows around stay as they are."""
        if first.ready is not None and type(row) is LineRow:
            return first.ready.fill(row.values, first.base, [], self._inlines)
        written = self._row(row, first.base, first.grid, first.covering, first.heading)
        return written.xml, written.height

    # ---- rows made from a template line

    def _ready(self, pattern: RowPattern, grid: Grid, heading: bool) -> ReadyLine | None:
        """The line in this grid; None if its cells do not fill a row of it."""
        lines = grid.lines[heading]
        if pattern in lines:
            return lines[pattern]
        spans = tuple(cell.colspan for cell in pattern.cells)
        shape = grid.shapes.get(spans) or self._shape(grid, spans)
        if len(lines) >= _MAX_LINES:
            lines.clear()
        lines[pattern] = ready = self._prepare(pattern, shape, grid, heading) if shape else None
        return ready

    def _prepare(self, pattern: RowPattern, shape: Shape, grid: Grid, heading: bool) -> ReadyLine:
        least = twips(pattern.height_mm) if pattern.height_mm else (0 if heading else grid.minimum)
        form = [self._row_start(least, heading)]
        cells: list[LineCell] = []
        rooms: list[float] = []
        most = 1
        for column, cell in enumerate(pattern.cells):
            label = cell.header or (pattern.header and grid.shaded)
            opening, tails = (shape.label if label else shape.plain), self._cells.tails[grid.kept or heading][label]
            room = shape.rooms[column]
            if any(type(inline) is Slot for inline in cell.inlines):
                first = cell.inlines[0]
                if isinstance(first, Slot) and len(cell.inlines) == 1:
                    cells.append(LineCell(first.index, ()))
                else:
                    cells.append(LineCell(-1, cell.inlines))
                rooms.append(room)
                content = CONTENT
            else:
                content, units, breaks, _ = self._inlines.write(cell.inlines)  # type: ignore[arg-type]
                most = max(most, line_count(units, breaks, room))
            form.append(b"%s%s%X%s%s</w:p></w:tc>" % (opening[column], ID, column, tails[cell.align], content))
        form.append(b"</w:tr>")
        return ready_line(form, tuple(cells), tuple(rooms), most, self.text, least / 20 + 0.5)

    # ---- the others

    def _grid(self, relative: Sequence[float], columns: int, role: str) -> Grid:
        grids = self._theme.grids
        key = (relative, columns, role, self._width)
        found: Grid | None = grids.get(key)
        if found is None:
            if len(grids) >= _MAX_GRIDS:
                grids.clear()
            widths = tuple(grid_widths(relative, columns, self._width))
            style = self._theme.tables.get(role) or self._theme.tables.get("grid", "")
            head = (
                f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{self._width}" w:type="dxa"/>'
                f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>{_LOOK}</w:tblPr><w:tblGrid>'
                + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
                + "</w:tblGrid>"
            ).encode()
            found = grids[key] = Grid(
                len(grids),
                widths,
                ({}, {}),
                head,
                twips(_HAND_MM.get(role, 0.0)),
                role != "form",
                role in KEPT_TABLES,
                role == "grid",
                {},
            )
        return found

    def _room(self, width: int) -> float:
        return max((width - _SIDES) * self._cells.units_per_twip, 2.0)

    def _row(self, row: Row, base: int, grid: Grid, covering: dict[int, Span], heading: bool) -> WrittenRow:
        ids: list[int] = []
        after: dict[int, Span] = {}
        kept = grid.kept or heading  # a header row stands on no page alone
        found = None
        if not covering and row.cells:
            found = self._simple_cells(row, base, grid, kept, ids)
        if found is None:
            ids.clear()
            kept = kept or joined(row, covering)
            found = self._merged_cells(row, base, grid, kept, covering, after, ids)
        cells, height = found
        least = twips(row.height_mm) if row.height_mm else (0 if heading else grid.minimum)
        xml = b"%s%s</w:tr>" % (self._row_start(least, heading), cells)
        return WrittenRow(base, xml, tuple(ids), max(height + ROW_LINES, least / 20 + 0.5), after)

    @staticmethod
    def _row_start(least: int, heading: bool) -> bytes:
        properties = b"<w:tr><w:trPr><w:cantSplit/>"
        if least:
            properties += b'<w:trHeight w:val="%d" w:hRule="atLeast"/>' % least
        if heading:
            properties += b"<w:tblHeader/>"
        return properties + b"</w:trPr>"

    def _simple_cells(self, row: Row, base: int, grid: Grid, kept: bool, ids: list[int]) -> tuple[bytes, float] | None:
        """Cells that fill the row and reach into no other: the ordinary case, kept lean. None for other rows."""
        cells = row.cells
        spans = tuple(map(_COLSPAN, cells))
        shape = grid.shapes.get(spans) or self._shape(grid, spans)
        if shape is None or any(map(_VERTICAL, cells)) or not _ONE.issuperset(map(_ROWSPAN, cells)):
            return None
        singles = SINGLES.young
        write = self._inlines.write
        shaded = row.header and grid.shaded
        plain_tails, label_tails = self._cells.tails[kept]
        out: list[bytes] = []
        lines = 1
        tallest = 0.0
        id = row_id(base)
        ids.append(id)
        id -= 1
        for cell, room, plain, label in zip(cells, shape.rooms, shape.plain, shape.label, strict=True):
            inlines = cell.inlines
            found = (singles.get(inlines[0]) if len(inlines) == 1 else None) or write(inlines)
            xml, units, breaks, picture = found
            if picture > tallest:
                tallest = picture
            if breaks or units > room:
                count = line_count(units, breaks, room)
                if count > lines:
                    lines = count
            id += 1
            if shaded or cell.header:
                out.append(b"%s%08X%s%s</w:p></w:tc>" % (label, id, label_tails[cell.align], xml))
            else:
                out.append(b"%s%08X%s%s</w:p></w:tc>" % (plain, id, plain_tails[cell.align], xml))
        look = self.text
        height = max(lines * look.height, tallest * POINTS_PER_MM) + look.before + look.after
        return b"".join(out), height

    def _shape(self, grid: Grid, spans: tuple[int, ...]) -> Shape | None:
        if sum(spans) != len(grid.widths) or len(spans) > ROW_IDS or min(spans) < 1:
            return None
        widths: list[int] = []
        at = 0
        for span in spans:
            widths.append(sum(grid.widths[at : at + span]))
            at += span
        openings = [
            b'<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>' % width + (_SPAN % span if span > 1 else b"")
            for width, span in zip(widths, spans, strict=True)
        ]
        shape = grid.shapes[spans] = Shape(
            tuple(opening + _MIDDLE for opening in openings),
            tuple(opening + self._cells.shade + _MIDDLE for opening in openings),
            tuple(self._room(width) for width in widths),
        )
        return shape

    def _merged_cells(
        self,
        row: Row,
        base: int,
        grid: Grid,
        kept: bool,
        covering: dict[int, Span],
        after: dict[int, Span],
        ids: list[int],
    ) -> tuple[bytes, float]:
        """Cells that span columns or rows, and those covered by cells from above. Those that reach on into the row
        below are added to `after`."""
        out: list[bytes] = []
        height = 0.0
        columns = len(grid.widths)
        waiting = iter(row.cells)
        column = place = 0
        look = self.text
        while column < columns:
            id = row_id(base + place // ROW_IDS * STEP) + place % ROW_IDS
            if not place % ROW_IDS:
                ids.append(id)
            place += 1
            above = covering.get(column)
            if above is not None:
                width = sum(grid.widths[column : column + above.width])
                out.append(_empty(width, above.width, b"<w:vMerge/>", id, self.text.opening))
                if above.rows > 1:
                    after[column] = Span(above.width, above.rows - 1)
                column += above.width
                continue
            limit = min((c for c in covering if c > column), default=columns)
            cell = next(waiting, None)
            if cell is None:
                width = sum(grid.widths[column:limit])
                out.append(_empty(width, limit - column, b"", id, self.text.opening))
                column = limit
                continue
            reach = max(1, min(cell.colspan, limit - column))
            width = sum(grid.widths[column : column + reach])
            xml, units, breaks, picture = self._inlines.write(cell.inlines)
            if not cell.vertical and cell.rowspan == 1:
                lines = line_count(units, breaks, self._room(width))
                height = max(height, lines * look.height, picture * POINTS_PER_MM)
            out.append(self._cell(cell, row.header and grid.shaded, width, reach, id, xml, kept))
            if cell.rowspan > 1:
                after[column] = Span(reach, cell.rowspan - 1)
            column += reach
        return b"".join(out), max(height, look.height) + look.before + look.after

    def _cell(self, cell: Cell, in_header: bool, width: int, reach: int, id: int, runs: bytes, kept: bool) -> bytes:
        label = cell.header or in_header
        properties = b'<w:tcW w:w="%d" w:type="dxa"/>' % width
        if reach > 1:
            properties += _SPAN % reach
        if cell.rowspan > 1:
            properties += b'<w:vMerge w:val="restart"/>'
        if label:
            properties += self._cells.shade
        if cell.vertical:
            properties += b'<w:textDirection w:val="tbRlV"/>'
        tail = self._cells.tails[kept][label][cell.align]
        return b"<w:tc><w:tcPr>%s%s%08X%s%s</w:p></w:tc>" % (properties, _MIDDLE, id, tail, runs)


def _aligned(opening: bytes, align: str) -> bytes:
    """A whole `w:pPr` with an alignment in it."""
    return opening.replace(b"</w:pPr>", b'<w:jc w:val="%s"/></w:pPr>' % align.encode()) if align else opening


def _empty(width: int, reach: int, merge: bytes, id: int, opening: bytes) -> bytes:
    span = _SPAN % reach if reach > 1 else b""
    return b'<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s%s</w:tcPr><w:p w14:paraId="%08X">%s</w:p></w:tc>' % (
        width, span, merge, id, opening,
    )  # fmt: skip
