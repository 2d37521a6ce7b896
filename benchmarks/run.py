"""Measure docgen against its peers and the floor in interleaved rounds; print medians, ratios and their spread.

python benchmarks/run.py [--quick] [--rounds N] [--only ENGINE …] [--parts engines batch growth commands office]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVS = HERE / ".envs"
PEERS = {"docxtpl": "docxtpl", "rust-docxtpl": "rust-docxtpl", "python-docx": "python-docx"}
ROUNDS = 10
FEW_ROUNDS = {("set", "python-docx"): 3}  # a minute each
EXTRA = {"docgen-isal": "isal"}  # docgen with another library for deflate
ENGINES = [
    "floor",
    "floor-path",
    "docgen",
    "docgen-again",
    "docgen-isal",
    "docgen-path",
    "docxtpl",
    "rust-docxtpl",
    "python-docx",
]
PARTS = ["engines", "batch", "growth", "commands", "office"]
TASKS = ["form", "procedure", "manual", "set"]


def interpreter(engine: str) -> str:
    """The Python an engine runs in: peers have environments of their own (two of them share an import name)."""
    if engine not in PEERS:
        return sys.executable
    home = ENVS / engine
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", PEERS[engine]], check=True)
    return str(python)


def extra(engine: str) -> list[str]:
    """Folders with libraries only this engine sees."""
    if engine not in EXTRA:
        return []
    home = ENVS / EXTRA[engine]
    if not home.exists():
        command = [sys.executable, "-m", "pip", "install", "-q", "--target", str(home), EXTRA[engine]]
        subprocess.run(command, check=True)
    return [str(home)]


def surroundings(*folders: str) -> dict[str, str]:
    """The environment of a measured process. Without compiled modules every start would compile them anew."""
    found = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**found, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent), *folders])}


class Worker:
    """One engine in its process."""

    def __init__(self, engine: str, folder: Path) -> None:
        command = [interpreter(engine), str(HERE / "workers.py"), engine, str(folder)]
        environment = surroundings(*extra(engine))
        if engine not in EXTRA:
            environment["DOCGEN_DEFLATE"] = "zlib"
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            encoding="utf-8",
        )

    def run(self, task: str) -> float:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{task}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.process.args} stopped")
        return float(line)

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.close()
        self.process.wait(60)


def measure(engines: list[str], rounds: int, folder: Path) -> dict[str, dict[str, list[float]]]:
    """Milliseconds by task and engine, one value a round, engines in turn within a round."""
    times: dict[str, dict[str, list[float]]] = {}
    for task in TASKS:
        workers = {engine: Worker(engine, folder) for engine in engines}
        times[task] = {engine: [] for engine in engines}
        for number in range(rounds):
            for engine, worker in workers.items():
                if number < FEW_ROUNDS.get((task, engine), rounds):
                    times[task][engine].append(worker.run(task))
        for worker in workers.values():
            worker.close()
    return times


def table(times: dict[str, dict[str, list[float]]]) -> str:
    lines = [
        "| task | engine | median ms | spread | noise | × floor | docgen is … times as fast |",
        "| --- | --- | --: | --: | --: | --: | --: |",
    ]
    for task, by_engine in times.items():
        for engine, values in by_engine.items():
            floor = ratio(values, by_engine["floor"])
            own = ratio(values, by_engine["docgen"])
            lines.append(f"| {task} | {engine} | {shown(values, 2)} | {floor:.2f} | {own:.1f} |")
    return "\n".join(lines)


def shown(values: list[float], digits: int = 0) -> str:
    """Median, spread, and noise: half the distance of the quartiles, in per cent of the median."""
    median = statistics.median(values)
    first, _, third = statistics.quantiles(values, n=4) if len(values) > 1 else (median,) * 3
    noise = (third - first) / 2 / median * 100
    return f"{median:.{digits}f} | {min(values):.{digits}f}–{max(values):.{digits}f} | ±{noise:.0f} %"


def ratio(values: list[float], base: list[float]) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(a / b for a, b in zip(values, base, strict=False))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--parts", nargs="*", default=[], choices=PARTS)
    parser.add_argument("--only", nargs="*", default=[])
    options = parser.parse_args()
    engines = [e for e in ENGINES if not (options.quick and e in PEERS)]
    if options.only:
        engines = [
            "floor",
            "docgen",
            *(e for e in engines if e in options.only and e not in ("floor", "docgen")),
        ]
    parts = options.parts or (PARTS[:1] if options.quick else PARTS)
    rounds = options.rounds or (3 if options.quick else ROUNDS)
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    from work import make

    with tempfile.TemporaryDirectory() as folder:
        tasks = make(Path(folder))
        counts = {t: sum(_values(Path(folder), i) for i in ids) for t, ids in tasks.items()}
        print(
            f"{rounds} rounds; documents and values: " + json.dumps({t: [len(i), counts[t]] for t, i in tasks.items()})
        )
        if "engines" in parts:
            print(table(measure(engines, rounds, Path(folder))), flush=True)
        import scale

        for part in PARTS[1:]:
            if part in parts:
                print(f"\n{part}\n", getattr(scale, part)(Path(folder), rounds), sep="\n", flush=True)


def _values(folder: Path, id: str) -> int:
    return len(json.loads((folder / f"{id}.json").read_text(encoding="utf-8"))["values"])


if __name__ == "__main__":
    main()
