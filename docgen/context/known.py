"""What a profile calls by names: industry, roles, words and revised documents, by id or by their Chinese names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from docgen.catalogue import Catalogue
from docgen.catalogue.laws import choice_faults
from docgen.context.plan import Plan, names_of
from docgen.diagnostics import Diagnostic, Severity
from docgen.profile.loading import LoadedProfile
from docgen.profile.profile import Profile
from docgen.templating.vocabulary import nearest


def with_ids(loaded: LoadedProfile, catalogue: Catalogue) -> tuple[Profile, list[Diagnostic]]:
    """The profile with ids where it says names, and what in it the catalogue does not know."""
    profile, found = loaded.profile, list[Diagnostic]()
    word = profile.company.industry
    if word:
        industry = catalogue.industry_id(word)
        if not industry:
            names = {entry.id: entry.name for entry in catalogue.industries()}
            found.append(_unknown("C004", loaded, "company.industry", word, names))
        elif industry != word:
            profile = profile.changed(company=profile.company.changed(industry=industry))
    profile, strange = _with_role_ids(profile, loaded, {role.id: role.title for role in catalogue.roles.values()})
    found += strange
    ids = {word: id for id, word in catalogue.terms.items()} | {id: id for id in catalogue.terms}
    if any(name not in catalogue.terms for name in profile.terms):
        found += [
            _unknown("P311", loaded, f"terms.{name}", name, catalogue.terms)
            for name in profile.terms
            if name not in ids
        ]
        profile = profile.changed(terms={ids.get(name, name): word for name, word in profile.terms.items()})
    return profile, found


def _with_role_ids(
    profile: Profile, loaded: LoadedProfile, titles: Mapping[str, str]
) -> tuple[Profile, list[Diagnostic]]:
    positions = profile.organization.positions
    if all(role in titles for position in positions for role in position.role):
        return profile, []
    ids = {title: id for id, title in titles.items()}
    found = [
        _unknown("P310", loaded, f"organization.positions[{number}].role[{place}]", role, titles)
        for number, position in enumerate(positions)
        for place, role in enumerate(position.role)
        if role not in titles and role not in ids
    ]
    changed = tuple(p.changed(role=tuple(ids.get(role, role) for role in p.role)) for p in positions)
    return profile.changed(organization=profile.organization.changed(positions=changed)), found


def unknown_industry(read: str, catalogue: Catalogue) -> Diagnostic:
    """An industry nobody knows, where no profile says it."""
    return Diagnostic("C004", Severity.ERROR, values=_told(read, {i.id: i.name for i in catalogue.industries()}))


def strange_revisions(loaded: LoadedProfile, profile: Profile, plan: Plan) -> list[Diagnostic]:
    """Revisions of a document the set does not have: their version would stand nowhere."""
    there = [*plan.all(), *plan.other_stages.values()]
    names = {name for p in there for name in names_of(p)}
    return [
        Diagnostic(
            "P312",
            Severity.WARNING,
            loaded.place(f"documents.revisions[{number}].document"),
            {"read": revision.document},
            nearest(revision.document, names),
        )
        for number, revision in enumerate(profile.documents.revisions)
        if revision.document and revision.document not in names
    ]


def strange_procedures(loaded: LoadedProfile, profile: Profile, plan: Plan) -> list[Diagnostic]:
    """Documents a post is said to carry out and the set does not have: its duties would stand in none."""
    kinds = ("procedure", "specification")
    names = {name for p in plan.documents.values() if p.kind in kinds for name in names_of(p)}
    return [
        Diagnostic(
            "P313",
            Severity.WARNING,
            loaded.place(f"organization.positions[{number}].documents[{place}]"),
            {"read": document},
            nearest(document, names),
        )
        for number, position in enumerate(profile.organization.positions)
        for place, document in enumerate(position.documents)
        if document not in names
    ]


def strange_laws(loaded: LoadedProfile, catalogue: Catalogue) -> list[Diagnostic]:
    """Slips in the laws a profile adds or leaves out."""
    chosen = loaded.profile.laws
    return [
        replace(fault, place=loaded.place(fault.place.key))
        for fault in choice_faults(catalogue.laws, chosen.extra, chosen.drop)
    ]


def _unknown(code: str, loaded: LoadedProfile, path: str, read: str, known: Mapping[str, str]) -> Diagnostic:
    near = nearest(read, [*known, *known.values()])
    return Diagnostic(code, Severity.ERROR, loaded.place(path), _told(read, known) | {"path": path}, near)


def _told(read: str, known: Mapping[str, str]) -> dict[str, str]:
    return {"read": read, "known": _listed(known.items())}


def _listed(known: Iterable[tuple[str, str]]) -> str:
    return "、".join(f"{id}（{name}）" for id, name in known)
