"""Questionnaires for the tests of this folder: written from a profile, filled in as a person would. All companies are
made up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from docgen.library import data_folder
from docgen.profile.loading import LoadedProfile, load_profile_text
from docgen.profile.profile import Profile
from docgen.profile.starter import load_words
from docgen.questionnaire.asked import Inquiry
from docgen.questionnaire.loading import load_questionnaire
from docgen.questionnaire.writing import questionnaire

WORDS = load_words(data_folder("templates"))["ask"]
PROFILES = data_folder("company_profiles")
SAMPLES = sorted(PROFILES.glob("*.yaml"))
ANSWERS = 4  # column of the answers to single facts


def profile_of(yaml: str) -> Profile:
    """The profile a YAML text says."""
    return load_profile_text(yaml).profile


def written(folder: Path, profile: Profile | str = "", name: str = "采集表.xlsx", **more: Any) -> Path:
    """A questionnaire with the facts of a profile."""
    made = profile_of(profile or "company: {}") if isinstance(profile, str) else profile
    path = folder / name
    path.write_bytes(questionnaire(Inquiry(made, **more), WORDS))
    return path


def sheets(path: Path) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(path).worksheets}


def cell_of(path: Path, fact: str) -> Cell:
    """The cell a single fact is asked in, or the first of the row of a list."""
    for sheet in sheets(path).values():
        for row in sheet.iter_rows(max_col=ANSWERS):
            if row[0].value == fact:
                return row[ANSWERS - 1]  # type: ignore[return-value]
    raise KeyError(fact)


def filled(path: Path, answers: Mapping[str, Any], **rows: list[list[Any]]) -> Path:
    """The workbook with answers typed into it: by the path of a fact, or rows of values for a list (`outlets=[…]`),
    typed into its rows from the first column on. It is saved by openpyxl, which writes other files than docgen."""
    book = openpyxl.load_workbook(path)
    left, lists = dict(answers), {name.replace("__", "."): list(values) for name, values in rows.items()}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            key = str(row[0].value or "")
            if key in left:
                row[ANSWERS - 1].value = left.pop(key)  # type: ignore[union-attr]
            elif key.endswith("[]") and lists.get(key[:-2]):
                for number, value in enumerate(lists[key[:-2]].pop(0)):
                    row[2 + number].value = value  # type: ignore[union-attr]
    assert not left and not any(lists.values()), (left, lists)
    book.save(path)
    return path


def changed(path: Path, change: Any) -> Path:
    """The workbook after something was done to it."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def read(path: Path) -> LoadedProfile:
    return load_questionnaire(path)


def told(loaded: LoadedProfile) -> list[tuple[str, str, str]]:
    """Code, severity and cell of what was found."""
    return [(d.code, d.severity.value, d.place.cell) for d in loaded.diagnostics]
