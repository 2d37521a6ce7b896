"""Rules between facts. A rule is one function in `RULES` and yields diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic
from docgen.profile.profile import Profile
from docgen.profile.rules import dates, identity, money, people, promises
from docgen.profile.rules.case import Case, Faults, Statutory

if TYPE_CHECKING:
    from docgen.profile.loading import LoadedProfile

RULES: tuple[Callable[[Case], Faults], ...] = (
    identity.credit_code,
    identity.document_code,
    identity.color,
    identity.contact_forms,
    identity.deletions,
    dates.signing_dates,
    dates.certification_dates,
    dates.founded_first,
    dates.running_from_effective_date,
    dates.running_three_months,
    dates.certificate_periods,
    dates.sessions_in_their_month,
    dates.calibration,
    dates.version_of_the_set,
    people.signers,
    people.heads_agree,
    people.departments_fit,
    people.positions_fit,
    people.own_outlets_fit,
    people.roster_fits,
    people.compensation_is_granted,
    people.lateness_goes_to_somebody_else,
    people.names_once,
    people.enough_certified_managers,
    people.certificates_last,
    people.supervisor_is_independent,
    people.supervisor_handles_no_risk,
    people.outlets_have_agreements,
    people.provinces_are_covered,
    promises.values_in_range,
    promises.limits_escalate,
    promises.complaint_limits_escalate,
    promises.warranties_meet_the_law,
    promises.no_reason_return,
    promises.kpi_targets,
    money.budget_adds_up,
    money.training_within_budget,
    money.training_hours_suffice,
    money.statistics_are_possible,
)


def check_rules(
    profile: Profile,
    *,
    file: str = "",
    spans: Mapping[str, tuple[int, int]] | None = None,
    statutory: Statutory | None = None,
    clause_ids: Collection[str] | None = None,
    kpi_units: Mapping[str, str] | None = None,
) -> tuple[Diagnostic, ...]:
    """Every contradiction (error) and doubt (warning) between the facts, in the order of the file.

    `statutory` maps a product class to the legal minimum in months of (whole, main parts); `clause_ids` are
    the clauses that may be deleted; `kpi_units` maps indicator ids to units. What is None is not checked.
    """
    case = Case(profile, file, spans or {}, statutory, clause_ids, kpi_units)
    found = [fault for rule in RULES for fault in rule(case)]
    return tuple(sorted(found, key=lambda fault: (fault.place.line, fault.place.column)))


def check_profile(
    loaded: LoadedProfile,
    *,
    statutory: Statutory | None = None,
    clause_ids: Collection[str] | None = None,
    kpi_units: Mapping[str, str] | None = None,
) -> tuple[Diagnostic, ...]:
    """All diagnostics of a loaded profile: those of reading and those of the rules."""
    found = check_rules(
        loaded.profile,
        file=str(loaded.path),
        spans=loaded.spans,
        statutory=statutory,
        clause_ids=clause_ids,
        kpi_units=kpi_units,
    )
    return loaded.diagnostics + loaded.relocated(found)
