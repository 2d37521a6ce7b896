from __future__ import annotations

import re

import pytest

from docgen.catalogue import Catalogue
from docgen.catalogue.laws import choice_faults

REQUIRED = [
    "consumer-protection", "consumer-protection-regulation", "civil-code", "product-quality",
    "e-commerce", "advertising", "personal-information", "data-security", "cybersecurity",
    "complaint-reporting", "seven-day-return", "three-guarantees", "three-guarantees-computer",
    "three-guarantees-audiovisual", "three-guarantees-mobile", "three-guarantees-phone",
    "three-guarantees-car", "three-guarantees-farm-machinery", "consumer-recall", "car-recall",
    "weee-regulation", "weee-catalogue", "certification-regulation", "prepaid-interpretation",
    "consumer-infringement-penalty", "online-trading", "price-marking", "vehicle-repair",
    "appliance-repair", "metrology", "standardization", "enterprise-standards", "work-safety",
    "solid-waste", "gbt27922", "gbt18760", "gbt16784", "gbt19012", "gbt19010", "gbt19013", "gbt19014",
    "gbt19018", "gbt19001", "gbt36733", "gbt15624", "gbt24421", "gbt27400", "gbt27207", "gbt5296-1",
    "gbt5296-2", "gbt5296-4", "gbt5296-5", "gbt5296-6", "gbt9969", "gbt191", "gbt22766", "gbt37652",
    "gbt36683", "sbt11052", "gbt28222", "gbt28827", "jtt816", "gb6675",
]  # fmt: skip


def ids(laws) -> set[str]:  # type: ignore[no-untyped-def]
    return {law.id for law in laws}


def test_every_law_that_templates_may_cite_has_a_row(catalogue: Catalogue) -> None:
    assert not set(REQUIRED) - set(catalogue.laws)


def test_a_law_in_force_was_not_published_later(catalogue: Catalogue) -> None:
    for law in catalogue.laws.values():
        if law.published and law.in_force:
            assert law.published <= law.in_force, law.id


def test_no_row_on_memory_alone_claims_a_check_date(catalogue: Catalogue) -> None:
    assert [law.id for law in catalogue.laws.values() if law.in_doubt and law.checked] == []


def test_every_applicable_row_serves_a_clause_and_says_what_it_demands(catalogue: Catalogue) -> None:
    for law in catalogue.laws.values():
        if not law.listed:
            assert law.clauses, law.id
        assert law.demands.endswith("。"), law.id


def test_no_row_in_force_is_cited_the_outdated_way(catalogue: Catalogue) -> None:
    for law in catalogue.laws.values():
        if law.replaced_by:
            continue
        for citation in catalogue.outdated:
            assert not re.search(citation.pattern, f"《{law.title}》（{law.number}）{law.edition}"), (
                law.id,
                citation.id,
            )


@pytest.mark.parametrize(
    ("text", "outdated"),
    [
        ("依据 GB/T 18760-2002 执行", "gbt18760-2002"),
        ("GB/T 16784—2008", "gbt16784-2008"),
        ("GB/T 16784.2-1998", "gbt16784-2-1998"),
        ("GB/T191-2008", "gbt191-2008"),
        ("GB 5296.2-2008", "gb5296"),
        ("GB/T 5296.6-2004", "gbt5296-6-2004"),
        ("GB/T 19012-2008", "gbt19012-2008"),
        ("GB/T 19010-2009", "gbt19010-2009"),
        ("GB/T 19013-2009", "gbt19013-2009"),
        ("GB/T 24421.2-2009", "gbt24421-2009"),
        ("GB/T 17242", "gbt17242"),
        ("SB/T 10401-2006", "sbt10401"),
        ("质检总局令第150号", "car-order-150"),
        ("市场监督管理投诉举报处理暂行办法", "complaint-interim"),
        ("《合同法》", "contract-law"),
        ("中华人民共和国侵权责任法", "tort-law"),
        ("向国家工商总局申诉", "former-authority"),
    ],
)
def test_an_outdated_citation_is_recognised(catalogue: Catalogue, text: str, outdated: str) -> None:
    assert outdated in {citation.id for citation in catalogue.outdated if re.search(citation.pattern, text)}


