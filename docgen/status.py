"""Where a company stands: facts known, set built, files edited by hand, score, dates due, what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from docgen.batch.sources import Client
from docgen.library import Library
from docgen.pipeline import Prepared, prepare
from docgen.profile.completeness import completeness
from docgen.profile.loading import LoadedProfile
from docgen.publish.manifest import MANIFEST, files_of, read_manifest
from docgen.records import dataclass
from docgen.score import Forecast, forecast
from docgen.score.needs import load_needs

SOON = timedelta(days=90)
_HAPPENED = frozenset({"due_training"})  # a session that is past was held or not: the records tell, not the date
_BEFORE = ("build", "apply", "reevaluation")  # stages at which the application is still to come
# at a later stage what comes before it was done: a paper of the stage proves it, not the date
_DUE_AT = {
    "due_self_assessment": _BEFORE,
    "due_application": _BEFORE,
    "due_audit": (*_BEFORE, "document_review", "onsite"),
    "due_surveillance": ("surveillance",),
}


@dataclass(frozen=True, slots=True)
class Due:
    """A date that matters. `code` is a row of the message table, `what` whose or which."""

    day: date
    code: str
    what: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Status:
    """One company. `built` is when the set was last written; `edited` are files changed since."""

    name: str
    profile: Path
    folder: Path  # where its set lies or would lie
    errors: int
    warnings: int
    known: Mapping[str, tuple[int, int]]  # level → known, applicable
    built: datetime | None
    documents: int
    edited: tuple[str, ...]
    missing_files: tuple[str, ...]
    outlook: Forecast
    due: tuple[Due, ...]
    stale: bool  # the profile changed after the set was written
    findings: Mapping[str, int]  # of the audit of the built set, by severity; empty where it was not asked for


def status_of(client: Client, built: Path, library: Library, today: date, *, audit: bool = True) -> Status:
    """The status of one client whose set lies in the folder `built`; `audit` reads the set too. Raises DocgenError
    where the profile cannot be read."""
    loaded = client.load()
    prepared = prepare(loaded, library)
    profile = prepared.profile
    catalogue = library.catalogue
    shares = completeness(profile, prepared.apart).shares
    needs = load_needs(library.roots, catalogue)
    outlook = forecast(
        profile, prepared.company.plan, catalogue, needs, prepared.points, prepared.gaps, prepared.assumed
    )
    when, documents, edited, missing = _built(built)
    changed = when is not None and any(path.stat().st_mtime > when.timestamp() for path in client.files)
    severities = [d.severity.value for d in prepared.diagnostics]
    return Status(
        profile.company.full_name or client.tail,
        client.path,
        built,
        severities.count("error"),
        severities.count("warning"),
        {level.value: (share.known, share.total) for level, share in shares.items()},
        when,
        documents,
        tuple(edited),
        tuple(missing),
        outlook,
        tuple(sorted(_dates(prepared, today), key=lambda due: due.day)),
        changed,
        _findings(built, loaded, library, today) if audit and when else {},
    )


def _findings(folder: Path, profile: LoadedProfile, library: Library, today: date) -> dict[str, int]:
    from docgen.audit import AuditOptions, audit_folder

    found = audit_folder(folder, library, AuditOptions(profile=profile, today=today)).findings
    severities = [finding.severity.value for finding in found]
    return {name: severities.count(name) for name in ("error", "warning", "note")}


def _built(folder: Path) -> tuple[datetime | None, int, list[str], list[str]]:
    try:
        manifest = read_manifest(folder)
        written = (folder / MANIFEST).stat().st_mtime
    except (OSError, ValueError):
        return None, 0, [], []
    edited: list[str] = []
    missing: list[str] = []
    for name, digest in files_of(manifest).items():
        try:
            if sha256((folder / name).read_bytes()).hexdigest() != digest:
                edited.append(name)
        except OSError:
            missing.append(name)
    return datetime.fromtimestamp(written), len(manifest["documents"]), edited, missing


def _dates(prepared: Prepared, today: date) -> Iterator[Due]:
    """Dates due within the next quarter, and those that passed without a sign of being done."""
    stage = prepared.profile.certification.stage
    for day, code, what in _all_dates(prepared.profile):
        if stage and stage not in _DUE_AT.get(code, (stage,)):
            continue
        if day and day <= today + SOON and (day >= today or code not in _HAPPENED):
            yield Due(day, code, what, day < today)


def _all_dates(profile: Any) -> Iterator[tuple[date | None, str, str]]:
    certificate = profile.certification.certificate
    yield certificate.valid_to, "due_certificate", certificate.number or ""
    if certificate.issued and certificate.valid_to:
        for year in (1, 2):
            day = _plus_years(certificate.issued, year)
            if day < certificate.valid_to:
                yield day, "due_surveillance", str(year)
    for manager in profile.staff.certified_service_managers:
        yield manager.valid_to, "due_manager", manager.name or ""
    for item in profile.resources.equipment:
        yield item.calibrated_to, "due_calibration", item.name or ""
    for paper in profile.company.certificates:
        yield paper.valid_to, "due_paper", paper.name or ""
    plan = profile.certification
    for day, code in (
        (plan.self_assessment_date, "due_self_assessment"),
        (plan.application_date, "due_application"),
        (plan.planned_audit_date, "due_audit"),
    ):
        yield day, code, ""
    for session in profile.training.sessions:
        yield session.date, "due_training", session.topic or ""
    for finding in profile.findings:
        if not finding.closed:
            yield finding.due, "due_finding", finding.description or ""


def _plus_years(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
