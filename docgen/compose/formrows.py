"""The rows of a form's tables, from their words, heights and spans."""

from __future__ import annotations

from itertools import repeat

from docgen.compose import formlayout as layout
from docgen.compose.formmodel import RowSpec
from docgen.compose.formpages import BuiltRow
from docgen.document import Cell, CellPattern, LineRow, Row, RowPattern, Slot

_MOST_ROWS = 200  # of one form kept

Edges = tuple[float, ...]


def join(rows: list[BuiltRow]) -> None:
    """Row spans of cells joined downwards; a joined cell whose first row was left out starts anew."""
    if not any(cell.up for row in rows for cell in row.spec.cells):
        return
    open_cells: dict[float, tuple[BuiltRow, int]] = {}
    for row in rows:
        row.spans = [1] * len(row.spec.cells)
        current: dict[float, tuple[BuiltRow, int]] = {}
        for i, cell in enumerate(row.spec.cells):
            start = round(cell.start, 2)
            if cell.up and start in open_cells:
                origin_row, at = open_cells[start]
                origin_row.spans[at] += 1
                row.spans[i] = 0
                current[start] = (origin_row, at)
            else:
                current[start] = (row, i)
        open_cells = current


class Rows:
    """Makes the rows of one form, and keeps those that hold no company's values."""

    def __init__(self) -> None:
        self._static: dict[tuple[object, ...], Row] = {}
        self._patterns: dict[tuple[object, ...], RowPattern] = {}

    def row(self, built: BuiltRow, edges: Edges) -> Row:
        """A row on the grid with these edges."""
        spec = built.spec
        given = round(built.height - layout.BORDER, 2)
        height = max(int(given * 2) / 2, min(spec.height, given))
        static = spec.static and not built.sampled
        joined = any(span != 1 for span in built.spans)
        if not static and not joined:
            values = [content[0] if len(content) == 1 else content or "" for content in built.inlines]
            return LineRow(self._pattern(spec, edges, height), values)
        key = (spec, edges, height, built.serial, tuple(built.spans) if joined else ())
        if static and key in self._static:
            return self._static[key]
        spans = built.spans or repeat(1)
        cells = tuple(
            Cell(content, reach, span, cell.align, cell.role == "label")
            for cell, content, span, reach in zip(spec.cells, built.inlines, spans, _reaches(spec, edges), strict=False)
            if span
        )
        row = Row(cells, spec.header, height, spec.origin, static)
        if static:
            if len(self._static) >= _MOST_ROWS:
                self._static.clear()
            self._static[key] = row
        return row

    def _pattern(self, spec: RowSpec, edges: Edges, height: float) -> RowPattern:
        """What rows of this kind and height in mm share."""
        key = (spec, edges, height)
        found = self._patterns.get(key)
        if found is None:
            reaches = _reaches(spec, edges)
            cells = tuple(
                CellPattern((Slot(place),), cell.align, cell.role == "label", reach)
                for place, (cell, reach) in enumerate(zip(spec.cells, reaches, strict=True))
            )
            if len(self._patterns) >= _MOST_ROWS:
                self._patterns.clear()
            found = self._patterns[key] = RowPattern(cells, spec.header, spec.origin, sum(reaches), height)
        return found


def _reaches(spec: RowSpec, edges: Edges) -> list[int]:
    """How many columns of a grid each cell takes."""
    return [max(layout.edge_index(edges, cell.end) - layout.edge_index(edges, cell.start), 1) for cell in spec.cells]
