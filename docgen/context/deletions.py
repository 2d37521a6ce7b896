"""Deleted clauses as papers name them: the second-level clause, and in words what of it is left out."""

from __future__ import annotations

from docgen.catalogue import Catalogue
from docgen.messages.marks import DELETED, PART_OF_ITEM, WHOLE_CLAUSE
from docgen.profile.company import Deletion
from docgen.templating.values import Record


def deletion_named(item: Record, source: Deletion, catalogue: Catalogue) -> Record:
    """The facts of a deletion with its `number`, `title`, `scope` and, all in one, `label`."""
    clause = catalogue.clauses.get(source.clause or "")
    if clause is None:
        gap = item.values["clause"]
        return Record(item.values | dict.fromkeys(("name", "number", "title", "scope", "label"), gap))
    section = catalogue.clauses[clause.parent] if clause.level == 3 else clause
    name = clause.name if clause is not section else ""
    scope = PART_OF_ITEM.format(name, source.part) if name and source.part else name or source.part or ""
    title = f"{section.id} {section.name}"
    names = {"name": clause.name, "number": section.id, "title": section.name, "scope": scope or WHOLE_CLAUSE}
    return Record(item.values | names | {"label": DELETED.format(title, scope) if scope else title})
