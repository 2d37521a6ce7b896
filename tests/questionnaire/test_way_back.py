"""From a questionnaire to a profile in YAML that says the same, and never over one that says something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.cli import cli
from docgen.profile.loading import load_profile, load_profile_text
from docgen.profile.starter import answered, profile_text
from docgen.profile.walking import value_at
from tests.batch.lists import sample
from tests.profile.test_profile_completing import WORDS
from tests.questionnaire.books import SAMPLES, filled, profile_of, written
from tests.questionnaire.test_round_trip import ODD, TEXT, profile_with


def new(*words: object) -> Result:
    return CliRunner().invoke(cli, ["--lang", "zh", "new", *map(str, words)])


@pytest.mark.parametrize("own", SAMPLES, ids=lambda path: path.stem)
def test_a_profile_comes_back_through_its_questionnaire(own: Path, tmp_path: Path) -> None:
    asked = CliRunner().invoke(cli, ["ask", str(own), "-o", str(tmp_path / "a.xlsx")])
    assert asked.exit_code == 0, asked.output
    made = new(tmp_path / "a.yaml", "--from", tmp_path / "a.xlsx")
    assert made.exit_code == 0, made.output
    back = load_profile(tmp_path / "a.yaml")
    assert back.profile == load_profile(own).profile
    assert answered(back.profile) == answered(load_profile(own).profile), "empty lists that were written, too"
    assert not back.diagnostics


@settings(max_examples=150, deadline=None)
@given(
    texts=st.lists(TEXT | ODD, min_size=4, max_size=4),
    items=st.lists(TEXT | ODD, min_size=1, max_size=4),
    rows=st.lists(st.tuples(TEXT | ODD, st.none() | TEXT | ODD), min_size=1, max_size=4),
)
def test_any_text_is_written_so_that_it_is_read_as_it_is(
    texts: list[str], items: list[str], rows: list[tuple[str, str | None]]
) -> None:
    profile = profile_with(texts, items, rows)
    assert load_profile_text(profile_text(profile, words=WORDS)).profile == profile


@pytest.mark.parametrize(
    "text", ["甲\u2028乙", "甲\x85乙", "\ufeff甲", "a: b #c", "007", "on", "~", "甲\t乙", "—" * 50_000]
)
def test_texts_that_mean_something_to_yaml_are_quoted(text: str) -> None:
    profile = profile_with([text] * 4, [text, text], [(text, text)])
    assert load_profile_text(profile_text(profile, words=WORDS)).profile == profile


def test_what_nobody_answered_is_a_remark_and_no_example(tmp_path: Path) -> None:
    path = filled(written(tmp_path), {"company.code": "JIA"})
    assert new(tmp_path / "a.yaml", "--from", path).exit_code == 0
    assert answered(load_profile(tmp_path / "a.yaml").profile) == {"company.code": "JIA"}
    text = (tmp_path / "a.yaml").read_text(encoding="utf-8")
    assert "# full_name:" in text and "# response_time:" in text, "the next answers have their place"


def test_a_profile_that_says_something_else_stays_and_the_differences_are_listed(tmp_path: Path) -> None:
    own = sample(tmp_path, "minimal", legal_representative="旧代表")
    before = own.read_bytes()
    profile = load_profile(own).profile
    path = filled(written(tmp_path, profile), {"company.legal_representative": "新代表", "culture.slogan": "修好为止"})
    done = new(own, "--from", path)
    assert done.exit_code == 0 and own.read_bytes() == before
    rows = [line.split() for line in done.output.splitlines()]
    assert ["企业/法定代表人", "旧代表", "新代表"] in rows
    assert ["服务文化/服务口号", "—", "修好为止"] in rows
    assert sum("/" in row[0] for row in rows if len(row) == 3) == 2, "nothing else differs"
    (beside,) = tmp_path.glob("minimal（*.yaml")
    assert value_at(load_profile(beside).profile, "company.legal_representative") == "新代表"


def test_a_file_beside_that_was_edited_stays_as_well(tmp_path: Path) -> None:
    own = sample(tmp_path, "minimal")
    path = filled(written(tmp_path, load_profile(own).profile), {"culture.slogan": "修好为止"})
    new(own, "--from", path)
    new(own, "--from", path)
    (beside,) = tmp_path.glob("minimal（*.yaml")
    beside.write_text("company: {full_name: 我改过}\n", encoding="utf-8")
    new(own, "--from", path)
    assert beside.read_text(encoding="utf-8") == "company: {full_name: 我改过}\n"
    assert len(list(tmp_path.glob("minimal（*.yaml"))) == 2


def test_a_profile_that_says_the_same_is_left_as_it_is(tmp_path: Path) -> None:
    own = sample(tmp_path, "minimal")
    path = written(tmp_path, load_profile(own).profile)
    before = sorted(tmp_path.glob("*.yaml"))
    assert new(own, "--from", path).exit_code == 0
    assert sorted(tmp_path.glob("*.yaml")) == before


def test_answers_that_cannot_be_read_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    path = filled(written(tmp_path), {"company.founded": "很久以前"})
    done = new(tmp_path / "a.yaml", "--from", path)
    assert done.exit_code == 1 and "企业!D" in done.output
    assert not (tmp_path / "a.yaml").exists()


def test_answers_to_gaps_give_the_whole_profile(tmp_path: Path) -> None:
    own = sample(tmp_path, "minimal")
    CliRunner().invoke(cli, ["ask", str(own), "-o", str(tmp_path / "b.xlsx"), "--gaps"])
    filled(tmp_path / "b.xlsx", {"company.intro": "两句事实。"})
    assert new(tmp_path / "whole.yaml", "--from", tmp_path / "b.xlsx").exit_code == 0
    whole, before = load_profile(tmp_path / "whole.yaml").profile, load_profile(own).profile
    assert whole == before.changed(company=before.company.changed(intro="两句事实。"))


@pytest.mark.parametrize("words", [(), ("--industry", "toys"), ("--name", "甲")])
def test_a_new_profile_needs_an_industry_and_a_name_or_a_questionnaire(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert new(tmp_path / "a.yaml", *words).exit_code == 2
    assert not list(tmp_path.iterdir())


def test_lists_and_maps_are_written_readably() -> None:
    profile = profile_of(
        "outlets: [{name: 甲站, staff: 3}, {}]\nkpis: {response_in_time: {target: 95}}\nterms: {engineer: 师傅}"
    )
    text = profile_text(profile, words=WORDS)
    assert "  - name: 甲站" in text and "  - {}" in text and "response_in_time: {target: 95}" in text
    assert load_profile_text(text).profile == profile
