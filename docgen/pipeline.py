"""The straight line: read, plan, context, compose, finish, write, publish. One function a step, in this order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docgen
from docgen.catalogue.points import PointTable
from docgen.collector import calm_collector
from docgen.compose.compose import Company, Composed, field_texts, in_order
from docgen.context.chart import organization_tree, service_tree
from docgen.context.conditions import facts_apart, idle_target
from docgen.context.context import build_context
from docgen.context.deletions import usual_deletions
from docgen.context.known import strange_laws, strange_procedures, strange_revisions, with_ids
from docgen.context.people import proposed_names, roles_without_post
from docgen.context.plan import Plan, Planned, make_plan
from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity, has_errors
from docgen.document import Contents, Gap, Picture
from docgen.library import Library
from docgen.messages.marks import gap_text
from docgen.options import BuildOptions as BuildOptions
from docgen.profile.completeness import FactGap, by_level, gaps, is_asked
from docgen.profile.defaults import apply_defaults
from docgen.profile.loading import LoadedProfile
from docgen.profile.rules import check_profile
from docgen.publish import WAIT_SECONDS, LockTimeout, Publisher, Written, company_folder, safe_name
from docgen.questionnaire import load_company
from docgen.records import dataclass
from docgen.supplied import read_supplied

if TYPE_CHECKING:
    from docgen.profile.profile import Profile
    from docgen.writers.docx.theme import Theme

LOGO_HEIGHT_MM = 18.0
_LOGO = "company.logo"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A profile read, completed with marked defaults, checked and planned."""

    loaded: LoadedProfile
    profile: Profile
    assumed: tuple[str, ...]  # profile paths
    named: Mapping[str, str]  # those of them that are names of posts and departments
    diagnostics: tuple[Diagnostic, ...]
    gaps: tuple[FactGap, ...]
    apart: tuple[str, ...]  # patterns of facts this company does not have
    company: Company
    points: PointTable  # the company's own, else the placeholder


@dataclass(slots=True)
class BuildResult:
    """What a build of one company did."""

    name: str
    source: Path
    folder: Path | None = None
    written: list[Written] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    gaps: tuple[FactGap, ...] = ()
    assumed: tuple[str, ...] = ()
    profile: Profile | None = None  # as read and completed

    @property
    def ok(self) -> bool:
        """True if the set was built."""
        return not has_errors(self.diagnostics)


Progress = Callable[[int, int], None]


# ---- 1 read


def prepare(source: Path | LoadedProfile, library: Library) -> Prepared:
    """Read, complete and check one profile and plan its set. Raises DocgenError where there is nothing to go on."""
    loaded = source if isinstance(source, LoadedProfile) else load_company(source)
    catalogue = library.catalogue
    profile, diagnostics = with_ids(loaded, catalogue)
    loaded = replace(loaded, profile=profile) if profile is not loaded.profile else loaded
    assumed: tuple[str, ...] = ()
    industry_id = profile.company.industry
    statutory: Mapping[str, tuple[int | None, int | None]] = {}
    industry = catalogue.industry(industry_id) if industry_id and industry_id in catalogue.industry_ids else None
    if industry is not None:
        profile, assumed = apply_defaults(profile, industry.defaults)
        statutory = {
            t.id: (t.whole_months, t.main_parts_months) if t.mandatory else (None, None) for t in industry.statutory
        }
    diagnostics[:0] = check_profile(
        loaded,
        statutory=statutory,
        clause_ids=frozenset(catalogue.clauses),
        kpi_units={kpi.id: kpi.unit for kpi in catalogue.kpis.values()},
    )
    plan = make_plan(profile, catalogue)
    diagnostics += strange_revisions(loaded, profile, plan)
    diagnostics += strange_procedures(loaded, profile, plan)
    diagnostics += strange_laws(loaded, catalogue)
    diagnostics += usual_deletions(loaded, industry, plan, catalogue)
    apart = facts_apart(industry, plan.conditions)
    supplied, points, found = read_supplied(loaded, profile, plan, catalogue, library.words["survey_levels"])
    diagnostics += found
    context = build_context(profile, plan, catalogue, frozenset(assumed), library.retention(industry_id), supplied)
    company = Company(
        plan,
        context,
        organization_tree(profile, context, library.words["chart"]),
        service_tree(profile, context, library.words["chart"]),
        _fields(profile, library, context),
        in_order((*context["set_documents"], *context["set_papers"])),
        in_order(context["set_forms"]),
        loaded.folder_of(_LOGO),
    )
    lacking = by_level((*gaps(profile, apart), *roles_without_post(profile, context["role_list"])))
    named = proposed_names(context)
    asked = (
        path for path in assumed if is_asked(profile, path, apart) and not idle_target(path, catalogue, plan.conditions)
    )
    return Prepared(
        loaded, profile, (*asked, *named), named, tuple(diagnostics), tuple(lacking), apart, company, points
    )


