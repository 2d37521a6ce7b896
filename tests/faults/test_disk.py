"""The disk refuses: a message for each file, nothing lost, the others done."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.batch.runner import Run
from docgen.publish import Outcome, Publisher, files
from docgen.publish.pristine import PRISTINE, Pristine
from docgen.publish.publisher import STATE
from tests.batch.lists import sample, write_csv
from tests.batch.test_run import run, status
from tests.faults.reading import check_folder

Refuse = Callable[[Callable[[Path], bool], int], None]


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Refuse:
    """The disk refuses files a test points at, as the operating system would."""
    real = files.rename

    def arm(which: Callable[[Path], bool], code: int) -> None:
        def rename(temporary: str, target: str) -> None:
            if which(Path(target)):
                raise OSError(code, os.strerror(code), target)
            real(temporary, target)

        monkeypatch.setattr(files, "rename", rename)

    return arm


def codes(done: Run) -> list[str]:
    return [d.code for result in done.results for d in result.diagnostics if d.severity.value == "error"]


def test_a_file_open_in_word_is_reported_and_the_others_are_written(tmp_path: Path, refuse: Refuse) -> None:
    profile = sample(tmp_path / "p", "toys")
    (first,) = run(profile, tmp_path / "out").results
    folder = Path(first.folder)
    held = folder / next(file.path for file in first.files if file.path.endswith(".docx"))
    before = {path: path.read_bytes() for path in folder.rglob("*.docx") if STATE not in path.parts}
    text = profile.read_text("utf-8")
    profile.write_text(text.replace("version: A/0", "version: A/1"), encoding="utf-8")
    refuse(lambda target: target == held, errno.EACCES)
    done = run(profile, tmp_path / "out")
    assert status(done) == ["failed"]
    assert codes(done) == ["O006"]
    (fault,) = [d for d in done.results[0].diagnostics if d.code == "O006"]
    assert fault.place.file == str(held)
    assert held.read_bytes() == before[held]
    changed = [path for path in before if path != held and path.read_bytes() != before[path]]
    assert len(changed) == len(before) - 1
    check_folder(folder)
    # closed again: the file is not taken for an edited one
    refuse(lambda target: False, 0)
    again = run(profile, tmp_path / "out")
    assert status(again) == ["done"]
    assert [file.outcome for file in again.results[0].files if folder / file.path == held] == ["written"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
def test_a_full_disk_ends_the_client_with_one_message_and_is_gone_on_with(
    tmp_path: Path, refuse: Refuse, code: int
) -> None:
    profile = sample(tmp_path / "p", "toys")
    written: list[Path] = []

    def full(target: Path) -> bool:
        written.append(target)
        return len(written) > 2

    refuse(full, code)
    done = run(profile, tmp_path / "out")
    assert codes(done) == ["O004"]
    check_folder(tmp_path / "out")
    assert not list((tmp_path / "out").rglob("*.tmp"))
    refuse(lambda target: False, 0)
    profile.write_text(profile.read_text("utf-8").replace("version: A/0", "version: A/1"), encoding="utf-8")
    again = run(profile, tmp_path / "out")
    assert status(again) == ["done"]
    assert "beside" not in {file.outcome for file in again.results[0].files}


def test_a_full_disk_for_one_client_does_not_stop_the_others(tmp_path: Path, refuse: Refuse) -> None:
    sample(tmp_path, "toys")
    path = write_csv(
        tmp_path / "c.csv", ["base", "企业全称"], ["toys", "甲公司"], ["toys", "乙公司"], ["toys", "丙公司"]
    )
    refuse(lambda target: "乙公司" in target.parts, errno.ENOSPC)
    done = run(path, tmp_path / "out", jobs=1)
    assert status(done) == ["done", "failed", "done"]


def test_a_read_only_folder_is_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = sample(tmp_path / "p", "toys")
    real = files.write

    def write(path: str, data: bytes) -> None:
        if "out" in Path(path).parts:
            raise PermissionError(errno.EACCES, "Permission denied", path)
        real(path, data)

    monkeypatch.setattr(files, "write", write)
    monkeypatch.setattr(os, "access", lambda *_: False)
    done = run(profile, tmp_path / "out")
    assert codes(done) == ["O004"]


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_an_output_folder_that_may_not_be_written_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o555)
    assert codes(run(sample(tmp_path / "p", "toys"), tmp_path / "out")) == ["O004"]


def test_an_output_folder_that_is_a_file_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"x")
    assert codes(run(sample(tmp_path / "p", "toys"), tmp_path / "out")) == ["O004"]


def test_a_power_cut_that_left_empty_files_is_repaired(tmp_path: Path) -> None:
    profile = sample(tmp_path / "p", "toys")
    (first,) = run(profile, tmp_path / "out").results
    folder = Path(first.folder)
    whole = {file.path: (folder / file.path).read_bytes() for file in first.files}
    for number, path in enumerate(whole):
        (folder / path).write_bytes(b"" if number % 2 else b"\0" * 4096)
    (folder / STATE / "state.json").write_bytes(b"")
    (again,) = run(profile, tmp_path / "out").results
    assert {file.outcome for file in again.files} == {"written"}
    assert {path: (folder / path).read_bytes() for path in whole} == whole


def test_leftovers_of_a_killed_run_go_with_the_next_one(tmp_path: Path) -> None:
    root = tmp_path / "甲"
    leftover, mine = root / "a/.甲.docx.4711.tmp", root / "a/.mine.tmp"
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"half")
    mine.write_bytes(b"mine")
    killed = Publisher(root, "x").open()
    killed.write("a/乙.docx", b"1")
    killed.release()
    made = Publisher(root, "x").open()
    made.write("a/甲.docx", b"1")
    made.close({"documents": []}, complete=True)
    assert not leftover.exists()
    assert mine.exists()
    assert not Pristine(str(root / STATE / PRISTINE)).resumed


def test_what_a_killed_run_wrote_is_not_taken_for_edited(tmp_path: Path) -> None:
    killed = Publisher(tmp_path, "x").open()
    killed.write("甲.docx", b"1")
    killed.write("乙.docx", b"1")
    killed.release()  # no close: no manifest
    (tmp_path / "乙.docx").write_bytes(b"mine")
    after = Publisher(tmp_path, "x").open()
    assert after.write("甲.docx", b"2").outcome is Outcome.WRITTEN
    assert after.write("乙.docx", b"2").outcome is Outcome.BESIDE
    after.close({"documents": []}, complete=False)
    assert (tmp_path / "乙.docx").read_bytes() == b"mine"


def test_the_manifest_of_a_failed_file_keeps_what_is_on_the_disk(tmp_path: Path, refuse: Refuse) -> None:
    profile = sample(tmp_path / "p", "toys")
    (first,) = run(profile, tmp_path / "out").results
    folder = Path(first.folder)
    held = next(file for file in first.files if file.path.endswith(".docx"))
    profile.write_text(profile.read_text("utf-8").replace("version: A/0", "version: A/1"), encoding="utf-8")
    refuse(lambda target: target == folder / held.path, errno.EACCES)
    run(profile, tmp_path / "out")
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    known = {file["path"]: file["sha256"] for entry in manifest["documents"] for file in entry["files"]}
    assert known[held.path] == held.sha256
