from __future__ import annotations

from pathlib import Path

import pytest

from docgen.catalogue import Catalogue, Confidence, load_catalogue
from docgen.catalogue.titles import worded
from docgen.diagnostics import DocgenError

SET = "standards/gbt27922-2011/set.yaml"
CLAUSES = "standards/gbt27922-2011/clauses.yaml"


def test_placeholder_points_add_up_to_the_chapter_totals(catalogue: Catalogue) -> None:
    table = catalogue.points()
    sums = {
        chapter: sum(v for c, v in table.points.items() if c.startswith(chapter)) for chapter in ("5.1", "5.2", "5.3")
    }
    assert sums == {"5.1": 40, "5.2": 35, "5.3": 25}
    assert table.placeholder


def test_there_are_three_chapters_and_fifteen_second_level_clauses(catalogue: Catalogue) -> None:
    assert [clause.id for clause in catalogue.clauses_of_level(1)] == ["5.1", "5.2", "5.3"]
    assert len(catalogue.clauses_of_level(2)) == 15
    parents = {clause.parent for clause in catalogue.clauses_of_level(3)}
    assert parents == {clause.id for clause in catalogue.clauses_of_level(2)}


def test_only_one_third_level_clause_has_points_of_the_standard(catalogue: Catalogue) -> None:
    stated = {clause.id: clause.points for clause in catalogue.clauses_of_level(3) if clause.points is not None}
    assert stated == {"5.1.2.2": 5}


def test_clauses_known_from_memory_are_not_called_established(catalogue: Catalogue) -> None:
    assert catalogue.clause("5.1.4.1").confidence.established
    assert not catalogue.clause("5.2.4.2").confidence.established
    assert not catalogue.clause("5.3.2.1").confidence.established
    assert not any(clause.verified for clause in catalogue.clauses.values())


def test_bands_are_the_four_levels_of_the_standard(catalogue: Catalogue) -> None:
    found = [(band.id, band.name, band.minimum) for band in catalogue.bands]
    assert found == [
        ("compliant", "达标级", 70),
        ("three_star", "三星级", 80),
        ("four_star", "四星级", 90),
        ("five_star", "五星级", 95),
    ]


def test_the_level_ids_are_those_of_the_profile(catalogue: Catalogue) -> None:
    from typing import get_args

    from docgen.profile.company import TargetLevel

    assert tuple(band.id for band in catalogue.bands) == get_args(TargetLevel)


def test_the_notice_for_placeholder_points_says_they_are_not_the_standards(catalogue: Catalogue) -> None:
    assert catalogue.standard.notices["placeholder_points"] == "示意分值，非标准原文分值"


def test_seven_stars_belong_to_another_scheme(catalogue: Catalogue) -> None:
    words = {word for scheme in catalogue.standard.other_schemes for word in scheme.words}
    assert "七星" in words


def test_every_second_level_clause_is_served_by_a_document_and_a_form(catalogue: Catalogue) -> None:
    for kind in (catalogue.documents, catalogue.forms):
        served = [f"{clause}." for entry in kind.values() for clause in entry.clauses]
        for clause in catalogue.clauses_of_level(2):
            assert any(name.startswith(f"{clause.id}.") for name in served), clause.id


def test_every_second_level_clause_has_evidence_and_questions_for_its_leading_function(
    catalogue: Catalogue,
) -> None:
    for clause in catalogue.clauses_of_level(2):
        evidence = catalogue.evidence[clause.id]
        assert evidence.expects
        assert evidence.questions.get(catalogue.responsibilities[clause.id].lead), clause.id


def test_forms_of_a_procedure_carry_its_number(catalogue: Catalogue) -> None:
    for form in catalogue.forms.values():
        if form.procedure:
            number = catalogue.documents[form.procedure].number.rpartition("-")[2]
            assert form.number.startswith(f"JL-{number}-"), form.id


