"""The small parts of a template line: pieces of text and tags, cells, strong text, column marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.document import Inline, Text
from docgen.records import dataclass
from docgen.templating.builder import BREAK

_FRONT = re.compile(r"\A---\r?\n(.*?)^---\r?\n", re.DOTALL | re.MULTILINE)
_OPENING = re.compile(r"\{[{%#]")
_UNCLOSED = re.compile(r"\{[{%].{0,40}")
_REST = {
    "{{": re.compile(r"(?:\"[^\"]*\"|'[^']*'|[^\"'])*?\}\}"),
    "{%": re.compile(r"(?:\"[^\"]*\"|'[^']*'|[^\"'])*?%\}"),
    "{#": re.compile(r".*?#\}", re.DOTALL),
}
_INLINE = re.compile(r"\*\*|<br>|\\[|*#@{}<^\\-]|\x00")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of literal text within one line, or a Jinja tag."""

    text: str
    tag: bool


def split_front(text: str) -> tuple[dict[str, str], int, str]:
    """The settings at the head of a template, the lines they take, and the rest."""
    front: dict[str, str] = {}
    match = _FRONT.match(text)
    if not match:
        return front, 0, text
    for line in match.group(1).splitlines():
        key, colon, value = line.partition(":")
        if colon:
            front[key.strip()] = value.strip().strip("\"'")
    return front, match.group().count("\n"), text[match.end() :]


def split_lines(text: str) -> Iterator[tuple[int, list[Piece]]]:
    """Logical lines: a tag that spans lines belongs to the line it begins in."""
    number = start = 1
    pieces: list[Piece] = []
    position = 0
    for tag in (*_tags(text), None):
        literal = text[position : tag[0] if tag else len(text)]
        first, *rest = literal.split("\n")
        if first:
            pieces.append(Piece(first, False))
        for line in rest:
            yield start, pieces
            number += 1
            start = number
            pieces = [Piece(line, False)] if line else []
        if tag is None:
            break
        position = tag[1]
        pieces.append(Piece(text[tag[0] : position], True))
        number += text.count("\n", *tag)
    if pieces:
        yield start, pieces


def _tags(text: str) -> Iterator[tuple[int, int]]:
    """Where tags begin and end. Of each kind that is not closed once, none is looked for further."""
    unclosed: set[str] = set()
    position = 0
    while match := _OPENING.search(text, position):
        kind = match.group()
        rest = None if kind in unclosed else _REST[kind].match(text, match.end())
        if rest:
            yield match.start(), rest.end()
            position = rest.end()
        else:
            unclosed.add(kind)
            position = match.start() + 1


def unclosed_tag(lines: list[tuple[int, list[Piece]]]) -> tuple[int, str] | None:
    """The line of the first tag that is not closed, and how it begins."""
    literals = ((number, piece.text) for number, pieces in lines for piece in pieces if not piece.tag)
    return next(((number, found.group()) for number, text in literals if (found := _UNCLOSED.search(text))), None)


def strip_cell(cell: list[Piece]) -> list[Piece]:
    """A cell without the blanks around it."""
    cell = list(cell)
    if cell and not cell[0].tag:
        cell[0] = Piece(cell[0].text.lstrip(), False)
    if cell and not cell[-1].tag:
        cell[-1] = Piece(cell[-1].text.rstrip(), False)
    return [p for p in cell if p.text]


def read_words(text: str, strong: bool) -> tuple[tuple[Inline, ...], bool]:
    """Literal text to inlines: `**`, `<br>` and escapes. Returns the inlines and whether strong is on after them."""
    result: list[Inline] = []
    buffer: list[str] = []

    def flush() -> None:
        words = "".join(buffer)
        if words:
            result.append(Text(words, strong))
        buffer.clear()

    position = 0
    for match in _INLINE.finditer(text):
        buffer.append(text[position : match.start()])
        position = match.end()
        token = match.group()
        if token == "**":
            flush()
            strong = not strong
        elif token == "<br>":
            flush()
            result.append(BREAK)
        else:
            buffer.append(token[1:])
    buffer.append(text[position:])
    flush()
    return tuple(result), strong


def read_aligns(line: str) -> tuple[str, ...]:
    """The delimiter row of a table: an alignment for each column, empty where none is asked for."""
    result = []
    for cell in line.strip().strip("|").split("|"):
        cell = cell.strip()
        left, right = cell.startswith(":"), cell.endswith(":")
        result.append("center" if left and right else "right" if right else "left" if left else "")
    return tuple(result)


def read_table_words(words: str) -> tuple[tuple[float, ...], str]:
    """What stands behind `@table`: column widths as shares, and the caption."""
    first, _, rest = words.partition(" ")
    try:
        widths = tuple(float(w) for w in first.split(",") if w)
    except ValueError:
        return (), words
    return widths, rest.strip()
