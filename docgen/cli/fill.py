"""`docgen fill`: one Word template, from a profile or from plain data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cli.output import as_json, diagnostic_record, language, report, say
from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity, has_errors

if TYPE_CHECKING:
    from docgen.wordtemplate.template import Filled, WordTemplate

_PAPER = ("id", "number", "title", "version", "kind", "revised")


@click.command("fill")
@click.argument("template", type=click.Path(path_type=Path))
@click.option("--profile", type=click.Path(path_type=Path), help="Company profile / 企业档案")
@click.option("--data", type=click.Path(path_type=Path), help="YAML file of your own names / 自己的数据文件")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace a file that is there / 覆盖已有文件")
@click.option("--house", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "json_", is_flag=True)
@click.pass_context
def fill_command(
    ctx: click.Context, /, template: Path, profile: Path | None, data: Path | None, output: Path, force: bool,
    house: Path | None, json_: bool,
) -> None:  # fmt: skip
    """Fill the Word file TEMPLATE (with {{ tags }}) and write it to OUTPUT. With any fault nothing is written."""
    if (profile is None) == (data is None):
        raise click.UsageError("--profile / --data")
    found: list[Diagnostic] = []
    gaps: list[dict[str, str]] = []
    outcome = ""
    try:
        if profile is not None:
            compiled, filled, more = _with_profile(template, profile, house)
        else:
            assert data is not None
            compiled, filled, more = _with_data(template, data)
        found += [*more, *compiled.diagnostics]
        gaps = [{"key": key, "label": label} for key, label in dict.fromkeys((g.key, g.label) for g in filled.gaps)]
        outcome = _write(output, filled.data, force)
    except DocgenError as error:
        found += error.diagnostics
    except OSError as error:
        place = Place(str(error.filename or output))
        found.append(Diagnostic("O004", Severity.ERROR, place, {"reason": error.strerror or str(error)}))
    if json_:
        records = [diagnostic_record(d, language(ctx)) for d in found]
        as_json({"id": str(template), "output": str(output), "outcome": outcome, "gaps": gaps, "diagnostics": records})
    else:
        report(ctx, found)
        if outcome:
            say(ctx, "filled", path=output)
        if gaps:
            say(ctx, "fill_gaps", count=len(gaps), labels="、".join(gap["label"] for gap in gaps))
    ctx.exit(1 if has_errors(found) else 0)


def _with_profile(template: Path, profile: Path, house: Path | None) -> tuple[WordTemplate, Filled, list[Diagnostic]]:
    from docgen.batch.sources import load_one
    from docgen.library import load_library
    from docgen.pipeline import prepare
    from docgen.wordtemplate import load_template

    library = load_library(house=house)
    prepared = prepare(load_one(profile), library)
    found = list(prepared.diagnostics)
    if has_errors(found):
        raise DocgenError(found)
    try:
        compiled = load_template(template, library.vocabulary)
        context = {**prepared.company.context, **{f"document__{name}": "" for name in _PAPER}}
        filled = compiled.fill(context, pictures_from=profile.parent)
    except DocgenError as error:
        raise DocgenError([*found, *error.diagnostics]) from error
    return compiled, filled, found


def _with_data(template: Path, data: Path) -> tuple[WordTemplate, Filled, list[Diagnostic]]:
    from docgen.wordtemplate import load_for_data
    from docgen.wordtemplate.yamldata import read_data

    values, found = read_data(data)
    try:
        compiled = load_for_data(template, values)
        filled = compiled.fill(values, pictures_from=data.parent)
    except DocgenError as error:
        raise DocgenError([*found, *error.diagnostics]) from error
    return compiled, filled, found


def _write(output: Path, data: bytes, force: bool) -> str:
    """Write atomically. A file that says something else stays unless it is to be replaced."""
    from docgen.publish.files import atomic_write

    current: Any = None
    if output.exists():
        current = output.read_bytes()
    if current == data:
        return "unchanged"
    if current is not None and not force:
        raise DocgenError([Diagnostic("C007", Severity.ERROR, Place(str(output)), {"path": str(output)})])
    atomic_write(output, data)
    return "written"
