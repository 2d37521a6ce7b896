"""From a diagram's grid to millimetres: boxes, lines and labels. Knows no XML.

Heights come from an estimate of how the text wraps, with exact line spacing, so the result is the same on every
machine. What a line looks like follows from the places of the two boxes it joins.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from docgen.document.model import Diagram, Edge, Node

MM_PER_POINT = 25.4 / 72
TOP, LEFT, BOTTOM, RIGHT = 0, 1, 2, 3  # connection sites of all shapes used here
INSET = 1.0  # mm between the border of a box and its text, left and right
LANE = 2.6  # mm between parallel lines
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes of one attempt; `title` and `sub` are font sizes in points, the rest is mm."""

    title: float
    sub: float
    gap: float  # between rows
    padding: float = 1.6  # above and below the text of a box


FLOW_LOOKS = (Look(10.5, 9, 6.5), Look(10, 9, 5.5), Look(9, 9, 4.8, 1.2), Look(9, 8, 4.4, 0.8), Look(8, 7.5, 4, 0.5))
TREE_LOOKS = (Look(10.5, 9, 9, 2), Look(9, 9, 8, 1.6), Look(9, 8, 7, 1), Look(8, 7.5, 6, 0.6))


@dataclass(slots=True)
class Box:
    """A placed shape; `x`, `y` is its top left corner."""

    node: Node
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
    ems = sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.55 for char in text)
    return ems * points * MM_PER_POINT


