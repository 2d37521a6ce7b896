"""Values that many entries of a cache hold are stored once."""

from __future__ import annotations

import pickle

from docgen.document import Reference, Text
from docgen.sharing import SharedValues


def stored(shared: SharedValues) -> SharedValues:
    """The values as another process reads them."""
    data = pickle.dumps(shared.values)
    return SharedValues(lambda: data)


def test_what_two_entries_hold_is_one_object_when_read() -> None:
    shared = SharedValues()
    shared.share([Text])
    first, second, third = (shared.dumps([Text("\u77ed\u8bed"), 12.5, "term.customer"]) for _ in range(3))
    read = stored(shared)
    assert [x.text if isinstance(x, Text) else x for x in read.loads(first)] == ["\u77ed\u8bed", 12.5, "term.customer"]
    assert all(a is b for a, b in zip(read.loads(second), read.loads(third), strict=True))
    assert len(second) < len(first)


def test_objects_that_differ_in_one_field_stay_apart() -> None:
    shared = SharedValues()
    shared.share([Text])
    written = [shared.dumps([Text("a", strong), Text("a", strong)]) for strong in (False, True, False)]
    assert [[text.strong for text in stored(shared).loads(data)] for data in written] == [
        [False, False],
        [True, True],
        [False, False],
    ]


def test_objects_of_other_classes_are_never_one() -> None:
    shared = SharedValues()
    shared.share([Text])
    data = shared.dumps([Reference("section", "a", ""), Reference("section", "a", "")])
    first, second = stored(shared).loads(data)
    assert first is not second
    assert first.target == second.target == "a"


def test_entries_written_earlier_are_read_with_the_values_of_later_ones() -> None:
    shared = SharedValues()
    shared.share([Text])
    early = shared.dumps(["one", "one", "one"])
    later = stored(shared)
    later.share([Text])
    more = later.dumps(["two", "two", "one"])
    assert stored(later).loads(early) == ["one", "one", "one"]
    assert stored(later).loads(more) == ["two", "two", "one"]
