"""`docgen ask`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cli.output import report, say
from docgen.diagnostics import Diagnostic, DocgenError, Severity, has_errors

if TYPE_CHECKING:
    from docgen.library import Library
    from docgen.pipeline import Prepared
    from docgen.profile.loading import LoadedProfile

_ENDINGS = (".xlsx", ".xlsm")
_LEVELS = ("must", "should", "may")


@click.command("ask")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Workbook to write / 采集表")
@click.option("--industry", help="For an empty questionnaire: id or name / 空白采集表：行业标识或名称")
@click.option("--name", default="", help="Full name of the company / 企业全称")
@click.option("--gaps", is_flag=True, help="Only what the profile lacks, with it as base / 只问还缺的，以档案为基础")
@click.option(
    "--level",
    type=click.Choice(_LEVELS),
    default="should",
    show_default=True,
    help="With --gaps: down to this level / 问到哪一级",
)
@click.pass_context
def ask_command(
    ctx: click.Context, file: Path, output: Path | None, industry: str | None, name: str, gaps: bool, level: str
) -> None:
    """Write a questionnaire (企业信息采集表) that is filled in with Excel or WPS and taken wherever a profile is.

    With --industry FILE is the workbook, and empty; else it is a profile whose facts are filled in.
    """
    from docgen.library import load_library
    from docgen.publish.files import atomic_write

    target = file if industry else output or file.with_suffix(_ENDINGS[0])
    faults = _refused(target)
    if faults:
        report(ctx, faults)
        ctx.exit(1)
    if industry and (gaps or (output is not None and output != file)):
        raise click.UsageError("--industry / --gaps, -o")
    try:
        library = load_library()
        asked = _blank(industry, name, library) if industry else _filled(file, target, library, gaps, level)
    except DocgenError as error:
        report(ctx, error.diagnostics)
        ctx.exit(1)
    library.save()
    if asked is None:
        say(ctx, "ask_nothing", path=file, level=level)
        return
    atomic_write(target, asked)
    say(ctx, "asked", path=target)


def _refused(target: Path) -> list[Diagnostic]:
    kind = target.suffix.lower()
    if kind != _ENDINGS[0]:
        return [Diagnostic("C017", Severity.ERROR, values={"path": str(target), "suffix": kind or "—"})]
    if target.exists():
        return [Diagnostic("C007", Severity.ERROR, values={"path": str(target)})]
    return []


def _blank(industry: str, name: str, library: Library) -> bytes:
    from docgen.context.known import unknown_industry
    from docgen.profile.loading import load_profile_text
    from docgen.profile.profile import Profile

    known = library.catalogue.industry_id(industry)
    if not known:
        raise DocgenError([unknown_industry(industry, library.catalogue)])
    loaded = load_profile_text(f"company: {{industry: {known}}}\n")
    profile = loaded.profile
    if name:
        profile = profile.changed(company=profile.company.changed(full_name=name))
    assert isinstance(profile, Profile)
    return _written(loaded, profile, library, known)


def _filled(file: Path, target: Path, library: Library, gaps: bool, level: str) -> bytes | None:
    from docgen.batch.sources import load_one
    from docgen.pipeline import prepare

    loaded = load_one(file)
    if has_errors(loaded.diagnostics):  # what cannot be read would be lost
        raise DocgenError(loaded.diagnostics)
    prepared = prepare(loaded, library)
    only = None
    if gaps:
        only = _lacking(prepared, _LEVELS[: _LEVELS.index(level) + 1])
        if not only:
            return None
    base = _beside(file, target) if gaps else ""
    return _written(loaded, loaded.profile, library, prepared.profile.company.industry or "", only, base)


def _lacking(prepared: Prepared, levels: tuple[str, ...]) -> frozenset[str]:
    """The gaps down to a level, with the facts for which a usual value stands in so far."""
    from docgen.profile.describe import field_at

    found = {gap.path for gap in prepared.gaps if gap.level.value in levels}
    for path in prepared.assumed:
        info = None if path in prepared.named else field_at(path)
        if info is not None and info.level.value in levels:
            found.add(path)
    return frozenset(found)


def _beside(file: Path, target: Path) -> str:
    """How the questionnaire names its base profile: from its own folder."""
    import os

    try:
        return Path(os.path.relpath(file, target.parent)).as_posix()
    except ValueError:  # on another drive
        return str(file.absolute())


def _written(
    loaded: LoadedProfile,
    profile: Any,
    library: Library,
    industry: str,
    only: frozenset[str] | None = None,
    base: str = "",
) -> bytes:
    from docgen.catalogue.titles import worded
    from docgen.profile.starter import load_words
    from docgen.questionnaire.asked import Inquiry
    from docgen.questionnaire.writing import questionnaire

    catalogue = library.catalogue
    entry = catalogue.industry(industry) if industry in catalogue.industry_ids else None
    terms = entry.terms if entry else {}
    names = {
        "kpis": {kpi.id: _with_unit(worded(kpi.name, terms), kpi.unit) for kpi in catalogue.kpis.values()},
        "terms": terms,
        "company.industry": {known.id: known.name for known in catalogue.industries()},
        "organization.positions[].role": {role.id: role.title for role in catalogue.roles.values()},
        "products[].statutory_class": {kind.id: kind.name for kind in entry.statutory} if entry else {},
    }
    used, documents = _uses(loaded, library)
    names["organization.positions[].documents"] = documents
    inquiry = Inquiry(profile, names, dict(entry.defaults) if entry else {}, used, only, base)
    return questionnaire(inquiry, load_words(library.roots[-1])["ask"])


def _with_unit(name: str, unit: str) -> str:
    return f"{name}（{unit}）" if unit else name


def _uses(loaded: LoadedProfile, library: Library) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Profile path → titles of the documents of the company's set that read it, the manual first; and the names of
    its procedures and specifications by id."""
    from docgen.pipeline import compose_all, prepare

    prepared = prepare(loaded, library)
    plan = prepared.company.plan
    composed, _ = compose_all(prepared, plan.all(), library)
    used: dict[str, list[str]] = {}
    for item in composed:
        for fact in item.facts:
            used.setdefault(fact, []).append(item.planned.title)
    kinds = ("procedure", "specification")
    return used, {p.id: p.title for p in plan.documents.values() if p.kind in kinds}
