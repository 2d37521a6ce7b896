"""The message table: every sentence docgen says to people, in Chinese and English.

One module a package keeps its rows in `MESSAGES`; `render` picks the language. A row is a pair of
`str.format` patterns (Chinese, English); they see the diagnostic's `values` plus `nearest`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from docgen.diagnostics import Diagnostic, Severity

MessageTable = Mapping[str, tuple[str, str]]

_TABLES = (
    "profile",
    "templates",
    "wordtemplate",
    "catalogue",
    "writers",
    "publish",
    "cli",
    "audit",
    "score",
    "survey",
    "forms",
    "batch",
    "questionnaire",
)
_SEVERITY = {
    Severity.ERROR: ("错误", "error"),
    Severity.WARNING: ("警告", "warning"),
    Severity.NOTE: ("提示", "note"),
}
_NEAREST = ("；您是否想写“{nearest}”？", "did you mean “{nearest}”?")
_LINE_OF_CELL = re.compile(r"(?:第|line) (\S+![A-Z]+\d+)(?: 行)?")
_rows: dict[str, tuple[str, str]] = {}


def _find(code: str) -> tuple[str, str]:
    if not _rows:
        found: dict[str, tuple[str, str]] = {}
        for name in _TABLES:
            try:
                table: MessageTable = import_module(f"docgen.messages.{name}").MESSAGES
            except ModuleNotFoundError:
                continue
            found.update(table)
        _rows.update(found)  # whole or not at all: an interruption may come at any line
    return _rows.get(code, (code, code))


def text(code: str, lang: str = "zh", **values: Any) -> str:
    """The sentence of one row in one language (`zh` or `en`)."""
    return _find(code)[0 if lang == "zh" else 1].format(**values)


def render(diagnostic: Diagnostic, lang: str = "zh") -> str:
    """`file:line:column 错误 code：sentence` with the nearest name appended where one is known."""
    column = 0 if lang == "zh" else 1
    severity = _SEVERITY[diagnostic.severity][column]
    values = diagnostic.values
    if lang == "zh" and "reason" in values:
        from docgen.messages.reasons import in_chinese

        values = {**values, "reason": in_chinese(str(values["reason"]))}
    sentence = _find(diagnostic.code)[column].format(**values)
    if diagnostic.place.sheet:  # what is said of lines is said of cells
        sentence = _LINE_OF_CELL.sub(r"\1", sentence)
    place = str(diagnostic.place)
    head = f"{place}: " if place else ""
    colon = "：" if lang == "zh" else ": "
    tail = ""
    if diagnostic.nearest:
        tail = ("" if lang == "zh" else " ") + _NEAREST[column].format(nearest=diagnostic.nearest)
    return f"{head}{severity} {diagnostic.code}{colon}{sentence}{tail}"


def record(diagnostic: Diagnostic, lang: str = "zh") -> dict[str, Any]:
    """A diagnostic for programs."""
    place = diagnostic.place
    return {
        "id": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": render(diagnostic, lang),
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "cell": place.cell,
        "key": place.key,
        "heading": place.heading,
        "quote": place.quote,
        "nearest": diagnostic.nearest,
        "values": {k: str(v) for k, v in diagnostic.values.items()},
    }
