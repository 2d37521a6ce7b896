"""Values as people type them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.diagnostics import Severity
from docgen.messages import render
from docgen.profile import Duration, LoadedProfile, load_profile_text
from docgen.profile.describe import describe
from docgen.profile.labels import family_of
from docgen.profile.walking import value_at
from docgen.profile.words import chinese_number


def load(path: str, typed: str) -> LoadedProfile:
    lines = [f"{'  ' * depth}{name}:" for depth, name in enumerate(path.split("."))]
    return load_profile_text("\n".join(lines) + f" {typed}\n")


def understood(path: str, typed: str) -> tuple[Any, list[str]]:
    loaded = load(path, typed)
    return value_at(loaded.profile, path), [d.code for d in loaded.diagnostics]


@pytest.mark.parametrize("typed", ["0755", "'0755'", "007", "1e5", "0x1F", "12:30:45", "no", "1_000"])
def test_a_code_typed_without_quotes_keeps_every_sign(typed: str) -> None:
    assert understood("service.hotline", typed) == (typed.strip("'"), [])


def test_yes_and_no_stay_words_where_the_field_is_text() -> None:
    assert understood("certification.consultant", "no") == ("no", [])


def test_free_text_is_never_altered() -> None:
    text = "２０２４年，占比５０％　——“特约”，（）"
    assert understood("company.intro", text) == (text, [])


def test_full_width_signs_of_a_phone_are_understood_and_reported() -> None:
    assert understood("company.phone", "０７５５－１２３４５６７８") == ("0755-12345678", ["P150"])


@pytest.mark.parametrize("typed", ["ｓｌｄｑ", "sldq", "SL DQ"])
def test_a_document_code_is_put_in_capitals(typed: str) -> None:
    assert understood("company.code", typed) == ("SLDQ", ["P150"])


@pytest.mark.parametrize(
    ("path", "typed", "bounds"),
    [
        ("certification.running_since", "0001-01-01", "1800-01-01 到 2199-12-31"),
        ("certification.planned_audit_date", "9999-12-31", "1800-01-01 到 2199-12-31"),
        ("training.year", "10001", "1900 到 2199"),
        ("culture.promotion_month", "13", "1 到 12"),
        ("supervision.inspections_per_year", "999999999999", "0 到 1000"),
        ("survey.sample_size", "-5", "0 到 1000000000000"),
        ("company.annual_sales", "-1", "0 到 1000000000000"),
        ("service.follow_up_share", "101", "0 到 100"),
    ],
)
def test_a_value_beyond_what_can_be_is_a_fault_that_names_the_bounds(path: str, typed: str, bounds: str) -> None:
    loaded = load(path, typed)
    assert value_at(loaded.profile, path) is None
    (fault,) = [d for d in loaded.diagnostics if d.severity is Severity.ERROR]
    assert fault.code == "P117" and bounds in render(fault, "zh")


def test_a_time_limit_of_hundreds_of_digits_is_no_time_limit() -> None:
    assert understood("service.response_time", "9" * 400 + " 天") == (None, ["P115"])


@pytest.mark.parametrize("typed", ["有", "yes", "on", "True", "√", "Ｙ", "1"])
def test_yes_in_all_its_words(typed: str) -> None:
    assert understood("service.activities.delivery", typed) == (True, ["P150"])


@pytest.mark.parametrize("typed", ["无", "no", "off", "没有", "0"])
def test_no_in_all_its_words(typed: str) -> None:
    assert understood("service.activities.delivery", typed) == (False, ["P150"])


@pytest.mark.parametrize(("typed", "value"), [("true", True), ("是", True), ("false", False), ("否", False)])
def test_yes_and_no_as_the_starter_writes_them_need_no_note(typed: str, value: bool) -> None:
    assert understood("service.activities.delivery", typed) == (value, [])


def test_a_choice_by_its_own_label_needs_no_note() -> None:
    assert understood("sales.customers", "消费者") == ("consumer", [])


@pytest.mark.parametrize(
    "typed",
    [
        "2024-3-1",
        "2024年3月1日",
        "2024/3/1",
        "2024.3.1",
        "２０２４－０３－０１",
        "20240301",
        "二〇二四年三月一日",
        "2024-03-01 00:00:00",
    ],
)
def test_dates_in_all_their_forms(typed: str) -> None:
    assert understood("company.founded", typed) == (date(2024, 3, 1), ["P150"])


def test_an_iso_date_needs_no_note() -> None:
    assert understood("company.founded", "2024-03-01") == (date(2024, 3, 1), [])


@pytest.mark.parametrize("typed", ["2024-02-30", "2024年3月", "3/1/2024", "去年", "2024-13-01", "0000-01-01", "2024"])
def test_what_is_no_full_date_is_a_fault_and_no_guess(typed: str) -> None:
    assert understood("company.founded", typed) == (None, ["P114"])


@pytest.mark.parametrize(
    ("typed", "value"),
    [("320人", 320), ("１２０", 120), ("1,200", 1200), ("1.2万", 12000), ("三百二十", 320), ("320 名", 320)],
)
def test_head_counts_with_units(typed: str, value: int) -> None:
    assert understood("staff.total", typed) == (value, ["P150"])


@pytest.mark.parametrize("typed", ["约45", "45-50", "1.5", "45天", "NaN", "1e3", "9" * 40, "12,34", "若干"])
def test_what_is_no_whole_number_is_a_fault(typed: str) -> None:
    assert understood("staff.total", typed) == (None, ["P111"])


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1.8亿", "18000"), ("180万", "180"), ("180万元", "180"), ("1800000元", "180"), ("18,000", "18000")],
)
def test_money_is_brought_to_the_unit_of_the_field(typed: str, value: str) -> None:
    assert understood("company.annual_sales", typed) == (Decimal(value), ["P150"])


@pytest.mark.parametrize("typed", ["Infinity", "NaN", "-Infinity", "1e9", "0x10"])
def test_numbers_of_programs_are_no_numbers_of_people(typed: str) -> None:
    assert understood("company.annual_sales", typed) == (None, ["P112"])


def test_a_percent_sign_is_understood() -> None:
    assert understood("service.follow_up_share", "95%") == (Decimal(95), ["P150"])


def test_decimals_are_exact() -> None:
    assert understood("company.annual_sales", "0.1") == (Decimal("0.1"), [])


@pytest.mark.parametrize(("typed", "months"), [("1年", 12), ("12个月", 12), ("两年", 24)])
def test_years_of_warranty_become_months(typed: str, months: int) -> None:
    assert understood("service.repair_warranty_months", typed) == (months, ["P150"])


@pytest.mark.parametrize(
    ("typed", "value", "noted"),
    [
        ("2小时", "2 小时", False),
        ("3个工作日", "3 个工作日", False),
        ("48h", "48 小时", True),
        ("24小时内", "24 小时", True),
        ("20秒", "20 秒", False),
        ("15 s", "15 秒", True),
        ("半分钟", "30 秒", True),
        ("半小时", "30 分钟", True),
        ("三个工作日", "3 个工作日", True),
        ("２小时", "2 小时", True),
        ("5 日", "5 天", True),
    ],
)
def test_time_limits_in_all_their_forms(typed: str, value: str, noted: bool) -> None:
    limit, codes = understood("service.repair_time", typed)
    assert str(limit) == value
    assert codes == (["P150"] if noted else [])
    assert isinstance(limit, Duration) and limit.minutes > 0


@pytest.mark.parametrize("typed", ["尽快", "24", "2-3天", "1 小时 30 分", "-1 天"])
def test_what_is_no_time_limit_is_a_fault(typed: str) -> None:
    assert understood("service.repair_time", typed) == (None, ["P115"])


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [
        ("certification.target_level", "五星", "five_star"),
        ("company.enterprise_type", "生产企业", "manufacturer"),
        ("sales.customers", "个人", "consumer"),
        ("logistics.by", "自营", "own"),
        ("certification.target_level", "Five-Star", "five_star"),
    ],
)
def test_chinese_words_for_fixed_values(path: str, typed: str, value: str) -> None:
    assert understood(path, typed) == (value, ["P150"])


def test_an_unknown_choice_names_the_nearest_and_all_allowed() -> None:
    (fault,) = load("sales.customers", "消费着").diagnostics
    assert (fault.code, fault.nearest) == ("P116", "consumer")
    assert "business（企业）" in fault.values["allowed"]


def test_every_choice_of_the_model_has_its_chinese_words() -> None:
    without = [path for path, info in describe().items() if info.choices and not family_of(info.choices)]
    assert without == []


def test_no_word_means_two_values_of_one_field() -> None:
    for info in describe().values():
        words = [word for words in family_of(info.choices).values() for word in words]
        assert len(words) == len(set(words)), info.choices


def test_every_understanding_is_a_note_and_no_fault() -> None:
    loaded = load("staff.total", "320人")
    assert [d.severity for d in loaded.diagnostics] == [Severity.NOTE]
    assert loaded.diagnostics[0].values["understood"] == "320"


@pytest.mark.parametrize(("typed", "value"), [("十", 10), ("十二", 12), ("二十", 20), ("一百零五", 105), ("甲", None)])
def test_chinese_numerals(typed: str, value: int | None) -> None:
    assert chinese_number(typed) == value


SCALAR_PATHS = sorted(
    path for path, info in describe().items() if info.is_scalar and "[]" not in path and "*" not in path
)


@given(
    st.sampled_from(SCALAR_PATHS),
    st.text(alphabet="0123456789.-/年月日天小时个万亿元%％，,人是否无约abcＡ１ ", max_size=12),
)
def test_any_short_text_is_read_or_reported(path: str, text: str) -> None:
    typed = '"' + text + '"'
    loaded = load(path, typed)
    value = value_at(loaded.profile, path)
    errors = [d for d in loaded.diagnostics if d.severity is Severity.ERROR]
    if text.strip():
        assert (value is None) == bool(errors)
    else:
        assert value is None and not errors
