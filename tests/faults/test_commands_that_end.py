"""What ends a whole command is said in the language asked for, with the exit code for whose fault it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from docgen.batch.rows import read_clients
from docgen.cli.output import went_wrong
from docgen.diagnostics import DocgenError
from tests.batch.lists import write_csv

LONG = "甲" * 5000


@pytest.mark.parametrize(
    "command",
    [["build", f"{LONG}.yaml"], ["audit", LONG], ["status", LONG], ["template", "check", LONG],
     ["new", f"{LONG}.yaml", "--industry", "toys", "--name", "甲"]],
    ids=lambda command: command[0],
)  # fmt: skip
def test_a_name_no_file_can_have_is_one_sentence(command: list[str]) -> None:
    arguments = [sys.executable, "-m", "docgen", "--lang", "zh", *command]
    ended = subprocess.run(arguments, capture_output=True, encoding="utf-8")
    assert ended.returncode == 1, ended.stderr[-2000:]
    assert "C008" in ended.stderr or ("C016" in ended.stderr and "太长" in ended.stderr)
    assert "Traceback" not in ended.stderr and "C001" not in ended.stderr


def test_our_own_fault_keeps_its_traceback_in_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert went_wrong(ZeroDivisionError("nothing"), "en") == 3
    said = capsys.readouterr().err
    assert "C001" in said or "internal error" in said
    log = Path(said.partition("Details are in ")[2].partition(";")[0])
    assert "ZeroDivisionError: nothing" in log.read_text(encoding="utf-8")
    log.unlink()


def test_a_base_profile_whose_name_no_file_can_have_is_told_with_its_cell(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["基础档案", "企业全称"], [LONG, "甲有限公司"], ["", "乙有限公司"])
    (first, second), faults = read_clients(path)
    assert not faults
    with pytest.raises(DocgenError) as caught:
        first.load()
    (fault,) = caught.value.diagnostics
    assert fault.code == "B008" and (fault.place.line, fault.place.column) == (2, 1)
    assert second.load().profile.company.full_name == "乙有限公司"
