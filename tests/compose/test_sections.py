"""References to sections of a document."""

from __future__ import annotations

from pathlib import Path

from docgen.library import load_library
from docgen.options import BuildOptions
from docgen.pipeline import build_set

PROFILE = Path(__file__).parents[2] / "company_profiles" / "minimal.yaml"


def test_a_reference_to_a_missing_section_is_told_with_file_and_line(tmp_path: Path) -> None:
    policy = tmp_path / "house" / "documents" / "policies" / "safety.md"
    policy.parent.mkdir(parents=True)
    policy.write_text("# 目的\n\n一句话。\n\n见{{ section('nowhere') }}。\n", encoding="utf-8")
    library = load_library(house=tmp_path / "house", cache=False)
    result = build_set(PROFILE, library, BuildOptions(output=tmp_path / "out", only=("policy-safety",)))
    (fault,) = [fault for fault in result.diagnostics if fault.code == "T017"]
    assert fault.place.file.endswith("safety.md")
    assert (fault.place.line, fault.values["read"]) == (5, "nowhere")
    assert not (tmp_path / "out").exists()
