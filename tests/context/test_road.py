"""The road to the certificate: worked back, worked forward, and said plainly where it cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from docgen.catalogue import load_catalogue
from docgen.catalogue.road import Road
from docgen.context.roadplan import Facts, RoadPlan, plan_road
from docgen.context.workdays import is_working_day, months_later, working_days_between, working_days_later

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture(scope="module")
def road() -> Road:
    return load_catalogue(TEMPLATES).road


def slot(plan: RoadPlan, id: str) -> tuple[date, date]:
    found = next(s for s in plan.slots if s.task.id == id)
    assert found.start is not None and found.finish is not None
    return found.start, found.finish


def line(plan: RoadPlan) -> list[tuple[date, date]]:
    """The dated steps that follow one another."""
    return [(s.start, s.finish) for s in plan.slots if s.start and s.finish and not s.task.beside]


def assert_in_order_on_working_days(plan: RoadPlan) -> None:
    steps = line(plan)
    for start, finish in steps:
        assert start <= finish
        assert is_working_day(start) and is_working_day(finish)
    for (_, before), (after, _) in pairwise(steps):
        assert before < after


# ---- working days


def test_a_make_up_saturday_is_worked_and_a_holiday_is_not() -> None:
    assert is_working_day(date(2026, 5, 9))
    assert not is_working_day(date(2026, 10, 1))


def test_statutory_holidays_count_before_the_year_is_published() -> None:
    assert not is_working_day(date(2029, 10, 1))  # a Monday
    assert not is_working_day(date(2028, 1, 26))  # Spring Festival, a Wednesday
    assert is_working_day(date(2028, 1, 31))


def test_counting_working_days_skips_weekends() -> None:
    assert working_days_later(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert working_days_later(date(2026, 11, 23), -1) == date(2026, 11, 20)
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 23)) == 2
    assert working_days_between(date(2026, 11, 23), date(2026, 11, 20)) == 0


def test_months_end_on_the_last_day_of_a_shorter_month() -> None:
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_later(date(2027, 5, 31), -3) == date(2027, 2, 28)


# ---- three wished dates


def test_a_late_wish_leaves_every_step_its_usual_time(road: Road) -> None:
    plan = plan_road(road, Facts(wished=date(2027, 12, 31), plan_start=date(2026, 11, 23)))
    assert plan.verdict == "fits"
    assert plan.certificate == date(2027, 12, 31)
    assert not any(s.squeezed for s in plan.slots)
    assert_in_order_on_working_days(plan)
    start, finish = slot(plan, "running")
    following = slot(plan, "self_assessment")[0]
    assert months_later(start, 3) <= following
    assert finish < following


def test_a_near_wish_is_met_by_squeezing_and_says_so(road: Road) -> None:
    start = date(2026, 11, 23)
    usual = plan_road(road, Facts(plan_start=start)).usual
    assert usual is not None
    wished = working_days_later(usual, -20)
    plan = plan_road(road, Facts(wished=wished, plan_start=start))
    assert plan.verdict == "tight"
    assert plan.certificate == wished
    assert any(s.squeezed for s in plan.slots)
    assert all(s.days >= s.task.least for s in plan.slots if not s.task.months and not s.task.beside)
    assert line(plan)[0][0] >= start
    assert_in_order_on_working_days(plan)


def test_an_impossible_wish_gives_the_earliest_date_instead(road: Road) -> None:
    start = date(2026, 11, 23)
    plan = plan_road(road, Facts(wished=date(2027, 2, 26), plan_start=start))
    assert plan.verdict == "too_early"
    assert plan.earliest is not None and plan.usual is not None
    assert date(2027, 2, 26) < plan.earliest < plan.usual
    assert plan.certificate == plan.earliest
    assert line(plan)[0][0] == start
    assert_in_order_on_working_days(plan)


def test_the_earliest_date_is_possible_and_the_working_day_before_is_not(road: Road) -> None:
    start = date(2026, 11, 23)
    earliest = plan_road(road, Facts(plan_start=start)).earliest
    assert earliest is not None
    assert plan_road(road, Facts(wished=earliest, plan_start=start)).verdict == "tight"
    before = working_days_later(earliest, -1)
    assert plan_road(road, Facts(wished=before, plan_start=start)).verdict == "too_early"


def test_months_of_running_are_never_shortened(road: Road) -> None:
    effective = date(2026, 11, 2)
    plan = plan_road(road, Facts(wished=date(2027, 2, 26), effective=effective))
    assert plan.verdict == "too_early"
    assert slot(plan, "self_assessment")[0] >= date(2027, 2, 2)


# ---- what the company knows and has decided


def test_dates_set_by_the_company_stand_as_they_are(road: Road) -> None:
    fixed = {
        "self_assessment": date(2026, 11, 10),
        "application_file": date(2026, 11, 30),
        "onsite": date(2026, 12, 21),
    }
    facts = Facts(wished=date(2027, 1, 29), effective=date(2026, 3, 16), fixed=fixed)
    plan = plan_road(road, facts)
    assert plan.verdict == "tight"
    assert slot(plan, "self_assessment")[1] == fixed["self_assessment"]
    assert slot(plan, "application_file")[1] == fixed["application_file"]
    assert slot(plan, "onsite")[0] == fixed["onsite"]
    assert_in_order_on_working_days(plan)


def test_what_follows_a_set_date_begins_at_once_and_spare_days_lie_before_the_next_one(road: Road) -> None:
    fixed = {"application_file": date(2026, 11, 30), "onsite": date(2027, 3, 1)}
    facts = Facts(wished=date(2027, 5, 28), effective=date(2026, 3, 16), fixed=fixed)
    plan = plan_road(road, facts)
    assert plan.verdict == "fits"
    assert slot(plan, "acceptance")[0] == date(2026, 12, 1)
    assert slot(plan, "onsite_preparation")[1] == working_days_later(fixed["onsite"], -1)
    assert slot(plan, "rectification")[0] == working_days_later(slot(plan, "onsite")[1], 1)
    assert slot(plan, "decision")[1] == date(2027, 5, 28)
    assert_in_order_on_working_days(plan)


def test_a_set_date_that_cannot_be_kept_is_named_with_the_latest_one(road: Road) -> None:
    facts = Facts(wished=date(2027, 1, 29), effective=date(2026, 3, 16), fixed={"onsite": date(2027, 1, 25)})
    plan = plan_road(road, facts)
    assert plan.verdict == "replan"
    assert [c.task.id for c in plan.conflicts] == ["onsite"]
    assert plan.conflicts[0].latest < plan.conflicts[0].read
    assert plan.certificate == date(2027, 1, 29)


def test_steps_before_a_known_start_of_running_have_an_end_only(road: Road) -> None:
    plan = plan_road(road, Facts(wished=date(2027, 3, 19), effective=date(2026, 5, 11)))
    building = [s for s in plan.slots if s.task.id in ("prepare", "build", "managers", "issue")]
    assert {(s.start, s.finish) for s in building} == {(None, date(2026, 5, 9))}


def test_training_of_managers_ends_before_the_documents_are_issued(road: Road) -> None:
    plan = plan_road(road, Facts(wished=date(2027, 12, 31), plan_start=date(2026, 11, 23)))
    assert slot(plan, "managers")[1] < slot(plan, "issue")[0]


def test_without_a_start_the_plan_goes_back_from_the_wish_and_judges_nothing(road: Road) -> None:
    plan = plan_road(road, Facts(wished=date(2027, 12, 31)))
    assert plan.verdict == "from_wish"
    assert plan.earliest is None
    assert plan.latest_start == line(plan)[0][0]


def test_without_a_wish_the_plan_goes_forward(road: Road) -> None:
    plan = plan_road(road, Facts(effective=date(2026, 5, 11)))
    assert plan.verdict == "from_start"
    assert plan.certificate == plan.usual


def test_without_any_date_the_plan_counts_weeks(road: Road) -> None:
    plan = plan_road(road, Facts())
    assert plan.verdict == "relative"
    assert plan.slots[0].weeks == (1, 1)
    weeks = [s.weeks for s in plan.slots if not s.task.beside]
    assert all(a[1] <= b[1] for a, b in pairwise(weeks))
    assert not any(s.start or s.finish for s in plan.slots)


def test_a_wish_on_a_sunday_is_met_on_the_working_day_before(road: Road) -> None:
    plan = plan_road(road, Facts(wished=date(2027, 12, 26), plan_start=date(2026, 11, 23)))
    assert plan.certificate == date(2027, 12, 24)


def test_durations_are_data(road: Road) -> None:
    longer = replace(road, tasks=tuple(replace(t, least=t.least + 1, days=t.days + 1) for t in road.tasks))
    start = date(2026, 11, 23)
    first, second = (plan_road(r, Facts(plan_start=start)).earliest for r in (road, longer))
    assert first is not None and second is not None and first < second
