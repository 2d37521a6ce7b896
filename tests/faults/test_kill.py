"""Killed at random points: nothing half-written is seen, the next run completes the rest. The long run is
`python -m tests.faults.kill 200`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults.kill import kill_runs


@pytest.mark.skipif(sys.platform != "linux", reason="needs fork")
def test_a_run_killed_ten_times_leaves_whole_files_and_is_completed(tmp_path: Path) -> None:
    tally = kill_runs(10, tmp_path)
    assert tally.struck >= 5
    assert tally.files_checked > 0
