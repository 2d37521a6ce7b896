"""How a fact of the profile is declared: label, level, help, example, unit."""

from __future__ import annotations

from enum import Enum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Level(str, Enum):
    """How much depends on a fact."""

    MUST = "must"  # without it no first draft
    SHOULD = "should"  # points of the assessment depend on it
    MAY = "may"  # polish


MUST, SHOULD, MAY = Level.MUST, Level.SHOULD, Level.MAY


class Part(BaseModel):
    """Base of every part of the profile: unknown keys are faults, values are not changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, arbitrary_types_allowed=True)


def fact(label: str, level: Level = MAY, *, help: str = "", example: Any = None, unit: str = "", form: str = "") -> Any:
    """Declare one fact. Its default is None: a missing fact is a gap, never a guess.

    `form` says how a text is written: `phone`, `email`, `url`, `code` (digits and letters in half width),
    `upper` (a code in capitals).
    """
    return Field(
        default=None,
        title=label,
        description=help or label,
        examples=None if example is None else [example],
        json_schema_extra={"level": level.value, "unit": unit, "form": form},
    )


def facts(label: str, level: Level = MAY, *, help: str = "", example: Any = None) -> Any:
    """Declare a list of things. Its default is the empty list."""
    return Field(
        default=(),
        title=label,
        description=help or label,
        examples=None if example is None else [example],
        json_schema_extra={"level": level.value},
    )


def part(factory: Any, label: str) -> Any:
    """Declare a group of facts, present even when the file leaves it out."""
    return Field(default_factory=factory, title=label, description=label)
