"""Blocks and inlines of a finished document.

Objects compare by identity: a block without a value in it is made once per template, is the same object in
every document of every client, and writers keep what they made of it under that identity.
Nothing changes a block once it is made; only the rare kinds are frozen, since freezing doubles the cost of making one.
A plain `str` among inlines is a value from the profile: data, never markup; `\\n` in it is a line break.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Literal, TypeAlias
from zlib import crc32

from docgen.records import dataclass


class Origin:
    """Where a block was written. Made once per template line, shared by all blocks that come from it."""

    __slots__ = ("facts", "key", "line", "number", "template")

    def __init__(self, template: str, line: int, key: str, facts: tuple[str, ...] = ()) -> None:
        self.template = template
        self.line = line
        self.key = key  # stable id of the block within its template; survives edits elsewhere in the file
        self.facts = facts  # profile paths whose values stand in the block
        self.number = crc32(f"{template}\n{key}".encode("utf-8", "replace")) if template or key else 0


NOWHERE = Origin("", 0, "")


# ---- inlines


@dataclass(slots=True, eq=False)
class Text:
    """Words of the author."""

    text: str
    strong: bool = False
    style: str = ""  # role of a character style, e.g. "small"


@dataclass(frozen=True, slots=True, eq=False)
class Break:
    """A line break inside a paragraph."""


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """A missing fact; reads 【待补充：label】."""

    label: str
    key: str  # profile path
    help: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Proposed:
    """An assumed default: shown, marked as a proposal the company has not confirmed."""

    text: str
    key: str


@dataclass(slots=True, eq=False)
class Reference:
    """A mention of another document, form, clause or section. `anchor` is a bookmark of the same document or empty.
    `text` is final, but for a section's, which the finish step puts in."""

    kind: Literal["document", "form", "clause", "law", "section"]
    target: str
    text: str
    anchor: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """An image value: bytes of a checked PNG or JPEG."""

    data: bytes
    format: Literal["png", "jpeg"]
    width_mm: float
    height_mm: float
    alt: str = ""


Inline: TypeAlias = str | Text | Break | Gap | Proposed | Reference | Picture
Inlines: TypeAlias = tuple[Inline, ...]


# ---- blocks

HeadingNumbering: TypeAlias = Literal["number", "plain", "appendix"]


@dataclass(slots=True, eq=False)
class Heading:
    """`numbering`: number (1, 1.1, 1.1.1 by Word's own list), plain (none) or appendix (附录 A)."""

    level: int  # 1..4
    inlines: Inlines
    numbering: HeadingNumbering = "number"
    anchor: str = ""  # bookmark name; set by the finish step where the author gave none
    label: str = ""  # the number as text ("5.1.2", "附录 A"), set by the finish step
    origin: Origin = NOWHERE
    in_contents: bool = True
    shared: bool = False  # as of a paragraph
    role: str = ""  # of a paragraph, where it is to look like one


@dataclass(slots=True, eq=False)
class Paragraph:
    """`role` names a paragraph style of the theme: body, note, warning, commitment, caption, form-title,
    step-facts, cover-…, right, center, small, script (words to say), empty-frame."""

    inlines: Inlines
    role: str = "body"
    origin: Origin = NOWHERE
    keep_with_next: bool = False
    shared: bool = False  # author's words only, the same object for every company: what is made of it is worth keeping


@dataclass(slots=True, eq=False)
class ListItem:
    """An item of a bullet or numbered list. A new `list_id` starts a new list (numbers restart)."""

    inlines: Inlines
    level: int = 0
    ordered: bool = False
    list_id: int = 0
    origin: Origin = NOWHERE


@dataclass(slots=True, eq=False)
class Cell:
    """A table cell. `Break` inlines make further lines. Cells covered by a span are not in the row."""

    inlines: Inlines
    colspan: int = 1
    rowspan: int = 1
    align: Literal["", "left", "center", "right"] = ""
    header: bool = False  # label cell: shaded, bold
    vertical: bool = False  # text direction top to bottom


@dataclass(slots=True, eq=False)
class Row:
    cells: tuple[Cell, ...]
    header: bool = False  # repeated on every page
    height_mm: float = 0.0  # minimum height; 0 is automatic
    origin: Origin = NOWHERE
    shared: bool = False  # as of a paragraph
    columns: int = 0  # of the grid it takes, where that is known and no cell reaches into the row below


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """Where the value of this index stands among the words of a template line."""

    index: int


