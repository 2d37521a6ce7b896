"""Opening files that may be anything: encrypted, damaged, huge, or bombs. Nothing here raises for bad input but
`Unreadable`, which names a row of the message table."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml import etree

MAX_FILE = 200 * 2**20  # bytes on disk
MAX_PART = 96 * 2**20  # bytes of one unpacked member that is read
MAX_TOTAL = 512 * 2**20  # bytes of all unpacked members, as the directory of the archive says
MAX_RATIO = 200  # unpacked to packed, for members above a megabyte
MAX_MEMBERS = 5000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Unreadable(Exception):
    """A file that cannot be audited; `code` names the message, `values` fill it."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


class Package:
    """An Office file: its members, read with limits."""

    def __init__(self, data: bytes) -> None:
        self.archive = _open(data)
        self.names = frozenset(info.filename for info in self.archive.infolist())

    def read(self, name: str) -> bytes:
        """A member's bytes; empty where there is none. Raises Unreadable for damage, A012 for a bomb."""
        if name not in self.names:
            return b""
        info = self.archive.getinfo(name)
        if info.file_size > MAX_PART:
            raise Unreadable("A012", part=name, size=info.file_size // 2**20)
        try:
            with self.archive.open(info) as stream:
                data = stream.read(MAX_PART + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
            raise Unreadable("A011", reason=str(error) or type(error).__name__) from error
        if len(data) > MAX_PART:
            raise Unreadable("A012", part=name, size=len(data) // 2**20)
        return data

    def tree(self, name: str) -> etree._Element | None:
        """A member as XML; None where there is none. Raises Unreadable for bad XML or a document type."""
        data = self.read(name)
        if not data.strip():
            if name in self.names:
                raise Unreadable("A011", reason=name)
            return None
        return parse(data, name)


def parse(data: bytes, name: str) -> etree._Element:
    """XML without entities, document types or network."""
    from lxml import etree

    head = data[:4096].replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Unreadable("A014", part=name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("A011", reason=f"{name}: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("A014", part=name)
    return root


def load(path: Path) -> bytes:
    """The bytes of a file. Raises Unreadable for one that is empty, huge or refused."""
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            raise Unreadable("A013", size=size // 2**20, limit=MAX_FILE // 2**20)
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable("A015", reason=error.strerror or str(error)) from error
    if not data:
        raise Unreadable("A010")
    return data


def _open(data: bytes) -> zipfile.ZipFile:
    if data.startswith(_OLE):
        raise Unreadable("A016" if _ENCRYPTED in data else "A017")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
        raise Unreadable("A011", reason=str(error)) from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_TOTAL:
        raise Unreadable("A012", part="*", size=sum(m.file_size for m in members) // 2**20)
    for m in members:
        if m.flag_bits & 1:
            raise Unreadable("A016")
        if m.file_size > 2**20 and m.file_size > MAX_RATIO * max(m.compress_size, 1):
            raise Unreadable("A012", part=m.filename, size=m.file_size // 2**20)
    return archive
