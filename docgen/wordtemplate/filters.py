"""Filters of Word templates beyond those of text templates: Jinja's own that cannot do harm, rich text, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from jinja2 import filters as jinja
from jinja2.runtime import Undefined

from docgen.document import Break, Gap, Proposed, Reference, Text
from docgen.templating.builder import Fragment, LimitReached
from docgen.templating.values import Missing, Record, finalize
from docgen.wordtemplate.pictures import load_picture
from docgen.wordtemplate.richtext import RichText

if TYPE_CHECKING:
    from docgen.wordtemplate.environment import WordEnvironment

_JINJA = (
    "capitalize", "center", "dictsort", "filesizeformat", "float", "indent", "lower", "min", "replace", "round",
    "string", "striptags", "title", "trim", "truncate", "upper", "wordcount", "wordwrap",
)  # fmt: skip
_SAME = ("e", "escape", "forceescape", "safe")  # escaping is always on, so these change nothing
_METHODS = (
    "upper lower title capitalize strip lstrip rstrip split replace startswith endswith zfill items keys values get "
    "strftime isoformat count"
)
METHODS = frozenset(_METHODS.split(" "))
WORD_FILTERS = (
    frozenset(_JINJA) | frozenset(_SAME) | METHODS | {"default", "d", "format", "picture", "rich", "bold", "italic"}
)
_CONVERSION = re.compile(r"%[^a-zA-Z%]*?(\d+)")
_MAX_WIDTH = 1000
_MAX_TEXT = 10_000_000


def make_word_filters(environment: WordEnvironment) -> dict[str, Callable[..., Any]]:
    """The filters by name. `picture` reads files from the folder the environment is given for a run."""
    table: dict[str, Callable[..., Any]] = {name: _guarded(jinja.FILTERS[name]) for name in _JINJA}
    table |= {name: (lambda value: value) for name in _SAME}
    table |= {name: _text_method(name) for name in ("strip", "lstrip", "rstrip", "split", "startswith", "endswith")}
    table |= {"zfill": _zfill, "items": _items, "keys": _keys, "values": _values, "get": _get}
    table |= {"strftime": _strftime, "isoformat": _isoformat, "count": _count}
    table |= {"default": _default, "d": _default, "format": _format, "rich": _rich}
    table |= {"bold": lambda value: _rich(value, bold=True), "italic": lambda value: _rich(value, italic=True)}
    table["replace"] = _replace
    table["picture"] = _picture(environment)
    return table


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that leaves a missing fact missing and makes no text without end."""
    takes_more = getattr(function, "jinja_pass_arg", None) is not None

    def filter_(*args: Any, **kwargs: Any) -> Any:
        value = args[1] if takes_more else args[0]
        if type(value) is Missing:
            return value
        numbers = [a for a in (*args, *kwargs.values()) if isinstance(a, int)]
        if any(n > _MAX_TEXT for n in numbers if not isinstance(n, bool)) and not isinstance(value, (int, float)):
            raise LimitReached
        return function(*args, **kwargs)

    marker = getattr(function, "jinja_pass_arg", None)
    if marker is not None:
        filter_.jinja_pass_arg = marker  # type: ignore[attr-defined]
    return filter_


def _text_method(name: str) -> Callable[..., Any]:
    def method(value: Any, *args: Any) -> Any:
        return value if type(value) is Missing else getattr(str(value), name)(*args)

    return method


def _zfill(value: Any, width: int) -> Any:
    if width > _MAX_WIDTH:
        raise LimitReached
    return value if type(value) is Missing else str(value).zfill(width)


def _replace(value: Any, old: Any, new: Any, count: int | None = None) -> Any:
    if type(value) is Missing:
        return value
    text, old, new = str(value), str(old), str(new)
    if text.count(old) * len(new) > _MAX_TEXT:
        raise LimitReached
    return text.replace(old, new, -1 if count is None else count)


def _items(value: Any) -> list[tuple[str, Any]]:
    return list(value.values.items()) if type(value) is Record else []


def _keys(value: Any) -> list[str]:
    return list(value.values) if type(value) is Record else []


def _values(value: Any) -> list[Any]:
    return list(value.values.values()) if type(value) is Record else []


def _get(value: Any, key: str, other: Any = "") -> Any:
    return value.values.get(key, other) if type(value) is Record else other


def _count(value: Any, part: Any = None) -> int:
    return value.count(part) if part is not None else len(value)


def _strftime(value: Any, pattern: str) -> Any:
    return value.strftime(pattern) if isinstance(value, date) else value


def _isoformat(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _default(value: Any, other: Any = "", boolean: bool = False) -> Any:
    lacking = isinstance(value, (Undefined, Missing)) or value is None
    return other if lacking or (boolean and not value) else value


def _format(pattern: Any, *args: Any, **kwargs: Any) -> Any:
    missing = next((a for a in (*args, *kwargs.values()) if type(a) is Missing), None)
    if missing is not None:
        return missing
    if any(int(width) > _MAX_WIDTH for width in _CONVERSION.findall(str(pattern))) or "*" in str(pattern):
        raise LimitReached
    return str(pattern) % (kwargs or args)


def _rich(value: Any, **look: Any) -> Any:
    """A value with a look of its own: `{{ name|rich(bold=true, color="C00000", size=14) }}`."""
    result = RichText()
    items = value if isinstance(value, (Fragment, RichText)) else [finalize(value)]
    if isinstance(items, RichText):
        result.pieces = list(items.pieces)
        return result
    for item in items:
        if isinstance(item, Gap):
            return value
        if isinstance(item, (str, Text, Proposed, Reference)):
            result.add(item if isinstance(item, str) else item.text, **look)
        elif isinstance(item, Break):
            result.add("\n", **look)
    return result


def _picture(environment: WordEnvironment) -> Callable[..., Any]:
    def picture(value: Any, width: float = 0, height: float = 0, alt: str = "") -> Any:
        """A picture file named by a fact: `{{ company.logo|picture(30) }}`; width and height in mm."""
        if type(value) is Missing or not value:
            return value
        return load_picture(str(value), environment.pictures_from, float(width), float(height), alt)

    return picture
