"""Forms that companies have in common: made once, then only the values are put in."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parent))
from fakes import FakeResolver

from docgen.compose.formlayout import plain
from docgen.compose.forms import FormFacts, FormTemplate, compile_form, compile_shared, load_forms
from docgen.document import Block, Paragraph, Table

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "templates" / "forms"
SET = yaml.safe_load((ROOT / "templates/standards/gbt27922-2011/set.yaml").read_text(encoding="utf-8"))["forms"]
IDS = [row["id"] for row in SET]
FACTS = FormFacts("SL-JL-16-02", "派工单", "A/0")
ROLES = ("role.service_head", "role.hotline_lead", "role.service_engineer", "role.technical_lead", "company.full_name")


SHARED, _ = compile_shared((FOLDER / "_shared.yaml").read_text(encoding="utf-8"), "_shared.yaml")
FORMS, _ = load_forms([FOLDER.parent], IDS)


def form_of(text: str) -> FormTemplate:
    form, faults = compile_form(text, "test.yaml", SHARED)
    assert faults == []
    return form


def shown(blocks: list[Block]) -> list[object]:
    """What a reader and a writer get of the blocks."""
    found: list[object] = []
    for block in blocks:
        if isinstance(block, Table):
            found.append((block.widths, block.role, block.origin.key))
            found += [
                (row.header, row.height_mm, cell.colspan, cell.rowspan, cell.align, cell.header, plain(cell.inlines))
                for row in block.rows
                for cell in row.cells
            ]
        elif isinstance(block, Paragraph):
            found.append((block.role, plain(block.inlines)))
        else:
            found.append(type(block))
    return found


def company(word: str) -> FakeResolver:
    return FakeResolver(dict.fromkeys(ROLES, word))


def test_a_form_without_facts_of_a_company_has_a_pattern_at_once() -> None:
    form = form_of("widths: [20, 80]\nrows:\n  - ['{{ term.customer }}', _b]\n")
    first, pattern = form.patterned(FakeResolver(), FACTS)
    second, same = form.patterned(FakeResolver(), FACTS)
    assert pattern is not None and pattern is same and pattern.places == ()
    assert all(a is b for a, b in zip(first, second, strict=True))


def test_a_form_with_facts_has_a_lasting_pattern_once_a_second_company_wants_it() -> None:
    form = form_of("widths: [20, 80]\nrows:\n  - [甲, _a]\n  - ['{{ company.full_name }}', _b]\n")
    made = [form.patterned(company(word), FACTS) for word in ("一", "二", "三", "四")]
    assert made[0][1] is not None and not made[0][1].lasting and made[0][1].places == ((1, 2),)
    assert made[1][1] is not None and made[1][1].lasting and made[1][1] is made[2][1] is made[3][1]
    assert made[1][1].places == ((1, 2),)
    for (blocks, _), word in zip(made, ("一", "二", "三", "四"), strict=True):
        assert shown(blocks) == shown(form.compose(company(word), FACTS))


def test_a_value_of_more_lines_makes_another_pattern() -> None:
    form = form_of(
        "widths: [20, 80]\nrows:\n  - ['{{ company.full_name }}', _b]\nnotes: ['由{{ role.service_head }}收。']\n"
    )
    words = ("甲", "乙", "长" * 90, "久" * 90, "丙")
    patterns = [form.patterned(company(word), FACTS)[1] for word in words]
    assert patterns[1] is not None and patterns[1] is patterns[4]
    assert patterns[2] is not None and patterns[2] is patterns[3] and patterns[2] is not patterns[1]


def test_words_of_another_industry_make_another_pattern() -> None:
    form = form_of("widths: [20, 80]\nrows:\n  - ['{{ term.customer }}', _b]\n")
    patterns = [form.patterned(FakeResolver({"term.customer": word}), FACTS)[1] for word in ("顾客", "用户", "顾客")]
    assert patterns[0] is patterns[2] and patterns[0] is not patterns[1]


def test_a_form_with_rows_from_a_list_has_no_pattern() -> None:
    form = form_of("columns:\n  - name 名称 90\nrows_from: outlets\nfill: {name: '{{ item.name }}'}\n")
    resolver = FakeResolver(lists={"outlets": [{"name": "示例一店"}]})
    assert [form.patterned(resolver, FACTS)[1] for _ in range(3)] == [None, None, None]


def test_answers_gathered_in_a_note_that_name_facts_leave_a_form_without_pattern() -> None:
    form = form_of(
        "columns:\n  - serial 序号 10 serial\n  - kind 类别 12 choice *products:name\n  - note 备注 78\ncount: 3\n"
    )
    lists = {"products": [{"name": "示例产品一"}, {"name": "示例产品二"}, {"name": "示例产品三"}]}
    made = [form.patterned(FakeResolver(lists=lists), FACTS) for _ in range(3)]
    assert [pattern for _, pattern in made] == [None, None, None]
    assert any("示例产品三" in str(item) for item in shown(made[2][0]))


def test_only_values_that_stand_in_the_form_are_asked_for() -> None:
    form = form_of(
        "widths: [20, 80]\nrows:\n  - ['{{ company.full_name }}', _a]\n"
        "  - {row: ['{{ company.never }}', _b], when: on_site}\n"
    )
    resolver = FakeResolver(has={"on_site": False})
    for _ in range(3):
        form.patterned(resolver, FACTS)
    assert "company.full_name" in resolver.asked and "company.never" not in resolver.asked


@pytest.mark.parametrize("always", [True, False])
@pytest.mark.parametrize("form_id", IDS)
def test_a_shipped_form_from_a_pattern_is_what_it_would_be_alone(form_id: str, always: bool) -> None:
    form = FORMS[form_id]
    for word in ("主管", "经理", "客户服务中心负责人", "组长", "售后技术支持与质量改进主管", "经理"):
        resolver = FakeResolver(dict.fromkeys(ROLES, word), always=always)
        assert shown(form.patterned(resolver, FACTS)[0]) == shown(form.compose(resolver, FACTS))
