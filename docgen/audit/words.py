"""The words the audit looks for: `templates/audit/*.yaml`, regular expressions and lists by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from re import Pattern
from typing import Any

from docgen.limits import load_yaml


class Words:
    """Patterns and lists by name. A name nobody wrote is our own fault and raises KeyError."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._entries = entries
        self._patterns: dict[str, Pattern[str]] = {}
        self._maps: dict[str, dict[str, Pattern[str]]] = {}

    def re(self, name: str) -> Pattern[str]:
        """One pattern; a list of patterns is their alternation."""
        if name not in self._patterns:
            entry = self._entries[name]
            source = entry if isinstance(entry, str) else "|".join(map(str, entry))
            self._patterns[name] = re.compile(source)
        return self._patterns[name]

    def map(self, name: str) -> dict[str, Pattern[str]]:
        """Patterns by key, in the order of the file."""
        if name not in self._maps:
            self._maps[name] = {str(k): re.compile(str(v)) for k, v in self._entries[name].items()}
        return self._maps[name]

    def list(self, name: str) -> Sequence[str]:
        return [str(entry) for entry in self._entries[name]]

    def raw(self, name: str) -> Any:
        return self._entries[name]


@lru_cache(maxsize=4)
def load_words(roots: tuple[Path, ...]) -> Words:
    """The words of the first root, completed by the later ones: a house folder may replace single names."""
    merged: dict[str, Any] = {}
    for root in reversed(roots):
        for path in sorted((root / "audit").glob("*.yaml")):
            merged.update(load_yaml(path.read_text(encoding="utf-8")) or {})
    return Words(merged)
