"""Reading the law catalogue."""

from __future__ import annotations

import re

from docgen.catalogue.models import Law, OutdatedCitation
from docgen.catalogue.reading import Row, Source, index

LAW_KINDS = ("law", "regulation", "rule", "interpretation", "standard", "other")


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
