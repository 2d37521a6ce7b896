"""From the rows of catalogue files to typed entries; what one file alone can tell is checked here."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar, get_args

from docgen.catalogue.models import (
    Clause,
    Document,
    Evidence,
    Expectation,
    Form,
    Function,
    Kpi,
    OtherScheme,
    Predecessor,
    RatingBand,
    Responsibility,
    Role,
    Rule,
    Scoring,
    SpecialDeduction,
    Standard,
    Variant,
)
from docgen.catalogue.reading import Row, Source, index
from docgen.profile.company import Stage

DOCUMENT_KINDS = (
    "manual", "procedure", "specification", "policy", "plan", "register",
    "annex", "report", "application", "pack",
)  # fmt: skip
STAGES: tuple[str, ...] = get_args(Stage)
FORM_LAYOUTS = ("event", "register", "sheet")
T = TypeVar("T")


def _each(rows: list[Row], make: Callable[[Row], T]) -> list[tuple[Row, T]]:
    found = []
    for row in rows:
        found.append((row, make(row)))
        row.done()
    return found


def _entries(rows: list[Row], make: Callable[[Row], T]) -> tuple[T, ...]:
    return tuple(index(_each(rows, make)).values())


def _rule(row: Row) -> Rule:
    return Rule(row.text("id"), row.text("name"), row.text("text"), row.confidence())


def _scoring(row: Row) -> Scoring:
    scoring = Scoring(
        special_deduction_points=row.number("special_deduction_points"),
        special_deduction_limit=row.number("special_deduction_limit"),
        special_bonus_points=row.number("special_bonus_points"),
        special_bonus_maximum=row.number("special_bonus_maximum"),
        display_maximum=row.number("display_maximum"),
        display_decimals=row.number("display_decimals"),
        rules=_entries(row.rows("rules"), _rule),
        special_deductions=_entries(
            row.rows("special_deductions"), lambda item: SpecialDeduction(item.text("id"), item.text("text"))
        ),
    )
    row.done()
    return scoring


def _predecessor(row: Row) -> Predecessor:
    predecessor = Predecessor(row.text("number"), row.day("in_force"), row.text("note", ""), row.confidence())
    row.done()
    return predecessor


def _scheme(row: Row) -> OtherScheme:
    return OtherScheme(row.text("id"), row.texts("words"), row.text("name"), row.text("warning"), row.confidence())


def _band(row: Row) -> RatingBand:
    return RatingBand(row.text("id"), row.text("name"), row.number("minimum"), row.confidence())


def read_standard(source: Source) -> Standard:
    """`standard.yaml`: identity, bands, scoring rules."""
    row = source.root
    chapters = {}
    for item in row.rows("chapters"):
        chapters[item.text("clause")] = item.number("points")
        item.confidence()
        item.done()
    bands = _each(row.rows("bands"), _band)
    for (_, lower), (at, upper) in pairwise(bands):
        if upper.minimum <= lower.minimum:
            at.fault("K012", "minimum", band=upper.id)
    row.confidence("object_confidence")
    standard = Standard(
        id=row.text("id"),
        law=row.text("law"),
        number=row.text("number"),
        title=row.text("title"),
        published=row.day("published"),
        in_force=row.day("in_force"),
        announcement=row.text("announcement", ""),
        confidence=row.confidence(),
        predecessor=_predecessor(row.row("predecessor")),
        object=row.text("object"),
        notices={name: str(text) for name, text in row.mapping("notices").items()},
        principles=_entries(row.rows("principles"), _rule),
        chapters=chapters,
        bands=tuple(index(bands).values()),
        scoring=_scoring(row.row("scoring")),
        other_schemes=_entries(row.rows("other_schemes"), _scheme),
    )
    row.done()
    return standard


def _clause(level: int) -> Callable[[Row], Clause]:
    def make(row: Row) -> Clause:
        third = level == 3
        return Clause(
            id=row.text("id"),
            name=row.text("name"),
            level=level,
            requirement=row.text("requirement"),
            looks_for=row.texts("looks_for") if third else (),
            points=row.integer("points", None) if level != 2 else None,
            placeholder_points=row.number("placeholder_points") if third else None,
            confidence=row.confidence(),
            verified=row.flag("verified"),
        )

    return make


def read_clauses(source: Source) -> dict[str, Clause]:
    """`clauses.yaml`, in the order of the standard (each clause before those below it)."""
    root = source.root
    rows: list[tuple[Row, Clause]] = []
    for level, key in ((1, "first_level"), (2, "second_level"), (3, "third_level")):
        rows += _each(root.rows(key), _clause(level))
    root.done()
    clauses = index(rows)
    for row, clause in rows:
        if clause.level > 1 and clause.parent not in clauses:
            row.fault("K014", "id", clause=clause.id)
    return dict(sorted(clauses.items(), key=lambda item: _order(item[0])))


def _order(clause: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in clause.split("."))


def _document(row: Row) -> Document:
    return Document(
        id=row.text("id"),
        kind=row.choice("kind", DOCUMENT_KINDS),
        number=row.text("number"),
        title=row.text("title"),
        clauses=row.texts("clauses"),
        template=row.text("template"),
        when=row.text("when", ""),
        xlsx=row.flag("xlsx", False),
        stages=row.choices("stages", STAGES),
        without=tuple(_variant(condition, other) for condition, other in row.named_rows("without", optional=True)),
    )


def _variant(condition: str, row: Row) -> Variant:
    found = Variant(condition, row.text("title"), row.text("template"))
    row.done()
    return found


def _form(row: Row) -> Form:
    return Form(
        id=row.text("id"),
        number=row.text("number"),
        title=row.text("title"),
        procedure=row.text("procedure"),
        clauses=row.texts("clauses"),
        layout=row.choice("layout", FORM_LAYOUTS),
        when=row.text("when", ""),
    )


def read_set(source: Source) -> tuple[dict[str, Document], dict[str, Form]]:
    """`set.yaml`: the documents and forms handed in for the standard."""
    documents = _each(source.root.rows("documents"), _document)
    forms = _each(source.root.rows("forms"), _form)
    source.root.done()
    holders: dict[str, str] = {}
    numbered: list[tuple[Row, Document | Form]] = [*documents, *forms]
    for row, entry in numbered:
        first = holders.setdefault(entry.number, entry.id)
        if first != entry.id:
            row.fault("K018", "number", number=entry.number, first=first, second=entry.id)
    return index(documents), index(forms)


def read_responsibilities(source: Source) -> dict[str, Responsibility]:
    """`responsibilities.yaml`: second-level clause → leading and supporting functions."""
    found = {}
    for clause, row in source.root.named_rows("responsibilities"):
        found[clause] = Responsibility(clause, row.text("lead"), row.texts("support", ()))
        row.done()
    source.root.done()
    return found


def read_evidence(source: Source) -> dict[str, Evidence]:
    """`evidence.yaml`: second-level clause → expected evidence and questions per function."""
    found = {}
    for clause, row in source.root.named_rows("evidence"):
        questions = row.row("questions")
        asked = {name: _expectations(questions, name) for name in row.mapping("questions")}
        found[clause] = Evidence(clause, _expectations(row, "expects"), asked)
        row.done()
    source.root.done()
    return found


def _expectations(row: Row, key: str) -> tuple[Expectation, ...]:
    return tuple(Expectation(text, when) for text, when in row.conditional_texts(key))


def read_roles(source: Source) -> tuple[dict[str, Role], dict[str, Function]]:
    """`roles.yaml`: position roles and department functions."""
    roles = {}
    for name, row in source.root.named_rows("roles"):
        documents, above = row.texts("documents", ()), row.text("above", "")
        roles[name] = Role(name, row.text("title"), row.text("function"), documents, above)
        row.done()
    functions = {}
    for name, row in source.root.named_rows("functions"):
        functions[name] = Function(name, row.text("name"), row.texts("fallback", ()), row.texts("documents", ()))
        row.done()
    source.root.done()
    return roles, functions


def read_kpis(source: Source) -> dict[str, Kpi]:
    """`kpis.yaml`: the indicators with formula, source, period, owner."""
    found = {}
    for name, row in source.root.named_rows("kpis"):
        times = row.text("times", "")
        found[name] = Kpi(
            id=name,
            name=row.text("name"),
            formula=row.text("formula"),
            sources=() if row.former("source", "sources: [{}]") else row.texts("sources"),
            period="" if times else row.text("period"),
            times=times,
            owner=row.text("owner"),
            unit=row.text("unit", ""),
            direction=row.choice("direction", ("up", "down")),
            when=row.text("when", ""),
        )
        row.done()
    source.root.done()
    return found
