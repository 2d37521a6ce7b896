"""Files are read as they are; files that are none are named and do not stop the rest."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document

from docgen.audit.docx_reader import read_docx
from docgen.audit.folder import read_folder
from docgen.audit.package import Unreadable
from docgen.audit.xlsx_reader import read_xlsx

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, **parts: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


def paragraph(text: str, inside: str = "") -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r>{inside}</w:p>"


def texts(data: bytes, kind: str = "text") -> list[str]:
    return [p.text for p in read_docx(data, "x.docx").paragraphs if p.kind == kind]


def test_a_tracked_insertion_is_text_and_a_deletion_is_not():
    body = '<w:p><w:r><w:t>甲</w:t></w:r><w:ins w:id="1"><w:r><w:t>乙</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>丙</w:delText></w:r></w:del></w:p>'
    assert texts(docx(body)) == ["甲乙"]
    assert texts(docx(body), "deleted") == ["丙"]


def test_a_content_control_is_text_and_an_unfilled_one_is_told_apart():
    filled = "<w:p><w:sdt><w:sdtContent><w:r><w:t>甲</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    empty = "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    assert texts(docx(filled)) == ["甲"]
    assert texts(docx(empty), "unfilled") == ["单击此处"]


def test_a_text_box_is_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = f"<w:p><w:r><mc:AlternateContent {mc}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    found = [p for p in read_docx(docx(body), "x.docx").paragraphs if p.text == "框内"]
    assert [p.where for p in found] == ["textbox"]


def test_hidden_text_is_told_apart():
    body = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:r><w:t>明</w:t></w:r></w:p>"
    assert texts(docx(body)) == ["明"]
    assert texts(docx(body), "hidden") == ["暗"]


def test_headers_footnotes_and_comments_are_read():
    data = docx(
        paragraph("正文"), word__header1=f"<w:hdr {_W}>{paragraph('页眉')}</w:hdr>",
        word__footnotes=f'<w:footnotes {_W}><w:footnote w:id="2">{paragraph("脚注")}</w:footnote></w:footnotes>',
        word__comments=f'<w:comments {_W}><w:comment w:id="0">{paragraph("批注")}</w:comment></w:comments>',
    )  # fmt: skip
    document = read_docx(data, "x.docx")
    assert document.header == "页眉\n"
    assert [p.text for p in document.paragraphs if p.where == "note"] == ["脚注"]
    assert [p.text for p in document.paragraphs if p.kind == "comment"] == ["批注"]


def test_the_code_of_a_field_is_no_text():
    body = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    assert texts(docx(body)) == ["7"]


def test_merged_cells_repeat_their_text_on_the_grid():
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    wide, tall = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    rows = (
        f"<w:tr>{cell.format(wide, '宽')}{cell.format(tall, '高')}</w:tr>"
        f"<w:tr>{cell.format('', '甲')}{cell.format('', '乙')}{cell.format('<w:vMerge/>', '')}</w:tr>"
    )
    table = read_docx(docx(f"<w:tbl>{rows}</w:tbl>"), "x.docx").tables[0]
    assert table.rows == [["宽", "宽", "高"], ["甲", "乙", "高"]]
    assert table.covered == {(0, 1), (1, 2)}


@pytest.mark.parametrize("text", ["1 目的", "5.2.4 维修", "第三章 职责", "一、总则"])
def test_a_numbered_line_without_a_style_is_a_heading(text):
    assert read_docx(docx(paragraph(text)), "x.docx").paragraphs[0].kind == "heading"


@pytest.mark.parametrize("text", ["24 小时内响应", "2026年3月1日发布，同日实施。", "3 家网点，覆盖全省；"])
def test_a_sentence_that_begins_with_a_number_is_no_heading(text):
    assert read_docx(docx(paragraph(text)), "x.docx").paragraphs[0].kind == "text"


def test_a_heading_path_leads_to_its_sentences():
    data = docx(
        paragraph("1 目的") + paragraph("1.1 范围") + paragraph("内容。") + paragraph("2 职责") + paragraph("负责。")
    )
    paths = {p.text: p.heading for p in read_docx(data, "x.docx").paragraphs}
    assert paths["内容。"] == "1 目的 > 1.1 范围"
    assert paths["负责。"] == "2 职责"


def test_cells_of_a_workbook_are_read_with_dates(tmp_path):
    from datetime import date

    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["名称", "数量", "日期"])
    book.active.append(["万用表", 3, date(2027, 3, 1)])
    stream = BytesIO()
    book.save(stream)
    assert read_xlsx(stream.getvalue(), "x.xlsx").tables[0].rows[1] == ["万用表", "3", "2027年3月1日"]


def _bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 30_000_000)
    return out.getvalue()


_BAD = {
    "A010": b"",
    "A011": b"not a zip",
    "A012": _bomb(),
    "A014": b"",
    "A016": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "A017": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"WordDocument",
}


def _entities() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f'<!DOCTYPE d [<!ENTITY a "b">]><w:document {_W}><w:body/></w:document>')
    return out.getvalue()


@pytest.mark.parametrize("code", sorted(_BAD))
def test_a_bad_file_is_named_and_the_others_are_read(tmp_path, code):
    (tmp_path / "坏.docx").write_bytes(_entities() if code == "A014" else _BAD[code])
    (tmp_path / "好.docx").write_bytes(docx(paragraph("正文")))
    documents, faults = read_folder(tmp_path)
    assert [d.path for d in documents] == ["好.docx"]
    assert [(f.code, f.place.file) for f in faults] == [(code, "坏.docx")]


def test_a_truncated_file_is_named(tmp_path):
    stream = BytesIO()
    Document().save(stream)
    (tmp_path / "半.docx").write_bytes(stream.getvalue()[:5000])
    assert [f.code for f in read_folder(tmp_path)[1]] == ["A011"]


def test_a_zip_without_a_document_is_no_word_file():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(Unreadable) as caught:
        read_docx(out.getvalue(), "x.docx")
    assert caught.value.code == "A018"


def test_locks_hidden_files_and_review_copies_are_left_out(tmp_path):
    for name in ("~$甲.docx", ".乙.docx"):
        (tmp_path / name).write_bytes(b"x")
    copy = tmp_path / "丙_review"
    copy.mkdir()
    (copy / "丁.docx").write_bytes(docx(paragraph("x")))
    assert read_folder(tmp_path) == ([], [])
