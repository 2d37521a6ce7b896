"""The workbook of a questionnaire: a sheet of explanations, then a sheet a subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from docgen.profile.describe import FieldInfo, Kind
from docgen.profile.fields import Level
from docgen.profile.labels import choice_label
from docgen.profile.walking import value_at
from docgen.profile.words import NOTHING_WORDS
from docgen.questionnaire import marks
from docgen.questionnaire.asked import (
    Inquiry,
    Question,
    Subject,
    Table,
    example_of,
    format_of,
    help_of,
    subjects,
    used_in,
    who_knows,
)
from docgen.questionnaire.texts import LISTS, NAMED, cell_text, named, pieces
from docgen.writers.sheet import AnyEntry, Choice, Entry, Format, Line, Mark, Sheet, letters, write_workbook
from docgen.writers.sheet_page import row_height, text_width

_PATHS, _NUMBER, _LABEL, _ANSWER, _FORMAT, _LEVEL, _HELP, _USED, _WHO = range(1, 10)
_WIDTHS = (4, 5, 24, 38, 15, 11, 46, 28, 15)
_FIRST = _LABEL  # column of a table
_ROOM = len(_WIDTHS) - _FIRST + 1  # columns a table has beside single facts
_HIGHEST = 400.0  # points; Excel's limit is 409

_TITLE = Format(bold=True, size=16, wrap=False)
_HEAD = Format(bold=True, align="center", border=True, fill="DDE7F0")
_BAND = Format(bold=True, border=True, fill="F2F2F2")
_CELL = Format(border=True)
_MIDDLE = Format(border=True, align="center")
_INPUT = Format(border=True, number="text", quoted=True, fill="FFF8DC")
_SMALL = Format(size=9, color="7F7F7F", border=True)
_NOTE = Format(size=9, color="7F7F7F", wrap=False)
_KEY = Format(size=8, color="BFBFBF", wrap=False, number="text", quoted=True)
_LACKING = "FFC7CE"
_SHORT = {Kind.BOOLEAN: 9.0, Kind.INTEGER: 10.0, Kind.NUMBER: 10.0, Kind.DATE: 13.0, Kind.DURATION: 12.0}
_PAGE = 220.0  # characters side by side that can still be read on one page

_Columns: TypeAlias = "list[tuple[int, FieldInfo]]"


def questionnaire(inquiry: Inquiry, words: Mapping[str, Any]) -> bytes:
    """The workbook that asks for what an inquiry wants; with what is known already. `words` is group `ask` of the
    starter's words."""
    sheets: list[tuple[Sheet, Subject]] = []
    for subject in subjects(inquiry, words):
        wide = [table for table in subject.tables if table.width > _ROOM]
        rest = tuple(table for table in subject.tables if table not in wide)
        if subject.questions or rest:
            part = Subject(subject.name, subject.questions, rest)
            sheets.append((_Page(inquiry, words, _WIDTHS).subject(part), part))
        for table in wide:
            alone = not (subject.questions or rest) and len(wide) == 1
            part = Subject(subject.name if alone else table.question.label, (), (table,))
            sheets.append((_Page(inquiry, words, _widths(table, words)).subject(part), part))
    return write_workbook([_explained(inquiry, words, sheets), *(sheet for sheet, _ in sheets)])


def _widths(table: Table, words: Mapping[str, Any]) -> list[float]:
    widths: list[float] = [_WIDTHS[0], _WIDTHS[1], *([22.0] if table.heads else [])]
    for info in table.columns:
        least = _SHORT.get(info.kind, 20.0 if info.kind in LISTS else 15.0)
        widths.append(max(least, min(text_width(info.label), 10) + 2))
    return widths


