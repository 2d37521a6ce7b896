"""A company's own point table, taken from its bought copy of the standard."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from docgen.catalogue.models import Clause
from docgen.catalogue.names import nearest
from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity, has_errors
from docgen.limits import check_yaml
from docgen.records import dataclass
from docgen.tables import read_lines

Cell = tuple[str, Any, int]  # clause id, value as read, line or row (1-based)


@dataclass(frozen=True, slots=True)
class PointTable:
    """Points per third-level clause. `placeholder` is true while they are ours and not the standard's."""

    points: Mapping[str, Decimal]
    placeholder: bool
    source: str = ""
    notes: tuple[Diagnostic, ...] = ()


def placeholder_points(clauses: Mapping[str, Clause]) -> PointTable:
    """Our own split of the chapter totals; shown only with the notice that it is not the standard's."""
    points = {
        clause.id: Decimal(clause.placeholder_points)
        for clause in clauses.values()
        if clause.placeholder_points is not None
    }
    return PointTable(points, placeholder=True)


def load_points(path: Path, clauses: Mapping[str, Clause], chapters: Mapping[str, int]) -> PointTable:
    """Read a table of clause → points from YAML or xlsx (first two columns) and check it.

    Every third-level clause once, every value above 0, chapter sums as `chapters` says.
    Raises DocgenError with every fault found.
    """
    cells, found = _read(path)
    third = {clause.id: clause for clause in clauses.values() if clause.level == 3}
    points: dict[str, Decimal] = {}
    for name, value, line in cells:
        place = Place(file=str(path), line=line)
        if name not in third:
            found.append(Diagnostic("K031", place=place, values={"clause": name}, nearest=nearest(name, third)))
            continue
        number = _number(value)
        if number is None:
            found.append(Diagnostic("K032", place=place, values={"clause": name, "read": value}))
            continue
        if name in points:
            found.append(Diagnostic("K033", place=place, values={"clause": name}))
        points[name] = number
        known = third[name].points
        if known is not None and number != known:
            values = {"clause": name, "read": number, "known": known}
            found.append(Diagnostic("K035", Severity.WARNING, place, values))
    if cells:
        found += _whole(path, third, points, chapters, {name for name, _, _ in cells})
    if has_errors(found):
        raise DocgenError(found)
    ordered = {name: points[name] for name in third}
    return PointTable(ordered, placeholder=False, source=str(path), notes=tuple(found))


def _whole(
    path: Path,
    third: Mapping[str, Clause],
    points: Mapping[str, Decimal],
    chapters: Mapping[str, int],
    read: set[str],
) -> list[Diagnostic]:
    found = [
        Diagnostic("K034", place=Place(file=str(path)), values={"clause": name}) for name in third if name not in read
    ]
    for chapter, expected in chapters.items():
        total = sum((value for name, value in points.items() if third[name].chapter == chapter), Decimal(0))
        if total != expected:
            values = {"chapter": chapter, "total": total, "expected": expected}
            found.append(Diagnostic("K013", place=Place(file=str(path)), values=values))
    return found


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and number > 0 else None


def _read(path: Path) -> tuple[list[Cell], list[Diagnostic]]:
    import yaml

    try:
        cells = _read_xlsx(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _read_yaml(path)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return [], [_unreadable(path, getattr(error, "problem", None) or str(error), mark.line + 1 if mark else 0)]
    except (OSError, ValueError) as error:
        return [], [_unreadable(path, getattr(error, "strerror", None) or str(error))]
    return cells, [] if cells else [_unreadable(path, "0")]


def _unreadable(path: Path, problem: str, line: int = 0) -> Diagnostic:
    return Diagnostic("K030", place=Place(file=str(path), line=line), values={"problem": problem})


def _read_yaml(path: Path) -> list[Cell]:
    import yaml

    text = path.read_text(encoding="utf-8-sig")
    check_yaml(text, yaml.SafeLoader)
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if isinstance(node, yaml.MappingNode) and len(node.value) == 1:
        inner = node.value[0][1]
        node = inner if isinstance(inner, yaml.MappingNode) else node  # allow a single heading such as `points:`
    if not isinstance(node, yaml.MappingNode):
        return []
    return [(str(key.value), value.value, key.start_mark.line + 1) for key, value in node.value]


def _read_xlsx(path: Path) -> list[Cell]:
    cells: list[Cell] = []
    for number, row in read_lines(path, rows=2_000, columns=2):
        name = str(row[0]).strip() if row and row[0] is not None else ""
        # headings and sums start with something other than a clause number
        if name[:1].isdigit():
            cells.append((name, row[1] if len(row) > 1 else None, number))
    return cells