@pytest.mark.parametrize(
    ("look_up", "name", "nearest"),
    [
        ("clause", "5.2.44", "5.2.4.4"),
        ("document", "complaint-handing", "complaint-handling"),
        ("form", "form-dispach", "form-dispatch"),
        ("law", "consumer-protecton", "consumer-protection"),
        ("industry", "electronic", "electronics"),
        ("role", "hotline_agents", "hotline_agent"),
        ("function", "contact_center", "contact_centre"),
        ("kpi", "first_time_fix", "first_time_fix_rate"),
    ],
)
def test_a_slip_is_answered_with_the_nearest_name(catalogue: Catalogue, look_up: str, name: str, nearest: str) -> None:
    with pytest.raises(DocgenError) as caught:
        getattr(catalogue, look_up)(name)
    assert caught.value.diagnostics[0].nearest == nearest


def test_an_unknown_clause_in_the_set_is_reported_with_its_line(damaged) -> None:  # type: ignore[no-untyped-def]
    found = damaged(
        SET,
        "clauses: [5.2.4], template: documents/procedures/repair.md",
        "clauses: [5.2.9], template: documents/procedures/repair.md",
    )
    assert [(d.code, d.values["name"]) for d in found] == [("K101", "5.2.9")]
    assert found[0].place.line > 1
    assert found[0].place.file.endswith("set.yaml")


def test_an_unknown_procedure_of_a_form_is_reported(damaged) -> None:  # type: ignore[no-untyped-def]
    found = damaged(
        SET,
        "procedure: repair, clauses: [5.2.4], layout: event}",
        "procedure: repairs, clauses: [5.2.4], layout: event}",
    )
    assert [(d.code, d.nearest) for d in found] == [("K102", "repair")]


def test_an_unknown_condition_is_reported(damaged) -> None:  # type: ignore[no-untyped-def]
    found = damaged(SET, "when: take_back", "when: takeback")
    assert [(d.code, d.nearest) for d in found] == [("K110", "take_back")]


def test_an_unknown_condition_or_word_of_evidence_is_reported(damaged) -> None:  # type: ignore[no-untyped-def]
    evidence = SET.replace("set.yaml", "evidence.yaml")
    found = damaged(evidence, "when: authorized_outlets", "when: authorised_outlets")
    assert [(d.code, d.nearest) for d in found] == [("K110", "authorized_outlets")]
    assert found[0].place.file.endswith("evidence.yaml")


def test_an_unknown_word_of_evidence_is_reported(damaged) -> None:  # type: ignore[no-untyped-def]
    found = damaged(SET.replace("set.yaml", "evidence.yaml"), "特约{outlet:网点}", "特约{outlets:网点}")
    assert [(d.code, d.nearest) for d in found] == [("K111", "outlet")]


def test_an_unknown_term_in_a_title_is_reported(damaged) -> None:  # type: ignore[no-untyped-def]
    found = damaged(SET, "{outlet:服务网点}管理程序", "{outlets:服务网点}管理程序")
    assert [(d.code, d.nearest) for d in found] == [("K111", "outlet")]


def test_a_title_takes_the_word_of_the_company_and_else_the_general_one() -> None:
    assert worded("{outlet:服务网点}管理程序", {"outlet": "维护站"}) == "维护站管理程序"
    assert worded("{outlet:服务网点}管理程序", {"part": "备件"}) == "服务网点管理程序"


def test_a_form_number_that_does_not_fit_its_procedure_is_reported(damaged) -> None:  # type: ignore[no-untyped-def]
    found = damaged(SET, "number: JL-16-01", "number: JL-61-01")
    assert [d.code for d in found] == ["K022"]


def test_a_number_given_twice_is_reported(damaged) -> None:  # type: ignore[no-untyped-def]
    found = damaged(SET, "number: JL-16-01", "number: JL-16-02")
    assert [d.code for d in found] == ["K018"]


def test_an_indicator_with_an_unknown_form_or_owner_is_reported(damaged) -> None:  # type: ignore[no-untyped-def]
    found = damaged(
        "shared/kpis.yaml",
        "sources: [form-repair-request, form-hotline-log], period: 月, owner: hotline_lead",
        "sources: [form-repair-requests, form-hotline-log], period: 月, owner: hotline_leader",
    )
    assert sorted((d.code, d.nearest) for d in found) == [
        ("K103", "form-repair-request"),
        ("K106", "hotline_lead"),
    ]


