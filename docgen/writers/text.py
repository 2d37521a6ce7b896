"""Documents as readable text, for `docgen show` and for comparisons in tests. No line is wrapped."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from docgen.document.model import (
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
    Reference,
    Section,
    Table,
    Text,
)
from docgen.messages.marks import gap_text

_BULLETS = ("-", "*", "+")


def write_text(document: Document) -> str:
    """The whole document as text.

    Headings carry their numbers, proposals stand in ‹›, gaps in 【】. In tables `<` marks a cell joined to the one at
    its left, `^` to the one above. Diagrams list their boxes and where each leads; charts are tables.
    """
    lines = [" ".join(filter(None, (document.number, document.title, document.version)))]
    if document.notice:
        lines += ["", f"! {document.notice}"]
    counters: dict[tuple[int, int], int] = {}
    after_item = False
    for block in document.blocks:
        is_item = isinstance(block, ListItem)
        made = _list_item(block, counters) if isinstance(block, ListItem) else _block(block)
        if not made:
            continue
        if not (is_item and after_item):
            lines.append("")
        lines += made
        after_item = is_item
    return "\n".join(lines) + "\n"


def plain_text(inlines: Iterable[Inline], *, break_text: str = "\n") -> str:
    """Inlines as text: gaps as 【待补充：…】, proposals in ‹›, references and pictures as their words."""
    return "".join([_inline(inline, break_text) for inline in inlines])


def _inline(inline: Inline, break_text: str) -> str:
    if isinstance(inline, str):
        return inline.replace("\n", break_text)
    if isinstance(inline, (Text, Reference)):
        return inline.text
    if isinstance(inline, Break):
        return break_text
    if isinstance(inline, Gap):
        return gap_text(inline.label)
    if isinstance(inline, Proposed):
        return f"‹{inline.text}›"
    return f"[{inline.alt or inline.format}]" if isinstance(inline, Picture) else ""


def _one_line(inlines: Iterable[Inline]) -> str:
    return plain_text(inlines, break_text=" ⏎ ")


def _block(block: Block) -> list[str]:
    return _WRITERS[type(block)](block)


def _heading(block: Heading) -> list[str]:
    text = _one_line(block.inlines)
    return [f"{'#' * block.level} {block.label + ' ' if block.label else ''}{text}"]


def _paragraph(block: Paragraph) -> list[str]:
    text = _one_line(block.inlines)
    if not text.strip():
        return []
    return [text if block.role == "body" else f"[{block.role}] {text}"]


def _list_item(block: ListItem, counters: dict[tuple[int, int], int]) -> list[str]:
    mark = _BULLETS[block.level % len(_BULLETS)]
    for key in [key for key in counters if key[0] == block.list_id and key[1] > block.level]:
        del counters[key]
    if block.ordered:
        key = block.list_id, block.level
        counters[key] = counters.get(key, 0) + 1
        mark = f"{counters[key]}."
    return [f"{'  ' * block.level}{mark} {_one_line(block.inlines)}"]


def _table(block: Table) -> list[str]:
    rows, header = _grid(block)
    lines = [block.caption] if block.caption else []
    return lines + _aligned(rows, header)


def _grid(table: Table) -> tuple[list[list[str]], int]:
    """The cells by row and column with the marks of joined cells, and the number of header rows."""
    rows: list[list[str]] = []
    below: dict[int, int] = {}  # column → rows still covered from above
    for row in table.rows:
        line: list[str] = []
        cells = iter(row.cells)
        while True:
            while below.get(len(line), 0):
                below[len(line)] -= 1
                line.append("^")
            cell = next(cells, None)
            if cell is None:
                break
            start = len(line)
            line += [_one_line(cell.inlines)] + ["<"] * (cell.colspan - 1)
            for column in range(start, len(line)):
                below[column] = cell.rowspan - 1
        rows.append(line)
    header = 0
    while header < len(table.rows) and table.rows[header].header:
        header += 1
    return rows, header


def _aligned(rows: list[list[str]], header: int) -> list[str]:
    columns = max((len(row) for row in rows), default=0)
    rows = [[text.replace("|", "\\|") for text in row] + [""] * (columns - len(row)) for row in rows]
    widths = [max((_width(row[column]) for row in rows), default=0) for column in range(columns)]
    lines = [
        "| " + " | ".join(text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    if header:
        lines.insert(header, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return lines


def _width(text: str) -> int:
    """Columns of a terminal: wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _diagram(block: Diagram) -> list[str]:
    names = {node.id: node.text.replace("\n", " ") for node in block.nodes}
    lines = [f"[{block.kind}] {block.caption}".rstrip()]
    if block.kind == "organization":
        parents = {edge.target: edge.source for edge in block.edges}
        for node in block.nodes:
            depth, id = 1, node.id
            while id in parents:
                depth, id = depth + 1, parents[id]
            lines.append(f"{'  ' * depth}{names[node.id]}{f' ({node.sub})' if node.sub else ''}")
        return lines
    for node in block.nodes:
        lines.append(f"  {names[node.id]}{f' ({node.sub})' if node.sub else ''}")
        for edge in block.edges:
            if edge.source == node.id:
                lines.append(f"    {f'{edge.label} ' if edge.label else ''}→ {names[edge.target]}")
    return lines


def _chart(block: Chart) -> list[str]:
    head = ["", *(series.name for series in block.series)]
    rows = [
        [name, *(f"{series.values[n]:g}" if n < len(series.values) else "" for series in block.series)]
        for n, name in enumerate(block.categories)
    ]
    return [f"[{block.kind}] {block.title}".rstrip(), *_aligned([head, *rows], 1)]


def _contents(block: Contents) -> list[str]:
    return [f"[contents] {block.title}"]


def _page(block: Section | PageBreak) -> list[str]:
    if isinstance(block, PageBreak):
        return ["---"]
    return [f"--- {'landscape' if block.landscape else 'portrait'}"]


_WRITERS: dict[type, Callable[..., list[str]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Table: _table,
    Diagram: _diagram,
    Chart: _chart,
    Contents: _contents,
    Section: _page,
    PageBreak: _page,
}
