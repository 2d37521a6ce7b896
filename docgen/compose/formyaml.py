"""A strict reader of form files: every key known, every fault with its line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, TypeAlias

import yaml

from docgen.diagnostics import Diagnostic, Place
from docgen.limits import check_yaml

Node: TypeAlias = Any  # a node of PyYAML, which has no types for them


class Faults:
    """Collects the faults of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Diagnostic] = []

    def add(self, code: str, at: Node | int, nearest: str = "", **values: Any) -> None:
        line = at if isinstance(at, int) else line_of(at)
        self.found.append(Diagnostic(code, place=Place(file=self.file, line=line), values=values, nearest=nearest))


def line_of(node: Node) -> int:
    """The 1-based line a node starts in."""
    return int(node.start_mark.line) + 1


def read_yaml(text: str, faults: Faults) -> Node | None:
    """The root node, or None with a fault."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        check_yaml(text, loader)
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.add("KF01", (mark.line + 1) if mark else 0, problem=error.problem or str(error))
        return None
    except yaml.YAMLError as error:
        faults.add("KF01", 0, problem=str(error))
        return None
    return root


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like `name`, or an empty string."""
    hits = difflib.get_close_matches(name, list(known), 1, 0.6)
    return hits[0] if hits else ""


def is_map(node: Node) -> bool:
    return isinstance(node, yaml.MappingNode)


def is_list(node: Node) -> bool:
    return isinstance(node, yaml.SequenceNode)


def is_text(node: Node) -> bool:
    return isinstance(node, yaml.ScalarNode)


def pairs(node: Node, faults: Faults, key: str = "") -> list[tuple[str, Node, int]]:
    """Keys, values and lines of a mapping with free keys."""
    if not is_map(node):
        faults.add("KF04", node, key=key)
        return []
    seen: set[str] = set()
    rows = []
    for name, value in node.value:
        text = str(name.value)
        if text in seen:
            faults.add("KF03", name, key=text)
            continue
        seen.add(text)
        rows.append((text, value, line_of(name)))
    return rows


def mapping(
    node: Node, allowed: Iterable[str], faults: Faults, key: str = "", required: Iterable[str] = ()
) -> dict[str, Node]:
    """A mapping whose keys are all known."""
    names = tuple(allowed)
    result: dict[str, Node] = {}
    for name, value, line in pairs(node, faults, key):
        if name in names:
            result[name] = value
        else:
            faults.add("KF02", line, nearest(name, names), key=name, known=", ".join(names))
    for name in required:
        if name not in result and is_map(node):
            faults.add("KF08", node, key=name)
    return result


def sequence(node: Node | None, faults: Faults, key: str = "") -> list[Node]:
    """The items of a list; a missing one is empty."""
    if node is None:
        return []
    if not is_list(node):
        faults.add("KF05", node, key=key)
        return []
    return list(node.value)


def text_of(node: Node | None, faults: Faults, key: str = "", default: str = "") -> str:
    """A scalar as written, without outer space."""
    if node is None:
        return default
    if not is_text(node):
        faults.add("KF07", node, key=key)
        return default
    return str(node.value).strip()


def number_of(node: Node | None, faults: Faults, key: str = "", default: float = 0.0) -> float:
    """A scalar as a number."""
    if node is None:
        return default
    value = text_of(node, faults, key)
    try:
        return float(value)
    except ValueError:
        faults.add("KF06", node, key=key, value=value)
        return default


def choice_of(node: Node | None, known: Iterable[str], faults: Faults, key: str, default: str) -> str:
    """A scalar that is one of the known words."""
    if node is None:
        return default
    names = tuple(known)
    value = text_of(node, faults, key, default)
    if value not in names:
        faults.add("KF22", node, nearest(value, names), key=key, value=value, known=", ".join(names))
        return default
    return value


class SharedNodes:
    """The nodes of `_shared.yaml` that form files use by name."""

    def __init__(
        self, file: str, name: str, parts: dict[str, Node], score_columns: Node | None, score_total: str
    ) -> None:
        self.file = file
        self.name = name
        self.parts = parts
        self.score_columns = score_columns
        self.score_total = score_total
