from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.catalogue import TERMS, Catalogue
from docgen.catalogue.proposals import proposal_faults
from docgen.profile.values import Duration

INDUSTRIES = (
    "appliances",
    "auto_parts",
    "electronics",
    "furniture",
    "general",
    "instruments",
    "machinery",
    "software",
    "telecom",
    "toys",
)
# subjects every yearly plan must have
SUBJECTS = {
    "standard",
    "law",
    "skill",
    "culture",
    "complaint",
    "safety",
    "privacy",
    "induction",
    "certified_manager",
}


def test_these_industries_are_shipped(catalogue: Catalogue) -> None:
    assert catalogue.industry_ids == INDUSTRIES


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_every_industry_has_the_same_terms(catalogue: Catalogue, industry: str) -> None:
    terms = catalogue.industry(industry).terms
    assert set(terms) == set(TERMS)
    assert all(word.strip() for word in terms.values())


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_proposed_values_fit_fields_of_the_profile(catalogue: Catalogue, industry: str) -> None:
    assert proposal_faults(catalogue.industry(industry)) == []


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_every_indicator_has_a_proposed_target_unless_its_business_is_missing(
    catalogue: Catalogue, industry: str
) -> None:
    defaults = catalogue.industry(industry).defaults
    for kpi in catalogue.kpis.values():
        if not kpi.when:
            assert f"kpis.{kpi.id}.target" in defaults, kpi.id


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_complaint_limits_grow_from_acknowledging_to_closing_and_shrink_with_gravity(
    catalogue: Catalogue, industry: str
) -> None:
    defaults = catalogue.industry(industry).defaults

    def limit(grade: str, step: str) -> Duration:
        return Duration.parse(str(defaults[f"complaints.{grade}.{step}"]))

    for grade in ("general", "serious", "major"):
        assert limit(grade, "acknowledge") < limit(grade, "plan") <= limit(grade, "close")
    for step in ("acknowledge", "plan"):
        assert limit("major", step) < limit("serious", step) < limit("general", step)


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_remote_places_wait_no_shorter_than_the_city(catalogue: Catalogue, industry: str) -> None:
    defaults = catalogue.industry(industry).defaults
    if "service.arrival_time_city" in defaults:
        city, remote = (Duration.parse(str(defaults[f"service.arrival_time_{where}"])) for where in ("city", "remote"))
        assert city <= remote


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_proposed_training_covers_the_subjects_of_a_year(catalogue: Catalogue, industry: str) -> None:
    topics = catalogue.industry(industry).training_topics
    assert 8 <= len(topics) <= 14
    assert {topic.category for topic in topics} >= SUBJECTS
    assert [topic.month for topic in topics] == sorted(topic.month for topic in topics)


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_proposed_induction_hours_agree_with_the_induction_session(catalogue: Catalogue, industry: str) -> None:
    entry = catalogue.industry(industry)
    hours = {topic.hours for topic in entry.training_topics if topic.category == "induction"}
    assert hours == {entry.defaults["training.induction_hours"]}


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_every_industry_has_its_own_risks(catalogue: Catalogue, industry: str) -> None:
    assert 4 <= len(catalogue.industry(industry).risks) <= 6


def test_no_two_industries_share_a_risk(catalogue: Catalogue) -> None:
    names = [risk.name for industry in catalogue.industries() for risk in industry.risks]
    assert len(set(names)) == len(names)


def test_the_legal_minimum_is_that_of_the_class(catalogue: Catalogue) -> None:
    (term,) = [term for term in catalogue.industry("appliances").statutory if term.id == "color_tv"]
    assert (term.whole_months, term.main_parts_months) == (12, 36)
    assert catalogue.industry("toys").statutory == ()


def test_a_recommended_standard_is_no_legal_duty(catalogue: Catalogue) -> None:
    assert not any(term.mandatory for term in catalogue.industry("furniture").statutory)
    assert all(term.mandatory for term in catalogue.industry("appliances").statutory)


def test_proposed_values_never_name_people_money_or_counts(catalogue: Catalogue) -> None:
    facts = (
        "company.",
        "staff.",
        "organization.",
        "outlets",
        "products",
        "resources.",
        "certification.",
        "sales.",
    )
    for industry in catalogue.industries():
        assert [path for path in industry.defaults if path.startswith(facts)] == []


def test_a_default_that_is_no_field_is_reported_with_the_nearest(catalogue: Catalogue) -> None:
    entry = catalogue.industry("toys")
    wrong = replace(entry, defaults={"service.follow_up_in": "3 天", "survey.per_year": "often", "kpis.x.goal": 1})
    found = proposal_faults(wrong)
    assert [(d.code, d.nearest) for d in found] == [("K019", "follow_up_within"), ("K020", ""), ("K019", "")]


def test_a_fact_not_asked_must_be_one_of_the_profile(catalogue: Catalogue) -> None:
    wrong = replace(catalogue.industry("toys"), not_asked=("resources.spare_parts.kind",))
    (found,) = proposal_faults(wrong)
    assert (found.code, found.nearest) == ("K019", "resources.spare_parts.kinds")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  outlet: 服务点\n", "  outlett: 服务点\n", "K111"),
        ("owner: quality_engineer", "owner: quality_enginer", "K106"),
        ("laws: [gb6675", "laws: [gb6676", "K104"),
        ("clause: 5.2.2.1", "clause: 5.2.2.9", "K101"),
        ("condition: not on_site", "condition: not onsite", "K110"),
        ("month: 11", "month: 13", "K021"),
        ("audience: [hotline_agent, sales_lead, outlet_manager]", "audience: [hotline_agents]", "K106"),
        ("    first_time_fix_rate: {target: 90}", "    first_time_fix: {target: 90}", "K108"),
        ("traits: []", "traits: [electrical]", "K110"),
        ("method: 小零件试验器}", "method: 小零件试验器, when: store_data}", "K110"),
    ],
)
def test_a_fault_in_an_industry_is_reported(damaged, old: str, new: str, code: str) -> None:  # type: ignore[no-untyped-def]
    found = damaged("industries/toys/industry.yaml", old, new)
    assert [d.code for d in found] == [code]
    assert found[0].place.file.endswith("industry.yaml")
    assert found[0].place.line >= 1
