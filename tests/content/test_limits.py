"""A limit the company sets stands in every document, form and indicator that speaks of the matter."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from docgen.library import data_folder
from docgen.messages.marks import period_text
from docgen.pipeline import compose_all, prepare
from docgen.profile.describe import Kind, describe
from docgen.profile.fields import Part
from docgen.profile.loading import load_profile
from docgen.profile.values import Duration
from docgen.writers.text import write_text
from tests.content.sets import library, texts

# fact of the profile → documents and forms that state it
STATED = {
    "service.hotline_pick_up_time": (
        "manual", "communication-survey", "commitments-objectives", "supervision", "spec-hotline", "annex-commitment",
        "form-hotline-log", "form-mystery-visit",
    ),
    "training.team_hours_per_month": ("manual", "people-training", "plan-training"),
    "training.effect_within": ("manual", "people-training", "plan-training", "form-training-effect"),
    "supervision.compliance_evaluations_per_year": (
        "manual", "legal-compliance", "register-laws", "form-compliance-evaluation",
    ),
    "supervision.appeal_within": ("manual", "supervision", "policy-rewards", "form-reward-penalty"),
    "supervision.appeal_answer_within": ("manual", "supervision", "policy-rewards", "form-reward-penalty"),
    "supervision.outlet_assessments_per_year": (
        "manual", "outlet-management", "supervision", "plan-supervision", "spec-outlet", "form-outlet-assessment",
    ),
    "supervision.provider_evaluations_per_year": (
        "manual", "outsourcing", "packaging-delivery", "spec-delivery", "plan-supervision", "form-provider-evaluation",
    ),
    "culture.promotion_month": ("manual", "policy-care", "service-culture"),
    "culture.promotion_notice": ("manual", "policy-care", "form-staff-care"),
    "emergency.drill_again_within": ("manual", "emergency", "plan-drills", "form-drill"),
    "documents.law_checks_per_year": (
        "manual", "legal-compliance", "document-control", "register-laws", "form-law-update", "form-external-documents",
    ),
    "documents.reminders.certificates": (
        "manual", "people-training", "legal-compliance", "form-staff-roster", "form-certified-managers",
    ),
    "documents.reminders.calibration": ("manual", "parts-tools", "form-tool-register"),
    "documents.reminders.agreements": (
        "outsourcing", "take-back", "funds-resources", "plan-budget", "form-agreement-list", "form-reserve-register",
    ),
}  # fmt: skip
VALUES = {path: 701 + 13 * number for number, path in enumerate(STATED)}


def changed(part: Part, names: list[str], value: Any) -> Part:
    if len(names) > 1:
        value = changed(getattr(part, names[0]), names[1:], value)
    return part.changed(**{names[0]: value})


@cache
def texts_with_other_limits() -> dict[str, str]:
    """The set of the electronics sample with a number of its own for each limit."""
    loaded = load_profile(data_folder("company_profiles") / "electronics.yaml")
    profile = loaded.profile
    for path, number in VALUES.items():
        value = Duration(str(number), "秒") if describe()[path].kind is Kind.DURATION else number
        profile = changed(profile, path.split("."), value)  # type: ignore[assignment]
    prepared = prepare(replace(loaded, profile=profile), library())
    chosen = [p for p in prepared.company.plan.all() if p.template.endswith((".md", ".yaml"))]
    composed, _ = compose_all(prepared, chosen, library())
    return {c.planned.id: write_text(c.document) for c in composed if c.document}


@pytest.mark.parametrize("path", STATED)
def test_a_limit_stands_wherever_the_matter_is_spoken_of(path: str) -> None:
    made = texts_with_other_limits()
    assert [id for id in STATED[path] if str(VALUES[path]) not in made[id]] == []


def test_the_period_of_the_outlets_indicator_follows_their_assessments() -> None:
    times = VALUES["supervision.outlet_assessments_per_year"]
    assert all(period_text(times) in texts_with_other_limits()[id] for id in ("outlet-management", "outsourcing"))
    lines = texts("telecom")["outlet-management"].splitlines()
    (row,) = [line for line in lines if line.startswith("|") and "考核合格率" in line]
    assert "| 季 " in row


@pytest.mark.parametrize(
    ("times", "period"), [(12, "月"), (6, "2 个月"), (4, "季"), (3, "4 个月"), (2, "半年"), (1, "年"), (5, "每年 5 次")]
)
def test_times_a_year_read_as_a_period(times: int, period: str) -> None:
    assert period_text(times) == period


def test_every_indicator_whose_period_the_company_sets_names_a_count_of_the_profile() -> None:
    kpis = [kpi for kpi in library().catalogue.kpis.values() if kpi.times]
    assert kpis and all(describe()[kpi.times].kind is Kind.INTEGER for kpi in kpis)


def test_a_proposed_limit_is_marked_in_the_text() -> None:
    assert "‹20 秒›内接起" in texts("minimal")["spec-hotline"]


def test_a_proposed_period_is_marked_too() -> None:
    loaded = load_profile(data_folder("company_profiles") / "electronics.yaml")
    supervision = loaded.profile.supervision.changed(outlet_assessments_per_year=None)
    context = prepare(
        replace(loaded, profile=loaded.profile.changed(supervision=supervision)), library()
    ).company.context
    period = context["kpi__outlet_pass_rate__period"]
    assert (period, period.key) == ("半年", "supervision.outlet_assessments_per_year")
