"""One cache file: a stamp, an index and entries that are unpickled when they are first asked for."""

from __future__ import annotations

import os
import pickle
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias, TypeVar
from zlib import crc32

from docgen.sharing import SharedValues

T = TypeVar("T")

_MAGIC = b"docgen cache 3\n"
_DAY = 86400.0  # seconds
_KEPT = 30 * _DAY  # a cache nobody read for so long goes
_Index: TypeAlias = dict[str, tuple[int, int]]  # name of an entry → where its pickle begins and how long it is
_Read: TypeAlias = Callable[[int, int], bytes]


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
    linked: set[str] = set()  # a link may lead to a folder it lies in
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.name.startswith((".", "~$")) or entry.name == "__pycache__":
                    continue
                if entry.is_dir():
                    if entry.is_symlink():
                        if (real := os.path.realpath(entry.path)) in linked:
                            continue
                        linked.add(real)
                    waiting.append(entry.path)
                    continue
                with suppress(OSError):  # a link to nowhere
                    status = entry.stat()
                    found.append((entry.path, status.st_mtime_ns, status.st_size))
    found.sort()
    return found


class Entries(MutableMapping[str, T]):
    """A mapping whose values may still lie pickled in the cache."""

    def __init__(
        self, read: _Read | None = None, index: _Index | None = None, shared: SharedValues | None = None
    ) -> None:
        self._read = read
        self._index = index or {}
        self._values: dict[str, T] = {}
        self.shared = shared or SharedValues()  # with the other groups of a cache

    def __getitem__(self, name: str) -> T:
        value = self._values.get(name)
        if value is None:
            value = self._values[name] = self.shared.loads(self._stored(name))
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

    def pickled(self, name: str) -> bytes:
        """An entry as it lies in the cache or will lie there."""
        return self._stored(name) if name in self._index else self.shared.dumps(self._values[name])

    def _stored(self, name: str) -> bytes:
        start, length = self._index[name]
        assert self._read is not None
        return self._read(start, length)


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
            start = file.tell()
            if os.fstat(file.fileno()).st_size != start + head["size"]:
                return None
            read = _reader(file, start)
            age = time.time() - os.fstat(file.fileno()).st_mtime
        if age > _DAY:
            os.utime(path)  # it is in use
        shared = SharedValues(partial(read, *head["shared"]))
        return {name: Entries(read, index, shared) for name, index in head["groups"].items()}
    except Exception:  # whatever a foreign or broken file makes of it
        return None


def _reader(file: BinaryIO, start: int) -> _Read:
    """Reads stretches of an open file. Not through a memory map: its pages would stay in memory beside the objects."""
    if os.name == "nt":  # which would not let an open file be replaced
        data = file.read()
        return lambda at, length: data[at : at + length]
    kept = open(os.dup(file.fileno()), "rb", buffering=0)  # noqa: PTH123, SIM115 open as long as it may be read
    return lambda at, length: os.pread(kept.fileno(), length, start + at)


def write_cache(
    roots: tuple[Path, ...], stamp: str, groups: Mapping[str, Entries[Any]], kinds: Sequence[type] = ()
) -> None:
    """Write the cache. One that cannot be written is not missed. Alike objects of `kinds` become one."""
    bodies: list[bytes] = []
    at = 0
    indices: dict[str, _Index] = {}
    try:
        shared = next(iter(groups.values())).shared
        shared.share(kinds)
        for group, entries in groups.items():
            entries.shared = shared
            indices[group] = index = {}
            for name in entries:
                bodies.append(entries.pickled(name))
                index[name] = (at, len(bodies[-1]))
                at += len(bodies[-1])
        bodies.append(pickle.dumps(shared.values, 5))
        whole = b"".join(bodies)
        path = cache_file(roots)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        head = {"stamp": stamp, "size": len(whole), "roots": [*map(str, roots)], "groups": indices}
        head["shared"] = (at, len(bodies[-1]))
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
