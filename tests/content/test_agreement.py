"""Two papers of a set name the same records, posts and rows."""

from __future__ import annotations

import re

import pytest

from docgen.context.plan import names_of
from tests.content.sets import NAMES, form_text, prepared, texts

FORM = re.compile(r"JL-\d\d-\d\d")
OWNER = re.compile(r"责任：([^　\n]+)　")
NOT_HANDED_OUT_BY_TABLE = {"manual", "document-control", "record-control", "corrective-action", "emergency"}


def rows(text: str, after: str) -> list[list[str]]:
    """The rows of the first table below some words, cells that run on left out."""
    table = re.search(r"^\|.*?(?=^[^|]|\Z)", text[text.index(after) :], re.MULTILINE | re.DOTALL)
    lines = table.group().splitlines() if table else []
    found = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines if not set(line) <= set("|-: "))
    return [[cell for cell in row if cell != "<"] for row in found]


@pytest.mark.parametrize("name", NAMES)
def test_a_record_the_manual_shows_as_evidence_stands_in_the_row_of_its_clause(name: str) -> None:
    manual, matrix = texts(name)["manual"], texts(name)["register-matrix"]
    records = {row[0].split()[0]: row[3] for row in rows(matrix, "对照\n")[1:]}
    for section in manual.split("\n### ")[1:]:
        clause = section.split(" ", 1)[0]
        if clause in records and "\n#### 证据\n" in section:
            listed = section.split("\n#### 证据\n", 1)[1].split("\n#", 1)[0]
            assert set(FORM.findall(listed)) <= set(FORM.findall(records[clause])), clause


@pytest.mark.parametrize("name", NAMES)
def test_who_has_a_step_in_a_document_is_handed_that_document(name: str) -> None:
    company, found = prepared(name).company, texts(name)
    if not prepared(name).profile.organization.departments:
        return
    handed = {row[0]: row[1] for row in rows(found["document-control"], "各部门另外领用的文件\n")}
    posts = {row.values["title"]: row.values for row in company.context["role_list"]}
    for planned in company.plan.documents.values():
        if planned.kind not in ("procedure", "specification", "policy") or planned.id in NOT_HANDED_OUT_BY_TABLE:
            continue
        for owner in sorted(set(OWNER.findall(found[planned.id]))):
            post = posts.get(owner)
            if post is None or post["id"] == "management_representative" or post["department"] not in handed:
                continue
            given = handed[post["department"]]
            assert given == "全套文件" or planned.number in given, (owner, planned.number)


@pytest.mark.parametrize("name", NAMES)
def test_every_limit_of_the_manual_is_reviewed_on_the_form_of_commitments(name: str) -> None:
    limits = rows(texts(name)["manual"], "\n服务时限\n")[1:]
    reviewed = rows(texts(name)["form-commitment-review"], "承诺内容")
    kept = {row[0]: row[1] for row in reviewed if len(row) > 1}
    assert len(limits) > 5
    for limit in limits:
        assert kept[limit[0]].startswith(limit[1].split("；")[0]), limit


@pytest.mark.parametrize("name", NAMES)
def test_the_form_of_the_management_review_asks_for_every_input_of_the_procedure(name: str) -> None:
    inputs = [row[0] for row in rows(texts(name)["evaluation-review"], "\n评审输入\n")[1:]]
    asked = [row[0] for row in rows(texts(name)["form-management-review"], "| 评审输入")[1:]]
    assert len(inputs) > 10
    assert asked[: len(inputs)] == inputs


@pytest.mark.parametrize("name", NAMES)
def test_an_indicator_missed_twice_leads_to_the_same_form_everywhere(name: str) -> None:
    found = texts(name)
    report = next(f.number for f in prepared(name).company.plan.forms.values() if f.id == "form-nonconformity")
    for paper in ("commitments-objectives", "supervision", "form-kpi-monthly", "form-objective-breakdown"):
        sentences = [s for s in re.split(r"[。\n；]", found[paper]) if "连续两期" in s]
        assert sentences, paper
        assert all(report in sentence for sentence in sentences), paper


@pytest.mark.parametrize("name", NAMES)
def test_the_flow_of_the_manual_and_the_repair_procedure_close_an_order_by_the_same_post(name: str) -> None:
    manual, repair = OWNER.findall(texts(name)["manual"]), OWNER.findall(texts(name)["repair"])
    assert manual[-1] == repair[-1]


@pytest.mark.parametrize("name", NAMES)
def test_no_tag_of_a_template_is_left_in_a_document(name: str) -> None:
    left = [identifier for identifier, text in texts(name).items() if re.search(r"\{[{%]|[%}]\}", text)]
    assert not left


@pytest.mark.parametrize("name", NAMES)
def test_compensation_a_post_may_decide_is_an_authority_of_the_complaint_procedure(name: str) -> None:
    profile = prepared(name).profile
    limits = profile.complaints.compensation_limits
    authority = rows(texts(name)["complaint-handling"], "\n补偿授权\n")[1:] if limits else []
    assert [(row[0], row[2]) for row in authority] == [(limit.post, f"{limit.amount} 元") for limit in limits]
    assert ("接待和承办人员不自行决定" in texts(name)["complaint-handling"]) is not bool(limits)


