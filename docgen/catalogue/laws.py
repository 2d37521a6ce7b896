"""Working out which rows of the law catalogue bind a company."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from docgen.catalogue.models import Confidence, Industry, Law
from docgen.catalogue.names import nearest
from docgen.diagnostics import Diagnostic, Place, Severity

_ID = re.compile(r"^[a-z0-9][a-z0-9-]+$")


def applies(law: Law, industry: Industry | None, flags: Collection[str]) -> bool:
    """True if the row binds a company of that industry for which `flags` hold."""
    if law.replaced_by:
        return False
    if law.everywhere:
        return True
    held = set(flags) | set(industry.traits if industry else ())
    if not set(law.flags) <= held or (law.any_flags and not held & set(law.any_flags)):
        return False
    named = industry is not None and law.id in industry.laws
    if law.listed or law.industries:
        return named or (industry is not None and industry.id in law.industries)
    return True


def applicable(
    laws: Mapping[str, Law],
    industry: Industry | None,
    flags: Collection[str],
    extra: Iterable[str] = (),
    drop: Iterable[str] = (),
) -> tuple[Law, ...]:
    """The rows that bind the company, in the order of the catalogue, then those the company names itself.

    `extra` holds ids of rows or titles as the company writes them; `drop` holds ids.
    """
    added = tuple(extra)
    dropped = set(drop)
    found = [
        law
        for law in laws.values()
        if law.id not in dropped and (applies(law, industry, flags) or (law.id in added and not law.replaced_by))
    ]
    own = [text for text in dict.fromkeys(added) if text not in laws and text not in dropped]
    return (*found, *(_named_by_company(number, text) for number, text in enumerate(own, start=1)))


def _named_by_company(number: int, title: str) -> Law:
    return Law(
        id=f"company-{number}",
        kind="other",
        title=title,
        number="",
        published=None,
        in_force=None,
        edition="",
        replaces="",
        replaced_by="",
        confidence=Confidence.COMPANY,
        checked=None,
        everywhere=False,
        listed=True,
        industries=(),
        flags=(),
        any_flags=(),
        clauses=(),
        demands="",
        note="",
    )


def choice_faults(laws: Mapping[str, Law], extra: Iterable[str], drop: Iterable[str]) -> list[Diagnostic]:
    """Slips in the laws a profile adds or leaves out, by the path of the fact; a law of the company's own is none."""
    found = []
    for position, name in enumerate(extra):
        place = Place(key=f"laws.extra[{position}]")
        if name not in laws:
            near = nearest(name, laws) if _ID.match(name) else ""
            if near:
                found.append(Diagnostic("K036", Severity.WARNING, place, {"name": name}, near))
        elif laws[name].replaced_by:
            values = {"name": name, "replaced_by": laws[name].replaced_by}
            found.append(Diagnostic("K038", Severity.WARNING, place, values))
    for position, name in enumerate(drop):
        if name not in laws:
            place = Place(key=f"laws.drop[{position}]")
            found.append(Diagnostic("K037", Severity.WARNING, place, {"name": name}, nearest(name, laws)))
    return found
