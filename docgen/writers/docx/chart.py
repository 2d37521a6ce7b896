"""Native, editable Word charts: the chart part, its workbook for "edit data", and the run that shows it.

Series differ in grey value, line and marker, so they stay apart on a black and white print.
"""

from __future__ import annotations

import math

from docgen.document.model import Chart, Series
from docgen.writers.sheet import Entry, Format, Line, Sheet, letters, write_workbook
from docgen.writers.xmltext import escape, quoteattr

EMU_PER_MM = 36000
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FILLS = ("1F4E79", "A6A6A6", "5B9BD5", "D9D9D9", "44546A", "BFBFBF")
_MARKERS = ("circle", "square", "triangle", "diamond", "x", "star")
_DASHES = ("solid", "dash", "sysDot", "dashDot", "lgDash", "sysDash")
_FEW_VALUES = 26  # beyond so many values labels would cover one another
_LONG_NAME = 6  # characters; longer categories stand better at the side of bars
_AXES = (111111111, 222222222)


def chart_size(chart: Chart, width_mm: float = 150.0) -> tuple[float, float]:
    """Width and height in mm of the chart."""
    if chart.kind == "radar":
        return min(width_mm, 120.0), 95.0
    if _lying(chart):
        return width_mm, min(max(55.0, 26.0 + 7.0 * len(chart.categories) * max(1, len(chart.series))), 190.0)
    return width_mm, 75.0


def chart_parts(chart: Chart, number: int) -> dict[str, bytes]:
    """The package parts of chart `number`: the chart, its relationships, its workbook."""
    workbook = f"Microsoft_Excel_Sheet{number}.xlsx"
    relations = (
        f'{_DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_R}/package" Target="../embeddings/{workbook}"/></Relationships>'
    )
    return {
        f"word/charts/chart{number}.xml": (_DECLARATION + _chart_space(chart)).encode("utf-8"),
        f"word/charts/_rels/chart{number}.xml.rels": relations.encode(),
        f"word/embeddings/{workbook}": _workbook(chart),
    }


def chart_xml(chart: Chart, rel_id: str, doc_pr_id: int, *, width_mm: float = 150.0) -> str:
    """The run that shows the chart in the line."""
    width, height = (round(side * EMU_PER_MM) for side in chart_size(chart, width_mm))
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{doc_pr_id}" name="Chart {doc_pr_id}" '
        f"descr={quoteattr(_clean(chart.title))}/><wp:cNvGraphicFramePr/>"
        f'<a:graphic><a:graphicData uri="{_C}"><c:chart xmlns:c="{_C}" r:id="{rel_id}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def _clean(text: str) -> str:
    return "".join(char for char in text if char >= " " and not "\ud800" <= char <= "\udfff").strip()


def _lying(chart: Chart) -> bool:
    """Whether the bars lie, because the names of the categories are long or many."""
    if chart.kind != "bar" or len(chart.categories) < 4:
        return False
    return len(chart.categories) > 14 or max(map(len, chart.categories)) > _LONG_NAME


def _workbook(chart: Chart) -> bytes:
    text = Format(number="text", wrap=False)
    head = Line([Entry(1, ""), *(Entry(n, series.name, text) for n, series in enumerate(chart.series, 2))])
    lines = [head]
    for row, category in enumerate(chart.categories):
        cells = [Entry(1, category, text)]
        for column, series in enumerate(chart.series, 2):
            value = _value(series, row)
            cells.append(Entry(column, value, Format(wrap=False)))
        lines.append(Line(cells))
    return write_workbook([Sheet("Sheet1", lines, [24.0] + [12.0] * len(chart.series))])


def _value(series: Series, row: int) -> float | None:
    """A value of a series; none where it is missing."""
    if row >= len(series.values) or not math.isfinite(series.values[row]):
        return None
    return series.values[row]


