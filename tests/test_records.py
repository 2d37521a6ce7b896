"""`docgen.records.dataclass` does what the standard decorator does, as far as the project uses it."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import field
from typing import Any

import pytest

from docgen.records import dataclass


@dataclass(frozen=True, slots=True)
class Light:
    name: str
    size: int = 3
    parts: tuple[int, ...] = ()
    notes: list[str] = field(default_factory=list)
    kept: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    @property
    def loud(self) -> str:
        return self.name.upper()


@dataclasses.dataclass(frozen=True, slots=True)
class Standard:
    name: str
    size: int = 3
    parts: tuple[int, ...] = ()
    notes: list[str] = field(default_factory=list)
    kept: dict[str, int] = field(default_factory=dict, repr=False, compare=False)


@dataclass(slots=True, eq=False)
class ByIdentity:
    name: str


@dataclass(slots=True)
class Changing:
    name: str


@dataclass(slots=True)
class Empty:
    """Nothing in it."""


USES: list[Callable[[Any], Any]] = [
    lambda kind: repr(kind("a")).partition("(")[2],
    lambda kind: repr(kind("a", 1, (2,), ["n"], {"k": 1})).partition("(")[2],
    lambda kind: kind("a") == kind(name="a", kept={"k": 1}),
    lambda kind: kind("a") == kind("b"),
    lambda kind: kind("a") == "a",
    lambda kind: dataclasses.asdict(kind("a", notes=["n"])),
    lambda kind: dataclasses.astuple(dataclasses.replace(kind("a"), size=9)),
    lambda kind: [(f.name, f.compare, f.init) for f in dataclasses.fields(kind)],
    lambda kind: kind.__match_args__,
]


@pytest.mark.parametrize("use", USES)
def test_a_light_dataclass_behaves_like_a_standard_one(use: Callable[[Any], Any]) -> None:
    assert use(Light) == use(Standard)


def test_arguments_that_are_missing_or_unknown_are_refused_every_time() -> None:
    for _ in range(2):
        with pytest.raises(TypeError):
            Light()  # type: ignore[call-arg]
        with pytest.raises(TypeError):
            Light("a", colour="red")  # type: ignore[call-arg]


def test_each_object_has_its_own_list() -> None:
    Light("a").notes.append("x")
    assert Light("a").notes == []


def test_frozen_ones_are_hashed_by_value_and_changing_ones_not_at_all() -> None:
    @dataclass(frozen=True, slots=True)
    class Key:
        name: str
        size: int

    assert len({Key("a", 1), Key("a", 1), Key("a", 2)}) == 2
    assert len({ByIdentity("a"), ByIdentity("a")}) == 2
    with pytest.raises(TypeError):
        hash(Changing("a"))


def test_slots_leave_no_room_for_other_names() -> None:
    with pytest.raises(AttributeError):
        Changing("a").other = 1  # type: ignore[attr-defined]
    assert Light("a").loud == "A"


def test_objects_are_unpickled_without_running_python() -> None:
    thing = Light("a", 1, (2,), ["n"])
    assert pickle.loads(pickle.dumps(thing, 5)) == thing
    assert "__setstate__" not in dir(Light)


def test_a_class_without_fields_compares_by_its_kind() -> None:
    assert Empty() == Empty()
    assert Empty() != Changing("a")
    assert repr(Empty()).endswith("Empty()")


def test_a_class_keeps_the_init_it_has() -> None:
    @dataclass(slots=True)
    class Own:
        name: str

        def __init__(self, first: str, last: str) -> None:
            self.name = first + last

    assert Own("a", "b").name == "ab"
