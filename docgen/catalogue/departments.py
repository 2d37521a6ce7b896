"""From functions to the departments a company really has, and the responsibility matrix over them."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from docgen.catalogue.models import Clause, Function, Responsibility
from docgen.records import dataclass

SUPERVISION = "supervision"
LEADERSHIP = "management"
# who supervises must not sit in a department that does the work it watches
WATCHED = frozenset({"service", "contact_centre", "technical"})
LEAD, SUPPORT = "▲", "△"


class HasFunctions(Protocol):
    """A department as the profile has it."""

    @property
    def name(self) -> str | None: ...

    @property
    def functions(self) -> Sequence[str]: ...


D = TypeVar("D", bound=HasFunctions)


@dataclass(frozen=True, slots=True)
class ResponsibilityRow:
    """One second-level clause; `marks` stand in the order of the matrix's columns."""

    clause: str
    name: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResponsibilityMatrix:
    columns: tuple[str, ...]
    rows: tuple[ResponsibilityRow, ...]

    def lead(self, clause: str) -> str:
        """The column that leads a clause. Raises KeyError for a clause that has no row."""
        for row in self.rows:
            if row.clause == clause:
                return self.columns[row.marks.index(LEAD)]
        raise KeyError(clause)


def department_for(function: str, departments: Sequence[D], functions: Mapping[str, Function]) -> D | None:
    """The department that does the work of `function`.

    The department that names the function itself, else the first along the fallback chain (nearest first,
    then the fallbacks of the fallbacks). Supervision never lands in a department that also does watched work;
    leadership is never given to a working department. None where no department may take the work.
    """
    barred = WATCHED if function == SUPERVISION else frozenset()
    waiting = deque([function])
    seen = {function}
    while waiting:
        current = waiting.popleft()
        for department in departments:
            if current in department.functions and not barred & set(department.functions):
                return department
        if barred and current != function:
            continue  # supervision goes no further than its own chain
        entry = functions.get(current)
        for following in entry.fallback if entry else ():
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    if barred or function == LEADERSHIP or not departments:
        return None
    return departments[0]


def responsibility_matrix(
    departments: Sequence[HasFunctions],
    functions: Mapping[str, Function],
    responsibilities: Mapping[str, Responsibility],
    clauses: Mapping[str, Clause],
    *,
    leadership_title: str,
    supervisor_title: str,
    deleted: Collection[str] = (),
) -> ResponsibilityMatrix:
    """Marks per department for every second-level clause not deleted: one lead, any number of supports.

    Where no department holds the leadership or may hold supervision, the person has a column of their own.
    """
    named = [department for department in departments if department.name]
    columns = [department.name or "" for department in named]
    persons = {LEADERSHIP: leadership_title, SUPERVISION: supervisor_title}
    holder: dict[str, str] = {}
    for function in functions:
        department = department_for(function, named, functions)
        holder[function] = (department.name if department else None) or persons.get(function, leadership_title)
    used = {name for row in responsibilities.values() for name in (row.lead, *row.support)}
    if LEADERSHIP in used and holder[LEADERSHIP] not in columns:
        columns.insert(0, holder[LEADERSHIP])
    for function in used:
        if holder[function] not in columns:
            columns.append(holder[function])
    rows = []
    for clause in clauses.values():
        if clause.level != 2 or clause.id in deleted or clause.id not in responsibilities:
            continue
        entry = responsibilities[clause.id]
        marks = _marks(columns, holder[entry.lead], (holder[name] for name in entry.support))
        rows.append(ResponsibilityRow(clause.id, clause.name, marks))
    return ResponsibilityMatrix(tuple(columns), tuple(rows))


def _marks(columns: Sequence[str], lead: str, support: Iterable[str]) -> tuple[str, ...]:
    helping = set(support) - {lead}
    return tuple(LEAD if name == lead else SUPPORT if name in helping else "" for name in columns)
