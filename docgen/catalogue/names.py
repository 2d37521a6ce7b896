"""Finding the known name a slip was meant to be."""

from __future__ import annotations

from collections.abc import Iterable

# which message says that a thing of that kind does not exist
UNKNOWN = {
    "clause": "K101",
    "document": "K102",
    "form": "K103",
    "law": "K104",
    "industry": "K105",
    "role": "K106",
    "function": "K107",
    "kpi": "K108",
    "condition": "K110",
    "term": "K111",
}


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like `name`; empty if none is near."""
    from difflib import get_close_matches

    matches = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else ""
