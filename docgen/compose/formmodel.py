"""What a compiled form consists of. Widths are shares of the table width in percent, heights millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from pathlib import PurePath
from typing import Any, Literal, Protocol, TypeAlias

from docgen.document import Inline, Inlines, Origin
from docgen.records import dataclass

KINDS = (
    "text", "serial", "date", "time", "datetime", "month", "number", "money", "percent", "choice", "multi", "sign"
)  # fmt: skip
BOXES = ("choice", "multi")


class Resolver(Protocol):
    """How a form asks for values. Expressions are those of text templates, without the braces; `item` is the
    member of the list a row is made for and is named `item` in the expression."""

    def value(self, expression: str, item: Any = None) -> Inline | Inlines: ...

    def given(self, expression: str, item: Any) -> Inlines:
        """The value for a member of a list; nothing where it leaves it open."""
        ...

    def holds(self, condition: str, item: Any = None) -> bool: ...

    def items(self, expression: str) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class Expression:
    """A `{{ … }}` of a form. `item`: it may name `item`. `own`: it names more than what many companies have in common,
    conditions and the words of their industry."""

    source: str
    line: int
    use: Literal["value", "condition", "list"] = "value"
    item: bool = False
    own: bool = True


Words: TypeAlias = tuple[Inline | Expression, ...]


def is_own(words: Words) -> bool:
    """True if facts of a company stand in the words."""
    return any(isinstance(word, Expression) and word.own for word in words)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice; `source` is a list expression with `words` the answer made of each item."""

    words: Words
    when: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A place to write. `name` may be empty where nothing refers to it."""

    name: str
    label: Words
    kind: str = "text"
    options: tuple[Option, ...] = ()
    unit: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register. `formula` is a spreadsheet formula in which `{name}` is the cell of that column in
    the same row, `{name:all}` the whole column, `{name:first}` its first cell."""

    name: str
    label: Words
    width: float
    kind: str = "text"
    options: tuple[Option, ...] = ()
    unit: str = ""
    formula: str = ""
    merge: bool = False
    default: str = ""
    line: int = 0
    sum: float = 0.0


@dataclass(frozen=True, slots=True)
class Total:
    """A closing row of a register: label and formulas by column name."""

    label: Words
    formulas: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class CellSpec:
    role: Literal["label", "text", "fill"]
    words: Words = ()
    start: float = 0.0
    end: float = 100.0
    field: Field | None = None
    up: bool = False  # joined to the cell above
    align: Literal["", "left", "center", "right"] = ""
    small: bool = False  # in a list: no date marks, the cell is narrow

    def widened(self, end: float) -> CellSpec:
        """The cell, reaching to this boundary."""
        return CellSpec(self.role, self.words, self.start, end, self.field, self.up, self.align, self.small)


@dataclass(frozen=True, slots=True, eq=False)
class RowSpec:
    cells: tuple[CellSpec, ...]
    origin: Origin
    height: float = 9.0
    grow: float = 0.0
    when: str = ""
    header: bool = False
    static: bool = True  # the same for every company
    valued: bool = False  # it names facts of a company
    register: bool = False  # carries the sample values of a list
    changing: tuple[int, ...] = ()  # cells that are not the same in all rows made from it


@dataclass(frozen=True, slots=True, eq=False)
class Repeat:
    """Rows made from one pattern: for the items of a list, then blank ones. `count` -1 fills the page."""

    row: RowSpec
    blank: RowSpec
    source: str = ""
    where: str = ""
    count: int = 0
    when: str = ""
    sample: tuple[tuple[str, str], ...] = ()


Body: TypeAlias = RowSpec | Repeat


@dataclass(frozen=True, slots=True, eq=False)
class TableRun:
    """Rows that stand in one table."""

    body: tuple[Body, ...]
    edges: tuple[float, ...]  # boundaries of the grid columns, 0 … 100
    line: int = 0
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class TextRun:
    words: Words
    role: str
    origin: Origin
    when: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class NextPage:
    """What follows stands on a new page, below the first row again."""

    origin: Origin
    when: str = ""


Run: TypeAlias = TableRun | TextRun | NextPage


@dataclass(frozen=True, slots=True)
class Note:
    """A line of instructions under the form."""

    words: Words
    when: str = ""


@dataclass(frozen=True, slots=True)
class FormWords:
    """The words every form uses; from `_shared.yaml`."""

    record_number: str
    years: str
    notes: str
    options: str
    separator: str
    sample: str
    sample_row: str
    marks: dict[str, str] = field(default_factory=dict)
    signers: tuple[str, ...] = ()
    joints: str = ""  # a label is broken before these characters
    suffixes: str = ""  # these end words of three characters


def stable_name(file: str) -> str:
    """The name of a form file that is the same in every checkout; ids in the Word files are made of it."""
    return f"forms/{PurePath(file).name}"
