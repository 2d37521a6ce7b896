"""Deleted clauses as papers name them: the second-level clause, and in words what of it is left out."""

from __future__ import annotations

from docgen.catalogue import Catalogue
from docgen.catalogue.models import Industry
from docgen.context.plan import Plan
from docgen.diagnostics import Diagnostic, Severity
from docgen.messages.marks import DELETED, PART_OF_ITEM, WHOLE_CLAUSE
from docgen.profile.company import Deletion
from docgen.profile.loading import LoadedProfile
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


def usual_deletions(
    loaded: LoadedProfile, industry: Industry | None, plan: Plan, catalogue: Catalogue
) -> list[Diagnostic]:
    """Clauses that companies of the industry usually delete for want of the business, and this one has not."""
    named = {deletion.clause for deletion in loaded.profile.certification.deletions}
    found = []
    for usual in industry.typical_deletions if industry else ():
        clause = catalogue.clauses[usual.clause]
        lacking = plan.conditions.get(usual.condition.removeprefix("not ")) is (not usual.condition.startswith("not "))
        if usual.condition and lacking and not named & {clause.id, clause.parent}:
            values = {"clause": clause.id, "name": clause.name, "reason": usual.reason}
            found.append(Diagnostic("P314", Severity.NOTE, loaded.place("certification.deletions"), values))
    return found
