"""On which page does a heading stand? An estimate from line counts and heights, the same on every machine.

Chinese text makes this good: a character is as wide as the font is high, and the themes set the line height.
Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

# A piece of the page: (lines, height of a line, space before, space after, keep with the next piece,
# keep the lines together, index of the heading or -1, starts a page, height of the header rows repeated above).
# A plain tuple, because one is made for every paragraph and table row. A table row is one line.
Flow = tuple[int, float, float, float, bool, bool, int, bool, float]

WIDOW_LINES = 2  # Word keeps at least two lines of a paragraph on either page
_CHAIN = 12  # pieces that keep with the next one and still move together
_RAGGED = 0.8  # half characters a broken line stays short of the edge: words and punctuation do not split


def flow(
    lines: int,
    height: float,
    before: float = 0.0,
    after: float = 0.0,
    keep_next: bool = False,
    keep_lines: bool = False,
    heading: int = -1,
    page_break: bool = False,
    repeat: float = 0.0,
) -> Flow:
    """A piece of the page."""
    return (lines, height, before, after, keep_next, keep_lines, heading, page_break, repeat)


def turn(height: float) -> Flow:
    """What follows stands on new pages, `height` points high."""
    return (0, height, 0.0, 0.0, False, False, -1, False, 0.0)


def line_count(units: int, breaks: int, room: float, first: float = 0.0) -> int:
    """Lines of a text of `units` half characters with forced `breaks`, where `room` fit a line and the first is
    indented by `first`."""
    full = units + first
    if full <= room:
        return 1 + breaks
    return max(ceil(full / (room - _RAGGED) + breaks * 0.5), breaks + 1)


class _State(NamedTuple):
    """Where a page stands."""

    page: int
    room: float
    height: float
    after: float  # space owed below the last piece
    top: bool  # nothing stands on the page yet


class Pager:
    """The pages of a document while it is written. What stands before its last heading is worked out once."""

    __slots__ = ("_done", "_state", "pages")

    def __init__(self, page_height: float, headings: int, first_page: int = 1) -> None:
        self.pages = [first_page] * headings  # of every heading
        self._done = 0
        self._state = _State(first_page, page_height, page_height, 0.0, True)

    def room_below(self, pieces: Sequence[Flow]) -> float:
        """The room on the last page below the pieces, to which others may be added."""
        settled = _settled(pieces, self._done)
        self._state = self._fill(pieces, settled)
        self._done = settled
        state = self._fill(pieces, len(pieces))
        return state.room - state.after

    def last_page(self, pieces: Sequence[Flow]) -> int:
        """The number of the last page, when all pieces are there."""
        return self._fill(pieces, len(pieces)).page

    def _fill(self, pieces: Sequence[Flow], end: int) -> _State:
        """Go on from what is done to `end`."""
        pages = self.pages
        page, room, height, after, top = self._state
        sure = 0  # what stands before this piece is on the page of the first of its chain
        numbered = enumerate(pieces[self._done : end], self._done)
        for index, (lines, line, before, below, keep_next, keep_lines, heading, page_break, repeat) in numbered:
            if not lines:  # a turn
                page += bool(index)
                room = height = line
                after, top = 0.0, True
                continue
            if page_break and not top:
                page += 1
                room, after, top = height, 0.0, True
            if keep_next and not top and index >= sure:
                needed, stop = _chain(pieces, index)
                if max(after, before) - before + needed > room and needed <= height:
                    page += 1
                    room, after, top = height - repeat, 0.0, True
                if needed <= room:
                    sure = stop
            total = lines * line
            gap = (before if page_break or not index else 0.0) if top else (after if after > before else before)
            if gap + total <= room + 0.5:
                room -= gap + total
            elif lines == 1 or keep_lines:
                if not top:
                    page += 1
                    room = height - repeat
                while total > height:  # higher than a page
                    total -= room
                    room = height
                    page += 1
                room -= total
            else:
                fit = _fitting(lines, int((room - gap) / line + 0.02))
                if not fit and not top:
                    page += 1
                if heading >= 0:
                    pages[heading] = page
                rest = lines - fit
                per_page = max(int(height / line), 1)
                page += bool(fit) + (rest - 1) // per_page
                room = height - ((rest - 1) % per_page + 1) * line
                after, top = below, False
                continue
            if heading >= 0:
                pages[heading] = page
            after, top = below, False
        return _State(page, room, height, after, top)


def _settled(pieces: Sequence[Flow], done: int) -> int:
    """The last heading that nothing before it keeps with: what is added behind it does not move what stands before."""
    for index in range(len(pieces) - 1, done, -1):
        if pieces[index][6] >= 0 and not pieces[index - 1][4]:
            return index
    return done


def keeping(pieces: Sequence[Flow]) -> float:
    """Height of the last pieces that stay with what is to follow, their distance to it included."""
    height = 0.0
    for lines, line, before, below, keep_next, _, _, page_break, _ in reversed(pieces):
        if not keep_next or not lines:
            break
        height += lines * line + before + below
        if page_break:
            break
    return height


def _fitting(lines: int, fit: int) -> int:
    """How many of `lines` stay on a page with room for `fit`, without single lines on either side."""
    if fit < WIDOW_LINES:
        return 0
    if lines - fit < WIDOW_LINES:
        return lines - WIDOW_LINES if lines >= 2 * WIDOW_LINES else 0
    return fit


def _chain(pieces: Sequence[Flow], index: int) -> tuple[float, int]:
    """Height of the pieces from `index` that keep together, with the first lines of the one that follows, and the
    number of that one; of `index` where more keep together than are looked at."""
    lines, line, needed, below, keep_next, _, _, _, _ = pieces[index]
    last = index
    for next_lines, next_line, before, next_below, next_keeps, _, _, page_break, _ in pieces[
        index + 1 : index + 1 + _CHAIN
    ]:
        if not keep_next or not next_lines or page_break:
            break
        last += 1
        needed += lines * line + (below if below > before else before)
        lines, line, below, keep_next = next_lines, next_line, next_below, next_keeps
    else:
        last = index
    return needed + (lines if lines < WIDOW_LINES else WIDOW_LINES) * line, last
