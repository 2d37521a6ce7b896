"""Which paragraphs are headings: by outline level, by style name, or by how they are numbered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.audit.package import Package, Unreadable
from docgen.records import dataclass

if TYPE_CHECKING:
    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAME = re.compile(r"^(?:heading|标题|標題|überschrift)\s*([1-9])$", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:toc|目录|contents)\s*(?:[1-9]|heading|标题)?$", re.IGNORECASE)
_DOTTED = re.compile(r"^(\d{1,2}(?:[.．]\d{1,2}){0,3})[.．、)）]?(?![\d%：:/\-—–])\s*(\S.{0,39})$")
_CHAPTER = re.compile(r"^第[一二三四五六七八九十百\d]{1,3}([章节條条])\s*\S.{0,39}$")
_COUNTED = re.compile(r"^[一二三四五六七八九十]{1,3}、\s*\S.{0,29}$")
_BRACKETED = re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]\s*\S.{0,29}$")
_ENDS = re.compile(r"[。；;，,：:！!？?]$")
_UNIT = re.compile(r"^(?:小时|分钟|天|日|个|家|人|年|月|次|元|万|份|台|件|%|％|倍|项|名|号)")
_MAX_CHAIN = 12


@dataclass(frozen=True, slots=True)
class Style:
    name: str
    based_on: str
    outline: int  # 1-based; 0 is none, 10 is body text on purpose


def read_styles(package: Package) -> dict[str, Style]:
    """Paragraph styles by id. A missing or damaged styles part is no style."""
    try:
        root = package.tree("word/styles.xml")
    except Unreadable:
        return {}
    styles: dict[str, Style] = {}
    for element in root.iter(_W + "style") if root is not None else ():
        name = element.find(_W + "name")
        based = element.find(_W + "basedOn")
        outline = element.find(f"{_W}pPr/{_W}outlineLvl")
        styles[element.get(_W + "styleId") or ""] = Style(
            (name.get(_W + "val") or "") if name is not None else "",
            (based.get(_W + "val") or "") if based is not None else "",
            _number(outline),
        )
    return styles


def _number(element: etree._Element | None) -> int:
    if element is None:
        return 0
    try:
        return int(element.get(_W + "val") or -1) + 1
    except ValueError:
        return 0


class Headings:
    """The heading path while a document is read."""

    def __init__(self, styles: dict[str, Style]) -> None:
        self.styles = styles
        self.stack: list[tuple[int, str]] = []
        self._levels: dict[str, int] = {}

    def path(self) -> str:
        return " > ".join(text for _, text in self.stack)

    def enter(self, level: int, text: str) -> None:
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        self.stack.append((level, text.replace("\n", " ")[:60]))

    def style_of(self, paragraph: etree._Element) -> str:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return (style.get(_W + "val") or "") if style is not None else ""

    def is_contents(self, style: str) -> bool:
        """True for an entry of a contents page."""
        name = self.styles[style].name if style in self.styles else style
        return bool(_CONTENTS.match(name))

    def level(self, paragraph: etree._Element, style: str, text: str) -> int:
        """1 to 9 for a heading, else 0."""
        if not text:
            return 0
        own = _number(paragraph.find(f"{_W}pPr/{_W}outlineLvl"))
        level = own or self._style_level(style)
        if 1 <= level <= 9:
            return level
        return 0 if level == 10 else _by_number(text)

    def _style_level(self, style: str) -> int:
        if style not in self._levels:
            self._levels[style] = self._chain(style)
        return self._levels[style]

    def _chain(self, style: str) -> int:
        for _ in range(_MAX_CHAIN):
            entry = self.styles.get(style)
            if entry is None:
                break
            named = _NAME.match(entry.name)
            if entry.outline:
                return entry.outline
            if named:
                return int(named.group(1))
            style = entry.based_on
        named = _NAME.match(style)
        return int(named.group(1)) if named else 0


def _by_number(text: str) -> int:
    """The level of an unstyled paragraph that is numbered like a heading: short, on one line, no closing mark."""
    if len(text) > 46 or "\n" in text or _ENDS.search(text):
        return 0
    dotted = _DOTTED.match(text)
    if dotted and not _UNIT.match(dotted.group(2)) and "。" not in text and "，" not in text:
        return re.sub(r"．", ".", dotted.group(1)).count(".") + 1
    chapter = _CHAPTER.match(text)
    if chapter:
        return 1 if chapter.group(1) == "章" else 2
    if _COUNTED.match(text):
        return 1
    return 2 if _BRACKETED.match(text) else 0
