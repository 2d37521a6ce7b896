"""The on-site assessment: where the answer to a question is written and which record proves it."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.catalogue.reading import Source
from docgen.records import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """For the questions a function is asked about a clause: documents to know, forms to bring filled in."""

    read: tuple[str, ...]
    bring: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Onsite:
    answers: Mapping[str, Mapping[str, Answer]]  # clause → function → answer


def read_onsite(source: Source) -> Onsite:
    """`onsite.yaml`."""
    root = source.root
    answers: dict[str, dict[str, Answer]] = {}
    for clause, row in root.named_rows("answers"):
        functions = {}
        for name in row.mapping_keys():
            inner = row.row(name)
            functions[name] = Answer(inner.texts("read", ()), inner.texts("bring", ()))
            inner.done()
        row.done()
        answers[clause] = functions
    root.done()
    return Onsite(answers)
