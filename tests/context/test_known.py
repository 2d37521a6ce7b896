"""Industry, roles and words may be called by id or by name; what the catalogue does not know is told."""

from __future__ import annotations

import pytest

from docgen.context.known import strange_laws, with_ids
from docgen.diagnostics import Diagnostic, Severity
from docgen.pipeline import prepare
from docgen.profile import load_profile_text
from docgen.profile.profile import Profile
from tests.content.sets import library

REVISION = """
company: {{code: XX}}
documents:
  revisions: [{{version: A/1, date: 2026-03-01, content: 补充频次, document: {}}}]
"""

POST = """
company: {{code: XX}}
organization:
  positions: [{{title: 抽查员, duties: [每周抽查], documents: [{}]}}]
"""


def known(text: str) -> tuple[Profile, list[Diagnostic]]:
    return with_ids(load_profile_text(text), library().catalogue)


@pytest.mark.parametrize("word", ["machinery", "机械设备"])
def test_an_industry_is_known_by_id_and_by_name(word: str) -> None:
    profile, faults = known(f"company: {{industry: {word}}}\n")
    assert (profile.company.industry, faults) == ("machinery", [])


def test_an_unknown_industry_is_told_with_all_there_are_and_the_one_for_the_rest() -> None:
    _, (fault,) = known("company:\n  industry: 电梯\n")
    assert (fault.code, fault.place.line) == ("C004", 2)
    assert "machinery（机械设备）" in str(fault.values["known"]) and "general（其他行业）" in str(fault.values["known"])


def test_a_post_may_hold_several_roles_called_by_id_or_name() -> None:
    profile, faults = known("organization: {positions: [{title: 值班员, role: [hotline_agent, 调度员]}]}\n")
    assert (profile.organization.positions[0].role, faults) == (("hotline_agent", "dispatcher"), [])


def test_an_unknown_role_is_told_with_its_place_and_the_nearest() -> None:
    _, (fault,) = known("organization:\n  positions:\n    - {title: 值班员, role: 客服专元}\n")
    assert (fault.code, fault.place.line, fault.nearest) == ("P310", 3, "客服专员")


def test_a_word_is_called_by_its_id_or_by_what_it_usually_is() -> None:
    profile, faults = known("terms: {备件: 配件, engineer: 技师}\n")
    assert (profile.terms, faults) == ({"part": "配件", "engineer": "技师"}, [])


def test_a_word_nobody_uses_is_told() -> None:
    _, (fault,) = known("terms: {enginer: 技师}\n")
    assert (fault.code, fault.nearest) == ("P311", "engineer")


@pytest.mark.parametrize("name", ["supervision", "CX-09", "XX-CX-09", "服务监督与绩效考核程序"])
def test_a_revision_names_its_document_as_people_do(name: str) -> None:
    prepared = prepare(load_profile_text(REVISION.format(name)), library())
    assert not [d for d in prepared.diagnostics if d.code == "P312"]
    assert prepared.company.plan.documents["supervision"].version == "A/1"


def test_a_revision_of_a_document_the_set_lacks_is_told() -> None:
    prepared = prepare(load_profile_text(REVISION.format("supervison")), library())
    (fault,) = [d for d in prepared.diagnostics if d.code == "P312"]
    assert (fault.place.line, fault.nearest) == (4, "supervision")


def posts(text: str) -> dict[str, dict[str, object]]:
    rows = prepare(load_profile_text(text), library()).company.context["role_list"]
    return {str(row.values["title"]): row.values for row in rows}


def test_rows_of_one_title_are_one_post() -> None:
    text = """
organization:
  positions:
    - {title: 值班员, role: complaint_owner}
    - {title: 值班员, role: [hotline_agent, dispatcher], department: 综合部, qualification: 高中, headcount: 2}
"""
    row = posts(text)["值班员"]
    assert (row["department"], row["qualification"], row["headcount"]) == ("综合部", "高中", 2)
    asked = {gap.path for gap in prepare(load_profile_text(text), library()).gaps}
    assert not {f"organization.positions[0].{name}" for name in ("department", "qualification", "headcount")} & asked


def test_a_post_of_the_title_of_a_named_person_is_his() -> None:
    text = """
organization:
  service_head: {name: 甲, title: 维保部经理}
  positions: [{title: 维保部经理, department: 维保部, qualification: 大专, headcount: 1}]
"""
    assert posts(text)["维保部经理"]["qualification"] == "大专"
    asked = {gap.path for gap in prepare(load_profile_text(text), library()).gaps}
    assert "organization.positions[service_head]" not in asked
    assert "organization.positions[management_representative]" not in asked  # an appointment beside a post


REVISED = """
documents:
  version: B/0
  revisions:
    - {version: A/1, document: repair}
    - {version: B/0}
    - {version: B/1, document: 投诉处理程序}
"""


def test_a_document_has_the_version_of_its_own_last_revision_or_the_sets() -> None:
    plan = prepare(load_profile_text(REVISED), library()).company.plan
    assert [plan.documents[id].version for id in ("repair", "complaint-handling", "manual")] == ["B/0", "B/1", "B/0"]


@pytest.mark.parametrize("name", ["supervision", "CX-09", "XX-CX-09", "服务监督与绩效考核程序", "服务礼仪与用语规范"])
def test_a_post_names_its_procedures_as_people_do(name: str) -> None:
    prepared = prepare(load_profile_text(POST.format(name)), library())
    assert not [d for d in prepared.diagnostics if d.code == "P313"]


@pytest.mark.parametrize("name", ["supervison", "服务奖惩管理制度"])
def test_a_procedure_the_set_lacks_is_told_of_a_post(name: str) -> None:
    (fault,) = [d for d in prepare(load_profile_text(POST.format(name)), library()).diagnostics if d.code == "P313"]
    assert (fault.severity, fault.place.line) == (Severity.WARNING, 4)


def test_a_slip_in_the_laws_of_a_profile_is_told_where_it_stands() -> None:
    text = "company: {code: XX}\nlaws:\n  extra: [某省消费者权益保护条例, gbt2442]\n  drop: [civil-cod]\n"
    found = strange_laws(load_profile_text(text), library().catalogue)
    assert [(d.code, d.nearest, d.place.line) for d in found] == [("K036", "gbt24421", 3), ("K037", "civil-code", 4)]
