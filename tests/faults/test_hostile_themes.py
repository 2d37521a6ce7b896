"""Themes from strangers: nothing that runs, fetches or unfolds gets into a document."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.document import Document, Heading, Paragraph, Text
from docgen.library import Library, data_folder, load_library
from docgen.writers.docx import write_docx
from docgen.writers.docx.styles import Metric, _apply
from tests.content.sets import library

THEMES = data_folder("templates") / "themes"
DOCUMENT = Document("x", "procedure", "X-1", "题目", "A/0", [Paragraph((Text("正文"),))])
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006/relationships"


def house(tmp_path: Path) -> Library:
    """A library whose house folder holds the theme `own`, a copy of the shipped one."""
    root = tmp_path / "house"
    shutil.copytree(THEMES / "formal", root / "themes" / "own")
    shared = library()
    return Library((root, *shared.roots), shared.groups)


def refused(given: Library) -> str:
    with pytest.raises(DocgenError) as caught:
        given.theme("own")
    return caught.value.diagnostics[0].code


@pytest.mark.parametrize(
    ("part", "text", "code"),
    [
        ("header.xml", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>{}', "D105"),
        ("styles.xml", '<!DOCTYPE x SYSTEM "file:///etc/passwd">{}', "D105"),
        ("footer.xml", "{}<w:p", "D102"),
        ("numbering.xml", "no xml", "D102"),
    ],
)
def test_parts_that_declare_entities_or_are_broken_are_refused(tmp_path: Path, part: str, text: str, code: str) -> None:
    given = house(tmp_path)
    path = tmp_path / "house/themes/own/word" / part
    path.write_text(text.replace("{}", path.read_text("utf-8").partition("?>")[2]), encoding="utf-8")
    assert refused(given) == code


@pytest.mark.parametrize(
    "inside",
    [
        '<w:r><w:instrText> INCLUDETEXT "http://a.example/x" </w:instrText></w:r>',
        '<w:r><w:instrText> DDEAUTO c:\\\\x "y" </w:instrText></w:r>',
        '<w:fldSimple w:instr=" INCLUDEPICTURE \\\\\\\\a\\\\b "/>',
        "<w:r><w:instrText> MACROBUTTON x y </w:instrText></w:r>",
        "<w:r><w:instrText> PAGE</w:instrText><w:instrText>HYPERLINK x</w:instrText></w:r>",
        f'<w:r xmlns:r="{R}"><w:object r:id="rId1"/></w:r>',
        "<w:object/>",
        f'<w:altChunk xmlns:r="{R}" r:id="rId1"/>',
        f'<w:hyperlink xmlns:r="{R}" r:id="rId1"><w:r><w:t>x</w:t></w:r></w:hyperlink>',
    ],
)
def test_fields_and_objects_that_fetch_are_refused(tmp_path: Path, inside: str) -> None:
    given = house(tmp_path)
    path = tmp_path / "house/themes/own/word/footer.xml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("</w:p>", f"{inside}</w:p>", 1), encoding="utf-8")
    assert refused(given) == "D106"


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ("a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nwords: {x: *b}\n", "D102"),
        ("words: 1\n", "D107"),
        ("[", "D102"),
        ("- a\n", "D107"),
        ("page: {width: wide}\n", "D107"),
        ("extends: ../../../../etc\n", "D102"),
        ("a: " + "x" * 5_000_000, "D102"),
    ],
)
def test_settings_that_unfold_or_are_wrong_are_refused(tmp_path: Path, settings: str, code: str) -> None:
    given = house(tmp_path)
    (tmp_path / "house/themes/own/theme.yaml").write_text(settings, encoding="utf-8")
    assert refused(given) == code


def test_words_that_unfold_are_refused_with_the_folder(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    bomb = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'x'}]\n" for n in range(30))
    (shared / "words.yaml").write_text(bomb, encoding="utf-8")
    with pytest.raises(DocgenError) as caught:
        load_library(house=tmp_path, cache=False)
    assert caught.value.diagnostics[0].place.file.endswith("words.yaml")


# ---- Word files as themes


def word_theme(tmp_path: Path, name: str = "own.docx", **changed: str | bytes | None) -> Path:
    """A Word file made by docgen, with members changed or added (`/` as `__`, `.` kept)."""
    data = write_docx(DOCUMENT, library().theme("formal"))
    path = tmp_path / name
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        members = {member.filename: source.read(member) for member in source.infolist()}
        for key, value in changed.items():
            member = key.replace("__", "/")
            old = members.get(member, b"").decode("utf-8")
            if isinstance(value, str):
                value = value.replace("{}", old).encode()
            if value is not None:
                members[member] = value
        for member, content in members.items():
            target.writestr(member, content)
    return path


def relation(kind: str, target: str, mode: str = "") -> str:
    external = f' TargetMode="{mode}"' if mode else ""
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{P}"><Relationship Id="rId9" Type="{R}/{kind}" '
        f'Target="{target}"{external}/></Relationships>'
    )


def made_with(path: Path) -> tuple[set[str], bytes, list[str]]:
    """Members and bytes of a document in a theme, and the codes of what was said about the theme."""
    theme = library_of(path)
    data = write_docx(DOCUMENT, theme)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        everything = b"".join(archive.read(name) for name in sorted(names))
    return names, everything, [problem.code for problem in theme.problems]


def library_of(path: Path):  # type: ignore[no-untyped-def]
    shared = library()
    return Library(shared.roots, shared.groups).theme(str(path))


LONG = Document("x", "procedure", "X-1", "题目", "A/0", [Heading(1, ("甲",)), *[Paragraph((Text("正文" * 900),))] * 40])


@pytest.mark.parametrize(
    ("size", "margins"),
    [
        ('w:w="abc" w:h="1e999"', ""),
        ('w:w="0" w:h="0"', ""),
        ('w:w="11906" w:h="16838"', 'w:top="9000" w:bottom="9000"'),
        ('w:w="11906" w:h="16838"', 'w:left="8000" w:right="8000"'),
        ('w:w="999999" w:h="999999"', ""),
    ],
)
def test_a_sheet_without_room_for_text_is_replaced_and_told(tmp_path: Path, size: str, margins: str) -> None:
    section = f"<w:sectPr><w:pgSz {size}/><w:pgMar {margins}/></w:sectPr></w:body></w:document>"
    path = word_theme(tmp_path)
    with zipfile.ZipFile(path) as archive:
        body = archive.read("word/document.xml").decode("utf-8")
    changed = body[: body.rindex("<w:sectPr")] + section
    theme = library_of(word_theme(tmp_path, "bad.docx", **{"word__document.xml": changed}))
    assert theme.page.usable and ("D114" in [p.code for p in theme.problems]) == ("abc" not in size)
    assert write_docx(LONG, theme)


@pytest.mark.parametrize("size", ["0", "99999999999", "21"])
@pytest.mark.parametrize("line", ["0", "-400", "1e999", "x", "360"])
@pytest.mark.parametrize("indent", ["999999", "-999999", "nan", "420"])
def test_sizes_no_page_has_room_for_are_not_taken_from_a_theme(
    tmp_path: Path, size: str, line: str, indent: str
) -> None:
    xml = f'<w:sz w:val="{size}"/><w:spacing w:line="{line}" w:before="{line}"/><w:ind w:left="{indent}" w:hanging="{indent}"/>'
    metric = _apply(Metric(), xml)
    assert 1 <= metric.size <= 200 and metric.height > 0 and metric.before >= 0
    assert abs(metric.left) + abs(metric.first) <= 400


@pytest.mark.parametrize("page", ["{width: .inf}", "{top: 200, bottom: 200}", "{width: 0}", "{height: x}", "[]"])
def test_a_folder_with_an_impossible_page_is_refused(tmp_path: Path, page: str) -> None:
    given = house(tmp_path)
    (tmp_path / "house/themes/own/theme.yaml").write_text(f"extends: formal\npage: {page}\n", encoding="utf-8")
    assert refused(given) == "D107"


def test_macros_of_a_theme_are_left_out_with_a_warning(tmp_path: Path) -> None:
    path = word_theme(tmp_path, "own.docm")
    with zipfile.ZipFile(path, "a") as archive:
        rels = archive.read("word/_rels/document.xml.rels").decode()
        types = archive.read("[Content_Types].xml").decode()
    data = {
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0macro",
        "word/_rels/document.xml.rels": rels.replace(
            "</Relationships>",
            '<Relationship Id="rIdV" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
            'Target="vbaProject.bin"/></Relationships>',
        ).encode(),
        "[Content_Types].xml": types.replace(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ).encode(),
    }
    path = rewritten(path, data)
    names, everything, codes = made_with(path)
    assert "W020" in codes
    assert not any("vba" in name.lower() for name in names)
    assert b"macro" not in everything


def rewritten(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path) as archive:
        all_members = {name: archive.read(name) for name in archive.namelist()} | members
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in all_members.items():
            archive.writestr(name, content)
    return path


def test_a_header_that_fetches_from_elsewhere_loses_what_fetches(tmp_path: Path) -> None:
    path = word_theme(tmp_path)
    with zipfile.ZipFile(path) as archive:
        header = next(n for n in archive.namelist() if n.startswith("word/header") and n.endswith(".xml"))
        text = archive.read(header).decode()
    drawing = (
        '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'xmlns:r="{R}" r:link="rId9"/></w:drawing></w:r></w:p>'
    )
    rels = header.replace("word/", "word/_rels/") + ".rels"
    path = rewritten(
        path,
        {
            header: text.replace("</w:hdr>", f"{drawing}</w:hdr>").encode(),
            rels: relation("image", "http://tracker.example/x.png", "External").encode(),
        },
    )
    _, everything, codes = made_with(path)
    assert "W022" in codes
    assert b"tracker.example" not in everything
    assert b"r:link" not in everything


@pytest.mark.parametrize("member", ["word/styles.xml", "word/document.xml", "word/_rels/document.xml.rels"])
def test_a_part_with_entities_is_refused(tmp_path: Path, member: str) -> None:
    path = word_theme(tmp_path)
    with zipfile.ZipFile(path) as archive:
        text = archive.read(member).decode().partition("?>")[2]
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY a{n} "&a;&a;">' for n in range(9)) + "]>"
    with pytest.raises(DocgenError) as caught:
        library_of(rewritten(path, {member: (bomb + text).encode()}))
    assert caught.value.diagnostics[0].code == "W030"


def test_a_zip_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    path = rewritten(word_theme(tmp_path), {"word/media/x.bin": b"\0" * 60_000_000})
    assert path.stat().st_size < 1_000_000
    with pytest.raises(DocgenError) as caught:
        library_of(path)
    assert caught.value.diagnostics[0].code == "W015"


@pytest.mark.parametrize("name", ["../x.xml", "/etc/x.xml", "C:\\x.xml", "word/../../x.xml"])
def test_members_that_name_other_places_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocgenError) as caught:
        library_of(rewritten(word_theme(tmp_path), {name: b"<x/>"}))
    assert caught.value.diagnostics[0].code == "W016"
