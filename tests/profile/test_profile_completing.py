"""Gaps, defaults, schema, starter."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.diagnostics import DocgenError, Severity
from docgen.profile import Level, apply_defaults, check_profile, gaps, json_schema, load_profile_text, starter_text
from docgen.profile.completeness import completeness, required_topics
from docgen.profile.schema import SCHEMA_FILE, schema_text
from docgen.profile.starter import load_words, yaml_value

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "company_profiles").glob("*.yaml"))
WORDS = load_words(ROOT / "templates")


def missing(text: str) -> set[str]:
    return {gap.path for gap in gaps(load_profile_text(text).profile)}


def test_gaps_come_must_first_and_in_the_order_of_the_model() -> None:
    found = gaps(load_profile_text("company: {full_name: 甲}").profile)
    assert [gap.level for gap in found] == sorted((g.level for g in found), key=list(Level).index)
    assert [gap.path for gap in found[:2]] == ["company.code", "company.unified_social_credit_code"]


def test_what_an_industry_does_not_have_is_no_gap_and_lowers_no_share() -> None:
    profile = load_profile_text("products: [{name: 软件}]").profile
    apart = ("products[].parts_supply_years", "resources.spare_parts.kinds")
    asked, spared = completeness(profile), completeness(profile, apart)
    gone = {gap.path for gap in asked.gaps} - {gap.path for gap in spared.gaps}
    assert gone == {"products[0].parts_supply_years", "resources.spare_parts.kinds"}
    assert sum(share.total for share in asked.shares.values()) - sum(s.total for s in spared.shares.values()) == 2


def test_a_gap_explains_itself() -> None:
    gap = next(g for g in gaps(load_profile_text("{company: {}}").profile) if g.path == "service.response_time")
    assert (gap.label, gap.level, gap.example) == ("响应时限", Level.MUST, "2 小时")
    assert gap.help


def test_a_list_that_is_too_short_is_a_gap() -> None:
    one = "organization: {people: [{name: 甲}]}\n"
    assert "organization.people" in missing(one + "staff: {service: 2}")
    assert "organization.people" not in missing(one + "staff: {service: 1}")
    some = "training: {sessions: [{topic: 甲, category: law}]}"
    assert "training.sessions" in missing(some)
    assert required_topics(load_profile_text(some).profile).count("outlet") == 0


def test_an_empty_list_is_one_gap_and_items_have_their_own() -> None:
    assert "outlets" in missing("{company: {}}")
    assert not any(path.startswith("outlets[") for path in missing("{company: {}}"))
    found = missing("outlets: [{name: 甲}, {head: 乙}]")
    assert "outlets" not in found
    assert {"outlets[0].head", "outlets[1].name"} <= found
    assert "outlets[0].name" not in found


def test_a_list_written_empty_is_an_answer() -> None:
    assert "outlets" not in missing("outlets: []")
    assert "outsourcing" not in missing("outsourcing: 无")
    assert "outlets" in missing("outlets:")


@pytest.mark.parametrize(
    ("answer", "path"),
    [
        ("service: {activities: {on_site: false}}", "service.arrival_time_city"),
        ("service: {activities: {delivery: false}}", "service.delivery_time"),
        ("service: {activities: {delivery: false}}", "logistics.by"),
        ("service: {activities: {installation: false}}", "service.installation_time"),
        ("service: {activities: {take_back: false}}", "take_back.recycler"),
        ("service: {activities: {paid_repair: false}}", "service.charges"),
        ("logistics: {by: own}", "logistics.carriers"),
        ("outlets: []", "supervision.outlet_assessments_per_year"),
        ("outlets: []", "supervision.outlet_pass_score"),
        ("resources: {equipment: [{kind: tool}]}", "documents.reminders.calibration"),
        ("sales: {customers: business}", "service.return_policy.no_reason_days"),
    ],
)
def test_facts_that_do_not_apply_are_no_gaps(answer: str, path: str) -> None:
    assert path in missing("{company: {}}")
    assert path not in missing(answer)


def test_calibration_is_asked_of_measuring_equipment_only() -> None:
    found = missing("resources: {equipment: [{kind: tool}, {kind: measuring}]}")
    assert "resources.equipment[1].calibrated_to" in found
    assert "resources.equipment[0].calibrated_to" not in found


def test_uncovered_provinces_are_asked_only_where_there_are_any() -> None:
    assert "sales.uncovered_provinces" in missing("sales: {provinces: [广东省]}")
    assert "sales.uncovered_provinces" not in missing("sales: {provinces: [广东]}\noutlets: [{province: 广东省}]")


def test_the_share_of_a_level_counts_what_applies() -> None:
    empty = completeness(load_profile_text("{company: {}}").profile).shares[Level.MUST]
    one = completeness(load_profile_text("company: {full_name: 甲}").profile).shares[Level.MUST]
    assert empty.ratio == 0.0
    assert (one.known, one.total) == (1, empty.total)
    assert one.ratio == pytest.approx(1 / empty.total)


def test_defaults_fill_absent_facts_only_and_are_recorded() -> None:
    profile = load_profile_text(
        "service: {dispatch_time: 1 小时}\nkpis: {a: {last: 5}}\nproducts: [{name: x}]\n"
    ).profile
    filled, assumed = apply_defaults(
        profile,
        {
            "service.dispatch_time": "30 分钟",
            "service.repair_time": "3天",
            "service.follow_up_share": 80,
            "service.activities.remote": True,
            "service.return_policy.no_reason_days": 7,
            "kpis.a.target": 95,
            "kpis.b.target": "2.5",
            "sales.modes": ["online", "经销"],
            "terms.engineer": "工程师",
            "products[].wear_parts_months": 3,
        },
    )
    assert str(filled.service.dispatch_time) == "1 小时"
    assert str(filled.service.repair_time) == "3 天"
    assert filled.service.activities.remote is True
    assert (filled.kpis["a"].last, filled.kpis["a"].target) == (5, 95)
    assert filled.sales.modes == ("online", "dealer")
    assert filled.products[0].wear_parts_months == 3
    assert set(assumed) == {
        "service.repair_time", "service.follow_up_share", "service.activities.remote",
        "service.return_policy.no_reason_days", "kpis.a.target", "kpis.b.target", "sales.modes", "terms.engineer",
        "products[0].wear_parts_months",
    }  # fmt: skip


def test_the_profile_given_to_defaults_stays_as_it_was() -> None:
    profile = load_profile_text("kpis: {a: {last: 5}}").profile
    apply_defaults(profile, {"kpis.a.target": 1, "service.repair_time": "3 天"})
    assert profile == load_profile_text("kpis: {a: {last: 5}}").profile


def test_a_list_written_empty_is_not_filled() -> None:
    profile = load_profile_text("outlets: []").profile
    filled, assumed = apply_defaults(profile, {"outlets": [{"name": "甲"}]})
    assert (filled.outlets, assumed) == ((), ())


def test_faulty_defaults_are_all_reported() -> None:
    profile = load_profile_text("{company: {}}").profile
    with pytest.raises(DocgenError) as caught:
        apply_defaults(profile, {"service.nothing": 1, "service.repair_time": "bald", "service": 1})
    assert sorted(d.code for d in caught.value.diagnostics) == ["P115", "P300", "P300"]


# JSON Schema -----------------------------------------------------------------------------------------------


class PlainLoader(yaml.SafeLoader):
    """YAML 1.2 core as editors read it: dates are strings."""


PlainLoader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}


def schema_faults(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str = "") -> list[str]:
    """The keywords our schema uses, checked as draft 7 has them."""
    found: list[str] = []
    for inner in schema.get("allOf", ()):
        found += schema_faults(value, inner, root, path)
    if "$ref" in schema:
        return schema_faults(value, root["definitions"][schema["$ref"].rpartition("/")[2]], root, path)
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{path}: {value!r} not in enum")
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds

    def fits(kind: str) -> bool:
        if kind == "null":
            return value is None
        return isinstance(value, _TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))

    if kinds and not any(fits(kind) for kind in kinds):
        found.append(f"{path}: {value!r} is not {kinds}")
    if isinstance(value, dict):
        for key, item in value.items():
            inner = schema.get("properties", {}).get(key, schema.get("additionalProperties", {}))
            if inner is False:
                found.append(f"{path}.{key} is unknown")
            else:
                found += schema_faults(item, inner, root, f"{path}.{key}")
    if isinstance(value, list):
        for number, item in enumerate(value):
            found += schema_faults(item, schema.get("items", {}), root, f"{path}[{number}]")
    return found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_schema_accepts_a_sample(path: Path) -> None:
    schema = json_schema()
    value = yaml.load(path.read_text(encoding="utf-8"), PlainLoader)
    assert schema_faults(value, schema, schema) == []


@pytest.mark.parametrize(
    "text",
    ["company: {ful_name: x}", "outlets: {name: x}", "sales: {customers: nobody}", "staff: {total: 1.5}", "company: 1"],
)
def test_the_schema_refuses_what_is_wrong(text: str) -> None:
    schema = json_schema()
    assert schema_faults(yaml.load(text, PlainLoader), schema, schema)


def test_the_schema_explains_in_chinese_with_levels_examples_and_choices() -> None:
    schema = json_schema()
    level = schema["definitions"]["Certification"]["properties"]["target_level"]
    assert (level["title"], level["x-level"]) == ("目标级别", "must")
    assert "五星" in level["enum"] and "five_star" in level["enum"]
    assert "five_star 五星" in level["description"]
    kind = schema["definitions"]["Department"]["properties"]["functions"]
    assert "contact_centre 客户服务" in kind["description"]
    assert schema["definitions"]["Service"]["properties"]["response_time"]["examples"] == ["2 小时"]
    assert schema["properties"]["company"]["title"] == "企业"


def test_the_schema_is_plain_json() -> None:
    assert json.loads(schema_text()) == json_schema()


# starter ----------------------------------------------------------------------------------------------------


def starter() -> str:
    return starter_text(
        "electronics",
        "深圳示例电器有限公司",
        words=WORDS,
        defaults={"service.dispatch_time": "45 分钟", "kpis.follow_up_rate.target": 95},
        names={"kpis": {"follow_up_rate": "回访率"}, "organization.positions[].role": {"dispatcher": "调度员"}},
    )


def test_the_starter_loads_without_findings_and_lacks_nothing_a_first_draft_needs() -> None:
    loaded = load_profile_text(starter(), "starter.yaml")
    assert check_profile(loaded) == ()
    assert completeness(loaded.profile).shares[Level.MUST].ratio == 1.0
    assert loaded.profile.company.full_name == "深圳示例电器有限公司"
    assert loaded.profile.company.industry == "electronics"


def test_the_starter_names_the_schema_in_its_first_line() -> None:
    assert starter().splitlines()[0] == f"# yaml-language-server: $schema={SCHEMA_FILE}"


def test_every_made_up_value_of_the_starter_is_marked() -> None:
    for line in starter().splitlines():
        filled = re.match(r"\s*(?:- )?([a-z_]+): \S", line)
        if filled and not line.lstrip().startswith("#") and filled.group(1) not in ("full_name", "industry"):
            assert WORDS["example_mark"] in line, line


def test_the_lines_to_be_filled_are_right_when_uncommented() -> None:
    text = re.sub(r"^( *)# (?=(?:- |  )*[a-z_]+:)", r"\1", starter(), flags=re.MULTILINE)
    loaded = load_profile_text(text, "starter.yaml")
    assert loaded.diagnostics == ()
    assert str(loaded.profile.service.dispatch_time) == "45 分钟"
    assert loaded.profile.kpis["follow_up_rate"].target == 95
    assert len(loaded.profile.outlets) == 1


def test_the_ids_that_may_stand_at_a_field_are_on_its_line() -> None:
    (line,) = (line for line in starter().splitlines() if " role: " in line)
    assert "dispatcher 调度员" in line


def test_the_words_of_an_industry_are_listed_to_be_changed() -> None:
    text = starter_text("general", "甲", words=WORDS, names={"terms": {"part": "备件", "repair": "维修"}})
    assert text.endswith("terms:\n  # part: 备件\n  # repair: 维修\n")


def test_every_must_and_should_fact_is_in_the_starter() -> None:
    names = set(re.findall(r"([a-z_]+):", starter()))
    wanted = {gap.path.rpartition(".")[2] for gap in gaps(load_profile_text("{company: {}}").profile)
              if gap.level is not Level.MAY}  # fmt: skip
    assert wanted - names == set()


def test_given_facts_are_filled_in_without_the_mark() -> None:
    text = starter_text("toys", "甲", words=WORDS, given={"company.code": "XY", "culture.policy": "快: 准"})
    loaded = load_profile_text(text)
    assert (loaded.profile.company.code, loaded.profile.culture.policy) == ("XY", "快: 准")
    line = next(line for line in text.splitlines() if line.startswith("  code:"))
    assert WORDS["example_mark"] not in line


@pytest.mark.parametrize(
    "value", ["a: b", "#x", "a #b", "- x", "[x]", "x, y", "{x}", "“甲”", '"', "\\", "*a", "!x", ""]
)
def test_any_value_survives_the_way_through_yaml(value: str) -> None:
    assert yaml.load(f"k: {yaml_value(value)}", yaml.BaseLoader)["k"] == value
    assert yaml.load(f"k: {yaml_value([value, 'z'])}", yaml.BaseLoader)["k"] == [value, "z"]


def test_a_company_name_with_yaml_signs_is_kept() -> None:
    name = 'A&B: "甲" #1 {x}'
    loaded = load_profile_text(starter_text("toys", name, words=WORDS))
    assert loaded.profile.company.full_name == name
    assert [d for d in loaded.diagnostics if d.severity is Severity.ERROR] == []
