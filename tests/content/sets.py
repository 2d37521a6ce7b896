"""Sets of the sample companies, composed once for all content tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from docgen.compose.compose import Composed
from docgen.library import Library, data_folder, load_library
from docgen.pipeline import Prepared, compose_all, prepare
from docgen.writers.text import write_text

PROFILES = sorted(data_folder("company_profiles").glob("*.yaml"))
NAMES = [path.stem for path in PROFILES]


@cache
def library() -> Library:
    return load_library(cache=False)


@cache
def prepared(name: str) -> Prepared:
    return prepare(data_folder("company_profiles") / f"{name}.yaml", library())


@cache
def composed(name: str) -> tuple[Composed, ...]:
    """Every text document and form of one sample company."""
    return papers_of(prepared(name))


def papers_of(company: Prepared) -> tuple[Composed, ...]:
    """Every text document and form of a company."""
    chosen = [p for p in company.company.plan.all() if p.template.endswith((".md", ".yaml"))]
    documents, faults = compose_all(company, chosen, library())
    assert not faults, faults[:5]
    return tuple(documents)


@cache
def texts(name: str) -> dict[str, str]:
    """The readable text of each document of one sample company, by id."""
    return {c.planned.id: write_text(c.document) for c in composed(name) if c.document}


def form_text(name: str, form: str) -> str:
    """The text of a form of one sample company, with the labels of narrow cells in one piece."""
    return texts(name)[form].replace(" ⏎ ", "")


def template_files() -> list[Path]:
    return sorted(data_folder("templates").rglob("*.md"))
