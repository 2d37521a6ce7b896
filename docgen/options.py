"""How a set is to be built."""

from __future__ import annotations

from pathlib import Path

from docgen.records import dataclass

DEFAULT_THEME = "formal"


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build. `only` holds document or form ids, numbers or kinds; empty is everything."""

    output: Path = Path("output")
    only: tuple[str, ...] = ()
    theme: str = DEFAULT_THEME
    exact_pages: bool = False
    strict: bool = False
    samples: bool = False
    review: bool = False
    binder: bool = False  # one file more, which holds the whole set
