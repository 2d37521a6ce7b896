"""Layouts of organisation charts and flowcharts."""

from __future__ import annotations

import pytest

from docgen.document.layouts import FlowStep, FlowWords, Unit, flowchart, organization_chart
from docgen.document.model import Diagram, Node

WORDS = FlowWords("开始", "结束", "是", "否")


def unit(name: str, *children: Unit) -> Unit:
    return Unit(name, "", children)


def leaves(count: int, name: str = "部门") -> tuple[Unit, ...]:
    return tuple(Unit(f"{name}{n}") for n in range(count))


def nodes(diagram: Diagram) -> dict[str, Node]:
    return {node.text: node for node in diagram.nodes}


def edges(diagram: Diagram) -> set[tuple[str, str, str]]:
    texts = {node.id: node.text for node in diagram.nodes}
    return {(texts[edge.source], texts[edge.target], edge.label) for edge in diagram.edges}


def width(diagram: Diagram) -> float:
    columns = [node.column for node in diagram.nodes]
    return max(columns) - min(columns) + 1


def assert_apart(diagram: Diagram) -> None:
    places = [(node.row, node.column) for node in diagram.nodes]
    for number, (row, column) in enumerate(places):
        for other_row, other in places[number + 1 :]:
            assert row != other_row or abs(column - other) > 0.99


def test_a_small_tree_stands_in_levels_with_the_parent_in_the_middle() -> None:
    found = nodes(organization_chart(unit("总", unit("甲"), unit("乙"), unit("丙")), "图"))
    assert [found[name].row for name in "总甲乙丙"] == [0, 1, 1, 1]
    assert found["总"].column == found["乙"].column


@pytest.mark.parametrize(
    "tree",
    [
        unit("总", *leaves(3)),
        unit("总", *leaves(9)),
        unit("总", unit("代", *(unit(f"部{n}", *leaves(3, f"组{n}")) for n in range(5)))),
        unit("总", *(unit(f"部{n}", *leaves(n, f"组{n}")) for n in range(12))),
        unit("总", unit("售后", *leaves(12, "网点")), unit("质量")),
        unit(
            "总", *(unit(f"副{n}", *(unit(f"部{n}{m}", *leaves(2, f"组{n}{m}")) for m in range(2))) for n in range(4))
        ),
        unit("一个很长的公司名称总经理", *leaves(8, "名称非常非常长的一个部门")),
    ],
)
def test_a_tree_of_any_shape_fits_the_page_keeps_every_box_and_overlaps_nowhere(tree: Unit) -> None:
    def count(part: Unit) -> int:
        return 1 + sum(map(count, part.children))

    diagram = organization_chart(tree, "图")
    assert len(diagram.nodes) == count(tree)
    assert len(diagram.edges) == count(tree) - 1
    assert width(diagram) <= 7.5
    assert_apart(diagram)


def test_the_deepest_wide_level_becomes_stacks_first() -> None:
    tree = unit("总", *(unit(f"部{n}", *leaves(3, f"组{n}")) for n in range(3)))
    found = nodes(organization_chart(tree, "图"))
    assert [found[f"部{n}"].row for n in range(3)] == [1, 1, 1]
    assert {found[f"组1{n}"].column for n in range(3)} == {found["部1"].column}
    assert [found[f"组1{n}"].row for n in range(3)] == [2, 3, 4]


def test_many_departments_stand_in_lines_with_room_for_the_line_of_their_parent() -> None:
    found = nodes(organization_chart(unit("总", *leaves(9)), "图"))
    upper = [node.column for node in found.values() if node.row == 1]
    assert len(upper) % 2 == 0
    assert min(abs(column - found["总"].column) for column in upper) == pytest.approx(0.5)
    assert len(upper) + sum(node.row == 2 for node in found.values()) == 9


def test_a_long_stack_of_outlets_stands_on_both_sides_where_there_is_room() -> None:
    tree = unit("总", unit("综合"), unit("售后", *leaves(12, "网点")), unit("质量"), *leaves(3, "部"))
    diagram = organization_chart(tree, "图", max_columns=7)
    assert max(node.row for node in diagram.nodes) == 7


