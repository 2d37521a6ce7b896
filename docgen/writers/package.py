"""A minimal zip writer: fixed times, members in the order given, ready members copied as they are."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import NamedTuple

from docgen.records import dataclass
from docgen.writers.checksum import followed, shift
from docgen.writers.deflate import deflate, deflate_part

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5HL")
_OFFSET = struct.Struct("<L")
_END = struct.Struct("<4s4H2LH")
_DATE = (0 << 9) | (1 << 5) | 1  # 1980-01-01, the earliest date a zip can hold
_UTF8_NAME = 0x800
_STORED, _DEFLATED = 0, 8
_NOTHING = b"\x03\x00"  # the end of a raw deflate stream
_LIMIT = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the package, ready to be copied: its zip name and its compressed bytes."""

    name: bytes
    flags: int
    method: int
    crc: int
    size: int
    packed: bytes


def member(name: str, data: bytes, *, store: bool = False) -> Member:
    """Pack one file. `store` keeps data that is compressed already (pictures) as it is."""
    raw = name.encode("utf-8")
    flags = 0 if raw.isascii() else _UTF8_NAME
    if store or not data:
        return Member(raw, flags, _STORED, zlib.crc32(data), len(data), data)
    return Member(raw, flags, _DEFLATED, zlib.crc32(data), len(data), deflate(data))


class Piece(NamedTuple):
    """A part of files' contents that many of them have in common, packed once."""

    packed: bytes
    size: int
    crc: int
    shift: int  # see `followed`


def piece(*pieces: bytes | Piece) -> Piece:
    """Pack what `joined` puts into many files."""
    packed, size, crc = _packed(pieces)
    return Piece(b"".join(packed), size, crc, shift(size))


def joined(name: str, *pieces: bytes | Piece, last: bytes = b"") -> Member:
    """One file made of pieces, some of them packed before."""
    packed, size, crc = _packed(pieces)
    packed.append(deflate(last) if last else _NOTHING)
    return Member(name.encode("ascii"), 0, _DEFLATED, zlib.crc32(last, crc), size + len(last), b"".join(packed))


def _packed(pieces: Iterable[bytes | Piece]) -> tuple[list[bytes], int, int]:
    """Deflated pieces, their size and their checksum."""
    packed: list[bytes] = []
    size = crc = 0
    for item in pieces:
        if isinstance(item, Piece):
            packed.append(item.packed)
            crc = followed(crc, item.crc, item.shift) if size else item.crc
            size += item.size
        else:
            packed.append(deflate_part(item))
            crc = zlib.crc32(item, crc)
            size += len(item)
    return packed, size, crc


class Entry(NamedTuple):
    """A file as it goes into a package, but for its place in it."""

    name: bytes
    local: bytes
    packed: bytes
    central: bytes  # up to the offset


def entry(item: Member) -> Entry:
    """A file made ready, for one that goes into many packages.

    Raises:
        ValueError: it passes 4 GiB (zip64 is not written).
    """
    name, size = item.name, len(item.packed)
    if item.size > _LIMIT or size > _LIMIT:
        raise ValueError(f"package too large: {name.decode()}")
    facts = (20, item.flags, item.method, 0, _DATE, item.crc, size, item.size, len(name), 0)
    return Entry(
        name,
        _LOCAL.pack(b"PK\x03\x04", *facts) + name,
        item.packed,
        _CENTRAL.pack(b"PK\x01\x02", 20, *facts, 0, 0, 0, 0),
    )


def pack(members: Iterable[Member | Entry]) -> bytes:
    """The zip file holding `members`.

    Raises:
        ValueError: a file or the whole passes 4 GiB (zip64 is not written).
    """
    out: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for item in members:
        name, local, packed, central = item if type(item) is Entry else entry(item)  # type: ignore[arg-type]
        out += (local, packed)
        directory += (central, _OFFSET.pack(offset), name)
        offset += len(local) + len(packed)
        if offset > _LIMIT:
            raise ValueError(f"package too large: {name.decode()}")
    central = b"".join(directory)
    count = len(directory) // 3
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(central), offset, 0)
    return b"".join((*out, central, end))
