"""What a house folder says that nothing would read is told, by the check and by the build."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.cli import cli
from docgen.diagnostics import DocgenError
from docgen.library import data_folder, load_library

REPAIR = "documents/procedures/repair.md"
EXTENDS = f'{{% extends "base:{REPAIR}" %}}\n'


def put(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def check(house: Path) -> Result:
    return CliRunner().invoke(cli, ["--lang", "zh", "template", "check", str(house)])


def test_a_sound_house_is_counted_with_its_forms(tmp_path: Path) -> None:
    put(tmp_path, REPAIR, EXTENDS + "{% block intake %}\n甲{{ service.hotline }}。\n{% endblock %}\n")
    put(tmp_path, "forms/form-drill.yaml", 'widths: [30, 70]\nrows:\n  - [热线, "{{ service.hotline }}"]\n')
    result = check(tmp_path)
    assert (result.exit_code, result.output) == (0, "2 个模板没有问题\n")


def test_an_unknown_name_in_a_house_form_is_a_fault(tmp_path: Path) -> None:
    put(tmp_path, "forms/form-drill.yaml", 'widths: [30, 70]\nrows:\n  - [热线, "{{ service.hotlin }}"]\n')
    result = check(tmp_path)
    assert result.exit_code == 1
    assert "form-drill.yaml:3" in result.output and "service.hotline" in result.output


@pytest.mark.parametrize("name", [REPAIR, f"industries/toys/{REPAIR}"])
def test_a_block_the_extended_file_does_not_have_is_a_fault(tmp_path: Path, name: str) -> None:
    put(tmp_path, name, EXTENDS + "{% block intak %}\n甲。\n{% endblock %}\n")
    result = check(tmp_path)
    assert result.exit_code == 1
    assert "T021" in result.output and "“intake”" in result.output


def test_a_block_within_a_known_block_may_be_new(tmp_path: Path) -> None:
    put(
        tmp_path,
        REPAIR,
        EXTENDS + "{% block intake %}\n{% block mine %}\n甲。\n{% endblock %}\n{% endblock %}\n",
    )
    assert check(tmp_path).exit_code == 0


def test_a_build_stops_at_a_block_nobody_has(tmp_path: Path) -> None:
    put(tmp_path / "house", REPAIR, EXTENDS + "{% block intak %}\n甲。\n{% endblock %}\n")
    profile = data_folder("company_profiles") / "minimal.yaml"
    options = ["-o", str(tmp_path / "out"), "--house", str(tmp_path / "house"), "--only", "repair"]
    result = CliRunner().invoke(cli, ["--lang", "zh", "build", str(profile), *options])
    assert result.exit_code == 1 and "T021" in result.output


def test_a_file_that_replaces_none_is_told_with_the_nearest(tmp_path: Path) -> None:
    put(tmp_path, "documents/procedures/repairs.md", "# 甲\n\n乙。\n")
    result = check(tmp_path)
    assert result.exit_code == 0
    assert "T022" in result.output and f"“{REPAIR}”" in result.output


def test_a_file_that_another_takes_in_is_not_idle(tmp_path: Path) -> None:
    put(tmp_path, "shared/ours.md", "乙。\n")
    put(tmp_path, REPAIR, EXTENDS + '{% block intake %}\n{% include "shared/ours.md" %}\n{% endblock %}\n')
    assert "T022" not in check(tmp_path).output


def test_a_word_no_template_asks_for_is_a_fault_with_the_nearest(tmp_path: Path) -> None:
    put(tmp_path, "shared/words.yaml", "step: {ownerr: 责任人}\nsteps: {owner: 责任人}\nsurvey_levels: {棒: 5}\n")
    with pytest.raises(DocgenError) as caught:
        load_library(house=tmp_path, cache=False)
    assert [(d.code, d.nearest) for d in caught.value.diagnostics] == [("K008", "owner"), ("K008", "step")]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("survey_levels: {棒: fünf}", "K039"),
        ("survey_levels: {棒: 6}", "K039"),
        ("files: {beside: a/b}", "K040"),
        ("files: {beside: ''}", "K040"),
        ("folders: {form: ..}", "K040"),
        ("delivery: {file: 'a:b.txt'}", "K040"),
        ("document: {gap_note: '{foo}'}", "K041"),
        ("chart: {post: '{title'}", "K041"),
        ("delivery: {head: '{company.name}'}", "K041"),
    ],
)
def test_a_word_that_does_not_fit_where_it_is_used_is_told(tmp_path: Path, words: str, code: str) -> None:
    put(tmp_path, "shared/words.yaml", words + "\n")
    with pytest.raises(DocgenError) as caught:
        load_library(house=tmp_path, cache=False)
    assert [d.code for d in caught.value.diagnostics] == [code]


def test_a_house_says_only_the_words_that_differ(tmp_path: Path) -> None:
    put(tmp_path, "shared/terms.yaml", "visit: 到场\n")
    terms = load_library(house=tmp_path, cache=False).catalogue.terms
    assert (terms["visit"], terms["repair"]) == ("到场", "维修")
