"""Flowcharts drawn once for several companies.

As a rule these differ in who does a step and how soon. That second line of a box moves nothing as long as it takes as
many lines, so a chart is drawn once for the numbers of lines; after that only the second lines are put in.
"""

from __future__ import annotations

from operator import attrgetter
from typing import NamedTuple

from docgen.document.model import Diagram
from docgen.writers.docx.diagram import EDGE, box_text, drawing_xml
from docgen.writers.docx.flow_drawing import LOOKS, draw_flow, second_lines
from docgen.writers.docx.geometry import line_count
from docgen.writers.docx.markup import Memo

_PLACE = "\x02"  # of a second line in the XML, which holds no such character
_CHARTS = 64  # kept; a company has some 30, each of about 26 KB
_MOST_FORMS = 4  # of one chart
_NODE = attrgetter("id", "text", "shape", "column", "row")
_LINK = attrgetter("source", "target", "label")
_SUB = attrgetter("sub")

Key = tuple[object, ...]


class Form(NamedTuple):
    """A drawing with a place for every second line. `height` is in mm, `ids` are those of the paragraphs in it."""

    xml: bytes
    nodes: tuple[int, ...]  # whose second lines these are, in the order of the places
    height: float
    ids: tuple[int, ...]
    following: int


class _Chart:
    """What is known of one flowchart: the forms and heights by look and numbers of lines."""

    def __init__(self) -> None:
        self.rooms: dict[int, tuple[tuple[int, float], ...]] = {}
        self.heights: dict[tuple[int, tuple[int, ...]], float] = {}
        self.forms: dict[tuple[int, tuple[int, ...]], Form] = {}


_charts: Memo[Key, _Chart] = Memo(_CHARTS)


def flow_xml(diagram: Diagram, width: float, limit: float, first_id: int, base: int) -> tuple[bytes, Form]:
    """The run that draws a flowchart within `width` × `limit` mm, and the form it was made from. Drawing ids are taken
    from `first_id` on, those of the paragraphs are made of `base`."""
    nodes = diagram.nodes
    subs = tuple(map(_SUB, nodes))
    key = (
        *map(_NODE, nodes), *map(_LINK, diagram.edges), *map(bool, subs),
        diagram.caption, width, limit, first_id, base,
    )  # fmt: skip
    chart = _charts.get(key)
    if chart is None:
        chart = _Chart()
        _charts.put(key, chart)
    form = _form(chart, diagram, subs, width - 2 * EDGE, limit, first_id, base)
    return form.xml % tuple(box_text(subs[number]).encode("utf-8") for number in form.nodes), form


def _form(
    chart: _Chart, diagram: Diagram, subs: tuple[str, ...], width: float, limit: float, first_id: int, base: int
) -> Form:
    for number, look in enumerate(LOOKS):
        rooms = chart.rooms.get(number)
        if rooms is None:
            rooms = chart.rooms[number] = second_lines(diagram, width, look)
        lines = tuple([line_count(subs[node], room, look.sub) for node, room in rooms])
        found = number, lines
        form = chart.forms.get(found)
        if form is not None:
            return form
        last = number == len(LOOKS) - 1
        height = chart.heights.get(found)
        if height is not None and height > limit and not last:
            continue
        drawing = draw_flow(diagram, width, look) if last else draw_flow(diagram, width, look, limit)
        chart.heights[found] = drawing.height
        if drawing.height > limit and not last:
            continue
        places = {node.id: place for place, node in enumerate(diagram.nodes)}
        shown = tuple(places[id] for id, box in drawing.boxes.items() if box.sub)
        for box in drawing.boxes.values():
            box.sub = box.sub and _PLACE
        xml, following, ids = drawing_xml(diagram, drawing, first_id, base)
        form = Form(
            xml.encode("utf-8").replace(b"%", b"%%").replace(_PLACE.encode(), b"%s"),
            shown,
            drawing.height + 2 * EDGE,
            tuple(ids),
            following,
        )
        if len(chart.forms) >= _MOST_FORMS:
            chart.forms.clear()
            chart.heights.clear()
        chart.forms[found] = form
        return form
    raise AssertionError  # the last look is taken whatever its height
