"""Every file of every sample company is a valid package, converts, and its contents page tells the truth."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path

import pytest

from docgen.document import Contents, Heading
from docgen.library import data_folder
from docgen.pipeline import BuildOptions, BuildResult, build_set, compose_all, prepare
from tests.content.sets import NAMES, library

_OFFICE = shutil.which("soffice")
_IDENTITY = re.compile(rb'w14:paraId="([0-9A-F]{8})"')
needs_office = pytest.mark.skipif(
    not _OFFICE and not os.environ.get("DOCGEN_REQUIRE_OFFICE"), reason="LibreOffice is not installed"
)


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sets")


@cache
def built(name: str, output: Path) -> BuildResult:
    result = build_set(data_folder("company_profiles") / f"{name}.yaml", library(), BuildOptions(output=output))
    assert result.ok, result.diagnostics[:5]
    return result


def files(result: BuildResult, suffix: str) -> list[Path]:
    assert result.folder is not None
    return [result.folder / w.path for w in result.written if w.path.endswith(suffix)]


@pytest.mark.parametrize("name", NAMES)
def test_openxml_audit_finds_nothing_in_any_file(name: str, output: Path) -> None:
    from openxml_audit import OpenXmlValidator

    validator = OpenXmlValidator()
    for path in files(built(name, output), ".docx"):
        found = validator.validate(path)
        assert not found.errors, f"{path.name}: {found.errors[:3]}"


@pytest.mark.parametrize("name", NAMES)
def test_ooxml_integrity_finds_nothing_in_any_file(name: str, output: Path) -> None:
    paths = [str(p) for p in files(built(name, output), ".docx")]
    command = [sys.executable, "-m", "ooxml_integrity", "check", *paths]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    assert done.stdout.count("clean") == len(paths)


@pytest.mark.parametrize("name", NAMES)
def test_every_paragraph_has_an_id_that_no_other_has(name: str, output: Path) -> None:
    for path in files(built(name, output), ".docx"):
        with zipfile.ZipFile(path) as package:
            ids = _IDENTITY.findall(package.read("word/document.xml"))
        assert len(set(ids)) == len(ids) > 0, path.name
        assert all(0 < int(id, 16) < 0x80000000 for id in ids), path.name


@pytest.mark.parametrize("name", NAMES)
def test_every_workbook_opens(name: str, output: Path) -> None:
    from openpyxl import load_workbook

    paths = files(built(name, output), ".xlsx")
    assert paths
    for path in paths:
        assert load_workbook(path).worksheets


@needs_office
@pytest.mark.parametrize("name", ["electronics", "toys", "minimal"])
def test_estimated_contents_pages_are_within_one_page_of_the_layout(name: str) -> None:
    from docgen.writers.docx import write_docx
    from docgen.writers.exact import find_pages

    prepared = prepare(data_folder("company_profiles") / f"{name}.yaml", library())
    composed, _ = compose_all(prepared, prepared.company.plan.documents.values(), library())
    manual = next(c for c in composed if any(type(b) is Contents for b in c.document.blocks))
    theme = library().theme()
    data = write_docx(manual.document, theme)
    (exact,), faults = find_pages([(manual.document, data)], seconds=120)
    assert not faults
    estimated = contents_pages(data)
    anchors = [b.anchor for b in manual.document.blocks if type(b) is Heading and b.anchor in exact and b.level <= 3]
    pairs = list(zip(estimated, [exact[a] for a in anchors], strict=False))
    assert len(pairs) > 30
    near = sum(abs(a - b) <= 1 for a, b in pairs)
    assert near >= 0.95 * len(pairs), [p for p in pairs if abs(p[0] - p[1]) > 1]
    again = write_docx(manual.document, theme, pages=exact)
    assert contents_pages(again) == [exact[a] for a in anchors][: len(pairs)]


def contents_pages(data: bytes) -> list[int]:
    """The page numbers the contents page shows, in order."""
    import io
    import zipfile

    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    return [int(n) for n in re.findall(r"PAGEREF [^<]*</w:instrText>.*?<w:t[^>]*>(\d+)</w:t>", xml, re.DOTALL)]


def test_two_builds_in_two_processes_give_the_same_bytes(tmp_path: Path) -> None:
    profile = data_folder("company_profiles") / "toys.yaml"
    trees = []
    for number, seed in enumerate(("1", "77")):
        folder = tmp_path / str(number)
        command = [sys.executable, "-m", "docgen", "build", str(profile), "-o", str(folder)]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "DOCGEN_CACHE": str(tmp_path / f"cache{number}")}
        subprocess.run(command, check=True, capture_output=True, env=environment)
        trees.append(
            {
                p.relative_to(folder): p.read_bytes()
                for p in folder.rglob("*")
                if p.is_file() and ".docgen" not in p.parts
            }
        )
    assert trees[0]
    assert trees[0] == trees[1]
