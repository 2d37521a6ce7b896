"""Papers of a company of which little is known: what is not known is asked, neither denied nor left out of a sentence."""

from __future__ import annotations

import re
from functools import cache

import pytest

from docgen.pipeline import prepare
from docgen.profile import load_profile_text
from docgen.writers.text import write_text
from tests.content.sets import library, papers_of

NAME_ONLY = "company: {full_name: 虚构测试有限公司}\n"
SOME_FACTS = """
company: {full_name: 虚构净水设备有限公司, code: XG, enterprise_type: manufacturer, industry: appliances}
products: [{name: 家用净水器, warranty_months: 12}]
sales: {customers: both, modes: [online, dealer]}
service: {hotline: 400-000-0000, response_time: 30 分钟,
  activities: {on_site: true, installation: true, delivery: true, mail_in: false}}
"""


@cache
def texts(text: str) -> dict[str, str]:
    documents = papers_of(prepare(load_profile_text(text), library()))
    return {c.planned.id: write_text(c.document) for c in documents if c.document}


@pytest.mark.parametrize("denied", ["公司不提供配送", "公司不提供安装调试", "公司不派员", "不面向个人消费者", "作为服务企业",
                                    "不需要专业安装", "公司作为经营者"])  # fmt: skip
def test_what_is_not_known_is_not_denied(denied: str) -> None:
    assert [name for name, text in texts(NAME_ONLY).items() if denied in text] == []


def test_manual_asks_what_the_company_is_and_does() -> None:
    manual = texts(NAME_ONLY)["manual"]
    for label in ("企业类型", "顾客类型", "销售方式", "提供配送", "提供安装调试", "提供上门服务", "产品"):
        assert f"【待补充：{label}】" in manual


@pytest.mark.parametrize("profile", [NAME_ONLY, SOME_FACTS])
def test_no_sentence_has_a_hole_where_a_list_is_missing(profile: str) -> None:
    hole = re.compile(r"适用于的|销售方式为。|卖什么（）|卖给谁（）|：；|提供的销售流向|买到的用得对|以及的知识|经渠道")
    found = {name: hole.findall(text) for name, text in texts(profile).items() if hole.search(text)}
    assert not found


@pytest.mark.parametrize("profile", [NAME_ONLY, SOME_FACTS])
def test_no_table_of_a_paper_has_a_head_only(profile: str) -> None:
    bare = re.compile(r"^\|-[-|]*\|\n(?!\|)", re.MULTILINE)
    found = {name for name, text in texts(profile).items() if not name.startswith("form-") and bare.search(text)}
    assert not found


def test_how_goods_are_sent_is_asked_before_carriers_are_told_of() -> None:
    text = texts(SOME_FACTS)["packaging-delivery"]
    assert "【待补充：配送方式】" in text and "交给对应承运商" not in text
