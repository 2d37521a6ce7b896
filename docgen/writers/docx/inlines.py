"""Inlines of a paragraph as runs. Pieces of the same look become one run: less XML, and kinder to who edits it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from docgen.document.model import Break, Gap, Inlines, Picture, Proposed, Reference, Text
from docgen.writers.docx.comments import Comments
from docgen.writers.docx.markup import Memo, bookmark_name, escape, is_ambiguous, run_text, width_units
from docgen.writers.docx.media import Media
from docgen.writers.docx.theme import Theme

OPEN_TEXT = '<w:t xml:space="preserve">'
LINE = "</w:t><w:br/>" + OPEN_TEXT
CHARACTERS_CACHED = 60000


class Piece(NamedTuple):
    """Text ready for a run: escaped, whether it needs the East Asian hint, its width and line breaks."""

    xml: str
    ambiguous: bool
    units: int
    breaks: int


class Content(NamedTuple):
    """The runs of a paragraph and what the page estimate and the cache want to know of them."""

    xml: str
    units: int  # width in half characters
    breaks: int
    static: bool  # holds author's words only: the same for every client
    picture_mm: float  # height of the highest picture


EMPTY = Content("", 0, 0, True, 0.0)
_pieces: Memo[Text, Piece] = Memo(CHARACTERS_CACHED)


def piece(text: str) -> Piece:
    xml = run_text(text)
    return Piece(xml, is_ambiguous(text), width_units(text), xml.count("<w:br/>"))


def run_properties(style: str, ambiguous: bool) -> str:
    """`w:rPr` of a run in a character style, with the font hint Chinese quotes need."""
    inner = (f'<w:rStyle w:val="{style}"/>' if style else "") + (
        '<w:rFonts w:hint="eastAsia"/>' if ambiguous else ""
    )
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


class InlineWriter:
    """Writes the inlines of one document."""

    def __init__(
        self, theme: Theme, anchors: frozenset[str], comments: Comments | None, media: Media
    ) -> None:
        self._theme = theme
        self._anchors = anchors
        self._comments = comments
        self._media = media
        self._values: dict[str, Piece] = {}
        styles = theme.characters
        self._strong = styles.get("strong", "")
        self._gap = styles.get("gap", "")
        self._proposed = styles.get("proposed", "")
        self._gap_words = theme.words["gap"].split("{label}")
        self._looks: dict[tuple[str, bool], str] = {
            (style, hint): f"<w:r>{run_properties(style, hint)}{OPEN_TEXT}"
            for style in {"", *styles.values()}
            for hint in (False, True)
        }

    def write(self, inlines: Inlines) -> Content:
        """The runs of `inlines`."""
        if not inlines:
            return EMPTY
        runs: list[str] = []
        texts: list[str] = []  # of the run being gathered
        look = ""
        ambiguous = False
        static = True
        units = breaks = 0
        picture = 0.0
        values = self._values
        for inline in inlines:
            kind = type(inline)
            if kind is Text:
                found = _pieces.get(inline)  # type: ignore[arg-type]
                if found is None:
                    found = piece(inline.text)  # type: ignore[union-attr]
                    _pieces.put(inline, found)  # type: ignore[arg-type]
                style = ""
                if inline.strong:  # type: ignore[union-attr]
                    style = self._strong
                elif inline.style:  # type: ignore[union-attr]
                    style = self._theme.characters.get(inline.style, "")  # type: ignore[union-attr]
            elif kind is str:
                static = False
                found = values.get(inline)  # type: ignore[arg-type]
                if found is None:
                    found = values[inline] = piece(inline)  # type: ignore[arg-type,index]
                style = ""
            elif kind is Break:
                texts.append(LINE)
                breaks += 1
                continue
            else:
                static = False
                if kind is Reference and (not inline.anchor or inline.anchor not in self._anchors):  # type: ignore[union-attr]
                    found = piece(inline.text)  # type: ignore[union-attr]
                    style = self._strong if inline.strong else ""  # type: ignore[union-attr]
                elif kind is Proposed:
                    found = piece(inline.text)  # type: ignore[union-attr]
                    style = self._proposed
                elif kind is Gap and self._comments is None:
                    found = piece(self._gap_text(inline))  # type: ignore[arg-type]
                    style = self._gap
                else:
                    if texts:
                        runs.append(self._looks[look, ambiguous] + "".join(texts) + "</w:t></w:r>")
                        texts = []
                        ambiguous = False
                    xml, more, height = self._special(inline)  # type: ignore[arg-type]
                    runs.append(xml)
                    units += more
                    picture = max(picture, height)
                    continue
            if style != look:
                if texts:
                    runs.append(self._looks[look, ambiguous] + "".join(texts) + "</w:t></w:r>")
                    texts = []
                    ambiguous = False
                look = style
            texts.append(found.xml)
            ambiguous = ambiguous or found.ambiguous
            units += found.units
            breaks += found.breaks
        if texts:
            runs.append(self._looks[look, ambiguous] + "".join(texts) + "</w:t></w:r>")
        return Content("".join(runs), units, breaks, static, picture)

    def plain(self, inlines: Inlines) -> str:
        """The text of `inlines` without looks, for contents entries and ids."""
        parts: list[str] = []
        for inline in inlines:
            if isinstance(inline, str):
                parts.append(inline)
            elif isinstance(inline, Gap):
                parts.append(self._gap_text(inline))
            elif isinstance(inline, Break):
                parts.append(" ")
            elif not isinstance(inline, Picture):
                parts.append(inline.text)
        return "".join(parts)

    def field_text(self, text: str, properties: str) -> str:
        """A theme tag's value inside open text of a run with `properties`; the gaps in it stand out."""
        start, end = self._gap_words
        xml = run_text(text)
        at = xml.find(start)
        if at < 0:
            if is_ambiguous(text) and "w:rFonts" not in properties:
                hinted = _add_property(properties, '<w:rFonts w:hint="eastAsia"/>')
                return f"</w:t></w:r><w:r>{hinted}{OPEN_TEXT}{xml}</w:t></w:r><w:r>{properties}{OPEN_TEXT}"
            return xml
        marked = _add_property(properties, f'<w:rStyle w:val="{self._gap}"/>') if self._gap else properties
        out: list[str] = []
        position = 0
        while at >= 0:
            stop = xml.find(end, at)
            stop = len(xml) if stop < 0 else stop + len(end)
            out.append(xml[position:at])
            out.append(
                f"</w:t></w:r><w:r>{marked}{OPEN_TEXT}{xml[at:stop]}</w:t></w:r><w:r>{properties}{OPEN_TEXT}"
            )
            position = stop
            at = xml.find(start, stop)
        return "".join(out) + xml[position:]

    def _gap_text(self, gap: Gap) -> str:
        return gap.label.join(self._gap_words)

    def _special(self, inline: Gap | Reference | Picture) -> tuple[str, int, float]:
        """Runs of an inline that is more than text, its width, its height in mm."""
        if isinstance(inline, Picture):
            return self._media.picture(inline), round(inline.width_mm / 1.85), inline.height_mm
        if isinstance(inline, Reference):
            found = piece(inline.text)
            look = self._looks[self._strong if inline.strong else "", found.ambiguous]
            name = bookmark_name(inline.anchor)
            return (
                f'<w:hyperlink w:anchor="{name}" w:history="1">{look}{found.xml}</w:t></w:r></w:hyperlink>',
                found.units,
                0.0,
            )
        found = piece(self._gap_text(inline))
        run = f"{self._looks[self._gap, found.ambiguous]}{found.xml}</w:t></w:r>"
        return (self._comments.around(inline, run) if self._comments else run), found.units, 0.0


def _add_property(properties: str, added: str) -> str:
    """`w:rPr` with `added` (a style or font) in its place, which is at the start."""
    if not properties:
        return f"<w:rPr>{added}</w:rPr>"
    if added.startswith("<w:rStyle") and "<w:rStyle" in properties:
        return properties
    return properties.replace("<w:rPr>", "<w:rPr>" + added, 1)


GapNote = Callable[[Gap], str]
