"""The sample companies: sound, plausible, plainly fictitious and sharing nothing with one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml
from chinese_calendar import is_workday
from stdnum.cn import uscc

from docgen.profile import Duration, Level, LoadedProfile, check_profile, gaps, load_profile
from docgen.profile.walking import leaves

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "company_profiles"
FILES = sorted(FOLDER.glob("*.yaml"))
NAMES = [file.stem for file in FILES]
RICH = [name for name in NAMES if name != "minimal"]
INDUSTRIES = ("auto_parts", "electronics", "telecom", "toys", "instruments")
TOPICS = {
    "standard", "law", "skill", "culture", "complaint", "safety", "privacy", "induction", "outlet",
    "certified_manager",
}  # fmt: skip

# lower and upper bound in the order of INDUSTRIES; times in hours, money in 万元, shares in %
RANGES: dict[str, tuple[tuple[float, float] | None, ...]] = {
    "staff": ((120, 450), (200, 800), (150, 600), (80, 300), (60, 250)),
    "service staff": ((12, 40), (25, 90), (30, 120), (6, 18), (12, 45)),
    "service managers": ((5, 15), (8, 25), (8, 30), (2, 6), (4, 12)),
    "certified managers": ((1, 2), (1, 3), (1, 3), (1, 1), (1, 2)),
    "own outlets": ((3, 8), (4, 10), (6, 15), (1, 2), (3, 8)),
    "authorized outlets": ((15, 60), (30, 150), (10, 40), (5, 20), (4, 15)),
    "provinces": ((8, 20), (15, 31), (10, 31), (6, 25), (10, 28)),
    "yearly units": ((3e5, 3e6), (1e5, 1e6), (5e3, 8e4), (1e6, 8e6), (500, 8000)),
    "answer": ((0, 0.5), (0, 2), (0, 0.5), (0, 2), (0, 2)),
    "arrival in town": ((0, 24), (0, 24), (4, 24), None, (0, 24)),
    "arrival elsewhere": ((24, 48), (24, 48), (4, 24), None, (24, 48)),
    "repaired": ((0, 72), (72, 120), (24, 48), (72, 168), (120, 168)),
    "shortest warranty": ((3, 24), (12, 12), (12, 36), (3, 12), (12, 24)),
    "arrival_in_time": ((95, 100), (95, 100), (97, 100), None, (95, 100)),
    "first_time_fix_rate": ((90, 100), (88, 100), (92, 100), None, (88, 100)),
    "diagnosis_accuracy": ((95, 100), (95, 100), (96, 100), (95, 100), (95, 100)),
    "follow_up_rate": ((95, 100), (90, 100), (100, 100), (80, 100), (100, 100)),
    "customer_satisfaction": ((90, 96), (90, 95), (92, 97), (90, 95), (92, 97)),
    "complaint_rate": ((0, 0.5), (0, 0.8), (0, 1), (0, 0.3), (0, 1)),
    "complaints_closed_in_time": ((98, 100), (98, 100), (99, 100), (98, 100), (99, 100)),
    "spare_part_availability": ((95, 100), (93, 100), (98, 100), (90, 100), (92, 100)),
    "hours a person": ((24, 40), (24, 40), (40, 60), (12, 24), (30, 50)),
    "sessions": ((10, 14), (10, 16), (12, 20), (6, 10), (8, 12)),
    "budget": ((60, 300), (150, 900), (200, 1200), (30, 120), (50, 260)),
    "share of sales": ((0.8, 2), (1, 2.5), (1.5, 4), (0.3, 1), (1.5, 4)),
    "share of training": ((3, 6), (3, 5), (4, 7), (4, 8), (4, 7)),
    "reserve": ((20, 100), (30, 200), (30, 150), (20, 80), (10, 60)),
    "pieces of equipment": ((30, 80), (40, 120), (40, 150), (8, 25), (30, 90)),
    "kinds of spare parts": ((200, 1500), (150, 800), (100, 500), (30, 150), (80, 400)),
    "mystery visits": ((4, 8), (6, 12), (2, 4), (4, 8), (2, 4)),
    "surveys": ((2, 2), (2, 2), (2, 2), (1, 2), (2, 2)),
    "survey sample": ((100, 400), (300, 1000), (60, 200), (150, 500), (50, 150)),
}


@cache
def loaded(name: str) -> LoadedProfile:
    return load_profile(FOLDER / f"{name}.yaml")


@cache
def text(name: str) -> str:
    return (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


@cache
def catalogue(path: str) -> Any:
    return yaml.safe_load((ROOT / "templates" / path).read_text(encoding="utf-8"))


def hours(limit: Duration | None) -> float | None:
    return None if limit is None else limit.minutes / 60


def training_line(name: str) -> Decimal:
    lines = loaded(name).profile.resources.budget.lines
    return next(line.amount for line in lines if line.item and "培训" in line.item and line.amount)


def figures(name: str) -> dict[str, Any]:
    profile = loaded(name).profile
    service, budget, staff = profile.service, profile.resources.budget, profile.staff
    kinds = [outlet.type for outlet in profile.outlets]
    assert budget.total
    assert profile.company.annual_sales
    told = {
        "staff": staff.total,
        "service staff": staff.service,
        "service managers": staff.service_managers,
        "certified managers": len(staff.certified_service_managers),
        "own outlets": kinds.count("own"),
        "authorized outlets": kinds.count("authorized"),
        "provinces": len(profile.sales.provinces),
        "yearly units": sum(product.yearly_units or 0 for product in profile.products),
        "answer": hours(service.response_time),
        "arrival in town": hours(service.arrival_time_city),
        "arrival elsewhere": hours(service.arrival_time_remote),
        "repaired": hours(service.repair_time),
        "shortest warranty": min(product.warranty_months or 0 for product in profile.products),
        "hours a person": profile.training.yearly_hours,
        "sessions": len(profile.training.sessions),
        "budget": budget.total,
        "share of sales": budget.total / profile.company.annual_sales * 100,
        "share of training": training_line(name) / budget.total * 100,
        "reserve": profile.resources.reserve.amount,
        "pieces of equipment": sum(item.quantity or 0 for item in profile.resources.equipment),
        "kinds of spare parts": profile.resources.spare_parts.kinds,
        "mystery visits": profile.supervision.mystery_visits.per_year,
        "surveys": profile.survey.per_year,
        "survey sample": profile.survey.sample_size,
    }
    return told | {key: kpi.target for key, kpi in profile.kpis.items()}


def people(name: str) -> set[str]:
    """The names of persons; teachers may also be posts and are left out."""
    profile = loaded(name).profile
    organization = profile.organization
    found = {
        organization.top_management.name,
        organization.management_representative.name,
        organization.service_head.name,
        organization.supervisor.name,
        profile.company.legal_representative,
        profile.company.contact.name,
        *(department.head for department in organization.departments),
        *(member.name for member in organization.people),
        *(manager.name for manager in profile.staff.certified_service_managers),
        *(outlet.head for outlet in profile.outlets),
    }
    return {person for person in found if person}


def marks(name: str) -> Iterator[str]:
    """Whatever would betray this company in the documents of another."""
    profile = loaded(name).profile
    company = profile.company
    yield from people(name)
    named = (
        company.full_name, company.short_name, company.english_name, company.unified_social_credit_code,
        company.website, company.email, company.phone, company.registered_address, profile.service.hotline,
        profile.service.complaint_phone, profile.service.complaint_email, profile.culture.philosophy,
        profile.take_back.recycler, company.contact.phone, company.contact.mobile,
    )  # fmt: skip
    yield from (mark for mark in named if mark)
    yield from (product.brand for product in profile.products if product.brand)
    yield from (carrier.name for carrier in profile.logistics.carriers if carrier.name)
    for outlet in profile.outlets:
        assert outlet.name
        assert outlet.phone
        yield outlet.name
        yield outlet.phone
    for manager in profile.staff.certified_service_managers:
        assert manager.certificate_number
        yield manager.certificate_number


def dates(name: str) -> Iterator[tuple[str, date]]:
    """Days on which somebody works; ends of validity and the founding day are none."""
    for path, _, value in leaves(loaded(name).profile):
        if isinstance(value, date) and not re.search(r"valid_to$|calibrated_to$|founded$", path):
            yield path, value


def test_there_are_five_rich_industries_two_more_and_a_minimal_one() -> None:
    assert set(NAMES) == {*INDUSTRIES, "machinery", "software", "minimal"}


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_loads_and_contradicts_neither_itself_nor_the_catalogue(name: str) -> None:
    sample = loaded(name)
    industry = catalogue(f"industries/{sample.profile.company.industry}/industry.yaml")
    clauses = {
        row["id"]
        for rows in catalogue("standards/gbt27922-2011/clauses.yaml").values()
        if isinstance(rows, list)
        for row in rows
    }
    found = check_profile(
        sample,
        statutory={
            row["id"]: (row.get("whole_months"), row.get("main_parts_months"))
            for row in industry.get("statutory") or []
        },
        clause_ids=clauses,
        kpi_units={key: row["unit"] for key, row in catalogue("shared/kpis.yaml")["kpis"].items()},
    )
    assert [(fault.code, str(fault.place), fault.values) for fault in found] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_says_that_it_is_fictitious_and_where_its_schema_is(name: str) -> None:
    first, second = text(name).splitlines()[:2]
    assert first == "# yaml-language-server: $schema=profile.schema.json"
    assert "虚构" in second


@pytest.mark.parametrize("name", NAMES)
def test_no_fact_of_the_must_level_is_missing(name: str) -> None:
    assert [gap.path for gap in gaps(loaded(name).profile) if gap.level is Level.MUST] == []


def test_the_minimal_sample_holds_must_level_facts_only() -> None:
    more = [path for path, info, _ in leaves(loaded("minimal").profile) if info.level is not Level.MUST]
    assert more == []


@pytest.mark.parametrize("name", INDUSTRIES)
def test_a_rich_sample_lacks_no_fact_on_which_points_depend(name: str) -> None:
    assert [gap.path for gap in gaps(loaded(name).profile) if gap.level is Level.SHOULD] == []


@pytest.mark.parametrize(("ours", "theirs"), list(permutations(NAMES, 2)))
def test_no_name_phone_or_brand_of_one_company_stands_in_another(ours: str, theirs: str) -> None:
    assert [mark for mark in marks(ours) if mark in text(theirs)] == []


@pytest.mark.parametrize("name", NAMES)
def test_credit_codes_have_a_right_check_digit(name: str) -> None:
    assert uscc.is_valid(loaded(name).profile.company.unified_social_credit_code or "")


def test_document_codes_differ() -> None:
    codes = [loaded(name).profile.company.code for name in NAMES]
    assert len(set(codes)) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_phones_and_certificates_are_plainly_invented(name: str) -> None:
    numbered = re.compile(r"certificate_number$|^company\.certificates\[\d+\]\.number$")
    for path, info, value in leaves(loaded(name).profile):
        if info.form == "phone":
            assert "000" in value, path
        if info.form in ("url", "email"):
            assert value.endswith(".example"), path
        if numbered.search(path):
            assert value.startswith("FIC-"), path


@pytest.mark.parametrize("name", NAMES)
def test_no_placeholder_is_left(name: str) -> None:
    assert re.findall(r"某|[XＸ×]{2,}|TODO|【|\{\{|____", text(name)) == []


@pytest.mark.parametrize("figure", RANGES)
@pytest.mark.parametrize("name", INDUSTRIES)
def test_figures_are_usual_for_the_industry(name: str, figure: str) -> None:
    bounds = RANGES[figure][INDUSTRIES.index(name)]
    if bounds is not None:
        assert bounds[0] <= figures(name)[figure] <= bounds[1]


@pytest.mark.parametrize("name", RICH)
def test_the_training_line_is_the_sum_of_the_sessions(name: str) -> None:
    yuan = sum(session.cost or 0 for session in loaded(name).profile.training.sessions)
    assert training_line(name) * 10000 == yuan


@pytest.mark.parametrize("name", RICH)
def test_training_costs_300_to_1500_yuan_a_head(name: str) -> None:
    service = loaded(name).profile.staff.service
    assert service
    assert 300 <= training_line(name) * 10000 / service <= 1500


@pytest.mark.parametrize("name", RICH)
def test_training_covers_every_topic_with_no_more_heads_than_staff(name: str) -> None:
    profile = loaded(name).profile
    assert {session.category for session in profile.training.sessions} >= TOPICS
    assert all((session.heads or 0) <= (profile.staff.total or 0) for session in profile.training.sessions)


@pytest.mark.parametrize("name", RICH)
def test_departments_add_up_to_the_staff_and_service_is_a_fifth_at_most(name: str) -> None:
    profile = loaded(name).profile
    assert sum(item.headcount or 0 for item in profile.organization.departments) == profile.staff.total
    assert profile.staff.total
    assert profile.staff.service
    assert profile.staff.service * 5 <= profile.staff.total


@pytest.mark.parametrize("name", RICH)
def test_complaint_figures_agree_with_the_indicators(name: str) -> None:
    profile = loaded(name).profile
    year = profile.complaints.statistics
    field = sum(product.units_in_field or 0 for product in profile.products)
    assert year.received
    assert year.closed is not None
    rate = Decimal(year.received * 100) / field
    closed = Decimal(year.closed * 100) / year.received
    assert rate == profile.kpis["complaint_rate"].last
    assert round(closed, 1) == profile.kpis["complaints_closed_in_time"].last
    assert year.major == profile.kpis["major_complaints"].last


@pytest.mark.parametrize("name", RICH)
def test_the_last_survey_is_the_last_satisfaction(name: str) -> None:
    profile = loaded(name).profile
    latest = profile.survey.history[-1]
    told = profile.kpis["customer_satisfaction"]
    assert (latest.score, latest.period) == (told.last, told.period)
    assert sum(question.weight or 0 for question in profile.survey.questions) == 100


@pytest.mark.parametrize("name", RICH)
def test_posts_named_anywhere_exist_in_the_organization(name: str) -> None:
    profile = loaded(name).profile
    posts = {item.title for item in profile.organization.positions}
    posts |= {profile.organization.top_management.title}
    grades = (profile.complaints.general, profile.complaints.serious, profile.complaints.major)
    used = {grade.escalate_to for grade in grades}
    used |= {session.owner for session in profile.training.sessions}
    used |= {risk.owner for risk in profile.emergency.risks} | {profile.emergency.leader}
    assert used - posts == set()


@pytest.mark.parametrize("name", RICH)
def test_work_is_dated_on_working_days(name: str) -> None:
    # the calendar of 2027 is not published: weekends only
    idle = [
        (path, day) for path, day in dates(name) if not (is_workday(day) if day.year <= 2026 else day.weekday() < 5)
    ]
    assert idle == []


@pytest.mark.parametrize("name", RICH)
def test_the_system_runs_three_months_before_the_audit(name: str) -> None:
    certification = loaded(name).profile.certification
    assert certification.running_since
    assert certification.planned_audit_date
    assert (certification.planned_audit_date - certification.running_since).days >= 92
