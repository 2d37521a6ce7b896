"""Bodies that documents have in common: what holds no values is packed once, and the values are put between."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import NamedTuple

from docgen.document.model import Document, Pattern, Table
from docgen.records import dataclass
from docgen.writers.docx.body import HANDLERS, Body
from docgen.writers.docx.tables import WrittenAgain
from docgen.writers.package import Member, Piece, joined, member, piece

_LEAST = 2048  # bytes without values worth packing by themselves
_MOST_MADE = 16  # of one pattern kept
_PART = "word/document.xml"

Room = tuple[Hashable, ...]
Stretch = tuple["bytes | int", ...]  # XML, and the numbers of places with values
Pieces = tuple[Piece | Stretch, ...]


class Whole(NamedTuple):
    """A packed body, and what the rest of the package needs to know of it."""

    part: Member
    last_page: int
    lists: int
    used: Mapping[str, tuple[str, bool]]  # see write.py


class Packed(NamedTuple):
    """A body with places for values."""

    pieces: Pieces
    whole: Whole  # of which only the part changes


class Mark(NamedTuple):
    """Where a paragraph stands among what was written, and how a row is written again."""

    at: int
    row: WrittenAgain | None


@dataclass(slots=True, eq=False)
class Shared:
    """The bodies of one pattern, by the room the values take in them."""

    pattern: Pattern
    marks: tuple[Mark, ...]
    made: dict[Room, Packed | Whole] = field(default_factory=dict)

    def whole(self, document: Document, new_body: Callable[[], Body]) -> Whole | None:
        """The body of `document`; None if its values take other room than those met before, or are pictures."""
        if not self.marks:
            found = self.made.get(())
            return found if type(found) is Whole else None
        body = new_body()
        xml, room = self._values(document, body)
        made = self.made.get(room)
        if type(made) is not Packed or body.media.targets:
            return None
        return made.whole._replace(part=_joined(made.pieces, xml))

    def pack(self, written: Sequence[bytes]) -> tuple[Member, Pieces]:
        """The body, whose XML is `written`, and what it is made of: the same pieces whether it is the first of its
        pattern or not, so that a document is the same file either way."""
        if not self.marks:
            return member(_PART, b"".join(written)), ()
        xml = self._values_in(written)
        pieces = tuple(piece(item) if isinstance(item, bytes) else item for item in self._cut(written))
        return _joined(pieces, xml), pieces

    def keep(
        self,
        document: Document,
        whole: Whole,
        written: Sequence[bytes],
        pieces: Pieces,
        new_body: Callable[[], Body],
    ) -> None:
        """Remember a body that was written and packed."""
        if len(self.made) >= _MOST_MADE:
            self.made.clear()
        if not self.marks:
            self.made[()] = whole
            return
        xml, room = self._values(document, new_body())
        if xml == self._values_in(written):  # else they depend on what stands around
            self.made[room] = Packed(pieces, whole)

    def _values_in(self, written: Sequence[bytes]) -> list[bytes]:
        return [written[mark.at] for mark in self.marks]

    def _cut(self, written: Sequence[bytes]) -> Iterator[bytes | Stretch]:
        """The body in stretches: without values where they are long enough, and with values."""
        places = {mark.at: number for number, mark in enumerate(self.marks)}
        waiting: list[bytes | int] = []
        start = 0
        for at in (*sorted(places), len(written)):
            still = b"".join(written[start:at])
            if len(still) >= _LEAST:
                if waiting:
                    yield tuple(waiting)
                    waiting = []
                yield still
            elif still:
                waiting.append(still)
            if at < len(written):
                waiting.append(places[at])
            start = at + 1
        if waiting:
            yield tuple(waiting)

    def _values(self, document: Document, body: Body) -> tuple[list[bytes], Room]:
        """What the document has in the places, and the room it takes there."""
        xml: list[bytes] = []
        room: list[Hashable] = []
        for (number, row), mark in zip(self.pattern.places, self.marks, strict=True):
            block = document.blocks[number]
            if mark.row is not None and isinstance(block, Table):
                made, height = body.tables.again(block.rows[row], mark.row)
                xml.append(made)
                room.append(height)
            else:
                HANDLERS[type(block)](body, block)
                xml.append(body.out[-1])
                room.append(body.flow[-1])
        return xml, tuple(room)


def write_marked(body: Body, document: Document, pattern: Pattern, before: int) -> Shared:
    """Write the blocks; what they have in common with other documents of the pattern. `before`: how many pieces of XML
    stand before the body's."""
    rows: list[list[WrittenAgain]] = []
    ends: list[int] = []
    for block in document.blocks:
        body.tables.noted = []
        HANDLERS[type(block)](body, block)
        rows.append(body.tables.noted)
        ends.append(len(body.out) - 1)
    body.finish()
    marks = [
        Mark(ends[block] + before, None) if row < 0 else Mark(rows[block][row].at + before, rows[block][row])
        for block, row in pattern.places
    ]
    return Shared(pattern, tuple(marks))


def _joined(pieces: Pieces, xml: Sequence[bytes]) -> Member:
    """The body of these pieces with these values in it."""
    return joined(_PART, *(item if type(item) is Piece else _filled(item, xml) for item in pieces))


def _filled(stretch: Stretch, xml: Sequence[bytes]) -> bytes:
    return b"".join([xml[part] if isinstance(part, int) else part for part in stretch])
