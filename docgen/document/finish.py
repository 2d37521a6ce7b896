"""The finish step: headings get their numbers and bookmarks, references to sections their words."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

from docgen.document.model import (
    Block,
    Cell,
    Heading,
    Inline,
    Inlines,
    ListItem,
    Paragraph,
    Reference,
    Row,
    Table,
    Text,
)
from docgen.messages.marks import appendix_label

_MISSING = "?"


class Finisher:
    """Numbers documents. One a run: headings that are the same for every client stay the same objects."""

    def __init__(self) -> None:
        self.static: dict[tuple[Heading, str, str], Heading] = {}

    def finish(
        self, blocks: Iterable[Block], first_number: int = 1, *, refers: bool = True
    ) -> tuple[list[Block], list[str]]:
        """The blocks with numbered headings and resolved section references, and the anchors nobody defined.
        `refers` is False where no block refers to a section."""
        counters = [first_number - 1, 0, 0, 0]
        appendix = 0
        in_appendix = False
        seen: dict[str, int] = {}
        result: list[Block] = []
        sections: dict[str, str] = {}
        for block in blocks:
            if type(block) is Heading:
                label = ""
                if block.numbering == "appendix" and block.level == 1:
                    appendix += 1
                    counters[1:] = [0, 0, 0]
                    in_appendix = True
                    label = appendix_label(_letter(appendix))
                elif block.numbering != "plain":
                    level = block.level - 1
                    if level == 0:
                        in_appendix = False
                    counters[level] += 1
                    counters[level + 1 :] = [0] * (3 - level)
                    if in_appendix:
                        label = ".".join([_letter(appendix), *(str(n) for n in counters[1 : level + 1])])
                    else:
                        label = ".".join(str(n) for n in counters[: level + 1])
                numbered = self._numbered(block, label, seen)
                if block.anchor:
                    sections[block.anchor] = f"{label} {_title(block)}".strip()
                result.append(numbered)
                continue
            result.append(block)
        undefined: list[str] = []
        if refers:
            result = [_resolve(block, sections, undefined) for block in result]
        return result, undefined

    def sections(self, blocks: Iterable[object], first_number: int = 1) -> dict[str, str]:
        """Number and title of every heading with an anchor, before the document is complete."""
        headings = [block for block in blocks if type(block) is Heading]
        numbered, _ = self.finish(headings, first_number, refers=False)
        return {
            known.anchor: f"{made.label} {_title(made)}".strip()
            for known, made in zip(headings, numbered, strict=True)
            if known.anchor and isinstance(made, Heading)
        }

    def _numbered(self, block: Heading, label: str, seen: dict[str, int]) -> Heading:
        anchor = block.anchor
        if not anchor:
            key = block.origin.key or format(crc32(repr(block.inlines).encode()), "08x")
            count = seen.get(key, 0)
            seen[key] = count + 1
            anchor = f"_s{key}{f'_{count}' if count else ''}"
        known = self.static.get((block, label, anchor))
        if known is not None:
            return known
        made = Heading(block.level, block.inlines, block.numbering, anchor, label, block.origin, block.in_contents)
        if all(type(i) is Text for i in block.inlines):
            self.static[(block, label, anchor)] = made
        return made


def _title(heading: Heading) -> str:
    return "".join(str(getattr(i, "text", i)) for i in heading.inlines)


def _letter(number: int) -> str:
    return chr(ord("A") + number - 1) if number <= 26 else str(number)


def _has_section_reference(block: Block) -> bool:
    kind = type(block)
    if kind is Paragraph or kind is ListItem:
        return _unresolved(block.inlines)  # type: ignore[union-attr]
    if kind is Table:
        for row in block.rows:  # type: ignore[union-attr]
            for cell in row.cells:
                if _unresolved(cell.inlines):
                    return True
    return False


def _unresolved(inlines: Inlines) -> bool:
    for inline in inlines:  # noqa: SIM110 - a generator costs three times as much, and this meets every cell
        if type(inline) is Reference and inline.kind == "section":
            return True
    return False


def _resolve(block: Block, sections: dict[str, str], undefined: list[str]) -> Block:
    if not _has_section_reference(block):
        return block

    def words(inlines: Inlines) -> Inlines:
        result: list[Inline] = []
        for inline in inlines:
            if isinstance(inline, Reference) and inline.kind == "section":
                text = sections.get(inline.target)
                if text is None:
                    undefined.append(inline.target)
                    text = _MISSING
                inline = Reference("section", inline.target, text, inline.target)
            result.append(inline)
        return tuple(result)

    if isinstance(block, Paragraph):
        return Paragraph(words(block.inlines), block.role, block.origin, block.keep_with_next)
    if isinstance(block, ListItem):
        return ListItem(words(block.inlines), block.level, block.ordered, block.list_id, block.origin)
    assert isinstance(block, Table)
    rows = tuple(
        Row(
            tuple(Cell(words(c.inlines), c.colspan, c.rowspan, c.align, c.header, c.vertical) for c in row.cells),
            row.header,
            row.height_mm,
            row.origin,
        )
        for row in block.rows
    )
    return Table(rows, block.widths, block.role, block.caption, block.origin, block.columns)
