"""What a template meets when it names a fact: a value, a record, or a fact that is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from docgen.document import Break, Gap, Proposed, Reference, Text
from docgen.messages.marks import DATE
from docgen.profile.values import Duration
from docgen.templating.builder import Fragment


class Record:
    """One thing with named parts (an outlet, a clause). Parts are final: text, numbers, lists, records."""

    __slots__ = ("values",)

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def __repr__(self) -> str:
        return f"Record({self.values!r})"


class Missing:
    """A fact the model knows and the profile lacks: false, empty, and a visible gap in a sentence."""

    __slots__ = ("gap",)

    def __init__(self, gap: Gap) -> None:
        self.gap = gap

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __hash__(self) -> int:
        return 0

    def _false(self, other: object) -> bool:
        return False

    def _self(self, *_: object) -> Missing:
        return self

    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = _false
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _self
    __floordiv__ = __rfloordiv__ = __mod__ = __neg__ = __abs__ = __round__ = __getitem__ = _self


class Choice(str):
    """A value of a fixed set: compares by its name, reads as its label."""

    label: str

    @classmethod
    def of(cls, value: str, label: str) -> Choice:
        choice = cls(value)
        choice.label = label
        return choice


class Absent:
    """A reference to a document, form or law that this company's set does not hold."""

    __slots__ = ("what",)

    def __init__(self, what: str) -> None:
        self.what = what

    def __bool__(self) -> bool:
        return False


class AssumedText(str):
    """A text that is a proposed default."""

    key: str


class AssumedInt(int):
    """A whole number that is a proposed default."""

    key: str


class AssumedDecimal(Decimal):
    """A number that is a proposed default."""

    key: str


class AssumedDuration(Duration):
    """A time limit that is a proposed default."""

    __slots__ = ("key",)
    key: str


def assume(value: Any, key: str) -> Any:
    """The value, knowing that it is a proposal made for the profile path `key`."""
    result: Any
    if isinstance(value, str):
        result = AssumedText(value)
    elif isinstance(value, bool):
        return value
    elif isinstance(value, int):
        result = AssumedInt(value)
    elif isinstance(value, Decimal):
        result = AssumedDecimal(value)
    elif isinstance(value, Duration):
        result = AssumedDuration(value.amount, value.unit)
        object.__setattr__(result, "key", key)
        return result
    else:
        return value
    result.key = key
    return result


_READY = frozenset({str, Text, Gap, Proposed, Reference, Break, Fragment})
ASSUMED = (AssumedText, AssumedInt, AssumedDecimal, AssumedDuration)


def number_text(value: Decimal | float) -> str:
    """A number without trailing zeros and without an exponent."""
    text = format(value if isinstance(value, Decimal) else Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


_UNSAID: object = object.__str__


def has_words(value: Any) -> bool:
    """Whether a value has words of its own; lists, records, functions and plain numbers only show what they are."""
    return type(value).__str__ is not _UNSAID


def finalize(value: Any) -> Any:
    """Make a value fit for the running text. Raises NotPrintable for what is no text, number, time or date."""
    kind = type(value)
    if kind in _READY:
        return value
    if kind is Missing:
        return value.gap
    if kind is int:
        return str(value)
    if kind in ASSUMED:
        base = kind.__mro__[1]
        shown = number_text(value) if base is Decimal else str(base.__str__(value))  # type: ignore[call-arg]
        return Proposed(shown, value.key)
    if isinstance(value, Duration):
        return str(value)
    if isinstance(value, (Decimal, float)):
        return number_text(value)
    if isinstance(value, date):
        return DATE.format(value)
    if kind is Choice:
        return value.label
    if isinstance(value, str):
        return str(value)
    if kind is Absent:
        raise NotInSet(value.what)
    if not has_words(value):
        raise NotPrintable(kind.__name__)
    return str(value)  # an undefined name raises its own error here


def section_reference(anchor: str) -> Reference:
    """`section("limits")`: its words are known when the document is finished."""
    return Reference("section", anchor, "", anchor)


class NotPrintable(TypeError):
    """A list, record or truth value stands where text is wanted."""


class NotInSet(LookupError):
    """A document, form or law is cited that this company's set does not hold."""
