"""PDFs in few starts of LibreOffice, one zip to hand over, the set in one file."""

from __future__ import annotations

import json
import os
import sys
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.batch.pdf import make_pdfs
from docgen.cli import cli
from docgen.compose.binder import bind
from docgen.diagnostics import Diagnostic
from docgen.document import Heading, Reference, Table
from docgen.writers import office
from tests.batch.lists import sample
from tests.content.sets import composed, library
from tests.faults.reading import parts, words

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a script")

# what LibreOffice would be called with; every start is one line in the log
OFFICE = """#!{python}
import os, pathlib, sys, time
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
files = [pathlib.Path(a) for a in sys.argv[sys.argv.index("--outdir") + 2:]]
with open({log!r}, "a") as log:
    log.write(" ".join(f.name for f in files) + "\\n")
for file in files:
    content = file.read_bytes()
    if {hang!r}.encode() and {hang!r}.encode() in content:
        time.sleep(60)
    if {fail!r}.encode() and {fail!r}.encode() in content:
        sys.exit(81)
    (out / (file.stem + ".pdf")).write_bytes(b"%PDF-1.7\\n" + content[:100] + b"\\n%%EOF\\n")
"""
Office = Callable[..., list[str]]


@pytest.fixture
def stand_in(tmp_path: Path) -> Office:
    def make(hang: str = "", fail: str = "") -> list[str]:
        path = tmp_path / "office"
        path.write_text(OFFICE.format(python=sys.executable, log=str(tmp_path / "log"), hang=hang, fail=fail), "utf-8")
        path.chmod(0o755)
        return [str(path)]

    return make


def starts(tmp_path: Path) -> list[int]:
    log = tmp_path / "log"
    return [len(line.split()) for line in log.read_text().splitlines()] if log.exists() else []


def sources(tmp_path: Path, *contents: str) -> list[Path]:
    found = []
    for number, content in enumerate(contents):
        path = tmp_path / f"甲 {number}.docx"
        path.write_text(content, encoding="utf-8")
        found.append(path)
    return found


def test_many_files_need_few_starts(tmp_path: Path, stand_in: Office) -> None:
    given = sources(tmp_path, *map(str, range(25)))
    made = list(office.convert(given, stand_in(), per_start=10, workers=2))
    assert {m.source for m in made} == set(given)
    assert all(m.pdf for m in made)
    assert sorted(starts(tmp_path)) == [5, 10, 10]


def test_libreoffice_is_started_in_chinese_whatever_the_language_of_the_system(tmp_path: Path) -> None:
    program = tmp_path / "office"
    seen = tmp_path / "seen"
    script = f"""#!{sys.executable}
import pathlib, sys
from urllib.parse import unquote, urlparse
profile = next(a for a in sys.argv if a.startswith("-env:UserInstallation="))
settings = pathlib.Path(unquote(urlparse(profile.partition("=")[2]).path), "user", "registrymodifications.xcu")
pathlib.Path({str(seen)!r}).write_text(settings.read_text("utf-8"), "utf-8")
"""
    program.write_text(script, "utf-8")
    program.chmod(0o755)
    list(office.convert(sources(tmp_path, "甲"), [str(program)], workers=1))
    assert "<value>zh-CN</value>" in seen.read_text("utf-8")


def test_a_file_that_hangs_is_tried_twice_and_costs_no_other(
    tmp_path: Path, stand_in: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "_START_SECONDS", 0.5)
    given = sources(tmp_path, "a", "b", "HANG", "c", "d")
    made = {m.source: m for m in office.convert(given, stand_in(hang="HANG"), seconds=0.5, workers=1)}
    assert [bool(made[path].pdf) for path in given] == [True, True, False, True, True]
    assert "0 s" in made[given[2]].reason or "s" in made[given[2]].reason
    assert sum(n == 1 for n in starts(tmp_path)) >= 1


def test_a_file_that_ends_libreoffice_costs_no_other(tmp_path: Path, stand_in: Office) -> None:
    given = sources(tmp_path, "FAIL", "a", "FAIL", "b")
    made = {m.source: m for m in office.convert(given, stand_in(fail="FAIL"), workers=1)}
    assert [bool(made[path].pdf) for path in given] == [False, True, False, True]
    assert made[given[0]].reason == "exit code 81"


def test_a_libreoffice_that_never_works_is_given_up_soon(tmp_path: Path, stand_in: Office) -> None:
    given = sources(tmp_path, *["FAIL"] * 40)
    made = list(office.convert(given, stand_in(fail="FAIL"), per_start=10, workers=1))
    assert len(made) == 40
    assert not any(m.pdf for m in made)
    assert len(starts(tmp_path)) <= 4