class _Page:
    """One sheet in the making."""

    def __init__(self, inquiry: Inquiry, words: Mapping[str, Any], widths: Sequence[float]) -> None:
        self.inquiry, self.words, self.widths = inquiry, words, widths
        self.lines: list[Line] = []
        self.choices: list[Choice] = []
        self.marks: list[Mark] = []
        self.number = 0

    @property
    def next_row(self) -> int:
        return len(self.lines) + 1

    def add(self, *cells: AnyEntry, key: str = "", hidden: bool = False, height: float = 0.0) -> None:
        row = [Entry(_PATHS, key, _KEY), *cells] if key else list(cells)
        rooms = [max(int(width) - 1, 2) for width in self.widths] + [20] * 30
        self.lines.append(Line(row, height or min(row_height(cells, rooms), _HIGHEST), hidden=hidden))

    def subject(self, subject: Subject) -> Sheet:
        self.add(Entry(_NUMBER, subject.name, _TITLE), key=marks.REST, height=28)
        self.add(Entry(_ANSWER, marks.ANSWER, _KEY), key=f"{marks.FACTS} {marks.edition()}", hidden=True, height=12)
        frozen = 0
        if tuple(self.widths) == _WIDTHS:
            heads = [Entry(n, head, _HEAD) for n, head in enumerate(self.words["columns"], _NUMBER)]
            self.add(*heads, key=marks.REST, height=22)
            frozen = self.next_row - 1
        self._facts(subject.questions)
        for table in subject.tables:
            if subject.questions or table is not subject.tables[0]:
                self.lines.append(Line([]))
            head = self._table(table)
            frozen = frozen or head
        return Sheet(
            subject.name,
            self.lines,
            self.widths,
            frozen=frozen,
            repeated=(1, frozen),
            across=2 if sum(self.widths[1:]) > _PAGE else 1,
            choices=self.choices,
            footer=self.words["title"],
            marks=self.marks,
            unseen=(_PATHS,),
        )

    # ---- single facts

    def _facts(self, questions: Sequence[Question]) -> None:
        group, first = "", self.next_row
        for question in questions:
            if question.group != group:
                group = question.group
                if group:
                    bands = [Entry(n, group if n == _LABEL else None, _BAND) for n in range(_NUMBER, _WHO + 1)]
                    self.add(*bands, key=marks.REST)
            self._fact(question)
        if questions:
            self._mark(_ANSWER, first, self.next_row - 1, '${0}{1}="{2}"')

    def _fact(self, question: Question) -> None:
        info, path, words = question.info, question.path, self.words
        pattern = question.pattern
        self.number += 1
        value = value_at(self.inquiry.profile, path)
        label = words["term"].format(word=question.label) if "*" in pattern else question.label
        parts = list(pieces(self._text(value, info, pattern, path)))
        help = help_of(info, pattern, self.inquiry, words, path)
        row = self.next_row
        self.add(*self._cells(label, parts[0], info, pattern, path, help), key=path)
        self._choice(_ANSWER, row, row, info, pattern, help)
        for part in parts[1:]:
            self.add(Entry(_ANSWER, part, _INPUT), key=path + marks.MORE)

    def _cells(
        self, label: str, text: str, info: FieldInfo, pattern: str, path: str, help: str
    ) -> tuple[AnyEntry, ...]:
        words, inquiry = self.words, self.inquiry
        return (
            Entry(_NUMBER, self.number, _MIDDLE),
            Entry(_LABEL, label, _CELL),
            Entry(_ANSWER, text or None, _INPUT),
            Entry(_FORMAT, format_of(info, words), _MIDDLE),
            Entry(_LEVEL, words["levels"][info.level.value], _MIDDLE),
            Entry(_HELP, help or None, _CELL),
            Entry(_USED, used_in(path, inquiry, words) or None, _SMALL),
            Entry(_WHO, who_knows(pattern, inquiry.profile, words) or None, _SMALL),
        )

    def _text(self, value: Any, info: FieldInfo, pattern: str, path: str) -> str:
        if info.kind in LISTS and value == ():
            return str(self.words["listed"][1]) if self._told(path) else ""
        return cell_text(value, info, pattern, self.words, self.inquiry.names.get(pattern, {}))

    def _told(self, path: str) -> bool:
        """Whether an empty list was written."""
        above, _, name = path.rpartition(".")
        part = value_at(self.inquiry.profile, above) if above else self.inquiry.profile
        return part is not None and name in part.told

    # ---- lists

    def _table(self, table: Table) -> int:
        """The rows of a list; the row of its heads."""
        question, words = table.question, self.words
        path, info = question.path, question.info
        self.number += 1
        plain = info.kind is Kind.GROUPS and table.whole
        help = help_of(info, path, self.inquiry, words)
        told = self._listed(table) if plain else ""
        listed = words["between"].join(filter(None, (words["list_help"], help))) if plain else help
        row = self.next_row
        cells = self._cells(words["list_label"].format(label=question.label), told, info, path, path, listed)
        if tuple(self.widths) != _WIDTHS:  # its columns are those of the list
            cells = (*cells[:3], Entry(_ANSWER + 1, listed or None, _NOTE))
        if not plain:
            cells = (*cells[:2], Entry(_ANSWER, None, _CELL), Entry(_FORMAT, None, _MIDDLE), *cells[4:])
        self.add(*((n, v, _bold(f) if n == _LABEL else f) for n, v, f in cells), key=path if plain else marks.REST)
        if plain:
            self.choices.append(Choice(f"{letters(_ANSWER)}{row}", tuple(words["listed"]), prompt=words["list_help"]))
        return self._rows(table)

    def _listed(self, table: Table) -> str:
        """What is said of whether there is such a list, where its rows do not: that there is none; that there is one,
        which only says of something that there is none."""
        there, none = self.words["listed"]
        if not table.rows:
            return none if self._told(table.question.path) else ""
        values = [value for _, part in table.rows for value in part.__dict__.values() if value not in (None, ())]
        return there if len(values) == 1 and values[0] in NOTHING_WORDS else ""

    def _rows(self, table: Table) -> int:
        words, path = self.words, table.question.path
        start = _FIRST + bool(table.heads)
        fields = list(enumerate(table.columns, start))
        keys = [Entry(n, info.name, _KEY) for n, info in fields]
        self.add(*keys, key=f"{marks.LIST} {path} {marks.edition()}", hidden=True, height=12)
        first_head = [Entry(_FIRST, table.question.label, _HEAD)] if table.heads else []
        heads = [Entry(_NUMBER, words["columns"][0], _HEAD), *first_head]
        heads += [Entry(n, self._head(info), _HEAD) for n, info in fields]
        self.add(*heads, key=marks.REST)
        head = self.next_row - 1
        examples = [Entry(_NUMBER, None, _SMALL), *([Entry(_FIRST, None, _SMALL)] if table.heads else [])]
        examples += [Entry(n, self._example(info, _pattern(table, info)), _SMALL) for n, info in fields]
        self.add(*examples, key=marks.REST)
        first = self.next_row
        rows: list[tuple[str, Any]] = [*table.rows, *((f"{path}[]", None) for _ in range(table.blank))]
        for number, (key, part) in enumerate(rows, 1):
            shown = [Entry(_FIRST, table.heads[number - 1], _CELL)] if table.heads else []
            self._row(key, part, number, shown, fields, table)
        last = self.next_row - 1
        if table.blank:
            self.add(Entry(_FIRST, words["list_end"], _NOTE), key=marks.END)
        for n, info in fields:
            pattern = _pattern(table, info)
            help = help_of(info, pattern, self.inquiry, words)
            self._choice(n, first, last, info, pattern, words["between"].join(filter(None, (info.label, help))))
            if info.level is Level.MUST:
                self._mark_row(n, first, last, start, start + len(fields) - 1)
                if table.question.info.level is Level.MUST:
                    self._mark(n, first, first)
        return head

    def _row(self, key: str, part: Any, number: int, shown: Sequence[AnyEntry], fields: _Columns, table: Table) -> None:
        texts = {n: [""] for n, _ in fields}
        if part is not None:
            for n, info in fields:
                pattern = _pattern(table, info)
                value = getattr(part, info.name)
                told = info.kind in LISTS and value == () and info.name in part.told
                names = self.inquiry.names.get(pattern, {})
                text = self.words["listed"][1] if told else cell_text(value, info, pattern, self.words, names)
                texts[n] = list(pieces(text))
        if part is not None and key.endswith("[]") and not any(text[0] for text in texts.values()):
            texts[fields[0][0]] = ["~"]  # a thing nothing is known of
        cells = [Entry(n, parts[0] or None, _INPUT) for n, parts in texts.items()]
        self.add(Entry(_NUMBER, number, _MIDDLE), *shown, *cells, key=key)
        for more in range(1, max(len(parts) for parts in texts.values())):
            cells = [Entry(n, parts[more], _INPUT) for n, parts in texts.items() if more < len(parts)]
            self.add(*cells, key=key + marks.MORE)

    def _head(self, info: FieldInfo) -> str:
        unit = f"（{info.unit}）" if info.unit else ""
        level = self.words["levels"][info.level.value] if info.level is not Level.MAY else ""
        return f"{info.label}{unit}" + (f"\n{level}" if level else "")

    def _example(self, info: FieldInfo, pattern: str) -> str:
        example = "" if pattern in NAMED else example_of(info, self.words)
        if info.choices:
            example = choice_label(info.choices[0], info.choices)
        return self.words["example"].format(example=example) if example else format_of(info, self.words)

    # ---- what cells take, how they are marked

    def _choice(self, column: int, first: int, last: int, info: FieldInfo, pattern: str, help: str) -> None:
        options: tuple[str, ...] = tuple(choice_label(choice, info.choices) for choice in info.choices)
        if info.kind is Kind.BOOLEAN:
            options = tuple(self.words["boolean"])
        elif pattern in NAMED:
            known = self.inquiry.names.get(pattern, {})
            options = tuple(named(id, known) for id in known)
        area = f"{letters(column)}{first}:{letters(column)}{last}"
        free = info.kind in LISTS or pattern in NAMED
        self.choices.append(Choice(area, options, prompt=help or format_of(info, self.words), free=free))

    def _mark(self, column: int, first: int, last: int, level: str = "") -> None:
        """Empty answers that are needed; where a column says the level of each, those of level must."""
        name = letters(column)
        empty = f"LEN(TRIM({name}{first}))=0"
        if level:
            needed = level.format(letters(_LEVEL), first, self.words["levels"]["must"])
            empty = f"AND({needed},LEN(TRIM(${name}{first}))=0)"
        self.marks.append(Mark(f"{name}{first}:{name}{last}", empty, _LACKING))

    def _mark_row(self, column: int, first: int, last: int, start: int, end: int) -> None:
        """Empty answers in rows that say something."""
        name = letters(column)
        formula = f"AND(COUNTA(${letters(start)}{first}:${letters(end)}{first})>0,LEN(TRIM({name}{first}))=0)"
        self.marks.append(Mark(f"{name}{first}:{name}{last}", formula, _LACKING))


