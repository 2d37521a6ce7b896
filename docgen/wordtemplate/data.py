"""Plain data (a YAML file) as names of a template: its vocabulary is its own shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docgen.document import Gap
from docgen.templating.program import TEMPLATE_GLOBALS
from docgen.templating.values import Missing, Record
from docgen.templating.vocabulary import SCALAR, Parts, Shape, Things, Vocabulary
from docgen.wordtemplate.filters import WORD_FILTERS

MAX_DEPTH = 50


def data_vocabulary(data: Mapping[str, Any], filters: frozenset[str]) -> Vocabulary:
    """The legal names over a mapping: items of a list may have different parts, each of them is legal."""
    shape = _shape(data, 0)
    roots = dict(shape.parts) if isinstance(shape, Parts) else {}
    return Vocabulary(roots, {}, filters | WORD_FILTERS)


def data_context(data: Mapping[str, Any]) -> dict[str, Any]:
    """The values under the names templates use: whole things, and their parts by flat names (`company__name`)."""
    context: dict[str, Any] = dict(TEMPLATE_GLOBALS)
    shape = _shape(data, 0)
    for name, part in (shape.parts if isinstance(shape, Parts) else {}).items():
        _flatten(context, str(name), str(name), data.get(name), part)
    return context


def _flatten(context: dict[str, Any], flat: str, path: str, value: Any, shape: Shape) -> Any:
    if isinstance(shape, Parts) and isinstance(value, Mapping):
        record = Record(
            {n: _flatten(context, f"{flat}__{n}", f"{path}.{n}", value.get(n), part) for n, part in shape.parts.items()}
        )
        context[flat] = record
        return record
    result = _final(value, path, shape)
    context[flat] = result
    return result


def _final(value: Any, path: str, shape: Shape) -> Any:
    if value is None:
        return Missing(Gap(path, path))
    if isinstance(shape, Parts) and isinstance(value, Mapping):
        return Record({n: _final(value.get(n), f"{path}.{n}", part) for n, part in shape.parts.items()})
    if isinstance(shape, Things) and isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return [_final(item, f"{path}[{i}]", shape.item) for i, item in enumerate(value)]
    return value


def _shape(value: Any, depth: int) -> Shape:
    if depth > MAX_DEPTH:
        raise ValueError("depth")
    if isinstance(value, Mapping):
        return Parts({str(name): _shape(item, depth + 1) for name, item in value.items()})
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        merged: Shape | None = None
        for item in value:
            inner = _shape(item, depth + 1)
            merged = inner if merged is None else _merge(merged, inner)
        return Things(merged)  # type: ignore[arg-type]  # of an empty list nothing is known, and nothing checked
    return SCALAR


def _merge(one: Shape, other: Shape) -> Shape:
    if isinstance(one, Parts) and isinstance(other, Parts):
        parts = dict(one.parts)
        for name, shape in other.parts.items():
            parts[name] = _merge(parts[name], shape) if name in parts else shape
        return Parts(parts)
    if isinstance(one, Things) and isinstance(other, Things):
        items = [item for item in (one.item, other.item) if item is not None]
        return Things(_merge(*items) if len(items) == 2 else items[0]) if items else one
    return other if one == SCALAR else one
