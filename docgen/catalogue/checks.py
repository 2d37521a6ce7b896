"""Whether the files of the catalogue agree with one another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from docgen.catalogue.conditions import CONDITIONS, TERMS
from docgen.catalogue.models import (
    Clause,
    Document,
    Evidence,
    Expectation,
    Form,
    Function,
    Industry,
    Kpi,
    Law,
    OutdatedCitation,
    Responsibility,
    Role,
    Standard,
)
from docgen.catalogue.names import UNKNOWN, nearest
from docgen.catalogue.onsite import Onsite
from docgen.catalogue.reading import Key, Source
from docgen.catalogue.road import BODY, Road
from docgen.catalogue.titles import title_terms
from docgen.records import dataclass


@dataclass(frozen=True)
class Parts:
    """Everything read, before it becomes a catalogue."""

    standard: Standard
    clauses: Mapping[str, Clause]
    documents: Mapping[str, Document]
    forms: Mapping[str, Form]
    responsibilities: Mapping[str, Responsibility]
    evidence: Mapping[str, Evidence]
    roles: Mapping[str, Role]
    functions: Mapping[str, Function]
    kpis: Mapping[str, Kpi]
    terms: Mapping[str, str]
    terms_without: Mapping[str, Mapping[str, str]]
    road: Road
    onsite: Onsite
    laws: Mapping[str, Law]
    outdated: tuple[OutdatedCitation, ...]
    traits: Mapping[str, str]


def _known(source: Source, at: tuple[Key, ...], kind: str, names: Iterable[str], known: Collection[str]) -> None:
    for name in names:
        if name and name not in known:
            source.fault(UNKNOWN[kind], at, near=nearest(name, known), name=name)


def _part(number: str, position: int) -> str:
    parts = number.split("-")
    return parts[position] if position < len(parts) else ""


def _place(section: str, entries: Mapping[str, Any], name: str) -> tuple[Key, ...]:
    return (section, list(entries).index(name))


def check_standard(source: Source, parts: Parts) -> None:
    """The standard's own row in the law catalogue and its chapters exist."""
    _known(source, ("law",), "law", [parts.standard.law], parts.laws)
    _known(source, ("chapters",), "clause", parts.standard.chapters, parts.clauses)


def check_clauses(source: Source, parts: Parts) -> None:
    """Chapter points and placeholder points add up to the chapter totals."""
    for chapter, expected in parts.standard.chapters.items():
        stated = parts.clauses[chapter].points if chapter in parts.clauses else expected
        total = sum(c.placeholder_points or 0 for c in parts.clauses.values() if c.chapter == chapter)
        for value in {stated, total} - {expected}:
            source.fault("K013", ("third_level",), chapter=chapter, total=value, expected=expected)


def check_set(source: Source, parts: Parts) -> None:
    """Clauses, procedures and conditions the set names exist; form numbers carry their procedure's number."""
    for name, document in parts.documents.items():
        at = _place("documents", parts.documents, name)
        _known(source, (*at, "title"), "term", title_terms(document.title), TERMS)
        _known(source, (*at, "clauses"), "clause", document.clauses, parts.clauses)
        _known(source, (*at, "when"), "condition", [document.when], CONDITIONS)
        for variant in document.without:
            _known(source, (*at, "without"), "condition", [variant.condition], CONDITIONS)
            _known(source, (*at, "without"), "term", title_terms(variant.title), TERMS)
    for name, form in parts.forms.items():
        at = _place("forms", parts.forms, name)
        _known(source, (*at, "title"), "term", title_terms(form.title), TERMS)
        _known(source, (*at, "clauses"), "clause", form.clauses, parts.clauses)
        _known(source, (*at, "when"), "condition", [form.when], CONDITIONS)
        _known(source, (*at, "procedure"), "document", [form.procedure], parts.documents)
        procedure = parts.documents.get(form.procedure)
        if procedure and _part(procedure.number, 1) != _part(form.number, 1):
            source.fault("K022", (*at, "number"), number=form.number, procedure=procedure.number)


def check_responsibilities(source: Source, parts: Parts) -> None:
    """Every second-level clause has a row, and the functions named exist."""
    second = [clause.id for clause in parts.clauses.values() if clause.level == 2]
    for clause in second:
        if clause not in parts.responsibilities:
            source.fault("K017", ("responsibilities",), clause=clause)
    for clause, entry in parts.responsibilities.items():
        at: tuple[Key, ...] = ("responsibilities", clause)
        _known(source, at, "clause", [clause], second)
        _known(source, (*at, "lead"), "function", [entry.lead], parts.functions)
        _known(source, (*at, "support"), "function", entry.support, parts.functions)


def check_evidence(source: Source, parts: Parts) -> None:
    """Every second-level clause has evidence; functions asked, conditions and words named exist."""
    second = [clause.id for clause in parts.clauses.values() if clause.level == 2]
    for clause in second:
        if clause not in parts.evidence:
            source.fault("K023", ("evidence",), clause=clause)
    for clause, entry in parts.evidence.items():
        at: tuple[Key, ...] = ("evidence", clause)
        _known(source, at, "clause", [clause], second)
        _known(source, (*at, "questions"), "function", entry.questions, parts.functions)
        places: dict[tuple[Key, ...], Collection[Expectation]] = {(*at, "expects"): entry.expects}
        places |= {(*at, "questions", name): asked for name, asked in entry.questions.items()}
        for place, expected in places.items():
            _known(source, place, "condition", [e.when for e in expected], CONDITIONS)
            _known(source, place, "term", [term for e in expected for term in title_terms(e.text)], TERMS)


