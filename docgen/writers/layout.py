"""On which page does a heading stand? An estimate from line counts and heights, the same on every machine.

Chinese text makes this good: a character is as wide as the font is high, and the themes set the line height.
Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

WIDOW_LINES = 2  # Word keeps at least two lines of a paragraph on either page


class Flow(NamedTuple):
    """A piece of the page: a paragraph of `lines` lines, or a table row (one line that does not split)."""

    lines: int
    height: float  # of a line
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False
    keep_lines: bool = False
    heading: int = -1  # index into the headings, -1 for other pieces
    page_break: bool = False  # starts a page
    repeat: float = 0.0  # height of the header rows repeated above a row that starts a page


@dataclass(frozen=True, slots=True)
class Turn:
    """What follows stands on new pages with this height."""

    height: float


def line_count(units: int, breaks: int, width: float, size: float, first: float = 0.0) -> int:
    """Lines of a text of `units` half characters in a column of `width` points.

    Lines are rarely full to the last character: punctuation may not start a line and words do not split.
    """
    if not units:
        return 1 + breaks
    room = max(width * 2 / size, 2.0)
    full = (units + first * 2 / size) / room
    lines = ceil(full) if full <= 1 else ceil(full * 1.006)
    return lines + breaks


def paginate(
    flow: Sequence[Flow | Turn], page_height: float, headings: int, first_page: int = 1
) -> tuple[list[int], int]:
    """The page of every heading, and the number of the last page."""
    pages = [first_page] * headings
    page = first_page
    room = height = page_height
    after = 0.0  # space owed below the last piece
    top = True  # nothing stands on the page yet
    count = len(flow)
    index = 0
    while index < count:
        item = flow[index]
        if isinstance(item, Turn):
            height = item.height
            if not top or index:
                page += 1
            room, after, top = height, 0.0, True
            index += 1
            continue
        if item.page_break and not top:
            page += 1
            room, after, top = height, 0.0, True
        # pieces that must stay with the next one move together
        end = index
        needed = 0.0
        while end < count - 1 and end - index < 12:
            piece = flow[end]
            following = flow[end + 1]
            if (
                isinstance(piece, Turn)
                or not piece.keep_next
                or isinstance(following, Turn)
                or following.page_break
            ):
                break
            needed += max(piece.before, 0.0) + piece.lines * piece.height + max(piece.after, following.before)
            end += 1
        if end > index:
            last = flow[end]
            assert isinstance(last, Flow)
            needed += last.height * (1 if last.lines == 1 else min(last.lines, WIDOW_LINES))
            gap = 0.0 if top else max(after - item.before, 0.0)
            if gap + needed > room and not top and needed <= height:
                page += 1
                room, after, top = height, 0.0, True
        gap = (item.before if item.page_break or index == 0 else 0.0) if top else max(after, item.before)
        total = item.lines * item.height
        if gap + total <= room + 0.5:
            room -= gap + total
        elif item.lines == 1 or item.keep_lines:
            if not top:
                page += 1
                room = height - item.repeat
                top = True
            while total > room > 0 and total > height:
                total -= room
                room = height
                page += 1
            room -= total
        else:
            fit = max(int((room - gap) / item.height + 0.02), 0)
            if fit < WIDOW_LINES:
                fit = 0
            elif item.lines - fit < WIDOW_LINES:
                fit = item.lines - WIDOW_LINES if item.lines - WIDOW_LINES >= WIDOW_LINES else 0
            if item.heading >= 0:
                pages[item.heading] = page if fit else page + (not top)
            rest = item.lines - fit
            per_page = max(int(height / item.height), 1)
            turned = 1 if fit or not top else 0
            turned += (rest - 1) // per_page
            page += turned
            room = height - ((rest - 1) % per_page + 1) * item.height
            after, top = item.after, False
            index += 1
            continue
        if item.heading >= 0:
            pages[item.heading] = page
        after, top = item.after, False
        index += 1
    return pages, page
