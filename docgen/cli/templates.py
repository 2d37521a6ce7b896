"""`docgen template check`."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.output import as_json, diagnostic_record, language, report, say
from docgen.diagnostics import Diagnostic, DocgenError, Severity, has_errors


@click.group("template")
def template_command() -> None:
    """Work with templates / 模板"""


@template_command.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--unused", is_flag=True, help="Also list facts no template uses / 列出没有用到的事实")
@click.option("--json", "json_", is_flag=True)
@click.pass_context
def check(ctx: click.Context, paths: tuple[Path, ...], unused: bool, json_: bool) -> None:
    """Check text and Word templates: unknown names, also in branches not taken. Without PATHS all shipped ones."""
    from docgen.library import load_library
    from docgen.templating.engine import Templates
    from docgen.wordtemplate.store import unpacked

    found: list[Diagnostic] = []
    try:
        library = load_library()
    except DocgenError as error:
        report(ctx, error.diagnostics)
        ctx.exit(1)
    files: list[Path] = []
    for path in paths or library.roots:
        if not path.exists():
            found.append(Diagnostic("C008", Severity.ERROR, values={"path": str(path)}))
        if path.is_dir():
            files += sorted([*path.rglob("*.md"), *path.rglob("*.docx"), *unpacked(path)])
        elif path.exists():
            files.append(path)
    templates = Templates(library.roots, library.vocabulary)
    used: set[str] = set()
    for file in files:
        if file.suffix == ".docx" or file.is_dir():
            from docgen.wordtemplate import check_template

            faults, names = check_template(file, library.vocabulary)
            found += faults
            used.update(names)
            continue
        faults, program = templates.compile(file.resolve())
        found += faults
        if program:
            used.update(program.facts)
    for form in library.forms.values():
        for expression in form.expressions:
            try:
                used.update(templates.compile_expression(expression.source, form.file, expression.line).facts)
            except DocgenError as error:
                found += error.diagnostics
    idle = sorted(set(library.vocabulary.paths()) - used) if unused else []
    if json_:
        as_json({"diagnostics": [diagnostic_record(d, language(ctx)) for d in found], "unused": idle})
    else:
        report(ctx, found)
        if idle:
            say(ctx, "unused", names="、".join(idle))
        if not has_errors(found):
            say(ctx, "templates_ok", count=len(files))
    ctx.exit(1 if has_errors(found) else 0)
