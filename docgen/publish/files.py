"""One file on the disk: written under another name, then renamed, so that a reader sees the old file or the new one."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress

BINARY = getattr(os, "O_BINARY", 0)
_gather: Callable[[int, tuple[bytes, ...]], int] = getattr(
    os, "writev", lambda handle, pieces: os.write(handle, b"".join(pieces))
)
_RETRIES, _RETRY_SECONDS = (5 if os.name == "nt" else 0), 0.1


def atomic_write(target: str | os.PathLike[str], data: bytes) -> None:
    """Write a file, and the folders above it where they are missing. Nothing is left of it if that fails."""
    path = os.fspath(target)
    name = os.path.basename(path)
    folder = path[: len(path) - len(name)]
    temporary = f"{folder}.{name[:40]}.{os.getpid()}.tmp"
    try:
        try:
            write(temporary, data)
        except FileNotFoundError:
            os.makedirs(folder, exist_ok=True)
            write(temporary, data)
        rename(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def check_inside(root: str | os.PathLike[str], path: str | os.PathLike[str]) -> None:
    """Refuse a place that a link or `..` leads out of a folder to. Raises OSError."""
    home, real = os.path.realpath(root), os.path.realpath(path)
    if real != home and not real.startswith(os.path.join(home, "")):
        raise OSError(f"outside the output folder: {path}")


def place_beside(target: str, suffix: str, own: Callable[[bytes], bool]) -> str:
    """The first place beside a file that is free or holds what docgen made: `甲（新生成）.docx`, `甲（新生成）2.docx`.

    Raises:
        OSError: what stands there cannot be read.
    """
    stem, end = os.path.splitext(target)
    number = 1
    while True:
        path = f"{stem}{suffix}{number if number > 1 else ''}{end}"
        try:
            with open(path, "rb") as stream:
                if own(stream.read()):
                    return path
        except FileNotFoundError:
            return path
        number += 1


def write(path: str, data: bytes) -> None:
    """Write a file as it stands."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY, 0o666)
    try:
        put(handle, data)
    finally:
        os.close(handle)


def put(handle: int, *pieces: bytes) -> None:
    """Write all of the pieces, one behind another; the system may take less at once."""
    done = _gather(handle, pieces)
    left = b"" if done == sum(map(len, pieces)) else b"".join(pieces)[done:]
    while left:
        left = left[os.write(handle, left) :]


def rename(temporary: str, target: str) -> None:
    """Virus scanners and indexers hold a new file for a moment on Windows."""
    for _ in range(_RETRIES):
        try:
            os.replace(temporary, target)
        except PermissionError:
            time.sleep(_RETRY_SECONDS)
        else:
            return
    os.replace(temporary, target)
