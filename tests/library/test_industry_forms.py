"""An industry's own form comes before the shared one, a house's before a shipped industry's."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.library import Library, data_folder, load_library
from docgen.pipeline import compose_all, prepare
from docgen.writers.text import write_text

FORM = "retention: 7\nparts:\n  - widths: [30, 70]\n    rows:\n      - [{label}, _result]\n"


def put(root: Path, folder: str, label: str, form: str = "form-drill") -> None:
    path = root / folder / f"{form}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(FORM.format(label=label), encoding="utf-8")


def library(*roots: Path) -> Library:
    return load_library([*roots, data_folder("templates")], cache=False)


def drill(company: str, given: Library) -> str:
    prepared = prepare(data_folder("company_profiles") / f"{company}.yaml", given)
    chosen = [p for p in prepared.company.plan.all() if p.id == "form-drill"]
    (composed,), _ = compose_all(prepared, chosen, given)
    assert composed.document
    return write_text(composed.document)


def test_an_industrys_form_is_that_industrys_alone(tmp_path: Path) -> None:
    put(tmp_path, "industries/toys/forms", "玩具的演练")
    given = library(tmp_path)
    assert "玩具的演练" in drill("toys", given)
    assert "玩具的演练" not in drill("electronics", given)


def test_the_time_records_are_kept_is_that_of_the_form_used(tmp_path: Path) -> None:
    put(tmp_path, "industries/toys/forms", "玩具的演练")
    given = library(tmp_path)
    assert given.retention("toys")["form-drill"] == "7"
    assert given.retention("electronics").get("form-drill") != "7"


def test_a_house_form_comes_before_that_of_an_industry_below_it(tmp_path: Path) -> None:
    put(tmp_path / "house", "forms", "本所的演练")
    put(tmp_path / "below", "industries/toys/forms", "玩具的演练")
    given = library(tmp_path / "house", tmp_path / "below")
    assert "本所的演练" in drill("toys", given) and "本所的演练" in drill("electronics", given)


def test_a_house_form_for_one_industry_comes_first(tmp_path: Path) -> None:
    put(tmp_path, "forms", "本所的演练")
    put(tmp_path, "industries/toys/forms", "本所玩具的演练")
    given = library(tmp_path)
    assert "本所玩具的演练" in drill("toys", given) and "本所的演练" in drill("electronics", given)


def test_a_form_nobody_knows_in_an_industry_is_a_fault(tmp_path: Path) -> None:
    put(tmp_path, "industries/toys/forms", "玩具的演练", "form-dril")
    with pytest.raises(DocgenError) as caught:
        library(tmp_path)
    (fault,) = caught.value.diagnostics
    assert (fault.code, fault.nearest) == ("KF21", "form-drill")


def test_a_house_file_of_what_forms_share_that_is_no_utf_8_text_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "forms/_shared.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes("parts: {}\nsample: 示例\n".encode("gb18030"))
    with pytest.raises(DocgenError) as raised:
        library(tmp_path)
    assert [(d.code, d.place.file, d.place.line) for d in raised.value.diagnostics] == [("T014", path.as_posix(), 2)]


@pytest.mark.parametrize("folder", ["forms", "industries/toys/forms"])
def test_a_form_file_that_is_no_utf_8_text_is_told_with_its_line(tmp_path: Path, folder: str) -> None:
    path = tmp_path / folder / "form-drill.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes("widths: [20, 80]\nrows:\n  - [姓名, _a]\n".encode("gb18030"))
    with pytest.raises(DocgenError) as raised:
        library(tmp_path)
    assert [(d.code, d.place.file, d.place.line) for d in raised.value.diagnostics] == [("T014", path.as_posix(), 3)]
