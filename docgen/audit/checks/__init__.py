"""All checks of the audit, in one table: code, name of the function, module. Each takes the subject and yields
diagnostics `Cnn.variant`; a check that needs what nobody gave yields a note `Cnn.open`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic
from docgen.records import dataclass

if TYPE_CHECKING:
    from docgen.audit.subject import Subject

CheckFunction = Callable[["Subject"], Iterator[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Check:
    """One row of the table."""

    code: str
    module: str
    function: str

    def load(self) -> CheckFunction:
        """The function, imported when first run."""
        found: CheckFunction = getattr(import_module(f"docgen.audit.checks.{self.module}"), self.function)
        return found


CHECKS: tuple[Check, ...] = (
    Check("C01", "identity", "foreign_traces"),
    Check("C02", "placeholders", "placeholders"),
    Check("C03", "identity", "company_name"),
    Check("C04", "coverage", "clause_coverage"),
    Check("C05", "coverage", "deletions"),
    Check("C06", "processes", "feedback_step"),
    Check("C07", "processes", "mystery_visits"),
    Check("C08", "resources", "equipment_list"),
    Check("C09", "returns", "return_policy"),
    Check("C10", "people", "certified_managers"),
    Check("C11", "people", "outlet_managers_counted"),
    Check("C12", "people", "head_counts"),
    Check("C13", "outlets", "outlet_counts"),
    Check("C14", "outlets", "contracted_outlets"),
    Check("C15", "resources", "budget"),
    Check("C16", "training", "training_plan"),
    Check("C17", "people", "supervisor_full_time"),
    Check("C18", "signing", "sign_off"),
    Check("C19", "signing", "running_time"),
    Check("C20", "signing", "record_dates"),
    Check("C21", "laws", "law_list"),
    Check("C22", "laws", "legal_minimum"),
    Check("C23", "limits", "promised_times"),
    Check("C24", "indicators", "indicators"),
    Check("C25", "wording", "over_promises"),
    Check("C26", "processes", "complaint_procedure"),
    Check("C27", "processes", "emergency_readiness"),
    Check("C28", "processes", "privacy"),
    Check("C29", "references", "forms_cited"),
    Check("C30", "references", "documents_cited"),
    Check("C31", "references", "numbering"),
    Check("C32", "roles", "departments_and_roles"),
    Check("C33", "contacts", "contacts"),
    Check("C34", "laws", "take_back"),
    Check("C35", "indicators", "satisfaction"),
    Check("C36", "assessment", "self_assessment"),
    Check("C37", "assessment", "rectification"),
    Check("C38", "wording", "level_words"),
    Check("C39", "identity", "scope"),
    Check("C40", "wording", "obsolete_papers"),
    Check("C41", "signing", "yearly_update"),
    Check("C42", "resources", "price_list"),
    Check("C43", "similarity", "standard_copied"),
    Check("C44", "similarity", "twin_sets"),
    Check("C45", "wording", "industry_fit"),
    Check("C46", "technical", "word_technicalities"),
)
