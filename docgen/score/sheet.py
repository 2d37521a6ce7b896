"""An assessor's sheet (xlsx or csv): per clause applicable, met, sample, failures, deduction, finding."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from docgen.catalogue.items import find_item, item_label
from docgen.catalogue.models import Clause
from docgen.catalogue.points import PointTable
from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity
from docgen.records import dataclass
from docgen.score.arithmetic import Assessed, Specials
from docgen.tables import BadTable, Line, read_lines
from docgen.templating.vocabulary import nearest

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "clause": ("条款", "clause"),
    "item": ("评价分项", "评价内容", "名称", "item"),
    "applicable": ("适用", "applicable"),
    "met": ("符合", "met"),
    "sample": ("抽样数", "sample"),
    "failed": ("不合格数", "failed"),
    "deduction": ("扣分", "deduction"),
    "finding": ("发现", "finding"),
    "evidence": ("证据", "证据编号", "evidence"),
    "owner": ("责任人", "owner"),
    "due": ("完成期限", "due"),
}  # headings people use; the first is what docgen writes
NOTES = ("finding", "evidence", "owner", "due")  # columns of words
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?$", re.ASCII)
_NO = {"否", "不", "不符合", "不适用", "no", "n", "false", "0", "×"}
SPECIAL_DEDUCTION, SPECIAL_BONUS = ("特别扣分", "special deduction"), ("特别加分", "special bonus")


@dataclass(frozen=True, slots=True)
class SpecialItem:
    """A row of special deductions or bonuses: how many cases, and what they are."""

    deduction: bool
    cases: int
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the sheet says. `missing` are applicable clauses it does not assess; they do not count either way.
    `notes` holds the words of a clause by column (`NOTES`)."""

    clauses: tuple[Assessed, ...]
    findings: Mapping[str, str]
    notes: Mapping[str, Mapping[str, str]]
    specials: Specials
    special_items: tuple[SpecialItem, ...]
    missing: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def load_assessment(
    path: Path, clauses: Mapping[str, Clause], points: PointTable, deleted: frozenset[str]
) -> Assessment:
    """Read a sheet. Raises DocgenError with every row that cannot be understood."""
    try:
        rows = read_lines(path, rows=2_000, columns=40)
    except (OSError, BadTable) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DocgenError([Diagnostic("S007", place=Place(str(path)), values={"reason": reason})]) from error
    header, start = _header(rows)
    if "clause" not in header:
        raise DocgenError([Diagnostic("S004", place=Place(str(path)))])
    reader = _Reader(path, header, points)
    third = {c.id: c for c in clauses.values() if c.level == 3}
    assessed: dict[str, Assessed] = {}
    notes: dict[str, Mapping[str, str]] = {}
    faults: list[Diagnostic] = []
    for number, row in rows[start:]:
        reader.row, reader.cells = number, row
        clause, name = reader.text("clause").split(" ")[0], reader.text("item")
        if not clause and not name:
            continue
        item = find_item(clauses, clause, name)
        if clause in SPECIAL_DEDUCTION or clause in SPECIAL_BONUS:
            reader.special(clause in SPECIAL_DEDUCTION)
        elif item is None and not clause[:1].isdigit() and sum(cell not in (None, "") for cell in row) == 1:
            continue  # a note below the table
        elif item is None:
            known = {c.name for c in third.values()} if name else set(third)
            reader.fault("S002", read=f"{clause} {name}".strip(), near=nearest(name or clause, known))
        else:
            applicable = item.id not in deleted and item.parent not in deleted
            if applicable and reader.is_no("applicable"):
                place, label = Place(str(path), number), item_label(clauses, item.id)
                faults.append(Diagnostic("S010", Severity.WARNING, place, {"row": number, "clause": label}))
            elif applicable and not reader.says_anything():
                continue
            if item.id in assessed:
                reader.fault("S011", clause=item_label(clauses, item.id))
            assessed[item.id] = reader.assessed(item.id, applicable)
            notes[item.id] = {column: reader.text(column) for column in NOTES}
    if reader.diagnostics:
        raise DocgenError(reader.diagnostics)
    missing = tuple(c for c in third if c not in assessed and c not in deleted and third[c].parent not in deleted)
    if missing:
        labels = [item_label(clauses, id) for id in missing]
        faults.append(Diagnostic("S006", Severity.WARNING, Place(str(path)), {"clauses": "、".join(labels)}))
    for clause in third:
        if clause not in assessed:
            assessed[clause] = Assessed(clause, points.points.get(clause, Decimal(0)), False, False)
    specials = Specials(
        sum(item.cases for item in reader.specials if item.deduction),
        sum(item.cases for item in reader.specials if not item.deduction),
    )
    findings = {clause: words["finding"] for clause, words in notes.items() if words["finding"]}
    clauses_read = tuple(assessed[c] for c in third)
    return Assessment(clauses_read, findings, notes, specials, tuple(reader.specials), missing, tuple(faults))


