"""A run for programs: one JSON file that says of every client what was done and what was wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docgen
from docgen.batch.runner import Run
from docgen.batch.work import ClientResult, Status
from docgen.diagnostics import Diagnostic
from docgen.messages import record
from docgen.publish import Outcome
from docgen.publish.files import atomic_write

OUTCOMES = (Outcome.WRITTEN, Outcome.UNCHANGED, Outcome.BESIDE, Outcome.REMOVED, Outcome.FAILED)


def client_record(result: ClientResult, lang: str = "zh") -> dict[str, Any]:
    """One client."""
    return {
        "id": result.source.stem,
        "key": result.key,
        "company": result.name,
        "ok": result.ok,
        "status": result.status.value,
        "folder": result.folder,
        "counts": {outcome.value: result.count(outcome) for outcome in OUTCOMES},
        "files": [{"path": f.path, "outcome": f.outcome, "sha256": f.sha256} for f in result.files],
        "gaps": [{"key": path, "label": label, "level": level} for path, label, level in result.gaps],
        "gap_counts": dict(result.gap_counts),
        "assumed": list(result.assumed),
        "seconds": round(result.seconds, 3),
        "diagnostics": [record(d, lang) for d in result.diagnostics],
    }


def totals(run: Run) -> dict[str, int]:
    """Clients by status."""
    return {status.value: sum(result.status is status for result in run.results) for status in Status}


def documents(run: Run) -> int:
    """Files of all clients that are there now."""
    gone = (Outcome.REMOVED.value, Outcome.FAILED.value)
    return sum(file.outcome not in gone for result in run.results for file in result.files)


def write_report(path: Path, run: Run, seconds: float, extra: list[Diagnostic], lang: str = "zh") -> None:
    """Write the report. Raises OSError."""
    report = {
        "docgen": docgen.__version__,
        "totals": totals(run),
        "documents": documents(run),
        "seconds": round(seconds, 3),
        "jobs": run.jobs,
        "interrupted": run.interrupted,
        "peak_mib": max((result.peak_mib for result in run.results), default=0.0),
        "diagnostics": [record(d, lang) for d in extra],
        "clients": [client_record(result, lang) for result in run.results],
    }
    text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
    atomic_write(path, text.encode("utf-8", "replace"))
