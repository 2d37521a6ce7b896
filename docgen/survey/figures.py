"""The figures of a survey, in exact decimals; they are rounded only where they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from docgen.records import dataclass
from docgen.survey.model import LEVELS, POINTS_A_LEVEL, Answer, Question

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """One question: how often each level was chosen, best first, and what that makes."""

    question: Question
    counts: tuple[int, ...]

    @property
    def answers(self) -> int:
        return sum(self.counts)

    @property
    def points(self) -> int:
        """Σ (points of the level × choices)."""
        return sum(level * POINTS_A_LEVEL * count for level, count in zip(LEVELS, self.counts, strict=True))

    @property
    def score(self) -> Decimal | None:
        """Points per answer, of 100; None where nobody answered."""
        return Decimal(self.points) / self.answers if self.answers else None


@dataclass(frozen=True, slots=True)
class Group:
    """The answers of one outlet. Without a name: answers that name none."""

    name: str
    answers: int
    questions: tuple[QuestionFigures, ...]
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class Period:
    """One survey of the history, or this one. Rates are shares of 100."""

    name: str
    answers: int | None
    sent: int | None
    score: Decimal | None
    current: bool = False

    @property
    def rate(self) -> Decimal | None:
        if not self.sent or self.answers is None:
            return None
        return Decimal(self.answers) / self.sent * HUNDRED


@dataclass(frozen=True, slots=True)
class Figures:
    """A survey worked out. `score` is Σ (weight × score of the question) ÷ Σ weight, over questions with answers."""

    answers: int
    questions: tuple[QuestionFigures, ...]
    groups: tuple[Group, ...]
    weights: Decimal
    weighted: Decimal
    score: Decimal | None


def evaluate(questions: Sequence[Question], answers: Sequence[Answer], by_outlet: bool = False) -> Figures:
    """Work out a survey. Outlets come in the order of their scores, answers without one last."""
    groups: list[Group] = []
    if by_outlet:
        own: dict[str, list[Answer]] = {}
        for answer in answers:
            own.setdefault(answer.outlet, []).append(answer)
        for name, members in own.items():
            inner = _questions(questions, members)
            groups.append(Group(name, len(members), inner, _score(inner)))
        groups.sort(key=lambda group: (not group.name, -(group.score or 0)))
    rows = _together(groups) if groups else _questions(questions, answers)
    weights, weighted = _weighted(rows)
    return Figures(len(answers), rows, tuple(groups), weights, weighted, _score(rows))


def with_history(history: Iterable[Period], current: Period | None) -> tuple[Period, ...]:
    """The surveys in their order with this one last; an entry of the same period gives way to it."""
    earlier = [period for period in history if current is None or period.name != current.name]
    return (*earlier, current) if current else tuple(earlier)


def _questions(questions: Sequence[Question], answers: Iterable[Answer]) -> tuple[QuestionFigures, ...]:
    counts = {question.id: [0] * (len(LEVELS) + 1) for question in questions}  # by level, 0 for none
    for answer in answers:
        for id, level in answer.levels.items():
            counts[id][level] += 1
    return tuple(QuestionFigures(q, tuple([counts[q.id][level] for level in LEVELS])) for q in questions)


def _together(groups: Sequence[Group]) -> tuple[QuestionFigures, ...]:
    """The questions of all groups."""
    each = zip(*(group.questions for group in groups), strict=True)
    return tuple(
        QuestionFigures(same[0].question, tuple(map(sum, zip(*(q.counts for q in same), strict=True)))) for same in each
    )


def _weighted(rows: Iterable[QuestionFigures]) -> tuple[Decimal, Decimal]:
    """Σ weight and Σ (weight × score) over the questions with answers."""
    weights = weighted = Decimal(0)
    for row in rows:
        if row.score is not None:
            weights += row.question.weight
            weighted += row.question.weight * row.score
    return weights, weighted


def _score(rows: Iterable[QuestionFigures]) -> Decimal | None:
    weights, weighted = _weighted(rows)
    return weighted / weights if weights else None
