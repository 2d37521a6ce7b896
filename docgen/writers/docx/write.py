"""`write_docx`: a finished document and a theme become the bytes of a .docx."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import repeat
from operator import floordiv, itemgetter

from docgen.document.model import Document, Gap, Heading, Paragraph, Pattern, Picture
from docgen.writers.docx.body import Body
from docgen.writers.docx.comments import Comments
from docgen.writers.docx.inlines import InlineWriter
from docgen.writers.docx.markup import DECLARATION, ROOT_ATTRIBUTES, ROW_IDS
from docgen.writers.docx.media import Media
from docgen.writers.docx.packaging import Contents, package, running_file
from docgen.writers.docx.patterned import Shared, Whole, write_marked
from docgen.writers.docx.theme import Theme
from docgen.writers.layout import flow, turn
from docgen.writers.package import Member, member

_OPENING = f"{DECLARATION}<w:document {ROOT_ATTRIBUTES}><w:body>".encode()
_DATE = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})")
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
_GIVEN = itemgetter(1)
_LOGO_MM = (60.0, 22.0)
_TITLE_BLOCK_POINTS = 100.0
_MAX_SALTS = 64
_SMALL = 2048  # bytes of a part that gains little by deflate


def write_docx(
    document: Document,
    theme: Theme,
    *,
    pages: Mapping[str, int] | None = None,
    review: bool = False,
    gap_note: Callable[[Gap], str] | None = None,
    logo: Picture | None = None,
) -> bytes:
    """The .docx of `document` in the look of `theme`.

    Args:
        pages: page of each heading by its anchor, for exact contents; otherwise the pages are estimated.
        review: every gap gets a Word comment that names the profile field.
        gap_note: more lines for such a comment, "" for none.
        logo: shown on the cover.
    """
    pattern = None if review or pages else document.pattern
    shared: Shared | None = theme.bodies.get(pattern) if pattern is not None else None
    if shared is not None:
        draft = _Draft(document, theme, None, None, logo)
        if draft.take(shared):
            return draft.package()
    for salt in range(_MAX_SALTS):
        draft = _Draft(document, theme, pages, Comments(theme, gap_note) if review else None, logo)
        if draft.write(salt, pattern):
            break
    return draft.package()


class _Draft:
    """One attempt at a document."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        pages: Mapping[str, int] | None,
        comments: Comments | None,
        logo: Picture | None,
    ) -> None:
        self.document = document
        self.theme = theme
        self.comments = comments
        self.media = Media(theme.first_drawing)
        self.logo = logo
        self.used: dict[str, tuple[str, bool]] = {}  # relationship id -> (header or footer, landscape)
        self._pages = pages
        self._headings = [block for block in document.blocks if type(block) is Heading]
        anchors = frozenset(heading.anchor for heading in self._headings if heading.anchor)
        self.inlines = InlineWriter(theme, anchors, comments, self.media)
        self.values = self._values()

    def take(self, shared: Shared) -> bool:
        """Take the body from what other documents left; False if it has to be written."""
        whole = shared.whole(self.document, self._new_body)
        if whole is not None:
            self._whole = whole
            self.used.update(whole.used)
        return whole is not None

    def write(self, salt: int, pattern: Pattern | None) -> bool:
        """Write the body; False if two of its ids collided. With a pattern it is remembered for other documents."""
        body = self._new_body(salt)
        self._front(body)
        shared: Shared | None = None
        if pattern is None or salt or body.out:
            body.write()
        else:
            shared = self.theme.bodies.get(pattern)
            if shared is None:
                shared = write_marked(body, self.document, pattern, 1)
            else:
                body.write()
        written = [_OPENING, *body.out, body.section.encode("utf-8"), b"</w:body></w:document>"]
        part, pieces = shared.pack(written) if shared else (member("word/document.xml", b"".join(written)), ())
        self._whole = Whole(part, body.last_page, body.lists, self.used)
        distinct = len(set(map(floordiv, body.ids, repeat(ROW_IDS)))) == len(body.ids)
        if shared is not None and shared.pattern.lasting and distinct and not self.media.targets:
            shared.keep(self.document, self._whole, written, pieces, self._new_body)
            self.theme.bodies.put(shared.pattern, shared)
        return distinct

    def _new_body(self, salt: int = 0) -> Body:
        return Body(
            self.document,
            self.theme,
            self.inlines,
            self.media,
            self._references,
            self._pages,
            self._headings,
            salt * 0x27D4EB2F,
        )

    def _values(self) -> dict[str, str]:
        document, theme = self.document, self.theme
        values = {**theme.defaults, **dict(filter(_GIVEN, document.fields.items()))}
        values.update(number=document.number, title=document.title, version=document.version)
        notice = document.notice or values.get("notice", "")
        values.update(notice=notice, sample=theme.words["sample"] if document.sample else "")
        colour = _COLOUR.fullmatch(values.get("color", ""))
        values["color"] = colour.group(1).upper() if colour else theme.defaults.get("color", "000000")
        values["stamp"] = _stamp(values.get("issue_date", ""))
        return values

    # ---- what stands before the blocks

    def _front(self, body: Body) -> None:
        document = self.document
        if document.kind == "form":
            if not any(type(b) is Paragraph and b.role == "form-title" for b in document.blocks):
                self._form_title(body)
        elif document.cover:
            self._cover(body)
        else:
            title = self.theme.fragments.get(("title", document.landscape))
            if title:
                xml = title.fill(self._on_page(document.landscape), highlight=self.inlines.field_text)
                lines = 1 + (len(document.title) > 14)
                body.front(xml, [flow(1, _TITLE_BLOCK_POINTS + 20.0 * (lines - 1))])

    def _form_title(self, body: Body) -> None:
        style, text = self.theme.style("form-title"), self.inlines.write((self.document.title,))[0].decode("utf-8")
        metric = self.theme.metric("form-title")
        xml = f'<w:p w14:paraId="00000F01"><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{text}</w:p>'
        body.front(xml, [flow(1, metric.height, metric.before, metric.after)])

    def _cover(self, body: Body) -> None:
        cover = self.theme.fragments.get(("cover", False))
        if not cover:
            return
        page = self.theme.cover_page or self.theme.page
        ready = {"logo": self._logo_run()} if self.logo else {}
        xml = cover.fill(self._on_page(False), highlight=self.inlines.field_text, ready=ready)
        references = ""
        for kind in ("header", "footer"):
            if f"{kind}-cover" in self.theme.running:
                relation = f"rId{kind.title()}Cover"
                self.used[relation] = (f"{kind}-cover", False)
                references += f'<w:{kind}Reference w:type="default" r:id="{relation}"/>'
        section = page.section(references)
        # the section ends in the cover's last paragraph
        at = xml.rindex("</w:pPr>")
        xml = xml[:at] + section + xml[at:]
        inner = self.theme.page.turned() if self.document.landscape else self.theme.page
        body.front(xml, [flow(1, 1.0), turn(inner.text_height / 20)])

    def _logo_run(self) -> str:
        assert self.logo is not None
        picture = self.logo
        scale = min(_LOGO_MM[0] / picture.width_mm, _LOGO_MM[1] / picture.height_mm, 1.0)
        shown = Picture(picture.data, picture.format, picture.width_mm * scale, picture.height_mm * scale, picture.alt)
        return self.media.picture(shown)

    def _on_page(self, landscape: bool) -> dict[str, str]:
        page = self.theme.page.turned() if landscape else self.theme.page
        self.values["text_width"] = str(page.text_width)
        return self.values

    # ---- headers, footers, sections

    def _running(self, kind: str) -> str:
        form = f"{kind}-form"
        return form if self.document.kind == "form" and form in self.theme.running else kind

    def _references(self, landscape: bool) -> str:
        """The references of a section to header and footer, which are noted as in use."""
        name = self._running("header")
        header = self.theme.running.get(name)
        out = ""
        if header is not None:
            turned = landscape and "text_width" in header.text.names
            relation = "rIdHeaderLandscape" if turned else "rIdHeader"
            self.used[relation] = (name, turned)
            out += f'<w:headerReference w:type="default" r:id="{relation}"/>'
        if "footer" in self.theme.running:
            self.used["rIdFooter"] = ("footer", False)
            out += '<w:footerReference w:type="default" r:id="rIdFooter"/>'
        return out

    # ---- the package

    def package(self) -> bytes:
        theme, media, whole = self.theme, self.media, self._whole
        self.values["pages"] = str(whole.last_page)
        contents = Contents(
            self.values["color"] if theme.styles.names else "",
            whole.lists,
            self.document.first_number,
            tuple(self.used.items()),
            self.comments is not None and len(self.comments) > 0,
            tuple(media.targets),
            len(media.charts),
        )
        own = [_part(f"docProps/{name}.xml", text.fill(self.values)) for name, text in theme.properties.items()]
        for name, landscape in self.used.values():
            xml = theme.running[name].text.fill(self._on_page(landscape), highlight=self.inlines.field_text)
            own.append(_part(f"word/{running_file(theme, name, landscape)}", xml))
        if contents.comments:
            assert self.comments is not None
            own.append(member("word/comments.xml", self.comments.part()))
        own += media.members
        for chart in media.charts:
            own += chart
        return package(theme, contents, whole.part, own)


@lru_cache(maxsize=256)
def _stamp(issued: str) -> str:
    """The time a file says it was made at: the day of issue, or the first a zip can hold."""
    found = _DATE.search(issued)
    year, month, day = (int(part) for part in found.groups()) if found else (1980, 1, 1)
    return f"{year:04}-{month:02}-{day:02}T00:00:00Z"


def _part(name: str, xml: str) -> Member:
    """A part with a document's own words."""
    data = xml.encode("utf-8")
    return member(name, data, store=len(data) <= _SMALL)
