"""The profile's facts under the names templates use: flat, final, each missing one a gap with its key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docgen.document import Gap
from docgen.profile.describe import FieldInfo, Kind, fields_of
from docgen.profile.fields import Part
from docgen.profile.labels import choice_label
from docgen.profile.profile import Profile
from docgen.templating.values import Choice, Missing, Record, assume
from docgen.templating.vocabulary import SCALAR, Parts, Shape, Things

_MAPS = (Kind.TEXT_MAP, Kind.GROUP_MAP)
_PLAIN_LISTS = (Kind.TEXTS, Kind.CHOICES)
_WITH_PARTS = frozenset({Kind.TEXTS, Kind.CHOICES, Kind.GROUPS})


def fact_shapes() -> dict[str, Shape]:
    """The legal names of the profile's own facts, for the vocabulary."""

    def shape(kind: type[Part]) -> Parts:
        parts: dict[str, Shape] = {}
        for name, info in fields_of(kind).items():
            if info.kind is Kind.GROUP and info.part:
                parts[name] = shape(info.part)
            elif info.kind is Kind.GROUPS and info.part:
                parts[name] = Things(shape(info.part))
            elif info.kind in _PLAIN_LISTS:
                parts[name] = Things(SCALAR)
            elif info.kind not in _MAPS:
                parts[name] = SCALAR
        return Parts(parts)

    return dict(shape(Profile).parts)


def flat_facts(profile: Profile, assumed: frozenset[str]) -> dict[str, Any]:
    """Every fact of the profile by its flat name (`service__hotline`). `assumed` are paths filled by defaults."""
    flat: dict[str, Any] = {}
    _flatten(profile, "", "", assumed, flat)
    return flat


def _flatten(part: Part, name: str, path: str, assumed: frozenset[str], flat: dict[str, Any]) -> None:
    values = part.__dict__
    for field, info in fields_of(type(part)).items():
        value = values[field]
        kind = info.kind
        if kind is Kind.GROUP:
            _flatten(value, f"{name}{field}__", f"{path}{field}.", assumed, flat)
        elif kind in _WITH_PARTS:
            told = bool(value) or field in part.told  # an empty list that was written is an answer
            many = _many(value, info, path + field)
            flat[name + field] = many if told else missing(info.label, path + field, info.help)
        elif value is None:
            flat[name + field] = Missing(Gap(info.label, path + field, info.help))
        elif kind is Kind.CHOICE:
            flat[name + field] = Choice.of(value, choice_label(value, info.choices))
        elif kind not in _MAPS:
            flat[name + field] = assume(value, path + field) if path + field in assumed else value


def record(part: Part, path: str) -> Record:
    """One item of a list as templates see it."""
    values: dict[str, Any] = {}
    source = part.__dict__
    for field, info in fields_of(type(part)).items():
        value = source[field]
        kind = info.kind
        if value is None:
            values[field] = Missing(Gap(info.label, f"{path}.{field}", info.help))
        elif kind is Kind.CHOICE:
            values[field] = Choice.of(value, choice_label(value, info.choices))
        elif kind in _WITH_PARTS:
            values[field] = _many(value, info, f"{path}.{field}")
        elif kind is Kind.GROUP:
            values[field] = record(value, f"{path}.{field}")
        else:
            values[field] = value
    return Record(values)


def _many(value: Any, info: FieldInfo, path: str) -> list[Any]:
    """A list as templates see it."""
    if info.kind is Kind.GROUPS:
        return [record(item, f"{path}[{number}]") for number, item in enumerate(value)]
    if info.kind is Kind.CHOICES:
        return [Choice.of(item, choice_label(item, info.choices)) for item in value]
    return list(value)


def missing(label: str, key: str, help: str = "") -> Missing:
    """A gap for a derived fact."""
    return Missing(Gap(label, key, help))


def put_record(flat: dict[str, Any], name: str, values: Mapping[str, Any]) -> None:
    """Put the parts of a derived record into the flat names."""
    for key, value in values.items():
        flat[f"{name}__{key}"] = value
