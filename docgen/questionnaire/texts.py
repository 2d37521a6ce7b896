"""A value of a profile as the text of a cell, and the text of a cell as nodes a profile is built from.

A cell says one text, or several on a line each. What would not be read back as it was is written so that it is:
several lines of one item behind `•`, a text of tildes with one more of them, a name that looks like one with an id
with empty brackets behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docgen.cells import Cell
from docgen.profile.describe import FieldInfo, Kind
from docgen.profile.labels import choice_label
from docgen.profile.reading import ListNode, Node, TextNode
from docgen.profile.walking import shown
from docgen.profile.words import NOTHING_WORDS

LISTS = frozenset({Kind.TEXTS, Kind.CHOICES})
# facts that are said by the id of a thing the catalogue has: the cell says its name too
NAMED = frozenset(
    {
        "company.industry",
        "organization.positions[].role",
        "organization.positions[].documents",
        "products[].statutory_class",
    }
)
NONE = "~"  # takes away what a base profile says
ROOM = 32_000  # of the 32,767 UTF-16 units a cell holds
_ITEM, _DOT = "• ", "•"
_WITH_ID = re.compile(r"(.*)（([A-Za-z0-9_.-]*)）", re.DOTALL)
_SIGNS = re.compile("[、；;]")


# ---- writing


def cell_text(value: Any, info: FieldInfo, pattern: str, words: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What stands in the cell of a fact; "" for one that is missing. An empty list that was written says so."""
    if value is None:
        return ""
    if info.kind in LISTS:
        return _lines([_one(item, info, pattern, words, names) for item in value])
    return _one(value, info, pattern, words, names)


def _one(value: Any, info: FieldInfo, pattern: str, words: Mapping[str, Any], names: Mapping[str, str]) -> str:
    if info.kind is Kind.BOOLEAN:
        return str(words["boolean"][0 if value else 1])
    if info.choices:
        return choice_label(str(value), info.choices)
    text = shown(value) if info.kind is Kind.DATE else format(value, "f") if info.kind is Kind.NUMBER else str(value)
    if pattern in NAMED:
        text = named(text, names)
    return text + NONE if text and not text.strip(NONE) else text


def named(text: str, names: Mapping[str, str]) -> str:
    """`hotline_agent` with its name before it; any other text as it is."""
    if text in names:
        return f"{names[text]}（{text}）"
    return f"{text}（）" if _WITH_ID.fullmatch(text) else text


def _lines(items: Sequence[str]) -> str:
    plain = "\n".join(items)
    if items == _items(plain) and not (len(items) == 1 and (_SIGNS.search(plain) or plain in NOTHING_WORDS)):
        return plain
    return "\n".join(_ITEM + item.replace(f"\n{_DOT}", f"\n{_DOT}{_DOT}") for item in items)


def pieces(text: str) -> Iterator[str]:
    """A text in pieces that fit into cells, cut between signs that are no blanks."""
    while len(text) > ROOM // 2 and _units(text) > ROOM:
        at = ROOM // 2 if _units(text[:ROOM]) > ROOM else ROOM
        while at > 1 and (text[at - 1].isspace() or text[at].isspace()):
            at -= 1
        yield text[:at]
        text = text[at:]
    yield text


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


# ---- reading


def node_of(cell: Cell, info: FieldInfo, pattern: str, line: int) -> Node:
    """What a cell says of a fact. `line` is that of the node: the row and what stands for the sheet."""
    if cell.text == NONE:
        return TextNode(NONE, line, cell.column)
    if info.kind not in LISTS:
        return TextNode(_plain(cell.text, pattern), line, cell.column, False)
    if cell.text in NOTHING_WORDS:
        return ListNode([], line, cell.column)
    items = _items(cell.text)
    if len(items) == 1 and not cell.text.startswith(_ITEM):
        if pattern not in NAMED:
            return TextNode(_plain(cell.text, pattern), line, cell.column, False)  # one item, or several in a line
        items = [item.strip() for item in _SIGNS.split(cell.text) if item.strip()]
    nodes: list[Node] = [TextNode(_plain(item, pattern), line, cell.column, False) for item in items]
    return ListNode(nodes, line, cell.column)


def _plain(text: str, pattern: str) -> str:
    if pattern in NAMED:
        match = _WITH_ID.fullmatch(text)
        if match:
            text = match[2] or match[1]
    return text[:-1] if text and not text.strip(NONE) else text


def _items(text: str) -> list[str]:
    """The lines of a cell, or what stands behind its dots."""
    if not text.startswith(_ITEM):
        return [line.strip() for line in text.split("\n") if line.strip()]
    items: list[str] = []
    for line in text.split("\n"):
        if line.startswith(_ITEM):
            items.append(line.removeprefix(_ITEM))
        else:
            items[-1] += "\n" + (line.removeprefix(_DOT) if line.startswith(_DOT * 2) else line)
    return [item.strip() for item in items]
