"""YAML of a house folder: nothing in it ends the process or reaches people as a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from docgen.diagnostics import DocgenError
from docgen.library import load_library
from docgen.limits import load_yaml


@pytest.mark.parametrize(
    "text", ["a: 2026-13-01", "a: !!int x", "a: !!int ''", "a: " + "9" * 10_000, "a: !!timestamp x"]
)
def test_a_value_that_is_none_is_a_fault_of_the_file(tmp_path: Path, text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        load_yaml(text)
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/words.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DocgenError) as caught:
        load_library(house=tmp_path, cache=False)
    assert [d.code for d in caught.value.diagnostics] == ["K002"]


@pytest.mark.parametrize("start", ["[", "a: {", "- ", "? ", "[{a: "])
def test_a_text_too_deep_for_the_parser_is_told_with_its_line(start: str) -> None:
    program = (
        "import sys, yaml\nfrom docgen.limits import load_yaml\nfrom docgen.compose.formyaml import Faults, read_yaml\n"
        "text = 'x: 1\\ny:\\n ' + sys.argv[1] * 100_000\n"
        "faults = Faults('x.yaml')\nassert read_yaml(text, faults) is None\n"
        "try:\n  load_yaml(text)\nexcept yaml.MarkedYAMLError as error:\n"
        "  print(error.problem_mark.line + 1, [d.place.line for d in faults.found])\n"
    )
    done = subprocess.run([sys.executable, "-c", program, start], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()[:1]) == (0, ["3"]), done.stderr[-500:]


def test_a_settings_file_of_many_short_lists_is_read() -> None:
    assert len(load_yaml("".join(f"a{n}: [{{b: [1, 2]}}]\n" for n in range(2_000)))) == 2_000
