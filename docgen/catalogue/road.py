"""The road to the certificate: what has to be done, how long it usually takes, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.catalogue.models import Confidence
from docgen.catalogue.reading import Row, Source, index
from docgen.profile.company import Certification
from docgen.profile.describe import fields_of
from docgen.records import dataclass

BODY = "body"  # the certification body as the owner of a step
_ENDS = ("start", "finish")


@dataclass(frozen=True, slots=True)
class RoadTask:
    """A step towards the certificate. Durations in working days, or in calendar months that nothing shortens."""

    id: str
    phase: str
    title: str
    title_again: str  # for a company that holds a certificate already
    days: int
    least: int
    months: int
    owner: str  # role id, or "body" for the certification body
    papers: tuple[str, ...]  # ids of documents and forms used or made
    fixed_by: str  # field of `certification` that fixes the date
    fixed_end: str
    beside: bool  # runs beside the line and ends before the next step begins
    basis: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date after the certificate, in months from its issue or before its expiry."""

    id: str
    title: str
    from_months: int
    months: int
    before_expiry: int
    basis: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Road:
    tasks: tuple[RoadTask, ...]
    after: tuple[Milestone, ...]
    validity_months: int
    validity_basis: str
    body: str  # what the certification body is called
    confidence_words: Mapping[str, str]


def read_road(source: Source) -> Road:
    """`road.yaml`."""
    root = source.root
    road = Road(
        tasks=_tasks(root.rows("tasks")),
        after=_milestones(root.rows("after")),
        validity_months=root.number("validity_months"),
        validity_basis=root.text("validity_basis"),
        body=root.text("body"),
        confidence_words={name: str(text) for name, text in root.mapping("confidence_words").items()},
    )
    root.done()
    return road


def _tasks(rows: list[Row]) -> tuple[RoadTask, ...]:
    found = []
    for row in rows:
        task = RoadTask(
            id=row.text("id"),
            phase=row.text("phase"),
            title=row.text("title"),
            title_again=row.text("title_again", ""),
            days=row.integer("days", 0) or 0,
            least=row.integer("least", 0) or 0,
            months=row.integer("months", 0) or 0,
            owner=row.text("owner"),
            papers=row.texts("papers", ()),
            fixed_by=row.choice("fixed_by", tuple(fields_of(Certification)), ""),
            fixed_end=row.choice("fixed_end", _ENDS, "finish"),
            beside=row.flag("beside", False),
            basis=row.text("basis"),
            confidence=row.confidence(),
        )
        if not task.months and not 1 <= task.least <= task.days:
            row.fault("K024", "least", least=task.least, days=task.days)
        row.done()
        found.append((row, task))
    return tuple(index(found).values())


def _milestones(rows: list[Row]) -> tuple[Milestone, ...]:
    found = []
    for row in rows:
        milestone = Milestone(
            id=row.text("id"),
            title=row.text("title"),
            from_months=row.integer("from_months", 0) or 0,
            months=row.integer("months", 0) or 0,
            before_expiry=row.integer("before_expiry", 0) or 0,
            basis=row.text("basis"),
            confidence=row.confidence(),
        )
        row.done()
        found.append((row, milestone))
    return tuple(index(found).values())