def _text_properties(points: float, bold: bool = False) -> str:
    return (
        f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{_run_properties('defRPr', points, bold)}</a:pPr>"
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _run_properties(tag: str, points: float, bold: bool = False) -> str:
    language = ' lang="zh-CN" altLang="en-US"' if tag == "rPr" else ""
    return (
        f'<a:{tag}{language} sz="{round(points * 100)}" b="{int(bold)}"><a:solidFill><a:srgbClr val="000000"/>'
        '</a:solidFill><a:latin typeface="Times New Roman"/><a:ea typeface="SimSun"/></a:' + tag + ">"
    )


def _title(text: str) -> str:
    return (
        '<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="ctr">'
        f"{_run_properties('defRPr', 10.5, True)}</a:pPr><a:r>{_run_properties('rPr', 10.5, True)}"
        f'<a:t>{escape(_clean(text))}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
    )


def _line_style(colour: str, width: int, dash: str = "solid") -> str:
    return f'<a:ln w="{width}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:prstDash val="{dash}"/></a:ln>'


def _series(chart: Chart, index: int) -> str:
    series, column, rows = chart.series[index], letters(index + 2), len(chart.categories)
    colour = _FILLS[index % len(_FILLS)]
    if chart.kind == "bar":
        shape = (
            f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>{_line_style("404040", 6350)}</c:spPr>'
            '<c:invertIfNegative val="0"/>'
        )
    else:
        dark = ("1F4E79", "7F7F7F", "5B9BD5", "404040", "44546A", "8C8C8C")[index % 6]
        shape = (
            f"<c:spPr>{_line_style(dark, 22225, _DASHES[index % 6])}</c:spPr>"
            f'<c:marker><c:symbol val="{_MARKERS[index % 6]}"/><c:size val="6"/><c:spPr><a:solidFill>'
            f'<a:srgbClr val="{dark}"/></a:solidFill>{_line_style(dark, 9525)}</c:spPr></c:marker>'
        )
    names = "".join(
        f'<c:pt idx="{n}"><c:v>{escape(_clean(name))}</c:v></c:pt>' for n, name in enumerate(chart.categories)
    )
    points = "".join(
        f'<c:pt idx="{n}"><c:v>{value!r}</c:v></c:pt>' for n in range(rows) if (value := _value(series, n)) is not None
    )
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(_clean(series.name))}</c:v></c:pt></c:strCache>'
        f"</c:strRef></c:tx>{shape}{_labels(chart, index)}"
        f'<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${rows + 1}</c:f><c:strCache><c:ptCount val="{rows}"/>{names}'
        "</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${rows + 1}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{rows}"/>{points}</c:numCache></c:numRef></c:val>'
        f"{'<c:smooth val=' + chr(34) + '0' + chr(34) + '/>' if chart.kind == 'line' else ''}</c:ser>"
    )


