"""A questionnaire as people send it back: moved, sorted, typed in their own ways, damaged."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.diagnostics import DocgenError
from docgen.messages import render
from docgen.profile.walking import value_at
from docgen.questionnaire import marks
from tests.questionnaire.books import cell_of, changed, filled, read, sheets, told, written


def answer(folder: Path, fact: str, typed: Any) -> tuple[Any, list[str]]:
    loaded = read(filled(written(folder), {fact: typed}))
    return value_at(loaded.profile, fact), [d.code for d in loaded.diagnostics]


def rows_of(sheet: Worksheet) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


# ---- what is typed


@pytest.mark.parametrize(
    ("fact", "typed", "value"),
    [
        ("company.founded", "2012年5月18日", "2012-05-18"),
        ("company.founded", datetime(2012, 5, 18), "2012-05-18"),
        ("company.founded", date(2012, 5, 18), "2012-05-18"),
        ("staff.total", "３２０人", "320"),
        ("staff.total", 320, "320"),
        ("service.activities.delivery", "否", "False"),
        ("service.activities.delivery", True, "True"),
        ("service.response_time", "2小时", "2 小时"),
        ("service.hotline", "４００－０００－００００", "400-000-0000"),
        ("company.enterprise_type", "生产型", "manufacturer"),
        ("company.industry", "电子电器（electronics）", "electronics"),
        ("service.follow_up_share", 0.95, "0.95"),
        ("sales.modes", "线上销售、经销", "('online', 'dealer')"),
        ("sales.modes", "线上销售\n经销", "('online', 'dealer')"),
        ("company.honours", "甲奖\n乙奖", "('甲奖', '乙奖')"),
        ("company.honours", "• 甲、乙联合奖", "('甲、乙联合奖',)"),
        ("company.honours", "无", "()"),
    ],
)
def test_answers_are_understood_as_in_a_profile(tmp_path: Path, fact: str, typed: Any, value: str) -> None:
    assert str(answer(tmp_path, fact, typed)[0]) == value


def test_a_code_with_zeros_before_it_keeps_them(tmp_path: Path) -> None:
    assert answer(tmp_path, "company.postal_code", "000123")[0] == "000123"


def test_a_fault_names_sheet_and_cell_what_was_read_and_the_nearest_choice(tmp_path: Path) -> None:
    path = filled(written(tmp_path), {"certification.target_level": "五星及", "staff.total": "很多"})
    loaded = read(path)
    first, second = sorted(loaded.diagnostics, key=lambda d: d.code)
    assert (first.code, second.code) == ("P111", "P116"), "all faults are told in one run"
    cell = cell_of(path, "certification.target_level").coordinate
    for lang, words in (("zh", "错误"), ("en", "error")):
        text = render(second, lang)
        assert text.startswith(f"{path} 认证!{cell}: {words} P116")
        assert "五星及" in text and "五星" in text.split("五星及")[1]


def test_a_contradiction_names_cells_and_not_lines(tmp_path: Path) -> None:
    from docgen.profile.rules import check_profile

    path = filled(written(tmp_path), {"staff.total": 10, "staff.service": 20})
    texts = [render(found) for found in check_profile(read(path))]
    (text,) = (text for text in texts if "员工总数" in text)
    cells = [cell_of(path, fact).coordinate for fact in ("staff.total", "staff.service")]
    assert all(f"组织与人员!{cell}" in text for cell in cells) and " 行" not in text


def test_what_is_missing_is_asked_for_in_its_cell(tmp_path: Path) -> None:
    path = filled(written(tmp_path), {}, products=[["空气炸锅"]])
    loaded = read(path)
    assert loaded.place("company.code").cell == f"企业!{cell_of(path, 'company.code').coordinate}"
    row = cell_of(path, "products[]").row
    assert loaded.place("products[0].warranty_months").cell == f"产品!I{row}"
    assert loaded.place("outlets").cell == f"网点!C{cell_of(path, 'outlets[]').row}"


# ---- lists


def test_rows_of_a_list_are_its_things_and_empty_rows_are_none(tmp_path: Path) -> None:
    path = filled(written(tmp_path), {}, outlets=[["A1", "甲站"], [], ["B1", "乙站"]])
    assert [outlet.name for outlet in read(path).profile.outlets] == ["甲站", "乙站"]


def test_a_list_there_is_not_is_an_answer(tmp_path: Path) -> None:
    loaded = read(filled(written(tmp_path), {"outlets": "无"}))
    assert loaded.profile.outlets == () and "outlets" in loaded.profile.told


def test_a_list_said_to_be_empty_with_rows_in_it_is_a_fault(tmp_path: Path) -> None:
    path = filled(written(tmp_path), {"outlets": "无"}, outlets=[["A1", "甲站"]])
    assert [code for code, _, _ in told(read(path))] == ["Q010"]


def test_a_first_row_that_says_there_is_none_is_understood(tmp_path: Path) -> None:
    loaded = read(filled(written(tmp_path), {}, outlets=[["无"]]))
    assert loaded.profile.outlets == () and "outlets" in loaded.profile.told


def test_only_yes_or_no_is_an_answer_to_whether_there_is_a_list(tmp_path: Path) -> None:
    path = filled(written(tmp_path), {"outlets": "大概"})
    assert told(read(path)) == [("Q009", "error", f"网点!{cell_of(path, 'outlets').coordinate}")]


# ---- what users do to sheets


def test_a_row_inserted_into_a_list_is_one_more_thing(tmp_path: Path) -> None:
    path = filled(written(tmp_path), {}, outlets=[["A1", "甲站"], ["B1", "乙站"]])

    def insert(book: Workbook) -> None:
        sheet = book["网点"]
        row = cell_of(path, "outlets[]").row + 1
        sheet.insert_rows(row)
        sheet.cell(row, 4).value = "中间站"

    assert [outlet.name for outlet in read(changed(path, insert)).profile.outlets] == ["甲站", "中间站", "乙站"]


def test_rows_below_a_list_are_told_and_notes_are_not_read(tmp_path: Path) -> None:
    path = written(tmp_path)

    def type_below(book: Workbook) -> None:
        sheet = book["网点"]
        sheet.cell(sheet.max_row + 1, 3).value = "A9"
        sheet.cell(sheet.max_row, 4).value = "下面的站"
        book["企业"].cell(40, 14).value = "周五再问财务"
        book.create_sheet("我的备注")["A1"] = "=1/0"

    loaded = read(changed(path, type_below))
    assert [code for code, _, _ in told(loaded)] == ["Q007"]
    assert loaded.profile.outlets == ()


def test_columns_and_rows_may_be_moved_and_sheets_renamed_or_deleted(tmp_path: Path) -> None:
    path = filled(
        written(tmp_path, "company: {full_name: 甲公司, code: JIA}"), {}, outlets=[["A1", "甲站"], ["B1", "乙站"]]
    )

    def shuffle(book: Workbook) -> None:
        book["企业"].insert_cols(1, 2)
        book["企业"].insert_rows(5, 3)
        outlets = book["网点"]
        outlets.move_range(f"D1:D{outlets.max_row}", cols=15)
        outlets.title = "网点（华南）"
        del book["投诉"]
        book.move_sheet("网点（华南）", -3)

    profile = read(changed(path, shuffle)).profile
    assert (profile.company.full_name, profile.company.code) == ("甲公司", "JIA")
    assert [outlet.name for outlet in profile.outlets] == ["甲站", "乙站"]


def test_rows_may_be_sorted_in_any_way(tmp_path: Path) -> None:
    path = filled(written(tmp_path), {"company.code": "JIA", "company.phone": "0755"}, outlets=[["A1", "甲站"]])

    def turn(book: Workbook) -> None:
        for name in ("企业", "网点"):
            rows = rows_of(book[name])
            for sheet_row, values in zip(book[name].iter_rows(), reversed(rows), strict=True):
                for cell, value in zip(sheet_row, values, strict=True):
                    cell.value = value

    profile = read(changed(path, turn)).profile
    assert (profile.company.code, profile.company.phone) == ("JIA", "0755")
    assert [outlet.name for outlet in profile.outlets] == ["甲站"]


def test_a_path_that_was_changed_is_a_fault_with_the_nearest_one(tmp_path: Path) -> None:
    path = filled(written(tmp_path), {"company.code": "JIA"})

    def slip(book: Workbook) -> None:
        book["企业"].cell(cell_of(path, "company.code").row, 1).value = "company.cod"

    (fault,) = read(changed(path, slip)).diagnostics
    assert (fault.code, fault.severity.value, fault.nearest) == ("Q002", "error", "company.code")
    assert "JIA" in render(fault)


def test_a_workbook_of_another_version_is_read_as_far_as_it_is_known(tmp_path: Path) -> None:
    path = filled(written(tmp_path), {"company.code": "JIA", "company.phone": "0755"})

    def another(book: Workbook) -> None:
        for sheet in book.worksheets:
            for row in sheet.iter_rows(max_col=1):
                row[0].value = str(row[0].value or "").replace(marks.edition(), "00000000") or None
        book["企业"].cell(cell_of(path, "company.phone").row, 1).value = "company.fax"

    loaded = read(changed(path, another))
    assert loaded.profile.company.code == "JIA"
    assert [(code, severity) for code, severity, _ in told(loaded)] == [("Q003", "note"), ("Q002", "warning")]


def test_one_fact_answered_twice_is_a_fault_only_if_the_answers_differ(tmp_path: Path) -> None:
    path = filled(written(tmp_path), {"company.code": "JIA"})

    def copy_row(book: Workbook, value: str) -> None:
        sheet = book["企业"]
        row = sheet.max_row + 3
        sheet.cell(row, 1).value, sheet.cell(row, 4).value = "company.code", value

    assert not told(read(changed(path, lambda book: copy_row(book, "JIA"))))
    assert [code for code, _, _ in told(read(changed(path, lambda book: copy_row(book, "YI"))))] == ["Q004"]


def test_hidden_rows_that_were_deleted_are_told(tmp_path: Path) -> None:
    path = filled(written(tmp_path), {"company.code": "JIA"}, outlets=[["A1", "甲站"]])

    def delete_heads(book: Workbook) -> None:
        for name, head in (("企业", marks.FACTS), ("网点", marks.LIST)):
            row = next(r[0].row for r in book[name].iter_rows(max_col=1) if str(r[0].value).startswith(head))
            for cell in book[name][row][1:]:
                cell.value = None

    codes = {code for code, _, _ in told(read(changed(path, delete_heads)))}
    assert codes == {"Q005", "Q006"}


# ---- what strangers send


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("http://example.com","x")', "=cmd|' /C calc'!A0"])
def test_a_formula_in_an_answer_is_not_computed_and_not_taken(tmp_path: Path, formula: str) -> None:
    path = written(tmp_path)

    def type_formula(book: Workbook) -> None:
        cell = book["企业"][cell_of(path, "company.intro").coordinate]
        cell.value = formula
        cell.data_type = "f"

    loaded = read(changed(path, type_formula))
    assert loaded.profile.company.intro is None
    assert [code for code, _, _ in told(loaded)] == ["B014"]


def test_a_number_a_spreadsheet_has_rounded_is_a_fault(tmp_path: Path) -> None:
    value, codes = answer(tmp_path, "company.unified_social_credit_code", 914403001234567890)
    assert (value, codes) == (None, ["B010"])


def test_signs_of_formulas_are_written_as_text(tmp_path: Path) -> None:
    path = written(tmp_path, "company: {intro: '=cmd|x!A0', short_name: '@SUM(A1)'}")
    for fact, text in (("company.intro", "=cmd|x!A0"), ("company.short_name", "@SUM(A1)")):
        cell = cell_of(path, fact)
        assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize("damage", ["half", "junk", "empty"])
def test_a_damaged_file_ends_in_a_diagnostic(tmp_path: Path, damage: str) -> None:
    path = written(tmp_path)
    data = path.read_bytes()
    path.write_bytes({"half": data[: len(data) // 2], "junk": b"PK\x03\x04" + bytes(99), "empty": b""}[damage])
    assert not marks.is_questionnaire(path)
    with pytest.raises(DocgenError) as error:
        read(path)
    assert [d.code for d in error.value.diagnostics] == ["B001"]


def test_a_part_far_larger_than_it_says_is_not_unpacked(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"0" * 300_000_000)
    assert not marks.is_questionnaire(path)
    with pytest.raises(DocgenError) as error:
        read(path)
    assert [d.code for d in error.value.diagnostics] == ["B001"]


def test_a_questionnaire_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    path = written(tmp_path, name="客户清单.xlsx")
    assert marks.is_questionnaire(path)
    assert marks.is_questionnaire(filled(path, {}))
    book = Workbook()
    book.active["A1"] = "企业全称"  # type: ignore[index]
    book.save(tmp_path / "采集表.xlsx")
    assert not marks.is_questionnaire(tmp_path / "采集表.xlsx")
    assert not marks.is_questionnaire(tmp_path / "missing.xlsx")


def test_a_sheet_of_many_rows_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)

    def grow(book: Workbook) -> None:
        sheet = book.create_sheet("大表")
        for number in range(20_100):
            sheet.append([number])

    with pytest.raises(DocgenError):
        read(changed(path, grow))


def test_names_of_sheets_are_those_of_the_file(tmp_path: Path) -> None:
    assert {"填写说明", "企业", "产品", "网点"} <= set(sheets(written(tmp_path)))
