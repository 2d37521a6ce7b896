"""The filters a template may use. Each leaves a missing fact missing, so a gap stays a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import wraps
from typing import Any

from jinja2 import Environment, pass_environment
from jinja2 import filters as jinja

from docgen.messages.marks import MONTH, MONTHS, YEARS
from docgen.profile.labels import choice_label
from docgen.templating.builder import Fragment, LimitReached
from docgen.templating.values import ASSUMED, Choice, Missing, Record, assume, finalize, number_text

_MAX_PLACES = 400  # before or behind the point; a float has up to 324
_EQUAL = frozenset({"equalto", "eq", "=="})
_PLAIN = ("select", "reject", "groupby", "sort", "map", "unique", "first", "last", "list",
          "length", "count", "reverse", "abs", "int", "max", "min", "batch", "slice")  # fmt: skip

_OF_LISTS = ("select", "reject", "selectattr", "rejectattr", "map", "unique", "sort", "list")
_TEXT = frozenset({str})


def _keep_marks(function: Callable[..., Any]) -> Callable[..., Any]:
    """What is made of a missing fact is missing; what is made of a proposal stays a proposal."""

    @wraps(function)
    def filter_(*args: Any, **kwargs: Any) -> Any:
        if Missing in map(type, args[:3]):
            return next(a for a in args[:3] if type(a) is Missing)
        result = function(*args, **kwargs)
        return assume(result, args[0].key) if type(args[0]) in ASSUMED else result

    return filter_


def join(values: Iterable[Any], separator: str = "") -> Any:
    """The items one after another with a separator; gaps and references among them stay what they are."""
    items = [value if type(value) is str else finalize(value) for value in values]
    if isinstance(separator, str) and _TEXT.issuperset(map(type, items)):
        return separator.join(items)
    result = Fragment()
    for number, item in enumerate(items):
        if number and separator:
            result.append(separator)
        if type(item) is Fragment:
            result.extend(item)
        else:
            result.append(item)
    return result


def _pick(wanted: bool) -> Callable[..., Any]:
    """`selectattr` and `rejectattr`: items by one of their parts, which a test may compare."""

    @pass_environment
    def pick(environment: Environment, values: Iterable[Any], attribute: str, test: str = "", *args: Any) -> list[Any]:
        items = list(values)
        parts = [
            item.values[attribute]
            if type(item) is Record and attribute in item.values
            else _part(environment, item, attribute)
            for item in items
        ]
        if test in _EQUAL:
            other = args[0]
            return [item for item, part in zip(items, parts, strict=True) if (part == other) is wanted]
        if test:
            parts = [environment.call_test(test, part, args) for part in parts]
        return [item for item, part in zip(items, parts, strict=True) if bool(part) is wanted]

    return pick


def _part(environment: Environment, value: Any, path: str) -> Any:
    for name in path.split("."):
        value = environment.getitem(value, name)
    return value


def total(values: Iterable[Any], attribute: str | None = None, start: Any = 0) -> Any:
    """The sum of the items, or of one part of each; parts that are missing do not count."""
    result = start
    for value in values:
        amount = value.values.get(attribute) if attribute and type(value) is Record else value
        if isinstance(amount, (int, float, Decimal)):
            result = result + amount
    return result


def _decimal(value: Any) -> Decimal:
    """The number a value is or is written as. Raises LimitReached for one that takes a page to write."""
    number = Decimal(str(value))
    if number.is_finite() and abs(number.adjusted()) > _MAX_PLACES:
        raise LimitReached
    return number


def money(value: Any, digits: int | None = None) -> str:
    """1234.5 → 1,234.5; nothing stays nothing."""
    if value == "":
        return ""
    number = _decimal(value)
    if digits is not None:
        return f"{number:,.{digits}f}"
    whole, _, rest = number_text(number).partition(".")
    return f"{int(whole):,}" + (f".{rest}" if rest else "")


def number(value: Any, digits: int | None = None) -> str:
    """A number without trailing zeros, rounded where digits are given."""
    return number_text(round(_decimal(value), digits) if digits is not None else _decimal(value))


def rounded(value: Any, digits: int = 0) -> Decimal:
    """A number to so many digits, a half upwards as people round: 6.25 → 6.3."""
    return _decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def month(value: Any) -> str:
    """A date as its year and month: 2026-03-01 → 2026年3月"""
    return MONTH.format(value) if isinstance(value, date) else str(value)


def years(value: Any) -> str:
    """24 → 2 年, 30 → 30 个月 (a number of months)."""
    months = int(value)
    return YEARS.format(months // 12) if months % 12 == 0 else MONTHS.format(months)


def label(value: Any) -> Any:
    """The Chinese word of a value of a fixed set: own → 自营."""
    return value.label if type(value) is Choice else choice_label(str(value))


def besides(posts: Iterable[tuple[Any, frozenset[str]]], *held: Any) -> Any:
    """The first of a line of posts (`above.hotline_lead`) that none of the posts named is, nor its holder holds."""
    taken = {str(post) for post in held}
    return next((title for title, titles in posts if not titles & taken), "")


def make_filters() -> dict[str, Callable[..., Any]]:
    """All legal filters by name."""
    own: dict[str, Callable[..., Any]] = {
        "join": join,
        "sum": total,
        "money": money,
        "number": number,
        "round": rounded,
        "month": month,
        "years": years,
        "label": label,
    }
    table: dict[str, Callable[..., Any]] = {name: jinja.FILTERS[name] for name in _PLAIN}
    table |= {"selectattr": _pick(True), "rejectattr": _pick(False), "besides": besides}
    for name in _OF_LISTS:
        table[name] = _keep_marks(table[name])
    for name, function in own.items():
        table[name] = _keep_marks(function)
    return table


FILTER_NAMES = frozenset(_PLAIN) | {
    "selectattr",
    "rejectattr",
    "besides",
    "join",
    "sum",
    "money",
    "number",
    "round",
    "month",
    "years",
    "label",
}
