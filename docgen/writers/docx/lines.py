"""Rows made from a template line: the line is prepared once for each grid, then only values are put in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from docgen.document.model import Inline, Inlines, Slot, filled
from docgen.writers.docx.inlines import InlineWriter
from docgen.writers.docx.looks import POINTS_PER_MM, Look
from docgen.writers.docx.markup import para_number
from docgen.writers.layout import line_count

ID, CONTENT = "\x01", "\x02"  # places for ids and contents in the XML of a line, which holds no such characters
STEP = 0x9E3779B1  # spreads the ids of a row's cells
ROW_LINES = 2.0  # points the borders and cell margins add to a row
_MAX_KNOWN = 4  # rows of one line kept with their ids


class LineCell(NamedTuple):
    """A cell with values in a template line: the index of its only one, or -1 and all inlines; its room."""

    only: int
    inlines: tuple[Inline | Slot, ...]
    room: float


class ReadyLine(NamedTuple):
    """A template line as a row of one grid: its XML with places for the ids and the contents of cells with values."""

    form: str
    columns: int
    cells: tuple[LineCell, ...]
    lines: int  # of the highest constant cell
    least: float  # height in points
    known: dict[int, tuple[str, tuple[int, ...]]]  # the XML with ids and the ids, by the row's id base

    def at(self, base: int) -> tuple[str, tuple[int, ...]]:
        """The XML with the ids of the row of this base, and the ids."""
        ids = tuple(para_number(base + number * STEP) for number in range(self.columns))
        made = (self.form % ids, ids)
        if len(self.known) < _MAX_KNOWN:
            self.known[base] = made
        return made

    def fill(
        self,
        values: Sequence[Inline | Inlines],
        base: int,
        ids: list[int],
        inlines: InlineWriter,
        look: Look,
    ) -> tuple[str, float]:
        """The XML of the row with these values and its height in points; its ids are added to `ids`."""
        known, write = inlines.singles.get, inlines.write
        form, row_ids = self.known.get(base) or self.at(base)
        ids += row_ids
        contents: list[str] = []
        lines, fullest, tallest = self.lines, 0.0, 0.0
        for only, pattern, room in self.cells:
            if only >= 0:
                value = values[only]
                found = known(value)
                if found is None:
                    found = write(value if type(value) is tuple else (value,) if value else ())  # type: ignore[arg-type]
                    if found[4] > tallest:
                        tallest = found[4]
            else:
                found = write(filled(pattern, values))
                if found[4] > tallest:
                    tallest = found[4]
            xml, units, breaks, _, _ = found
            contents.append(xml)
            if breaks:
                lines = max(lines, line_count(units, breaks, room))
            elif units > room and units / room > fullest:
                fullest = units / room
        if fullest:
            lines = max(lines, line_count(1, 0, 1 / fullest))
        height = max(lines * look.height, tallest * POINTS_PER_MM) + look.before + look.after + ROW_LINES
        return form % tuple(contents), height if height > self.least else self.least


def ready_line(parts: Sequence[str], cells: tuple[LineCell, ...], lines: int, least: float) -> ReadyLine:
    """A line whose XML is `parts`, with ID and CONTENT where ids and contents stand."""
    xml = "".join(parts)
    form = xml.replace("%", "%%%%").replace(ID, "%08X").replace(CONTENT, "%%s")
    return ReadyLine(form, xml.count(ID), cells, lines, least, {})
