"""What is handed in with the application, whatever the stage the company is at."""

from __future__ import annotations

from docgen.catalogue import Catalogue
from docgen.context.plan import PAPERS, Plan
from docgen.templating.values import Record

_STAGE = "apply"


def application_papers(plan: Plan, catalogue: Catalogue) -> list[Record]:
    """The papers of the stage of applying, in the order of the set; `here` tells those this build holds."""
    rows = []
    for row in catalogue.documents.values():
        planned = plan.documents.get(row.id) or plan.other_stages.get(row.id)
        if planned is None or row.kind not in PAPERS or (row.stages and _STAGE not in row.stages):
            continue
        values = {"id": row.id, "number": planned.number, "title": planned.title, "kind": row.kind}
        rows.append(Record(values | {"here": row.id in plan.documents}))
    return rows
