"""`docgen build`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cli.output import as_json, language, report, say, table
from docgen.cli.progress import Progress
from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity, has_errors
from docgen.publish.publisher import Outcome

if TYPE_CHECKING:
    from docgen.batch.runner import Run
    from docgen.batch.work import ClientResult
    from docgen.library import Library


@click.command("build")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
)
@click.option("--only", multiple=True, help="Id, number, title or kind; may be given several times / 只生成某份文件")
@click.option(
    "--theme",
    default="formal",
    show_default=True,
    help="Theme name, or a .docx of your own / 主题或自己的 .docx",
)
@click.option(
    "--house",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of your own wording and themes / 自己的模板与主题",
)
@click.option(
    "--exact-pages",
    is_flag=True,
    help="Contents page numbers from a LibreOffice layout / 目录页码取自 LibreOffice",
)
@click.option("--strict", is_flag=True, help="A missing must-level fact is a fault / 缺必填事实即报错")
@click.option("--samples", is_flag=True, help="One marked sample row in each form / 表单带一行标明的示例")
@click.option("--review", is_flag=True, help="Word comments at gaps / 缺口处加批注")
@click.option("--binder", is_flag=True, help="Also the whole set in one file / 另出全套合订本")
@click.option("--pdf", is_flag=True, help="Also PDFs, by LibreOffice / 另出 PDF（需要 LibreOffice）")
@click.option("--zip", "zip_", is_flag=True, help="One zip per client to hand over / 每家一个交付压缩包")
@click.option("-j", "--jobs", type=click.IntRange(0, 64), default=0, help="Processes; 0 chooses / 进程数，0 为自动")
@click.option("--name-rule", default="", help="Folder of a client, e.g. {company.code}-{company.short_name} / 命名规则")
@click.option("--fail-fast", is_flag=True, help="Stop at the first client that fails / 一家失败即停")
@click.option("--force", is_flag=True, help="Build unchanged clients too / 没有变化也重新生成")
@click.option("--report", "report_", type=click.Path(path_type=Path, dir_okay=False), help="JSON report / 运行报告")
@click.option("--json", "json_", is_flag=True)
@click.pass_context
def build_command(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    output: Path,
    house: Path | None,
    pdf: bool,
    zip_: bool,
    jobs: int,
    name_rule: str,
    fail_fast: bool,
    force: bool,
    report_: Path | None,
    json_: bool,
    **choices: Any,
) -> None:
    """Build the document sets of PATHS: profiles, folders of profiles, patterns, client lists (.xlsx, .csv)."""
    import time

    from docgen.batch.naming import check_rule, place_clients
    from docgen.batch.report import client_record
    from docgen.batch.runner import Setup, run_clients
    from docgen.batch.sources import find_clients
    from docgen.batch.state import run_stamp
    from docgen.library import load_library
    from docgen.options import BuildOptions

    started = time.perf_counter()
    faults = check_rule(name_rule)
    if faults:
        report(ctx, faults)
        ctx.exit(2)
    clients, faults = find_clients(paths)
    try:
        library = load_library(house=house)
    except DocgenError as error:
        report(ctx, [*faults, *error.diagnostics])
        ctx.exit(1)
    options = BuildOptions(output=output, **choices)
    clients = place_clients(clients, name_rule, options.output)
    report(ctx, faults)
    try:
        with Progress(len(clients), not json_, language(ctx)) as bar:

            def told(result: ClientResult) -> None:
                bar.client(result)
                if not json_:
                    _summary(ctx, result)

            def waiting(folder: str) -> None:
                report(ctx, [Diagnostic("O007", Severity.NOTE, values={"folder": folder})])

            run = run_clients(
                clients,
                library,
                Setup(options, house),
                run_stamp(library, options),
                jobs=jobs,
                force=force,
                fail_fast=fail_fast,
                told=told,
                waiting=waiting,
            )
            more = [] if run.interrupted else _deliver(ctx, run, library, pdf=pdf, zip_=zip_, bar=bar, say_=not json_)
    except KeyboardInterrupt:
        report(ctx, [Diagnostic("B021", Severity.NOTE)])
        ctx.exit(130)
    library.save()
    if any(result.status.value == "done" for result in run.results):
        more[:0] = library.theme(options.theme).problems
    if run.interrupted:
        more.append(Diagnostic("B021", Severity.NOTE))
    seconds = time.perf_counter() - started
    if report_ is not None:
        more += _write_report(report_, run, seconds, [*faults, *more], language(ctx))
    report(ctx, more)
    if json_:
        as_json([client_record(result, language(ctx)) for result in run.results])
    elif len(clients) > 1:
        _totals(ctx, run, seconds)
    bad = has_errors(faults) or has_errors(more) or not all(result.ok for result in run.results)
    ctx.exit(130 if run.interrupted else 1 if bad else 0)


def _deliver(
    ctx: click.Context, run: Run, library: Library, *, pdf: bool, zip_: bool, bar: Progress, say_: bool
) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    folder = library.words["folders"]["pdf"]
    if pdf:
        from docgen.batch.pdf import make_pdfs

        made = make_pdfs(run.results, folder, library.words["files"]["beside"], told=bar.pdfs)
        found += made.diagnostics
        if say_:
            say(ctx, "batch_pdfs", converted=made.converted, unchanged=made.unchanged)
    if zip_:
        from docgen.batch.delivery import make_zip

        zips = [make_zip(result, library.words["delivery"], folder) for result in run.results if result.ok]
        found += [fault for _, faults in zips for fault in faults]
        if say_:
            say(ctx, "batch_zips", count=sum(not faults for _, faults in zips))
    return found


def _write_report(path: Path, run: Run, seconds: float, found: list[Diagnostic], lang: str) -> list[Diagnostic]:
    from docgen.batch.report import write_report

    try:
        write_report(path, run, seconds, found, lang)
    except OSError as error:
        values = {"file": str(path), "reason": error.strerror or str(error)}
        return [Diagnostic("B022", Severity.ERROR, Place(str(path)), values)]
    return []


def _totals(ctx: click.Context, run: Run, seconds: float) -> None:
    from docgen.batch.report import documents, totals

    failed = [result for result in run.results if result.status.value == "failed"]
    if failed:
        say(ctx, "batch_failed")
        rows = []
        for result in failed:
            faults = [d for d in result.diagnostics if d.severity is Severity.ERROR]
            rows.append((f"  {result.name or result.key}", result.key, faults[0].code if faults else "", len(faults)))
        table(rows)
    say(ctx, "batch_total", documents=documents(run), seconds=f"{seconds:.1f}", **totals(run))


def _summary(ctx: click.Context, result: ClientResult) -> None:
    hints = [d for d in result.diagnostics if d.severity is Severity.NOTE and d.code.startswith("P")]
    report(ctx, (d for d in result.diagnostics if d not in hints))
    if hints:  # how the profile was understood; `check` tells it each time
        say(ctx, "build_hints", count=len(hints))
    name = result.name or result.key
    if not result.ok:
        say(ctx, "failed", name=name)
        return
    counts = {outcome.value: result.count(outcome) for outcome in Outcome}
    if result.status.value == "skipped":
        say(ctx, "batch_unchanged", name=name, folder=result.folder)
    else:
        say(ctx, "built", name=name, folder=result.folder, **{k: counts[k] for k in ("written", "unchanged")})
    for outcome in ("beside", "removed"):
        if counts[outcome]:
            say(ctx, outcome, count=counts[outcome])
    levels = dict(result.gap_counts)
    say(
        ctx,
        "gaps",
        assumed=result.assumed_count,
        **{level: levels.get(level, 0) for level in ("must", "should", "may")},
    )
    following = (
        "next_gaps"
        if levels.get("must") or levels.get("should")
        else "next_confirm"
        if result.assumed_count
        else "next_done"
    )
    say(ctx, following, path=result.key)
