"""What grows: fifty clients on one and two cores, memory and cost per client, outlets, commands."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
FEW = ("manual", "repair", "form-complaint-handling")
CLIENTS = 50
ROUNDS = 10


def _run(*command: str, **more: str) -> tuple[float, float]:
    """Seconds and peak MiB of a whole process."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)]), **more}
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{command} failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def batch(folder: Path) -> str:
    """Fifty whole sets from YAML to files, in processes of their own."""
    from work import company

    profiles = folder / "fifty"
    for number in range(1, CLIENTS + 1):
        company(profiles, number)
    lines = [
        "| jobs | s for 50 clients | documents/s | peak MiB of the largest process |",
        "| --: | --: | --: | --: |",
    ]
    documents = 0
    for jobs in (1, 2):
        target = folder / f"out{jobs}"
        command = (
            sys.executable,
            "-m",
            "docgen",
            "build",
            str(profiles),
            "--output",
            str(target),
            "--jobs",
            str(jobs),
        )
        seconds, peak = _run(*command, DOCGEN_DEFLATE="zlib")
        documents = sum(1 for p in target.rglob("*.docx") if ".docgen" not in p.parts)
        lines.append(f"| {jobs} | {seconds:.1f} | {documents / seconds:.0f} | {peak:.0f} |")
    before = {p: p.stat().st_mtime_ns for p in target.rglob("*") if p.is_file()}
    seconds, _ = _run(*command, "--force", DOCGEN_DEFLATE="zlib")
    changed = [p for p in target.rglob("*.docx") if before.get(p) != p.stat().st_mtime_ns]
    again, _ = _run(*command, DOCGEN_DEFLATE="zlib")
    lines.append(
        f"\n{documents} documents. Again with --force: {seconds:.1f} s, {len(changed)} documents written; "
        f"again with nothing changed: {again:.1f} s."
    )
    return "\n".join(lines)


def _child_growth(folder: Path) -> None:
    from work import company

    from docgen.library import load_library
    from docgen.pipeline import BuildOptions, build_set

    library = load_library()
    profiles = [company(folder / "many", n) for n in range(1, 41)]
    start, done = time.perf_counter(), 0
    for number in range(1, 501):
        options = BuildOptions(output=folder / "grown", only=FEW)
        assert build_set(profiles[number % 40], library, options).ok
        if number in (1, 5, 50, 200, 500):
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            each = (time.perf_counter() - start) / (number - done) * 1000
            print(f"| {number} | {each:.0f} | {peak:.0f} |")
            start, done = time.perf_counter(), number


def _child_outlets(folder: Path) -> None:
    from work import company

    from docgen.library import load_library
    from docgen.pipeline import BuildOptions, build_set

    library = load_library()
    for count in (10, 100, 1000, 10000):
        path = company(folder / f"outlets{count}", 1, count)
        start = time.perf_counter()
        result = build_set(path, library, BuildOptions(output=folder / f"spread{count}", only=("manual",)))
        faults = "" if result.ok else f" ({result.diagnostics[0].code})"
        print(f"| {count} | {(time.perf_counter() - start) * 1000:.0f}{faults} |")


def growth(folder: Path) -> str:
    """One process, three documents a client; then the manual of one client with more and more outlets."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)]),
        "DOCGEN_DEFLATE": "zlib",
    }
    out = ["| clients so far | ms a client since the line above | peak MiB |", "| --: | --: | --: |"]
    for name in ("_child_growth", "_child_outlets"):
        program = f"import sys, pathlib, scale; scale.{name}(pathlib.Path(sys.argv[1]))"
        done = subprocess.run(
            [sys.executable, "-c", program, str(folder)],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        out.append(done.stdout.strip())
        if name == "_child_growth":
            out += ["", "| outlets | ms for the manual |", "| --: | --: |"]
    return "\n".join(out)


def commands(folder: Path) -> str:
    """Start-up and whole commands, in turn."""
    from work import PROFILE

    python = sys.executable
    cold = [python, "-m", "docgen", "build", str(PROFILE), "--jobs", "1", "--output"]
    rows: dict[str, list[str]] = {
        "python -c pass": [python, "-c", "pass"],
        "import click": [python, "-c", "import click"],
        "docgen --help": [python, "-m", "docgen", "--help"],
        "import click, yaml, jinja2": [python, "-c", "import click, yaml, jinja2"],
        "docgen build, one client, new folder": cold,
        "docgen build, nothing changed": [*cold, str(folder / "same")],
    }
    _run(*cold, str(folder / "same"))
    times: dict[str, list[float]] = {name: [] for name in rows}
    for number in range(ROUNDS):
        for name, command in rows.items():
            full = [*command, str(folder / f"cold{number}")] if command is cold else command
            times[name].append(_run(*full, DOCGEN_DEFLATE="zlib")[0] * 1000)
    lines = ["| command | median ms | spread |", "| --- | --: | --: |"]
    for name, values in times.items():
        lines.append(f"| `{name}` | {statistics.median(values):.0f} | {min(values):.0f}–{max(values):.0f} |")
    return "\n".join(lines)
