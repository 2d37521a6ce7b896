"""Registers as workbooks."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from docgen.document.model import Cell, Document, Paragraph, Row, Table, Text
from docgen.writers.sheet import Entry, Line, Sheet, letters, write_workbook
from docgen.writers.xlsx import Register, RegisterColumn, RegisterTotal, share_xlsx, write_xlsx

FIELDS = {"company": "华信示范电器有限公司"}
COLUMNS = (
    RegisterColumn("serial", "序号", 4, "serial"),
    RegisterColumn("number", "单号", 9),
    RegisterColumn("received", "收到日期", 8, "date"),
    RegisterColumn("grade", "分级", 6, "choice", ("一般", "较大", "重大")),
    RegisterColumn("due", "应办", 6, "number"),
    RegisterColumn("kept", "办结", 6, "number"),
    RegisterColumn("rate", "办结率", 6, "percent", formula='=IF({due}=0,"",{kept}/{due})'),
    RegisterColumn("amount", "金额", 8, "money"),
    RegisterColumn("sum", "累计", 8, "money", formula="=SUM({amount:first}:{amount})"),
)
TOTAL = RegisterTotal("合计", {"due": "=SUM({due:all})", "grade": '=COUNTIF({grade:all},"重大")/COUNTA({grade:all})'})


def document(*blocks: Any) -> Document:
    return Document("r", "form", "SL-JL-23-01", "投诉登记表", "A/0", list(blocks), FIELDS)


def register(*rows: dict[str, str], **more: Any) -> Any:
    data = write_xlsx(document(), [Register("投诉登记表", COLUMNS, rows, **more)])
    return openpyxl.load_workbook(io.BytesIO(data))


def table() -> Table:
    def row(*texts: str, header: bool = False) -> Row:
        return Row(tuple(Cell((Text(text),)) for text in texts), header=header)

    return Table(
        (
            Row((Cell((Text("条款"),), rowspan=2), Cell((Text("文件"),), colspan=2)), header=True),
            row("名称", "编号", header=True),
            row("5.10", "示例程序", "0012"),
        ),
        caption="对照表",
    )


def test_company_title_and_number_stand_above_a_frozen_repeated_header() -> None:
    sheet = register({}).active
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == ["华信示范电器有限公司", "投诉登记表", "SL-JL-23-01  A/0"]
    assert [cell.value for cell in sheet[4]] == [column.label for column in COLUMNS]
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$1:$4"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert "&P / &N" in sheet.oddFooter.right.text.replace("&[Page]", "&P") or "&N" in sheet.oddFooter.right.text


@pytest.mark.parametrize("evil", ["=1+1", "+86 755", "-3", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1"])
def test_text_that_looks_like_a_formula_stays_text(evil: str) -> None:
    data = write_xlsx(document(), [Register("表", COLUMNS, [{"number": evil}])])
    cell = openpyxl.load_workbook(io.BytesIO(data)).active["B5"]
    assert (cell.value, cell.data_type) == (evil, "s")
    assert cell.quotePrefix
    assert cell.number_format == "@"


def test_a_code_keeps_its_leading_noughts() -> None:
    sheet = register({"number": "075512345678"}).active
    assert sheet["B5"].value == "075512345678"
    data = write_xlsx(document(table()))
    assert openpyxl.load_workbook(io.BytesIO(data)).active["C6"].value == "0012"


def test_markup_and_control_characters_do_no_harm() -> None:
    evil = "A&B<C>|**x**{{ 7*7 }}\n_x0041_\x07\ud800"
    sheet = register({"number": evil}).active
    assert sheet["B5"].value in ("A&B<C>|**x**{{ 7*7 }}\n_x0041_", "A&B<C>|**x**{{ 7*7 }}\n_x005F_x0041_")


@pytest.mark.parametrize("text", ["2026-03-05", "2026年3月5日", "2026/3/5"])
def test_dates_are_dates(text: str) -> None:
    cell = register({"received": text}).active["C5"]
    assert cell.value == datetime(2026, 3, 5)
    assert cell.is_date


@pytest.mark.parametrize("text", ["2026-02-30", "下周", "3月5日"])
def test_what_is_no_date_stays_as_it_was(text: str) -> None:
    assert register({"received": text}).active["C5"].value == text


def test_numbers_are_numbers_in_number_columns_only() -> None:
    sheet = register({"due": "5", "amount": "1,200.50", "number": "5", "kept": "约 5"}).active
    assert [sheet[place].value for place in ("E5", "H5", "B5", "F5")] == [5, 1200.5, "5", "约 5"]


def test_formulas_name_the_cells_of_their_row_and_show_nothing_in_an_empty_one() -> None:
    sheet = register({"due": "5"}, blank_rows=3).active
    assert sheet["G6"].value == '=IF(E6&F6="","",IF(E6=0,"",F6/E6))'
    assert sheet["I7"].value == '=IF(H7="","",SUM(H$5:H7))'
    assert sheet["G5"].number_format == "0.00%"


def test_totals_cover_every_row_and_stand_above_the_header() -> None:
    sheet = register({}, blank_rows=9, totals=[TOTAL]).active
    assert sheet["A4"].value == "合计"
    assert sheet["E4"].value == "=SUM($E$6:$E$15)"
    assert sheet["D4"].number_format == "0.00%"
    assert sheet["E4"].number_format == "General"
    assert sheet.freeze_panes == "A6"


def test_choices_are_lists_over_all_rows() -> None:
    rules = register({}, blank_rows=9).active.data_validations.dataValidation
    assert [(str(rule.sqref), rule.formula1) for rule in rules] == [("D5:D14", '"一般,较大,重大"')]


def test_long_or_comma_choices_stand_on_a_hidden_sheet() -> None:
    options = tuple(f"第{n}网点,一部" for n in range(40))
    columns = (RegisterColumn("a", "网点", 1, "choice", options),)
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(document(), [Register("表", columns)])))
    assert book["lists"].sheet_state == "hidden"
    assert [cell.value for cell in book["lists"]["A"]] == list(options)
    assert book.active.data_validations.dataValidation[0].formula1 == "lists!$A$1:$A$40"


def test_a_table_of_a_document_keeps_its_joined_cells_and_header() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(document(Paragraph((Text("说明。"),)), table())))).active
    assert sheet.title == "对照表"
    assert {"A4:A5", "B4:C4"} <= {str(area) for area in sheet.merged_cells.ranges}
    assert [cell.value for cell in sheet[5]][1:] == ["名称", "编号"]
    assert [cell.value for cell in sheet[6]] == ["5.10", "示例程序", "0012"]
    assert sheet.freeze_panes == "A6"
    assert sheet["A7"].value == "说明。"


def test_a_document_without_a_table_still_gives_a_workbook() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(document()))).active
    assert sheet["A2"].value == "投诉登记表"


def test_the_same_register_gives_the_same_bytes_and_no_clock_in_them() -> None:
    first = write_xlsx(document(table()))
    assert first == write_xlsx(document(table()))
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_sheet_names_are_legal_and_distinct() -> None:
    sheets = [Sheet(name, [Line([Entry(1, "x")])]) for name in ("a/b:c", "A b c", "", "长" * 40, "长" * 40)]
    names = openpyxl.load_workbook(io.BytesIO(write_workbook(sheets))).sheetnames
    assert len({name.lower() for name in names}) == 5
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


@pytest.mark.parametrize(("number", "wanted"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_have_letters(number: int, wanted: str) -> None:
    assert letters(number) == wanted


def parts(data: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def of_company(name: str, number: str = "HX-01") -> Document:
    return Document("r", "form", number, "投诉登记表", "A/1", [], {"company": name})


@pytest.mark.parametrize("notes", [(), ("按日填写。",)])
@pytest.mark.parametrize("name", ["华信示范电器有限公司", "A & <B>", "_x0041_", "长" * 200])
def test_a_shared_workbook_says_of_each_company_what_its_own_would(name: str, notes: tuple[str, ...]) -> None:
    long = RegisterColumn("unit", "单位", 6, "choice", tuple(f"第{n}网点" for n in range(90)))
    form = Register("投诉登记表", (*COLUMNS, long), totals=[TOTAL], notes=notes)
    write = share_xlsx(of_company("另一家"), form)
    for number in ("HX-01", "&R 1", "长" * 130):
        made = write(of_company(name, number))
        assert made is not None and parts(made) == parts(write_xlsx(of_company(name, number), [form]))


@pytest.mark.parametrize("name", ["", "=1+1", "序号", "投诉登记表", "HX-01  A/1", "\x01"])
def test_a_company_whose_name_changes_other_cells_shares_no_workbook(name: str) -> None:
    write = share_xlsx(of_company("另一家"), Register("投诉登记表", COLUMNS))
    assert write(of_company(name)) is None
