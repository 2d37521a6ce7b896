"""The text writer: a document as a person reads it, for `docgen show` and for goldens."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.document import (
    Block,
    Break,
    Chart,
    Contents,
    Diagram,
    Document,
    Gap,
    Heading,
    Inline,
    ListItem,
    PageBreak,
    Paragraph,
    Picture,
    Proposed,
    Section,
    Table,
)
from docgen.messages.marks import gap_text


def write_text(document: Document) -> str:
    """One line a paragraph, `#` before headings, bars around cells, ‹…› around proposed values."""
    lines = [f"{document.number} {document.title} {document.version}", ""]
    counter: dict[tuple[int, int], int] = {}
    for block in document.blocks:
        lines.extend(_lines(block, counter))
    return "\n".join(lines).rstrip() + "\n"


def inline_text(inlines: Iterable[Inline]) -> str:
    """Inlines as one string."""
    return "".join(_inline(i) for i in inlines)


def _inline(inline: Inline) -> str:
    if isinstance(inline, str):
        return inline.replace("\n", " ⏎ ")
    if isinstance(inline, Gap):
        return gap_text(inline.label)
    if isinstance(inline, Proposed):
        return f"‹{inline.text}›"
    if isinstance(inline, Break):
        return " ⏎ "
    if isinstance(inline, Picture):
        return f"[{inline.alt or inline.format}]"
    return inline.text


def _lines(block: Block, counter: dict[tuple[int, int], int]) -> list[str]:
    if isinstance(block, Heading):
        title = f"{block.label} {inline_text(block.inlines)}".strip()
        return ["", f"{'#' * block.level} {title}", ""]
    if isinstance(block, Paragraph):
        text = inline_text(block.inlines)
        return [text if block.role == "body" else f"[{block.role}] {text}", ""]
    if isinstance(block, ListItem):
        mark = "-"
        if block.ordered:
            key = (block.list_id, block.level)
            counter[key] = counter.get(key, 0) + 1
            mark = f"{counter[key]}."
        return [f"{'  ' * block.level}{mark} {inline_text(block.inlines)}"]
    if isinstance(block, Table):
        return ["", *([f"[{block.caption}]"] if block.caption else []), *_table(block), ""]
    if isinstance(block, Diagram):
        nodes = {node.id: node for node in block.nodes}
        lines = [f"[{block.kind}: {block.caption}]"]
        lines += [f"  {node.text}{f' ({node.sub})' if node.sub else ''}" for node in block.nodes]
        lines += [
            f"  {nodes[e.source].text} → {nodes[e.target].text}{f' [{e.label}]' if e.label else ''}"
            for e in block.edges
            if e.source in nodes and e.target in nodes
        ]
        return ["", *lines, ""]
    if isinstance(block, Chart):
        lines = [f"[{block.kind}: {block.title}]"]
        lines += [
            f"  {s.name}: " + ", ".join(f"{c} {v:g}" for c, v in zip(block.categories, s.values, strict=False))
            for s in block.series
        ]
        return ["", *lines, ""]
    if isinstance(block, Section):
        return ["", "---- landscape" if block.landscape else "---- portrait", ""]
    if isinstance(block, PageBreak):
        return ["", "----", ""]
    assert isinstance(block, Contents)
    return ["", f"[{block.title}]", ""]


def _table(table: Table) -> list[str]:
    lines = []
    for row in table.rows:
        cells = []
        for cell in row.cells:
            spans = (f"→{cell.colspan}" if cell.colspan > 1 else "") + (f"↓{cell.rowspan}" if cell.rowspan > 1 else "")
            cells.append(inline_text(cell.inlines) + (f" {spans}" if spans else ""))
        lines.append(f"| {' | '.join(cells)} |")
        if row.header:
            lines.append(f"|{'---|' * len(row.cells)}")
    return lines
