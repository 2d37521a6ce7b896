"""From a file to a profile: all faults in one run, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest

from docgen.diagnostics import Severity
from docgen.profile import Profile, load_profile, load_profile_text
from docgen.profile.building import empty_part
from docgen.profile.company import Company
from docgen.profile.describe import describe, field_at, fields_of, full_label, label_of, pattern_of, value_label
from docgen.profile.fields import Part
from docgen.profile.walking import leaves

SAMPLES = sorted((Path(__file__).parents[2] / "company_profiles").glob("*.yaml"))

FAULTY = """\
company:
  full_name: 深圳示例电器有限公司
  anual_sales: 5
  hotline: 0755
certification:
  scope: {a: b}
  running_since: 2026-02-30
outlets:
  - name: 甲
    phone: 0755-1
    staff: viele
service: 2 小时
products: 水壶
"""


def test_all_faults_come_in_one_run_each_with_its_place() -> None:
    loaded = load_profile_text(FAULTY, "x.yaml")
    found = [(d.code, d.place.line, d.place.column, d.place.key) for d in loaded.diagnostics]
    assert found == [
        ("P100", 3, 3, "company.anual_sales"),
        ("P102", 4, 3, "company.hotline"),
        ("P101", 6, 10, "certification.scope"),
        ("P114", 7, 18, "certification.running_since"),
        ("P111", 11, 12, "outlets[0].staff"),
        ("P103", 12, 10, "service"),
        ("P104", 13, 11, "products"),
    ]
    assert {d.severity for d in loaded.diagnostics} == {Severity.ERROR}
    assert loaded.profile.company.full_name == "深圳示例电器有限公司"
    assert loaded.profile.outlets[0].phone == "0755-1"


def test_an_unknown_key_names_the_nearest_field() -> None:
    fault = load_profile_text(FAULTY).diagnostics[0]
    assert fault.nearest == "annual_sales"


def test_a_key_in_the_wrong_group_names_where_it_belongs() -> None:
    fault = load_profile_text(FAULTY).diagnostics[1]
    assert fault.values["homes"] == "service.hotline"


def test_a_fault_in_a_value_says_what_was_read_expected_and_an_example() -> None:
    fault = load_profile_text(FAULTY).diagnostics[4]
    assert fault.values["read"] == "viele"
    assert fault.values["unit"] == "人"
    assert fault.values["example"] == "12"


def test_chinese_labels_are_keys_too() -> None:
    loaded = load_profile_text("企业:\n  企业全称: 甲\n服务:\n  服务热线: 0755-1\n  服务活动: {提供配送: true}\n")
    assert loaded.diagnostics == ()
    assert loaded.profile.company.full_name == "甲"
    assert loaded.profile.service.hotline == "0755-1"
    assert loaded.profile.service.activities.delivery is True


def test_a_key_with_hyphens_or_capitals_is_understood_and_reported() -> None:
    loaded = load_profile_text("company: {Full-Name: 甲}")
    assert [d.code for d in loaded.diagnostics] == ["P152"]
    assert loaded.profile.company.full_name == "甲"


@pytest.mark.parametrize("typed", ["", "~", "null", "''", "''   "])
def test_nothing_typed_is_an_absent_fact(typed: str) -> None:
    loaded = load_profile_text(f"company:\n  full_name: {typed}\n  annual_sales: {typed}\n  contact: {typed}\n")
    assert loaded.diagnostics == ()
    assert loaded.profile.company == empty_part(type(loaded.profile.company))


def test_a_quoted_null_is_a_text() -> None:
    assert load_profile_text("company: {full_name: 'null'}").profile.company.full_name == "null"


def test_short_words_in_one_text_are_a_list_and_sentences_one_item() -> None:
    text = "sales: {provinces: 广东省、湖南省}\nsupervision: {rewards: 全年零投诉、回访率百分之百的，奖励一千元。}\n"
    loaded = load_profile_text(text)
    assert [d.code for d in loaded.diagnostics] == ["P151", "P151"]  # what was taken apart, and what was not, is told
    assert loaded.profile.sales.provinces == ("广东省", "湖南省")
    assert len(loaded.profile.supervision.rewards) == 1


def test_one_word_in_a_list_needs_no_note() -> None:
    loaded = load_profile_text("sales: {provinces: 广东省}\n")
    assert (loaded.profile.sales.provinces, loaded.diagnostics) == (("广东省",), ())


def test_a_list_of_words_in_a_text_is_the_words_in_one_text_and_told() -> None:
    loaded = load_profile_text("privacy: {access: [客服主管, 系统管理员]}\n")
    assert [(d.code, d.values["understood"]) for d in loaded.diagnostics] == [("P150", "客服主管、系统管理员")]
    assert loaded.profile.privacy.access == "客服主管、系统管理员"


def test_a_field_called_by_the_label_its_name_has_elsewhere_is_named_by_its_own() -> None:
    (fault,) = load_profile_text("company: {contact: {姓名: 林一舟}}\n").diagnostics
    assert (fault.code, fault.nearest) == ("P100", "联系人（name）")


def test_none_written_for_a_list_is_an_empty_list() -> None:
    loaded = load_profile_text("outlets: 无\ncertification: {outsourced_processes: 无}\n")
    assert loaded.profile.outlets == ()
    assert loaded.profile.certification.outsourced_processes == ()
    assert "outlets" in loaded.profile.told


def test_faulty_items_leave_the_others() -> None:
    loaded = load_profile_text("outlets:\n- name: 甲\n- 乙\n- name: 丙\n")
    assert [(d.code, d.place.key) for d in loaded.diagnostics] == [("P103", "outlets[1]")]
    assert [o.name for o in loaded.profile.outlets] == ["甲", None, "丙"]


def test_spans_tell_where_each_fact_stands() -> None:
    loaded = load_profile_text(FAULTY)
    assert loaded.spans["outlets[0].phone"] == (10, 12)
    assert loaded.place("outlets[0].head").line == 9
    assert loaded.place("culture.policy").line == 0


def test_free_keys_are_kept() -> None:
    loaded = load_profile_text("terms: {engineer: 工程师}\nkpis: {follow_up_rate: {target: 90}}\n")
    assert loaded.profile.terms == {"engineer": "工程师"}
    assert str(loaded.profile.kpis["follow_up_rate"].target) == "90"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_loads_without_faults_and_every_value_has_the_type_its_field_declares(path: Path) -> None:
    loaded = load_profile(path)
    assert [d for d in loaded.diagnostics if d.severity is Severity.ERROR] == []
    assert [where for where, part in parts(loaded.profile) for where in mistyped(part, where)] == []


def test_a_value_of_another_type_would_be_noticed() -> None:
    assert mistyped(Company(full_name=3, founded="2024"), "company") == ["company.full_name", "company.founded"]
    assert mistyped(Company(honours=("a", 1), contact=Company()), "") == [".honours", ".contact"]


def parts(part: Part, where: str = "") -> Iterator[tuple[str, Part]]:
    """A part and those below it."""
    yield where, part
    for name, value in vars(part).items():
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
        for item in inner:
            if isinstance(item, Part):
                yield from parts(item, f"{where}.{name}")


def mistyped(part: Part, where: str) -> list[str]:
    """The fields of a part whose value is not of the declared type."""
    return [f"{where}.{n}" for n, kind in type(part).__annotations__.items() if not fits(getattr(part, n), kind)]


def fits(value: Any, kind: Any) -> bool:
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return any(fits(value, arg) for arg in args)
    if origin is Literal:
        return value in args
    if origin is tuple:
        return isinstance(value, tuple) and all(fits(item, args[0]) for item in value)
    if origin is dict:
        return isinstance(value, dict) and all(fits(item, args[1]) for item in value.values())
    return type(value) is kind


def test_a_part_is_made_of_known_fields_and_not_changed() -> None:
    with pytest.raises(TypeError):
        Company(colour="red")
    company = Company(full_name="甲")
    with pytest.raises(AttributeError):
        company.full_name = "乙"
    assert company.changed(full_name="乙") == Company(full_name="乙") != company
    assert (company.told, company.honours, company.contact.name) == (frozenset({"full_name"}), (), None)


def test_an_unknown_name_in_the_package_is_an_attribute_error() -> None:
    import docgen.profile

    with pytest.raises(AttributeError):
        _ = docgen.profile.nothing


def test_every_name_of_the_front_door_is_there() -> None:
    import docgen.profile

    for name in docgen.profile.__all__:
        assert getattr(docgen.profile, name) is not None


def test_every_field_has_a_label_and_no_label_stands_for_two_fields_of_a_group() -> None:
    parts = {info.part for info in describe().values() if info.part} | {Profile}
    for part in parts:
        labels = [info.label for info in fields_of(part).values()]
        assert len(labels) == len(set(labels)), part
        assert not any(label.isascii() for label in labels), part


def test_concrete_paths_find_their_field() -> None:
    assert pattern_of("outlets[3].name") == "outlets[].name"
    assert pattern_of("kpis.follow_up_rate.target") == "kpis.*.target"
    assert pattern_of("terms.engineer") == "terms.*"
    assert label_of("outlets[3].name") == "网点名称"
    assert label_of("sales.provinces[1]") == "销售省份"
    assert label_of("nowhere.at.all") == "nowhere.at.all"
    assert field_at("nowhere") is None


def test_labels_of_choices_depend_on_the_field_where_values_are_shared() -> None:
    assert value_label("own") == "自营"
    assert value_label("own", "logistics.by") == "自有配送"
    assert value_label("business", "training.sessions[0].category") == "业务"
    assert value_label("unheard_of") == "unheard_of"


def test_leaves_are_all_the_facts_with_spans() -> None:
    loaded = load_profile(SAMPLES[0])
    for path, _, _ in leaves(loaded.profile):
        assert path in loaded.spans or path.rpartition("[")[0] in loaded.spans


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("organization.top_management.name", "最高管理者姓名"),
        ("complaints.major.plan", "重大投诉提出方案时限"),
        ("staff.total", "员工总数"),
        ("nothing.here", "nothing.here"),
    ],
)
def test_a_label_several_fields_have_is_told_with_its_group(path: str, label: str) -> None:
    assert full_label(path) == label
