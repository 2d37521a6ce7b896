"""The sets of a run are found again, whatever their folders are called: by status, by an audit against a client list."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from docgen.batch.naming import built_folders, client_of, place_clients
from docgen.batch.sources import find_clients
from docgen.cli import cli
from tests.batch.lists import PROFILES, write_csv

CODES = ["91330999MA2HW12X7A", "91330999MA2HW13X2G"]
HEAD = ["基础档案", "企业全称", "company.code", "统一社会信用代码"]


def clients(folder: Path) -> Path:
    """A list of two companies of one name."""
    (folder / "base.yaml").write_bytes((PROFILES / "minimal.yaml").read_bytes())
    rows = [["base.yaml", "虚构甲公司", f"XJ{letter}", code] for letter, code in zip("AB", CODES, strict=True)]
    return write_csv(folder / "c.csv", HEAD, *rows)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["--lang", "zh", *map(str, arguments)])


def build(path: Path, output: Path, *more: str) -> None:
    result = run("build", path, "-o", output, "--only", "form-tool-register", "--only", "complaint-handling", *more)
    assert result.exit_code == 0, result.output


def test_status_finds_the_sets_of_companies_of_one_name(tmp_path: Path) -> None:
    path = clients(tmp_path)
    build(path, tmp_path / "out")
    rows = json.loads(run("status", path, "-o", tmp_path / "out", "--no-audit", "--json").output)
    assert [row["documents"] for row in rows] == [2, 2]
    assert [Path(row["folder"]).name for row in rows] == ["虚构甲公司", f"虚构甲公司 ({CODES[1]})"]


def test_a_set_is_found_by_its_record_under_any_name_rule(tmp_path: Path) -> None:
    path = clients(tmp_path)
    build(path, tmp_path / "out", "--name-rule", "{company.code}")
    found, _ = find_clients([path])
    assert [folder.name for _, folder in built_folders(found, tmp_path / "out")] == ["XJA", "XJB"]
    owner = client_of(tmp_path / "out" / "XJB", found)
    assert owner is not None and owner.line == 3


def test_an_audit_takes_each_sets_own_row_of_the_list(tmp_path: Path) -> None:
    path = clients(tmp_path)
    build(path, tmp_path / "out")
    result = run("audit", tmp_path / "out", "--profile", path, "--only", "C01", "--no-notes")
    assert result.exit_code == 0, result.output
    assert result.output.count("错误 0 项") == 2


def test_an_audit_names_the_field_of_every_gap(tmp_path: Path) -> None:
    run("build", PROFILES / "minimal.yaml", "-o", tmp_path / "out", "--only", "plan", "--only", "complaint-handling")
    result = run("audit", tmp_path / "out" / "合肥栗石家用电器有限公司", "--only", "C02")
    assert "档案字段 complaints.major.escalate_to" in result.output and "档案字段 —" not in result.output


def test_hints_on_the_profile_are_counted_by_a_build_and_listed_by_a_check(tmp_path: Path) -> None:
    path = PROFILES / "minimal.yaml"
    built = run("build", path, "-o", tmp_path / "out", "--only", "form-dispatch")
    assert "P314" not in built.output and "1 处提示" in built.output
    assert "P314" in run("check", path).output


def test_an_audit_says_when_a_set_is_none_of_the_lists_companies(tmp_path: Path) -> None:
    build(PROFILES / "minimal.yaml", tmp_path / "out")
    (folder,) = (tmp_path / "out").iterdir()
    result = run("audit", folder, "--profile", clients(tmp_path))
    assert result.exit_code == 1
    assert "B016" in result.output and folder.name in result.output


def test_a_folder_that_changes_hands_is_told(tmp_path: Path) -> None:
    path = clients(tmp_path)
    build(path, tmp_path / "out")
    other = write_csv(tmp_path / "d.csv", HEAD, ["base.yaml", "虚构甲公司", "XJA", "9134010000000DEM63"])
    (client,) = place_clients(find_clients([other])[0], output=tmp_path / "out")
    (note,) = client.notes
    assert (note.code, note.values["owner"]) == ("B017", CODES[0])
