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
from docgen.templating.values import Missing, NotPrintable, Record, finalize, has_words
from docgen.wordtemplate.pictures import load_picture
from docgen.wordtemplate.richtext import RichText

if TYPE_CHECKING:
    from docgen.templating.budget import Budget
    from docgen.wordtemplate.environment import WordEnvironment

_JINJA = (
    "capitalize", "dictsort", "filesizeformat", "float", "lower", "min", "round", "string", "striptags", "title",
    "trim", "truncate", "upper", "wordcount", "wordwrap",
)  # fmt: skip
_SAME = ("e", "escape", "forceescape", "safe")  # escaping is always on, so these change nothing
_METHODS = (
    "upper lower title capitalize strip lstrip rstrip split replace startswith endswith zfill items keys values get "
    "strftime isoformat count"
)
METHODS = frozenset(_METHODS.split(" "))
WORD_FILTERS = (
    frozenset(_JINJA)
    | frozenset(_SAME)
    | METHODS
    | {"center", "indent", "default", "d", "format", "picture", "rich", "bold", "italic"}
)
_NUMBER = re.compile(r"\d+")
_CONVERSION = re.compile(r"%(?:\([^)]*\))?([^a-zA-Z%]*)[a-zA-Z%]")  # its flags, width and precision
_MAX_WIDTH = 1000
_MAX_WORKED = 20_000  # characters of a text that is gone through again for every word or tag of it
_WORKED = frozenset({"striptags", "title", "truncate", "wordcount", "wordwrap"})
_NO_TEXT = frozenset({"dictsort", "filesizeformat", "float", "min", "round"})


def make_word_filters(environment: WordEnvironment) -> dict[str, Callable[..., Any]]:
    """The filters by name. `picture` reads files from the folder the environment is given for a run."""
    budget = environment.budget
    table: dict[str, Callable[..., Any]] = {name: _guarded(name, jinja.FILTERS[name]) for name in _JINJA}
    table |= {"center": _center(budget), "indent": _indent(budget), "replace": _replace(budget)}
    table |= {name: (lambda value: value) for name in _SAME}
    table |= {name: _text_method(name) for name in ("strip", "lstrip", "rstrip", "split", "startswith", "endswith")}
    table |= {"zfill": _zfill, "items": _items, "keys": _keys, "values": _values, "get": _get}
    table |= {"strftime": _strftime, "isoformat": _isoformat, "count": _count}
    table |= {"default": _default, "d": _default, "format": _format(budget), "rich": _rich}
    table |= {"bold": lambda value: _rich(value, bold=True), "italic": lambda value: _rich(value, italic=True)}
    table["picture"] = _picture(environment)
    return table


def _guarded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that leaves a missing fact missing; one of texts takes nothing else."""
    marker = getattr(function, "jinja_pass_arg", None)
    first = 0 if marker is None else 1

    def filter_(*args: Any, **kwargs: Any) -> Any:
        value = args[first]
        if type(value) is Missing:
            return value
        if name not in _NO_TEXT:
            text = _text(value)
            if name in _WORKED and len(text) > _MAX_WORKED:
                raise LimitReached
        return function(*args, **kwargs)

    if marker is not None:
        filter_.jinja_pass_arg = marker  # type: ignore[attr-defined]
    return filter_


def _text(value: Any) -> str:
    """A value as Python writes it. Raises NotPrintable for lists, records and what else no reader is meant to see."""
    if not has_words(value) and not isinstance(value, (int, float)):
        raise NotPrintable(type(value).__name__)
    return str(value)


def _text_method(name: str) -> Callable[..., Any]:
    def method(value: Any, *args: Any) -> Any:
        return value if type(value) is Missing else getattr(_text(value), name)(*args)

    return method


def _center(budget: Budget) -> Callable[..., Any]:
    def center(value: Any, width: int = 80) -> Any:
        if type(value) is Missing:
            return value
        budget.spend(width)
        return _text(value).center(width)

    return center


def _indent(budget: Budget) -> Callable[..., Any]:
    def indent(value: Any, width: int | str = 4, first: bool = False, blank: bool = False) -> Any:
        if type(value) is Missing:
            return value
        text = _text(value)
        budget.spend((text.count("\n") + 1) * (len(width) if isinstance(width, str) else max(width, 0)))
        return jinja.do_indent(text, width, first, blank)

    return indent


def _zfill(value: Any, width: int) -> Any:
    if width > _MAX_WIDTH:
        raise LimitReached
    return value if type(value) is Missing else _text(value).zfill(width)


def _replace(budget: Budget) -> Callable[..., Any]:
    def replace(value: Any, old: Any, new: Any, count: int | None = None) -> Any:
        if type(value) is Missing:
            return value
        text, old, new = _text(value), _text(old), _text(new)
        budget.spend(text.count(old) * len(new))
        return text.replace(old, new, -1 if count is None else count)

    return replace


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
    if len(pattern) > _MAX_WIDTH:
        raise LimitReached
    return value.strftime(pattern) if isinstance(value, date) else value


def _isoformat(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _default(value: Any, other: Any = "", boolean: bool = False) -> Any:
    lacking = isinstance(value, (Undefined, Missing)) or value is None
    return other if lacking or (boolean and not value) else value


def _format(budget: Budget) -> Callable[..., Any]:
    def format_(pattern: Any, *args: Any, **kwargs: Any) -> Any:
        values = (*args, *kwargs.values())
        missing = next((value for value in values if type(value) is Missing), None)
        if missing is not None:
            return missing
        text = _text(pattern)
        conversions = _CONVERSION.findall(text)
        widths = [int(number) for flags in conversions for number in _NUMBER.findall(flags)]
        if any("*" in flags for flags in conversions) or max(widths, default=0) > _MAX_WIDTH:
            raise LimitReached
        longest = max((len(_text(value)) for value in values), default=0)
        budget.spend(sum(widths) + len(conversions) * longest)
        return text % (kwargs or args)

    return format_


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