class _Reader:
    def __init__(self, path: Path, header: Mapping[str, int], points: PointTable) -> None:
        self.path, self.header, self.points = path, header, points
        self.row = 0
        self.cells: Sequence[Any] = ()
        self.specials: list[SpecialItem] = []
        self.diagnostics: list[Diagnostic] = []

    def text(self, column: str) -> str:
        index = self.header.get(column, -1)
        value = self.cells[index] if 0 <= index < len(self.cells) else None
        if isinstance(value, datetime):
            value = value.date()
        return "" if value is None else str(value).strip()

    def number(self, column: str) -> Decimal | None:
        read = self.text(column)
        if not read:
            return None
        if _NUMBER.match(read):
            return Decimal(read)
        self.fault("S003", column=COLUMNS[column][0], read=read[:60])
        return None

    def special(self, deduction: bool) -> None:
        """A row of special items; an empty one, as in a sheet not filled in yet, is none."""
        given = [number for column in ("failed", "deduction") if (number := self.number(column)) is not None]
        words = {column: self.text(column) for column in NOTES}
        cases = int(given[0]) if given else int(bool(words["finding"]))
        if cases > 0:
            self.specials.append(SpecialItem(deduction, cases, words))

    def is_no(self, column: str) -> bool:
        return self.text(column).lower() in _NO

    def says_anything(self) -> bool:
        """Whether the row holds a judgement; a row nobody filled in is not full marks."""
        return any(self.text(column) for column in ("met", "sample", "failed", "deduction"))

    def assessed(self, clause: str, applicable: bool) -> Assessed:
        points = self.points.points.get(clause, Decimal(0))
        sample, failed = (self.number(column) or Decimal(0) for column in ("sample", "failed"))
        deduction = self.number("deduction")
        if failed > sample and (sample or self.text("sample") in ("", "0")):
            self.fault("S005", failed=failed, sample=sample)
        if deduction is not None and not 0 <= deduction <= points:
            self.fault("S009", read=deduction, points=points)
        return Assessed(
            clause,
            points,
            applicable and not self.is_no("applicable"),
            not self.is_no("met"),
            int(sample),
            int(failed),
            deduction,
        )

    def fault(self, code: str, near: str = "", **values: Any) -> None:
        place = Place(str(self.path), self.row)
        self.diagnostics.append(Diagnostic(code, Severity.ERROR, place, {"row": self.row, **values}, near))


def _header(rows: Sequence[Line]) -> tuple[dict[str, int], int]:
    """Column places and the index of the first row below the headings, which may stand under title rows."""
    for number, (_, row) in enumerate(rows[:20]):
        found: dict[str, int] = {}
        for index, cell in enumerate(row):
            word = str(cell or "").strip().lower()
            for name, words in COLUMNS.items():
                if word in words:
                    found.setdefault(name, index)
        if "clause" in found:
            return found, number + 1
    return {}, 0
