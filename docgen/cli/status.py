"""`docgen status`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from docgen.cli.output import as_json, language, report, say, table
from docgen.diagnostics import DocgenError, has_errors
from docgen.messages import text


@click.command("status")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), default=Path("output"), show_default=True
)
@click.option("--no-audit", is_flag=True, help="Do not read the built sets / 不审核已生成的文件")
@click.option("--json", "json_", is_flag=True)
@click.pass_context
def status_command(ctx: click.Context, paths: tuple[Path, ...], output: Path, no_audit: bool, json_: bool) -> None:
    """Where one company, or every client of a folder or a client list, stands."""
    from docgen.batch.naming import built_folders
    from docgen.batch.sources import find_clients
    from docgen.library import load_library
    from docgen.status import status_of

    clients, faults = find_clients(paths)
    report(ctx, faults)
    failed = has_errors(faults)
    try:
        library = load_library()
    except DocgenError as error:
        report(ctx, error.diagnostics)
        ctx.exit(1)
    rows = []
    for client, built in built_folders(clients, output):
        try:
            rows.append(status_of(client, built, library, date.today(), audit=not no_audit))
        except DocgenError as error:
            failed = True
            report(ctx, error.diagnostics)
    library.save()
    lang = language(ctx)
    if json_:
        as_json([_record(row, lang) for row in rows])
    elif len(rows) == 1:
        _page(ctx, rows[0])
    elif rows:
        table([_line(row, lang) for row in rows], text("status_head", lang).split("|"))
    ctx.exit(1 if failed or any(row.errors for row in rows) else 0)


def _share(pair: tuple[int, int]) -> str:
    known, total = pair
    return f"{known}/{total}"


def _range(row: Any) -> str:
    return f"{row.outlook.low.shown}–{row.outlook.high.shown}"


def _line(row: Any, lang: str) -> list[str]:
    target = row.outlook.target
    own = row.folder.name  # tells companies of one name apart
    return [
        own if own.startswith(row.name) else row.name,
        *(_share(row.known[level]) for level in ("must", "should", "may")),
        str(row.errors),
        f"{row.built:%Y-%m-%d}" if row.built else "—",
        str(len(row.edited)),
        f"{row.findings['error']}/{row.findings['warning']}" if row.findings else "—",
        _range(row),
        target.name if target else "—",
        f"{row.due[0].day}" if row.due else "—",
        text(next_step(row), lang),
    ]


def next_step(row: Any) -> str:
    """The message code of what to do next."""
    if row.errors:
        return "status_next_errors"
    if row.known["must"][0] < row.known["must"][1]:
        return "status_next_must"
    if row.built is None:
        return "status_next_build"
    if row.stale or row.missing_files:
        return "status_next_rebuild"
    if row.findings.get("error"):
        return "status_next_audit"
    if any(due.overdue for due in row.due):
        return "status_next_due"
    if row.known["should"][0] < row.known["should"][1]:
        return "status_next_should"
    return "status_next_score"


def _page(ctx: click.Context, row: Any) -> None:
    lang = language(ctx)
    click.secho(row.name, bold=True)
    levels = {level: _share(row.known[level]) for level in ("must", "should", "may")}
    say(ctx, "status_known", **levels)
    say(ctx, "status_faults", errors=row.errors, warnings=row.warnings)
    if row.built:
        say(ctx, "status_built", when=f"{row.built:%Y-%m-%d %H:%M}", documents=row.documents)
    else:
        say(ctx, "status_not_built")
    if row.findings:
        say(ctx, "status_findings", **{f"{name}s": count for name, count in row.findings.items()})
    for code, names in (("status_edited", row.edited), ("status_missing", row.missing_files)):
        if names:
            say(ctx, code, count=len(names), names="、".join(names[:5]))
    low, high = row.outlook.low, row.outlook.high
    names = [band.name if band else text("no_level", lang) for band in (low.band, high.band)]
    say(ctx, "range", low=low.shown, high=high.shown, low_band=names[0], high_band=names[1])
    if row.outlook.placeholder:
        say(ctx, "placeholder")
    if row.due:
        say(ctx, "status_due")
    for due in row.due:
        late = text("status_overdue", lang) if due.overdue else ""
        click.echo(f"  {due.day}  {text(due.code, lang, what=due.what)}{late}")
    say(ctx, "status_next", step=text(next_step(row), lang))


def _record(row: Any, lang: str) -> dict[str, Any]:
    return {
        "id": row.profile.stem,
        "company": row.name,
        "folder": str(row.folder),
        "known": {level: {"known": known, "total": total} for level, (known, total) in row.known.items()},
        "errors": row.errors,
        "warnings": row.warnings,
        "built": row.built.isoformat(timespec="minutes") if row.built else "",
        "documents": row.documents,
        "edited": list(row.edited),
        "findings": dict(row.findings),
        "missing": list(row.missing_files),
        "score": {"low": str(row.outlook.low.shown), "high": str(row.outlook.high.shown)},
        "placeholder_points": row.outlook.placeholder,
        "target": row.outlook.target.id if row.outlook.target else "",
        "due": [{"day": str(d.day), "what": text(d.code, lang, what=d.what), "overdue": d.overdue} for d in row.due],
        "next": text(next_step(row), lang),
    }
