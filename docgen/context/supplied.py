"""Results the company supplies beside its profile: survey answers and an assessment. Read elsewhere, at the edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.records import dataclass
from docgen.survey.figures import Figures, Period
from docgen.survey.model import Answers

if TYPE_CHECKING:
    from docgen.catalogue.points import PointTable
    from docgen.score.arithmetic import Result
    from docgen.score.sheet import Assessment


@dataclass(frozen=True, slots=True)
class Survey:
    """Answers of one period with their figures."""

    answers: Answers
    figures: Figures
    period: Period
    equal_weights: bool = False


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """A sheet somebody filled in, the points it was scored with, and the result."""

    file: str
    sheet: Assessment
    points: PointTable
    result: Result


@dataclass(frozen=True, slots=True)
class Supplied:
    """What was supplied; what is None was not."""

    survey: Survey | None = None
    assessment: SelfAssessment | None = None
    points: PointTable | None = None
