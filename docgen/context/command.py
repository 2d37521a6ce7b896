"""Who is above whom: the posts a matter goes to when the one who holds it does not get it done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docgen.catalogue import Catalogue
from docgen.context.facts import missing
from docgen.profile.describe import describe
from docgen.profile.profile import Profile
from docgen.templating.filters import besides

_DEPUTY = "organization.deputy"


def lines_of_command(profile: Profile, catalogue: Catalogue, roles: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Role id → the posts from this role up to the top and to who stands in for it, each with every title its holder
    goes by. The filter `besides` takes the first that is not the post it is compared with."""
    organization = profile.organization
    named = (
        ("top_management", organization.top_management),
        ("management_representative", organization.management_representative),
        ("service_head", organization.service_head),
    )
    held: dict[str, set[str]] = {}
    for role, person in named:
        held.setdefault(person.name or role, set()).update(t for t in (str(roles[role]), person.title) if t)
    alike = {title: titles for titles in held.values() for title in titles}

    def post(title: Any) -> tuple[Any, frozenset[str]]:
        return title, frozenset(alike.get(str(title), ())) | {str(title)}

    deputy = organization.deputy.title or missing(describe()[f"{_DEPUTY}.title"].label, f"{_DEPUTY}.title")
    lines: dict[str, tuple[Any, ...]] = {}
    for role in catalogue.roles:
        chain, at = [], role
        while at:
            chain.append(post(roles[at]))
            at = catalogue.roles[at].above
        lines[role] = (*chain, (deputy, frozenset()))
    return lines


def escalation(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Where a complaint goes that is late: what the company says, else the next post where it names who handles
    complaints anyway; and where it goes from there."""
    handler = flat["role__complaint_owner"]
    steps: dict[str, Any] = {}
    for grade, beyond in (("general", "service_head"), ("serious", "management_representative"), ("major", "")):
        to = flat[f"complaints__{grade}__escalate_to"]
        steps[grade] = besides(flat["above__service_head"], handler) if to == handler else to
        if beyond:
            steps[f"{grade}_next"] = besides(flat[f"above__{beyond}"], steps[grade], handler)
    return steps
