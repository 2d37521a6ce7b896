"""A compiled form and its composition into blocks for one company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields
from functools import lru_cache
from typing import Any

from docgen.compose import formlayout as layout
from docgen.compose.formmodel import (
    BOXES,
    CellSpec,
    Column,
    Expression,
    Field,
    FormWords,
    NextPage,
    Note,
    Repeat,
    Resolver,
    RowSpec,
    Run,
    TableRun,
    Total,
    stable_name,
)
from docgen.compose.formpages import BuiltRow, PagePlan, grow
from docgen.compose.formrows import Rows, join
from docgen.compose.formvalues import applying, as_inlines, evaluate, members, option_words
from docgen.document import Block, Break, Gap, Inline, Inlines, Origin, PageBreak, Paragraph, Table, Text
from docgen.records import dataclass

MOST_VARIANTS = 16  # of one form kept for companies alike
_MOST_MET = 256
_EMPTY_BOX, _TICKED_BOX, _GAP = "□", "☑", "  "
_BOX_LINES = {True: 1, False: 3}  # lines of boxes a cell may hold in a register and in another list


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
    _made: dict[tuple[Any, ...], list[Block]] = field(default_factory=dict, repr=False)
    _met: set[int] = field(default_factory=set, repr=False)  # of variants made once

    def __getstate__(self) -> tuple[None, dict[str, Any]]:  # nothing that was made for companies
        made = {"_rows": Rows(), "_contents": {}, "_made": {}, "_met": set()}
        return None, {f.name: getattr(self, f.name) for f in fields(self)} | made

    @property
    def name(self) -> str:
        return stable_name(self.file)

    def compose(self, resolver: Resolver, facts: FormFacts, sample: bool = False) -> list[Block]:
        """The blocks of the form for one company: title, facts line, tables, notes. With `sample`, made-up values
        clearly marked as such stand in the form; otherwise it is blank."""
        inputs = self._inputs(resolver)
        if inputs is None:
            return _Composer(self, resolver, facts, sample).blocks()
        key = (facts.title, sample, *inputs)
        blocks = self._made.get(key)
        if blocks is None:
            blocks = _Composer(self, resolver, facts, sample).blocks()
            if self._comes_again(key) and len(self._made) < MOST_VARIANTS:
                self._made[key] = blocks
        return list(blocks)

    def _comes_again(self, key: tuple[Any, ...]) -> bool:
        """True if companies alike are to be expected: no value stands in the form, or one of them was met before."""
        if not any(expression.use == "value" for expression in self.expressions):
            return True
        mark = hash(key)
        if mark in self._met:
            return True
        if len(self._met) >= _MOST_MET:
            self._met.clear()
        self._met.add(mark)
        return False

    def is_kept(self, blocks: list[Block]) -> bool:
        """True if every company alike gets these same blocks."""
        return any(blocks[:1] == kept[:1] for kept in self._made.values())

    def _inputs(self, resolver: Resolver) -> tuple[Any, ...] | None:
        """What the form's expressions amount to for one company; None for a form with rows from a list. Companies
        for which it is the same get the same form."""
        found: list[Any] = []
        for expression in self.expressions:
            if expression.use == "list" or expression.item:
                return None
            if expression.use == "condition":
                found.append(resolver.holds(expression.source))
            else:
                value = as_inlines(resolver.value(expression.source))
                found.append(tuple((type(inline).__name__, layout.plain((inline,))) for inline in value))
        return tuple(found)

    def retention_text(self, resolver: Resolver) -> Inlines:
        """How long records on this form are kept: its own period or the company's general one."""
        if self.retention and not self.retention.isdigit():
            return (_words(self.retention),)
        value: Inlines = (_words(self.retention),)
        if not self.retention:
            value = as_inlines(resolver.value("documents.record_retention_years"))
        if any(isinstance(inline, Gap) for inline in value):
            return value
        before, _, after = self.words.years.partition("{n}")
        return (*((_words(before),) if before else ()), *value, _words(after))

    def options_of(self, item: Column | Field, resolver: Resolver) -> tuple[str, ...]:
        """The answers of a choice for one company, as text for a validation list."""
        return tuple(layout.plain(words) for words in option_words(item.options, resolver))

    def prefilled(self, resolver: Resolver) -> list[dict[str, str]]:
        """The rows of the register that a list of the profile fills: text by column name."""
        rows: list[dict[str, str]] = []
        for run in self.runs:
            for part in run.body if isinstance(run, TableRun) else ():
                if not isinstance(part, Repeat) or not part.source:
                    continue
                for item in members(part, resolver):
                    texts = {
                        cell.field.name: layout.plain(evaluate(cell.words, resolver, item))
                        for cell in part.row.cells
                        if cell.field and cell.words
                    }
                    rows.append(texts)
        return rows


