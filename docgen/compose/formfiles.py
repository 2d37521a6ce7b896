"""The form files of all template folders: which one is a form's, whose it is, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from docgen.compose.formcompile import SHARED_FILE, compile_file, compile_shared, decoded
from docgen.compose.formtemplate import FormTemplate
from docgen.diagnostics import Diagnostic
from docgen.templating.vocabulary import nearest


def load_forms(roots: Sequence[Path], form_ids: Sequence[str]) -> tuple[dict[str, FormTemplate], list[Diagnostic]]:
    """Compile the forms below `roots`, of which the first comes before the next: the shared ones by id, an industry's
    own by `industry/id`.

    A form without a file and a file without a form are faults.
    """
    shared_path = _first(roots, SHARED_FILE)
    text, found = decoded(shared_path)
    if found:
        return {}, found
    shared, found = compile_shared(text, shared_path.as_posix())
    forms: dict[str, FormTemplate] = {}
    for id in form_ids:
        path = _first(roots, f"{id}.yaml")
        if not path.is_file():
            found.append(Diagnostic("KF20", values={"form": id, "file": path.as_posix()}))
    for depth, path in _files(roots):
        id, industry = path.stem, _industry(path)
        key = f"{industry}/{id}" if industry else id
        if id not in form_ids:
            found.append(Diagnostic("KF21", values={"file": path.as_posix()}, nearest=nearest(id, form_ids)))
        elif key not in forms and not (industry and _house_has(roots[:depth], path.name)):
            form, faults = compile_file(path, shared, id)
            found += faults
            if form is not None:
                forms[key] = form
    unique = {(d.code, d.place, tuple(sorted(map(str, d.values.items())))): d for d in found}
    return forms, list(unique.values())


def _files(roots: Sequence[Path]) -> Iterator[tuple[int, Path]]:
    for depth, root in enumerate(roots):
        for path in sorted([*root.glob("forms/*.yaml"), *root.glob("industries/*/forms/*.yaml")]):
            if path.name != SHARED_FILE:
                yield depth, path


def _industry(path: Path) -> str:
    """The industry whose form a file is; empty for the shared ones."""
    folder = path.parent.parent
    return folder.name if folder.parent.name == "industries" else ""


def _house_has(roots: Sequence[Path], name: str) -> bool:
    """True if a house above says for all industries how a form looks."""
    return any((root / "forms" / name).is_file() for root in roots)


def _first(roots: Sequence[Path], name: str) -> Path:
    places = [root / "forms" / name for root in roots]
    return next((place for place in places if place.is_file()), places[-1])
