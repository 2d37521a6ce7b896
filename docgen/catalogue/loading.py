"""Reading the catalogue's files into one checked whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docgen.catalogue import checks, readers
from docgen.catalogue.catalogue import Catalogue
from docgen.catalogue.industries import read_industry, read_terms
from docgen.catalogue.lawreader import read_laws
from docgen.catalogue.models import Industry
from docgen.catalogue.names import nearest
from docgen.catalogue.onsite import read_onsite
from docgen.catalogue.reading import Source
from docgen.catalogue.road import read_road
from docgen.diagnostics import Diagnostic, DocgenError, Place, has_errors

DEFAULT_STANDARD = "gbt27922-2011"


def _industry_ids(roots: Sequence[Path]) -> tuple[str, ...]:
    found = {
        path.parent.name for root in roots for path in (root / "industries").glob("*/industry.yaml") if path.is_file()
    }
    return tuple(sorted(found))


def _each(roots: Sequence[Path], name: str) -> list[Source]:
    """The files of this name of all roots that have one."""
    there = [root for root in roots if (root / name).is_file()] or [roots[-1]]
    return [Source((root,), name) for root in there]


def _raise_if_faulty(diagnostics: list[Diagnostic]) -> None:
    if has_errors(diagnostics):
        raise DocgenError(diagnostics)


def load_catalogue(templates_root: Path | Sequence[Path], *, standard: str = DEFAULT_STANDARD) -> Catalogue:
    """Read the catalogue from a templates folder, or from several: of each file the first found wins.

    Raises DocgenError with every fault of every file, each with file and line.
    """
    roots = (templates_root,) if isinstance(templates_root, Path) else tuple(templates_root)
    folder = f"standards/{standard}"
    names = ("standard", "clauses", "set", "responsibilities", "evidence", "road", "onsite")
    source = {name: Source(roots, f"{folder}/{name}.yaml") for name in names}
    if source["standard"].missing and source["set"].missing:
        known = {path.parent.name for root in roots for path in root.glob("standards/*/standard.yaml")}
        place = Place(file=folder)
        values = {"file": folder, "roots": ", ".join(map(str, roots))}
        raise DocgenError([Diagnostic("K001", place=place, values=values, nearest=nearest(standard, known))])
    source["roles"] = Source(roots, "shared/roles.yaml")
    source["kpis"] = Source(roots, "shared/kpis.yaml")
    terms = _each(roots, "shared/terms.yaml")
    words, words_without = read_terms(terms)
    source |= {f"terms {number}": item for number, item in enumerate(terms)}
    source["laws"] = Source(roots, "laws/laws.yaml")
    documents, forms = readers.read_set(source["set"])
    roles, functions = readers.read_roles(source["roles"])
    laws, outdated, traits = read_laws(source["laws"])
    parts = checks.Parts(
        standard=readers.read_standard(source["standard"]),
        clauses=readers.read_clauses(source["clauses"]),
        documents=documents,
        forms=forms,
        responsibilities=readers.read_responsibilities(source["responsibilities"]),
        evidence=readers.read_evidence(source["evidence"]),
        roles=roles,
        functions=functions,
        kpis=readers.read_kpis(source["kpis"]),
        terms=words,
        terms_without=words_without,
        road=read_road(source["road"]),
        onsite=read_onsite(source["onsite"]),
        laws=laws,
        outdated=outdated,
        traits=traits,
    )
    industry_ids = _industry_ids(roots)
    # a file that cannot be read would make every reference to it look wrong
    if not any(item.unreadable for item in source.values()):
        checks.check_standard(source["standard"], parts)
        checks.check_clauses(source["clauses"], parts)
        checks.check_set(source["set"], parts)
        checks.check_responsibilities(source["responsibilities"], parts)
        checks.check_evidence(source["evidence"], parts)
        checks.check_roles(source["roles"], parts)
        checks.check_kpis(source["kpis"], parts)
        checks.check_road(source["road"], parts)
        checks.check_onsite(source["onsite"], parts)
        checks.check_laws(source["laws"], parts, industry_ids)
    _raise_if_faulty([found for item in source.values() for found in item.diagnostics()])
    return Catalogue(
        roots=roots,
        industry_ids=industry_ids,
        sources=tuple(item.path for item in source.values() if item.path is not None),
        **{name: getattr(parts, name) for name in parts.__dataclass_fields__},
    )


def load_industry(catalogue: Catalogue, industry: str) -> Industry:
    """Read one industry. Raises DocgenError with every fault of its file."""
    source = Source(catalogue.roots, f"industries/{industry}/industry.yaml")
    entry = read_industry(source, industry, catalogue.terms)
    checks.check_industry(
        source,
        entry,
        clauses=catalogue.clauses,
        laws=catalogue.laws,
        roles=catalogue.roles,
        kpis=catalogue.kpis,
        traits=catalogue.traits,
        titled=catalogue.documents.keys() | catalogue.forms.keys(),
    )
    _raise_if_faulty(source.diagnostics())
    return entry
