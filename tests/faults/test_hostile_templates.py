"""Templates from strangers: no way out of the sandbox, no end that does not come."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.templating import budget
from docgen.templating.builder import Builder
from docgen.templating.engine import Templates
from tests.templating.exploding import EXPLODING
from tests.templating.test_builder import CONTEXT, VOCABULARY

ESCAPES = [
    "{{ company.name.__class__ }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ ''['__class__'] }}",
    "{{ 'x'.format }}",
    "{{ '{0.__class__}'.format(outlets) }}",
    "{{ '%s' % outlets }}",
    "{{ outlets.__class__.__base__.__subclasses__() }}",
    "{{ outlets[0].values }}",
    "{{ outlets[0]['__class__'] }}",
    "{{ outlets|map(attribute='__class__')|first }}",
    "{{ outlets|map(attribute='values')|first }}",
    "{{ outlets|map(attribute='name.__class__')|first }}",
    "{{ outlets|map('attr', '__class__')|first }}",
    "{{ outlets|selectattr('__class__')|list|first }}",
    "{{ outlets|sort(attribute='__class__')|first }}",
    "{{ outlets|groupby('__init__')|first|first }}",
    "{{ outlets|map('pprint')|first }}",
    "{{ outlets|attr('__class__') }}",
    "{{ range.__globals__ }}",
    "{{ range.__init__.__globals__ }}",
    "{{ section.__globals__ }}",
    "{{ namespace.__init__ }}",
    "{% set n = namespace() %}{{ n.__class__ }}",
    "{% set n = namespace() %}{{ n.gone.__class__ }}",
    "{% set n = namespace() %}{{ n.gone.__init__.__globals__ }}",
    "{% set n = namespace() %}{{ n._Namespace__attrs }}",
    "{% macro m() %}x{% endmacro %}{{ m.__class__ }}",
    "{% macro m() %}x{% endmacro %}{{ m._func.__globals__ }}",
    "{% macro m() %}x{% endmacro %}{{ m._environment }}",
    "{% macro m() %}{{ caller.__globals__ }}{% endmacro %}{% call m() %}x{% endcall %}",
    "{% macro m() %}{{ varargs.__class__ }}{% endmacro %}{{ m(1) }}",
    "{% macro m() %}{{ kwargs.__class__ }}{% endmacro %}{{ m(a=1) }}",
    "{% for o in outlets %}{{ loop.__class__ }}{% endfor %}",
    "{% for o in outlets %}{{ loop._iterable }}{% endfor %}",
    "{% for o in outlets %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "{{ self.__class__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ joiner.__init__ }}",
    "{{ dict }}",
    "{{ environment }}",
    "{{ _ }}",
    "{{ tick }}",
    "{{ GROUPS }}",
    "{{ context.environment }}",
    "{% import 'm.md' as m %}{{ m.__class__ }}",
    "{% import 'm.md' as m %}{{ m.__init__.__globals__ }}",
    "{% import 'm.md' as m %}{{ m._body_stream }}",
    "{% include '../secret.md' %}",
    "{% include '/etc/passwd' %}",
    "{% import '../secret.md' as m %}",
    "{% extends '../secret.md' %}",
    "{% set name = '../secret' ~ '.md' %}{% include name %}",
    "{{ ''|attr('__class__') }}",
    "{% do outlets.append(1) %}",
    "{% do outlets.clear() %}",
    "{% do company.update(name=1) %}",
    "{% set outlets[0].name = 'x' %}",
    "{{ open('/etc/passwd') }}",
    "{{ outlets[0].name.join }}",
    "{{ outlets.pop() }}",
    "{{ company.name.encode('utf-8') }}",
    "{{ doc.__globals__ }}",
]  # fmt: skip

ENDLESS = {
    "nested loops": "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}"
    "{% endfor %}{% endfor %}",
    "loops in a macro": "{% macro m() %}{% for a in range(9999) %}{% for b in range(9999) %}"
    "{% for c in range(9999) %}x{% endfor %}{% endfor %}{% endfor %}{% endmacro %}{{ m() }}",
    "loops in a set block": "{% set x %}{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}"
    "{% endfor %}{% endfor %}{% endfor %}{% endset %}",
    "a filtered loop": "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9) if c < 0 %}{% endfor %}"
    "{% endfor %}{% endfor %}",
    "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a macro that calls itself twice": "{% macro m(n) %}{% if n %}{% set a = m(n - 1) %}{% set b = m(n - 1) %}{% endif %}"
    "{% endmacro %}{{ m(60) }}",
    "an include of itself": "{% include 'main.md' %}",
    "a recursive loop": "{% for a in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}",
    "a text doubled": "{% set n = namespace(x='ab') %}{% for i in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "a text added to itself": "{% set n = namespace(x='ab') %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "a list doubled": "{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "a fragment doubled": "{% set x %}ab{% endset %}{% set n = namespace(x=x) %}{% for i in range(99) %}"
    "{% set n.x = n.x ~ n.x %}{% endfor %}{{ n.x }}",
    "many large texts": "{% set n = namespace(x=[], t='ab' * 500000) %}{% for i in range(9999) %}"
    "{% set n.x = n.x + [n.t ~ i] %}{% endfor %}",
    "a text repeated": "{{ 'ab' * 999999999 }}",
    "a list repeated": "{% set x = [1] * 999999999 %}",
    "a great power": "{{ 10 ** 10 ** 10 ** 10 ** 10 }}",
    "powers of powers": "{% set n = namespace(x=9) %}{% for i in range(99) %}{% set n.x = n.x * n.x %}{% endfor %}",
    "a wide format": "{{ '%0999999999d' % 1 }}",
    "a great slice": "{{ outlets|slice(999999999)|list|length }}",
    "a great batch": "{{ outlets|batch(999999999, 0)|list|length }}",
    "many digits": "{{ 1|money(999999999) }}",
    "a great rounding": "{{ 1|round(999999999, 'floor') }}",
    "a great range": "{{ range(999999999)|list|length }}",
    "a long join": "{{ range(9999)|join('ab' * 500000) }}",
}


def run(tmp_path: Path, text: str) -> str:
    root = tmp_path / "templates"
    root.mkdir(exist_ok=True)
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    (root / "main.md").write_text(text, encoding="utf-8")
    (root / "m.md").write_text("{% macro limit(x) %}{{ x }}{% endmacro %}", encoding="utf-8")
    builder = Builder()
    Templates([root], VOCABULARY).run("main.md", CONTEXT, builder)
    return repr(builder.finish())


@pytest.mark.parametrize("text", ESCAPES)
def test_nothing_inside_python_is_reached(tmp_path: Path, text: str) -> None:
    with pytest.raises(DocgenError) as caught:
        run(tmp_path, text)
    fault = caught.value.diagnostics[0]
    assert fault.code in {"T001", "T003", "T004", "T007", "T008", "T009", "T010", "T012"}
    assert "secret" not in str(fault.values.get("read", "")).replace("secret.md", "")


@pytest.mark.parametrize("text", ENDLESS.values(), ids=list(ENDLESS))
def test_what_does_not_end_is_stopped(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_TICKS", 100_000)
    started = time.monotonic()
    with pytest.raises(DocgenError) as caught:
        run(tmp_path, text)
    assert {d.code for d in caught.value.diagnostics} <= {"T010", "T011", "T012", "T019"}
    assert time.monotonic() - started < 30  # a guard against a hang, not a measurement


@pytest.mark.parametrize("text", EXPLODING.values(), ids=list(EXPLODING))
def test_what_explodes_is_stopped_where_it_stands(tmp_path: Path, text: str) -> None:
    with pytest.raises(DocgenError) as caught:
        run(tmp_path, f"# 甲\n\n{text}\n")
    (fault,) = caught.value.diagnostics
    assert fault.code in {"T001", "T003", "T011"} and fault.place.line == 3


def test_a_template_that_is_only_slow_is_stopped_by_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_SECONDS", 0.01)
    with pytest.raises(DocgenError) as caught:
        run(tmp_path, ENDLESS["loops in a macro"])
    fault = caught.value.diagnostics[0]
    assert (fault.code, fault.place.line) == ("T019", 1)


def test_a_long_document_is_not_taken_for_an_endless_one(tmp_path: Path) -> None:
    text = "{% for i in range(9999) %}\n| {{ i }} | {{ 'a' ~ i }} |\n{% endfor %}\n"
    assert run(tmp_path, text).count("Row(") == 9999


@pytest.mark.parametrize("sign", ["{{ ", "{% ", "{{ '", '{% "'])
def test_a_tag_that_is_not_closed_is_told_at_its_line_however_many_there_are(tmp_path: Path, sign: str) -> None:
    with pytest.raises(DocgenError) as caught:
        run(tmp_path, "# 甲\n\n乙 " + sign * 50_000)
    assert [(d.code, d.place.line) for d in caught.value.diagnostics] == [("T023", 3)]


@pytest.mark.parametrize("words", ["1000000000", "²", "0", "x"])
def test_blank_lines_are_a_few(tmp_path: Path, words: str) -> None:
    with pytest.raises(DocgenError) as caught:
        run(tmp_path, f"# 甲\n\n@blank-lines {words}\n")
    assert [(d.code, d.place.line) for d in caught.value.diagnostics] == [("T006", 3)]
