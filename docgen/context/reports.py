"""Names for reports: survey figures, the self-assessment, findings with their state. Only what was supplied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from docgen.catalogue import Catalogue
from docgen.catalogue.items import item_label
from docgen.catalogue.models import Clause, RatingBand
from docgen.context.facts import missing, put_record
from docgen.context.plan import Plan
from docgen.context.supplied import SelfAssessment, Supplied, Survey
from docgen.profile.describe import describe, fields_of
from docgen.profile.operation import Finding
from docgen.profile.profile import Profile
from docgen.survey import Period, QuestionFigures, with_history
from docgen.survey.model import LEVELS, MOST_UNANSWERED
from docgen.templating.values import Record

_CENT = Decimal("0.01")
_TARGETS = {"compliant": 0, "three_star": 1, "four_star": 2, "five_star": 3}
_PLANNED = ("clause", "description", "grade", "correction", "cause", "corrective_action", "owner", "due")
_PROVED = ("closed", "proof", "verification")


def put_reports(flat: dict[str, Any], profile: Profile, plan: Plan, catalogue: Catalogue, supplied: Supplied) -> None:
    """Put every name of the reports into the flat names."""
    _survey(flat, profile, supplied.survey)
    _assessment(flat, profile, plan, catalogue, supplied)
    _findings(flat, profile, catalogue)


def shown(value: Decimal | None) -> Decimal | str:
    """Two decimals, halves up as spreadsheets do it; nothing for nothing."""
    return "" if value is None else value.quantize(_CENT, ROUND_HALF_UP)


def _fact(path: str) -> Any:
    info = describe()[path]
    return missing(info.label, path, info.help)


# ---- survey


def _survey(flat: dict[str, Any], profile: Profile, survey: Survey | None) -> None:
    history = [Period(entry.period or "", entry.answers, entry.sent, entry.score) for entry in profile.survey.history]
    trend = with_history(history, survey.period if survey else None)
    actions = {entry.period: list(entry.actions) for entry in profile.survey.history}
    flat["survey_trend"] = [
        Record(
            {
                "period": period.name or _fact("survey.period"),
                "answers": period.answers if period.answers is not None else "",
                "sent": period.sent if period.sent is not None else "",
                "rate": shown(period.rate),
                "score": shown(period.score),
                "change": shown(_minus(period.score, before.score if before else None)),
                "current": period.current,
                "actions": actions.get(period.name, []),
            }
        )
        for before, period in zip((None, *trend), trend, strict=False)
    ]
    before = trend[-2] if survey and len(trend) > 1 else None
    target = profile.kpis.get("customer_satisfaction")
    values: dict[str, Any] = dict.fromkeys(
        ("file", "rows", "valid", "bad", "open_cells", "rate", "scale_five", "scale_hundred", "scale_words",
         "equal_weights", "weights", "weighted", "score", "reached", "short_of", "change", "before", "by_outlet",
         "questions", "worst", "best", "silent"), "",
    )  # fmt: skip
    values |= {
        "available": survey is not None,
        "period": profile.survey.period or _fact("survey.period"),
        "sent": _fact("survey.sent"),
        "most_unanswered": MOST_UNANSWERED * 100,
    }
    questions: Sequence[QuestionFigures] = ()
    if survey:
        answers, figures, period = survey.answers, survey.figures, survey.period
        questions = figures.questions
        goal = target.target if target else None
        scored = sorted((row for row in questions if row.score is not None), key=lambda row: row.score or Decimal(0))
        values |= {
            "file": answers.file,
            "sent": period.sent if period.sent is not None else _fact("survey.sent"),
            "rows": answers.rows,
            "valid": figures.answers,
            "bad": len(answers.bad),
            "open_cells": answers.open_cells,
            "rate": shown(period.rate) if period.rate is not None else _fact("survey.sent"),
            **{f"scale_{name}": name in answers.scales for name in ("five", "hundred", "words")},
            "equal_weights": survey.equal_weights,
            "weights": figures.weights,
            "weighted": shown(figures.weighted),
            "score": shown(figures.score),
            "reached": figures.score >= goal if figures.score is not None and goal is not None else "",
            "short_of": shown(_minus(goal, figures.score)),
            "before": before.name if before else "",
            "change": shown(_minus(figures.score, before.score if before else None)),
            "by_outlet": bool(figures.groups),
            "silent": _silent(profile, survey) if figures.groups else [],
            "questions": len(questions),
            "worst": scored[0].question.text if scored else "",
            "best": scored[-1].question.text if scored else "",
        }
    put_record(flat, "survey_result", values)
    if not survey:
        questions = []
    flat["survey_questions"] = [_question(number, row) for number, row in enumerate(questions, 1)]
    flat["survey_outlets"] = [
        Record(
            {
                "name": group.name,
                "answers": group.answers,
                "score": shown(group.score),
                "scores": [shown(row.score) for row in group.questions],
                "few": group.answers < _FEW_ANSWERS,
            }
        )
        for group in (survey.figures.groups if survey else ())
    ]
    flat["survey_bad_rows"] = [
        Record({"row": row.row, "reason": row.reason, "columns": list(row.columns), "read": row.read})
        for row in (survey.answers.bad if survey else ())
    ]


def _silent(profile: Profile, survey: Survey) -> list[str]:
    """The outlets no valid answer names."""
    heard = {group.name for group in survey.figures.groups}
    return [outlet.name for outlet in profile.outlets if outlet.name and outlet.name not in heard]


_FEW_ANSWERS = 10  # a score of fewer answers says little


def _question(number: int, row: QuestionFigures) -> Record:
    score = row.score
    return Record(
        {
            "number": number, "id": row.question.id, "text": row.question.text, "weight": row.question.weight,
            **{f"a{level}": count for level, count in zip(LEVELS, row.counts, strict=True)},
            "answers": row.answers, "points": row.points, "score": shown(score),
            "product": shown(score * row.question.weight if score is not None else None),
        }
    )  # fmt: skip


def _minus(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else left - right


# ---- self-assessment


def _assessment(flat: dict[str, Any], profile: Profile, plan: Plan, catalogue: Catalogue, supplied: Supplied) -> None:
    given = supplied.assessment
    table = given.points if given else supplied.points or catalogue.points()
    bands = catalogue.bands
    wanted = profile.certification.target_level
    target = bands[_TARGETS[wanted]] if wanted in _TARGETS else None
    limits = catalogue.standard.scoring
    values: dict[str, Any] = dict.fromkeys(
        ("file", "total", "applicable", "obtained", "base", "deducted", "bonus", "final", "score", "band",
         "barred", "distance", "next_band", "next_distance", "full_marks", "deductions", "bonuses"), "",
    )  # fmt: skip
    values |= {
        "available": given is not None,
        "placeholder": table.placeholder,
        "target": target.name if target else _fact("certification.target_level"),
        "target_minimum": target.minimum if target else "",
        "limit": limits.special_deduction_limit,
        "missing": [item_label(catalogue.clauses, id) for id in given.sheet.missing] if given else [],
    }
    if given:
        values |= _result(given, bands, target)
    put_record(flat, "assessment", values)
    reasons = {entry.clause: entry.reason for entry in profile.certification.deletions if not entry.part}
    judged = {row.clause: row for row in given.sheet.clauses} if given else {}
    missed = given.sheet.missing if given else ()
    rows = []
    for clause in catalogue.clauses_of_level(3):
        deleted = clause.id in plan.deleted or clause.parent in plan.deleted
        row = judged.get(clause.id)
        notes = given.sheet.notes.get(clause.id, {}) if given else {}
        assessed = bool(row and row.applicable)
        rows.append(
            Record(
                {
                    "clause": clause.id,
                    "name": clause.name,
                    "requirement": clause.requirement,
                    "parent": clause.parent,
                    "chapter": clause.chapter,
                    "applicable": not deleted and (assessed or not judged or clause.id in missed),
                    "assessed": assessed,
                    "reason": reasons.get(clause.id) or reasons.get(clause.parent) or "",
                    "points": table.points.get(clause.id, Decimal(0)),
                    "sample": row.sample if row and row.sample else "",
                    "failed": row.failed if row and row.sample else "",
                    "lost": shown_points(row.lost) if row and assessed else "",
                    "obtained": shown_points(row.obtained) if row and assessed else "",
                    **_words(notes),
                }
            )
        )
    flat["assessment_rows"] = rows
    flat["assessment_chapters"] = [_chapter(catalogue.clauses[c], rows) for c in _chapters(rows)]
    flat["assessment_specials"] = [
        Record({"deduction": item.deduction, "cases": item.cases, **_words(item.notes)})
        for item in (given.sheet.special_items if given else ())
    ]


def _result(given: SelfAssessment, bands: Sequence[RatingBand], target: RatingBand | None) -> dict[str, Any]:
    result = given.result
    above = [band for band in bands if band.minimum > result.final]
    next_band = min(above, key=lambda band: band.minimum) if above else None
    partial = bool(given.sheet.missing)
    return {
        "file": given.file,
        "total": result.total,
        "applicable": result.applicable,
        "obtained": shown_points(result.obtained),
        "base": shown(result.base),
        "deducted": result.deducted,
        "bonus": result.bonus,
        "final": shown(result.final),
        "score": result.shown,
        "band": result.band.name if result.band and not partial else "",
        "barred": result.barred,
        "distance": shown_points(result.distance(target)) if target else "",
        "next_band": next_band.name if next_band else "",
        "next_distance": shown_points(result.distance(next_band)) if next_band else "",
        "full_marks": not any(row.lost for row in given.sheet.clauses if row.applicable),
        "deductions": given.sheet.specials.deductions,
        "bonuses": given.sheet.specials.bonuses,
    }


def shown_points(value: Decimal) -> Decimal:
    """Points to three decimals: a third of a clause is not a round figure."""
    return value.quantize(Decimal("0.001"), ROUND_HALF_UP)


def _chapters(rows: Sequence[Record]) -> list[str]:
    return list(dict.fromkeys(row.values["chapter"] for row in rows))


def _chapter(clause: Clause, rows: Sequence[Record]) -> Record:
    own = [row.values for row in rows if row.values["chapter"] == clause.id]
    judged = [values for values in own if values["assessed"]]
    full = sum((values["points"] for values in judged), Decimal(0))
    obtained = sum((values["obtained"] for values in judged), Decimal(0))
    return Record(
        {
            "clause": clause.id,
            "name": clause.name,
            "points": sum((values["points"] for values in own), Decimal(0)),
            "applicable": full if judged else "",
            "obtained": obtained if judged else "",
            "rate": shown(obtained / full * 100) if full else "",
        }
    )


def _words(notes: Mapping[str, str]) -> dict[str, Any]:
    return {
        "finding": notes.get("finding", ""),
        "evidence": notes.get("evidence", ""),
        "owner": notes.get("owner", ""),
        "due": _day(notes.get("due", "")),
    }


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


# ---- findings


def _findings(flat: dict[str, Any], profile: Profile, catalogue: Catalogue) -> None:
    """Every finding with its clause's name, its state at the date of the report, and what is still to be written."""
    certification = profile.certification
    reference, audit = certification.report_date, certification.planned_audit_date
    labels = fields_of(Finding)
    rows = []
    for number, (facts, known) in enumerate(zip(profile.findings, flat["findings"], strict=True), 1):
        clause = catalogue.clauses.get(facts.clause or "")
        state = "closed" if facts.closed else "open"
        if state == "open" and facts.due and reference and facts.due < reference:
            state = "overdue"
        absent = [name for name in _PLANNED if getattr(facts, name) is None]
        unproved = [name for name in _PROVED if getattr(facts, name) is None]
        rows.append(
            Record(
                known.values
                | {
                    "number": number,
                    "clause_name": clause.name if clause else "",
                    "state": state,
                    "after_audit": bool(facts.due and audit and facts.due >= audit and not facts.closed),
                    "late": bool(facts.closed and facts.due and facts.closed > facts.due),
                    "days": (reference - facts.due).days if state == "overdue" and reference and facts.due else "",
                    "missing": [labels[name].label for name in absent],
                    "unproved": [labels[name].label for name in unproved],
                }
            )
        )
    flat["finding_rows"] = rows
    states = [row.values["state"] for row in rows]
    grades = [finding.grade for finding in profile.findings]
    put_record(
        flat,
        "finding_counts",
        {
            "total": len(rows),
            **{grade: grades.count(grade) for grade in ("major", "minor", "observation")},
            "closed": states.count("closed"),
            "open": len(rows) - states.count("closed"),
            "overdue": states.count("overdue"),
            "late": sum(row.values["late"] for row in rows),
            "incomplete": sum(bool(row.values["missing"]) for row in rows),
            "unproved": sum(bool(row.values["unproved"]) for row in rows),
            "reference": reference or _fact("certification.report_date"),
        },
    )
