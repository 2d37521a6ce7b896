"""The cache of compiled templates: used where nothing changed, rebuilt silently otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docgen.cache import cache_folder
from docgen.library import Library, data_folder, load_library


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOCGEN_CACHE", str(tmp_path / "cache"))
    root = tmp_path / "templates"
    shutil.copytree(data_folder("templates"), root)
    return root


def compiled(library: Library) -> int:
    library.composer("toys").templates.get("documents/procedures/repair.md")
    library.save()
    return len(library.programs)


def test_a_second_start_finds_what_the_first_compiled(templates: Path) -> None:
    count = compiled(load_library([templates]))
    assert count
    assert len(load_library([templates]).programs) == count


def test_an_edited_template_is_not_served_from_the_cache(templates: Path) -> None:
    compiled(load_library([templates]))
    (templates / "documents/procedures/repair.md").write_text("# 新\n", encoding="utf-8")
    assert not load_library([templates]).programs


def test_a_template_edited_while_a_run_goes_on_is_not_taken_for_the_one_compiled(templates: Path) -> None:
    library = load_library([templates])
    library.composer("toys").templates.get("documents/procedures/repair.md")
    (templates / "documents/procedures/repair.md").write_text("# 新\n", encoding="utf-8")
    library.save()
    assert not load_library([templates]).programs


def test_a_broken_cache_is_rebuilt_silently(templates: Path) -> None:
    compiled(load_library([templates]))
    for path in cache_folder().iterdir():
        path.write_bytes(b"\x80\x04broken")
    assert load_library([templates]).catalogue.documents
