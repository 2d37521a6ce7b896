"""What a profile says is what its questionnaire says, whatever the texts are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from docgen.profile.fields import Part
from docgen.profile.loading import load_profile
from docgen.profile.profile import Profile
from tests.questionnaire.books import SAMPLES, filled, profile_of, read, told, written


def told_lists(part: Part) -> dict[str, bool]:
    """Which lists were written, with empty ones, below a part."""
    found = {name: name in part.told for name, value in part.__dict__.items() if value == ()}
    for name, value in part.__dict__.items():
        if isinstance(value, Part):
            found |= {f"{name}.{key}": said for key, said in told_lists(value).items()}
    return found


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_questionnaire_of_a_profile_says_the_same(sample: Path, tmp_path: Path) -> None:
    own = load_profile(sample)
    loaded = read(written(tmp_path, own.profile))
    assert loaded.profile == own.profile
    assert told_lists(loaded.profile) == told_lists(own.profile)
    assert not loaded.diagnostics


@pytest.mark.parametrize("sample", SAMPLES[:2], ids=lambda path: path.stem)
def test_it_says_the_same_after_another_program_saved_it(sample: Path, tmp_path: Path) -> None:
    own = load_profile(sample)
    assert read(filled(written(tmp_path, own.profile), {})).profile == own.profile


# signs a YAML profile cannot hold are left out; blanks at the ends of a text are not kept by one either
SIGNS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")) | st.sampled_from("\n\t=+-@~•、；;,'\"&<>()（）{}_#")
TEXT = st.text(SIGNS, min_size=1, max_size=60).map(str.strip).filter(bool)
ODD = st.sampled_from(
    [
        "=1+1", "=cmd|' /C calc'!A0", "+8675500000001", "-1", "@SUM(A1)", "007", "0755-0000", "~", "~~", "null", "无", "否",
        "第一行\n第二行\n\n第四行", "• 甲\n• 乙", "••甲", "甲、乙；丙", "a（b）", "x（hotline_agent）", "_x0041_", "true", "1e5",
        "2026-01-02", "docgen:facts", "甲\r乙", "'引号", "12345678901234567890", "#备注", "{{ 7*7 }}", "％５０",
    ]
)  # fmt: skip


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a workbook an example: shrinking would take minutes
)
@given(
    texts=st.lists(TEXT | ODD, min_size=4, max_size=4),
    items=st.lists(TEXT | ODD, min_size=1, max_size=4),
    rows=st.lists(st.tuples(TEXT | ODD, st.none() | TEXT | ODD), min_size=1, max_size=4),
)
def test_any_text_comes_back_as_it_was(texts: list[str], items: list[str], rows: list[tuple[str, str | None]]) -> None:
    profile = profile_with(texts, items, rows)
    with TemporaryDirectory() as folder:
        assert read(written(Path(folder), profile)).profile == profile


def profile_with(texts: list[str], items: list[str], rows: list[tuple[str, str | None]]) -> Profile:
    from docgen.profile.company import Company
    from docgen.profile.organization import Department, Organization, Position
    from docgen.profile.resources import ItSystem, Resources
    from docgen.profile.service import Service

    company = Company(full_name=texts[0], intro=texts[1], industry=texts[2], honours=tuple(items))
    departments = tuple(Department(name=name, duties=tuple(items)) for name, _ in rows)
    posts = tuple(Position(role=tuple(items), title=name, department=other) for name, other in rows)
    return Profile(
        company=company,
        organization=Organization(departments=departments, positions=posts),
        service=Service(hotline_hours=texts[3], online_channels=tuple(items)),
        resources=Resources(it_systems=tuple(ItSystem(name=name, use=other) for name, other in rows)),
        terms={"engineer": texts[0]},
    )


def test_a_text_longer_than_a_cell_comes_back_whole(tmp_path: Path) -> None:
    long = "很长的简介。" * 12_000
    profile = profile_of(f"company: {{intro: {long}}}\noutlets: [{{name: 甲, area: {long}}}]\n")
    loaded = read(written(tmp_path, profile))
    assert loaded.profile.company.intro == long
    assert loaded.profile.outlets[0].area == long


def test_a_thing_of_a_list_that_says_of_itself_there_is_none_is_a_thing(tmp_path: Path) -> None:
    profile = profile_of("outsourcing: [{process: 无}]\norganization: {departments: [{functions: []}, {}]}")
    assert read(written(tmp_path, profile)).profile == profile


def test_every_kind_of_value_comes_back(tmp_path: Path) -> None:
    yaml = """
company: {founded: 2012-05-18, annual_sales: 12000.50, phone: 0755-00000000, postal_code: "000123"}
certification: {target_level: five_star, outsourced_processes: []}
service: {response_time: 3个工作日, activities: {delivery: true, on_site: false}}
sales: {modes: [online, dealer], main_customers: [无]}
outlets: []
kpis: {response_in_time: {target: 95, last: 93.5, period: 2025 年}}
terms: {engineer: 师傅}
"""
    profile = profile_of(yaml)
    loaded = read(written(tmp_path, profile))
    assert loaded.profile == profile
    assert loaded.profile.company.founded == date(2012, 5, 18)
    assert loaded.profile.company.annual_sales == Decimal("12000.50")
    assert loaded.profile.sales.main_customers == ("无",)
    assert "outlets" in loaded.profile.told, "“there are none” is an answer"
    assert "outsourced_processes" in loaded.profile.certification.told
    assert "products" not in loaded.profile.told
    assert not told(loaded)
