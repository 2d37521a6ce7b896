"""Sets in memory: read once, changed file by file, audited by check."""

from __future__ import annotations

import copy
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from lxml import etree

from docgen.audit.audit import _own, run_checks
from docgen.audit.docx_reader import W, read_docx
from docgen.audit.known import traces
from docgen.audit.model import AuditDocument
from docgen.audit.recognise import recognise
from docgen.audit.subject import Other, Subject
from docgen.audit.words import load_words
from docgen.diagnostics import Diagnostic
from docgen.library import Library, load_library

TODAY = date(2026, 11, 22)
HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@dataclass
class Base:
    """A set as bytes and as documents."""

    name: str
    files: dict[str, bytes]
    manifest: Mapping = field(default_factory=dict)
    profile: object = None
    read: dict[str, AuditDocument] = field(default_factory=dict)
    known: tuple[Other, ...] = ()

    def documents(self, changed: Mapping[str, bytes | None]) -> list[AuditDocument]:
        """Fresh documents; a changed file read anew, one changed to None left out."""
        found = []
        for path, data in {**self.files, **changed}.items():
            if data is None:
                continue
            if path in changed or path not in self.read:
                document = read_docx(data, path)
                document.sha256 = sha256(data).hexdigest()
                if path in changed:
                    found.append(document)
                    continue
                self.read[path] = document
            found.append(copy.copy(self.read[path]))
        return found


@lru_cache(maxsize=1)
def library() -> Library:
    return load_library()


def audit(
    base: Base, changed: Mapping[str, bytes | None] | None = None, only: tuple[str, ...] = (), **extra
) -> list[Diagnostic]:
    """The findings of a set with some files changed."""
    lib = library()
    documents = base.documents(changed or {})
    words = load_words(lib.roots)
    recognise(documents, base.manifest, words, lib.catalogue)
    profile = extra.pop("profile", base.profile)
    values = {"others": base.known, **extra}
    subject = Subject(
        Path(base.name),
        documents,
        words,
        lib.catalogue,
        TODAY,
        profile,
        _own(profile),
        manifest=base.manifest,
        **values,
    )
    return run_checks(subject, only)


@lru_cache(maxsize=4)
def own_set(name: str = "electronics") -> Base:
    """docgen's own set of a sample company."""
    import json

    from docgen.pipeline import BuildOptions, build_set, prepare
    from docgen.profile.loading import load_profile

    path = ROOT / "company_profiles" / f"{name}.yaml"
    with tempfile.TemporaryDirectory() as folder:
        result = build_set(path, library(), BuildOptions(output=Path(folder)))
        assert result.folder is not None, result.diagnostics
        files = {
            p.relative_to(result.folder).as_posix(): p.read_bytes()
            for p in sorted(result.folder.rglob("*.docx"))
            if ".docgen" not in p.parts
        }
        manifest = json.loads((result.folder / "manifest.json").read_text(encoding="utf-8"))
    other = load_profile(ROOT / "company_profiles" / "toys.yaml").profile
    known = (Other(other.company.full_name or "", traces(other)),)
    return Base(name, files, manifest, prepare(path, library()).profile, known=known)


@lru_cache(maxsize=1)
def foreign() -> Base:
    from tests.audit.foreign import foreign_set

    return Base("foreign", foreign_set(), known=own_set().known)


@lru_cache(maxsize=1)
def office() -> Base:
    """The stranger's set as LibreOffice saves it; made once and kept beside the tests."""
    with zipfile.ZipFile(HERE / "fixtures" / "office.zip") as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    return Base("office", files, known=own_set().known)


# ---- changing files

Change = Callable[[Base], dict[str, "bytes | None"]]


def _paths(base: Base, part: str) -> list[str]:
    found = [p for p in base.files if re.search(part, p)]
    assert found, f"{base.name}: no file {part}"
    return found


