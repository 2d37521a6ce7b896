"""Faults are found before anything is written, all of them, each at its paragraph and tag."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from docgen.diagnostics import Diagnostic, DocgenError, Severity
from docgen.messages import render
from docgen.templating.vocabulary import SCALAR, Parts, Things, Vocabulary
from docgen.wordtemplate import check_template, load_template
from tests.templating.exploding import EXPLODING, EXPLODING_IN_WORD
from tests.wordtemplate.samples import docx, p, row, table

VOCABULARY = Vocabulary(
    {
        "company": Parts({"full_name": SCALAR, "phone": SCALAR}),
        "outlets": Things(Parts({"name": SCALAR, "phone": SCALAR})),
    },
    {"doc": frozenset({"repair"})},
    frozenset({"join", "length"}),
)


def faults(path: Path, body: str, **parts: str) -> list[Diagnostic]:
    return check_template(docx(path / "表.docx", body, **parts), VOCABULARY)[0]


def test_a_misspelt_name_in_a_table_loop_is_told_with_paragraph_tag_and_nearest_name(tmp_path: Path) -> None:
    body = table(1, row("{%tr for o in outlets %}"), row("电话：{{ o.phnoe }}"), row("{%tr endfor %}"))
    (fault,) = faults(tmp_path, body)
    assert fault.values["paragraph"] == "电话：{{ o.phnoe }}" and fault.values["tag"] == "{{ o.phnoe }}"
    assert fault.nearest == "o.phone" and fault.place.heading == "word/document.xml"
    assert fault.place.file.endswith("表.docx") and fault.place.quote == "电话：{{ o.phnoe }}"
    for lang in ("zh", "en"):
        assert all(words in render(fault, lang) for words in ("表.docx", "电话", "{{ o.phnoe }}", "“o.phone”"))


def test_every_fault_is_told_at_once_also_in_branches_not_taken_and_other_parts(tmp_path: Path) -> None:
    body = p("{% if false %}{{ company.fone }}{% endif %}") + p("{{ compny.phone }}") + p("{{ company.phone|jion }}")
    found = faults(
        tmp_path, body + p('{{ doc("repare") }}'), header=p("{{ company.full_nam }}"), footer=p("{{ outlets }}")
    )
    read = [(f.code, f.values["read"], f.nearest) for f in found]
    assert sorted(read) == [
        ("W501", "company.fone", "company.phone"),
        ("W501", "company.full_nam", "company.full_name"),
        ("W501", "compny", "company"),
        ("W502", 'doc("repare")', "repair"),
        ("W503", "outlets", ""),
        ("W507", "jion", "join"),
    ]


def test_a_broken_tag_does_not_hide_a_misspelt_name(tmp_path: Path) -> None:
    found = faults(
        tmp_path, p("{{ company.phone }") + p("{% for o in outlets %}{{ o.nmae }}{% endfor %}") + p("{{ 1 + }}")
    )
    assert {(f.code, f.values["tag"]) for f in found} == {
        ("W101", "{{ company.phone "),
        ("W108", "{{ 1 + }}"),
        ("W501", "{{ o.nmae }}"),
    }


def test_a_condition_that_never_ends_is_a_fault(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, p("{% if company.phone %}") + p("字"))
    assert fault.code == "W108"


def test_a_pair_on_two_levels_is_a_fault_before_it_makes_a_broken_file(tmp_path: Path) -> None:
    found = faults(tmp_path, p("头{% if company.phone %}") + table(1, row("字{% endif %}")))
    assert [f.code for f in found] == ["W103"]


@pytest.mark.parametrize(
    "tag", ["{%tr if company.phone %}", "{%tc if company.phone %}", "{% vm %}", "{% cellbg 'FFFFFF' %}"]
)
def test_a_table_tag_outside_a_table_is_a_fault(tag: str, tmp_path: Path) -> None:
    assert "W102" in [f.code for f in faults(tmp_path, p(tag))]


def test_words_that_a_row_tag_would_swallow_are_a_warning(tmp_path: Path) -> None:
    body = table(1, row("{%tr for o in outlets %}姓名"), row("{{ o.name }}"), row("{%tr endfor %}"))
    (fault,) = faults(tmp_path, body)
    assert fault.code == "W104" and fault.severity is Severity.WARNING and fault.values["rest"] == "姓名"


@pytest.mark.parametrize("statement", ["include 'x'", "import 'x' as y", "extends 'x'", "from 'x' import y"])
def test_other_files_cannot_be_reached(statement: str, tmp_path: Path) -> None:
    assert [f.code for f in faults(tmp_path, p(f"{{% {statement} %}}"))] == ["W512"]


def test_a_name_asked_for_with_default_need_not_exist_unless_it_looks_like_a_slip(tmp_path: Path) -> None:
    assert faults(tmp_path, p("{{ zzz|default('无') }}{% if yyy is defined %}有{% endif %}")) == []
    assert [f.nearest for f in faults(tmp_path, p("{{ compnay|default('无') }}"))] == ["company"]


def test_the_facts_a_template_reads_are_known(tmp_path: Path) -> None:
    body = p("{{ company.phone }}") + p("{% for o in outlets %}{{ o.name }}{% endfor %}")
    assert check_template(docx(tmp_path / "t.docx", body), VOCABULARY)[1] >= {"company.phone", "outlets"}


ESCAPES = (
    "{{ ''.__class__.__mro__ }}",
    "{{ v.__init__.__globals__ }}",
    "{{ range.__globals__ }}",
    "{{ namespace.__init__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ ().__class__ }}",
    "{{ v|attr('__class__') }}",
    "{{ '{0.__class__}'.format(v) }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ (v|items).__class__ }}",
    "{% for x in v %}{{ loop.__class__ }}{% endfor %}",
)


@pytest.mark.parametrize("source", ESCAPES)
def test_the_sandbox_holds(source: str, tmp_path: Path) -> None:
    try:
        made = load_template(docx(tmp_path / "t.docx", p(source))).render({"v": "甲"})
    except DocgenError as error:
        assert all(d.code in ("W501", "W508", "W510", "W512", "W108", "W503") for d in error.diagnostics)
    else:
        from tests.wordtemplate.samples import text

        assert "class" not in text(made) and "built" not in text(made) and "module" not in text(made)


ENDLESS = (
    "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}x{% endfor %}{% endfor %}{% endfor %}",
    "{% macro m() %}{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}{% endmacro %}{{ m() }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{{ range(99999999) }}",
    "{{ 'x' * 999999999 }}",
    "{{ 9 ** 9 ** 9 ** 9 ** 9 }}",
    "{{ '%999999999d' % 1 }}",
    "{{ '%999999999d'|format(1) }}",
    "{{ 'x'|center(999999999) }}",
    "{% set ns = namespace(v='x' * 1000000) %}{% for a in range(999) %}{% set ns.v = ns.v + ns.v %}{% endfor %}",
    "{% set ns = namespace(v='x') %}{% for a in range(99) %}{% set ns.v = ns.v ~ ns.v %}{% endfor %}{{ ns.v }}",
    "{% set ns = namespace(v='xx') %}{% for a in range(99) %}{% set ns.v = ns.v|replace('x', ns.v) %}{% endfor %}",
    "{% for a in range(9999) %}{% for b in range(99) %}{{ v }}{% endfor %}{% endfor %}",
)


@pytest.mark.parametrize("source", ENDLESS, ids=range(len(ENDLESS)))
def test_what_would_never_end_is_stopped_with_a_message(source: str, tmp_path: Path) -> None:
    with pytest.raises(DocgenError) as caught:
        load_template(docx(tmp_path / "t.docx", p(source))).render({"v": "x" * 10_000})
    (fault,) = caught.value.diagnostics
    assert fault.code in ("W511", "W503") and fault.values["tag"]


@pytest.mark.parametrize("name", [*EXPLODING, *EXPLODING_IN_WORD])
def test_what_explodes_is_stopped_with_its_tag(name: str, tmp_path: Path) -> None:
    source = (EXPLODING | EXPLODING_IN_WORD)[name]
    with pytest.raises(DocgenError) as caught:
        load_template(docx(tmp_path / "t.docx", p(escape(source)))).render({"v": date(2026, 3, 2)})
    (fault,) = caught.value.diagnostics
    assert fault.code in ("W501", "W503", "W511") and fault.values["tag"]
