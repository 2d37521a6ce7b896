"""The stage of the certification chooses the papers; the management set is there at every stage."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from docgen.catalogue.readers import read_set
from docgen.catalogue.reading import Source
from docgen.context.plan import FIRST_STAGES, PAPERS, Plan, make_plan
from docgen.pipeline import choose
from docgen.profile.company import Certification, Stage
from docgen.profile.profile import Profile
from tests.content.sets import library

STAGES = get_args(Stage)


def planned(stage: str | None) -> Plan:
    profile = Profile(certification=Certification(stage=stage))
    return make_plan(profile, library().catalogue)


@pytest.mark.parametrize("stage", STAGES)
def test_the_management_set_is_the_same_at_every_stage(stage: str) -> None:
    assert [p.id for p in planned(stage).controlled()] == [p.id for p in planned(None).controlled()]


def test_no_stage_gives_the_papers_of_building_and_applying() -> None:
    together = {p.id for s in FIRST_STAGES for p in planned(s).papers()}
    assert {p.id for p in planned(None).papers()} == together


@pytest.mark.parametrize("stage", STAGES)
def test_every_paper_is_either_of_this_stage_or_of_another(stage: str) -> None:
    plan = planned(stage)
    here = {p.id for p in plan.papers()}
    everything = {d.id for d in library().catalogue.documents.values() if d.kind in PAPERS}
    assert here | set(plan.other_stages) == everything
    assert not here & set(plan.other_stages)


@pytest.mark.parametrize(
    ("stage", "id", "there"),
    [
        ("build", "certification-plan", True),
        ("build", "annex-commitment", False),
        ("apply", "annex-commitment", True),
        ("document_review", "body-comparison", False),
        ("onsite", "onsite-pack", True),
        ("apply", "onsite-pack", False),
        ("surveillance", "annex-outlets", True),
        ("surveillance", "annex-commitment", False),
        ("reevaluation", "application-checklist", True),
    ],
)
def test_papers_come_at_their_stage(stage: str, id: str, there: bool) -> None:
    assert (id in planned(stage).documents) is there


def test_a_paper_of_another_stage_is_built_when_it_is_named() -> None:
    plan = planned("build")
    for name in ("onsite-pack", "FJ-23"):
        chosen, faults = choose(plan, [name])
        assert [p.id for p in chosen] == ["onsite-pack"]
        assert not faults


def test_a_kind_names_the_papers_of_this_stage_only() -> None:
    chosen, _ = choose(planned("build"), ["application"])
    assert "certification-plan" in {p.id for p in chosen}
    assert "onsite-pack" not in {p.id for p in chosen}


def test_a_building_of_everything_leaves_other_stages_out() -> None:
    chosen, _ = choose(planned("surveillance"), [])
    assert "body-comparison" not in {p.id for p in chosen}


def test_a_stage_nobody_knows_is_a_fault_of_the_set(tmp_path: Path) -> None:
    row = "{id: a, kind: plan, number: X, title: t, clauses: [], template: t.md, stages: [onsight]}"
    (tmp_path / "set.yaml").write_text(f"documents:\n  - {row}\nforms: []\n", encoding="utf-8")
    source = Source((tmp_path,), "set.yaml")
    read_set(source)
    found = source.diagnostics()
    assert [d.code for d in found] == ["K007"]
    assert found[0].nearest == "onsite"
