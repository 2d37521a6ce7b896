"""How much of two companies' documents is word for word the same, and how much of a manual is about the company.

    python -m tests.content.similarity                       the tables for the sample companies
    python -m tests.content.similarity software electronics  one pair of sample companies

A sentence counts as the same when nothing but names (company, code, departments, posts, people, products, outlets)
differs: limits, channels, steps and words do count. The share is 2 × common ÷ (sentences of both).
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from docgen.library import data_folder
from docgen.pipeline import compose_all, prepare
from docgen.writers.text import write_text
from tests.content.sets import library

KINDS = ("procedure", "specification")
SERVICE = (
    "technical-support", "packaging-delivery", "repair", "parts-tools", "warranty-returns", "recall", "take-back",
    "spec-hotline", "spec-on-site", "spec-installation", "spec-repair", "spec-delivery", "spec-outlet",
)  # fmt: skip
SHORTEST = 8  # characters; shorter pieces are labels, not sentences
_SKIPPED = re.compile(r"^(#|\[flow\]|\|[-:|]+\|$| )|^\|\s*(编制|日期|版本|序号)\s*\|")
_CLOSING = re.compile(r"^# \d+ 相关|^# 修订记录")
_SPLIT = re.compile(r"[。；！？]|　|\s\|\s|⏎")
# values that say nothing about a company wherever they stand
_ENUMERATIONS = frozenset({"business", "consumer", "both", "own", "authorized", "direct", "none", "tool", "equipment"})


@cache
def _profile(path: Path) -> Mapping[str, Any]:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def sample(name: str) -> Path:
    return data_folder("company_profiles") / f"{name}.yaml"


@cache
def documents(path: Path) -> dict[str, str]:
    """The text of every manual, procedure and specification of one profile, by id."""
    company = prepare(path, library())
    chosen = [p for p in company.company.plan.documents.values() if p.kind in ("manual", *KINDS)]
    composed, _ = compose_all(company, chosen, library())
    return {c.planned.id: write_text(c.document) for c in composed if c.document}


def under_industry(path: Path, industry: str, folder: Path) -> Path:
    """The same company as if it belonged to another industry: a second client of that industry."""
    text = re.sub(r"(?m)^  industry: \w+$", f"  industry: {industry}", path.read_text(encoding="utf-8"))
    text = re.sub(r"(?m)^terms:\n(?:  .*\n)+", "", text)  # its own words belong to its own industry
    target = folder / f"{path.stem}-as-{industry}.yaml"
    target.write_text(text, encoding="utf-8")
    return target


def _names(profile: Mapping[str, Any]) -> list[str]:
    company, organization = profile.get("company", {}), profile.get("organization", {})
    found = {str(company.get(key, "")) for key in ("full_name", "short_name", "code")}
    for row in [*organization.get("departments", []), *profile.get("outlets", []), *profile.get("products", [])]:
        found |= {str(row.get("name", "")), str(row.get("head", ""))}
    for row in [*organization.get("positions", []), *organization.get("people", [])]:
        found |= {str(row.get("title", "")), str(row.get("name", "")), str(row.get("position", ""))}
    for key in ("top_management", "management_representative", "service_head", "supervisor"):
        row = organization.get(key) or {}
        found |= {str(row.get("title", "")), str(row.get("name", ""))}
    return sorted((name for name in found if len(name) > 1), key=len, reverse=True)


def sentences(text: str, names: list[str]) -> list[str]:
    """The sentences of a document without its names; headings, drawings and closing lists left out."""
    for name in names:
        text = text.replace(name, "□")
    found: list[str] = []
    for line in text.splitlines():
        if _CLOSING.match(line):
            break
        if _SKIPPED.match(line):
            continue
        pieces = (re.sub(r"[\s|]+", "", piece) for piece in _SPLIT.split(line))
        found += [re.sub(r"□(、□)+", "□", piece) for piece in pieces if len(piece) >= SHORTEST]
    return found


def share(one: list[str], other: list[str]) -> float:
    common = sum((Counter(one) & Counter(other)).values())
    return 2 * common / ((len(one) + len(other)) or 1)


def compare(one: Path, other: Path) -> dict[str, float]:
    """The share of equal sentences of each document both companies have."""
    first, second = documents(one), documents(other)
    names = _names(_profile(one)), _names(_profile(other))
    return {
        id: share(sentences(first[id], names[0]), sentences(second[id], names[1]))
        for id in first
        if id in second and id != "manual"
    }


def _facts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _facts(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _facts(item)
    elif isinstance(value, str) and len(value) > 1 and value not in _ENUMERATIONS:
        yield value.strip()


def paragraphs_with_facts(path: Path) -> tuple[int, int, int]:
    """Of the manual: paragraphs and table rows, how many carry a fact, how many more only a name of a post."""
    profile = _profile(path)
    posts = set(_names({"organization": profile.get("organization", {})}))
    facts = {fact for fact in _facts(profile) if fact not in posts}
    lines = [
        line
        for line in documents(path)["manual"].splitlines()
        if line.strip() and not _SKIPPED.match(line) and not re.fullmatch(r"[|\-: ]+", line)
    ]
    with_fact = with_post = 0
    for line in lines:
        if any(fact in line for fact in facts):
            with_fact += 1
        elif any(post in line for post in posts):
            with_post += 1
    return len(lines), with_fact, with_post


def _print(title: str, columns: dict[str, dict[str, float]]) -> None:
    print(f"\n{title}\n" + f"{'document':26}" + "".join(f"{name:>26}" for name in columns))
    ids = list(dict.fromkeys(id for rows in columns.values() for id in rows))
    for id in ids:
        cells = "".join(f"{rows[id]:26.2f}" if id in rows else f"{'—':>26}" for rows in columns.values())
        print(f"{id:26}{cells}")
    for label, wanted in (("mean, all", ids), ("mean, service processes", [i for i in ids if i in SERVICE])):
        means = [[rows[i] for i in wanted if i in rows] for rows in columns.values()]
        print(f"{label:26}" + "".join(f"{sum(m) / (len(m) or 1):26.2f}" for m in means))


def main(arguments: list[str]) -> None:
    pairs = [tuple(arguments[:2])] if len(arguments) > 1 else [
        ("software", "electronics"), ("telecom", "electronics"), ("instruments", "electronics"),
        ("machinery", "electronics"), ("software", "telecom"), ("instruments", "machinery"),
    ]  # fmt: skip
    _print("two industries", {f"{a}/{b}": compare(sample(a), sample(b)) for a, b in pairs})
    with tempfile.TemporaryDirectory() as folder:
        same: dict[str, dict[str, float]] = {}
        for own, guest in (("machinery", "auto_parts"), ("instruments", "machinery"), ("electronics", "toys")):
            second = under_industry(sample(guest), own, Path(folder))
            same[f"{own}/{guest}"] = compare(sample(own), second)
        _print("two companies of one industry (the second under the first one's industry)", same)
    print("\nmanual: paragraphs and table rows / with a fact of the company / only with a post or department")
    for path in sorted(data_folder("company_profiles").glob("*.yaml")):
        total, fact, post = paragraphs_with_facts(path)
        print(f"{path.stem:26}{total:6}{fact:6} ({fact / total:.0%}){post:6} ({(fact + post) / total:.0%} with any)")


if __name__ == "__main__":
    main(sys.argv[1:])
