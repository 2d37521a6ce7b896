"""Forms that companies have in common: made once where the same conditions hold, then only values are put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import TYPE_CHECKING, NamedTuple

from docgen.compose import formlayout as layout
from docgen.compose.formmodel import RowSpec, Words
from docgen.compose.formpages import BuiltRow
from docgen.compose.formrows import Edges, Rows
from docgen.compose.formvalues import evaluate
from docgen.document import Block, Inlines, Paragraph, Pattern, Row, Table
from docgen.records import dataclass

if TYPE_CHECKING:
    from docgen.compose.formcompose import FormComposer

_MOST_MADE = 16  # of one outline kept


class RowPlace(NamedTuple):
    """A row with values: the index of its table among the blocks, its own in the table."""

    block: int
    row: int
    built: BuiltRow
    edges: Edges


class TextPlace(NamedTuple):
    """A paragraph with values: its index, its words as written, what stands before them, its width in mm."""

    block: int
    words: Words
    start: Inlines
    width: float


class Values(NamedTuple):
    """What one company has in the paragraphs of an outline, and how high it makes rows (mm) and paragraphs (lines)."""

    texts: list[Inlines]
    heights: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A form as it was made for companies whose values take as much room."""

    blocks: list[Block]
    pattern: Pattern
    rows: tuple[RowPlace, ...]
    texts: tuple[TextPlace, ...]

    def filled(self, values: Values, composer: FormComposer, rows: Rows) -> list[Block]:
        """The form with the values of another company."""
        blocks = list(self.blocks)
        changed: dict[int, list[Row]] = {}
        for block, at, built, edges in self.rows:
            if block not in changed:
                table = blocks[block]
                assert isinstance(table, Table)
                changed[block] = list(table.rows)
            inlines = composer.built(built.spec, None, built.serial, False).inlines
            filled = BuiltRow(built.spec, inlines, built.need, False, built.serial, built.height, built.spans)
            changed[block][at] = rows.row(filled, edges)
        for block, own in changed.items():
            table = blocks[block]
            assert isinstance(table, Table)
            blocks[block] = Table(tuple(own), table.widths, table.role, table.caption, table.origin, table.columns)
        for (block, *_), words in zip(self.texts, values.texts, strict=True):
            paragraph = blocks[block]
            assert isinstance(paragraph, Paragraph)
            blocks[block] = Paragraph(words, paragraph.role, paragraph.origin, paragraph.keep_with_next)
        return blocks


@dataclass(slots=True, eq=False)
class Outline:
    """What stands in a form where the same conditions hold: the kinds of rows with values, the paragraphs with values,
    and the forms made of it by the heights of those."""

    rows: tuple[RowSpec, ...]
    texts: tuple[TextPlace, ...]
    made: dict[tuple[float, ...], Made] = field(default_factory=dict)

    @classmethod
    def of(cls, composer: FormComposer) -> Outline:
        """The outline of a form that was composed."""
        rows = dict.fromkeys(place.built.spec for place in composer.row_places)
        return cls(tuple(rows), tuple(composer.text_places))

    @property
    def has_values(self) -> bool:
        return bool(self.rows or self.texts)

    def values(self, composer: FormComposer) -> Values | None:
        """The values of another company; None if they change more than the places they stand in."""
        noted = composer.noted
        heights: list[float] = [composer.built(spec, None, 0, False).height for spec in self.rows]
        texts = [(*place.start, *evaluate(place.words, composer.resolver)) for place in self.texts]
        heights += [
            layout.line_count(layout.plain(text), place.width) for text, place in zip(texts, self.texts, strict=True)
        ]
        return Values(texts, tuple(heights)) if composer.noted == noted else None

    def pattern(self, blocks: Sequence[Block], composer: FormComposer, lasting: bool) -> Pattern:
        """The pattern of a form that was composed; a lasting one is remembered with it for others like it."""
        rows, texts = tuple(composer.row_places), tuple(composer.text_places)
        places = [*((place.block, place.row) for place in rows), *((place.block, -1) for place in texts)]
        pattern = Pattern(tuple(places), lasting)
        values = self.values(composer) if lasting else None
        if values is not None:
            if len(self.made) >= _MOST_MADE:
                self.made.clear()
            self.made[values.heights] = Made(list(blocks), pattern, rows, texts)
        return pattern
