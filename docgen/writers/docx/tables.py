"""Tables: fixed grids with written widths, header rows that repeat, rows that do not split, merged cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from docgen.document.model import Cell, Row, Table
from docgen.writers.docx.inlines import InlineWriter
from docgen.writers.docx.markup import Memo, checksum, para_id
from docgen.writers.docx.page import TWIPS_PER_MM
from docgen.writers.docx.theme import Theme
from docgen.writers.layout import Flow, line_count

_STEP = 0x9E3779B1  # spreads the ids of a row's cells
_SIDES = 170  # twips left and right of a cell's text
_HAND_MM = {"form": 7.5, "signatures": 9.0}  # rows to write in by hand
_LOOK = (
    '<w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
    'w:noHBand="0" w:noVBand="0"/>'
)


class WrittenRow(NamedTuple):
    """A row as XML, the ids of its paragraphs, its height in points."""

    base: int
    xml: str
    ids: tuple[str, ...]
    height: float


class Span(NamedTuple):
    """A cell from above that reaches into the row: the columns it covers and the rows still to come."""

    width: int
    rows: int


class WrittenTable(NamedTuple):
    xml: str
    ids: list[str]
    flow: list[Flow]


class TableWriter:
    """Writes tables for one page width. Static rows come from `memo`."""

    def __init__(
        self, theme: Theme, inlines: InlineWriter, width: int, memo: Memo[object, WrittenRow]
    ) -> None:
        self._theme = theme
        self._inlines = inlines
        self._width = width
        self._memo = memo
        self._text = theme.style("table-text")
        self._header = theme.style("table-header")
        self._shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{theme.words["table_shade"]}"/>'
        self._metric = theme.metric("table-text")
        self._header_metric = theme.metric("table-header")

    def write(self, table: Table, base: int, base_of_row: Sequence[int | None]) -> WrittenTable:
        """The `w:tbl`. `base` is the table's own id base, `base_of_row` the rows' (None: by place in the table)."""
        columns = max(column_count(table.rows), 1)
        grid = grid_widths(table.widths, columns, self._width)
        ids: list[str] = []
        flow: list[Flow] = []
        style = self._theme.tables.get(table.role) or self._theme.tables.get("grid", "")
        out = [
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{self._width}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>{_LOOK}</w:tblPr><w:tblGrid>',
            "".join(f'<w:gridCol w:w="{w}"/>' for w in grid),
            "</w:tblGrid>",
        ]
        covering: dict[int, Span] = {}
        heading = True
        repeat = 0.0
        key_of_grid = (tuple(grid), table.role)
        for index, row in enumerate(table.rows):
            heading = heading and row.header
            own = base_of_row[index]
            row_base = own if own is not None else checksum(str(index), base)
            written = None
            plain = not covering and row.header == heading
            if plain:
                written = self._memo.get((row, key_of_grid))
            if written is None or written.base != row_base:
                written, static = self._row(row, row_base, grid, covering, table.role, heading)
                if plain and static and not covering:
                    self._memo.put((row, key_of_grid), written)
            out.append(written.xml)
            ids += written.ids
            if heading:
                flow.append(Flow(1, written.height, keep_next=True))
                repeat += written.height
            else:
                flow.append(Flow(1, written.height, repeat=repeat))
        if not table.rows:
            empty = para_id(base)
            ids.append(empty)
            cell = f'<w:tcPr><w:tcW w:w="{self._width}" w:type="dxa"/></w:tcPr><w:p w14:paraId="{empty}"/>'
            out.append(f"<w:tr><w:tc>{cell}</w:tc></w:tr>")
        out.append("</w:tbl>")
        return WrittenTable("".join(out), ids, flow)

    def _row(
        self, row: Row, base: int, grid: Sequence[int], covering: dict[int, Span], role: str, heading: bool
    ) -> tuple[WrittenRow, bool]:
        cells: list[str] = []
        ids: list[str] = []
        static = True
        lines = 1.0
        column = number = 0
        columns = len(grid)
        waiting = list(row.cells)
        after: dict[int, Span] = {}
        while column < columns:
            id = para_id(base + number * _STEP)
            ids.append(id)
            number += 1
            span = covering.get(column)
            if span is not None:
                width = sum(grid[column : column + span.width])
                cells.append(_continuation(width, span.width, id, self._text))
                if span.rows > 1:
                    after[column] = Span(span.width, span.rows - 1)
                column += span.width
                continue
            limit = min((c for c in covering if c > column), default=columns)
            if not waiting:
                cells.append(_blank(sum(grid[column:limit]), limit - column, id, self._text))
                column = limit
                continue
            cell = waiting.pop(0)
            reach = max(1, min(cell.colspan, limit - column))
            width = sum(grid[column : column + reach])
            content = self._inlines.write(cell.inlines)
            static = static and content.static and cell.rowspan == 1
            metric = self._header_metric if cell.header or row.header else self._metric
            room = (width - _SIDES) / 20
            height = line_count(content.units, content.breaks, room, metric.size) * metric.height
            if content.picture_mm:
                height = max(height, content.picture_mm * 72 / 25.4)
            if not cell.vertical and cell.rowspan == 1:
                lines = max(lines, height + metric.before + metric.after)
            cells.append(self._cell(cell, row.header, width, reach, id, content.xml))
            if cell.rowspan > 1:
                after[column] = Span(reach, cell.rowspan - 1)
            column += reach
        covering.clear()
        covering.update(after)
        minimum = row.height_mm or (0.0 if heading else _HAND_MM.get(role, 0.0))
        twips = round(minimum * TWIPS_PER_MM)
        properties = "<w:cantSplit/>"
        if twips:
            properties += f'<w:trHeight w:val="{twips}" w:hRule="atLeast"/>'
        if heading:
            properties += "<w:tblHeader/>"
        xml = f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"
        return WrittenRow(base, xml, tuple(ids), max(lines + 2.0, twips / 20 + 0.5)), static

    def _cell(self, cell: Cell, in_header: bool, width: int, reach: int, id: str, runs: str) -> str:
        label = cell.header or in_header
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        if reach > 1:
            properties += f'<w:gridSpan w:val="{reach}"/>'
        if cell.rowspan > 1:
            properties += '<w:vMerge w:val="restart"/>'
        if label:
            properties += self._shade
        if cell.vertical:
            properties += '<w:textDirection w:val="tbRlV"/>'
        style = self._header if label else self._text
        align = (
            f'<w:jc w:val="{cell.align}"/>' if cell.align and not (label and cell.align == "center") else ""
        )
        return (
            f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr><w:p w14:paraId="{id}">'
            f'<w:pPr><w:pStyle w:val="{style}"/>{align}</w:pPr>{runs}</w:p></w:tc>'
        )


def _continuation(width: int, reach: int, id: str, style: str) -> str:
    span = f'<w:gridSpan w:val="{reach}"/>' if reach > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vMerge/></w:tcPr>'
        f'<w:p w14:paraId="{id}"><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p></w:tc>'
    )


def _blank(width: int, reach: int, id: str, style: str) -> str:
    span = f'<w:gridSpan w:val="{reach}"/>' if reach > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}</w:tcPr>'
        f'<w:p w14:paraId="{id}"><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p></w:tc>'
    )


def column_count(rows: Sequence[Row]) -> int:
    """Columns of the grid the rows need, cells from above counted."""
    most = 0
    above: list[tuple[int, int]] = []  # (columns, rows still to come)
    for row in rows:
        width = sum(max(cell.colspan, 1) for cell in row.cells) + sum(columns for columns, _ in above)
        most = max(most, width)
        above = [(columns, left - 1) for columns, left in above if left > 1]
        above += [(max(cell.colspan, 1), cell.rowspan - 1) for cell in row.cells if cell.rowspan > 1]
    return most


def grid_widths(widths: Sequence[float], columns: int, total: int) -> list[int]:
    """Column widths in twips that add up to `total`; missing relative widths are the average of the others."""
    given = [width for width in widths[:columns] if width > 0]
    average = sum(given) / len(given) if given else 1.0
    parts = [widths[n] if n < len(widths) and widths[n] > 0 else average for n in range(columns)]
    whole = sum(parts)
    edges = [round(sum(parts[: n + 1]) / whole * total) for n in range(columns)]
    return [edge - start for start, edge in zip([0, *edges], edges, strict=False)]