@dataclass(frozen=True, slots=True, eq=False)
class CellPattern:
    """A cell of a template line: its words and the places of its values."""

    inlines: tuple[Inline | Slot, ...]
    align: Literal["", "left", "center", "right"] = ""
    header: bool = False
    colspan: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class RowPattern:
    """What all rows made from one template line share: writers prepare it once and put the values in."""

    cells: tuple[CellPattern, ...]
    header: bool
    origin: Origin
    columns: int  # of the grid it takes
    height_mm: float = 0.0


class LineRow(Row):
    """A row that is a template line and its values. The cells are made when they are asked for."""

    __slots__ = ("_cells", "pattern", "values")
    shared = False

    def __init__(self, pattern: RowPattern, values: Sequence[Inline | Inlines]) -> None:
        self.pattern = pattern
        self.values = values

    @property
    def header(self) -> bool:  # type: ignore[override]
        return self.pattern.header

    @property
    def height_mm(self) -> float:  # type: ignore[override]
        return self.pattern.height_mm

    @property
    def origin(self) -> Origin:  # type: ignore[override]
        return self.pattern.origin

    @property
    def columns(self) -> int:  # type: ignore[override]
        return self.pattern.columns

    @property
    def cells(self) -> tuple[Cell, ...]:  # type: ignore[override]
        try:
            return self._cells
        except AttributeError:
            self._cells: tuple[Cell, ...] = tuple(
                Cell(filled(cell.inlines, self.values), cell.colspan, 1, cell.align, cell.header)
                for cell in self.pattern.cells
            )
            return self._cells


def filled(inlines: Sequence[Inline | Slot], values: Sequence[Inline | Inlines]) -> Inlines:
    """The words of a line with its values; an empty value leaves nothing."""
    result: list[Inline] = []
    for inline in inlines:
        value = values[inline.index] if type(inline) is Slot else inline
        if type(value) is tuple:
            result += value
        elif value != "":
            result.append(value)  # type: ignore[arg-type]
    return tuple(result)


@dataclass(slots=True, eq=False)
class Table:
    """`widths` are relative; empty means equal. A static row is the same object for every client."""

    rows: tuple[Row, ...]
    widths: tuple[float, ...] = ()
    role: str = "grid"  # grid, form, signatures, plain (no borders)
    caption: str = ""
    origin: Origin = NOWHERE
    columns: tuple[str, ...] = ()  # machine names of the columns, for the xlsx writer


@dataclass(slots=True, eq=False)
class Node:
    """A box of a diagram. Places are in grid units: `column`, `row` from the top left."""

    id: str
    text: str
    shape: Literal["box", "decision", "terminal", "note"] = "box"
    column: float = 0.0
    row: float = 0.0
    sub: str = ""  # second, smaller line (owner, limit)


@dataclass(slots=True, eq=False)
class Edge:
    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Diagram:
    """An organisation chart or flowchart, laid out on a grid; written as native shapes and connectors."""

    kind: Literal["organization", "flow"]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    caption: str = ""
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    name: str
    values: tuple[float, ...]


CHART_KINDS = ("bar", "line", "radar")


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """A native, editable Word chart."""

    kind: Literal["bar", "line", "radar"]  # CHART_KINDS
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """What follows stands on pages of this orientation, with the same header and footer."""

    landscape: bool
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True, eq=False)
class PageBreak:
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True, eq=False)
class Contents:
    """The contents page stands here."""

    title: str
    depth: int = 3
    origin: Origin = NOWHERE


Block: TypeAlias = Heading | Paragraph | ListItem | Table | Diagram | Chart | Section | PageBreak | Contents


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """What the documents of many companies have in common: the same blocks, but for the values at `places`, each the
    index of a block and of a row in it (-1: the whole block)."""

    places: tuple[tuple[int, int], ...] = ()
    lasting: bool = True  # documents to come have this same object


@dataclass(slots=True)
class Document:
    """A finished document, ready for any writer."""

    id: str
    kind: str  # manual, procedure, specification, policy, plan, form, register, application, report
    number: str  # 'SLDQ-CX-23'
    title: str
    version: str  # 'A/0'
    blocks: list[Block]
    fields: Mapping[str, str] = field(default_factory=dict)  # texts of the theme's tags: company, issue_date …
    cover: bool = False
    landscape: bool = False  # orientation of the first section
    first_number: int = 1  # number of the first level-1 heading
    sample: bool = False  # a 示例 mark stands on every page
    pattern: Pattern | None = None
    notice: str = ""  # red line on the cover, e.g. of a report whose data was not supplied
