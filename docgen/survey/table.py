"""The rows of an .xlsx or .csv file, with their numbers in the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from docgen.diagnostics import Diagnostic, DocgenError, Place

Line: TypeAlias = tuple[int, Sequence[Any]]  # row of the file from 1, cells

MAX_BYTES = 20_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 200


def read_table(path: Path) -> list[Line]:
    """Every row of the first sheet. Raises DocgenError where the file cannot be read."""
    place = Place(str(path))
    try:
        size = path.stat().st_size
    except OSError as error:
        raise DocgenError([Diagnostic("V001", place=place, values={"reason": error.strerror})]) from error
    if size > MAX_BYTES:
        raise DocgenError([Diagnostic("V002", place=place, values={"size": size, "limit": MAX_BYTES})])
    try:
        return _csv(path) if path.suffix.lower() in (".csv", ".txt") else _xlsx(path)
    except Exception as error:  # openpyxl raises many kinds for a broken file
        reason = str(error) or type(error).__name__
        raise DocgenError([Diagnostic("V001", place=place, values={"reason": reason})]) from error


def _csv(path: Path) -> list[Line]:
    text = _decoded(path.read_bytes())
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines: list[Line] = []
    start = 1
    for cells in reader:
        lines.append((start, cells[:MAX_COLUMNS]))
        start = reader.line_num + 1
        if len(lines) > MAX_ROWS:
            break
    return lines


def _decoded(data: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with mark, else GB18030, which spreadsheets in Chinese write."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _xlsx(path: Path) -> list[Line]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True, max_row=MAX_ROWS, max_col=MAX_COLUMNS)
        return [(number, list(row)) for number, row in enumerate(rows, 1)]
    finally:
        book.close()
