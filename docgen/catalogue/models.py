"""What the catalogue holds: clauses, documents, forms, laws, industries, roles, functions, indicators."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from docgen.records import dataclass


class Confidence(str, Enum):
    """How well a row of the catalogue is established; rows of `MEMORY` are marked in review copies."""

    VERIFIED_2026 = "verified_2026"  # a source checked in 2026 says so
    TWO_SOURCES = "two_sources"
    FOUND = "found"
    FOUND_INDIRECT = "found_indirect"
    MEMORY = "memory"
    COMPANY = "company"  # named by the company itself in its profile

    @property
    def established(self) -> bool:
        """True if the row stands on a source that states it."""
        return self not in (Confidence.MEMORY, Confidence.FOUND_INDIRECT)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the standard, in our own words.

    `points` are the standard's own where a source gives them; `placeholder_points` are ours and must be
    shown with the notice `placeholder_points` of the standard.
    """

    id: str
    name: str
    level: int  # 1 to 3
    requirement: str
    looks_for: tuple[str, ...]
    points: int | None
    placeholder_points: int | None
    confidence: Confidence
    verified: bool

    @property
    def parent(self) -> str:
        """Id of the clause above; empty for the first level."""
        return self.id.rpartition(".")[0] if self.level > 1 else ""

    @property
    def chapter(self) -> str:
        """Id of the first-level clause this one belongs to."""
        return self.id[:3]


@dataclass(frozen=True, slots=True)
class RatingBand:
    id: str
    name: str
    minimum: int
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Rule:
    """One named statement about the standard (a principle or a scoring rule), in our own words."""

    id: str
    name: str
    text: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class SpecialDeduction:
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Scoring:
    """How points become a score: `obtained / applicable × 100 − special deductions + bonus`."""

    special_deduction_points: int
    special_deduction_limit: int  # this many or more: no level
    special_bonus_points: int
    special_bonus_maximum: int
    display_maximum: int
    display_decimals: int
    rules: tuple[Rule, ...]
    special_deductions: tuple[SpecialDeduction, ...]


