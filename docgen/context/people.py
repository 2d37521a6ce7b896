"""Roles, departments and who leads which clause, as the company really has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docgen.catalogue import Catalogue
from docgen.context.facts import missing
from docgen.profile.building import example_text
from docgen.profile.completeness import FactGap
from docgen.profile.describe import describe, fields_of
from docgen.profile.organization import Department, Position
from docgen.profile.profile import Profile
from docgen.templating.values import AssumedText, Record, assume

_NAMED = {
    "top_management": "top_management",
    "management_representative": "management_representative",
    "service_head": "service_head",
    "service_supervisor": "supervisor",
}

# nobody is asked for a post of these
_BESIDE_A_POST = ("top_management", "management_representative", "certified_manager")


def role_titles(profile: Profile, catalogue: Catalogue) -> dict[str, Any]:
    """Role id → the title of the position that holds it; a title of the catalogue is a proposal."""
    by_role = {role: p.title for p in profile.organization.positions if p.title for role in p.role}
    titles: dict[str, Any] = {}
    for role in catalogue.roles.values():
        named = getattr(profile.organization, _NAMED[role.id]).title if role.id in _NAMED else None
        title = by_role.get(role.id) or named
        titles[role.id] = title or assume(role.title, f"organization.positions[{role.id}]")
    if not by_role.get("management_representative"):
        # the appointment is a function beside the person's own post
        titles["management_representative"] = catalogue.roles["management_representative"].title
    if not by_role.get("certified_manager"):
        titles["certified_manager"] = catalogue.roles["certified_manager"].title
    return titles


def department_names(profile: Profile, catalogue: Catalogue) -> dict[str, Any]:
    """Function id → the department that holds it; without any department the catalogue's name is a proposal."""
    departments = profile.organization.departments
    supervisor = profile.organization.supervisor.department
    names: dict[str, Any] = {}
    for function in catalogue.functions.values():
        if function.id == "supervision" and supervisor:
            names[function.id] = supervisor
            continue
        held = next((d for d in departments if function.id in d.functions and d.name), None)
        department = held or catalogue.department_for(function.id, departments)
        if department is not None and department.name:
            names[function.id] = department.name
        elif departments:
            names[function.id] = role_titles(profile, catalogue)[
                "service_supervisor" if function.id == "supervision" else "top_management"
            ]
        else:
            names[function.id] = assume(function.name, f"organization.departments[{function.id}]")
    return names


def responsibilities(profile: Profile, catalogue: Catalogue, roles: dict[str, Any], deleted: frozenset[str]) -> Any:
    """The responsibility matrix over the company's own departments, else over the catalogue's."""
    departments = [d for d in profile.organization.departments if d.name]
    if not departments:
        departments = [
            Department(name=f.name, functions=(f.id,)) for f in catalogue.functions.values() if f.id != "supervision"
        ]
    return catalogue.responsibility_rows(
        departments,
        leadership_title=str(roles["top_management"]),
        supervisor_title=str(roles["service_supervisor"]),
        deleted=deleted,
    )


def role_list(
    profile: Profile, catalogue: Catalogue, roles: dict[str, Any], departments: dict[str, Any], skip: set[str]
) -> list[Record]:
    """The positions of the service organisation: those that hold a role, then the company's own."""
    labels = {name: info.label for name, info in fields_of(Position).items()}
    posts = _posts(profile)
    by_role = {role: post for post in posts for role in post[1].role}
    by_title = {post[1].title: post for post in posts if post[1].title}
    rows: dict[str, Record] = {}  # by title; one post may hold several roles
    for role in catalogue.roles.values():
        title = str(roles[role.id])
        if role.id in skip or title in rows:
            continue
        found = by_title.get(title) or by_role.get(role.id)
        position = found[1] if found else None
        key = f"organization.positions[{found[0]}]" if found else post_path(profile, role.id)
        rows[title] = Record(
            {
                "id": role.id,
                "own_post": role.id not in _BESIDE_A_POST,
                "title": roles[role.id],
                "department": (position and position.department) or departments[role.function],
                "headcount": _or_gap(position, "headcount", labels, key),
                "qualification": _or_gap(position, "qualification", labels, key),
                "duties": list(position.duties) if position else [],
                "documents": _documents(position, catalogue) if position else [],
            }
        )
    own: list[Record] = []
    for place, position in posts:
        if any(role in catalogue.roles for role in position.role) or str(position.title) in rows:
            continue
        key = f"organization.positions[{place}]"
        fields = ("title", "department", "headcount", "qualification")
        told = {name: _or_gap(position, name, labels, key) for name in fields}
        documents = list(position.documents) or _of_the_department(position, profile, catalogue)
        lists = {"duties": list(position.duties), "documents": documents}
        own.append(Record({"id": "", "own_post": True, **told, **lists}))
    return [*rows.values(), *own]