@lru_cache(maxsize=1024)
def _words(text: str) -> Text:
    """The same object each time, so that writers know it again."""
    return Text(text)


class _Composer:
    def __init__(self, form: FormTemplate, resolver: Resolver, facts: FormFacts, sample: bool) -> None:
        self.form = form
        self.resolver = resolver
        self.facts = facts
        self.sample: Mapping[str, str] = dict(form.sample) if sample else {}
        self.width = layout.BODY_WIDTH[form.landscape]
        self.legends: dict[str, Inlines] = {}
        self._noted = 0  # how often a legend was asked for
        self._blank: dict[RowSpec, list[tuple[Inlines, float]]] = {}  # cells of rows to fill

    def blocks(self) -> list[Block]:
        form = self.form
        title = Paragraph((Text(self.facts.title),), "form-title", Origin(form.name, 1, "title"), True)
        blocks: list[Block] = [title]
        if self.sample:
            mark = (Text(form.words.sample, strong=True),)
            blocks.append(Paragraph(mark, "note", Origin(form.name, 1, "sample"), True))
        pages = [PagePlan(layout.TITLE + (layout.NOTE_LINE + layout.NOTE_GAP) * len(blocks[1:]))]
        tables: dict[int, list[BuiltRow]] = {}
        texts: dict[int, Paragraph] = {}
        runs = applying(form.runs, self.resolver)
        for number, run in enumerate(runs):
            if isinstance(run, NextPage):
                pages.append(PagePlan(0.0))
            elif isinstance(run, TableRun):
                tables[number] = self._rows(run, pages[-1])
            else:
                words = evaluate(run.words, self.resolver)
                texts[number] = Paragraph(words, run.role, run.origin)
                pages[-1].used += layout.line_count(layout.plain(words), self.width) * layout.TEXT_LINE
        notes = self._notes()
        note_width = layout.NOTE_WIDTH[form.landscape]
        for note in notes:
            lines = layout.line_count(layout.plain(note.inlines), note_width)
            pages[-1].used += lines * layout.NOTE_LINE + layout.NOTE_GAP
        for plan in pages:
            self._fit(plan, form.pages if len(pages) == 1 else 1)
        for number, run in enumerate(runs):
            if isinstance(run, TableRun):
                blocks.append(self._table(run, tables[number]))
            elif isinstance(run, NextPage):
                blocks.append(PageBreak(run.origin))
            else:
                blocks.append(texts[number])
        return [*blocks, *notes]

    def _rows(self, run: TableRun, plan: PagePlan) -> list[BuiltRow]:
        rows: list[BuiltRow] = []
        for part in run.body:
            if part.when and not self.resolver.holds(part.when):
                continue
            if isinstance(part, RowSpec):
                rows.append(self._built(part))
                continue
            rows += self._repeat(part)
            if part.count < 0:
                plan.fill = (rows, len(rows), part)
        plan.tables.append(rows)
        return rows

    def _fit(self, plan: PagePlan, pages: int) -> None:
        """Use up the free room of the page: blank rows of a register, higher rows elsewhere."""
        built = [row for rows in plan.tables for row in rows]
        used = plan.used + sum(row.height for row in built) + layout.TABLE_GAP * len(plan.tables)
        page = layout.BODY_HEIGHT[self.form.landscape] - layout.SLACK
        room = page - used + (max(pages, 1) - 1) * (page - layout.PAGE_END)
        if plan.fill:
            rows, at, part = plan.fill
            rows[at:at] = self._blank_rows(part, at, rows, layout.last_page(room, page))
        else:
            grow(built, room)

    def _notes(self) -> list[Paragraph]:
        lines: list[Inlines] = [
            evaluate(note.words, self.resolver)
            for note in self.form.notes
            if not note.when or self.resolver.holds(note.when)
        ]
        before, _, after = self.form.words.options.partition("{label}")
        middle, _, end = after.partition("{options}")
        legend: list[Inline] = []
        for label, options in self.legends.items():
            separator = self.form.words.separator if legend else ""
            legend += [_words(separator + before + label + middle), *options]
        if legend:
            lines.append((*legend, _words(end)))
        numbered = len(lines) > 1
        result = []
        for number, line in enumerate(lines, 1):
            head = self.form.words.notes if number == 1 else ""
            mark = f"{number}. " if numbered else ""
            start: Inlines = (_words(head + mark),) if head or mark else ()
            result.append(Paragraph((*start, *line), "note", Origin(self.form.name, 1, f"note{number}")))
        return result

    # ---- rows

    def _built(self, spec: RowSpec, item: Any = None, serial: int = 0, sampled: bool = True) -> BuiltRow:
        alike = item is None and not (self.sample and sampled)
        ready = self._blank.get(spec) or self.form._contents.get(spec) if alike else None
        made: list[tuple[Inlines, float]] = []
        legends = self._noted
        for number, cell in enumerate(spec.cells):
            if ready is not None and not (cell.field and cell.field.kind == "serial"):
                made.append(ready[number])
                continue
            width = (cell.end - cell.start) / 100 * self.width
            content = self._content(cell, width, item, serial, sampled, spec.register)
            made.append((content, 0.0 if cell.up else layout.cell_height(content, width)))
        if alike and ready is None:
            # a legend is gathered anew for each company
            (self.form._contents if spec.static and self._noted == legends else self._blank)[spec] = made
        inlines = [content for content, _ in made]
        need = max([height for _, height in made], default=0.0)
        row = BuiltRow(spec, inlines, need, bool(self.sample) and sampled, serial)
        row.height = max(spec.height, need) + layout.BORDER
        return row

    def _content(self, cell: CellSpec, width: float, item: Any, serial: int, sampled: bool, register: bool) -> Inlines:
        words = evaluate(cell.words, self.resolver, item) if cell.words else ()
        place = cell.field
        if place is None or (cell.role == "text" and cell.words):
            return words
        value = self.sample.get(place.name, "") if sampled and place.name else ""
        if place.kind == "serial":
            if self.sample and sampled and serial:
                return (_words(self.form.words.sample_row),)
            return (_words(str(serial)),) if serial else ()
        if place.kind in BOXES:
            return self._boxes(place, cell, width, value, register)
        if value:
            return (*words, Text(value))
        if words:
            return words
        if place.unit:
            return (_words("\u3000" * (1 if cell.small else 3) + place.unit),)
        mark = "" if cell.small and place.kind != "percent" else self.form.words.marks.get(place.kind, "")
        return (_words(mark),) if mark else ()

    def _boxes(self, place: Field, cell: CellSpec, width: float, value: str, register: bool) -> Inlines:
        """A box for every answer, several on a line where they fit, none broken over lines."""
        options = option_words(place.options, self.resolver)
        if not options:
            return (Text(value),) if value else ()
        ticked = {part.strip() for part in value.split("/")} if value else set()
        room = width - layout.MARGIN
        result: list[Inline] = []
        left, lines = room, 1
        for number, option in enumerate(options):
            text = layout.plain(option)
            need = layout.text_width(_EMPTY_BOX + text)
            gap = layout.text_width(_GAP) if number else 0.0
            if number and need + gap > left:
                result.append(Break())
                left, lines = room - need, lines + 1
            else:
                result += [_words(_GAP)] if number else []
                left -= need + gap
            result += [_words(_TICKED_BOX if text in ticked else _EMPTY_BOX), *option]
        if cell.small and lines > _BOX_LINES[register]:
            joined: list[Inline] = []
            for number, option in enumerate(options):
                joined += [*([_words("/")] if number else []), *option]
            self._noted += 1
            self.legends[layout.plain(evaluate(place.label, self.resolver)).replace("\n", "")] = tuple(joined)
            return (Text(value),) if value else ()
        return tuple(result)

    def _repeat(self, part: Repeat) -> list[BuiltRow]:
        rows: list[BuiltRow] = []
        self._built(part.blank, sampled=False)  # finds the legends before the notes are written
        if part.source:
            for item in members(part, self.resolver):
                rows.append(self._built(part.row, item, len(rows) + 1, False))
        start = len(rows)
        for number in range(max(part.count, 0)):
            rows.append(self._built(part.blank, None, start + number + 1, number == 0))
        return rows

    def _blank_rows(self, part: Repeat, at: int, rows: list[BuiltRow], room: float) -> list[BuiltRow]:
        """As many blank rows as the page takes, two at least."""
        before = sum(1 for row in rows[:at] if row.spec.register)
        result: list[BuiltRow] = []
        while True:
            number = before + len(result) + 1
            row = self._built(part.blank, None, number, not result)
            if row.height > room and len(result) >= 2:
                return result
            room -= row.height
            result.append(row)

    # ---- tables

    def _table(self, run: TableRun, rows: list[BuiltRow]) -> Table:
        join(rows)
        widths = tuple(round(b - a, 3) for a, b in zip(run.edges, run.edges[1:], strict=False))
        origin = Origin(self.form.name, run.line, f"table{run.line}")
        return Table(
            tuple(self.form._rows.row(row, run.edges) for row in rows), widths, "form", "", origin, run.columns
        )
