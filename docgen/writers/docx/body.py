"""The body of a document: one pass over its blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from docgen.document.model import (
    Block,
    Chart,
    Contents,
    Diagram,
    Document,
    Heading,
    ListItem,
    Origin,
    PageBreak,
    Paragraph,
    Section,
    Table,
)
from docgen.writers.docx import drawings
from docgen.writers.docx.contents import Entry, contents_flow, contents_xml, entries_of, labels
from docgen.writers.docx.inlines import Content, InlineWriter
from docgen.writers.docx.markup import Memo, bookmark_name, checksum, escape, para_id
from docgen.writers.docx.media import Media
from docgen.writers.docx.page import Page
from docgen.writers.docx.sizes import paragraph_flow
from docgen.writers.docx.tables import TableWriter
from docgen.writers.docx.theme import Theme
from docgen.writers.layout import Flow, Turn, paginate

_STEP = 0x9E3779B1
_bases: Memo[Origin, int] = Memo(60000)


class Ready(NamedTuple):
    """A static block as it stands in a document the first time."""

    base: int
    xml: str
    ids: tuple[str, ...]
    flow: tuple[Flow, ...]


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
        salt: int = 0,
    ) -> None:
        self.theme = theme
        self.media = media
        self.inlines = inlines
        self.out: list[str] = []
        self.ids: list[str] = []
        self.flow: list[Flow | Turn] = []
        self.lists = 0
        self.last_page = 1
        self.landscape = False
        self._document = document
        self._references = references
        self._pages = pages
        self._salt = salt
        self._seen: dict[int, int] = {}
        self._list_numbers: dict[tuple[int, int], int] = {}
        self._break = False
        self._contents: list[tuple[int, Contents, int, bool]] = []
        self._bookmarks = 0
        self._headings = [block for block in document.blocks if type(block) is Heading]
        self._entries: list[Entry | None] = []
        self._heading = 0
        self._turn(document.landscape)
        self._handlers: dict[type, Callable[[Any], None]] = {
            Paragraph: self._paragraph,
            ListItem: self._list_item,
            Table: self._table,
            Heading: self._write_heading,
            Section: self._section,
            PageBreak: self._page_break,
            Contents: self._write_contents,
            Diagram: self._diagram,
            Chart: self._chart,
        }

    # ---- the whole

    def front(self, xml: str, flow: list[Flow | Turn]) -> None:
        """What stands before the blocks: cover or title block."""
        self.out.append(xml)
        self.flow += flow

    def write(self) -> None:
        """Write all blocks; afterwards `out`, `ids`, `lists` and `last_page` are complete."""
        self._list_headings()
        handlers = self._handlers
        for block in self._document.blocks:
            handlers[type(block)](block)
        if self._break:  # a break at the very end would leave an empty page
            self._break = False
        self._fill_contents()

    @property
    def section(self) -> str:
        """The `w:sectPr` of the last section."""
        return self._sheet.section(self._references(self.landscape))

    def _turn(self, landscape: bool) -> None:
        self.landscape = landscape
        self._sheet: Page = self.theme.page.turned() if landscape else self.theme.page
        self._width = self._sheet.text_width / 20
        self._memo = self.theme.memos[landscape]
        self._tables = TableWriter(self.theme, self.inlines, self._sheet.text_width, self._memo)

    def _base(self, origin: Origin, text: Callable[[], str]) -> tuple[int, int]:
        """Id base of a block and how often it stood in the document before."""
        base = _bases.get(origin)
        if base is None:
            if not origin.key and not origin.template:
                base = checksum(text())
            else:
                base = checksum(f"{origin.template}\n{origin.key}")
                _bases.put(origin, base)
        base += self._salt
        count = self._seen.get(base, 0)
        self._seen[base] = count + 1
        return (base if not count else base + count * 0x5851F42D), count

    def _emit(self, xml: str, id: str, flow: Flow) -> None:
        self.out.append(xml)
        self.ids.append(id)
        self.flow.append(flow)

    def _opening(self, role: str, *, keep: bool = False, extra: str = "") -> str:
        """`w:pPr` of a paragraph; a waiting page break is spent on it."""
        turned = "<w:pageBreakBefore/>" if self._break else ""
        kept = "<w:keepNext/>" if keep else ""
        return f'<w:pPr><w:pStyle w:val="{self.theme.style(role)}"/>{kept}{turned}{extra}</w:pPr>'

    def _sized(self, role: str, content: Content, *, heading: int = -1, keep: bool = False) -> Flow:
        flow = paragraph_flow(self.theme.metric(role), content, self._width, heading=heading, keep=keep)
        if self._break:
            self._break = False
            return flow._replace(page_break=True)
        return flow

    # ---- paragraphs

    def _paragraph(self, block: Paragraph) -> None:
        ready = self._memo.get(block)
        base, count = self._base(block.origin, lambda: self.inlines.plain(block.inlines))
        if ready is not None and not self._break and ready.base == base:
            self.out.append(ready.xml)
            self.ids += ready.ids
            self.flow += ready.flow
            return
        content = self.inlines.write(block.inlines)
        broken = self._break
        extra = '<w:spacing w:line="240" w:lineRule="auto"/>' if content.picture_mm else ""
        id = para_id(base)
        opening = self._opening(block.role, keep=block.keep_with_next, extra=extra)
        xml = f'<w:p w14:paraId="{id}">{opening}{content.xml}</w:p>'
        flow = self._sized(block.role, content, keep=block.keep_with_next)
        self._emit(xml, id, flow)
        if content.static and not count and not broken and not self._salt:
            self._memo.put(block, Ready(base, xml, (id,), (flow,)))

    def _list_item(self, block: ListItem) -> None:
        base, _ = self._base(block.origin, lambda: self.inlines.plain(block.inlines))
        numbering = self.theme.numbering
        number = numbering.bullet
        if block.ordered:
            # a list ends at the next heading, whatever its id
            key = (self._heading, block.list_id)
            number = self._list_numbers.get(key, 0)
            if not number:
                number = self._list_numbers[key] = numbering.free + self.lists
                self.lists += 1
        role = "number" if block.ordered else "bullet"
        level = min(max(block.level, 0), 8)
        content = self.inlines.write(block.inlines)
        id = para_id(base)
        turned = "<w:pageBreakBefore/>" if self._break else ""
        xml = (
            f'<w:p w14:paraId="{id}"><w:pPr><w:pStyle w:val="{self.theme.style(role)}"/>{turned}'
            f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>{content.xml}</w:p>'
        )
        flow = self._sized(role, content)
        self._emit(xml, id, flow)

    # ---- headings and contents

    def _list_headings(self) -> None:
        texts = labels(self._headings, self._document.first_number, self.theme.words["appendix"])
        used: set[str] = set()
        for index, (heading, label) in enumerate(zip(self._headings, texts, strict=True)):
            text = " ".join(self.inlines.plain(heading.inlines).split())
            name = (
                bookmark_name(heading.anchor) if heading.anchor else f"_Toc{checksum(f'{index}{text}'):08x}"
            )
            while name in used:
                name = f"_Toc{checksum(name):08x}"
            used.add(name)
            entry = Entry(index, heading.level, f"{label} {text}" if label else text, name)
            self._entries.append(entry)

    def _write_heading(self, block: Heading) -> None:
        index = self._heading
        self._heading += 1
        entry = self._entries[index]
        assert entry is not None
        base, _ = self._base(block.origin, lambda: self.inlines.plain(block.inlines))
        numbering = self.theme.numbering
        level = min(max(block.level, 1), 4)
        number: int | None = None
        if block.numbering == "plain":
            number = numbering.plain
        elif block.numbering == "appendix":
            number = numbering.appendix
        elif numbering.direct:
            number = numbering.heading
        extra = ""
        if number is not None:
            extra = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{number}"/></w:numPr>'
        if not block.in_contents:
            extra += '<w:outlineLvl w:val="9"/>'
        content = self.inlines.write(block.inlines)
        id = para_id(base)
        role = f"heading-{level}"
        mark = self._bookmarks
        self._bookmarks += 1
        xml = (
            f'<w:p w14:paraId="{id}">{self._opening(role, extra=extra)}'
            f'<w:bookmarkStart w:id="{mark}" w:name="{entry.bookmark}"/>{content.xml}<w:bookmarkEnd w:id="{mark}"/></w:p>'
        )
        flow = self._sized(role, content, heading=index)
        self._emit(xml, id, flow)

    def _write_contents(self, block: Contents) -> None:
        base, _ = self._base(block.origin, lambda: block.title)
        started = any(isinstance(piece, Flow) for piece in self.flow[-1:])
        self._contents.append((len(self.out), block, base, started))
        self.out.append("")
        listed = [e for e, h in zip(self._entries, self._headings, strict=True) if h.in_contents]
        self.flow += contents_flow(block, entries_of(block, listed), self.theme, self._width)
        self._break = True

    def _fill_contents(self) -> None:
        first = self.theme.page.turned() if self._document.landscape else self.theme.page
        pages, self.last_page = paginate(self.flow, first.text_height / 20, len(self._headings))
        if self._pages:
            for index, heading in enumerate(self._headings):
                entry = self._entries[index]
                exact = self._pages.get(heading.anchor) or self._pages.get(entry.bookmark if entry else "")
                pages[index] = exact or pages[index]
        for place, block, base, started in self._contents:
            listed = [e for e, h in zip(self._entries, self._headings, strict=True) if h.in_contents]
            xml, ids = contents_xml(block, entries_of(block, listed), pages, self.theme, base, started)
            self.out[place] = xml
            self.ids += ids

    # ---- tables and drawings

    def _table(self, block: Table) -> None:
        base, _ = self._base(block.origin, lambda: self._table_text(block))
        caption = para_id(base + _STEP)
        gap = para_id(base + 2 * _STEP)
        if block.caption:
            content = self.inlines.write((block.caption,))
            xml = f'<w:p w14:paraId="{caption}">{self._opening("caption", keep=True)}{content.xml}</w:p>'
            self._emit(xml, caption, self._sized("caption", content, keep=True))
        elif self._break:
            content = self.inlines.write(())
            xml = f'<w:p w14:paraId="{caption}">{self._opening("table-gap")}</w:p>'
            self._emit(xml, caption, self._sized("table-gap", content))
        bases = [self._row_base(row.origin) for row in block.rows]
        written = self._tables.write(block, base + 3 * _STEP, bases)
        self.out.append(written.xml)
        self.ids += written.ids
        self.flow += written.flow
        xml = f'<w:p w14:paraId="{gap}"><w:pPr><w:pStyle w:val="{self.theme.style("table-gap")}"/></w:pPr></w:p>'
        metric = self.theme.metric("table-gap")
        self._emit(xml, gap, Flow(1, metric.height, metric.before, metric.after))

    def _row_base(self, origin: Origin) -> int | None:
        if not origin.key and not origin.template:
            return None
        return self._base(origin, str)[0] + 7 * _STEP

    def _table_text(self, block: Table) -> str:
        row = block.rows[0].cells if block.rows else ()
        return "|".join([block.caption, block.role, *(self.inlines.plain(cell.inlines) for cell in row)])

    def _diagram(self, block: Diagram) -> None:
        base, _ = self._base(block.origin, lambda: block.caption)
        drawn = drawings.diagram(block, self._sheet, self.media, base)
        self._figure(drawn, block.caption, base)

    def _chart(self, block: Chart) -> None:
        base, _ = self._base(block.origin, lambda: block.title)
        self._figure(drawings.chart(block, self.media), "", base)

    def _figure(self, drawn: drawings.Drawn, caption: str, base: int) -> None:
        id = para_id(base)
        xml = f'<w:p w14:paraId="{id}">{self._opening("figure", keep=bool(caption))}{drawn.xml}</w:p>'
        flow = self._sized("figure", Content("", 2, 0, False, drawn.height_mm), keep=bool(caption))
        self._emit(xml, id, flow)
        self.ids += drawn.ids
        if caption:
            below = para_id(base + _STEP)
            text = f'<w:r><w:t xml:space="preserve">{escape(caption)}</w:t></w:r>'
            xml = f'<w:p w14:paraId="{below}">{self._opening("figure-caption")}{text}</w:p>'
            self._emit(xml, below, self._sized("figure-caption", Content("", 2, 0, False, 0.0)))

    # ---- pages

    def _page_break(self, block: Block) -> None:
        self._break = bool(self.out)

    def _section(self, block: Section) -> None:
        if self.out and block.landscape == self.landscape:
            self._break = True
            return
        if self.out:
            self._end_section()
        self._break = False
        self._turn(block.landscape)
        if self.out:
            self.flow.append(Turn(self._sheet.text_height / 20))

    def _end_section(self) -> None:
        """Put the section's properties into the last paragraph, so that no empty one can start a page."""
        last = self.out[-1]
        if last.startswith("<w:p ") and last.count("<w:sectPr") == 0:
            self.out[-1] = last.replace("</w:pPr>", self.section + "</w:pPr>", 1)
            return
        id = para_id(checksum(f"section {len(self.out)}") + self._salt)
        self.ids.append(id)
        style = self.theme.style("table-gap")
        self.out.append(
            f'<w:p w14:paraId="{id}"><w:pPr><w:pStyle w:val="{style}"/>{self.section}</w:pPr></w:p>'
        )
