"""From a paragraph or row to the pieces the page estimate works with."""

from __future__ import annotations

from docgen.writers.docx.inlines import Content
from docgen.writers.docx.styles import Metric
from docgen.writers.layout import Flow, line_count

POINTS_PER_MM = 72 / 25.4


def paragraph_flow(
    metric: Metric, content: Content, width: float, *, heading: int = -1, keep: bool = False
) -> Flow:
    """A paragraph in a column of `width` points."""
    lines = line_count(
        content.units, content.breaks, width - metric.left - metric.right, metric.size, max(metric.first, 0.0)
    )
    height = metric.height
    if content.picture_mm:
        height = max(height, content.picture_mm * POINTS_PER_MM * 1.02)
    return Flow(
        lines, height, metric.before, metric.after, keep or metric.keep_next, metric.keep_lines, heading
    )
