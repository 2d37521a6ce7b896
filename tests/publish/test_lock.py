"""One run at a time in a folder: who comes second is told, waits, and gives up in the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.publish import lock as module
from docgen.publish.lock import FolderLock, LockTimeout


def test_who_waits_is_told_once_and_gives_up_when_the_time_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_TELL_AFTER", 0.0)
    monkeypatch.setattr(module, "_POLL_SECONDS", 0.01)
    first, second, told = FolderLock(tmp_path / "lock"), FolderLock(tmp_path / "lock"), []
    first.acquire()
    with pytest.raises(LockTimeout):
        second.acquire(0.1, lambda: told.append(1))
    assert told == [1]
    first.release()
    second.acquire(0.0)
    second.release()


def test_nobody_is_told_of_a_wait_that_is_over_in_a_moment(tmp_path: Path) -> None:
    first, second, told = FolderLock(tmp_path / "lock"), FolderLock(tmp_path / "lock"), []
    first.acquire()
    with pytest.raises(LockTimeout):
        second.acquire(0.0, lambda: told.append(1))
    assert told == []
    first.release()
