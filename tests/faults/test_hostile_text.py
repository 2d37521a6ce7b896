"""Any text as a value: valid files that say the same text, or a fault with its place."""

from __future__ import annotations

import copy
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from docgen.diagnostics import Severity
from docgen.library import data_folder
from docgen.pipeline import BuildOptions, BuildResult, build_set
from docgen.profile.describe import Kind, field_at
from docgen.profile.loading import load_profile_text
from tests.content.sets import library
from tests.faults.reading import formulas, squeezed, words

PROFILES = data_folder("company_profiles")
# a Word template, a register with its workbook, a form with facts in it, a procedure
DOCUMENTS = ("application-form", "form-outlet-list", "form-staff-roster", "complaint-handling")
MARK = "A&B<C>|**x**{{ 7*7 }}\n第二行"
# texts the program itself reads: names of files, ids, patterns, units, answers
READ_BY_PROGRAM = ("logo", "data", "points", "assessment", "industry", "number_pattern", "role", "outlet_column", "id",
                   "clause", "law", "document", "kpi", "document_number", "statutory_class")  # fmt: skip


@cache
def sample(name: str) -> Any:
    return yaml.load((PROFILES / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def build(facts: Any, folder: Path, only: tuple[str, ...] = DOCUMENTS) -> BuildResult:
    text = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=10**9)
    path = folder / "profile.yaml"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    return build_set(path, library(), BuildOptions(output=folder / "out", only=only))


def files(result: BuildResult) -> dict[str, bytes]:
    assert result.folder is not None
    return {w.path: (result.folder / w.path).read_bytes() for w in result.written}


def spread(value: Any, path: str, suffix: str, changed: list[str]) -> Any:
    """The facts with the suffix behind every free text."""
    if isinstance(value, dict):
        return {k: spread(v, f"{path}.{k}" if path else k, suffix, changed) for k, v in value.items()}
    if isinstance(value, list):
        return [spread(v, f"{path}[{n}]", suffix, changed) for n, v in enumerate(value)]
    info = field_at(path)
    free = info is not None and info.kind in (Kind.TEXT, Kind.TEXTS) and not info.form and value not in ("", "无")
    if not free or path.rpartition(".")[2].partition("[")[0] in READ_BY_PROGRAM:
        return value
    changed.append(path)
    return value + suffix


@pytest.mark.parametrize("name", ["electronics"])
def test_signs_of_markup_in_every_value_are_shown_as_they_are(name: str, tmp_path: Path) -> None:
    changed: list[str] = []
    facts = spread(copy.deepcopy(sample(name)), "", MARK, changed)
    for file in PROFILES.glob(f"{name}*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    result = build(facts, tmp_path, ())
    assert len(changed) > 300
    assert result.ok, [(d.code, d.place, d.values) for d in result.diagnostics if d.severity is Severity.ERROR][:5]
    made = files(result)
    holding = 0
    for path, data in made.items():
        said = words(data)
        assert said.count("A&B<C>") == said.count(squeezed(MARK)), path
        holding += "A&B<C>" in said
        assert not [formula for formula in formulas(data) if "A&B" in formula and "x" not in formula]
    assert holding > 50
    assert holding > len(made) * 0.6


CHARACTERS = st.one_of(
    st.characters(),
    st.characters(min_codepoint=0x20000, max_codepoint=0x323AF),  # rare Chinese
    st.sampled_from("😀👩‍👩‍👧‍👦🇨🇳"),
    st.sampled_from("אבגشرقיִ\u05d0\u0627"),
    st.sampled_from("e\u0301\u0323\u20e3\u3099"),
    st.characters(max_codepoint=0x9F),
    st.sampled_from("\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u2028\u2029\x85\ufffe\uffff"),
    st.sampled_from("&<>\"'|*_#`~^\\{}%[]()=+-@!$"),
)
PIECES = st.sampled_from(
    ["]]>", "<![CDATA[", "&amp;", "&#0;", "<!--", "{{ 7*7 }}", "{% for x in y %}", "{# x #}", "**", "| a | b |", "\n# 题\n",
     "=cmd|' /C calc'!A0", "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "{{company}}", "{{?sample}}", "@step", ":::", "\x01", "\x02",
     "甲" * 100, "～", "\r\n", "％s", "{0}", "{label}", "__", "~", "null", "无", "#", "- ", ": ", "? ", "!!python/none", "&a *a"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(CHARACTERS, PIECES), min_size=1, max_size=30).map("".join)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(TEXTS, min_size=5, max_size=5))
@example(["=cmd|' /C calc'!A0"] * 5)
@example(["龘𠮷𪚥" * 30_000] * 5)
@example(["]]>&amp;<w:p/>"] * 5)
@example(["\ud800x\udfff"] * 5)
@example(["../../x", "CON", "a.", "x" * 300, "a/b\\c:d"])
def test_any_text_is_said_again_or_reported_with_its_place(texts: list[str]) -> None:
    facts = copy.deepcopy(sample("minimal"))
    facts["certification"]["stage"] = "apply"
    facts["company"]["full_name"], facts["company"]["registered_address"] = texts[0], texts[1]
    facts["outlets"] = [{"code": "A1", "name": texts[2], "type": "own", "address": texts[3], "city": texts[4]}]
    with tempfile.TemporaryDirectory() as folder:
        result = build(facts, Path(folder))
        if not result.ok:
            faults = [d for d in result.diagnostics if d.severity is Severity.ERROR]
            assert all(d.place.file and d.place.line for d in faults), faults
            return
        assert result.folder is not None
        assert result.folder.parent == Path(folder) / "out"
        made = files(result)
        said = {path: words(data) for path, data in made.items()}
        loaded = load_profile_text((Path(folder) / "profile.yaml").read_bytes(), "profile.yaml").profile
        kept = loaded.outlets[0].name
        assert squeezed(kept or "") == squeezed(texts[2]) or squeezed(texts[2]) in ("", "~", "null", "Null", "NULL")
        everything = "\n".join(said.values())
        for value in (loaded.company.full_name, loaded.outlets[0].name, loaded.outlets[0].address):
            assert squeezed(value or "") in everything
        for path, data in made.items():
            if path.endswith(".xlsx"):
                assert not any("cmd" in formula or "SUM(1)" in formula for formula in formulas(data))
        removed = any(squeezed(t) != "".join(c for c in t if not c.isspace()) for t in texts[2:3])
        assert not removed or "P017" in {d.code for d in result.diagnostics}


def test_values_of_a_hundred_thousand_characters_are_written_whole(tmp_path: Path) -> None:
    facts = copy.deepcopy(sample("minimal"))
    long = "".join(chr(0x4E00 + n % 20_000) for n in range(100_000))
    facts["company"]["intro"] = long
    result = build(facts, tmp_path, ("manual",))
    assert result.ok
    assert any(long in words(data) for data in files(result).values())
