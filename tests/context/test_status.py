"""What is due depends on the stage the certification has reached."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from docgen.batch.sources import Client
from docgen.library import data_folder
from docgen.status import status_of
from tests.content.sets import library


def due(name: str, stage: str, folder: Path) -> set[str]:
    source = (data_folder("company_profiles") / f"{name}.yaml").read_text(encoding="utf-8")
    now = next(line for line in source.splitlines() if line.startswith("  stage:"))
    path = folder / f"{name}.yaml"
    path.write_text(source.replace(now, f"  stage: {stage}"), encoding="utf-8")
    found = status_of(Client(path), folder, library(), date(2027, 1, 20), audit=False).due
    return {row.code for row in found if row.code in ("due_application", "due_audit", "due_surveillance")}


@pytest.mark.parametrize(
    ("stage", "codes"),
    [
        ("apply", {"due_application", "due_audit"}),
        ("onsite", {"due_audit"}),
        ("surveillance", {"due_surveillance"}),
        ("reevaluation", {"due_application", "due_audit"}),
    ],
)
def test_what_a_stage_has_left_behind_is_not_due(stage: str, codes: set[str], tmp_path: Path) -> None:
    assert due("telecom", stage, tmp_path) == codes
