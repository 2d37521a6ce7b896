"""How much a template may do: rounds of loops, calls, characters made, seconds. Templates may come from strangers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from docgen.templating.builder import LimitReached
from docgen.templating.values import Missing

MAX_TICKS = 500_000  # loop rounds, calls and includes of one document; ten thousand outlets take 30,000
MAX_SECONDS = 60.0
MAX_LENGTH = 2_000_000  # characters or items of one value
MAX_MADE = 20_000_000  # characters and items of all values made or gone through; ten thousand outlets take 1,400,000
MAX_BITS = 4_096  # of a whole number
MAX_NUMERAL = 1_000  # characters of a text read as a whole number
MAX_ARGUMENT = 10_000  # rows of `batch`, columns of `slice`
MAX_DIGITS = 20
_LOOK_EVERY = 1_023  # ticks between two looks at the clock; a power of two less one
_CONTAINERS = frozenset({list, tuple, dict})
_INNER_COST = 10  # of an item of a list within a list: it is compared and ordered again wherever the list is held

_LIMITS = {
    "batch": MAX_ARGUMENT,
    "slice": MAX_ARGUMENT,
    "round": MAX_DIGITS,
    "money": MAX_DIGITS,
    "number": MAX_DIGITS,
}
_FREE = frozenset({"first", "last", "length", "count", "abs", "month", "years", "label", "default", "d"})
_EACH = frozenset(
    {"sort", "unique", "groupby", "map", "select", "reject", "selectattr", "rejectattr", "sum", "min", "max"}
)
_EACH_COST = 10  # of an item for which something is worked out


class TimeReached(LimitReached):
    """A template ran longer than any document takes."""


class Budget:
    """What is left for one document. `tick` is called by the templates' own code."""

    __slots__ = ("ends", "made", "ticks")

    def __init__(self) -> None:
        self.ticks = self.made = 0
        self.ends = 0.0
        self.reset()

    def reset(self) -> None:
        self.ticks = self.made = 0
        self.ends = time.monotonic() + MAX_SECONDS

    def tick(self) -> None:
        """One round of a loop, one call, one include. Raises LimitReached."""
        self.ticks += 1
        if not self.ticks & _LOOK_EVERY:
            if self.ticks > MAX_TICKS:
                raise LimitReached
            if time.monotonic() > self.ends:
                raise TimeReached

    def spend(self, length: int) -> None:
        """A value of this length is about to be made or gone through. Raises LimitReached."""
        self.made += length
        if length > MAX_LENGTH or self.made > MAX_MADE:
            raise LimitReached

    def spent(self, value: Any) -> Any:
        """The value, whose length is charged. Raises LimitReached."""
        try:
            length = len(value)
        except TypeError:
            return value
        self.made += length
        if length > MAX_LENGTH or self.made > MAX_MADE:
            raise LimitReached
        return value

    def hold(self, made: Any) -> Any:
        """The list, tuple or mapping, charged with what it holds if that has items of its own: held twice in each of
        sixty rounds, one item would be compared 2^60 times. Raises LimitReached."""
        if not _CONTAINERS.isdisjoint(map(type, _items(made))):
            self.spend(_size(made))
        return made


def _length(value: Any) -> int:
    return len(value) if hasattr(value, "__len__") else 0


def _items(container: Any) -> Iterable[Any]:
    return [*container, *container.values()] if type(container) is dict else container


def _size(value: Any) -> int:
    """The length of a value, with the items of lists within a list as often as they are held. Raises LimitReached."""
    if type(value) not in _CONTAINERS or _CONTAINERS.isdisjoint(map(type, _items(value))):
        return _length(value)
    size, waiting = 0, [value]
    while waiting:
        for item in _items(waiting.pop()):
            size += _INNER_COST
            if type(item) in _CONTAINERS:
                waiting.append(item)
        if size > MAX_LENGTH:
            raise LimitReached
    return size


def checked_operation(budget: Budget, operator: str, left: Any, right: Any) -> None:
    """Refuse an operation whose result would be out of all proportion. Raises LimitReached."""
    if operator == "+":
        if hasattr(left, "__len__") and hasattr(right, "__len__"):
            budget.spend(_size(left) + _size(right))
    elif operator == "*":
        for value, times in ((left, right), (right, left)):
            if isinstance(times, int) and hasattr(value, "__len__"):
                budget.spend(_size(value) * max(times, 0))
        if isinstance(left, int) and isinstance(right, int) and left.bit_length() + right.bit_length() > MAX_BITS:
            raise LimitReached
    elif operator == "**":
        size = left.bit_length() if isinstance(left, int) else 1
        if abs(right) * size > MAX_BITS:
            raise LimitReached


def bounded_filters(filters: dict[str, Callable[..., Any]], budget: Budget) -> dict[str, Callable[..., Any]]:
    """The filters, each charged with what it goes through and makes, and refused arguments that ask for too much."""
    bounded = {name: made if name in _FREE else _bounded(name, made, budget) for name, made in filters.items()}
    join = filters["join"]

    def bounded_join(values: Any, separator: Any = "") -> Any:
        if type(values) is Missing:
            return values
        items = list(values)
        budget.spend(sum(len(v) if isinstance(v, (str, list)) else 1 for v in items) + len(separator) * len(items))
        return join(items, separator)

    return bounded | {"join": bounded_join}


def _bounded(name: str, function: Callable[..., Any], budget: Budget) -> Callable[..., Any]:
    kind = getattr(function, "jinja_pass_arg", None)
    first = 0 if kind is None else 1
    limit = _LIMITS.get(name, 0)
    cost = _EACH_COST if name in _EACH else 1

    def filter_(*args: Any, **kwargs: Any) -> Any:
        length = 0
        if len(args) > first + 1 or kwargs:
            for given in (*args[first + 1 :], *kwargs.values()):
                if type(given) is str:
                    length += len(given)
                elif limit and (type(given) in _CONTAINERS or (isinstance(given, int) and abs(given) > limit)):
                    raise LimitReached
        value: Any = args[first] if len(args) > first else None
        if hasattr(value, "__len__"):
            length += len(value) * cost
            if name == "int" and len(value) > MAX_NUMERAL:
                raise LimitReached
        if length:
            budget.spend(length)
        result = function(*args, **kwargs)
        if type(result) is str or type(result) is list:
            budget.spend(len(result))
        return result

    if kind is not None:
        filter_.jinja_pass_arg = kind  # type: ignore[attr-defined]
    return filter_
