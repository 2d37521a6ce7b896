"""One row an answer: which column is which question, on which scale, and which rows do not count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity
from docgen.records import dataclass
from docgen.survey.model import (
    LEVELS,
    MOST_UNANSWERED,
    POINTS_A_LEVEL,
    Answer,
    Answers,
    BadRow,
    Question,
    Scale,
)
from docgen.tables import BadTable, Line, read_lines

MAX_ROWS = 50_000
MAX_COLUMNS = 200
_HEADER_WITHIN = 20  # headings may stand under some rows of title
_SPACE = re.compile(r"\s+")
_MAX_NOTES = 50
_REASON_CODES = {"scale": "V005", "type": "V006", "empty": "V007", "unanswered": "V008"}


def read_answers(
    path: Path, questions: Sequence[Question], words: Mapping[str, int], outlet_column: str = ""
) -> Answers:
    """Read a file of answers. `words` are answers in words with their level, 5 the best.

    A number scale is found from the file: are there numbers above 5, answers are 100, 80, 60, 40, 20, else 5 to 1;
    whichever most numbers fit decides. Raises DocgenError where file or headings cannot be understood.
    """
    try:
        lines = read_lines(path, rows=MAX_ROWS, columns=MAX_COLUMNS)
    except (OSError, BadTable) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DocgenError([Diagnostic("V001", place=Place(str(path)), values={"reason": reason})]) from error
    columns, start, faults = _columns(path, lines, questions, outlet_column)
    if faults:
        raise DocgenError(faults)
    body = [(number, cells) for number, cells in lines[start:]]
    while body and _blank(body[-1][1]):
        body.pop()
    wanted = [(question.id, columns[question.id]) for question in questions]
    table = _Table(wanted, {_plain(word): level for word, level in words.items()})
    rows = [table.cells(cells) for _, cells in body]
    hundred = table.prefers_hundred(rows)
    outlet_at = columns.get(outlet_column, -1) if outlet_column else -1
    answers: list[Answer] = []
    bad: list[BadRow] = []
    for (number, cells), row in zip(body, rows, strict=True):
        read = table.row(number, row, hundred)
        if isinstance(read, BadRow):
            bad.append(read)
        else:
            answers.append(Answer(number, read, _text(cells, outlet_at)))
    notes = [_note(path, row) for row in bad[:_MAX_NOTES]]
    if bad:
        notes.append(
            Diagnostic("V009", Severity.WARNING, Place(str(path)), {"bad": len(bad), "rows": len(bad) + len(answers)})
        )
    if outlet_column and outlet_at < 0:
        notes.append(_missing_column(path, lines, start, "V010", outlet_column, Severity.WARNING))
    return Answers(path.name, tuple(answers), tuple(bad), table.scales(hundred), outlet_at >= 0, tuple(notes))


def _note(path: Path, row: BadRow) -> Diagnostic:
    values = {"row": row.row, "column": ", ".join(row.columns), "read": row.read}
    return Diagnostic(_REASON_CODES[row.reason], Severity.WARNING, Place(str(path), row.row), values)


# ---- headings


def _columns(
    path: Path, lines: Sequence[Line], questions: Sequence[Question], outlet_column: str
) -> tuple[dict[str, int], int, list[Diagnostic]]:
    """Column of each question (by id, else by its words) and of the outlet, and the index of the first answer."""
    best: dict[str, int] = {}
    start = 0
    for index, (_, cells) in enumerate(lines[:_HEADER_WITHIN]):
        heads = [_plain(cell) for cell in cells]
        found = {}
        for question in questions:
            at = next((heads.index(_plain(name)) for name in (question.id, question.text) if _plain(name) in heads), -1)
            if at >= 0:
                found[question.id] = at
        if outlet_column and _plain(outlet_column) in heads:
            found[outlet_column] = heads.index(_plain(outlet_column))
        if len(found) > len(best):
            best, start = found, index + 1
    missing = [question.id for question in questions if question.id not in best]
    faults = [_missing_column(path, lines, start or 1, "V003", id, Severity.ERROR) for id in missing]
    return best, start, faults


def _missing_column(
    path: Path, lines: Sequence[Line], start: int, code: str, name: str, severity: Severity
) -> Diagnostic:
    heads = [str(cell).strip() for cell in (lines[start - 1][1] if lines else ()) if cell not in (None, "")]
    near = get_close_matches(name, heads, 1)
    return Diagnostic(
        code, severity, Place(str(path), start), {"read": name, "heads": ", ".join(heads)}, near[0] if near else ""
    )


# ---- cells


class _Cell(NamedTuple):
    """A cell as text, and the level (0 if it is none) it names in words, as a number of five, as points of 100."""

    text: str
    word: int
    five: int
    hundred: int
    number: bool
    above_five: bool


@dataclass(slots=True)
class _Table:
    """The question columns of a file and the words answers are written in."""

    columns: list[tuple[str, int]]
    words: Mapping[str, int]
    _numbers: bool = False
    _words: bool = False
    _read: dict[tuple[type, Any], _Cell] = field(default_factory=dict)
    _texts: dict[str, _Cell] = field(default_factory=dict)  # those of them that are texts

    def cells(self, cells: Sequence[Any]) -> list[_Cell]:
        """What the cells of a row say; the few answers of a survey come again and again."""
        texts = self._texts
        try:
            return [texts[cells[at]] for _, at in self.columns]
        except (KeyError, IndexError):
            return [self.cell(cells[at] if at < len(cells) else None) for _, at in self.columns]

    def cell(self, cell: Any) -> _Cell:
        """What a cell says."""
        key = (cell.__class__, cell)  # True is no 1
        read = self._read.get(key)
        if read is not None:
            return read
        text, word, number = _shown(cell), self.words.get(_plain(cell), 0), _number(cell)
        if number is None:
            read = _Cell(text, word, 0, 0, False, False)
        else:
            read = _Cell(text, word, _level(number), _level(number / POINTS_A_LEVEL), True, number > LEVELS[0])
        self._read[key] = read
        if type(cell) is str:
            self._texts[cell] = read
        return read

    def prefers_hundred(self, rows: Iterable[Sequence[_Cell]]) -> bool:
        """Whether numbers are points of 100."""
        met = Counter(map(id, chain.from_iterable(rows)))  # what a cell says stands in `_read` once
        five = sum(met[id(cell)] for cell in self._read.values() if cell.five)
        return sum(met[id(cell)] for cell in self._read.values() if cell.above_five) > five

    def row(self, number: int, cells: Sequence[_Cell], hundred: bool) -> dict[str, int] | BadRow:
        """The levels of a row, 0 for a question left open, or why it does not count."""
        levels: dict[str, int] = {}
        unanswered = []
        for (id, _), cell in zip(self.columns, cells, strict=True):
            level = cell.word or (cell.hundred if hundred else cell.five)
            if level:
                if cell.word:
                    self._words = True
                else:
                    self._numbers = True
                levels[id] = level
            elif not cell.text:
                levels[id] = 0
                unanswered.append(id)
            else:
                return BadRow(number, "scale" if cell.number else "type", (id,), cell.text)
        if len(unanswered) == len(levels):
            return BadRow(number, "empty")
        if unanswered and len(unanswered) > MOST_UNANSWERED * len(levels):
            return BadRow(number, "unanswered", tuple(unanswered))
        return levels

    def scales(self, hundred: bool) -> tuple[Scale, ...]:
        """The scales met in rows that count."""
        found: list[Scale] = []
        if self._numbers:
            found.append("hundred" if hundred else "five")
        if self._words:
            found.append("words")
        return tuple(found)


def _level(number: Decimal) -> int:
    """The level of a number of five, 0 outside the scale."""
    return int(number) if number in LEVELS else 0


def _number(cell: Any) -> Decimal | None:
    if cell is None or isinstance(cell, (bool, date, datetime, time)):
        return None
    try:
        number = Decimal(str(cell).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _shown(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _plain(cell: Any) -> str:
    return _SPACE.sub("", _shown(cell)).lower()


def _text(cells: Sequence[Any], at: int) -> str:
    return _shown(cells[at]) if 0 <= at < len(cells) else ""


def _blank(cells: Sequence[Any]) -> bool:
    return not any(_shown(cell) for cell in cells)
