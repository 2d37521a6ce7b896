"""Text templates: how lines become blocks."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from docgen.diagnostics import DocgenError
from docgen.document import Gap, Heading, ListItem, Paragraph, Proposed, Reference, Table, Text
from docgen.templating.builder import Builder, Generated, StepDraft, plain
from docgen.templating.engine import Templates
from docgen.templating.filters import FILTER_NAMES, make_filters
from docgen.templating.program import TEMPLATE_GLOBALS
from docgen.templating.values import Absent, Missing, Record, assume, finalize
from docgen.templating.vocabulary import SCALAR, Parts, Things, Vocabulary

VOCABULARY = Vocabulary(
    {
        "service": Parts({"hotline": SCALAR, "email": SCALAR}),
        "company": Parts({"name": SCALAR}),
        "outlets": Things(Parts({"code": SCALAR, "name": SCALAR, "province": SCALAR})),
        "empty": Things(SCALAR),
    },
    {"doc": frozenset({"repair", "recall"})},
    FILTER_NAMES,
)
CONTEXT: dict[str, Any] = {
    **TEMPLATE_GLOBALS,
    "service__hotline": "400-000-0000",
    "service__email": Missing(Gap("邮箱", "service.email")),
    "company__name": "A&B<C>|**x**{{ 7*7 }}\n# 二",
    "outlets": [
        Record({"code": "1", "name": "甲", "province": "粤"}),
        Record({"code": "2", "name": "乙", "province": "粤"}),
    ],
    "empty": [],
    "doc__repair": Reference("document", "repair", "《维修》"),
    "doc__recall": Absent("recall"),
}


def build(tmp_path: Path, text: str, **files: str) -> list[Any]:
    (tmp_path / "main.md").write_text(text, encoding="utf-8")
    for name, content in files.items():
        (tmp_path / f"{name}.md").write_text(content, encoding="utf-8")
    builder = Builder()
    Templates([tmp_path], VOCABULARY).run("main.md", CONTEXT, builder)
    return builder.finish()


def faults(tmp_path: Path, text: str, **files: str) -> list[Any]:
    with pytest.raises(DocgenError) as caught:
        build(tmp_path, text, **files)
    return list(caught.value.diagnostics)


def words(block: Any) -> str:
    return "".join(plain(i) for i in block.inlines)


def test_neighbouring_lines_make_one_paragraph_and_a_blank_line_ends_it(tmp_path: Path) -> None:
    blocks = build(tmp_path, "一句。\n二句。\n\n三句。\n")
    assert [words(b) for b in blocks] == ["一句。二句。", "三句。"]


def test_a_condition_between_two_sentences_keeps_one_paragraph(tmp_path: Path) -> None:
    blocks = build(tmp_path, "一。\n{% if service.hotline %}\n热线{{ service.hotline }}。\n{% endif %}\n二。\n")
    assert [words(b) for b in blocks] == ["一。热线400-000-0000。二。"]


def test_a_false_condition_leaves_no_paragraph_behind(tmp_path: Path) -> None:
    blocks = build(tmp_path, "一。\n\n{% if service.email %}\n邮箱{{ service.email }}。\n{% endif %}\n\n二。\n")
    assert [words(b) for b in blocks] == ["一。", "二。"]


def test_a_value_is_data_and_never_markup(tmp_path: Path) -> None:
    text = "# {{ company.name }}\n\n{{ company.name }}\n\n- {{ company.name }}\n\n| {{ company.name }} | b |\n"
    heading, paragraph, item, table = build(tmp_path, text)
    assert isinstance(heading, Heading)
    assert isinstance(item, ListItem)
    for inlines in (heading.inlines, paragraph.inlines, item.inlines, table.rows[0].cells[0].inlines):
        assert inlines == (CONTEXT["company__name"],)
    assert len(table.rows[0].cells) == 2


def test_strong_works_next_to_chinese_punctuation_and_around_values(tmp_path: Path) -> None:
    (paragraph,) = build(tmp_path, "**重要。**后文**{{ service.hotline }}**完\n")
    strong = [(i.text, i.strong) for i in paragraph.inlines if isinstance(i, Text)]
    assert strong == [("重要。", True), ("后文", False), ("400-000-0000", True), ("完", False)]


def test_latin_words_at_a_line_break_keep_their_space(tmp_path: Path) -> None:
    (paragraph,) = build(tmp_path, "用 ABC\ndef 检查\n")
    assert words(paragraph) == "用 ABC def 检查"


def test_a_missing_fact_is_a_gap_in_a_sentence_and_false_in_a_condition(tmp_path: Path) -> None:
    (paragraph,) = build(tmp_path, "邮箱{{ service.email }}{% if service.email %}有{% else %}无{% endif %}\n")
    assert words(paragraph) == "邮箱【待补充：邮箱】无"


def test_what_a_filter_makes_of_a_proposal_is_a_proposal() -> None:
    years, money = make_filters()["years"], make_filters()["money"]
    made = finalize(years(assume(24, "service.months")))
    assert isinstance(made, Proposed) and (made.text, made.key) == (years(24), "service.months")
    assert isinstance(finalize(money(assume(Decimal("1234.5"), "resources.reserve.amount"))), Proposed)
    assert type(finalize(years(24))) is str


def test_joining_keeps_gaps_and_references_whole(tmp_path: Path) -> None:
    (paragraph,) = build(tmp_path, "{{ '见' ~ doc('repair') ~ service.email }}\n")
    assert [type(i).__name__ for i in paragraph.inlines] == ["str", "Reference", "Gap"]


def test_rows_open_their_table_and_loops_may_stand_between_them(tmp_path: Path) -> None:
    text = "@table 1,2 网点\n| 号 | 名 |\n|:-:|---|\n{% for o in outlets %}\n| {{ o.code }} | {{ o.name }} |\n{% endfor %}\n"
    (table,) = build(tmp_path, text)
    assert isinstance(table, Table)
    assert (table.caption, table.widths) == ("网点", (1.0, 2.0))
    assert [row.header for row in table.rows] == [True, False, False]
    assert table.rows[1].cells[0].align == "center"


def test_cells_merge_to_the_left_and_upwards(tmp_path: Path) -> None:
    (table,) = build(tmp_path, "| a | < | b |\n| c | d | ^ |\n")
    assert [c.colspan for c in table.rows[0].cells] == [2, 1]
    assert table.rows[0].cells[1].rowspan == 2
    assert len(table.rows[1].cells) == 2


def test_a_row_may_get_its_cells_from_a_loop(tmp_path: Path) -> None:
    (table,) = build(tmp_path, "| 名 {% for o in outlets %}| {{ o.code }} {% endfor %}|\n")
    assert len(table.rows[0].cells) == 3


def test_each_list_starts_its_own_numbers(tmp_path: Path) -> None:
    blocks = build(tmp_path, "1. 一\n2. 二\n\n段\n\n1. 三\n")
    items = [b for b in blocks if isinstance(b, ListItem)]
    assert items[0].list_id == items[1].list_id != items[2].list_id


def test_a_block_without_a_value_is_the_same_object_for_every_client(tmp_path: Path) -> None:
    (tmp_path / "main.md").write_text("# 目的\n\n固定的话。\n\n{{ service.hotline }}\n", encoding="utf-8")
    templates = Templates([tmp_path], VOCABULARY)
    runs = []
    for _ in range(2):
        builder = Builder()
        templates.run("main.md", CONTEXT, builder)
        runs.append(builder.finish())
    assert runs[0][0] is runs[1][0]
    assert runs[0][1] is runs[1][1]
    assert runs[0][2] is not runs[1][2]


def test_includes_and_macros_put_their_blocks_in_place(tmp_path: Path) -> None:
    text = '{% import "m.md" as m %}\n甲。\n\n{% include "part.md" %}\n\n{{ m.limit(service.hotline) }}\n'
    macro = "{% macro limit(x) %}\n时限{{ x }}，{{ service.hotline }}。\n{% endmacro %}\n"
    blocks = build(tmp_path, text, part="乙{{ service.hotline }}。\n", m=macro)
    assert [words(b) for b in blocks] == ["甲。", "乙400-000-0000。", "时限400-000-0000，400-000-0000。"]


def test_an_industry_replaces_one_block_of_the_base_file(tmp_path: Path) -> None:
    base, over = tmp_path / "base", tmp_path / "over"
    base.mkdir()
    over.mkdir()
    (base / "a.md").write_text(
        "头。\n\n{% block x %}\n旧{{ service.hotline }}。\n{% endblock %}\n\n尾。\n", encoding="utf-8"
    )
    (over / "a.md").write_text('{% extends "base:a.md" %}\n{% block x %}\n新。\n{% endblock %}\n', encoding="utf-8")
    builder = Builder()
    Templates([over, base], VOCABULARY).run("a.md", CONTEXT, builder)
    assert [words(b) for b in builder.finish()] == ["头。", "新。", "尾。"]  # type: ignore[arg-type]


def test_steps_collect_their_attributes_and_body(tmp_path: Path) -> None:
    text = "# 程序\n\n@step 受理\n@owner {{ service.hotline }}\n@limit 2 小时\n正文。\n\n- 项\n\n@step 关闭\n@owner 甲\n\n@related-records\n"
    blocks = build(tmp_path, text)
    steps = [b for b in blocks if isinstance(b, StepDraft)]
    assert [words_of(s.title) for s in steps] == ["受理", "关闭"]
    assert words_of(steps[0].attributes["limit"]) == "2 小时"
    assert [type(b) for b in steps[0].body] == [Paragraph, ListItem]
    assert isinstance(blocks[-1], Generated)


def words_of(inlines: Any) -> str:
    return "".join(plain(i) for i in inlines)


def test_unknown_names_are_found_in_branches_not_taken_with_line_and_nearest_name(tmp_path: Path) -> None:
    part = "甲\n{% if empty %}\n{{ servce.hotline }}{{ service.hotlin }}\n{% for o in outlets %}\n| {{ o.nmae }} |\n{% endfor %}\n{% endif %}\n"
    found = faults(tmp_path, '{% include "part.md" %}\n', part=part)
    assert [(d.place.line, d.nearest) for d in found] == [(3, "service"), (3, "service.hotline"), (5, "o.name")]
    assert all(d.place.file.endswith("part.md") for d in found)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ doc('repairs') }}", "T002"),
        ("{{ doc('recall') }}", "T016"),
        ("{{ outlets }}", "T003"),
        ("{{ service.hotline|upper }}", "T007"),
        ("{% if %}", "T008"),
        ('{% include "no.md" %}', "T009"),
        ("@stp 一", "T006"),
        ("::: note\n未完", "T005"),
        ("{% for i in range(10) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}", "T010"),
    ],
)
def test_each_fault_of_a_template_has_its_message(tmp_path: Path, text: str, code: str) -> None:
    found = faults(tmp_path, f"一。\n{text}\n")
    assert [d.code for d in found] == [code]
    assert found[0].place.line == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("一。\n二，见{{ doc('recall') }}。\n三。\n", 2),
        ("一。\n\n| 甲 | {{ doc('recall') }} |\n| 乙 | 丙 |\n", 3),
        ("一。\n- {% if service.hotline %}见{{ doc('recall') }}{% endif %}。\n", 2),
        ("{% for o in outlets %}\n{{ o.name }}\n见{{ doc('recall') }}\n{% endfor %}\n", 3),
        ("{% block a %}\n一。\n见{{ doc('recall') }}\n{% endblock %}\n", 3),
        ("{% macro m() %}\n一{{ doc('recall') }}\n{% endmacro %}\n二。\n{{ m() }}\n", 2),
    ],
    ids=["sentence", "row", "item", "loop", "block", "macro"],
)
def test_a_fault_of_a_value_is_told_with_the_line_it_stands_in(tmp_path: Path, text: str, line: int) -> None:
    (found,) = faults(tmp_path, text)
    assert (found.code, found.place.line) == ("T016", line)


def test_a_fault_in_an_included_file_is_told_in_that_file(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, '一。\n{% include "part.md" %}\n', part="甲。\n乙，见{{ doc('recall') }}。\n")
    assert (Path(found.place.file).name, found.place.line) == ("part.md", 2)


def test_an_unknown_test_is_a_fault_even_in_a_branch_that_is_not_taken(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, "一。\n{% if empty %}{% if service.hotline is lucky %}二。{% endif %}{% endif %}\n")
    assert (found.code, found.place.line, "lucky" in found.values["read"]) == ("T008", 2, True)


def test_a_name_set_in_a_branch_is_known_behind_it(tmp_path: Path) -> None:
    text = "{% if service.hotline %}{% set tone = '甲' %}{% endif %}\n{{ tone }}{{ service.hotline }}\n"
    assert [words(b) for b in build(tmp_path, text)] == ["甲400-000-0000"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ service.hotline.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ outlets[0].code.__init__ }}",
        "{{ outlets|map(attribute='__class__')|list|length }}{{ outlets[0]|attr('x') }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ range.__self__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__ }}",
        "{{ lipsum.__globals__ }}",
    ],
)
def test_a_template_cannot_leave_the_sandbox(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text)


def test_a_template_without_end_is_stopped(tmp_path: Path) -> None:
    text = "{% for i in range(9999) %}{% for j in range(9999) %}x{{ i }}{% endfor %}{% endfor %}"
    (tmp_path / "main.md").write_text(text, encoding="utf-8")
    builder = Builder(max_events=5000)
    with pytest.raises(DocgenError) as caught:
        Templates([tmp_path], VOCABULARY).run("main.md", CONTEXT, builder)
    assert caught.value.diagnostics[0].code == "T011"


def test_an_assumed_value_is_marked_as_a_proposal(tmp_path: Path) -> None:
    (tmp_path / "main.md").write_text("{{ service.hotline }}内{{ service.hotline|length }}", encoding="utf-8")
    builder = Builder()
    context = CONTEXT | {"service__hotline": assume("400", "service.hotline")}
    Templates([tmp_path], VOCABULARY).run("main.md", context, builder)
    assert [(p.text, p.key) for p in builder.proposals] == [("400", "service.hotline")]


def test_every_block_knows_its_line_and_keeps_its_key_when_lines_are_added_above(tmp_path: Path) -> None:
    (first,) = build(tmp_path, "甲{{ service.hotline }}。\n")
    _, second = build(tmp_path, "新。\n\n甲{{ service.hotline }}。\n")
    assert (first.origin.line, second.origin.line) == (1, 3)
    assert first.origin.key == second.origin.key
    assert first.origin.facts == ("service.hotline",)


def test_a_line_that_begins_with_a_condition_keeps_the_words_of_every_branch(tmp_path: Path) -> None:
    text = "{% if service.email %}甲{% else %}乙{% endif %}丙。\n"
    assert [words(b) for b in build(tmp_path, text)] == ["乙丙。"]
