"""Word templates: `.docx` files with Jinja tags, after the docxtpl convention; compiled once, filled many times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docgen.wordtemplate.richtext import RichText
    from docgen.wordtemplate.template import Filled, WordTemplate, check_template, load_for_data, load_template

__all__ = ["Filled", "RichText", "WordTemplate", "check_template", "load_for_data", "load_template"]


def __getattr__(name: str) -> Any:
    """Imported when used: a run without Word templates does not pay for them."""
    from importlib import import_module

    if name not in __all__:
        raise AttributeError(name)
    module = "richtext" if name == "RichText" else "template"
    return getattr(import_module(f"docgen.wordtemplate.{module}"), name)
