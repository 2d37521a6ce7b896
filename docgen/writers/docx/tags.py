"""XML of a theme with tags in it: `{{company}}` for a value, `{{?notice}} … {{/notice}}` for parts that go when
there is none. Cut into pieces once, then filled for each document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from types import MappingProxyType
from typing import NamedTuple

from docgen.records import dataclass
from docgen.writers.docx.markup import checksum, escape, para_id, run_text

_TAG = re.compile(r"\{\{\s*([?/]?)\s*(\w+)\s*\}\}")
_RUN_PROPERTIES = re.compile(r"<w:rPr>.*?</w:rPr>", re.S)
_PARAGRAPH = re.compile(r"<w:p(?=[ >])(?![^>]*paraId)([^>]*)>")
_BLANK = re.compile(r">\s*\n\s*<")


class _Value(NamedTuple):
    name: str
    properties: str | None  # run properties around the tag; None outside of text


@dataclass(frozen=True, slots=True)
class _Condition:
    name: str
    pieces: tuple[str | _Value | _Condition, ...]


Pieces = tuple["str | _Value | _Condition", ...]
Highlight = Callable[[str, str], str]


@dataclass(slots=True, eq=False)
class TagText:
    """XML with tags, ready to be filled."""

    pieces: Pieces
    names: frozenset[str]
    _forms: dict[tuple[bool, ...], tuple[str, tuple[_Value, ...]]] = field(default_factory=dict)
    _conditions: tuple[str, ...] | None = None

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
        if self._conditions is None:
            self._conditions = tuple(_conditions(self.pieces))
        key = tuple([bool(values.get(name) or ready.get(name)) for name in self._conditions])
        form = self._forms.get(key)
        if form is None:
            texts: list[str] = []
            places: list[_Value] = []
            _lay(self.pieces, dict(zip(self._conditions, key, strict=True)), texts, places)
            form = self._forms[key] = ("".join(texts), tuple(places))
        words = []
        for name, properties in form[1]:
            if name in ready:
                words.append(ready[name])
            elif properties is None:
                words.append(escape(values.get(name, "")))
            elif highlight is None:
                words.append(run_text(values.get(name, "")))
            else:
                words.append(highlight(values.get(name, ""), properties))
        return form[0] % tuple(words)


def _conditions(pieces: Pieces) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, _Condition):
            yield piece.name
            yield from _conditions(piece.pieces)


def _lay(pieces: Pieces, holds: Mapping[str, bool], texts: list[str], places: list[_Value]) -> None:
    """The text where these conditions hold, with `%s` in the places of values."""
    for piece in pieces:
        if isinstance(piece, str):
            texts.append(piece.replace("%", "%%"))
        elif isinstance(piece, _Value):
            texts.append("%s")
            places.append(piece)
        elif holds[piece.name]:
            _lay(piece.pieces, holds, texts, places)


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