def _fields(profile: Profile, library: Library, context: Mapping[str, Any]) -> dict[str, str]:
    words = library.words["document"]
    constant = {
        "standard": words["standard"],
        "controlled": words["controlled"],
        "color": profile.company.color or "",
    }
    return field_texts(context, constant)


# ---- 5, 6 compose and finish


def choose(plan: Plan, only: Collection[str]) -> tuple[list[Planned], list[Diagnostic]]:
    """The planned documents that `only` names by id, number or kind; unknown names are faults.

    A paper of another stage is built only when it is named itself."""
    from docgen.templating.vocabulary import nearest

    everything, others = plan.all(), plan.other_stages.values()
    if not only:
        return everything, []
    chosen: list[Planned] = []
    faults = []
    for name in only:
        found = [p for p in everything if name in (p.id, p.number, p.short_number, p.kind, p.title)]
        found = found or [p for p in others if name in (p.id, p.number, p.short_number, p.title)]
        if not found:
            known = [n for p in (*everything, *others) for n in (p.id, p.short_number, p.title)]
            faults.append(Diagnostic("C002", values={"read": name}, nearest=nearest(name, known)))
        chosen += [p for p in found if p not in chosen]
    return chosen, faults


def compose_all(
    prepared: Prepared, planned: Iterable[Planned], library: Library, *, samples: bool = False
) -> tuple[list[Composed], list[Diagnostic]]:
    """Compose documents; every fault of every template is collected."""
    composer = library.composer(prepared.profile.company.industry)
    composed: list[Composed] = []
    faults: list[Diagnostic] = []
    with calm_collector():
        for item in planned:
            try:
                made = composer.compose(item, prepared.company, sample=samples)
                composed.append(made)
                faults += made.warnings
            except DocgenError as error:
                faults += error.diagnostics
    return composed, unique(faults)


