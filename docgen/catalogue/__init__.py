"""Clauses, documents, forms, laws, industries: read once, strictly, and looked up by id."""

from docgen.catalogue.catalogue import DEFAULT_STANDARD, Catalogue, load_catalogue
from docgen.catalogue.conditions import CONDITIONS
from docgen.catalogue.departments import ResponsibilityMatrix, ResponsibilityRow, department_for
from docgen.catalogue.industries import TERMS
from docgen.catalogue.models import Clause, Confidence, Document, Form, Industry, Kpi, Law, StatutoryTerm
from docgen.catalogue.points import PointTable, load_points

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
