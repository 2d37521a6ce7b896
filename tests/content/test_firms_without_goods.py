"""A firm that only serves: what belongs to goods (packs, returns, recalls) stands in none of its papers."""

from __future__ import annotations

import re
from functools import cache

import pytest

from docgen.compose.compose import Composed
from docgen.pipeline import Prepared, prepare
from docgen.profile import load_profile_text
from docgen.writers.text import write_text
from tests.content.sets import library, papers_of, prepared
from tests.content.test_small_service_firm import FIRM

INDUSTRIES = ["其他行业", "machinery"]
OF_GOODS = re.compile("退换|退货|(?<!恢复)出厂(?!编号)|进货|售出|停产后|装箱清单|新品上市|召回|说明书(?!审核)")
# sentences that say the firm has none, and clauses' own names
SAID = (
    "没有包装",
    "没有需要",
    "没有退货",
    "商品包装完整",
    "退换与召回",
    "供应方召回",
    "岗位说明书",
    "填表说明",
    "客户设备",
    "达到说明书",
)


@cache
def firm(industry: str, delivery: str = "否") -> Prepared:
    text = FIRM.replace("INDUSTRY", f"  industry: {industry}").replace("{delivery: 否", f"{{delivery: {delivery}")
    return prepare(load_profile_text(text), library())


@cache
def papers(industry: str) -> tuple[Composed, ...]:
    return papers_of(firm(industry))


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_no_paper_speaks_of_goods_sold(industry: str) -> None:
    lines = [
        (c.planned.id, line.strip()[:120])
        for c in papers(industry)
        if c.document
        for line in write_text(c.document).splitlines()
        if OF_GOODS.search(line) and not any(said in line for said in SAID)
    ]
    assert not lines


def test_no_fact_of_goods_is_asked_or_proposed() -> None:
    for industry in INDUSTRIES:
        company = firm(industry)
        shown = {gap.key for item in papers(industry) for gap in item.gaps}
        listed = {gap.path for gap in company.gaps} | set(company.assumed)
        of_goods = [
            path for path in shown | listed if "return_policy" in path or re.search(r"^products.*\.(ccc|brand)$", path)
        ]
        assert not of_goods


def test_redoing_and_refunding_stand_in_place_of_returns() -> None:
    plan = firm("其他行业").company.plan
    assert plan.documents["warranty-returns"].title == "服务质量保证与返工退费程序"
    assert plan.documents["product-information"].title == "服务信息公开管理程序"
    assert plan.forms["form-return-request"].title == "返工退费申请与处理单"
    assert {"recall", "form-label-check", "form-instruction-review"} <= set(plan.left_out)


def test_an_industrys_own_word_for_what_is_served_stands() -> None:
    assert firm("其他行业").company.context["term__product"] == "服务项目"
    assert firm("machinery").company.context["term__product"] == prepared("machinery").company.context["term__product"]


def test_a_service_firm_that_delivers_has_goods() -> None:
    assert "recall" in firm("其他行业", "是").company.plan.documents


def test_software_is_goods_though_its_maker_only_serves() -> None:
    assert prepared("software").company.plan.conditions["goods"] is True
