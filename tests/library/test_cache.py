"""The cache of compiled templates: used where nothing changed, rebuilt silently otherwise."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import docgen
from docgen.cache import cache_file, cache_folder, files_below
from docgen.library import Library, data_folder, load_library
from docgen.pipeline import BuildOptions, build_set
from docgen.templating.engine import Templates


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


def test_a_cut_off_cache_is_rebuilt_silently(templates: Path) -> None:
    compiled(load_library([templates]))
    for path in cache_folder().iterdir():
        path.write_bytes(path.read_bytes()[:-100])
    library = load_library([templates])
    assert not library.programs
    assert library.catalogue.documents


def test_what_was_in_the_cache_stays_in_it_when_more_is_compiled(templates: Path) -> None:
    compiled(load_library([templates]))
    library = load_library([templates])
    library.composer("toys").templates.get("documents/procedures/emergency.md")
    library.catalogue.industry("toys")
    library.save()
    again = load_library([templates])
    assert {key.rpartition("/")[2] for key in again.programs} >= {"repair.md", "emergency.md"}
    assert "toys" in again.groups["industries"]
    assert again.forms["form-dispatch"].runs
    again.composer("toys").templates.get("documents/procedures/repair.md")
    assert not any(group.grown for group in again.groups.values())


def test_a_warm_cache_compiles_nothing(templates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = BuildOptions(output=tmp_path, only=("form", "repair"))
    profile = data_folder("company_profiles") / "minimal.yaml"
    library = load_library([templates])
    assert build_set(profile, library, options).ok
    library.save()
    monkeypatch.setattr(Templates, "compile_text", None)
    monkeypatch.setattr(Templates, "compile_expression", None)
    assert build_set(profile, load_library([templates]), options).ok


def test_an_edited_theme_or_program_makes_another_stamp(templates: Path) -> None:
    stamp = load_library([templates]).stamp
    theme = next((templates / "themes").rglob("*.xml"), None) or next(
        path for path in (templates / "themes").rglob("*") if path.is_file()
    )
    theme.write_bytes(theme.read_bytes() + b" ")
    assert load_library([templates]).stamp != stamp
    assert any(path.endswith("profile/fields.py") for path, *_ in files_below([Path(docgen.__file__).parent]))


def test_caches_of_lost_folders_and_idle_ones_are_pruned(templates: Path, tmp_path: Path) -> None:
    other = tmp_path / "gone"
    shutil.copytree(templates, other)
    compiled(load_library([other]))
    lost = cache_file((other.resolve(),))
    idle = lost.with_name("templates-00000000-39.cache")
    idle.write_bytes(lost.read_bytes())
    os.utime(idle, (0, 0))
    kept = lost.with_name("templates-00000001-39.cache")
    kept.write_bytes(b"of another version")
    compiled(load_library([templates]))
    assert lost.exists()
    assert not idle.exists()
    shutil.rmtree(other)
    cache_file((templates.resolve(),)).unlink()
    compiled(load_library([templates]))
    assert not lost.exists()
    assert kept.exists()


def test_a_run_that_finds_nothing_changed_loads_neither_jinja_nor_the_pipeline(templates: Path, tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from docgen.cli import cli\n"
        f"cli({['build', str(data_folder('company_profiles') / 'minimal.yaml'), '-o', str(tmp_path / 'out')]!r},"
        " standalone_mode=False)\n"
    )
    seen = "import atexit, sys; atexit.register(lambda: print(*({'jinja2', 'docgen.pipeline'} & set(sys.modules))))\n"
    first = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    again = subprocess.run([sys.executable, "-c", seen + program], capture_output=True, text=True, check=False)
    assert (first.returncode, again.returncode) == (0, 0), again.stderr
    assert again.stdout.splitlines()[-1] == ""


def test_a_set_leaves_nothing_to_the_cyclic_collector(tmp_path: Path) -> None:
    library = load_library()
    profile = data_folder("company_profiles") / "minimal.yaml"
    for _ in range(2):  # what is kept for all companies is made by the first
        assert build_set(profile, library, BuildOptions(output=tmp_path)).ok
    gc.collect()
    gc.disable()
    try:
        assert build_set(profile, library, BuildOptions(output=tmp_path)).ok
        assert gc.collect() < 100
    finally:
        gc.enable()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_that_lead_back_into_a_folder_are_followed_once(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("x", encoding="utf-8")
    (tmp_path / "a").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path)
    assert len(files_below([tmp_path])) <= 3
