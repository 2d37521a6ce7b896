"""What a template's literal text does to the builder. Made once per template, shared by every client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from docgen.document import (
    Block,
    Cell,
    Contents,
    Heading,
    Inline,
    ListItem,
    Origin,
    PageBreak,
    Paragraph,
    Row,
    Section,
)
from docgen.records import dataclass
from docgen.templating.builder import MERGE_UP, Builder, Generated, StepDraft, plain


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Constant inlines in the running block."""

    inlines: tuple[Inline, ...]

    def run(self, builder: Builder) -> None:
        inlines = builder.inlines
        if inlines is not None:
            inlines.extend(self.inlines)


@dataclass(frozen=True, slots=True, eq=False)
class Strong:
    """Switch strong on or off for the values that follow."""

    on: bool

    def run(self, builder: Builder) -> None:
        builder.strong = self.on


@dataclass(frozen=True, slots=True, eq=False)
class ParagraphLine:
    """A line of text: continues the open paragraph or opens one."""

    role: str
    origin: Origin
    join: str = ""  # what stands between it and the line before, in one paragraph

    def run(self, builder: Builder) -> None:
        open_op = builder.close_inlines
        if builder.inlines is not None and type(open_op) is ParagraphLine and open_op.role == self.role:
            if self.join and builder.inlines:
                builder.inlines.append(self.join)
            return
        builder.end_inlines()
        builder.end_table()
        builder.open(self)

    def close(self, builder: Builder, inlines: tuple[Inline, ...]) -> None:
        builder.add(Paragraph(inlines, self.role, self.origin))


@dataclass(frozen=True, slots=True, eq=False)
class Blank:
    """An empty line: ends the paragraph. A table goes on until another block begins."""

    def run(self, builder: Builder) -> None:
        builder.end_inlines()


@dataclass(frozen=True, slots=True, eq=False)
class EndLine:
    """The end of a line that is a block of its own (heading, item, attribute)."""

    def run(self, builder: Builder) -> None:
        builder.end_inlines()


@dataclass(frozen=True, slots=True, eq=False)
class HeadingLine:
    level: int
    numbering: Literal["number", "plain", "appendix"]
    anchor: str
    origin: Origin

    def run(self, builder: Builder) -> None:
        builder.end_inlines()
        builder.end_table()
        builder.sink = builder.blocks
        builder.heading_level = self.level
        builder.open(self)

    def close(self, builder: Builder, inlines: tuple[Inline, ...]) -> None:
        builder.add(Heading(self.level, inlines, self.numbering, self.anchor, origin=self.origin))


@dataclass(frozen=True, slots=True, eq=False)
class ItemLine:
    level: int
    ordered: bool
    origin: Origin

    def run(self, builder: Builder) -> None:
        builder.end_inlines()
        builder.end_table()
        builder.open(self)

    def close(self, builder: Builder, inlines: tuple[Inline, ...]) -> None:
        builder.add(ListItem(inlines, self.level, self.ordered, builder.next_list(self.origin), self.origin))


@dataclass(frozen=True, slots=True, eq=False)
class Static:
    """Whole blocks without a value in them: the same objects in every document."""

    blocks: tuple[Block, ...]
    heading_level: int  # level of the last heading among them, 0 if none

    def run(self, builder: Builder) -> None:
        builder.end_inlines()
        builder.end_table()
        if self.heading_level:
            builder.sink = builder.blocks
            builder.heading_level = self.heading_level
        builder.item_list = 0
        builder.sink.extend(self.blocks)


# ---- tables


@dataclass(frozen=True, slots=True, eq=False)
class TableOptions:
    """`@table widths caption` or `@chart kind title`: the words follow as inlines until the end of the line.

    A chart is the table of its values: the first row names the series, the first cell of a row its category."""

    widths: tuple[float, ...]
    role: str
    origin: Origin

    def run(self, builder: Builder) -> None:
        builder.end_inlines()
        builder.end_table()
        builder.table_options = (self.widths, self.role, ())
        builder.open(self)

    def close(self, builder: Builder, inlines: tuple[Inline, ...]) -> None:
        builder.table_options = (self.widths, self.role, inlines)


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


# ---- steps and generated parts


@dataclass(frozen=True, slots=True, eq=False)
class StepLine:
    origin: Origin

    def run(self, builder: Builder) -> None:
        builder.end_inlines()
        builder.end_table()
        builder.sink = builder.blocks
        builder.open(self)

    def close(self, builder: Builder, inlines: tuple[Inline, ...]) -> None:
        step = StepDraft(inlines, builder.heading_level + 1, self.origin)
        builder.add(step)
        builder.sink = step.body


@dataclass(frozen=True, slots=True, eq=False)
class StepAttribute:
    name: str

    def run(self, builder: Builder) -> None:
        builder.end_inlines()
        builder.end_table()
        if self.name == "stop":
            self.close(builder, ("stop",))
            return
        builder.open(self)

    def close(self, builder: Builder, inlines: tuple[Inline, ...]) -> None:
        for draft in reversed(builder.blocks):
            if isinstance(draft, StepDraft):
                draft.attributes[self.name] = inlines
                return


@dataclass(frozen=True, slots=True, eq=False)
class EndSteps:
    def run(self, builder: Builder) -> None:
        builder.end_inlines()
        builder.end_table()
        builder.sink = builder.blocks


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """`@flowchart`, `@related-records` …: filled when the document is complete."""

    what: str
    origin: Origin

    def run(self, builder: Builder) -> None:
        builder.end_inlines()
        builder.end_table()
        builder.sink = builder.blocks
        inlines = builder.open(self)
        inlines.append("")

    def close(self, builder: Builder, inlines: tuple[Inline, ...]) -> None:
        builder.add(Generated(self.what, inlines[1:], self.origin))


@dataclass(frozen=True, slots=True, eq=False)
class ContentsLine:
    origin: Origin

    def run(self, builder: Builder) -> None:
        builder.end_inlines()
        builder.end_table()
        builder.open(self)

    def close(self, builder: Builder, inlines: tuple[Inline, ...]) -> None:
        builder.add(Contents("".join(plain(i) for i in inlines), origin=self.origin))


@dataclass(frozen=True, slots=True, eq=False)
class NoticeLine:
    """`@notice words`: what stands on the cover of the document in red."""

    def run(self, builder: Builder) -> None:
        builder.end_inlines()
        builder.end_table()
        builder.open(self)

    def close(self, builder: Builder, inlines: tuple[Inline, ...]) -> None:
        builder.notices.append("".join(plain(i) for i in inlines))


@dataclass(frozen=True, slots=True, eq=False)
class Single:
    """A block that is nothing but itself: page break, change of orientation, blank line."""

    block: PageBreak | Section | Paragraph
    count: int = 1

    def run(self, builder: Builder) -> None:
        builder.end_inlines()
        builder.end_table()
        for _ in range(self.count):
            builder.add(self.block)


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
