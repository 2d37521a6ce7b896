"""Small client lists and profiles for the tests of this folder. All companies are made up."""

from __future__ import annotations

import csv
from pathlib import Path

from docgen.library import data_folder

PROFILES = data_folder("company_profiles")
ONLY = ("complaint-handling", "form-tool-register")


def write_csv(path: Path, *rows: list[str], encoding: str = "utf-8-sig", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    return path


def sample(folder: Path, name: str, **replaced: str) -> Path:
    """A copy of a sample profile with lines of group company replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    text = (PROFILES / f"{name}.yaml").read_text(encoding="utf-8")
    lines = text.splitlines()
    for key, value in replaced.items():
        at = next(n for n, line in enumerate(lines) if line.startswith(f"  {key}:"))
        lines[at] = f"  {key}: {value}"
    path = folder / f"{name}.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for beside in PROFILES.glob(f"{name}-*"):
        (folder / beside.name).write_bytes(beside.read_bytes())
    return path
