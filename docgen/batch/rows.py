"""One row of a client list: its cells laid over a base profile give the tree of nodes a profile is built from."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG

from docgen.batch.columns import BASE, FOLDER, Column, labels, read_columns
from docgen.cells import Cell, read_table
from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity, has_errors
from docgen.profile.describe import fields_of
from docgen.profile.loading import FILE_LINES, LoadedProfile, load_profile_tree
from docgen.profile.merging import merged, place_of
from docgen.profile.reading import MapNode, Node, Reading, TextNode, moved, read_file
from docgen.profile.walking import Step
from docgen.records import dataclass

# facts that tell one company from another, and what it has to show: never taken over from a base profile; of a group
# without names here all of it
OWN_FACTS: Mapping[str, tuple[str, ...]] = {
    "company": (
        "full_name", "short_name", "english_name", "code", "unified_social_credit_code", "legal_representative",
        "registered_address", "business_address", "postal_code", "founded", "registered_capital", "ownership",
        "business_scope", "intro", "annual_sales", "website", "phone", "email", "logo", "certificates",
        "honours", "contact",
    ),
    "certification": (
        "running_since", "self_assessment_date", "assessment", "report_date", "major_incidents", "certificate",
    ),
    "organization": ("people",),
    "staff": ("certified_service_managers",),
    "complaints": ("statistics",),
    "supervision": ("results",),
    "survey": ("data", "period", "sent", "history"),
    "documents": ("prepared_date", "reviewed_date", "approved_date", "revisions"),
    "findings": (),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One client of a list, ready to be sent to another process."""

    file: Path
    number: int  # of the row, from 1
    cells: tuple[tuple[tuple[Step, ...], Cell], ...]
    base: Path | None = None
    base_cell: Cell | None = None
    folder: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()

    def text(self, *path: Step) -> str:
        """The text of the cell for a path, "" if there is none."""
        return next((cell.text for where, cell in self.cells if where == path), "")

    def load(self) -> LoadedProfile:
        """The profile of this row. Raises DocgenError where it has none (its base cannot be read)."""
        found = list(self.diagnostics)
        root = MapNode([], self.number, 1)
        others: tuple[Place, ...] = ()
        if self.base is not None:
            root, others = self._based(found), (Place(str(self.base)),)
        for path, cell in self.cells:
            root = merged(root, path, TextNode(cell.text, cell.row, cell.column))
        return load_profile_tree(root, self.file, found, others)

    def _based(self, found: list[Diagnostic]) -> MapNode:
        assert self.base is not None and self.base_cell is not None
        try:
            status = self.base.stat()
            if not S_ISREG(status.st_mode):
                raise OSError
        except OSError:
            place = Place(str(self.file), self.base_cell.row, self.base_cell.column)
            raise DocgenError([*found, Diagnostic("B008", place=place, values={"read": self.base_cell.text})]) from None
        reading = _read_base(self.base, status.st_mtime_ns, status.st_size)
        found += reading.diagnostics
        if not reading.complete or not isinstance(reading.root, MapNode):
            raise DocgenError(found if has_errors(found) else [*found, Diagnostic("P015", place=Place(str(self.base)))])
        return self._without_own(reading.root, found)

    def _without_own(self, root: MapNode, found: list[Diagnostic]) -> MapNode:
        from docgen.profile.profile import Profile

        left: list[str] = []
        entries = list(root.entries)
        for group, names in OWN_FACTS.items():
            field = fields_of(Profile)[group]
            at = place_of(entries, (field.name, field.label))
            node = entries[at][1] if at is not None else None
            if at is not None and not names:
                if not any(path[0] == group for path, _ in self.cells):
                    left.append(field.label)
                del entries[at]
                continue
            if at is None or field.part is None or not isinstance(node, MapNode):
                continue
            kept: list[tuple[TextNode, Node]] = []
            for key, value in node.entries:
                name = next((n for n in names if key.text in (n, fields_of(field.part)[n].label)), "")
                if not name:
                    kept.append((key, value))
                elif not any(path[:2] == (group, name) for path, _ in self.cells):
                    left.append(labels((group, name)))
            entries[at] = (entries[at][0], MapNode(kept, node.line, node.column))
        if left:
            place = Place(str(self.file), self.number, self.base_cell.column if self.base_cell else 1)
            found.append(Diagnostic("B011", Severity.NOTE, place, {"labels": "、".join(left)}))
        return MapNode(entries, root.line, root.column)


def read_clients(path: Path) -> tuple[list[Row], list[Diagnostic]]:
    """The rows of a client list. A fault in the head concerns all rows, a fault in a cell is its row's."""
    try:
        table = read_table(path)
    except DocgenError as error:
        return [], list(error.diagnostics)
    columns = read_columns(table)
    first = table.rows[0][0].row if table.rows else 0
    head = [d for d in table.diagnostics if d.place.line <= first]
    table.diagnostics = [d for d in table.diagnostics if d.place.line > first]
    if len(table.rows) < 2:
        head.append(Diagnostic("B002", Severity.ERROR, Place(str(path)), {"file": path.name}))
    if has_errors(head):
        return [], [*head, *table.diagnostics]
    by_row: dict[int, list[Diagnostic]] = {}
    heads = {cell.column for cell in table.rows[0]}
    for cells in table.rows[1:]:
        for cell in cells:
            if cell.column not in heads:
                table.report("B015", cell, Severity.WARNING)
    for diagnostic in table.diagnostics:
        by_row.setdefault(diagnostic.place.line, []).append(diagnostic)
    rows = [_row(path, cells, columns, by_row.get(cells[0].row, [])) for cells in table.rows[1:]]
    return [row for row in rows if row is not None], head


def _row(path: Path, cells: list[Cell], columns: Mapping[int, Column], found: list[Diagnostic]) -> Row | None:
    facts: list[tuple[tuple[Step, ...], Cell]] = []
    base: Cell | None = None
    folder = ""
    for cell in cells:
        column = columns.get(cell.column)
        if column is None:
            continue
        if column.special == BASE:
            base = cell
        elif column.special == FOLDER:
            folder = cell.text
        else:
            facts.append((column.path, cell))
    if not facts and base is None:
        return None
    facts.sort(key=lambda fact: [step for step in fact[0] if isinstance(step, int)])  # items of a list in their order
    target = None
    if base is not None:
        target = path.parent / base.text
        with suppress(OSError, ValueError):  # a name no file can have; reading it says so
            if not target.is_file() and target.with_suffix(".yaml").is_file():
                target = target.with_suffix(".yaml")
    return Row(path, cells[0].row, tuple(facts), target, base, folder, tuple(found))


@lru_cache(maxsize=64)
def _read_base(path: Path, changed: int, size: int) -> Reading:
    """A base profile, read once; its lines are marked as those of another file."""
    reading = read_file(path)
    if reading.root is not None:
        reading.root = moved(reading.root, FILE_LINES)
    return reading
