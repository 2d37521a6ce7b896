"""`docgen check`, `docgen schema`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cli.output import as_json, diagnostic_record, language, report, say
from docgen.diagnostics import Diagnostic, DocgenError, Severity, has_errors
from docgen.messages import text

if TYPE_CHECKING:
    from docgen.pipeline import Prepared

Proposals = dict[str, tuple[str, str]]  # path → label and value


@click.command("schema")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write / 写入文件")
def schema_command(output: Path | None) -> None:
    """Print the JSON Schema of the profile, with Chinese titles and descriptions."""
    from docgen.profile.schema import schema_text
    from docgen.publish.files import atomic_write

    schema = schema_text()
    if output is None:
        click.echo(schema, nl=False)
    else:
        atomic_write(output, schema.encode("utf-8"))


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--level",
    type=click.Choice(["must", "should", "may"]),
    default="should",
    show_default=True,
    help="Gaps down to this level / 列出到哪一级的缺项",
)
@click.option("--json", "json_", is_flag=True)
@click.pass_context
def check_command(ctx: click.Context, paths: tuple[Path, ...], level: str, json_: bool) -> None:
    """Check profiles and client lists: faults, gaps by level, assumed defaults."""
    from docgen.batch.sources import find_clients
    from docgen.library import load_library
    from docgen.pipeline import prepare

    clients, faults = find_clients(paths)
    failed = has_errors(faults)
    report(ctx, faults)
    records: list[dict[str, Any]] = []
    try:
        library = load_library()
    except DocgenError as error:
        report(ctx, error.diagnostics)
        ctx.exit(1)
    levels = ["must", "should", "may"]
    shown = levels[: levels.index(level) + 1]
    lang = language(ctx)
    for client in clients:
        path = client.path
        try:
            prepared = prepare(client.load(), library)
        except DocgenError as error:
            found: tuple[Diagnostic, ...] = error.diagnostics
            gaps: tuple[Any, ...] = ()
            assumed: Proposals = {}
            cells: Mapping[str, str] = {}
        else:
            found, gaps = prepared.diagnostics, prepared.gaps
            assumed = {key: _proposal(prepared, key) for key in prepared.assumed}
            asked = (*(gap.path for gap in gaps), *assumed)
            cells = {path: cell for path in asked if (cell := prepared.loaded.place(path).cell)}
        failed = failed or has_errors(found)
        if json_:
            records.append(_record(client.key, path, found, gaps, assumed, cells, lang))
        else:
            report(ctx, found)
            _print(ctx, client.key, found, [g for g in gaps if g.level.value in shown], assumed, cells)
    library.save()
    if json_:
        as_json(records)
    ctx.exit(1 if failed else 0)


def _proposal(prepared: Prepared, path: str) -> tuple[str, str]:
    """What a proposed fact is called, and its value."""
    from docgen.profile.describe import field_at

    info = field_at(path.partition("[")[0] if path in prepared.named else path)
    label = info.label if info else path
    if path.startswith("kpis."):
        indicator = path.split(".")[1]
        label = f"{prepared.company.context[f'kpi__{indicator}__name']}{label}"
    return label, prepared.named.get(path) or fact_text(prepared.profile, path)


def fact_text(profile: Any, path: str) -> str:
    """The value of a profile path as text."""
    value: Any = profile
    for part in path.replace("[", ".").replace("]", "").split("."):
        if isinstance(value, dict):
            value = value.get(part)
        elif part.isdigit():
            value = value[int(part)]
        else:
            value = getattr(value, part, None)
    return "" if value is None else str(value)


def _print(
    ctx: click.Context, path: str, found: Any, gaps: list[Any], assumed: Proposals, cells: Mapping[str, str]
) -> None:
    errors = sum(d.severity is Severity.ERROR for d in found)
    warnings = sum(d.severity is Severity.WARNING for d in found)
    say(ctx, "checked", path=path, errors=errors, warnings=warnings)
    for level in ("must", "should", "may"):
        rows = [gap for gap in gaps if gap.level.value == level]
        if rows:
            say(ctx, f"gap_level_{level}")
        for gap in rows:
            lang = language(ctx)
            line = text("gap_line", lang, path=_where(gap.path, cells), label=gap.label)
            line += text("gap_help", lang, help=gap.help) if gap.help else ""
            click.echo(line + (text("gap_example", lang, example=gap.example) if gap.example else ""))
    if assumed:
        say(ctx, "assumed_head")
        for key, (label, value) in assumed.items():
            say(ctx, "assumed_line", path=_where(key, cells), label=label, value=value)


def _where(path: str, cells: Mapping[str, str]) -> str:
    """Where a fact belongs: the cell of a questionnaire, else the path in the profile."""
    return f"{cells[path]}  {path}" if path in cells else path


def _record(
    key: str, path: Path, found: Any, gaps: Any, assumed: Proposals, cells: Mapping[str, str], lang: str
) -> dict[str, Any]:
    return {
        "id": path.stem,
        "key": key,
        "path": str(path),
        "ok": not has_errors(found),
        "diagnostics": [diagnostic_record(d, lang) for d in found],
        "gaps": [
            {"id": g.path, "label": g.label, "level": g.level.value, "help": g.help, "example": g.example}
            | ({"cell": cells[g.path]} if g.path in cells else {})
            for g in gaps
        ],
        "assumed": [{"id": key, "label": label, "value": value} for key, (label, value) in assumed.items()],
    }
