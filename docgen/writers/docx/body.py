"""The body of a document: one pass over its blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from docgen.document.model import (
    Block,
    Chart,
    Contents,
    Diagram,
    Document,
    Heading,
    Inlines,
    ListItem,
    Origin,
    PageBreak,
    Paragraph,
    Section,
    Table,
)
from docgen.writers.docx import drawings
from docgen.writers.docx.contents import Entry, bookmarks, contents_flow, contents_xml, list_headings
from docgen.writers.docx.inlines import InlineWriter
from docgen.writers.docx.introductions import (
    COLON,
    INTRODUCING,
    ends_in_text,
    fill_ending,
    keep_ending,
    keep_introduction,
    lower_ending,
)
from docgen.writers.docx.looks import POINTS_PER_MM, Look, paragraph_lines
from docgen.writers.docx.markup import STEP, TURN, Memo, checksum, escape, para_number
from docgen.writers.docx.media import Media
from docgen.writers.docx.numbering import list_place
from docgen.writers.docx.page import Page
from docgen.writers.docx.tables import KEPT_TABLES, TableWriter
from docgen.writers.docx.theme import Theme
from docgen.writers.layout import Flow, Pager, keeping, turn

_PICTURE_LINE = b'<w:spacing w:line="240" w:lineRule="auto"/>'
_ONE_PAGE = 12  # pieces that stand on one page
_NO_OUTLINE = b'<w:outlineLvl w:val="9"/>'


class Ready(NamedTuple):
    """A static block as it stands in a document the first time."""

    base: int
    xml: bytes
    id: int
    flow: Flow


class Body:
    """Writes the blocks of one document. `salt` changes all ids (see write.py: two ids of a document collided)."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        inlines: InlineWriter,
        media: Media,
        references: Callable[[bool], str],
        pages: Mapping[str, int] | None,
        headings: Sequence[Heading],
        salt: int = 0,
    ) -> None:
        self.theme = theme
        self.media = media
        self.inlines = inlines
        self.out: list[bytes] = []
        self.ids: list[int] = []
        self.flow: list[Flow] = []
        self.lists = 0
        self.last_page = 1
        self._document = document
        self._references = references
        self._pages = pages
        self._salt = salt
        self._seen: dict[int, int] = {}
        self._list_numbers: dict[tuple[int, int], int] = {}
        self._break = False
        self._seal = (0, 0, 0)  # the last table kept whole: its places in `out` and `flow`, its end
        self._contents: list[tuple[int, Contents, list[Entry], int, bool, int]] = []
        self._headings = headings
        self._bookmarks = bookmarks(self._headings, inlines)
        self._heading = 0
        self._turn(document.landscape)
        self._pager = Pager(self._sheet.text_height / 20, len(self._headings))

    # ---- the whole

    def front(self, xml: str, pieces: list[Flow]) -> None:
        """What stands before the blocks: cover or title block."""
        self.out.append(xml.encode("utf-8"))
        self.flow += pieces

    def write(self) -> None:
        """Write all blocks; afterwards `out`, `ids`, `lists` and `last_page` are complete."""
        for block in self._document.blocks:
            HANDLERS[type(block)](self, block)
        self.finish()

    @property
    def section(self) -> str:
        """The `w:sectPr` of the last section."""
        return self._sheet.section(self._references(self.landscape))

    def _turn(self, landscape: bool) -> None:
        self.landscape = landscape
        self._sheet: Page = self.theme.page.turned() if landscape else self.theme.page
        self._width = self._sheet.text_width
        pattern = self._document.pattern
        # a body that is kept whole needs no parts that are kept
        self._memo = Memo(0) if pattern and not pattern.places else self.theme.memos[landscape]
        self.tables = TableWriter(self.theme, self.inlines, self._width, self._memo)
        self._introducing = [self.theme.look(role, self._width) for role in INTRODUCING]

    def _base(self, origin: Origin, words: Inlines) -> tuple[int, bool]:
        """Id base of a block, and whether it stands in the document for the first time."""
        base = (origin.number or checksum(self.inlines.plain(words))) + self._salt
        count = self._seen.get(base, 0)
        self._seen[base] = count + 1
        return (base + count * TURN, False) if count else (base, True)

    def _known(self, key: object) -> bool:
        """Add a block as it was written for a company before; False if it was not, or would not stand there alike."""
        ready: Ready | None = self._memo.young.get(key) or self._memo.get(key)
        if ready is None or self._break or self._salt or ready.base in self._seen:
            return False
        base, xml, id, piece = ready
        self._seen[base] = 1
        self.out.append(xml)
        self.ids.append(id)
        self.flow.append(piece)
        return True

    def _keep(self, key: object, base: int) -> None:
        """Remember what was added last."""
        if not self._salt:
            self._memo.put(key, Ready(base, self.out[-1], self.ids[-1], self.flow[-1]))

    def _emit(
        self,
        id: int,
        look: Look,
        properties: bytes,
        xml: bytes,
        units: int,
        breaks: int = 0,
        *,
        keep: bool = False,
        heading: int = -1,
        picture: float = 0.0,
    ) -> None:
        """Add a paragraph. `properties` go behind the style in `w:pPr`; a waiting page break is spent on it."""
        broken = self._break
        if broken:
            self._break = False
            properties = b"<w:pageBreakBefore/>" + properties
        if keep:
            properties = b"<w:keepNext/>" + properties
        if picture:
            properties += _PICTURE_LINE
        text = b'<w:p w14:paraId="%08X">%s%s</w:pPr>%s</w:p>' % (id, look.head, properties, xml)
        height = max(look.height, picture * POINTS_PER_MM) if picture else look.height
        short = units + look.first <= look.room and not breaks
        lines = 1 if short else paragraph_lines(xml, units, breaks, look)
        kept = keep or look.keep_next
        piece = (lines, height, look.before, look.after, kept, look.keep_lines, heading, broken, 0.0)
        self.out.append(text)
        self.ids.append(id)
        self.flow.append(piece)

    # ---- paragraphs

    def _paragraph(self, block: Paragraph) -> None:
        if block.shared and self._known(block):
            return
        base, first = self._base(block.origin, block.inlines)
        xml, units, breaks, picture = self.inlines.write(block.inlines)
        look = self.theme.looks.get((block.role, self._width)) or self.theme.look(block.role, self._width)
        id = base % 0x7FFFFFFE + 1
        kept = block.keep_with_next
        if self._break or picture:
            self._emit(id, look, b"", xml, units, breaks, keep=kept, picture=picture)
            return
        self._add(id, look, look.kept if kept else look.opening, xml, units, breaks, kept)
        if block.shared and first:
            self._keep(block, base)

    def _add(self, id: int, look: Look, opening: bytes, xml: bytes, units: int, breaks: int, kept: bool) -> None:
        """Add an ordinary paragraph; `opening` is its whole `w:pPr`."""
        self.out.append(b'<w:p w14:paraId="%08X">%s%s</w:p>' % (id, opening, xml))
        self.ids.append(id)
        short = units + look.first <= look.room and not breaks
        piece = (
            1 if short else paragraph_lines(xml, units, breaks, look),
            look.height,
            look.before,
            look.after,
            kept or look.keep_next,
            look.keep_lines,
            -1,
            False,
            0.0,
        )
        self.flow.append(piece)

    def _list_item(self, block: ListItem) -> None:
        if self.out and self.out[-1].endswith(COLON):
            self._keep_introduction()
        base, _ = self._base(block.origin, block.inlines)
        numbering = self.theme.numbering
        number = numbering.bullet
        if block.ordered:
            # a list ends at the next heading, whatever its id
            key = (self._heading, block.list_id)
            number = self._list_numbers.get(key, 0)
            if not number:
                number = self._list_numbers[key] = numbering.free + self.lists
                self.lists += 1
        xml, units, breaks, picture = self.inlines.write(block.inlines)
        level = min(max(block.level, 0), 8)
        properties = list_place(level, number)
        look = self.theme.list_look(block.ordered, level, self._width)
        id = base % 0x7FFFFFFE + 1
        if self._break or picture:
            self._emit(id, look, properties, xml, units, breaks, picture=picture)
        else:
            self._add(id, look, b"%s%s</w:pPr>" % (look.head, properties), xml, units, breaks, False)

    # ---- headings and contents

    def _write_heading(self, block: Heading) -> None:
        index = self._heading
        self._heading += 1
        name = self._bookmarks[index]
        key = (block, index, name)
        if block.numbering == "appendix" and block.level == 1 and not self._break:
            self._keep_ending()
        if self._known(key):
            return
        base, first = self._base(block.origin, block.inlines)
        numbering = self.theme.numbering
        level = min(max(block.level, 1), 4)
        number: int | None = None
        if block.numbering == "plain":
            number = numbering.plain
        elif block.numbering == "appendix":
            number = numbering.appendix
        elif numbering.direct:
            number = numbering.heading
        properties = b"" if number is None else list_place(level - 1, number)
        if block.role:
            properties = b'<w:outlineLvl w:val="%d"/>' % (level - 1)
        if not block.in_contents:
            properties += _NO_OUTLINE
        xml, units, breaks, picture = self.inlines.write(block.inlines)
        start = b'<w:bookmarkStart w:id="%d" w:name="%s"/>' % (index, name.encode("utf-8"))
        xml = b'%s%s<w:bookmarkEnd w:id="%d"/>' % (start, xml, index)
        look = self.theme.look(block.role or f"heading-{level}", self._width)
        broken = self._break
        self._emit(para_number(base), look, properties, xml, units + 6, breaks, heading=index, picture=picture)
        if block.shared and first and not broken:
            self._keep(key, base)

    def _listed(self, depth: int) -> list[Entry]:
        document = self._document
        entries = list_headings(self._headings, self._bookmarks, document.first_number, self.theme, self.inlines)
        return [entry for entry in entries if entry.listed and entry.level <= depth]

    def _write_contents(self, block: Contents) -> None:
        base, _ = self._base(block.origin, (block.title,))
        started = bool(self.flow) and self.flow[-1][0] > 0
        listed = self._listed(block.depth)
        self._contents.append((len(self.out), block, listed, base, started, self._width))
        self.out.append(b"")
        self.flow += contents_flow(listed, self.theme, self._width)
        self._break = True

    def finish(self) -> None:
        """Work out the pages and fill the contents, when all blocks are written."""
        lower_ending(self.out, self.theme.look("table-gap", self._width))
        self._keep_ending()
        if self._document.kind != "form" and len(self.flow) > _ONE_PAGE:
            fill_ending(self.out, self.flow, self.tables.text)
        self.last_page = self._pager.last_page(self.flow)
        pages = self._pager.pages
        for index, heading in enumerate(self._headings if self._pages else ()):
            assert self._pages is not None
            exact = self._pages.get(heading.anchor) or self._pages.get(self._bookmarks[index])
            pages[index] = exact or pages[index]
        for place, block, listed, base, started, width in self._contents:
            xml = contents_xml(block, listed, pages, self.theme, base, started, width, self.ids)
            self.out[place] = xml.encode("utf-8")

    def _keep_ending(self) -> None:
        """Keep what ends the document or a section, or stands before the appendices, with the last row before it."""
        if self._document.kind != "form":
            keep_ending(self.out, self.flow, self._seal, self.tables.text)

    # ---- tables and drawings

    def _keep_introduction(self, roles: Sequence[str] = ()) -> None:
        """Keep the paragraph written last with the table, figure or list that follows. Others of these `roles` too."""
        if not self._break:
            looks = [self.theme.look(role, self._width) for role in roles]
            keep_introduction(self.out, self.flow, [*self._introducing, *looks])

    def _table(self, block: Table) -> None:
        base, _ = self._base(block.origin, () if block.origin.number else _first_words(block))
        self._keep_introduction()
        if block.caption:
            xml, units, breaks, _ = self.inlines.write((block.caption,))
            look = self.theme.look("caption", self._width)
            self._emit(para_number(base + STEP), look, b"", xml, units, breaks, keep=True)
        gap = self.theme.look("table-gap", self._width)
        if self._break or (not block.caption and ends_in_text(self.flow, gap)):
            self._emit(para_number(base + STEP), gap, b"", b"", 0, keep=True)
        at, piece = len(self.out), len(self.flow)
        self.tables.write(block, base + 3 * STEP, self._seen, self._salt, self.out, self.ids, self.flow)
        self._emit(para_number(base + 2 * STEP), gap, b"", b"", 0)
        if block.role in KEPT_TABLES:
            self._seal = (at, piece, len(self.out))

    def _diagram(self, block: Diagram) -> None:
        base, _ = self._base(block.origin, (block.caption,))
        self._keep_introduction(("note",))
        above, room = self._above()
        self._figure(drawings.diagram(block, self._sheet, self.media, base, above, room), block.caption, base)

    def _above(self) -> tuple[float, float]:
        """Height of what stays on the page of the figure that follows, and the room below it, in points."""
        if self._break:
            return 0.0, self._sheet.text_height / 20
        return keeping(self.flow), self._pager.room_below(self.flow)

    def _chart(self, block: Chart) -> None:
        base, _ = self._base(block.origin, (block.title,))
        self._keep_introduction()
        self._figure(drawings.chart(block, self._sheet, self.media), "", base)

    def _figure(self, drawn: drawings.Drawn, caption: str, base: int) -> None:
        look = self.theme.look("figure", self._width)
        self._emit(para_number(base), look, b"", drawn.xml, 2, keep=bool(caption), picture=drawn.height_mm)
        self.ids += drawn.ids
        if caption:
            text = f'<w:r><w:t xml:space="preserve">{escape(caption)}</w:t></w:r>'.encode()
            self._emit(para_number(base + STEP), self.theme.look("figure-caption", self._width), b"", text, 2)

    # ---- pages

    def _page_break(self, block: Block) -> None:
        self._break = bool(self.out)

    def _section(self, block: Section) -> None:
        self._keep_ending()
        if self.out and block.landscape == self.landscape:
            self._break = True
            return
        if self.out:
            self._end_section()
        self._break = False
        self._turn(block.landscape)
        if self.out:
            self.flow.append(turn(self._sheet.text_height / 20))

    def _end_section(self) -> None:
        """Put the section's properties into the last paragraph, so that no empty one can start a page."""
        last = self.out[-1]
        section = self.section.encode("utf-8")
        if last.startswith(b"<w:p ") and b"<w:sectPr" not in last:
            self.out[-1] = last.replace(b"</w:pPr>", section + b"</w:pPr>", 1)
            return
        id = para_number(checksum(f"section {len(self.out)}") + self._salt)
        self._emit(id, self.theme.look("table-gap", self._width), section, b"", 0)


HANDLERS: Mapping[type, Callable[[Body, Any], None]] = {
    Paragraph: Body._paragraph,
    ListItem: Body._list_item,
    Table: Body._table,
    Heading: Body._write_heading,
    Section: Body._section,
    PageBreak: Body._page_break,
    Contents: Body._write_contents,
    Diagram: Body._diagram,
    Chart: Body._chart,
}


def _first_words(table: Table) -> Inlines:
    """What tells a table without origin from the others."""
    row = table.rows[0].cells if table.rows else ()
    return (table.caption, table.role, *(inline for cell in row for inline in cell.inlines))