def edit(data: bytes, act: Callable[[etree._Element], int], member: str = "word/document.xml") -> tuple[bytes, int]:
    """The file with one member's tree changed."""
    source = zipfile.ZipFile(BytesIO(data))
    root = etree.fromstring(source.read(member))
    count = act(root)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for info in source.infolist():
            content = etree.tostring(root) if info.filename == member else source.read(info.filename)
            target.writestr(info.filename, content)
    return out.getvalue(), count


def _texts(root: etree._Element, old: str, new: str) -> int:
    count = 0
    for paragraph in root.iter(W + "p"):
        if paragraph.find(f".//{W}p") is not None:
            continue
        pieces = list(paragraph.iter(W + "t"))
        whole = "".join(t.text or "" for t in pieces)
        if old in whole:
            pieces[0].text = whole.replace(old, new)
            for piece in pieces[1:]:
                piece.text = ""
            count += 1
    return count


def _rows(root: etree._Element, text: str) -> int:
    rows = [r for r in root.iter(W + "tr") if text in "".join(t.text or "" for t in r.iter(W + "t"))]
    rows = [r for r in rows if not any(r is not o and r in o.iterancestors() for o in rows)]
    for row in rows:
        row.getparent().remove(row)
    return len(rows)


def replace(part: str, old: str, new: str, member: str = "word/document.xml") -> Change:
    """Words of the first files that have them exchanged."""

    def change(base: Base) -> dict[str, bytes | None]:
        found: dict[str, bytes | None] = {}
        for path in _paths(base, part):
            if member not in zipfile.ZipFile(BytesIO(base.files[path])).namelist():
                continue
            data, count = edit(base.files[path], lambda root: _texts(root, old, new), member)
            if count:
                found[path] = data
        assert found, f"{base.name}: {old} not in {part}"
        return found

    return change


def drop_rows(part: str, text: str) -> Change:
    def change(base: Base) -> dict[str, bytes | None]:
        found: dict[str, bytes | None] = {}
        for path in _paths(base, part):
            data, count = edit(base.files[path], lambda root: _rows(root, text))
            if count:
                found[path] = data
        assert found, f"{base.name}: no row {text} in {part}"
        return found

    return change


def add(part: str, text: str) -> Change:
    """A paragraph at the end of the body of the first file."""

    def act(root: etree._Element) -> int:
        body = root.find(W + "body")
        paragraph = etree.Element(W + "p")
        etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "t").text = text
        body.insert(len(body) - 1, paragraph)
        return 1

    def change(base: Base) -> dict[str, bytes | None]:
        path = _paths(base, part)[0]
        return {path: edit(base.files[path], act)[0]}

    return change


def remove(part: str) -> Change:
    return lambda base: dict.fromkeys(_paths(base, part))


def wrap(part: str, tag: str) -> Change:
    """The first run of a file becomes a tracked insertion or deletion."""

    def act(root: etree._Element) -> int:
        run = next(r for r in root.iter(W + "r") if r.find(W + "t") is not None)
        mark = etree.Element(W + tag, {W + "id": "990", W + "author": "x"})
        run.getparent().replace(run, mark)
        mark.append(run)
        return 1

    def change(base: Base) -> dict[str, bytes | None]:
        path = _paths(base, part)[0]
        return {path: edit(base.files[path], act)[0]}

    return change


def prop(part: str, tag: str, value: str) -> Change:
    """A core property of a file."""

    def act(root: etree._Element) -> int:
        element = next((e for e in root if e.tag.endswith("}" + tag)), None)
        assert element is not None, tag
        element.text = value
        return 1

    def change(base: Base) -> dict[str, bytes | None]:
        path = _paths(base, part)[0]
        return {path: edit(base.files[path], act, "docProps/core.xml")[0]}

    return change


def both(*changes: Change) -> Change:
    """Changes of different files together."""

    def change(base: Base) -> dict[str, bytes | None]:
        found: dict[str, bytes | None] = {}
        rest = base
        for one in changes:
            step = one(rest)
            found |= step
            rest = Base(base.name, {p: d for p, d in {**rest.files, **step}.items() if d is not None})
        return found

    return change
