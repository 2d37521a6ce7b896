"""Read a Word file as the package it is: every member checked before anything is believed."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from contextlib import suppress
from dataclasses import field
from io import BytesIO
from pathlib import Path

from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity
from docgen.records import dataclass
from docgen.writers.package import Member, member

MAX_FILE = 100_000_000  # bytes of the zip file
MAX_MEMBERS = 2000
MAX_MEMBER = 64_000_000  # bytes of one member, unpacked
MAX_TOTAL = 256_000_000
MAX_RATIO = 150  # unpacked to packed, of members above a megabyte
CONTENT_TYPES = "[Content_Types].xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1
_BLANK = re.compile(r">\s*\n\s*<")
_STORE = (".png", ".jpeg", ".jpg", ".gif")


@dataclass(slots=True)
class Package:
    """A Word file taken apart. `packed` holds what can be copied as it is; a changed member is taken out of it."""

    name: str
    data: dict[str, bytes] = field(default_factory=dict)
    packed: dict[str, Member] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def change(self, name: str, data: bytes) -> None:
        """Give a member new contents."""
        self.data[name] = data
        self.packed[name] = member(name, data)

    def drop(self, name: str) -> None:
        self.data.pop(name, None)
        self.packed.pop(name, None)

    def warn(self, code: str, severity: Severity = Severity.WARNING, **values: object) -> None:
        self.diagnostics.append(Diagnostic(code, severity, Place(self.name), values))


def open_package(path: Path, name: str) -> Package:
    """The members of a `.docx`, or of a folder that holds the same files unpacked. `name` stands in messages.

    Raises:
        DocgenError: not a Word file, encrypted, damaged, or built to harm (W0…).
    """
    package = Package(name)
    if path.is_dir():
        _read_folder(path, package)
    else:
        try:
            if path.stat().st_size > MAX_FILE:
                raise _refused(package, "W011", size=path.stat().st_size)
            data = path.read_bytes()
        except OSError as error:
            raise _refused(package, "W010", reason=error.strerror or str(error)) from error
        _read_zip(data, package)
    if CONTENT_TYPES not in package.data or "_rels/.rels" not in package.data:
        raise _refused(package, "W012")
    return package


def _refused(package: Package, code: str, **values: object) -> DocgenError:
    return DocgenError([*package.diagnostics, Diagnostic(code, Severity.ERROR, Place(package.name), values)])


def _read_folder(folder: Path, package: Package) -> None:
    """Line breaks and indents between elements are for the reader of the folder and go."""
    paths = sorted(folder.rglob("*"), key=lambda path: (path.name != CONTENT_TYPES, path.as_posix()))
    for path in paths:  # the content types first, as every office program writes them
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or any(part.startswith(".") and part != ".rels" for part in name.split("/")):
            continue
        data = path.read_bytes()
        if name.endswith((".xml", ".rels")):
            with suppress(UnicodeDecodeError):  # in another encoding it stays as it is
                data = _BLANK.sub("><", data.decode("utf-8-sig").strip()).encode()
        package.data[name] = data
        package.packed[name] = member(name, data, store=name.lower().endswith(_STORE))


def _read_zip(data: bytes, package: Package) -> None:
    if data.startswith(_OLE):
        raise _refused(package, "W013")
    try:
        entries = zipfile.ZipFile(BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError, UnicodeError) as error:
        raise _refused(package, "W012") from error
    if len(entries) > MAX_MEMBERS:
        raise _refused(package, "W014", read=len(entries), limit=MAX_MEMBERS)
    total = 0
    for entry in entries:
        if entry.is_dir():
            continue
        _check_entry(entry, package)
        total += entry.file_size
        if total > MAX_TOTAL:
            raise _refused(package, "W015", member=entry.filename)
        packed = _packed(data, entry, package)
        plain = _unpack(packed, entry, package)
        flags = entry.flag_bits & 0x800
        raw = entry.filename.encode("utf-8" if flags else "cp437")
        package.data[entry.filename] = plain
        package.packed[entry.filename] = Member(
            raw,
            flags,
            entry.compress_type,
            entry.CRC,
            len(plain),
            packed,
        )


def _check_entry(entry: zipfile.ZipInfo, package: Package) -> None:
    name = entry.filename
    if entry.flag_bits & _ENCRYPTED:
        raise _refused(package, "W013")
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name or "\0" in name:
        raise _refused(package, "W016", member=name)
    if name in package.data:
        raise _refused(package, "W017", member=name)
    if entry.compress_type not in (_STORED, _DEFLATED):
        raise _refused(package, "W018", member=name)
    large = entry.file_size > 1_000_000
    if entry.file_size > MAX_MEMBER or (large and entry.file_size > MAX_RATIO * max(1, entry.compress_size)):
        raise _refused(package, "W015", member=name)


def _packed(data: bytes, entry: zipfile.ZipInfo, package: Package) -> bytes:
    try:
        names, extras = struct.unpack_from("<HH", data, entry.header_offset + 26)
    except struct.error as error:
        raise _refused(package, "W018", member=entry.filename) from error
    start = entry.header_offset + 30 + names + extras
    packed = data[start : start + entry.compress_size]
    if data[entry.header_offset : entry.header_offset + 4] != b"PK\x03\x04" or len(packed) != entry.compress_size:
        raise _refused(package, "W018", member=entry.filename)
    return packed


def _unpack(packed: bytes, entry: zipfile.ZipInfo, package: Package) -> bytes:
    """The bytes of a member, never more than it says it has."""
    if entry.compress_type == _STORED:
        plain = packed
    else:
        unpacker = zlib.decompressobj(-15)
        try:
            plain = unpacker.decompress(packed, entry.file_size + 1)
        except zlib.error as error:
            raise _refused(package, "W018", member=entry.filename) from error
    if len(plain) != entry.file_size or zlib.crc32(plain) != entry.CRC:
        raise _refused(package, "W018", member=entry.filename)
    return plain
