"""What a template's literal text does to the builder. Made once per template, shared by every client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from docgen.document import (
    Block,
    Contents,
    Heading,
    Inline,
    ListItem,
    Origin,
    PageBreak,
    Paragraph,
    Section,
    Slot,
)
from docgen.records import dataclass
from docgen.templating.builder import NOTED, Builder, Fragment, Generated, StepDraft, plain
from docgen.templating.values import finalize


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
        builder.begin(self)

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
        builder.begin(self)
        builder.sink = builder.blocks
        builder.heading_level = self.level

    def close(self, builder: Builder, inlines: tuple[Inline, ...]) -> None:
        builder.add(Heading(self.level, inlines, self.numbering, self.anchor, origin=self.origin))


@dataclass(frozen=True, slots=True, eq=False)
class ItemLine:
    level: int
    ordered: bool
    origin: Origin

    def run(self, builder: Builder) -> None:
        builder.begin(self)

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


# ---- steps and generated parts


@dataclass(frozen=True, slots=True, eq=False)
class StepLine:
    origin: Origin

    def run(self, builder: Builder) -> None:
        builder.begin(self)
        builder.sink = builder.blocks

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
                if self.name in draft.attributes:
                    draft.repeated.append(self.name)
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
        inlines = builder.begin(self)
        builder.sink = builder.blocks
        inlines.append("")

    def close(self, builder: Builder, inlines: tuple[Inline, ...]) -> None:
        builder.add(Generated(self.what, inlines[1:], self.origin))


@dataclass(frozen=True, slots=True, eq=False)
class ContentsLine:
    origin: Origin

    def run(self, builder: Builder) -> None:
        builder.begin(self)

    def close(self, builder: Builder, inlines: tuple[Inline, ...]) -> None:
        builder.add(Contents("".join(plain(i) for i in inlines), origin=self.origin))


@dataclass(frozen=True, slots=True, eq=False)
class NoticeLine:
    """`@notice words`: what stands on the cover of the document in red."""

    def run(self, builder: Builder) -> None:
        builder.begin(self)

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


# ---- whole lines


@dataclass(frozen=True, slots=True, eq=False)
class TextLine:
    """A line of text with its values: one step instead of one for every word and value."""

    opening: Any  # the operation that begins the line
    parts: tuple[Inline | Slot, ...]
    places: tuple[int, ...]  # of the values among the parts, in their order
    ends: bool  # the line is a block of its own

    def run(self, builder: Builder) -> None:
        """The line, which has no values."""
        self.opening.run(builder)
        if self.parts:
            builder.inlines += self.parts  # type: ignore[operator]
        if self.ends:
            builder.end_inlines()

    def fill(self, builder: Builder, values: Sequence[Any]) -> None:
        """The line with these values."""
        self.opening.run(builder)
        parts: list[Any] = list(self.parts)
        nested = False
        for place, value in zip(self.places, values, strict=True):
            parts[place] = value
            kind = type(value)
            if kind is Fragment:
                nested = True
            elif kind is int:
                parts[place] = str(value)
            elif kind is not str:
                value = parts[place] = finalize(value)
                if type(value) in NOTED:
                    builder.note(value)
        if nested:
            for part in parts:
                if type(part) is Fragment:
                    builder.play(part)
                elif part:
                    builder.inlines.append(part)  # type: ignore[union-attr]
        elif self.ends:
            builder.inlines = None
            words = tuple(filter(None, parts))
            if words:
                self.opening.close(builder, words)
            return
        else:
            builder.inlines += filter(None, parts)  # type: ignore[operator]
        if self.ends:
            builder.end_inlines()


def text_line(items: Sequence[Any]) -> TextLine:
    """The operation that begins a line, the words and Slots behind it, and perhaps the end of the line, as one."""
    opening, *rest = items
    ends = type(rest[-1]) is EndLine
    parts: list[Inline | Slot] = []
    for item in rest[:-1] if ends else rest:
        parts += (item,) if type(item) is Slot else item.inlines
    places = tuple(place for place, part in enumerate(parts) if type(part) is Slot)
    return TextLine(opening, tuple(parts), places, ends)
