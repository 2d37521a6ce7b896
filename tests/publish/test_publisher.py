"""Publishing: atomic, equal files left alone, edited files never touched, nothing outside the folder."""

from __future__ import annotations

import json
import os
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from docgen.publish import Outcome, Publisher, company_folder, safe_name
from docgen.publish.pristine import PRISTINE, Pristine

SUFFIX = "（新生成）"
SHA_OF_1 = sha256(b"1").hexdigest()


def publish(root: Path, files: dict[str, bytes], complete: bool = True) -> Publisher:
    publisher = Publisher(root, SUFFIX).open()
    entries: list[dict[str, Any]] = []
    for path, data in files.items():
        written = publisher.write(path, data)
        entries.append({"id": path, "kind": "form", "number": "1", "files": [{"path": path, "sha256": written.sha256}]})
    publisher.close({"documents": entries}, complete=complete)
    return publisher


def copies(root: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(root / ".docgen" / PRISTINE) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


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


def test_the_new_file_beside_an_edited_one_is_not_overwritten_either_once_it_is_edited(tmp_path: Path) -> None:
    publish(tmp_path, {"甲.docx": b"1"})
    (tmp_path / "甲.docx").write_bytes(b"mine")
    publish(tmp_path, {"甲.docx": b"2"})
    publish(tmp_path, {"甲.docx": b"3"})
    assert (tmp_path / f"甲{SUFFIX}.docx").read_bytes() == b"3"
    (tmp_path / f"甲{SUFFIX}.docx").write_bytes(b"merged")
    result = publish(tmp_path, {"甲.docx": b"4"})
    assert (tmp_path / f"甲{SUFFIX}.docx").read_bytes() == b"merged"
    assert (tmp_path / f"甲{SUFFIX}2.docx").read_bytes() == b"4"
    assert result.diagnostics[0].values["beside"] == f"甲{SUFFIX}2.docx"


def test_a_file_docgen_did_not_make_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "甲.docx").write_bytes(b"stranger")
    publish(tmp_path, {"甲.docx": b"1"})
    assert (tmp_path / "甲.docx").read_bytes() == b"stranger"


def test_a_pristine_copy_is_kept_for_later_merges(tmp_path: Path) -> None:
    publish(tmp_path, {"a/甲.docx": b"1"})
    (tmp_path / "a/甲.docx").write_bytes(b"mine")
    assert copies(tmp_path) == {"a/甲.docx": b"1"}


def test_the_pristine_copies_follow_the_set(tmp_path: Path) -> None:
    for text in (b"1", b"22", b"333"):
        publish(tmp_path, {"a/甲.docx": text, "乙.docx": b"same", "丙.docx": text}, complete=True)
    publish(tmp_path, {"a/甲.docx": b"4", "乙.docx": b"same"}, complete=True)
    assert copies(tmp_path) == {"a/甲.docx": b"4", "乙.docx": b"same"}
    kept = Pristine(str(tmp_path / ".docgen" / PRISTINE))
    assert [kept.contents(path) for path in ("a/甲.docx", "乙.docx", "丙.docx")] == [b"4", b"same", None]


def test_the_pristine_copies_do_not_grow_with_every_run(tmp_path: Path) -> None:
    sizes = []
    for number in range(20):
        publish(tmp_path, {"甲.docx": bytes([number]) * 10_000, "乙.docx": b"same" * 2500})
        sizes.append((tmp_path / ".docgen" / PRISTINE).stat().st_size)
    assert max(sizes) < 3 * sizes[0]
    assert copies(tmp_path)["甲.docx"] == bytes([19]) * 10_000


@pytest.mark.parametrize("cut", range(1, 200, 7))
def test_pristine_copies_cut_off_anywhere_are_made_whole_by_the_next_run(tmp_path: Path, cut: int) -> None:
    files = {"甲.docx": b"1" * 40, "乙.docx": b"2" * 40}
    publish(tmp_path, files)
    stored = tmp_path / ".docgen" / PRISTINE
    stored.write_bytes(stored.read_bytes()[:-cut])
    assert {w.outcome for w in publish(tmp_path, files).written} == {Outcome.UNCHANGED}
    assert copies(tmp_path) == files


def test_a_damaged_pristine_copy_is_not_handed_out(tmp_path: Path) -> None:
    publish(tmp_path, {"甲.docx": b"generated"})
    stored = tmp_path / ".docgen" / PRISTINE
    stored.write_bytes(stored.read_bytes().replace(b"generated", b"generaled"))
    assert Pristine(str(stored)).contents("甲.docx") is None


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


@pytest.mark.parametrize(
    "documents",
    [[3], {"a": 1}, [{"files": []}], [{"id": "a", "kind": "form", "number": 3, "files": []}],
     [{"id": "a", "kind": "form", "number": "1", "files": [{"path": 3, "sha256": ""}]}],
     [{"id": "a", "kind": "form", "number": "1", "files": [{"path": "a.docx", "sha256": None}]}]],
)  # fmt: skip
def test_a_manifest_docgen_did_not_write_counts_as_broken(tmp_path: Path, documents: Any) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"documents": documents}), encoding="utf-8")
    assert [d.code for d in publish(tmp_path, {"甲.docx": b"2"}).diagnostics] == ["O002"]


def test_a_path_of_the_manifest_that_leads_outside_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "theirs.docx").write_bytes(b"1")
    entry = {"id": "a", "kind": "form", "number": "1", "files": [{"path": "../theirs.docx", "sha256": SHA_OF_1}]}
    (tmp_path / "out").mkdir()
    (tmp_path / "out/manifest.json").write_text(json.dumps({"documents": [entry]}), encoding="utf-8")
    publish(tmp_path / "out", {"甲.docx": b"2"})
    assert (tmp_path / "theirs.docx").exists()
    assert (tmp_path / "out/甲.docx").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("name", ["lock", "pristine.zip"])
def test_a_link_among_the_records_is_refused_and_what_it_leads_to_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / "theirs").write_bytes(b"precious")
    (tmp_path / "out/.docgen").mkdir(parents=True)
    (tmp_path / "out/.docgen" / name).symlink_to(tmp_path / "theirs")
    with pytest.raises(OSError, match=name):
        publish(tmp_path / "out", {"甲.docx": b"2"})
    assert (tmp_path / "theirs").read_bytes() == b"precious"


@pytest.mark.parametrize("path", ["../x.docx", "a/../../x.docx", "/etc/x.docx"])
def test_no_path_leaves_the_output_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(OSError):
        Publisher(tmp_path / "out", SUFFIX).open().write(path, b"1")
    assert not (tmp_path / "x.docx").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_no_link_leads_out_of_the_output_folder(tmp_path: Path) -> None:
    root, outside = tmp_path / "out", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (outside / "y.docx").write_bytes(b"theirs")
    (root / "a").symlink_to(outside)
    (root / "x.docx").symlink_to(outside / "y.docx")
    publisher = Publisher(root, SUFFIX).open()
    with pytest.raises(OSError):
        publisher.write("a/x.docx", b"1")
    assert publisher.write("x.docx", b"1").outcome is Outcome.FAILED
    assert (outside / "y.docx").read_bytes() == b"theirs"
    assert [path.name for path in outside.iterdir()] == ["y.docx"]


def test_no_temporary_file_stays_when_the_disk_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(temporary: str, target: str) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(os, "replace", refuse)
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
