"""Fill absent facts with an industry's proposed values, and say which were assumed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity
from docgen.profile.building import Builder, empty_part
from docgen.profile.describe import FieldInfo, Kind, describe, fields_of
from docgen.profile.fields import Part
from docgen.profile.profile import Profile
from docgen.profile.reading import ListNode, MapNode, Node, TextNode

Tree = dict[str, Any]
_FILE = "defaults"


def node_of(raw: Any) -> Node:
    """A raw value as it would have been read from a file."""
    if isinstance(raw, Mapping):
        return MapNode([(TextNode(str(key), 0, 0), node_of(value)) for key, value in raw.items()], 0, 0)
    if isinstance(raw, (list, tuple)):
        return ListNode([node_of(value) for value in raw], 0, 0)
    if isinstance(raw, bool):
        return TextNode("true" if raw else "false", 0, 0)
    if isinstance(raw, date):
        return TextNode(raw.isoformat(), 0, 0)
    return TextNode("" if raw is None else str(raw), 0, 0)


def _tree(defaults: Mapping[str, Any]) -> tuple[Tree, list[Diagnostic]]:
    """Dotted paths as a tree of names; `products[].x` keeps its brackets. Unknown paths are faults."""
    tree: Tree = {}
    faults: list[Diagnostic] = []
    known = describe()
    for path, raw in defaults.items():
        names = path.split(".")
        pattern = ".".join([names[0], "*", *names[2:]]) if names[0] in ("kpis", "terms") else path
        info = known.get(pattern)
        if info is None or info.kind in (Kind.GROUP, Kind.GROUP_MAP):
            faults.append(Diagnostic("P300", Severity.ERROR, Place(_FILE, key=path), {"a_path": path}))
            continue
        branch = tree
        for name in names[:-1]:
            branch = branch.setdefault(name, {})
        branch[names[-1]] = raw
    return tree, faults


class _Filler:
    def __init__(self) -> None:
        self.builder = Builder(_FILE)
        self.assumed: list[str] = []

    def part(self, part: Part, tree: Tree, path: str) -> Part:
        changes: dict[str, Any] = {}
        for key, branch in tree.items():
            name = key.removesuffix("[]")
            info = fields_of(type(part))[name]
            where = f"{path}.{name}" if path else name
            old = getattr(part, name)
            if old == () and name in part.told:
                continue  # written as an empty list: the answer is "none"
            new = self._field(info, old, branch, where, each=key.endswith("[]"))
            if new is not old:
                changes[name] = new
        return part.changed(**changes) if changes else part

    def _field(self, info: FieldInfo, old: Any, branch: Any, where: str, each: bool) -> Any:
        if each:
            items = tuple(self.part(item, branch, f"{where}[{number}]") for number, item in enumerate(old))
            return old if all(a is b for a, b in zip(items, old, strict=True)) else items
        if info.kind is Kind.GROUP:
            return self.part(old, branch, where)
        if info.kind is Kind.GROUP_MAP or info.kind is Kind.TEXT_MAP:
            return self._map(info, old, branch, where)
        if old is not None and old != ():
            return old
        return self._read(info, branch, where, old)

    def _map(self, info: FieldInfo, old: dict[str, Any], branch: Tree, where: str) -> dict[str, Any]:
        found = dict(old)
        for key, inner in branch.items():
            if info.part is not None:
                item = found.get(key) or empty_part(info.part)
                found[key] = self.part(item, inner, f"{where}.{key}")
            elif key not in found:
                found[key] = str(inner)
                self.assumed.append(f"{where}.{key}")
        return found

    def _read(self, info: FieldInfo, raw: Any, where: str, old: Any) -> Any:
        value = self.builder.value(info, node_of(raw), where)
        if value is None or value == ():
            return old
        self.assumed.append(where)
        return value


def apply_defaults(profile: Profile, defaults: Mapping[str, Any]) -> tuple[Profile, tuple[str, ...]]:
    """The profile with absent facts filled from `defaults` (path → value as in a file), and their paths.

    Facts that are there are never changed, nor is a list that was written empty.
    `products[].wear_parts_months` fills every item of a list.
    Raises DocgenError for unknown paths and unreadable values.
    """
    tree, faults = _tree(defaults)
    filler = _Filler()
    filled = filler.part(profile, tree, "")
    faults += [fault for fault in filler.builder.diagnostics if fault.severity is Severity.ERROR]
    if faults:
        raise DocgenError(faults)
    assert isinstance(filled, Profile)
    return filled, tuple(filler.assumed)
