"""What every reader of settings files that may come from strangers agrees on."""

from __future__ import annotations

import re
from typing import Any

MAX_SETTINGS = 4_000_000  # characters of one YAML file
_MAYBE_ALIAS = re.compile(r"(?:^|[\s\[{,:-])[*&][^\s,\]}]", re.MULTILINE)


def load_yaml(text: str, loader: Any = None) -> Any:
    """The data of a YAML text. Anchors and aliases are refused: a few lines of them unfold to more than any memory.

    Raises:
        yaml.YAMLError: no YAML, too long, or with aliases.
    """
    import yaml

    loader = loader or getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    if len(text) > MAX_SETTINGS:
        raise yaml.YAMLError(f"> {MAX_SETTINGS} characters")
    if _MAYBE_ALIAS.search(text):
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.AliasEvent):
                mark = event.start_mark
                raise yaml.MarkedYAMLError(problem=f"alias *{event.anchor}", problem_mark=mark)  # type: ignore[arg-type]
    return yaml.load(text, Loader=loader)
