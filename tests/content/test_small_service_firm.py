"""A company of no listed industry that only serves: twelve people, no outlets, nothing sold."""

from __future__ import annotations

import re
from functools import cache

import pytest

from docgen.compose.compose import Composed
from docgen.pipeline import Prepared, prepare
from docgen.profile import load_profile_text
from docgen.writers.text import write_text
from tests.content.sets import library, papers_of

FIRM = """
company:
  full_name: 虚构临江电梯维保有限公司
  code: XJWB
  unified_social_credit_code: 91330999MA2HW12X7A
  legal_representative: 贺示例
  registered_address: 浙江省临江市示例路 18 号
  enterprise_type: service_provider
INDUSTRY
certification: {target_level: four_star, scope: 在用电梯的维护保养和修理服务}
organization:
  top_management: {name: 贺示例, title: 总经理}
  management_representative: {name: 高示例, title: 副总经理}
  service_head: {name: 易示例, title: 维保部经理}
staff:
  total: 12
  service: 9
  service_managers: 3
  certified_service_managers: [{name: 高示例, position: 副总经理}]
outlets: 无
products: [{name: 乘客电梯维护保养, category: 维保服务, warranty_months: 3}]
sales: {customers: business, modes: direct, provinces: 浙江省}
service:
  hotline: 0579-00005678
  hotline_hours: 每日 0:00–24:00
  response_time: 5 分钟
  activities: {delivery: 否, installation: 否, on_site: 是, mail_in: 否, in_shop: 否, remote: 否, paid_repair: 是}
"""


@cache
def firm(industry: str) -> Prepared:
    return prepare(load_profile_text(FIRM.replace("INDUSTRY", industry)), library())


@cache
def papers(industry: str) -> tuple[Composed, ...]:
    return papers_of(firm(industry))


def texts(industry: str) -> dict[str, str]:
    return {c.planned.id: write_text(c.document) for c in papers(industry) if c.document}


def test_the_profile_of_such_a_firm_has_no_faults() -> None:
    found = firm("  industry: 其他行业").diagnostics
    assert not [d for d in found if d.severity.value in ("error", "warning")]


def test_what_firms_without_a_business_usually_delete_is_told() -> None:
    told = {str(d.values["clause"]) for d in firm("  industry: 其他行业").diagnostics if d.code == "P314"}
    assert told == {"5.2.3", "5.2.1.1", "5.2.2.1"}  # nothing is known of what it takes back


@pytest.mark.parametrize("clause", ["5.2.2", "5.2.2.1"])
def test_what_is_deleted_is_not_told_again(clause: str) -> None:
    scope = "scope: 在用电梯的维护保养和修理服务"
    given = f"{scope}, deletions: [{{clause: {clause}, reason: 不承接安装}}]"
    text = FIRM.replace("INDUSTRY", "  industry: 其他行业").replace(scope, given)
    told = {
        str(d.values["clause"]) for d in prepare(load_profile_text(text), library()).diagnostics if d.code == "P314"
    }
    assert told == {"5.2.3", "5.2.1.1"}


@pytest.mark.parametrize("industry", ["  industry: 其他行业", ""])
def test_every_word_is_chinese_with_and_without_an_industry(industry: str) -> None:
    ids = re.compile(rf"(?<![a-z_])(?:{'|'.join(library().catalogue.terms)})(?![a-z_])")
    assert not {id: found.group() for id, text in texts(industry).items() if (found := ids.search(text))}


def test_what_the_firm_has_none_of_is_said_and_not_asked() -> None:
    manual = texts("  industry: 其他行业")["manual"]
    assert "公司不设服务网点" in manual
    assert "销往" not in manual and "售出后" not in manual
    shown = {gap.key for item in papers("  industry: 其他行业") for gap in item.gaps}
    assert not shown & {"outlets", "products[0].brand", "products[0].yearly_units"}


def test_every_gap_the_documents_show_is_listed() -> None:
    shown = {gap.key for item in papers("  industry: 其他行业") for gap in item.gaps}
    listed = {gap.path for gap in firm("  industry: 其他行业").gaps}
    assert shown - {""} <= listed | {re.sub(r"\[\d+\]", "", path) for path in listed}


def test_no_value_is_proposed_for_work_the_firm_does_not_do() -> None:
    prepared = firm("  industry: machinery")
    idle = ("service.delivery_time", "service.installation_time", "service.mail_in_time")
    idle = (*idle, "kpis.delivery_in_time.target", "kpis.outlet_pass_rate.target", "supervision.outlet_pass_score")
    assert not set(idle) & set(prepared.assumed)
    shown = {proposal.key for item in papers("  industry: machinery") for proposal in item.proposals}
    assert shown <= set(prepared.assumed)
