"""numbering.xml: the theme's list definitions plus one `w:num` for every ordered list of a document."""

from __future__ import annotations

import re

from docgen.records import dataclass

_ABSTRACT = r'<w:abstractNum\b[^>]*w:abstractNumId="{}".*?</w:abstractNum>'
_NUM = re.compile(r'<w:num w:numId="(\d+)"')
_START = re.compile(r'<w:start w:val="\d+"/>')
_LEVELS = range(3)
_LEVEL = re.compile(r"<w:lvl\b.*?</w:lvl>", re.S)
_INDENT = re.compile(r'<w:ind\b[^>]*w:(?:left|start)="(\d{1,5})"')


@dataclass(frozen=True, slots=True)
class Numbering:
    """List definitions of a theme. The numbers are `w:numId`s, but `ordered`, an `w:abstractNumId`."""

    xml: str
    heading: int
    heading_abstract: int
    appendix: int
    bullet: int
    plain: int  # a list without numbers, for headings that have none
    ordered: int
    free: int  # first unused numId
    direct: bool = False  # headings name the list themselves because their styles do not
    indents: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())  # of bullets and ordered lists by level, points

    def write(self, lists: int, first_number: int) -> bytes:
        """The part for a document with `lists` ordered lists whose first heading is `first_number`."""
        xml = self.xml
        if first_number != 1:
            pattern = _ABSTRACT.format(self.heading_abstract)
            xml = re.sub(
                pattern,
                lambda m: _START.sub(f'<w:start w:val="{first_number}"/>', m.group(), count=1),
                xml,
                count=1,
                flags=re.S,
            )
        restart = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>' for level in _LEVELS
        )
        nums = "".join(
            f'<w:num w:numId="{self.free + n}"><w:abstractNumId w:val="{self.ordered}"/>{restart}</w:num>'
            for n in range(lists)
        )
        end = xml.rindex("</w:numbering>")
        # w:numIdMacAtCleanup, if Word left one, must stay last
        cleanup = xml.find("<w:numIdMacAtCleanup")
        at = cleanup if cleanup >= 0 else end
        return (xml[:at] + nums + xml[at:]).encode()


def numbering_of(xml: str, heading: int, appendix: int, bullet: int, ordered: int, plain: int) -> Numbering:
    """The numbering of a theme whose definitions have these `w:abstractNumId`s."""

    def num(abstract: int) -> int:
        found = re.search(rf'<w:num w:numId="(\d+)"[^>]*>\s*<w:abstractNumId w:val="{abstract}"/>', xml)
        return int(found.group(1)) if found else 0

    free = max((int(n) for n in _NUM.findall(xml)), default=0) + 1
    indents = _indents(xml, bullet), _indents(xml, ordered)
    return Numbering(xml, num(heading), heading, num(appendix), num(bullet), num(plain), ordered, free, indents=indents)


def _indents(xml: str, abstract: int) -> tuple[float, ...]:
    """How far the text of each level of a list stands from the edge, in points."""
    found = re.search(_ABSTRACT.format(abstract), xml, re.S)
    levels = _LEVEL.findall(found.group()) if found else []
    indents = [_INDENT.search(level) for level in levels]
    return tuple(int(indent.group(1)) / 20 if indent else 0.0 for indent in indents)


def list_place(level: int, number: int) -> bytes:
    """The property of a paragraph that stands on `level` of the list with this `w:numId`."""
    return b'<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>' % (level, number)
