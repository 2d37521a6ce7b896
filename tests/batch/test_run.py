"""Runs over many clients: one's fault is its own, what is unchanged is left alone, what broke off is gone on with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from docgen import pipeline
from docgen.batch import runner
from docgen.batch.naming import place_clients
from docgen.batch.runner import Run, Setup, run_clients
from docgen.batch.sources import find_clients
from docgen.batch.state import run_stamp
from docgen.batch.work import ClientResult, Status
from docgen.cli import cli
from docgen.library import load_library
from docgen.pipeline import BuildOptions
from docgen.publish.lock import FolderLock
from docgen.publish.publisher import LOCK, STATE
from tests.batch.lists import ONLY, sample, write_csv
from tests.content.sets import library


def run(source: Path, output: Path, **choices: Any) -> Run:
    clients, faults = find_clients([source])
    assert not faults
    options = BuildOptions(output=output, only=ONLY)
    given = library()
    return run_clients(place_clients(clients), given, Setup(options), run_stamp(given, options), **choices)


def status(done: Run) -> list[str]:
    return [result.status.value for result in done.results]


def times(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def client_list(folder: Path, count: int) -> Path:
    """A list of clients over one base; the third has a fault."""
    sample(folder, "electronics")
    rows = [["electronics", f"虚构{n}号有限公司", "去年" if n == 3 else "2012-05-18"] for n in range(1, count + 1)]
    return write_csv(folder / "clients.csv", ["base", "企业全称", "company.founded"], *rows)


@pytest.fixture
def clients(tmp_path: Path) -> Path:
    """Five clients; the third has a fault."""
    return client_list(tmp_path, 5)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_clients_fault_is_its_own(clients: Path, tmp_path: Path, jobs: int) -> None:
    done = run(clients, tmp_path / "out", jobs=jobs)
    assert status(done) == ["done", "done", "failed", "done", "done"]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [f"虚构{n}号有限公司" for n in (1, 2, 4, 5)]
    fault = done.results[2].diagnostics[-1]
    assert any((d.place.line, d.place.column) == (4, 3) for d in done.results[2].diagnostics), fault


def test_one_process_and_several_write_the_same_bytes(clients: Path, tmp_path: Path) -> None:
    for jobs in (1, 2):
        run(clients, tmp_path / str(jobs), jobs=jobs)
    first, second = (
        {p.relative_to(tmp_path / str(n)): p.read_bytes() for p in (tmp_path / str(n)).rglob("*.docx")} for n in (1, 2)
    )
    assert first == second
    assert first


def test_workers_that_are_not_forked_write_the_same_bytes(
    clients: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows and macOS, where a worker starts from nothing."""
    run(clients, tmp_path / "alone", jobs=1)
    monkeypatch.setattr(runner, "FORKS", False)
    done = run(clients, tmp_path / "started", jobs=2)
    assert status(done) == ["done", "done", "failed", "done", "done"]
    alone, started = (
        {p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*.docx")}
        for name in ("alone", "started")
    )
    assert alone == started
    assert alone


@pytest.mark.parametrize("jobs", [1, 2])
def test_fail_fast_stops_at_the_first_fault(tmp_path: Path, jobs: int) -> None:
    many = client_list(tmp_path, 20)  # so many that a busy machine cannot finish them before the fault is heard of
    done = run(many, tmp_path / "out", jobs=jobs, fail_fast=True)
    assert "failed" in status(done)
    assert "left" in status(done)


def test_nothing_is_written_for_unchanged_clients(clients: Path, tmp_path: Path) -> None:
    run(clients, tmp_path / "out")
    before = times(tmp_path / "out")
    again = run(clients, tmp_path / "out")
    assert status(again) == ["skipped", "skipped", "failed", "skipped", "skipped"]
    assert times(tmp_path / "out") == before
    assert again.results[0].gap_counts
    assert len(again.results[0].files) >= len(ONLY)


def test_force_builds_again_and_finds_the_same(clients: Path, tmp_path: Path) -> None:
    run(clients, tmp_path / "out")
    done = run(clients, tmp_path / "out", force=True)
    assert "skipped" not in status(done)
    assert {file.outcome for file in done.results[0].files} == {"unchanged"}


def test_only_the_client_that_changed_is_built(clients: Path, tmp_path: Path) -> None:
    run(clients, tmp_path / "out")
    clients.write_text(
        clients.read_text("utf-8-sig").replace("虚构2号有限公司", "虚构2号股份公司"), encoding="utf-8-sig"
    )
    assert status(run(clients, tmp_path / "out")) == ["skipped", "done", "failed", "skipped", "skipped"]


def test_a_change_of_the_base_concerns_every_row(clients: Path, tmp_path: Path) -> None:
    run(clients, tmp_path / "out")
    base = tmp_path / "electronics.yaml"
    base.write_text(base.read_text("utf-8").replace("露沐", "露木"), encoding="utf-8")
    assert "skipped" not in status(run(clients, tmp_path / "out"))


@pytest.mark.parametrize("change", ["deleted", "edited", "damaged state", "lost manifest"])
def test_a_folder_that_is_not_as_it_was_left_is_built(tmp_path: Path, change: str) -> None:
    profile = sample(tmp_path / "p", "toys")
    (first,) = run(profile, tmp_path / "out").results
    folder = Path(first.folder)
    file = folder / first.files[0].path
    if change == "deleted":
        file.unlink()
    elif change == "edited":
        file.write_bytes(b"mine")
    elif change == "damaged state":
        (folder / STATE / "state.json").write_text('{"format": 1, "inputs": [', encoding="utf-8")
    else:
        (folder / "manifest.json").unlink()
    (again,) = run(profile, tmp_path / "out").results
    assert again.status is Status.DONE
    assert again.files[0].outcome == {"deleted": "written", "edited": "beside"}.get(change, "unchanged")
    if change == "edited":
        assert file.read_bytes() == b"mine"
        assert status(run(profile, tmp_path / "out")) == ["skipped"]


def test_a_file_the_profile_names_counts_when_it_comes_or_changes(tmp_path: Path) -> None:
    profile = sample(tmp_path / "p", "toys")
    text = profile.read_text("utf-8").replace("company:\n", "company:\n  logo: logo.png\n", 1)
    profile.write_text(text, encoding="utf-8")
    run(profile, tmp_path / "out")
    assert status(run(profile, tmp_path / "out")) == ["skipped"]
    (tmp_path / "p/logo.png").write_bytes(b"no picture")
    assert status(run(profile, tmp_path / "out")) == ["done"]
    assert status(run(profile, tmp_path / "out")) == ["skipped"]


def test_a_file_is_looked_for_beside_the_one_that_names_it(tmp_path: Path) -> None:
    base = sample(tmp_path / "bases", "toys")
    text = base.read_text("utf-8").replace("certification:\n", "certification:\n  points: points.yaml\n", 1)
    base.write_text(text, encoding="utf-8")
    points = load_library().catalogue.points().points
    table = "".join(f"{clause}: {value}\n" for clause, value in points.items())
    (tmp_path / "bases/points.yaml").write_text(table, encoding="utf-8")
    rows = write_csv(
        tmp_path / "clients.csv",
        ["base", "企业全称", "survey.data"],
        ["bases/toys", "虚构一号有限公司", ""],
        ["bases/toys", "虚构二号有限公司", "mine.csv"],
    )
    inherited, named = run(rows, tmp_path / "out").results
    assert inherited.status is Status.DONE
    assert str(tmp_path / "mine.csv") in {d.place.file for d in named.diagnostics}
    assert status(run(rows, tmp_path / "out")) == ["skipped", "failed"]
    (tmp_path / "bases/points.yaml").write_text("no: table", encoding="utf-8")
    broken, _ = run(rows, tmp_path / "out").results
    assert str(tmp_path / "bases/points.yaml") in {d.place.file for d in broken.diagnostics}


def test_a_named_file_on_another_drive_is_kept_by_its_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def relpath(path: object, start: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    profile = sample(tmp_path / "p", "toys")
    text = profile.read_text("utf-8").replace("company:\n", "company:\n  logo: logo.png\n", 1)
    profile.write_text(text, encoding="utf-8")
    monkeypatch.setattr("docgen.batch.state.os.path.relpath", relpath)
    assert status(run(profile, tmp_path / "out")) == ["done"]
    assert status(run(profile, tmp_path / "out")) == ["skipped"]
    (tmp_path / "p/logo.png").write_bytes(b"no picture")
    assert status(run(profile, tmp_path / "out")) == ["done"]


def test_the_logo_of_a_base_profile_stays_with_its_company(tmp_path: Path) -> None:
    base = sample(tmp_path / "bases", "toys")
    text = base.read_text("utf-8").replace("company:\n", "company:\n  logo: logo.png\n", 1)
    base.write_text(text, encoding="utf-8")
    for folder in ("bases", "."):
        (tmp_path / folder / "logo.png").write_bytes(b"no picture")
    rows = write_csv(
        tmp_path / "clients.csv",
        ["base", "企业全称", "company.logo"],
        ["bases/toys", "虚构一号有限公司", ""],
        ["bases/toys", "虚构二号有限公司", "logo.png"],
    )
    used = [{d.place.key for d in result.diagnostics} for result in run(rows, tmp_path / "out").results]
    assert "company.logo" not in used[0] and "company.logo" in used[1]


def test_companies_of_one_name_stay_in_their_folders_whatever_the_order(tmp_path: Path) -> None:
    codes = ("9144050000000DEM48", "9144200000000DEM1X")
    paths = [sample(tmp_path / n, "toys", unified_social_credit_code=code) for n, code in zip("ab", codes, strict=True)]
    options = BuildOptions(output=tmp_path / "out", only=ONLY)

    def built(order: list[Path]) -> dict[str, tuple[str, str]]:
        clients, _ = find_clients(order)
        placed = place_clients(clients, output=options.output)
        done = run_clients(placed, library(), Setup(options), run_stamp(library(), options))
        return {result.key: (result.status.value, result.folder) for result in done.results}

    first = built(paths)
    assert len({folder for _, folder in first.values()}) == 2
    assert built(paths[::-1]) == {key: ("skipped", folder) for key, (_, folder) in first.items()}
    assert built(paths[1:]) == {str(paths[1]): ("skipped", first[str(paths[1])][1])}


def test_options_and_program_count_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import docgen

    base = run_stamp(library(), BuildOptions())
    assert run_stamp(library(), BuildOptions(review=True)) != base
    assert run_stamp(library(), BuildOptions(output=tmp_path)) == base
    monkeypatch.setattr(docgen, "__version__", "9.9")
    assert run_stamp(library(), BuildOptions()) != base


# ---- our own faults


def broken(monkeypatch: pytest.MonkeyPatch, name: str, how: Any) -> None:
    real = pipeline.build_set

    def build(loaded: Any, *args: Any, **kwargs: Any) -> Any:
        if loaded.profile.company.full_name == name:
            how()
        return real(loaded, *args, **kwargs)

    monkeypatch.setattr(pipeline, "build_set", build)


@pytest.mark.parametrize("jobs", [1, 2])
def test_our_own_fault_costs_one_client_and_leaves_a_log(
    clients: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    def fail() -> None:
        raise ZeroDivisionError("deep inside")

    broken(monkeypatch, "虚构2号有限公司", fail)
    done = run(clients, tmp_path / "out", jobs=jobs)
    assert status(done) == ["done", "failed", "failed", "done", "done"]
    (fault,) = [d for d in done.results[1].diagnostics if d.code == "C001"]
    assert "deep inside" in Path(fault.values["file"]).read_text("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="needs fork")
@pytest.mark.parametrize("how", ["killed", "left"])
def test_a_worker_that_dies_takes_one_client_with_it(
    clients: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    def die() -> None:
        if how == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        os._exit(7)

    broken(monkeypatch, "虚构2号有限公司", die)
    done = run(clients, tmp_path / "out", jobs=2)
    assert status(done) == ["done", "failed", "failed", "done", "done"]
    (fault,) = [d for d in done.results[1].diagnostics if d.code == "B020"]
    assert {"killed": "signal 9", "left": "exit code 7"}[how] in fault.values["reason"]


@pytest.mark.skipif(sys.platform != "linux", reason="needs fork")
def test_every_worker_may_die(clients: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 6):
        broken(monkeypatch, f"虚构{number}号有限公司", lambda: os._exit(9))
    assert status(run(clients, tmp_path / "out", jobs=2)) == ["failed"] * 5


# ---- interruption


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interruption_keeps_what_is_done(clients: Path, tmp_path: Path, jobs: int) -> None:
    heard: list[ClientResult] = []

    def told(result: ClientResult) -> None:
        heard.append(result)
        if len(heard) == 1:
            raise KeyboardInterrupt

    done = run(clients, tmp_path / "out", jobs=jobs, told=told)
    assert done.interrupted
    assert status(done).count("left") >= 1
    assert status(done).count("done") >= 1
    after = run(clients, tmp_path / "out", jobs=jobs)
    assert status(after).count("skipped") == status(done).count("done")
    assert status(after).count("left") == 0


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_control_c_ends_the_command_with_130(tmp_path: Path) -> None:
    sample(tmp_path, "electronics")
    rows = [["electronics", f"虚构{n}号有限公司"] for n in range(200)]
    path = write_csv(tmp_path / "clients.csv", ["base", "企业全称"], *rows)
    command = [
        sys.executable,
        "-m",
        "docgen",
        "--lang",
        "en",
        "build",
        str(path),
        "-o",
        str(tmp_path / "out"),
        "-j",
        "2",
    ]
    process = subprocess.Popen(
        [*command, "--only", ONLY[0]],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
        # tests that a shell runs in the background have inherited that interruptions are ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    ends = time.monotonic() + 60
    while time.monotonic() < ends and not list((tmp_path / "out").glob("*/manifest.json")):
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err[-2000:]
    assert "interrupted" in err
    assert "Traceback" not in err + out
    assert "not done" in out


# ---- two runs at once


def test_a_second_run_waits_for_the_first(tmp_path: Path) -> None:
    profile = sample(tmp_path / "p", "toys")
    (first,) = run(profile, tmp_path / "out").results
    lock = FolderLock(Path(first.folder) / STATE / LOCK)
    lock.acquire()
    waited: list[str] = []
    threading.Timer(1.6, lock.release).start()
    (second,) = run(profile, tmp_path / "out", force=True, waiting=waited.append).results
    assert second.status is Status.DONE
    assert waited == [first.folder]


def test_a_run_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from docgen.publish.publisher import Publisher

    profile = sample(tmp_path / "p", "toys")
    (first,) = run(profile, tmp_path / "out").results
    before = times(tmp_path / "out")
    real = Publisher.open
    monkeypatch.setattr(Publisher, "open", lambda self, waiting=None: real(self, 0.2, waiting))
    lock = FolderLock(Path(first.folder) / STATE / LOCK)
    lock.acquire()
    (second,) = run(profile, tmp_path / "out", force=True).results
    lock.release()
    assert [d.code for d in second.diagnostics if d.severity.value == "error"] == ["O005"]
    assert times(tmp_path / "out") == before


def test_two_runs_at_once_end_with_one_whole_set(clients: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "docgen", "build", str(clients), "-o", str(tmp_path / "out"), "--force"]
    command += [argument for name in ONLY for argument in ("--only", name)]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    for process in both:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 1  # the third client has a fault
        assert b"Traceback" not in err
    assert not [path for path in (tmp_path / "out").rglob("*") if "新生成" in path.name]
    assert len(list((tmp_path / "out").glob("*/0*/*.docx"))) == 4 * len(ONLY)


# ---- the command


def command(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--lang", "en", *arguments])


def test_the_report_says_everything_to_programs(clients: Path, tmp_path: Path) -> None:
    made = command(
        "build", str(clients), "-o", str(tmp_path / "out"), "--report", str(tmp_path / "r.json"), "--only", ONLY[0]
    )
    assert made.exit_code == 1
    assert "4 done, 0 unchanged, 1 failed, 0 not done" in made.output
    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert report["totals"] == {"done": 4, "skipped": 0, "failed": 1, "left": 0}
    third = report["clients"][2]
    assert (third["ok"], third["status"], third["key"].rpartition(":")[2]) == (False, "failed", "4")
    assert [(d["line"], d["column"]) for d in third["diagnostics"] if d["severity"] == "error"] == [(4, 3)]
    assert report["clients"][0]["files"][0]["sha256"]


def test_check_reads_client_lists_too(clients: Path) -> None:
    made = command("check", str(clients), "--json")
    records = json.loads(made.output)
    assert made.exit_code == 1
    assert [record["ok"] for record in records] == [True, True, False, True, True]


def test_a_rule_that_names_no_field_stops_before_anything_is_done(clients: Path, tmp_path: Path) -> None:
    made = command("build", str(clients), "-o", str(tmp_path / "out"), "--name-rule", "{company.cod}")
    assert made.exit_code == 2
    assert "company.code" in made.output
    assert not (tmp_path / "out").exists()


def test_the_number_of_processes_follows_the_work(
    clients: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "cores", lambda: 2)
    assert run(clients, tmp_path / "out").jobs == 2
    assert run(clients, tmp_path / "out").jobs == 1
