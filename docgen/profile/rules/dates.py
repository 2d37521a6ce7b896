"""Dates in their order."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from docgen.profile.rules.case import WARNING, Case, Faults

_SIGNING = ("prepared_date", "reviewed_date", "approved_date", "issue_date", "effective_date")
_CERTIFYING = (
    "running_since", "self_assessment_date", "application_date", "planned_audit_date",
    "wished_certificate_date",
)  # fmt: skip
_FOUNDED = "company.founded"


def _in_order(case: Case, paths: list[str]) -> Faults:
    known = [path for path in paths if case.value(path) is not None]
    for earlier, later in pairwise(known):
        if case.value(earlier) > case.value(later):
            yield case.fault("P200", later, earlier)


def signing_dates(case: Case) -> Faults:
    """Written ≤ checked ≤ approved ≤ issued ≤ in force."""
    yield from _in_order(case, [f"documents.{name}" for name in _SIGNING])


def certification_dates(case: Case) -> Faults:
    """Running ≤ self-assessment ≤ application ≤ audit ≤ certificate."""
    yield from _in_order(case, [f"certification.{name}" for name in _CERTIFYING])


def founded_first(case: Case) -> Faults:
    """Nothing of the system is older than the company."""
    founded = case.profile.company.founded
    if founded is None:
        return
    paths = [f"documents.{name}" for name in _SIGNING] + [f"certification.{name}" for name in _CERTIFYING]
    early = [path for path in paths if case.value(path) is not None and case.value(path) < founded]
    if early:
        yield case.fault("P200", min(early, key=case.value), _FOUNDED)


def running_from_effective_date(case: Case) -> Faults:
    """A system does not run before its documents are in force."""
    running, effective = case.profile.certification.running_since, case.profile.documents.effective_date
    if running and effective and running < effective:
        yield case.fault("P201", "certification.running_since", "documents.effective_date", severity=WARNING)


def _three_months_after(day: date) -> date:
    year, month = divmod(day.month + 2, 12)
    last = (31, 29 if (day.year + year) % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month]
    return date(day.year + year, month + 1, min(day.day, last))


def running_three_months(case: Case) -> Faults:
    """Bodies expect three months of records before the application (or the audit)."""
    since = case.profile.certification.running_since
    if since is None:
        return
    for name in ("application_date", "planned_audit_date"):
        path = f"certification.{name}"
        day = case.value(path)
        if day is not None:
            if since <= day < _three_months_after(since):
                yield case.fault("P202", "certification.running_since", path, severity=WARNING)
            return


def certificate_periods(case: Case) -> Faults:
    """Issued before the end of validity."""
    pairs = [("certification.certificate.issued", "certification.certificate.valid_to")]
    for number in range(len(case.profile.staff.certified_service_managers)):
        stem = f"staff.certified_service_managers[{number}]"
        pairs.append((f"{stem}.issued", f"{stem}.valid_to"))
    for issued, valid_to in pairs:
        yield from _in_order(case, [issued, valid_to])


def sessions_in_their_month(case: Case) -> Faults:
    """A session's date lies in its month and year."""
    training = case.profile.training
    for number, session in enumerate(training.sessions):
        path = f"training.sessions[{number}]"
        if session.date and session.month is not None and session.date.month != session.month:
            yield case.fault("P204", f"{path}.date", f"{path}.month")
        if session.date and training.year is not None and session.date.year != training.year:
            yield case.fault("P204", f"{path}.date", "training.year")


def version_of_the_set(case: Case) -> Faults:
    """The version of the set is that of the last revision of all its documents."""
    whole = [n for n, r in enumerate(case.profile.documents.revisions) if r.version and not r.document]
    if whole and case.profile.documents.version:
        path = f"documents.revisions[{whole[-1]}].version"
        if case.value(path) != case.profile.documents.version:
            yield case.fault("P207", "documents.version", path, severity=WARNING)


def calibration(case: Case) -> Faults:
    """Measuring equipment has a calibration that lasts to the audit."""
    audit = case.profile.certification.planned_audit_date
    for number, item in enumerate(case.profile.resources.equipment):
        path = f"resources.equipment[{number}]"
        if item.kind != "measuring":
            continue
        if item.calibrated_to is None:
            yield case.fault("P205", f"{path}.calibrated_to", value=item.name or f"{number + 1}", severity=WARNING)
        elif audit and item.calibrated_to < audit:
            yield case.fault("P206", f"{path}.calibrated_to", "certification.planned_audit_date", severity=WARNING)
