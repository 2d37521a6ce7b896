"""Dates of the road to the certificate: worked back from the wished date, or forward from where the company stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from docgen.catalogue.road import Road, RoadTask
from docgen.context.workdays import (
    months_later,
    on_or_after,
    on_or_before,
    working_days_between,
    working_days_later,
)
from docgen.records import dataclass

_STEPS = 10  # from the shortest durations (0) to the usual ones
_WEEK = 5
_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the company knows or has decided. `effective` is the day the system began to run; `fixed` are dates the
    company has set for single steps, by step id."""

    wished: date | None = None
    plan_start: date | None = None
    effective: date | None = None
    fixed: Mapping[str, date] | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One step with its dates; without dates it is only told in weeks. `days` are those it has here."""

    task: RoadTask
    start: date | None
    finish: date | None
    days: int
    fixed: bool = False
    weeks: tuple[int, int] = (0, 0)

    @property
    def squeezed(self) -> bool:
        return not self.task.months and not self.fixed and 0 < self.days < self.task.days


@dataclass(frozen=True, slots=True)
class Conflict:
    """A date the company has set that does not fit the wished date: it lies outside what the other dates leave."""

    task: RoadTask
    read: date
    latest: date


@dataclass(frozen=True, slots=True)
class RoadPlan:
    """`verdict`: fits, tight (shorter than usual), replan (dates set by the company do not fit, the wished date
    does), too_early, from_wish (nothing known to start from), from_start (no wished date), relative."""

    verdict: str
    slots: tuple[Slot, ...]
    certificate: date | None = None
    earliest: date | None = None
    usual: date | None = None
    latest_start: date | None = None
    conflicts: tuple[Conflict, ...] = ()


def plan_road(road: Road, facts: Facts) -> RoadPlan:
    """The plan for one company. The same facts give the same plan on every day."""
    line = [t for t in road.tasks if not t.beside]
    running = next(i for i, t in enumerate(line) if t.months)
    todo = line[running + 1 :] if facts.effective else line
    first = _first_day(facts, line[running])
    wished = on_or_before(facts.wished) if facts.wished else None
    fixed = {t.id: facts.fixed[t.id] for t in todo if facts.fixed and t.id in facts.fixed}
    earliest = _forward(todo, first, 0)[-1].finish if first else None
    usual = _forward(todo, first, _STEPS)[-1].finish if first else None
    if wished is None:
        if first is None:
            return RoadPlan("relative", _relative(road))
        assert usual is not None
        end = _end_after(todo, fixed, usual)
        from_start = _back(todo, first, end, fixed) or _forward(todo, first, _STEPS)
        return _whole(road, line, facts, "from_start", from_start, earliest, usual)
    slots = _back(todo, first, wished, fixed)
    if slots is not None:
        squeezed = any(s.squeezed for s in slots)
        verdict = "from_wish" if first is None else "tight" if squeezed else "fits"
        return _whole(road, line, facts, verdict, slots, earliest, usual)
    slots = _back(todo, first, wished, {})
    if slots is not None:
        return _whole(road, line, facts, "replan", slots, earliest, usual, _conflicts(slots, fixed))
    assert first is not None
    return _whole(road, line, facts, "too_early", _forward(todo, first, 0), earliest, usual)


def _first_day(facts: Facts, running: RoadTask) -> date | None:
    """The first day a step that is still to do can begin; None if nothing is known."""
    if facts.effective:
        run = months_later(facts.effective, running.months)
        return on_or_after(max(run, facts.plan_start) if facts.plan_start else run)
    return on_or_after(facts.plan_start) if facts.plan_start else None


def _days(task: RoadTask, step: int) -> int:
    return task.least + round((task.days - task.least) * step / _STEPS)


def _forward(tasks: Sequence[RoadTask], first: date, step: int) -> list[Slot]:
    """One step after the other from the first day on."""
    slots = []
    start = first
    for task in tasks:
        if task.months:
            following = on_or_after(months_later(start, task.months))
            slots.append(Slot(task, start, working_days_later(following, -1), 0))
        else:
            days = _days(task, step)
            finish = working_days_later(start, days - 1)
            following = working_days_later(finish, 1)
            slots.append(Slot(task, start, finish, days))
        start = following
    return slots


def _backward(tasks: Sequence[RoadTask], end: date, step: int) -> list[Slot]:
    """One step before the other, the last one finished at the end."""
    slots = []
    finish = end
    for task in reversed(tasks):
        if task.months:
            start = on_or_before(months_later(working_days_later(finish, 1), -task.months))
            slots.append(Slot(task, start, finish, 0))
        else:
            days = _days(task, step)
            start = working_days_later(finish, 1 - days)
            slots.append(Slot(task, start, finish, days))
        finish = working_days_later(start, -1)
    return slots[::-1]


def _back(tasks: Sequence[RoadTask], first: date | None, end: date, fixed: Mapping[str, date]) -> list[Slot] | None:
    """Back from the end through the dates the company has set; between two of them durations shrink as far as
    needed, never below the least. None if they do not fit."""
    slots: list[Slot] = []
    pending: list[RoadTask] = []
    after = first
    for task in tasks:
        day, at_once = fixed.get(task.id), bool(slots)
        if day is None:
            pending.append(task)
            continue
        if task.fixed_end == "finish":
            stretch = _stretch([*pending, task], after, on_or_before(day), at_once)
            last = day
        else:
            stretch = _stretch(pending, after, working_days_later(day, -1), at_once)
            last = working_days_later(day, task.days - 1)
            stretch = None if stretch is None else [*stretch, Slot(task, day, last, task.days, True)]
        if stretch is None:
            return None
        if task.fixed_end == "finish":
            stretch[-1] = Slot(task, stretch[-1].start, day, stretch[-1].days, True)
        slots += stretch
        pending = []
        after = working_days_later(last, 1)
    rest = _stretch(pending, after, end, bool(slots))
    return None if rest is None else slots + rest


def _stretch(tasks: Sequence[RoadTask], first: date | None, end: date, at_once: bool = False) -> list[Slot] | None:
    """Between two days. What begins `at_once`, after a date the company has set, has its days to spare before the
    last step; else they lie before the first."""
    if not tasks:
        return [] if first is None or end >= first - _DAY else None
    for step in range(_STEPS, -1, -1):
        slots = _backward(tasks, end, step)
        start = slots[0].start
        assert start is not None
        if first is None or start >= first:
            return [*_forward(tasks[:-1], first, step), slots[-1]] if at_once and first else slots
    return None


def _end_after(tasks: Sequence[RoadTask], fixed: Mapping[str, date], usual: date) -> date:
    """When the certificate comes with usual durations after the last date the company has set."""
    last = max((i for i, t in enumerate(tasks) if t.id in fixed), default=None)
    if last is None:
        return usual
    task, day = tasks[last], fixed[tasks[last].id]
    done = day if task.fixed_end == "finish" else working_days_later(day, task.days - 1)
    finish = _forward(tasks[last + 1 :], working_days_later(done, 1), _STEPS)[-1].finish
    assert finish is not None
    return finish


def _conflicts(slots: Sequence[Slot], fixed: Mapping[str, date]) -> tuple[Conflict, ...]:
    """The dates set by the company that lie after what the wished date allows; if none does, all of them."""
    found = []
    for slot in slots:
        limit = slot.start if slot.task.fixed_end == "start" else slot.finish
        if slot.task.id in fixed and limit is not None:
            found.append(Conflict(slot.task, fixed[slot.task.id], limit))
    late = tuple(c for c in found if c.read > c.latest)
    return late or tuple(found)


def _whole(
    road: Road,
    line: Sequence[RoadTask],
    facts: Facts,
    verdict: str,
    slots: Sequence[Slot],
    earliest: date | None,
    usual: date | None,
    conflicts: tuple[Conflict, ...] = (),
) -> RoadPlan:
    """Add the steps before the system ran and those beside the line."""
    before: list[Slot] = []
    if facts.effective:
        running = next(i for i, t in enumerate(line) if t.months)
        # how long the company took is its own business; only the end is known
        done = working_days_later(facts.effective, -1)
        before = [Slot(task, None, done, 0) for task in line[:running]]
        following = slots[0].start
        assert following is not None
        before.append(Slot(line[running], facts.effective, working_days_later(following, -1), 0, True))
    complete = [*before, *slots]
    by_id = {slot.task.id: slot for slot in complete}
    rows = []
    for position, task in enumerate(road.tasks):
        if task.beside:
            nearest = next(t for t in road.tasks[position + 1 :] if not t.beside)
            rows.append(_beside(task, by_id[nearest.id], complete[0].start))
        else:
            rows.append(by_id[task.id])
    return RoadPlan(verdict, tuple(rows), slots[-1].finish, earliest, usual, slots[0].start, conflicts)


def _beside(task: RoadTask, following: Slot, first: date | None) -> Slot:
    """Ends before the next step begins; begins no earlier than the line itself."""
    if following.start is None:
        return Slot(task, None, following.finish, 0)
    finish = working_days_later(following.start, -1)
    start = working_days_later(finish, 1 - task.days)
    if first is not None and start < first:
        start = first
    return Slot(task, start, finish, working_days_between(start, finish))


def _relative(road: Road) -> tuple[Slot, ...]:
    """Weeks counted from the day the work begins."""
    slots = []
    done = 0
    for task in road.tasks:
        if task.beside:
            weeks = (max(1, done // _WEEK + 1 - task.days // _WEEK), max(1, -(-done // _WEEK)))
            slots.append(Slot(task, None, None, task.days, weeks=weeks))
            continue
        days = task.months * 13 * _WEEK // 3 if task.months else task.days
        weeks = (done // _WEEK + 1, -(-(done + days) // _WEEK))
        slots.append(Slot(task, None, None, 0 if task.months else days, weeks=weeks))
        done += days
    return tuple(slots)


def usual_length(road: Road) -> tuple[int, int]:
    """Working days of all steps on the line with usual and with least durations, months of running apart."""
    line = [t for t in road.tasks if not t.beside]
    return sum(t.days for t in line), sum(t.least for t in line)
