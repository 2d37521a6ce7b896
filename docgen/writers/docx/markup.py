"""Text into XML: escaping, widths, stable ids, and a cache that forgets what is no longer used."""

from __future__ import annotations

import re
import zlib
from functools import lru_cache
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
}
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ROOT_ATTRIBUTES = " ".join(f'xmlns:{p}="{uri}"' for p, uri in NAMESPACES.items()) + ' mc:Ignorable="w14"'

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029|\x0b|\x0c")
# Word draws these with the Latin font unless the run says that they are East Asian.
_AMBIGUOUS = re.compile(
    "[\u2018\u2019\u201c\u201d\u2026\u2014\u00b7\u00d7\u00b1\u00b0\u2030\u2103\u2460-\u24ff\u25a0-\u25ff\u2605\u2606]"
)


def escape(text: str) -> str:
    """`text` as XML character data, also fit for attributes. Characters XML cannot hold are dropped."""
    if text.isprintable() and "&" not in text and "<" not in text and ">" not in text and '"' not in text:
        return text
    text = _FORBIDDEN.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def run_text(text: str) -> str:
    """`text` as it stands inside an open `w:t`: line breaks and tabs become elements between pieces of text."""
    if text.isprintable():
        return escape(text)
    text = escape(_LINE_ENDS.sub("\n", text))
    if "\n" in text:
        text = text.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    if "\t" in text:
        text = text.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return text


def is_ambiguous(text: str) -> bool:
    """True if the text holds characters whose font depends on the run's hint, e.g. Chinese quotes."""
    return _AMBIGUOUS.search(text) is not None


def _classes() -> bytes:
    """The class of each byte of UTF-8: A capital, a other letter or digit, c first of a Chinese character, space."""
    found = bytearray(b"." * 256)
    found[0x20] = 0x20
    found[0x30:0x3A] = b"a" * 10
    found[0x41:0x5B] = b"A" * 26
    found[0x61:0x7B] = b"a" * 26
    found[0xE4:0xEA] = b"c" * 6
    return bytes(found)


_CLASSES = _classes()


def width_units(text: str) -> int:
    """Width in half characters: Chinese characters count 2, Latin letters and digits 1, capitals 1.4, spaces 0.5; where
    Latin meets Chinese Word and LibreOffice leave a little room."""
    data = text.encode("utf-8", "replace")
    both = len(data) + len(text)
    if both == 4 * len(text):
        return both // 2
    kinds = data.translate(_CLASSES)
    capitals, joined = kinds.count(b"A"), kinds.count(b"ac") + kinds.count(b"Ac")
    return (5 * both + 4 * capitals + 8 * joined - 5 * kinds.count(b" ")) // 10


def checksum(text: str, start: int = 0) -> int:
    """A number derived from the text, the same in every process."""
    return zlib.crc32(text.encode("utf-8", "replace"), start)


def para_number(number: int) -> int:
    """`number` as a `w14:paraId` may be: above 0 and below 0x80000000. It is written as eight hexadecimal digits."""
    return number % 0x7FFFFFFE + 1


STEP = 0x9E3779B1  # spreads the ids that belong to one block
TURN = 0x5851F42D  # and those of a block that stands in the document again
ROW_IDS = 16  # ids of one row that differ in the last hexadecimal digit alone


def row_id(number: int) -> int:
    """The first of ROW_IDS numbers in a row, each as a `w14:paraId` may be; they differ in the last digit."""
    return (number % 0x7FFFFFE + 1) * ROW_IDS


def para_id(number: int) -> str:
    """`number` as the value of a `w14:paraId`."""
    return f"{number % 0x7FFFFFFE + 1:08X}"


@lru_cache(maxsize=8192)
def bookmark_name(anchor: str) -> str:
    """`anchor` as a name Word accepts: letters, digits and underscores, 40 characters at most."""
    name = re.sub(r"\W", "_", anchor)
    if not name or name[0].isdigit():
        name = "_" + name
    if name != anchor or len(name) > 40:
        name = f"{name[:31]}_{checksum(anchor):08x}"
    return name


class Memo(Generic[K, V]):
    """Keeps what was made of an object, under that object. What a whole generation of entries did not ask for is
    forgotten, so blocks made for one client do not pile up over hundreds of clients. Hot loops look into `young`
    first, then ask `get`."""

    __slots__ = ("_limit", "old", "young")

    def __init__(self, limit: int) -> None:
        self.young: dict[K, V] = {}
        self.old: dict[K, V] = {}
        self._limit = limit

    def get(self, key: K) -> V | None:
        hit = self.young.get(key)
        if hit is None and self.old:
            hit = self.old.get(key)
            if hit is not None:
                self.put(key, hit)
        return hit

    def put(self, key: K, value: V) -> None:
        if not self._limit:
            return
        if len(self.young) >= self._limit:
            self.old = self.young
            self.young = {}
        self.young[key] = value
