"""Clauses, documents, forms, laws, industries: read once, strictly, and looked up by id."""

from typing import TYPE_CHECKING

from docgen.catalogue.catalogue import Catalogue
from docgen.catalogue.conditions import CONDITIONS, TERMS
from docgen.catalogue.departments import ResponsibilityMatrix, ResponsibilityRow, department_for
from docgen.catalogue.models import Clause, Confidence, Document, Form, Industry, Kpi, Law, StatutoryTerm
from docgen.catalogue.points import PointTable, load_points

if TYPE_CHECKING:
    from docgen.catalogue.loading import DEFAULT_STANDARD, load_catalogue

__all__ = [
    "CONDITIONS",
    "DEFAULT_STANDARD",
    "TERMS",
    "Catalogue",
    "Clause",
    "Confidence",
    "Document",
    "Form",
    "Industry",
    "Kpi",
    "Law",
    "PointTable",
    "ResponsibilityMatrix",
    "ResponsibilityRow",
    "StatutoryTerm",
    "department_for",
    "load_catalogue",
    "load_points",
]


def __getattr__(name: str) -> object:
    # the loader brings YAML with it; a run that takes the catalogue from the cache does without
    if name in ("DEFAULT_STANDARD", "load_catalogue"):
        from docgen.catalogue import loading

        return getattr(loading, name)
    raise AttributeError(name)
