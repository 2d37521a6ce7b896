"""What a theme's styles.xml says: ids by name, and the sizes the page estimate needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from docgen.records import dataclass

_STYLE = re.compile(r"<w:style\b[^>]*>.*?</w:style>", re.S)
_KIND = re.compile(r'w:type="(\w+)"')
_ID = re.compile(r'w:styleId="([^"]+)"')
_NAME = re.compile(r'<w:name w:val="([^"]+)"')
_BASE = re.compile(r'<w:basedOn w:val="([^"]+)"')
_SIZE = re.compile(r'<w:sz w:val="(\d+)"')
_SPACING = re.compile(r"<w:spacing ([^>]*(?:before|after|line)[^>]*)/>")
_INDENT = re.compile(r"<w:ind ([^>]*)/>")
_ATTRIBUTE = re.compile(r'w:(\w+)="([^"]*)"')
_NUMBER = re.compile(r"-?[0-9]{1,6}(?:\.[0-9]{1,4})?")
_MOST = 4000.0  # twips: 70 mm
_BORDERS = re.compile(r"<w:pBdr>(.*?)</w:pBdr>", re.S)
_EDGES = {"above": re.compile(r"<w:top ([^>]*)/>"), "below": re.compile(r"<w:bottom ([^>]*)/>")}
_OFF = re.compile(r'w:val="(?:0|false)"')
_LOOSE = 1.3  # line height of a font as a multiple of its size, where the style names no height


@dataclass(frozen=True, slots=True)
class Metric:
    """Sizes of a paragraph style in points."""

    size: float = 10.5
    line: float = 240.0  # as written: 240ths of a line, or twips
    rule: str = "auto"
    before: float = 0.0
    after: float = 0.0
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    above: float = 0.0  # what a border takes, with its distance from the text
    below: float = 0.0
    keep_next: bool = False
    keep_lines: bool = False

    @property
    def height(self) -> float:
        """Height of one line."""
        natural = self.size * _LOOSE
        if self.rule == "exact":
            return self.line / 20
        if self.rule == "atLeast":
            return max(self.line / 20, natural)
        return natural * self.line / 240


@dataclass(frozen=True, slots=True)
class Style:
    """One style: its id, its name, its XML."""

    id: str
    name: str
    kind: str
    base: str
    xml: str


def read_styles(xml: str) -> dict[str, Style]:
    """All styles of a styles.xml by id, in file order."""
    styles: dict[str, Style] = {}
    for match in _STYLE.finditer(xml):
        text = match.group()
        head = text[: text.index(">")]
        id, kind, name, base = (p.search(s) for p, s in ((_ID, head), (_KIND, head), (_NAME, text), (_BASE, text)))
        if id and kind and name:
            styles[id.group(1)] = Style(id.group(1), name.group(1), kind.group(1), base.group(1) if base else "", text)
    return styles


def merge_styles(base: str, changes: str) -> str:
    """`base` with the styles of `changes` in place of those with the same id; new ones come last."""
    theirs = read_styles(changes)

    def other(match: re.Match[str]) -> str:
        id = _ID.search(match.group())
        style = theirs.pop(id.group(1), None) if id else None
        return style.xml if style else match.group()

    merged = _STYLE.sub(other, base)
    defaults = re.search(r"<w:docDefaults>.*?</w:docDefaults>", changes, re.S)
    if defaults:
        merged = re.sub(r"<w:docDefaults>.*?</w:docDefaults>", lambda _: defaults.group(), merged, flags=re.S)
    return add_styles(merged, [style.xml for style in theirs.values()])


def add_styles(xml: str, added: list[str]) -> str:
    """`xml` with more `w:style` elements at its end."""
    end = xml.rindex("</w:styles>")
    return xml[:end] + "".join(added) + xml[end:]


def metrics(xml: str, styles: Mapping[str, Style]) -> dict[str, Metric]:
    """The sizes of every paragraph style by id, with what it inherits."""
    defaults = re.search(r"<w:docDefaults>.*?</w:docDefaults>", xml, re.S)
    root = _apply(Metric(), defaults.group() if defaults else "")
    known: dict[str, Metric] = {}

    def of(id: str, depth: int = 0) -> Metric:
        if id in known:
            return known[id]
        style = styles.get(id)
        if style is None or depth > 20:
            return root
        known[id] = _apply(of(style.base, depth + 1) if style.base else root, style.xml)
        return known[id]

    for id, style in styles.items():
        if style.kind == "paragraph":
            of(id)
    return known


def _apply(base: Metric, xml: str) -> Metric:
    size = _SIZE.search(xml)
    half_points = _measure(size.group(1), 2, 400) if size else None
    metric = replace(base, size=half_points / 2) if half_points else base
    spacing = _SPACING.search(xml)
    if spacing:
        values = dict(_ATTRIBUTE.findall(spacing.group(1)))
        for name in ("before", "after"):
            space = _measure(values.get(name, ""), 0, _MOST)
            if space is not None:
                metric = replace(metric, **{name: space / 20})  # type: ignore[arg-type]
        line = _measure(values.get("line", ""), 20, _MOST)
        if line is not None:
            metric = replace(metric, line=line, rule=values.get("lineRule", "auto"))
    borders = _BORDERS.search(xml)
    for name, edge in _EDGES.items():
        border = edge.search(borders.group(1)) if borders else None
        if border:
            values = dict(_ATTRIBUTE.findall(border.group(1)))
            room = (_measure(values.get("space", ""), 0, 31) or 0.0) + (
                _measure(values.get("sz", ""), 0, 96) or 0.0
            ) / 8
            metric = replace(metric, **{name: room})  # type: ignore[arg-type]
    indent = _INDENT.search(xml)
    if indent:
        metric = _indented(metric, dict(_ATTRIBUTE.findall(indent.group(1))))
    for name, tag in (("keep_next", "keepNext"), ("keep_lines", "keepLines")):
        found = re.search(rf"<w:{tag}(?: [^>]*)?/>", xml)
        if found:
            metric = replace(metric, **{name: not _OFF.search(found.group())})  # type: ignore[arg-type]
    return metric


def _indented(metric: Metric, values: Mapping[str, str]) -> Metric:
    found = {name: _measure(value, -_MOST, _MOST) for name, value in values.items()}
    for name, keys in (("left", ("left", "start")), ("right", ("right", "end"))):
        for key in keys:
            if found.get(key) is not None:
                metric = replace(metric, **{name: found[key] / 20})  # type: ignore[operator, arg-type]
    if (hanging := found.get("hanging")) is not None:
        metric = replace(metric, first=-hanging / 20)
    if (first := found.get("firstLine")) is not None:
        metric = replace(metric, first=first / 20)
    if (characters := found.get("firstLineChars")) is not None:
        if characters:
            metric = replace(metric, first=characters / 100 * metric.size)
        elif "hanging" not in values:
            metric = replace(metric, first=0.0)
    return metric


def _measure(text: str, least: float, most: float) -> float | None:
    """A number as Word writes it; None for anything else and for what no page has room for."""
    number = float(text) if _NUMBER.fullmatch(text) else None
    return number if number is not None and least <= number <= most else None
