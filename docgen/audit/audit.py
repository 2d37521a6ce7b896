"""Read a folder, recognise its documents, run the checks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.audit.checks import CHECKS
from docgen.audit.folder import manifest_of, read_folder
from docgen.audit.model import AuditDocument
from docgen.audit.recognise import recognise
from docgen.audit.subject import Other, Subject
from docgen.audit.words import load_words
from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity, has_errors
from docgen.profile.loading import LoadedProfile
from docgen.records import dataclass

if TYPE_CHECKING:
    from docgen.library import Library
    from docgen.profile.profile import Profile

_ORDER = list(Severity)
_MOST_ALIKE = 12  # findings of one variant in one document that are shown one by one


@dataclass(frozen=True, slots=True)
class AuditOptions:
    """How to audit. `known` are profiles, folders of profiles, or folders of other clients' sets."""

    profile: Path | LoadedProfile | None = None
    known: tuple[Path, ...] = ()
    standard: Path | None = None  # a .txt or .docx of the standard the user holds
    only: tuple[str, ...] = ()  # check codes; empty is all
    today: date | None = None


@dataclass(slots=True)
class AuditResult:
    """What an audit found."""

    root: Path
    documents: list[AuditDocument] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    company: str = ""

    @property
    def ok(self) -> bool:
        """True if nothing found is an error."""
        return not has_errors(self.findings)

    @property
    def pages(self) -> float:
        """Rough pages of all documents."""
        return sum(d.pages for d in self.documents)

    def count(self, severity: Severity) -> int:
        return sum(f.severity is severity for f in self.findings)


def audit_folder(root: Path, library: Library, options: AuditOptions | None = None) -> AuditResult:
    """Audit the documents below `root`. Nothing found in them raises; a profile that cannot be read is a finding."""
    options = options or AuditOptions()
    result = AuditResult(root)
    if not root.exists():
        result.findings.append(Diagnostic("A001", Severity.ERROR, Place(str(root)), {"path": str(root)}))
        return result
    documents, faults = read_folder(root)
    result.documents, result.findings = documents, faults
    if not documents and not faults:
        result.findings.append(Diagnostic("A002", Severity.ERROR, Place(str(root)), {"path": str(root)}))
        return result
    subject = _subject(root, documents, library, options, result)
    result.findings += run_checks(subject, options.only)
    from docgen.audit.checks.identity import own_name

    result.company = own_name(subject)
    return result


def run_checks(subject: Subject, only: Collection[str] = ()) -> list[Diagnostic]:
    """Every check, each once; equal findings once; the gravest first within a file."""
    found: dict[tuple[str, Place], Diagnostic] = {}
    for check in CHECKS:
        if not only or check.code in only:
            for diagnostic in check.load()(subject):
                found.setdefault((diagnostic.code, diagnostic.place), diagnostic)
    ordered = sorted(found.values(), key=lambda d: (d.place.file, _ORDER.index(d.severity), d.code))
    return list(_bundled(ordered))


def _bundled(findings: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """A hundred findings of one kind in one file are a dozen and a number."""
    counts: dict[tuple[str, str], int] = {}
    rest: dict[tuple[str, str], Diagnostic] = {}
    for diagnostic in findings:
        key = (diagnostic.code, diagnostic.place.file)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= _MOST_ALIKE:
            yield diagnostic
        else:
            rest[key] = diagnostic
    for key, diagnostic in rest.items():
        values = {"check": key[0].partition(".")[0], "count": counts[key] - _MOST_ALIKE}
        yield Diagnostic("A030", diagnostic.severity, Place(key[1]), values)


def _subject(
    root: Path, documents: list[AuditDocument], library: Library, options: AuditOptions, result: AuditResult
) -> Subject:
    manifest = manifest_of(root)
    words = load_words(library.roots)
    recognise(documents, manifest, words, library.catalogue)
    profile: Profile | None = None
    assumed: tuple[str, ...] = ()
    given = options.profile
    own: tuple[Path, ...] = (given,) if isinstance(given, Path) else ()
    if isinstance(given, LoadedProfile):
        own = (given.path, *(Path(other.file) for other in given.others))
    if given is not None:
        from docgen.pipeline import prepare

        try:
            prepared = prepare(given, library)
            profile, assumed = prepared.profile, prepared.assumed
        except DocgenError as error:
            result.findings += [
                replace(d, place=d.place if d.place.file else Place(str(own[0]))) for d in error.diagnostics
            ]
    paths = {d.path for d in documents}
    binders = {f["path"] for e in manifest.get("documents", ()) if e["kind"] == "binder" for f in e["files"]}
    # an untouched register workbook says what its Word twin says, the set in one file what its parts say
    checked = [
        d for d in documents
        if d.edited or not manifest
        or not (d.path in binders or (d.path.endswith(".xlsx") and d.path[:-5] + ".docx" in paths))
    ]  # fmt: skip
    subject = Subject(
        root, checked, words, library.catalogue, options.today or date.today(), profile, _own(profile),
        manifest=manifest, assumed=frozenset(assumed), standard_text=_standard(options.standard, result),
    )  # fmt: skip
    from docgen.audit.known import known_companies, known_texts

    others = known_companies(options.known, own, library)
    subject.others = tuple(
        o for o in others if o.name != (profile.company.full_name if profile else manifest.get("company"))
    )
    subject.others_texts = known_texts(options.known, root, subject)
    return subject


def _own(profile: Profile | None) -> frozenset[str]:
    if profile is None:
        return frozenset()
    from docgen.profile.walking import leaves

    return frozenset(str(value) for _, _, value in leaves(profile))


def _standard(path: Path | None, result: AuditResult) -> str:
    if path is None:
        return ""
    try:
        if path.suffix.lower() == ".docx":
            from docgen.audit.folder import read_file

            return read_file(path, path.name).text
        return path.read_text(encoding="utf-8", errors="replace")
    except Exception as error:
        result.findings.append(Diagnostic("A015", Severity.ERROR, Place(str(path)), {"reason": str(error)}))
        return ""


__all__ = ["AuditOptions", "AuditResult", "Other", "audit_folder", "run_checks"]
