"""Registers as spreadsheets: what a compiled form knows of its columns becomes a workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from docgen.compose import formlayout as layout
from docgen.compose.formvalues import evaluate
from docgen.compose.resolver import ContextResolver
from docgen.writers.docx.markup import Memo

if TYPE_CHECKING:
    from docgen.compose.compose import Composed
    from docgen.compose.formtemplate import FormTemplate
    from docgen.document import Document
    from docgen.templating.engine import Templates
    from docgen.writers.xlsx import Register

_MOST_SHARED = 64  # about two sets of forms
_shared: Memo[tuple[object, ...], Callable[[Document], bytes | None]] = Memo(_MOST_SHARED)


def _once(document: Document) -> None:
    """Stands for a workbook that one company had; it is made ready for others when a second one has it."""


def workbook(composed: Composed, context: Mapping[str, Any], templates: Templates) -> bytes:
    """The .xlsx beside a register: a form's columns with lists of answers and formulas, else the document's tables."""
    from docgen.writers.xlsx import share_xlsx, write_xlsx

    form, document = composed.form, composed.document
    if form is None or not form.columns:
        return write_xlsx(document)
    register = _register(composed, form, context, templates)
    if not register.rows:  # else it is of this company alone
        words = (*(total.label for total in register.totals), *register.notes)
        key = (form, document.sample, register.title, register.columns, *words)
        write = _shared.get(key)
        if write is None:
            _shared.put(key, _once)
        elif write is _once:
            write = share_xlsx(document, register)
            _shared.put(key, write)
        made = write(document) if write else None
        if made is not None:
            return made
    return write_xlsx(document, [register])


def _register(composed: Composed, form: FormTemplate, context: Mapping[str, Any], templates: Templates) -> Register:
    from docgen.writers.xlsx import Register, RegisterColumn, RegisterTotal

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
    applying = [note for note in form.notes if not note.when or resolver.holds(note.when)]
    return Register(
        composed.planned.title,
        columns,
        rows=form.prefilled(resolver),
        totals=[RegisterTotal(layout.plain(evaluate(t.label, resolver)), dict(t.formulas)) for t in form.totals],
        notes=[layout.plain(evaluate(note.words, resolver)) for note in applying],
        landscape=form.landscape,
    )
