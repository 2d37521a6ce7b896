"""Registers as spreadsheets: what a compiled form knows of its columns becomes a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from docgen.compose import formlayout as layout
from docgen.compose.formvalues import evaluate
from docgen.compose.resolver import ContextResolver

if TYPE_CHECKING:
    from docgen.compose.compose import Composed
    from docgen.templating.engine import Templates


def workbook(composed: Composed, context: Mapping[str, Any], templates: Templates) -> bytes:
    """The .xlsx beside a register: a form's columns with lists of answers and formulas, else the document's tables."""
    from docgen.writers.xlsx import Register, RegisterColumn, RegisterTotal, write_xlsx

    form = composed.form
    if form is None or not form.columns:
        return write_xlsx(composed.document)
    resolver = ContextResolver(templates, context, form.file)
    columns = tuple(
        RegisterColumn(
            column.name,
            layout.plain(evaluate(column.label, resolver)).replace("\n", ""),
            column.width or 1.0,
            column.kind,  # type: ignore[arg-type]
            form.options_of(column, resolver) if column.kind == "choice" else (),
            column.formula,
        )
        for column in form.columns
    )
    totals = [RegisterTotal(layout.plain(evaluate(t.label, resolver)), dict(t.formulas)) for t in form.totals]
    applying = [note for note in form.notes if not note.when or resolver.holds(note.when)]
    notes = [layout.plain(evaluate(note.words, resolver)) for note in applying]
    register = Register(
        composed.planned.title,
        columns,
        rows=form.prefilled(resolver),
        totals=totals,
        notes=notes,
        landscape=form.landscape,
    )
    return write_xlsx(composed.document, [register])
