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
        inner_name = f"{name}__{field}" if name else field
        inner_path = f"{path}.{field}" if path else field
        if info.kind is Kind.GROUP:
            _flatten(value, inner_name, inner_path, assumed, flat)
        elif info.kind is Kind.GROUPS:
            flat[inner_name] = [record(item, f"{inner_path}[{i}]") for i, item in enumerate(value)]
        elif info.kind is Kind.TEXTS:
            flat[inner_name] = list(value)
        elif info.kind is Kind.CHOICES:
            flat[inner_name] = [Choice.of(v, choice_label(v, info.choices)) for v in value]
        elif info.kind not in _MAPS:
            flat[inner_name] = fact(value, inner_path, info, inner_path in assumed)


def record(part: Part, path: str) -> Record:
    """One item of a list as templates see it."""
    values: dict[str, Any] = {}
    source = part.__dict__
    for field, info in fields_of(type(part)).items():
        value = source[field]
        if info.kind is Kind.TEXTS:
            values[field] = list(value)
        elif info.kind is Kind.CHOICES:
            values[field] = [Choice.of(v, choice_label(v, info.choices)) for v in value]
        elif info.kind is Kind.GROUP:
            values[field] = record(value, f"{path}.{field}")
        elif info.kind is Kind.GROUPS:
            values[field] = [record(item, f"{path}.{field}[{i}]") for i, item in enumerate(value)]
        else:
            values[field] = fact(value, f"{path}.{field}", info, False)
    return Record(values)


def fact(value: Any, path: str, info: FieldInfo, assumed: bool) -> Any:
    """One value as templates see it: itself, a choice with its label, a proposal, or a gap."""
    if value is None:
        return Missing(Gap(info.label, path, info.help))
    if info.kind is Kind.CHOICE:
        return Choice.of(value, choice_label(value, info.choices))
    return assume(value, path) if assumed else value


def missing(label: str, key: str, help: str = "") -> Missing:
    """A gap for a derived fact."""
    return Missing(Gap(label, key, help))


def put_record(flat: dict[str, Any], name: str, values: Mapping[str, Any]) -> None:
    """Put the parts of a derived record into the flat names."""
    for key, value in values.items():
        flat[f"{name}__{key}"] = value
