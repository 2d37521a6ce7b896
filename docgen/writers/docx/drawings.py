"""Diagrams and charts as the body sees them: the XML of a run and its height."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docgen.document.model import Chart, Diagram
from docgen.writers.docx.markup import para_id
from docgen.writers.docx.media import EMU_PER_MM, Media
from docgen.writers.docx.page import TWIPS_PER_MM, Page
from docgen.writers.package import member

_CHART_MM = 150.0
_RESERVED_MM = 24.0  # heading and caption that share the page with a diagram
_EXTENT = re.compile(r'<wp:extent cx="\d+" cy="(\d+)"')
_ID = re.compile(r'(?<= w14:paraId=")[0-9A-F]{8}(?=")')


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing as run content, its height in mm, and the ids of the paragraphs inside it."""

    xml: str
    height_mm: float
    ids: list[str] = field(default_factory=list)


def diagram(block: Diagram, page: Page, media: Media, base: int) -> Drawn:
    """An organisation chart or flowchart, as wide as the page allows."""
    from docgen.writers.docx.diagram import diagram_xml

    width = page.text_width / TWIPS_PER_MM
    limit = page.text_height / TWIPS_PER_MM - _RESERVED_MM
    xml, media.next_id = diagram_xml(block, width_mm=width, id_start=media.next_id, max_height_mm=limit)
    extent = _EXTENT.search(xml)
    height = int(extent.group(1)) / EMU_PER_MM if extent else limit
    ids: list[str] = []

    def renew(_: re.Match[str]) -> str:
        ids.append(para_id(base + (len(ids) + 5) * 0x9E3779B1))
        return ids[-1]

    xml = _ID.sub(renew, xml)
    return Drawn(xml, height, ids)


def chart(block: Chart, page: Page, media: Media) -> Drawn:
    """A native chart; its parts go to `media`."""
    from docgen.writers.docx.chart import chart_parts, chart_size, chart_xml

    width = min(page.text_width / TWIPS_PER_MM, _CHART_MM)
    number = len(media.charts) + 1
    parts = chart_parts(block, number)
    media.charts.append([member(name, data, store=name.endswith(".xlsx")) for name, data in parts.items()])
    xml = chart_xml(block, f"rIdChart{number}", media.take_id(), width_mm=width)
    return Drawn(xml, chart_size(block, width)[1])
