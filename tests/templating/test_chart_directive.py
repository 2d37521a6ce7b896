"""`@chart` and `@notice` in the template language."""

from __future__ import annotations

import math

from docgen.document import Chart, Paragraph, Table
from docgen.templating.builder import Builder
from docgen.templating.engine import Templates
from docgen.templating.values import Record
from docgen.templating.vocabulary import SCALAR, Parts, Things, Vocabulary

VOCABULARY = Vocabulary({"rows": Things(Parts({"name": SCALAR, "now": SCALAR})), "word": SCALAR})


def build(text: str, **context: object) -> Builder:
    templates = Templates((), VOCABULARY)
    faults, program = templates.compile_text(text, "test.md")
    assert not faults, faults
    assert program is not None
    template = templates.environment.link(program, "test.md")
    builder = Builder()
    builder.play(template.root_render_func(template.new_context(context, True)))
    return builder


def test_a_chart_takes_its_series_from_the_first_row_and_a_category_from_each_row() -> None:
    text = "@chart line {{ word }}得分\n| 期间 | 得分 | 目标 |\n{% for r in rows %}\n| {{ r.name }} | {{ r.now }} | 95% |\n{% endfor %}\n"
    rows = [Record({"name": "上半年", "now": "1,093.5"}), Record({"name": "下半年", "now": "—"})]
    chart, *rest = build(text, rows=rows, word="历次").finish()
    assert not rest
    assert isinstance(chart, Chart)
    assert (chart.kind, chart.title, chart.categories) == ("line", "历次得分", ("上半年", "下半年"))
    assert [series.name for series in chart.series] == ["得分", "目标"]
    assert chart.series[0].values[0] == 1093.5
    assert math.isnan(chart.series[0].values[1])
    assert chart.series[1].values == (95.0, 95.0)


def test_a_chart_without_values_is_not_drawn_and_the_next_table_stays_a_table() -> None:
    text = "@chart bar 图\n{% for r in rows %}\n| {{ r.name }} | {{ r.now }} |\n{% endfor %}\n\n段落\n\n| 甲 | 乙 |\n| 1 | 2 |\n"
    blocks = build(text, rows=[]).finish()
    assert [type(block) for block in blocks] == [Paragraph, Table]


def test_a_chart_of_constant_values_is_a_chart_too() -> None:
    (chart,) = build("@chart radar 图\n| 题 | 分 |\n|---|--:|\n| 一 | 90 |\n| 二 | 80.5 |\n").finish()
    assert isinstance(chart, Chart)
    assert chart.series[0].values == (90.0, 80.5)


def test_an_unknown_kind_of_chart_is_a_fault_with_the_nearest_kind() -> None:
    faults, _ = Templates((), VOCABULARY).compile_text("@chart bars 图\n| a | b |\n", "test.md")
    assert [(f.code, f.place.line, f.nearest) for f in faults] == [("T006", 1, "bar")]


def test_an_unknown_name_in_a_chart_is_found_before_anything_runs() -> None:
    faults, _ = Templates((), VOCABULARY).compile_text("@chart bar 图\n| a | b |\n| {{ wrod }} | 1 |\n", "test.md")
    assert [(f.code, f.nearest) for f in faults] == [("T001", "word")]


def test_a_notice_is_kept_for_the_cover_and_is_no_paragraph() -> None:
    builder = build("@notice 空白框架：{{ word }}\n正文\n", word="未提供数据")
    assert [type(block) for block in builder.finish()] == [Paragraph]
    assert builder.notices == ["空白框架：未提供数据"]
