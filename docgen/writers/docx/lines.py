"""Rows made from a template line: the line is prepared once for each grid, then only values are put in."""

from __future__ import annotations

from collections.abc import Sequence
from operator import gt, itemgetter
from typing import Any, NamedTuple

from docgen.document.model import Inline, Inlines, Slot, filled
from docgen.records import dataclass
from docgen.writers.docx.inlines import SINGLES, Content, InlineWriter
from docgen.writers.docx.looks import POINTS_PER_MM, Look
from docgen.writers.docx.markup import ROW_IDS, row_id
from docgen.writers.layout import line_count

ID, CONTENT = b"\x01", b"\x02"  # places for ids and contents in the XML of a line, which holds no such characters
ROW_LINES = 2.0  # points the borders and cell margins add to a row
_XML, _UNITS, _BREAKS, _PICTURE = map(itemgetter, range(4))


class LineCell(NamedTuple):
    """A cell with values in a template line: the index of its only one, or -1 and all inlines."""

    only: int
    inlines: tuple[Inline | Slot, ...]


@dataclass(slots=True, eq=False)
class ReadyLine:
    """A template line as a row of one grid: its XML with places for the ids and the contents of cells with values.
    Heights are in points."""

    form: bytes
    cells: tuple[LineCell, ...]
    rooms: tuple[float, ...]  # half characters a line, of those cells
    plain: bool  # the values are the contents of the cells, one by one
    lines: int  # of the highest constant cell
    height: float  # of a line
    around: float  # what the row is higher than its lines
    least: float

    def fill(
        self,
        values: Sequence[Inline | Inlines],
        base: int,
        ids: list[int],
        inlines: InlineWriter,
    ) -> tuple[bytes, float]:
        """The XML of the row with these values and its height; the first of its ids is added to `ids`."""
        first = row_id(base)
        ids.append(first)
        rooms = self.rooms
        found: list[Any]
        if self.plain:
            found = list(map(SINGLES.young.get, values))
            if not all(found):
                write = inlines.write
                for place, content in enumerate(found):
                    if content is None:
                        value: Any = values[place]
                        found[place] = write(value if type(value) is tuple else (value,))
        else:
            found = self._contents(values, inlines)
        lines = self.lines
        if any(map(_BREAKS, found)) or any(map(gt, map(_UNITS, found), rooms)):
            lines = max(lines, max(map(line_count, map(_UNITS, found), map(_BREAKS, found), rooms)))
        height = lines * self.height
        if any(map(_PICTURE, found)):
            height = max(height, max(map(_PICTURE, found)) * POINTS_PER_MM)
        height += self.around
        xml = self.form.replace(ID, b"%07X" % (first // ROW_IDS)) % tuple(map(_XML, found))
        return xml, height if height > self.least else self.least

    def _contents(self, values: Sequence[Inline | Inlines], inlines: InlineWriter) -> list[Content]:
        known, write = SINGLES.young.get, inlines.write
        found: list[Content] = []
        for only, pattern in self.cells:
            if only < 0:
                found.append(write(filled(pattern, values)))
                continue
            value: Any = values[only]
            found.append(known(value) or write(value if type(value) is tuple else (value,)))
        return found


def ready_line(
    parts: Sequence[bytes], cells: tuple[LineCell, ...], rooms: tuple[float, ...], lines: int, look: Look, least: float
) -> ReadyLine:
    """A line whose XML is `parts`, with ID and CONTENT where ids and contents stand."""
    form = b"".join(parts).replace(b"%", b"%%").replace(CONTENT, b"%s")
    plain = [cell.only for cell in cells] == list(range(len(cells)))
    around = look.before + look.after + ROW_LINES
    return ReadyLine(form, cells, rooms, plain, lines, look.height, around, least)
