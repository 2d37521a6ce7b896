"""XML of a theme with tags in it: `{{company}}` for a value, `{{?notice}} … {{/notice}}` for parts that go when
there is none. Cut into pieces once, then filled for each document."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from docgen.records import dataclass
from docgen.writers.docx.markup import checksum, escape, para_id, run_text

_TAG = re.compile(r"\{\{\s*([?/]?)\s*(\w+)\s*\}\}")
_RUN_PROPERTIES = re.compile(r"<w:rPr>.*?</w:rPr>", re.S)
_PARAGRAPH = re.compile(r"<w:p(?=[ >])(?![^>]*paraId)([^>]*)>")
_BLANK = re.compile(r">\s*\n\s*<")


@dataclass(frozen=True, slots=True)
class _Value:
    name: str
    properties: str | None  # run properties around the tag; None outside of text


@dataclass(frozen=True, slots=True)
class _Condition:
    name: str
    pieces: tuple[str | _Value | _Condition, ...]


Pieces = tuple["str | _Value | _Condition", ...]
Highlight = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class TagText:
    """XML with tags, ready to be filled."""

    pieces: Pieces
    names: frozenset[str]

    def fill(
        self,
        values: Mapping[str, str],
        *,
        highlight: Highlight | None = None,
        ready: Mapping[str, str] = MappingProxyType({}),
    ) -> str:
        """The XML with the values in place; an unknown tag is an empty text.

        `highlight(text, properties)` writes a value that may hold visible gaps into the open text of a run with
        those properties. `ready` holds finished XML (a logo) by tag name.
        """
        out: list[str] = []
        _fill(self.pieces, values, highlight, ready, out)
        return "".join(out)


def _fill(
    pieces: Pieces,
    values: Mapping[str, str],
    highlight: Highlight | None,
    ready: Mapping[str, str],
    out: list[str],
) -> None:
    for piece in pieces:
        if isinstance(piece, str):
            out.append(piece)
        elif isinstance(piece, _Condition):
            if values.get(piece.name) or ready.get(piece.name):
                _fill(piece.pieces, values, highlight, ready, out)
        elif piece.name in ready:
            out.append(ready[piece.name])
        elif piece.properties is None:
            out.append(escape(values.get(piece.name, "")))
        elif highlight is None:
            out.append(run_text(values.get(piece.name, "")))
        else:
            out.append(highlight(values.get(piece.name, ""), piece.properties))


def compile_tags(xml: str) -> TagText:
    """Cut `xml` at its tags. Line breaks between elements go, a `{{/x}}` without `{{?x}}` is ignored."""
    xml = _BLANK.sub("><", xml).strip()
    names: set[str] = set()
    stack: list[tuple[str, list[str | _Value | _Condition]]] = [("", [])]
    position = 0
    for match in _TAG.finditer(xml):
        if match.start() > position:
            stack[-1][1].append(xml[position : match.start()])
        position = match.end()
        mark, name = match.groups()
        names.add(name)
        if mark == "?":
            stack.append((name, []))
        elif mark == "/":
            if len(stack) > 1:
                opened, inner = stack.pop()
                stack[-1][1].append(_Condition(opened, tuple(inner)))
        else:
            stack[-1][1].append(_Value(name, _properties(xml, match.start())))
    stack[-1][1].append(xml[position:])
    while len(stack) > 1:
        opened, inner = stack.pop()
        stack[-1][1].append(_Condition(opened, tuple(inner)))
    return TagText(tuple(stack[0][1]), frozenset(names))


def _properties(xml: str, at: int) -> str | None:
    """Run properties of the text a tag stands in; None if it does not stand in the text of a run."""
    opening = xml.rfind("<", 0, at)
    if not xml.startswith(("<w:t>", "<w:t "), opening) or xml.find(">", opening, at) < 0:
        return None
    run = max(xml.rfind("<w:r>", 0, at), xml.rfind("<w:r ", 0, at))
    found = _RUN_PROPERTIES.search(xml, run, opening)
    return found.group() if found else ""


def with_paragraph_ids(xml: str, seed: str) -> str:
    """Every paragraph that has no `w14:paraId` gets one derived from `seed` and its place."""
    base = checksum(seed)
    count = 0

    def add(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        close = match.group(1)
        return f'<w:p w14:paraId="{para_id(base + count * 0x01000193)}"{close}>'

    return _PARAGRAPH.sub(add, xml)


_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)")
_WHOLE_PARAGRAPH = re.compile(r"<w:p(?=[ >]).*?</w:p>", re.S)


def heal_tags(xml: str) -> str:
    """Tags that Word cut over several runs stand whole in the run they begin in."""

    def heal(match: re.Match[str]) -> str:
        paragraph = match.group()
        texts = list(_TEXT.finditer(paragraph))
        joined = "".join(text.group(2) for text in texts)
        if "{{" not in joined:
            return paragraph
        owners: list[int] = []  # which text each character belongs to
        for number, text in enumerate(texts):
            owners += [number] * len(text.group(2))
        for tag in _TAG.finditer(joined):
            owners[tag.start() : tag.end()] = [owners[tag.start()]] * (tag.end() - tag.start())
        pieces = [""] * len(texts)
        for owner, character in zip(owners, joined, strict=True):
            pieces[owner] += character
        queue = iter(pieces)
        return _TEXT.sub(lambda text: f'<w:t xml:space="preserve">{next(queue)}</w:t>', paragraph)

    return _WHOLE_PARAGRAPH.sub(heal, xml)
