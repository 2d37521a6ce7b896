"""The law catalogue: reading it, and working out which rows apply to a company."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from docgen.catalogue.models import Confidence, Industry, Law, OutdatedCitation
from docgen.catalogue.reading import Row, Source, index, nearest
from docgen.diagnostics import Diagnostic, Place, Severity

LAW_KINDS = ("law", "regulation", "rule", "interpretation", "standard", "other")
_ID = re.compile(r"^[a-z0-9][a-z0-9-]+$")


def _law(row: Row) -> Law:
    everywhere = listed = False
    industries: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    any_flags: tuple[str, ...] = ()
    if row.is_text("applies"):
        everywhere = row.choice("applies", ("all",)) == "all"
    else:
        condition = row.row("applies")
        listed = condition.flag("listed", False)
        industries = condition.texts("industries", ())
        flags = condition.texts("flags", ())
        any_flags = condition.texts("any", ())
        condition.done()
    return Law(
        id=row.text("id"),
        kind=row.choice("kind", LAW_KINDS),
        title=row.text("title"),
        number=row.text("number", ""),
        published=row.day("published"),
        in_force=row.day("in_force"),
        edition=row.text("edition", ""),
        replaces=row.text("replaces", ""),
        replaced_by=row.text("replaced_by", ""),
        confidence=row.confidence(),
        checked=row.day("checked"),
        everywhere=everywhere,
        listed=listed,
        industries=industries,
        flags=flags,
        any_flags=any_flags,
        clauses=row.texts("clauses", ()),
        demands=row.text("demands"),
        note=row.text("note", ""),
    )


def _outdated(row: Row) -> OutdatedCitation:
    pattern = row.text("pattern")
    try:
        re.compile(pattern)
    except re.error as error:
        row.fault("K015", "pattern", problem=str(error))
    return OutdatedCitation(
        row.text("id"),
        pattern,
        row.text("name"),
        row.texts("replaced_by", ()),
        row.text("note"),
        row.confidence(),
    )


def read_laws(source: Source) -> tuple[dict[str, Law], tuple[OutdatedCitation, ...], dict[str, str]]:
    """`laws.yaml`: the rows by id, the outdated citations, and the traits conditions may name."""
    root = source.root
    traits = {name: str(text) for name, text in root.mapping("traits").items()}
    laws = []
    for row in root.rows("laws"):
        laws.append((row, _law(row)))
        row.done()
    outdated = []
    for row in root.rows("outdated"):
        outdated.append((row, _outdated(row)))
        row.done()
    root.done()
    return index(laws), tuple(index(outdated).values()), traits


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
        if law.id not in dropped
        and (applies(law, industry, flags) or (law.id in added and not law.replaced_by))
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
    """What is doubtful about the laws a profile adds or leaves out."""
    found = []
    for position, name in enumerate(extra):
        place = Place(key=f"laws.extra[{position}]")
        if name not in laws:
            near = nearest(name, laws) if _ID.match(name) else ""
            severity = Severity.WARNING if near else Severity.NOTE
            found.append(Diagnostic("K036", severity, place, {"name": name}, near))
        elif laws[name].replaced_by:
            values = {"name": name, "replaced_by": laws[name].replaced_by}
            found.append(Diagnostic("K038", Severity.WARNING, place, values))
    for position, name in enumerate(drop):
        if name not in laws:
            place = Place(key=f"laws.drop[{position}]")
            found.append(Diagnostic("K037", Severity.WARNING, place, {"name": name}, nearest(name, laws)))
    return found
