"""Write the files of one company: atomic, equal files left alone, edited files never touched."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import field
from enum import Enum
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.publish.files import atomic_write, check_inside, place_beside
from docgen.publish.lock import WAIT_SECONDS, FolderLock
from docgen.publish.manifest import MANIFEST, files_of, read_manifest
from docgen.publish.pristine import PRISTINE, Pristine
from docgen.records import dataclass

STATE = ".docgen"
LOCK = "lock"
_LEFTOVER = re.compile(r"^\..*\.\d+\.tmp$")
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
    _lock: FolderLock | None = None
    _pristine: Pristine | None = None
    _folders: dict[str, str] = field(default_factory=dict)  # those known to be inside → where they are

    def open(self, seconds: float = WAIT_SECONDS, waiting: Callable[[], None] | None = None) -> Publisher:
        """Take the folder's lock, read the manifest of the last run, and clear away what a killed run left.

        Raises:
            LockTimeout: another run still holds the folder after `seconds`; `waiting` was called meanwhile.
            OSError: the folder cannot be written to.
        """
        for name in (STATE, f"{STATE}/{LOCK}", f"{STATE}/{PRISTINE}"):
            if os.path.islink(f"{self.root}/{name}"):  # docgen made none, and it would write to where they lead
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), f"{self.root}/{name}")
        self._lock = FolderLock(self.root / STATE / LOCK)
        self._lock.acquire(seconds, waiting)
        try:
            self.manifest = read_manifest(self.root)
            self.previous = files_of(self.manifest)
        except FileNotFoundError:
            pass
        except (OSError, ValueError):
            self._note("O002", Severity.WARNING, MANIFEST)
        self._pristine = Pristine(str(self.root / STATE / PRISTINE))
        if self._pristine.resumed:
            self._clear_leftovers()
        return self

    def release(self) -> None:
        """Let others write to the folder."""
        if self._pristine is not None:
            self._pristine.close()
        if self._lock is not None:
            self._lock.release()

    def _clear_leftovers(self) -> None:
        for folder, _, names in os.walk(self.root):
            for name in names:
                if _LEFTOVER.match(name):
                    with suppress(OSError):
                        (Path(folder) / name).unlink()

    def write(self, path: str, data: bytes) -> Written:
        """Publish one generated file. A file the disk refuses (open in Word) is reported and left as it was.

        Raises:
            OSError: no file can be written here (disk full, folder read-only), or the path leaves the folder.
        """
        target = self._inside(path)
        digest = sha256(data).hexdigest()
        try:
            outcome = self._publish(path, target, data)
        except OSError as error:
            if error.errno in _ALL_FAIL or (isinstance(error, PermissionError) and not _is_locked(target)):
                raise
            code = "O006" if isinstance(error, PermissionError) else "O004"
            self._note(code, Severity.ERROR, path, reason=error.strerror or str(error))
            outcome, digest = Outcome.FAILED, self.previous.get(path, "")
        result = Written(path, outcome, digest)
        self.written.append(result)
        return result

    def _publish(self, path: str, target: str, data: bytes) -> Outcome:
        assert self._pristine is not None
        current = self._current(path, target)
        if current == data:
            self._pristine.keep(path, data)
            return Outcome.UNCHANGED
        edited = current is not None and self._is_edited(path, current)
        self._pristine.start()
        kept = self._pristine.keep(path, data)
        try:
            if not edited:
                atomic_write(target, data)
                return Outcome.WRITTEN
            pristine = self._pristine
            beside = place_beside(target, self.beside_suffix, lambda there: pristine.made(path, there))
            _replace_if_changed(beside, data)
        except OSError:
            if kept:
                self._pristine.undo(path)
            raise
        self._note("O001", Severity.WARNING, path, beside=os.path.basename(beside))
        return Outcome.BESIDE

    def _current(self, path: str, target: str) -> bytes | None:
        """What stands at a place now; a link that leads out of the folder is refused."""
        try:
            if stat.S_ISLNK(os.lstat(target).st_mode):
                check_inside(self.root, target)
            with open(target, "rb", buffering=0) as stream:
                return stream.read()
        except FileNotFoundError:
            return None

    def _is_edited(self, path: str, current: bytes) -> bool:
        """False for what docgen wrote itself, and for what a power cut leaves: a name without contents."""
        assert self._pristine is not None
        if not current or (current[0] == 0 and not current.strip(b"\0")):
            return False
        if sha256(current).hexdigest() == self.previous.get(path):
            return False
        return not (self._pristine.resumed and self._pristine.made(path, current))

    def close(self, manifest: Mapping[str, Any], *, complete: bool) -> None:
        """Write the manifest. After a complete build, files of the last one that are no longer in the set go, unless
        someone edited them. The lock is given back."""
        now = {w.path for w in self.written}
        if complete:
            for path, digest in self.previous.items():
                if path not in now:
                    self._retire(path, digest)
        _replace_if_changed(str(self.root / MANIFEST), _readable(manifest).encode("utf-8"))
        assert self._pristine is not None
        self._pristine.finish()
        self.release()

    def _retire(self, path: str, digest: str) -> None:
        assert self._pristine is not None
        try:
            target = self._inside(path)
            current = self._current(path, target)
        except OSError:
            return
        if current is None:
            self._pristine.drop(path)
        elif sha256(current).hexdigest() == digest:
            self._pristine.drop(path)
            os.unlink(target)
            self.written.append(Written(path, Outcome.REMOVED, digest))
        else:
            self._note("O003", Severity.WARNING, path)

    def _inside(self, path: str) -> str:
        """Where a file of the set stands."""
        folder, _, name = path.rpartition("/")
        place = self._folders.get(folder)
        if place is None:
            place = os.path.join(self.root, folder, "")
            check_inside(self.root, place)
            self._folders[folder] = place
        if name in ("", ".", "..") or os.path.basename(name) != name:
            raise OSError(f"outside the output folder: {path}")
        return place + name

    def _note(self, code: str, severity: Severity, path: str, **values: Any) -> None:
        place = Place(str(self.root / path))
        self.diagnostics.append(Diagnostic(code, severity, place, {"path": path, **values}))


def _is_locked(target: str) -> bool:
    """True if it is the file that refuses, not its folder."""
    return os.path.exists(target) and os.access(os.path.dirname(target), os.W_OK)


def _replace_if_changed(target: str, data: bytes) -> None:
    try:
        with open(target, "rb") as stream:
            if stream.read() == data:
                return
    except OSError:
        pass
    atomic_write(target, data)


def _readable(manifest: Mapping[str, Any]) -> str:
    """JSON with one line an entry."""
    rows = []
    for key, value in sorted(manifest.items()):
        text = "[\n  {}\n ]".format(",\n  ".join(map(_json, value))) if value and type(value) is list else _json(value)
        rows.append(f"{_quoted(key)}: {text}")
    return "{{\n {}\n}}\n".format(",\n ".join(rows))


_quoted = json.encoder.encode_basestring
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
_names = lru_cache(maxsize=1024)(_encode)  # of what a template reads or cites, the same for most companies


def _json(value: Any) -> str:
    """As `_encode` writes it, of tuples of texts each once."""
    kind = type(value)
    if kind is str:
        return _quoted(value)
    if kind is dict:
        return "{" + ", ".join([f"{_quoted(k)}: {_json(v)}" for k, v in sorted(value.items())]) + "}"
    return _names(value) if kind is tuple else _encode(value)
