"""From the text of a scalar to the value its field wants, kind to people and never silently.

Each converter returns the value and, where it was understood differently from how it was typed, the text as
understood; it raises `Unreadable` where nothing sure can be said. Quoted or not, a scalar is the same text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from docgen.profile.describe import FieldInfo, Kind
from docgen.profile.labels import choice_label, word_table
from docgen.profile.values import Duration
from docgen.profile.words import (
    DURATION_UNITS,
    FALSE_WORDS,
    HALF_OF,
    HALF_WIDTH,
    NUMBER_SUFFIXES,
    TRUE_WORDS,
    UNIT_FACTORS,
    UNIT_SYNONYMS,
    chinese_number,
)

Converted = tuple[Any, str]


class Unreadable(ValueError):
    """The text does not say a value of this kind. `nearest` is a known value it may be a slip of; where the value is
    beyond what can be, `bounds` are the least and the most."""

    def __init__(self, nearest: str = "", bounds: tuple[Any, Any] | None = None) -> None:
        self.nearest = nearest
        self.bounds = bounds
        super().__init__(nearest)


_MAX_DIGITS = 15
_AMOUNTS = (0, 10**12)
_RANGES = {"year": (1900, 2199), "month": (1, 12), "a_year": (0, 1000)}
_DAYS = (date(1800, 1, 1), date(2199, 12, 31))  # far enough from the ends of `date` to count from
_NUMBER = re.compile(
    r"^([+-]?[0-9]{1,15}(?:\.[0-9]{1,9})?|[零〇一二两三四五六七八九十百千]{1,6})\s*(万|亿|千|百)?\s*([^0-9\s+-][^0-9]{0,9})?$"
)
_THOUSANDS = re.compile(r"^([+-]?[0-9]{1,3}(?:,[0-9]{3})+)(?![0-9])")
_DATE = re.compile(r"^([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*[日号]?$")
_CHINESE_DATE = re.compile(
    r"^([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]$"
)
_MIDNIGHT = re.compile(r"[ T]00?:00(:00)?$")
_LIMIT = re.compile(r"^([0-9]{1,6}(?:\.[0-9]{1,2})?|[零〇一二两三四五六七八九十百半]{1,4})\s*([^0-9\s]{1,8})$")


def to_text(text: str, info: FieldInfo) -> Converted:
    """Free text: as typed. Phones, e-mail addresses, web addresses and codes: in half width."""
    if not info.form or (text.isascii() and info.form != "upper"):
        return text, ""
    plain = text.translate(HALF_WIDTH).strip()
    if info.form == "upper":
        plain = plain.replace(" ", "").upper()
    return plain, "" if plain == text else plain


def to_boolean(text: str, info: FieldInfo) -> Converted:
    """True and false in the words of `docgen.profile.words`."""
    if text in ("true", "是"):
        return True, ""
    if text in ("false", "否"):
        return False, ""
    word = text.translate(HALF_WIDTH).strip().lower()
    if word in TRUE_WORDS:
        return True, "true（是）"
    if word in FALSE_WORDS:
        return False, "false（否）"
    raise Unreadable


def _decimal(text: str, unit: str) -> Decimal:
    plain = text.translate(HALF_WIDTH).strip()
    grouped = _THOUSANDS.match(plain)
    if grouped:
        plain = grouped.group(1).replace(",", "") + plain[grouped.end() :]
    match = _NUMBER.match(plain)
    if not match:
        raise Unreadable
    digits, multiple, rest = match.groups()
    rest = (rest or "").strip()
    numeral = chinese_number(digits)
    number = Decimal(digits) if numeral is None else Decimal(numeral)
    typed = (multiple or "") + rest
    if (typed, unit) in UNIT_FACTORS:
        numerator, denominator = UNIT_FACTORS[typed, unit]
        return number * numerator / denominator
    if multiple:
        if unit == "万元":  # `180万` of money kept in 万元 is settled above; anything else would be a guess
            raise Unreadable
        number *= NUMBER_SUFFIXES[multiple]
    if (rest, unit) in UNIT_FACTORS:
        numerator, denominator = UNIT_FACTORS[rest, unit]
        return number * numerator / denominator
    if rest and rest != unit and rest.lower() not in UNIT_SYNONYMS.get(unit, ()):
        raise Unreadable
    return number


def number_range(info: FieldInfo) -> tuple[int, int]:
    """The least and the most a number of this field can be."""
    return (0, 100) if info.unit == "%" else _RANGES.get(info.form, _AMOUNTS)


def _within(value: Any, bounds: tuple[Any, Any]) -> None:
    least, most = bounds
    if not least <= value <= most:
        raise Unreadable(bounds=bounds)


def _shown(number: Decimal) -> str:
    return format(number.normalize(), "f")


def to_integer(text: str, info: FieldInfo) -> Converted:
    """A whole number; units, thousands separators and `1.2万` are understood."""
    if text.isdigit() and text.isascii() and len(text) <= _MAX_DIGITS:
        number, understood = int(text), ""
    else:
        read = _decimal(text, info.unit)
        number, understood = int(read), str(int(read))
        if read != number:
            raise Unreadable
    _within(number, number_range(info))
    return number, understood


def to_number(text: str, info: FieldInfo) -> Converted:
    """A number; units, percent signs and thousands separators are understood."""
    if len(text) <= _MAX_DIGITS and text.isascii() and text.replace(".", "", 1).isdigit():
        number, understood = Decimal(text), ""
    else:
        shown = _shown(_decimal(text, info.unit))
        number, understood = Decimal(shown), "" if shown == text else shown
    _within(number, number_range(info))
    return number, understood


def _day(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise Unreadable from None
    _within(found, _DAYS)
    return found


def to_date(text: str, info: FieldInfo) -> Converted:
    """A date, best `2024-03-01`; understood too: `2024-3-1`, `2024.3.1`, `2024年3月1日`, `20240301`, `二〇二四年三月一日`."""
    if len(text) == 10 and text[4] == "-" == text[7] and text.isascii() and text.replace("-", "").isdigit():
        return _day(int(text[:4]), int(text[5:7]), int(text[8:])), ""
    plain = _MIDNIGHT.sub("", text.translate(HALF_WIDTH).strip())
    match = _DATE.match(plain)
    if match:
        day = _day(*(int(part) for part in match.groups()))
    elif len(plain) == 8 and plain.isascii() and plain.isdigit():
        day = _day(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
    elif match := _CHINESE_DATE.match(plain):
        day = _day(*(chinese_number(part) or 0 for part in match.groups()))
    else:
        raise Unreadable
    return day, day.isoformat()


def to_duration(text: str, info: FieldInfo) -> Converted:
    """A time limit, best `2 小时`; understood too: `48h`, `3个工作日`, `两天`, `半小时`, `24小时内`."""
    try:
        limit = Duration.parse(text)
    except ValueError:
        return _loose_duration(text)
    return limit, "" if str(limit) == text or str(limit).replace(" ", "") == text.replace(" ", "") else str(limit)


def _loose_duration(text: str) -> Converted:
    plain = text.translate(HALF_WIDTH).strip().lower()
    for ending in ("之内", "以内", "内"):
        plain = plain.removesuffix(ending)
    match = _LIMIT.match(plain)
    if not match:
        raise Unreadable
    amount, unit = match.groups()
    known = DURATION_UNITS.get(unit)
    if known is None:
        raise Unreadable
    if amount == "半":
        if known not in HALF_OF:
            raise Unreadable
        limit = Duration.parse(HALF_OF[known])
    else:
        numeral = chinese_number(amount)
        limit = Duration(amount if numeral is None or amount.isascii() else str(numeral), known)
    return limit, str(limit)


@cache
def _choices_of(choices: tuple[str, ...]) -> tuple[frozenset[str], dict[str, str]]:
    return frozenset(choices), word_table(choices)


def to_choice(text: str, info: FieldInfo) -> Converted:
    """One of the fixed values; the Chinese words of `docgen.profile.labels` are understood."""
    values, words = _choices_of(info.choices)
    if text in values:
        return text, ""
    plain = text.translate(HALF_WIDTH).strip()
    value = words.get(text) or words.get(plain) or words.get(plain.removesuffix("类").removesuffix("培训"))
    if value is None:
        value = plain.lower().replace("-", "_").replace(" ", "_")
    if value in values:
        return value, "" if text == choice_label(value, info.choices) else value
    from difflib import get_close_matches  # only where something is wrong

    near = get_close_matches(plain.lower(), [*info.choices, *words], 1, 0.5)
    raise Unreadable(words.get(near[0], near[0]) if near else "")


CONVERTERS: dict[Kind, Callable[[str, FieldInfo], Converted]] = {
    Kind.TEXT: to_text,
    Kind.INTEGER: to_integer,
    Kind.NUMBER: to_number,
    Kind.BOOLEAN: to_boolean,
    Kind.DATE: to_date,
    Kind.DURATION: to_duration,
    Kind.CHOICE: to_choice,
}
