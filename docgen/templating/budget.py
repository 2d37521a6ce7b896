"""How much a template may do: rounds of loops, calls, characters made, seconds. Templates may come from strangers."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from docgen.templating.builder import LimitReached

MAX_TICKS = 5_000_000  # loop rounds, calls and includes of one document
MAX_SECONDS = 60.0
MAX_LENGTH = 2_000_000  # characters or items of one value
MAX_MADE = 50_000_000  # characters and items of all values made by joining, adding and repeating
MAX_BITS = 4_096  # of a whole number
MAX_ARGUMENT = 10_000  # rows of `batch`, columns of `slice`
MAX_DIGITS = 20
_LOOK_EVERY = 1_023  # ticks between two looks at the clock; a power of two less one


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
        """A value of this length is about to be made. Raises LimitReached."""
        self.made += length
        if length > MAX_LENGTH or self.made > MAX_MADE:
            raise LimitReached


def checked_operation(budget: Budget, operator: str, left: Any, right: Any) -> None:
    """Refuse an operation whose result would be out of all proportion. Raises LimitReached."""
    if operator == "+":
        if hasattr(left, "__len__") and hasattr(right, "__len__"):
            budget.spend(len(left) + len(right))
    elif operator == "*":
        for value, times in ((left, right), (right, left)):
            if isinstance(times, int) and hasattr(value, "__len__"):
                budget.spend(len(value) * max(times, 0))
        if isinstance(left, int) and isinstance(right, int) and left.bit_length() + right.bit_length() > MAX_BITS:
            raise LimitReached
    elif operator == "**":
        size = left.bit_length() if isinstance(left, int) else 1
        if abs(right) * size > MAX_BITS:
            raise LimitReached


def bounded_filters(filters: dict[str, Callable[..., Any]], budget: Budget) -> dict[str, Callable[..., Any]]:
    """The filters with those arguments checked that say how much to make."""

    def argument(name: str, limit: int) -> Callable[..., Any]:
        inner = filters[name]

        def filter_(value: Any, *args: Any, **kwargs: Any) -> Any:
            for given in (*args, *kwargs.values()):
                if isinstance(given, int) and abs(given) > limit:
                    raise LimitReached
            return inner(value, *args, **kwargs)

        return filter_

    def join(values: Any, separator: Any = "") -> Any:
        items = list(values)
        budget.spend(sum(len(item) if isinstance(item, str) else 1 for item in items) + len(separator) * len(items))
        return filters["join"](items, separator)

    limits = {"batch": MAX_ARGUMENT, "slice": MAX_ARGUMENT, "round": MAX_DIGITS, "money": MAX_DIGITS}
    limits["number"] = MAX_DIGITS
    return {**filters, **{name: argument(name, limit) for name, limit in limits.items()}, "join": join}
