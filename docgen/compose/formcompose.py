"""A form composed for one company: its rows, page by page, and what stands around them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from docgen.compose import formlayout as layout
from docgen.compose.formbreaks import box_lines, label_lines
from docgen.compose.formmodel import (
    BOXES,
    CellSpec,
    Field,
    NextPage,
    Repeat,
    Resolver,
    RowSpec,
    TableRun,
    Words,
    is_own,
)
from docgen.compose.formpages import BuiltRow, PagePlan, grow, shrink
from docgen.compose.formpattern import RowPlace, TextPlace
from docgen.compose.formrows import Edges, join
from docgen.compose.formvalues import applying, author_words, evaluate, members, option_words
from docgen.document import Block, Break, Inline, Inlines, Origin, PageBreak, Paragraph, Table, Text

if TYPE_CHECKING:
    from docgen.compose.formtemplate import FormFacts, FormTemplate

_EMPTY_BOX, _TICKED_BOX, _GAP = "□", "☑", "  "
_BOX_LINES = {True: 1, False: 3}  # lines of boxes a cell may hold in a register and in another list


class FormComposer:
    """Composes one form for one company. Afterwards `row_places` and `text_places` tell where values stand, and `fit`
    whether everything else is the same for all companies for which the same conditions hold."""

    def __init__(self, form: FormTemplate, resolver: Resolver, facts: FormFacts, sample: bool = False) -> None:
        self.form = form
        self.name = form.name
        self.resolver = resolver
        self.facts = facts
        self.sample: Mapping[str, str] = dict(form.sample) if sample else {}
        self.width = layout.BODY_WIDTH[form.landscape]
        self.legends: dict[str, Inlines] = {}
        self.noted = 0  # how often a legend was asked for
        self.row_places: list[RowPlace] = []
        self.text_places: list[TextPlace] = []
        self.fit = True
        self._ready: dict[RowSpec, list[tuple[Inlines, float]]] = {}  # cells of rows that were made

    def blocks(self) -> list[Block]:
        form = self.form
        title = Paragraph((Text(self.facts.title),), "form-title", Origin(self.name, 1, "title"), True)
        blocks: list[Block] = [title]
        if self.sample:
            mark = (Text(form.words.sample, strong=True),)
            blocks.append(Paragraph(mark, "note", Origin(self.name, 1, "sample"), True))
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
                introducing = isinstance(runs[number + 1], TableRun)
                texts[number] = Paragraph(words, run.role, run.origin, keep_with_next=introducing)
                pages[-1].used += layout.line_count(layout.plain(words), self.width) * layout.TEXT_LINE
                pages[-1].used += layout.TABLE_GAP * introducing
        notes = self._notes()
        for note, _, _ in notes:
            lines = layout.line_count(layout.plain(note.inlines), layout.NOTE_WIDTH[form.landscape])
            pages[-1].used += lines * layout.NOTE_LINE + layout.NOTE_GAP
        for plan in pages:
            self._fit(plan, form.pages if len(pages) == 1 else 1)
        for number, run in enumerate(runs):
            if isinstance(run, TableRun):
                self._mark_rows(len(blocks), tables[number], run.edges)
                blocks.append(self._table(run, tables[number]))
            elif isinstance(run, NextPage):
                blocks.append(PageBreak(run.origin))
            else:
                self._mark_text(len(blocks), run.words, (), self.width)
                blocks.append(texts[number])
        for note, written, start in notes:
            self._mark_text(len(blocks), written, start, layout.NOTE_WIDTH[form.landscape])
            blocks.append(note)
        return blocks

    def _mark_rows(self, block: int, rows: list[BuiltRow], edges: Edges) -> None:
        self.row_places += [RowPlace(block, i, row, edges) for i, row in enumerate(rows) if row.spec.valued]

    def _mark_text(self, block: int, words: Words, start: Inlines, width: float) -> None:
        if is_own(words):
            self.text_places.append(TextPlace(block, words, start, width))

    def _rows(self, run: TableRun, plan: PagePlan) -> list[BuiltRow]:
        rows: list[BuiltRow] = []
        for part in run.body:
            if part.when and not self.resolver.holds(part.when):
                continue
            if isinstance(part, RowSpec):
                rows.append(self.built(part))
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
        elif room >= 0:
            grow(built, room)
        elif not shrink(built, -room) and room < -layout.PAGE_END:  # it is a form of several pages
            rest = min(layout.last_page(room, page, lost) for lost in (layout.LEAST_END, layout.PAGE_END))
            grow(built, rest - layout.PAGE_END)

    def _notes(self) -> list[tuple[Paragraph, Words, Inlines]]:
        """The instructions, each with its words as written and what stands before them."""
        lines: list[tuple[Inlines, Words]] = [
            (evaluate(note.words, self.resolver), note.words)
            for note in self.form.notes
            if not note.when or self.resolver.holds(note.when)
        ]
        before, _, after = self.form.words.options.partition("{label}")
        middle, _, end = after.partition("{options}")
        legend: list[Inline] = []
        for label, options in self.legends.items():
            separator = self.form.words.separator if legend else ""
            legend += [author_words(separator + before + label + middle), *options]
        if legend:
            lines.append(((*legend, author_words(end)), ()))
        numbered = len(lines) > 1
        result = []
        for number, (line, words) in enumerate(lines, 1):
            head = self.form.words.notes if number == 1 else ""
            mark = f"{number}. " if numbered else ""
            start: Inlines = (author_words(head + mark),) if head or mark else ()
            origin = Origin(self.name, 1, f"note{number}")
            result.append((Paragraph((*start, *line), "note", origin), words, start))
        return result

    # ---- rows

    def built(self, spec: RowSpec, item: Any = None, serial: int = 0, sampled: bool = True) -> BuiltRow:
        legends = self.noted
        if self.sample and sampled:
            made = [self._cell(spec, cell, item, serial, True) for cell in spec.cells]
        else:
            ready = self._ready.get(spec) or self.form._contents.get(spec)
            if ready is None:
                made = [self._cell(spec, cell, item, serial, False) for cell in spec.cells]
                # a legend is gathered anew for each company
                (self.form._contents if spec.static and self.noted == legends else self._ready)[spec] = made
            else:
                made = list(ready)
                for number in spec.changing:
                    made[number] = self._cell(spec, spec.cells[number], item, serial, False)
        self.fit = self.fit and not (spec.valued and self.noted != legends)
        inlines = [content for content, _ in made]
        need = max([height for _, height in made], default=0.0)
        row = BuiltRow(spec, inlines, need, bool(self.sample) and sampled, serial)
        row.height = max(spec.height, need) + layout.BORDER
        return row

    def _cell(self, spec: RowSpec, cell: CellSpec, item: Any, serial: int, sampled: bool) -> tuple[Inlines, float]:
        """What stands in a cell, and its height."""
        width = (cell.end - cell.start) / 100 * self.width
        content = self._content(cell, width, item, serial, sampled, spec.register)
        if cell.role == "label":
            content = label_lines(content, width - layout.LABEL_MARGIN, self.form.words)
        elif cell.role == "text":
            content = box_lines(content, width - layout.LABEL_MARGIN)
        return content, 0.0 if cell.up else layout.cell_height(content, width)

    def _content(self, cell: CellSpec, width: float, item: Any, serial: int, sampled: bool, register: bool) -> Inlines:
        words = evaluate(cell.words, self.resolver, item) if cell.words else ()
        place = cell.field
        if place is None or (cell.role == "text" and cell.words):
            return words
        value = self.sample.get(place.name, "") if sampled and place.name else ""
        if place.kind == "serial":
            if self.sample and sampled and serial:
                return (author_words(self.form.words.sample_row),)
            return (author_words(str(serial)),) if serial else ()
        if place.kind in BOXES:
            return self._boxes(place, cell, width, value, register)
        if value:
            return (*words, Text(value))
        if words:
            return words
        if place.unit:
            return (author_words("\u3000" * (1 if cell.small else 3) + place.unit),)
        mark = "" if cell.small and place.kind != "percent" else self.form.words.marks.get(place.kind, "")
        return (author_words(mark),) if mark else ()

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
                result += [author_words(_GAP)] if number else []
                left -= need + gap
            result += [author_words(_TICKED_BOX if text in ticked else _EMPTY_BOX), *option]
        if cell.small and lines > _BOX_LINES[register]:
            joined: list[Inline] = []
            for number, option in enumerate(options):
                joined += [*([author_words("/")] if number else []), *option]
            self.noted += 1
            self.fit = self.fit and not is_own(place.label)
            self.legends[layout.plain(evaluate(place.label, self.resolver)).replace("\n", "")] = tuple(joined)
            return (Text(value),) if value else ()
        return tuple(result)

    def _repeat(self, part: Repeat) -> list[BuiltRow]:
        rows: list[BuiltRow] = []
        self.built(part.blank, sampled=False)  # finds the legends before the notes are written
        if part.source:
            for item in members(part, self.resolver):
                rows.append(self.built(part.row, item, len(rows) + 1, False))
        start = len(rows)
        for number in range(max(part.count, 0)):
            rows.append(self.built(part.blank, None, start + number + 1, number == 0))
        return rows

    def _blank_rows(self, part: Repeat, at: int, rows: list[BuiltRow], room: float) -> list[BuiltRow]:
        """As many blank rows as the page takes, two at least where no others stand before them."""
        before = sum(1 for row in rows[:at] if row.spec.register)
        least = 0 if before else 2
        result: list[BuiltRow] = []
        while True:
            number = before + len(result) + 1
            row = self.built(part.blank, None, number, not result)
            if row.height > room and len(result) >= least:
                return result
            room -= row.height
            result.append(row)

    # ---- tables

    def _table(self, run: TableRun, rows: list[BuiltRow]) -> Table:
        join(rows)
        widths = tuple(round(b - a, 3) for a, b in zip(run.edges, run.edges[1:], strict=False))
        origin = Origin(self.name, run.line, f"table{run.line}")
        return Table(
            tuple(self.form._rows.row(row, run.edges) for row in rows), widths, "form", "", origin, run.columns
        )
