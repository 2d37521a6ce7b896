"""Survey answers from a file to exact figures. Knows neither profile nor templates."""

from docgen.survey.figures import Figures, Group, Period, QuestionFigures, evaluate, with_history
from docgen.survey.model import Answers, BadRow, Question
from docgen.survey.reading import read_answers

__all__ = [
    "Answers",
    "BadRow",
    "Figures",
    "Group",
    "Period",
    "Question",
    "QuestionFigures",
    "evaluate",
    "read_answers",
    "with_history",
]
