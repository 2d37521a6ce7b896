"""The files of a folder, read one by one: what cannot be read is named and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from docgen.audit.model import AuditDocument
from docgen.audit.package import Unreadable, load
from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.publish.manifest import MANIFEST, read_manifest

REVIEW_SUFFIX = "_review"
_READ = {".docx", ".docm", ".xlsx", ".xlsm"}
_OLD = {".doc", ".wps", ".xls", ".et", ".rtf"}
_SILENT = {".json", ".yaml", ".yml", ".png", ".jpg", ".jpeg", ".txt", ".md", ".csv", ".html"}
_MAX_FILES = 5000


def files(root: Path) -> Iterator[Path]:
    """The files below a folder that are not docgen's own, hidden, or another program's locks."""
    if root.is_file():
        yield root
        return
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if any(p.startswith((".", "~$")) or p.endswith(REVIEW_SUFFIX) for p in parts) or not path.is_file():
            continue
        yield path


def manifest_of(root: Path) -> Mapping[str, Any]:
    """docgen's manifest of a folder; empty where there is none or it is no manifest."""
    try:
        return read_manifest(root)
    except (OSError, ValueError):
        return {}


def set_folders(root: Path) -> list[Path]:
    """The sets of a folder: itself, or the company folders in it where docgen wrote several beside each other."""
    if not root.is_dir() or (root / MANIFEST).is_file():
        return [root]
    return sorted(p.parent for p in root.glob(f"*/{MANIFEST}") if not p.parent.name.endswith(REVIEW_SUFFIX)) or [root]


def read_folder(root: Path) -> tuple[list[AuditDocument], list[Diagnostic]]:
    """Every readable document of a folder, and a finding for each file that is none."""
    documents: list[AuditDocument] = []
    faults: list[Diagnostic] = []
    for number, path in enumerate(files(root)):
        if number == _MAX_FILES:
            faults.append(_fault("A022", str(root), limit=_MAX_FILES))
            break
        name = path.name if root.is_file() else path.relative_to(root).as_posix()
        suffix = path.suffix.lower()
        if suffix in _OLD:
            faults.append(_fault("A017", name))
        elif suffix in _READ:
            try:
                documents.append(read_file(path, name))
            except Unreadable as error:
                faults.append(_fault(error.code, name, **error.values))
            except (RecursionError, MemoryError, ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
                faults.append(_fault("A011", name, reason=type(error).__name__))
        elif suffix not in _SILENT:
            faults.append(_fault("A021", name, severity=Severity.NOTE))
    return documents, faults


def read_file(path: Path, name: str) -> AuditDocument:
    """One .docx or .xlsx. Raises Unreadable."""
    from docgen.audit.docx_reader import read_docx
    from docgen.audit.xlsx_reader import read_xlsx

    data = load(path)
    document = read_xlsx(data, name) if path.suffix.lower().startswith(".xls") else read_docx(data, name)
    document.sha256 = sha256(data).hexdigest()
    return document


def _fault(code: str, name: str, severity: Severity = Severity.ERROR, **values: Any) -> Diagnostic:
    return Diagnostic(code, severity, Place(name), values)
