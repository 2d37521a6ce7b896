"""A role nobody holds is a gap that the person who fills the profile is told of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docgen.library import data_folder
from docgen.pipeline import Prepared, compose_all, prepare
from tests.content.sets import library


def without(role: str, folder: Path) -> Prepared:
    """The electronics sample, in which the post of one role does not say that it holds it."""
    source = data_folder("company_profiles") / "electronics.yaml"
    for path in source.parent.glob("electronics-*"):
        shutil.copy(path, folder)
    text = source.read_text(encoding="utf-8")
    target = folder / "electronics.yaml"
    target.write_text(text.replace(f"{{role: {role}, ", "{"), encoding="utf-8")
    return prepare(target, library())


def test_a_role_without_a_post_is_listed_where_posts_are_named(tmp_path: Path) -> None:
    prepared = without("parts_keeper", tmp_path)
    gap = next(gap for gap in prepared.gaps if gap.path == "organization.positions[parts_keeper]")
    assert "备件" in gap.label or "配件" in gap.label
    assert gap.level.value == "should"


@pytest.mark.parametrize("role", ["parts_keeper", "service_supervisor", "dispatcher"])
def test_every_gap_the_documents_show_is_listed(role: str, tmp_path: Path) -> None:
    prepared = without(role, tmp_path)
    composed, _ = compose_all(prepared, prepared.company.plan.all(), library())
    shown = {gap.key for item in composed for gap in item.gaps}
    assert f"organization.positions[{role}]" in shown
    assert shown <= {gap.path for gap in prepared.gaps}


def test_a_role_that_somebody_holds_is_no_gap() -> None:
    prepared = prepare(data_folder("company_profiles") / "electronics.yaml", library())
    assert not [gap for gap in prepared.gaps if gap.path.startswith("organization.positions[") and "." not in gap.path]


@pytest.mark.parametrize("name", ["minimal", "software", "telecom"])
def test_every_proposal_the_documents_show_is_among_the_assumed_defaults(name: str) -> None:
    prepared = prepare(data_folder("company_profiles") / f"{name}.yaml", library())
    composed, _ = compose_all(prepared, prepared.company.plan.all(), library())
    shown = {proposal.key for item in composed for proposal in item.proposals}
    assert shown <= set(prepared.assumed)
    assert set(prepared.named) <= shown
