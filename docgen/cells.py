"""A table file (.xlsx or .csv) as rows of texts: every cell as a person reads it, bounded, with its faults."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import Any, cast

from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity, cell_name
from docgen.records import dataclass
from docgen.tables import BadTable, all_rows, csv_lines, sheet_rows, table_bytes

MAX_ROWS = 20_000
MAX_COLUMNS = 1_000
_SIZE = (MAX_ROWS + 2, MAX_COLUMNS + 1)
SUFFIXES = (".xlsx", ".xlsm", ".csv")
_EXACT_DIGITS = 15  # a spreadsheet keeps no more of a number
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not empty. `row` and `column` count from 1, as the spreadsheet does."""

    text: str
    row: int
    column: int


@dataclass(slots=True)
class Table:
    """The cells of a file, or of one sheet of it, by row; rows without any are left out."""

    path: Path
    sheet: str = ""  # named where there are several
    rows: list[list[Cell]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def report(
        self, code: str, cell: Cell, severity: Severity = Severity.ERROR, nearest: str = "", **values: Any
    ) -> None:
        """Add a diagnostic at a cell."""
        name = cell_name(cell.row, cell.column)
        place = Place(str(self.path), cell.row, cell.column, quote=name, sheet=self.sheet)
        self.diagnostics.append(Diagnostic(code, severity, place, {"read": cell.text[:60], **values}, nearest))


def read_table(path: Path) -> Table:
    """Read the first sheet of a workbook, or a .csv in UTF-8, UTF-16 or GBK with commas, semicolons or tabs.

    Raises:
        DocgenError: the file cannot be read, or is larger than any client list (B001).
    """
    table = Table(path)
    with _opened(path) as data:
        csv = path.suffix.lower() == ".csv"
        _fill(table, _csv_cells(data) if csv else _xlsx_cells(sheet_rows(data, *_SIZE, formulas=True), data, 0, table))
    return table


def read_sheets(path: Path) -> list[Table]:
    """Read all sheets of a workbook. Raises DocgenError as `read_table` does; the limit of rows is for all of them."""
    tables: list[Table] = []
    with _opened(path) as data:
        for number, (name, rows) in enumerate(all_rows(data, *_SIZE, formulas=True)):
            tables.append(Table(path, name))
            _fill(tables[-1], _xlsx_cells(rows, data, number, tables[-1]), sum(len(table.rows) for table in tables))
    return tables


def _fill(table: Table, rows: Iterable[list[Cell]], before: int = 0) -> None:
    for row in rows:
        clean = [cell for cell in (_clean(cell, table) for cell in row) if cell.text]
        if clean:
            table.rows.append(clean)
            if before + len(table.rows) > MAX_ROWS:
                raise BadTable(f"> {MAX_ROWS} rows")


@contextmanager
def _opened(path: Path) -> Iterator[bytes]:
    try:
        yield table_bytes(path)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    except BadTable as error:
        raise _unreadable(path, str(error)) from error


def _unreadable(path: Path, reason: str) -> DocgenError:
    return DocgenError([Diagnostic("B001", place=Place(str(path)), values={"file": path.name, "reason": reason})])


def _clean(cell: Cell, table: Table) -> Cell:
    bad = _FORBIDDEN.search(cell.text)
    if bad:
        table.report("P017", cell, Severity.WARNING, sign=f"U+{ord(bad.group()):04X}")
        cell = Cell(_FORBIDDEN.sub("", cell.text), cell.row, cell.column)
    return Cell(cell.text.strip(), cell.row, cell.column)


def _csv_cells(data: bytes) -> Iterator[list[Cell]]:
    for number, (_, row) in enumerate(csv_lines(data, MAX_ROWS + 2), 1):
        if len(row) > MAX_COLUMNS:
            raise BadTable(f"> {MAX_COLUMNS} columns")
        yield [Cell(value, number, column) for column, value in enumerate(row, 1) if value]


def _xlsx_cells(rows: Iterable[Sequence[Any]], data: bytes, sheet: int, table: Table) -> Iterator[list[Cell]]:
    """`rows` are those of the formulas; what they gave is read as far as one is met."""
    results = enumerate(sheet_rows(data, *_SIZE, sheet=sheet), 1)
    at, computed = 0, cast("Sequence[Any]", ())
    for number, row in enumerate(rows, 1):
        cells: list[Cell] = []
        for column, cell in enumerate(row, 1):
            value = cell.value
            if value is None or value == "":
                continue
            if column > MAX_COLUMNS:
                raise BadTable(f"> {MAX_COLUMNS} columns")
            if cell.data_type == "f":
                while at < number:
                    at, computed = next(results)
                cell = computed[column - 1]
                if cell.value is None:
                    table.report("B014", Cell(str(value), number, column))
                    continue
            text = _shown(cell, Cell("", number, column), table)
            if text:
                cells.append(Cell(text, number, column))
        yield cells


def _shown(cell: Any, place: Cell, table: Table) -> str:
    from datetime import date, datetime, time

    value = cell.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if cell.data_type == "e":
        table.report("B009", Cell(str(value), place.row, place.column))
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if (value.hour, value.minute) == (0, 0) else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, (int, float)):
        return _number(value, cell, place, table)
    return str(value).replace("_x000D_", "\r")  # as Excel writes a return


def _number(value: float, cell: Any, place: Cell, table: Table) -> str:
    whole = float(value).is_integer()
    text = str(int(value)) if whole else repr(value)
    if whole and len(text.lstrip("-")) > _EXACT_DIGITS:
        table.report("B010", Cell(text, place.row, place.column))
        return ""
    pattern = str(cell.number_format or "")
    if whole and pattern and not pattern.strip("0"):  # shown with leading zeros
        return text.zfill(len(pattern))
    if pattern.endswith("%"):
        return f"{round(value * 100, 6):g}%"
    return text
