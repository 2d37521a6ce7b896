"""Record forms: `templates/forms/*.yaml` compiled once, composed for every company. See docs/forms.md."""

from docgen.compose.formcompile import SharedForms, compile_form, compile_shared
from docgen.compose.formfiles import load_forms
from docgen.compose.formmodel import Column, Expression, Field, Resolver, Total
from docgen.compose.formtemplate import FormFacts, FormTemplate

__all__ = [
    "Column",
    "Expression",
    "Field",
    "FormFacts",
    "FormTemplate",
    "Resolver",
    "SharedForms",
    "Total",
    "compile_form",
    "compile_shared",
    "load_forms",
]
