"""Files made for docxtpl give the same text and tables here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from docgen.wordtemplate import load_for_data
from tests.wordtemplate.docxtpl_cases import CASES, PEOPLE, RESULTS, normal, record
from tests.wordtemplate.samples import docx, shapes, text

RECORDED: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))


def test_every_case_was_recorded() -> None:
    assert set(RECORDED) == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_text_and_tables_are_those_of_docxtpl(name: str, tmp_path: Path) -> None:
    template = load_for_data(docx(tmp_path / "case.docx", CASES[name]), PEOPLE)
    data = template.render(PEOPLE)
    assert normal(text(data)) == RECORDED[name]["text"]
    assert shapes(data) == RECORDED[name]["tables"]


def test_the_record_is_what_the_installed_docxtpl_gives() -> None:
    # two packages call themselves docxtpl; where both are installed neither can be imported
    pytest.importorskip("docxtpl", exc_type=ImportError)
    assert record() == RECORDED
