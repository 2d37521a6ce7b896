"""How much room a form takes on the page: estimates in millimetres for 10.5 pt text on A4."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import ceil

from docgen.document import Break, Gap, Inline, Proposed, Reference, Text

# what the themes share: table text of 10.5 pt on lines of 16 pt, margins of 20 mm and 25 mm at the binding edge
EM = 10.5 * 0.3528  # width of a Chinese character
LINE = 5.65  # height of a line in a form table
PADDING = 1.3  # above and below the text of a cell, together
MARGIN = 2.8  # left and right of the text of a cell, together
LABEL_MARGIN = 3.1  # the same for the words of a label, which may not run over
NARROWEST = 2 * EM + LABEL_MARGIN  # a column of two characters
ROW = 8.2  # a row to write in by hand
LABEL_ROW = 8.0  # a row of a check list
BAND = 7.0  # a row that is only a heading
BODY_WIDTH = {False: 165.0, True: 257.0}  # portrait, landscape
BODY_HEIGHT = {False: 257.0, True: 165.0}
TITLE = 10.8
BORDER = 0.2  # a row is that much higher than its text or its given height
TABLE_GAP = 2.2
TEXT_LINE = 7.1
NOTE_LINE = 6.0
NOTE_GAP = 2.1
NOTE_WIDTH = {False: 154.0, True: 246.0}
LEAST_END = 3.0  # the least that is lost where a table goes on
PAGE_END = 30.0  # lost where a table goes on: the row that does not fit, the repeated first row
SLACK = 5.0  # kept free, for fonts that run wider than ours


def plain(inlines: Sequence[Inline]) -> str:
    """The text of inlines, with line breaks."""
    if len(inlines) == 1:  # most cells
        only = inlines[0]
        if type(only) is str:
            return only
        if type(only) is Text:
            return only.text
    parts = []
    for inline in inlines:
        if isinstance(inline, str):
            parts.append(inline)
        elif isinstance(inline, (Text, Proposed, Reference)):
            parts.append(inline.text)
        elif isinstance(inline, Gap):
            parts.append(inline.label + "\u3000" * 6)
        elif isinstance(inline, Break):
            parts.append("\n")
    return "".join(parts)


@lru_cache(2048)
def text_width(text: str) -> float:
    """Width of one line in millimetres."""
    # a Chinese character has three bytes in UTF-8 and is one em wide, a Latin one has one and is about half
    wide = (len(text.encode("utf-8", "replace")) - len(text)) / 2
    spaces = text.count(" ")
    return (wide + (len(text) - wide - spaces) * 0.53 + spaces * 0.27) * EM


@lru_cache(4096)
def line_count(text: str, width: float) -> int:
    """Lines the text needs in a cell or paragraph of this width."""
    # a broken line of Chinese text ends up to one character short of the edge
    broken = max(width - EM * 0.5, EM)
    return sum(1 if need <= width else ceil(need / broken) for need in map(text_width, text.split("\n")))


def cell_height(inlines: Sequence[Inline], width: float) -> float:
    """Height a cell of this width needs for its text."""
    text = plain(inlines)
    if not text:
        return LINE + PADDING
    return line_count(text, width - MARGIN) * LINE + PADDING


def grid_edges(edges: Iterable[float]) -> tuple[float, ...]:
    """Boundaries of a grid that holds all these boundaries; near ones (0.8 %) become one."""
    result: list[float] = []
    for edge in sorted(edges):
        if not result or edge - result[-1] > 0.8:
            result.append(edge)
    result[-1] = 100.0
    return tuple(result)


def edge_index(edges: tuple[float, ...], edge: float) -> int:
    """The grid boundary nearest to an edge."""
    right = bisect_left(edges, edge)
    if right == 0:
        return 0
    if right == len(edges) or edge - edges[right - 1] <= edges[right] - edge:
        return right - 1
    return right


def shares(widths: Sequence[float]) -> tuple[float, ...]:
    """Boundaries in percent of columns with these relative widths."""
    total = sum(widths) or 1.0
    edges = [0.0]
    for width in widths:
        edges.append(edges[-1] + width * 100.0 / total)
    edges[-1] = 100.0
    return tuple(edges)


def readable(widths: Sequence[float], whole: float) -> list[float]:
    """Relative widths of the columns of a table of `whole` mm, each wide enough for two characters."""
    share = NARROWEST / whole
    narrow = [width < share * sum(widths) for width in widths]
    if share * sum(narrow) >= 0.5:
        return list(widths)
    others = sum(width for width, small in zip(widths, narrow, strict=True) if not small)
    least = share * others / (1 - share * sum(narrow))
    return [least if small else width for width, small in zip(widths, narrow, strict=True)]


def last_page(room: float, page: float, lost: float = PAGE_END) -> float:
    """The free room of the last page that a register filled from the profile reaches, where `lost` is lost on each."""
    while room < 0:
        room += page - lost
    return room
