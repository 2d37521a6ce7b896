"""Titles and names of indicators with a company's own words: `{outlet:服务网点}管理程序` → 服务站管理程序."""

from __future__ import annotations

import re
from collections.abc import Mapping

_WORD = re.compile(r"\{(\w*):([^{}]*)\}")


def title_terms(title: str) -> list[str]:
    """The terms a title names."""
    return [match.group(1) for match in _WORD.finditer(title)]


def worded(title: str, terms: Mapping[str, str]) -> str:
    """The title with these words; the general word after the colon where a term has none."""
    if "{" not in title:
        return title
    return _WORD.sub(lambda match: terms.get(match.group(1)) or match.group(2), title)
