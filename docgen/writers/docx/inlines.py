"""Inlines of a paragraph as runs. Pieces of the same look become one run: less XML, and kinder to who edits it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from docgen.document.model import Break, Gap, Inline, Inlines, Picture, Proposed, Reference, Text
from docgen.writers.docx.comments import Comments
from docgen.writers.docx.markup import K, Memo, V, bookmark_name, is_ambiguous, run_text, width_units
from docgen.writers.docx.media import Media
from docgen.writers.docx.theme import Theme

OPEN_TEXT = '<w:t xml:space="preserve">'
CLOSE_TEXT = "</w:t></w:r>"
_LINE = f"</w:t><w:br/>{OPEN_TEXT}".encode()
_CLOSE = CLOSE_TEXT.encode()
_UNIT_MM = 1.85  # a half character of body text
_VALUES = 6000  # kept besides the words of templates: about what a company's set holds
_MOST_WORDS = 40_000  # the shipped templates have some 12,000


# Text ready for a run, escaped, and its measures in one number, so that those of many pieces are added up in one go:
# width in half characters, forced line breaks, and how many pieces need the East Asian hint.
Piece = tuple[bytes, int]
_BREAK = 1 << 32
_HINT = 1 << 56

# The runs of a paragraph; their width in half characters; forced line breaks; height of the highest picture in mm. A
# plain tuple: one is made for every cell.
Content = tuple[bytes, int, int, float]

EMPTY: Content = (b"", 0, 0, 0.0)


class WordMemo(Memo[K, V]):
    """Keeps what was made of inlines. The words of templates come again with every client and stay; values come again
    in the documents of one client, and when there are too many all of them go."""

    __slots__ = ("_values",)

    def __init__(self) -> None:
        super().__init__(_VALUES)
        self._values = 0

    def put(self, key: K, value: V) -> None:
        if type(key) is not Text:
            self._values += 1
        if self._values > _VALUES or len(self.young) >= _MOST_WORDS + _VALUES:
            words = {key: made for key, made in self.young.items() if type(key) is Text}
            self.young = words if len(words) < _MOST_WORDS else {}
            self._values = type(key) is not Text
        self.young[key] = value


_pieces: WordMemo[Inline, Piece] = WordMemo()  # of inlines that are text in the look of their paragraph
_marked: WordMemo[Text, Piece] = WordMemo()  # of words with a look of their own
# Paragraphs and cells of one inline on one line, for loops that cannot afford to call `write` for each.
SINGLES: WordMemo[object, Content] = WordMemo()


def piece(text: str) -> Piece:
    """`text` ready for a run."""
    xml = run_text(text)
    breaks = 0 if xml is text else xml.count("<w:br/>")
    return xml.encode("utf-8"), width_units(text) + breaks * _BREAK + is_ambiguous(text) * _HINT


def _keep(inline: Inline, text: str) -> Piece:
    made = piece(text)
    _pieces.put(inline, made)
    return made


def run_properties(style: str, ambiguous: bool) -> str:
    """`w:rPr` of a run in a character style, with the font hint Chinese quotes need."""
    inner = f'<w:rStyle w:val="{style}"/>' if style else ""
    if ambiguous:
        inner += '<w:rFonts w:hint="eastAsia"/>'
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def run_openings(theme: Theme) -> dict[tuple[str, bool, bool], bytes]:
    """The beginning of a run up to its text, for every character style, without and with the font hint, without and
    with spaces kept at the ends."""
    return {
        (style, hint, kept): f"<w:r>{run_properties(style, hint)}{OPEN_TEXT if kept else '<w:t>'}".encode()
        for style in sorted({"", *theme.characters.values()})
        for hint in (False, True)
        for kept in (False, True)
    }


class InlineWriter:
    """Writes the inlines of one document."""

    def __init__(self, theme: Theme, anchors: frozenset[str], comments: Comments | None, media: Media) -> None:
        self._characters = theme.characters
        self._anchors = anchors
        self._comments = comments
        self._media = media
        self._strong = theme.characters.get("strong", "")
        self._gap = theme.characters.get("gap", "")
        self._proposed = theme.characters.get("proposed", "")
        self._gap_words = theme.words["gap"].split("{label}")
        if not theme.openings:
            theme.openings.update(run_openings(theme))
        self._openings = theme.openings

    def value(self, text: str) -> Piece:
        """A value of the profile, ready for a run."""
        return _pieces.young.get(text) or _pieces.get(text) or _keep(text, text)

    def _plain(self, inline: Inline) -> Piece | None:
        """An inline that is nothing but text in the look of its paragraph, ready for a run; None for others."""
        found = _pieces.get(inline)
        if found is not None:
            return found
        if isinstance(inline, str):
            return _keep(inline, inline)
        if isinstance(inline, Text):
            return None if inline.strong or inline.style else _keep(inline, inline.text)
        if isinstance(inline, Reference):
            if inline.strong or inline.anchor:
                return None
            made = self.value(inline.text)
            _pieces.put(inline, made)
            return made
        return None

    def _words(self, text: Text) -> tuple[Piece, str]:
        """Words of the author with a look of their own, and their character style."""
        found = _marked.young.get(text) or _marked.get(text)
        if found is None:
            found = piece(text.text)
            _marked.put(text, found)
        return found, self._strong if text.strong else self._characters.get(text.style, "")

    def write(self, inlines: Inlines) -> Content:
        """The runs of `inlines`."""
        if len(inlines) != 1:
            return self._write(inlines) if inlines else EMPTY
        only = inlines[0]
        found = SINGLES.young.get(only) or SINGLES.get(only)
        if found is not None:
            return found
        text = self._plain(only)
        if text is None:
            return self._mixed(inlines)
        xml, size = text
        found = (self._run("", size >= _HINT, (xml,)), size % _BREAK, size % _HINT // _BREAK, 0.0) if xml else EMPTY
        if not found[2]:
            SINGLES.put(only, found)
        return found

    def _run(self, style: str, hint: bool, texts: Iterable[bytes]) -> bytes:
        """A run of these texts. Only spaces at its ends need `xml:space`."""
        text = b"".join(texts)
        kept = len(text.strip(b" ")) != len(text)
        return self._openings[style, hint, kept] + text + _CLOSE

    def _write(self, inlines: Inlines) -> Content:
        found = list(map(_pieces.young.get, inlines))
        if not all(found):
            return self._mixed(inlines)
        texts, sizes = zip(*found, strict=True)
        size = sum(sizes)
        if size < _BREAK:
            return self._run("", False, texts), size, 0, 0.0
        return self._run("", size >= _HINT, texts), size % _BREAK, size % _HINT // _BREAK, 0.0

    def _mixed(self, inlines: Inlines) -> Content:
        """Inlines of several looks, or not met lately."""
        runs: list[bytes] = []
        texts: list[bytes] = []  # of the run being gathered
        look = ""
        whole = size = 0  # of the runs, and of the one being gathered
        picture = 0.0
        for inline, found in zip(inlines, map(_pieces.young.get, inlines), strict=True):
            style = ""
            if found is None:
                kind = type(inline)
                if kind is Break:
                    texts.append(_LINE)
                    size += _BREAK
                    continue
                if kind is Text and (inline.strong or inline.style):  # type: ignore[union-attr]
                    spoken: tuple[Piece, str] | None = self._words(inline)  # type: ignore[arg-type]
                else:
                    plain = self._plain(inline)
                    spoken = (plain, "") if plain else self._spoken(inline)
                if spoken is None:
                    if texts:
                        runs.append(self._run(look, size >= _HINT, texts))
                        texts = []
                    xml, width, height = self._special(inline)  # type: ignore[arg-type]
                    runs.append(xml)
                    whole += size % _HINT + width
                    size = 0
                    picture = max(picture, height)
                    continue
                found, style = spoken
            if style != look:
                if texts:
                    runs.append(self._run(look, size >= _HINT, texts))
                    texts = []
                whole += size % _HINT
                size = 0
                look = style
            texts.append(found[0])
            size += found[1]
        if texts:
            runs.append(self._run(look, size >= _HINT, texts))
        whole += size % _HINT
        return b"".join(runs) if len(runs) != 1 else runs[0], whole % _BREAK, whole // _BREAK, picture

    def _spoken(self, inline: Inline) -> tuple[Piece, str] | None:
        """Text and character style of an inline that is nothing but text in this document."""
        if isinstance(inline, Reference):
            if inline.anchor and inline.anchor in self._anchors:
                return None
            return self.value(inline.text), self._strong if inline.strong else ""
        if isinstance(inline, Proposed):
            return self.value(inline.text), self._proposed
        if isinstance(inline, Gap) and self._comments is None:
            return self.value(self._gap_text(inline)), self._gap
        return None

    def _special(self, inline: Gap | Reference | Picture) -> tuple[bytes, int, float]:
        """Runs of an inline that is more than text, its width, its height in mm."""
        if isinstance(inline, Picture):
            run = self._media.picture(inline).encode()
            return run, round(inline.width_mm / _UNIT_MM), inline.height_mm
        if isinstance(inline, Reference):
            xml, size = self.value(inline.text)
            run = self._run(self._strong if inline.strong else "", size >= _HINT, (xml,))
            link = f'<w:hyperlink w:anchor="{bookmark_name(inline.anchor)}" w:history="1">'
            return b"%s%s</w:hyperlink>" % (link.encode(), run), size % _BREAK, 0.0
        xml, size = self.value(self._gap_text(inline))
        run = self._run(self._gap, size >= _HINT, (xml,))
        if self._comments is not None:
            run = self._comments.around(inline, run.decode("utf-8")).encode("utf-8")
        return run, size % _BREAK, 0.0

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

    def _gap_text(self, gap: Gap) -> str:
        return gap.label.join(self._gap_words)

    def field_text(self, text: str, properties: str) -> str:
        """A theme tag's value inside open text of a run with `properties`; the gaps in it stand out."""
        start, end = self._gap_words
        return _field_text(text, properties, start, end, self._gap)


