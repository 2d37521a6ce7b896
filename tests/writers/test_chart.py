"""Native charts."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from typing import Literal

import openpyxl
import pytest

from docgen.document.model import Chart, Series
from docgen.writers.docx.chart import chart_parts, chart_size, chart_xml

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
KINDS: tuple[Literal["bar", "line", "radar"], ...] = ("bar", "line", "radar")


def chart(kind: Literal["bar", "line", "radar"] = "bar", title: str = "满意度") -> Chart:
    return Chart(
        kind, title, ("及时", "规范", "态度"), (Series("上期", (86.0, 83.2, 90.0)), Series("本期", (90.1, 87.0, 92.0)))
    )


def space(one: Chart) -> ET.Element:
    return ET.fromstring(chart_parts(one, 1)["word/charts/chart1.xml"])


@pytest.mark.parametrize("kind", KINDS)
def test_the_chart_and_its_workbook_hold_the_same_figures(kind: Literal["bar", "line", "radar"]) -> None:
    one = chart(kind)
    workbook = openpyxl.load_workbook(io.BytesIO(chart_parts(one, 1)["word/embeddings/Microsoft_Excel_Sheet1.xlsx"]))
    sheet = workbook["Sheet1"]
    series = list(space(one).iter(f"{C}ser"))
    assert len(series) == 2
    for column, found in enumerate(series, 2):
        area = found.findtext(f"{C}val/{C}numRef/{C}f", "").removeprefix("Sheet1!").replace("$", "")
        cells = [cell.value for row in sheet[area] for cell in row]
        points = [float(point.text or "") for point in found.findall(f"{C}val//{C}v")]
        assert cells == points == list(one.series[column - 2].values)
        assert sheet.cell(1, column).value == found.findtext(f"{C}tx//{C}v") == one.series[column - 2].name
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == list(one.categories)


def test_the_parts_of_two_charts_have_their_own_names() -> None:
    assert not set(chart_parts(chart(), 1)) & set(chart_parts(chart(), 2))


def test_the_relationship_of_the_workbook_leads_to_it() -> None:
    parts = chart_parts(chart(), 3)
    assert b'Target="../embeddings/Microsoft_Excel_Sheet3.xlsx"' in parts["word/charts/_rels/chart3.xml.rels"]
    assert space(chart()).find(f"{C}externalData") is not None


def test_words_are_data_and_not_markup() -> None:
    evil = 'A&B<C>"{{ 7*7 }}\n|'
    one = Chart("bar", evil, (evil,), (Series(evil, (1.0,)),))
    texts = [text.text for text in space(one).iter(f"{C}v")]
    assert texts == [evil.replace("\n", ""), evil.replace("\n", ""), "1.0"]
    ET.fromstring(
        '<root xmlns:w="w" xmlns:wp="wp" xmlns:a="a" '
        f'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{chart_xml(one, "rId1", 5)}</root>'
    )


def test_a_missing_value_leaves_a_gap_instead_of_a_nought() -> None:
    one = Chart("line", "", ("一月", "二月", "三月"), (Series("率", (90.0, float("nan"))),))
    points = [point.get("idx") for point in space(one).iter(f"{C}pt")]
    assert points == ["0", "0", "1", "2", "0"]


def test_long_names_of_categories_lay_the_bars_down() -> None:
    names = tuple(f"华南示例服务中心{n}" for n in range(8))
    one = Chart("bar", "", names, (Series("得分", (90.0,) * 8),))
    assert space(one).find(f".//{C}barDir").get("val") == "bar"  # type: ignore[union-attr]
    assert space(chart()).find(f".//{C}barDir").get("val") == "col"  # type: ignore[union-attr]
    assert chart_size(one)[1] > 75


def test_bars_start_at_nought_and_close_lines_do_not() -> None:
    assert {bound.get("val") for bound in space(chart("bar")).iter(f"{C}min")} == {"0"}
    assert {float(bound.get("val", "")) for bound in space(chart("line")).iter(f"{C}min")} == {80.0}


def test_a_target_line_carries_one_label_only() -> None:
    one = Chart("line", "", ("一", "二"), (Series("率", (90.0, 91.0)), Series("目标", (95.0, 95.0))))
    target = list(space(one).iter(f"{C}ser"))[1]
    assert [label.findtext(f"{C}idx") or label.find(f"{C}idx").get("val") for label in target.iter(f"{C}dLbl")] == ["1"]  # type: ignore[union-attr]


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert chart_parts(chart(), 1) == chart_parts(chart(), 1)


def places(one: Chart, index: int) -> dict[str, str]:
    """Where the labels of a series of a line chart stand: by point, and "" for all others."""
    found = list(space(one).iter(f"{C}ser"))[index].find(f"{C}dLbls")
    assert found is not None
    single = {
        label.find(f"{C}idx").get("val", ""): label.find(f"{C}dLblPos").get("val", "")  # type: ignore[union-attr]
        for label in found.findall(f"{C}dLbl")
    }
    usual = found.find(f"{C}dLblPos")
    return single | ({"": usual.get("val", "")} if usual is not None else {})


def test_labels_keep_away_from_the_target_line() -> None:
    one = Chart(
        "line", "满意度", ("1", "2", "3"), (Series("实际", (89.0, 91.0, 92.0)), Series("目标", (90.0, 90.0, 90.0)))
    )
    assert places(one, 0) == {"0": "b", "": "t"}  # below where the value is below the target
    assert places(one, 1) == {"2": "r"}  # behind the end of the line


@pytest.mark.parametrize(
    ("values", "code"), [((93.7, 90.23, 90.0), "0.00"), ((4.5, 3.0, 2.0), "0.0"), ((4.0, 3.0, 2.0), "")]
)
def test_the_labels_of_a_chart_have_as_many_decimals_as_one_another(values: tuple[float, ...], code: str) -> None:
    made = Chart("bar", "得分", ("甲", "乙", "丙"), (Series("得分", values),))
    xml = chart_parts(made, 1)["word/charts/chart1.xml"].decode()
    labels = xml[xml.index("<c:dLbls>") : xml.index("</c:dLbls>")]
    assert (f'<c:numFmt formatCode="{code}"' in labels) if code else ("numFmt" not in labels)
