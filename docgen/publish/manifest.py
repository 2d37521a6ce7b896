"""The list of a set's files that is kept with it: read by the next run, by an audit, by `docgen status`."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder, of the types docgen writes.

    Raises:
        OSError: there is none to read.
        ValueError: docgen did not write it.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        for entry in manifest["documents"]:
            files = [(file["path"], file["sha256"]) for file in entry["files"]]
            _expect(str, entry["id"], entry["kind"], entry["number"], *entry.get("gaps", ()), *chain(*files))
        _expect(str, *manifest.get("deleted_clauses", ()))
        _expect(dict, *manifest.get("gaps", ()), *manifest.get("other_stages", ()))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError from error
    return manifest


def _expect(kind: type, *values: Any) -> None:
    if not all(type(value) is kind for value in values):
        raise ValueError


def files_of(manifest: dict[str, Any]) -> dict[str, str]:
    """The files of a manifest: path → sha256 of what was generated."""
    return {file["path"]: file["sha256"] for entry in manifest.get("documents", ()) for file in entry["files"]}
