"""The organisation as a tree for the chart, from the same departments as the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docgen.document.layouts import Unit
from docgen.profile.profile import Profile
from docgen.templating.builder import plain
from docgen.templating.values import finalize


def organization_tree(profile: Profile, context: Mapping[str, Any], words: Mapping[str, str]) -> Unit:
    """Top management, its representative, the departments, and the outlets under the service department."""
    organization = profile.organization

    def shown(name: str) -> str:
        return plain(finalize(context[name]))

    outlets = []
    for kind in ("own", "authorized"):
        count = sum(outlet.type == kind for outlet in profile.outlets)
        if count:
            outlets.append(Unit(words[f"{kind}_outlets"].format(count=count)))
    units = []
    service = shown("dept__service")
    for department in organization.departments:
        if not department.name:
            continue
        children = tuple(outlets) if department.name == service else ()
        units.append(Unit(department.name, department.head or "", children))
    if not units:
        names = dict.fromkeys(
            shown(f"dept__{f}")
            for f in (
                "service",
                "contact_centre",
                "technical",
                "quality",
                "sales",
                "logistics",
                "hr",
                "finance",
            )
        )
        units = [Unit(name, "", tuple(outlets) if name == service else ()) for name in names]
    supervisor = organization.supervisor
    known = {d.name for d in organization.departments}
    if supervisor.title and supervisor.department not in known:
        units.append(Unit(supervisor.title, words["supervisor_apart"]))
    top = organization.top_management
    middle = organization.management_representative
    if middle.title and middle.name != top.name:
        inner = Unit(shown("role__management_representative"), middle.name or "", tuple(units))
        return Unit(shown("role__top_management"), top.name or "", (inner,))
    return Unit(shown("role__top_management"), top.name or "", tuple(units))
