"""Walk the facts of a profile by path."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from docgen.profile.describe import SCALARS, FieldInfo, Kind, fields_of
from docgen.profile.fields import Part

Step: TypeAlias = str | int
Path: TypeAlias = tuple[Step, ...]
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def path_text(path: Path) -> str:
    """`products[0].name`"""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def path_steps(text: str) -> Path:
    """`products[0].name` as its steps."""
    return tuple(int(index) if index else name for name, index in _STEP.findall(text))


def leaves(part: Part, path: str = "") -> list[tuple[str, FieldInfo, Any]]:
    """Every single value that is there: (path, field, value). Lists of texts come item by item."""
    found: list[tuple[str, FieldInfo, Any]] = []
    _collect(part, path + "." if path else "", found)
    return found


def _collect(part: Part, prefix: str, found: list[tuple[str, FieldInfo, Any]]) -> None:
    values = part.__dict__
    for name, info in fields_of(type(part)).items():
        value = values[name]
        if value is None or value == ():
            continue
        where = prefix + name
        kind = info.kind
        if kind in SCALARS:
            found.append((where, info, value))
        elif kind is Kind.GROUP:
            _collect(value, where + ".", found)
        elif kind is Kind.GROUPS:
            for number, item in enumerate(value):
                _collect(item, f"{where}[{number}].", found)
        elif kind is Kind.GROUP_MAP:
            for key, item in value.items():
                _collect(item, f"{where}.{key}.", found)
        elif kind is Kind.TEXT_MAP:
            found.extend((f"{where}.{key}", info, item) for key, item in value.items())
        else:
            found.extend((f"{where}[{number}]", info, item) for number, item in enumerate(value))


def differences(before: Part, after: Part) -> list[tuple[str, str, str]]:
    """Path, value before and value after of every single value in which two profiles differ, in the order of the model;
    "" where one has none."""
    old, new = ({path: shown(value, info) for path, info, value in leaves(part)} for part in (before, after))
    order = [*new, *(path for path in old if path not in new)]
    return [(path, old.get(path, ""), new.get(path, "")) for path in order if old.get(path) != new.get(path)]


def value_at(part: Part, path: str) -> Any:
    """The value at `outlets[2].phone`; None where there is none. Raises KeyError for an unknown name."""
    value: Any = part
    for match in _STEP.finditer(path):
        name, index = match.groups()
        if value is None:
            return None
        if index is not None:
            value = value[int(index)] if int(index) < len(value) else None
        elif isinstance(value, dict):
            value = value.get(name)
        else:
            value = value.__dict__[name]
    return value


def shown(value: Any, info: FieldInfo | None = None) -> str:
    """A value in a sentence to people: numbers without idle zeros, choices by their label."""
    from datetime import date
    from decimal import Decimal

    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    if info is not None and info.choices:
        from docgen.profile.labels import choice_label

        return choice_label(str(value), info.choices)
    return str(value)