def unique(faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Each fault once: one in an include is met by every document that includes it."""
    return list({(f.code, f.place, str(f.values)): f for f in faults}.values())


# ---- 7, 8 write and publish


@calm_collector()
def build_set(
    source: Path | LoadedProfile,
    library: Library,
    options: BuildOptions | None = None,
    progress: Progress | None = None,
    *,
    folder: str = "",
    waiting: Callable[[], None] | None = None,
) -> BuildResult:
    """Build one company's set. Faults are in the result; with a fault in profile or templates nothing is written.

    `folder` names the company's folder below the output folder (by default after the company); `waiting` is called
    once if another run holds it.
    """
    options = options or BuildOptions()
    path = source.path if isinstance(source, LoadedProfile) else source
    result = BuildResult(path.stem, path)
    try:
        prepared = prepare(source, library)
    except DocgenError as error:
        result.diagnostics += error.diagnostics
        return result
    result.profile = prepared.profile
    profile = prepared.profile
    result.name = profile.company.full_name or path.stem
    result.diagnostics += prepared.diagnostics
    result.gaps, result.assumed = prepared.gaps, prepared.assumed
    chosen, faults = choose(prepared.company.plan, options.only)
    result.diagnostics += faults
    if options.strict:
        result.diagnostics += strict_faults(prepared)
    if has_errors(result.diagnostics):
        return result
    try:
        theme = library.theme(options.theme)
    except DocgenError as error:
        result.diagnostics += error.diagnostics
        return result
    composed, faults = compose_all(prepared, chosen, library, samples=options.samples)
    result.diagnostics += faults
    if has_errors(result.diagnostics):
        return result
    if options.binder and composed:
        from docgen.compose.binder import bind

        composed.append(bind(composed, library.words["binder"]))
    result.folder = options.output / (
        folder or company_folder(profile.company.full_name, profile.company.short_name, profile.company.code, path.stem)
    )
    _publish(result, composed, prepared, library, theme, options, progress, waiting)
    return result


def strict_faults(prepared: Prepared) -> list[Diagnostic]:
    """With `--strict` every gap of level must is a fault."""
    return [
        Diagnostic("C005", Severity.ERROR, prepared.loaded.place(gap.path), {"label": gap.label, "key": gap.path})
        for gap in prepared.gaps
        if gap.level.value == "must"
    ]


def file_name(planned: Planned) -> str:
    """`SLDQ-CX-16 维修服务程序.docx`"""
    return safe_name(f"{planned.number} {planned.title}", planned.id) + ".docx"


def _write(
    composed: list[Composed], prepared: Prepared, library: Library, theme: Theme, options: BuildOptions
) -> tuple[list[tuple[bytes, bytes]], list[Diagnostic]]:
    """The Word file of each composed document, with exact contents pages where wanted, and its workbook if it has one.

    Nothing is on the disk yet; there, files are made fastest in one go."""
    from docgen.spreadsheets import workbook
    from docgen.writers.docx import write_docx

    logo, found = _logo(prepared)
    pattern = library.words["document"]["gap_note"]

    def write(item: Composed, pages: Mapping[str, int] | None = None) -> bytes:
        if item.file:
            return item.file
        clauses = ", ".join(item.planned.clauses)

        def note(gap: Gap) -> str:
            return pattern.format(clauses=clauses, key=gap.key, label=gap.label) if clauses else ""

        return write_docx(item.document, theme, pages=pages, review=options.review, gap_note=note, logo=logo)

    pages: dict[str, dict[str, int]] = {}
    if options.exact_pages:
        from docgen.writers.exact import find_pages

        listed = [item for item in composed if any(type(b) is Contents for b in item.document.blocks)]
        known, faults = find_pages([(item.document, write(item)) for item in listed])
        pages = {item.planned.id: numbers for item, numbers in zip(listed, known, strict=True)}
        found += faults
    templates = library.composer(prepared.profile.company.industry).templates
    files = []
    for item in composed:
        sheet = workbook(item, prepared.company.context, templates) if item.planned.xlsx else b""
        files.append((write(item, pages.get(item.planned.id)), sheet))
    return files, found


def _logo(prepared: Prepared) -> tuple[Picture | None, list[Diagnostic]]:
    name = prepared.profile.company.logo
    if not name:
        return None, []
    from docgen.wordtemplate.pictures import BadPicture, load_picture

    try:
        return load_picture(name, prepared.loaded.folder_of(_LOGO), height_mm=LOGO_HEIGHT_MM), []
    except BadPicture as error:
        place = prepared.loaded.place(_LOGO)
        return None, [Diagnostic(error.reason, Severity.WARNING, place, {"read": name, "name": name, "file": name})]


def _publish(
    result: BuildResult,
    composed: list[Composed],
    prepared: Prepared,
    library: Library,
    theme: Theme,
    options: BuildOptions,
    progress: Progress | None,
    waiting: Callable[[], None] | None,
) -> None:
    assert result.folder is not None
    folders = library.words["folders"]
    files, found = _write(composed, prepared, library, theme, options)
    result.diagnostics += found
    entries = []
    publisher = Publisher(result.folder, library.words["files"]["beside"])
    try:
        publisher.open(waiting=waiting)
        for number, (item, (data, sheet)) in enumerate(zip(composed, files, strict=True), 1):
            planned = item.planned
            path = f"{folders[planned.kind]}/{file_name(planned)}"
            written = [publisher.write(path, data)]
            if sheet:
                written.append(publisher.write(path.removesuffix(".docx") + ".xlsx", sheet))
            entries.append(_entry(item, written))
            if progress:
                progress(number, len(composed))
        if options.only:
            done = {entry["id"] for entry in entries}
            entries += [e for e in publisher.manifest.get("documents", []) if e.get("id") not in done]
        publisher.close(_manifest(prepared, entries, options), complete=not options.only)
    except LockTimeout:
        values = {"seconds": round(WAIT_SECONDS)}
        result.diagnostics.append(Diagnostic("O005", Severity.ERROR, Place(str(result.folder)), values))
    except OSError as error:
        place = Place(str(error.filename or result.folder))
        result.diagnostics.append(Diagnostic("O004", Severity.ERROR, place, {"reason": error.strerror or str(error)}))
    finally:
        publisher.release()
    result.written = publisher.written
    result.diagnostics += publisher.diagnostics


def _entry(composed: Composed, files: list[Written]) -> dict[str, Any]:
    planned = composed.planned
    return {
        "id": planned.id,
        "kind": planned.kind,
        "number": planned.number,
        "title": planned.title,
        "version": planned.version,
        "files": [{"path": w.path, "sha256": w.sha256} for w in files if w.sha256],
        "template": planned.template,
        "templates": tuple([key.rpartition("|")[2] for key in composed.templates]),
        "clauses": planned.clauses,
        "forms": _cited(composed, "form"),
        "documents": _cited(composed, "document"),
        "laws": _cited(composed, "law"),
        "facts": composed.facts,
        "gaps": tuple(sorted({gap.key for gap in composed.gaps})),
        "gap_labels": dict(sorted({gap.label: gap.key for gap in composed.gaps if gap.key}.items())),
        "assumed": tuple(sorted({p.key for p in composed.proposals})),
    }


def _cited(composed: Composed, kind: str) -> tuple[str, ...]:
    return tuple(sorted({r.target for r in composed.references if r.kind == kind}))


def _manifest(prepared: Prepared, entries: list[dict[str, Any]], options: BuildOptions) -> dict[str, Any]:
    profile = prepared.profile
    return {
        "docgen": docgen.__version__,
        "company": profile.company.full_name or gap_text("company"),
        "industry": profile.company.industry or "",
        "profile": prepared.loaded.path.name,
        "theme": Path(options.theme).name,
        "documents": sorted(entries, key=lambda e: (str(e["kind"]), str(e["number"]))),
        "gaps": [{"key": g.path, "label": g.label, "level": g.level.value} for g in prepared.gaps],
        "assumed": list(prepared.assumed),
        "other_stages": [{"number": p.number, "title": p.title} for p in prepared.company.plan.other_stages.values()],
        "deleted_clauses": sorted(prepared.company.plan.deleted),
    }
