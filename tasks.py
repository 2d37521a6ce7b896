"""Set-up and checks on a fresh machine, the same on Linux, macOS and Windows. Needs Python 3.10 or newer only.

python tasks.py sample    make a virtual environment, install docgen, build a sample company's documents
python tasks.py test      the same, then run all tests
python tasks.py check     the same, then ruff, mypy and all tests (what CI runs)
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")


def run(*command: str | Path) -> None:
    """Run one command in the project's folder; stop with its exit code if it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def install() -> None:
    """The virtual environment with docgen and its development tools, made once and refreshed."""
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", f"{ROOT}[dev]")


def sample() -> None:
    run(PYTHON, "-m", "docgen", "build", "company_profiles/electronics.yaml")


def test() -> None:
    workers = str(min(4, os.cpu_count() or 1))
    run(PYTHON, "-m", "pytest", "-n", workers)


def check() -> None:
    run(PYTHON, "-m", "ruff", "check", ".")
    run(PYTHON, "-m", "ruff", "format", "--check", ".")
    run(PYTHON, "-m", "mypy")
    test()


TASKS = {"sample": sample, "test": test, "check": check}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in TASKS:
        sys.exit(__doc__)
    install()
    TASKS[sys.argv[1]]()
