"""What every field of the profile is: label, level, help, example, unit, kind. Derived from the model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import MappingProxyType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from docgen.profile.fields import Level, Part, once_a_part
from docgen.profile.labels import choice_label
from docgen.profile.values import Duration
from docgen.records import dataclass


class Kind(str, Enum):
    """What a field holds."""

    __hash__ = str.__hash__  # an Enum's own is written in Python
    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DURATION = "duration"
    CHOICE = "choice"
    GROUP = "group"
    TEXTS = "texts"  # list of texts
    CHOICES = "choices"  # list of choices
    GROUPS = "groups"  # list of groups
    TEXT_MAP = "text_map"  # free keys to texts
    GROUP_MAP = "group_map"  # free keys to groups


SCALARS = frozenset({Kind.TEXT, Kind.INTEGER, Kind.NUMBER, Kind.BOOLEAN, Kind.DATE, Kind.DURATION, Kind.CHOICE})


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """One field. `form` is that of `docgen.profile.fields.fact`."""

    name: str
    label: str
    level: Level
    help: str
    example: Any
    unit: str
    kind: Kind
    form: str = ""
    choices: tuple[str, ...] = ()
    part: type[Part] | None = None

    @property
    def is_scalar(self) -> bool:
        """True for a single value, false for lists, maps and groups."""
        return self.kind in SCALARS


_KINDS: dict[Any, Kind] = {
    str: Kind.TEXT,
    int: Kind.INTEGER,
    Decimal: Kind.NUMBER,
    bool: Kind.BOOLEAN,
    date: Kind.DATE,
    Duration: Kind.DURATION,
}


def _kind(annotation: Any) -> tuple[Kind, tuple[str, ...], type[Part] | None]:
    origin = get_origin(annotation)
    args = get_args(annotation)
    if origin in (Union, UnionType):
        return _kind(next(arg for arg in args if arg is not type(None)))
    if origin is Literal:
        return Kind.CHOICE, args, None
    if origin is tuple:
        item, choices, part = _kind(args[0])
        many = {Kind.TEXT: Kind.TEXTS, Kind.CHOICE: Kind.CHOICES, Kind.GROUP: Kind.GROUPS}
        return many[item], choices, part
    if origin is dict:
        item, _, part = _kind(args[1])
        return {Kind.TEXT: Kind.TEXT_MAP, Kind.GROUP: Kind.GROUP_MAP}[item], (), part
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return Kind.GROUP, (), annotation
    return _KINDS[annotation], (), None


@once_a_part
def fields_of(part: type[Part]) -> Mapping[str, FieldInfo]:
    """The fields of one part by name, in the order of the model."""
    found: dict[str, FieldInfo] = {}
    for name, declared in part.declared().items():
        kind, choices, inner = _kind(part.__annotations__[name])
        found[name] = FieldInfo(
            name=name,
            label=declared.label,
            level=declared.level,
            help=declared.help if declared.help != declared.label else "",
            example=declared.example,
            unit=declared.unit,
            kind=kind,
            form=declared.form,
            choices=choices,
            part=inner,
        )
    return MappingProxyType(found)


@cache
def describe() -> Mapping[str, FieldInfo]:
    """Path pattern → field for the whole profile, in the order of the model.

    Patterns are `service.hotline`, `outlets[].name`, `kpis.*.target`. Groups and lists have an entry
    of their own (`service`, `outlets`).
    """
    from docgen.profile.profile import Profile

    found: dict[str, FieldInfo] = {}

    def walk(part: type[Part], prefix: str) -> None:
        for name, info in fields_of(part).items():
            pattern = prefix + name
            found[pattern] = info
            if info.kind is Kind.TEXT_MAP:
                found[pattern + ".*"] = replace(info, kind=Kind.TEXT)
            elif info.part is not None:
                inner = {Kind.GROUP: ".", Kind.GROUPS: "[].", Kind.GROUP_MAP: ".*."}[info.kind]
                walk(info.part, pattern + inner)

    walk(Profile, "")
    return MappingProxyType(found)


_INDEX = re.compile(r"\[\d*\]")


def pattern_of(path: str) -> str:
    """The pattern of a path: `outlets[3].name` → `outlets[].name`, `kpis.x.target` → `kpis.*.target`."""
    pattern = _INDEX.sub("[]", path)
    head, dot, rest = pattern.partition(".")
    top = describe().get(head)
    if dot and top is not None and top.kind in (Kind.GROUP_MAP, Kind.TEXT_MAP):
        _, dot, tail = rest.partition(".")
        return f"{head}.*{dot}{tail}"
    return pattern.removesuffix("[]") if pattern not in describe() else pattern


def field_at(path: str) -> FieldInfo | None:
    """The field a concrete path or a pattern means; None if the profile has no such field."""
    known = describe()
    return known.get(path) or known.get(pattern_of(path))


def label_of(path: str) -> str:
    """The Chinese label of a path; the path itself if the profile has no such field."""
    info = field_at(path)
    return info.label if info else path


def full_label(path: str) -> str:
    """The label of a path, after that of its group where several fields are called so: 最高管理者姓名."""
    label, group = label_of(path), path.rpartition(".")[0]
    if not {".", "["} & set(group) or _labels()[label] <= 1:  # a top-level group is a chapter, not a thing
        return label
    return f"{label_of(_INDEX.sub('', group))}{label}"


@cache
def _labels() -> Counter[str]:
    return Counter(info.label for info in describe().values())


def value_label(value: str, path: str = "") -> str:
    """The Chinese label of a choice value (`own` → 自营), as the field at `path` has it if given."""
    info = field_at(path) if path else None
    return choice_label(value, info.choices if info else ())
