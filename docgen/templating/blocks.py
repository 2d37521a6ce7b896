"""The blocks of a template that extends another: one the other does not have would never be seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.templating.vocabulary import nearest

_EXTENDS = re.compile(r"""\{%-?\s*extends\s+["']([^"']+)["']""")
_BLOCK = re.compile(r"\{%-?\s*(?:block\s+(\w+)|endblock)\b")
Locate = Callable[[str, str], tuple[str, Path] | None]  # name of a template, key of who asks → key and file


def idle_blocks(text: str, name: str, key: str, locate: Locate) -> list[Diagnostic]:
    """Faults for the blocks of a file that replace none of the template it extends."""
    extended = _EXTENDS.search(text)
    known = _blocks_of(extended.group(1), key, locate) if extended else None
    if known is None:
        return []
    found = []
    depth = 0
    for tag in _BLOCK.finditer(text):
        block = tag.group(1)
        if block and depth == 0 and block not in known:
            place = Place(name, text.count("\n", 0, tag.start()) + 1, quote=block)
            values = {"read": block, "known": "、".join(sorted(known))}
            found.append(Diagnostic("T021", Severity.ERROR, place, values, nearest(block, known)))
        depth += 1 if block else -1
    return found


def _blocks_of(name: str, key: str, locate: Locate, seen: frozenset[Path] = frozenset()) -> set[str] | None:
    """The blocks of a template and of those it extends; None where it is not found."""
    located = locate(name, key)
    if located is None or located[1] in seen:
        return None
    key, path = located
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    extended = _EXTENDS.search(text)
    above = _blocks_of(extended.group(1), key, locate, seen | {path}) if extended else None
    return {tag.group(1) for tag in _BLOCK.finditer(text) if tag.group(1)} | (above or set())
