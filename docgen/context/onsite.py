"""Getting ready for the on-site assessment: what each department is asked, where the answer stands, what to bring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docgen.catalogue import Catalogue
from docgen.catalogue.models import Expectation
from docgen.catalogue.onsite import Answer
from docgen.catalogue.titles import worded
from docgen.context.conditions import excluded
from docgen.context.plan import Plan
from docgen.document import Reference
from docgen.templating.values import Record

_NOTHING = Answer((), ())
_MANUAL = "manual"


def expected(items: Iterable[Expectation], plan: Plan, terms: Mapping[str, str]) -> list[str]:
    """Evidence or questions in the words of a company, without those it has nothing for."""
    return [worded(item.text, terms) for item in items if not excluded(item.when, plan.conditions)]


def onsite_departments(
    plan: Plan, catalogue: Catalogue, departments: Mapping[str, Any], terms: Mapping[str, str]
) -> list[Record]:
    """The departments that will be asked, in the order of the functions; one that holds several is asked once a
    clause. `departments` gives the department of each function."""
    groups: dict[str, list[str]] = {}
    shown: dict[str, Any] = {}
    for function in catalogue.functions:
        name = departments[function]
        groups.setdefault(str(name), []).append(function)
        shown.setdefault(str(name), name)
    found = []
    for name, functions in groups.items():
        asked = (_row(c.id, functions, plan, catalogue, terms) for c in catalogue.clauses_of_level(2))
        rows = [row for row in asked if row]
        if rows:
            bring = {str(r.target): r for row in rows for r in row.values["bring"]}
            found.append(
                Record(
                    {
                        "name": shown[name],
                        "functions": [catalogue.functions[f].name for f in functions],
                        "rows": rows,
                        "count": sum(len(row.values["questions"]) for row in rows),
                        "records": list(bring.values()),
                    }
                )
            )
    return found


def _row(
    clause: str, functions: list[str], plan: Plan, catalogue: Catalogue, terms: Mapping[str, str]
) -> Record | None:
    if clause in plan.deleted:
        return None
    asked = catalogue.evidence[clause].questions
    answers = catalogue.onsite.answers.get(clause, {})
    questions = [q for f in functions for q in expected(asked.get(f, ()), plan, terms)]
    if not questions:
        return None
    chosen = [answers.get(f, _NOTHING) for f in functions if f in asked]
    manual = plan.documents.get(_MANUAL)
    name = catalogue.clauses[clause].name
    where: list[Any] = [Reference("document", _MANUAL, f"《{manual.title}》{clause}")] if manual else []
    where += _references((id for a in chosen for id in a.read), plan, "document")
    return Record(
        {
            "clause": clause,
            "name": name,
            "questions": questions,
            "read": where,
            "bring": _references((id for a in chosen for id in a.bring), plan, "form"),
        }
    )


def _references(ids: Any, plan: Plan, kind: Any) -> list[Reference]:
    found = {}
    for id in ids:
        planned = plan.get(id)
        if planned:
            number = f"（{planned.number}）" if kind == "form" else ""
            found[id] = Reference(kind, id, f"《{planned.title}》{number}")
    return list(found.values())
