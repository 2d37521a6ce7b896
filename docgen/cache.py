"""One cache file: a stamp, an index and entries that are unpickled when they are first asked for."""

from __future__ import annotations

import os
import pickle
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from itertools import accumulate, pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, BinaryIO, TypeVar
from zlib import crc32

T = TypeVar("T")

_MAGIC = b"docgen cache 2\n"
_DAY = 86400.0  # seconds
_KEPT = 30 * _DAY  # a cache nobody read for so long goes
_Index = dict[str, tuple[int, ...]]  # name of an entry → where its pickle begins and ends, and each of its buffers


def cache_folder() -> Path:
    """Where compiled templates are kept: `DOCGEN_CACHE`, else the system's folder for caches."""
    own = os.environ.get("DOCGEN_CACHE")
    if own:
        return Path(own)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "docgen" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "docgen"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "docgen"


def files_below(folders: Iterable[Path]) -> list[tuple[str, int, int]]:
    """Path, time and size of every file below the folders; hidden ones, bytecode and Word's own left out."""
    found: list[tuple[str, int, int]] = []
    waiting = [str(folder) for folder in folders]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.name.startswith((".", "~$")) or entry.name == "__pycache__":
                    continue
                if entry.is_dir():
                    waiting.append(entry.path)
                    continue
                with suppress(OSError):  # a link to nowhere
                    status = entry.stat()
                    found.append((entry.path, status.st_mtime_ns, status.st_size))
    found.sort()
    return found


class Entries(MutableMapping[str, T]):
    """A mapping whose values may still lie pickled in the cache."""

    def __init__(self, data: memoryview | None = None, index: _Index | None = None) -> None:
        self._data = data or memoryview(b"")
        self._index = index or {}
        self._values: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        value = self._values.get(name)
        if value is None:
            body, *buffers = self._pieces(name)
            value = self._values[name] = pickle.loads(body, buffers=buffers)
        return value

    def __setitem__(self, name: str, value: T) -> None:
        self._values[name] = value
        self._index.pop(name, None)

    def __delitem__(self, name: str) -> None:
        self._values.pop(name, None)
        self._index.pop(name, None)

    def __contains__(self, name: object) -> bool:
        return name in self._index or name in self._values

    def __iter__(self) -> Iterator[str]:
        yield from self._index
        yield from (name for name in self._values if name not in self._index)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @property
    def grown(self) -> bool:
        """True if there are values that did not come from the cache."""
        return any(name not in self._index for name in self._values)

    def pickled(self, name: str) -> list[bytes]:
        """An entry as it lies in the cache or will lie there: its pickle, and what is used where it lies."""
        if name in self._index:
            return [bytes(piece) for piece in self._pieces(name)]
        buffers: list[pickle.PickleBuffer] = []
        body = pickle.dumps(self._values[name], 5, buffer_callback=buffers.append)
        return [body, *(bytes(buffer) for buffer in buffers)]

    def _pieces(self, name: str) -> list[memoryview]:
        return [self._data[start:end] for start, end in pairwise(self._index[name])]


def cache_file(roots: tuple[Path, ...]) -> Path:
    """The cache of a set of folders."""
    key = crc32("|".join(map(str, roots)).encode())
    return cache_folder() / f"templates-{key:08x}-{sys.version_info[0]}{sys.version_info[1]}.cache"


def read_cache(roots: tuple[Path, ...], stamp: str) -> dict[str, Entries[Any]] | None:
    """The groups of entries of a cache that bears this stamp; None if there is none or it is broken."""
    path = cache_file(roots)
    try:
        with path.open("rb") as file:
            head = _head(file)
            if head["stamp"] != stamp:
                return None
            if os.name == "nt":  # which would not let a mapped file be replaced
                data = memoryview(file.read())
            else:
                data = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))[file.tell() :]
            age = time.time() - os.fstat(file.fileno()).st_mtime
        if len(data) != head["size"]:
            return None
        if age > _DAY:
            os.utime(path)  # it is in use
        return {name: Entries(data, index) for name, index in head["groups"].items()}
    except Exception:  # whatever a foreign or broken file makes of it
        return None


def write_cache(roots: tuple[Path, ...], stamp: str, groups: Mapping[str, Entries[Any]]) -> None:
    """Write the cache. One that cannot be written is not missed."""
    bodies: list[bytes] = []
    at = 0
    indices: dict[str, _Index] = {}
    try:
        for group, entries in groups.items():
            indices[group] = index = {}
            for name in entries:
                pieces = entries.pickled(name)
                bodies += pieces
                index[name] = tuple(accumulate(map(len, pieces), initial=at))
                at = index[name][-1]
        whole = b"".join(bodies)
        path = cache_file(roots)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        head = {"stamp": stamp, "size": len(whole), "roots": [*map(str, roots)], "groups": indices}
        packed = pickle.dumps(head, pickle.HIGHEST_PROTOCOL)
        temporary.write_bytes(b"".join((_MAGIC, len(packed).to_bytes(8, "big"), packed, whole)))
        temporary.replace(path)
    except (OSError, pickle.PicklingError):
        return
    prune(path)


def prune(kept: Path) -> None:
    """Take away caches beside `kept` that nobody read for a month, or whose folders are gone, and half-written ones."""
    now = time.time()
    for path in kept.parent.glob("templates-*.cache*"):
        if path == kept:
            continue
        with suppress(OSError):
            age = now - path.stat().st_mtime
            unfinished = path.suffix != ".cache"
            if age > (_DAY if unfinished else _KEPT) or (not unfinished and _orphan(path)):
                path.unlink()


def _orphan(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return not all(Path(root).is_dir() for root in _head(file)["roots"])
    except Exception:  # of another version
        return False


def _head(file: BinaryIO) -> dict[str, Any]:
    """What stands before the entries. Raises all sorts of errors for what is no cache."""
    if file.read(len(_MAGIC)) != _MAGIC:
        raise ValueError("foreign")
    head: dict[str, Any] = pickle.loads(file.read(int.from_bytes(file.read(8), "big")))
    return head
