"""`write_docx`: a finished document and a theme become the bytes of a .docx."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from docgen.document.model import Document, Gap, Heading, Paragraph, Picture
from docgen.writers.docx.body import Body
from docgen.writers.docx.comments import Comments
from docgen.writers.docx.inlines import InlineWriter
from docgen.writers.docx.markup import DECLARATION, ROOT_ATTRIBUTES, ROW_IDS
from docgen.writers.docx.media import Media
from docgen.writers.docx.tags import Highlight, TagText
from docgen.writers.docx.theme import OFFICE, WORD, Theme
from docgen.writers.layout import flow, turn
from docgen.writers.package import Member, member, pack

_RELATIONS = f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_TYPES = f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
_PACKAGE = "application/vnd.openxmlformats-"
_OPENING = f"{DECLARATION}<w:document {ROOT_ATTRIBUTES}><w:body>".encode()
_DATE = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})")
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
_LOGO_MM = (60.0, 22.0)
_TITLE_BLOCK_POINTS = 92.0
_MAX_SALTS = 64


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
    whole = _whole_key(document) if not (review or pages) else ()
    known = theme.wholes.get(whole) if whole else None
    if known is not None:
        return _Draft(document, theme, pages, None, logo, 0, known).package()
    for salt in range(_MAX_SALTS):
        draft = _Draft(document, theme, pages, Comments(theme, gap_note) if review else None, logo, salt)
        if len({id // ROW_IDS for id in draft.body.ids}) == len(draft.body.ids):
            break
    if whole and not draft.media.targets and not draft.media.charts:
        theme.wholes.put(whole, draft.whole())
    return draft.package()


class Whole(NamedTuple):
    """The body of a form, packed: the same for every client whose blocks are the same objects."""

    part: Member
    last_page: int
    lists: int
    used: Mapping[str, tuple[str, bool]]


def _whole_key(document: Document) -> tuple[object, ...]:
    """What a body that companies share depends on; () for others, and where more than the blocks stands in it."""
    if not document.shared or not any(type(b) is Paragraph and b.role == "form-title" for b in document.blocks):
        return ()
    return (document.landscape, document.first_number, *document.blocks)


class _Draft:
    """One attempt at a document."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        pages: Mapping[str, int] | None,
        comments: Comments | None,
        logo: Picture | None,
        salt: int,
        known: Whole | None = None,
    ) -> None:
        self.document = document
        self.theme = theme
        self.comments = comments
        self.media = Media(theme.first_drawing)
        self.logo = logo
        self.used: dict[str, tuple[str, bool]] = {}  # relationship id -> (header or footer, landscape)
        self._whole = known
        if known is not None:
            self.used.update(known.used)
            self.inlines = InlineWriter(theme, frozenset(), None, self.media)
            self.values = self._values()
            return
        headings = [block for block in document.blocks if type(block) is Heading]
        anchors = frozenset(heading.anchor for heading in headings if heading.anchor)
        self.inlines = InlineWriter(theme, anchors, comments, self.media)
        self.values = self._values()
        self.body = Body(
            document, theme, self.inlines, self.media, self._references, pages, headings, salt * 0x27D4EB2F
        )
        self._front()
        self.body.write()

    def _values(self) -> dict[str, str]:
        document, theme = self.document, self.theme
        values = {**theme.defaults, **{key: value for key, value in document.fields.items() if value}}
        values.update(number=document.number, title=document.title, version=document.version)
        notice = document.notice or values.get("notice", "")
        values.update(notice=notice, sample=theme.words["sample"] if document.sample else "")
        colour = _COLOUR.fullmatch(values.get("color", ""))
        values["color"] = colour.group(1).upper() if colour else theme.defaults.get("color", "000000")
        found = _DATE.search(values.get("issue_date", ""))
        year, month, day = (int(part) for part in found.groups()) if found else (1980, 1, 1)
        values["stamp"] = f"{year:04}-{month:02}-{day:02}T00:00:00Z"
        return values

    # ---- what stands before the blocks

    def _front(self) -> None:
        document = self.document
        if document.kind == "form":
            if not any(type(b) is Paragraph and b.role == "form-title" for b in document.blocks):
                self._form_title()
        elif document.cover:
            self._cover()
        else:
            title = self.theme.fragments.get(("title", document.landscape))
            if title:
                xml = title.fill(self._on_page(document.landscape), highlight=self.inlines.field_text)
                lines = 1 + (len(document.title) > 14)
                self.body.front(xml, [flow(1, _TITLE_BLOCK_POINTS + 20.0 * (lines - 1))])

    def _form_title(self) -> None:
        style, text = self.theme.style("form-title"), self.inlines.write((self.document.title,))[0].decode("utf-8")
        metric = self.theme.metric("form-title")
        xml = f'<w:p w14:paraId="00000F01"><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{text}</w:p>'
        self.body.front(xml, [flow(1, metric.height, metric.before, metric.after)])

    def _cover(self) -> None:
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
        self.body.front(xml, [flow(1, 1.0), turn(inner.text_height / 20)])

    def _logo_run(self) -> str:
        assert self.logo is not None
        picture = self.logo
        scale = min(_LOGO_MM[0] / picture.width_mm, _LOGO_MM[1] / picture.height_mm, 1.0)
        shown = Picture(picture.data, picture.format, picture.width_mm * scale, picture.height_mm * scale, picture.alt)
        return self.media.picture(shown)

    def _on_page(self, landscape: bool) -> dict[str, str]:
        page = self.theme.page.turned() if landscape else self.theme.page
        return {**self.values, "text_width": str(page.text_width)}

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

    def _running_parts(self) -> list[tuple[str, str, Member, bytes]]:
        """(relationship id, kind, part, its relationships) of every header and footer in use."""
        parts = []
        for relation, (name, landscape) in self.used.items():
            running = self.theme.running[name]
            values = self._on_page(landscape)
            file = running.name.replace(".xml", "-landscape.xml") if landscape else running.name
            key = (file, *(values.get(tag, "") for tag in sorted(running.text.names)))
            write = partial(_filled, running.text, values, self.inlines.field_text)
            part = self.theme.variant(key, f"word/{file}", write)
            parts.append((relation, name.partition("-")[0], part, running.relations))
        return parts

    # ---- the package

    def whole(self) -> Whole:
        """The packed body, once."""
        if self._whole is None:
            body = self.body
            xml = b"".join((_OPENING, *body.out, body.section.encode("utf-8"), b"</w:body></w:document>"))
            part = member("word/document.xml", xml)
            self._whole = Whole(part, body.last_page, body.lists, self.used)
            del self.body  # it knows this draft: without the circle everything is freed at once, without a collector
        return self._whole

    def package(self) -> bytes:
        theme, media, whole = self.theme, self.media, self.whole()
        self.values["pages"] = str(whole.last_page)
        overrides = [
            ("word/document.xml", WORD + "document.main+xml"),
            ("word/styles.xml", WORD + "styles+xml"),
            ("word/numbering.xml", WORD + "numbering+xml"),
            ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
            ("docProps/app.xml", _PACKAGE + "officedocument.extended-properties+xml"),
        ]
        relations = [("rIdStyles", "styles", "styles.xml"), ("rIdNumbering", "numbering", "numbering.xml")]
        color = self.values["color"] if theme.styles.names else ""
        numbers = (whole.lists, self.document.first_number)
        parts = [
            theme.variant(("styles", color), "word/styles.xml", lambda: theme.styles.fill(self.values).encode()),
            theme.variant(("numbering", *numbers), "word/numbering.xml", lambda: theme.numbering.write(*numbers)),
            *(
                member(f"docProps/{n}.xml", p.fill(self.values).encode(), store=True)  # too small to gain by deflate
                for n, p in theme.properties.items()
            ),
        ]
        for number, extra in enumerate(theme.extras):
            parts.append(extra.member)
            name = extra.member.name.decode()
            if extra.content_type:
                overrides.append((name, extra.content_type))
            if extra.relation:
                relations.append((f"rIdTheme{number}", extra.relation, name.removeprefix("word/")))
        for relation, kind, part, own in self._running_parts():
            name = part.name.decode()
            parts.append(part)
            overrides.append((name, f"{WORD}{kind}+xml"))
            relations.append((relation, kind, name.removeprefix("word/")))
            if own:
                parts.append(member(f"word/_rels/{name.removeprefix('word/')}.rels", own))
        if self.comments is not None and len(self.comments):
            parts.append(member("word/comments.xml", self.comments.part()))
            overrides.append(("word/comments.xml", WORD + "comments+xml"))
            relations.append(("rIdComments", "comments", "comments.xml"))
        parts += media.members
        relations += [(id, "image", target) for id, target in media.targets]
        for number, chart in enumerate(media.charts, 1):
            parts += chart
            overrides.append((f"word/charts/chart{number}.xml", _PACKAGE + "officedocument.drawingml.chart+xml"))
            relations.append((f"rIdChart{number}", "chart", f"charts/chart{number}.xml"))
        parts.sort(key=lambda part: part.name)
        return pack(
            (
                self._types(overrides),
                theme.variant(("rels",), "_rels/.rels", _package_relations),
                whole.part,
                self._document_relations(relations),
                *parts,
            )
        )

    def _types(self, overrides: Sequence[tuple[str, str]]) -> Member:
        def write() -> bytes:
            defaults = {
                "rels": "application/vnd.openxmlformats-package.relationships+xml",
                "xml": "application/xml",
                "png": "image/png",
                "jpeg": "image/jpeg",
                "xlsx": _PACKAGE + "officedocument.spreadsheetml.sheet",
                **self.theme.default_types,
            }
            text = "".join(f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in sorted(defaults.items()))
            text += "".join(f'<Override PartName="/{n}" ContentType="{t}"/>' for n, t in overrides)
            return f"{_TYPES}{text}</Types>".encode()

        return self.theme.variant(("types", *overrides), "[Content_Types].xml", write)

    def _document_relations(self, relations: Sequence[tuple[str, str, str]]) -> Member:
        def write() -> bytes:
            text = "".join(
                f'<Relationship Id="{id}" Type="{kind if ":" in kind else OFFICE + kind}" Target="{target}"/>'
                for id, kind, target in relations
            )
            return f"{_RELATIONS}{text}</Relationships>".encode()

        return self.theme.variant(("relations", *relations), "word/_rels/document.xml.rels", write)


def _package_relations() -> bytes:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return (
        f'{_RELATIONS}<Relationship Id="rId1" Type="{OFFICE}officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}extended-properties" Target="docProps/app.xml"/></Relationships>'
    ).encode()


def _filled(text: TagText, values: Mapping[str, str], highlight: Highlight) -> bytes:
    return text.fill(values, highlight=highlight).encode("utf-8")
