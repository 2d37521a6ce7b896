"""A Word theme, prepared once: the parts as they are, headers and cover cut at their tags, style ids by role."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from typing import Any

from docgen.diagnostics import Diagnostic, DocgenError, Place
from docgen.document.model import Pattern
from docgen.limits import load_yaml
from docgen.records import dataclass
from docgen.writers.docx.looks import Look, look
from docgen.writers.docx.markup import DECLARATION, NAMESPACES, Memo
from docgen.writers.docx.numbering import Numbering, numbering_of
from docgen.writers.docx.page import Page, twips
from docgen.writers.docx.parts import read_part
from docgen.writers.docx.styles import Metric, Style, merge_styles, metrics, read_styles
from docgen.writers.docx.tags import TagText, compile_tags, with_paragraph_ids
from docgen.writers.package import Member, member

STANDARD = "formal"
RUNNING = ("header", "header-form", "header-cover", "footer", "footer-cover")
FRAGMENTS = ("cover", "title")
_BLANK = re.compile(r">\s*\n\s*<")
_BODY = re.compile(r"<w:body[^>]*>(.*)</w:body>", re.S)
_WIDTH = re.compile(r'(<w:(?:gridCol|tcW|tblW|tab) [^>]*w:(?:w|pos)=")(\d+)(")')
_MAX_VARIANTS = 512
_MAX_BODIES = 160  # about two sets of forms
_MAX_BLOCKS = 4000  # a set has about 1,500 that are the same for all companies
_IDS_DECLARED = f'xmlns:w14="{NAMESPACES["w14"]}" xmlns:mc="{NAMESPACES["mc"]}" mc:Ignorable="w14" xmlns:w="'


def block_memos() -> dict[bool, Memo[Any, Any]]:
    """What was written of blocks, for pages upright and landscape."""
    return {False: Memo(_MAX_BLOCKS), True: Memo(_MAX_BLOCKS)}


def body_memo() -> Memo[Pattern, Any]:
    """Bodies that companies have in common, packed."""
    return Memo(_MAX_BODIES)


@dataclass(frozen=True, slots=True)
class Running:
    """A header or footer: its part name, its text with tags, its relationships if it has any."""

    name: str
    text: TagText
    relations: bytes = b""


@dataclass(frozen=True, slots=True)
class Extra:
    """A part that is copied as it is. `relation` is the relationship type from the document, "" for none."""

    member: Member
    content_type: str
    relation: str = ""


@dataclass(slots=True)
class Theme:
    """All a writer needs to know of a look. `memos` keeps what was made of static blocks, per orientation."""

    name: str
    page: Page
    paragraphs: dict[str, str]  # role -> style id
    characters: dict[str, str]
    tables: dict[str, str]
    metrics: dict[str, Metric]  # by style id
    words: dict[str, str]
    defaults: dict[str, str]
    styles: TagText
    numbering: Numbering
    running: dict[str, Running]
    fragments: dict[tuple[str, bool], TagText]  # (name, landscape)
    properties: dict[str, TagText]
    extras: tuple[Extra, ...]
    cover_page: Page | None = None  # where the cover is designed for other margins than the pages
    toc_width: int = 0  # text width the tabs of the contents styles are made for, in twips
    default_types: dict[str, str] = field(default_factory=dict)  # content types of more file name extensions
    first_drawing: int = 1  # headers of the theme may hold drawings; ids are unique in the whole document
    problems: tuple[Diagnostic, ...] = ()
    memos: dict[bool, Memo[Any, Any]] = field(default_factory=block_memos)
    bodies: Memo[Pattern, Any] = field(default_factory=body_memo)  # of forms
    variants: dict[tuple[Any, ...], Member] = field(default_factory=dict)
    frames: dict[Any, Any] = field(default_factory=dict)  # what packages have alike, see packaging.py
    looks: dict[tuple[str, int], Look] = field(default_factory=dict)
    grids: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    cells: dict[int, Any] = field(default_factory=dict)  # their look by width of the text, see tables.py
    openings: dict[tuple[str, bool, bool], bytes] = field(default_factory=dict)

    def variant(self, key: tuple[Any, ...], name: str, data: Callable[[], bytes]) -> Member:
        """The part `name` that `data()` makes, packed; kept under `key`, for parts that take few forms."""
        found = self.variants.get(key)
        if found is None:
            if len(self.variants) >= _MAX_VARIANTS:
                self.variants.clear()
            found = self.variants[key] = member(name, data())
        return found

    def style(self, role: str) -> str:
        """Style id of a paragraph role; the body style for a role the theme does not know."""
        return self.paragraphs.get(role) or self.paragraphs["body"]

    def metric(self, role: str) -> Metric:
        return self.metrics.get(self.style(role), _NO_METRIC)

    def look(self, role: str, width: int) -> Look:
        """A paragraph role on pages whose text is `width` twips wide."""
        found = self.looks.get((role, width))
        if found is None:
            found = self.looks[role, width] = look(self.style(role), self.metric(role), width / 20)
        return found

    def list_look(self, ordered: bool, level: int, width: int) -> Look:
        """An item of a list on `level`, on pages whose text is `width` twips wide."""
        role = "number" if ordered else "bullet"
        key = f"{role} {level}", width
        found = self.looks.get(key)
        if found is None:
            indents = self.numbering.indents[ordered]
            metric = self.metric(role)
            left = max(indents[min(level, len(indents) - 1)] if indents else 0.0, metric.left)
            found = self.looks[key] = look(self.style(role), replace(metric, left=left, first=0.0), width / 20)
        return found


_NO_METRIC = Metric()


def load_theme(source: Path, *, standard: Path | None = None, parts: Mapping[str, bytes] | None = None) -> Theme:
    """Read a theme: a folder (see templates/themes/formal) or a consultant's own .docx.

    `standard` is the theme folder a .docx is completed from; by default the shipped one. `parts` are the members of
    the .docx, where it was opened and searched for harmful ones already.

    Raises:
        DocgenError: the folder or file is missing, cannot be read, or would do harm (D101 to D107).
    """
    if source.is_file():
        from docgen.writers.docx.foreign import theme_from_docx

        read = partial(theme_from_docx, source, standard or _standard_folder(), parts)
    elif source.is_dir():
        read = partial(_from_folder, source)
    else:
        raise DocgenError([Diagnostic("D101", place=Place(file=str(source)), values={"name": source.name})])
    try:
        return read()
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, OSError) as fault:
        values = {"name": source.name, "reason": f"{type(fault).__name__}: {fault}"}
        raise DocgenError([Diagnostic("D107", place=Place(file=str(source)), values=values)]) from fault


def _standard_folder() -> Path:
    package = Path(__file__).parents[2]
    for templates in (package.parent / "templates", package / "_data" / "templates"):
        if (templates / "themes" / STANDARD).is_dir():
            return templates / "themes" / STANDARD
    raise DocgenError([Diagnostic("D101", values={"name": STANDARD})])


def theme_problems(theme: Theme) -> list[Diagnostic]:
    """What the theme lacks, by style role; what is listed was added from the standard theme."""
    return list(theme.problems)


class Sources:
    """The files of a theme folder and of those it extends, nearest first."""

    def __init__(self, folder: Path) -> None:
        self.folders = [folder]
        self.settings: dict[str, Any] = {}
        layers = [_read_settings(folder)]
        while (parent := layers[-1].get("extends")) and len(layers) < 8:
            self.folders.append(self._parent(str(parent)))
            layers.append(_read_settings(self.folders[-1]))
        for layer in reversed(layers):
            for key, value in layer.items():
                old = self.settings.get(key)
                self.settings[key] = {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value

    def _parent(self, name: str) -> Path:
        """The theme of that name beside the one that extends it, else the shipped one: a house look extends ours."""
        last = self.folders[-1]
        name = Path(name).name
        beside = last.parent / name
        return beside if beside != last and beside.is_dir() else _standard_folder().parent / name

    def read(self, name: str) -> str | None:
        for folder in self.folders:
            path = folder / name
            if path.is_file():
                return read_part(path)
        return None

    def demand(self, name: str) -> str:
        text = self.read(name)
        if text is None:
            raise DocgenError(
                [Diagnostic("D102", place=Place(file=str(self.folders[0] / name)), values={"name": name})]
            )
        return text

    def styles(self) -> str:
        """styles.xml: the farthest one whole, then the changes of the nearer ones."""
        layers = [f / "word/styles.xml" for f in reversed(self.folders) if (f / "word/styles.xml").is_file()]
        if not layers:
            self.demand("word/styles.xml")
        merged = read_part(layers[0])
        for path in layers[1:]:
            merged = merge_styles(merged, read_part(path))
        return merged


def _read_settings(folder: Path) -> dict[str, Any]:
    import yaml

    path = folder / "theme.yaml"
    try:
        loaded = load_yaml(path.read_text("utf-8"))
    except (OSError, UnicodeError, yaml.YAMLError) as fault:
        mark = getattr(fault, "problem_mark", None)
        place = Place(file=str(path), line=mark.line + 1 if mark else 0)
        raise DocgenError([Diagnostic("D102", place=place, values={"name": path.name})]) from fault
    return loaded if isinstance(loaded, dict) else {}


def compact(xml: str) -> str:
    """The XML without the line breaks and indents between elements, and with a plain declaration."""
    body = _BLANK.sub("><", xml[xml.index("?>") + 2 :] if xml.startswith("<?xml") else xml).strip()
    return DECLARATION + body


def fragments_of(read: Any, page: Page) -> dict[tuple[str, bool], TagText]:
    """Cover and title block in both orientations; tables and tabs are stretched to the width of the page."""
    found: dict[tuple[str, bool], TagText] = {}
    for name in FRAGMENTS:
        source = read(f"word/{name}.xml")
        body = _BODY.search(source) if source else None
        if not body:
            continue
        for landscape in (False, True):
            width = (page.turned() if landscape else page).text_width
            xml = _stretch(body.group(1), width / _designed_width(body.group(1)))
            found[name, landscape] = compile_tags(with_paragraph_ids(xml, f"theme:{name}"))
    return found


def _designed_width(xml: str) -> int:
    return max((int(m.group(2)) for m in _WIDTH.finditer(xml)), default=9354)


def _stretch(xml: str, factor: float) -> str:
    if abs(factor - 1) < 0.001:
        return xml
    return _WIDTH.sub(lambda m: f"{m.group(1)}{round(int(m.group(2)) * factor)}{m.group(3)}", xml)


def page_of(values: Mapping[str, float]) -> Page:
    """The portrait page from theme.yaml (mm)."""
    names = ("width", "height", "top", "right", "bottom", "left", "header", "footer")
    lengths = {name: float(values[name]) for name in names}
    if not all(0 <= mm < 1000 for mm in lengths.values()):
        raise ValueError(f"page: {lengths}")
    page = Page(**{name: twips(mm) for name, mm in lengths.items()})  # type: ignore[arg-type]
    if not page.usable:
        raise ValueError(f"page: {lengths}")
    return page


def running_of(read: Any) -> dict[str, Running]:
    """Headers and footers of a theme folder by name."""
    found: dict[str, Running] = {}
    for name in RUNNING:
        xml = read(f"word/{name}.xml")
        if xml:
            xml = with_paragraph_ids(compact(xml), f"theme:{name}").replace('xmlns:w="', _IDS_DECLARED, 1)
            found[name] = Running(f"{name}.xml", compile_tags(xml))
    return found


def ids_by_role(roles: Mapping[str, str], styles: Mapping[str, Style], kind: str) -> dict[str, str]:
    """Style ids by role for the roles whose style the theme has."""
    by_name = {style.name.lower(): style.id for style in styles.values() if style.kind == kind}
    return {role: by_name[name.lower()] for role, name in roles.items() if name.lower() in by_name}


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def _from_folder(folder: Path) -> Theme:
    sources = Sources(folder)
    settings = sources.settings
    styles_xml = compact(sources.styles())
    styles = read_styles(styles_xml)
    page = page_of(settings["page"])
    extras = [
        Extra(
            member(f"word/{name}.xml", compact(sources.demand(f"word/{name}.xml")).encode()),
            WORD + f"{name}+xml",
            OFFICE + name,
        )
        for name in ("settings", "fontTable")
    ]
    colours = compact(sources.demand("word/theme/theme1.xml")).encode()
    kind = "application/vnd.openxmlformats-officedocument.theme+xml"
    extras.append(Extra(member("word/theme/theme1.xml", colours), kind, OFFICE + "theme"))
    return Theme(
        name=folder.name,
        page=page,
        toc_width=page.text_width,
        paragraphs=ids_by_role(settings["paragraphs"], styles, "paragraph"),
        characters=ids_by_role(settings["characters"], styles, "character"),
        tables=ids_by_role(settings["tables"], styles, "table"),
        metrics=metrics(styles_xml, styles),
        words={key: str(value) for key, value in settings["words"].items()},
        defaults={key: str(value) for key, value in settings.get("defaults", {}).items()},
        styles=compile_tags(styles_xml),
        numbering=numbering_of(compact(sources.demand("word/numbering.xml")), **settings["lists"]),
        running=running_of(sources.read),
        fragments=fragments_of(sources.read, page),
        properties={name: compile_tags(compact(sources.demand(f"docProps/{name}.xml"))) for name in ("core", "app")},
        extras=tuple(extras),
    )
