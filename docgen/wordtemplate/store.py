"""Word templates among the templates of a run: found, compiled once, kept."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity

if TYPE_CHECKING:
    from docgen.templating.vocabulary import Vocabulary
    from docgen.wordtemplate.template import WordTemplate

SUFFIX = ".docx"
CONTENT_TYPES = "[Content_Types].xml"


def locate(roots: Iterable[Path], name: str) -> tuple[str, Path] | None:
    """Key and path of a Word template: in each root the file itself, else a folder of that name without suffix that
    holds its members unpacked."""
    for root in roots:
        for path in (root / name, root / name.removesuffix(SUFFIX)):
            if path.is_file() or (path / CONTENT_TYPES).is_file():
                return f"{root}|{name}", path
    return None


def unpacked(folder: Path) -> list[Path]:
    """The unpacked Word templates below a folder."""
    return sorted(path.parent for path in folder.rglob(CONTENT_TYPES))


def get_template(
    name: str, roots: Iterable[Path], vocabulary: Vocabulary, kept: MutableMapping[str, WordTemplate]
) -> tuple[str, WordTemplate]:
    """A template by name, compiled at its first use. Raises DocgenError."""
    found = locate(roots, name)
    if found is None:
        raise DocgenError([Diagnostic("T009", Severity.ERROR, Place(name), {"read": name})])
    key, path = found
    template = kept.get(key)
    if template is None:
        from docgen.wordtemplate.template import load_template

        template = kept[key] = load_template(path, vocabulary, name)
    return key, template