def _documents(position: Position, catalogue: Catalogue) -> list[str]:
    """The documents a post carries out: those the company names, then those of the roles it holds."""
    usual = (id for role in position.role if role in catalogue.roles for id in catalogue.roles[role].documents)
    return list(dict.fromkeys((*position.documents, *usual)))


def _of_the_department(position: Position, profile: Profile, catalogue: Catalogue) -> list[str]:
    """What a post of the company's own usually carries out: the procedures of its department's first function."""
    known = catalogue.functions
    named = (d for d in profile.organization.departments if d.name and d.name == position.department)
    function = next((f for d in named for f in d.functions if f in known), None)
    return list(known[function].documents) if function else []


def _posts(profile: Profile) -> list[tuple[int, Position]]:
    """The posts with their place in the profile; what stands under one title in several rows is one post."""
    posts: list[tuple[int, Position]] = []
    places: dict[str, int] = {}
    for number, position in enumerate(profile.organization.positions):
        place = places.setdefault(position.title, len(posts)) if position.title else len(posts)
        if place == len(posts):
            posts.append((number, position))
        else:
            first, known = posts[place]
            posts[place] = (first, _joined(known, position))
    return posts


def _joined(one: Position, other: Position) -> Position:
    told = {name: getattr(one, name) or getattr(other, name) for name in ("department", "headcount", "qualification")}
    several = ("role", "duties", "documents")
    lists = {name: tuple(dict.fromkeys((*getattr(one, name), *getattr(other, name)))) for name in several}
    return one.changed(**told, **lists)


def post_path(profile: Profile, role: str) -> str:
    """Where the profile lacks the post of a role: the list itself while it is empty."""
    return f"organization.positions[{role}]" if profile.organization.positions else "organization.positions"


def roles_without_post(profile: Profile, rows: Iterable[Record]) -> list[FactGap]:
    """Gaps for the roles of a company's service that none of the posts it names holds."""
    if not profile.organization.positions:
        return []  # the list is a gap already
    posts = profile.organization.positions
    held = {role for position in posts for role in position.role} | {""}
    titles = {position.title for position in posts}
    info = describe()["organization.positions"]
    return [
        FactGap(
            post_path(profile, row.values["id"]),
            f"{info.label} {row.values['title']}",
            info.level,
            info.help,
            example_text(info),
        )
        for row in rows
        if row.values["own_post"] and row.values["id"] not in held and str(row.values["title"]) not in titles
    ]


def roster(profile: Profile, people: Iterable[Record], roles: dict[str, Any], certificate: str) -> list[Record]:
    """The service staff known by name: the list of people, then those the profile names elsewhere only, certified
    service managers (who hold `certificate`) and the heads of own outlets."""
    departments = {p.title: p.department for p in profile.organization.positions if p.title and p.department}
    places = {o.head: o.name for o in profile.outlets if o.type == "own" and o.head}
    rows = {str(person.values["name"]): person.values for person in people}
    head = str(roles["outlet_manager"])
    named = [(m.name, m.position or "", [certificate]) for m in profile.staff.certified_service_managers if m.name]
    for name, position, certificates in [*named, *((name, head, []) for name in places)]:
        values = {
            "name": name,
            "position": position,
            "department": departments.get(position, ""),
            "outlet": places.get(name, ""),
            "certificates": certificates,
        }
        rows.setdefault(name, values)
    return [
        Record(
            values | {"other_certificates": [c for c in values["certificates"] if not str(c).startswith(certificate)]}
        )
        for values in rows.values()
    ]


def proposed_names(context: Mapping[str, Any]) -> dict[str, str]:
    """Profile path → name, of the posts and departments whose names are proposals of the catalogue."""
    names = [row.values["title"] for row in context["role_list"]]
    names += [value for name, value in context.items() if name.startswith("dept__")]
    return {name.key: str(name) for name in names if isinstance(name, AssumedText)}


def department_list(profile: Profile, catalogue: Catalogue) -> list[Record]:
    """The company's departments with the names of the functions they hold."""
    labels = {name: info.label for name, info in fields_of(Department).items()}
    rows = []
    for i, department in enumerate(profile.organization.departments):
        key = f"organization.departments[{i}]"
        rows.append(
            Record(
                {
                    "name": _or_gap(department, "name", labels, key),
                    "head": _or_gap(department, "head", labels, key),
                    "headcount": _or_gap(department, "headcount", labels, key),
                    "functions": [
                        catalogue.functions[f].name for f in department.functions if f in catalogue.functions
                    ],
                    "function_ids": list(department.functions),
                    "duties": list(department.duties),
                }
            )
        )
    return rows


def _or_gap(item: Any, field: str, labels: dict[str, str], key: str) -> Any:
    value = getattr(item, field) if item is not None else None
    if value is None:
        return missing(labels[field], f"{key}.{field}" if item is not None else key)
    return value
