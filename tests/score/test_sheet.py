"""An assessor's sheet: what it cannot mean is told with its row, and nothing of it counts twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.library import load_library
from docgen.messages import render
from docgen.score.sheet import Assessment, load_assessment

CATALOGUE = load_library().catalogue


HEAD = "条款,符合,抽样数,不合格数,扣分"


def read(path: Path, *rows: str, encoding: str = "utf-8", head: str = HEAD, deleted: str = "") -> Assessment:
    path.write_text("\n".join([head, *rows]), encoding=encoding)
    return load_assessment(path, CATALOGUE.clauses, CATALOGUE.points(), frozenset({deleted} - {""}))


ITEM = next(id for id, clause in CATALOGUE.clauses.items() if clause.level == 3)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{ITEM},,10,-4,", "S003"),
        (f"{ITEM},,NaN,1,", "S003"),
        (f"{ITEM},,10,Infinity,", "S003"),
        (f"{ITEM},,1e400000,1,", "S003"),
        (f"{ITEM},,,3,", "S005"),
        (f"{ITEM},,2,3,", "S005"),
        (f"{ITEM},,,,9999", "S009"),
    ],
)
def test_numbers_that_cannot_be_are_told_with_their_row(tmp_path: Path, row: str, code: str) -> None:
    with pytest.raises(DocgenError) as caught:
        read(tmp_path / "s.csv", row)
    assert [d.code for d in caught.value.diagnostics] == [code]
    assert "第 2 行" in render(caught.value.diagnostics[0], "zh")


def test_an_item_assessed_twice_is_told_and_not_silently_the_last(tmp_path: Path) -> None:
    with pytest.raises(DocgenError) as caught:
        read(tmp_path / "s.csv", f"{ITEM},是,,,", f"{ITEM},否,,,")
    assert [(d.code, d.values["row"]) for d in caught.value.diagnostics] == [("S011", 3)]


def test_a_sheet_saved_by_a_chinese_spreadsheet_is_read(tmp_path: Path) -> None:
    assessed = {c.clause: c for c in read(tmp_path / "s.csv", f"{ITEM},,10,4,", encoding="gb18030").clauses}
    assert (assessed[ITEM].sample, assessed[ITEM].failed) == (10, 4)


def test_items_that_are_not_assessed_are_told_and_do_not_count(tmp_path: Path) -> None:
    found = read(tmp_path / "s.csv", f"{ITEM},是,,,")
    (told,) = [d for d in found.diagnostics if d.code == "S006"]
    by_id = {row.clause: row for row in found.clauses}
    items = {id for id, clause in CATALOGUE.clauses.items() if clause.level == 3}
    assert len(str(told.values["clauses"]).split("、")) == len(items) - 1
    assert {id for id in items if by_id[id].applicable} == {ITEM}


def test_items_below_a_deleted_clause_are_not_missing(tmp_path: Path) -> None:
    parent = CATALOGUE.clauses[ITEM].parent
    found = read(tmp_path / "s.csv", deleted=parent)
    (told,) = [d for d in found.diagnostics if d.code == "S006"]
    below = [id for id, clause in CATALOGUE.clauses.items() if clause.level == 3 and clause.parent == parent]
    assert below and not any(id in str(told.values["clauses"]) for id in below)


def test_an_item_said_not_to_apply_without_a_deletion_is_told(tmp_path: Path) -> None:
    head = HEAD + ",适用"
    told = read(tmp_path / "s.csv", f"{ITEM},是,,,,否", head=head).diagnostics
    assert [(d.code, d.place.line) for d in told if d.code == "S010"] == [("S010", 2)]
    assert not [d for d in read(tmp_path / "s.csv", f"{ITEM},是,,,,是", head=head).diagnostics if d.code == "S010"]


def test_a_note_below_the_table_is_no_item(tmp_path: Path) -> None:
    assert read(tmp_path / "s.csv", f"{ITEM},是,,,", "评价组意见见附页,,,,").clauses
    with pytest.raises(DocgenError) as caught:
        read(tmp_path / "s.csv", "评价组意见,是,,,")
    assert [d.code for d in caught.value.diagnostics] == ["S002"]
