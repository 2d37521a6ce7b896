"""The document builder: a flat stream of operations and values becomes blocks.

It opens and closes by itself: a row opens its table, any other block closes it; a line continues the paragraph
before it unless a blank line came between. So control tags may stand anywhere and the structure stays whole.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import field
from types import GeneratorType
from zlib import crc32

from docgen.document import (
    NOWHERE,
    Block,
    Break,
    Cell,
    Chart,
    Gap,
    Heading,
    Inline,
    ListItem,
    Origin,
    Paragraph,
    Proposed,
    Reference,
    Row,
    Series,
    Table,
    Text,
)
from docgen.messages.marks import gap_text
from docgen.records import dataclass

BREAK = Break()
NO_OPTIONS: tuple[tuple[float, ...], str, tuple[Inline, ...]] = ((), "grid", ())
CHART = "chart-"  # begins the role of a table that is drawn, not written
MERGE_LEFT = "<"
MERGE_UP = "^"


class Fragment(list[object]):
    """What a macro, a block set or a recorded step attribute produced: events to be played again."""


NOTED = frozenset({Gap, Reference, Proposed})  # kinds of values a builder remembers


class LimitReached(Exception):
    """A template produced more than a document can be."""


@dataclass(slots=True, eq=False)
class StepDraft:
    """A step of a process as written: its attributes and its body."""

    title: tuple[Inline, ...]
    level: int
    origin: Origin
    attributes: dict[str, tuple[Inline, ...]] = field(default_factory=dict)
    body: list[Draft] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)  # attributes written more than once


@dataclass(slots=True, eq=False)
class Generated:
    """A place where something made from the finished document is to stand (flowchart, related records …)."""

    what: str
    argument: tuple[Inline, ...]
    origin: Origin


Draft = Block | StepDraft | Generated


class Builder:
    """Collects blocks. One a document; `play` may be called several times."""

    def __init__(self, max_events: int = 2_000_000) -> None:
        self.blocks: list[Draft] = []
        self.sink: list[Draft] = self.blocks
        self.gaps: list[Gap] = []
        self.proposals: list[Proposed] = []
        self.references: dict[tuple[str, str], Reference] = {}
        self.sections: list[Reference] = []  # references to sections of this document
        self.inlines: list[Inline] | None = None  # the open paragraph, heading, item, cell or attribute
        self.close_inlines: object = None  # op that turns them into something
        self.heading_level = 0
        self.strong = False
        self.rows: list[Row] | None = None
        self.cells: list[Cell] = []
        self.row_marks: list[str] = []
        self.merges: list[tuple[int, int]] = []
        self.table_origin = NOWHERE
        self.table_options: tuple[tuple[float, ...], str, tuple[Inline, ...]] = NO_OPTIONS
        self.notices: list[str] = []
        self.item_list = 0
        self.seen: dict[int, int] = {}
        self.events = 0
        self.max_events = max_events

    # ---- the stream

    def play(self, events: Iterable[object]) -> None:
        """Consume a template's stream. What goes wrong with a line is told where the template stands."""
        try:
            self._play(events)
        except Exception as fault:
            if type(events) is GeneratorType and events.gi_frame is not None:
                events.throw(fault)
            raise

    def _play(self, events: Iterable[object]) -> None:
        """Tuples are groups of operations, lists a line's operation and its values, everything else is a value."""
        count = 0
        most = self.max_events
        for count, event in enumerate(events, 1):
            kind = type(event)
            if kind is list:
                event[0].fill(self, event[1:])  # type: ignore[index]
            elif kind is tuple:
                for op in event:  # type: ignore[attr-defined]
                    op.run(self)
            elif kind is str:
                if event:
                    self.value(event)  # type: ignore[arg-type]
            elif kind is Fragment:
                self.play(event)  # type: ignore[arg-type]
                if self.events > most:
                    raise LimitReached
            else:
                self.note(event)
                self.value(event)  # type: ignore[arg-type]
            if count > most:
                raise LimitReached
        self.events += count

    def note(self, value: object) -> None:
        """Remember what is missing, proposed or referred to."""
        kind = type(value)
        if kind is Gap:
            self.gaps.append(value)  # type: ignore[arg-type]
        elif kind is Reference:
            self.references[(value.kind, value.target)] = value  # type: ignore[attr-defined, assignment]
            if value.kind == "section":  # type: ignore[attr-defined]
                self.sections.append(value)  # type: ignore[arg-type]
        elif kind is Proposed:
            self.proposals.append(value)  # type: ignore[arg-type]

    def value(self, value: Inline) -> None:
        """A value in the running text; opens a paragraph where nothing is open."""
        if self.inlines is None:
            self.end_table()
            self.open(PARAGRAPH)
        if self.strong and type(value) is str:
            value = Text(value, strong=True)
        self.inlines.append(value)  # type: ignore[union-attr]

    def finish(self) -> list[Draft]:
        """Close what is open; return everything built."""
        self.end_inlines()
        self.end_table()
        return self.blocks

    # ---- inline containers

    def open(self, closer: object) -> list[Inline]:
        inlines: list[Inline] = []
        self.inlines = inlines
        self.close_inlines = closer
        return inlines

    def begin(self, closer: object) -> list[Inline]:
        """Open a block of its own: what is open before it, and a table, end here."""
        if self.inlines is not None:
            self.end_inlines()
        if self.rows is not None or self.table_options is not NO_OPTIONS:
            self.end_table()
        inlines: list[Inline] = []
        self.inlines = inlines
        self.close_inlines = closer
        return inlines

    def end_inlines(self) -> None:
        """Close the open paragraph, heading, item or attribute."""
        inlines = self.inlines
        if inlines is not None:
            self.inlines = None
            self.strong = False
            if inlines:
                self.close_inlines.close(self, tuple(inlines))  # type: ignore[attr-defined]

    def add(self, block: Draft) -> None:
        if type(block) is not ListItem:
            self.item_list = 0
        self.sink.append(block)

    def next_list(self, origin: Origin) -> int:
        """The id of the list an item belongs to: the running one, or a new one named after its first item."""
        if not self.item_list:
            base = crc32(f"{origin.template}:{origin.key}".encode())
            again = self.seen.get(base, 0)
            self.seen[base] = again + 1
            self.item_list = base + again + 1
        return self.item_list

    # ---- tables

    def end_table(self) -> None:
        rows = self.rows
        if rows is None:
            self.table_options = NO_OPTIONS  # of a table that got no rows
            return
        self.rows = None
        widths, role, caption = self.table_options
        if role.startswith(CHART):
            self.table_options = NO_OPTIONS
            self.merges = []
            drawn = chart(role[len(CHART) :], rows, caption, self.table_origin)
            if drawn.categories and drawn.series:
                self.add(drawn)
            return
        if self.merges:
            rows = merge_up(rows, self.merges)
            self.merges = []
        self.add(
            Table(
                rows=tuple(rows),
                widths=widths,
                role=role,
                caption=words(caption),
                origin=self.table_origin,
            )
        )
        self.table_options = NO_OPTIONS


