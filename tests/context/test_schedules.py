"""The year's proposals: months, samples and quarters worked out from the profile."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from docgen.context.schedules import Cycle, cycle_of, error_reached, required_sample, schedules, spread
from docgen.profile.loading import load_profile

ROOT = Path(__file__).parents[2]


def test_even_spreads_fill_the_year() -> None:
    assert spread(12) == list(range(12))
    assert spread(4) == [1, 4, 7, 10]
    assert spread(0) == []
    assert len(spread(30)) == 30 and set(spread(30)) == set(range(12))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, 12])
@pytest.mark.parametrize("through", [0, 5, 11])
def test_a_spread_passes_through_the_known_month(count: int, through: int) -> None:
    found = spread(count, through=through)
    assert through in found and len(set(found)) == count


def test_a_cycle_runs_over_the_turn_of_the_year() -> None:
    cycle = Cycle(2026, 8)
    assert cycle.first_day(0) == date(2026, 8, 1) and cycle.first_day(11) == date(2027, 7, 1)
    assert cycle.index(date(2027, 3, 9)) == 7 and cycle.index(date(2026, 7, 31)) is None
    assert cycle.index_of_month(2) == 6
    assert Cycle().first_day(3) is None and Cycle().number(3) == 4


def test_the_sample_of_a_small_population_is_smaller() -> None:
    assert required_sample(None, 5) == 385
    assert required_sample(1_000_000, 5) == 385
    assert required_sample(300, 5) == 169
    assert error_reached(None, 400) == Decimal("4.9")
    assert error_reached(300, 300) == 0


@pytest.mark.parametrize("name", ["electronics", "toys", "software", "telecom", "minimal"])
def test_plans_hold_what_the_frequencies_promise(name: str) -> None:
    profile = load_profile(ROOT / "company_profiles" / f"{name}.yaml").profile
    made = schedules(profile, None, {})
    months = [m.values for m in made["supervision_months"]]
    facts = profile.supervision
    assert sum(m["inspections"] for m in months) == (facts.inspections_per_year or 0)
    assert sum(m["evaluations"] for m in months) == (facts.internal_evaluations_per_year or 0)
    assert sum(m["reviews"] for m in months) == (facts.management_reviews_per_year or 0)
    assert sum(m["outlet_visits"] for m in months) == len(profile.outlets) * (facts.outlet_visits_per_year or 0)
    assert sum(m["outlet_assessments"] for m in months) == (facts.outlet_assessments_per_year or 0)
    assert sum(m["provider_evaluations"] for m in months) == (facts.provider_evaluations_per_year or 0)
    assert not facts.outlet_assessments_per_year or months[-1]["outlet_assessments"]  # the year ends with one
    assert sum(q.values["visits"] for q in made["mystery_periods"]) == (facts.mystery_visits.per_year or 0)
    for row in made["budget_quarters"]:
        assert sum(row.values[f"q{n}"] for n in range(1, 5)) == row.values["amount"]
    assert len(made["drill_plan"]) == len(profile.emergency.risks)
    drills = sum(1 for row in made["drill_plan"] if row.values["full"])
    assert drills == min(profile.emergency.drills_per_year or 0, len(profile.emergency.risks))
    if made["survey_strata"]:
        assert sum(s.values["answers"] for s in made["survey_strata"]) == profile.survey.sample_size


def test_the_gravest_risks_are_played_through() -> None:
    profile = load_profile(ROOT / "company_profiles" / "electronics.yaml").profile
    full = {row.values["name"] for row in schedules(profile, None, {})["drill_plan"] if row.values["full"]}
    assert full == {risk.name for risk in profile.emergency.risks[: profile.emergency.drills_per_year]}


def test_a_review_comes_between_evaluation_and_audit() -> None:
    profile = load_profile(ROOT / "company_profiles" / "instruments.yaml").profile
    cycle = cycle_of(profile)
    months = [m.values for m in schedules(profile, None, {})["supervision_months"]]
    review = next(i for i, m in enumerate(months) if m["reviews"])
    evaluation = cycle.index(profile.certification.self_assessment_date)
    audit = cycle.index(profile.certification.planned_audit_date)
    assert evaluation is not None and audit is not None and evaluation <= review < audit


def test_outlets_wait_the_same_time_between_visits() -> None:
    profile = load_profile(ROOT / "company_profiles" / "electronics.yaml").profile
    for row in schedules(profile, None, {})["outlet_visit_plan"]:
        first, second = row.values["dates"]
        assert (second.year - first.year) * 12 + second.month - first.month == 6


def test_no_evaluation_before_there_is_something_to_evaluate() -> None:
    profile = load_profile(ROOT / "company_profiles" / "software.yaml").profile
    months = [m.values["evaluations"] for m in schedules(profile, None, {})["supervision_months"]]
    assert sum(months[:3]) == 0 and sum(months) == 2


def test_the_month_a_system_starts_in_has_no_month_before_it_to_count() -> None:
    profile = load_profile(ROOT / "company_profiles" / "software.yaml").profile
    months = [m.values["statistics"] for m in schedules(profile, None, {})["supervision_months"]]
    assert months == [False] + [True] * 11
    since = profile.certification.changed(running_since=date(2020, 1, 1))
    older = schedules(profile.changed(certification=since), None, {})["supervision_months"]
    assert all(m.values["statistics"] for m in older)


@pytest.mark.parametrize(("visits", "periods"), [(1, 1), (2, 2), (3, 3), (4, 4), (6, 4)])
def test_no_period_of_the_year_is_without_a_mystery_visit(visits: int, periods: int) -> None:
    profile = load_profile(ROOT / "company_profiles" / "machinery.yaml").profile
    supervision = profile.supervision
    profile = profile.changed(
        supervision=supervision.changed(mystery_visits=supervision.mystery_visits.changed(per_year=visits))
    )
    rows = [row.values for row in schedules(profile, None, {})["mystery_periods"]]
    assert len(rows) == periods
    assert sum(row["visits"] for row in rows) == visits and all(row["visits"] for row in rows)
    assert rows[-1]["last"] == date(2027, 4, 1)
