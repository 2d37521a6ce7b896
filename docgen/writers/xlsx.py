"""Registers and ledgers as .xlsx: frozen header, answers to choose from, formulas, print set-up, room for new rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Literal, TypeAlias

from docgen.document.model import Document, Paragraph, Table
from docgen.records import dataclass
from docgen.writers.sheet import (
    ROW,
    SERIAL,
    Choice,
    Entry,
    Format,
    Formula,
    Line,
    NumberFormat,
    Sheet,
    Value,
    letters,
    write_workbook,
)
from docgen.writers.sheet_page import HEADER_FILL, Page, foot_of, mark_of, row_height, text_width
from docgen.writers.sheet_shared import COMPANY, NUMBER, share_workbook
from docgen.writers.sheet_table import table_sheet
from docgen.writers.text import plain_text

Kind: TypeAlias = Literal[
    "text", "serial", "date", "time", "datetime", "month", "number", "money", "percent", "choice", "multi", "sign"
]
BLANK_ROWS = 100
_TOTAL_FILL = "F2F2F2"
_NAME = re.compile(r"\{(\w+)(:all|:first)?\}")
_DATE = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?(?:\s*(\d{1,2}):(\d{2}))?")
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d+)?")
_FORMATS: dict[str, NumberFormat] = {
    "number": "general",
    "money": "money",
    "percent": "percent",
    "date": "date",
    "datetime": "datetime",
    "time": "time",
    "month": "month",
    "serial": "general",
}
_CENTRED = frozenset(("serial", "date", "time", "datetime", "month", "choice", "number", "percent"))


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """A column of a register.

    `width` is relative. `options` are the only answers of a choice. In `formula`, `{name}` is the cell of that
    column in the same row, `{name:all}` all its cells, `{name:first}` its first cell.
    """

    name: str
    label: str
    width: float = 1.0
    kind: Kind = "text"
    options: tuple[str, ...] = ()
    formula: str = ""


@dataclass(frozen=True, slots=True)
class RegisterTotal:
    """A row of figures over the whole register; `formulas` by column name."""

    label: str
    formulas: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Register:
    """One sheet: what is known beforehand, and room for `blank_rows` more rows.

    `heads` are lines between title and table (department, period).
    """

    title: str
    columns: tuple[RegisterColumn, ...]
    rows: Sequence[Mapping[str, str]] = ()
    totals: Sequence[RegisterTotal] = ()
    heads: Sequence[str] = ()
    notes: Sequence[str] = ()
    blank_rows: int = BLANK_ROWS
    landscape: bool = True


def write_xlsx(document: Document, registers: Sequence[Register] = (), *, blank_rows: int = 0) -> bytes:
    """The workbook of a register.

    `registers` describe the sheets; without them every table of `document` that has header rows becomes a sheet with
    its texts and `blank_rows` empty rows more.
    """
    if registers:
        return write_workbook([_register_sheet(document, register) for register in registers])
    tables = [block for block in document.blocks if isinstance(block, Table) and _is_list(block)]
    notes = [
        plain_text(block.inlines)
        for block in document.blocks
        if isinstance(block, Paragraph) and block.role in ("body", "note", "body-noindent")
    ]
    sheets = [table_sheet(document, table, notes if n == 0 else [], blank_rows) for n, table in enumerate(tables)]
    return write_workbook(sheets or [Page(document, document.title, (1.0,), True).sheet()])


def share_xlsx(document: Document, register: Register) -> Callable[[Document], bytes | None]:
    """What writes the workbook of `register` for any company whose document has the same title; None comes of it for
    a company whose texts do not fit."""
    alike = replace(document, number=NUMBER, version="", fields={"company": COMPANY})
    shared = share_workbook([_register_sheet(alike, register)])

    def write(document: Document) -> bytes | None:
        return shared and shared.write(document.fields.get("company", ""), mark_of(document), foot_of(document))

    return write


def _is_list(table: Table) -> bool:
    return bool(table.rows) and table.rows[0].header and table.role in ("grid", "form")


# ---- from a description


def _register_sheet(document: Document, register: Register) -> Sheet:
    columns = register.columns
    page = Page(document, register.title, [column.width for column in columns], register.landscape)
    for text in register.heads:
        page.across(text, Format(align="left"))
    index = {column.name: number for number, column in enumerate(columns, 1)}
    count = max(len(register.rows) + register.blank_rows, 1)
    header = page.next_row + len(register.totals)
    first, last = header + 1, header + count
    for total in register.totals:
        _total(page, total, columns, index, (first, last))
    label = Format(bold=True, align="center", border=True, fill=HEADER_FILL)
    entries = [Entry(n, column.label, label) for n, column in enumerate(columns, 1)]
    page.add(Line(entries, max(row_height(entries, page.rooms), 24.0)))
    page.header = (1, header)
    page.filtered = f"A{header}:{letters(len(columns))}{last}"
    looks = [(column, _format(column.kind, column.formula)) for column in columns]
    for number, values in enumerate(register.rows[:count]):
        row = page.next_row
        cells = [
            (n, _value(column, values, number + 1, index, row, first, last), format)
            for n, (column, format) in enumerate(looks, 1)
        ]
        page.add(Line(cells))
    blank = [(n, _blank(column, index, first, last), format) for n, (column, format) in enumerate(looks, 1)]
    filled = min(len(register.rows), count)
    if count > filled:
        page.add(Line(blank, serial=filled + 1, count=count - filled))
    for number, column in enumerate(columns, 1):
        if column.options and column.kind == "choice":
            page.choices.append(Choice(f"{letters(number)}{first}:{letters(number)}{last}", column.options))
    for text in register.notes:
        page.across(text, Format(size=9, align="left"))
    return page.sheet()


@lru_cache(maxsize=256)
def _format(kind: str, formula: str) -> Format:
    number: NumberFormat = _FORMATS.get(kind, "text")
    if formula and number == "text":
        number = "percent" if _is_rate(formula) else "general"
    align: Literal["center", ""] = "center" if kind in _CENTRED else ""
    return Format(border=True, align=align, number=number)


def _is_rate(formula: str) -> bool:
    """A quotient that is not scaled is a share."""
    return "/" in formula and "100*" not in formula


def _total(
    page: Page,
    total: RegisterTotal,
    columns: Sequence[RegisterColumn],
    index: Mapping[str, int],
    data: tuple[int, int],
) -> None:
    """A row of figures; the label takes the columns before the first of them."""
    look = Format(bold=True, border=True, fill=_TOTAL_FILL, align="center")
    cells = []
    for number, column in enumerate(columns, 1):
        formula = total.formulas.get(column.name, "")
        if not formula:
            cells.append(Entry(number, total.label if number == 1 else None, look))
            continue
        kind: NumberFormat = "money" if column.kind == "money" else "general"
        if column.kind == "percent" or (_is_rate(formula) and column.kind not in ("number", "money")):
            kind = "percent"
        text = _filled(formula, index, 0, *data)
        cells.append(Entry(number, Formula(text), look._replace(number=kind)))
    free = next((number for number, cell in enumerate(cells) if isinstance(cell.value, Formula)), len(cells))
    if free > 1:
        page.merged.append(f"A{page.next_row}:{letters(free)}{page.next_row}")
    room = max(sum(page.widths[: max(free, 1)]), 2.0)
    page.add(Line(cells, 18.0 * max(1, -(-text_width(total.label) // int(room)))))


def _filled(formula: str, index: Mapping[str, int], row: int | str, first: int, last: int) -> str:
    """A formula with the names of columns replaced by places; a name that is not a column stays as it is."""

    def place(match: re.Match[str]) -> str:
        number = index.get(match[1])
        if number is None:
            return match[0]
        column = letters(number)
        if match[2] == ":all":
            return f"${column}${first}:${column}${last}"
        if match[2] == ":first":
            return f"{column}${first}"
        return f"{column}{row}"

    return _NAME.sub(place, formula).removeprefix("=")


def _value(
    column: RegisterColumn,
    values: Mapping[str, str],
    serial: int,
    index: Mapping[str, int],
    row: int,
    first: int,
    last: int,
) -> Value:
    text = values.get(column.name, "")
    if column.formula and not text:
        return Formula(_row_formula(column.formula, index, row, first, last))
    if column.kind == "serial" and not text:
        return serial
    return _typed(text, column.kind)


def _blank(column: RegisterColumn, index: Mapping[str, int], first: int, last: int) -> Value:
    """The value of a column in any row still to be filled."""
    if column.formula:
        return Formula(_row_formula(column.formula, index, ROW, first, last))
    return SERIAL if column.kind == "serial" else _typed("", column.kind)


def _row_formula(formula: str, index: Mapping[str, int], row: int | str, first: int, last: int) -> str:
    """The formula of one row; shows nothing while the cells of that row it reads are empty."""
    text = _filled(formula, index, row, first, last)
    read = dict.fromkeys(
        f"{letters(index[match[1]])}{row}" for match in _NAME.finditer(formula) if not match[2] and match[1] in index
    )
    return f'IF({"&".join(read)}="","",{text})' if read else text


def _typed(text: str, kind: str) -> Value:
    """The value of a text in a column of that kind; text that does not fit stays text."""
    if kind in ("number", "money", "serial") and _NUMBER.fullmatch(text.replace(",", "")):
        return float(text.replace(",", "")) if "." in text else int(text.replace(",", ""))
    if kind == "percent" and text.endswith("%") and _NUMBER.fullmatch(text[:-1].strip()):
        return round(float(text[:-1]) / 100, 8)
    if kind in ("date", "datetime") and (match := _DATE.fullmatch(text.strip())):
        try:
            moment = datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]
        except ValueError:
            return text
        days = (moment - datetime(1899, 12, 30)).total_seconds() / 86400
        return int(days) if days == int(days) else round(days, 8)
    return text
