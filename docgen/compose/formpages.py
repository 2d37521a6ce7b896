"""The room on the pages of a form: what is built for them, and how the free rest is given to the rows."""

from __future__ import annotations

from dataclasses import field

from docgen.compose.formlayout import BORDER, SLACK
from docgen.compose.formmodel import Repeat, RowSpec
from docgen.document import Inlines
from docgen.records import dataclass

_MAX_AREA = 55.0  # a writing area higher than this looks like a mistake
_MAX_ROW = 11.0  # a row of an ordinary cell
_MIN_ROW = 8.0 + BORDER  # room enough to write by hand
_MIN_AREA = 0.75  # share of its height a writing area keeps


@dataclass(slots=True)
class BuiltRow:
    """A row with its words, before heights and spans are known."""

    spec: RowSpec
    inlines: list[Inlines]
    need: float
    sampled: bool = False
    serial: int = 0
    height: float = 0.0
    spans: list[int] = field(default_factory=list)


@dataclass(slots=True)
class PagePlan:
    """What stands between two page breaks: height of the text in mm, tables, the list that fills the rest."""

    used: float
    tables: list[list[BuiltRow]] = field(default_factory=list)
    fill: tuple[list[BuiltRow], int, Repeat] | None = None


def _writable(row: BuiltRow) -> float:
    written = not row.spec.header and any(c.role == "fill" and not c.up for c in row.spec.cells)
    return 1.0 if written and row.height < _MAX_ROW else 0.0


def grow(rows: list[BuiltRow], room: float, areas_only: bool = False) -> None:
    """Give the free rest of the page to the writing areas, then to all rows to write in."""
    steps = ((lambda row: row.spec.grow, _MAX_AREA), (_writable, _MAX_ROW))
    for weigh, limit in steps[: 1 if areas_only else 2]:
        growing = [row for row in rows if weigh(row) and row.height < limit]
        while growing and room > len(growing) * 0.5:
            share = room / sum(weigh(row) for row in growing)
            for row in growing:
                more = min(share * weigh(row), limit - row.height)
                row.height += more
                room -= more
            growing = [row for row in growing if row.height < limit - 0.1]


def shrink(rows: list[BuiltRow], excess: float) -> bool:
    """Make rows to write in lower where that keeps the form on its page; False, and nothing done, where it does not."""
    floors = [
        max(row.need + BORDER, _MIN_AREA * row.height if row.spec.grow else _MIN_ROW)
        if row.spec.grow or _writable(row)
        else row.height
        for row in rows
    ]
    given = sum(max(row.height - floor, 0.0) for row, floor in zip(rows, floors, strict=True))
    if given < excess - SLACK or not given:
        return False
    excess = min(excess, given)
    for row, floor in zip(rows, floors, strict=True):
        row.height -= max(row.height - floor, 0.0) * excess / given
    return True
