"""The arithmetic of an assessment."""

from __future__ import annotations

from decimal import Decimal

import pytest

from docgen.score import Assessed, Specials, score
from tests.content.sets import library

CATALOGUE = library().catalogue
SCORING, BANDS = CATALOGUE.standard.scoring, CATALOGUE.bands
POINTS = CATALOGUE.points()


def assessed(lost: Decimal = Decimal(0), deleted: tuple[str, ...] = ()) -> list[Assessed]:
    """All clauses, with `lost` points taken from the first ones that have them."""
    rows = []
    for clause, points in POINTS.points.items():
        applicable = not clause.startswith(deleted) if deleted else True
        take = min(lost, points) if applicable else Decimal(0)
        lost -= take
        rows.append(Assessed(clause, points, applicable, deduction=take))
    return rows


def test_the_test_vector_of_the_field_dossier() -> None:
    rows = assessed(Decimal(6), ("5.2.3.", "5.2.6."))
    plain = score(rows, SCORING, BANDS)
    assert (plain.applicable, plain.obtained) == (91, 85)
    assert plain.shown == Decimal("93.41")
    special = score(rows, SCORING, BANDS, Specials(deductions=1))
    assert special.shown == Decimal("92.41")
    assert special.band is not None
    assert special.band.id == "four_star"


@pytest.mark.parametrize(
    ("lost", "band"),
    [
        ("0", "five_star"),
        ("5", "five_star"),
        ("5.01", "four_star"),
        ("10", "four_star"),
        ("10.01", "three_star"),
        ("20", "three_star"),
        ("20.01", "compliant"),
        ("30", "compliant"),
        ("30.01", ""),
    ],
)
def test_the_bounds_of_the_levels_belong_to_them(lost: str, band: str) -> None:
    result = score(assessed(Decimal(lost)), SCORING, BANDS)
    assert (result.band.id if result.band else "") == band


def test_two_of_ten_failing_samples_cost_a_fifth_of_the_clause() -> None:
    assert Assessed("x", Decimal(3), sample=10, failed=2).lost == Decimal("0.6")


def test_a_clause_not_met_loses_everything_and_a_deleted_one_nothing() -> None:
    assert Assessed("x", Decimal(3), met=False).lost == 3
    assert Assessed("x", Decimal(3), applicable=False, met=False).lost == 0


def test_the_level_is_read_before_rounding() -> None:
    result = score([Assessed("x", Decimal(100), deduction=Decimal("5.004"))], SCORING, BANDS)
    assert result.shown == Decimal("95.00")
    assert result.band is not None
    assert result.band.id == "four_star"


def test_only_one_bonus_counts_and_no_more_than_a_hundred_is_shown() -> None:
    result = score(assessed(), SCORING, BANDS, Specials(bonuses=3))
    assert result.final == 101
    assert result.shown == 100


@pytest.mark.parametrize(("cases", "barred"), [(4, False), (5, True), (6, True)])
def test_five_special_deductions_bar_every_level(cases: int, barred: bool) -> None:
    result = score(assessed(), SCORING, BANDS, Specials(deductions=cases))
    assert result.barred is barred
    assert (result.band is None) is barred
