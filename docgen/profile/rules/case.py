"""What a rule looks at and how it reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any

from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.profile.describe import FieldInfo, field_at, full_label
from docgen.profile.loading import place_in
from docgen.profile.profile import Profile
from docgen.profile.walking import leaves, shown, value_at
from docgen.records import dataclass

# class → legal minimum in months of the whole and of its main parts; None: the law names none
Statutory = Mapping[str, tuple[int | None, int | None]]
Faults = Iterator[Diagnostic]

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@dataclass(frozen=True, slots=True)
class Case:
    """One profile to check, with what the catalogue knows. What is None is not checked."""

    profile: Profile
    file: str = ""
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    statutory: Statutory | None = None
    clause_ids: Collection[str] | None = None
    kpi_units: Mapping[str, str] | None = None  # kpi id → unit
    _leaves: list[tuple[str, FieldInfo, Any]] = field(default_factory=list, repr=False)

    def leaves(self) -> list[tuple[str, FieldInfo, Any]]:
        """Every single value of the profile: (path, field, value); walked once."""
        if not self._leaves:
            self._leaves.extend(leaves(self.profile))
        return self._leaves

    def value(self, path: str) -> Any:
        """The value at a path, None if absent."""
        return value_at(self.profile, path)

    def place(self, path: str) -> Place:
        """Where a path stands in the file."""
        return place_in(self.file, self.spans, path)

    def side(self, name: str, path: str, value: Any = None) -> dict[str, Any]:
        """The placeholders of one side of a contradiction: `a_label`, `a_path`, `a_value`, `a_line`."""
        info = field_at(path)
        line = self.place(path).line
        return {
            f"{name}_label": full_label(path),
            f"{name}_path": path,
            f"{name}_value": shown(self.value(path) if value is None else value, info),
            f"{name}_line": line or "—",
        }

    def fault(
        self,
        code: str,
        path: str,
        other: str = "",
        *,
        severity: Severity = ERROR,
        value: Any = None,
        nearest: str = "",
        **values: Any,
    ) -> Diagnostic:
        """A diagnostic at `path`, naming the value there and, if given, the one at `other`."""
        told = self.side("a", path, value)
        if other:
            told |= self.side("b", other)
        return Diagnostic(code, severity, self.place(path), {**told, **values}, nearest)


def nearest_of(name: str, known: Iterable[str]) -> str:
    """The known name most like this one, or nothing."""
    from difflib import get_close_matches  # only where something is wrong

    near = get_close_matches(name, list(known), 1, 0.5)
    return near[0] if near else ""
