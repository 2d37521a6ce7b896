"""People, departments, outlets: who may do what, and numbers of heads that agree."""

from __future__ import annotations

import re
from decimal import Decimal
from math import ceil
from typing import get_args

from docgen.profile.labels import choice_label
from docgen.profile.organization import Function
from docgen.profile.profile import Profile
from docgen.profile.rules.case import ERROR, WARNING, Case, Faults, nearest_of

_SUPERVISED = ("service", "contact_centre", "technical")
_COMPENSATION = re.compile(r"([0-9]+(?:\.[0-9]+)?) *元(?:以内|以下)的?.{0,4}?(?:补偿|赔付|赔偿|退款)")
# who does a step, who takes over when it is late
_TAKES_OVER = (("service_engineer", "technical_lead"), ("hotline_agent", "hotline_lead"))
# part ≤ whole
_HEADS = (
    ("staff.service", "staff.total"),
    ("staff.technicians", "staff.service"),
    ("staff.service_managers", "staff.service"),
    ("staff.contact_centre", "staff.service"),
)


def signers(case: Case) -> Faults:
    """The approver is not the author; nobody writes, reviews and approves alone; top management approves."""
    documents = case.profile.documents
    author, reviewer, approver = documents.prepared_by, documents.reviewed_by, documents.approved_by
    if author and approver and author == approver:
        code = "P211" if reviewer == author else "P210"
        yield case.fault(code, "documents.approved_by", "documents.prepared_by")
    top = case.profile.organization.top_management.name
    if approver and top and approver != top:
        yield case.fault("P212", "documents.approved_by", "organization.top_management.name", severity=WARNING)


def heads_agree(case: Case) -> Faults:
    """A part of the staff is not larger than the whole."""
    for part, whole in _HEADS:
        few, many = case.value(part), case.value(whole)
        if few is not None and many is not None and few > many:
            yield case.fault("P213", part, whole)


def departments_fit(case: Case) -> Faults:
    """The departments together have no more people than the company."""
    counts = [department.headcount or 0 for department in case.profile.organization.departments]
    total = case.profile.staff.total
    if total is not None and sum(counts) > total:
        yield case.fault("P214", "organization.departments", "staff.total", value=sum(counts))


def positions_fit(case: Case) -> Faults:
    """The positions of a department together have no more people than the department."""
    organization = case.profile.organization
    for number, department in enumerate(organization.departments):
        taken = sum(p.headcount or 0 for p in organization.positions if p.department == department.name)
        if department.name and department.headcount is not None and taken > department.headcount:
            path = f"organization.departments[{number}].headcount"
            yield case.fault("P215", path, name=department.name, taken=taken, severity=WARNING)


def own_outlets_fit(case: Case) -> Faults:
    """People in the company's own outlets are its own people."""
    own = sum(outlet.staff or 0 for outlet in case.profile.outlets if outlet.type == "own")
    total = case.profile.staff.total
    if total is not None and own > total:
        yield case.fault("P216", "outlets", "staff.total", value=own)


def roster_fits(case: Case) -> Faults:
    """The roster has no more people than the after-sales staff, and names known departments and outlets."""
    people = case.profile.organization.people
    service = case.profile.staff.service
    if service is not None and len(people) > service:
        yield case.fault("P217", "organization.people", "staff.service", value=len(people))
    departments = {d.name for d in case.profile.organization.departments if d.name}
    outlets = {name for o in case.profile.outlets for name in (o.name, o.code) if name}
    for number, person in enumerate(people):
        path = f"organization.people[{number}]"
        if person.department and departments and person.department not in departments:
            near = nearest_of(person.department, departments)
            yield case.fault("P218", f"{path}.department", nearest=near, severity=WARNING)
        if person.outlet and outlets and person.outlet not in outlets:
            near = nearest_of(person.outlet, outlets)
            yield case.fault("P218", f"{path}.outlet", nearest=near, severity=WARNING)
    for number, position in enumerate(case.profile.organization.positions):
        if position.department and departments and position.department not in departments:
            near = nearest_of(position.department, departments)
            where = f"organization.positions[{number}].department"
            yield case.fault("P218", where, nearest=near, severity=WARNING)


def compensation_is_granted(case: Case) -> Faults:
    """Compensation is decided by known posts, and a duty grants none that the complaint procedure does not."""
    limits = case.profile.complaints.compensation_limits
    positions = case.profile.organization.positions
    heads = case.profile.organization
    named = (heads.top_management, heads.management_representative, heads.service_head, heads.supervisor)
    titles = {title for title in (*(p.title for p in positions), *(p.title for p in named)) if title}
    for number, limit in enumerate(limits):
        if limit.post and positions and limit.post not in titles:
            near = nearest_of(limit.post, titles)
            yield case.fault("P229", f"complaints.compensation_limits[{number}].post", nearest=near, severity=WARNING)
    granted = {(limit.post, limit.amount) for limit in limits}
    for number, position in enumerate(positions):
        for place, duty in enumerate(position.duties):
            found = _COMPENSATION.search(duty)
            if found and (position.title, Decimal(found.group(1))) not in granted:
                where = f"organization.positions[{number}].duties[{place}]"
                yield case.fault("P234", where, title=position.title or "—", severity=WARNING)


