"""Exact page numbers from LibreOffice, with stand-ins where LibreOffice must fail."""

from __future__ import annotations

import shutil
import sys
import tempfile
import zlib
from pathlib import Path

import pytest

from docgen.document.model import Heading, Text
from docgen.writers.docx import load_theme, write_docx
from docgen.writers.exact import find_pages, read_outline
from tests.writers.samples import document, every_block
from tests.writers.test_docx_writer import THEMES

PDF = b"""%PDF-1.6
1 0 obj <</Type/Catalog/Pages 2 0 R/Outlines 5 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>> endobj
3 0 obj <</Type/Page/Parent 2 0 R>> endobj
4 0 obj <</Type/Page/Parent 2 0 R>> endobj
5 0 obj <</Type/Outlines/First 6 0 R/Last 8 0 R>> endobj
6 0 obj <</Title<FEFF7AE0>/Dest[3 0 R/XYZ 1 2 0]/First 7 0 R/Last 7 0 R/Next 8 0 R>> endobj
7 0 obj <</Title<FEFF8282>/Dest[4 0 R/XYZ 1 2 0]/Parent 6 0 R>> endobj
8 0 obj <</Title<FEFF672B>/Dest[4 0 R/XYZ 1 2 0]/Prev 6 0 R>> endobj
%%EOF
"""


def office(folder: Path, program: str) -> list[str]:
    """A stand-in for LibreOffice that runs `program`."""
    path = folder / "office.py"
    path.write_text(program)
    return [sys.executable, str(path)]


def test_an_outline_is_read_in_document_order() -> None:
    assert list(read_outline(PDF)) == [("章", 1), ("节", 2), ("末", 2)]


def test_an_outline_inside_object_streams_is_read() -> None:
    inner = [b"<</Type/Outlines/First 6 0 R>>", b"<</Title<FEFF7AE0>/Dest[3 0 R/XYZ 0 0 0]>>"]
    head = f"5 0 6 {len(inner[0]) + 1} ".encode()
    packed = zlib.compress(head + inner[0] + b" " + inner[1])
    stream = b"9 0 obj <</Type/ObjStm/N 2/First %d/Length %d>>\nstream\n%s\nendstream endobj" % (
        len(head),
        len(packed),
        packed,
    )
    assert list(read_outline(PDF[: PDF.index(b"5 0 obj")] + stream)) == [("章", 1)]


def test_a_pdf_without_outline_gives_nothing() -> None:
    assert list(read_outline(b"%PDF-1.4 nothing")) == []


def test_pages_come_by_anchor(tmp_path: Path) -> None:
    command = office(
        tmp_path,
        "import sys, pathlib\n"
        "for name in sys.argv[1:]:\n"
        "    if name.endswith('.docx'):\n"
        f"        pathlib.Path(name).with_suffix('.pdf').write_bytes({PDF!r})\n",
    )
    made = document([Heading(1, (Text(t),), anchor=a) for t, a in (("章", "a"), ("节", "b"), ("末", "c"))])
    other = document([Heading(1, (Text("只有一个"),), anchor="x")])
    pages, problems = find_pages([(made, b""), (other, b"")], command=command)
    assert pages == [{"a": 1, "b": 2, "c": 2}, {}]
    assert [p.code for p in problems] == ["D203"]


def test_a_missing_office_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    pages, problems = find_pages([(document([]), b"")])
    assert pages == [{}]
    assert [p.code for p in problems] == ["D201"]


def test_an_office_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.writers.office._START_SECONDS", 0.5)
    command = office(tmp_path, "import time\ntime.sleep(60)\n")
    pages, problems = find_pages([(document([]), b"")], command=command, seconds=0.1)
    assert pages == [{}]
    assert [p.code for p in problems] == ["D202"]


def test_an_office_that_fails_is_reported_with_its_exit_code(tmp_path: Path) -> None:
    pages, problems = find_pages([(document([]), b"")], command=office(tmp_path, "raise SystemExit(7)"))
    assert pages == [{}]
    assert problems[0].code == "D203" and "7" in str(problems[0].values["reason"])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_says_the_pages_of_all_headings() -> None:
    flock = shutil.which("flock")
    lock = [flock, str(Path(tempfile.gettempdir()) / "soffice.lock")] if flock else []
    made = document(every_block(), cover=True)
    theme = load_theme(THEMES / "formal")
    pages, problems = find_pages([(made, write_docx(made, theme))], command=[*lock, "soffice"])
    assert problems == []
    found = [pages[0][b.anchor] for b in made.blocks if isinstance(b, Heading)]
    assert found == sorted(found) and found[0] == 3
    again, _ = find_pages([(made, write_docx(made, theme, pages=pages[0]))], command=[*lock, "soffice"])
    assert again == pages
