"""The form language and the shipped forms."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parent))
from fakes import FakeResolver

from docgen.compose.formcells import formula_names
from docgen.compose.formlayout import BODY_HEIGHT, BODY_WIDTH, cell_height, line_count, plain
from docgen.compose.formmodel import BOXES
from docgen.compose.forms import FormFacts, FormTemplate, compile_form, compile_shared, load_forms
from docgen.document import PageBreak, Paragraph, Table
from docgen.messages import render

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "templates" / "forms"
FACTS = FormFacts("SL-JL-16-02", "派工单", "A/0")

SET = yaml.safe_load((ROOT / "templates/standards/gbt27922-2011/set.yaml").read_text(encoding="utf-8"))["forms"]
IDS = [row["id"] for row in SET]
FORMS, FAULTS = load_forms([FOLDER.parent], IDS)

CUSTOMER_PROCEDURES = {
    "technical-support", "packaging-delivery", "repair", "warranty-returns", "recall", "complaint-handling", "emergency",
}  # fmt: skip
CUSTOMER_EVENTS = [row["id"] for row in SET if row["layout"] == "event" and row["procedure"] in CUSTOMER_PROCEDURES]
OTHER_EVENTS = [row["id"] for row in SET if row["layout"] == "event" and row["id"] not in CUSTOMER_EVENTS]
REGISTERS = [row["id"] for row in SET if row["layout"] == "register"]
TIMES = {"received_at", "responded_at", "closed_at", "result", "work_order"}
CUSTOMER = {
    "customer", "product_model", "serial_number", "customer_confirmation", "call_back_at", "call_back_by", "satisfied",
}  # fmt: skip


def names(form: FormTemplate) -> set[str]:
    """Every named place to write: fields of grids, columns of lists."""
    found = {field.name for field in form.fields} | {column.name for column in form.columns}
    for run in form.runs:
        for part in getattr(run, "body", ()):
            row = getattr(part, "blank", part)
            found |= {cell.field.name for cell in row.cells if cell.field}
    return found - {""}


def tables(form: FormTemplate, resolver: FakeResolver | None = None, sample: bool = False) -> list[Table]:
    blocks = form.compose(resolver or FakeResolver(), FACTS, sample)
    return [block for block in blocks if isinstance(block, Table)]


def words(form: FormTemplate, resolver: FakeResolver | None = None, sample: bool = False) -> str:
    blocks = form.compose(resolver or FakeResolver(), FACTS, sample)
    parts = [plain(block.inlines) for block in blocks if isinstance(block, Paragraph)]
    for table in (block for block in blocks if isinstance(block, Table)):
        parts += [plain(cell.inlines) for row in table.rows for cell in row.cells]
    return "\n".join(parts)


# ---- the shipped forms


def test_every_form_of_the_set_has_a_faultless_file_and_every_file_a_form() -> None:
    assert [render(fault) for fault in FAULTS] == []
    assert set(FORMS) == set(IDS)
    assert {path.stem for path in FOLDER.glob("form-*.yaml")} == set(IDS)


@pytest.mark.parametrize("form_id", IDS)
def test_every_row_of_every_form_covers_the_grid(form_id: str) -> None:
    for always in (True, False):
        for table in tables(FORMS[form_id], FakeResolver(always=always)):
            below = [0] * len(table.widths)
            for row in table.rows:
                column = 0
                cells = list(row.cells)
                while column < len(below):
                    if below[column]:
                        below[column] -= 1
                        column += 1
                        continue
                    cell = cells.pop(0)
                    for covered in range(column, column + cell.colspan):
                        below[covered] = cell.rowspan - 1
                    column += cell.colspan
                assert not cells
            assert not any(below)


@pytest.mark.parametrize("form_id", IDS)
def test_every_form_has_a_record_number_who_filled_it_in_who_checked_and_dates(form_id: str) -> None:
    form = FORMS[form_id]
    blank = [cell for table in tables(form) for row in table.rows for cell in row.cells]
    texts = [plain(cell.inlines) for cell in blank]
    assert texts[0] == form.words.record_number
    tail = texts[-12:]
    assert any("填表人" in text for text in tail)
    assert any("审核" in text for text in tail)
    assert any("年" in text and "日" in text for text in tail)


@pytest.mark.parametrize("form_id", IDS)
def test_rows_to_write_in_are_eight_millimetres_or_higher(form_id: str) -> None:
    for table in tables(FORMS[form_id]):
        for row in table.rows:
            written = any(not plain(cell.inlines) for cell in row.cells)
            assert row.height_mm >= (8 if written else 7)


@pytest.mark.parametrize("form_id", CUSTOMER_EVENTS)
def test_forms_of_customer_events_have_the_minimum_columns(form_id: str) -> None:
    assert (TIMES | CUSTOMER) - names(FORMS[form_id]) == set()


@pytest.mark.parametrize("form_id", OTHER_EVENTS)
def test_forms_of_internal_events_have_times_result_and_work_order(form_id: str) -> None:
    assert TIMES - names(FORMS[form_id]) == set()


@pytest.mark.parametrize("form_id", REGISTERS)
def test_registers_have_columns_with_unique_names_and_options(form_id: str) -> None:
    form = FORMS[form_id]
    found = [column.name for column in form.columns]
    assert len(found) >= 6
    assert len(found) == len(set(found))
    for column in form.columns:
        assert column.label
        assert formula_names(column.formula) <= set(found)
        if column.kind in BOXES:
            assert len(form.options_of(column, FakeResolver())) >= 2


@pytest.mark.parametrize("form_id", IDS)
def test_choices_have_options_whatever_the_company_does(form_id: str) -> None:
    for always in (True, False):
        for field in FORMS[form_id].fields:
            if field.kind in BOXES:
                assert FORMS[form_id].options_of(field, FakeResolver(always=always))


def test_every_indicator_has_its_times_and_counts_on_its_source_form() -> None:
    kpis = yaml.safe_load((ROOT / "templates/shared/kpis.yaml").read_text(encoding="utf-8"))["kpis"]
    needed = {
        "response_in_time": {"received_at", "responded_at", "in_time"},
        "arrival_in_time": {"appointed_at", "arrived_at", "in_time"},
        "delivery_in_time": {"appointed_at", "closed_at", "in_time"},
        "first_time_fix_rate": {"first_time_fix"},
        "repeat_repair_rate": {"repeat"},
        "diagnosis_accuracy": {"checked", "right", "accuracy"},
        "hotline_answer_rate": {"answered"},
        "follow_up_rate": {"due", "reached"},
        "customer_satisfaction": {"a5", "a1", "answers", "score"},
        "complaint_rate": {"units", "year", "rate"},
        "complaints_closed_in_time": {"due_at", "closed_at", "in_time"},
        "major_complaints": {"grade"},
        "spare_part_availability": {"asked", "at_once"},
        "training_completion": {"planned", "as_planned"},
        "outlet_pass_rate": {"passed"},
        "mystery_visit_score": {"score"},
        "budget_execution": {"amount", "budget", "rate"},
    }
    assert set(needed) == set(kpis)
    for kpi, row in kpis.items():
        for form in row["sources"]:
            assert needed[kpi] - names(FORMS[form]) == set(), (kpi, form)


@pytest.mark.parametrize(
    "form_id", ["form-outlet-admission", "form-outlet-assessment", "form-mystery-visit", "form-competence"]
)
def test_scores_add_up_to_a_hundred_whatever_applies(form_id: str) -> None:
    for always in (True, False):
        points = 0
        for table in tables(FORMS[form_id], FakeResolver(always=always)):
            for row in table.rows:
                texts = [plain(cell.inlines) for cell in row.cells]
                points += sum(int(text) for text in texts if re.fullmatch(r"\d{1,2}", text))
        assert points == 100


def test_samples_are_marked_and_blank_forms_carry_none() -> None:
    for form in FORMS.values():
        if form.sample:
            mark = form.words.sample
            assert mark in words(form, sample=True)
            assert mark not in words(form)
            for value in [value for _, value in form.sample if len(value) > 4][:3]:
                assert words(form, sample=True).count(value) > words(form).count(value)


def test_every_register_filled_by_hand_has_a_sample_row() -> None:
    for form_id in REGISTERS:
        text = (FOLDER / f"{form_id}.yaml").read_text(encoding="utf-8")
        assert "sample:" in text or "rows_from:" in text, form_id


def test_forms_name_no_limit_that_belongs_to_the_profile() -> None:
    for path in FOLDER.glob("*.yaml"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if "sample" in line:
                continue
            assert not re.search(r"\d+ ?小时内|\d+ ?分钟内", line), f"{path.name}:{number}"


# ---- the language

SHARED, SHARED_FAULTS = compile_shared((FOLDER / "_shared.yaml").read_text(encoding="utf-8"), "_shared.yaml")


def form_of(text: str) -> FormTemplate:
    form, faults = compile_form(text, "test.yaml", SHARED)
    assert [render(fault) for fault in faults] == []
    return form


def faults_of(text: str) -> list[tuple[str, int, str]]:
    _, faults = compile_form(text, "test.yaml", SHARED)
    return [(fault.code, fault.place.line, fault.nearest) for fault in faults]


def test_cells_merge_to_the_left_and_upwards() -> None:
    form = form_of("widths: [20, 30, 20, 30]\nrows:\n  - [甲, _a, <, <]\n  - [乙, _b, 丙, _c]\n  - [^, _d, 丁, _e]\n")
    rows = tables(form)[0].rows
    assert rows[1].cells[1].colspan == sum(cell.colspan for cell in rows[2].cells[1:])
    assert rows[2].cells[0].rowspan == 2
    assert [plain(cell.inlines) for cell in rows[3].cells] == ["", "丁", ""]


def test_a_choice_shows_a_box_for_every_answer_that_applies() -> None:
    form = form_of("widths: [20, 80]\nrows:\n  - [方式, '_way choice 上门?on_site/到店?in_shop/寄修']\n")
    text = words(form, FakeResolver(has={"on_site": False, "in_shop": True}))
    assert "□到店" in text and "□寄修" in text and "上门" not in text


def test_a_row_with_a_condition_stands_only_where_it_holds() -> None:
    form = form_of(
        "widths: [20, 80]\nrows:\n  - {row: [到达, _a], when: on_site}\n  - {row: [送修, _b], when: not on_site}\n"
    )
    text = words(form, FakeResolver(has={"on_site": False}))
    assert "送修" in text and "到达" not in text


def test_rows_come_from_a_list_and_what_the_list_lacks_is_blank() -> None:
    form = form_of(
        "columns:\n  - serial 序号 10 serial\n  - name 名称 40\n  - note 备注 50\n"
        "rows_from: outlets\nfill: {name: '{{ item.name }}'}\ncount: 2\n"
    )
    resolver = FakeResolver(lists={"outlets": [{"name": "示例一店"}, {"name": "示例|二店"}]})
    cells = [[plain(c.inlines) for c in row.cells] for row in tables(form, resolver)[0].rows[2:-1]]
    assert [row[:2] for row in cells] == [["1", "示例一店"], ["2", "示例|二店"], ["3", ""], ["4", ""]]
    assert form.prefilled(resolver) == [{"name": "示例一店"}, {"name": "示例|二店"}]


def test_a_register_is_filled_with_blank_rows_to_the_end_of_the_page() -> None:
    text = "columns:\n  - serial 序号 10 serial\n  - name 名称 90\n"
    upright = len(tables(form_of(text))[0].rows)
    across = len(tables(form_of("orientation: landscape\n" + text))[0].rows)
    assert 20 < upright < 30
    assert 10 < across < 18


def test_a_row_without_values_of_the_profile_is_the_same_object_for_every_company() -> None:
    form = form_of("widths: [20, 80]\nrows:\n  - [甲, _a]\n  - ['{{ term.product }}', _b]\n")
    first, second = tables(form)[0].rows, tables(form)[0].rows
    assert first[1] is second[1]


def test_a_sample_ticks_the_answer_and_fills_the_first_row() -> None:
    form = form_of(
        "columns:\n  - serial 序号 10 serial\n  - name 名称 40\n  - kind 类别 50 choice 甲/乙\n"
        "sample: {name: 示例名称, kind: 乙}\n"
    )
    rows = tables(form, sample=True)[0].rows
    assert [plain(cell.inlines) for cell in rows[2].cells] == ["示例", "示例名称", "□甲  ☑乙"]
    assert [plain(cell.inlines) for cell in rows[3].cells] == ["2", "", "□甲  □乙"]


def test_retention_is_the_forms_own_or_the_companys() -> None:
    resolver = FakeResolver({"documents.record_retention_years": "3"})
    body = "widths: [100]\nrows: [甲]\n"
    assert plain(form_of(body).retention_text(resolver)) == "3 年"
    assert plain(form_of("retention: 10\n" + body).retention_text(resolver)) == "10 年"
    assert plain(form_of("retention: 长期\n" + body).retention_text(resolver)) == "长期"


GRID = "widths: [20, 80]\nrows:\n"
LIST = "columns:\n  - name 名称 40\n  - amount 数量 30 number\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("orientatoin: landscape\nwidths: [100]\nrows: [甲]\n", ("KF02", 1, "orientation")),
        ("pages: two\nwidths: [100]\nrows: [甲]\n", ("KF06", 1, "")),
        ("orientation: landscap\nwidths: [100]\nrows: [甲]\n", ("KF22", 1, "landscape")),
        ("pages: 1\npages: 2\nwidths: [100]\nrows: [甲]\n", ("KF03", 2, "")),
        (GRID + "  - [甲, _a]\n  - [乙, _b, _c]\n", ("KF09", 4, "")),
        (GRID + "  - [甲, _a datum]\n", ("KF10", 3, "date")),
        (GRID + "  - [甲, _a choice]\n", ("KF11", 3, "")),
        (GRID + "  - [甲, \"_a choice {{ '有/无' if has.delivery }}/不适用\"]\n", ("KF26", 3, "")),
        ("header: [{feild: 甲, when: delivery}]\nwidths: [100]\nrows: [甲]\n", ("KF02", 1, "field")),
        (
            "header: ["
            + ", ".join(f"{{field: 甲, when: 'has.delivery and {n}'}}" for n in range(5))
            + "]\nwidths: [100]\nrows: [甲]\n",
            ("KF27", 1, ""),
        ),
        (LIST + "count: {rows: 0, wen: delivery}\n", ("KF02", 4, "when")),
        (GRID + "  - [甲, _a]\n  - [乙, _a]\n", ("KF12", 4, "")),
        (GRID + "  - [甲, _A1]\n", ("KF13", 3, "")),
        (GRID + "  - [<, _a]\n", ("KF18", 3, "")),
        (GRID + "  - [^, _a]\n", ("KF18", 3, "")),
        (GRID + "  - ['{{ term.product', _a]\n", ("KF19", 3, "")),
        (GRID + "  - {use: custumer}\n", ("KF17", 3, "customer")),
        (GRID + "  - {row: [甲, _a], when: 上门}\n", ("KF24", 3, "")),
        (GRID + "  - {write: 甲, hight: 20}\n", ("KF02", 3, "height")),
        (GRID + "  - [甲, _a]\nsample: {b: 1}\n", ("KF02", 4, "")),
        (LIST + "  - name 又名 30\n", ("KF12", 4, "")),
        (LIST + "  - rate 比率\n", ("KF25", 4, "")),
        (LIST + "  - {name: rate, label: 率, formula: '={amonut}/2'}\n", ("KF15", 4, "amount")),
        (LIST + "totals:\n  - {label: 合计, cells: {amount: '=SUM({amuont:all})'}}\n", ("KF15", 5, "amount")),
        (LIST + "rows_from: outlets\nfill: {nam: '{{ item.name }}'}\n", ("KF02", 5, "name")),
        ("parts:\n  - score:\n      甲:\n        - [项目, 标准, '99']\n", ("KF14", 2, "")),
        ("header: [甲]\n", ("KF23", 1, "")),
        ("rows: [\n", ("KF01", 2, "")),
    ],
)
def test_faults_are_found_with_their_line_and_the_nearest_name(text: str, expected: tuple[str, int, str]) -> None:
    assert expected in faults_of(text)


def test_all_faults_of_a_file_come_at_once() -> None:
    found = faults_of(GRID + "  - [甲, _a datum]\n  - [乙, _b choice]\n  - {use: nothing}\n")
    assert [code for code, _, _ in found] == ["KF10", "KF11", "KF17"]


def test_a_form_without_a_file_and_a_file_without_a_form_are_faults(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms/_shared.yaml").write_bytes((FOLDER / "_shared.yaml").read_bytes())
    (tmp_path / "forms/form-one.yaml").write_text("widths: [100]\nrows: [甲]\n", encoding="utf-8")
    forms, faults = load_forms([tmp_path], ["form-on"])
    assert not forms
    assert [fault.code for fault in faults] == ["KF20", "KF21"]
    assert faults[1].nearest == "form-on"


def test_an_overlay_replaces_a_form(tmp_path: Path) -> None:
    put(tmp_path / "forms/form-dispatch.yaml", "widths: [100]\nrows: [自家表单]\n")
    forms, faults = load_forms([tmp_path, FOLDER.parent], IDS)
    assert not faults
    assert "自家表单" in words(forms["form-dispatch"])


def test_an_overlays_form_nobody_knows_is_a_fault(tmp_path: Path) -> None:
    put(tmp_path / "forms/form-dispach.yaml", "widths: [100]\nrows: [自家表单]\n")
    (fault,) = load_forms([tmp_path, FOLDER.parent], IDS)[1]
    assert (fault.code, fault.nearest) == ("KF21", "form-dispatch")


def test_the_standing_words_of_forms_may_be_a_houses_own(tmp_path: Path) -> None:
    shared = (FOLDER / "_shared.yaml").read_text(encoding="utf-8")
    assert "record_number: " in shared
    put(tmp_path / "forms/_shared.yaml", re.sub(r"record_number: .*", "record_number: 本所编号", shared))
    forms, faults = load_forms([tmp_path, FOLDER.parent], IDS)
    assert not faults
    assert "本所编号" in words(forms["form-dispatch"])


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def heights(form: FormTemplate, resolver: FakeResolver) -> list[float]:
    """Estimated height of every page of a form, in millimetres."""
    width = BODY_WIDTH[form.landscape]
    pages = [0.0]
    for block in form.compose(resolver, FACTS):
        if isinstance(block, PageBreak):
            pages.append(0.0)
        elif isinstance(block, Paragraph):
            pages[-1] += 6.0 * line_count(plain(block.inlines), width - 11) + 2
        elif isinstance(block, Table):
            whole = sum(block.widths)
            for row in block.rows:
                height, column = row.height_mm, 0
                for cell in row.cells:
                    share = sum(block.widths[column : column + cell.colspan]) / whole
                    column += cell.colspan
                    if len(row.cells) > 1 or cell.colspan == len(block.widths):
                        height = max(height, cell_height(cell.inlines, share * width) if cell.rowspan == 1 else 0)
                pages[-1] += height
    return pages


LONG = {"form-outlet-assessment"}  # one scoring table that takes two pages


def from_profile(form_id: str) -> bool:
    """True for a form that is as long as a list of the profile."""
    return "rows_from:" in (FOLDER / f"{form_id}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("form_id", [i for i in IDS if i not in LONG and not from_profile(i)])
def test_every_page_of_a_form_fits_the_sheet(form_id: str) -> None:
    form = FORMS[form_id]
    for page in heights(form, FakeResolver()):
        assert page <= BODY_HEIGHT[form.landscape]
    assert len(heights(form, FakeResolver())) <= 2


def test_a_new_page_repeats_the_first_row() -> None:
    form = form_of(
        "parts:\n  - widths: [100]\n    rows: [甲]\n  - page: next\n  - widths: [20, 80]\n    rows:\n      - [乙, _b]\n"
    )
    blocks = form.compose(FakeResolver(), FACTS)
    assert sum(isinstance(block, PageBreak) for block in blocks) == 1
    for table in tables(form):
        assert plain(table.rows[0].cells[0].inlines) == form.words.record_number


def test_a_new_page_may_depend_on_a_condition_with_the_row_it_repeats() -> None:
    text = "header: [甲]\nparts:\n  - {widths: [100], rows: [乙]}\n  - {page: next, when: delivery}\n"
    text += "  - {widths: [100], rows: [丙]}\n"
    for holds, breaks, rows in ((True, 1, 2), (False, 0, 1)):
        form, _ = compile_form(text, "f.yaml", compile_shared("", "s.yaml")[0])
        blocks = form.compose(FakeResolver(has={"delivery": holds}), FACTS)
        tables = [block for block in blocks if isinstance(block, Table)]
        assert sum(isinstance(block, PageBreak) for block in blocks) == breaks
        assert len(tables[1].rows) == rows


def test_ids_of_a_form_do_not_depend_on_where_its_file_lies() -> None:
    forms = [
        compile_form("widths: [100]\nrows: [甲]\n", f, compile_shared("", "s.yaml")[0])[0]
        for f in ("/a/x.yaml", "b/x.yaml")
    ]
    numbers = [[b.origin.number for b in form.compose(FakeResolver(), FACTS)] for form in forms]
    assert numbers[0] == numbers[1] and all(numbers[0])


def test_a_note_stands_only_where_its_condition_holds() -> None:
    form = form_of("widths: [100]\nrows: [甲]\nnotes:\n  - {text: 上门须知, when: on_site}\n  - 其他\n")
    assert "上门须知" not in words(form, FakeResolver(has={"on_site": False}))
    assert "上门须知" in words(form, FakeResolver(has={"on_site": True}))


def test_a_heading_over_rows_stands_only_where_its_condition_holds() -> None:
    form = form_of("widths: [20, 80]\nrows:\n  - {band: 一、上门, when: on_site}\n  - 二、回访\n  - [甲, _a]\n")
    assert "一、上门" in words(form, FakeResolver(has={"on_site": True}))
    assert "一、上门" not in words(form, FakeResolver(has={"on_site": False}))


@pytest.mark.parametrize("holds", [True, False])
def test_a_field_of_the_first_row_may_depend_on_a_condition(holds: bool) -> None:
    text = (
        "header: [甲, {field: 网点, when: outlets}, {field: 部门 date, when: not outlets}]\nwidths: [100]\nrows: [乙]\n"
    )
    first = tables(form_of(text), FakeResolver(has={"outlets": holds}))[0].rows[0]
    assert [plain(cell.inlines) for cell in first.cells][::2] == ["记录编号", "甲", "网点" if holds else "部门"]
    assert first.header


def test_a_first_row_with_conditions_is_repeated_on_a_new_page_as_it_is() -> None:
    text = "header: [{field: 网点, when: outlets}]\nparts:\n  - {widths: [100], rows: [甲]}\n  - {page: next, when: delivery}\n"
    form = form_of(text + "  - {widths: [100], rows: [乙]}\n")
    for outlets in (True, False):
        first, second = tables(form, FakeResolver(has={"outlets": outlets, "delivery": True}))
        assert [
            "网点" in plain(cell.inlines) for row in (first.rows[0], second.rows[0]) for cell in row.cells[2:3]
        ] == ([True, True] if outlets else [])


@pytest.mark.parametrize(("holds", "blank"), [(True, 0), (False, 4)])
def test_the_number_of_blank_rows_may_depend_on_a_condition(holds: bool, blank: int) -> None:
    form = form_of(
        LIST + "rows_from: outlets\nfill: {name: '{{ item.name }}'}\ncount: {rows: 0, when: delivery, otherwise: 4}\n"
    )
    resolver = FakeResolver(lists={"outlets": [{"name": "甲店"}]}, has={"delivery": holds})
    rows = [row for row in tables(form, resolver)[0].rows if len(row.cells) == 2]
    assert [plain(row.cells[0].inlines) for row in rows[1:]] == ["名称", "甲店", *[""] * blank]
    assert form.prefilled(resolver) == [{"name": "甲店"}]


def test_a_slash_in_a_value_of_the_profile_makes_no_second_box() -> None:
    form = form_of(GRID + "  - [甲, '_a choice {{ term.product }}/其他']\n")
    text = words(form, FakeResolver({"term.product": "主机/附件"}))
    assert "□主机/附件" in text and text.count("□") == 2