@dataclass(frozen=True, slots=True)
class OtherScheme:
    """A star scheme of the market that is not this standard; `words` betray it in a profile."""

    id: str
    words: tuple[str, ...]
    name: str
    warning: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Predecessor:
    number: str
    in_force: date | None
    note: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Standard:
    id: str
    law: str  # id of the standard's own row in the law catalogue
    number: str
    title: str
    published: date | None
    in_force: date | None
    announcement: str
    confidence: Confidence
    predecessor: Predecessor
    object: str
    notices: Mapping[str, str]
    principles: tuple[Rule, ...]
    chapters: Mapping[str, int]  # first-level clause id → points
    bands: tuple[RatingBand, ...]
    scoring: Scoring
    other_schemes: tuple[OtherScheme, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """What stands for a document at a company that lacks what the condition names."""

    condition: str
    title: str
    template: str


@dataclass(frozen=True, slots=True)
class Document:
    """One row of the set: a document to be built from a template."""

    id: str
    kind: str
    number: str
    title: str
    clauses: tuple[str, ...]
    template: str
    when: str  # name of the condition without which it is not built; empty: always
    xlsx: bool
    stages: tuple[str, ...] = ()  # of the certification at which it is built; empty: at every stage
    without: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    id: str
    number: str
    title: str
    procedure: str
    clauses: tuple[str, ...]
    layout: str
    when: str


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Which function leads a second-level clause and which support it."""

    clause: str
    lead: str
    support: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expectation:
    """Evidence or a question, with the company's own words as in titles."""

    text: str
    when: str  # not expected of a company known not to have this; empty: of every one


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an assessor expects to see for a second-level clause, and asks each function."""

    clause: str
    expects: tuple[Expectation, ...]
    questions: Mapping[str, tuple[Expectation, ...]]  # function id → questions


@dataclass(frozen=True, slots=True)
class Role:
    id: str
    title: str
    function: str
    documents: tuple[str, ...] = ()  # where duties a company gives the post of its own stand
    above: str = ""  # the role a matter goes to that this one does not get done


@dataclass(frozen=True, slots=True)
class Function:
    id: str
    name: str
    fallback: tuple[str, ...]
    documents: tuple[str, ...] = ()  # what a post of its own without a role carries out


@dataclass(frozen=True, slots=True)
class Kpi:
    id: str
    name: str
    formula: str
    sources: tuple[str, ...]  # form ids
    period: str
    times: str  # profile path of how many times a year, where the company sets the period
    owner: str  # role id
    unit: str
    direction: str  # "up": higher is better, "down": lower is better
    when: str


@dataclass(frozen=True, slots=True)
class Law:
    """A law, rule or standard the company answers to. Unknown dates and numbers stay empty."""

    id: str
    kind: str
    title: str
    number: str
    published: date | None
    in_force: date | None
    edition: str  # amendment the text stands at, where there is one
    replaces: str
    replaced_by: str  # id of the row that took its place; such a row is never applicable
    confidence: Confidence
    checked: date | None
    everywhere: bool  # applies to every company
    listed: bool  # applies only where an industry or a profile names it
    industries: tuple[str, ...]
    flags: tuple[str, ...]  # all of them must hold
    any_flags: tuple[str, ...]  # one of them must hold, where there are any
    clauses: tuple[str, ...]
    demands: str
    note: str

    @property
    def is_standard(self) -> bool:
        return self.kind == "standard"

    @property
    def in_doubt(self) -> bool:
        """True if nobody has shown a source for the row, so that a reviewer must check it."""
        return self.confidence in (Confidence.MEMORY, Confidence.COMPANY)


@dataclass(frozen=True, slots=True)
class OutdatedCitation:
    """A citation that must not stand in any document: `pattern` is a regular expression."""

    id: str
    pattern: str
    name: str
    replaced_by: tuple[str, ...]  # law ids; empty where nothing took its place
    note: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class StatutoryTerm:
    """The legal minimum warranty of a product class, in months; None: the source names none."""

    id: str
    name: str
    whole_months: int | None
    main_parts_months: int | None
    basis: str  # law id
    confidence: Confidence
    mandatory: bool  # false: from a recommended standard, so falling short is not a breach of law
    note: str


@dataclass(frozen=True, slots=True)
class TypicalDeletion:
    clause: str
    reason: str
    condition: str


@dataclass(frozen=True, slots=True)
class IndustryRisk:
    name: str
    signal: str
    response: str
    owner: str  # role id


@dataclass(frozen=True, slots=True)
class TrainingTopic:
    """A proposed session; never shown as one that was held."""

    month: int
    topic: str
    category: str
    audience: tuple[str, ...]  # role ids
    hours: int
    method: str
    test: str


@dataclass(frozen=True, slots=True)
class ServiceCheck:
    """One thing checked after a repair, at an installation or on a visit; its texts may name terms (`{part:备件}`)."""

    item: str
    standard: str
    method: str
    when: str  # condition it is for


@dataclass(frozen=True, slots=True)
class AvoidedWord:
    """A word that does not fit the industry; `unless` names the condition under which it does."""

    word: str
    instead: str
    unless: str


@dataclass(frozen=True, slots=True)
class Industry:
    id: str
    name: str
    traits: tuple[str, ...]
    terms: Mapping[str, str]
    defaults: Mapping[str, str | int | float | bool]  # dotted profile path → proposed value
    statutory: tuple[StatutoryTerm, ...]
    laws: tuple[str, ...]
    typical_deletions: tuple[TypicalDeletion, ...]
    risks: tuple[IndustryRisk, ...]
    training_topics: tuple[TrainingTopic, ...]
    qualifications: tuple[str, ...]
    avoid: tuple[AvoidedWord, ...]
    titles: Mapping[str, str]  # document or form id → its title in this industry
    kpi_names: Mapping[str, str]  # indicator id → its name in this industry
    left_out: Mapping[str, str]  # document or form id → the condition under which a company has it all the same
    kpi_formulas: Mapping[str, str]  # indicator id → its formula in the industry's words
    repair_checks: tuple[ServiceCheck, ...]
    installation_checks: tuple[ServiceCheck, ...]
    visit_checks: tuple[ServiceCheck, ...]
    not_asked: tuple[str, ...]  # patterns of profile paths whose facts its companies do not have
