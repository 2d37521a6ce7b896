"""`docgen score` and `docgen status`: with the company's own points, and no silence about faults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from docgen.cli import cli
from docgen.library import data_folder, load_library


def profile(folder: Path, more: str = "") -> Path:
    text = (data_folder("company_profiles") / "minimal.yaml").read_text(encoding="utf-8")
    path = folder / "a.yaml"
    path.write_text(text.replace("  target_level: compliant\n", "  target_level: compliant\n" + more), encoding="utf-8")
    return path


def own_points(folder: Path) -> None:
    """A table of points that is not the placeholder: the first item of each chapter has what the others lack."""
    catalogue = load_library().catalogue
    left = dict(catalogue.standard.chapters)
    table: dict[str, float] = {}
    for clause in reversed([c for c in catalogue.clauses.values() if c.level == 3]):
        others = any(c.level == 3 and c.chapter == clause.chapter and c.id not in table and c.id != clause.id
                     for c in catalogue.clauses.values())  # fmt: skip
        table[clause.id] = 0.5 if others else float(left[clause.chapter])
        left[clause.chapter] -= table[clause.id]
    (folder / "points.yaml").write_text(yaml.safe_dump({"points": table}), encoding="utf-8")


def run(*arguments: str) -> tuple[int, Any]:
    done = CliRunner().invoke(cli, ["--lang", "zh", *arguments, "--json"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.exit_code, json.loads(done.stdout)


def test_the_points_the_profile_names_are_scored_with(tmp_path: Path) -> None:
    own_points(tmp_path)
    code, told = run("score", str(profile(tmp_path, "  points: points.yaml\n")))
    assert (code, told["placeholder_points"]) == (0, False)
    _, rows = run("status", str(tmp_path / "a.yaml"), "-o", str(tmp_path / "out"), "--no-audit")
    assert rows[0]["placeholder_points"] is False and rows[0]["score"]["low"] == told["low"]["score"]


def test_a_faulty_profile_is_told_and_ends_with_1(tmp_path: Path) -> None:
    code, told = run("score", str(profile(tmp_path, "  running_since: gestern\n")))
    assert (code, [d["id"] for d in told["diagnostics"]]) == (1, ["P114"])


def test_another_schemes_stars_are_answered_also_where_the_value_cannot_be_read(tmp_path: Path) -> None:
    text = profile(tmp_path).read_text(encoding="utf-8").replace("target_level: compliant", "target_level: 七星")
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    _, told = run("score", str(tmp_path / "a.yaml"))
    assert "S008" in [d["id"] for d in told["diagnostics"]]


def test_a_row_of_a_list_does_not_answer_for_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "企业全称,认证范围\n甲有限公司,空调维修\n乙有限公司,七星级服务\n", encoding="utf-8"
    )
    told = CliRunner().invoke(cli, ["--lang", "zh", "score", f"{tmp_path / 'list.csv'}:2", "--json"])
    assert "obtained" in told.output
    assert "S008" not in told.output and "七星" not in told.output
