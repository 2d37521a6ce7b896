"""Rich text as a value, and run properties in the order Word wants."""

from __future__ import annotations

import re
from dataclasses import field

from docgen.records import dataclass
from docgen.writers.docx.markup import escape, run_text

_NAMES = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath"
)
_ORDER = _NAMES.split(" ")
_RANK = {name: number for number, name in enumerate(_ORDER)}
_PROPERTY = re.compile(r"<w:(\w+)(?:\s[^>]*)?/>")
_HEX = re.compile(r"[0-9A-Fa-f]{6}")


def add_properties(properties: str, added: str) -> str:
    """A `w:rPr` with properties put in or replaced. A font hint joins the fonts that are there."""
    inner = properties[len("<w:rPr>") : -len("</w:rPr>")] if properties.startswith("<w:rPr>") else ""
    change = inner.find("<w:rPrChange")
    tail = inner[change:] if change >= 0 else ""
    items: dict[str, str] = {}
    for match in _PROPERTY.finditer(inner[:change] if change >= 0 else inner):
        items[match.group(1)] = match.group()
    for match in _PROPERTY.finditer(added):
        name, xml = match.group(1), match.group()
        if name == "rFonts" and name in items:
            xml = items[name] if "w:hint=" in items[name] else items[name].replace("<w:rFonts", xml[:-2], 1)
        items[name] = xml
    ordered = "".join(items[name] for name in sorted(items, key=lambda n: _RANK.get(n, len(_ORDER))))
    return f"<w:rPr>{ordered}{tail}</w:rPr>" if ordered or tail else ""


@dataclass(slots=True)
class RichText:
    """Pieces of text with looks of their own, as a value of a Word template.

    `size` is in points, `color` six hexadecimal digits, `style` the id of a character style of the template.
    """

    pieces: list[tuple[str, str]] = field(default_factory=list)

    def __init__(self, text: str = "", **look: object) -> None:
        self.pieces = []
        if text:
            self.add(text, **look)  # type: ignore[arg-type]

    def add(
        self,
        text: str,
        *,
        bold: bool = False,
        italic: bool = False,
        underline: bool = False,
        strike: bool = False,
        color: str = "",
        size: float = 0,
        style: str = "",
        font: str = "",
        superscript: bool = False,
        subscript: bool = False,
    ) -> RichText:
        """Append a piece. Raises ValueError for a colour that is not six hexadecimal digits."""
        color = color.lstrip("#")
        if color and not _HEX.fullmatch(color):
            raise ValueError(f"color {color!r}")
        half_points = round(float(size) * 2)
        look = [
            f'<w:rStyle w:val="{escape(style)}"/>' if style else "",
            f'<w:rFonts w:ascii="{escape(font)}" w:hAnsi="{escape(font)}" w:eastAsia="{escape(font)}"/>'
            if font
            else "",
            "<w:b/><w:bCs/>" if bold else "",
            "<w:i/><w:iCs/>" if italic else "",
            "<w:strike/>" if strike else "",
            f'<w:color w:val="{color}"/>' if color else "",
            f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if half_points > 0 else "",
            '<w:u w:val="single"/>' if underline else "",
            '<w:vertAlign w:val="superscript"/>' if superscript else "",
            '<w:vertAlign w:val="subscript"/>' if subscript else "",
        ]
        self.pieces.append((str(text), "".join(look)))
        return self

    def plain(self) -> str:
        """The words alone."""
        return "".join(text for text, _ in self.pieces)

    def runs(self, properties: str) -> str:
        """The runs, on top of the properties of the run they stand in."""
        return "".join(
            f'<w:r>{add_properties(properties, look)}<w:t xml:space="preserve">{run_text(text)}</w:t></w:r>'
            for text, look in self.pieces
            if text
        )
