"""What a paragraph role means on a page of one width: its opening XML and its sizes, prepared once."""

from __future__ import annotations

import re

from docgen.records import dataclass
from docgen.writers.docx.styles import Metric
from docgen.writers.layout import line_count

POINTS_PER_MM = 72 / 25.4
_HANGING = tuple(f"{mark}</w:t></w:r>".encode() for mark in "\uff0c\u3002\u3001\uff1b\uff1a")
_WORDS = re.compile(rb">([^<]+)")


@dataclass(slots=True, eq=False)
class Look:
    """`head` is an open `w:pPr` with the style; `opening` and `kept` are whole ones, `kept` with keep-with-next.
    Lengths in points."""

    style: str
    head: bytes
    opening: bytes
    kept: bytes
    room: float  # half characters a line
    first: float  # half characters the first line is indented
    height: float
    before: float
    after: float
    keep_next: bool
    keep_lines: bool


def look(style: str, metric: Metric, width: float) -> Look:
    """The look of a style in a column of `width` points."""
    head = f'<w:pPr><w:pStyle w:val="{style}"/>'.encode()
    room = max((width - metric.left - metric.right) * 2 / metric.size, 2.0)
    return Look(
        style,
        head,
        head + b"</w:pPr>",
        head + b"<w:keepNext/></w:pPr>",
        room,
        max(metric.first, 0.0) * 2 / metric.size,
        metric.height,
        metric.before + metric.above,
        metric.after + metric.below,
        metric.keep_next,
        metric.keep_lines,
    )


def paragraph_lines(xml: bytes, units: int, breaks: int, look: Look) -> int:
    """Lines of a paragraph of `units` half characters. A full stop or the like may stand beyond the edge; what is
    between forced breaks is taken by its share of the text."""
    if xml.endswith(_HANGING):
        units -= 2
    if not breaks:
        return line_count(units, 0, look.room, look.first)
    shares = [sum(map(len, _WORDS.findall(piece))) for piece in xml.split(b"<w:br/>")]
    whole = sum(shares) or 1
    first = [look.first, *[0.0] * breaks]
    return sum(
        line_count(round(units * share / whole), 0, look.room, indent)
        for share, indent in zip(shares, first, strict=False)
    )
