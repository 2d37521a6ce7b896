"""Reports: built for every sample company, blank where nothing was supplied, exact where something was."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docgen.diagnostics import DocgenError, has_errors
from docgen.document import Chart, Document
from docgen.library import data_folder
from docgen.pipeline import Prepared, compose_all, prepare
from docgen.score.sheet import load_assessment
from docgen.writers.text import write_text
from docgen.writers.xlsx import write_xlsx
from tests.content.sets import NAMES, library, prepared

REPORTS = sorted(id for id, row in library().catalogue.documents.items() if row.kind == "report")
SHEET = "register-assessment"


def make(company: Prepared, id: str) -> Document:
    plan = company.company.plan
    planned = plan.get(id) or plan.other_stages[id]
    (done,), faults = compose_all(company, [planned], library())
    assert not faults
    return done.document


def own(folder: Path, text: str = "", *, name: str = "telecom", **replaced: str) -> Prepared:
    """A sample company with more facts, in a folder of its own."""
    source = (data_folder("company_profiles") / f"{name}.yaml").read_text(encoding="utf-8")
    for old, new in replaced.items():
        assert f"  {old}:" in source
        source = source.replace(f"  {old}:", f"  {new}\n  {old}:", 1)
    path = folder / f"{name}.yaml"
    path.write_text(source + text, encoding="utf-8")
    return prepare(path, library())


def filled_sheet(folder: Path, judgements: dict[str, dict[str, object]], everything: bool = True) -> Path:
    """The assessment sheet docgen writes, filled in: yes everywhere, and `judgements` by item."""
    book = load_workbook(BytesIO(write_xlsx(make(prepared("telecom"), SHEET))))
    sheet = book.worksheets[0]
    header = next(row for row in sheet.iter_rows() if row[0].value == "条款")
    columns = {str(cell.value): cell.column for cell in header}
    for row in sheet.iter_rows(min_row=header[0].row + 1):
        clause = str(row[0].value or "")
        item = str(row[1].value or "") if clause[:1].isdigit() else clause
        if clause[:1].isdigit() and everything:
            sheet.cell(row[0].row, columns["符合"], "是")
        for column, value in judgements.get(item, {}).items():
            sheet.cell(row[0].row, columns[column], value)
    path = folder / "assessment.xlsx"
    book.save(path)
    return path


# ---- all of them


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("id", REPORTS)
def test_every_report_is_built_for_every_sample_company(id: str, name: str) -> None:
    text = write_text(make(prepared(name), id))
    assert not re.search(r"None|Missing|\{\{|\{%|。。|，，|、、|，。|（）|《》", text)


@pytest.mark.parametrize("id", REPORTS)
def test_a_report_without_data_says_on_its_cover_and_in_its_text_that_it_is_a_blank_frame(id: str) -> None:
    document = make(prepared("minimal"), id)
    assert "空白框架" in document.notice
    assert document.cover
    assert re.search(r"空白框架|没有提供|评审会上确定", write_text(document).partition("\n")[2])


@pytest.mark.parametrize("id", REPORTS)
def test_no_result_stands_in_a_report_of_a_company_that_supplied_none(id: str) -> None:
    document = make(prepared("minimal"), id)
    assert not [block for block in document.blocks if isinstance(block, Chart)]
    assert not re.search(r"得分 \d|= \*?\*?\d|未达到 \||达到 \|", write_text(document))


@pytest.mark.parametrize("id", REPORTS)
def test_a_report_is_not_signed_with_the_names_and_dates_of_the_system(id: str) -> None:
    fields = make(prepared("telecom"), id).fields
    assert not any(fields[name] for name in ("prepared_by", "approved_by", "approved_date", "issue_date", "controlled"))
    assert fields["report_date"].strip().startswith("年")


# ---- survey


def test_the_survey_report_shows_what_was_supplied_and_is_no_blank_frame() -> None:
    company = prepared("electronics")
    document = make(company, "report-survey")
    text = write_text(document)
    score = company.company.context["survey_result__score"]
    assert not document.notice
    assert f"÷ 100 = {score}" in text
    assert "500 − 20 = 480" in text
    charts = [block for block in document.blocks if isinstance(block, Chart)]
    assert [chart.kind for chart in charts] == ["bar", "radar", "bar", "line"]
    assert [float(row.values["score"]) for row in company.company.context["survey_questions"]] == list(
        charts[0].series[0].values
    )


def test_every_bad_row_stands_in_the_survey_report_with_its_row_number() -> None:
    company = prepared("electronics")
    text = write_text(make(company, "report-survey")).partition("不计入的答卷\n")[2].partition("--- ")[0]
    rows = {int(number) for number in re.findall(r"^\| (\d+) ", text, re.MULTILINE)}
    assert rows == {row.values["row"] for row in company.company.context["survey_bad_rows"]}


def test_a_history_without_answers_fills_the_trend_only() -> None:
    document = make(prepared("telecom"), "report-survey")
    text = write_text(document)
    assert "空白框架" in document.notice
    assert "2026 年上半年" in text
    assert [chart.kind for chart in document.blocks if isinstance(chart, Chart)] == ["line"]


def test_a_figure_of_the_profile_that_the_answers_contradict_is_named(tmp_path: Path) -> None:
    shutil.copy(data_folder("company_profiles") / "electronics-survey.csv", tmp_path)
    entry = "history:\n    - {period: 2026 年下半年, answers: 480, sent: 1620, score: 99.9}"
    source = (data_folder("company_profiles") / "electronics.yaml").read_text(encoding="utf-8")
    (tmp_path / "electronics.yaml").write_text(source.replace("history:", entry, 1), encoding="utf-8")
    found = {d.code: d for d in prepare(tmp_path / "electronics.yaml", library()).diagnostics}
    assert found["V017"].values["told"] == Decimal("99.9")
    assert "V012" not in found


@pytest.mark.parametrize("name", ["../secret.csv", "/etc/hosts"])
def test_a_file_outside_the_folder_of_the_profile_is_not_read(name: str, tmp_path: Path) -> None:
    company = own(tmp_path, per_year="data: " + name, name="auto_parts")
    codes = [d.code for d in company.diagnostics]
    assert "V014" in codes


# ---- self-assessment


def test_the_sheet_docgen_writes_is_read_back_and_unfilled_it_is_no_result(tmp_path: Path) -> None:
    path = filled_sheet(tmp_path, {}, everything=False)
    catalogue = library().catalogue
    sheet = load_assessment(path, catalogue.clauses, catalogue.points(), frozenset())
    assert len(sheet.missing) == len(catalogue.clauses_of_level(3))
    assert not sheet.special_items
    company = own(tmp_path, self_assessment_date="assessment: assessment.xlsx")
    assert "空白框架" in make(company, "report-self-assessment").notice


def test_the_self_assessment_report_is_the_arithmetic_of_the_sheet(tmp_path: Path) -> None:
    filled_sheet(
        tmp_path,
        {
            "监督机构": {
                "抽样数": 10,
                "不合格数": 2,
                "发现": "两次没有签认",
                "证据": "记录 3、7",
                "责任人": "甲",
                "完成期限": "2026-12-10",
            },
            "收费与维修期间的方便": {"符合": "否", "发现": "没有公示收费"},
            "特别扣分": {"不合格数": 1, "发现": "没有按时通报"},
        },
    )
    company = own(tmp_path, self_assessment_date="assessment: assessment.xlsx")
    assert not has_errors(company.diagnostics)
    document = make(company, "report-self-assessment")
    text = write_text(document)
    assert document.notice == "示意分值，非标准原文分值"
    assert "97.6 ÷ 100 × 100 = 97.6" in text  # 2 × 2/10 and the whole 2 points of the charges
    assert "97.6 − 1 ＋ 0 = 96.6" in text
    assert "2026年12月10日" in text
    assert "达到五星级" in text


def test_a_clause_nobody_assessed_forbids_a_level(tmp_path: Path) -> None:
    filled_sheet(tmp_path, {"服务部门与岗位": {"符合": ""}})
    company = own(tmp_path, self_assessment_date="assessment: assessment.xlsx")
    text = write_text(make(company, "report-self-assessment"))
    assert "S006" in {d.code for d in company.diagnostics}
    assert "有条款没有评价，不定级" in text
    assert "达到五星级" not in text


def test_full_marks_and_deductions_without_a_finding_are_doubted(tmp_path: Path) -> None:
    filled_sheet(tmp_path, {})
    assert "V015" in {d.code for d in own(tmp_path, self_assessment_date="assessment: assessment.xlsx").diagnostics}
    filled_sheet(tmp_path, {"服务部门与岗位": {"符合": "否"}})
    found = {d.code: d for d in own(tmp_path, self_assessment_date="assessment: assessment.xlsx").diagnostics}
    assert "V015" not in found
    assert found["V016"].values["clauses"] == "5.1.1 服务部门与岗位"


def test_a_clause_marked_not_applicable_in_the_sheet_only_is_a_contradiction(tmp_path: Path) -> None:
    filled_sheet(tmp_path, {"服务部门与岗位": {"适用": "否"}})
    assert "S010" in {d.code for d in own(tmp_path, self_assessment_date="assessment: assessment.xlsx").diagnostics}


def test_an_item_is_known_by_its_name_by_its_own_key_and_below_a_merged_clause(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    rows = ["条款,评价内容,符合,发现", "5.1.1 组织架构,服务网点,否,甲", ",人员资质,否,乙", "5.1.5.1,监督机构,否,丙"]
    path.write_text("\n".join(rows), encoding="utf-8")
    catalogue = library().catalogue
    sheet = load_assessment(path, catalogue.clauses, catalogue.points(), frozenset())
    assert dict(sheet.findings) == {"5.1.1.2": "甲", "5.1.2.1": "乙", "5.1.5.1": "丙"}


def test_an_item_under_another_clause_or_of_no_known_name_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("条款,评价分项,符合\n5.1.2,服务网点,是\n5.1.1,服务网店,是", encoding="utf-8")
    catalogue = library().catalogue
    with pytest.raises(DocgenError) as raised:
        load_assessment(path, catalogue.clauses, catalogue.points(), frozenset())
    assert [d.values["read"] for d in raised.value.diagnostics] == ["5.1.2 服务网点", "5.1.1 服务网店"]
    assert raised.value.diagnostics[1].nearest == "服务网点"


@pytest.mark.parametrize("name", ["toys", "auto_parts", "software"])
def test_no_paper_of_a_company_that_deletes_something_numbers_an_item(name: str) -> None:
    company = prepared(name)
    plan = company.company.plan
    documents, faults = compose_all(company, [*plan.documents.values(), *plan.other_stages.values()], library())
    assert not faults
    numbered = [d.planned.id for d in documents if re.search(r"(?<![\d.])5\.[123]\.\d\.\d", write_text(d.document))]
    assert not numbered


# ---- findings

FINDINGS = """
findings:
  - {source: 内部评价, clause: 5.2.4.4, description: 没有公示收费, grade: minor, owner: 甲, due: 2026-11-10}
  - source: 现场审查
    clause: 5.1.5
    description: 暗访没有记录
    grade: major
    correction: 补做暗访
    cause: 没有指定责任人
    corrective_action: 指定责任人并按季检查
    owner: 乙
    due: 2026-10-01
    closed: 2026-10-09
    proof: 暗访记录
    verification: 下一季记录齐全
  - {source: 文件审查, clause: 5.1.4, description: 版本不一致, grade: minor, correction: 改, cause: 漏, corrective_action: 核对, owner: 丙, due: 2026-12-30}
