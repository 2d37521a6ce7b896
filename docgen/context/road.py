"""The certification work plan as templates see it: its steps with dates, what comes after, and what does not fit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from docgen.catalogue import Catalogue
from docgen.catalogue.road import BODY, Milestone, Road
from docgen.context.facts import missing
from docgen.context.plan import Plan, Planned
from docgen.context.roadplan import Facts, RoadPlan, Slot, plan_road, usual_length
from docgen.context.workdays import months_later, on_or_after, on_or_before
from docgen.document import Reference
from docgen.profile.describe import describe
from docgen.profile.profile import Profile
from docgen.templating.values import Record

_DOCUMENT_FIX, _RECTIFICATION = "document_fix", "rectification"
_KEPT = "surveillance"  # the stage at which there is nothing left to apply for


def facts_of(profile: Profile, road: Road) -> Facts:
    """The dates a profile gives for the plan."""
    certification = profile.certification
    fixed = {t.id: getattr(certification, t.fixed_by) for t in road.tasks if t.fixed_by}
    return Facts(
        wished=certification.wished_certificate_date,
        plan_start=certification.plan_start,
        effective=certification.running_since or profile.documents.effective_date,
        fixed={name: day for name, day in fixed.items() if day is not None},
    )


def put_road(flat: dict[str, Any], profile: Profile, plan: Plan, catalogue: Catalogue, roles: dict[str, Any]) -> None:
    """`road.…`, `road_tasks`, `road_after`, `road_conflicts`."""
    road = catalogue.road
    dates = plan_road(road, facts_of(profile, road))
    certificate = profile.certification.certificate
    again = bool(certificate.number or certificate.issued or certificate.valid_to)
    kept = profile.certification.stage == _KEPT
    usual, least = usual_length(road)
    known = describe()

    def day(value: date | None, path: str) -> Any:
        return value if value is not None else missing(known[path].label, path, known[path].help)

    wished = "certification.wished_certificate_date"
    granted = day(certificate.issued, "certification.certificate.issued") if kept else day(dates.certificate, wished)
    running_months = next(t.months for t in road.tasks if t.months)
    facts = facts_of(profile, road)
    run_full = months_later(facts.effective, running_months) if facts.effective else None
    values = {
        "verdict": "kept" if kept else dates.verdict,
        "wished": day(profile.certification.wished_certificate_date, wished),
        "certificate": granted,
        "earliest": day(dates.earliest, "certification.plan_start"),
        "usual": day(dates.usual, "certification.plan_start"),
        "latest_start": day(dates.latest_start, wished),
        "usual_days": usual,
        "least_days": least,
        "running_months": running_months,
        "run_full": day(run_full, "certification.running_since"),
        "fix_days": _days(dates, road, _DOCUMENT_FIX),
        "rectification_days": _days(dates, road, _RECTIFICATION),
        "again": again,
        "validity_months": road.validity_months,
    }
    values |= _renewal(profile, dates)
    granted_day = granted if isinstance(granted, date) else None
    expiry = certificate.valid_to if kept else None
    if expiry is None and granted_day:
        expiry = months_later(granted_day, road.validity_months) - timedelta(1)
    values["expiry"] = day(expiry, "certification.certificate.valid_to" if kept else wished)
    flat.update({f"road__{name}": value for name, value in values.items()})
    flat["road_tasks"] = [_task(number, slot, plan, road, roles, again) for number, slot in enumerate(dates.slots, 1)]
    flat["road_after"] = [_milestone(m, granted_day, expiry, road) for m in road.after]
    flat["road_conflicts"] = [
        Record({"title": c.task.title, "read": c.read, "latest": c.latest}) for c in dates.conflicts
    ]


def _days(dates: RoadPlan, road: Road, id: str) -> int:
    """The working days a step has in the plan; without dates the usual ones."""
    planned = next((s.days for s in dates.slots if s.task.id == id), 0)
    return planned or next((t.days for t in road.tasks if t.id == id), 0)


def _renewal(profile: Profile, dates: RoadPlan) -> dict[str, Any]:
    """Whether the application for renewal and the new certificate come before the present one ends."""
    valid_to = profile.certification.certificate.valid_to
    path = "certification.certificate.valid_to"
    if valid_to is None:
        gap = missing(describe()[path].label, path)
        return {"renew_until": gap, "apply_until": gap, "late_application": False, "late_certificate": False}
    apply_until = on_or_before(months_later(valid_to, -3))
    applied = next((s.finish for s in dates.slots if s.task.fixed_by == "application_date"), None)
    return {
        "renew_until": valid_to,
        "apply_until": apply_until,
        "late_application": applied is not None and applied > apply_until,
        "late_certificate": dates.certificate is not None and dates.certificate > valid_to,
    }


def _task(number: int, slot: Slot, plan: Plan, road: Road, roles: dict[str, Any], again: bool) -> Record:
    task = slot.task
    return Record(
        {
            "number": number,
            "phase": task.phase,
            "title": (again and task.title_again) or task.title,
            "owner": road.body if task.owner == BODY else roles[task.owner],
            "start": slot.start or "",
            "finish": slot.finish or "",
            "days": slot.days,
            "usual_days": task.days,
            "least_days": task.least,
            "months": task.months,
            "week_from": slot.weeks[0],
            "week_to": slot.weeks[1],
            "fixed": slot.fixed,
            "squeezed": slot.squeezed,
            "only_end": slot.start is None and slot.finish is not None,
            "basis": task.basis,
            "confidence": road.confidence_words[task.confidence.value],
            "papers": [paper_text(p) for p in map(_finder(plan), task.papers) if p is not None],
        }
    )


def _finder(plan: Plan) -> Any:
    return lambda id: plan.get(id) or plan.other_stages.get(id)


def paper_text(planned: Planned) -> Any:
    """《认证合同评审检查表》: the title alone, so that a paper of another stage can be named as well."""
    return Reference("form" if planned.kind == "form" else "document", planned.id, f"《{planned.title}》")


def _milestone(milestone: Milestone, granted: date | None, expiry: date | None, road: Road) -> Record:
    start: Any = ""
    finish: Any = ""
    if milestone.before_expiry and expiry:
        finish = on_or_before(months_later(expiry, -milestone.before_expiry))
    elif not milestone.before_expiry and granted:
        start = on_or_after(months_later(granted, milestone.from_months))
        finish = on_or_before(months_later(granted, milestone.months) - timedelta(1))
    return Record(
        {
            "title": milestone.title,
            "start": start,
            "finish": finish,
            "from_months": milestone.from_months,
            "months": milestone.months,
            "before_expiry": milestone.before_expiry,
            "basis": milestone.basis,
            "confidence": road.confidence_words[milestone.confidence.value],
        }
    )