def lateness_goes_to_somebody_else(case: Case) -> Faults:
    """Who takes over what is late is another post than the one that is late with it."""
    for number, position in enumerate(case.profile.organization.positions):
        for doer, above in _TAKES_OVER:
            if {doer, above} <= set(position.role):
                path = f"organization.positions[{number}].role"
                title = position.title or "—"
                yield case.fault("P235", path, value=title, doer=doer, above=above, severity=WARNING)


def names_once(case: Case) -> Faults:
    """Departments, outlet codes and product names are there once."""
    lists = (
        ("organization.departments", "name"),
        ("outlets", "code"),
        ("outlets", "name"),
        ("products", "name"),
    )
    for path, name in lists:
        seen: dict[str, str] = {}
        for number, item in enumerate(case.value(path)):
            word = getattr(item, name)
            where = f"{path}[{number}].{name}"
            if word and word in seen:
                yield case.fault("P219", where, seen[word])
            elif word:
                seen[word] = where


def enough_certified_managers(case: Case) -> Faults:
    """At least 10 % of the service managers, and one, hold the certificate (clause 5.1.2)."""
    staff = case.profile.staff
    have = len(staff.certified_service_managers)
    need = max(1, ceil((staff.service_managers or 0) / 10))
    if have >= need or (have == 0 and staff.service_managers is None):
        return
    severity = ERROR if have else WARNING  # an empty list may only not be filled in yet
    path = "staff.certified_service_managers"
    yield case.fault("P220", path, "staff.service_managers", value=have, need=need, severity=severity)


def certificates_last(case: Case) -> Faults:
    """A manager's certificate is valid on the day of the audit."""
    audit = case.profile.certification.planned_audit_date
    for number, manager in enumerate(case.profile.staff.certified_service_managers):
        if audit and manager.valid_to and manager.valid_to < audit:
            path = f"staff.certified_service_managers[{number}].valid_to"
            yield case.fault("P221", path, "certification.planned_audit_date", name=manager.name or "—")


def supervisor_is_independent(case: Case) -> Faults:
    """The supervisor belongs to no department that is supervised, and heads none (clause 5.1.5)."""
    supervisor = case.profile.organization.supervisor
    for number, department in enumerate(case.profile.organization.departments):
        supervised = [name for name in _SUPERVISED if name in department.functions]
        if not supervised or not department.name:
            continue
        path = f"organization.departments[{number}]"
        if "supervision" in department.functions:
            yield case.fault("P227", f"{path}.functions", value=department.name, severity=WARNING)
        if supervisor.department == department.name:
            work = "、".join(choice_label(name, get_args(Function)) for name in supervised)
            yield case.fault("P222", "organization.supervisor.department", f"{path}.name", work=work)
        if supervisor.name and supervisor.name == department.head:
            yield case.fault("P223", "organization.supervisor.name", f"{path}.head")
    if supervisor.name and supervisor.name == case.profile.organization.service_head.name:
        yield case.fault("P223", "organization.supervisor.name", "organization.service_head.name")
    if supervisor.full_time is False:
        yield case.fault("P224", "organization.supervisor.full_time", severity=WARNING)


def supervisor_handles_no_risk(case: Case) -> Faults:
    """Who times and judges the handling of an emergency does not handle it (clause 5.1.5)."""
    organization = case.profile.organization
    titles = {p.title for p in organization.positions if "service_supervisor" in p.role} | {
        organization.supervisor.title
    }
    for number, risk in enumerate(case.profile.emergency.risks):
        if risk.owner and risk.owner in titles:
            yield case.fault("P228", f"emergency.risks[{number}].owner", name=risk.name or "—", severity=WARNING)


def outlets_have_agreements(case: Case) -> Faults:
    """An authorized outlet works under an agreement (clause 5.1.1)."""
    for number, outlet in enumerate(case.profile.outlets):
        if outlet.type == "authorized" and not outlet.agreement:
            name = outlet.name or outlet.code or str(number + 1)
            yield case.fault("P225", f"outlets[{number}].agreement", value=name, severity=WARNING)


def province_stem(name: str) -> str:
    """The name of a province without its kind: `广西壮族自治区` → 广西, `广东省` → 广东."""
    for ending in ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "省", "市"):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name


def provinces_without_outlet(profile: Profile) -> list[str]:
    """The provinces sold to that no outlet lies in or serves."""
    inside = {province_stem(outlet.province) for outlet in profile.outlets if outlet.province}
    areas = [outlet.area for outlet in profile.outlets if outlet.area]
    stems = {name: province_stem(name) for name in profile.sales.provinces}
    return [name for name, stem in stems.items() if stem not in inside and not any(stem in area for area in areas)]


def provinces_are_covered(case: Case) -> Faults:
    """Every province sold to has an outlet or another way of service that is stated (clause 5.1.1)."""
    if case.profile.sales.uncovered_provinces or not case.profile.outlets:
        return
    missing = provinces_without_outlet(case.profile)
    if missing:
        yield case.fault("P226", "sales.provinces", "outlets", value="、".join(missing), severity=WARNING)
