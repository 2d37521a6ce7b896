"""The Word writer: `load_theme` once, then `write_docx` for every document."""

from __future__ import annotations

from docgen.writers.docx.theme import Theme, load_theme, theme_problems
from docgen.writers.docx.write import write_docx

__all__ = ["Theme", "load_theme", "theme_problems", "write_docx"]
