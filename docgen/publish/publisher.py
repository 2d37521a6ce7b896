"""Write the files of one company: atomic, equal files left alone, edited files never touched."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any

from docgen.diagnostics import Diagnostic, Place, Severity

MANIFEST = "manifest.json"
STATE = ".docgen"
PRISTINE = "pristine"


class Outcome(str, Enum):
    """What became of one file."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    BESIDE = "beside"  # someone edited the file: the new one stands beside it
    REMOVED = "removed"  # no longer in the set and never edited


@dataclass(frozen=True, slots=True)
class Written:
    """One file of the output folder. `path` is relative to the company's folder."""

    path: str
    outcome: Outcome
    sha256: str


@dataclass(slots=True)
class Publisher:
    """Writes one company's folder. Nothing outside `root` is ever touched."""

    root: Path
    beside_suffix: str
    previous: dict[str, str] = field(default_factory=dict)  # path → sha256 of what was generated last
    manifest: dict[str, Any] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def open(self) -> Publisher:
        """Read the manifest of the last run, if there is a sound one."""
        try:
            self.manifest = json.loads((self.root / MANIFEST).read_text(encoding="utf-8"))
            files = [f for entry in self.manifest["documents"] for f in entry["files"]]
            self.previous = {f["path"]: f["sha256"] for f in files}
        except FileNotFoundError:
            pass
        except (OSError, ValueError, KeyError, TypeError):
            self.manifest = {}
            self._note("O002", Severity.WARNING, MANIFEST)
        return self

    def write(self, path: str, data: bytes) -> Written:
        """Publish one generated file. Raises OSError if the disk refuses."""
        target = self._inside(path)
        digest = sha256(data).hexdigest()
        outcome = Outcome.WRITTEN
        try:
            current = target.read_bytes()
        except FileNotFoundError:
            current = None
        if current is not None:
            if current == data:
                outcome = Outcome.UNCHANGED
            elif sha256(current).hexdigest() != self.previous.get(path):
                outcome = Outcome.BESIDE
                beside = target.with_name(f"{target.stem}{self.beside_suffix}{target.suffix}")
                self._replace_if_changed(beside, data)
                self._note("O001", Severity.WARNING, path, beside=beside.name)
        if outcome is Outcome.WRITTEN:
            atomic_write(target, data)
        self._replace_if_changed(self.root / STATE / PRISTINE / path, data)
        result = Written(path, outcome, digest)
        self.written.append(result)
        return result

    def close(self, manifest: Mapping[str, Any], *, complete: bool) -> None:
        """Write the manifest. After a complete build, files of the last one that are no longer in the set go, unless
        someone edited them."""
        now = {w.path for w in self.written}
        if complete:
            for path, digest in self.previous.items():
                if path not in now:
                    self._retire(path, digest)
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        self._replace_if_changed(self.root / MANIFEST, text.encode("utf-8"))

    def _retire(self, path: str, digest: str) -> None:
        target = self._inside(path)
        try:
            current = target.read_bytes()
        except OSError:
            return
        if sha256(current).hexdigest() == digest:
            target.unlink()
            self.written.append(Written(path, Outcome.REMOVED, digest))
            pristine = self.root / STATE / PRISTINE / path
            pristine.unlink(missing_ok=True)
        else:
            self._note("O003", Severity.WARNING, path)

    def _inside(self, path: str) -> Path:
        target = self.root / path
        if not target.resolve().is_relative_to(self.root.resolve()):
            raise OSError(f"outside the output folder: {path}")
        return target

    @staticmethod
    def _replace_if_changed(target: Path, data: bytes) -> None:
        try:
            if target.read_bytes() == data:
                return
        except OSError:
            pass
        atomic_write(target, data)

    def _note(self, code: str, severity: Severity, path: str, **values: Any) -> None:
        place = Place(str(self.root / path))
        self.diagnostics.append(Diagnostic(code, severity, place, {"path": path, **values}))


def atomic_write(target: Path, data: bytes) -> None:
    """Write under a temporary name in the same folder, then rename: a reader sees the old file or the new one."""
    temporary = target.with_name(f".{target.name[:40]}.{os.getpid()}.tmp")
    try:
        try:
            temporary.write_bytes(data)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
