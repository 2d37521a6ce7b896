"""What every reader of settings files that may come from strangers agrees on."""

from __future__ import annotations

import re
from typing import Any

MAX_SETTINGS = 4_000_000  # characters of one YAML file
_MAX_DEPTH = 200  # the parser is recursive, and what overflows its stack ends the process
_MAYBE_ALIAS = re.compile(r"(?:^|[\s\[{,:-])[*&][^\s,\]}]", re.MULTILINE)
_MAYBE_DEEP = re.compile(r"(?:[-?:][ \t]+){50}")


def check_yaml(text: str, loader: Any) -> None:
    """Refuse a YAML text that is too long or too deep, or has anchors and aliases: a few lines of them unfold to more
    than any memory. Raises yaml.YAMLError."""
    import yaml

    if len(text) > MAX_SETTINGS:
        raise yaml.YAMLError(f"> {MAX_SETTINGS} characters")
    if text.count("[") + text.count("{") < _MAX_DEPTH and not (_MAYBE_ALIAS.search(text) or _MAYBE_DEEP.search(text)):
        return  # indentation alone takes more than the longest text to be dangerous
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        problem = f"alias *{event.anchor}" if isinstance(event, yaml.AliasEvent) else ""
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            problem = f"> {_MAX_DEPTH} levels" if depth > _MAX_DEPTH else ""
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type]


def load_yaml(text: str, loader: Any = None) -> Any:
    """The data of a YAML text that `check_yaml` lets pass.

    Raises:
        yaml.YAMLError: no YAML, or refused.
    """
    import yaml

    loader = loader or getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    check_yaml(text, loader)
    try:
        return yaml.load(text, Loader=loader)
    except (ValueError, ArithmeticError, LookupError, AttributeError, TypeError) as error:
        raise yaml.YAMLError(str(error)) from error  # of a date or a number: `2026-13-01`, `!!int x`
