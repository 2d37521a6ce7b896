"""A lock on a company's folder: held by the operating system, so it ends with the process that took it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

WAIT_SECONDS = 60.0
_POLL_SECONDS = 0.1
_TELL_AFTER = 1.0


class LockTimeout(OSError):
    """Another run is still writing to the folder."""


class FolderLock:
    """One writer at a time in a folder. The lock file stays; what counts is who holds it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def acquire(self, seconds: float = WAIT_SECONDS, waiting: Callable[[], None] | None = None) -> None:
        """Take the lock; `waiting` is called once if that takes longer than a moment.

        Raises:
            LockTimeout: someone else holds it after `seconds`.
            OSError: the folder cannot be written to.
        """
        try:
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
        except FileNotFoundError:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
        started = time.monotonic()
        told = waiting is None
        try:
            while not _try(handle):
                passed = time.monotonic() - started
                if passed >= seconds:
                    raise LockTimeout(f"{self.path}")
                if not told and passed >= _TELL_AFTER and waiting is not None:
                    told = True
                    waiting()
                time.sleep(_POLL_SECONDS)
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle

    def release(self) -> None:
        """Give the lock back; nothing happens if it is not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __del__(self) -> None:
        self.release()


if sys.platform == "win32":
    import msvcrt

    def _try(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import errno
    import fcntl

    def _try(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            # a network folder without locks: better to write than to refuse
            if error.errno in (errno.ENOLCK, errno.ENOTSUP, errno.EINVAL):
                return True
            raise
        return True