def line_count(text: str, width: float, points: float) -> int:
    """Estimated number of lines of `text` in a column of `width` mm."""
    count = 0
    for piece in text.split("\n"):
        whole = max(1, int(width / (points * MM_PER_POINT))) * points * MM_PER_POINT
        count += max(1, -int(-text_width(piece, points) // whole))
    return count


def line_height(points: float) -> float:
    """Exact line spacing in mm for text of that size."""
    return (points * 1.25 + 0.5) * MM_PER_POINT


def box_height(node: Node, width: float, look: Look) -> float:
    """Height of a shape of `width` mm that holds its text."""
    if node.shape == "decision":
        lines = line_count(node.text, width / 2, look.title)
        return max(lines * line_height(look.title) / 0.5, width * 0.2)
    lines = line_count(node.text, width - 2 * INSET, look.title) if node.text else 0
    height = lines * line_height(look.title)
    if node.sub:
        height += line_count(node.sub, width - 2 * INSET, look.sub) * line_height(look.sub)
    return height + 2 * (look.padding if node.shape != "terminal" else look.padding / 2)


def draw(diagram: Diagram, width: float, max_height: float) -> Drawing:
    """Place everything within `width` mm, with the largest look that is no higher than `max_height` mm."""
    looks, make = (FLOW_LOOKS, _draw_flow) if diagram.kind == "flow" else (TREE_LOOKS, _draw_tree)
    drawing = make(diagram, width, looks[0])
    for look in looks[1:]:
        if drawing.height <= max_height:
            break
        drawing = make(diagram, width, look)
    return drawing


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


# ---- organisation chart


def _draw_tree(diagram: Diagram, width: float, look: Look) -> Drawing:
    nodes = diagram.nodes
    children: dict[str, list[Node]] = {}
    by_id = {node.id: node for node in nodes}
    for edge in diagram.edges:
        children.setdefault(edge.source, []).append(by_id[edge.target])
    first = min(node.column for node in nodes)
    columns = max(node.column for node in nodes) - first + 1
    pitch = min(width / columns, 44.0)
    gap = min(max(pitch * 0.16, 4.2), 8.0)
    box = pitch - gap
    if box < 30 and look.title > 9:
        look = Look(9, 9, look.gap, look.padding)
    height = max(box_height(node, box, look) for node in nodes)
    kinds = {id: _kind(by_id[id], below) for id, below in children.items()}
    from_above = {int(node.row) for id, below in children.items() if kinds[id] == "tree" for node in below}
    tops, y = {}, 0.0
    for row in range(int(max(node.row for node in nodes)) + 1):
        if row:
            y += height + (look.gap if row in from_above else look.gap * 0.4)
        tops[row] = y
    margin = gap / 2 if "bracket" in kinds.values() else 0.0
    drawing = Drawing(columns * pitch - gap + 2 * margin, y + height, look)
    for node in nodes:
        x = (node.column - first) * pitch + margin
        drawing.boxes[node.id] = Box(node, x, tops[int(node.row)], box, height)
    for edge in diagram.edges:
        _tree_line(drawing, edge, kinds[edge.source], look.gap, gap)
    return drawing


def _kind(parent: Node, below: list[Node]) -> str:
    """How the children hang: tree (from above), bracket (at the left), pairs (on both sides of a line)."""
    offsets = {round(abs(node.column - parent.column), 2) for node in below}
    if max(offsets) < 0.5 and (len(below) > 1 or offsets != {0.0}):
        return "bracket"
    if offsets == {0.5} and len({node.row for node in below}) > 1:
        return "pairs"
    return "tree"


def _tree_line(drawing: Drawing, edge: Edge, kind: str, row_gap: float, gap: float) -> None:
    source, target = drawing.boxes[edge.source], drawing.boxes[edge.target]
    if kind == "bracket":
        a, b = source.site(LEFT), target.site(LEFT)
        bar = a[0] - gap * 0.42
        _line(drawing, edge, LEFT, LEFT, [a, (bar, a[1]), (bar, b[1]), b], False)
    elif kind == "pairs":
        side = RIGHT if target.x < source.x else LEFT
        a, b = source.site(BOTTOM), target.site(side)
        _line(drawing, edge, BOTTOM, side, [a, (a[0], b[1]), b], False)
    else:
        a, b = source.site(BOTTOM), target.site(TOP)
        bus = b[1] - row_gap / 2
        _line(drawing, edge, BOTTOM, TOP, [a, (a[0], bus), (b[0], bus), b], False)


def _line(drawing: Drawing, edge: Edge, start: int, end: int, points: list[Point], arrow: bool = True) -> None:
    drawing.lines.append(Line(edge.source, start, edge.target, end, _tidy(points), arrow))


# ---- flowchart


@dataclass(slots=True)
class _Half:
    """One of the halves of a flowchart: its left edge and column widths in mm."""

    nodes: list[Node]
    x: float = 0.0
    main: float = 0.0
    gap: float = 0.0
    side: float = 0.0
    left_lanes: int = 0
    right_lanes: int = 0
    used: list[tuple[str, float, float]] = field(default_factory=list)

    @property
    def has_side(self) -> bool:
        return any(int(node.column) % 2 for node in self.nodes)


def _draw_flow(diagram: Diagram, width: float, look: Look) -> Drawing:
    return _FlowDrawing(diagram, width, look).drawing


class _FlowDrawing:
    def __init__(self, diagram: Diagram, width: float, look: Look) -> None:
        self.look = look
        self.nodes = {node.id: node for node in diagram.nodes}
        numbers = sorted({int(node.column) // 2 for node in diagram.nodes})
        self.halves = {
            number: _Half([node for node in diagram.nodes if int(node.column) // 2 == number]) for number in numbers
        }
        self._count_lanes(diagram)
        total = self._columns(width)
        self.drawing = Drawing(total, 0.0, look)
        self._rows()
        for edge in diagram.edges:
            self._route(edge)

    def _half(self, node: Node) -> _Half:
        return self.halves[int(node.column) // 2]

    def _count_lanes(self, diagram: Diagram) -> None:
        for edge in diagram.edges:
            source, target = self.nodes[edge.source], self.nodes[edge.target]
            half = self._half(source)
            if half is not self._half(target):
                continue
            steps = target.row - source.row
            if source.column == target.column and steps > 1:
                half.left_lanes += 1
            elif steps < 0 or (source.column > target.column and steps > 1):
                half.right_lanes += 1

    def _columns(self, width: float) -> float:
        """Widths of the columns; gives the width of the whole drawing."""
        halves = list(self.halves.values())
        gutter = 9.0
        lanes = sum(half.left_lanes + half.right_lanes for half in halves) * LANE
        free = (width - lanes - gutter * (len(halves) - 1)) / len(halves)
        x = 0.0
        for half in halves:
            if half.has_side:
                half.main, half.gap = min(64.0, free * 0.53), min(15.0, free * 0.11)
                half.side = min(48.0, free - half.main - half.gap)
            else:
                half.main = min(76.0, free * 0.9)
            half.x = x + half.left_lanes * LANE
            x = half.x + half.main + half.gap + half.side + half.right_lanes * LANE + gutter
        return x - gutter

    def _rows(self) -> None:
        for half in self.halves.values():
            rows: dict[int, list[tuple[Node, float, float]]] = {}
            for node in half.nodes:
                at_side = int(node.column) % 2
                w = half.side if at_side else half.main
                if node.shape == "terminal":
                    w = min(w, 34.0)
                rows.setdefault(int(node.row), []).append((node, w, box_height(node, w, self.look)))
            y = 0.0
            for number in sorted(rows):
                height = max(h for _, _, h in rows[number])
                for node, w, h in rows[number]:
                    at_side = int(node.column) % 2
                    centre = half.x + (half.main + half.gap + half.side / 2 if at_side else half.main / 2)
                    self.drawing.boxes[node.id] = Box(node, centre - w / 2, y + (height - h) / 2, w, h)
                y += height + self.look.gap
            self.drawing.height = max(self.drawing.height, y - self.look.gap)

    def _route(self, edge: Edge) -> None:
        source, target = self.drawing.boxes[edge.source], self.drawing.boxes[edge.target]
        a, b = source.node, target.node
        half = self._half(a)
        steps = b.row - a.row
        if half is not self._half(b):
            self._across(edge, source, target, half)
        elif a.column == b.column and steps == 1:
            self._join(edge, source, BOTTOM, target, TOP)
        elif a.column == b.column and steps > 1:
            self._lane_left(edge, source, target, half)
        elif a.column < b.column and steps == 0:
            self._join(edge, source, RIGHT, target, LEFT)
        elif a.column > b.column and steps == 1 and b.shape != "decision":
            self._join(edge, source, BOTTOM, target, RIGHT, lambda p, q: [(p[0], q[1])])
        else:
            self._lane_right(edge, source, target, half)

    def _join(
        self,
        edge: Edge,
        source: Box,
        start: int,
        target: Box,
        end: int,
        corners: Callable[[Point, Point], list[Point]] = lambda p, q: [],
    ) -> None:
        """A line from site to site with the corners between them, and its label at the start."""
        p, q = source.site(start), target.site(end)
        _line(self.drawing, edge, start, end, [p, *corners(p, q), q])
        if not edge.label:
            return
        size = self.look.sub
        w, h = text_width(edge.label, size) + 1.5, line_height(size)
        if start == BOTTOM:
            # a little above the middle, clear of the arrow head
            place = p[0] + 1.0, p[1] + max(0.0, (self.look.gap - h) / 2 - 0.6)
        elif start == RIGHT:
            place = p[0] + 0.6, p[1] - h - 0.2
        else:
            place = p[0] - w - 0.2, p[1] - h - 0.2
        self.drawing.labels.append(Label(edge.label, *place, w, h))

    def _at_side(self, half: _Half, first: float, last: float) -> bool:
        return any(int(node.column) % 2 and first <= node.row <= last for node in half.nodes)

    def _lane(self, half: _Half, where: str, first: float, last: float) -> int:
        """Number of the first lane at that side that is free between the rows."""
        number = 0
        while any(name == f"{where}{number}" and first <= high and low <= last for name, low, high in half.used):
            number += 1
        half.used.append((f"{where}{number}", first, last))
        return number

    def _lane_left(self, edge: Edge, source: Box, target: Box, half: _Half) -> None:
        lane = self._lane(half, "left", source.node.row, target.node.row)
        x = half.x - (lane + 1) * LANE
        self._join(edge, source, LEFT, target, LEFT, lambda p, q: [(x, p[1]), (x, q[1])])

    def _lane_right(self, edge: Edge, source: Box, target: Box, half: _Half) -> None:
        """Round the right side; into the target from above where its right side is taken."""
        low, high = sorted((source.node.row, target.node.row))
        lane = self._lane(half, "right", low, high)
        if self._at_side(half, low, high):
            x = half.x + half.main + half.gap + half.side + (lane + 1) * LANE
        else:
            x = half.x + half.main + LANE * (lane + 2)
        taken = self._at_side(half, target.node.row, target.node.row) or any(
            line.target == target.node.id and line.target_site == RIGHT for line in self.drawing.lines
        )
        if taken:
            y = target.y - self.look.gap / 2
            self._join(edge, source, RIGHT, target, TOP, lambda p, q: [(x, p[1]), (x, y), (q[0], y)])
        else:
            self._join(edge, source, RIGHT, target, RIGHT, lambda p, q: [(x, p[1]), (x, q[1])])

    def _across(self, edge: Edge, source: Box, target: Box, half: _Half) -> None:
        """Through the gutter between two halves into the left side of the first box of the next."""
        x = target.x - max(3.5, 9.0 / 2)
        free = source.node.shape != "decision" and (
            int(source.node.column) % 2 == 1 or not self._at_side(half, source.node.row, source.node.row)
        )
        if free:
            self._join(edge, source, RIGHT, target, LEFT, lambda p, q: [(x, p[1]), (x, q[1])])
            return
        y = source.y + source.h + self.look.gap * 0.8
        self.drawing.height = max(self.drawing.height, y + 1)
        self._join(edge, source, BOTTOM, target, LEFT, lambda p, q: [(p[0], y), (x, y), (x, q[1])])
