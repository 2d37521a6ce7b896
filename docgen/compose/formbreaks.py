"""Where the words of a cell are broken into lines: no character of a label stands alone, no box without its answer."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from docgen.compose.formlayout import line_count, plain, text_width
from docgen.compose.formmodel import FormWords
from docgen.compose.formvalues import author_words
from docgen.document import Break, Inline, Inlines, Text

_BOX = "□"
_MOST = 200  # characters of a label; what is longer is text and breaks by itself
_SPACES = " \u3000"
_BRACKET = "\uff08"


def label_lines(inlines: Inlines, width: float, words: FormWords) -> Inlines:
    """The words of a label in lines of this width (mm), broken before a bracket or a word that joins where that takes
    no more lines, else so that the last line has a word of two or three characters."""
    text = plain(inlines)
    if text_width(text) <= width or "\n" in text or len(text) > _MOST:
        return inlines
    return _broken(inlines, _label_places(text, width, words.joints, words.suffixes))


@lru_cache(maxsize=2048)  # most labels are the same for all companies
def _label_places(text: str, width: float, joints: str, suffixes: str) -> tuple[int, ...]:
    places: list[int] = []
    start, most = 0, _fitting(text, width)
    while most < len(text) - start:
        start += _line(text[start:], most, width, joints, suffixes)
        places.append(start)  # also where it breaks by itself: fonts differ by less than a character
        most = _fitting(text[start:], width)
    return tuple(places)


def box_lines(inlines: Inlines, width: float) -> Inlines:
    """Words with boxes to tick in lines of this width (mm): a box stands on the line of its answer."""
    text = plain(inlines)
    if _BOX not in text or line_count(text, width) == 1:
        return inlines
    places: list[int] = []
    used = 0.0
    start = 0
    for end in [*(place for place, sign in enumerate(text) if sign == _BOX and place), len(text)]:
        *lines, last = text[start:end].split("\n")
        if used and used + text_width((lines or [last])[0].rstrip(_SPACES)) > width:
            places.append(start)
            used = 0.0
        before = 0.0 if lines else used
        used = min(before + text_width(last), max(before + text_width(last.rstrip(_SPACES)), width))
        while used > width:
            used -= width
        start = end
    return _broken(inlines, places)


def _fitting(text: str, width: float) -> int:
    """How many characters stand on the first line; Latin words stay whole."""
    most = next((n for n in range(2, len(text) + 1) if text_width(text[:n]) > width), len(text) + 1) - 1
    whole = most
    while 1 < whole < len(text) and text[whole - 1].isascii() and text[whole].isascii():
        whole -= 1
    return whole if whole > 1 else most


def _line(text: str, most: int, width: float, joining: str, suffixes: str) -> int:
    """How many of the `most` characters that fit are put on the first line."""
    lines = line_count(text, width)
    joints = [n for n in range(2, most + 1) if text[n] in joining and line_count(text[n:], width) < lines]
    brackets = [n for n in joints if text[n] == _BRACKET]
    if joints:
        return brackets[0] if brackets else joints[-1]
    core = len(text)
    while unicodedata.category(text[core - 1]) in ("Pe", "Pf", "Po"):
        core -= 1
    if core - most < 2 <= core - 2:
        suffixed = text[core - 1] in suffixes and core > 4
        return max(core - (3 if suffixed else 2), 2)
    return most


def _broken(inlines: Inlines, places: Sequence[int]) -> Inlines:
    """The inlines with breaks at these places of their text, as far as they can be parted there."""
    if not places:
        return inlines
    result: list[Inline] = []
    at = 0
    for inline in inlines:
        text = plain((inline,))
        cuts = [place - at for place in places if at <= place < at + len(text)]
        at += len(text)
        if isinstance(inline, (str, Text)) and cuts:
            result += _parted(inline, text, cuts)
        else:
            result += [Break(), inline] if 0 in cuts else [inline]
    return tuple(result)


def _parted(inline: str | Text, text: str, cuts: Sequence[int]) -> Iterator[Inline]:
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        if start == end:  # the first place is the beginning
            continue
        if start in cuts:
            yield Break()
        if isinstance(inline, str):
            yield text[start:end]
        elif inline.strong or inline.style:
            yield Text(text[start:end], inline.strong, inline.style)
        else:
            yield author_words(text[start:end])
