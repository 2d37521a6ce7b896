"""`docgen new`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cli.output import report, say, table
from docgen.diagnostics import Diagnostic, DocgenError, Severity, has_errors

if TYPE_CHECKING:
    from docgen.library import Library
    from docgen.profile.loading import LoadedProfile

_OFFICE = frozenset((".xls", ".xlsm", ".et", ".doc", ".docx", ".docm", ".wps", ".pdf"))  # no profile has these endings
_SHOWN = 60  # characters of a value in the list of differences


@click.command("new")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--industry",
    help="Id or name, see docgen list industries; general where none fits / 行业标识或名称，都不合适的用 general",
)
@click.option("--name", help="Full name of the company / 企业全称")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="A questionnaire that was filled in, whose answers become the profile / 由填好的采集表写出档案",
)
@click.pass_context
def new_command(ctx: click.Context, file: Path, industry: str | None, name: str | None, source: Path | None) -> None:
    """Write a commented profile FILE that builds at once; with .xlsx or .csv a client list over such a profile; with
    --from the profile a questionnaire says."""
    from docgen.cells import SUFFIXES
    from docgen.library import load_library

    if source is None and not (industry and name):
        raise click.UsageError("--industry, --name / --from")
    kind = file.suffix.lower()
    if kind in _OFFICE or (source is not None and kind in SUFFIXES):
        report(ctx, [Diagnostic("C015", Severity.ERROR, values={"path": str(file), "suffix": kind})])
        ctx.exit(1)
    if source is None and file.exists():
        report(ctx, [Diagnostic("C007", Severity.ERROR, values={"path": str(file)})])
        ctx.exit(1)
    try:
        library = load_library()
        if source is not None:
            _from_questionnaire(ctx, file, source, library)
        else:
            _from_little(ctx, file, industry or "", name or "", library)
    except DocgenError as error:
        report(ctx, error.diagnostics)
        ctx.exit(1)
    library.save()


def _from_little(ctx: click.Context, file: Path, industry: str, name: str, library: Library) -> None:
    from docgen.cells import SUFFIXES
    from docgen.context.known import unknown_industry
    from docgen.profile.starter import load_words, starter_text
    from docgen.publish.files import atomic_write

    known = library.catalogue.industry_id(industry)
    if not known:
        raise DocgenError([unknown_industry(industry, library.catalogue)])
    words = load_words(library.roots[-1])
    profile = file.with_suffix(".yaml") if file.suffix.lower() in SUFFIXES else file
    if not profile.exists():
        defaults, names = _of_industry(library, known)
        written = starter_text(known, name, words=words, defaults=defaults, names=names)
        atomic_write(profile, written.encode("utf-8"))
    _schema_beside(file)
    if profile == file:
        say(ctx, "created", path=file)
        return
    from docgen.batch.blank_list import blank_csv, blank_workbook

    blank = blank_csv if file.suffix.lower() == ".csv" else blank_workbook
    atomic_write(file, blank(profile.name, name, words["list"]))
    say(ctx, "created_list", path=file, base=profile)


def _from_questionnaire(ctx: click.Context, file: Path, source: Path, library: Library) -> None:
    """The profile of the answers. One that is there and says something else stays, and what differs is listed."""
    from docgen.batch.sources import load_one
    from docgen.profile.starter import load_words, profile_text
    from docgen.publish.files import atomic_write, place_beside

    loaded = load_one(source)
    if has_errors(loaded.diagnostics):  # what cannot be read would be lost
        raise DocgenError(loaded.diagnostics)
    report(ctx, loaded.diagnostics)
    industry = library.catalogue.industry_id(loaded.profile.company.industry or "")
    defaults, names = _of_industry(library, industry)
    words = load_words(library.roots[-1])
    data = profile_text(loaded.profile, words=words, defaults=defaults, names=names).encode("utf-8")
    _schema_beside(file)
    if not file.exists():
        atomic_write(file, data)
        say(ctx, "created_from", path=file, source=source)
    elif _says(ctx, file, loaded):
        say(ctx, "from_same", path=file, source=source)
    else:
        beside = place_beside(str(file), library.words["files"]["beside"], lambda there: there == data)
        atomic_write(Path(beside), data)
        say(ctx, "from_beside", path=file, beside=beside)


def _says(ctx: click.Context, file: Path, loaded: LoadedProfile) -> bool:
    """Whether a profile that is there says what was answered; if not, what differs is printed."""
    from docgen.batch.columns import labels
    from docgen.cli.output import language
    from docgen.messages import text
    from docgen.profile.starter import answered
    from docgen.profile.walking import differences, path_steps
    from docgen.questionnaire import load_company

    try:
        there = load_company(file)
    except DocgenError as error:
        report(ctx, error.diagnostics)
        return False
    report(ctx, (found for found in there.diagnostics if found.severity is Severity.ERROR))
    before, after = there.profile, loaded.profile
    if before == after and answered(before) == answered(after) and not has_errors(there.diagnostics):
        return True
    rows = [(labels(path_steps(path)), _short(old), _short(new)) for path, old, new in differences(before, after)]
    if rows:
        table(rows, text("from_head", language(ctx)).split("|"))
    return False


def _short(value: str) -> str:
    line = " ".join(value.split()) or "—"
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _of_industry(library: Library, industry: str) -> tuple[Mapping[str, Any], dict[str, Mapping[str, str]]]:
    """An industry's usual values, and the names of what a profile calls by ids."""
    from docgen.catalogue.titles import worded

    catalogue = library.catalogue
    entry = catalogue.industry(industry) if industry else None
    terms = entry.terms if entry else {}
    names: dict[str, Mapping[str, str]] = {
        "kpis": {kpi.id: worded(kpi.name, terms) for kpi in catalogue.kpis.values()},
        "organization.positions[].role": {role.id: role.title for role in catalogue.roles.values()},
        "terms": terms,
    }
    return (entry.defaults if entry else {}), names


def _schema_beside(file: Path) -> None:
    from docgen.profile.schema import SCHEMA_FILE, schema_text
    from docgen.publish.files import atomic_write

    schema = file.with_name(SCHEMA_FILE)
    if not schema.exists():
        atomic_write(schema, schema_text().encode("utf-8"))
