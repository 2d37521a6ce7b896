"""Table files (.xlsx, .csv) that come from strangers: bounded, in whatever encoding a spreadsheet writes them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

Line: TypeAlias = tuple[int, Sequence[Any]]  # row of the file from 1, values of its cells

MAX_BYTES = 30_000_000
_UNPACKED = 200_000_000
_PARTS = 2_000
_HEAD = 20_000
_DELIMITERS = ",;\t，；"
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)


class BadTable(ValueError):
    """The file is no table, or larger than any; the text says why."""


def read_lines(path: Path, *, rows: int, columns: int) -> list[Line]:
    """The lines of a .csv or of the first sheet of a workbook, no more than so many, each cut to so many columns.

    Raises:
        OSError: the file cannot be read.
        BadTable: it is no table.
    """
    data = table_bytes(path)
    if path.suffix.lower() in (".csv", ".txt"):
        return [(number, cells[:columns]) for number, cells in csv_lines(data, rows)]
    found = enumerate(sheet_rows(data, rows, columns), 1)
    return [(number, [cell.value for cell in cells]) for number, cells in found]


def table_bytes(path: Path) -> bytes:
    """The bytes of a table file, unless it is too large. Raises OSError and BadTable."""
    if path.stat().st_size > MAX_BYTES:
        raise BadTable(f"> {MAX_BYTES // 1_000_000} MB")
    return path.read_bytes()


def csv_lines(data: bytes, rows: int) -> Iterator[tuple[int, list[str]]]:
    """The lines of a .csv with commas, semicolons or tabs. Raises BadTable."""
    text = _decoded(data)
    head = text[:_HEAD].splitlines()[:20]  # a line of title may stand first
    delimiter = max(_DELIMITERS, key=lambda sign: (sum(sign in line for line in head), "".join(head).count(sign)))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        start = 1
        for number, cells in enumerate(reader):
            if number == rows:
                return
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise BadTable(str(error)) from error


def _decoded(data: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with mark, else GB18030, which spreadsheets in Chinese write."""
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadTable("UTF-8? GBK?")


def sheet_rows(
    data: bytes, rows: int, columns: int, *, formulas: bool = False, sheet: int = 0
) -> Iterator[Sequence[Any]]:
    """The rows of a sheet, the first by default, as the cells of openpyxl, one in memory at a time; of a formula what
    it gave, or itself where `formulas` says so. Raises BadTable."""
    for number, (_, found) in enumerate(all_rows(data, rows, columns, formulas=formulas)):
        if number == sheet:
            yield from found
            return


def all_rows(
    data: bytes, rows: int, columns: int, *, formulas: bool = False
) -> Iterator[tuple[str, Iterator[Sequence[Any]]]]:
    """The sheets of a workbook, hidden ones too: name, and rows as `sheet_rows` gives them. Raises BadTable."""
    import warnings

    from openpyxl import load_workbook

    with _readable():
        _guard(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=not formulas)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what other programs write there is not to be trusted
            yield sheet.title, _rows(sheet, rows, columns)
        book.close()


def _rows(sheet: Any, rows: int, columns: int) -> Iterator[Sequence[Any]]:
    import warnings

    with _readable(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for row in sheet.iter_rows(max_row=rows):
            yield row[:columns]


@contextmanager
def _readable() -> Iterator[None]:
    """openpyxl raises nearly anything on a damaged file."""
    try:
        yield
    except (BadTable, GeneratorExit):
        raise
    except Exception as error:
        raise BadTable(f"{type(error).__name__}: {error}") from error


def _guard(data: bytes) -> None:
    """Refuse what unpacks to far more than it is, and XML that declares entities."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > _PARTS or sum(entry.file_size for entry in entries) > _UNPACKED:
            raise BadTable(f"zip > {_UNPACKED // 1_000_000} MB")
        for entry in entries:
            if entry.filename.endswith((".xml", ".rels")):
                with archive.open(entry) as stream:
                    if _DOCTYPE.search(stream.read(4096)):
                        raise BadTable("DOCTYPE")
