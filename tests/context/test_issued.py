"""Controlled documents hold what was known when they were issued, and carry the version of their own revision."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from docgen.pipeline import prepare
from docgen.profile.periods import end_of_period
from tests.content.sets import library, prepared, texts


@pytest.mark.parametrize(
    ("period", "end"),
    [
        ("2026 年上半年", date(2026, 6, 30)),
        ("2025年下半年", date(2025, 12, 31)),
        ("2026 年第一季度", date(2026, 3, 31)),
        ("2026 年 3 季度", date(2026, 9, 30)),
        ("2026 年 1–6 月", date(2026, 6, 30)),
        ("2025 年 10 月至 2026 年 2 月", date(2026, 2, 28)),
        ("2025 年", date(2025, 12, 31)),
        ("上一年度", None),
    ],
)
def test_the_end_of_a_period_is_read_as_people_write_it(period: str, end: date | None) -> None:
    assert end_of_period(period) == end


def kpi(text: str, folder: Path) -> dict[str, object]:
    path = folder / "acme.yaml"
    facts = f"company: {{full_name: 示例甲有限公司}}\nkpis: {{first_time_fix_rate: {{{text}}}}}\n"
    path.write_text(facts + "documents: {issue_date: 2026-03-31}\n", encoding="utf-8")
    rows = prepare(path, library()).company.context["kpis"]
    return next(row.values for row in rows if row.values["id"] == "first_time_fix_rate")


@pytest.mark.parametrize(
    ("facts", "base"),
    [
        ("last: 92.1, period: 2025 年下半年", "92.1%"),
        ("last: 92.1, period: 2026 年上半年", ""),
        ("last: 92.1, period: 2026 年上半年, baseline: 91", "91%"),
        ("last: 92.1", "92.1%"),
    ],
)
def test_a_result_newer_than_the_documents_stands_in_reports_only(facts: str, base: str, tmp_path: Path) -> None:
    values = kpi(facts, tmp_path)
    assert (values["last"], values["base"]) == ("92.1%", base)


def test_a_survey_after_the_issue_is_not_in_the_manual_but_in_the_report() -> None:
    assert "2026 年上半年" not in texts("software")["manual"]
    assert "2026 年上半年" in texts("software")["report-review"]


def test_a_revision_of_one_document_gives_only_this_one_a_version() -> None:
    plan = prepared("instruments").company.plan
    versions = {p.id: p.version for p in plan.all()}
    assert versions.pop("supervision") == "A/1"
    assert set(versions.values()) == {"A/0"}
    assert plan.documents["supervision"].revised == date(2026, 11, 20)


def test_a_document_revised_alone_is_signed_anew() -> None:
    papers = texts("instruments")

    def signed(paper: str) -> str:
        return next(line for line in papers[paper].splitlines() if line.startswith("| 日期"))

    assert "2026" not in signed("supervision")
    assert "2026" in signed("repair")