@pytest.mark.parametrize("name", NAMES)
def test_data_is_cleared_from_products_that_hold_some_and_from_no_others(name: str) -> None:
    holds = prepared(name).company.plan.conditions["stored_data"]
    if prepared(name).profile.company.industry == "software":
        return  # its papers are its own
    papers = (
        "take-back",
        "repair",
        "spec-repair",
        "spec-on-site",
        "form-loan-unit",
        "form-waste-transfer",
        "parts-tools",
    )
    found = {
        p for p in papers if re.search("清除数据|数据清除|留下的数据|数据的，先|数据和参数的", texts(name).get(p, ""))
    }
    assert bool(found) is holds, found


def test_whether_products_hold_data_is_asked_of_the_profile_then_of_the_industry() -> None:
    stated = {name: [p.stores_data for p in prepared(name).profile.products] for name in NAMES}
    held = {name: prepared(name).company.plan.conditions["stored_data"] for name in NAMES}
    assert stated["electronics"] == [False] * 4
    assert not any(answer is not None for name in NAMES if name != "electronics" for answer in stated[name])
    assert held == {
        "auto_parts": False, "electronics": False, "instruments": True, "machinery": True, "minimal": False,
        "software": True, "telecom": True, "toys": False,
    }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_duties_of_a_post_stand_in_the_documents_it_carries_out(name: str) -> None:
    company, found = prepared(name).company, texts(name)
    for post in company.context["role_list"]:
        names, duties = post.values["documents"], post.values["duties"]
        if not duties:
            continue
        carried = [p for p in company.plan.documents.values() if not set(names_of(p)).isdisjoint(names)]
        assert carried, post.values["title"]
        for planned in carried:
            told = "".join(found[planned.id].split())
            assert all("".join(duty.split()) in told for duty in duties), (post.values["title"], planned.id)


@pytest.mark.parametrize("name", NAMES)
def test_what_the_plan_of_supervision_counts_has_somebody_answerable_and_as_many_months(name: str) -> None:
    plan = texts(name)["plan-supervision"]
    yearly = rows(plan, "年度频次\n")
    head, *months = rows(plan, "月度安排（建议，待企业确认）\n")
    assert yearly[0][2] == "责任" and all(row[2] for row in yearly[1:])
    counts = {row[0]: re.search(r"每年 [‹]?(\d+)", row[1]) for row in yearly[1:]}
    for column, matter in enumerate(head):
        found = counts.get("服务监督检查" if matter.startswith("监督检查") else matter.split("（")[0])
        if found and "家次" not in matter:
            assert months[-1][column] == found[1], matter


@pytest.mark.parametrize("name", NAMES)
def test_every_drill_whose_result_is_asked_for_is_planned_with_a_month_and_a_post(name: str) -> None:
    plan = texts(name)["plan-drills"]
    planned = {row[1]: row for row in rows(plan, "年度演练安排\n")[1:]}
    for row in rows(plan, "年度演练完成情况（执行后填写）\n")[1:]:
        assert "月" in planned[row[0]][2] and planned[row[0]][3], row


@pytest.mark.parametrize("name", NAMES)
def test_numbers_of_documents_and_standards_stand_apart_from_the_words_beside_them(name: str) -> None:
    code = re.escape(str(prepared(name).profile.company.code))
    joined = re.compile(rf"[一-鿿](?:{code}.[A-Z]{{2}}-\d|(?:GB|SB|JT|QC|ISO)[/T ]*\d)|{code}.[A-Z]{{2}}-[\d-]+[一-鿿]")
    for id, text in texts(name).items():
        assert not joined.search(text), (id, joined.search(text))


@pytest.mark.parametrize("name", NAMES)
def test_the_form_of_the_supervisor_is_the_output_of_no_other_post(name: str) -> None:
    company, found = prepared(name).company, texts(name)
    supervisor = next(r.values["title"] for r in company.context["role_list"] if r.values["id"] == "service_supervisor")
    number = company.plan.forms["form-supervision-check"].number
    owners = {
        step.split("　")[0].strip("‹›")
        for text in found.values()
        for step in text.split("[step-facts] 责任：")[1:]
        if number in step.split("\n")[0].partition("输出：")[2].split("　")[0]
    }
    assert owners == {str(supervisor)}


CHECKED_BY_SAMPLES = {"文件与记录": ("现行版本符合率", "记录完整率", "记录真实率"), "员工抽问": ("理念知晓率",)}


@pytest.mark.parametrize("name", NAMES)
def test_the_form_of_inspections_counts_what_indicators_take_from_it(name: str) -> None:
    form = form_text(name, "form-supervision-check")
    told = "".join(texts(name).values())
    for heading, indicators in CHECKED_BY_SAMPLES.items():
        assert heading in form
        assert all(indicator in told for indicator in indicators)


@pytest.mark.parametrize("name", NAMES)
def test_a_permit_of_dangerous_work_has_its_field_on_the_order(name: str) -> None:
    found = texts(name)
    if "“高风险作业”栏" in found["policy-safety"]:
        assert "高风险作业" in form_text(name, "form-dispatch")
