"""The shipped catalogue, and a small copy of the templates that a test may damage."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.catalogue import Catalogue, load_catalogue
from docgen.diagnostics import Diagnostic, DocgenError

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(TEMPLATES)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the catalogue's files."""
    root = tmp_path / "templates"
    for folder in ("standards", "shared", "laws", "industries"):
        shutil.copytree(TEMPLATES / folder, root / folder, ignore=shutil.ignore_patterns("*.md", "*.docx"))
    return root


@pytest.fixture
def damaged(copied: Path) -> Callable[..., list[Diagnostic]]:
    """Replace a piece of text in a copied file and give back what the loader says about it."""

    def load(relative: str, old: str, new: str) -> list[Diagnostic]:
        path = copied / relative
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(DocgenError) as caught:
            catalogue = load_catalogue(copied)
            catalogue.industries()
        return list(caught.value.diagnostics)

    return load
