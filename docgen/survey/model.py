"""Questions, answers and what could not be read of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, TypeAlias

from docgen.diagnostics import Diagnostic
from docgen.records import dataclass

LEVELS = (5, 4, 3, 2, 1)  # best first
POINTS_A_LEVEL = 20  # five levels over 100 points: 100, 80, 60, 40, 20
MOST_UNANSWERED = Decimal("0.3")  # of the questions; with more left open an answer sheet does not count

Scale: TypeAlias = Literal["five", "hundred", "words"]
Reason: TypeAlias = Literal["scale", "type", "empty", "unanswered"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question: the heading of its column, its words, its weight (any unit, all in the same)."""

    id: str
    text: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that does not count. `row` is the row of the file, from 1; `columns` and `read` are what is wrong first.

    `scale`: a number outside the scale; `type`: no answer at all (a word, a date); `empty`: a row without any answer;
    `unanswered`: more than `MOST_UNANSWERED` of the questions left open.
    """

    row: int
    reason: Reason
    columns: tuple[str, ...] = ()
    read: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer sheet: a level from 1 to 5 for each question answered."""

    row: int
    levels: Mapping[str, int]
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """A file read. `scales` are the ways answers are written in it; `rows` counts the answer sheets, bad ones too."""

    file: str
    answers: tuple[Answer, ...]
    bad: tuple[BadRow, ...]
    scales: tuple[Scale, ...]
    outlets: bool  # whether the file has the column of outlets
    diagnostics: tuple[Diagnostic, ...]

    @property
    def rows(self) -> int:
        return len(self.answers) + len(self.bad)

    @property
    def open_cells(self) -> int:
        """Questions left open in answer sheets that count."""
        return sum(1 for answer in self.answers for level in answer.levels.values() if not level)
