"""Flowcharts drawn once for several companies.

Two companies' charts of one process differ in words: who does a step, how soon, a post in a question. Words move
nothing as long as they take as many lines, so a chart is drawn once for the numbers of lines; after that only the
words are put in.
"""

from __future__ import annotations

from operator import attrgetter
from typing import NamedTuple

from docgen.document.model import Diagram
from docgen.writers.docx.diagram import EDGE, box_name, box_text, drawing_xml
from docgen.writers.docx.flow_drawing import LOOKS, Measure, draw_flow, measures
from docgen.writers.docx.geometry import broken, line_count
from docgen.writers.docx.markup import Memo

_CHARTS = 64  # kept; a company has some 30, each of about 26 KB
_MOST_FORMS = 4  # of one chart
_MOST_HEIGHTS = 64
_LAST = len(LOOKS) - 1
_LOWEST = 0.7  # the share of its height a smaller look takes at the least
_LEAST = 0.4  # the same without second lines
_NODE = attrgetter("id", "shape", "column", "row")
_LINK = attrgetter("source", "target", "label")

# Places of words in the XML, which holds no such characters: of a text, a second line and the name of a shape.
_TEXT, _SUB, _NAME = "\x02", "\x03", "\x04"

Key = tuple[object, ...]
Lines = tuple[int, tuple[int, ...]]  # number of the look, lines of each text and second line


class Form(NamedTuple):
    """A drawing with places for its words. `height` is in mm, `ids` are those of the paragraphs in it."""

    xml: bytes
    words: tuple[tuple[str, int], ...]  # which words of which node, in the order of the places
    height: float
    ids: tuple[int, ...]
    following: int


class Tried(NamedTuple):
    """A flowchart in one look: what its form depends on, the texts as they are broken into lines, its height in mm."""

    lines: Lines
    texts: list[str]
    height: float


class _Chart:
    """What is known of one flowchart: the forms and heights by look and numbers of lines."""

    def __init__(self) -> None:
        self.measures: dict[int, tuple[Measure, ...]] = {}
        self.heights: dict[Lines, float] = {}
        self.forms: dict[Lines, Form] = {}


_charts: Memo[Key, _Chart] = Memo(_CHARTS)


def flow_xml(diagram: Diagram, width: float, limit: float, room: float, first_id: int, base: int) -> tuple[bytes, Form]:
    """The run that draws a flowchart within `width` × `limit` mm, and the form it was made from: where a look that is a
    little lower, or one without second lines, fits the `room` left on the page, that one. Drawing ids are taken from
    `first_id` on, those of the paragraphs are made of `base`."""
    nodes = diagram.nodes
    key = (
        *map(_NODE, nodes), *map(_LINK, diagram.edges), *((bool(node.text), bool(node.sub)) for node in nodes),
        diagram.caption, width, limit, first_id, base,
    )  # fmt: skip
    chart = _charts.get(key)
    if chart is None:
        chart = _Chart()
        _charts.put(key, chart)
    width -= 2 * EDGE
    found = next(
        tried
        for number in range(len(LOOKS))
        if (tried := _try(chart, number, diagram, width, limit)).height <= limit + 2 * EDGE or number == _LAST
    )
    if _LEAST * found.height < room < found.height:
        found = _lower(chart, found, diagram, width, limit, room)
    form = chart.forms.get(found.lines) or _form(chart, found, diagram, width, first_id, base)
    texts = found.texts
    words = {
        _TEXT: lambda place: box_text(texts[place]),
        _SUB: lambda place: box_text(nodes[place].sub),
        _NAME: lambda place: box_name(nodes[place]),
    }
    return form.xml % tuple(words[kind](place).encode("utf-8") for kind, place in form.words), form


def _lower(chart: _Chart, found: Tried, diagram: Diagram, width: float, limit: float, room: float) -> Tried:
    """The chart in the largest look that fits `room`; as it was found where none does."""
    lowest = _try(chart, _LAST, diagram, width, limit)
    if lowest.height > room:
        return found
    for number in range(found.lines[0] + 1, _LAST):
        if LOOKS[number].subs and _LOWEST * found.height >= room:
            continue
        tried = _try(chart, number, diagram, width, limit)
        if tried.height <= room:
            return tried
    return lowest


def _try(chart: _Chart, number: int, diagram: Diagram, width: float, limit: float) -> Tried:
    """How high the chart is in one look; where it is too high, its boxes alone."""
    look = LOOKS[number]
    measured = chart.measures.get(number)
    if measured is None:
        measured = chart.measures[number] = measures(diagram, width, look)
    texts: list[str] = []
    lines: list[int] = []
    for node, (room, points, shows_sub) in zip(diagram.nodes, measured, strict=True):
        text = broken(node.text, room, points)
        texts.append(text)
        lines.append(line_count(text, room, points))
        if shows_sub:
            lines.append(line_count(node.sub, room, look.sub))
    counted = number, tuple(lines)
    height = chart.heights.get(counted)
    if height is None:
        if len(chart.heights) >= _MOST_HEIGHTS:
            chart.heights.clear()
        drawing = draw_flow(diagram, width, look) if number == _LAST else draw_flow(diagram, width, look, limit)
        height = chart.heights[counted] = drawing.height + 2 * EDGE
    return Tried(counted, texts, height)


def _form(chart: _Chart, tried: Tried, diagram: Diagram, width: float, first_id: int, base: int) -> Form:
    """The form in the look that was tried."""
    drawing = draw_flow(diagram, width, LOOKS[tried.lines[0]])
    for box in drawing.boxes.values():
        box.text, box.sub = box.text and _TEXT, box.sub and _SUB
    xml, following, ids = drawing_xml(diagram, drawing, first_id, base, name=lambda node: _NAME)
    places = {node.id: place for place, node in enumerate(diagram.nodes)}
    order = [
        (_NAME, places[id], _TEXT if box.text else "", _SUB if box.sub else "") for id, box in drawing.boxes.items()
    ]
    words = tuple((kind, place) for name, place, text, sub in order for kind in (name, text, sub) if kind)
    packed = xml.encode("utf-8").replace(b"%", b"%%")
    for kind in (_TEXT, _SUB, _NAME):
        packed = packed.replace(kind.encode(), b"%s")
    form = Form(packed, words, drawing.height + 2 * EDGE, tuple(ids), following)
    if len(chart.forms) >= _MOST_FORMS:
        chart.forms.clear()
    chart.forms[tried.lines] = form
    return form
