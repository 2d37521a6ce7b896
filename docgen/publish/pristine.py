"""Each file as it was generated, in one zip beside the set: the base for merging what people edited.

The zip only grows while a run writes: a file goes in before it is put into its place, and the zip's directory is
written last. So one without its directory tells of a run that did not end, and the files in it are known as docgen's.
"""

from __future__ import annotations

import os
import struct
import zlib
from contextlib import suppress
from typing import BinaryIO, NamedTuple

from docgen.publish.files import BINARY, atomic_write, put

PRISTINE = "pristine.zip"
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_FILE, _DIRECTORY, _LAST = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_HEAD = 150  # bytes of a file's name and place, about
_VERSION, _UTF8_NAME, _DATE = 20, 0x800, (1 << 5) | 1  # 1980-01-01


class _Kept(NamedTuple):
    """A file in the zip. One without contents stands for a file that was dropped."""

    offset: int  # of its contents
    size: int
    crc: int


class Pristine:
    """The zip of one company's folder. Only who holds the folder's lock may change it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.resumed = False  # the last run that changed it did not come to its end
        self._kept: dict[str, list[_Kept]] = {}  # oldest first
        self._end = 0  # of the files
        self._handle = -1
        with suppress(FileNotFoundError), open(path, "rb") as stream:
            self._read(stream)
        self._whole = not self.resumed

    def _read(self, stream: BinaryIO) -> None:
        total = os.fstat(stream.fileno()).st_size
        while len(head := stream.read(_LOCAL.size)) == _LOCAL.size and head[:4] == _FILE:
            *_, crc, size, _, length, _ = _LOCAL.unpack(head)
            name = stream.read(length)
            offset = stream.tell()
            if offset + size > total:
                break
            self._kept.setdefault(name.decode("utf-8", "replace"), []).append(_Kept(offset, size, crc))
            self._end = offset + size
            stream.seek(self._end)
        stream.seek(max(total - _END.size, 0))
        last = stream.read(_END.size)  # another process may be adding to it
        self.resumed = len(last) < _END.size or last[:4] != _LAST or _END.unpack(last)[6] != self._end

    def contents(self, path: str) -> bytes | None:
        """The file as it was generated last; None if it is not in the set."""
        kept = self._last(path)
        if kept is None:
            return None
        with open(self.path, "rb") as stream:
            stream.seek(kept.offset)
            data = stream.read(kept.size)
        return data if zlib.crc32(data) == kept.crc else None

    def made(self, path: str, data: bytes) -> bool:
        """Whether docgen ever generated this for `path`, as far as the zip remembers."""
        seen = (len(data), zlib.crc32(data))
        return any(kept[1:] == seen for kept in self._kept.get(path, ()))

    def keep(self, path: str, data: bytes) -> bool:
        """Put a file in, unless it is there as it is; whether it was put in."""
        crc = zlib.crc32(data)
        kept = self._last(path)
        if kept is not None and kept[1:] == (len(data), crc):
            return False
        self._append(path, data, crc)
        return True

    def drop(self, path: str) -> None:
        """The file is no longer in the set."""
        if self._last(path) is not None:
            self._append(path, b"", 0)

    def undo(self, path: str) -> None:
        """Take out the file that was put in last."""
        self._end = self._kept[path].pop().offset - _LOCAL.size - len(path.encode("utf-8"))
        self._truncate()

    def start(self) -> None:
        """From here to `finish` the zip is not whole."""
        if self._handle < 0:
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | BINARY, 0o666)
            self._truncate()
            self._whole = False

    def finish(self) -> None:
        """Write the directory; a zip with more of old files than of new ones is written anew."""
        if self._whole:
            return
        self.start()
        live = {path: kept[-1] for path, kept in self._kept.items() if kept and kept[-1].size}
        put(self._handle, _directory(live, self._end))
        self._whole = True
        if self._end > 2 * sum(kept.size + _HEAD for kept in live.values()):
            with suppress(OSError):  # it is good as it stands, too
                self._renew(live)
        self.close()

    def _renew(self, live: dict[str, _Kept]) -> None:
        pieces: list[bytes] = []
        moved: dict[str, _Kept] = {}
        end = 0
        for path, kept in live.items():
            os.lseek(self._handle, kept.offset, os.SEEK_SET)
            head = _head(path, kept.size, kept.crc)
            pieces += (head, os.read(self._handle, kept.size))
            moved[path] = kept._replace(offset=end + len(head))
            end += len(head) + kept.size
        self.close()
        atomic_write(self.path, b"".join((*pieces, _directory(moved, end))))

    def close(self) -> None:
        """Let go of the file."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _last(self, path: str) -> _Kept | None:
        kept = self._kept.get(path)
        return kept[-1] if kept and kept[-1].size else None

    def _append(self, path: str, data: bytes, crc: int) -> None:
        self.start()
        head = _head(path, len(data), crc)
        try:
            put(self._handle, head, data)
        except OSError:
            with suppress(OSError):
                self._truncate()
            raise
        self._kept.setdefault(path, []).append(_Kept(self._end + len(head), len(data), crc))
        self._end += len(head) + len(data)

    def _truncate(self) -> None:
        os.ftruncate(self._handle, self._end)
        os.lseek(self._handle, self._end, os.SEEK_SET)


def _head(path: str, size: int, crc: int) -> bytes:
    name = path.encode("utf-8")
    return _LOCAL.pack(_FILE, _VERSION, _UTF8_NAME, 0, 0, _DATE, crc, size, size, len(name), 0) + name


def _directory(files: dict[str, _Kept], end: int) -> bytes:
    rows = []
    for path, (offset, size, crc) in files.items():
        name = path.encode("utf-8")
        at = offset - _LOCAL.size - len(name)
        row = (_VERSION, _VERSION, _UTF8_NAME, 0, 0, _DATE, crc, size, size, len(name), 0, 0, 0, 0, 0, at)
        rows.append(_CENTRAL.pack(_DIRECTORY, *row) + name)
    size = sum(map(len, rows))
    return b"".join((*rows, _END.pack(_LAST, 0, 0, len(rows), len(rows), size, end, 0)))
