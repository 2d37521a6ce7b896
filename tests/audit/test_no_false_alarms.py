"""Sets without a planted fault: nothing but notes and gaps that are really there."""

from __future__ import annotations

from docgen.messages import render
from tests.audit.corpus import alarms


def test_clean_sets_raise_no_alarm() -> None:
    counts, pages, said = alarms()
    assert pages > 3000
    assert not counts, "\n".join(f"{render(finding, 'en')} | {finding.place.quote}" for finding in said[:10])