def test_points_that_no_longer_add_up_are_reported(damaged) -> None:  # type: ignore[no-untyped-def]
    found = damaged(CLAUSES, "placeholder_points: 4", "placeholder_points: 6")
    assert [(d.code, d.values["total"], d.values["expected"]) for d in found] == [("K013", 42, 40)]


def test_an_unknown_key_is_reported_with_the_nearest_key(damaged) -> None:  # type: ignore[no-untyped-def]
    found = damaged(CLAUSES, "    requirement: 指定部门", "    requirment: 指定部门")
    assert {(d.code, d.nearest) for d in found} == {("K005", ""), ("K008", "requirement")}


def test_a_key_of_an_earlier_form_is_told_with_what_to_write_now(damaged) -> None:  # type: ignore[no-untyped-def]
    (fault,) = damaged("shared/kpis.yaml", "sources: [form-dispatch]", "source: form-dispatch")
    assert (fault.code, fault.values["now"]) == ("K042", "sources: [form-dispatch]")


def test_a_repeated_key_is_reported(damaged) -> None:  # type: ignore[no-untyped-def]
    found = damaged(CLAUSES, "    name: 服务部门与岗位\n", "    name: 服务部门与岗位\n    name: 另一个\n")
    assert [d.code for d in found] == ["K003"]
    assert found[0].place.line > 1


def test_broken_yaml_is_reported_with_its_line(damaged) -> None:  # type: ignore[no-untyped-def]
    found = damaged("laws/laws.yaml", "  - id: civil-code", "  - id: [civil-code")
    assert [d.code for d in found] == ["K002"]
    assert found[0].place.line > 1


def test_a_tag_that_would_run_code_is_a_fault(damaged) -> None:  # type: ignore[no-untyped-def]
    found = damaged("laws/laws.yaml", "id: civil-code", "id: !!python/name:os.system civil-code")
    assert [d.code for d in found] == ["K002"]


def test_a_wrong_confidence_is_reported(damaged) -> None:  # type: ignore[no-untyped-def]
    found = damaged(CLAUSES, "confidence: two_sources", "confidence: two_source")
    assert [(d.code, d.nearest) for d in found] == [("K007", Confidence.TWO_SOURCES.value)]


def test_faults_of_several_files_come_in_one_run(copied: Path) -> None:
    for relative, old, new in (
        (SET, "when: take_back", "when: takeback"),
        (
            "shared/roles.yaml",
            "{title: 总经理, function: management,",
            "{title: 总经理, function: managment,",
        ),
    ):
        path = copied / relative
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DocgenError) as caught:
        load_catalogue(copied)
    assert {d.code for d in caught.value.diagnostics} == {"K110", "K107"}


def test_an_unknown_standard_is_answered_with_the_known_one(copied: Path) -> None:
    with pytest.raises(DocgenError) as caught:
        load_catalogue(copied, standard="gbt27922")
    assert caught.value.diagnostics[0].nearest == "gbt27922-2011"


def test_a_file_of_a_house_folder_wins_over_the_shipped_one(copied: Path, tmp_path: Path) -> None:
    house = tmp_path / "house"
    roles = (copied / "shared/roles.yaml").read_text(encoding="utf-8")
    (house / "shared").mkdir(parents=True)
    (house / "shared/roles.yaml").write_text(roles.replace("title: 总经理,", "title: 厂长,", 1), encoding="utf-8")
    assert load_catalogue([house, copied]).role("top_management").title == "厂长"
    assert load_catalogue(copied).role("top_management").title == "总经理"


def test_the_catalogue_survives_pickling(catalogue: Catalogue) -> None:
    import pickle

    catalogue.industries()
    copy = pickle.loads(pickle.dumps(catalogue))
    assert copy == catalogue
    assert copy.industry("toys") == catalogue.industry("toys")


def test_every_message_renders_in_both_languages(damaged) -> None:  # type: ignore[no-untyped-def]
    from docgen.messages import render

    found = damaged(SET, "number: JL-16-01", "number: JL-61-01")
    for lang in ("zh", "en"):
        assert "JL-61-01" in render(found[0], lang)
