"""The shipped templates and sample companies are the product: they compile, build, agree and keep apart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docgen.diagnostics import has_errors
from docgen.document.model import Diagram, Heading, Table
from docgen.library import data_folder
from docgen.templating.engine import Templates
from tests.content.sets import NAMES, composed, library, prepared, template_files, texts

TEMPLATES = data_folder("templates")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LIMIT = re.compile(r"(?<![\d.])\d+(?:\.\d+)?\s*(?:分钟|小时|个工作日|工作日|天|日内|个月|家|人|次|%)")
# arithmetic of an indicator, the law's own limits, and conventions that are no company's facts
_NOT_FACTS = re.compile(r"×\s*100%|合计.*100%|^\| *100%|100% ?\||24 小时制|9 次|2 个工作日|10%|100%")


@pytest.mark.parametrize("path", template_files(), ids=lambda p: p.relative_to(TEMPLATES).as_posix())
def test_every_template_compiles_with_all_its_branches(path: Path) -> None:
    faults, program = Templates(library().roots, library().vocabulary).compile(path)
    assert not faults
    assert program is not None


def test_every_row_of_the_set_has_its_template() -> None:
    catalogue = library().catalogue
    templates = [TEMPLATES / d.template for d in catalogue.documents.values()]
    # a Word template may stand in the repository as the folder of its parts
    missing = [str(t) for t in templates if not t.exists() and not t.with_suffix("").is_dir()]
    missing += [f.id for f in catalogue.forms.values() if not (TEMPLATES / "forms" / f"{f.id}.yaml").is_file()]
    assert not missing


@pytest.mark.parametrize("path", template_files(), ids=lambda p: p.relative_to(TEMPLATES).as_posix())
def test_no_template_carries_a_limit_or_count_the_profile_owns(path: Path) -> None:
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("@table"):
            continue
        words = _TAG.sub("", line)
        if _LIMIT.search(words) and not _NOT_FACTS.search(words):
            found.append(f"{number}: {words.strip()}")
    assert not found


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_company_reads_without_a_fault(name: str) -> None:
    assert not has_errors(prepared(name).diagnostics)


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_is_broken_by_a_value_or_its_absence(name: str) -> None:
    broken = re.compile(r"None|Undefined|Missing|<docgen|\{\{|\}\}|\{%|。。|，，|、、|，。|（）|《》|：。|：；| ,|；；")
    for id, text in texts(name).items():
        found = [line for line in text.splitlines() if broken.search(line)]
        assert not found, f"{id}: {found[:3]}"


@pytest.mark.parametrize("name", [n for n in NAMES if n != "minimal"])
def test_a_rich_company_has_next_to_no_gaps_in_its_documents(name: str) -> None:
    lines = [line for text in texts(name).values() for line in text.splitlines()]
    gaps = [line for line in lines if "【待补充" in line]
    assert len(gaps) < len(lines) * 0.02, gaps[:10]


def test_every_gap_of_a_minimal_company_is_in_the_gap_list() -> None:
    listed = {gap.path for gap in prepared("minimal").gaps}
    for item in composed("minimal"):
        for gap in item.gaps:
            head = re.sub(r"\[[^]]*\]", "", gap.key)
            known = any(re.sub(r"\[[^]]*\]", "", path).startswith(head.split(".")[0]) for path in listed)
            assert known, f"{item.planned.id}: {gap.key}"


@pytest.mark.parametrize("name", NAMES)
def test_every_form_of_the_set_is_cited_by_a_document_that_works_with_it(name: str) -> None:
    kinds = ("procedure", "specification", "policy", "plan")  # the manual and the registers list them all anyway
    working = [c for c in composed(name) if c.planned.kind in kinds]
    cited = {r.target for c in working for r in c.references if r.kind == "form"}
    forms = set(prepared(name).company.plan.forms)
    assert not forms - cited


@pytest.mark.parametrize("name", NAMES)
def test_every_applicable_clause_has_documents_records_and_an_owner(name: str) -> None:
    for row in prepared(name).company.context["matrix"]:
        values = row.values
        assert values["documents"], values["clause"]
        assert values["forms"], values["clause"]
        assert values["owner"], values["clause"]


@pytest.mark.parametrize("name", NAMES)
def test_no_outdated_law_is_cited(name: str) -> None:
    patterns = [(o, re.compile(o.pattern)) for o in library().catalogue.outdated]
    for id, text in texts(name).items():
        for row, pattern in patterns:
            assert not pattern.search(text), f"{id}: {row.id}"


@pytest.mark.parametrize("name", NAMES)
def test_no_other_companys_name_person_or_phone_is_left_in(name: str) -> None:
    own = "\n".join(texts(name).values())
    for other in NAMES:
        if other == name:
            continue
        profile = prepared(other).profile
        words = [
            profile.company.full_name,
            profile.company.code and f"{profile.company.code}-",
            profile.service.hotline,
            profile.company.legal_representative,
            *(p.name for p in profile.organization.people),
            *(o.phone for o in profile.outlets),
            *(o.name for o in profile.outlets),
        ]
        left = [word for word in words if word and word in own]
        assert not left, f"{other}: {left}"


@pytest.mark.parametrize("name", NAMES)
def test_the_flowchart_of_a_procedure_stands_in_its_appendix_behind_the_record_of_revisions(name: str) -> None:
    charts = 0
    for made in composed(name):
        blocks = made.document.blocks
        if made.document.kind != "procedure":
            continue
        chart = next((n for n, b in enumerate(blocks) if isinstance(b, Diagram)), -1)
        if chart < 0:
            continue
        charts += 1
        appendix = max(n for n, b in enumerate(blocks[:chart]) if isinstance(b, Heading) and b.level == 1)
        heading = blocks[appendix]
        assert isinstance(heading, Heading) and heading.numbering == "appendix", made.document.title
        revisions = max(n for n, b in enumerate(blocks) if isinstance(b, Table) and b.role == "signatures")
        assert revisions < appendix, made.document.title
    assert charts > 20
