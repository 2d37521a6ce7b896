"""Code of templates keeps its lines and nothing else about places."""

from __future__ import annotations

import sys
from types import CodeType

import pytest

import docgen.templating.engine as anything
from docgen.templating.lean import lean


def lines(code: CodeType) -> list[list[int | None]]:
    """The line of every unit of code, of this code and of what stands in it."""
    own = [line for start, end, line in code.co_lines() for _ in range(start, end, 2)]
    return [own, *(found for const in code.co_consts if isinstance(const, CodeType) for found in lines(const))]


LONG = "\n" * 70000 + "def late():\n  try:\n    return [x\n\n\n for x in y if x]\n  finally:\n    with z: pass\n"


@pytest.mark.parametrize("source", [open(anything.__file__, encoding="utf-8").read(), LONG])  # noqa: PTH123, SIM115
def test_every_instruction_keeps_its_line(source: str) -> None:
    code = compile(source, "any.py", "exec")
    assert lines(lean(code)) == lines(code)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="has a table of lines alone")
def test_columns_are_gone() -> None:
    code = lean(compile("value = [\n  1,\n  name]\n", "any.py", "exec"))
    assert {columns for *_, columns, end in code.co_positions()} == {None}
    assert len(code.co_linetable) < len(compile("value = [\n  1,\n  name]\n", "any.py", "exec").co_linetable)


def test_code_runs_as_before() -> None:
    namespace: dict[str, object] = {}
    exec(lean(compile("def f(n):\n  return n and n + f(n - 1)\nresult = f(4)\n", "any.py", "exec")), namespace)
    assert namespace["result"] == 10
