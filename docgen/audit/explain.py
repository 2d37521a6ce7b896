"""Why a finding matters and what to do about it, from the message table."""

from __future__ import annotations

from docgen.diagnostics import Diagnostic
from docgen.messages import text


def _row(code: str, kind: str, lang: str) -> str:
    for name in (f"{code}:{kind}", f"{code.partition('.')[0]}:{kind}"):
        found = text(name, lang)
        if found != name:
            return found
    return ""


def reason_of(diagnostic: Diagnostic, lang: str = "zh") -> str:
    """Which clause or practice stands behind the check."""
    return _row(diagnostic.code, "reason", lang)


def remedy_of(diagnostic: Diagnostic, lang: str = "zh") -> str:
    """What to do."""
    return _row(diagnostic.code, "remedy", lang)