def check_roles(source: Source, parts: Parts) -> None:
    """Functions, documents and roles that roles and fallbacks name exist."""
    for name, role in parts.roles.items():
        _known(source, ("roles", name, "documents"), "document", role.documents, parts.documents)
        _known(source, ("roles", name, "function"), "function", [role.function], parts.functions)
        _known(source, ("roles", name, "above"), "role", [role.above] if role.above else [], parts.roles)
    for name, function in parts.functions.items():
        _known(source, ("functions", name, "fallback"), "function", function.fallback, parts.functions)
        _known(source, ("functions", name, "documents"), "document", function.documents, parts.documents)


def check_road(source: Source, parts: Parts) -> None:
    """Owners and papers of every step exist."""
    for position, task in enumerate(parts.road.tasks):
        at: tuple[Key, ...] = ("tasks", position)
        _known(source, (*at, "owner"), "role", [task.owner], {*parts.roles, BODY})
        _known(source, (*at, "papers"), "document", task.papers, {*parts.documents, *parts.forms})


def check_onsite(source: Source, parts: Parts) -> None:
    """Clauses, functions, documents and forms exist."""
    second = [clause.id for clause in parts.clauses.values() if clause.level == 2]
    for clause, functions in parts.onsite.answers.items():
        at: tuple[Key, ...] = ("answers", clause)
        _known(source, at, "clause", [clause], second)
        _known(source, at, "function", functions, parts.functions)
        for function, answer in functions.items():
            _known(source, (*at, function), "document", answer.read, parts.documents)
            _known(source, (*at, function), "form", answer.bring, parts.forms)


def check_kpis(source: Source, parts: Parts) -> None:
    """Every indicator's source form, owner role and condition exist."""
    for name, kpi in parts.kpis.items():
        _known(source, ("kpis", name, "name"), "term", title_terms(kpi.name + kpi.formula), TERMS)
        _known(source, ("kpis", name, "sources"), "form", kpi.sources, parts.forms)
        _known(source, ("kpis", name, "owner"), "role", [kpi.owner], parts.roles)
        _known(source, ("kpis", name, "when"), "condition", [kpi.when], CONDITIONS)


def check_laws(source: Source, parts: Parts, industries: Collection[str]) -> None:
    """Clauses, industries, flags and replacements that law rows name exist."""
    flags = CONDITIONS | set(parts.traits)
    for name, law in parts.laws.items():
        at = _place("laws", parts.laws, name)
        _known(source, (*at, "clauses"), "clause", law.clauses, parts.clauses)
        _known(source, (*at, "replaced_by"), "law", [law.replaced_by], parts.laws)
        _known(source, (*at, "applies"), "industry", law.industries, industries)
        _known(source, (*at, "applies"), "condition", (*law.flags, *law.any_flags), flags)
    for position, citation in enumerate(parts.outdated):
        _known(source, ("outdated", position, "replaced_by"), "law", citation.replaced_by, parts.laws)


def check_industry(
    source: Source,
    industry: Industry,
    *,
    clauses: Collection[str],
    laws: Collection[str],
    roles: Collection[str],
    kpis: Collection[str],
    traits: Collection[str],
    titled: Collection[str],
) -> None:
    """Everything an industry names exists."""
    _known(source, ("terms",), "term", industry.terms, TERMS)
    _known(source, ("traits",), "condition", industry.traits, traits)
    _known(source, ("laws",), "law", industry.laws, laws)
    for position, term in enumerate(industry.statutory):
        _known(source, ("statutory", position, "basis"), "law", [term.basis], laws)
    for position, deletion in enumerate(industry.typical_deletions):
        at: tuple[Key, ...] = ("typical_deletions", position)
        _known(source, (*at, "clause"), "clause", [deletion.clause], clauses)
        _known(source, (*at, "condition"), "condition", [deletion.condition.removeprefix("not ")], CONDITIONS)
    for position, risk in enumerate(industry.risks):
        _known(source, ("risks", position, "owner"), "role", [risk.owner], roles)
    for position, topic in enumerate(industry.training_topics):
        _known(source, ("training_topics", position, "audience"), "role", topic.audience, roles)
    for position, word in enumerate(industry.avoid):
        known = CONDITIONS | set(traits)
        _known(source, ("avoid", position, "unless"), "condition", [word.unless], known)
    _known(source, ("titles",), "document", industry.titles, titled)
    for part in ("titles", "kpi_names", "kpi_formulas"):
        for name, title in getattr(industry, part).items():
            _known(source, (part, name), "term", title_terms(title), TERMS)
    for part in ("repair_checks", "installation_checks", "visit_checks"):
        for position, check in enumerate(getattr(industry, part)):
            for text in (check.item, check.standard, check.method):
                _known(source, (part, position), "term", title_terms(text), TERMS)
            _known(source, (part, position, "when"), "condition", [check.when] if check.when else [], CONDITIONS)
    _known(source, ("left_out",), "document", industry.left_out, titled)
    _known(source, ("left_out",), "condition", industry.left_out.values(), CONDITIONS)
    _known(source, ("kpi_names",), "kpi", industry.kpi_names, kpis)
    _known(source, ("kpi_formulas",), "kpi", industry.kpi_formulas, kpis)
    for path in industry.defaults:
        head, _, rest = path.partition(".")
        if head == "kpis":
            _known(source, ("defaults", path), "kpi", [rest.partition(".")[0]], kpis)
