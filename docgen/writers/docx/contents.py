"""The contents block: a complete TOC field with entries, links and page numbers, so nothing is left to update."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docgen.document.model import Contents, Heading
from docgen.records import dataclass
from docgen.writers.docx.inlines import InlineWriter
from docgen.writers.docx.markup import bookmark_name, checksum, escape, para_number, width_units
from docgen.writers.docx.theme import Theme
from docgen.writers.layout import Flow, flow, line_count

_STEP = 0x9E3779B1
_FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
_BEGIN, _SEPARATE, _END = (_FIELD.format(kind) for kind in ("begin", "separate", "end"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading as it stands in the contents; `index` is its place among the headings."""

    index: int
    level: int
    text: str
    bookmark: str
    listed: bool  # the author wants it in the contents


def labels(headings: Iterable[Heading], first_number: int, appendix: str) -> list[str]:
    """The numbers of headings as text, counted here for those the finish step gave none."""
    found: list[str] = []
    numbers = [first_number - 1, 0, 0, 0]
    letters = [0, 0, 0, 0]
    for heading in headings:
        place = min(max(heading.level, 1), 4) - 1
        if heading.numbering == "plain":
            found.append("")
            continue
        counters = numbers if heading.numbering == "number" else letters
        counters[place] += 1
        counters[place + 1 :] = [0] * (3 - place)
        if heading.label:
            found.append(heading.label)
        elif counters is numbers:
            found.append(".".join(map(str, numbers[: place + 1])))
        elif place == 0:
            found.append(appendix.format(letter=chr(64 + letters[0])))
        else:
            found.append(".".join([chr(64 + letters[0]), *map(str, letters[1 : place + 1])]))
    return found


def bookmarks(headings: Sequence[Heading], inlines: InlineWriter) -> list[str]:
    """The bookmark of every heading of a document, each with a name of its own."""
    names = [bookmark_name(heading.anchor) if heading.anchor else "" for heading in headings]
    if "" not in names and len(set(names)) == len(names):
        return names
    used: set[str] = set()
    for index, heading in enumerate(headings):
        name = names[index] or f"_Toc{checksum(f'{index}{_words(heading, inlines)}'):08x}"
        while name in used:
            name = f"_Toc{checksum(name):08x}"
        used.add(name)
        names[index] = name
    return names


def list_headings(
    headings: Sequence[Heading], names: Sequence[str], first_number: int, theme: Theme, inlines: InlineWriter
) -> list[Entry]:
    """The headings of a document, whose bookmarks are `names`, as entries."""
    numbers = labels(headings, first_number, theme.words["appendix"])
    entries: list[Entry] = []
    for index, (heading, label, name) in enumerate(zip(headings, numbers, names, strict=True)):
        text = _words(heading, inlines)
        entries.append(Entry(index, heading.level, f"{label} {text}" if label else text, name, heading.in_contents))
    return entries


def _words(heading: Heading, inlines: InlineWriter) -> str:
    return " ".join(inlines.plain(heading.inlines).split())


def contents_flow(entries: Sequence[Entry], theme: Theme, width: int) -> list[Flow]:
    """The height the contents pages take."""
    title = theme.look("toc-title", width)
    pieces = [flow(1, title.height, title.before, title.after, True, page_break=True)]
    for entry in entries:
        look = theme.look(f"toc-{min(entry.level, 4)}", width)
        lines = line_count(width_units(entry.text) + 6, 0, look.room)
        pieces.append(flow(lines, look.height, look.before, look.after, keep_lines=True))
    return pieces


def contents_xml(
    contents: Contents,
    entries: Sequence[Entry],
    pages: Sequence[int],
    theme: Theme,
    base: int,
    page_break: bool,
    width: int,
    all_ids: list[int],
) -> str:
    """The block as XML; the ids of its paragraphs are added to `all_ids`."""
    depth = min(max(contents.depth, 1), 4)
    tabs = ""
    if width != theme.toc_width:
        tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
    ids = [para_number(base + n * _STEP) for n in range(max(len(entries), 1) + 1)]
    start_page = "<w:pageBreakBefore/>" if page_break else ""
    out = [
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        "</w:docPartObj></w:sdtPr><w:sdtContent>"
        f'<w:p w14:paraId="{ids[0]:08X}"><w:pPr><w:pStyle w:val="{theme.style("toc-title")}"/>{start_page}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(contents.title)}</w:t></w:r></w:p>'
    ]
    field = f'TOC \\o "1-{depth}" \\h \\z \\u'
    opening = f'{_BEGIN}<w:r><w:instrText xml:space="preserve"> {field} </w:instrText></w:r>{_SEPARATE}'
    if not entries:
        out.append(
            f'<w:p w14:paraId="{ids[1]:08X}"><w:pPr><w:pStyle w:val="{theme.style("toc-1")}"/></w:pPr>'
            f"{opening}{_END}</w:p>"
        )
    last = len(entries) - 1
    for place, entry in enumerate(entries):
        style = theme.style(f"toc-{min(entry.level, 4)}")
        page = pages[entry.index] if entry.index < len(pages) else 1
        out.append(
            f'<w:p w14:paraId="{ids[place + 1]:08X}"><w:pPr><w:pStyle w:val="{style}"/>{tabs}</w:pPr>'
            f"{opening if place == 0 else ''}"
            f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">'
            f'<w:r><w:t xml:space="preserve">{escape(entry.text)}</w:t></w:r><w:r><w:tab/></w:r>'
            f'{_BEGIN}<w:r><w:instrText xml:space="preserve"> PAGEREF {entry.bookmark} \\h </w:instrText></w:r>'
            f"{_SEPARATE}<w:r><w:t>{page}</w:t></w:r>{_END}</w:hyperlink>"
            f"{_END if place == last else ''}</w:p>"
        )
    out.append("</w:sdtContent></w:sdt>")
    all_ids += ids
    return "".join(out)
