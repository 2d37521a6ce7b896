"""The grids of tables: how many columns, how wide, and what their rows have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from docgen.document.model import Row, RowPattern
from docgen.records import dataclass
from docgen.writers.docx.lines import ReadyLine

_COLSPAN, _ROWSPAN = attrgetter("colspan"), attrgetter("rowspan")
_COLUMNS = attrgetter("columns")
_ONE = frozenset({1})
_GROUP = 7  # rows under one cell that may be parted


class Span(NamedTuple):
    """A cell from above that reaches into the row: the columns it covers and the rows still to come."""

    width: int
    rows: int


class Shape(NamedTuple):
    """Cells of a row that fills its grid, each one or more columns wide."""

    plain: tuple[bytes, ...]  # the beginning of an ordinary cell, up to its id
    label: tuple[bytes, ...]  # of a shaded one
    rooms: tuple[float, ...]  # half characters a line


@dataclass(slots=True, eq=False)
class Grid:
    """What all rows of a table share."""

    number: int
    widths: tuple[int, ...]
    lines: tuple[
        dict[RowPattern, ReadyLine | None], dict[RowPattern, ReadyLine | None]
    ]  # without and with repetition as header
    head: bytes  # the beginning of the table, up to its first row
    minimum: int  # height of a row in twips
    shaded: bool  # a header row is shaded whole; in a form only its label cells are
    kept: bool  # its rows stay on one page
    paired: bool  # its last row does not stand on a page alone
    shapes: dict[tuple[int, ...], Shape]  # of rows whose cells span these numbers of columns


def joined(row: Row, covering: Mapping[int, Span]) -> bool:
    """True if a row stays with the next one, because a cell reaches over both and not over many."""
    below = [cell.rowspan - 1 for cell in row.cells if cell.rowspan > 1]
    below += [span.rows - 1 for span in covering.values() if span.rows > 1]
    return bool(below) and max(below) < _GROUP


def column_count(rows: Sequence[Row]) -> int:
    """Columns of the grid the rows need, cells from above counted."""
    known = list(map(_COLUMNS, rows))
    if all(known):
        return max(known, default=0)
    most = 0
    above: list[tuple[int, int]] = []  # (columns, rows still to come)
    for row in rows:
        width, spanning = row.columns, False
        if not width:
            cells = row.cells
            width = sum(map(_COLSPAN, cells))
            spanning = not _ONE.issuperset(map(_ROWSPAN, cells))
        if above:
            width += sum(columns for columns, _ in above)
            above = [(columns, left - 1) for columns, left in above if left > 1]
        if spanning:
            above += [(cell.colspan, cell.rowspan - 1) for cell in row.cells if cell.rowspan > 1]
        if width > most:
            most = width
    return most


def grid_widths(widths: Sequence[float], columns: int, total: int) -> list[int]:
    """Column widths in twips that add up to `total`; a missing relative width is the average of the others."""
    given = [width for width in widths[:columns] if width > 0]
    average = sum(given) / len(given) if given else 1.0
    parts = [widths[n] if n < len(widths) and widths[n] > 0 else average for n in range(columns)]
    whole = sum(parts)
    edges = [round(sum(parts[: n + 1]) / whole * total) for n in range(columns)]
    return [edge - start for start, edge in zip([0, *edges], edges, strict=False)]