@lru_cache(maxsize=1024)  # a company's name, its number and the like stand in every document
def _field_text(text: str, properties: str, start: str, end: str, gap_style: str) -> str:
    xml = run_text(text)
    at = xml.find(start)
    if at < 0 and (not is_ambiguous(text) or "w:rFonts" in properties):
        return xml
    reopened = f"{CLOSE_TEXT}<w:r>{properties}{OPEN_TEXT}"
    if at < 0:
        hinted = _add_property(properties, '<w:rFonts w:hint="eastAsia"/>')
        return f"{CLOSE_TEXT}<w:r>{hinted}{OPEN_TEXT}{xml}{reopened}"
    marked = _add_property(properties, f'<w:rStyle w:val="{gap_style}"/>') if gap_style else properties
    out: list[str] = []
    position = 0
    while at >= 0:
        stop = xml.find(end, at)
        stop = len(xml) if stop < 0 else stop + len(end)
        out.append(f"{xml[position:at]}{CLOSE_TEXT}<w:r>{marked}{OPEN_TEXT}{xml[at:stop]}{reopened}")
        position = stop
        at = xml.find(start, stop)
    return "".join(out) + xml[position:]


def _add_property(properties: str, added: str) -> str:
    """`w:rPr` with `added` (a style or font) in its place: styles come first, then fonts."""
    if not properties:
        return f"<w:rPr>{added}</w:rPr>"
    if added.startswith("<w:rStyle"):
        return properties if "<w:rStyle" in properties else properties.replace("<w:rPr>", "<w:rPr>" + added, 1)
    at = properties.find("/>", properties.find("<w:rStyle")) + 2 if "<w:rStyle" in properties else len("<w:rPr>")
    return properties[:at] + added + properties[at:]
