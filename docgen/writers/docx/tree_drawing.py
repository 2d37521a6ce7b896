"""Organisation charts in millimetres.

How the lines run follows from the places of the boxes: from above, at the left of a stack, or on both sides of a line.
"""

from __future__ import annotations

from collections import Counter

from docgen.document.model import Diagram, Edge, Node
from docgen.writers.docx.geometry import BOTTOM, INSET, LEFT, RIGHT, TOP, Drawing, Look, add_line, place, text_width

LOOKS = (Look(10.5, 9, 9, 2), Look(9, 9, 8, 1.6), Look(9, 8, 7, 1), Look(8.5, 8, 6, 0.6))


def draw_tree(diagram: Diagram, width: float, look: Look) -> Drawing:
    """Place the boxes and lines of an organisation chart within `width` mm."""
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
    in_row = Counter(int(node.row) for node in nodes)
    kinds = {id: _kind(by_id[id], below) for id, below in children.items()}
    margin = gap / 2 if "bracket" in kinds.values() else 0.0
    drawing = Drawing(columns * pitch - gap + 2 * margin, 0.0, look)
    for node in nodes:
        width_of = box
        if in_row[int(node.row)] == 1 and kinds.get(node.id) == "tree":
            # alone in its row, a long name may take more room
            width_of = min(max(box, text_width(node.text, look.title) + 2 * INSET + 2), 2 * box, drawing.width)
        shape = drawing.boxes[node.id] = place(node, width_of, look, look.title)
        shape.x = (node.column - first) * pitch + margin + (box - width_of) / 2
    from_above = {int(node.row) for id, below in children.items() if kinds[id] == "tree" for node in below}
    y = 0.0
    for row in range(int(max(node.row for node in nodes)) + 1):
        if row:
            y += look.gap if row in from_above else look.gap * 0.4
        shapes = [shape for shape in drawing.boxes.values() if int(shape.node.row) == row]
        height = max((shape.h for shape in shapes), default=0.0)
        for shape in shapes:
            shape.y, shape.h = y, height
        y += height
    drawing.height = y
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
        add_line(drawing, edge, LEFT, LEFT, [a, (bar, a[1]), (bar, b[1]), b], False)
    elif kind == "pairs":
        side = RIGHT if target.x < source.x else LEFT
        a, b = source.site(BOTTOM), target.site(side)
        add_line(drawing, edge, BOTTOM, side, [a, (a[0], b[1]), b], False)
    else:
        a, b = source.site(BOTTOM), target.site(TOP)
        bus = b[1] - row_gap / 2
        add_line(drawing, edge, BOTTOM, TOP, [a, (a[0], bus), (b[0], bus), b], False)
