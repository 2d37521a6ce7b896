"""A questionnaire read back: which cell answers which fact, whatever was moved, sorted, deleted or written beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from difflib import get_close_matches
from pathlib import Path

from docgen.cells import Cell, Table, read_sheets
from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.profile.describe import FieldInfo, Kind, describe, field_at, fields_of, pattern_of
from docgen.profile.profile import Profile
from docgen.questionnaire import marks
from docgen.questionnaire.asked import TABLES
from docgen.records import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """The cell a fact is asked in, on the sheet of a number from 1; its text is "" where nobody answered."""

    path: str
    info: FieldInfo
    cell: Cell
    sheet: int


@dataclass(slots=True)
class Item:
    """One row of a list: the answers of its fields, in the order of their columns. `path` ends in `[]` for a thing of
    its own, else it names one of the base profile."""

    path: str
    sheet: int
    row: int
    answers: list[Answer] = field(default_factory=list)
    known_by: str = ""  # `name="…"`: what the thing of the base profile says

    @property
    def said(self) -> bool:
        return any(answer.cell.text for answer in self.answers)


@dataclass(slots=True)
class Answers:
    """What a workbook says. `lists`: path of a list → its rows; `sheets`: their names."""

    path: Path
    sheets: tuple[str, ...] = ()
    facts: dict[str, Answer] = field(default_factory=dict)
    lists: dict[str, list[Item]] = field(default_factory=dict)
    base: Answer | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def place(self, answer: Answer) -> Place:
        """Where an answer stands."""
        cell = answer.cell
        return Place(str(self.path), cell.row, cell.column, answer.path, sheet=self.sheets[answer.sheet - 1])


def read_answers(path: Path) -> Answers:
    """Read a questionnaire. Faults of single cells are among its diagnostics. Raises DocgenError where the file cannot
    be read."""
    tables = read_sheets(path)
    answers = Answers(path, tuple(table.sheet for table in tables))
    other = _other_edition(tables)
    for number, table in enumerate(tables, 1):
        _Sheet(table, number, answers, other).read()
    if other:
        answers.diagnostics.insert(0, Diagnostic("Q003", Severity.NOTE, Place(str(path)), {"file": path.name}))
    return answers


def _other_edition(tables: list[Table]) -> bool:
    """Whether a program with other fields wrote the workbook."""
    told = {cell.text.split()[-1] for t in tables for row in t.rows for cell in row if _is_head(cell.text)}
    return bool(told - {marks.edition()})


def _is_head(text: str) -> bool:
    return text.startswith((marks.FACTS + " ", marks.LIST + " "))


class _Sheet:
    """One sheet, read from above."""

    def __init__(self, table: Table, number: int, answers: Answers, other: bool) -> None:
        self.table, self.number, self.answers, self.other = table, number, answers, other
        self.used: set[tuple[int, int]] = set()  # the cells that were read
        self.column = 0  # of the answers to single facts
        self.list = ""  # the list whose rows are being read
        self.fields: dict[str, dict[int, FieldInfo]] = {}  # list → column → field
        self.last: Item | Answer | None = None  # what a row of more text goes on with
        self.row = 0  # of the last row of the list
        self.ended = 0  # the row that ended it

    def read(self) -> None:
        paths = self._paths()
        if paths is None:
            return
        heads = [row for row in self.table.rows if any(c.column == paths and _is_head(c.text) for c in row)]
        for row in heads:  # first: rows of a list may have been sorted above them
            self._head(row, paths)
        for row in self.table.rows:
            key = next((cell for cell in row if cell.column == paths), None)
            cells = {cell.column: cell for cell in row if cell.column != paths}
            self._row(key, cells, row[0].row)
        self.answers.diagnostics += [
            found
            for found in self.table.diagnostics
            if found.code[0] == "Q" or (found.place.line, found.place.column) in self.used
        ]

    def _paths(self) -> int | None:
        """The column of paths; None for a sheet of the user's own."""
        for row in self.table.rows:
            for cell in row:
                if _is_head(cell.text):
                    return cell.column
        return None

    def _head(self, row: list[Cell], paths: int) -> None:
        key = next(cell for cell in row if cell.column == paths)
        cells = [cell for cell in row if cell.column != paths]
        if key.text.startswith(marks.FACTS):
            self.column = self.column or next((c.column for c in cells if c.text == marks.ANSWER), 0)
            return
        path = key.text.split()[1]
        info = field_at(path)
        if info is None or info.part is None:
            self._unknown(key, path, any_answer=True)
            return
        known = fields_of(info.part)
        for cell in cells:
            if cell.text in known:
                self.fields.setdefault(path, {})[cell.column] = known[cell.text]
            else:
                self._unknown(cell, f"{path}[].{cell.text}", any_answer=True)

    def _row(self, key: Cell | None, cells: Mapping[int, Cell], row: int) -> None:
        if key is None:
            self._loose(cells, row)
        elif key.text.startswith(marks.SIGN):
            if key.text.startswith(marks.LIST):
                self.list = key.text.split()[1]
            elif key.text == marks.END:
                self.list, self.ended = "", row
            self.row = row
        elif key.text.endswith(marks.MORE):
            self._more(cells)
        elif key.text == marks.BASE:
            answer = self._answer(marks.BASE, describe()["company.logo"], cells, row)
            self.answers.base = answer if answer.cell.text else None
        else:
            self._asked(key, cells, row)

    def _asked(self, key: Cell, cells: Mapping[int, Cell], row: int) -> None:
        path, _, known_by = key.text.partition(" ")
        above, _, last = path.rpartition("[") if path.endswith("]") else path.rpartition(".")
        info = field_at(above) if above in describe() else None
        if info is not None and info.kind in TABLES and (path.endswith("]") or info.kind is Kind.GROUP_MAP):
            if above in self.fields and (path.endswith("]") is (info.kind is Kind.GROUPS)) and last:
                self._item(path, above, cells, row, known_by)
            elif cells:
                self.table.report("Q005", key, list=info.label)
            return
        found = _field(path)
        if found is None:
            text = cells[self.column].text if self.column in cells else ""
            self._unknown(key, path, any_answer=bool(text), answer=text)
            return
        answer = self._answer(path, found, cells, row)
        self.last = answer
        known = self.answers.facts.get(path)
        if known is None or not known.cell.text:
            self.answers.facts[path] = answer
        elif answer.cell.text and answer.cell.text != known.cell.text:
            other = self.answers.place(known).cell
            self.table.report("Q004", answer.cell, label=found.label, other=other, first=known.cell.text[:60])

    def _answer(self, path: str, info: FieldInfo, cells: Mapping[int, Cell], row: int) -> Answer:
        self.used.add((row, self.column))
        if not self.column and cells:
            self.table.report("Q006", next(iter(cells.values())))
            self.column = -1  # said once
        return Answer(path, info, cells.get(self.column, Cell("", row, self.column)), self.number)

    def _item(self, path: str, list_: str, cells: Mapping[int, Cell], row: int, known_by: str = "") -> None:
        self.list, self.row = list_, row
        item = Item(path, self.number, row, known_by=known_by)
        for column, info in self.fields[list_].items():
            self.used.add((row, column))
            cell = cells.get(column, Cell("", row, column))
            item.answers.append(Answer(f"{path}.{info.name}", info, cell, self.number))
        self.answers.lists.setdefault(list_, []).append(item)
        self.last = item

    def _loose(self, cells: Mapping[int, Cell], row: int) -> None:
        """A row without a path: one more of the list above it, or a note."""
        if self.list and row == self.row + 1 and field_at(self.list) is not None:
            info = field_at(self.list)
            if info is not None and info.kind is Kind.GROUPS and set(cells) & set(self.fields.get(self.list, ())):
                self._item(f"{self.list}[]", self.list, cells, row)
                return
        if self.ended and row == self.ended + 1 and len(cells) > 1:
            self.table.report("Q007", next(iter(cells.values())), Severity.WARNING)
            self.ended = row

    def _more(self, cells: Mapping[int, Cell]) -> None:
        if isinstance(self.last, Answer):
            if self.column in cells:
                self.used.add((cells[self.column].row, self.column))
                more = cells[self.column].text
                known = self.answers.facts[self.last.path]
                self.last = replace(known, cell=replace(known.cell, text=known.cell.text + more))
                self.answers.facts[self.last.path] = self.last
        elif self.last is not None:
            for n, answer in enumerate(self.last.answers):
                more_cell = cells.get(answer.cell.column)
                if more_cell is not None:
                    self.used.add((more_cell.row, more_cell.column))
                    cell = replace(answer.cell, text=answer.cell.text + more_cell.text)
                    self.last.answers[n] = replace(answer, cell=cell)
            self.row = max((cell.row for cell in cells.values()), default=self.row)

    def _unknown(self, key: Cell, path: str, *, any_answer: bool, answer: str = "") -> None:
        """A path of no field: of another edition, or changed by hand."""
        if not any_answer:
            return
        near = get_close_matches(pattern_of(path), describe(), 1, 0.6)
        severity = Severity.WARNING if self.other else Severity.ERROR
        cell = Cell(path, key.row, key.column)
        self.table.report("Q002", cell, severity, near[0] if near else "", answer=answer[:60] or "—")


def _field(path: str) -> FieldInfo | None:
    """The field of a single fact, a list of texts or the answer whether there is a list."""
    info = describe().get(path)
    if info is None and path.count(".") == 1:
        above, _, key = path.partition(".")
        map_info = fields_of(Profile).get(above)
        if map_info is not None and map_info.kind is Kind.TEXT_MAP and key:
            return describe()[f"{above}.*"]
    if info is None or info.kind in (Kind.GROUP, Kind.GROUP_MAP, Kind.TEXT_MAP) or "[]" in path:
        return None
    return info
