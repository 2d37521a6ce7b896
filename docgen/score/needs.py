"""What a clause needs to be supported: facts of the profile, rules, records. Read from `score.yaml`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from docgen.catalogue import Catalogue
from docgen.diagnostics import Diagnostic, DocgenError, Place
from docgen.limits import load_yaml
from docgen.records import dataclass

_FILE = "score.yaml"


@dataclass(frozen=True, slots=True)
class ClauseNeeds:
    """Profile paths, rule names (docgen.score.rules) and form ids of one third-level clause; `evidence` are paths of
    results the company supplies, one of which is enough."""

    facts: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


def load_needs(roots: Iterable[Path], catalogue: Catalogue) -> Mapping[str, ClauseNeeds]:
    """Read the standard's table from the first folder that holds one. Raises DocgenError for unknown clauses, facts,
    rules and forms."""
    from docgen.profile.describe import field_at, pattern_of
    from docgen.score.rules import RULES
    from docgen.templating.vocabulary import nearest

    places = (root / "standards" / catalogue.standard.id / _FILE for root in roots)
    path = next(place for place in places if place.is_file())
    clauses, forms = catalogue.clauses, catalogue.forms
    raw = load_yaml(path.read_text(encoding="utf-8"))
    faults: list[Diagnostic] = []
    needs: dict[str, ClauseNeeds] = {}
    for clause, row in raw["clauses"].items():
        entry = ClauseNeeds(*(tuple(row.get(name, ())) for name in ("facts", "rules", "records", "evidence")))
        known: list[tuple[str, bool, Collection[str]]] = [(clause, clause in clauses, clauses)]
        known += [(fact, field_at(pattern_of(fact)) is not None, ()) for fact in (*entry.facts, *entry.evidence)]
        known += [(rule, rule in RULES, RULES) for rule in entry.rules]
        known += [(form, form in forms, forms) for form in entry.records]
        for name, found, names in known:
            if not found:
                faults.append(
                    Diagnostic("S001", place=Place(str(path)), values={"read": name}, nearest=nearest(name, names))
                )
        needs[clause] = entry
    if faults:
        raise DocgenError(faults)
    return needs
