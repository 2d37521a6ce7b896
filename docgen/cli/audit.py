"""`docgen audit`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cli.output import _STYLE, as_json, diagnostic_record, language, report, say
from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity
from docgen.messages import render, text

if TYPE_CHECKING:
    from docgen.audit import AuditResult
    from docgen.profile.loading import LoadedProfile

_PATH = click.Path(path_type=Path)


def _own_profile(given: Path | None, folder: Path) -> Path | LoadedProfile | None:
    """The profile a set is audited against: the file given, or its own of a folder of profiles or a client list."""
    from docgen.batch.naming import client_of
    from docgen.batch.sources import find_clients, load_one
    from docgen.cells import SUFFIXES
    from docgen.questionnaire.marks import is_questionnaire

    if given is not None and is_questionnaire(given):
        return load_one(given)
    if given is None or not (given.is_dir() or given.suffix.lower() in SUFFIXES):
        return given if given is None or given.is_file() else load_one(given)
    clients, faults = find_clients([given])
    client = client_of(folder, clients)
    if client is None:
        values = {"path": str(given), "folder": folder.name}
        raise DocgenError([*faults, Diagnostic("B016", Severity.ERROR, Place(str(given)), values)])
    return client.load()


@click.command("audit")
@click.argument("directory", type=_PATH)
@click.option(
    "--profile",
    type=_PATH,
    help="The company's profile, or where all are: folder or client list / 企业档案、档案文件夹或客户清单",
)
@click.option("--known", multiple=True, type=_PATH, help="Profiles or sets of other clients / 其他客户的档案或文件")
@click.option("--standard", type=_PATH, help="Your own copy of the standard (.txt, .docx) for C43 / 自有标准文本")
@click.option("--only", multiple=True, metavar="Cnn", help="Run these checks only / 只做这些检查")
@click.option("--review", is_flag=True, help="Copies with Word comments in a folder beside / 生成带批注的副本")
@click.option("--report", "report_", type=_PATH, help="Folder for 审核报告.docx and .xlsx / 报告存放的文件夹")
@click.option("--notes/--no-notes", default=True, help="Show what could not be checked / 显示未能检查的项目")
@click.option("--json", "json_", is_flag=True)
@click.pass_context
def audit_command(
    ctx: click.Context,
    /,
    directory: Path,
    profile: Path | None,
    known: tuple[Path, ...],
    standard: Path | None,
    only: tuple[str, ...],
    review: bool,
    report_: Path | None,
    notes: bool,
    json_: bool,
) -> None:
    """Audit the finished documents in DIRECTORY, whoever wrote them."""
    from docgen.audit import AuditOptions, audit_folder
    from docgen.audit.checks import CHECKS
    from docgen.audit.folder import set_folders
    from docgen.library import load_library

    codes = {check.code for check in CHECKS}
    wrong = [code for code in only if code.upper() not in codes]
    if wrong:
        raise click.BadParameter(", ".join(wrong), param_hint="--only")
    try:
        library = load_library()
    except DocgenError as error:
        report(ctx, error.diagnostics)
        ctx.exit(1)
    lang = language(ctx)
    folders = set_folders(directory)
    beside = (directory,) if len(folders) > 1 else ()  # sets of one folder are compared with each other
    records = []
    ok = True
    for folder in folders:
        try:
            own = _own_profile(profile, folder)
        except DocgenError as error:
            report(ctx, error.diagnostics)
            ok = False
            continue
        options = AuditOptions(own, (*known, *beside), standard, tuple(code.upper() for code in only))
        result = audit_folder(folder, library, options)
        ok = ok and result.ok
        written: list[Path] = []
        try:
            if review:
                from docgen.audit.review import write_review

                written += write_review(result, lang)
            if report_ is not None:
                from docgen.audit.report import write_report

                target = report_ / folder.name if len(folders) > 1 else report_
                written += write_report(result, library, target, lang)
        except OSError as error:
            place = Place(str(error.filename or folder))
            report(ctx, [Diagnostic("O004", Severity.ERROR, place, {"reason": error.strerror or str(error)})])
            ok = False
        if json_:
            records.append(_set_record(result, written, lang, notes))
        else:
            _print(ctx, result, written, lang, notes)
    if json_:
        as_json(records[0] if len(records) == 1 else records)
    ctx.exit(0 if ok else 1)


def _set_record(result: AuditResult, written: list[Path], lang: str, notes: bool) -> dict[str, Any]:
    return {
        "folder": str(result.root),
        "company": result.company,
        "documents": len(result.documents),
        "pages": round(result.pages),
        "counts": {s.value: result.count(s) for s in Severity},
        "findings": [record(f, lang) for f in result.findings if notes or f.severity is not Severity.NOTE],
        "written": [str(p) for p in written],
    }


def _print(ctx: click.Context, result: AuditResult, written: list[Path], lang: str, notes: bool) -> None:
    say(ctx, "A051", company=result.company or result.root)
    for diagnostic in result.findings:
        if notes or diagnostic.severity is not Severity.NOTE:
            _show(diagnostic, lang)
    counts = {s.value: result.count(s) for s in Severity}
    say(ctx, "A040", documents=len(result.documents), pages=round(result.pages), **counts)
    for path in written:
        say(ctx, "A041", path=path)


def record(diagnostic: Diagnostic, lang: str) -> dict[str, Any]:
    """A finding for programs."""
    from docgen.audit.explain import reason_of, remedy_of

    found = diagnostic_record(diagnostic, lang)
    found["check"] = diagnostic.code.partition(".")[0]
    found["reason"] = reason_of(diagnostic, lang)
    found["remedy"] = remedy_of(diagnostic, lang)
    return found


def _show(diagnostic: Diagnostic, lang: str) -> None:
    """The sentence, the place, the quotation, the remedy."""
    from docgen.audit.explain import remedy_of

    click.secho(render(diagnostic, lang), **_STYLE[diagnostic.severity])
    place = diagnostic.place
    if place.heading:
        click.echo("  " + text("A042", lang, heading=place.heading))
    if place.quote:
        click.echo("  " + text("A043", lang, quote=place.quote))
    if diagnostic.severity is not Severity.NOTE:
        remedy = remedy_of(diagnostic, lang)
        if remedy:
            click.echo("  " + text("A044", lang, remedy=remedy))
