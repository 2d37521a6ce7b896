"""What grows: fifty clients on one and two cores, memory and cost per client, outlets, commands, LibreOffice."""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from run import ratio, shown, surroundings

CLIENTS = 50
FEW = 3  # rounds of what takes half a minute


# a process counts the memory of the one it was split off from: this one is small
_LAUNCHER = """
import os, subprocess, sys, time
start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(status, time.perf_counter() - start, usage.ru_maxrss / 1024)
"""
_APART = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"


def _run(*command: str) -> tuple[float, float]:
    """Seconds and peak MiB of a whole process; its children count where it waits for them."""
    environment = {**surroundings(), "DOCGEN_DEFLATE": "zlib"}
    launch = [sys.executable, "-S", "-c", _LAUNCHER, *command]
    found = subprocess.run(launch, env=environment, capture_output=True, text=True, check=True).stdout.split()
    if found[0] != "0":
        raise RuntimeError(f"{command} failed")
    return float(found[1]), float(found[2])


def _table(head: str, rows: list[str]) -> str:
    names = head.split(" | ")
    return "\n".join([f"| {head} |", f"| {' | '.join(['--:'] * len(names))} |", *rows])


def batch(folder: Path, rounds: int) -> str:
    """Fifty whole sets from YAML to files, in processes of their own, on one and two cores in turn."""
    from work import company

    profiles = folder / "fifty"
    for number in range(1, CLIENTS + 1):
        company(profiles, number)
    target = folder / "batch"
    build = [sys.executable, "-m", "docgen", "build", str(profiles), "--output", str(target)]
    times: dict[int, list[float]] = {1: [], 2: []}
    peaks = dict.fromkeys(times, 0.0)
    _run(*build)  # caches
    for _ in range(min(rounds, FEW)):
        for jobs in times:
            shutil.rmtree(target)
            seconds, peak = _run(*build, "--jobs", str(jobs))
            times[jobs].append(seconds)
            peaks[jobs] = max(peak, peaks[jobs])
    documents = sum(1 for p in target.rglob("*.docx"))
    before = {p: p.stat().st_mtime_ns for p in target.rglob("*") if p.is_file()}
    again, _ = _run(*build, "--force", "--jobs", "2")
    changed = [p for p in target.rglob("*.docx") if before.get(p) != p.stat().st_mtime_ns]
    nothing = [_run(*build)[0] for _ in range(rounds)]
    rows = [
        f"| {jobs} | {shown(found, 1)} | {documents / statistics.median(found):.0f} | "
        f"{ratio(times[1], found):.2f} | {peaks[jobs]:.0f} |"
        for jobs, found in times.items()
    ]
    head = f"jobs | s for {CLIENTS} clients | spread | noise | documents/s | × one | peak MiB of the largest process"
    return (
        f"{_table(head, rows)}\n\n{documents} documents. Again with --force: {again:.1f} s, {len(changed)} documents "
        f"written; again with nothing changed: {statistics.median(nothing):.2f} s."
    )


def _child_growth(folder: Path, clients: int, kinds: str) -> None:
    """Build so many clients' whole sets in this process and print what they cost."""
    from work import PROFILE, company

    from docgen.library import load_library
    from docgen.pipeline import BuildOptions, build_set

    library = load_library()
    samples = sorted(PROFILE.parent.glob("*.yaml")) if kinds == "all" else [PROFILE]
    output = folder / "grown"
    spent, done = 0.0, 0
    for number in range(1, clients + 1):
        profile = company(folder / "many", number, like=samples[number % len(samples)])
        began = time.process_time()
        assert build_set(profile, library, BuildOptions(output=output)).ok
        spent += time.process_time() - began
        shutil.rmtree(output)
        if number in (1, 5, 50, 100, 200, 300, 500):
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"| {len(samples)} | {number} | {spent / (number - done) * 1000:.0f} | {peak:.0f} |", flush=True)
            spent, done = 0.0, number


