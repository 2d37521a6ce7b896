"""Every planted fault is found; clean sets stay quiet. `python -m tests.audit.corpus` prints the table."""

from __future__ import annotations

from collections import Counter

import pytest

from docgen.audit.checks import CHECKS
from docgen.diagnostics import Severity
from tests.audit.bench import audit, foreign, office
from tests.audit.corpus import found
from tests.audit.plants import plants

_CASES = [(plant, base) for plant in plants() for base in plant.bases]


@pytest.mark.parametrize(("plant", "base"), _CASES, ids=[f"{p.check}-{p.name}-{b}" for p, b in _CASES])
def test_a_planted_fault_is_found(plant, base):
    assert found(plant, base)


def test_every_check_has_at_least_three_plants():
    planted = Counter(plant.check for plant, _ in _CASES)
    assert {c.code for c in CHECKS if planted[c.code] < 3} == set()


@pytest.mark.parametrize("base", [foreign, office], ids=["python-docx", "LibreOffice"])
def test_a_clean_set_of_a_stranger_has_no_findings(base):
    assert [f for f in audit(base(), others=()) if f.severity is not Severity.NOTE] == []


def test_what_cannot_be_checked_is_said():
    notes = {f.code for f in audit(foreign(), others=()) if f.severity is Severity.NOTE}
    assert {"C01.open", "C21.open", "C41.open", "C43.open", "C44.open", "C45.open"} <= notes
