"""Tags as authors type them into Word: found, read, put in order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from typing import Literal

from docgen.records import dataclass

TAG = re.compile(r"\{\{.{0,2000}?\}\}|\{%.{0,2000}?%\}|\{#.{0,2000}?#\}", re.S)
UNCLOSED = re.compile(r"\{[{%](?!_)[^{}]*")
_LEVEL = re.compile(r"(tr|tc|p|r)\s+", re.S)
_CELL = re.compile(r"(vm|hm|colspan|cellbg)\b\s*(.*)", re.S)
_ASSIGNS = re.compile(r"set\b[^=]*=")
_SPACES = "\u00a0\u2002\u2003\u2009\u202f\u3000"
_CURLY = {"“": '"', "”": '"', "‘": "'", "’": "'"}
_OPENERS = frozenset(["if", "for", "macro", "call", "filter", "with", "block", "autoescape"])
_REPEATING = frozenset({"for", "macro", "call"})

# a tag stands in the text of the XML as its number between these; neither character is in any font
START, END = "\ufdd0", "\ufdd1"
SENTINEL = re.compile(f"{START}(\\d+){END}")

Kind = Literal["value", "block", "comment"]
Level = Literal["", "p", "tr", "tc", "r"]


@dataclass(slots=True)
class Tag:
    """One tag. `level` is what it replaces: a paragraph, row, cell or run; empty for its own text only."""

    kind: Kind
    level: Level
    body: str  # what Jinja reads between the braces
    written: str
    paragraph: str  # the text of the paragraph it stands in
    left: bool = False  # `{%-`: joined to what is before it
    right: bool = False
    cell: str = ""  # vm, hm, colspan, cellbg
    paragraph_properties: str = ""
    run_properties: str = ""

    @property
    def keyword(self) -> str:
        """The statement's first word; empty for values and comments."""
        return self.body.split(None, 1)[0] if self.kind == "block" and self.body else ""

    @property
    def opens(self) -> bool:
        """True if an `end…` tag belongs to it."""
        word = self.keyword
        return word in _OPENERS or (word == "set" and not _ASSIGNS.match(self.body))

    @property
    def source(self) -> str:
        """The tag as Jinja reads it, on one line."""
        if self.kind == "value":
            return "{{ " + self.body + " }}"
        return "{% " + self.body + " %}" if self.kind == "block" else ""


@dataclass(slots=True)
class Chain:
    """Tags that belong together: if … else … endif."""

    tags: list[int] = field(default_factory=list)
    repeats: bool = False  # what is between them may be written several times
    closed: bool = False


def read_tag(written: str, paragraph: str) -> Tag:
    """Understand one tag: smart quotes and hard spaces are typing, not meaning."""
    kind: Kind = {"{": "value", "%": "block", "#": "comment"}[written[1]]  # type: ignore[assignment]
    inner = written[2:-2]
    left, right = inner[:1] in ("-", "+"), inner[-1:] in ("-", "+")
    body = inner[1:] if left else inner
    body = body[:-1] if right and body else body
    level: Level = ""
    found = _LEVEL.match(body)
    if found:
        level = found.group(1)  # type: ignore[assignment]
        body = body[found.end() :]
    body = straight(" ".join(body.split()) if kind != "value" else body.replace("\n", " ")).strip()
    tag = Tag(kind, level, body, written, paragraph, inner[:1] == "-", inner[-1:] == "-")
    cell = _CELL.fullmatch(body) if kind == "block" and not level else None
    if cell:
        tag.cell, tag.body = cell.group(1), cell.group(2)
    return tag


def straight(text: str) -> str:
    """Smart quotes become straight ones where they quote; inside a quoted text they stay as they are."""
    out: list[str] = []
    closing = ""
    for char in text:
        if closing:
            if char in closing:
                out.append(_CURLY.get(char, char))
                closing = ""
            else:
                out.append(char)
        elif char in _CURLY:
            out.append(_CURLY[char])
            closing = '“”"' if _CURLY[char] == '"' else "‘’'"
        else:
            out.append(" " if char in _SPACES else char)
            closing = char if char in "\"'" else ""
    if not closing:
        return "".join(out)
    for char, plain in _CURLY.items():
        text = text.replace(char, plain)
    return text


def chains(tags: list[Tag], order: Iterable[int]) -> list[Chain]:
    """The chains among tags in the order of the document. What does not fit is left to Jinja to report."""
    found: list[Chain] = []
    stack: list[tuple[str, Chain]] = []
    for number in order:
        tag = tags[number]
        word = tag.keyword
        if tag.opens:
            chain = Chain([number], word in _REPEATING)
            found.append(chain)
            stack.append((word, chain))
        elif word in ("elif", "else") and stack:
            stack[-1][1].tags.append(number)
        elif word.startswith("end") and stack and stack[-1][0] == word[3:]:
            chain = stack.pop()[1]
            chain.tags.append(number)
            chain.closed = True
    return found