def _pattern(table: Table, info: FieldInfo) -> str:
    inner = ".*." if table.question.info.kind is Kind.GROUP_MAP else "[]."
    return f"{table.question.path}{inner}{info.name}"


def _bold(format: Format) -> Format:
    return format._replace(bold=True)


def _explained(inquiry: Inquiry, words: Mapping[str, Any], sheets: Sequence[tuple[Sheet, Subject]]) -> Sheet:
    """The first sheet: how to fill in, the base profile, what the others ask."""
    widths = (_WIDTHS[0], _WIDTHS[1], 24, 70, 12, 12)
    plain = Format()
    company = inquiry.profile.company.full_name or ""
    lines = [
        Line([Entry(_PATHS, marks.REST, _KEY), Entry(_NUMBER, words["title"], _TITLE)], 30),
        Line([Entry(_NUMBER, words["subtitle"].format(company=company).strip("　"), Format(wrap=False))], 20),
        Line([]),
    ]
    merged = []
    for number, text in enumerate(words["intro"], 1):
        merged.append(f"{letters(_LABEL)}{len(lines) + 1}:{letters(len(widths))}{len(lines) + 1}")
        height = 16.0 * (1 + text_width(text) // 112)
        lines.append(Line([Entry(_NUMBER, number, plain), Entry(_LABEL, text, plain)], height + 3))
    lines.append(Line([]))
    if inquiry.base:
        key = f"{marks.FACTS} {marks.edition()}"
        lines.append(Line([Entry(_PATHS, key, _KEY), Entry(_ANSWER, marks.ANSWER, _KEY)], 12, hidden=True))
        cells = [Entry(_PATHS, marks.BASE, _KEY), Entry(_NUMBER, None, _CELL), Entry(_LABEL, words["base"], _CELL)]
        lines += [Line([*cells, Entry(_ANSWER, inquiry.base, _INPUT)], 20)]
        lines += [Line([Entry(_LABEL, words["base_help"], _NOTE)], 16), Line([])]
    lines.append(Line([Entry(_LABEL, words["contents"], Format(bold=True, wrap=False))], 20))
    lines.append(Line([Entry(n, head, _HEAD) for n, head in enumerate(words["contents_columns"], _LABEL)], 20))
    links = []
    for sheet, subject in sheets:
        asked = [q.info for q in subject.questions] + [info for table in subject.tables for info in table.columns]
        must = sum(info.level is Level.MUST for info in asked)
        links.append((f"{letters(_LABEL)}{len(lines) + 1}", f"'{sheet.name}'!A1"))
        cells = [
            Entry(_LABEL, sheet.name, Format(border=True, color="1F4E79")),
            Entry(_LABEL + 1, _content(subject), _CELL),
            Entry(_LABEL + 2, len(asked), _MIDDLE),
            Entry(_LABEL + 3, must, _MIDDLE),
        ]
        lines.append(Line(cells, row_height(cells, [int(width) - 1 for width in widths])))
    return Sheet(
        words["sheet_help"],
        lines,
        widths,
        merged=merged,
        landscape=False,
        footer=words["title"],
        links=links,
        unseen=(_PATHS,),
    )


def _content(subject: Subject) -> str:
    """The groups and lists of a sheet, else its first questions."""
    groups = list(dict.fromkeys(q.group for q in subject.questions if q.group))
    lists = [table.question.label for table in subject.tables]
    first = [q.label for q in subject.questions if not q.group][:4]
    return "、".join([*first, *groups, *lists])
