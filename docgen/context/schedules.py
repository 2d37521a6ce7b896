"""The year's proposals worked out from frequencies: supervision, drills, budget by quarter, survey sample."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from docgen.catalogue.models import Industry
from docgen.context.facts import missing
from docgen.context.issued import known_when_issued
from docgen.profile.describe import describe
from docgen.profile.profile import Profile
from docgen.records import dataclass
from docgen.templating.values import Record

# 95 % confidence, the widest spread a share can have, ±5 points: the usual grounds of a sample size
CONFIDENCE, Z, SHARE, ERROR = 95, 1.96, 0.5, 5
COMPARED_ERRORS = (3, 5, 7, 10)
_MONTHS = 12
_USUAL_EVALUATION = 8  # the ninth month of the cycle, where the company named no date


@dataclass(frozen=True, slots=True)
class Cycle:
    """Twelve months in a row; without a year the calendar months."""

    year: int | None = None
    month: int = 1

    def first_day(self, index: int) -> date | None:
        """The first day of the month with this index, where the year is known."""
        if self.year is None:
            return None
        months = self.month - 1 + index
        return date(self.year + months // _MONTHS, months % _MONTHS + 1, 1)

    def number(self, index: int) -> int:
        """The calendar month, 1 to 12."""
        return (self.month - 1 + index) % _MONTHS + 1

    def index(self, day: date | None) -> int | None:
        """Where a day lies in the cycle; None outside it."""
        if day is None or self.year is None:
            return None
        index = (day.year - self.year) * _MONTHS + day.month - self.month
        return index if 0 <= index < _MONTHS else None

    def index_of_month(self, month: int) -> int:
        """Where a calendar month lies in the cycle."""
        return (month - self.month) % _MONTHS


def cycle_of(profile: Profile) -> Cycle:
    """The plan year. A system that starts within the year of the plans runs twelve months from its start."""
    year = profile.training.year or profile.resources.budget.year
    running = profile.certification.running_since or profile.documents.effective_date
    if running and (year is None or running.year >= year):
        return Cycle(running.year, running.month)
    return Cycle(year)


def spread(count: int, slots: int = _MONTHS, through: int | None = None) -> list[int]:
    """`count` things evenly over `slots`, as sorted indexes; one of them falls on `through`."""
    if count <= 0:
        return []
    if through is None:
        return [int((i + 0.5) * slots / count) for i in range(count)]
    return sorted(int(through + i * slots / count) % slots for i in range(count))


def schedules(profile: Profile, industry: Industry | None, roles: dict[str, Any]) -> dict[str, Any]:
    """All derived names of this module."""
    cycle = cycle_of(profile)
    return {
        **_supervision(profile, cycle),
        "drill_plan": _drills(profile, cycle, industry, roles),
        "trace_drill": _trace_drill(profile, cycle),
        "budget_quarters": _budget(profile),
        **_survey(profile),
    }


# ---- supervision


def _supervision(profile: Profile, cycle: Cycle) -> dict[str, Any]:
    facts = profile.supervision
    certification = profile.certification
    inspections = spread(facts.inspections_per_year or 0)
    known = cycle.index(certification.self_assessment_date)
    evaluations = _evaluations(facts.internal_evaluations_per_year or 0, known)
    reviews = _reviews(facts.management_reviews_per_year or 0, evaluations, known, cycle, profile)
    compliance = _before(facts.compliance_evaluations_per_year or 0, reviews[0] if reviews else None, 1)
    surveys = _before(profile.survey.per_year or 0, known, 2)  # with the report a month after it is sent out
    outlets, visits = _outlet_visits(profile, cycle)
    assessments = _at_ends(facts.outlet_assessments_per_year or 0)
    providers = _at_ends(facts.provider_evaluations_per_year or 0)
    begun = cycle.index(certification.running_since)  # the month before it has nothing to count
    months = [
        Record(
            {
                "month": cycle.number(i),
                "date": cycle.first_day(i) or "",
                "inspections": inspections.count(i),
                "statistics": begun is None or i > begun,
                "outlet_visits": visits.count(i),
                "outlet_assessments": assessments.count(i),
                "provider_evaluations": providers.count(i),
                "evaluations": evaluations.count(i),
                "reviews": reviews.count(i),
                "compliance": compliance.count(i),
                "surveys": surveys.count(i),
            }
        )
        for i in range(_MONTHS)
    ]
    visits_a_year = facts.mystery_visits.per_year or 0
    periods = visits_a_year if 0 < visits_a_year < 4 else 4  # none without a visit
    length = _MONTHS // periods
    mystery_visits = spread(visits_a_year, slots=periods)
    label = describe()["certification.running_since"].label
    return {
        "supervision_months": months,
        "supervision_cycle": {
            "start": cycle.first_day(0) or missing(label, "certification.running_since"),
            "end": cycle.first_day(_MONTHS - 1) or missing(label, "certification.running_since"),
            "evaluation_date": certification.self_assessment_date if known is not None else "",
            "outlet_visits": len(visits),
        },
        "mystery_periods": [
            Record(
                {
                    "number": p + 1,
                    "first": cycle.first_day(length * p) or cycle.number(length * p),
                    "last": cycle.first_day(length * (p + 1) - 1) or cycle.number(length * (p + 1) - 1),
                    "visits": mystery_visits.count(p),
                }
            )
            for p in range(periods)
        ],
        "outlet_visit_plan": outlets,
    }


def _at_ends(count: int) -> list[int]:
    """What sums up a period stands at its end: 4 a year in the last month of each quarter of the cycle."""
    return [(i + 1) * _MONTHS // count - 1 for i in range(count)]


def _before(count: int, needed: int | None, months: int) -> list[int]:
    """What an evaluation or review needs the result of: one of them some `months` before it, the others evenly."""
    return spread(count, through=None if needed is None else max(needed - months, 0))


def _evaluations(count: int, known: int | None) -> list[int]:
    """Evaluations through the known month; one that falls into the first quarter moves to the end of the year, as
    there is too little to evaluate yet."""
    found = spread(count, through=_USUAL_EVALUATION if known is None else known)
    if count <= 4:
        found = [i for i in found if i >= 3 or i == known] + [_MONTHS - 1] * sum(i < 3 and i != known for i in found)
    return sorted(found)


def _reviews(count: int, evaluations: Sequence[int], known: int | None, cycle: Cycle, profile: Profile) -> list[int]:
    """A review follows the evaluation whose result it needs, before the application (without one: the audit)."""
    if not count:
        return []
    after = known if known is not None else evaluations[-1] if evaluations else 9
    certification = profile.certification
    before = cycle.index(certification.application_date or certification.planned_audit_date)
    latest = before - 1 if before is not None and before >= after else _MONTHS - 1
    return spread(count, through=max(after, min(after + 1, latest)))


def _outlet_visits(profile: Profile, cycle: Cycle) -> tuple[list[Record], list[int]]:
    each, count = profile.supervision.outlet_visits_per_year or 0, len(profile.outlets)
    rows, all_visits = [], []
    for place, outlet in enumerate(profile.outlets):
        visits = [int((r + (place + 0.5) / count) * _MONTHS / each) for r in range(each)]
        all_visits += visits
        rows.append(
            Record(
                {
                    "code": outlet.code or "",
                    "name": outlet.name or missing(describe()["outlets[].name"].label, f"outlets[{place}].name"),
                    "months": [cycle.number(v) for v in visits],
                    "dates": [day for v in visits if (day := cycle.first_day(v))],
                }
            )
        )
    return rows, all_visits


# ---- drills


def _drills(profile: Profile, cycle: Cycle, industry: Industry | None, roles: dict[str, Any]) -> list[Record]:
    """One row per risk, in the order of the year; a month the profile does not give is a proposal. As many rows as
    the profile asks drills for are `full`, played through from the first report to recovery: the first ones of the
    list, which names the gravest first."""
    info = {name: describe()[f"emergency.risks[].{name}"].label for name in ("name", "signal", "response", "owner")}
    rows: list[tuple[int, Record]] = []
    risks = profile.emergency.risks
    open_risks = [i for i, risk in enumerate(risks) if not risk.drill_month]
    places = dict(zip(open_risks, spread(len(open_risks)), strict=True))
    for i, risk in enumerate(risks):
        index = cycle.index_of_month(risk.drill_month) if risk.drill_month else places[i]
        values: dict[str, Any] = {
            name: getattr(risk, name) or missing(label, f"emergency.risks[{i}].{name}") for name, label in info.items()
        }
        rows.append((index, _drill(values, cycle, index, proposed=not risk.drill_month, from_industry=False)))
    if not risks and industry:
        chosen = industry.risks[: max(1, profile.emergency.drills_per_year or 1)]
        for index, known in zip(spread(len(chosen)), chosen, strict=True):
            values = {"name": known.name, "signal": known.signal, "response": known.response}
            values["owner"] = roles[known.owner]
            rows.append((index, _drill(values, cycle, index, proposed=True, from_industry=True)))
    for rank, (_, row) in enumerate(rows):
        row.values["full"] = rank < (profile.emergency.drills_per_year or 0)
    rows.sort(key=lambda row: row[0])
    for number, (_, row) in enumerate(rows, 1):
        row.values["number"] = number
    return [row for _, row in rows]


def _drill(values: dict[str, Any], cycle: Cycle, index: int, *, proposed: bool, from_industry: bool) -> Record:
    place = {"month": cycle.number(index), "date": cycle.first_day(index) or ""}
    return Record(values | place | {"proposed": proposed, "from_industry": from_industry})


def _trace_drill(profile: Profile, cycle: Cycle) -> dict[str, Any]:
    """The drill of a year without a recall, the month before the evaluation asks for its record."""
    known = cycle.index(profile.certification.self_assessment_date)
    index = max((_USUAL_EVALUATION if known is None else known) - 1, 0)
    return {"month": cycle.number(index), "date": cycle.first_day(index) or ""}


# ---- budget


def _quarters(amount: Decimal) -> list[Decimal]:
    part = (amount / 4).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return [part, part, part, amount - 3 * part]


def _budget(profile: Profile) -> list[Record]:
    """Each line over the four quarters in 万元: evenly, and by the training plan's months where the sums agree."""
    by_plan = [Decimal(0)] * 4
    complete = bool(profile.training.sessions)
    for session in profile.training.sessions:
        if session.cost is None or not session.month:
            complete = False
        else:
            by_plan[(session.month - 1) // 3] += session.cost / 10000
    rows = []
    for line in profile.resources.budget.lines:
        if line.amount is None or not line.item:
            continue
        planned = complete and sum(by_plan) == line.amount
        parts = by_plan if planned else _quarters(line.amount)
        values: dict[str, Any] = {"item": line.item, "amount": line.amount, "by_training_plan": planned}
        rows.append(Record(values | {f"q{n}": part for n, part in enumerate(parts, 1)}))
    return rows


# ---- survey


def required_sample(population: int | None, error: float) -> int:
    """Answers needed for ±`error` points at 95 %; `population` None is unlimited."""
    unlimited = Z**2 * SHARE * (1 - SHARE) / (error / 100) ** 2
    if not population:
        return math.ceil(unlimited)
    return math.ceil(unlimited / (1 + (unlimited - 1) / population))


def error_reached(population: int | None, answers: int) -> Decimal:
    """The ± points that so many answers give at 95 %, one decimal."""
    error = Z * math.sqrt(SHARE * (1 - SHARE) / answers)
    if population and population > 1:
        error *= math.sqrt(max(population - answers, 0) / (population - 1))
    return Decimal(str(100 * error)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _survey(profile: Profile) -> dict[str, Any]:
    labels = {path: describe()[path].label for path in ("survey.sample_size", "products[].units_in_field")}
    units = [p.units_in_field for p in profile.products]
    population = sum(u for u in units if u) if units and all(units) else None
    planned = profile.survey.sample_size
    sent = [h for h in profile.survey.history if h.sent and h.answers and known_when_issued(profile, h.period)]
    last = sent[-1] if sent else None
    rate = Decimal(last.answers) / last.sent if last and last.sent and last.answers else None
    required = required_sample(population, ERROR)
    no_size = missing(labels["survey.sample_size"], "survey.sample_size")
    sample = {
        "confidence": CONFIDENCE,
        "z": Decimal(str(Z)),
        "error": ERROR,
        "population": population or missing(labels["products[].units_in_field"], "products[0].units_in_field"),
        "unlimited": Decimal(str(Z**2 * SHARE * (1 - SHARE) / (ERROR / 100) ** 2)).quantize(Decimal("0.01")),
        "unlimited_answers": required_sample(None, ERROR),
        "required": required,
        "planned_error": error_reached(population, planned) if planned else no_size,
        "enough": bool(planned and planned >= required),
        "return_rate": (rate * 100).quantize(Decimal("0.1"), ROUND_HALF_UP) if rate else "",
        "return_period": (last.period or "") if last else "",
        "to_send": math.ceil(planned / rate / 10) * 10 if planned and rate else "",
    }
    sizes = [Record({"error": e, "required": required_sample(population, e)}) for e in COMPARED_ERRORS]
    return {"survey_sample": sample, "survey_sizes": sizes, "survey_strata": _strata(profile, population, planned)}


def _strata(profile: Profile, population: int | None, planned: int | None) -> list[Record]:
    """The sample over the products, in proportion to the units in use; the parts add up to the sample."""
    if not population or not planned or len(profile.products) < 2:
        return []
    exact = [planned * (p.units_in_field or 0) / population for p in profile.products]
    parts = [int(x) for x in exact]
    by_rest = sorted(range(len(exact)), key=lambda i: parts[i] - exact[i])
    for i in by_rest[: planned - sum(parts)]:
        parts[i] += 1
    return [
        Record(
            {
                "name": p.name or missing(describe()["products[].name"].label, f"products[{i}].name"),
                "units": p.units_in_field,
                "share": (100 * Decimal(p.units_in_field or 0) / population).quantize(Decimal("0.1")),
                "answers": parts[i],
            }
        )
        for i, p in enumerate(profile.products)
    ]
