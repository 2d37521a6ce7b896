"""Diagrams and charts as the body sees them: the XML of a run and its height."""

from __future__ import annotations

from dataclasses import field
from math import ceil

from docgen.document.model import Chart, Diagram
from docgen.records import dataclass
from docgen.writers.docx.looks import POINTS_PER_MM
from docgen.writers.docx.markup import Memo
from docgen.writers.docx.media import Media
from docgen.writers.docx.page import TWIPS_PER_MM, Page
from docgen.writers.package import member

_CHART_MM = 150.0
_RESERVED_MM = 24.0  # heading and caption that share the page with a diagram
_BELOW_MM = 12.0  # its caption alone, and the inaccuracy of estimates
_KEPT = 4  # charts of an organisation, about 26 KB each; a client that is built again has the same ones


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing as run content, its height in mm, and the ids of the paragraphs inside it."""

    xml: bytes
    height_mm: float
    ids: list[int] = field(default_factory=list)


_trees: Memo[tuple[object, ...], tuple[Drawn, int]] = Memo(_KEPT)


def diagram(block: Diagram, page: Page, media: Media, base: int, above: float, room: float) -> Drawn:
    """An organisation chart or flowchart, as wide as the page allows. It stays on the page of what is `above` points
    high before it; a flowchart that needs little more than the `room` left on that page is made lower."""
    width = page.text_width / TWIPS_PER_MM
    reserved = max(_RESERVED_MM, ceil(above / POINTS_PER_MM + _BELOW_MM))
    limit = page.text_height / TWIPS_PER_MM - reserved
    if block.kind == "flow":
        from docgen.writers.docx.flow_forms import flow_xml

        xml, form = flow_xml(block, width, limit, room / POINTS_PER_MM - _BELOW_MM, media.next_id, base)
        media.next_id = form.following
        return Drawn(xml, form.height, list(form.ids))
    nodes = tuple((n.id, n.text, n.shape, n.column, n.row, n.sub) for n in block.nodes)
    edges = tuple((e.source, e.target, e.label) for e in block.edges)
    key = (block.caption, nodes, edges, width, limit, media.next_id, base)
    found = _trees.get(key)
    if found is None:
        found = _tree(block, width, limit, media.next_id, base)
        _trees.put(key, found)
    drawn, media.next_id = found
    return drawn


def _tree(block: Diagram, width: float, limit: float, first_id: int, base: int) -> tuple[Drawn, int]:
    from docgen.writers.docx.diagram import diagram_size, diagram_xml

    xml, following, ids = diagram_xml(block, width_mm=width, id_start=first_id, max_height_mm=limit, base=base)
    return Drawn(xml.encode("utf-8"), diagram_size(block, width, max_height_mm=limit)[1], ids), following


def chart(block: Chart, page: Page, media: Media) -> Drawn:
    """A native chart; its parts go to `media`."""
    from docgen.writers.docx.chart import chart_parts, chart_size, chart_xml

    width = min(page.text_width / TWIPS_PER_MM, _CHART_MM)
    number = len(media.charts) + 1
    parts = chart_parts(block, number)
    media.charts.append([member(name, data, store=name.endswith(".xlsx")) for name, data in parts.items()])
    xml = chart_xml(block, f"rIdChart{number}", media.take_id(), width_mm=width)
    return Drawn(xml.encode("utf-8"), chart_size(block, width)[1])
