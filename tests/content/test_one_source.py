"""What two papers of a set say of one thing is said once: checks, training days, figures, laws."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from docgen.catalogue.titles import worded
from docgen.context.conditions import excluded
from docgen.context.training import training_plan
from docgen.templating.filters import rounded
from tests.content.sets import NAMES, form_text, library, prepared, texts

KINDS = (
    ("repair_checks", "spec-repair", "form-repair-order"),
    ("installation_checks", "spec-installation", "form-installation-acceptance"),
    ("visit_checks", "form-customer-visit", "form-customer-visit"),
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("kind", "document", "form"), KINDS)
def test_what_the_specification_checks_the_form_asks(name: str, kind: str, document: str, form: str) -> None:
    company, found = prepared(name).profile, texts(name)
    industry = library().catalogue.industry(company.company.industry)
    terms = {**industry.terms, **company.terms}
    if form not in found:
        return
    for check in getattr(industry, kind):
        if excluded(check.when, prepared(name).company.plan.conditions):
            assert check.item not in found[document]
            continue
        for words in (check.item, check.standard):
            assert worded(words, terms) in found[document]
            assert worded(words, terms) in found[form]


def test_a_training_day_is_not_proposed_before_the_plan_is_issued() -> None:
    profile = prepared("toys").profile
    issued = profile.documents.issue_date
    assert issued is not None
    rows, _, _ = training_plan(profile, None, {}, "退换货")
    days = [row.values["date"] for row in rows]
    assert all(isinstance(day, date) for day in days)
    assert all(day > issued for day in days if (day.year, day.month) == (issued.year, issued.month))


def test_halves_are_rounded_upwards() -> None:
    assert rounded(Decimal("6.25"), 1) == Decimal("6.3")
    assert rounded(Decimal("11.25"), 1) == Decimal("11.3")
    assert rounded(2.5) == 3


def test_a_law_the_company_names_itself_waits_to_be_checked() -> None:
    line = next(row for row in texts("telecom")["register-laws"].splitlines() if "电信设备进网管理办法" in row)
    assert "待核对" in line


@pytest.mark.parametrize("name", NAMES)
def test_the_themes_of_inspections_are_the_headings_of_their_form(name: str) -> None:
    plan, form = texts(name)["plan-supervision"], form_text(name, "form-supervision-check")
    rows = [row.split("|") for row in plan.splitlines() if row.count("|") > 6]
    themes = {row[3].strip() for row in rows if row[2].strip().isdigit() and row[1].strip() != "合计"}
    assert themes
    assert all(theme in form for theme in themes)
