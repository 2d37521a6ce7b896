"""Diagrams as native Word shapes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations

import pytest

from docgen.document.layouts import FlowStep, FlowWords, Unit, flowchart, organization_chart
from docgen.document.model import Diagram
from docgen.writers.docx.diagram import diagram_size, diagram_xml
from docgen.writers.docx.flow_drawing import LOOKS, draw_flow
from docgen.writers.docx.flow_forms import flow_xml
from docgen.writers.docx.geometry import Drawing
from docgen.writers.docx.tree_drawing import draw_tree

WORDS = FlowWords("开始", "结束", "是", "否")
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
ROOT = (
    f'<root xmlns:w="{W}" xmlns:a="{A}" xmlns:wps="{WPS}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">{}</root>'
)


def steps(count: int) -> list[FlowStep]:
    return [
        FlowStep(
            f"s{n}",
            f"步骤{n}处理事项",
            "热线专员",
            "30 分钟",
            decision="结果是否符合要求" if n % 3 == 2 else "",
            yes=("", "不等月度汇总，立即报部门负责人，按《示例召回程序》处理", f"步骤{n + 2}处理事项")[n % 4 % 3],
            no="" if n % 6 == 5 else "通知责任部门限期整改",
            back=f"步骤{n - 1}处理事项" if n % 6 == 5 else "",
            stop=n == 8,
        )
        for n in range(count)
    ]


def flow(count: int) -> Diagram:
    return flowchart(steps(count), "流程图", words=WORDS)


def tree() -> Diagram:
    return organization_chart(
        Unit("总经理", "", tuple(Unit(f"部门{n}", "某某", (Unit("甲组"), Unit("乙组"))[: n % 3]) for n in range(9))),
        "组织图",
    )


def parsed(diagram: Diagram, start: int = 1) -> ET.Element:
    return ET.fromstring(ROOT.format(diagram_xml(diagram, width_mm=160, id_start=start)[0]))


def drawings() -> list[Drawing]:
    return [*(draw_flow(flow(count), 159, LOOKS[0]) for count in (3, 9, 18)), draw_tree(tree(), 159, LOOKS[0])]


@pytest.mark.parametrize("diagram", [flow(3), flow(9), flow(18), tree()])
def test_ids_are_distinct_and_the_next_free_one_is_told(diagram: Diagram) -> None:
    xml, following, _ = diagram_xml(diagram, width_mm=160, id_start=40)
    ids = [int(id) for id in re.findall(r'<(?:wp:docPr|wps:cNvPr) id="(\d+)"', xml)]
    assert sorted(ids) == list(range(40, following))
    paragraphs = re.findall(r'w14:paraId="([0-9A-F]{8})"', xml)
    assert len(set(paragraphs)) == len(paragraphs)
    assert all(0 < int(id, 16) < 0x80000000 for id in paragraphs)


def test_connectors_name_the_shapes_they_join() -> None:
    diagram = flow(9)
    root = parsed(diagram, 7)
    names = {shape.get("id"): shape.get("name") for shape in root.iter(f"{{{WPS}}}cNvPr")}
    joined = {
        (names[line.find(f"{{{A}}}stCxn").get("id")], names[line.find(f"{{{A}}}endCxn").get("id")])  # type: ignore[union-attr]
        for line in root.iter(f"{{{WPS}}}cNvCnPr")
    }
    texts = {node.id: node.text for node in diagram.nodes}
    assert joined == {(texts[edge.source], texts[edge.target]) for edge in diagram.edges}


def test_values_are_data_and_not_markup() -> None:
    evil = "A&B<C>\"'"
    diagram = organization_chart(Unit(evil, evil, (Unit(evil),)), evil)
    texts = [text.text for text in parsed(diagram).iter(f"{{{W}}}t")]
    assert texts == [evil, evil, evil]


def test_the_same_diagram_gives_the_same_xml() -> None:
    assert diagram_xml(flow(9), width_mm=160, id_start=3) == diagram_xml(flow(9), width_mm=160, id_start=3)


@pytest.mark.parametrize("number", range(4))
def test_boxes_do_not_overlap_and_stay_inside_the_drawing(number: int) -> None:
    drawing = drawings()[number]
    boxes = list(drawing.boxes.values())
    for a, b in combinations(boxes, 2):
        apart = a.x + a.w <= b.x or b.x + b.w <= a.x or a.y + a.h <= b.y or b.y + b.h <= a.y
        assert apart, (a.node.text, b.node.text)
    for box in boxes:
        assert box.x >= -0.01
        assert box.x + box.w <= drawing.width + 0.01
        assert box.y + box.h <= drawing.height + 0.01
    for label in drawing.labels:
        assert label.x >= 0
        assert label.x + label.w <= drawing.width + 0.01
        assert label.y + label.h <= drawing.height + 0.01
    for line in drawing.lines:
        assert all(-0.01 <= x <= drawing.width + 0.01 and -0.01 <= y <= drawing.height + 0.01 for x, y in line.points)


@pytest.mark.parametrize("number", range(4))
def test_lines_run_square_from_box_to_box_and_through_no_other_box(number: int) -> None:
    drawing = drawings()[number]
    for line in drawing.lines:
        assert line.points[0] == drawing.boxes[line.source].site(line.source_site)
        assert line.points[-1] == drawing.boxes[line.target].site(line.target_site)
        for (ax, ay), (bx, by) in zip(line.points, line.points[1:], strict=False):
            assert abs(ax - bx) < 0.02 or abs(ay - by) < 0.02
            for box in drawing.boxes.values():
                if box.node.id in (line.source, line.target):
                    continue
                inside_x = max(min(ax, bx), box.x + 0.1) <= min(max(ax, bx), box.x + box.w - 0.1)
                inside_y = max(min(ay, by), box.y + 0.1) <= min(max(ay, by), box.y + box.h - 0.1)
                assert not (inside_x and inside_y), (line.source, line.target, box.node.text)


def _end_points(shape: ET.Element) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where a connector starts and ends on the page, from its transform alone."""
    frame = shape.find(f".//{{{A}}}xfrm")
    assert frame is not None
    off, ext = frame.find(f"{{{A}}}off"), frame.find(f"{{{A}}}ext")
    assert off is not None and ext is not None
    x, y = int(off.get("x", "")), int(off.get("y", ""))
    w, h = int(ext.get("cx", "")), int(ext.get("cy", ""))
    points = []
    for u, v in ((-w / 2, -h / 2), (w / 2, h / 2)):
        u, v = (-u if frame.get("flipH") else u), (-v if frame.get("flipV") else v)
        if frame.get("rot") == "5400000":
            u, v = -v, u
        points.append((x + w / 2 + u, y + h / 2 + v))
    return points[0], points[1]


