"""Output formats: one row a format. `load` brings the function in only when it is used."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from docgen.diagnostics import Diagnostic, DocgenError
from docgen.records import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """An output format: file name extension, and the function `document, … -> bytes | str` that writes it."""

    extension: str
    module: str
    function: str

    def load(self) -> Any:
        """The writing function."""
        return getattr(import_module(self.module), self.function)


FORMATS: dict[str, Format] = {
    "docx": Format("docx", "docgen.writers.docx", "write_docx"),
    "text": Format("txt", "docgen.writers.text", "write_text"),
    "xlsx": Format("xlsx", "docgen.writers.xlsx", "write_xlsx"),
}


def output_format(name: str) -> Format:
    """The row of a format.

    Raises:
        DocgenError: there is no such format (D301).
    """
    found = FORMATS.get(name)
    if found is None:
        raise DocgenError([Diagnostic("D301", values={"name": name})])
    return found
