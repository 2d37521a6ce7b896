"""A compiled form and its composition into blocks for one company."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, fields
from typing import Any

from docgen.compose import formlayout as layout
from docgen.compose.formcompose import FormComposer
from docgen.compose.formmodel import (
    Column,
    Expression,
    Field,
    FormWords,
    Note,
    Repeat,
    Resolver,
    RowSpec,
    Run,
    TableRun,
    Total,
    stable_name,
)
from docgen.compose.formpattern import Outline
from docgen.compose.formrows import Rows
from docgen.compose.formvalues import as_inlines, author_words, evaluate, members, option_words
from docgen.document import Block, Gap, Inlines, Pattern
from docgen.records import dataclass

MOST_OUTLINES = 16  # of one form kept


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What the list of documents knows about a form."""

    number: str
    title: str
    version: str


@dataclass(slots=True, eq=False)
class FormTemplate:
    """One form. `columns` and `totals` describe its (first) list for the spreadsheet writer; `fields` are the named
    places to write; `expressions` all `{{ … }}`, lists and conditions, for the check of names."""

    id: str
    file: str
    landscape: bool
    pages: int
    retention: str
    runs: tuple[Run, ...]
    notes: tuple[Note, ...]
    columns: tuple[Column, ...]
    totals: tuple[Total, ...]
    fields: tuple[Field, ...]
    sample: tuple[tuple[str, str], ...]
    expressions: tuple[Expression, ...]
    words: FormWords
    _rows: Rows = field(default_factory=Rows, repr=False)
    _contents: dict[RowSpec, list[tuple[Inlines, float]]] = field(default_factory=dict, repr=False)
    _outlines: dict[tuple[Any, ...], Outline] = field(default_factory=dict, repr=False)

    def __getstate__(self) -> tuple[None, dict[str, Any]]:  # nothing that was made for companies
        made = {"_rows": Rows(), "_contents": {}, "_outlines": {}}
        return None, {f.name: getattr(self, f.name) for f in fields(self)} | made

    @property
    def name(self) -> str:
        return stable_name(self.file)

    def compose(self, resolver: Resolver, facts: FormFacts, sample: bool = False) -> list[Block]:
        """The blocks of the form for one company: title, facts line, tables, notes. With `sample`, made-up values
        clearly marked as such stand in the form; otherwise it is blank."""
        return FormComposer(self, resolver, facts, sample).blocks()

    def patterned(self, resolver: Resolver, facts: FormFacts) -> tuple[list[Block], Pattern | None]:
        """The blank form for one company, and what it has in common with those of other companies: made once, only the
        values are new. None for a form with rows from a list, or whose values change more than their places."""
        composer = FormComposer(self, resolver, facts)
        if self._is_listed():
            return composer.blocks(), None
        key = (facts.title, *self._common(resolver))
        outline = self._outlines.get(key)
        if outline is not None:
            values = outline.values(composer)
            made = outline.made.get(values.heights) if values else None
            if values and made:
                return made.filled(values, composer, self._rows), made.pattern
            composer = FormComposer(self, resolver, facts)
        blocks = composer.blocks()
        if not composer.fit:
            return blocks, None
        lasting = outline is not None  # what holds facts is worth keeping only if there are more companies
        if outline is None:
            if len(self._outlines) >= MOST_OUTLINES:
                self._outlines.clear()
            outline = self._outlines[key] = Outline.of(composer)
        return blocks, outline.pattern(blocks, composer, lasting or not outline.has_values)

    def _common(self, resolver: Resolver) -> Iterator[object]:
        """What is the same for many companies: conditions, and words of the industry."""
        for expression in self.expressions:
            if expression.use == "condition":
                if not expression.item:
                    yield resolver.holds(expression.source)
            elif not expression.own:
                value = as_inlines(resolver.value(expression.source))
                yield tuple((type(inline), layout.plain((inline,))) for inline in value)

    def _is_listed(self) -> bool:
        return any(
            isinstance(part, Repeat) and part.source
            for run in self.runs
            if isinstance(run, TableRun)
            for part in run.body
        )

    def retention_text(self, resolver: Resolver) -> Inlines:
        """How long records on this form are kept: its own period or the company's general one."""
        if self.retention and not self.retention.isdigit():
            return (author_words(self.retention),)
        value: Inlines = (author_words(self.retention),)
        if not self.retention:
            value = as_inlines(resolver.value("documents.record_retention_years"))
        if any(isinstance(inline, Gap) for inline in value):
            return value
        before, _, after = self.words.years.partition("{n}")
        return (*((author_words(before),) if before else ()), *value, author_words(after))

    def options_of(self, item: Column | Field, resolver: Resolver) -> tuple[str, ...]:
        """The answers of a choice for one company, as text for a validation list."""
        return tuple(layout.plain(words) for words in option_words(item.options, resolver))

    def prefilled(self, resolver: Resolver) -> list[dict[str, str]]:
        """The rows of the register that a list of the profile fills: text by column name."""
        rows: list[dict[str, str]] = []
        for run in self.runs:
            for part in run.body if isinstance(run, TableRun) else ():
                if not isinstance(part, Repeat) or not part.source or (part.when and not resolver.holds(part.when)):
                    continue
                for item in members(part, resolver):
                    texts = {
                        cell.field.name: layout.plain(evaluate(cell.words, resolver, item))
                        for cell in part.row.cells
                        if cell.field and cell.words
                    }
                    rows.append(texts)
        return rows
