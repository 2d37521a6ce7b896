"""Sums and statistics that can be true."""

from __future__ import annotations

from decimal import Decimal

from docgen.profile.rules.case import WARNING, Case, Faults
from docgen.profile.training import least_hours


def budget_adds_up(case: Case) -> Faults:
    """The lines of the budget sum to its total, to the last decimal."""
    budget = case.profile.resources.budget
    amounts = [line.amount for line in budget.lines]
    if budget.total is None or not amounts or None in amounts:
        return
    total = sum((amount for amount in amounts if amount is not None), Decimal(0))
    if total != budget.total:
        difference = format((total - budget.total).normalize(), "+f")
        yield case.fault("P230", "resources.budget.total", "resources.budget.lines", total=total, difference=difference)


def training_within_budget(case: Case) -> Faults:
    """Training (in 元) does not cost more than the whole budget (in 万元)."""
    budget = case.profile.resources.budget.total
    cost = sum((session.cost or Decimal(0) for session in case.profile.training.sessions), Decimal(0))
    if budget is not None and cost > budget * 10_000:
        yield case.fault("P231", "training.sessions", "resources.budget.total", value=cost, severity=WARNING)


def training_hours_suffice(case: Case) -> Faults:
    """What everybody attends and the learning in departments reach the hours promised to each person."""
    training = case.profile.training
    if training.team_hours_per_month is None or training.yearly_hours is None:
        return
    least = least_hours(case.profile)
    if least < training.yearly_hours:
        shown = format(least.normalize(), "f")
        yield case.fault("P232", "training.yearly_hours", value=training.yearly_hours, least=shown, severity=WARNING)


def statistics_are_possible(case: Case) -> Faults:
    """Closed and major complaints ≤ received; answers ≤ questionnaires sent; scores ≤ 100."""
    for part in ("closed", "major"):
        path, whole = f"complaints.statistics.{part}", "complaints.statistics.received"
        few, many = case.value(path), case.value(whole)
        if few is not None and many is not None and few > many:
            yield case.fault("P213", path, whole)
    for number, survey in enumerate(case.profile.survey.history):
        stem = f"survey.history[{number}]"
        if survey.answers is not None and survey.sent is not None and survey.answers > survey.sent:
            yield case.fault("P213", f"{stem}.answers", f"{stem}.sent")
        if survey.score is not None and survey.score > 100:
            yield case.fault("P252", f"{stem}.score")
