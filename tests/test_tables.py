"""Table files from strangers: every encoding a spreadsheet writes, and nothing larger than a table is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from docgen.tables import BadTable, read_lines


def lines(path: Path) -> list[list[object]]:
    return [list(cells) for _, cells in read_lines(path, rows=100, columns=5)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "，"])
def test_a_csv_is_read_as_spreadsheets_write_it(tmp_path: Path, encoding: str, sign: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(f"条款{sign}扣分\r\n5.1.1{sign}0.5\r\n".encode(encoding))
    assert lines(path) == [["条款", "扣分"], ["5.1.1", "0.5"]]


def test_a_title_with_other_signs_does_not_decide_the_separator(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("示例，虚构，数据\n条款,扣分\n5.1.1,0.5\n", encoding="utf-8")
    assert lines(path)[1:] == [["条款", "扣分"], ["5.1.1", "0.5"]]


def test_a_cell_over_several_lines_keeps_the_numbers_of_the_rows_below(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('a,"x\ny"\nb,z\n', encoding="utf-8")
    assert [number for number, _ in read_lines(path, rows=9, columns=9)] == [1, 3]


def test_a_cell_far_to_the_right_or_far_below_costs_nothing(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "条款"
    book.active["XFD2"] = 1
    book.active["A1048576"] = 1
    book.save(tmp_path / "t.xlsx")
    read = lines(tmp_path / "t.xlsx")
    assert len(read) == 100 and all(len(cells) <= 5 for cells in read)


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv"])
def test_what_is_no_table_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xff\xfe\x00\xd8\x00\xd8x" if name == "t.csv" else b"no zip")
    with pytest.raises(BadTable):
        lines(tmp_path / name)


@pytest.mark.parametrize("content", [b"<!DOCTYPE x [<!ENTITY a 'b'>]><a/>", b" " * 300_000_000])
def test_a_workbook_that_unpacks_to_more_than_it_is_is_refused(tmp_path: Path, content: bytes) -> None:
    book = io.BytesIO()
    Workbook().save(book)
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", content)
    (tmp_path / "t.xlsx").write_bytes(book.getvalue())
    with pytest.raises(BadTable, match=r"DOCTYPE|zip >"):
        lines(tmp_path / "t.xlsx")
