"""What the rows of a template's tables do to the builder. Made once per template, shared by every client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from docgen.document import Cell, CellPattern, Inline, LineRow, Origin, Row, RowPattern, Slot
from docgen.records import dataclass
from docgen.templating.builder import MERGE_UP, NOTED, Builder, Fragment
from docgen.templating.ops import Words
from docgen.templating.values import finalize


def open_table(builder: Builder, origin: Origin) -> None:
    builder.end_inlines()
    if builder.rows is None:
        builder.rows = []
        builder.table_origin = origin


@dataclass(frozen=True, slots=True, eq=False)
class StaticRow:
    """A row without a value in it."""

    row: Row
    marks: tuple[str, ...]

    def run(self, builder: Builder) -> None:
        open_table(builder, self.row.origin)
        rows = builder.rows
        assert rows is not None
        if MERGE_UP not in self.marks:
            rows.append(self.row)
            return
        column = 0
        for mark, cell in zip(self.marks, self.row.cells, strict=True):
            if mark == MERGE_UP:
                builder.merges.append((len(rows), column))
            column += cell.colspan
        rows.append(self.row)


@dataclass(frozen=True, slots=True, eq=False)
class RowStart:
    header: bool
    origin: Origin

    def run(self, builder: Builder) -> None:
        open_table(builder, self.origin)
        builder.cells = []
        builder.row_marks = []


@dataclass(frozen=True, slots=True, eq=False)
class CellStart:
    """Begins a cell; the one before it ends. `mark` is `<`, `^` or empty."""

    mark: str
    header: bool
    align: Literal["", "left", "center", "right"] = ""

    def run(self, builder: Builder) -> None:
        inlines = builder.inlines
        if inlines is not None:
            end_cell(builder, inlines)
        if self.mark == "<" and builder.cells:
            last = builder.cells[-1]
            builder.cells[-1] = Cell(last.inlines, last.colspan + 1, 1, last.align, last.header)
            return
        builder.row_marks.append(self.mark)
        builder.inlines = []
        builder.close_inlines = self

    def close(self, builder: Builder, inlines: tuple[Inline, ...]) -> None:
        builder.cells.append(Cell(inlines, 1, 1, self.align, self.header))


def end_cell(builder: Builder, inlines: list[Inline]) -> None:
    """Close the open cell; an empty cell is a cell too."""
    cell = builder.close_inlines
    if type(cell) is CellStart:
        builder.inlines = None
        builder.strong = False
        builder.cells.append(Cell(tuple(inlines), 1, 1, cell.align, cell.header))


@dataclass(frozen=True, slots=True, eq=False)
class WholeCell:
    """A cell without a value in it: the same object in every row made from its line."""

    cell: Cell

    def run(self, builder: Builder) -> None:
        inlines = builder.inlines
        if inlines is not None:
            end_cell(builder, inlines)
        builder.row_marks.append("")
        builder.cells.append(self.cell)


@dataclass(frozen=True, slots=True, eq=False)
class RowEnd:
    header: bool
    origin: Origin

    def run(self, builder: Builder) -> None:
        if builder.inlines is not None:
            end_cell(builder, builder.inlines)
        rows = builder.rows
        if rows is None or not builder.cells:
            return
        if MERGE_UP in builder.row_marks:
            column = 0
            for mark, cell in zip(builder.row_marks, builder.cells, strict=False):
                if mark == MERGE_UP:
                    builder.merges.append((len(rows), column))
                column += cell.colspan
        rows.append(Row(tuple(builder.cells), self.header, 0.0, self.origin))
        builder.cells = []


_TEXT = frozenset({str})
_EVENTS = frozenset({tuple, list, Fragment})  # what is no inline in a stream


@dataclass(frozen=True, slots=True, eq=False)
class RowLine:
    """A whole row whose tags are nothing but values: one step instead of two a cell."""

    pattern: RowPattern

    def fill(self, builder: Builder, values: list[Any]) -> None:
        """The row of these values; macros that do more than write words take the long way."""
        if not _TEXT.issuperset(map(type, values)):
            told: list[Any] = []
            fragments: list[int] = []
            for place, value in enumerate(values):
                kind = type(value)
                if kind is str:
                    continue
                if kind is int:
                    values[place] = str(value)
                elif kind is Fragment:
                    fragments.append(place)
                    told += value
                else:
                    values[place] = value = finalize(value)
                    told.append(value)
            if fragments:
                if not _EVENTS.isdisjoint(map(type, told)):
                    self._play(builder, values)
                    return
                for place in fragments:
                    value = values[place]
                    values[place] = value[0] if len(value) == 1 else tuple(value)
            for value in told:
                if type(value) in NOTED:
                    builder.note(value)
        open_table(builder, self.pattern.origin)
        builder.rows.append(LineRow(self.pattern, values))  # type: ignore[union-attr]

    def _play(self, builder: Builder, values: Sequence[Any]) -> None:
        pattern = self.pattern
        RowStart(pattern.header, pattern.origin).run(builder)
        for cell in pattern.cells:
            CellStart("", cell.header, cell.align).run(builder)
            for inline in cell.inlines:
                if type(inline) is Slot:
                    builder.play((values[inline.index],))
                else:
                    Words((inline,)).run(builder)  # type: ignore[arg-type]
        RowEnd(pattern.header, pattern.origin).run(builder)


def row_line(items: Sequence[object]) -> RowLine | None:
    """A row's operations and the Slots between them as one; None if they do more than fill plain cells."""
    start, *rest = items
    if type(start) is not RowStart or type(items[-1]) is not RowEnd:
        return None
    cells: list[CellPattern] = []
    inlines: list[Inline | Slot] = []
    cell: CellStart | None = None
    for item in rest:
        if type(item) is Slot and cell:
            inlines.append(item)
        elif type(item) is Words and cell:
            inlines.extend(item.inlines)
        elif (type(item) is CellStart and not item.mark) or item is items[-1]:
            if cell:
                cells.append(CellPattern(tuple(inlines), cell.align, cell.header))
            inlines = []
            cell = item if type(item) is CellStart else None
        else:
            return None
    return RowLine(RowPattern(tuple(cells), start.header, start.origin, len(cells)))


def fuse(ops: Sequence[object]) -> list[object]:
    """The same operations in fewer steps: a constant cell between values is made once."""
    fused: list[object] = []
    at = 0
    while at < len(ops):
        op = ops[at]
        if type(op) is CellStart and not op.mark:
            word = ops[at + 1] if at + 1 < len(ops) else None
            after = ops[at + 2] if at + 2 < len(ops) else None
            if type(word) is Words and type(after) in (CellStart, RowEnd):
                fused.append(WholeCell(Cell(word.inlines, 1, 1, op.align, op.header)))
                at += 2
                continue
        fused.append(op)
        at += 1
    return fused
