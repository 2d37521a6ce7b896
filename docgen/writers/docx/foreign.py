"""A consultant's own .docx as a theme: its styles, lists, headers, footers and page; the rest from the standard."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity
from docgen.writers.docx.numbering import Numbering, numbering_of
from docgen.writers.docx.page import Page
from docgen.writers.docx.styles import Style, add_styles, metrics, read_styles
from docgen.writers.docx.tags import compile_tags, heal_tags
from docgen.writers.docx.theme import (
    OFFICE,
    RUNNING,
    Extra,
    Running,
    Sources,
    Theme,
    block_memos,
    body_memo,
    compact,
    fragments_of,
    load_theme,
    running_of,
)
from docgen.writers.package import member

_MAX_PART = 64 * 1024 * 1024
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r'(\w+(?::\w+)?)="([^"]*)"')
_SECTION = re.compile(r"<w:sectPr\b.*?</w:sectPr>", re.S)
_STYLE_USE = re.compile(r'(<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link) w:val=")([^"]+)(")')
_ABSTRACT = re.compile(r"<w:abstractNum\b.*?</w:abstractNum>", re.S)
_LENGTH = re.compile(r"-?[0-9]{1,6}(?:\.[0-9]{1,4})?")
_BUILT_IN = {
    "company", "title", "number", "version", "sample", "notice", "pages", "text_width", "short_name", "controlled",
    "copy_number", "prepared_by", "reviewed_by", "approved_by", "prepared_date", "reviewed_date", "approved_date",
    "issue_date", "effective_date", "standard", "color", "retention", "logo",
}  # fmt: skip


def theme_from_docx(path: Path, standard: Path, parts: Mapping[str, bytes] | None = None) -> Theme:
    """The theme a .docx makes, completed from the folder `standard`.

    Raises:
        DocgenError: the file is no .docx (D103) or has no styles or body (D104).
    """
    return _Foreign(path, standard, parts).theme()


class _Foreign:
    def __init__(self, path: Path, standard: Path, parts: Mapping[str, bytes] | None = None) -> None:
        self.path = path
        self.base = load_theme(standard)
        self.sources = Sources(standard)
        self.problems: list[Diagnostic] = []
        self.parts = dict(parts) if parts is not None else self._read()
        self.document = self._main()
        self.relations = self._relations(self.document)
        self.ids: dict[str, str] = {}  # style id of the standard theme -> id in this theme
        self.types: dict[str, str] = {}

    def _problem(self, code: str, **values: str) -> None:
        self.problems.append(Diagnostic(code, Severity.WARNING, Place(file=str(self.path)), values))

    # ---- reading

    def _read(self) -> dict[str, bytes]:
        try:
            with zipfile.ZipFile(self.path) as archive:
                if sum(info.file_size for info in archive.infolist()) > _MAX_PART:
                    raise zipfile.BadZipFile(f"> {_MAX_PART} bytes")
                return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as fault:
            values = {"name": self.path.name, "reason": str(fault)}
            raise DocgenError([Diagnostic("D103", place=Place(file=str(self.path)), values=values)]) from fault

    def _text(self, name: str) -> str:
        return self.parts.get(name, b"").decode("utf-8-sig", "replace")

    def _lacks(self, part: str) -> DocgenError:
        values = {"name": self.path.name, "part": part}
        return DocgenError([Diagnostic("D104", place=Place(file=str(self.path)), values=values)])

    def _main(self) -> str:
        for kind, target in self._relations("").values():
            if kind.endswith("/officeDocument") and "<w:body" in self._text(target):
                return target
        raise self._lacks("word/document.xml")

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationship id -> (type, part name) of a part; of the package for ""."""
        folder = PurePosixPath(part).parent if part else PurePosixPath()
        name = str(folder / "_rels" / f"{PurePosixPath(part).name}.rels") if part else "_rels/.rels"
        found = {}
        for tag in _RELATION.findall(self._text(name)):
            values = dict(_ATTRIBUTE.findall(tag))
            if values.get("TargetMode") != "External" and "Target" in values:
                target = values["Target"]
                full = target.lstrip("/") if target.startswith("/") else _joined(folder, target)
                found[values.get("Id", "")] = (values.get("Type", ""), full)
        return found

    def _part(self, kind: str) -> str | None:
        for relation, name in self.relations.values():
            if relation.endswith("/" + kind) and name in self.parts:
                return name
        return None

    # ---- building

    def theme(self) -> Theme:
        name = self._part("styles")
        if name is None or "<w:styles" not in self._text(name):
            raise self._lacks("word/styles.xml")
        styles_xml, roles = self._styles(compact(self._text(name)))
        styles = read_styles(styles_xml)
        page = self._page()
        base = self.base

        def read(part: str) -> str | None:
            text = self.sources.read(part)
            return self._with_own_ids(text) if text else None

        return replace(
            base,
            name=self.path.stem,
            page=page,
            cover_page=replace(base.page, width=page.width, height=page.height),
            toc_width=0,
            paragraphs=roles["paragraphs"],
            characters=roles["characters"],
            tables=roles["tables"],
            metrics=metrics(styles_xml, styles),
            styles=compile_tags(styles_xml) if "{{color}}" in styles_xml else _untagged(styles_xml),
            numbering=self._numbering(styles),
            running=(running := self._running(read)),
            first_drawing=_highest_drawing(running) + 1,
            fragments=fragments_of(read, page),
            extras=tuple(self._extras()),
            default_types=self.types,
            problems=tuple(self.problems),
            memos=block_memos(),
            bodies=body_memo(),
            variants={},
            frames={},
            looks={},
            grids={},
            openings={},
        )

    def _styles(self, xml: str) -> tuple[str, dict[str, dict[str, str]]]:
        """styles.xml with the styles it lacks, and the style ids by role."""
        theirs = read_styles(xml)
        ours = read_styles(compact(self.sources.styles()))
        by_name = {(style.kind, style.name.lower()): style.id for style in theirs.values()}
        kinds = {"paragraphs": "paragraph", "characters": "character", "tables": "table"}
        aliases: Mapping[str, list[str]] = self.sources.settings.get("aliases", {})
        roles: dict[str, dict[str, str]] = {}
        added: list[str] = []

        def adopt(style: Style) -> str:
            """The id of a standard style here: the one of the same name, else a copy."""
            if style.id in self.ids:
                return self.ids[style.id]
            known = by_name.get((style.kind, style.name.lower()))
            if known is not None:
                self.ids[style.id] = known
                return known
            id = style.id
            while id in theirs or id in self.ids.values():
                id += "0"
            self.ids[style.id] = id
            if style.base in ours:
                adopt(ours[style.base])
            copied = style.xml.replace(f'w:styleId="{style.id}"', f'w:styleId="{id}"').replace(' w:default="1"', "")
            copied = re.sub(r"<w:numPr>.*?</w:numPr>", "", copied)
            added.append(copied)
            return id

        for group, kind in kinds.items():
            names: Mapping[str, str] = self.sources.settings[group]
            roles[group] = {}
            for role, name in names.items():
                for candidate in (name, *aliases.get(role, ())):
                    found = by_name.get((kind, candidate.lower()))
                    if found:
                        break
                standard = next(s for s in ours.values() if s.kind == kind and s.name == name)
                if found:
                    self.ids[standard.id] = found
                else:
                    found = adopt(standard)
                    self._problem("D110", style=name, role=role)
                roles[group][role] = found
        for style in ours.values():  # those the cover and the title block use
            adopt(style)
        return add_styles(xml, [self._with_own_ids(text) for text in added]), roles

    def _with_own_ids(self, xml: str) -> str:
        return _STYLE_USE.sub(lambda m: m.group(1) + self.ids.get(m.group(2), m.group(2)) + m.group(3), xml)

    def _page(self) -> Page:
        sections = _SECTION.findall(self._text(self.document))
        self.section = sections[-1] if sections else ""
        page = self.base.page
        size = _attributes(self.section, "pgSz")
        margins = _attributes(self.section, "pgMar")
        numbers = {
            name: int(float(value))
            for name, value in {
                "width": size.get("w"),
                "height": size.get("h"),
                **{side: margins.get(side) for side in ("top", "right", "bottom", "left", "header", "footer")},
            }.items()
            if value is not None and _LENGTH.fullmatch(value)
        }
        for side in ("top", "bottom"):
            if side in numbers:
                numbers[side] = abs(numbers[side])
        if numbers.get("width", 0) > numbers.get("height", 1 << 30):
            numbers["width"], numbers["height"] = numbers["height"], numbers["width"]
        grid = re.search(r"<w:docGrid\b[^>]*/>", self.section)
        theirs = replace(page, **numbers, grid=grid.group() if grid else "")
        if theirs.usable:
            return theirs
        self._problem("D114")
        return page

    def _numbering(self, styles: Mapping[str, Style]) -> Numbering:
        """Their lists with ours behind them."""
        ours = compact(self.sources.demand("word/numbering.xml"))
        lists: dict[str, int] = dict(self.sources.settings["lists"])
        name = self._part("numbering")
        xml = compact(self._text(name)) if name else ""
        first = styles.get(self.ids.get("Heading1", "Heading1"))
        own = re.search(r'<w:numPr>.*?<w:numId w:val="(\d+)"/>', first.xml, re.S) if first else None
        if not xml or "<w:numbering" not in xml:
            xml, shift = re.sub(r'<w:pStyle w:val="[^"]*"/>', "", ours), 0
        else:
            shift = max((int(n) for n in re.findall(r'w:abstractNumId="(\d+)"', xml)), default=-1) + 1
            highest = max((int(n) for n in re.findall(r'<w:num w:numId="(\d+)"', xml)), default=0)
            abstracts = ""
            for number, text in enumerate(_ABSTRACT.findall(ours)):
                text = re.sub(r'w:abstractNumId="\d+"', f'w:abstractNumId="{shift + number}"', text, count=1)
                abstracts += re.sub(r'<w:pStyle w:val="[^"]*"/>', "", text)
            nums = "".join(
                f'<w:num w:numId="{highest + 1 + n}"><w:abstractNumId w:val="{shift + n}"/></w:num>'
                for n in range(len(lists))
            )
            at = xml.find("<w:num ")
            at = at if at >= 0 else xml.rindex("</w:numbering>")
            end = xml.rindex("</w:numbering>")
            xml = xml[:at] + abstracts + xml[at:end] + nums + xml[end:]
        numbering = numbering_of(xml, **{role: number + shift for role, number in lists.items()})
        if own and name:
            number = int(own.group(1))
            abstract = re.search(rf'<w:num w:numId="{number}"[^>]*>\s*<w:abstractNumId w:val="(\d+)"/>', xml)
            if abstract:
                return replace(numbering, heading=number, heading_abstract=int(abstract.group(1)))
        self._problem("D112")
        return replace(numbering, direct=True)

    def _running(self, read: Any) -> dict[str, Running]:
        """Their default header and footer, else the standard ones."""
        running = running_of(read)
        found: dict[str, Running] = {
            name: running[name] for name in ("header-cover", "footer-cover") if name in running
        }
        for kind in ("header", "footer"):
            part = None
            for tag in re.findall(rf"<w:{kind}Reference\b[^>]*/>", self.section):
                values = dict(_ATTRIBUTE.findall(tag))
                if values.get("w:type", "default") == "default":
                    part = self.relations.get(values.get("r:id", ""), ("", ""))[1]
            if not part or part not in self.parts:
                self._problem("D111", part=kind)
                found.update({n: running[n] for n in RUNNING if n in (kind, f"{kind}-form") and n in running})
                continue
            healed = heal_tags(compact(self._text(part)))
            if kind == "header" and "{{sample}}" not in healed:
                root = re.search(r"<w:hdr\b[^>]*>", healed)
                at = root.end() if root else 0
                healed = healed[:at] + self._sample_mark(read) + healed[at:]
            text = compile_tags(healed)
            for tag in sorted(text.names - _BUILT_IN):
                self._problem("D113", part=PurePosixPath(part).name, tag="{{" + tag + "}}")
            rels = str(PurePosixPath(part).parent / "_rels" / f"{PurePosixPath(part).name}.rels")
            found[kind] = Running(f"theme-{kind}.xml", text, self.parts.get(rels, b""))
        return found

    @staticmethod
    def _sample_mark(read: Any) -> str:
        """The paragraph that marks samples, from the standard header; it goes where there is no sample."""
        mark = re.search(r"\{\{\?sample\}\}.*?\{\{/sample\}\}", read("word/header.xml") or "", re.S)
        if not mark:
            return ""
        return "{{?sample}}<w:p>" + re.sub(r"\{\{[?/]sample\}\}", "", mark.group()) + "</w:p>{{/sample}}"

    def _extras(self) -> list[Extra]:
        """Settings and fonts of the standard theme, their colours, and the pictures of their headers."""
        extras = []
        for extra in self.base.extras:
            name = self._part("theme") if extra.relation == OFFICE + "theme" else None
            if name and not self._relations(name):
                extra = replace(extra, member=member("word/theme/theme1.xml", self.parts[name]))
            extras.append(extra)
        wanted: set[str] = set()
        for kind in ("header", "footer"):
            for tag in re.findall(rf"<w:{kind}Reference\b[^>]*/>", self.section):
                part = self.relations.get(dict(_ATTRIBUTE.findall(tag)).get("r:id", ""), ("", ""))[1]
                wanted.update(target for _, target in self._relations(part).values() if part)
        types = self._text("[Content_Types].xml")
        for name in sorted(wanted & set(self.parts)):
            extras.append(Extra(member(name, self.parts[name], store=True), ""))
            extension = PurePosixPath(name).suffix.lstrip(".")
            for tag in re.findall(r"<Default\b[^>]*/>", types):
                values = dict(_ATTRIBUTE.findall(tag))
                if values.get("Extension", "").lower() == extension.lower():
                    self.types[extension] = values.get("ContentType", "")
        return extras


def _joined(folder: PurePosixPath, target: str) -> str:
    parts: list[str] = []
    for part in (folder / target).parts:
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _attributes(xml: str, name: str) -> dict[str, str]:
    found = re.search(rf"<w:{name}\b[^>]*/>", xml)
    return {key.rpartition(":")[2]: value for key, value in _ATTRIBUTE.findall(found.group())} if found else {}


def _untagged(xml: str) -> Any:
    from docgen.writers.docx.tags import TagText

    return TagText((xml,), frozenset())


def _highest_drawing(running: Mapping[str, Running]) -> int:
    numbers = [0]
    for part in running.values():
        for piece in part.text.pieces:
            if isinstance(piece, str):
                numbers += map(int, re.findall(r'<wp:docPr\b[^>]*\bid="(\d+)"', piece))
    return max(numbers)
