"""`docgen score`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from docgen.cli.output import as_json, diagnostic_record, language, report, say, table
from docgen.diagnostics import Diagnostic, DocgenError, Severity
from docgen.messages import text
from docgen.profile.walking import leaves


@click.command("score")
@click.argument("profile", type=click.Path(path_type=Path))
@click.option("--assessment", type=click.Path(path_type=Path), help="An assessor's sheet (xlsx, csv) / 评价表")
@click.option("--points", type=click.Path(path_type=Path), help="Your own point table (yaml, xlsx) / 自己的分值表")
@click.option("--json", "json_", is_flag=True)
@click.pass_context
def score_command(ctx: click.Context, profile: Path, assessment: Path | None, points: Path | None, json_: bool) -> None:
    """What star level PROFILE's facts support, or what an assessment sheet amounts to."""
    from docgen.batch.sources import load_one
    from docgen.library import load_library
    from docgen.pipeline import prepare
    from docgen.score import forecast, score
    from docgen.score.needs import load_needs
    from docgen.score.sheet import load_assessment

    lang = language(ctx)
    try:
        library = load_library()
        catalogue = library.catalogue
        prepared = prepare(load_one(profile), library)
        known = catalogue.points(points) if points else prepared.points
        plan = prepared.company.plan
        needs = load_needs(library.roots, catalogue)
        sheet = load_assessment(assessment, catalogue.clauses, known, plan.deleted) if assessment else None
    except DocgenError as error:
        report(ctx, error.diagnostics)
        ctx.exit(1)
    faults = [d for d in prepared.diagnostics if d.severity is Severity.ERROR]
    notes = [*faults, *scheme_notes(prepared, catalogue), *(known.notes if points else ())]
    record: dict[str, Any] = {"id": profile.stem, "placeholder_points": known.placeholder}
    if known.placeholder:
        record["notice"] = text("placeholder", lang)
    if sheet:
        notes += sheet.diagnostics
        result = score(sheet.clauses, catalogue.standard.scoring, catalogue.bands, sheet.specials)
        record |= {"result": _result(result, lang), "clauses": [_assessed(c, sheet.findings) for c in sheet.clauses]}
    else:
        outlook = forecast(prepared.profile, plan, catalogue, needs, known, prepared.gaps, prepared.assumed)
        record |= _forecast(outlook, lang)
    if json_:
        as_json(record | {"diagnostics": [diagnostic_record(d, lang) for d in notes]})
        ctx.exit(1 if faults else 0)
    report(ctx, notes)
    if known.placeholder:
        click.secho(text("placeholder", lang), fg="yellow")
    if sheet:
        _print_result(ctx, result, catalogue)
    else:
        _print_forecast(ctx, outlook, lang)
    ctx.exit(1 if faults else 0)


def scheme_notes(prepared: Any, catalogue: Any) -> list[Diagnostic]:
    """A profile that speaks of another scheme's stars is answered with the facts."""
    path = prepared.loaded.path
    words = "\n".join(str(value) for _, _, value in leaves(prepared.profile))
    if path.suffix.lower() in (".yaml", ".yml"):  # with what could not be read; a list speaks of others, too
        words += path.read_text(encoding="utf-8", errors="replace")
    found = []
    for scheme in catalogue.standard.other_schemes:
        if any(word in words for word in scheme.words):
            found.append(
                Diagnostic(
                    "S008", Severity.WARNING, prepared.loaded.place("certification"), {"warning": scheme.warning}
                )
            )
    return found


def _band(band: Any, lang: str) -> str:
    return band.name if band else text("no_level", lang)


def _result(result: Any, lang: str) -> dict[str, Any]:
    return {
        "score": str(result.shown), "exact": str(result.final), "obtained": str(result.obtained),
        "applicable": str(result.applicable), "special_deductions": str(result.deducted), "bonus": str(result.bonus),
        "band": result.band.id if result.band else "", "band_name": _band(result.band, lang), "barred": result.barred,
    }  # fmt: skip


def _assessed(clause: Any, findings: Any) -> dict[str, Any]:
    return {
        "id": clause.clause, "points": str(clause.points), "applicable": clause.applicable, "lost": str(clause.lost),
        "obtained": str(clause.obtained), "sample": clause.sample, "failed": clause.failed,
        "finding": findings.get(clause.clause, ""),
    }  # fmt: skip


def _forecast(outlook: Any, lang: str) -> dict[str, Any]:
    return {
        "low": _result(outlook.low, lang),
        "high": _result(outlook.high, lang),
        "target": {"id": outlook.target.id, "distance": str(outlook.low.distance(outlook.target))} if outlook.target else {},
        "clauses": [
            {
                "id": c.clause, "name": c.name, "points": str(c.points), "state": c.state, "low": str(c.low),
                "high": str(c.high), "documents": list(c.documents), "records": list(c.records), "known": list(c.known),
                "missing": [g.path for g in c.missing], "broken": [text(f"rule_{b}", lang) for b in c.broken],
            }
            for c in outlook.clauses
        ],
        "next": [{"id": c.clause, "gain": str(c.gain), "how": how(c, lang)} for c in outlook.next_points],
    }  # fmt: skip


def how(clause: Any, lang: str) -> list[str]:
    """What earns the points of a clause: rules put right, facts filled in, records kept."""
    steps = [text("how_rule", lang, rule=text(f"rule_{b}", lang)) for b in clause.broken]
    steps += [text("how_fact", lang, label=g.label, key=g.path) for g in clause.missing]
    if clause.records and not clause.proven:
        steps.append(text("how_record", lang, records="、".join(clause.records[:3])))
    return steps or [text("how_evidence", lang)]


def _section(clause: Any) -> str:
    """The second-level clause an item belongs to: the number of an item is ours, not the standard's."""
    return str(clause.clause).rpartition(".")[0]


def _print_result(ctx: click.Context, result: Any, catalogue: Any) -> None:
    lang = language(ctx)
    say(
        ctx, "result", score=result.shown, obtained=result.obtained, applicable=result.applicable,
        deducted=result.deducted, bonus=result.bonus, band=_band(result.band, lang),
    )  # fmt: skip
    if result.barred:
        say(ctx, "barred", limit=catalogue.standard.scoring.special_deduction_limit)


def _print_forecast(ctx: click.Context, outlook: Any, lang: str) -> None:
    table(
        [(_section(c), c.name, c.points, f"{c.low}–{c.high}", text(f"state_{c.state}", lang)) for c in outlook.clauses]
    )
    low, high = outlook.low, outlook.high
    say(ctx, "range", low=low.shown, high=high.shown, low_band=_band(low.band, lang), high_band=_band(high.band, lang))
    if outlook.target:
        distance = low.distance(outlook.target)
        code = "target" if distance else "target_reached"
        say(ctx, code, band=outlook.target.name, minimum=outlook.target.minimum, distance=f"{distance:.2f}")
    if outlook.next_points:
        say(ctx, "next_head")
    for clause in outlook.next_points[:10]:
        say(
            ctx,
            "next_line",
            clause=_section(clause),
            name=clause.name,
            gain=clause.gain,
            how="；".join(how(clause, lang)),
        )
    say(ctx, "known_only")
