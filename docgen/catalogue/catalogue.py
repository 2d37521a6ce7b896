"""The catalogue: everything docgen knows about the standard, the set, the laws and the industries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import TypeVar

from docgen.catalogue.departments import (
    D,
    HasFunctions,
    ResponsibilityMatrix,
    department_for,
    responsibility_matrix,
)
from docgen.catalogue.laws import applicable
from docgen.catalogue.models import (
    Clause,
    Document,
    Evidence,
    Form,
    Function,
    Industry,
    Kpi,
    Law,
    OutdatedCitation,
    RatingBand,
    Responsibility,
    Role,
    Standard,
)
from docgen.catalogue.names import UNKNOWN, nearest
from docgen.catalogue.onsite import Onsite
from docgen.catalogue.points import PointTable, load_points, placeholder_points
from docgen.catalogue.road import Road
from docgen.diagnostics import Diagnostic, DocgenError
from docgen.records import dataclass

T = TypeVar("T")


@dataclass(frozen=True)
class Catalogue:
    """Read once a run, shared by all documents of all companies; industries are read when first asked for."""

    roots: tuple[Path, ...]  # overlay folders, first wins
    standard: Standard
    clauses: Mapping[str, Clause]
    documents: Mapping[str, Document]
    forms: Mapping[str, Form]
    responsibilities: Mapping[str, Responsibility]
    evidence: Mapping[str, Evidence]
    roles: Mapping[str, Role]
    functions: Mapping[str, Function]
    kpis: Mapping[str, Kpi]
    terms: Mapping[str, str]  # the words of an industry without words of its own
    terms_without: Mapping[str, Mapping[str, str]]  # condition → what companies that lack it say in place of those
    road: Road
    onsite: Onsite
    laws: Mapping[str, Law]
    outdated: tuple[OutdatedCitation, ...]
    traits: Mapping[str, str]
    industry_ids: tuple[str, ...]
    sources: tuple[Path, ...]  # the files read so far, for cache keys
    _industries: MutableMapping[str, Industry] = field(default_factory=dict, repr=False, compare=False)

    # -- look-ups; each raises DocgenError with the nearest known name ---------------------------------

    def clause(self, clause: str) -> Clause:
        return _look_up("clause", clause, self.clauses)

    def document(self, document: str) -> Document:
        return _look_up("document", document, self.documents)

    def form(self, form: str) -> Form:
        return _look_up("form", form, self.forms)

    def law(self, law: str) -> Law:
        return _look_up("law", law, self.laws)

    def role(self, role: str) -> Role:
        return _look_up("role", role, self.roles)

    def function(self, function: str) -> Function:
        return _look_up("function", function, self.functions)

    def kpi(self, kpi: str) -> Kpi:
        return _look_up("kpi", kpi, self.kpis)

    def industry(self, industry: str) -> Industry:
        """One industry, read when first asked for. Raises DocgenError for an unknown or faulty one."""
        if industry not in self._industries:
            _look_up("industry", industry, dict.fromkeys(self.industry_ids, ""))
            from docgen.catalogue.loading import load_industry

            self._industries[industry] = load_industry(self, industry)
        return self._industries[industry]

    def industries(self) -> tuple[Industry, ...]:
        """Every industry, in the order of their ids."""
        return tuple(self.industry(industry) for industry in self.industry_ids)

    def industry_id(self, word: str) -> str:
        """The industry of this id or name; empty if there is none."""
        if word in self.industry_ids:
            return word
        return next((entry.id for entry in self.industries() if word == entry.name), "")

    def terms_of(self, industry: str | None) -> Mapping[str, str]:
        """The words of an industry, or those all industries share."""
        return self.industry(industry).terms if industry in self.industry_ids and industry else self.terms

    # -- clauses and points ----------------------------------------------------------------------------

    @property
    def bands(self) -> tuple[RatingBand, ...]:
        """The levels from the lowest to the highest."""
        return self.standard.bands

    def clauses_of_level(self, level: int) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses.values() if clause.level == level)

    def points(self, path: Path | None = None) -> PointTable:
        """The company's own point table, or our placeholder split. Raises DocgenError for a faulty table."""
        if path is None:
            return placeholder_points(self.clauses)
        return load_points(path, self.clauses, self.standard.chapters)

    # -- laws ------------------------------------------------------------------------------------------

    def applicable_laws(
        self,
        industry: str | None,
        flags: Collection[str] = (),
        extra: Iterable[str] = (),
        drop: Iterable[str] = (),
        classes: Iterable[str] = (),
    ) -> tuple[Law, ...]:
        """The laws and standards that bind a company.

        `flags` are the names of the conditions that hold (`has.…`); the industry's traits are added.
        `extra` holds law ids or titles of the company's own choice, `drop` law ids to leave out.
        `classes` are the statutory classes of its products; the rule each stands on applies too.
        """
        entry = self.industry(industry) if industry else None
        named = set(classes)
        bases = [term.basis for term in (entry.statutory if entry else ()) if term.id in named]
        return applicable(self.laws, entry, flags, (*extra, *bases), drop)

    # -- organisation ----------------------------------------------------------------------------------

    def department_for(self, function: str, departments: Sequence[D]) -> D | None:
        """The department that does the work of a function; see `departments.department_for`."""
        return department_for(self.function(function).id, departments, self.functions)

    def responsibility_rows(
        self,
        departments: Sequence[HasFunctions],
        *,
        leadership_title: str = "",
        supervisor_title: str = "",
        deleted: Collection[str] = (),
    ) -> ResponsibilityMatrix:
        """Marks per department for every second-level clause: ▲ leads (exactly one), △ supports.

        The titles name the person who stands as a column where no department may hold the function; their
        defaults are the titles of the roles.
        """
        return responsibility_matrix(
            departments,
            self.functions,
            self.responsibilities,
            self.clauses,
            leadership_title=leadership_title or self.role("top_management").title,
            supervisor_title=supervisor_title or self.role("service_supervisor").title,
            deleted=deleted,
        )


def _look_up(kind: str, name: str, known: Mapping[str, T]) -> T:
    if name in known:
        return known[name]
    code = UNKNOWN[kind]
    raise DocgenError([Diagnostic(code, values={"name": name}, nearest=nearest(name, known))])
