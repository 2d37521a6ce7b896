"""What the facts of a profile support: per clause what is documented, what is known, what is open; a score range."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from docgen.catalogue import Catalogue
from docgen.catalogue.models import RatingBand
from docgen.catalogue.points import PointTable
from docgen.context.plan import Plan
from docgen.profile.completeness import FactGap
from docgen.profile.profile import Profile
from docgen.profile.walking import value_at
from docgen.records import dataclass
from docgen.score.arithmetic import Assessed, Result, score
from docgen.score.needs import ClauseNeeds
from docgen.score.rules import broken_rules

_LEVELS = {"compliant": 0, "three_star": 1, "four_star": 2, "five_star": 3}


@dataclass(frozen=True, slots=True)
class ClauseForecast:
    """One third-level clause. `low` and `high` are points the facts leave open."""

    clause: str
    name: str
    requirement: str
    points: Decimal
    applicable: bool
    low: Decimal
    high: Decimal
    documents: tuple[str, ...]  # numbers and titles of documents that state it
    records: tuple[str, ...]  # forms whose records prove it
    known: tuple[str, ...]  # labels of the facts that are there
    missing: tuple[FactGap, ...]
    broken: tuple[str, ...]  # names of rules the facts break
    proven: bool  # the company supplied a result that shows it works

    @property
    def state(self) -> str:
        """deleted, failed, open or supported."""
        if not self.applicable:
            return "deleted"
        if self.broken:
            return "failed"
        return "open" if self.low < self.high else "supported"

    @property
    def gain(self) -> Decimal:
        """Points to be had here."""
        return self.points - self.low if self.applicable else Decimal(0)


@dataclass(frozen=True, slots=True)
class Forecast:
    """The whole: a range, the levels at its ends, and what to do next in order of cheapness."""

    clauses: tuple[ClauseForecast, ...]
    low: Result
    high: Result
    target: RatingBand | None
    placeholder: bool
    next_points: tuple[ClauseForecast, ...]


def forecast(
    profile: Profile,
    plan: Plan,
    catalogue: Catalogue,
    needs: Mapping[str, ClauseNeeds],
    points: PointTable,
    gaps: Sequence[FactGap],
    assumed: Collection[str] = (),
) -> Forecast:
    """The range the facts support. A clause counts whole where a document states it, every fact it needs is known
    and no rule is broken; it counts by the share of known facts at the low end otherwise, and not at all where a rule
    is broken. Whether records prove it on site is unknown until the company supplies a result; a proposed default is
    not a known fact."""
    open_gaps = {gap.path: gap for gap in gaps}
    rows = []
    for clause in catalogue.clauses_of_level(3):
        need = needs.get(clause.id, ClauseNeeds())
        value = points.points.get(clause.id, Decimal(0))
        parent = clause.parent
        applicable = clause.id not in plan.deleted and parent not in plan.deleted
        documents = tuple(f"{p.number} {p.title}" for p in plan.documents.values() if parent in p.clauses)
        records = tuple(f"{p.number} {p.title}" for p in plan.forms.values() if p.id in need.records)
        missing, known = _facts(need, open_gaps, assumed)
        broken = tuple(broken_rules(need.rules, profile))
        proven = any(value_at(profile, path) for path in need.evidence)
        doubts = len(missing) + (not proven)
        low_points, high_points = _bounds(value, applicable, bool(documents), len(known) + proven, doubts, bool(broken))
        rows.append(
            ClauseForecast(
                clause.id, clause.name, clause.requirement, value, applicable, low_points, high_points, documents,
                records, known, missing, broken, proven,
            )
        )  # fmt: skip
    scoring, bands = catalogue.standard.scoring, catalogue.bands
    low = score((Assessed(r.clause, r.points, r.applicable, deduction=r.points - r.low) for r in rows), scoring, bands)
    high = score(
        (Assessed(r.clause, r.points, r.applicable, deduction=r.points - r.high) for r in rows), scoring, bands
    )
    wanted = profile.certification.target_level
    target = bands[_LEVELS[wanted]] if wanted in _LEVELS else None
    following = sorted((r for r in rows if r.gain > 0), key=_cheapness)
    return Forecast(tuple(rows), low, high, target, points.placeholder, tuple(following))


def _facts(
    need: ClauseNeeds, gaps: Mapping[str, FactGap], assumed: Collection[str]
) -> tuple[tuple[FactGap, ...], tuple[str, ...]]:
    from docgen.profile.describe import field_at, label_of
    from docgen.profile.fields import Level

    relevant = [gap for gap in gaps.values() if gap.level is not Level.MAY]
    missing: list[FactGap] = []
    known: list[str] = []
    for path in need.facts:
        hit = next((g for g in relevant if g.path == path or g.path.startswith((f"{path}.", f"{path}["))), None)
        proposed = path in assumed or any(a.startswith(f"{path}.") for a in assumed)
        if hit is None and not proposed:
            known.append(label_of(path))
            continue
        if hit is None:
            info = field_at(path)
            hit = FactGap(path, label_of(path), info.level if info else Level.SHOULD, info.help if info else "", "")
        missing.append(hit)
    return tuple(missing), tuple(known)


def _bounds(
    points: Decimal, applicable: bool, documented: bool, known: int, missing: int, broken: bool
) -> tuple[Decimal, Decimal]:
    if not applicable:
        return Decimal(0), Decimal(0)
    if broken or not documented:
        return Decimal(0), Decimal(0) if broken else points
    if not missing:
        return points, points
    return (points * known / (known + missing)).quantize(Decimal("0.01")), points


def _cheapness(row: ClauseForecast) -> tuple[Decimal, str]:
    work = len(row.missing) + 3 * len(row.broken) or 1
    return Decimal(work) / row.gain, row.clause
