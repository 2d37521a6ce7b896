"""A sentence stays with the table, figure or list it introduces; text leaves room above a table."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

import pytest

from docgen.document.model import (
    Block,
    Cell,
    Chart,
    Contents,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Row,
    Series,
    Table,
    Text,
)
from docgen.writers.docx import Theme, load_theme, write_docx
from docgen.writers.exact import find_pages
from tests.writers.samples import cells, document
from tests.writers.test_docx_writer import THEMES, W, body, paragraph_with, part

SHORT = "各步骤的责任岗位如下。"


@pytest.fixture(scope="module")
def formal() -> Theme:
    return load_theme(THEMES / "formal")


def table(caption: str = "", height: float = 0.0) -> Table:
    head, first, second = (cells(*words) for words in (("岗位", "步骤"), ("值班长", "受理"), ("调度", "派工")))
    rows = Row(head.cells, header=True), Row(first.cells, height_mm=height), second
    return Table(rows, caption=caption)


def paragraph(text: str, role: str = "body") -> Paragraph:
    return Paragraph((Text(text),), role)


def keeps(blocks: list[Block], words: str, theme: Theme) -> bool:
    found = paragraph_with(write_docx(document(blocks), theme), words)
    return found.find(f"{W}pPr/{W}keepNext") is not None


@pytest.mark.parametrize(
    "follows",
    [table(), table("责任岗位"), Chart("bar", "各月件数", ("1月", "2月"), (Series("件数", (3.0, 4.0)),))],
    ids=["table", "caption and table", "chart"],
)
def test_a_short_sentence_stays_with_what_follows(follows: Block, formal: Theme) -> None:
    assert keeps([paragraph(SHORT), follows], SHORT, formal)


@pytest.mark.parametrize("text", [SHORT * 20, SHORT], ids=["long paragraph", "page break between"])
def test_other_text_before_a_table_may_end_a_page(text: str, formal: Theme) -> None:
    between: list[Block] = [PageBreak()] if text == SHORT else []
    assert not keeps([paragraph(text), *between, table()], text, formal)


def test_a_note_belongs_to_what_stands_above_it(formal: Theme) -> None:
    assert not keeps([table(), paragraph("单位：件", "note"), table()], "单位：件", formal)


@pytest.mark.parametrize(("text", "kept"), [("步骤如下：", True), ("步骤见程序。", False)])
def test_only_a_sentence_with_a_colon_stays_with_a_list(text: str, kept: bool, formal: Theme) -> None:
    assert keeps([paragraph(text), ListItem((Text("受理"),))], text, formal) == kept


def test_a_header_row_stays_with_the_first_row_below(formal: Theme) -> None:
    first, second, third = body(write_docx(document([table()]), formal)).findall(f".//{W}tr")[-3:]
    assert len(first.findall(f".//{W}keepNext")) == 2
    assert not second.findall(f".//{W}keepNext") and not third.findall(f".//{W}keepNext")


def styles_above(blocks: list[Block], theme: Theme) -> list[str]:
    """The styles of the paragraphs between the last table and the one above it, the nearest first."""
    children = list(body(write_docx(document(blocks), theme)))
    *_, above, last = (n for n, child in enumerate(children) if child.tag == f"{W}tbl")
    styles = [child.find(f"{W}pPr/{W}pStyle") for child in reversed(children[above + 1 : last])]
    return [style.get(f"{W}val", "") for style in styles if style is not None]


@pytest.mark.parametrize("text", [ListItem((Text("受理"),)), paragraph(SHORT)], ids=["list", "sentence"])
def test_text_leaves_room_above_a_table_without_caption(text: Block, formal: Theme) -> None:
    assert styles_above([text, table()], formal)[0] == formal.style("table-gap")
    assert styles_above([text, table("责任岗位")], formal)[0] == formal.style("caption")


def test_a_heading_and_another_table_need_no_more_room_above_a_table(formal: Theme) -> None:
    assert styles_above([Heading(1, (Text("职责"),)), table()], formal)[0] == formal.style("heading-1")
    assert styles_above([table(), table()], formal) == [formal.style("table-gap")]


def test_the_room_above_a_table_does_not_part_it_from_its_sentence(formal: Theme) -> None:
    xml = part(write_docx(document([paragraph(SHORT), table()]), formal))
    gap = f'<w:pStyle w:val="{formal.style("table-gap")}"/>'
    between = xml[xml.index(SHORT) : xml.rindex("<w:tbl>")]
    assert f"{gap}<w:keepNext/>" in between


def long_table(rows: int, role: str = "grid") -> Table:
    head = Row(cells("序号", "岗位").cells, header=True)
    return Table((head, *(cells(str(n), f"岗位 {n}") for n in range(rows))), role=role)


def rows_that_stay(blocks: list[Block], theme: Theme) -> list[bool]:
    """Of every row of the first table below the title block, whether it stays with the next one."""
    _, found, *_ = body(write_docx(document(blocks), theme)).findall(f"{W}tbl")
    return [row.find(f".//{W}keepNext") is not None for row in found.findall(f"{W}tr")]


@pytest.mark.parametrize(("rows", "stay"), [(2, [True, False, False]), (4, [True, False, False, True, False])])
def test_the_last_row_of_a_longer_table_does_not_stand_alone(rows: int, stay: list[bool], formal: Theme) -> None:
    assert rows_that_stay([long_table(rows), paragraph(SHORT * 20)], formal) == stay


@pytest.mark.parametrize(
    "closing", [[paragraph("单位：件", "small")], [paragraph("单位：件", "small"), long_table(0, "plain")]]
)
def test_what_closes_a_document_stays_with_the_table_before_it(closing: list[Block], formal: Theme) -> None:
    assert rows_that_stay([long_table(4), *closing], formal) == [True, False, False, True, True]
    assert keeps([long_table(4), *closing], "单位：件", formal) == (len(closing) > 1)


def test_a_line_to_sign_stays_with_the_text_it_follows(formal: Theme) -> None:
    seal = Table((cells("单位（盖章）", "日期"),), role="plain")
    assert keeps([paragraph(SHORT * 20), paragraph("以上属实。", "small"), seal], "以上属实", formal)
    assert not keeps([paragraph("以上属实。", "small"), seal, paragraph(SHORT * 20)], "以上属实", formal)


@pytest.mark.parametrize("role", ["signatures", "plain"])
def test_the_rows_of_a_table_to_sign_stay_together_and_not_with_what_follows(role: str, formal: Theme) -> None:
    assert rows_that_stay([long_table(2, role), paragraph(SHORT * 20)], formal) == [True, True, False]


def test_text_after_text_may_end_a_document_on_a_page_of_its_own(formal: Theme) -> None:
    assert not keeps([paragraph(SHORT), paragraph("以上属实。")], SHORT, formal)


@pytest.mark.parametrize("blocks", [[long_table(4)], [paragraph(SHORT), table("责任岗位")]])
def test_no_page_is_started_by_the_paragraph_behind_the_last_table(blocks: list[Block], formal: Theme) -> None:
    *_, last, _ = body(write_docx(document(blocks), formal))
    spacing = last.find(f"{W}pPr/{W}spacing")
    assert spacing is not None and (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("20", "exact")


def test_what_stands_before_an_appendix_is_kept_together_as_an_ending_is(formal: Theme) -> None:
    signatures = Table(tuple(cells("批准", "日期") for _ in range(2)), role="signatures")
    appendix = Heading(1, (Text("流程图"),), "appendix", "flow")
    rows = [*table().rows, cells("质检员", "检验")]
    xml = part(write_docx(document([Table(tuple(rows)), signatures, appendix, paragraph("见图。")]), formal))
    assert re.search(r"<w:keepNext/></w:pPr><w:r><w:t[^>]*>质检员<", xml)


def test_so_much_of_a_longer_document_stays_together_that_no_page_is_begun_for_two_lines(formal: Theme) -> None:
    xml = part(write_docx(document([paragraph(f"第 {n} 行。") for n in range(40)]), formal))
    kept = [int(n) for n in re.findall(r"<w:keepNext/></w:pPr><w:r><w:t>第 (\d+) 行", xml)]
    assert kept == [34, 35, 36, 37, 38]


@pytest.mark.parametrize(("rows", "stay"), [(3, True), (9, False)])
def test_rows_under_one_cell_stay_together_unless_they_are_many(rows: int, stay: bool, formal: Theme) -> None:
    group = Row((Cell((Text("人员"),), rowspan=rows), Cell((Text("第 1 项"),))))
    items = [cells(f"第 {n} 项") for n in range(2, rows + 1)]
    after = [cells("场所", f"另 {n} 项") for n in range(8)]
    xml = part(write_docx(document([Table((group, *items, *after)), paragraph("完。")]), formal))
    kept = [int(n) for n in re.findall(r"<w:keepNext/></w:pPr><w:r><w:t>第 (\d+) 项", xml)]
    assert kept == (list(range(1, rows)) if stay else list(range(rows - 6, rows)))


def foot_of_page(lines: int) -> list[Block]:
    """A first page of `lines` lines, then a heading, its sentence and a table whose first row takes half a page."""
    filler: list[Block] = [paragraph(f"第 {n} 行。") for n in range(lines)]
    heading = Heading(2, (Text("责任"),), "number", "owners")
    return [*filler, heading, paragraph(SHORT), table("责任岗位", 120.0), Contents("目录")]


def test_the_estimate_moves_heading_and_sentence_with_their_table(formal: Theme) -> None:
    def page(lines: int) -> str:
        return re.findall(r"PAGEREF.*?<w:t[^>]*>(\d+)</w:t>", part(write_docx(document(foot_of_page(lines)), formal)))[
            0
        ]

    assert (page(5), page(25)) == ("1", "2")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_moves_heading_and_sentence_with_their_table(formal: Theme) -> None:
    flock = shutil.which("flock")
    lock = [flock, str(Path(tempfile.gettempdir()) / "soffice.lock")] if flock else []
    batch = [(made, write_docx(made, formal)) for made in (document(foot_of_page(n)) for n in (5, 25))]
    pages, problems = find_pages(batch, command=[*lock, "soffice"])
    assert problems == []
    assert [found["owners"] for found in pages] == [1, 2]
