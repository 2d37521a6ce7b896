"""Whatever a profile lacks or says oddly: a set with gaps, or faults with their places; never a fault of a template."""

from __future__ import annotations

import copy
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.diagnostics import Diagnostic, Severity
from docgen.library import data_folder
from docgen.pipeline import BuildOptions, build_set, compose_all, prepare
from docgen.profile.describe import describe
from docgen.profile.loading import load_profile_text
from tests.content.sets import library
from tests.faults.test_hostile_text import sample

PROFILES = data_folder("company_profiles")
SAMPLES = sorted(path.stem for path in PROFILES.glob("*.yaml"))
TYPES = ("manufacturer", "seller", "service_provider")
MUTATIONS = 60
ODD = ("", "~", "0", "-1", "999999999999", "0.5", "是", "2 小时", "3天", "2026-02-30", "2099-01-01", "0001-01-01", "NaN", "甲" * 300,
       "无", "=1+1", "100%", "０", "1,000", "manufacturer", "{{x}}", "|", "\u202e", "0 天", "-3 小时", "13", "12345678901234567890")  # fmt: skip


def faults(facts: Any) -> list[Diagnostic]:
    """Errors that come of composing the whole set."""
    text = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False).encode()
    loaded = load_profile_text(text, str(PROFILES / "a.yaml"))  # beside the samples, for the files they name
    prepared = prepare(loaded, library())
    return [f for f in compose_all(prepared, prepared.company.plan.all(), library())[1] if f.severity is Severity.ERROR]


@pytest.mark.parametrize("industry", sorted([*library().catalogue.industry_ids]))
def test_a_profile_of_nothing_but_a_name_gives_a_whole_set(industry: str) -> None:
    for kind in TYPES:
        assert not faults({"company": {"full_name": "甲示例有限公司", "industry": industry, "enterprise_type": kind}})


def without(facts: Any, steps: list[str]) -> bool:
    """Take a fact away wherever the pattern has it; False where it was nowhere."""
    step, rest = steps[0], steps[1:]
    name = step.removesuffix("[]")
    if not isinstance(facts, dict):
        return False
    found = False
    for key in list(facts) if name == "*" else [key for key in (name,) if key in facts]:
        if not rest:
            del facts[key]
            found = True
        else:
            for item in facts[key] if name != step else [facts[key]]:
                found |= without(item, rest)
    return found


@pytest.mark.parametrize("group", [pattern for pattern in describe() if "." not in pattern])
def test_a_set_stays_whole_whichever_fact_is_missing(group: str) -> None:
    for pattern in describe():
        facts = copy.deepcopy(sample("electronics"))
        if pattern.partition(".")[0].removesuffix("[]") == group and without(facts, pattern.split(".")):
            found = faults(facts)
            assert not found, f"without {pattern}: {[(f.code, str(f.place), f.values) for f in found[:3]]}"


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of a tree, from the top."""
    if path:
        yield path
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield from places(inner, (*path, step))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def mutated(facts: Any, chance: random.Random) -> Any:
    """The facts with some of them gone, odd, in other places, lists longer or empty."""
    facts = copy.deepcopy(facts)
    for _ in range(chance.choice((1, 3, 10, 40))):
        known = list(places(facts))
        if not known:
            break
        path = chance.choice(known)
        holder, step = at(facts, path[:-1]), path[-1]
        how = chance.random()
        if how < 0.3:
            del holder[step]
        elif how < 0.6:
            holder[step] = chance.choice(ODD)
        elif how < 0.75:
            holder[step] = copy.deepcopy(at(facts, chance.choice(known)))
        elif how < 0.9 and isinstance(holder[step], list):
            holder[step] = holder[step] * chance.choice((0, 2, 5))
        else:
            holder[step] = chance.choice(([], {}))
    return facts


@pytest.mark.parametrize("number", range(MUTATIONS))
def test_a_profile_changed_at_random_is_built_or_its_own_faults_are_told(number: int) -> None:
    chance = random.Random(number)
    name = SAMPLES[number % len(SAMPLES)]
    facts = mutated(sample(name), chance)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.yaml"
        for beside in PROFILES.glob(f"{name}-*"):
            (Path(folder) / beside.name).write_bytes(beside.read_bytes())
        path.write_text(yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=10**9), encoding="utf-8")
        result = build_set(path, library(), BuildOptions(output=Path(folder) / "out"))
        errors = [d for d in result.diagnostics if d.severity is Severity.ERROR]
        assert all(d.place.file.startswith(folder) for d in errors), [(d.code, str(d.place), d.values) for d in errors]
        assert result.ok == bool(result.written)
