"""The readable dump of a document."""

from __future__ import annotations

from docgen.document.layouts import FlowStep, FlowWords, Unit, flowchart, organization_chart
from docgen.document.model import (
    Block,
    Break,
    Cell,
    Chart,
    Document,
    Gap,
    Heading,
    ListItem,
    Paragraph,
    Proposed,
    Reference,
    Row,
    Series,
    Table,
    Text,
)
from docgen.writers.text import write_text


def dump(*blocks: Block) -> list[str]:
    document = Document("x", "procedure", "SL-CX-01", "示例程序", "A/0", list(blocks))
    lines = write_text(document).splitlines()
    assert lines[:2] == ["SL-CX-01 示例程序 A/0", ""]
    return lines[2:]


def cells(*texts: str, header: bool = False) -> Row:
    return Row(tuple(Cell((Text(text),)) for text in texts), header=header)


def test_headings_carry_their_numbers() -> None:
    assert dump(Heading(2, (Text("维修"),), label="5.2")) == ["## 5.2 维修"]


def test_a_paragraph_is_one_line_with_gaps_proposals_and_references_as_words() -> None:
    paragraph = Paragraph(
        (
            Text("见"),
            Reference("form", "f", "《派工单》（JL-01）"),
            Text("，电话"),
            Gap("服务热线", "service.hotline"),
            Proposed("24 小时", "service.response"),
            Break(),
            "甲\n乙",
        )
    )
    assert dump(paragraph) == ["见《派工单》（JL-01），电话【待补充：服务热线】‹24 小时› ⏎ 甲 ⏎ 乙"]


def test_other_roles_are_named_and_empty_paragraphs_left_out() -> None:
    assert dump(Paragraph((Text("当心"),), "warning"), Paragraph(())) == ["[warning] 当心"]


def test_numbered_lists_count_and_start_again() -> None:
    items = [
        ListItem((Text("一"),), 0, True, 1),
        ListItem((Text("甲"),), 1, True, 1),
        ListItem((Text("二"),), 0, True, 1),
        ListItem((Text("乙"),), 1, True, 1),
        ListItem((Text("另"),), 0, True, 2),
        ListItem((Text("点"),), 1),
    ]
    assert dump(*items) == ["1. 一", "  1. 甲", "2. 二", "  1. 乙", "1. 另", "  * 点"]


def test_tables_are_aligned_and_show_their_joined_cells() -> None:
    table = Table(
        (
            Row((Cell((Text("条款"),), rowspan=2), Cell((Text("文件"),), colspan=2)), header=True),
            cells("名", "号", header=True),
            cells("5.1", "a|b", "1"),
        )
    )
    assert dump(table) == [
        "| 条款 | 文件 | <  |",
        "| ^    | 名   | 号 |",
        "|------|------|----|",
        "| 5.1  | a\\|b | 1  |",
    ]


def test_a_flowchart_lists_where_each_box_leads() -> None:
    steps = [FlowStep("a", "受理", "热线", decision="在保？", no="报价")]
    lines = dump(flowchart(steps, "流程", words=FlowWords("开始", "结束", "是", "否")))
    assert lines == [
        "[flow] 流程",
        "  开始",
        "    → 受理",
        "  受理 (热线)",
        "    → 在保？",
        "  在保？",
        "    是 → 结束",
        "    否 → 报价",
        "  报价",
        "    → 结束",
        "  结束",
    ]


def test_an_organisation_chart_is_indented() -> None:
    tree = Unit("总经理", "", (Unit("售后部", "某某", (Unit("热线"),)), Unit("质量部")))
    assert dump(organization_chart(tree, "图")) == [
        "[organization] 图",
        "  总经理",
        "    售后部 (某某)",
        "      热线",
        "    质量部",
    ]


def test_a_chart_is_a_table_of_its_figures() -> None:
    chart = Chart("bar", "得分", ("甲", "乙"), (Series("本期", (90.5, 91.0)),))
    assert dump(chart) == ["[bar] 得分", "|    | 本期 |", "|----|------|", "| 甲 | 90.5 |", "| 乙 | 91   |"]
