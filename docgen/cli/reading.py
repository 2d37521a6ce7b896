"""`docgen show` and `docgen where`: from a sentence to its template and back."""

from __future__ import annotations

import re
from pathlib import Path

import click

from docgen.cli.output import as_json, report, say
from docgen.diagnostics import DocgenError, has_errors


@click.command("show")
@click.argument("document")
@click.argument("profile", type=click.Path(path_type=Path))
@click.option("--house", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.pass_context
def show_command(ctx: click.Context, document: str, profile: Path, house: Path | None) -> None:
    """Print DOCUMENT (id, number or title) of PROFILE as readable text."""
    from docgen.batch.sources import load_one
    from docgen.library import load_library
    from docgen.pipeline import choose, compose_all, prepare
    from docgen.writers.text import write_text

    try:
        library = load_library(house=house)
        prepared = prepare(load_one(profile), library)
        chosen, faults = choose(prepared.company.plan, (document,))
        composed, more = compose_all(prepared, chosen, library)
        library.save()
    except DocgenError as error:
        report(ctx, error.diagnostics)
        ctx.exit(1)
    faults = [*(d for d in prepared.diagnostics if d.severity.value == "error"), *faults, *more]
    report(ctx, faults)
    for item in composed:
        if item.file:
            from docgen.wordtemplate.words import words_of

            click.echo(words_of(item.file))
        else:
            click.echo(write_text(item.document))
    ctx.exit(1 if has_errors(faults) else 0)


@click.command("where")
@click.argument("sentence")
@click.option("--json", "json_", is_flag=True)
@click.option("--house", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.pass_context
def where_command(ctx: click.Context, sentence: str, json_: bool, house: Path | None) -> None:
    """Find the template lines a SENTENCE of a document comes from; values in it may differ."""
    from docgen.library import data_folder
    from docgen.templating.engine import display_name

    roots = [root for root in (house, data_folder("templates")) if root]
    hits = []
    for root in roots:
        for path in sorted([*root.rglob("*.md"), *root.rglob("*.yaml")]):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if _matches(line, sentence):
                    hits.append(
                        {
                            "id": f"{display_name(path)}:{number}",
                            "file": display_name(path),
                            "line": number,
                            "text": line.strip(),
                        }
                    )
    if json_:
        as_json(hits)
    else:
        for hit in hits:
            say(ctx, "found_at", **{k: hit[k] for k in ("file", "line", "text")})
        if not hits:
            say(ctx, "not_found")
    ctx.exit(0 if hits else 1)


_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


def _matches(line: str, sentence: str) -> bool:
    """True if the line's fixed words stand in the sentence in order, or the sentence in the line."""
    if sentence in line:
        return True
    pieces = [p.strip() for p in _TAG.split(line.replace("**", "")) if p.strip(" |#-")]
    if len(pieces) < 2 or sum(map(len, pieces)) < 6:
        return False
    position = 0
    for piece in pieces:
        found = sentence.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    return True
