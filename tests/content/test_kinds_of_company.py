"""Companies no sample resembles: one post with many roles, work done by providers, goods repaired without parts."""

from __future__ import annotations

import re
from functools import cache

import pytest

from docgen.pipeline import Prepared, compose_all, prepare
from docgen.profile import load_profile_text
from docgen.templating.filters import besides
from docgen.writers.text import write_text
from tests.content.sets import library

COMPANY = """
company:
  full_name: 虚构长岭器具有限公司
  code: XCLQ
  unified_social_credit_code: 91330999MA2HW12X7A
  legal_representative: 耿示例
  registered_address: 浙江省临江市示例路 7 号
  enterprise_type: seller
  industry: general
certification: {target_level: three_star, scope: 器具的销售及售后服务}
organization:
  top_management: {name: 耿示例, title: 经理}
  management_representative: {name: 夏示例, title: 副经理}
  service_head: {name: 夏示例, title: 副经理}
  supervisor: {name: 吕示例, title: 监督员, department: 办公室, full_time: true}
  departments:
    - {name: 办公室, functions: [management, hr, finance, sales, supervision], head: 耿示例}
    - {name: 服务部, functions: [service, contact_centre, technical, quality, logistics], head: 夏示例}
  positions: POSITIONS
staff: {total: 12, service: 5}
outlets: 无
products: [{name: 器具, warranty_months: 12}]
sales: {customers: consumer, modes: online, provinces: [浙江省]}
service:
  hotline: 0579-00005678
  hotline_hours: 每日 9:00–18:00
  response_time: 30 分钟
  activities: {delivery: 是, installation: 否, on_site: 是, mail_in: 是}
MORE
"""
MANY_ROLES = "[{title: 副经理, role: [service_head, management_representative, complaint_owner]}]"


@cache
def company(positions: str = "[]", more: str = "") -> Prepared:
    return prepare(load_profile_text(COMPANY.replace("POSITIONS", positions).replace("MORE", more)), library())


@cache
def texts(positions: str = "[]", more: str = "") -> dict[str, str]:
    given = company(positions, more)
    chosen = [p for p in given.company.plan.all() if p.template.endswith((".md", ".yaml"))]
    documents, faults = compose_all(given, chosen, library())
    assert not faults, faults[:5]
    return {c.planned.id: write_text(c.document) for c in documents if c.document}


def test_who_drafts_a_commitment_does_not_review_it() -> None:
    assert "承诺由副经理起草，经理审核" in texts(MANY_ROLES)["manual"]
    assert "副经理起草，副经理审核" not in texts(MANY_ROLES)["manual"]


def test_who_handles_a_complaint_does_not_approve_the_plan() -> None:
    assert "副经理提出的方案由经理批准" in texts(MANY_ROLES)["complaint-handling"]
    assert "经理批准处理方案" in texts(MANY_ROLES)["manual"]


@pytest.mark.parametrize("more", ["outsourcing: [{process: 上门维修, provider: 虚构服务商}]"])
def test_work_of_a_provider_is_not_said_to_be_done_by_the_company(more: str) -> None:
    manual = texts(more=more)["manual"]
    assert "上门维修由受托服务商承担" in manual
    assert "由总部派出人员" not in manual and "服务由总部直接提供" not in manual


@pytest.mark.parametrize("none", ["outsourcing: 无", "outsourcing: []"])
def test_outsourcing_said_to_be_none_is_asked_for_no_more(none: str) -> None:
    assert "没有外包过程" in texts(more=none)["annex-system"]
    assert not {"outsourcing", "certification.outsourced_processes"} & {gap.path for gap in company(more=none).gaps}


def test_a_company_that_uses_no_parts_has_no_papers_of_parts() -> None:
    none = "resources: {spare_parts: {kinds: 0}}"
    plan = company(more=none).company.plan
    assert plan.documents["parts-tools"].title == "工具设备管理程序"
    assert {"annex-parts", "form-parts-ledger", "form-safety-stock"} <= set(plan.left_out)
    said = ("不使用备件", "维修设备与备件")
    lines = [(id, s) for id, text in texts(more=none).items() for s in text.splitlines() if "备件" in s]
    assert not [(id, s[:80]) for id, s in lines if not any(word in s for word in said)]
    asked = {gap.path for gap in company(more=none).gaps}
    assert not [path for path in asked if re.search("spare_part_time|spare_parts[.]|parts_supply", path)]


def test_where_nothing_is_said_of_parts_their_papers_stay() -> None:
    assert "form-parts-ledger" in company().company.plan.forms


ONE_OVER_ALL = """[{title: 经理, role: [hr_lead, sales_lead]}, {title: 客服, role: [hotline_agent, hotline_lead]},
    {title: 副经理, role: [service_head, management_representative, complaint_owner]}]"""


def test_what_is_late_goes_to_a_post_that_does_not_hold_it_already() -> None:
    steps = re.findall(r"责任：(\S+?)　.*?逾期：([^⏎\n]*)", texts(ONE_OVER_ALL)["technical-support"])
    late = [late for owner, late in steps if owner == "客服"]
    assert late and not [sentence for sentence in late if "客服" in sentence], late
    assert any("副经理" in sentence for sentence in late)


def test_a_late_complaint_does_not_go_to_who_handles_it() -> None:
    more = "complaints: {general: {escalate_to: 副经理}, serious: {escalate_to: 副经理}, major: {escalate_to: 经理}}"
    text = texts(ONE_OVER_ALL, more)["complaint-handling"]
    assert re.search(r"一般 +\| 升级至经理", text) and re.search(r"较大 +\| 升级至经理", text)
    assert "升级至副经理" not in text
    assert "代行人职务" in text  # nobody is left above the manager; who stands in for him is asked


def test_who_stands_in_for_the_manager_takes_over() -> None:
    given = COMPANY.replace("organization:", "organization:\n  deputy: {name: 闻示例, title: 工会主席}", 1)
    profile = load_profile_text(given.replace("POSITIONS", ONE_OVER_ALL).replace("MORE", ""))
    lines = prepare(profile, library()).company.context["above__service_head"]
    assert besides(lines, "副经理", "经理") == "工会主席"


def test_duties_of_a_post_without_a_role_stand_in_the_procedure_of_its_department() -> None:
    own = "[{title: 资料员, department: 服务部, duties: [每台器具一份档案]}]"
    assert "每台器具一份档案" in texts(own)["repair"]
