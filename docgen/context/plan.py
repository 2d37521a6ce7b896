"""The plan: which documents and forms one company gets, with numbers, versions and places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from docgen.catalogue import Catalogue
from docgen.catalogue.titles import worded
from docgen.context.conditions import conditions, excluded
from docgen.profile.profile import Profile
from docgen.records import dataclass

FIRST_VERSION = "A/0"
PAPERS = frozenset({"application", "report", "annex", "pack"})  # kinds of papers outside the management system
FIRST_STAGES = ("build", "apply")  # what a profile without a stage gets
_PATTERN = "{code}-{number}"
_BY_INDUSTRY = {"stored_data": "data_products", "goods": "software_products"}


@dataclass(frozen=True, slots=True)
class Planned:
    """A document or form to be built."""

    id: str
    kind: str
    short_number: str  # CX-23
    number: str  # SLDQ-CX-23
    title: str
    version: str
    clauses: tuple[str, ...]
    template: str
    xlsx: bool = False
    procedure: str = ""  # of a form
    layout: str = ""  # of a form
    revised: date | None = None  # the day of its own last revision


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything to be built for one company, by id, in the order of the set."""

    documents: Mapping[str, Planned]
    forms: Mapping[str, Planned]
    left_out: tuple[str, ...]
    conditions: Mapping[str, bool | None]
    other_stages: Mapping[str, Planned]  # papers of other stages of the certification, built only when named
    deleted: frozenset[str]  # second-level clauses deleted whole, and the third-level ones named

    def get(self, id: str) -> Planned | None:
        return self.documents.get(id) or self.forms.get(id)

    def all(self) -> list[Planned]:
        return [*self.documents.values(), *self.forms.values()]

    def controlled(self) -> list[Planned]:
        """The documents of the management system itself, the same at every stage."""
        return [p for p in self.documents.values() if p.kind not in PAPERS]

    def papers(self) -> list[Planned]:
        """The papers of the certification."""
        return [p for p in self.documents.values() if p.kind in PAPERS]


def document_number(profile: Profile, short_number: str) -> str:
    """The number after the company's scheme. A scheme with unknown placeholders falls back to the default."""
    code = profile.company.code or ""
    pattern = profile.documents.number_pattern or _PATTERN
    kind, _, rest = short_number.partition("-")
    text = pattern
    for name, value in {"code": code, "number": short_number, "kind": kind, "serial": rest}.items():
        text = text.replace("{" + name + "}", value)
    return text.lstrip("-/_. ")


def names_of(planned: Planned) -> tuple[str, ...]:
    """What a profile may call a document by."""
    return (planned.id, planned.short_number, planned.number, planned.title)


def _revised(profile: Profile, planned: Planned) -> Planned:
    """With its own version, where the last revision that concerns the document names it."""
    concerning = [r for r in profile.documents.revisions if not r.document or r.document in names_of(planned)]
    last = concerning[-1] if concerning else None
    if last is None or not last.document or not last.version:
        return planned
    return replace(planned, version=last.version, revised=last.date)


def own_words(profile: Profile, catalogue: Catalogue, known: Mapping[str, bool | None]) -> dict[str, str]:
    """Every term as this company says it."""
    words = dict(catalogue.terms_of(profile.company.industry))
    for condition, others in catalogue.terms_without.items():
        if known.get(condition) is False:  # an industry's own word stands
            words |= {name: word for name, word in others.items() if words[name] == catalogue.terms[name]}
    return words | {name: word for name, word in profile.terms.items() if word}


def make_plan(profile: Profile, catalogue: Catalogue) -> Plan:
    """Choose and number the documents and forms of one company."""
    industry = profile.company.industry
    entry = catalogue.industry(industry) if industry and industry in catalogue.industry_ids else None
    known = conditions(profile)
    for name, trait in _BY_INDUSTRY.items():  # what its companies usually have
        if known[name] is None:
            known[name] = entry is not None and trait in entry.traits
    deleted = frozenset(d.clause for d in profile.certification.deletions if d.clause and not d.part)
    version = profile.documents.version or FIRST_VERSION
    documents: dict[str, Planned] = {}
    forms: dict[str, Planned] = {}
    left_out: list[str] = []
    other_stages: dict[str, Planned] = {}
    stage = profile.certification.stage
    stages = frozenset((stage,) if stage else FIRST_STAGES)
    titles = entry.titles if entry else {}
    terms = own_words(profile, catalogue, known)
    unused = entry.left_out if entry else {}

    def dropped(id: str, when: str, clauses: tuple[str, ...]) -> bool:
        if excluded(unused.get(id, ""), known):
            return True
        return excluded(when, known) or (bool(clauses) and all(c in deleted for c in clauses))

    for row in catalogue.documents.values():
        if dropped(row.id, row.when, row.clauses):
            left_out.append(row.id)
            continue
        target = documents if not row.stages or stages.intersection(row.stages) else other_stages
        other = next((variant for variant in row.without if known.get(variant.condition) is False), None)
        title = other.title if other else titles.get(row.id, row.title)
        target[row.id] = _revised(profile, Planned(
            row.id, row.kind, row.number, document_number(profile, row.number), worded(title, terms), version,
            row.clauses, other.template if other else row.template, row.xlsx,
        ))  # fmt: skip
    for form in catalogue.forms.values():
        if dropped(form.id, form.when, form.clauses) or (form.procedure and form.procedure not in documents):
            left_out.append(form.id)
            continue
        forms[form.id] = _revised(profile, Planned(
            form.id, "form", form.number, document_number(profile, form.number),
            worded(titles.get(form.id, form.title), terms), version, form.clauses, f"forms/{form.id}.yaml",
            form.layout == "register", form.procedure, form.layout,
        ))  # fmt: skip
    return Plan(documents, forms, tuple(left_out), known, other_stages, deleted)
