"""A table file (.xlsx or .csv) as rows of texts: every cell as a person reads it, bounded, with its faults."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import Any

from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity
from docgen.records import dataclass

MAX_BYTES = 30_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 1_000
MAX_CELL = 1_000_000
SUFFIXES = (".xlsx", ".xlsm", ".csv")
_EXACT_DIGITS = 15  # a spreadsheet keeps no more of a number
_DELIMITERS = ",;\t，；"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not empty. `row` and `column` count from 1, as the spreadsheet does."""

    text: str
    row: int
    column: int


@dataclass(slots=True)
class Table:
    """The cells of a file by row; rows without any are left out."""

    path: Path
    rows: list[list[Cell]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def report(
        self, code: str, cell: Cell, severity: Severity = Severity.ERROR, nearest: str = "", **values: Any
    ) -> None:
        """Add a diagnostic at a cell."""
        place = Place(str(self.path), cell.row, cell.column, quote=cell_name(cell.row, cell.column))
        self.diagnostics.append(Diagnostic(code, severity, place, {"read": cell.text[:60], **values}, nearest))


def cell_name(row: int, column: int) -> str:
    """`C5`"""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def read_table(path: Path) -> Table:
    """Read the first sheet of a workbook, or a .csv in UTF-8, UTF-16 or GBK with commas, semicolons or tabs.

    Raises:
        DocgenError: the file cannot be read, or is larger than any client list (B001).
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _unreadable(path, f"> {MAX_BYTES // 1_000_000} MB")
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    table = Table(path)
    cells = _csv_cells(data, table) if path.suffix.lower() == ".csv" else _xlsx_cells(data, table)
    for row in cells:
        clean = [cell for cell in (_clean(cell, table) for cell in row) if cell.text]
        if clean:
            table.rows.append(clean)
            if len(table.rows) > MAX_ROWS:
                raise _unreadable(path, f"> {MAX_ROWS} rows")
    return table


def _unreadable(path: Path, reason: str) -> DocgenError:
    return DocgenError([Diagnostic("B001", place=Place(str(path)), values={"file": path.name, "reason": reason})])


def _clean(cell: Cell, table: Table) -> Cell:
    bad = _FORBIDDEN.search(cell.text)
    if bad:
        table.report("P017", cell, Severity.WARNING, sign=f"U+{ord(bad.group()):04X}")
        cell = Cell(_FORBIDDEN.sub("", cell.text), cell.row, cell.column)
    return Cell(cell.text.strip(), cell.row, cell.column)


# ---- csv


def _csv_cells(data: bytes, table: Table) -> Iterator[list[Cell]]:
    text = _decoded(data, table.path)
    head = text.splitlines()[0] if text.strip() else ""
    counts = {sign: head.count(sign) for sign in _DELIMITERS}
    delimiter = max(counts, key=lambda sign: counts[sign])
    before = csv.field_size_limit(MAX_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter if counts[delimiter] else ",")
        for number, row in enumerate(reader, 1):
            if len(row) > MAX_COLUMNS:
                raise _unreadable(table.path, f"> {MAX_COLUMNS} columns")
            yield [Cell(value, number, column) for column, value in enumerate(row, 1) if value]
    except csv.Error as error:
        raise _unreadable(table.path, str(error)) from error
    finally:
        csv.field_size_limit(before)


def _decoded(data: bytes, path: Path) -> str:
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(path, "UTF-8? GBK?")


# ---- xlsx


def _xlsx_cells(data: bytes, table: Table) -> Iterator[list[Cell]]:
    _guard(data, table.path)
    sheet = _sheet(data, table.path, values=False)
    values: list[tuple[Any, ...]] | None = None
    for number, row in enumerate(sheet, 1):
        cells: list[Cell] = []
        for column, cell in enumerate(row, 1):
            value = cell.value
            if value is None or value == "":
                continue
            if column > MAX_COLUMNS:
                raise _unreadable(table.path, f"> {MAX_COLUMNS} columns")
            if cell.data_type == "f":
                if values is None:
                    values = [tuple(_plain(c) for c in r) for r in _sheet(data, table.path, values=True)]
                at = values[number - 1] if number <= len(values) else ()
                cell = at[column - 1] if column <= len(at) else _Plain(None, "n", "")
                if cell.value is None:
                    table.report("B014", Cell(str(value), number, column))
                    continue
            made = Cell("", number, column)
            text = _shown(cell, made, table)
            if text:
                cells.append(Cell(text, number, column))
        yield cells


@dataclass(frozen=True, slots=True)
class _Plain:
    value: Any
    data_type: str
    number_format: str


def _plain(cell: Any) -> _Plain:
    return _Plain(cell.value, getattr(cell, "data_type", "n"), getattr(cell, "number_format", ""))


def _guard(data: bytes, path: Path) -> None:
    """Refuse what unpacks to far more than it is, and XML that declares entities."""
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > 2_000 or sum(entry.file_size for entry in entries) > 200_000_000:
                raise _unreadable(path, "zip > 200 MB")
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    with archive.open(entry) as stream:
                        if _DOCTYPE.search(stream.read(4096)):
                            raise _unreadable(path, "DOCTYPE")
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError) as error:
        raise _unreadable(path, str(error)) from error


def _sheet(data: bytes, path: Path, *, values: bool) -> Any:
    import warnings

    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=values)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what other programs write there is not to be trusted
            return list(sheet.iter_rows(max_row=MAX_ROWS + 2))
    except Exception as error:  # openpyxl raises nearly anything on a damaged file
        raise _unreadable(path, f"{type(error).__name__}: {error}") from error


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
    return str(value)


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
