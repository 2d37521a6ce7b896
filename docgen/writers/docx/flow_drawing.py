"""Flowcharts in millimetres: columns, rows, and the lines between the boxes.

How a line runs follows from the places of the two boxes it joins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace
from math import inf

from docgen.document.model import Diagram, Edge, Node
from docgen.records import dataclass
from docgen.writers.docx.geometry import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    Box,
    Drawing,
    Label,
    Look,
    Point,
    add_line,
    line_count,
    line_height,
    place,
    shows_second_line,
    text_room,
    text_width,
)

LOOKS = (
    Look(10.5, 9, 6.5),
    Look(10, 9, 5.5),
    Look(9, 9, 4.8, 1.2),
    Look(9, 8, 4.4, 0.8),
    Look(8.5, 8, 4, 0.5),
    Look(10, 9, 5.5, 1.4, False),
    Look(9, 8.5, 4.8, 1.0, False),
    Look(8.5, 8, 4, 0.5, False),
)
LANE = 2.6  # mm between parallel lines
GUTTER = 9.0  # mm between the halves of a flowchart
ARROW = 2.0  # mm an arrow head needs before the box
NARROW = 9.5  # the largest text where a flowchart stands in two halves


@dataclass(slots=True)
class _Half:
    """One of the halves of a flowchart: its left edge and column widths in mm."""

    nodes: list[Node]
    x: float = 0.0
    main: float = 0.0
    gap: float = 0.0
    side: float = 0.0
    used: list[tuple[str, int, float, float]] = field(default_factory=list)

    @property
    def has_side(self) -> bool:
        return any(int(node.column) % 2 for node in self.nodes)

    def lane(self, where: str, first: float, last: float) -> int:
        """Take the first lane at that side that is free between the rows."""
        number = 0
        while any(side == where and n == number and first <= high and low <= last for side, n, low, high in self.used):
            number += 1
        self.used.append((where, number, first, last))
        return number

    def lanes(self, where: str) -> int:
        """How many lanes there are at that side."""
        return max((number + 1 for side, number, _, _ in self.used if side == where), default=0)


def draw_flow(diagram: Diagram, width: float, look: Look, max_height: float = inf) -> Drawing:
    """Place the boxes and lines of a flowchart within `width` mm; only the boxes where they alone are higher than
    `max_height` mm."""
    flow = _FlowDrawing(diagram, width, look)
    if flow.drawing.height <= max_height:
        flow.route(diagram)
    return flow.drawing


Measure = tuple[float, float, bool]  # room in mm and size in points of a box's text, whether a second line is shown


def measures(diagram: Diagram, width: float, look: Look) -> tuple[Measure, ...]:
    """What the numbers of lines of the nodes depend on beside their words."""
    flow = _FlowDrawing(diagram, width, look)
    return tuple(
        (text_room(node, flow.width(node)), flow.points(node), shows_second_line(node, flow.look))
        for node in diagram.nodes
    )


class _FlowDrawing:
    def __init__(self, diagram: Diagram, width: float, look: Look) -> None:
        self.nodes = {node.id: node for node in diagram.nodes}
        self.edges = diagram.edges
        numbers = sorted({int(node.column) // 2 for node in diagram.nodes})
        self.halves = {
            number: _Half([node for node in diagram.nodes if int(node.column) // 2 == number]) for number in numbers
        }
        if len(self.halves) > 1 and look.title > NARROW:
            look = replace(look, title=NARROW)
        self.look = look
        self.lanes: dict[Edge, int] = {}
        self._assign_lanes(diagram)
        total = self._columns(width)
        self.drawing = Drawing(total, 0.0, look)
        self._rows()

    def route(self, diagram: Diagram) -> None:
        """Add the lines."""
        for edge in diagram.edges:
            self._route(edge)

    def _half(self, node: Node) -> _Half:
        return self.halves[int(node.column) // 2]

    def _assign_lanes(self, diagram: Diagram) -> None:
        """Give every line that runs beside the boxes the first lane that is free between its rows."""
        for edge in diagram.edges:
            source, target = self.nodes[edge.source], self.nodes[edge.target]
            half = self._half(source)
            steps = target.row - source.row
            if half is not self._half(target) or source.column < target.column:
                continue
            low, high = sorted((source.row, target.row))
            if source.column == target.column and steps > 1:
                self.lanes[edge] = half.lane("left", low, high)
            elif steps < 0 or (source.column > target.column and (steps != 1 or target.shape == "decision")):
                self.lanes[edge] = half.lane("right", low, high)

    def _columns(self, width: float) -> float:
        """Widths of the columns; gives the width of the whole drawing."""
        halves = list(self.halves.values())
        lanes = sum(half.lanes(where) for half in halves for where in ("left", "right")) * LANE
        free = (width - lanes - GUTTER * (len(halves) - 1)) / len(halves)
        x = 0.0
        for half in halves:
            if half.has_side:
                half.main, half.gap = min(64.0, free * 0.53), min(15.0, free * 0.11)
                half.side = min(48.0, free - half.main - half.gap)
            else:
                # room for the label of a line that leaves at the right
                half.gap = 2 * LANE if half.lanes("right") else 0.0
                half.main = min(76.0, free * 0.9 - half.gap)
            half.x = x + half.lanes("left") * LANE
            x = half.x + half.main + half.gap + half.side + half.lanes("right") * LANE + GUTTER
        return x - GUTTER

    def width(self, node: Node) -> float:
        """Of a box, in mm."""
        half = self._half(node)
        width = half.side if int(node.column) % 2 else half.main
        return min(width, 34.0) if node.shape == "terminal" else width

    def points(self, node: Node) -> float:
        """Size of the text of a box."""
        small = int(node.column) % 2 or (node.shape == "decision" and len(self.halves) > 1)
        return self.look.sub if small else self.look.title

    def _rows(self) -> None:
        for half in self.halves.values():
            rows: dict[int, list[Box]] = {}
            for node in half.nodes:
                at_side = int(node.column) % 2
                width = self.width(node)
                box = self.drawing.boxes[node.id] = place(node, width, self.look, self.points(node))
                middle = half.x + (half.main + half.gap + half.side / 2 if at_side else half.main / 2)
                box.x = middle - width / 2
                rows.setdefault(int(node.row), []).append(box)
            y = 0.0
            for number in sorted(rows):
                height = max(box.h for box in rows[number])
                for box in rows[number]:
                    box.y = y + (height - box.h) / 2
                self.drawing.height = max(self.drawing.height, y + height)
                y += height + self._gap(rows[number])

    def _gap(self, row: list[Box]) -> float:
        """Room under a row; under a decision the label and the arrow head stand above one another."""
        decisions = [box.node for box in row if box.node.shape == "decision"]
        if not decisions:
            return self.look.gap
        lines = max(self._label(decision, label)[1] for decision in decisions for label in self._down(decision))
        return max(self.look.gap, lines * line_height(self.look.sub) + ARROW + 0.2)

    def _down(self, decision: Node) -> list[str]:
        """The labels under a decision; an empty one where there is none."""
        found = [e.label for e in self.edges if e.source == decision.id and self.nodes[e.target].column % 2 == 0]
        return found or [""]

    def _label(self, node: Node, text: str) -> tuple[float, int]:
        """Width in mm and number of lines of a label under a box; it ends before the boxes at the side."""
        half = self._half(node)
        room = half.main / 2 + half.gap - 2.5
        wide = text_width(text, self.look.sub) + 1.5
        return (wide, 1) if wide <= room else (room, line_count(text, room - 1, self.look.sub))

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
        add_line(self.drawing, edge, start, end, [p, *corners(p, q), q])
        if not edge.label:
            return
        size = self.look.sub
        w, h = text_width(edge.label, size) + 1.5, line_height(size)
        if start == BOTTOM:
            w, lines = self._label(source.node, edge.label)
            h *= lines
            corner = p[0] + 1.0, p[1]
        elif start == RIGHT:
            corner = p[0] + 0.6, p[1] - h - 0.2
        else:
            corner = max(p[0] - w - 0.2, 0.0), p[1] - h - 0.2
        self.drawing.labels.append(Label(edge.label, *corner, w, h))

    def _at_side(self, half: _Half, first: float, last: float) -> bool:
        return any(int(node.column) % 2 and first <= node.row <= last for node in half.nodes)

    def _lane_left(self, edge: Edge, source: Box, target: Box, half: _Half) -> None:
        x = half.x - (self.lanes[edge] + 1) * LANE
        self._join(edge, source, LEFT, target, LEFT, lambda p, q: [(x, p[1]), (x, q[1])])

    def _lane_right(self, edge: Edge, source: Box, target: Box, half: _Half) -> None:
        """Round the right side; into the target from above where its right side is taken."""
        low, high = sorted((source.node.row, target.node.row))
        lane = self.lanes[edge]
        if self._at_side(half, low, high) or not half.has_side:
            x = half.x + half.main + half.gap + half.side + (lane + 1) * LANE
        else:
            x = half.x + half.main + LANE * (lane + 2)
        if self._at_side(half, target.node.row, target.node.row):
            y = target.y - ARROW
            self._join(edge, source, RIGHT, target, TOP, lambda p, q: [(x, p[1]), (x, y), (q[0], y)])
        else:
            self._join(edge, source, RIGHT, target, RIGHT, lambda p, q: [(x, p[1]), (x, q[1])])

    def _across(self, edge: Edge, source: Box, target: Box, half: _Half) -> None:
        """Through the gutter between two halves into the left side of the first box of the next."""
        x = target.x - GUTTER / 2
        free = source.node.shape != "decision" and not self._at_side(half, source.node.row, source.node.row)
        joined = any(line.target == edge.source and line.target_site == RIGHT for line in self.drawing.lines)
        if int(source.node.column) % 2 or (free and not joined):
            self._join(edge, source, RIGHT, target, LEFT, lambda p, q: [(x, p[1]), (x, q[1])])
            return
        lines = self._label(source.node, edge.label)[1]
        y = source.y + source.h + lines * line_height(self.look.sub) + 0.4
        self.drawing.height = max(self.drawing.height, y + 1)
        self._join(edge, source, BOTTOM, target, LEFT, lambda p, q: [(p[0], y), (x, y), (x, q[1])])
