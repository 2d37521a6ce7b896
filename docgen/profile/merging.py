"""A tree of nodes laid over another: the cells of a client list or a questionnaire over a base profile."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from docgen.profile.describe import Kind, fields_of
from docgen.profile.fields import Part
from docgen.profile.reading import ListNode, MapNode, Node, TextNode
from docgen.profile.walking import Path


def merged(root: MapNode, path: Path, leaf: Node) -> MapNode:
    """A copy of the tree with `leaf` at `path`; what is not on the way is shared."""
    from docgen.profile.profile import Profile

    made = _put(root, Profile, False, path, leaf)
    assert isinstance(made, MapNode)
    return made


def node_at(root: MapNode, path: Path) -> Node | None:
    """The node at a path, whether keys are written as names or as labels; None where there is none."""
    from docgen.profile.profile import Profile

    node: Node | None = root
    part: type[Part] | None = Profile
    free = False
    for step in path:
        if isinstance(step, int):
            items = node.items if isinstance(node, ListNode) else [node] if isinstance(node, MapNode) else []
            node = items[step] if step < len(items) else None
            continue
        info = None if free or part is None else fields_of(part).get(step)
        entries = node.entries if isinstance(node, MapNode) else []
        at = place_of(entries, (step,) if info is None else (info.name, info.label))
        node = None if at is None else entries[at][1]
        part = part if free else info.part if info else None
        free = info is not None and info.kind in (Kind.TEXT_MAP, Kind.GROUP_MAP)
    return node


def _put(node: Node | None, part: type[Part] | None, free: bool, path: Path, leaf: Node) -> Node:
    """`part` is what the node, or each item of it, is made of; `free`: its keys are the company's own."""
    if not path:
        return leaf
    step, rest = path[0], path[1:]
    line, column = (leaf.line, leaf.column) if node is None or isinstance(node, TextNode) else (node.line, node.column)
    if isinstance(step, int):
        items: list[Node] = []
        if isinstance(node, ListNode):
            items += node.items
        elif isinstance(node, MapNode):  # one thing typed without the list around it
            items.append(node)
        place = min(step, len(items))
        items[place : place + 1] = [_put(items[place] if place < len(items) else None, part, False, rest, leaf)]
        return ListNode(items, line, column)
    info = None if free or part is None else fields_of(part).get(step)
    names = (step,) if info is None else (info.name, info.label)
    entries = list(node.entries) if isinstance(node, MapNode) else []
    at = place_of(entries, names)
    inner = part if free else info.part if info else None
    keys_free = info is not None and info.kind in (Kind.TEXT_MAP, Kind.GROUP_MAP)
    child = _put(entries[at][1] if at is not None else None, inner, keys_free, rest, leaf)
    if at is None:
        entries.append((TextNode(step, leaf.line, leaf.column), child))
    else:
        entries[at] = (entries[at][0], child)
    return MapNode(entries, line, column)


def place_of(entries: Sequence[tuple[TextNode, Node]], names: Collection[str]) -> int | None:
    """Which entry of a mapping has one of these keys."""
    return next((n for n, (key, _) in enumerate(entries) if key.text.strip() in names), None)