@pytest.mark.parametrize("count", [9, 18])
def test_the_turned_and_flipped_presets_start_and_end_at_the_boxes(count: int) -> None:
    diagram = flow(count)
    root = parsed(diagram)
    shapes = [shape for shape in root.iter(f"{{{WPS}}}wsp") if shape.find(f"{{{WPS}}}cNvCnPr") is not None]
    drawing = next(d for look in LOOKS if (d := draw_flow(diagram, 159, look)).height <= 212 or look is LOOKS[-1])
    assert len(shapes) == len(drawing.lines)
    for shape, line in zip(shapes, drawing.lines, strict=True):
        for point, wanted in zip(_end_points(shape), (line.points[0], line.points[-1]), strict=True):
            assert point[0] == pytest.approx((wanted[0] + 0.5) * 36000, abs=4000)
            assert point[1] == pytest.approx((wanted[1] + 0.5) * 36000, abs=4000)


@pytest.mark.parametrize("count", [6, 12, 18, 22])
def test_a_flowchart_fits_the_text_width_and_a_page(count: int) -> None:
    width, height = diagram_size(flow(count), 160)
    assert width <= 160.01
    assert height <= 212


def test_the_size_told_is_the_size_drawn() -> None:
    width, height = diagram_size(flow(9), 160)
    xml, _, _ = diagram_xml(flow(9), width_mm=160, id_start=1)
    assert f'<wp:extent cx="{round(width * 36000)}" cy="{round(height * 36000)}"/>' in xml


def test_text_stays_at_eight_points_or_more() -> None:
    xml, _, _ = diagram_xml(flow(18), width_mm=160, id_start=1)
    assert min(int(size) for size in re.findall(r'<w:sz w:val="(\d+)"', xml)) >= 16


@pytest.mark.parametrize("count", [3, 9, 18])
def test_a_chart_made_from_anothers_form_is_the_one_drawn_for_itself(count: int) -> None:
    charts = [
        flowchart([replace(step, **words) for step in steps(count)], "流程图", words=WORDS)
        for words in (
            {},
            {"owner": "客服主管", "limit": "2 小时"},
            {
                "owner": "售后服务中心客户联络与回访质量高级主管兼任",
                "limit": "接到通知之后的 100 个工作日之内 & 以书面为准",
            },
            {"owner": "", "limit": ""},
            {"decision": "这一步得到的结果是否全都符合与顾客约定的要求和国家的强制性标准 100%"},
            {"owner": "热线专员"},
        )
    ]
    for chart in charts:
        xml, form = flow_xml(chart, 160, 212, 212, 7, 99)
        alone, following, ids = diagram_xml(chart, width_mm=160, id_start=7, max_height_mm=212, base=99)
        assert xml.decode() == alone
        assert (form.following, list(form.ids)) == (following, ids)
        assert form.height == pytest.approx(diagram_size(chart, 160, max_height_mm=212)[1])


def test_a_flowchart_leaves_out_second_lines_rather_than_half_a_page() -> None:
    chart = flow(9)
    natural = flow_xml(chart, 160, 212, 212, 7, 99)
    lower = flow_xml(chart, 160, 212, natural[1].height * 0.8, 7, 99)
    assert lower[1].height <= natural[1].height * 0.8
    assert len(lower[0]) < len(natural[0])


def test_a_flowchart_that_nearly_fits_the_rest_of_a_page_is_made_lower() -> None:
    chart = flow(9)
    heights = [flow_xml(chart, 160, 212, room, 7, 99)[1].height for room in (212, 60)]
    natural = heights[0]
    assert flow_xml(chart, 160, 212, natural - 5, 7, 99)[1].height <= natural - 5
    assert heights == [natural, natural]  # far too little room changes nothing
