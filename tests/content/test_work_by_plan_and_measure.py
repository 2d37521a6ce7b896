"""Papers of companies that maintain by plan, make to measure, sell what others make or sell medical devices."""

from __future__ import annotations

from functools import cache

import pytest

from docgen.pipeline import Prepared, compose_all, prepare
from docgen.profile import load_profile_text
from docgen.writers.text import write_text
from tests.content.sets import library

SELLER = """
company: {full_name: 虚构康达器械销售有限公司, code: KDQX, enterprise_type: seller, industry: furniture}
organization:
  top_management: {name: 耿示例, title: 总经理}
  management_representative: {name: 夏示例, title: 副总经理}
  service_head: {name: 贺示例, title: 服务部经理}
products: [{name: 护理床, warranty_months: 12, medical_device: MEDICAL}, {name: 橱柜, warranty_months: 60}]
sales: {customers: both, modes: [store, project], provinces: [浙江省]}
service: {activities: {delivery: 是, installation: 是, on_site: 是}}
outlets: 无
"""
PLANNED = """
company: {full_name: 虚构安升电梯维保有限公司, code: ASWB, enterprise_type: service_provider, industry: general}
products: [{name: 电梯维护保养, warranty_months: 3}]
sales: {customers: business}
service:
  activities: {delivery: 否, installation: 否, on_site: 是, inspection: 是, maintenance: 是}
  maintenance:
    plans: [{target: 曳引电梯, every: 每 15 日, content: 机房、井道、层门逐项}]
    notice: 3 天
    findings_within: 2 天
"""


@cache
def company(text: str) -> Prepared:
    return prepare(load_profile_text(text), library())


@cache
def texts(text: str) -> dict[str, str]:
    given = company(text)
    chosen = [p for p in given.company.plan.all() if p.template.endswith((".md", ".yaml"))]
    documents, faults = compose_all(given, chosen, library())
    assert not faults, faults[:5]
    return {c.planned.id: write_text(c.document) for c in documents if c.document}


def asked(text: str) -> set[str]:
    return {gap.path for gap in company(text).gaps}


def test_what_is_maintained_by_plan_has_a_procedure_with_cycles_and_time_for_what_is_found() -> None:
    text = texts(PLANNED)["planned-maintenance"]
    assert "每 15 日" in text and "计划日期前 3 天" in text and "其余 2 天" in text
    assert "保养项目和周期的法定依据" in text  # whether a law sets cycles is asked, not made up
    assert "每 15 日" in texts(PLANNED)["manual"]
    assert {"form-maintenance-plan", "form-maintenance-record"} <= set(texts(PLANNED))


def test_maintenance_is_not_asked_of_who_does_none() -> None:
    without = PLANNED.replace(", maintenance: 是", "").partition("  maintenance:")[0]
    assert "planned-maintenance" not in texts(without)
    assert not [path for path in asked(without) if "maintenance" in path and path != "service.activities.maintenance"]


def test_what_is_made_to_measure_is_signed_before_it_is_made() -> None:
    made = SELLER.replace("on_site: 是", "on_site: 是, custom_made: 是").replace("MEDICAL", "否")
    text = texts(made)["custom-orders"]
    assert "量尺" in text and "没有放行的不得下单" in text and "制作时限" in text
    assert "定制产品：" in texts(made)["warranty-returns"]  # what may be returned is said in the one text of returns
    assert "form-custom-order" in texts(made)
    assert "custom-orders" not in texts(SELLER.replace("MEDICAL", "否"))


MAKERS = "makers: [{name: 虚构医床厂, goods: 护理床, service_by: both, claim_within: 2 天, answer_within: 5 个工作日}]"


def test_a_seller_answers_first_and_hands_the_claim_on_in_time() -> None:
    text = texts(SELLER.replace("MEDICAL", "否") + MAKERS)["warranty-returns"]
    assert "虚构医床厂" in text and "向生产者转报" in text and "2 天" in text
    assert "form-maker-claims" in texts(SELLER.replace("MEDICAL", "否") + MAKERS)


@pytest.mark.parametrize(("said", "stays"), [("", True), ("makers: 无", False)])
def test_a_seller_is_asked_who_makes_what_it_sells(said: str, stays: bool) -> None:
    given = SELLER.replace("MEDICAL", "否") + said
    assert ("makers" in asked(given)) is stays
    assert ("form-maker-claims" in texts(given)) is stays


def test_duties_for_medical_devices_say_that_their_laws_are_still_to_be_checked() -> None:
    text = texts(SELLER.replace("MEDICAL", "是"))["warranty-returns"]
    assert "尚未对照官方文本" in text and "医疗器械监督管理条例" in text
    assert "医疗器械" not in texts(SELLER.replace("MEDICAL", "否"))["warranty-returns"]


@pytest.mark.parametrize(
    ("culture", "said"),
    [
        ("culture: {activities: [技能赛]}", "待补充：文化活动安排"),
        ("culture: {calendar: [{name: 技能赛, when: 9 月}]}", "| 9 月"),
    ],
)
def test_activities_have_their_time_or_a_gap(culture: str, said: str) -> None:
    assert said in texts(SELLER.replace("MEDICAL", "否") + culture)["service-culture"]