def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: list[str], *more: str) -> Result:
    monkeypatch.setattr("docgen.batch.pdf.office_program", lambda: program)
    profile = tmp_path / "p/toys.yaml"
    if not profile.exists():
        sample(tmp_path / "p", "toys")
    only = ["--only", "complaint-handling", "--only", "form-tool-register"]
    return CliRunner().invoke(cli, ["--lang", "en", "build", str(profile), "-o", str(tmp_path / "out"), *only, *more])


def test_pdfs_lie_in_a_folder_of_their_own_and_unchanged_ones_are_not_made_again(
    tmp_path: Path, stand_in: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = stand_in()
    made = command(tmp_path, monkeypatch, program, "--pdf")
    assert made.exit_code == 0, made.output
    (folder,) = [p for p in (tmp_path / "out").iterdir() if p.is_dir()]
    pdfs = sorted(p.relative_to(folder / "PDF").with_suffix("") for p in (folder / "PDF").rglob("*.pdf"))
    assert pdfs == sorted(p.relative_to(folder).with_suffix("") for p in folder.glob("0*/*.docx"))
    assert starts(tmp_path) == [2]
    again = command(tmp_path, monkeypatch, program, "--pdf")
    assert "PDFs: 0 made, 2 unchanged" in again.output
    assert starts(tmp_path) == [2]
    next(folder.glob("02*/*.docx")).write_bytes(b"edited")
    third = command(tmp_path, monkeypatch, program, "--pdf")
    assert "PDFs: 1 made, 1 unchanged" in third.output
    assert starts(tmp_path) == [2, 1]


def test_a_pdf_someone_signed_stays_and_the_new_one_stands_beside_it(
    tmp_path: Path, stand_in: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = stand_in()
    command(tmp_path, monkeypatch, program, "--pdf")
    signed, other = sorted((tmp_path / "out").rglob("*.pdf"))
    signed.write_bytes(b"signed")
    made = command(tmp_path, monkeypatch, program, "--pdf")
    beside = signed.with_stem(signed.stem + "（新生成）")
    assert "O001" in made.output and "PDFs: 1 made, 1 unchanged" in made.output
    assert signed.read_bytes() == b"signed" and beside.read_bytes().startswith(b"%PDF")
    assert "PDFs: 0 made, 2 unchanged" in command(tmp_path, monkeypatch, program, "--pdf").output
    assert sorted((tmp_path / "out").rglob("*.pdf")) == sorted([signed, other, beside])


def test_pdfs_whose_times_changed_are_docgens_own_still(
    tmp_path: Path, stand_in: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    command(tmp_path, monkeypatch, stand_in(), "--pdf")
    pdfs = sorted((tmp_path / "out").rglob("*.pdf"))
    for pdf in pdfs:
        os.utime(pdf, (0, 0))
    made = command(tmp_path, monkeypatch, stand_in(), "--pdf")
    assert "PDFs: 2 made" in made.output and "O001" not in made.output
    assert sorted((tmp_path / "out").rglob("*.pdf")) == pdfs


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_no_pdf_goes_to_where_a_link_leads(tmp_path: Path, stand_in: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    command(tmp_path, monkeypatch, [])
    (folder,) = [p for p in (tmp_path / "out").iterdir() if p.is_dir()]
    (tmp_path / "theirs").mkdir()
    (folder / "PDF").symlink_to(tmp_path / "theirs")
    assert "B031" in command(tmp_path, monkeypatch, stand_in(), "--pdf").output
    assert not list((tmp_path / "theirs").rglob("*.pdf"))


def test_a_missing_libreoffice_is_a_message_and_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = command(tmp_path, monkeypatch, [], "--pdf")
    assert made.exit_code == 0
    assert "B030" in made.output
    assert list((tmp_path / "out").glob("*/0*/*.docx"))


def test_a_broken_libreoffice_is_a_message_and_no_failure(
    tmp_path: Path, stand_in: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = command(tmp_path, monkeypatch, stand_in(fail="PK"), "--pdf")
    assert made.exit_code == 0
    assert "B031" in made.output
    assert not list((tmp_path / "out").rglob("*.pdf"))


def test_without_a_place_for_temporary_files_every_file_is_told_and_none_waited_for(
    tmp_path: Path, stand_in: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("docgen.writers.office.tempfile.TemporaryDirectory", refuse)
    made = list(office.convert(sources(tmp_path, "a", "b", "c"), stand_in(), per_start=1, workers=2))
    assert [m.reason for m in made] == ["full"] * 3


def test_nothing_to_convert_starts_nothing(tmp_path: Path, stand_in: Office) -> None:
    run = make_pdfs([], "PDF", "（新生成）", program=stand_in())
    assert (run.converted, run.diagnostics, starts(tmp_path)) == (0, list[Diagnostic](), [])


# ---- zip


def test_the_zip_holds_the_set_and_its_list_and_equal_sets_give_equal_bytes(
    tmp_path: Path, stand_in: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = command(tmp_path, monkeypatch, stand_in(), "--pdf", "--zip")
    assert made.exit_code == 0, made.output
    (path,) = (tmp_path / "out").glob("*.zip")
    first, time = path.read_bytes(), path.stat().st_mtime_ns
    command(tmp_path, monkeypatch, stand_in(), "--zip")
    assert path.stat().st_mtime_ns == time
    path.unlink()
    command(tmp_path, monkeypatch, stand_in(), "--zip", "--force")
    assert path.read_bytes() == first
    folder = path.with_suffix("")
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = [name.removeprefix(f"{folder.name}/") for name in archive.namelist()]
        listed = archive.read(f"{folder.name}/目录.txt").decode("utf-8-sig")
    visible = [
        p.relative_to(folder).as_posix() for p in folder.rglob("*.*") if p.is_file() and ".docgen" not in p.parts
    ]
    assert sorted(names) == sorted({*visible, "目录.txt"} - {"manifest.json"})
    assert all(name in listed for name in names if name != "目录.txt")


def test_the_zip_holds_a_file_as_it_was_edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command(tmp_path, monkeypatch, [], "--zip")
    file = next((tmp_path / "out").glob("*/02*/*.docx"))
    file.write_bytes(b"mine")
    command(tmp_path, monkeypatch, [], "--zip")
    (path,) = (tmp_path / "out").glob("*.zip")
    with zipfile.ZipFile(path) as archive:
        assert b"mine" in [archive.read(name) for name in archive.namelist()]


# ---- binder


def test_the_binder_holds_every_document_under_one_contents(tmp_path: Path) -> None:
    items = composed("electronics")
    bound = bind(items, library().words["binder"])
    headings = [block for block in bound.document.blocks if isinstance(block, Heading)]
    titles = ["".join(getattr(i, "text", str(i)) for i in h.inlines) for h in headings if h.level == 1]
    assert [title.split("\u3000")[0] for title in titles] == [
        f"{item.document.number} {item.document.title}" for item in items
    ]
    manual = items[0].document.blocks
    chapters = [block for block in manual if isinstance(block, Heading) and block.level == 1 and block.in_contents]
    # other papers list no chapters of their own there
    assert len([h for h in headings if h.level == 2 and h.in_contents]) == len(chapters)


def test_the_binder_gives_a_form_no_more_height_above_its_table_than_it_has_alone() -> None:
    bound = bind(
        [item for item in composed("electronics") if item.document.kind == "form"][:3], library().words["binder"]
    )
    for heading, follows in pairwise(bound.document.blocks):
        if isinstance(heading, Heading):
            assert heading.role == "form-title"
            assert isinstance(follows, Table)


def test_anchors_of_the_binder_are_distinct() -> None:
    bound = bind(composed("electronics"), library().words["binder"])
    headings = [block for block in bound.document.blocks if isinstance(block, Heading)]
    anchors = [heading.anchor for heading in headings if heading.anchor]
    assert len(anchors) == len(set(anchors))


def test_references_within_the_binder_lead_somewhere() -> None:
    from docgen.document import ListItem, Paragraph, Table

    bound = bind(composed("electronics"), library().words["binder"])
    anchors = {block.anchor for block in bound.document.blocks if isinstance(block, Heading)}
    targets = set()
    for block in bound.document.blocks:
        if isinstance(block, (Paragraph, ListItem, Heading)):
            groups = [block.inlines]
        elif isinstance(block, Table):
            groups = [cell.inlines for row in block.rows for cell in row.cells]
        else:
            continue
        targets |= {i.anchor for group in groups for i in group if isinstance(i, Reference) and i.anchor}
    assert len(targets) > 50
    assert targets <= anchors


def test_the_binder_is_a_whole_file_in_the_manifest_with_every_heading_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = command(tmp_path, monkeypatch, [], "--binder")
    assert made.exit_code == 0, made.output
    (folder,) = (tmp_path / "out").iterdir()
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    (entry,) = [entry for entry in manifest["documents"] if entry["id"] == "binder"]
    data = (folder / entry["files"][0]["path"]).read_bytes()
    parts(data)
    single = next(folder.glob("02*/*.docx")).read_bytes()
    said = words(data)
    body = [node.text for node in parts(single)["word/document.xml"].iter() if node.tag.endswith("}t") and node.text]
    long = ["".join(text.split()) for text in body if len(text) > 30]
    assert long
    assert all(text in said for text in long)
    assert "1目的" in said
