"""The organisation as a tree for the chart, from the same departments as the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docgen.document.layouts import Unit
from docgen.profile.profile import Profile
from docgen.templating.builder import plain
from docgen.templating.values import finalize

_SERVING = ("service", "contact_centre", "technical", "logistics", "quality")  # functions that work for customers
_ABOVE = frozenset({"top_management", "management_representative", "service_supervisor", "certified_manager"})


def organization_tree(profile: Profile, context: Mapping[str, Any], words: Mapping[str, str]) -> Unit:
    """Top management, its representative, the departments, and the outlets under the service department."""
    organization = profile.organization

    def shown(name: str) -> str:
        return plain(finalize(context[name]))

    outlets = _outlets(profile, words, shown("term__outlet"))
    units: list[Unit] = []
    above: list[Unit] = []  # answer to top management itself: its office and those who supervise the service
    service = shown("dept__service")
    for department in organization.departments:
        if not department.name:
            continue
        children = tuple(outlets) if department.name == service else ()
        direct = department.name == organization.supervisor.department or "management" in department.functions
        place = above if direct and department.name != service else units
        place.append(Unit(department.name, department.head or "", children))
    if not units and not above:
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
        above.append(Unit(supervisor.title, words["supervisor_apart"]))
    top = organization.top_management
    middle = organization.management_representative
    if middle.title and middle.name != top.name:
        inner = Unit(shown("role__management_representative"), middle.name or "", tuple(units))
        return Unit(shown("role__top_management"), top.name or "", (inner, *above))
    return Unit(shown("role__top_management"), top.name or "", (*units, *above))


def _outlets(profile: Profile, words: Mapping[str, str], outlet_word: str) -> list[Unit]:
    units = []
    for kind in ("own", "authorized"):
        count = sum(outlet.type == kind for outlet in profile.outlets)
        if count:
            units.append(Unit(words[f"{kind}_outlets"].format(outlet=outlet_word, count=count)))
    return units


def service_tree(profile: Profile, context: Mapping[str, Any], words: Mapping[str, str]) -> Unit:
    """The after-sales organisation: the departments that serve customers, each with its head and posts.

    Those who supervise them stand apart and are not in it."""

    def shown(value: Any) -> str:
        return plain(finalize(value))

    heads = {d.name: d.head for d in profile.organization.departments}
    posts: dict[str, list[Unit]] = {shown(context[f"dept__{f}"]): [] for f in _SERVING}
    service = shown(context["dept__service"])
    for row in context["role_list"]:
        department = shown(row.values["department"])
        if row.values["id"] in _ABOVE or department not in posts:
            continue
        count = row.values["headcount"]
        text = words["post"].format(title=shown(row.values["title"]), count=count) if count else ""
        posts[department].append(Unit(text or shown(row.values["title"])))
    posts[service] += _outlets(profile, words, shown(context["term__outlet"]))
    units = [Unit(name, heads.get(name) or "", tuple(children)) for name, children in posts.items()]
    top = profile.organization.top_management
    middle = profile.organization.management_representative
    inner = Unit(shown(context["role__management_representative"]), middle.name or "", tuple(units))
    return Unit(shown(context["role__top_management"]), top.name or "", (inner,))
