"""A deletion named by its clause and item, not by a number, is understood and compared."""

import pytest

from tests.audit.bench import audit, own_set, replace


def _found(change=None):
    base = own_set("toys")
    return [d.code for d in audit(base, change(base) if change else {}, only=("C05",))]


def test_the_papers_of_a_company_that_deletes_items_agree():
    assert _found() == []


@pytest.mark.parametrize("paper", ["SC-01", "FJ-01"])
def test_another_item_of_the_same_clause_is_another_deletion(paper):
    assert "C05.differs" in _found(replace(paper, "报修受理中的上门维修方式", "维修过程"))


def test_a_law_that_concerns_deleted_clauses_only_is_not_asked_for():
    assert [d.code for d in audit(own_set("software"), {}, only=("C21",)) if d.code == "C21.missing"] == []
