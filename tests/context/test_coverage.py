"""Who serves which province."""

from __future__ import annotations

from docgen.context.coverage import sales_coverage
from docgen.profile.organization import Outlet
from docgen.profile.products import Sales
from docgen.profile.profile import Profile
from docgen.templating.values import Missing

OUTLETS = (
    Outlet(name="甲", province="湖北省", type="own", area="湖北省、江西省"),
    Outlet(name="乙", province="湖北省", type="authorized", area="武汉市"),
)


def test_outlets_in_the_province_are_counted_by_kind() -> None:
    row = sales_coverage(Profile(outlets=OUTLETS, sales=Sales(provinces=("湖北省",))))[0].values
    assert (row["own"], row["authorized"], row["outlets"]) == (1, 1, ["甲", "乙"])


def test_a_province_without_its_kind_is_the_same_province() -> None:
    row = sales_coverage(Profile(outlets=OUTLETS, sales=Sales(provinces=("湖北",))))[0].values
    assert (row["own"], row["outlets"], row["covered"]) == (1, ["甲", "乙"], True)


def test_an_outlet_elsewhere_covers_the_province_its_area_names() -> None:
    row = sales_coverage(Profile(outlets=OUTLETS, sales=Sales(provinces=("江西省",))))[0].values
    assert row["covered"] and not row["outlets"]
    assert row["from_elsewhere"] == ["甲"]


def test_a_province_without_any_outlet_needs_another_way_or_is_a_gap() -> None:
    row = sales_coverage(Profile(outlets=OUTLETS, sales=Sales(provinces=("青海省",))))[0].values
    assert not row["covered"]
    assert isinstance(row["way"], Missing)
    sales = Sales(provinces=("青海省",), uncovered_provinces="寄修")
    assert sales_coverage(Profile(outlets=OUTLETS, sales=sales))[0].values["way"] == "寄修"
