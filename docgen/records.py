"""`dataclass`, the same to mypy and to readers, cheaper to import and to unpickle.

The standard decorator writes and compiles half a dozen functions for every class when its module is imported, 0.2 to
0.4 ms a class, and a cold start imports some two hundred classes. Here `__init__` is made when the first object is,
from code that classes with as many fields share; comparing, hashing and showing are shared functions, and `frozen` is
checked by mypy alone, so that objects with slots are unpickled without running Python. Neither `__post_init__` nor
fields inherited from a dataclass are known; a class may write its own `__init__`.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    from dataclasses import MISSING, Field
    from functools import cache
    from operator import attrgetter
    from types import FunctionType

    def dataclass(*, frozen=False, slots=False, eq=True):
        """See the module."""
        return lambda cls: _made(cls, frozen, slots, eq)

    def _made(cls, frozen, slots, eq):
        defaults = {name: cls.__dict__[name] for name in cls.__annotations__ if name in cls.__dict__}
        names = tuple(cls.__annotations__)
        if slots:
            own = {k: v for k, v in cls.__dict__.items() if k not in defaults and k not in ("__dict__", "__weakref__")}
            cls = type(cls)(cls.__name__, cls.__bases__, {**own, "__slots__": names})

        def first(self, *args, **kwargs):
            cls.__init__ = _init(names, defaults)
            cls.__init__(self, *args, **kwargs)

        if "__init__" not in cls.__dict__:
            cls.__init__ = first
        cls.__match_args__ = names
        cls.__dataclass_fields__ = _Fields(cls, defaults)
        cls.__repr__ = _shown(name for name in names if getattr(defaults.get(name), "repr", True))
        if eq:
            compared = [name for name in names if getattr(defaults.get(name), "compare", True)]
            values = attrgetter(*compared) if compared else type  # without fields all are equal

            def equal(self, other):
                return values(self) == values(other) if type(other) is type(self) else NotImplemented

            cls.__eq__ = equal
            cls.__hash__ = (lambda self: hash(values(self))) if frozen else None
        return cls

    def _init(names, defaults):
        """`__init__` as the standard decorator writes it."""
        found = [defaults.get(name, MISSING) for name in names]
        makers = [default.default_factory if type(default) is Field else MISSING for default in found]
        plain = [default.default if type(default) is Field else default for default in found]
        code = _code(tuple(maker is not MISSING for maker in makers))
        known = dict(zip(_places(len(names)), names, strict=True))
        code = code.replace(
            co_names=tuple(known.get(name, name) for name in code.co_names),
            co_varnames=tuple(known.get(name, name) for name in code.co_varnames),
        )
        at = next((n for n in range(len(names)) if plain[n] is not MISSING or makers[n] is not MISSING), len(names))
        scope = {"MISSING": MISSING, **{f"make{number}": maker for number, maker in enumerate(makers)}}
        return FunctionType(code, scope, "__init__", tuple(plain[at:]))

    @cache
    def _code(made):
        """The code of an `__init__`; `made`: which fields are made by a factory. Classes of the same make share it."""
        places = _places(len(made))
        lines = [f" self.{place} = {place}" for place in places]
        for number, place in enumerate(places):
            if made[number]:
                lines[number] = f" self.{place} = make{number}() if {place} is MISSING else {place}"
        scope = {}
        exec(f"def __init__({', '.join(['self', *places])}):\n" + ("\n".join(lines) or " pass"), scope)
        return scope["__init__"].__code__

    def _places(count):
        """What stands for the names of a class until they are put in."""
        return [f"field{number}" for number in range(count)]

    def _shown(names):
        names = tuple(names)

        def shown(self):
            values = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
            return f"{type(self).__qualname__}({values})"

        return shown

    class _Fields:
        """`__dataclass_fields__` for `replace`, `fields` and `asdict`, made when first asked for."""

        def __init__(self, cls, defaults):
            self.cls, self.defaults = cls, defaults

        def __get__(self, instance, owner=None):
            members = {"__annotations__": self.cls.__annotations__, "__module__": self.cls.__module__, **self.defaults}
            like = dataclasses.dataclass(eq=False, repr=False)(type(self.cls.__name__, (), members))
            self.cls.__dataclass_fields__ = like.__dataclass_fields__
            return like.__dataclass_fields__


__all__ = ["dataclass"]
