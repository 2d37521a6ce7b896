"""A compiled Word template as it is kept, and faults at its tags. Loaded for every run, so no lxml here."""

from __future__ import annotations

from typing import Any

from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.records import dataclass
from docgen.templating.program import Program
from docgen.writers.package import Member

_QUOTE = 60  # characters of a paragraph in a message


@dataclass(frozen=True, slots=True)
class PartProgram:
    """A part that carries tags. `places` gives paragraph and tag by line of the Jinja source."""

    name: str
    program: Program
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template, ready to be kept: no environment in it."""

    name: str
    order: tuple[str, ...]  # member names as they stand in the file
    packed: dict[str, Member]  # members that are copied
    parts: tuple[PartProgram, ...]
    relations: dict[str, bytes]  # relationships of the parts, by part, for pictures
    types: bytes
    diagnostics: tuple[Diagnostic, ...]
    facts: tuple[str, ...]
    roots: frozenset[str]
    functions: frozenset[str]


def located(
    file: str, part: str, paragraph: str, tag: str, code: str, severity: Severity = Severity.ERROR, near: str = "",
    **values: Any,
) -> Diagnostic:  # fmt: skip
    """A fault at a tag of a Word file: the part, the paragraph's words and the tag say where."""
    shown = {"paragraph": short(paragraph), "tag": tag, "part": part, **values}
    return Diagnostic(code, severity, Place(file, heading=part, quote=paragraph), shown, near)


def short(text: str) -> str:
    """The beginning of a text, for a message."""
    return text if len(text) <= _QUOTE else f"{text[:_QUOTE]}…"
