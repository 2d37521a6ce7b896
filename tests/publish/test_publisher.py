"""Publishing: atomic, equal files left alone, edited files never touched, nothing outside the folder."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from docgen.publish import Outcome, Publisher, company_folder, safe_name

SUFFIX = "（新生成）"


def publish(root: Path, files: dict[str, bytes], complete: bool = True) -> Publisher:
    publisher = Publisher(root, SUFFIX).open()
    entries: list[dict[str, Any]] = []
    for path, data in files.items():
        written = publisher.write(path, data)
        entries.append({"id": path, "files": [{"path": path, "sha256": written.sha256}]})
    publisher.close({"documents": entries}, complete=complete)
    return publisher


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    publish(tmp_path, {"a/甲.docx": b"1"})
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.is_file()}
    again = publish(tmp_path, {"a/甲.docx": b"1"})
    assert [w.outcome for w in again.written] == [Outcome.UNCHANGED]
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.is_file()} == before


def test_a_file_nobody_edited_is_replaced(tmp_path: Path) -> None:
    publish(tmp_path, {"甲.docx": b"1"})
    publish(tmp_path, {"甲.docx": b"2"})
    assert (tmp_path / "甲.docx").read_bytes() == b"2"


def test_an_edited_file_is_kept_and_the_new_one_stands_beside_it(tmp_path: Path) -> None:
    publish(tmp_path, {"甲.docx": b"1"})
    (tmp_path / "甲.docx").write_bytes(b"mine")
    result = publish(tmp_path, {"甲.docx": b"2"})
    assert (tmp_path / "甲.docx").read_bytes() == b"mine"
    assert (tmp_path / f"甲{SUFFIX}.docx").read_bytes() == b"2"
    assert [d.code for d in result.diagnostics] == ["O001"]
    third = publish(tmp_path, {"甲.docx": b"3"})
    assert (tmp_path / "甲.docx").read_bytes() == b"mine"
    assert third.written[0].outcome is Outcome.BESIDE


def test_a_file_docgen_did_not_make_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "甲.docx").write_bytes(b"stranger")
    publish(tmp_path, {"甲.docx": b"1"})
    assert (tmp_path / "甲.docx").read_bytes() == b"stranger"


def test_a_pristine_copy_is_kept_for_later_merges(tmp_path: Path) -> None:
    publish(tmp_path, {"a/甲.docx": b"1"})
    (tmp_path / "a/甲.docx").write_bytes(b"mine")
    assert (tmp_path / ".docgen/pristine/a/甲.docx").read_bytes() == b"1"


def test_a_file_that_left_the_set_goes_unless_it_was_edited(tmp_path: Path) -> None:
    publish(tmp_path, {"甲.docx": b"1", "乙.docx": b"1"})
    (tmp_path / "乙.docx").write_bytes(b"mine")
    result = publish(tmp_path, {})
    assert not (tmp_path / "甲.docx").exists()
    assert (tmp_path / "乙.docx").read_bytes() == b"mine"
    assert [d.code for d in result.diagnostics] == ["O003"]


def test_building_a_part_removes_nothing(tmp_path: Path) -> None:
    publish(tmp_path, {"甲.docx": b"1", "乙.docx": b"1"})
    publish(tmp_path, {"甲.docx": b"1"}, complete=False)
    assert (tmp_path / "乙.docx").exists()


def test_a_broken_manifest_makes_every_existing_file_count_as_edited(tmp_path: Path) -> None:
    publish(tmp_path, {"甲.docx": b"1"})
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    result = publish(tmp_path, {"甲.docx": b"2"})
    assert (tmp_path / "甲.docx").read_bytes() == b"1"
    assert "O002" in [d.code for d in result.diagnostics]


@pytest.mark.parametrize("path", ["../x.docx", "a/../../x.docx", "/etc/x.docx"])
def test_no_path_leaves_the_output_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(OSError):
        Publisher(tmp_path / "out", SUFFIX).open().write(path, b"1")
    assert not (tmp_path / "x.docx").exists()


def test_no_temporary_file_stays_when_the_disk_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise OSError(28, "full")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError):
        Publisher(tmp_path, SUFFIX).open().write("甲.docx", b"1")
    assert not list(tmp_path.rglob("*.tmp"))
    assert not (tmp_path / "甲.docx").exists()


def test_the_manifest_is_sorted_readable_json(tmp_path: Path) -> None:
    publish(tmp_path, {"甲.docx": b"1"})
    text = (tmp_path / "manifest.json").read_text(encoding="utf-8")
    assert "甲.docx" in text
    assert json.loads(text)["documents"][0]["files"][0]["path"] == "甲.docx"


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("../../etc/passwd", "-..-etc-passwd"),
        ("CON", "_CON"),
        ("com1.docx", "_com1.docx"),
        ("a.", "a"),
        ("  ", "_"),
        ("甲：乙/丙\\丁", "甲：乙-丙-丁"),
        ("a\u202eb", "a-b"),
        ("x\n y", "x- y"),
    ],
)
def test_names_fit_every_system(given: str, made: str) -> None:
    assert safe_name(given) == made


def test_long_names_are_cut_and_stay_different() -> None:
    first, second = safe_name("长" * 300 + "甲"), safe_name("长" * 300 + "乙")
    assert first != second
    assert len(first.encode()) <= 120


def test_a_company_folder_is_one_name() -> None:
    folder = company_folder("../甲公司", None, None, "x")
    assert os.sep not in folder
    assert not folder.startswith(".")