def plain(inline: Inline) -> str:
    """The words of an inline as a reader sees them."""
    if isinstance(inline, str):
        return inline
    if isinstance(inline, Gap):
        return gap_text(inline.label)
    return getattr(inline, "text", "")


def chart(kind: str, rows: list[Row], title: tuple[Inline, ...], origin: Origin) -> Chart:
    """A chart from the table of its values. What is no number is a place without a value."""
    head, *body = [[words(cell.inlines).strip() for cell in row.cells] for row in rows]
    series = tuple(
        Series(name, tuple(_amount(line[n]) if n < len(line) else math.nan for line in body))
        for n, name in enumerate(head[1:], 1)
    )
    categories = tuple(line[0] for line in body)
    return Chart(kind, words(title), categories, series, origin)  # type: ignore[arg-type]


def words(inlines: Iterable[Inline]) -> str:
    """Inlines as their words alone."""
    return "".join(plain(i) for i in inlines)


def _amount(text: str) -> float:
    try:
        return float(text.replace(",", "").removesuffix("%"))
    except ValueError:
        return math.nan


def merge_up(rows: list[Row], merges: list[tuple[int, int]]) -> list[Row]:
    """Turn cells marked `^` into row spans of the cell above. `merges` holds (row, column) places."""
    wanted = set(merges)
    grid: list[list[tuple[int, Cell]]] = []
    for row in rows:
        column = 0
        line = []
        for cell in row.cells:
            line.append((column, cell))
            column += cell.colspan
        grid.append(line)
    spans: dict[tuple[int, int], int] = {}
    dropped: set[tuple[int, int]] = set()
    for r in range(len(rows)):
        for column, _cell in grid[r]:
            if (r, column) in wanted:
                top = r - 1
                while top >= 0 and (top, column) in dropped:
                    top -= 1
                if top >= 0 and any(c == column for c, _ in grid[top]):
                    spans[(top, column)] = spans.get((top, column), 1) + 1
                    dropped.add((r, column))
    result = []
    for r, row in enumerate(rows):
        cells = []
        for column, cell in grid[r]:
            if (r, column) in dropped:
                continue
            span = spans.get((r, column))
            cells.append(
                Cell(cell.inlines, cell.colspan, span, cell.align, cell.header, cell.vertical) if span else cell
            )
        result.append(Row(tuple(cells), row.header, row.height_mm, row.origin))
    return result


@dataclass(frozen=True, slots=True)
class _DefaultParagraph:
    """Closes a paragraph that a value opened outside any line of text (a macro's result)."""

    def close(self, builder: Builder, inlines: tuple[Inline, ...]) -> None:
        builder.add(Paragraph(inlines))


PARAGRAPH = _DefaultParagraph()

__all__ = [
    "BREAK", "CHART", "MERGE_LEFT", "MERGE_UP", "Builder", "Draft", "Fragment", "Generated", "Heading", "LimitReached",
    "StepDraft", "plain",
]  # fmt: skip
