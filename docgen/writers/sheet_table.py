"""A table of a document as a worksheet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from operator import itemgetter
from typing import Literal, TypeAlias

from docgen.document.model import (
    CellPattern,
    Document,
    Inline,
    LineRow,
    Reference,
    Row,
    RowPattern,
    Slot,
    Table,
    filled,
)
from docgen.writers.sheet import AnyEntry, Entry, Format, Line, Sheet, letters
from docgen.writers.sheet_page import HEADER_FILL, Page, row_height
from docgen.writers.text import plain_text

_Look: TypeAlias = "tuple[int, int, tuple[Inline | Slot, ...], Format]"  # of a cell of a template line
_column = itemgetter(0)


@cache
def _table_format(label: bool, align: Literal["", "left", "center", "right"]) -> Format:
    fill = HEADER_FILL if label else ""
    return Format(bold=label, align=align or ("center" if label else ""), border=True, fill=fill, number="text")


def table_sheet(document: Document, table: Table, notes: Sequence[str], blank_rows: int) -> Sheet:
    """The sheet of one table, with `blank_rows` empty rows and notes below it."""
    rows = table.rows
    columns = max(_column_count(row) for row in rows)
    widths = table.widths if len(table.widths) == columns else (1.0,) * columns
    page = Page(document, table.caption or document.title, widths, columns > 5)
    head = 0
    while head < len(rows) and rows[head].header:
        head += 1
    start = page.next_row
    page.header = (1, start + head - 1)
    taken: set[tuple[int, int]] = set()  # by cells that span rows or columns
    spanned = False
    frame = _table_format(False, "")
    looks: dict[RowPattern, list[_Look]] = {}
    for number, row in enumerate(rows):
        at, column = page.next_row, 1
        if type(row) is LineRow and not taken and len(row.pattern.cells) == columns:
            entries = _line_entries(row, looks)
            page.add(Line(entries, row_height(entries, page.rooms)))
            continue
        entries = []
        for cell in row.cells:
            while taken and (at, column) in taken:
                column += 1
            entries.append((column, plain_text(cell.inlines), _table_format(row.header or cell.header, cell.align)))
            if cell.colspan > 1 or cell.rowspan > 1:
                last, bottom = column + cell.colspan - 1, at + cell.rowspan - 1
                page.merged.append(f"{letters(column)}{at}:{letters(last)}{bottom}")
                spanned = spanned or number >= head
                taken.update((r, c) for r in range(at, bottom + 1) for c in range(column, last + 1))
            column += cell.colspan
        height = row_height(entries, page.rooms)
        if len(entries) < columns:
            used = {entry[0] for entry in entries}
            entries += [(n, None, frame) for n in range(1, columns + 1) if n not in used]
            entries.sort(key=_column)
        page.add(Line(entries, height))
    for _ in range(blank_rows):
        page.add(Line([Entry(n, None, Format(border=True, number="text")) for n in range(1, columns + 1)]))
    if not spanned and len(rows) > head:
        page.filtered = f"A{start + head - 1}:{letters(columns)}{page.rows}"
    for text in notes:
        page.across(text, Format(size=9, align="left"))
    return page.sheet()


def _column_count(row: Row) -> int:
    return row.pattern.columns if type(row) is LineRow else sum(cell.colspan for cell in row.cells)


def _line_entries(row: LineRow, looks: dict[RowPattern, list[_Look]]) -> list[AnyEntry]:
    """The cells of a row that is a template line and its values."""
    columns = looks.get(row.pattern)
    if columns is None:
        columns = looks[row.pattern] = [
            (n, _only_slot(cell), cell.inlines, _table_format(row.header or cell.header, cell.align))
            for n, cell in enumerate(row.pattern.cells, 1)
        ]
    values = row.values
    entries: list[AnyEntry] = []
    for n, slot, inlines, format in columns:
        value = values[slot] if slot >= 0 else None
        if type(value) is not str:
            value = value.text if type(value) is Reference else plain_text(filled(inlines, values))
        entries.append((n, value, format))
    return entries


def _only_slot(cell: CellPattern) -> int:
    """The index of the value that is all there is in a cell; -1 where other words stand in it."""
    (first,) = cell.inlines if len(cell.inlines) == 1 else (None,)
    return first.index if type(first) is Slot else -1
