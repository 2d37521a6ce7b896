"""Recall and false alarms per check. Run: python -m tests.audit.corpus"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from datetime import date

from docgen.audit.checks import CHECKS
from docgen.diagnostics import Diagnostic, Severity
from tests.audit.bench import Base, audit, foreign, office, own_set
from tests.audit.plants import Plant, base_of, plants

CLEAN = ("electronics", "instruments", "telecom", "machinery", "auto_parts", "toys", "software")


def _key(finding: Diagnostic) -> tuple[str, str, str]:
    return finding.code, finding.place.file, finding.place.quote


_baseline: dict[tuple[str, str], set[tuple[str, str, str]]] = {}


def baseline(base: Base, check: str) -> set[tuple[str, str, str]]:
    if (base.name, check) not in _baseline:
        _baseline[base.name, check] = {_key(f) for f in audit(base, only=(check,))}
    return _baseline[base.name, check]


def found(plant: Plant, name: str) -> bool:
    """True if the check finds something it does not find in the clean set."""
    base = base_of(name)
    before = baseline(base, plant.check)
    extra = dict(plant.extra)
    if extra.pop("twin", False):
        from docgen.audit.checks.similarity import own_text
        from docgen.audit.words import load_words
        from tests.audit.bench import library

        pattern = load_words(library().roots).re("own_heading")
        extra["others_texts"] = {
            "twin": own_text(((p.heading, p.text) for d in base.documents({}) for p in d.live()), pattern)
        }
    year = extra.pop("today_year", 0)
    from tests.audit import bench

    bench.TODAY = date(year or 2026, 11, 22)
    try:
        findings = audit(base, plant.change(base), (plant.check,), **extra)
    finally:
        bench.TODAY = date(2026, 11, 22)
    return any(_key(f) not in before and f.severity is not Severity.NOTE for f in findings)


def alarms() -> tuple[Counter[str], float, list[Diagnostic]]:
    """What the checks say of clean sets, by check, and how many pages those have."""
    counts: Counter[str] = Counter()
    pages = 0.0
    said: list[Diagnostic] = []
    for base in [*(own_set(name) for name in CLEAN), foreign(), office()]:
        findings = [f for f in audit(base, others=()) if f.severity is not Severity.NOTE and f.code != "C02.gap"]
        pages += sum(d.pages for d in base.documents({}))
        counts.update(f.code[:3] for f in findings)
        said += findings
    return counts, pages, said


def main() -> int:
    started = time.perf_counter()
    hits: dict[str, list[bool]] = defaultdict(list)
    missed = []
    for plant in plants():
        for name in plant.bases:
            try:
                hit = found(plant, name)
            except AssertionError as error:
                hit = False
                missed.append(f"{plant.check} {plant.name} ({name}): could not be planted: {error}")
            hits[plant.check].append(hit)
            if not hit and not (missed and missed[-1].startswith(f"{plant.check} {plant.name} ({name})")):
                missed.append(f"{plant.check} {plant.name} ({name})")
    false, pages, said = alarms()
    print(f"{'check':6}{'planted':>8}{'found':>7}{'recall':>8}{'alarms on clean sets':>22}")
    for check in CHECKS:
        results = hits[check.code]
        share = f"{sum(results) / len(results):.0%}" if results else "-"
        print(f"{check.code:6}{len(results):8}{sum(results):7}{share:>8}{false[check.code]:22}")
    total = sum(map(len, hits.values()))
    print(f"\n{total} planted, {total - len(missed)} found; {sum(false.values())} alarms on {pages:.0f} clean pages "
          f"({100 * sum(false.values()) / pages:.2f} per 100 pages); {time.perf_counter() - started:.0f} s")  # fmt: skip
    for line in missed:
        print("missed:", line)
    if "-v" in sys.argv:
        from docgen.messages import render

        for finding in said:
            print(render(finding), "|", finding.place.quote)
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
