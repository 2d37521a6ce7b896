"""The application file: built for every company at any stage, of one mind with the manual, nothing invented."""

from __future__ import annotations

import re
from functools import cache

import pytest

from docgen.context.plan import PAPERS, Planned
from docgen.pipeline import compose_all
from docgen.writers.text import write_text
from tests.content.sets import NAMES, library, prepared, texts

IDS = [d.id for d in library().catalogue.documents.values() if d.kind == "application" and d.template.endswith(".md")]


def planned(name: str, id: str) -> Planned:
    plan = prepared(name).company.plan
    return plan.documents.get(id) or plan.other_stages[id]


@cache
def text(name: str, id: str) -> str:
    composed, faults = compose_all(prepared(name), [planned(name, id)], library())
    assert not faults, faults[:3]
    document = composed[0].document
    assert document is not None
    return write_text(document)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("id", IDS)
def test_every_annex_is_built_for_every_sample_company_whatever_its_stage(id: str, name: str) -> None:
    assert len(text(name, id)) > 200


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("id", IDS)
def test_no_annex_names_a_gap_by_its_key(id: str, name: str) -> None:
    assert not re.findall(r"【待补充：[a-z_]+】", text(name, id))


@pytest.mark.parametrize("name", NAMES)
def test_limits_warranty_and_returns_are_those_of_the_manual(name: str) -> None:
    manual = texts(name)["manual"]

    def block(where: str, caption: str) -> str:
        return where.split(f"\n{caption}\n", 1)[1].split("\n\n", 1)[0]

    for caption in ("服务时限", "质量保证期"):
        assert block(text(name, "annex-commitment"), caption) == block(manual, caption)
        assert block(text(name, "annex-policy"), caption) == block(manual, caption)


@pytest.mark.parametrize("name", NAMES)
def test_every_reason_for_a_deletion_stands_in_the_system_description(name: str) -> None:
    for deletion in prepared(name).profile.certification.deletions:
        assert str(deletion.reason) in text(name, "annex-system")


def test_numbers_of_identity_cards_are_not_asked_into_a_public_annex() -> None:
    for id in ("annex-staff", "annex-certificates"):
        columns = [line for line in text("telecom", id).splitlines() if line.startswith("| 序号")]
        assert columns
        assert not any("证件号" in line or "身份证" in line for line in columns)


def test_obsolete_papers_are_not_demanded() -> None:
    rows = [
        r for r in text("telecom", "application-checklist").splitlines() if "组织机构代码证" in r or "税务登记证" in r
    ]
    assert len(rows) == 2
    assert all("不适用" in row and "□" not in row for row in rows)


def test_the_roster_holds_everybody_of_the_service_the_profile_names_once() -> None:
    company = prepared("telecom")
    profile, names = company.profile, [row.values["name"] for row in company.company.context["roster"]]
    named = {person.name for person in profile.organization.people}
    named |= {manager.name for manager in profile.staff.certified_service_managers}
    named |= {outlet.head for outlet in profile.outlets if outlet.type == "own"}
    assert len(names) == len(named)
    assert set(names) == named
    assert f"还有 {(profile.staff.service or 0) - len(named)} 人没有列入" in text("telecom", "annex-staff")


def test_the_certificate_of_a_service_manager_is_not_listed_twice() -> None:
    _, _, others = text("telecom", "annex-certificates").partition("其他资格证书")
    assert "通信工程师" in others
    assert "售后服务管理师" not in others.partition("本行业通常")[0]


def test_a_renewal_hands_in_what_was_done_in_the_three_years() -> None:
    assert "三年运行总结" in text("telecom", "application-checklist")
    assert "三年运行总结" not in text("electronics", "application-checklist")


def test_what_a_company_did_not_say_is_a_gap_in_the_application_form() -> None:
    form = planned("minimal", "application-form")
    composed, _ = compose_all(prepared("minimal"), [form], library())
    shown = {gap.key for item in composed for gap in item.gaps}
    assert {"outlets", "certification.outsourced_processes", "company.certificates"} <= shown


def test_the_plan_of_a_company_that_knows_no_date_shows_no_date() -> None:
    assert not re.search(r"\d{4}年", text("minimal", "certification-plan"))


# ---- the on-site pack


@pytest.mark.parametrize("name", NAMES)
def test_every_applicable_clause_is_asked_about(name: str) -> None:
    pack = text(name, "onsite-pack")
    for row in prepared(name).company.context["matrix"]:
        assert f"| {row.values['clause']} {row.values['name']}" in pack


def test_no_deleted_clause_is_asked_about() -> None:
    assert not re.search(r"\| 5\.2\.[36] ", text("software", "onsite-pack"))


def test_questions_about_work_a_company_does_not_do_are_left_out() -> None:
    assert "安装调试完成的标准" not in text("toys", "onsite-pack")
    assert "安装开通完成的标准" in text("telecom", "onsite-pack")
    assert "经销商的退换政策" not in text("telecom", "onsite-pack")


def test_evidence_is_asked_in_the_words_of_the_company_and_only_where_it_has_some() -> None:
    assert "特约服务站的协议" in text("telecom", "register-matrix")
    assert "特约" not in text("minimal", "register-matrix")
    assert "保修凭证" not in text("telecom", "register-matrix")
    assert "保修凭证" in text("toys", "register-matrix")


def test_a_department_that_holds_several_functions_is_asked_once_a_clause() -> None:
    for department in prepared("toys").company.context["onsite_departments"]:
        clauses = [row.values["clause"] for row in department.values["rows"]]
        assert len(clauses) == len(set(clauses))


def test_papers_of_the_certification_are_not_in_the_lists_of_the_manual() -> None:
    papers = {p.number for p in prepared("telecom").company.plan.documents.values() if p.kind in PAPERS}
    assert papers
    assert not any(f"| {number} " in texts("telecom")["manual"] for number in papers)