def _child_outlets(folder: Path) -> None:
    from work import company

    from docgen.library import load_library
    from docgen.pipeline import BuildOptions, build_set

    library = load_library()
    for count in (10, 10, 100, 1000, 10000):  # the first one warms
        path = company(folder / f"outlets{count}", 1, count)
        began = time.process_time()
        result = build_set(path, library, BuildOptions(output=folder / "spread"))
        each = (time.process_time() - began) * 1000
        assert result.ok, result.diagnostics[:3]
        shutil.rmtree(folder / "spread")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"| {count} | {each:.0f} | {each / count:.2f} | {peak:.0f} |", flush=True)


def _child(call: str, folder: Path) -> list[str]:
    program = f"import sys, pathlib, scale; folder = pathlib.Path(sys.argv[1]); scale.{call}"
    environment = {**surroundings(), "DOCGEN_DEFLATE": "zlib"}
    command = [sys.executable, "-S", "-c", _APART, sys.executable, "-c", program, str(folder)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split("\n")[:-1]


def growth(folder: Path, rounds: int) -> str:
    """Whole sets in one process, client after client; then the set of one client with more and more outlets."""
    clients = 500 if rounds > FEW else 50
    rows = [row for kinds in ("one", "all") for row in _child(f"_child_growth(folder, {clients}, {kinds!r})", folder)]
    grown = _table("industries | clients so far | CPU ms a client since the line above | peak MiB", rows)
    outlets = _child("_child_outlets(folder)", folder)[1:]
    return f"{grown}\n\n{_table('outlets | CPU ms for the set | ms an outlet | peak MiB', outlets)}"


def commands(folder: Path, rounds: int) -> str:
    """Start-up and whole commands, in turn in each round."""
    from work import PROFILE

    python = sys.executable
    cold = [python, "-m", "docgen", "build", str(PROFILE), "--jobs", "1", "--output"]
    rows: dict[str, tuple[str, list[str]]] = {  # name → what it is compared with, command
        "python -c pass": ("", [python, "-c", "pass"]),
        "import click": ("", [python, "-c", "import click"]),
        "docgen --help": ("import click", [python, "-m", "docgen", "--help"]),
        "import click, yaml, jinja2": ("", [python, "-c", "import click, yaml, jinja2"]),
        "docgen build, one client, new folder": ("import click, yaml, jinja2", cold),
        "docgen build, nothing changed": ("import click, yaml, jinja2", [*cold, str(folder / "same")]),
    }
    for _, command in rows.values():  # caches, compiled modules
        _run(*command, *([str(folder / "same")] if command is cold else []))
    times: dict[str, list[float]] = {name: [] for name in rows}
    for number in range(rounds):
        for name, (_, command) in rows.items():
            full = [*command, str(folder / f"cold{number}")] if command is cold else command
            times[name].append(_run(*full)[0] * 1000)
    lines = []
    for name, (base, _) in rows.items():
        compared = f"{ratio(times[name], times[base]):.1f} × `{base}`" if base else ""
        lines.append(f"| `{name}` | {shown(times[name])} | {compared} |")
    return _table("command | median ms | spread | noise | ratio", lines)


def office(folder: Path, rounds: int) -> str:
    """PDFs by docgen's own way to LibreOffice: one start for all files, and two processes at a time."""
    import json

    from docgen.writers.office import convert, office_program

    program = office_program()
    if not program:
        return "LibreOffice is not installed."
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    rows = []
    for task, ids in tasks.items():
        sources = [folder / f"{id}.final.docx" for id in ids]
        ways = {"one start": (1, len(sources))}
        if len(sources) > 1:
            ways["two processes"] = (2, -(-len(sources) // 2))
        times: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(min(rounds, FEW)):
            for way, (workers, per_start) in ways.items():
                start = time.perf_counter()
                made = list(convert(sources, program, workers=workers, per_start=per_start))
                times[way].append(time.perf_counter() - start)
                assert all(item.pdf for item in made), [item.reason for item in made if item.reason]
        for way, found in times.items():
            rows.append(f"| {task} | {len(sources)} | {way} | {shown(found, 1)} |")
    return _table("task | files | way | median s | spread | noise", rows)
