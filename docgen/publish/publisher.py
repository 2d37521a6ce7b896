"""Write the files of one company: atomic, equal files left alone, edited files never touched."""

from __future__ import annotations

import errno
import json
import os
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.publish.lock import WAIT_SECONDS, FolderLock

MANIFEST = "manifest.json"
STATE = ".docgen"
PRISTINE = "pristine"
JOURNAL = "journal"  # what an unfinished run has written: its files are not taken for edited ones
LOCK = "lock"
_LEFTOVER = re.compile(r"^\..*\.\d+\.tmp$")
_RETRIES, _RETRY_SECONDS = (5 if os.name == "nt" else 0), 0.1
_ALL_FAIL = frozenset({errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO})  # the next file would fare no better


class Outcome(str, Enum):
    """What became of one file."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    BESIDE = "beside"  # someone edited the file: the new one stands beside it
    REMOVED = "removed"  # no longer in the set and never edited
    FAILED = "failed"  # the disk refused; what was there is still there


@dataclass(frozen=True, slots=True)
class Written:
    """One file of the output folder. `path` is relative to the company's folder, `sha256` is of what docgen made: for
    a failed file of what it made last time, "" if it made nothing."""

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
    _unfinished: dict[str, set[str]] = field(default_factory=dict)  # path → what a killed run may have written
    _lock: FolderLock | None = None
    _journal: IO[bytes] | None = None

    def open(self, seconds: float = WAIT_SECONDS, waiting: Callable[[], None] | None = None) -> Publisher:
        """Take the folder's lock, read the manifest of the last run, and clear away what a killed run left.

        Raises:
            LockTimeout: another run still holds the folder after `seconds`; `waiting` was called meanwhile.
            OSError: the folder cannot be written to.
        """
        self._lock = FolderLock(self.root / STATE / LOCK)
        self._lock.acquire(seconds, waiting)
        try:
            self.manifest = json.loads((self.root / MANIFEST).read_text(encoding="utf-8"))
            files = [f for entry in self.manifest["documents"] for f in entry["files"]]
            self.previous = {f["path"]: f["sha256"] for f in files}
        except FileNotFoundError:
            pass
        except (OSError, ValueError, KeyError, TypeError):
            self.manifest = {}
            self._note("O002", Severity.WARNING, MANIFEST)
        self._read_journal()
        return self

    def release(self) -> None:
        """Let others write to the folder."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None
        if self._lock is not None:
            self._lock.release()

    def _read_journal(self) -> None:
        try:
            lines = (self.root / STATE / JOURNAL).read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return
        for line in lines:
            digest, _, path = line.partition(" ")
            self._unfinished.setdefault(path, set()).add(digest)
        for folder, _, names in os.walk(self.root):
            for name in names:
                if _LEFTOVER.match(name):
                    with suppress(OSError):
                        (Path(folder) / name).unlink()

    def _record(self, path: str, digest: str) -> None:
        if self._journal is None:
            self._journal = (self.root / STATE / JOURNAL).open("ab", buffering=0)
        self._journal.write(f"{digest} {path}\n".encode())

    def write(self, path: str, data: bytes) -> Written:
        """Publish one generated file. A file the disk refuses (open in Word) is reported and left as it was.

        Raises:
            OSError: no file can be written here (disk full, folder read-only), or the path leaves the folder.
        """
        target = self._inside(path)
        digest = sha256(data).hexdigest()
        try:
            outcome = self._publish(path, target, data, digest)
        except OSError as error:
            if error.errno in _ALL_FAIL or (isinstance(error, PermissionError) and not _is_locked(target)):
                raise
            code = "O006" if isinstance(error, PermissionError) else "O004"
            self._note(code, Severity.ERROR, path, reason=error.strerror or str(error))
            outcome, digest = Outcome.FAILED, self.previous.get(path, "")
        result = Written(path, outcome, digest)
        self.written.append(result)
        return result

    def _publish(self, path: str, target: Path, data: bytes, digest: str) -> Outcome:
        outcome = Outcome.WRITTEN
        try:
            current = target.read_bytes()
        except FileNotFoundError:
            current = None
        if current is not None:
            if current == data:
                outcome = Outcome.UNCHANGED
            elif self._is_edited(path, current):
                outcome = Outcome.BESIDE
                beside = target.with_name(f"{target.stem}{self.beside_suffix}{target.suffix}")
                self._replace_if_changed(beside, data)
                self._note("O001", Severity.WARNING, path, beside=beside.name)
        if outcome is Outcome.WRITTEN:
            self._record(path, digest)
            atomic_write(target, data)
        self._replace_if_changed(self.root / STATE / PRISTINE / path, data)
        return outcome

    def _is_edited(self, path: str, current: bytes) -> bool:
        """False for what docgen wrote itself, and for what a power cut leaves: a name without contents."""
        if not current or (current[0] == 0 and not current.strip(b"\0")):
            return False
        digest = sha256(current).hexdigest()
        return digest != self.previous.get(path) and digest not in self._unfinished.get(path, ())

    def close(self, manifest: Mapping[str, Any], *, complete: bool) -> None:
        """Write the manifest. After a complete build, files of the last one that are no longer in the set go, unless
        someone edited them. The lock is given back."""
        now = {w.path for w in self.written}
        if complete:
            for path, digest in self.previous.items():
                if path not in now:
                    self._retire(path, digest)
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        self._replace_if_changed(self.root / MANIFEST, text.encode("utf-8"))
        if self._journal is not None:
            self._journal.close()
            self._journal = None
        (self.root / STATE / JOURNAL).unlink(missing_ok=True)
        self.release()

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


def _is_locked(target: Path) -> bool:
    """True if it is the file that refuses, not its folder."""
    return target.exists() and os.access(target.parent, os.W_OK)


def atomic_write(target: Path, data: bytes) -> None:
    """Write under a temporary name in the same folder, then rename: a reader sees the old file or the new one."""
    temporary = target.with_name(f".{target.name[:40]}.{os.getpid()}.tmp")
    try:
        try:
            temporary.write_bytes(data)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data)
        _rename(temporary, target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _rename(temporary: Path, target: Path) -> None:
    """Virus scanners and indexers hold a new file for a moment on Windows."""
    for _ in range(_RETRIES):
        try:
            temporary.replace(target)
        except PermissionError:
            time.sleep(_RETRY_SECONDS)
        else:
            return
    temporary.replace(target)