def _labels(chart: Chart, index: int) -> str:
    """Value labels; a target line needs one only, and on a radar of several series they would cover one another."""
    several, rows = len(chart.series) > 1, len(chart.categories)
    if rows * len(chart.series) > _FEW_VALUES or (several and chart.kind == "radar"):
        return ""
    shows = (
        '<c:showLegendKey val="0"/><c:showVal val="{}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
    plain = f"{_number_format(chart)}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_text_properties(9)}"
    if chart.kind == "bar":
        return f'<c:dLbls>{plain}<c:dLblPos val="outEnd"/>{shows.format(1)}</c:dLbls>'
    if chart.kind == "radar":
        return f"<c:dLbls>{plain}{shows.format(1)}</c:dLbls>"
    label = '<c:dLbl><c:idx val="{}"/>' + plain + '<c:dLblPos val="{}"/>' + shows.format(1) + "</c:dLbl>"
    if several and _is_target(chart.series[index]):
        return f"<c:dLbls>{label.format(rows - 1, 'r')}{shows.format(0)}</c:dLbls>"
    place = "t" if index == 0 else "b"
    away = "".join(label.format(n, "b") for n in _below_target(chart, index, rows)) if index == 0 else ""
    return f'<c:dLbls>{away}{plain}<c:dLblPos val="{place}"/>{shows.format(1)}</c:dLbls>'


def _number_format(chart: Chart) -> str:
    """As many decimals at every value as one of them needs, as in the table beside the chart."""
    values = [value for series in chart.series for value in series.values if math.isfinite(value)]
    most = max((len(f"{value:.2f}".rstrip("0").partition(".")[2]) for value in values), default=0)
    return f'<c:numFmt formatCode="0.{"0" * most}" sourceLinked="0"/>' if most else ""


def _is_target(series: Series) -> bool:
    return len(set(series.values)) == 1


def _below_target(chart: Chart, index: int, rows: int) -> list[int]:
    """The points of a series that lie under a target line: labels above them would cover its marks."""
    targets = [series.values[0] for series in chart.series if len(chart.series) > 1 and _is_target(series)]
    values = [_value(chart.series[index], n) for n in range(rows)]
    return [n for n, value in enumerate(values) if value is not None and any(value < target for target in targets)]


def _plot(chart: Chart) -> str:
    series = "".join(_series(chart, index) for index in range(len(chart.series)))
    axes = "".join(f'<c:axId val="{axis}"/>' for axis in _AXES)
    if chart.kind == "bar":
        direction = "bar" if _lying(chart) else "col"
        gap = 60 if len(chart.series) > 1 else 90
        return (
            f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
            f'<c:gapWidth val="{gap}"/>{axes}</c:barChart>'
        )
    if chart.kind == "line":
        return (
            f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>{axes}'
            "</c:lineChart>"
        )
    return f'<c:radarChart><c:radarStyle val="marker"/><c:varyColors val="0"/>{series}{axes}</c:radarChart>'


def _bounds(chart: Chart) -> str:
    """Where the value axis begins: at nothing, but for lines and radars whose values stay close together high up."""
    values = [
        v for series in chart.series for n in range(len(chart.categories)) if (v := _value(series, n)) is not None
    ]
    if chart.kind == "bar" or not values or min(values) <= 0:
        return '<c:min val="0"/>' if not values or min(values) >= 0 else ""
    low, high = min(values), max(values)
    if low < high * 0.6:
        return '<c:min val="0"/>'
    step = 10.0 ** math.floor(math.log10(high))
    step = step if high - low > step else step / 2
    start = math.floor((low - (high - low) * 0.3) / step) * step
    if start == low:
        start -= step
    if chart.kind == "radar" and 80 < high <= 100:  # points and shares end there, and a ring must stand at the end
        return f'<c:max val="100"/><c:min val="{math.floor(start / 10) * 10}"/>'
    return f'<c:min val="{max(start, 0.0):g}"/>'


def _axes(chart: Chart) -> str:
    lying = _lying(chart)
    thin = f"<c:spPr>{_line_style('7F7F7F', 6350)}</c:spPr>"
    grid = f"<c:majorGridlines><c:spPr>{_line_style('D9D9D9', 6350)}</c:spPr></c:majorGridlines>"
    return (
        f'<c:catAx><c:axId val="{_AXES[0]}"/><c:scaling><c:orientation val="{"maxMin" if lying else "minMax"}"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="{"l" if lying else "b"}"/>'
        f"{grid if chart.kind == 'radar' else ''}"
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/>{thin}{_text_properties(9)}<c:crossAx val="{_AXES[1]}"/>'
        '<c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="{_AXES[1]}"/><c:scaling><c:orientation val="minMax"/>{_bounds(chart)}</c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"b" if lying else "l"}"/>{grid}'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{"high" if lying else "nextTo"}"/>{thin}{_text_properties(9)}<c:crossAx val="{_AXES[0]}"/>'
        '<c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )


def _chart_space(chart: Chart) -> str:
    title = _title(chart.title) + '<c:autoTitleDeleted val="0"/>' if chart.title else '<c:autoTitleDeleted val="1"/>'
    legend = (
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_text_properties(9)}</c:legend>'
        if len(chart.series) > 1
        else ""
    )
    return (
        f'<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}"><c:date1904 val="0"/><c:lang val="zh-CN"/>'
        f'<c:roundedCorners val="0"/><c:chart>{title}<c:plotArea><c:layout/>{_plot(chart)}{_axes(chart)}'
        f'<c:spPr><a:noFill/></c:spPr></c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>'
        f'</c:chart><c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{_text_properties(9)}<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )
