"""`docgen template check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.output import as_json, diagnostic_record, language, report, say
from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity, has_errors
from docgen.templating.vocabulary import nearest

if TYPE_CHECKING:
    from docgen.library import Library


@click.group("template")
def template_command() -> None:
    """Work with templates / 模板"""


@template_command.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--unused", is_flag=True, help="Also list facts no template uses / 列出没有用到的事实")
@click.option("--json", "json_", is_flag=True)
@click.pass_context
def check(ctx: click.Context, paths: tuple[Path, ...], unused: bool, json_: bool) -> None:
    """Check text and Word templates and forms: unknown names, also in branches not taken. A folder is read as a house
    folder over the shipped templates. Without PATHS all shipped ones."""
    from docgen.templating.engine import Templates
    from docgen.wordtemplate.store import unpacked

    try:
        library, found = _library([path for path in paths if path.is_dir()])
    except DocgenError as error:
        report(ctx, error.diagnostics)
        ctx.exit(1)
    found += _idle_files(library)
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
        faults, program = templates.compile(file.resolve(), templates.key_of(file.resolve()))
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
            chosen = [path.resolve() for path in paths or library.roots]
            forms = [form for form in library.forms.values() if any(Path(form.file).is_relative_to(p) for p in chosen)]
            say(ctx, "templates_ok", count=len(files) + len(forms))
    ctx.exit(1 if has_errors(found) else 0)


def _library(folders: list[Path]) -> tuple[Library, list[Diagnostic]]:
    """The library with these folders as houses over the shipped templates; the shipped one, and why, if they cannot be
    read. Raises DocgenError where the shipped ones cannot."""
    from docgen.library import load_library

    shipped = load_library()
    houses = [f.resolve() for f in folders if not any(f.resolve().is_relative_to(root) for root in shipped.roots)]
    if not houses:
        return shipped, []
    try:
        return load_library([*houses, *shipped.roots]), []
    except DocgenError as error:
        return shipped, list(error.diagnostics)


def _idle_files(library: Library) -> list[Diagnostic]:
    """Files of house folders that replace none below and that nothing takes in."""
    *houses, shipped = library.roots
    rows = library.catalogue.documents.values()
    asked = {row.template for row in rows} | {variant.template for row in rows for variant in row.without}
    found = []
    for house in houses:
        files = sorted([*house.rglob("*.md"), *house.rglob("documents/**/*.docx")])
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in house.rglob("*.md")]
        for file in files:
            name = file.relative_to(house).as_posix()
            plain = name.split("/", 2)[2] if name.startswith("industries/") and name.count("/") > 1 else name
            if plain in asked or any(f'"{plain}"' in text for text in texts):
                continue
            known = {path.relative_to(shipped).as_posix() for path in shipped.rglob("*.md")} | asked
            if plain.removesuffix(".docx") not in {name.removesuffix(".md") for name in known} | asked:
                place = Place(file.as_posix())
                found.append(Diagnostic("T022", Severity.WARNING, place, {"read": name}, nearest(plain, known)))
    return found
