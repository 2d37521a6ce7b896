"""The finish step: headings get their numbers and bookmarks, references to sections their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from zlib import crc32

from docgen.document.model import (
    Block,
    Heading,
    HeadingNumbering,
    Reference,
    Text,
)
from docgen.messages.marks import appendix_label

_MISSING = "?"


class Finisher:
    """Numbers documents. One a run: headings that are the same for every client stay the same objects."""

    def __init__(self) -> None:
        self.static: dict[tuple[object, ...], Heading] = {}

    def finish(self, blocks: Iterable[Block], first_number: int = 1) -> tuple[list[Block], dict[str, str]]:
        """The blocks with numbered headings; number and title of every heading the author gave an anchor."""
        counters = [first_number - 1, 0, 0, 0]
        appendix = 0
        in_appendix = False
        seen: dict[str, int] = {}
        result = list(blocks)
        sections: dict[str, str] = {}
        for place, block in enumerate(result):
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
                        label = ".".join([_letter(appendix), *map(str, counters[1 : level + 1])])
                    else:
                        label = ".".join(map(str, counters[: level + 1]))
                # below an appendix Word counts on in the list of appendices
                numbering: HeadingNumbering = block.numbering
                if in_appendix and numbering != "plain":
                    numbering = "appendix"
                numbered = self._numbered(block, numbering, label, seen)
                if block.anchor:
                    sections[block.anchor] = f"{label} {_title(block)}".strip()
                result[place] = numbered
        return result, sections

    def _numbered(self, block: Heading, numbering: HeadingNumbering, label: str, seen: dict[str, int]) -> Heading:
        anchor = block.anchor
        if not anchor:
            key = block.origin.key or format(crc32(repr(block.inlines).encode()), "08x")
            count = seen.get(key, 0)
            seen[key] = count + 1
            anchor = f"_s{key}{f'_{count}' if count else ''}"
        given = (block.inlines, block.origin, block.level, numbering, block.in_contents, label, anchor)
        known = self.static.get(given)
        if known is not None:
            return known
        made = Heading(block.level, block.inlines, numbering, anchor, label, block.origin, block.in_contents)
        if all(type(i) is Text for i in block.inlines):
            made.shared = True
            self.static[given] = made
        return made


def _title(heading: Heading) -> str:
    return "".join(str(getattr(i, "text", i)) for i in heading.inlines)


def _letter(number: int) -> str:
    return chr(ord("A") + number - 1) if number <= 26 else str(number)


def name_sections(references: Iterable[Reference], sections: Mapping[str, str]) -> list[str]:
    """Give references to sections their words; the anchors nobody defined are returned."""
    undefined: list[str] = []
    for reference in references:
        words = sections.get(reference.target)
        if words is None:
            undefined.append(reference.target)
        reference.text = words or _MISSING
    return undefined