@pytest.mark.parametrize(
    "text",
    ["劳动合同法", "GB/T 5296.2-2008", "GB/T 1911-2008", "国家工商行政管理总局令第90号", "GB/T 18760-2025"],
)
def test_a_sound_citation_is_left_alone(catalogue: Catalogue, text: str) -> None:
    assert [citation.id for citation in catalogue.outdated if re.search(citation.pattern, text)] == []


def test_no_outdated_row_is_applicable_even_when_the_profile_asks_for_it(catalogue: Catalogue) -> None:
    for industry in catalogue.industry_ids:
        laws = catalogue.applicable_laws(industry, ("consumers", "business", "online_sales"), extra=["sbt10401"])
        assert [law.id for law in laws if law.replaced_by] == []
        assert "company-1" not in ids(laws)


def test_consumer_law_applies_only_where_there_are_consumers(catalogue: Catalogue) -> None:
    assert "consumer-protection" in ids(catalogue.applicable_laws("toys", ("consumers",)))
    assert "consumer-protection" not in ids(catalogue.applicable_laws("software", ("business",)))


def test_seven_day_return_needs_online_sales_to_consumers(catalogue: Catalogue) -> None:
    assert "seven-day-return" in ids(catalogue.applicable_laws("toys", ("consumers", "online_sales")))
    assert "seven-day-return" not in ids(catalogue.applicable_laws("toys", ("consumers",)))
    assert "seven-day-return" not in ids(catalogue.applicable_laws("instruments", ("business", "online_sales")))


def test_electric_waste_rules_follow_the_industry(catalogue: Catalogue) -> None:
    assert "weee-regulation" in ids(catalogue.applicable_laws("appliances", ("consumers",)))
    assert "weee-regulation" not in ids(catalogue.applicable_laws("furniture", ("consumers",)))


def test_a_rule_for_one_product_class_applies_where_a_product_is_of_that_class(catalogue: Catalogue) -> None:
    flags = ("consumers",)
    assert "three-guarantees-computer" not in ids(catalogue.applicable_laws("electronics", flags))
    assert "three-guarantees-computer" in ids(catalogue.applicable_laws("electronics", flags, classes=["computer"]))


def test_metrology_law_applies_to_makers_and_to_users_of_measuring_equipment(catalogue: Catalogue) -> None:
    assert "metrology" in ids(catalogue.applicable_laws("instruments", ()))
    assert "metrology" in ids(catalogue.applicable_laws("toys", ("measuring_equipment",)))
    assert "metrology" not in ids(catalogue.applicable_laws("toys", ()))


def test_a_company_adds_and_drops_laws(catalogue: Catalogue) -> None:
    laws = catalogue.applicable_laws(
        "toys", ("consumers",), extra=["gbt24421", "某省消费者权益保护条例"], drop=["gbt191", "civil-code"]
    )
    assert "gbt24421" in ids(laws)
    assert "civil-code" not in ids(laws)
    assert laws[-1].title == "某省消费者权益保护条例"


def test_a_slip_in_the_laws_of_a_profile_is_reported(catalogue: Catalogue) -> None:
    found = choice_faults(catalogue.laws, ["gbt2442", "某省消费者权益保护条例", "sbt10401"], ["civil-cod"])
    assert [(d.code, d.nearest, d.place.key) for d in found] == [
        ("K036", "gbt24421", "laws.extra[0]"),
        ("K038", "", "laws.extra[2]"),
        ("K037", "civil-code", "laws.drop[0]"),
    ]


def test_a_replacement_that_does_not_exist_is_reported(damaged) -> None:  # type: ignore[no-untyped-def]
    found = damaged("laws/laws.yaml", "replaced_by: [gbt18760]", "replaced_by: [gbt18761]")
    assert [(d.code, d.nearest) for d in found] == [("K104", "gbt18760")]


def test_a_flag_nobody_works_out_is_reported(damaged) -> None:  # type: ignore[no-untyped-def]
    found = damaged("laws/laws.yaml", "applies: {flags: [consumers]}", "applies: {flags: [consumer]}")
    assert [(d.code, d.nearest) for d in found] == [("K110", "consumers")]


def test_a_bad_pattern_is_reported(damaged) -> None:  # type: ignore[no-untyped-def]
    found = damaged("laws/laws.yaml", "pattern: 'GB/?T\\s*17242'", "pattern: 'GB/?T(\\s*17242'")
    assert [d.code for d in found] == ["K015"]
