"""The client list `docgen new` writes."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from docgen.batch.blank_list import list_columns
from docgen.batch.columns import paths_of_head
from docgen.batch.rows import read_clients
from docgen.cli import cli
from docgen.diagnostics import has_errors
from docgen.library import data_folder
from docgen.profile.describe import describe
from docgen.profile.fields import Level
from docgen.profile.starter import load_words
from tests.batch.lists import write_csv

WORDS = load_words(data_folder("templates"))["list"]
COLUMNS = list_columns(WORDS)


def new(path: Path, *, industry: str = "electronics", name: str = "甲示例电器有限公司") -> Result:
    return CliRunner().invoke(cli, ["--lang", "en", "new", str(path), "--industry", industry, "--name", name])


@pytest.mark.parametrize("kind", [".xlsx", ".csv", ".XLSX"])
def test_a_new_list_has_one_client_that_can_be_built(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"客户{kind}"
    made = new(path)
    assert made.exit_code == 0, made.output
    rows, faults = read_clients(path)
    assert not has_errors(faults)
    (row,) = rows
    profile = row.load()
    assert not has_errors(profile.diagnostics)
    assert profile.profile.company.full_name == "甲示例电器有限公司"
    assert row.base == tmp_path / "客户.yaml"
    checked = CliRunner().invoke(
        cli, ["--lang", "en", "build", str(path), "--only", "policy", "-o", str(tmp_path / "out")]
    )
    assert checked.exit_code == 0, checked.output
    assert list((tmp_path / "out").rglob("*.docx"))


def test_every_head_means_one_field() -> None:
    meant = [paths_of_head(column.head) for column in COLUMNS]
    assert all(len(paths) == 1 for paths in meant)
    assert len({paths[0] for paths in meant}) == len(COLUMNS)


def test_every_single_fact_a_first_draft_needs_has_a_column() -> None:
    wanted = {p for p, info in describe().items() if info.level is Level.MUST and info.is_scalar} - {"company.industry"}
    steps = {".".join(str(s) for s in paths_of_head(column.head)[0] if s != 0) for column in COLUMNS}
    assert {pattern.replace("[]", "") for pattern in wanted} <= steps


@pytest.mark.parametrize("column", [c for c in COLUMNS if c.options], ids=lambda c: c.head)
def test_every_answer_offered_is_understood(column: object, tmp_path: Path) -> None:
    head, options = column.head, column.options  # type: ignore[attr-defined]
    path = write_csv(
        tmp_path / "a.csv", ["企业全称", head], *([f"甲{n}有限公司", one] for n, one in enumerate(options))
    )
    rows, faults = read_clients(path)
    assert not faults
    for row in rows:
        assert not [d for d in row.load().diagnostics if d.place.column == 2], head


def test_codes_and_phones_typed_into_the_workbook_stay_texts(tmp_path: Path) -> None:
    new(tmp_path / "a.xlsx")
    clients, explained = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets
    assert {cell.number_format for row in clients.iter_rows(min_row=2) for cell in row} == {"@"}
    heads = [cell.value for cell in clients[1]]
    assert [row[0].value for row in explained.iter_rows(min_row=2, max_row=len(heads) + 1)] == heads
    assert all(explained.cell(n, 3).value or explained.cell(n, 4).value for n in range(2, len(heads) + 2))


def test_a_base_profile_that_is_there_already_is_used_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("company: {intro: 自己写的}\n", encoding="utf-8")
    assert new(tmp_path / "a.csv").exit_code == 0
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == "company: {intro: 自己写的}\n"


def test_a_list_that_is_there_already_is_left_alone(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["企业全称"], ["乙"])
    before = path.read_bytes()
    made = new(path)
    assert made.exit_code == 1 and "C007" in made.output
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["a.docx", "a.xls", "a.xlsm", "a.pdf", "a.et"])
def test_no_profile_is_written_under_the_ending_of_an_office_file(tmp_path: Path, name: str) -> None:
    made = new(tmp_path / name)
    assert made.exit_code == 1 and "C015" in made.output
    assert not list(tmp_path.iterdir())
