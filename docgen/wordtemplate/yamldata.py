"""A YAML file of someone's own names and values, read with the care a profile is read with."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity, has_errors
from docgen.profile.reading import ListNode, MapNode, Node, TextNode, read_file

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]+")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def read_data(path: Path) -> tuple[dict[str, Any], list[Diagnostic]]:
    """The mapping in a YAML file and what was noticed. Codes and phone numbers with a leading zero stay texts.

    Raises:
        DocgenError: not there, not YAML, not a mapping (W302).
    """
    reading = read_file(path)
    found = list(reading.diagnostics)
    if reading.root is None or not reading.complete:
        raise DocgenError(found or [Diagnostic("W302", Severity.ERROR, Place(str(path)))])
    if not isinstance(reading.root, MapNode):
        raise DocgenError([*found, Diagnostic("W302", Severity.ERROR, Place(str(path), reading.root.line))])
    if has_errors(found):
        raise DocgenError(found)
    return {key.text: _value(node) for key, node in reading.root.entries}, found


def _value(node: Node) -> Any:
    if isinstance(node, MapNode):
        return {key.text: _value(inner) for key, inner in node.entries}
    if isinstance(node, ListNode):
        return [_value(inner) for inner in node.items]
    return _scalar(node)


def _scalar(node: TextNode) -> Any:
    text = node.text
    if not node.plain:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    found = _DATE.fullmatch(text)
    if found:
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            return text
    return text
