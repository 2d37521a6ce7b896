"""The package around a document: the parts that many documents have alike, made ready once, and its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from docgen.writers.docx.markup import DECLARATION
from docgen.writers.docx.theme import OFFICE, WORD, Theme
from docgen.writers.package import Entry, Member, entry, member, pack

_RELATIONS = f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_TYPES = f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
_PACKAGE = "application/vnd.openxmlformats-"
_MAX_FRAMES = 256
_NAME = attrgetter("name")


class Contents(NamedTuple):
    """What decides which parts a package has besides those with a document's own words."""

    color: str
    lists: int
    first_number: int
    running: tuple[tuple[str, tuple[str, bool]], ...]  # headers and footers: relationship id, (name, landscape)
    comments: bool
    images: tuple[tuple[str, str], ...]  # relationship id, target
    charts: int


class Frame(NamedTuple):
    """The parts that packages of the same contents have alike."""

    types: Entry
    relations: Entry
    document: Entry  # relations of the document
    others: tuple[Entry, ...]


def running_file(theme: Theme, name: str, landscape: bool) -> str:
    """The name of the part of a header or footer."""
    file = theme.running[name].name
    return file.replace(".xml", "-landscape.xml") if landscape else file


def package(theme: Theme, contents: Contents, document: Member, own: Iterable[Member]) -> bytes:
    """The .docx of these parts."""
    frame: Frame | None = theme.frames.get(contents)
    if frame is None:
        if len(theme.frames) >= _MAX_FRAMES:
            theme.frames.clear()
        frame = theme.frames[contents] = _frame(theme, contents)
    rest: list[Member | Entry] = sorted((*frame.others, *own), key=_NAME)
    return pack((frame.types, frame.relations, document, frame.document, *rest))


def _frame(theme: Theme, contents: Contents) -> Frame:
    overrides = [
        ("word/document.xml", WORD + "document.main+xml"),
        ("word/styles.xml", WORD + "styles+xml"),
        ("word/numbering.xml", WORD + "numbering+xml"),
        ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("docProps/app.xml", _PACKAGE + "officedocument.extended-properties+xml"),
    ]
    relations = [("rIdStyles", "styles", "styles.xml"), ("rIdNumbering", "numbering", "numbering.xml")]
    color, numbers = contents.color, (contents.lists, contents.first_number)
    others = [
        theme.variant(
            ("styles", color), "word/styles.xml", lambda: theme.styles.fill({**theme.defaults, "color": color}).encode()
        ),
        theme.variant(("numbering", *numbers), "word/numbering.xml", lambda: theme.numbering.write(*numbers)),
    ]
    for number, extra in enumerate(theme.extras):
        others.append(extra.member)
        name = extra.member.name.decode()
        if extra.content_type:
            overrides.append((name, extra.content_type))
        if extra.relation:
            relations.append((f"rIdTheme{number}", extra.relation, name.removeprefix("word/")))
    for relation, (running, landscape) in contents.running:
        file = running_file(theme, running, landscape)
        kind = running.partition("-")[0]
        overrides.append((f"word/{file}", f"{WORD}{kind}+xml"))
        relations.append((relation, kind, file))
        if own := theme.running[running].relations:
            others.append(member(f"word/_rels/{file}.rels", own))
    if contents.comments:
        overrides.append(("word/comments.xml", WORD + "comments+xml"))
        relations.append(("rIdComments", "comments", "comments.xml"))
    relations += [(id, "image", target) for id, target in contents.images]
    for number in range(1, contents.charts + 1):
        overrides.append((f"word/charts/chart{number}.xml", _PACKAGE + "officedocument.drawingml.chart+xml"))
        relations.append((f"rIdChart{number}", "chart", f"charts/chart{number}.xml"))
    return Frame(
        entry(member("[Content_Types].xml", _types(overrides, theme.default_types))),
        entry(theme.variant(("rels",), "_rels/.rels", _package_relations)),
        entry(member("word/_rels/document.xml.rels", _document_relations(relations))),
        tuple(map(entry, others)),
    )


def _types(overrides: Sequence[tuple[str, str]], more: Mapping[str, str]) -> bytes:
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "jpeg": "image/jpeg",
        "xlsx": _PACKAGE + "officedocument.spreadsheetml.sheet",
        **more,
    }
    text = "".join(f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in sorted(defaults.items()))
    text += "".join(f'<Override PartName="/{n}" ContentType="{t}"/>' for n, t in overrides)
    return f"{_TYPES}{text}</Types>".encode()


def _document_relations(relations: Sequence[tuple[str, str, str]]) -> bytes:
    text = "".join(
        f'<Relationship Id="{id}" Type="{kind if ":" in kind else OFFICE + kind}" Target="{target}"/>'
        for id, kind, target in relations
    )
    return f"{_RELATIONS}{text}</Relationships>".encode()


def _package_relations() -> bytes:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return (
        f'{_RELATIONS}<Relationship Id="rId1" Type="{OFFICE}officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}extended-properties" Target="docProps/app.xml"/></Relationships>'
    ).encode()
