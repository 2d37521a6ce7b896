"""Rules between facts: each contradiction is found, its message names both sides, and sound profiles have none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from docgen.diagnostics import Diagnostic, Severity
from docgen.messages import render
from docgen.messages.profile import MESSAGES
from docgen.profile import check_profile, load_profile_text
from docgen.profile.rules.dates import _three_months_after

STATUTORY = {"tv": (12, 36), "phone": (12, None)}
CLAUSES = ("5.2.2.1", "5.2.6")
KPIS = {"follow_up_rate": "%", "major_complaints": "件"}


def check(text: str, **known: Any) -> list[Diagnostic]:
    loaded = load_profile_text(text, "x.yaml")
    assert loaded.diagnostics == () or all(d.severity is Severity.NOTE for d in loaded.diagnostics)
    told = {"statutory": STATUTORY, "clause_ids": CLAUSES, "kpi_units": KPIS} | known
    found = check_profile(loaded, **told)
    return [d for d in found if d.severity is not Severity.NOTE]


# text, code, severity, key of the place
CASES: list[tuple[str, str, str, str]] = [
    ("documents: {prepared_date: 2026-03-02, reviewed_date: 2026-03-01}", "P200", "error", "documents.reviewed_date"),
    ("documents: {issue_date: 2026-03-02, prepared_date: 2026-03-03}", "P200", "error", "documents.issue_date"),
    ("certification: {running_since: 2026-01-01, application_date: 2025-12-01}", "P200", "error",
     "certification.application_date"),
    ("company: {founded: 2026-05-01}\ncertification: {running_since: 2026-04-01}", "P200", "error",
     "certification.running_since"),
    ("certification: {running_since: 2026-01-01}\ndocuments: {effective_date: 2026-02-01}", "P201", "warning",
     "certification.running_since"),
    ("certification: {running_since: 2026-01-31, application_date: 2026-04-29}", "P202", "warning",
     "certification.running_since"),
    ("service: {hotline_pick_up_time: 3 分钟, response_time: 2 分钟}", "P254", "error", "service.hotline_pick_up_time"),
    ("training: {sessions: [{month: 3, date: 2026-04-01}]}", "P204", "error", "training.sessions[0].date"),
    ("training: {year: 2025, sessions: [{date: 2026-04-01}]}", "P204", "error", "training.sessions[0].date"),
    ("resources: {equipment: [{name: 万用表, kind: measuring}]}", "P205", "warning",
     "resources.equipment[0].calibrated_to"),
    ("resources: {equipment: [{kind: measuring, calibrated_to: 2026-01-01}]}\n"
     "certification: {planned_audit_date: 2026-05-01}", "P206", "warning", "resources.equipment[0].calibrated_to"),
    ("documents: {version: A/1, revisions: [{version: A/0}]}", "P207", "warning", "documents.version"),
    ("documents: {prepared_by: 甲, approved_by: 甲}", "P210", "error", "documents.approved_by"),
    ("documents: {prepared_by: 甲, reviewed_by: 甲, approved_by: 甲}", "P211", "error", "documents.approved_by"),
    ("documents: {approved_by: 乙}\norganization: {top_management: {name: 甲}}", "P212", "warning",
     "documents.approved_by"),
    ("staff: {total: 10, service: 11}", "P213", "error", "staff.service"),
    ("staff: {service: 10, technicians: 11}", "P213", "error", "staff.technicians"),
    ("staff: {service: 10}\norganization: {people: [" + "{name: 甲}," * 11 + "]}", "P217", "error",
     "organization.people"),
    ("staff: {total: 10}\norganization: {departments: [{name: a, headcount: 6}, {name: b, headcount: 5}]}", "P214",
     "error", "organization.departments"),
    ("organization: {departments: [{name: a, headcount: 1}], positions: [{title: x, department: a, headcount: 2}]}",
     "P215", "warning", "organization.departments[0].headcount"),
    ("staff: {total: 10}\noutlets: [{type: own, staff: 11}]", "P216", "error", "outlets"),
    ("organization: {departments: [{name: 客服部}], positions: [{title: x, department: 客户部}]}", "P218", "warning",
     "organization.positions[0].department"),
    ("outlets: [{code: A1, type: own}, {code: A1, type: own}]", "P219", "error", "outlets[1].code"),
    ("staff: {service: 40, service_managers: 11, certified_service_managers: [{name: 甲}]}", "P220", "error",
     "staff.certified_service_managers"),
    ("staff: {service: 40, service_managers: 11}", "P220", "warning", "staff.certified_service_managers"),
    ("staff: {certified_service_managers: [{name: 甲, valid_to: 2026-01-01}]}\n"
     "certification: {planned_audit_date: 2026-05-01}", "P221", "error",
     "staff.certified_service_managers[0].valid_to"),
    ("organization: {departments: [{name: 售后部, functions: [technical]}], supervisor: {department: 售后部}}", "P222",
     "error", "organization.supervisor.department"),
    ("organization: {service_head: {name: 甲}, supervisor: {name: 甲}}", "P223", "error",
     "organization.supervisor.name"),
    ("organization: {supervisor: {full_time: false}}", "P224", "warning", "organization.supervisor.full_time"),
    ("organization: {departments: [{name: 综合部, functions: [contact_centre, supervision]}]}", "P227", "warning",
     "organization.departments[0].functions"),
    ("organization: {positions: [{title: 投诉专员}]}\ncomplaints: {compensation_limits: [{post: 投诉员, amount: 300}]}",
     "P229", "warning", "complaints.compensation_limits[0].post"),
    ("organization: {positions: [{title: 投诉专员, duties: [核对清单, 对 300 元以内的补偿当场决定]}]}", "P234", "warning",
     "organization.positions[0].duties[1]"),
    ("organization: {positions: [{title: 投诉专员, duties: [批准单笔 500 元以内的误工赔付]}]}\n"
     "complaints: {compensation_limits: [{post: 投诉专员, amount: 300}]}", "P234", "warning",
     "organization.positions[0].duties[0]"),
    ("organization: {positions: [{title: 技工, role: [service_engineer, technical_lead]}]}", "P235", "warning",
     "organization.positions[0].role"),
    ("outlets: [{name: 甲, type: authorized}]", "P225", "warning", "outlets[0].agreement"),
    ("outlets: [{province: 广东省}]\nsales: {provinces: [广东, 广西]}", "P226", "warning", "sales.provinces"),
    ("organization: {supervisor: {title: 监督员}}\nemergency: {risks: [{name: 泄露, owner: 监督员}]}", "P228", "warning",
     "emergency.risks[0].owner"),
    ("resources: {budget: {total: 0.3, lines: [{amount: 0.1}, {amount: 0.1}]}}", "P230", "error",
     "resources.budget.total"),
    ("resources: {budget: {total: 1}}\ntraining: {sessions: [{cost: 10001}]}", "P231", "warning", "training.sessions"),
    ("staff: {service: 8}\ntraining: {yearly_hours: 20, team_hours_per_month: 1, sessions: [{heads: 8, hours: 7}, "
     "{heads: 3, hours: 9}]}", "P232", "warning", "training.yearly_hours"),
    ("complaints: {statistics: {received: 3, closed: 4}}", "P213", "error", "complaints.statistics.closed"),
    ("survey: {history: [{sent: 3, answers: 4}]}", "P213", "error", "survey.history[0].answers"),
    ("survey: {history: [{score: 101}]}", "P252", "error", "survey.history[0].score"),
    ("service: {response_time: 0 小时}", "P250", "error", "service.response_time"),
    ("service: {follow_up_share: 0.9}", "P253", "warning", "service.follow_up_share"),
    ("kpis: {follow_up_rate: {target: 101}}", "P252", "error", "kpis.follow_up_rate.target"),
    ("kpis: {follow_up_rate: {baseline: 101}}", "P252", "error", "kpis.follow_up_rate.baseline"),
    ("service: {arrival_time_city: 2 天, arrival_time_remote: 1 天}", "P254", "error", "service.arrival_time_city"),
    ("service: {response_time: 3 天, arrival_time_city: 1 天}", "P254", "error", "service.response_time"),
    ("complaints: {major: {acknowledge: 4 小时}, serious: {acknowledge: 2 小时}}", "P254", "error",
     "complaints.major.acknowledge"),
    ("complaints: {major: {plan: 4 小时}, general: {plan: 2 小时}}", "P254", "error", "complaints.major.plan"),
    ("complaints: {general: {plan: 3 天, close: 3 天}}", "P255", "error", "complaints.general.plan"),
    ("complaints: {general: {acknowledge: 3 天, plan: 1 天}}", "P254", "error", "complaints.general.acknowledge"),
    ("products: [{name: a, statutory_class: tvs}]", "P256", "error", "products[0].statutory_class"),
    ("products: [{name: a, statutory_class: tv, warranty_months: 11}]", "P257", "error", "products[0].warranty_months"),
    ("products: [{name: a, statutory_class: tv, main_parts_months: 35}]", "P257", "error",
     "products[0].main_parts_months"),
    ("products: [{name: a, main_parts_months: 6, warranty_months: 12}]", "P258", "warning",
     "products[0].main_parts_months"),
    ("sales: {customers: consumer, modes: [online]}\nservice: {return_policy: {no_reason_days: 6}}", "P259", "error",
     "service.return_policy.no_reason_days"),
    ("kpis: {follow_up_rat: {target: 1}}", "P260", "error", "kpis.follow_up_rat"),
    ("company: {unified_social_credit_code: 91440300MA5EXAMPL}", "P270", "error",
     "company.unified_social_credit_code"),
    ("company: {unified_social_credit_code: 91440300MA5EXAMPL1}", "P271", "error",
     "company.unified_social_credit_code"),
    ("company: {unified_social_credit_code: 9144A300MA5EXAMPL1}", "P272", "error",
     "company.unified_social_credit_code"),
    ("company: {code: ABCDEFG}", "P273", "error", "company.code"),
    ("documents: {number_pattern: '{code}'}", "P274", "error", "documents.number_pattern"),
    ("documents: {number_pattern: '{number}-{year}'}", "P274", "error", "documents.number_pattern"),
    ("company: {color: red}", "P275", "error", "company.color"),
    ("company: {email: a@b}", "P276", "error", "company.email"),
    ("company: {website: www}", "P277", "error", "company.website"),
    ("service: {hotline: 热线}", "P278", "error", "service.hotline"),
    ("service: {hotline: '110'}", "P278", "error", "service.hotline"),
    ("certification: {deletions: [{reason: x, evidence: x}]}", "P280", "error", "certification.deletions[0].clause"),
    ("certification: {deletions: [{clause: 5.2.9, reason: x, evidence: x}]}", "P281", "error",
     "certification.deletions[0].clause"),
    ("certification: {deletions: [{clause: 5.2.6}]}", "P282", "error", "certification.deletions[0].reason"),
    ("certification: {deletions: [{clause: 5.2.6, reason: x}]}", "P283", "warning",
     "certification.deletions[0].evidence"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "severity", "key"), CASES, ids=[f"{c}-{k}" for _, c, _, k in CASES])
def test_a_contradiction_is_found_at_its_place_and_said_in_both_languages(
    text: str, code: str, severity: str, key: str
) -> None:
    found = check(text)
    assert [(d.code, d.severity.value, d.place.key) for d in found] == [(code, severity, key)]
    fault = found[0]
    assert fault.place.line > 0
    for lang in ("zh", "en"):
        assert key in render(fault, lang) or fault.values["a_value"] in render(fault, lang)


def test_every_rule_message_has_its_case() -> None:
    tried = {code for _, code, _, _ in CASES}
    assert {code for code in MESSAGES if "P200" <= code < "P300"} == tried


def test_a_supervisor_inside_is_told_what_makes_the_department_supervised() -> None:
    departments = "[{name: 办公室, functions: [hr, contact_centre]}]"
    (fault,) = check(f"organization: {{departments: {departments}, supervisor: {{department: 办公室}}}}")
    assert "承担客户服务" in render(fault, "zh") and "人事" in render(fault, "zh")


def test_the_lines_of_both_sides_are_named() -> None:
    (fault,) = check("staff:\n  total: 10\n  service: 11\n")
    assert (fault.values["a_line"], fault.values["b_line"]) == (3, 2)
    assert "第 3 行" in render(fault) and "第 2 行" in render(fault)


SOUND = [
    "documents: {prepared_date: 2026-03-01, reviewed_date: 2026-03-01, approved_date: 2026-03-02}",
    "certification: {running_since: 2026-01-31, application_date: 2026-04-30}",
    "certification: {running_since: 2025-11-30, application_date: 2026-02-28}",
    "staff: {total: 10, service: 10, technicians: 10}",
    "staff: {service: 40, service_managers: 11, certified_service_managers: [{name: 甲}, {name: 乙}]}",
    "staff: {service: 40, service_managers: 10, certified_service_managers: [{name: 甲}]}",
    "resources: {budget: {total: 0.3, lines: [{amount: 0.1}, {amount: 0.2}]}}",
    "resources: {budget: {total: 1, lines: [{item: a}, {amount: 0.2}]}}",
    "products: [{name: a, statutory_class: tv, warranty_months: 12, main_parts_months: 36}]",
    "products: [{name: a, statutory_class: phone, warranty_months: 12, main_parts_months: 12}]",
    "products: [{name: a, statutory_class: none, warranty_months: 1}]",
    "service: {response_time: 2 小时, arrival_time_city: 2 小时, arrival_time_remote: 3 个工作日, repair_time: 5 天}",
    "service: {response_time: 60 分钟, arrival_time_city: 1 小时}",
    "complaints: {major: {plan: 1 天}, serious: {acknowledge: 66 分钟, plan: 24 小时}, general: {acknowledge: 1.1 小时}}",
    "service: {follow_up_share: 100}",
    "service: {hotline: 400-000-0000, complaint_phone: '0755-00000000 转 801', complaint_email: a.b@example.com}",
    "company: {phone: '+86 755 00000000', website: www.example.com, color: '#1F4E79', code: SL2}",
    "company: {unified_social_credit_code: 91440300MA5EXAMPLA, website: 'https://例子.中国/服务?x=1'}",
    "sales: {customers: business, modes: [online]}\nservice: {return_policy: {no_reason_days: 0}}",
    "sales: {provinces: [内蒙古自治区, 北京市]}\noutlets: [{province: 内蒙古}, {province: 北京}]",
    "kpis: {major_complaints: {target: 150}}",
    "documents: {number_pattern: '{code}/{number}'}",
    "organization: {departments: [{name: 总办, functions: [management], head: 甲}],"
    " supervisor: {name: 乙, department: 总办, full_time: true}}",
    "organization: {positions: [{title: 投诉专员}], service_head: {title: 服务部经理}}\n"
    "complaints: {compensation_limits: [{post: 服务部经理, amount: 300}]}",
]


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_profile_has_no_findings(text: str) -> None:
    assert check(text) == []


def test_without_a_catalogue_its_rules_are_silent() -> None:
    text = "products: [{name: a, statutory_class: x}]\nkpis: {x: {target: 1}}\n"
    assert check(text, statutory=None, kpi_units=None) == []


def test_unknown_clauses_name_the_nearest() -> None:
    (fault,) = check("certification: {deletions: [{clause: 5.2.2.2, reason: x, evidence: x}]}")
    assert fault.nearest == "5.2.2.1"


def test_findings_come_in_the_order_of_the_file() -> None:
    found = check("service: {hotline: x}\nstaff: {total: 1, service: 2}\ncompany: {email: x}\n")
    assert [d.place.line for d in found] == [1, 2, 3]


def test_a_province_in_the_area_of_an_outlet_elsewhere_is_covered() -> None:
    text = "outlets: [{province: 江苏省, area: 江苏省、安徽省}]\nsales: {provinces: [江苏省, 安徽省]}\n"
    assert "P226" not in {fault.code for fault in check_profile(load_profile_text(text))}


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 1, 31), date(2026, 4, 30)),
        (date(2026, 4, 30), date(2026, 7, 30)),
        (date(2026, 5, 31), date(2026, 8, 31)),
        (date(2026, 7, 31), date(2026, 10, 31)),
        (date(2026, 9, 30), date(2026, 12, 30)),
        (date(2026, 10, 31), date(2027, 1, 31)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 3, 31)),
        (date(2026, 2, 28), date(2026, 5, 28)),
        (date(2026, 3, 31), date(2026, 6, 30)),
        (date(2026, 6, 30), date(2026, 9, 30)),
        (date(2026, 8, 31), date(2026, 11, 30)),
    ],
)
def test_three_months_after_a_day_end_with_their_month(day: date, later: date) -> None:
    assert _three_months_after(day) == later


def test_all_people_of_a_company_may_work_in_its_outlets() -> None:
    outlets = "outlets: [{name: 甲, type: own, staff: 12}, {name: 乙, type: authorized, staff: 9}]\n"
    for total, told in ((12, False), (11, True)):
        found = check_profile(load_profile_text(f"company: {{code: XX}}\nstaff: {{total: {total}}}\n{outlets}"))
        assert ("P216" in {d.code for d in found}) is told
