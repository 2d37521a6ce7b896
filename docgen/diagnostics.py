"""A reported fault: what, where, how bad. Text for people is made in `docgen.messages`, in their language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import Enum
from typing import Any

from docgen.records import dataclass


class Severity(str, Enum):
    """How bad a diagnostic is; the order of the members is the order of gravity."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


def cell_name(row: int, column: int) -> str:
    """`C5`"""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: a line of a text file, or a sentence of a document. Empty parts are unknown."""

    file: str = ""
    line: int = 0  # 1-based; 0 is unknown
    column: int = 0  # 1-based; 0 is unknown
    key: str = ""  # profile path, e.g. "outlets[2].phone"
    heading: str = ""  # heading path in a document
    quote: str = ""  # the sentence, paragraph or tag concerned
    sheet: str = ""  # of a workbook; line and column are then those of a cell

    @property
    def cell(self) -> str:
        """`sheet!C5`; nothing outside of workbooks with several sheets."""
        inside = f"!{cell_name(self.line, self.column)}" if self.line and self.column else ""
        return f"{self.sheet}{inside}" if self.sheet else ""

    def __str__(self) -> str:
        """`file:line:column` with the unknown parts left out, `file sheet!C5` for a cell of a workbook."""
        if self.sheet:
            return f"{self.file} {self.cell}".lstrip()
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault. `code` names a row of the message table; `values` fill its placeholders."""

    code: str
    severity: Severity = Severity.ERROR
    place: Place = field(default_factory=Place)
    values: Mapping[str, Any] = field(default_factory=dict)
    nearest: str = ""  # the nearest known name, if what was read looks like a slip


class DocgenError(Exception):
    """Raised where a step cannot go on; carries every diagnostic found up to there."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__("; ".join(f"{d.code} {d.place}" for d in self.diagnostics))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """True if any diagnostic is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def crash_log(error: BaseException) -> str:
    """The traceback of our own fault in a file; its path."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", suffix=".txt", prefix="docgen-", delete=False, encoding="utf-8") as log:
        log.write("".join(traceback.format_exception(error)))
    return log.name
