"""How a questionnaire looks to those who fill it in."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from docgen.library import data_folder
from docgen.profile.describe import Kind, describe
from docgen.profile.loading import load_profile
from docgen.profile.starter import load_words
from docgen.questionnaire import marks
from docgen.questionnaire.reading import Answers, read_answers
from tests.questionnaire.books import ANSWERS, PROFILES, WORDS, cell_of, sheets, written

INPUT = "FFFFF8DC"


def asked_paths(answers: Answers) -> set[str]:
    """The facts a workbook asks for."""
    rows = (item for items in answers.lists.values() for item in items)
    return {answer.path for answer in answers.facts.values()} | {answer.path for row in rows for answer in row.answers}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("book"), load_profile(PROFILES / "electronics.yaml").profile)


def inputs(sheet: Worksheet) -> list[object]:
    return [cell for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == INPUT]


def test_every_field_of_the_model_is_asked_for(tmp_path: Path) -> None:
    asked = read_answers(written(tmp_path))
    patterns = asked_paths(asked) | {"kpis.*." + name for name in _fields("kpis")}
    known = {
        pattern
        for pattern, info in describe().items()
        if info.kind not in (Kind.GROUP, Kind.GROUP_MAP, Kind.TEXT_MAP) and not pattern.startswith("terms.")
    }
    assert known - patterns == set()


def _fields(name: str) -> set[str]:
    return {p.rpartition(".")[2] for p in describe() if p.startswith(f"{name}.*.")}


def test_every_group_of_the_model_has_its_sheet_and_who_may_know_it() -> None:
    tops = {pattern for pattern in describe() if "." not in pattern and "[" not in pattern}
    assert {name for sheet in WORDS["sheets"] for name in sheet["groups"]} == tops
    assert tops <= WORDS["who"].keys()
    assert set(WORDS["who"].values()) <= WORDS["departments"].keys()
    known = describe()
    assert all(path in known for path in (*WORDS["who"], *WORDS["help"]))


def test_all_cells_to_fill_in_are_texts(book: Path) -> None:
    for sheet in sheets(book).values():
        assert {cell.number_format for cell in inputs(sheet)} <= {"@"}  # type: ignore[attr-defined]


def test_heads_stay_and_are_printed_on_every_page_of_a4_landscape(book: Path) -> None:
    first, *rest = sheets(book).values()
    assert first.title == WORDS["sheet_help"]
    for sheet in rest:
        if sheet.sheet_state == "hidden":
            continue
        assert sheet.freeze_panes and sheet.print_title_rows
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.fitToHeight == 0 and sheet.page_setup.fitToWidth in (1, 2)
        assert (sheet.page_setup.fitToWidth == 2) == bool(sheet.print_title_cols), "a row is known on its second page"
        assert sheet.column_dimensions["A"].hidden, "paths are for the program"
        heads = [row for row in sheet.iter_rows(max_col=1) if str(row[0].value).startswith((marks.FACTS, marks.LIST))]
        assert heads and all(sheet.row_dimensions[row[0].row].hidden for row in heads)


def test_choices_are_offered_and_every_offered_answer_is_one(book: Path) -> None:
    cell = cell_of(book, "certification.target_level")
    (rule,) = (rule for rule in sheets(book)["认证"].data_validations.dataValidation if cell.coordinate in rule.sqref)
    assert rule.type == "list" and rule.prompt
    assert "五星级" in rule.formula1
    cell = cell_of(book, "service.activities.delivery")
    (rule,) = (rule for rule in sheets(book)["服务"].data_validations.dataValidation if cell.coordinate in rule.sqref)
    assert rule.formula1 == '"是,否"' and rule.showErrorMessage


def test_needed_answers_that_are_missing_are_marked(book: Path) -> None:
    for name, fact in (("企业", "company.code"), ("产品", "products[]")):
        rules = sheets(book)[name].conditional_formatting
        column = "D" if name == "企业" else "C"
        cell = f"{column}{cell_of(book, fact).row}"
        found = [rule for area in rules if cell in area.sqref for rule in area.rules]
        assert found and all("LEN(TRIM(" in rule.formula[0] for rule in found), fact


def test_no_text_is_taken_for_a_formula(tmp_path: Path) -> None:
    path = written(tmp_path, "company: {full_name: =1+1, honours: ['=2+2', '+3']}\noutlets: [{name: '@x'}]")
    for sheet in sheets(path).values():
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_sheets_listed_on_the_first_are_there(book: Path) -> None:
    first, *rest = sheets(book).values()
    places = [cell.hyperlink.location for row in first.iter_rows() for cell in row if cell.hyperlink]
    assert [place.split("!")[0].strip("'") for place in places] == [s.title for s in rest if s.sheet_state != "hidden"]


def test_help_is_for_people_who_never_see_a_command(tmp_path: Path) -> None:
    for sheet in list(sheets(written(tmp_path)).values())[1:]:
        for row in sheet.iter_rows(min_col=ANSWERS + 1):
            for cell in row:
                assert "docgen list" not in str(cell.value), cell.coordinate


def test_words_of_the_questionnaire_are_those_of_the_starter() -> None:
    assert load_words(data_folder("templates"))["ask"]["title"] == WORDS["title"]
