"""One industry: its words, proposed values, legal minimum, risks and training topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docgen.catalogue.conditions import CONDITIONS
from docgen.catalogue.conditions import TERMS as TERMS
from docgen.catalogue.models import (
    AvoidedWord,
    Industry,
    IndustryRisk,
    ServiceCheck,
    StatutoryTerm,
    TrainingTopic,
    TypicalDeletion,
)
from docgen.catalogue.names import UNKNOWN, nearest
from docgen.catalogue.reading import Row, Source


def _statutory(row: Row) -> StatutoryTerm:
    return StatutoryTerm(
        id=row.text("id"),
        name=row.text("name"),
        whole_months=row.integer("whole_months", None),
        main_parts_months=row.integer("main_parts_months", None),
        basis=row.text("basis"),
        confidence=row.confidence(),
        mandatory=row.flag("mandatory", True),
        note=row.text("note", ""),
    )


def _deletion(row: Row) -> TypicalDeletion:
    return TypicalDeletion(row.text("clause"), row.text("reason"), row.text("condition", ""))


def _risk(row: Row) -> IndustryRisk:
    return IndustryRisk(row.text("name"), row.text("signal"), row.text("response"), row.text("owner"))


def _topic(row: Row) -> TrainingTopic:
    month = row.number("month")
    if not 1 <= month <= 12:
        row.fault("K021", "month", read=month)
    return TrainingTopic(
        month=month,
        topic=row.text("topic"),
        category=row.text("category"),
        audience=row.texts("audience"),
        hours=row.number("hours"),
        method=row.text("method"),
        test=row.text("test"),
    )


def _avoided(row: Row) -> AvoidedWord:
    return AvoidedWord(row.text("word"), row.text("instead", ""), row.text("unless", ""))


def _check(row: Row) -> ServiceCheck:
    return ServiceCheck(row.text("item"), row.text("standard"), row.text("method", ""), row.text("when", ""))


def flatten(values: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """`{"service": {"dispatch_time": …}}` → `{"service.dispatch_time": …}`; dotted keys stay as they are."""
    flat: dict[str, Any] = {}
    for name, value in values.items():
        path = f"{prefix}.{name}" if prefix else str(name)
        if isinstance(value, dict):
            flat.update(flatten(value, path))
        else:
            flat[path] = value
    return flat


def read_terms(sources: Sequence[Source]) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """`shared/terms.yaml` of every root, the first before the next: the words every industry has, as one without words
    of its own says them, and what companies that lack something say instead. The last says all of them."""
    *houses, last = sources
    words = {name: last.root.text(name) for name in TERMS}
    for source in reversed(houses):
        words |= {name: word for name in TERMS if (word := source.root.text(name, ""))}
    without: dict[str, dict[str, str]] = {}
    for source in reversed(sources):
        for condition, row in source.root.named_rows("without", optional=True):
            if condition not in CONDITIONS:
                source.fault(UNKNOWN["condition"], row.path, near=nearest(condition, CONDITIONS), name=condition)
            said = {name: word for name in TERMS if (word := row.text(name, ""))}
            row.done()
            without[condition] = without.get(condition, {}) | said
        source.root.done()
    return words, without


def read_industry(source: Source, industry: str, shared: Mapping[str, str]) -> Industry:
    """`industries/<id>/industry.yaml`; what it does not say in words of its own it says in the `shared` ones."""
    root = source.root
    terms = {**shared, **{name: str(word) for name, word in root.mapping("terms", {}).items()}}

    def words(key: str) -> dict[str, str]:
        return {name: str(word) for name, word in root.mapping(key, {}).items()}

    def each(key: str, make: Any) -> tuple[Any, ...]:
        found = []
        for row in root.rows(key, optional=True):
            found.append(make(row))
            row.done()
        return tuple(found)

    entry = Industry(
        id=industry,
        name=root.text("name"),
        traits=root.texts("traits", ()),
        terms=terms,
        defaults=flatten(root.mapping("defaults", {})),
        statutory=each("statutory", _statutory),
        laws=root.texts("laws", ()),
        typical_deletions=each("typical_deletions", _deletion),
        risks=each("risks", _risk),
        training_topics=each("training_topics", _topic),
        qualifications=root.texts("qualifications", ()),
        avoid=each("avoid", _avoided),
        titles=words("titles"),
        left_out=words("left_out"),
        kpi_names=words("kpi_names"),
        kpi_formulas=words("kpi_formulas"),
        repair_checks=each("repair_checks", _check),
        installation_checks=each("installation_checks", _check),
        visit_checks=each("visit_checks", _check),
        not_asked=root.texts("not_asked", ()),
    )
    root.done()
    return entry
