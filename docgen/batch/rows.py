"""One row of a client list: its cells laid over a base profile give the tree of nodes a profile is built from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG

from docgen.batch.columns import BASE, FOLDER, Column, labels, read_columns
from docgen.cells import Cell, read_table
from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity, has_errors
from docgen.profile.describe import fields_of
from docgen.profile.fields import Part
from docgen.profile.loading import FILE_LINES, LoadedProfile, load_profile_tree
from docgen.profile.merging import merged
from docgen.profile.reading import ListNode, MapNode, Node, Reading, TextNode, moved, read_file
from docgen.profile.walking import Step
from docgen.records import dataclass

# facts that tell one company from another, its people and places, and what it has to show: never taken over from a base
# profile; of a group without names here all of it
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
    "organization": (
        "top_management.name", "management_representative.name", "service_head.name", "supervisor.name", "deputy.name",
        "departments.head", "people",
    ),
    "staff": ("certified_service_managers",),
    "outlets": (),
    "service": ("hotline", "complaint_phone", "complaint_email"),
    "resources": ("premises",),
    "training": ("sessions.teacher",),
    "complaints": ("statistics",),
    "supervision": ("results",),
    "survey": ("data", "period", "sent", "history"),
    "documents": (
        "prepared_by", "reviewed_by", "approved_by", "prepared_date", "reviewed_date", "approved_date", "revisions",
    ),
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
        """The base profile without what is another company's own."""
        from docgen.profile.profile import Profile

        paths = [(group, *name.split(".")) for group, names in OWN_FACTS.items() for name in names or ("",)]
        left: dict[str, None] = {}
        kept = self._kept(root, Profile, [tuple(filter(None, path)) for path in paths], (), left)
        if left:
            place = Place(str(self.file), self.number, self.base_cell.column if self.base_cell else 1)
            found.append(Diagnostic("B011", Severity.NOTE, place, {"labels": "、".join(left)}))
        assert isinstance(kept, MapNode)
        return kept

    def _kept(
        self,
        node: Node,
        part: type[Part],
        own: Sequence[tuple[str, ...]],
        above: tuple[Step, ...],
        left: dict[str, None],
    ) -> Node:
        """A part of the base profile, or a list of such, without these facts; those this row does not give are noted in
        `left`."""
        if isinstance(node, ListNode):
            items = [self._kept(item, part, own, (*above, at), left) for at, item in enumerate(node.items)]
            return ListNode(items, node.line, node.column)
        if not isinstance(node, MapNode):
            return node
        entries: list[tuple[TextNode, Node]] = []
        for key, value in node.entries:
            name = next((p[0] for p in own if key.text in (p[0], fields_of(part)[p[0]].label)), "")
            below = [p[1:] for p in own if p[0] == name]
            path = (*above, name)
            if () in below:
                if not any(where[: len(path)] == path for where, _ in self.cells):
                    left[labels(tuple(step for step in path if isinstance(step, str)))] = None
                continue
            inner = fields_of(part)[name].part if name else None
            entries.append((key, self._kept(value, inner, below, path, left) if inner else value))
        return MapNode(entries, node.line, node.column)


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
