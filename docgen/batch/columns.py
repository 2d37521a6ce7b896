"""What the columns of a client list are: profile paths, Chinese labels, and a few columns of the list itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docgen.cells import Cell, Table
from docgen.diagnostics import Severity
from docgen.messages.batch import BASE_COLUMNS, FOLDER_COLUMNS
from docgen.profile.describe import FieldInfo, Kind, describe, fields_of
from docgen.profile.walking import Path, path_text
from docgen.records import dataclass

BASE = "base"
FOLDER = "folder"
_PART = re.compile(r"^(?P<name>[^\[\]]*?)\s*(?:\[(?P<index>\d{1,4})\]|(?P<number>\d{1,4}))?$")
_SEPARATORS = re.compile(r"\s*[/／>›.]\s*")
_REST = "#"  # columns whose head begins so are the consultant's own notes


@dataclass(frozen=True, slots=True)
class Column:
    """A column that was understood: the path of a fact, or `special` for one of the list itself."""

    path: Path = ()
    special: str = ""


def read_columns(table: Table) -> dict[int, Column]:
    """Column number → what it is. Unknown, ambiguous and doubled ones are diagnostics of the table."""
    if not table.rows:
        return {}
    columns: dict[int, Column] = {}
    taken: dict[Column, Cell] = {}
    for cell in table.rows[0]:
        if cell.text.startswith(_REST):
            continue
        column = _special(cell.text) or _fact(cell, table)
        if column is None:
            continue
        if column in taken:
            first = taken[column]
            table.report("B006", cell, first=first.text, column=first.column)
            continue
        taken[column] = cell
        columns[cell.column] = column
    return columns


def _special(head: str) -> Column | None:
    word = head.strip().lower()
    if word in BASE_COLUMNS:
        return Column(special=BASE)
    if word in FOLDER_COLUMNS:
        return Column(special=FOLDER)
    return None


def _fact(cell: Cell, table: Table) -> Column | None:
    found = paths_of_head(cell.text)
    if len(found) == 1:
        path = found[0]
        open_list = _open_list(path)
        if open_list:
            table.report("B005", cell, path=path_text(path), example=open_list)
            return None
        info = _info(path)
        if info is None or info.kind in (Kind.GROUP, Kind.GROUP_MAP, Kind.TEXT_MAP, Kind.GROUPS):
            table.report("B007", cell, path=path_text(path), example=_inside(path))
            return None
        return Column(path)
    if found:
        table.report("B004", cell, candidates="、".join(f"{labels(path)}（{path_text(path)}）" for path in found[:6]))
        return None
    from difflib import get_close_matches

    known = [*(info.label for info in describe().values()), *describe(), *BASE_COLUMNS, *FOLDER_COLUMNS]
    near = get_close_matches(_SEPARATORS.split(cell.text.strip())[-1], known, 1, 0.6)
    near = near or get_close_matches(cell.text.strip(), known, 1, 0.6)
    table.report("B003", cell, Severity.ERROR, near[0] if near else "")
    return None


# ---- paths and labels


def paths_of_head(head: str) -> list[Path]:
    """The paths a column's head may mean."""
    parts: list[tuple[str, int | None]] = []
    for piece in _SEPARATORS.split(head.strip()):
        match = _PART.match(piece)
        if match is None or not match["name"]:
            return []
        index = int(match["index"]) if match["index"] else int(match["number"]) - 1 if match["number"] else None
        parts.append((match["name"], index if index is None or index >= 0 else None))
    return list(dict.fromkeys(_match(parts)))


def _match(parts: list[tuple[str, int | None]]) -> list[Path]:
    from docgen.profile.profile import Profile

    found = list(_walk(fields_of(Profile), parts, ())) or list(_loose(parts))
    return [path for path in found if not _open_list(path)] or found


def _walk(known: Mapping[str, FieldInfo], parts: list[tuple[str, int | None]], path: Path) -> Iterator[Path]:
    """Paths whose every step is named, by name or by label, from the top."""
    (name, index), rest = parts[0], parts[1:]
    for info in known.values():
        if name not in (info.name, info.label):
            continue
        step: Path = (*path, info.name) if index is None else (*path, info.name, index)
        if not rest:
            yield step
        elif info.kind in (Kind.TEXT_MAP, Kind.GROUP_MAP):
            key = (*step, rest[0][0])
            if info.part is not None and rest[1:]:
                yield from _walk(fields_of(info.part), rest[1:], key)
            else:
                yield key
        elif info.part is not None:
            yield from _walk(fields_of(info.part), rest, step)


def _loose(parts: list[tuple[str, int | None]]) -> Iterator[Path]:
    """Paths that end as the head does, with steps above left out: `企业全称`, `产品1/产品名称`."""
    name, index = parts[-1]
    for pattern, info in describe().items():
        steps = pattern.split(".")
        if "*" in steps or name not in (info.name, info.label):
            continue
        words: list[tuple[str, int | None]] = parts[:-1]
        path: Path = ()
        for place, step in enumerate(steps[:-1]):
            plain = step.removesuffix("[]")
            path = (*path, plain)
            above = describe()[".".join((*steps[:place], plain))]
            if words and words[0][0] in (plain, above.label):
                number = words[0][1]
                words = words[1:]
                path = path if number is None else (*path, number)
        if not words:
            yield (*path, steps[-1]) if index is None else (*path, steps[-1], index)


def _info(path: Path) -> FieldInfo | None:
    from docgen.profile.describe import field_at

    return field_at(path_text(path))


def _open_list(path: Path) -> str:
    """How the head should read where a list on the way has no number; "" where all have one."""
    from docgen.profile.describe import field_at

    for place in range(1, len(path)):
        if isinstance(path[place - 1], int) or isinstance(path[place], int):
            continue
        info = field_at(path_text(path[:place]))
        if info is not None and info.kind is Kind.GROUPS:
            return path_text((*path[:place], 0, *path[place:]))
    return ""


def _inside(path: Path) -> str:
    info = _info(path)
    if info is None or info.part is None:
        return path_text(path)
    first = next(iter(fields_of(info.part)))
    number: Path = (0,) if info.kind is Kind.GROUPS and not isinstance(path[-1], int) else ()
    return path_text((*path, *number, first))


def labels(path: Path) -> str:
    """A path in the words of the labels: `企业/企业全称`."""
    from docgen.profile.describe import label_of

    words: list[str] = []
    for place, step in enumerate(path):
        if isinstance(step, int):
            words[-1] += str(step + 1)
        else:
            words.append(label_of(path_text(path[: place + 1])))
    return "/".join(words)
