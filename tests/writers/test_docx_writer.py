"""The Word writer on documents built by hand."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from docgen.document.model import (
    Cell,
    CellPattern,
    Contents,
    Document,
    Gap,
    Heading,
    LineRow,
    ListItem,
    PageBreak,
    Paragraph,
    Picture,
    Proposed,
    Reference,
    Row,
    RowPattern,
    Section,
    Slot,
    Table,
    Text,
)
from docgen.writers.docx import Theme, load_theme, write_docx
from tests.writers.samples import cells, document, drawings, every_block, long_document, origin, png

THEMES = Path(__file__).parents[2] / "templates" / "themes"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


@pytest.fixture(scope="module", params=["formal", "brand"])
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(THEMES / request.param)


@pytest.fixture(scope="module")
def formal() -> Theme:
    return load_theme(THEMES / "formal")


def part(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def body(data: bytes) -> ElementTree.Element:
    found = ElementTree.fromstring(part(data)).find(f"{W}body")
    assert found is not None
    return found


def text_of(element: ElementTree.Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def paragraph_with(data: bytes, words: str) -> ElementTree.Element:
    return next(p for p in body(data).iter(f"{W}p") if words in text_of(p))


def findings(path: Path) -> list[str]:
    from openxml_audit import OpenXmlValidator

    result = OpenXmlValidator().validate(path)
    found = [str(error) for error in result.errors]
    integrity = subprocess.run(
        [str(Path(sys.executable).with_name("ooxml-integrity")), "check", str(path), "--fail-on", "info", "--quiet"],
        capture_output=True,
        text=True,
        check=False,
    )
    return found + ([] if integrity.returncode == 0 else [integrity.stdout])


def variants() -> list[tuple[str, Document]]:
    with_logo = every_block()
    return [
        ("cover", document(every_block(), cover=True, sample=True, notice="数据未提供")),
        ("title", document(with_logo, first_number=0)),
        ("landscape", document([Paragraph((Text("横"),)), Section(False), Paragraph((Text("纵"),))], landscape=True)),
        ("landscape-cover", document([Paragraph((Text("横"),))], landscape=True, cover=True)),
        ("form", document([Table((cells("甲", "乙"), cells("", "")), role="form")], kind="form", sample=True)),
        ("empty", document([])),
        ("breaks", document([PageBreak(), Table((cells("表"),)), PageBreak(), PageBreak()])),
        ("sections", document([Section(True), Table((cells("表"),)), Section(False), Section(True), PageBreak()])),
        ("contents-only", document([Contents("目录")])),
        ("drawings", document([*drawings(), Section(True), *drawings()])),
        ("no-rows", document([Table(()), Table((Row(()),))])),
    ]


@pytest.mark.parametrize(("name", "made"), variants(), ids=[name for name, _ in variants()])
def test_validators_find_nothing(name: str, made: Document, theme: Theme, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.docx"
    path.write_bytes(write_docx(made, theme, review=True, logo=Picture(png(), "png", 30, 15, "标志")))
    assert findings(path) == []


def test_python_docx_reads_the_document(theme: Theme, tmp_path: Path) -> None:
    import docx

    path = tmp_path / "read.docx"
    path.write_bytes(write_docx(document(every_block(), cover=True), theme))
    read = docx.Document(str(path))
    assert any("公司华信示范规定" in p.text for p in read.paragraphs)
    assert read.core_properties.title == "维修服务程序"
    assert read.core_properties.author == "华信示范电器有限公司"
    assert read.core_properties.created is not None and read.core_properties.created.year == 2026
    assert [s.orientation for s in read.sections].count(1) == 1


def test_two_processes_give_the_same_bytes() -> None:
    code = (
        "import hashlib, pathlib\n"
        "from docgen.writers.docx import load_theme, write_docx\n"
        "from tests.writers.samples import document, every_block\n"
        f"theme = load_theme(pathlib.Path({str(THEMES / 'brand')!r}))\n"
        "made = document(every_block(), cover=True, sample=True)\n"
        "print(hashlib.sha256(write_docx(made, theme, review=True)).hexdigest())\n"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=THEMES.parents[1],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(THEMES.parents[1])},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_a_warm_theme_writes_the_same_bytes_as_a_fresh_one() -> None:
    made = document(every_block(), cover=True)
    warm = load_theme(THEMES / "formal")
    first = write_docx(made, warm)
    write_docx(document(every_block(), kind="form", title="别的"), warm)
    assert write_docx(made, warm) == first == write_docx(made, load_theme(THEMES / "formal"))


def test_a_value_is_data_and_never_markup(formal: Theme) -> None:
    nasty = "A&B<C>|**x**{{ 7*7 }}\"'<w:p/>]]>"
    fields = {"company": nasty, "issue_date": nasty, "prepared_by": nasty, "color": nasty, "standard": nasty}
    blocks = [
        Heading(1, (nasty,), anchor="h"),
        Paragraph((Text("值："), nasty)),
        Table((Row((Cell((nasty,)),)),), caption=nasty),
        Paragraph((Gap(nasty, "a.b", nasty), Proposed(nasty, "c.d"), Reference("section", "h", nasty, "h"))),
        Contents(nasty),
    ]
    data = write_docx(
        document(blocks, fields=fields, title=nasty, number=nasty, version=nasty, cover=True, notice=nasty),
        formal,
        review=True,
        gap_note=lambda gap: nasty,
    )
    assert text_of(paragraph_with(data, "值：")) == "值：" + nasty
    for name in ("word/header.xml", "word/comments.xml", "docProps/core.xml", "docProps/app.xml"):
        ElementTree.fromstring(part(data, name))
        assert nasty in "".join(ElementTree.fromstring(part(data, name)).itertext())


def test_characters_xml_forbids_are_dropped_and_line_breaks_kept(formal: Theme) -> None:
    data = write_docx(document([Paragraph(("起\x00\x08\ufffe\ud800一\r\n二\x0b三\t终",))]), formal)
    paragraph = paragraph_with(data, "起")
    assert text_of(paragraph) == "起一二三终"
    assert len(list(paragraph.iter(f"{W}br"))) == 2
    assert len(list(paragraph.iter(f"{W}tab"))) == 1


def test_every_paragraph_has_a_unique_id_below_the_limit(theme: Theme) -> None:
    data = write_docx(document(every_block() + every_block(), cover=True, sample=True), theme, review=True)
    ids = [p.get(f"{W14}paraId") for p in body(data).iter(f"{W}p")]
    assert None not in ids
    assert len(set(ids)) == len(ids)
    assert all(0 < int(id or "0", 16) < 0x80000000 and len(id or "") == 8 for id in ids)


def test_a_paragraph_keeps_its_id_when_text_before_it_and_its_values_change(formal: Theme) -> None:
    kept = origin("kept", "a.md")
    before = write_docx(document([Paragraph((Text("甲"), "旧值"), origin=kept)]), formal)
    added = [Paragraph((Text("新段"),), origin=origin("new", "a.md")), Paragraph((Text("甲"), "新值"), origin=kept)]
    after = write_docx(document(added), formal)
    same = f"{W14}paraId"
    assert paragraph_with(before, "旧值").get(same) == paragraph_with(after, "新值").get(same)


def test_a_static_block_that_stands_twice_gets_two_ids(formal: Theme) -> None:
    block = Paragraph((Text("两次出现"),), origin=origin("twice"))
    for _ in range(2):
        data = write_docx(document([block, block]), formal)
        ids = [p.get(f"{W14}paraId") for p in body(data).iter(f"{W}p") if "两次出现" in text_of(p)]
        assert len(set(ids)) == 2


def test_ids_that_collide_are_made_anew(formal: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    from docgen.writers.docx import body as module

    monkeypatch.setattr(module, "checksum", lambda text, start=0: len(text))
    blocks = [Paragraph((Text("一"),), origin=origin(key)) for key in ("a", "b", "c")]
    data = write_docx(document(blocks), formal)
    ids = [p.get(f"{W14}paraId") for p in body(data).iter(f"{W}p")]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("columns", [15, 16, 17, 40])
@pytest.mark.parametrize("merged", [False, True])
def test_cells_of_the_widest_rows_have_ids_of_their_own(formal: Theme, columns: int, merged: bool) -> None:
    line = RowPattern(tuple(CellPattern((Slot(n),)) for n in range(columns)), False, origin("line"), columns)
    rows: list[Row] = [LineRow(line, [f"值{row}{n}" for n in range(columns)]) for row in range(5)]
    rows.append(
        Row(tuple(Cell((Text(f"格{n}"),), rowspan=2 if merged else 1) for n in range(columns)), origin=origin("r"))
    )
    data = write_docx(document([Table(tuple(rows), origin=origin("t"))]), formal)
    ids = [p.get(f"{W14}paraId") for p in body(data).iter(f"{W}p")]
    assert len(set(ids)) == len(ids) > 6 * columns
    assert all(id and 0 < int(id, 16) < 0x80000000 for id in ids)
    texts = [text_of(cell) for cell in body(data).iter(f"{W}tc")]
    assert [f"值4{n}" for n in range(columns)] == [text for text in texts if text.startswith("值4")]


def grid(data: bytes) -> list[list[tuple[int, str, int]]]:
    """(columns, merge, width) of every cell."""
    rows = []
    for row in next(t for t in body(data).iter(f"{W}tbl") if "HX-CX" not in text_of(t)).iter(f"{W}tr"):
        line = []
        for cell in row.iter(f"{W}tc"):
            span, merge, width = (cell.find(f"{W}tcPr/{W}{name}") for name in ("gridSpan", "vMerge", "tcW"))
            assert width is not None
            line.append(
                (
                    int(span.get(f"{W}val", "1")) if span is not None else 1,
                    "" if merge is None else merge.get(f"{W}val", "go on"),
                    int(width.get(f"{W}w", "0")),
                )
            )
        rows.append(line)
    return rows


def test_merged_cells_cover_the_grid_in_every_row(formal: Theme) -> None:
    table = Table(
        (
            Row((Cell(("角",), 2, 2), Cell(("一",)), Cell(("二",)))),
            Row((Cell(("三",), rowspan=2), Cell(("四",)))),
            Row((Cell(("五",)), Cell(("六",)), Cell(("七",)))),
            Row((Cell(("八",)),)),
        ),
        (1, 1, 2, 4),
    )
    rows = grid(write_docx(document([table]), formal))
    assert [[c[:2] for c in row] for row in rows] == [
        [(2, "restart"), (1, ""), (1, "")],
        [(2, "go on"), (1, "restart"), (1, "")],
        [(1, ""), (1, ""), (1, "go on"), (1, "")],
        [(1, ""), (3, "")],
    ]
    assert {sum(c[2] for c in row) for row in rows} == {formal.page.text_width}


def test_header_rows_repeat_and_no_row_splits(formal: Theme) -> None:
    table = Table((cells("头", header=True), cells("甲"), cells("中", header=True)))
    rows = list(body(write_docx(document([table], kind="form"), formal)).iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_a_table_is_followed_by_a_paragraph_so_that_tables_never_merge(formal: Theme) -> None:
    made = document([Table((cells("一"),)), Table((cells("二"),))], kind="form")
    kinds = [child.tag.removeprefix(W) for child in body(write_docx(made, formal))]
    assert kinds == ["p", "tbl", "p", "tbl", "p", "sectPr"]


def list_numbers(data: bytes) -> dict[str, str]:
    found = {}
    for p in body(data).iter(f"{W}p"):
        number = p.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None:
            found[text_of(p)] = number.get(f"{W}val", "")
    return found


def test_each_list_starts_at_one_and_headings_end_lists(formal: Theme) -> None:
    def item(text: str, list_id: int) -> ListItem:
        return ListItem((Text(text),), 0, True, list_id)

    data = write_docx(
        document(
            [
                item("甲", 1),
                Paragraph((Text("中间"),)),
                item("乙", 1),
                item("丙", 2),
                Heading(1, (Text("章"),)),
                item("丁", 2),
            ]
        ),
        formal,
    )
    numbers = list_numbers(data)
    assert numbers["甲"] == numbers["乙"]
    assert len({numbers["甲"], numbers["丙"], numbers["丁"]}) == 3
    numbering = ElementTree.fromstring(part(data, "word/numbering.xml"))
    for number in {numbers["甲"], numbers["丙"], numbers["丁"]}:
        num = next(n for n in numbering.iter(f"{W}num") if n.get(f"{W}numId") == number)
        start = num.find(f"{W}lvlOverride/{W}startOverride")
        assert start is not None and start.get(f"{W}val") == "1"


def test_the_first_heading_can_be_number_zero(formal: Theme) -> None:
    blocks = [Contents("目录"), Heading(1, (Text("前言"),)), Heading(2, (Text("甲"),))]
    data = write_docx(document(blocks, first_number=0), formal)
    assert '<w:start w:val="0"/>' in part(data, "word/numbering.xml")
    assert "0 前言" in text_of(body(data)) and "0.1 甲" in text_of(body(data))


def contents_entries(data: bytes) -> list[tuple[str, str, int]]:
    """(text, bookmark, page) of the contents."""
    found = []
    for p in body(data).iter(f"{W}p"):
        link = p.find(f"{W}hyperlink")
        fields = "".join(node.text or "" for node in p.iter(f"{W}instrText"))
        if link is not None and "PAGEREF" in fields:
            match = re.fullmatch(r"(.*?)(\d+)", text_of(p))
            assert match
            found.append((match.group(1), link.get(f"{W}anchor", ""), int(match.group(2))))
    return found


def test_the_contents_list_every_heading_with_a_live_link(formal: Theme) -> None:
    data = write_docx(document(every_block(), cover=True), formal)
    entries = contents_entries(data)
    assert [text for text, _, _ in entries] == ["1 总则", "1.1 引用", "2 时限", "附录 A 网点", "A.1 自营", "说明"]
    bookmarks = {b.get(f"{W}name") for b in body(data).iter(f"{W}bookmarkStart")}
    assert {name for _, name, _ in entries} <= bookmarks
    pages = [page for _, _, page in entries]
    assert pages == sorted(pages) and pages[0] == 3
    assert "updateFields" not in part(data, "word/settings.xml")
    assert 'w:dirty="true"' not in part(data)


def test_headings_out_of_the_contents_and_below_its_depth_are_not_listed(formal: Theme) -> None:
    blocks = [
        Contents("目录", depth=1),
        Heading(1, (Text("在内"),)),
        Heading(2, (Text("太深"),)),
        Heading(1, (Text("不要"),), in_contents=False),
    ]
    assert [text for text, _, _ in contents_entries(write_docx(document(blocks), formal))] == ["1 在内"]


def test_exact_pages_replace_the_estimate(formal: Theme) -> None:
    blocks = [Contents("目录"), Heading(1, (Text("章"),), anchor="a-b 章")]
    data = write_docx(document(blocks), formal, pages={"a-b 章": 77})
    assert contents_entries(data)[0][2] == 77


def test_the_estimate_grows_with_the_text_before_a_heading(formal: Theme) -> None:
    made = long_document(40)
    pages = [page for _, _, page in contents_entries(write_docx(made, formal))]
    assert pages == sorted(pages) and 15 < pages[-1] < 40


def test_landscape_pages_keep_header_and_footer_and_turn_the_tab(formal: Theme) -> None:
    data = write_docx(document(every_block(), cover=True), formal)
    sections = list(body(data).iter(f"{W}sectPr"))
    sizes = [s.find(f"{W}pgSz") for s in sections]
    assert [size is not None and size.get(f"{W}orient") for size in sizes] == [None, None, "landscape", None]
    for section in sections[1:]:
        assert section.find(f"{W}headerReference") is not None
        assert section.find(f"{W}footerReference") is not None
    assert f'w:pos="{formal.page.turned().text_width}"' in part(data, "word/header-landscape.xml")


def test_a_table_before_a_turn_does_not_leave_an_empty_page(formal: Theme) -> None:
    data = write_docx(document([Table((cells("表"),)), Section(True), Table((cells("宽"),))], kind="form"), formal)
    first = next(s for s in body(data).iter(f"{W}pPr") if s.find(f"{W}sectPr") is not None)
    style = first.find(f"{W}pStyle")
    assert style is not None and style.get(f"{W}val") == formal.style("table-gap")
    assert len(list(body(data))) == 6  # title, table, gap with the section, table, gap, last section


@pytest.mark.parametrize("cover", [True, False])
def test_samples_are_marked_on_every_page(theme: Theme, cover: bool) -> None:
    data = write_docx(document(every_block(), cover=cover, sample=True), theme)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        headers = [name for name in archive.namelist() if name.startswith("word/header")]
        assert len(headers) == 2 + cover
        assert all("示例" in archive.read(name).decode() for name in headers)
    plain = write_docx(document(every_block(), cover=cover), theme)
    assert "示例" not in part(plain, "word/header.xml").replace("华信示范", "").replace("李示例", "")


def test_the_footer_counts_pages_and_the_header_names_the_document(theme: Theme) -> None:
    data = write_docx(document(every_block()), theme)
    assert {" PAGE ", " NUMPAGES "} <= set(re.findall(r"<w:instrText[^>]*>([^<]*)<", part(data, "word/footer.xml")))
    header = text_of(ElementTree.fromstring(part(data, "word/header.xml")))
    for words in ("华信示范电器有限公司", "维修服务程序", "HX-CX-16", "A/0"):
        assert words in header


def test_a_form_has_a_compact_header_and_its_title_once(formal: Theme) -> None:
    table = Table((cells("甲", ""),), role="form")
    own = [Paragraph((Text("派工单"),), "form-title"), table]
    for blocks in ([table], own):
        data = write_docx(document(blocks, kind="form", title="派工单", number="HX-JL-16-02"), formal)
        assert text_of(body(data)).count("派工单") == 1
        header = text_of(ElementTree.fromstring(part(data, "word/header-form.xml")))
        assert "HX-JL-16-02" in header and "3 年" in header


def test_a_gap_is_coloured_everywhere_and_commented_in_review(formal: Theme) -> None:
    gap = "【待补充：批准人】"
    fields = {"company": "华信", "approved_by": f"暂缺{gap}后文", "issue_date": gap}
    made = document([Paragraph((Gap("服务热线", "service.hotline", "电话"),))], fields=fields, cover=True)
    data = write_docx(made, formal, review=True, gap_note=lambda g: f"影响 5.3.1\n{g.key}")
    marked = [
        text_of(run)
        for run in body(data).iter(f"{W}r")
        if (style := run.find(f"{W}rPr/{W}rStyle")) is not None and style.get(f"{W}val") == formal.characters["gap"]
    ]
    assert marked.count(gap) >= 2 and "【待补充：服务热线】" in marked
    comment = text_of(ElementTree.fromstring(part(data, "word/comments.xml")))
    for words in ("service.hotline", "电话", "影响 5.3.1"):
        assert words in comment
    assert "word/comments.xml" not in zipfile.ZipFile(io.BytesIO(write_docx(made, formal))).namelist()


def test_chinese_quotes_and_boxes_are_hinted_as_east_asian(formal: Theme) -> None:
    texts = ("称为“首问”的", "普通", "□已解决")
    data = write_docx(document([Paragraph((Text(text),)) for text in texts]), formal)

    def hint(words: str) -> str | None:
        fonts = paragraph_with(data, words).find(f"{W}r/{W}rPr/{W}rFonts")
        return None if fonts is None else fonts.get(f"{W}hint")

    assert hint("首问") == "eastAsia"
    assert hint("已解决") == "eastAsia"
    assert hint("普通") is None


@pytest.mark.parametrize("role", ["signatures", "plain", "grid"])
def test_the_rows_of_a_table_to_sign_stay_on_one_page(formal: Theme, role: str) -> None:
    rows = (cells("编制", "张三"), cells("日期", "2026-03-02"))
    data = write_docx(document([Table(rows, (), role, "", origin("t"))]), formal)
    found = list(body(data).iter(f"{W}tr"))[-2:]
    kept = [row.find(f"{W}tc/{W}p/{W}pPr/{W}keepNext") is not None for row in found]
    assert kept == [role != "grid", False]


def test_a_reference_links_only_to_an_anchor_of_this_document(formal: Theme) -> None:
    blocks = [
        Heading(1, (Text("章"),), anchor="here"),
        Paragraph((Reference("section", "here", "见本章", "here"),)),
        Paragraph((Reference("section", "there", "见别处", "there"),)),
    ]
    data = write_docx(document(blocks), formal)
    assert paragraph_with(data, "见本章").find(f"{W}hyperlink") is not None
    assert paragraph_with(data, "见别处").find(f"{W}hyperlink") is None


def test_equal_pictures_become_one_part_and_drawings_have_their_own_ids(formal: Theme) -> None:
    picture = Picture(png(), "png", 20, 10, "图")
    data = write_docx(document([Paragraph((picture, picture)), Paragraph((Picture(png(9, 9), "png", 5, 5),))]), formal)
    names = [n for n in zipfile.ZipFile(io.BytesIO(data)).namelist() if n.startswith("word/media/")]
    assert len(names) == 2
    ids = re.findall(r'<wp:docPr id="(\d+)"', part(data))
    assert len(ids) == len(set(ids)) == 3


def test_the_brand_theme_takes_the_company_colour() -> None:
    brand = load_theme(THEMES / "brand")
    fields = {"company": "华信", "color": "#a1b2c3"}
    for _ in range(2):
        data = write_docx(document(every_block(), fields=fields, cover=True), brand)
        assert 'w:val="A1B2C3"' in part(data, "word/styles.xml")
        assert 'w:fill="A1B2C3"' in part(data)
        other = write_docx(document([], fields={"company": "别家", "color": "red; DROP"}), brand)
        assert brand.defaults["color"] in part(other, "word/styles.xml")


def test_the_cached_number_of_pages_follows_the_length(formal: Theme) -> None:
    pages = []
    for count in (1, 200):
        blocks = [Paragraph((Text(f"第{n}段"),)) for n in range(count)]
        pages.append(
            int(re.findall(r"<Pages>(\d+)</Pages>", part(write_docx(document(blocks), formal), "docProps/app.xml"))[0])
        )
    assert pages[0] == 1 and 5 <= pages[1] <= 7
