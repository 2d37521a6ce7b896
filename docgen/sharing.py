"""Pickles of things that hold the same small values: such a value is stored once and is one object in memory."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from functools import cached_property
from io import BytesIO
from typing import Any

_PLAIN = (str, int, bool, float)


class SharedValues:
    """Texts, numbers and small objects that entries of a cache have in common.

    A value gets its number when it is met for the second time. Numbers are never given anew: what was pickled with
    fewer values can be read with more. `kinds` are classes with slots whose objects never change; those that hold
    nothing but plain values are taken for the same if they are alike.
    """

    def __init__(self, read: Callable[[], bytes] | None = None) -> None:
        self._read = read
        self._kinds: frozenset[type] = frozenset()
        self._numbers: dict[Any, int | None] = {}  # None: met once

    @cached_property
    def values(self) -> list[Any]:
        """The values by number; read when the first entry is."""
        return list(pickle.loads(self._read())) if self._read else []

    def share(self, kinds: Sequence[type]) -> None:
        """Get ready to pickle, with objects of these classes taken for the same if they are alike."""
        self._kinds = frozenset(kinds)
        self._numbers = {self._key(value): number for number, value in enumerate(self.values)}

    def dumps(self, thing: Any) -> bytes:
        """The pickle of a thing."""
        file = BytesIO()
        _Pickler(file, self._number).dump(thing)
        return file.getvalue()

    def loads(self, data: bytes) -> Any:
        """What was pickled with these values."""
        return _Unpickler(BytesIO(data), self.values).load()

    def _number(self, value: Any) -> int | None:
        key = self._key(value)
        if key is None:
            return None
        if key not in self._numbers:
            self._numbers[key] = None
            return None
        number = self._numbers[key]
        if number is None:
            number = self._numbers[key] = len(self.values)
            self.values.append(value)
        return number

    def _key(self, value: Any) -> Any:
        kind = type(value)
        if kind is str or kind is float:
            return value
        if kind not in self._kinds:
            return None
        held = tuple(getattr(value, name) for name in kind.__slots__)
        return (kind, *held) if all(type(part) in _PLAIN for part in held) else None


class _Pickler(pickle.Pickler):
    def __init__(self, file: BytesIO, number: Callable[[Any], int | None]) -> None:
        super().__init__(file, 5)
        self._number = number
        self._names: set[str] = set()  # of fields, which a pickle itself holds once
        self._known: set[type] = set()

    def persistent_id(self, value: Any) -> int | None:
        kind = type(value)
        if kind not in self._known:
            self._known.add(kind)
            self._names.update(getattr(kind, "__slots__", ()))
        return None if kind is str and value in self._names else self._number(value)


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: BytesIO, values: list[Any]) -> None:
        super().__init__(file)
        self.persistent_load = values.__getitem__  # type: ignore[method-assign]
