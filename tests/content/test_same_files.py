"""A company's files do not depend on what was built before them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from docgen.library import Library, load_library
from docgen.options import BuildOptions
from docgen.pipeline import build_set

ROOT = Path(__file__).parents[2]
PROFILES = ("electronics", "minimal", "telecom")


def files_of(profile: str, library: Library, folder: Path) -> dict[str, str]:
    """The files of a company's set and their hashes."""
    result = build_set(ROOT / f"company_profiles/{profile}.yaml", library, BuildOptions(output=folder))
    assert result.ok and result.folder
    return {
        path.relative_to(result.folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in result.folder.rglob("*")
        if path.suffix in (".docx", ".xlsx")
    }


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """The files of each company, built with a library of its own."""
    return {
        name: files_of(name, load_library([ROOT / "templates"]), tmp_path_factory.mktemp(name)) for name in PROFILES
    }


def test_the_third_time_a_company_is_built_its_files_are_what_they_would_be_alone(
    alone: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    library = load_library([ROOT / "templates"])
    for turn in range(3):
        for name in PROFILES:
            found = files_of(name, library, tmp_path / f"{turn}")
            assert {path for path in found if found[path] != alone[name].get(path)} == set()
            assert len(found) == len(alone[name])
