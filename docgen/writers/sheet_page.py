"""A sheet in the making: its title rows, how wide its columns and how high its rows are."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.document.model import Document
from docgen.writers.sheet import AnyEntry, Choice, Entry, Format, Line, Sheet, letters

HEADER_FILL = "E7E6E6"
_CHARACTERS = {True: 132.0, False: 92.0}  # room of a page in characters, landscape and portrait
_LEAST, _MOST = 5.0, 60.0  # width of a column in characters


class Page:
    """A sheet in the making: title rows first, then whatever is added."""

    def __init__(self, document: Document, title: str, widths: Sequence[float], landscape: bool) -> None:
        self.document = document
        self.count = len(widths)
        self.lines: list[Line] = []
        self.rows = 0
        self.merged: list[str] = []
        self.choices: list[Choice] = []
        self.header = (0, 0)
        self.filtered = ""
        self.title = title
        self.landscape = landscape
        whole = sum(widths) or 1.0
        room = _CHARACTERS[landscape]
        self.widths = [min(max(width / whole * room, _LEAST), _MOST) for width in widths]
        self.rooms = [max(int(width) - 1, 2) for width in self.widths]
        company = document.fields.get("company", "")
        if company:
            self.across(company, Format(size=11, align="center"), 20)
        self.across(title, Format(bold=True, size=16, align="center"), 30)
        mark = mark_of(document)
        if mark:
            self.across(mark, Format(size=9, align="right"), 16)

    @property
    def next_row(self) -> int:
        return self.rows + 1

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.rows += line.count

    def across(self, text: str, format: Format, height: float = 0.0) -> None:
        """A row of one cell over all columns."""
        if self.count > 1:
            self.merged.append(f"A{self.next_row}:{letters(self.count)}{self.next_row}")
        if not height:
            room = sum(self.widths) / 2.1
            height = 15.0 * sum(1 + int(len(piece) // room) for piece in text.split("\n"))
        self.add(Line([Entry(1, text, format)], height))

    def sheet(self) -> Sheet:
        return Sheet(
            self.title,
            self.lines,
            self.widths,
            self.merged,
            self.header[1],
            self.header if self.header[1] else None,
            self.filtered,
            self.choices,
            self.landscape,
            foot_of(self.document),
        )


def mark_of(document: Document) -> str:
    """Number and version, as they stand above the table."""
    return "  ".join(filter(None, (document.number, document.version)))


def foot_of(document: Document) -> str:
    """Number and title, as they stand in the page foot."""
    return "  ".join(filter(None, (document.number, document.title)))


def text_width(text: str) -> int:
    """Half-width characters a text takes: one for ASCII, two for all else."""
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def row_height(entries: Sequence[AnyEntry], rooms: Sequence[int]) -> float:
    """Excel does not size rows of wrapped text it did not write itself."""
    most = 1
    for column, value, _ in entries:
        if isinstance(value, str):
            room = rooms[column - 1]
            if 2 * len(value) > room or "\n" in value:
                most = max(most, sum(max(1, -(-text_width(piece) // room)) for piece in value.split("\n")))
    return max(18.0, 14.5 * most + 3)