"""


def with_findings(folder: Path, **more: str) -> Prepared:
    source = (data_folder("company_profiles") / "toys.yaml").read_text(encoding="utf-8")
    assert "\nfindings:" not in source
    return own(folder, FINDINGS, name="toys", **more)


def states(company: Prepared) -> list[str]:
    return [row.values["state"] for row in company.company.context["finding_rows"]]


def test_overdue_is_told_by_the_date_of_the_report_and_by_no_clock(tmp_path: Path) -> None:
    assert states(with_findings(tmp_path)) == ["open", "closed", "open"]
    assert states(with_findings(tmp_path, target_level="report_date: 2026-11-11")) == ["overdue", "closed", "open"]
    assert states(with_findings(tmp_path, target_level="report_date: 2026-11-10")) == ["open", "closed", "open"]


def test_what_is_missing_in_a_finding_is_a_gap_and_a_row_of_the_plan(tmp_path: Path) -> None:
    company = with_findings(tmp_path, target_level="report_date: 2026-11-20")
    document = make(company, "report-rectification-plan")
    text = write_text(document)
    assert document.notice == "有 1 项的整改计划没有填全"
    assert text.count("【待补充") == 3
    assert "逾期 10 天" in text
    assert "纠正、原因、纠正措施" in text


def test_the_rectification_report_tells_late_closing_and_what_is_still_open(tmp_path: Path) -> None:
    company = with_findings(tmp_path, target_level="report_date: 2026-11-20")
    document = make(company, "report-rectification")
    text = write_text(document)
    assert "未关闭 2 项" in document.notice
    assert "其中逾期完成 1 项" in text
    assert "5.1.5 监督" in text
    assert "下一季记录齐全" in text


def test_supervision_results_are_counted_by_kind(tmp_path: Path) -> None:
    results = (
        "results:\n    - {kind: 暗访, period: 2026 年第二季度, count: 2, score: 90}\n"
        "    - {kind: mystery_visit, period: 2026 年第三季度, count: 3, score: 92.5}\n"
        "    - {kind: inspection, period: 2026 年 9 月, count: 4, problems: [漏填工单], actions: [补录]}"
    )
    company = own(tmp_path, inspections_per_year=results)
    document = make(company, "report-supervision")
    text = write_text(document)
    assert not document.notice
    assert re.search(r"\| 暗访 +\| 4 次 +\| 5 次", text)
    assert re.search(r"\| 监督检查 +\| 12 次 +\| 4 次", text)
    assert [block.kind for block in document.blocks if isinstance(block, Chart)] == ["bar"]
