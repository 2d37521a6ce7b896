"""Raw deflate for zip members: zlib at a quick level, or a faster library where one is installed.

`isal` (extra `fast`) and `zlib_ng` write files a few per cent larger in a fraction of the time. Which one is used
changes the bytes of a file, never its content; `DOCGEN_DEFLATE=zlib` asks for the standard library everywhere.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable

_LEVEL = 3  # half the time of level 6; a set gets five per cent larger
_TINY = 512  # bytes that are put into a stream as they are
_SMALL = 8192  # bytes; a window of this size loses nothing and is made ready in a fifth of the time


def _packer(data: bytes) -> zlib._Compress:
    if len(data) <= _SMALL:
        return zlib.compressobj(_LEVEL, zlib.DEFLATED, -13, 6)
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)


def _zlib(data: bytes) -> bytes:
    packer = _packer(data)
    return packer.compress(data) + packer.flush()


def deflate_part(data: bytes) -> bytes:
    """`data` as a piece of a raw deflate stream: others may stand before it, another must follow."""
    size = len(data)
    if size <= _TINY:
        return b"\x00%b%b" % (size.to_bytes(2, "little"), (size ^ 0xFFFF).to_bytes(2, "little")) + data
    packer = _packer(data)
    return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)


def _choose(wanted: str) -> Callable[[bytes], bytes]:
    if wanted in ("", "isal"):
        try:
            from isal import isal_zlib
        except ImportError:
            pass
        else:

            def isal(data: bytes) -> bytes:
                packer = isal_zlib.compressobj(2, isal_zlib.DEFLATED, -15)
                return bytes(packer.compress(data) + packer.flush())

            return isal
    if wanted in ("", "zlib_ng"):
        try:
            from zlib_ng import zlib_ng
        except ImportError:
            pass
        else:

            def ng(data: bytes) -> bytes:
                packer = zlib_ng.compressobj(_LEVEL, zlib_ng.DEFLATED, -15)
                return bytes(packer.compress(data) + packer.flush())

            return ng
    return _zlib


_chosen: list[Callable[[bytes], bytes]] = []


def deflate(data: bytes) -> bytes:
    """`data` as a raw deflate stream (no zlib header), as zip members hold it."""
    if not _chosen:
        _chosen.append(_choose(os.environ.get("DOCGEN_DEFLATE", "")))
    return _chosen[0](data)
