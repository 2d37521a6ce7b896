"""Reading YAML: bounded, every scalar as text, slips of people reported."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from docgen.diagnostics import DocgenError, Severity
from docgen.messages import render
from docgen.profile import load_profile, load_profile_text
from docgen.profile.reading import MAX_BYTES, MAX_NODES, MapNode, TextNode, read_file, read_text


def codes(text: str | bytes) -> list[str]:
    try:
        return [d.code for d in load_profile_text(text).diagnostics]
    except DocgenError as fault:
        return [d.code for d in fault.diagnostics]


def test_scalars_stay_text_and_know_their_place() -> None:
    root = read_text("a:\n  b: 0755\n  c: no\n", "x.yaml").root
    assert isinstance(root, MapNode)
    inner = root.entries[0][1]
    assert isinstance(inner, MapNode)
    (_, b), (_, c) = inner.entries
    assert isinstance(b, TextNode) and (b.text, b.line, b.column) == ("0755", 2, 6)
    assert isinstance(c, TextNode) and c.text == "no"


def test_the_pure_python_parser_gives_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "company: {full_name: 甲, code: 007}\noutlets:\n- code: '01'\n  name: |\n    两行\n    名称\n"
    fast = load_profile_text(text)
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    slow = load_profile_text(text)
    assert slow.profile == fast.profile
    assert slow.spans == fast.spans
    assert fast.profile.outlets[0].name == "两行\n名称"


def test_a_duplicate_key_is_reported_with_both_lines_and_the_first_counts() -> None:
    loaded = load_profile_text("company:\n  full_name: 甲\n  intro: x\n  full_name: 乙\n")
    (fault,) = loaded.diagnostics
    assert (fault.code, fault.place.line, fault.values["first"]) == ("P012", 4, 2)
    assert loaded.profile.company.full_name == "甲"


def test_a_label_and_its_name_are_the_same_key() -> None:
    loaded = load_profile_text("company:\n  full_name: 甲\n  企业全称: 乙\n")
    assert [d.code for d in loaded.diagnostics] == ["P012"]


def test_tab_indents_are_all_reported_and_the_rest_is_still_read() -> None:
    loaded = load_profile_text("company:\n\tfull_name: 甲\n\tcode: AB\n")
    assert [(d.code, d.place.line) for d in loaded.diagnostics] == [("P007", 2), ("P007", 3)]
    assert loaded.profile.company.code == "AB"


def test_a_tab_inside_a_text_is_no_fault() -> None:
    loaded = load_profile_text("company:\n  intro: 甲\t乙\n")
    assert loaded.diagnostics == ()
    assert loaded.profile.company.intro == "甲\t乙"


def test_bom_and_crlf_are_accepted_silently() -> None:
    loaded = load_profile_text("\ufeffcompany:\r\n  full_name: 甲\r\n".encode())
    assert loaded.diagnostics == ()
    assert loaded.profile.company.full_name == "甲"


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_gbk_files_are_recognised_read_and_reported(encoding: str) -> None:
    loaded = load_profile_text("company:\n  full_name: 深圳示例电器有限公司\n".encode(encoding))
    assert [(d.code, d.severity) for d in loaded.diagnostics] == [("P005", Severity.NOTE)]
    assert loaded.profile.company.full_name == "深圳示例电器有限公司"


def test_utf16_from_notepad_is_read() -> None:
    assert load_profile_text("company: {code: AB}".encode("utf-16")).profile.company.code == "AB"


def test_bytes_of_no_known_encoding_are_a_located_fault() -> None:
    assert codes(b"company:\n  full_name: \xff\xff\xff\n") == ["P004"]


def test_aliases_are_refused_and_not_expanded() -> None:
    lines = ["a: &a [x,x,x,x,x,x,x,x,x]"]
    for number in range(1, 9):
        lines.append(f"b{number}: &b{number} [{','.join(['*a'] * 9)}]")
    assert "P008" in codes("\n".join(lines))
    loaded = load_profile_text("company:\n  full_name: &n 甲\n  short_name: *n\n")
    assert [d.place.line for d in loaded.diagnostics] == [2, 3]
    assert loaded.profile.company.full_name == "甲"
    assert loaded.profile.company.short_name is None


def test_tags_are_refused_and_never_obeyed() -> None:
    loaded = load_profile_text("company:\n  full_name: !!python/object/apply:os.getcwd []\n")
    assert loaded.diagnostics[0].code == "P009"
    assert loaded.diagnostics[0].values["tag"].startswith("!!python")
    assert loaded.profile.company.full_name is None


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 5_000, "- " * 3_000 + "x"])
def test_deep_nesting_is_cut_off(text: str) -> None:
    assert "P010" in codes(text)


def test_too_many_entries_are_refused() -> None:
    assert "P011" in codes("company: {honours: [" + "a," * MAX_NODES + "]}")


def test_a_giant_file_is_refused_without_being_read(tmp_path: Path) -> None:
    giant = tmp_path / "giant.yaml"
    with giant.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    reading = read_file(giant)
    assert [d.code for d in reading.diagnostics] == ["P003"]
    assert reading.root is None


def test_a_file_of_the_greatest_size_is_read() -> None:
    start = "company:\n  intro: "
    assert codes(start + "x" * (MAX_BYTES - len(start))) == []


@pytest.mark.parametrize(("name", "code"), [("missing.yaml", "P001"), (".", "P002")])
def test_what_is_no_file_is_a_clear_fault(tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(DocgenError) as caught:
        load_profile(tmp_path / name)
    assert [d.code for d in caught.value.diagnostics] == [code]


def test_an_open_quote_is_reported_where_it_opens_together_with_earlier_faults() -> None:
    with pytest.raises(DocgenError) as caught:
        load_profile_text("staff: {total: viele}\ncompany:\n  full_name: '甲\n  code: AB\n")
    found = {d.code: d.place.line for d in caught.value.diagnostics}
    assert found == {"P006": 3, "P111": 1}


def test_a_missing_blank_after_the_colon_is_named() -> None:
    with pytest.raises(DocgenError) as caught:
        load_profile_text("company:\n  full_name:甲\n  code: AB\n")
    fault = caught.value.diagnostics[0]
    assert (fault.code, fault.place.line, fault.values["key"]) == ("P019", 2, "full_name")


def test_wide_colons_after_keys_are_understood_and_reported() -> None:
    loaded = load_profile_text("company：\n  企业全称：甲\n  code： AB\n")
    assert [d.code for d in loaded.diagnostics] == ["P018"] * 3
    assert (loaded.profile.company.full_name, loaded.profile.company.code) == ("甲", "AB")


def test_wide_colons_in_texts_stay() -> None:
    text = "company:\n  intro: |\n    投诉电话：0755\n    地址：甲\n"
    loaded = load_profile_text(text)
    assert loaded.diagnostics == ()
    assert loaded.profile.company.intro == "投诉电话：0755\n地址：甲"


def test_control_characters_are_removed_with_a_warning() -> None:
    loaded = load_profile_text('company:\n  full_name: 甲\x0b乙\n  intro: "a\\u0001b"\n')
    assert [(d.code, d.place.line) for d in loaded.diagnostics] == [("P017", 2), ("P017", 3)]
    assert (loaded.profile.company.full_name, loaded.profile.company.intro) == ("甲乙", "ab")


def test_rare_characters_and_emoji_are_kept() -> None:
    assert load_profile_text("company: {full_name: 𠮷野😀}").profile.company.full_name == "𠮷野😀"


@pytest.mark.parametrize(("text", "code"), [("", "P014"), ("# nur\n", "P014"), ("甲", "P015"), ("- a", "P015")])
def test_a_file_that_is_no_mapping_gives_no_profile(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_a_second_document_is_reported_and_ignored() -> None:
    loaded = load_profile_text("company: {code: AB}\n---\ncompany: {code: CD}\n")
    assert [d.code for d in loaded.diagnostics] == ["P016"]
    assert loaded.profile.company.code == "AB"


def test_a_list_as_a_key_is_reported() -> None:
    assert codes("? [a]\n: 1\ncompany: {code: AB}\n") == ["P013"]


@pytest.mark.parametrize("text", ["[" * 99, "company:\n\tx", "a: *b", "x: '", "company: {code: [1]}", "甲：乙"])
def test_every_fault_can_be_said_in_both_languages(text: str) -> None:
    try:
        found = load_profile_text(text).diagnostics
    except DocgenError as fault:
        found = fault.diagnostics
    assert found
    for diagnostic in found:
        for lang in ("zh", "en"):
            assert diagnostic.code in render(diagnostic, lang)
            assert "{" not in render(diagnostic, lang).replace("{…}", "")
