"""How a fact of the profile is declared: label, level, help, example, unit."""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from docgen.records import dataclass

P = TypeVar("P", bound="Part")
T = TypeVar("T")


class Level(str, Enum):
    """How much depends on a fact."""

    __hash__ = str.__hash__  # an Enum's own is written in Python
    MUST = "must"  # without it no first draft
    SHOULD = "should"  # points of the assessment depend on it
    MAY = "may"  # polish


MUST, SHOULD, MAY = Level.MUST, Level.SHOULD, Level.MAY


class Part:
    """Base of every part of the profile. Its values are not changed after loading; modules that declare parts leave
    their annotations evaluated, the kinds of the fields are read from them."""

    __slots__ = ("__dict__", "told")

    told: frozenset[str]  # the fields that were written, those with an empty list too

    def __init__(self, **values: Any) -> None:
        declared = type(self).declared()
        unknown = values.keys() - declared.keys()
        if unknown:
            raise TypeError(f"{type(self).__name__}: {sorted(unknown)}")
        self.__dict__.update({name: values[name] if name in values else f.absent() for name, f in declared.items()})
        object.__setattr__(self, "told", frozenset(values))

    @classmethod
    def made(cls: type[P], values: dict[str, Any], told: Collection[str]) -> P:
        """A part of the values of all its fields."""
        part = cls.__new__(cls)
        part.__dict__.update(values)
        object.__setattr__(part, "told", frozenset(told))
        return part

    def changed(self: P, **values: Any) -> P:
        """A copy with other values of some fields."""
        return self.made({**self.__dict__, **values}, self.told | values.keys())

    @classmethod
    def declared(cls) -> dict[str, Declared]:
        """What was declared of each field, in the order of the model."""
        return {name: cls.__dict__[name] for name in cls.__annotations__}

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.__dict__ == other.__dict__

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"


@dataclass(frozen=True, slots=True)
class Declared:
    """What a model says of a field. `absent` makes its value where the file says nothing."""

    label: str
    level: Level
    help: str
    example: Any
    unit: str
    form: str
    absent: Callable[[], Any]


def fact(label: str, level: Level = MAY, *, help: str = "", example: Any = None, unit: str = "", form: str = "") -> Any:
    """Declare one fact. Its default is None: a missing fact is a gap, never a guess.

    `form` says how a text is written: `phone`, `email`, `url`, `code` (digits and letters in half width),
    `upper` (a code in capitals); of a whole number which there are: `year`, `month`, `a_year` (times a year).
    """
    return Declared(label, level, help, example, unit, form, _nothing)


def facts(label: str, level: Level = MAY, *, help: str = "", example: Any = None) -> Any:
    """Declare a list of things. Its default is the empty list."""
    return Declared(label, level, help, example, "", "", tuple)


def part(factory: Callable[[], Any], label: str) -> Any:
    """Declare a group of facts, present even when the file leaves it out."""
    return Declared(label, MAY, "", None, "", "", factory)


def _nothing() -> None:
    return None


def once_a_part(make: Callable[[type[Part]], T]) -> Callable[[type[Part]], T]:
    """Keep what a function makes of a kind of part."""
    return cache(make)  # type: ignore[return-value] # mypy takes the hash of a part for that of its class
