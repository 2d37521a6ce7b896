"""The training plan of the year: the company's own sessions, or the industry's topics as a proposal."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, get_args

from docgen.catalogue.models import Industry
from docgen.context.facts import missing, record
from docgen.context.workdays import is_working_day, working_days_later
from docgen.profile.completeness import required_topics
from docgen.profile.describe import fields_of
from docgen.profile.labels import choice_label
from docgen.profile.operation import TrainingCategory, TrainingSession
from docgen.profile.profile import Profile
from docgen.profile.training import everyone_hours, least_hours
from docgen.templating.values import Record

_WEDNESDAY = 2


def working_day(year: int, month: int, ordinal: int = 0) -> date:
    """The Wednesday of the second week or a later one, else the next working day of the month."""
    day = date(year, month, 8 + 7 * (ordinal % 3))
    day += timedelta((_WEDNESDAY - day.weekday()) % 7)
    while not is_working_day(day) and day.month == month:
        day += timedelta(1)
    return day


def training_plan(
    profile: Profile, industry: Industry | None, roles: dict[str, Any], returns: str
) -> tuple[list[Record], Record, list[Record]]:
    """The rows of the plan, its totals, and which required topic is covered by which session. `returns` is the word
    for returned goods: a session whose topic holds it teaches the returns policy."""
    labels = {name: info.label for name, info in fields_of(TrainingSession).items()}
    year = profile.training.year
    issued = profile.documents.issue_date
    rows: list[Record] = []
    in_month: dict[int, int] = {}
    for index, session in enumerate(profile.training.sessions):
        row = record(session, f"training.sessions[{index}]")
        values = row.values
        values["proposed"] = False
        values["date"] = session.date or _planned_day(year, session.month, in_month, issued) or values["date"]
        values["category_id"] = session.category or ""
        values["category_label"] = values["category"]
        rows.append(row)
    if not rows and industry:
        for topic in industry.training_topics:
            audience = [str(roles[r]) for r in topic.audience if r in roles]
            key = "training.sessions"
            rows.append(
                Record(
                    {
                        "month": topic.month,
                        "date": _planned_day(year, topic.month, in_month, issued)
                        or missing(labels["date"], "training.year"),
                        "topic": topic.topic,
                        "category": choice_label(topic.category, get_args(TrainingCategory)),
                        "category_label": choice_label(topic.category, get_args(TrainingCategory)),
                        "category_id": topic.category,
                        "audience": "、".join(audience) if audience else missing(labels["audience"], key),
                        "hours": Decimal(topic.hours),
                        "method": topic.method,
                        "test": topic.test,
                        "external": False,
                        "proposed": True,
                    }
                    | {n: missing(labels[n], key) for n in ("heads", "teacher", "place", "cost", "owner")}
                )
            )
    rows.sort(key=lambda row: row.values["month"] if isinstance(row.values["month"], int) else 99)
    for number, row in enumerate(rows, 1):
        row.values["number"] = number
        row.values["returns"] = returns in str(row.values["topic"])
    return rows, _totals(rows, profile), _coverage(rows, labels, required_topics(profile))


def _planned_day(year: int | None, month: int | None, in_month: dict[int, int], issued: date | None) -> date | None:
    """A proposed day of the month; in the month the plan is issued, one after that."""
    if not year or not month or not 1 <= month <= 12:
        return None
    ordinal = in_month.get(month, 0)
    in_month[month] = ordinal + 1
    day = working_day(year, month, ordinal)
    if issued and day <= issued and (issued.year, issued.month) == (year, month):
        later = working_days_later(issued, ordinal + 1)
        return later if later.month == month else day
    return day


def _totals(rows: list[Record], profile: Profile) -> Record:
    hours = sum((_number(row, "hours") for row in rows), Decimal(0))
    person_hours = sum((_number(row, "hours") * _number(row, "heads") for row in rows), Decimal(0))
    cost = sum((_number(row, "cost") for row in rows), Decimal(0))
    known_heads = all(isinstance(row.values["heads"], int) for row in rows)
    known_cost = all(isinstance(row.values["cost"], Decimal) for row in rows)
    labels = {name: info.label for name, info in fields_of(TrainingSession).items()}
    key = "training.sessions"
    return Record(
        {
            "sessions": len(rows),
            "everyone_hours": everyone_hours(profile),
            "least_hours": least_hours(profile),
            "hours": hours,
            "person_hours": person_hours if known_heads else missing(labels["heads"], key),
            "cost": cost if known_cost else missing(labels["cost"], key),
            "cost_10k": cost / 10000 if known_cost else missing(labels["cost"], key),
        }
    )


def _number(row: Record, name: str) -> Decimal:
    value = row.values[name]
    return Decimal(value) if isinstance(value, (int, Decimal)) else Decimal(0)


def _coverage(rows: list[Record], labels: dict[str, str], required: list[str]) -> list[Record]:
    result = []
    for category in get_args(TrainingCategory):
        label = choice_label(category, get_args(TrainingCategory))
        topics = [str(row.values["topic"]) for row in rows if row.values["category_id"] == category]
        if not topics and category not in required:
            continue
        numbers = [row.values["number"] for row in rows if row.values["category_id"] == category]
        result.append(
            Record(
                {
                    "id": category,
                    "topic": label,
                    "sessions": topics,
                    "numbers": numbers,
                    "covered": bool(topics),
                    "gap": missing(label, "training.sessions"),
                }
            )
        )
    return result
