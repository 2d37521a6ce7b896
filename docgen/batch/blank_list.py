"""The client list `docgen new` writes: columns named by labels, answers to choose from, one client to begin with."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from docgen.batch.columns import labels, paths_of_head
from docgen.batch.rows import OWN_FACTS
from docgen.profile.describe import FieldInfo, Kind, describe
from docgen.profile.fields import Level
from docgen.profile.labels import choice_label
from docgen.profile.walking import Path
from docgen.records import dataclass
from docgen.writers.sheet import Choice, Entry, Format, Line, Sheet, letters, write_workbook
from docgen.writers.sheet_page import row_height, text_width

_ROWS = 200  # clients the workbook has room for; more can be typed below
_HEAD = Format(bold=True, align="center", border=True, fill="DDE7F0")
_CELL = Format(border=True, number="text", quoted=True)
_NOTE = Format(border=True)
_HELP_WIDTHS = (26, 8, 60, 44)
_IDENTITY = ("company", "organization", "service")  # groups of names, addresses and telephones
_NO_FACT = frozenset({"company.industry", "company.logo"})  # one base profile, one industry


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a new list: its head and what it takes."""

    head: str
    info: FieldInfo
    options: tuple[str, ...]


def list_columns(words: Mapping[str, Any]) -> list[ListColumn]:
    """What tells one client from another, and every single fact without which there is no first draft."""
    own = {f"{group}.{name}" for group in _IDENTITY for name in OWN_FACTS[group]}
    columns: list[ListColumn] = []
    for pattern, info in describe().items():
        if pattern in _NO_FACT or not (pattern in own or info.level is Level.MUST):
            continue
        if not info.is_scalar and info.kind is not Kind.CHOICES:
            continue
        path: Path = ()
        for step in pattern.split("."):
            path += (step.removesuffix("[]"), 0) if step.endswith("[]") else (step,)
        options = tuple(choice_label(choice, info.choices) for choice in info.choices)
        if info.kind is Kind.BOOLEAN:
            options = tuple(words["boolean"])
        head = info.label if paths_of_head(info.label) == [path] else labels(path)
        columns.append(ListColumn(head, info, options))
    return columns


def blank_csv(base: str, name: str, words: Mapping[str, Any]) -> bytes:
    """A list with one client as .csv that Excel opens as UTF-8."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(_rows(list_columns(words), base, name, words))
    return out.getvalue().encode("utf-8-sig")


def blank_workbook(base: str, name: str, words: Mapping[str, Any]) -> bytes:
    """A list with one client as .xlsx; its second sheet explains the columns.

    Args:
        base: file name of the base profile.
        name: full name of the first client.
        words: group `list` of `shared/starter.yaml`.
    """
    columns = list_columns(words)
    heads, first = _rows(columns, base, name, words)
    lines = [Line([Entry(n, head, _HEAD) for n, head in enumerate(heads, 1)], 32)]
    lines.append(Line([Entry(n, value or None, _CELL) for n, value in enumerate(first, 1)]))
    blank = [Entry(n, None, _CELL) for n in range(1, len(heads) + 1)]
    lines += [Line(blank) for _ in range(_ROWS - 1)]
    choices = [
        Choice(f"{letters(place)}2:{letters(place)}{_ROWS + 1}", column.options, column.info.kind is not Kind.CHOICES)
        for place, column in enumerate(columns, 2)
        if column.options
    ]
    samples = [base, *(_example(column.info) for column in columns), ""]
    widths = [
        max(14, text_width(head) + 2, min(text_width(sample) + 4, 32))
        for head, sample in zip(heads, samples, strict=True)
    ]
    clients = Sheet(words["sheet"], lines, widths, frozen=1, repeated=(1, 1), choices=choices)
    return write_workbook([clients, _explained(columns, heads, words)])


def _rows(columns: Sequence[ListColumn], base: str, name: str, words: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    values = [name if column.info.name == "full_name" else "" for column in columns]
    return [words["base"], *(column.head for column in columns), words["notes"]], [base, *values, ""]


def _explained(columns: Sequence[ListColumn], heads: Sequence[str], words: Mapping[str, Any]) -> Sheet:
    rows: list[tuple[str, ...]] = [(heads[0], "", words["base_help"], "")]
    for column in columns:
        info = column.info
        must = words["must"] if info.level is Level.MUST else ""
        options = "、".join(column.options)
        rows.append((column.head, must, "" if options else info.help, options or _example(info)))
    rows.append((heads[-1], "", words["notes_help"], ""))
    lines = [Line([Entry(n, head, _HEAD) for n, head in enumerate(words["columns"], 1)])]
    for row in rows:
        cells = [Entry(n, value or None, _NOTE) for n, value in enumerate(row, 1)]
        lines.append(Line(cells, row_height(cells, _HELP_WIDTHS)))
    lines += [Line([]), *(Line([Entry(1, line, Format(wrap=False))]) for line in words["remarks"])]
    return Sheet(words["sheet_help"], lines, _HELP_WIDTHS, frozen=1)


def _example(info: FieldInfo) -> str:
    return "" if info.example is None else f"{info.example}{info.unit if info.kind is Kind.INTEGER else ''}"
