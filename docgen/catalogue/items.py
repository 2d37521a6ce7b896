"""Items of assessment: the third level of our clause list.

Their split and numbers are ours until a company holds them against its copy of the standard, so papers name an item
by the clause it belongs to and its own name; the number stays a key of data files.
"""

from __future__ import annotations

from collections.abc import Mapping

from docgen.catalogue.models import Clause


def item_label(clauses: Mapping[str, Clause], id: str) -> str:
    """How papers and messages name a clause or an item: its second-level number and its name."""
    clause = clauses.get(id)
    if clause is None:
        return id
    return f"{clause.parent if clause.level == 3 else clause.id} {clause.name}"


def find_item(clauses: Mapping[str, Clause], clause: str, name: str) -> Clause | None:
    """The item a row is about: named by its own key, or by `name` within the clause where one is given."""
    known = clauses.get(clause)
    if known is not None and known.level == 3:
        return known
    return next(
        (c for c in clauses.values() if c.level == 3 and c.name == name and (not clause or c.parent == clause)), None
    )
