"""What a workbook is made of: sheets, lines, entries, their formats. Columns and rows count from 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

from docgen.records import dataclass

NumberFormat: TypeAlias = Literal["general", "text", "date", "datetime", "time", "month", "percent", "money"]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its leading `=`."""

    text: str


Value: TypeAlias = "str | float | Formula | None"


class Format(NamedTuple):
    """How a cell looks; font size in points."""

    bold: bool = False
    size: float = 10
    align: Literal["", "left", "center", "right"] = ""
    wrap: bool = True
    border: bool = False
    fill: str = ""  # RRGGBB
    number: NumberFormat = "general"
    quoted: bool = False  # text even where it is typed again
    color: str = ""  # RRGGBB of the text


ROW, SERIAL = "\x00", Formula("\x01")  # in the cells of lines alike: the number of the row, the running number


class Entry(NamedTuple):
    """A cell of a row; a plain tuple is as good and made faster."""

    column: int
    value: Value = None
    format: Format = Format()


AnyEntry: TypeAlias = tuple[int, "str | float | Formula | None", Format]


@dataclass(slots=True)
class Line:
    """A row, its cells in the order of their columns; `height` in points, 0 is automatic.

    With a `serial`, `count` rows alike: `ROW` in their formulas stands for the row's number, and a cell `SERIAL`
    counts from `serial`."""

    cells: Sequence[AnyEntry]
    height: float = 0.0
    serial: int = 0
    count: int = 1
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """The cells `area` take one of `options` only; with `strict` off, other text gives a warning. Without options
    anything may be typed. `prompt` is shown beside a cell that is chosen."""

    area: str
    options: tuple[str, ...] = ()
    strict: bool = True
    prompt: str = ""
    free: bool = False  # the options are offered, anything may be typed


@dataclass(frozen=True, slots=True)
class Mark:
    """The cells `area` are filled while a formula, written for the first of them, holds."""

    area: str
    formula: str
    fill: str  # RRGGBB


@dataclass(slots=True)
class Sheet:
    """A worksheet. `widths` are in characters; `frozen` counts the rows that stay when scrolling, and
    `repeated` names the first and last row printed on every page."""

    name: str
    lines: list[Line]
    widths: Sequence[float] = ()
    merged: list[str] = field(default_factory=list)
    frozen: int = 0
    repeated: tuple[int, int] | None = None
    filtered: str = ""
    choices: list[Choice] = field(default_factory=list)
    landscape: bool = True
    footer: str = ""  # left side of the page foot; the page numbers stand at the right
    hidden: bool = False
    marks: Sequence[Mark] = ()
    links: Sequence[tuple[str, str]] = ()  # cell → cell of this workbook, as `'sheet'!A1`
    unseen: Sequence[int] = ()  # columns that are there and not shown
    across: int = 1  # pages side by side; the first three columns are printed on each


@cache
def letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
