"""The arithmetic of an assessment, in exact decimals. Source: the scoring rules of the standard's catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from docgen.catalogue.models import RatingBand, Scoring
from docgen.records import dataclass

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Assessed:
    """One clause as assessed. With a sample the loss is the share of failures; without one a clause that is not met
    loses all its points. `deduction` given by the assessor overrides both."""

    clause: str
    points: Decimal
    applicable: bool = True
    met: bool = True
    sample: int = 0
    failed: int = 0
    deduction: Decimal | None = None

    @property
    def lost(self) -> Decimal:
        """Points lost, never more than the clause has."""
        if not self.applicable:
            return Decimal(0)
        if self.deduction is not None:
            return min(max(self.deduction, Decimal(0)), self.points)
        if self.sample > 0:
            return self.points * min(self.failed, self.sample) / self.sample
        return Decimal(0) if self.met else self.points

    @property
    def obtained(self) -> Decimal:
        """Points kept; nothing for a clause that does not apply."""
        return self.points - self.lost if self.applicable else Decimal(0)


@dataclass(frozen=True, slots=True)
class Specials:
    """Special deductions (cases) and special bonuses (cases)."""

    deductions: int = 0
    bonuses: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """A score. `final` is exact; `shown` is what is printed: two decimals, not above the display maximum."""

    total: Decimal
    applicable: Decimal
    obtained: Decimal
    base: Decimal
    deducted: Decimal
    bonus: Decimal
    final: Decimal
    shown: Decimal
    band: RatingBand | None
    barred: bool  # too many special deductions for any level

    def distance(self, target: RatingBand) -> Decimal:
        """Points missing to a level, zero if it is reached."""
        return max(Decimal(target.minimum) - self.final, Decimal(0))


def score(
    clauses: Iterable[Assessed], scoring: Scoring, bands: Sequence[RatingBand], specials: Specials | None = None
) -> Result:
    """Score an assessment: `obtained / applicable × 100 − special deductions + bonus`; the level is read from the
    unrounded result, bounds included."""
    rows = list(clauses)
    specials = specials or Specials()
    total = sum((row.points for row in rows), Decimal(0))
    applicable = sum((row.points for row in rows if row.applicable), Decimal(0))
    obtained = sum((row.obtained for row in rows), Decimal(0))
    base = obtained / applicable * HUNDRED if applicable else Decimal(0)
    deducted = Decimal(specials.deductions * scoring.special_deduction_points)
    bonus = Decimal(min(specials.bonuses, scoring.special_bonus_maximum) * scoring.special_bonus_points)
    final = base - deducted + bonus
    barred = specials.deductions >= scoring.special_deduction_limit
    band = None if barred else level(final, bands)
    unit = Decimal(1).scaleb(-scoring.display_decimals)
    shown = min(final, Decimal(scoring.display_maximum)).quantize(unit, ROUND_HALF_UP)
    return Result(total, applicable, obtained, base, deducted, bonus, final, shown, band, barred)


def level(value: Decimal, bands: Sequence[RatingBand]) -> RatingBand | None:
    """The highest level whose bound the value reaches."""
    reached = [band for band in bands if value >= band.minimum]
    return max(reached, key=lambda band: band.minimum) if reached else None
