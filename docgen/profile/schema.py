"""The JSON Schema of a profile, for editors (yaml-language-server) and for people who read it.

YAML is typed by people, so scalars are allowed as strings too wherever docgen understands them as text.
"""

from __future__ import annotations

from typing import Any

from docgen.profile.describe import FieldInfo, Kind, fields_of
from docgen.profile.fields import Part
from docgen.profile.labels import choice_label

SCHEMA_FILE = "profile.schema.json"
DIALECT = "http://json-schema.org/draft-07/schema#"

_SCALARS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": ["string", "number", "boolean", "null"]},
    Kind.INTEGER: {"type": ["integer", "string", "null"]},
    Kind.NUMBER: {"type": ["number", "string", "null"]},
    Kind.BOOLEAN: {"type": ["boolean", "string", "null"]},
    Kind.DATE: {"type": ["string", "null"]},
    Kind.DURATION: {"type": ["string", "null"]},
}


def _describe(info: FieldInfo) -> str:
    lines = [info.help or info.label]
    if info.unit:
        lines[0] += f"（{info.unit}）"
    if info.choices and not all(choice in info.help for choice in info.choices):
        lines.append("；".join(f"{choice} {choice_label(choice, info.choices)}" for choice in info.choices))
    return "\n".join(lines)


def _choice(info: FieldInfo) -> dict[str, Any]:
    from docgen.profile.labels import family_of

    words = [word for words in family_of(info.choices).values() for word in words]
    return {"enum": [*info.choices, *dict.fromkeys(words), None]}


def _field(info: FieldInfo) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "title": info.label,
        "description": _describe(info),
        "x-level": info.level.value,
    }
    if info.example is not None:
        schema["examples"] = [info.example]
    if info.unit:
        schema["x-unit"] = info.unit
    kind = info.kind
    if kind is Kind.CHOICE:
        schema |= _choice(info)
    elif kind in _SCALARS:
        schema |= _SCALARS[kind]
    elif kind is Kind.GROUP and info.part:
        schema |= _reference(info.part)
    elif kind is Kind.GROUPS and info.part:
        schema |= {"type": ["array", "null"], "items": _reference(info.part)}
    elif kind is Kind.TEXTS:
        schema |= {"type": ["array", "string", "null"], "items": _SCALARS[Kind.TEXT]}
    elif kind is Kind.CHOICES:
        schema |= {"type": ["array", "string", "null"], "items": _choice(info)}
    elif kind is Kind.GROUP_MAP and info.part:
        schema |= {"type": ["object", "null"], "additionalProperties": _reference(info.part)}
    else:
        schema |= {"type": ["object", "null"], "additionalProperties": _SCALARS[Kind.TEXT]}
    return schema


def _reference(part: type[Part]) -> dict[str, Any]:
    # draft 7 ignores what stands beside $ref, so the title of the field would be lost
    return {"allOf": [{"$ref": f"#/definitions/{part.__name__}"}]}


def _group(part: type[Part]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for name, info in fields_of(part).items():
        properties[name] = _field(info)
    for info in fields_of(part).values():
        # the Chinese label is a key as well; editors offer the English name first
        properties.setdefault(info.label, {**_field(info), "x-alias": info.name})
    return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}


def _collect(part: type[Part], found: dict[str, Any]) -> None:
    if part.__name__ in found:
        return
    found[part.__name__] = _group(part)
    for info in fields_of(part).values():
        if info.part is not None:
            _collect(info.part, found)


def json_schema() -> dict[str, Any]:
    """The schema of a profile: Chinese titles and descriptions, examples, `x-level`, allowed values."""
    from docgen.profile.profile import Profile

    definitions: dict[str, Any] = {}
    _collect(Profile, definitions)
    root: dict[str, Any] = definitions.pop(Profile.__name__)
    return {"$schema": DIALECT, **root, "type": "object", "definitions": definitions}


def schema_text() -> str:
    """`json_schema()` as the text of the file that lies beside a profile (`SCHEMA_FILE`)."""
    import json

    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"
