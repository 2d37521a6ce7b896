"""A batch run killed at random points, again and again: `python -m tests.faults.kill 200`.

After every kill each visible file is whole. Between kills the profiles change, so that there is always work; in the
end one run completes everything, nothing is taken for edited by hand, and a run after that has nothing to do.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from docgen.batch.naming import place_clients
from docgen.batch.runner import Run, Setup, run_clients
from docgen.batch.sources import find_clients
from docgen.batch.state import run_stamp
from docgen.batch.work import Status
from docgen.library import data_folder, load_library
from docgen.pipeline import BuildOptions
from docgen.publish.pristine import PRISTINE, Pristine
from docgen.publish.publisher import STATE
from tests.faults.reading import check_folder

PROFILES = ("electronics", "machinery", "software")
ONLY = ("procedure", "register", "form-outlet-list")


@dataclass
class Tally:
    """What was tried."""

    kills: int = 0
    struck: int = 0  # while the run was still going
    unfinished: int = 0  # folders found in the middle of writing
    files_checked: int = 0


def kill_runs(times: int, root: Path, seed: int = 20261122) -> Tally:
    """Kill `times` runs below `root`. Raises AssertionError if anything is damaged."""
    chance = random.Random(seed)
    tally = Tally()
    library = load_library(cache=False)
    source, output = root / "profiles", root / "out"
    source.mkdir()
    for name in PROFILES:
        shutil.copy(data_folder("company_profiles") / f"{name}.yaml", source)
        for beside in data_folder("company_profiles").glob(f"{name}-*"):
            shutil.copy(beside, source)
    options = BuildOptions(output=output, only=ONLY)

    def run() -> Run:
        clients, faults = find_clients([source])
        assert not faults
        return run_clients(place_clients(clients), library, Setup(options), run_stamp(library, options), jobs=2)

    assert {result.status for result in run().results} == {Status.DONE}
    for path in source.glob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    started = time.monotonic()
    run()
    seconds = time.monotonic() - started
    for number in range(times):
        change(source, number, chance)
        child = os.fork()
        if not child:
            os.setsid()
            os.close(2)
            try:
                run()
            finally:
                os._exit(0)
        if number % 2:
            time.sleep(chance.uniform(0.0, seconds))
        else:  # while files are being written
            await_writing(output, seconds)
            time.sleep(chance.uniform(0.0, 0.02))
        ended, _ = os.waitpid(child, os.WNOHANG)
        tally.struck += not ended
        if not ended:
            end_group(child)
        tally.kills += 1
        tally.unfinished += sum(unfinished(folder) for folder in output.iterdir())
        tally.files_checked += check_folder(output)
    complete(run(), output, {Status.DONE, Status.SKIPPED})
    complete(run(), output, {Status.SKIPPED})
    return tally


def unfinished(folder: Path) -> bool:
    return Pristine(str(folder / STATE / PRISTINE)).resumed


def await_writing(output: Path, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and not any(map(unfinished, output.iterdir())):
        time.sleep(0.001)


def end_group(child: int) -> None:
    """Kill the run and its workers."""
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:  # before it had a group of its own
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    time.sleep(0.02)


def change(source: Path, number: int, chance: random.Random) -> None:
    """Another name of the company's legal representative in some of the profiles: most documents change."""
    for path in sorted(source.glob("*.yaml")):
        if chance.random() < 0.7:
            lines = path.read_text(encoding="utf-8").splitlines()
            at = next(n for n, line in enumerate(lines) if line.startswith("  short_name:"))
            lines[at] = f"  short_name: 示例{number:03}"
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def complete(run: Run, output: Path, expected: set[Status]) -> None:
    assert {result.status for result in run.results} <= expected, [r.diagnostics for r in run.results if not r.ok]
    assert not [d for result in run.results for d in result.diagnostics if d.code in ("O001", "O002", "O003")]
    for result in run.results:
        folder = Path(result.folder)
        assert not unfinished(folder)
        kept = Pristine(str(folder / STATE / PRISTINE))
        assert all(
            kept.contents(file.path) == (folder / file.path).read_bytes()
            for file in result.files
            if file.outcome != "removed"
        )
        assert not list(folder.rglob(".*.tmp")), "leftovers of a killed run"
        assert all((folder / file.path).is_file() for file in result.files if file.outcome != "removed")
    check_folder(output)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(kill_runs(int(sys.argv[1]) if len(sys.argv) > 1 else 200, Path(folder)))
