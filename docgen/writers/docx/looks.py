"""What a paragraph role means on a page of one width: its opening XML and its sizes, prepared once."""

from __future__ import annotations

from docgen.records import dataclass
from docgen.writers.docx.styles import Metric

POINTS_PER_MM = 72 / 25.4


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
        metric.before,
        metric.after,
        metric.keep_next,
        metric.keep_lines,
    )