def test_steps_follow_one_another_from_start_to_end() -> None:
    diagram = flowchart([FlowStep("a", "受理", "热线", "30 分钟"), FlowStep("b", "回访")], "图", words=WORDS)
    assert edges(diagram) == {("开始", "受理", ""), ("受理", "回访", ""), ("回访", "结束", "")}
    assert nodes(diagram)["受理"].sub == "热线  30 分钟"
    assert [node.row for node in diagram.nodes] == [0, 1, 2, 3]


def test_the_action_on_no_stands_at_the_side_and_joins_the_next_step() -> None:
    steps = [FlowStep("a", "判断", decision="在保？", no="报价"), FlowStep("b", "派工")]
    diagram = flowchart(steps, "图", words=WORDS)
    assert {("在保？", "派工", "是"), ("在保？", "报价", "否"), ("报价", "派工", "")} <= edges(diagram)
    found = nodes(diagram)
    assert found["报价"].row == found["在保？"].row
    assert found["报价"].column > found["在保？"].column


def test_no_leads_back_to_an_earlier_step() -> None:
    steps = [FlowStep("a", "受理"), FlowStep("b", "维修", decision="修好？", no="备件", back="受理")]
    assert ("备件", "受理", "") in edges(flowchart(steps, "图", words=WORDS))
    steps[1] = FlowStep("b", "维修", decision="修好？", back="受理")
    assert ("修好？", "受理", "否") in edges(flowchart(steps, "图", words=WORDS))


def test_no_ends_the_process() -> None:
    steps = [FlowStep("a", "回访", decision="满意？", no="转投诉", stop=True), FlowStep("b", "归档")]
    diagram = flowchart(steps, "图", words=WORDS)
    assert ("转投诉", "结束", "") in edges(diagram)
    assert ("转投诉", "归档", "") not in edges(diagram)
    assert sum(node.shape == "terminal" for node in diagram.nodes) == 3


def test_yes_with_the_title_of_a_step_leads_there_and_any_other_words_are_a_remark() -> None:
    steps = [FlowStep("a", "甲", decision="急？", yes="丙", no="等"), FlowStep("b", "乙"), FlowStep("c", "丙")]
    assert ("急？", "丙", "是") in edges(flowchart(steps, "图", words=WORDS))
    steps[0] = FlowStep("a", "甲", decision="急？", yes="按质保")
    assert ("急？", "乙", "是 按质保") in edges(flowchart(steps, "图", words=WORDS))


def test_a_way_back_to_a_step_nobody_wrote_is_still_readable() -> None:
    steps = [FlowStep("a", "甲", decision="行？", no="重做", back="不存在")]
    assert nodes(flowchart(steps, "图", words=WORDS))["重做"].sub == "→ 不存在"


def test_a_long_flowchart_stands_in_two_halves_broken_after_a_plain_step() -> None:
    steps = [FlowStep(f"s{n}", f"步骤{n}", decision="好？" if n % 3 == 0 else "", no="改") for n in range(12)]
    diagram = flowchart(steps, "图", words=WORDS)
    halves = [[node for node in diagram.nodes if node.column // 2 == half] for half in (0, 1)]
    rows = [max(node.row for node in half) for half in halves]
    assert abs(rows[0] - rows[1]) <= 3
    last = max(halves[0], key=lambda node: node.row)
    assert last.shape == "box"
    assert_apart(diagram)


def test_a_short_flowchart_stays_in_one_column() -> None:
    diagram = flowchart([FlowStep(f"s{n}", f"步骤{n}") for n in range(12)], "图", words=WORDS)
    assert {node.column for node in diagram.nodes} == {0}


def test_no_steps_still_give_a_start_and_an_end() -> None:
    assert [node.text for node in flowchart([], "图", words=WORDS).nodes] == ["开始", "结束"]
