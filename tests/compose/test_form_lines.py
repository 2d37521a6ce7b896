"""How the words of a form's cells are broken into lines, and how a form keeps to its page."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from fakes import FakeResolver

from docgen.compose.formbreaks import box_lines, label_lines
from docgen.compose.formlayout import BODY_HEIGHT, EM, plain, readable
from docgen.compose.formmodel import FormWords
from docgen.compose.forms import FormFacts, compile_form, compile_shared
from docgen.document import Break, Proposed, Table, Text

WORDS = FormWords("", "", "", "", "", "", "", joints="（与或", suffixes="员率")
SHARED, _ = compile_shared(
    'words: {record_number: 记录编号, years: "{n}年", notes: 说明：, options: "{label}{options}", separator: ；, sample: 示例, '
    "sample_row: 示例, date_label: 年 月 日, narrow_date_label: <br>年 月 日, score_total: 合计, joints: （与, suffixes: 员}\n"
    "marks: {date: 年 月 日}\nsign: [填表人, 审核]\n",
    "s.yaml",
)
FACTS = FormFacts("A-01", "表", "A/0")


@pytest.mark.parametrize(
    ("label", "characters", "lines"),
    [
        ("记录编号", 5, "记录编号"),
        ("第一季度", 3, "第一/季度"),
        ("服务站编号", 4, "服务站/编号"),
        ("评语与培训安排", 6, "评语/与培训安排"),
        ("填表人（文档管理员）", 7, "填表人/（文档管理员）"),
        ("审核并授权（文档管理员）", 6, "审核并授权/（文档/管理员）"),
        ("填表人（讲师）", 5, "填表人/（讲师）"),
        ("故障判断正确率", 6, "故障判断/正确率"),
        ("有效性核对日期", 5, "有效性核对/日期"),
        ("不限定的长栏目名", 2, "不限/定的/长栏/目名"),
        ("考核周期", 2.4, "考核/周期"),
    ],
)
def test_no_character_of_a_label_stands_alone(label: str, characters: float, lines: str) -> None:
    assert plain(label_lines((Text(label),), characters * EM + 0.1, WORDS)).replace("\n", "/") == lines


def test_words_of_the_profile_are_broken_like_the_authors() -> None:
    words = label_lines((Text("填表人（"), "服务渠道经理", Text("）")), 8.2 * EM, WORDS)
    assert plain(words) == "填表人\n（服务渠道经理）"
    assert [type(word) for word in words] == [Text, Break, Text, str, Text]


def test_a_proposed_word_stays_whole_and_the_label_breaks_before_its_bracket() -> None:
    words = label_lines((Text("填表人（"), Proposed("服务渠道经理", "role"), Text("）")), 8.2 * EM, WORDS)
    assert plain(words) == "填表人\n（服务渠道经理）"


def test_a_box_does_not_part_from_its_answer() -> None:
    boxes = (Text("□人身伤害　□火灾爆炸　□媒体曝光"),)
    assert plain(box_lines(boxes, 11.5 * EM)) == "□人身伤害　□火灾爆炸　\n□媒体曝光"
    assert box_lines(boxes, 40 * EM) is boxes


def test_boxes_on_a_second_line_of_the_author_are_counted_from_there() -> None:
    boxes = (Text("□更正　□删除"), Break(), Text("□已办　□未办　□不适用"))
    assert plain(box_lines(boxes, 8.5 * EM)) == "□更正　□删除\n□已办　□未办　\n□不适用"


def test_every_column_is_wide_enough_for_two_characters() -> None:
    widths = readable([2.0, 2.0, 96.0], 165.0)
    assert all(165.0 * width / sum(widths) >= 2 * EM + 3 for width in widths)
    assert readable([20.0, 80.0], 165.0) == [20.0, 80.0]


def tables(text: str) -> list[Table]:
    form, faults = compile_form(text, "f.yaml", SHARED)
    assert not faults
    return [block for block in form.compose(FakeResolver(), FACTS) if isinstance(block, Table)]


def test_of_three_signatures_the_dates_stand_below_the_places_to_sign() -> None:
    text = "widths: [20, 80]\nrows: [[甲, _]]\nsign: [填表人, 审核, 批准]\n"
    *_, last = tables(text)[0].rows
    assert [plain(cell.inlines) for cell in last.cells][1::2] == ["\n年 月 日"] * 3
    *_, last = tables(text.replace(", 批准", ""))[0].rows
    assert [plain(cell.inlines) for cell in last.cells][1::2] == ["年 月 日"] * 2


def heights(rows: int) -> list[float]:
    """The heights of a grid of so many areas of 20 mm to write in."""
    lines = "".join(f"  - {{write: 第{n}栏, height: 20}}\n" for n in range(rows))
    table = tables(f"widths: [20, 80]\nrows:\n{lines}")[0]
    return [row.height_mm for row in table.rows[1:-1]]


def test_areas_to_write_in_give_way_where_that_keeps_the_form_on_its_page() -> None:
    assert all(height > 20 for height in heights(10))
    squeezed = heights(12)
    assert all(15 <= height < 20 for height in squeezed) and sum(squeezed) < BODY_HEIGHT[False]
    assert all(height >= 20 for height in heights(17))  # it takes two pages anyway


def test_a_label_as_long_as_a_text_is_left_to_break_by_itself() -> None:
    words = FormWords("", "", "", "", "", "", "", {}, (), "、（", "员")
    assert label_lines(("服务服务服务服务人",), 30.0, words) != ("服务服务服务服务人",)
    long = ("服务人员" * 25_000,)
    assert label_lines(long, 30.0, words) is long
