"""Faults in the steps of a procedure, told with file and line."""

from __future__ import annotations

from pathlib import Path

from docgen.diagnostics import Diagnostic
from docgen.library import load_library
from docgen.options import BuildOptions
from docgen.pipeline import build_set

PROFILE = Path(__file__).parents[2] / "company_profiles" / "minimal.yaml"


def faults_of(tmp_path: Path, step: str) -> list[Diagnostic]:
    policy = tmp_path / "house" / "documents" / "policies" / "safety.md"
    policy.parent.mkdir(parents=True)
    policy.write_text(f"# 目的\n\n一句话。\n\n# 步骤\n\n{step}\n", encoding="utf-8")
    library = load_library(house=tmp_path / "house", cache=False)
    result = build_set(PROFILE, library, BuildOptions(output=tmp_path / "out", only=("policy-safety",)))
    return [fault for fault in result.diagnostics if fault.code.startswith("T")]


def test_a_step_nobody_answers_for_is_told(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, "@step 检查\n@limit 当日\n看一遍。")
    assert (fault.code, fault.values["read"]) == ("T013", "检查")
    assert fault.place.file.endswith("safety.md") and fault.place.line == 7


def test_a_way_back_to_a_step_that_does_not_exist_is_told(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, "@step 检查\n@owner 某岗位\n@decision 合格\n@no 重做\n@back 检验\n看一遍。")
    assert (fault.code, fault.values["read"]) == ("T018", "检验")


def test_a_fact_of_a_step_written_twice_is_told(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, "@step 检查\n@owner 某岗位\n@limit 当日\n@limit 次日\n看一遍。")
    assert (fault.code, fault.values["names"]) == ("T020", "@limit")


def test_a_step_that_both_ends_and_goes_back_is_told(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, "@step 检查\n@owner 某岗位\n@decision 合格\n@no 记录\n@stop\n@back 检查\n看一遍。")
    assert (fault.code, fault.values["names"]) == ("T020", "@back, @stop")
