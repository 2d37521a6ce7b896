"""Reading tables by what their heads say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from docgen.audit.model import Table
from docgen.audit.subject import Subject

_NUMBER = re.compile(r"^\s*[≥≤<>＝=约¥￥]?\s*(-?[\d,]+(?:\.\d+)?)")


def columns(table: Table, *patterns: re.Pattern[str]) -> list[int]:
    """The first column of each pattern's head; -1 where there is none."""
    return [table.column(pattern) for pattern in patterns]


def number(cell: str) -> float | None:
    """The number a cell begins with."""
    match = _NUMBER.match(cell)
    try:
        return float(match.group(1).replace(",", "")) if match else None
    except ValueError:
        return None


def head_row(table: Table, pattern: re.Pattern[str], most: int = 6) -> int:
    """The row of a table that reads like its head: at least three filled cells, one of which matches; -1 if none.
    Forms have label rows above the head of their list."""
    for index, row in enumerate(table.rows[:most]):
        filled = [c for i, c in enumerate(row) if c.strip() and (index, i) not in table.covered]
        if len(filled) >= 3 and any(pattern.search(c) and len(c) <= 14 for c in filled):
            return index
    return -1


def below(table: Table, head: int) -> Table:
    """The table from its head row on."""
    covered = frozenset((r - head, c) for r, c in table.covered if r >= head)
    return Table(table.rows[head:], table.heading, covered, table.caption, table.sheet, table.header_repeats)


def data_rows(table: Table) -> Iterator[list[str]]:
    """The rows below the head that hold more than a running number."""
    for row in table.rows[1:]:
        if sum(bool(c.strip()) for c in row if not re.fullmatch(r"\s*\d{0,3}\s*", c)) >= 2:
            yield row


def cell(row: list[str], column: int) -> str:
    return row[column].strip() if 0 <= column < len(row) else ""


def dates_in(subject: Subject, text: str) -> list[date]:
    """Every full date of a text; impossible ones are left out."""
    found = []
    for year, month, day in subject.words.re("date").findall(text):
        try:
            found.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return found
