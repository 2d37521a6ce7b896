"""What drawings of diagrams are made of: boxes, lines and labels in millimetres. Knows no XML.

Heights come from an estimate of how the text wraps, with exact line spacing, so the result is the same on every
machine.
"""

from __future__ import annotations

import unicodedata
from dataclasses import field
from functools import lru_cache

from docgen.document.model import Edge, Node
from docgen.records import dataclass

MM_PER_POINT = 25.4 / 72
TOP, LEFT, BOTTOM, RIGHT = 0, 1, 2, 3  # connection sites of all shapes used here
INSET = 1.0  # mm between the border of a box and its text, left and right
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes of one attempt; `title` and `sub` are font sizes in points, the rest is mm."""

    title: float
    sub: float
    gap: float  # between rows
    padding: float = 1.6  # above and below the text of a box
    subs: bool = True  # whether steps show their second line


@dataclass(slots=True)
class Box:
    """A placed shape; `x`, `y` is its top left corner, `points` the size of its text."""

    node: Node
    text: str
    sub: str
    points: float
    x: float
    y: float
    w: float
    h: float

    def site(self, index: int) -> Point:
        """The connection site on one side of the shape."""
        if index in (TOP, BOTTOM):
            return self.x + self.w / 2, self.y + (self.h if index == BOTTOM else 0)
        return self.x + (self.w if index == RIGHT else 0), self.y + self.h / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A connector along `points`, horizontal and vertical pieces in turn."""

    source: str
    source_site: int
    target: str
    target_site: int
    points: tuple[Point, ...]
    arrow: bool


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    x: float
    y: float
    w: float
    h: float


@dataclass(slots=True)
class Drawing:
    width: float
    height: float
    look: Look
    boxes: dict[str, Box] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


def text_width(text: str, points: float) -> float:
    """Estimated width in mm: East Asian characters are one em, others 0.55 em."""
    return sum(map(_ems.__getitem__, text)) * points * MM_PER_POINT


class _Ems(dict[str, float]):
    """Widths of characters in ems, worked out once."""

    def __missing__(self, char: str) -> float:
        if len(self) >= _MOST_CHARS:
            self.clear()
        self[char] = width = 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.55
        return width


_MOST_CHARS = 20_000
_ems = _Ems()


@lru_cache(maxsize=2048)
def line_count(text: str, width: float, points: float) -> int:
    """Estimated number of lines of `text` in a column of `width` mm."""
    em = points * MM_PER_POINT
    whole = max(1, int(width / em)) * em
    return sum(max(1, -int(-text_width(piece, points) // whole)) for piece in text.split("\n"))


def line_height(points: float) -> float:
    """Exact line spacing in mm for text of that size."""
    return (points * 1.25 + 0.5) * MM_PER_POINT


@lru_cache(maxsize=2048)
def balanced(text: str, lines: int) -> str:
    """`text` broken into about equal lines, so that no single character is left over; words stay whole."""
    if lines < 2 or "\n" in text or any(char.isascii() for char in text):
        return text
    each = -(-len(text) // lines)
    pieces: list[str] = []
    start = 0
    while start < len(text):
        end = start + each
        if end < len(text) and unicodedata.category(text[end]) in ("Pe", "Pf", "Po"):
            end += 1 if pieces or lines > 2 else -1
        pieces.append(text[start:end])
        start = end
    return "\n".join(pieces) if len(pieces) == lines else text


def text_room(node: Node, width: float) -> float:
    """Room in mm for a line of text in a shape of `width` mm; the text stands in the middle half of a diamond."""
    return width / 2 if node.shape == "decision" else width - 2 * INSET


def broken(text: str, room: float, points: float) -> str:
    """`text` as it is broken into lines in a shape."""
    return balanced(text, line_count(text, room, points))


def shows_second_line(node: Node, look: Look) -> bool:
    return bool(node.sub) and node.shape != "decision" and (look.subs or int(node.column) % 2 == 1)


def place(node: Node, width: float, look: Look, points: float) -> Box:
    """A shape of `width` mm, as high as its text needs, at the origin."""
    decision = node.shape == "decision"
    room = text_room(node, width)
    text = broken(node.text, room, points)
    height = line_count(text, room, points) * line_height(points) if text else 0.0
    if decision:
        return Box(node, text, "", points, 0, 0, width, max(height / 0.5, width * 0.2))
    sub = node.sub if shows_second_line(node, look) else ""
    if sub:
        height += line_count(sub, room, look.sub) * line_height(look.sub)
    height += 2 * (look.padding if node.shape != "terminal" else look.padding / 2)
    return Box(node, text, sub, points, 0, 0, width, height)


def _tidy(points: list[Point]) -> tuple[Point, ...]:
    """The same path without empty pieces and without corners on a straight line."""
    path: list[Point] = []
    for point in points:
        if path and abs(path[-1][0] - point[0]) < 0.01 and abs(path[-1][1] - point[1]) < 0.01:
            continue
        if len(path) > 1:
            (ax, ay), (bx, by) = path[-2:]
            if (abs(ax - bx) < 0.01 and abs(bx - point[0]) < 0.01) or (
                abs(ay - by) < 0.01 and abs(by - point[1]) < 0.01
            ):
                path.pop()
        path.append(point)
    return tuple(path)


def add_line(drawing: Drawing, edge: Edge, start: int, end: int, points: list[Point], arrow: bool = True) -> None:
    """Add the connector of `edge` along `points`."""
    drawing.lines.append(Line(edge.source, start, edge.target, end, _tidy(points), arrow))
