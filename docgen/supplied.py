"""Reading the files a profile names: survey answers, an assessment sheet, a table of points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from docgen.catalogue import Catalogue
from docgen.catalogue.items import item_label
from docgen.catalogue.points import PointTable
from docgen.context.plan import Plan
from docgen.context.supplied import SelfAssessment, Supplied, Survey
from docgen.diagnostics import Diagnostic, DocgenError, Severity
from docgen.profile.loading import LoadedProfile
from docgen.profile.profile import Profile

_CENT = Decimal("0.01")


def read_supplied(
    loaded: LoadedProfile, profile: Profile, plan: Plan, catalogue: Catalogue, levels: Mapping[str, str]
) -> tuple[Supplied, PointTable, list[Diagnostic]]:
    """What the profile's files hold, and the points to score with. `levels` are answers in words with their level, 5
    the best. A file that is named and cannot be understood is an error: nothing is written that would look as if it
    had not been supplied."""
    reader = _Reader(loaded, profile, plan, catalogue, levels)
    points = reader.points()
    supplied = Supplied(reader.survey(), reader.assessment(points), points)
    return supplied, points, reader.found


class _Reader:
    def __init__(
        self,
        loaded: LoadedProfile,
        profile: Profile,
        plan: Plan,
        catalogue: Catalogue,
        levels: Mapping[str, str],
    ) -> None:
        self.loaded, self.profile, self.plan, self.catalogue, self.levels = loaded, profile, plan, catalogue, levels
        self.found: list[Diagnostic] = []

    def file(self, name: str | None, key: str) -> Path | None:
        """A file beside the one that names it; outside that folder it is refused, profiles come from strangers too."""
        if not name:
            return None
        folder = self.loaded.folder_of(key).resolve()
        path = folder / name
        if path.resolve().is_relative_to(folder):
            return path
        self.fault("V014", key, Severity.ERROR, read=name)
        return None

    def fault(self, code: str, key: str, severity: Severity, **values: object) -> None:
        self.found.append(Diagnostic(code, severity, self.loaded.place(key), values))

    # ---- assessment

    def points(self) -> PointTable:
        path = self.file(self.profile.certification.points, "certification.points")
        try:
            table = self.catalogue.points(path)
        except DocgenError as error:
            self.found += error.diagnostics
            return self.catalogue.points()
        self.found += table.notes
        return table

    def assessment(self, points: PointTable) -> SelfAssessment | None:
        path = self.file(self.profile.certification.assessment, "certification.assessment")
        if path is None:
            return None
        from docgen.score.arithmetic import score
        from docgen.score.sheet import load_assessment

        try:
            sheet = load_assessment(path, self.catalogue.clauses, points, self.plan.deleted)
        except DocgenError as error:
            self.found += error.diagnostics
            return None
        self.found += sheet.diagnostics
        judged = [row for row in sheet.clauses if row.applicable]
        if not judged:
            return None
        key = "certification.assessment"
        clauses = self.catalogue.clauses
        bare = [item_label(clauses, r.clause) for r in judged if r.lost and not sheet.findings.get(r.clause)]
        if bare:
            self.fault("V016", key, Severity.WARNING, clauses="、".join(bare))
        if not any(row.lost for row in judged):
            self.fault("V015", key, Severity.WARNING)
        result = score(sheet.clauses, self.catalogue.standard.scoring, self.catalogue.bands, sheet.specials)
        return SelfAssessment(path.name, sheet, points, result)

    # ---- survey

    def survey(self) -> Survey | None:
        facts = self.profile.survey
        path = self.file(facts.data, "survey.data")
        if path is None:
            return None
        from docgen.survey import Period, Question, evaluate, read_answers

        if not facts.questions:
            self.fault("V004", "survey.questions", Severity.WARNING)
            return None
        weights = _weights([question.weight for question in facts.questions])
        ids = [question.id or question.text or "" for question in facts.questions]
        if weights is None or not all(ids) or len(set(ids)) < len(ids):
            self.fault("V011", "survey.questions", Severity.ERROR, read=", ".join(ids))
            return None
        questions = [
            Question(id, question.text or id, weight)
            for id, question, weight in zip(ids, facts.questions, weights, strict=True)
        ]
        levels = {word: int(level) for word, level in self.levels.items()}
        try:
            answers = read_answers(path, questions, levels, facts.outlet_column or "")
        except DocgenError as error:
            self.found += error.diagnostics
            return None
        self.found += answers.diagnostics
        figures = evaluate(questions, answers.answers, answers.outlets)
        told = next((entry for entry in facts.history if entry.period and entry.period == facts.period), None)
        sent = facts.sent if facts.sent is not None else (told.sent if told else None)
        period = Period(facts.period or "", figures.answers, sent, figures.score, True)
        if told:
            self._compare("V012", told.answers, figures.answers)
            self._compare("V017", told.score, figures.score)
        if sent is not None and figures.answers > sent:
            self.fault("V013", "survey.sent", Severity.WARNING, answers=figures.answers, sent=sent)
        return Survey(answers, figures, period, not any(question.weight for question in facts.questions))

    def _compare(self, code: str, told: Decimal | int | None, found: Decimal | int | None) -> None:
        """The profile's own figure for the same survey must be the one the answers give, as exactly as it is told."""
        if told is None or found is None:
            return
        unit = Decimal(1).scaleb(int(Decimal(told).as_tuple().exponent))
        if Decimal(found).quantize(unit, ROUND_HALF_UP) != Decimal(told):
            shown = Decimal(found).quantize(min(unit, _CENT) if unit < 1 else unit, ROUND_HALF_UP)
            period = self.profile.survey.period or ""
            self.fault(code, "survey.history", Severity.WARNING, period=period, told=told, found=shown)


def _weights(given: Sequence[Decimal | None]) -> list[Decimal] | None:
    """The weights, equal ones where none is given at all; None where they cannot be meant."""
    if not any(weight is not None for weight in given):
        return [Decimal(1)] * len(given)
    weights = [weight for weight in given if weight is not None and weight > 0]
    return weights if len(weights) == len(given) else None
