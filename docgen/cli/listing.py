"""`docgen list`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from docgen.catalogue.titles import worded
from docgen.cli.output import as_json, report, table
from docgen.diagnostics import DocgenError

Rows = list[dict[str, Any]]


def _documents(library: Any, prepared: Any) -> Rows:
    if prepared:
        return [
            {"id": p.id, "number": p.number, "title": p.title, "kind": p.kind, "clauses": list(p.clauses)}
            for p in prepared.company.plan.documents.values()
        ]
    return [
        {"id": d.id, "number": d.number, "title": worded(d.title, {}), "kind": d.kind, "clauses": list(d.clauses)}
        for d in library.catalogue.documents.values()
    ]


def _forms(library: Any, prepared: Any) -> Rows:
    forms = prepared.company.plan.forms if prepared else library.catalogue.forms
    return [
        {
            "id": f.id,
            "number": f.number,
            "title": worded(f.title, {}),
            "procedure": f.procedure,
            "clauses": list(f.clauses),
        }
        for f in forms.values()
    ]


def _clauses(library: Any, prepared: Any) -> Rows:
    return [
        {
            "id": c.id,
            "name": c.name,
            "level": c.level,
            "points": c.points,
            "confidence": c.confidence.value,
            "requirement": c.requirement,
        }
        for c in library.catalogue.clauses.values()
    ]


def _laws(library: Any, prepared: Any) -> Rows:
    if prepared:
        rows = prepared.company.context["laws"]
        names = ("id", "number", "title", "in_force", "checked")
        return [{name: str(row.values[name]) for name in names} for row in rows]
    return [
        {
            "id": law.id,
            "number": law.number,
            "title": law.title,
            "in_force": str(law.in_force or ""),
            "confidence": law.confidence.value,
            "checked": str(law.checked or ""),
            "replaced_by": law.replaced_by,
        }
        for law in library.catalogue.laws.values()
    ]


def _industries(library: Any, prepared: Any) -> Rows:
    return [{"id": i.id, "name": i.name} for i in library.catalogue.industries()]


def _themes(library: Any, prepared: Any) -> Rows:
    return [{"id": name, "path": str(library.theme_path(name))} for name in library.theme_names()]


def _roles(library: Any, prepared: Any) -> Rows:
    return [{"id": r.id, "title": r.title, "function": r.function} for r in library.catalogue.roles.values()]


def _kpis(library: Any, prepared: Any) -> Rows:
    return [
        {"id": k.id, "name": k.name, "formula": k.formula, "unit": k.unit, "source": k.source}
        for k in library.catalogue.kpis.values()
    ]


def _terms(library: Any, prepared: Any) -> Rows:
    if prepared:
        return [{"id": id, "word": prepared.company.context[f"term__{id}"]} for id in library.catalogue.terms]
    return [{"id": id, "word": word} for id, word in library.catalogue.terms.items()]


_LISTS: dict[str, Callable[[Any, Any], Rows]] = {
    "documents": _documents,
    "forms": _forms,
    "clauses": _clauses,
    "laws": _laws,
    "industries": _industries,
    "themes": _themes,
    "roles": _roles,
    "kpis": _kpis,
    "terms": _terms,
}


@click.command("list")
@click.argument("what", type=click.Choice(list(_LISTS)))
@click.option("--profile", type=click.Path(path_type=Path), help="What applies to this company / 只列适用于该企业的")
@click.option("--json", "json_", is_flag=True)
@click.pass_context
def list_command(ctx: click.Context, what: str, profile: Path | None, json_: bool) -> None:
    """List WHAT: documents, forms, clauses, laws, industries, themes, roles, kpis or terms."""
    from docgen.batch.sources import load_one
    from docgen.library import load_library
    from docgen.pipeline import prepare

    try:
        library = load_library()
        prepared = prepare(load_one(profile), library) if profile else None
        rows = _LISTS[what](library, prepared)
    except DocgenError as error:
        report(ctx, error.diagnostics)
        ctx.exit(1)
    library.save()
    if json_:
        as_json(rows)
    else:
        table(
            [["、".join(v) if isinstance(v, list) else v for v in row.values()] for row in rows],
            list(rows[0]) if rows else (),
        )
