from __future__ import annotations

from dataclasses import dataclass

import pytest

from docgen.catalogue import Catalogue

LEAD, SUPPORT = "▲", "△"


@dataclass(frozen=True)
class Dept:
    name: str
    functions: tuple[str, ...]


FULL = [
    Dept("总经办", ("management",)),
    Dept("售后部", ("service",)),
    Dept("客服中心", ("contact_centre",)),
    Dept("技术部", ("technical",)),
    Dept("质量部", ("quality",)),
    Dept("销售部", ("sales",)),
    Dept("仓储部", ("logistics",)),
    Dept("人事部", ("hr",)),
    Dept("财务部", ("finance",)),
    Dept("监督组", ("supervision",)),
]
SMALL = [
    Dept("综合部", ("management", "hr", "finance")),
    Dept("客户服务部", ("service", "contact_centre", "technical")),
    Dept("营销部", ("sales", "logistics")),
]
SHAPES = {
    "full": FULL,
    "small": SMALL,
    "no leadership": SMALL[1:],
    "two": [Dept("办公室", ("management",)), Dept("售后部", ("service",))],
    "one": [Dept("全部", ("management", "service", "technical", "sales"))],
    "none": [],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_row_has_exactly_one_lead(catalogue: Catalogue, shape: str) -> None:
    matrix = catalogue.responsibility_rows(SHAPES[shape])
    assert [row.clause for row in matrix.rows] == [clause.id for clause in catalogue.clauses_of_level(2)]
    for row in matrix.rows:
        assert row.marks.count(LEAD) == 1, row
        assert len(row.marks) == len(matrix.columns)
    assert len(set(matrix.columns)) == len(matrix.columns)


def test_a_full_company_gets_the_default_matrix(catalogue: Catalogue) -> None:
    matrix = catalogue.responsibility_rows(FULL)
    assert matrix.columns == tuple(d.name for d in FULL)
    row = next(row for row in matrix.rows if row.clause == "5.3.2")
    assert row.marks == (SUPPORT, SUPPORT, LEAD, SUPPORT, SUPPORT, "", "", "", "", SUPPORT)


def test_a_merged_company_keeps_the_lead_where_lead_and_support_fall_together(catalogue: Catalogue) -> None:
    matrix = catalogue.responsibility_rows(SMALL)
    assert matrix.columns == ("综合部", "客户服务部", "营销部")
    assert matrix.lead("5.2.4") == "客户服务部"
    assert matrix.lead("5.1.5") == "综合部"
    assert matrix.lead("5.2.5") == "客户服务部"  # no quality department: its work goes to the technical one


def test_the_supervisor_never_sits_in_a_department_that_is_watched(catalogue: Catalogue) -> None:
    watched = {"service", "contact_centre", "technical"}
    for departments in SHAPES.values():
        found = catalogue.department_for("supervision", departments)
        assert found is None or not watched & set(found.functions)


def test_a_leadership_that_also_does_service_work_does_not_supervise_it(catalogue: Catalogue) -> None:
    departments = [Dept("总部", ("management", "service")), Dept("人事部", ("hr",))]
    found = catalogue.department_for("supervision", departments)
    assert found is not None
    assert found.name == "人事部"


def test_where_nobody_may_supervise_the_supervisor_stands_alone(catalogue: Catalogue) -> None:
    matrix = catalogue.responsibility_rows(SHAPES["one"], supervisor_title="监督专员")
    assert matrix.lead("5.1.5") == "监督专员"


def test_without_a_leadership_department_the_leader_has_a_column(catalogue: Catalogue) -> None:
    matrix = catalogue.responsibility_rows(SHAPES["no leadership"], leadership_title="总经理")
    assert matrix.columns[0] == "总经理"
    assert matrix.lead("5.1.1") == "总经理"


def test_a_function_falls_along_the_whole_chain(catalogue: Catalogue) -> None:
    departments = [Dept("办公室", ("management",)), Dept("客服组", ("contact_centre",))]
    found = catalogue.department_for("quality", departments)  # quality → technical → … → contact centre
    assert found is not None
    assert found.name == "办公室"  # management is named before the fallbacks of technical
    assert catalogue.department_for("management", [Dept("客服组", ("contact_centre",))]) is None


def test_deleted_clauses_have_no_row(catalogue: Catalogue) -> None:
    matrix = catalogue.responsibility_rows(FULL, deleted={"5.2.3"})
    assert "5.2.3" not in {row.clause for row in matrix.rows}


def test_the_functions_are_those_of_the_profile(catalogue: Catalogue) -> None:
    from typing import get_args

    from docgen.profile.organization import Function

    assert set(catalogue.functions) == set(get_args(Function))
