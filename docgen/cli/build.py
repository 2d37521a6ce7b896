"""`docgen build`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from docgen.cli.output import as_json, diagnostic_record, language, report, say
from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity


def profile_paths(paths: tuple[Path, ...]) -> tuple[list[Path], list[Diagnostic]]:
    """Profiles named directly or lying in named folders."""
    found: list[Path] = []
    faults = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.suffix in (".yaml", ".yml") and not p.name.startswith("."))
            if not inside:
                faults.append(Diagnostic("C006", values={"path": str(path)}))
            found += inside
        elif path.is_file():
            found.append(path)
        else:
            faults.append(Diagnostic("C008", Severity.ERROR, Place(str(path)), {"path": str(path)}))
    return found, faults


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
@click.option("--json", "json_", is_flag=True)
@click.pass_context
def build_command(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    output: Path,
    json_: bool,
    house: Path | None,
    **choices: Any,
) -> None:
    """Build the document sets of PATHS (profiles or folders of profiles)."""
    import time

    from docgen.library import load_library
    from docgen.pipeline import BuildOptions, build_set

    started = time.perf_counter()
    profiles, faults = profile_paths(paths)
    try:
        library = load_library(house=house)
    except DocgenError as error:
        report(ctx, [*faults, *error.diagnostics])
        ctx.exit(1)
    options = BuildOptions(output=output, **choices)
    records: list[dict[str, Any]] = []
    failed = bool(faults)
    report(ctx, faults)
    documents = 0
    with _Progress(len(profiles), not json_) as tick:
        for path in profiles:
            result = build_set(path, library, options, tick)
            failed = failed or not result.ok
            documents += len(result.written)
            if json_:
                records.append(_record(result, language(ctx)))
            else:
                _summary(ctx, result)
    library.save()
    if json_:
        as_json(records)
    elif len(profiles) > 1:
        seconds = f"{time.perf_counter() - started:.1f}"
        say(ctx, "total", companies=len(profiles), documents=documents, seconds=seconds)
    ctx.exit(1 if failed else 0)


class _Progress:
    """A progress bar on a terminal, nothing elsewhere."""

    def __init__(self, companies: int, wanted: bool) -> None:
        self.bar: Any = None
        if wanted and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

            self.bar = Progress(
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self.task = self.bar.add_task("", total=None)

    def __enter__(self) -> Any:
        if self.bar:
            self.bar.start()
        return self.tick

    def __exit__(self, *_: object) -> None:
        if self.bar:
            self.bar.stop()

    def tick(self, done: int, total: int) -> None:
        if self.bar:
            self.bar.update(self.task, completed=done, total=total)


def _counts(result: Any) -> dict[str, int]:
    outcomes = [w.outcome.value for w in result.written]
    return {name: outcomes.count(name) for name in ("written", "unchanged", "beside", "removed")}


def _summary(ctx: click.Context, result: Any) -> None:
    report(ctx, result.diagnostics)
    if not result.ok:
        say(ctx, "failed", name=result.name)
        return
    counts = _counts(result)
    say(
        ctx,
        "built",
        name=result.name,
        folder=result.folder,
        written=counts["written"],
        unchanged=counts["unchanged"],
    )
    for name in ("beside", "removed"):
        if counts[name]:
            say(ctx, name, count=counts[name])
    levels = [gap.level.value for gap in result.gaps]
    say(
        ctx,
        "gaps",
        assumed=len(result.assumed),
        **{name: levels.count(name) for name in ("must", "should", "may")},
    )
    following = (
        "next_gaps" if "must" in levels or "should" in levels else "next_confirm" if result.assumed else "next_done"
    )
    say(ctx, following, path=result.source)


def _record(result: Any, lang: str) -> dict[str, Any]:
    return {
        "id": result.source.stem,
        "company": result.name,
        "ok": result.ok,
        "folder": str(result.folder) if result.folder else "",
        "counts": _counts(result),
        "files": [{"path": w.path, "outcome": w.outcome.value, "sha256": w.sha256} for w in result.written],
        "gaps": [{"key": g.path, "label": g.label, "level": g.level.value} for g in result.gaps],
        "assumed": list(result.assumed),
        "diagnostics": [diagnostic_record(d, lang) for d in result.diagnostics],
    }
