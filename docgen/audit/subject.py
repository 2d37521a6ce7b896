"""What a check looks at: the documents of one set, the facts read from them, and what is known beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.audit.model import AuditDocument, Paragraph, Table
from docgen.audit.words import Words
from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.records import dataclass

if TYPE_CHECKING:
    from docgen.audit.facts import Facts, Mention
    from docgen.catalogue import Catalogue
    from docgen.profile.profile import Profile

MAX_QUOTE = 120
_NAMED = frozenset({"topic", "lacks", "part", "activity", "where", "process", "trace", "first", "second", "property"})


class Term(str):
    """A value that messages write in their own language: `{part:zh}`, `{part:en}`; several parts by commas."""

    def __format__(self, spec: str) -> str:
        if spec not in ("zh", "en"):
            return str.__format__(self, spec)
        from docgen.messages.audit_terms import term

        return ("、" if spec == "zh" else ", ").join(term(name, spec) for name in self.split(","))


@dataclass(frozen=True, slots=True)
class Other:
    """Another company whose traces must not be here."""

    name: str
    traces: Mapping[str, frozenset[str]]  # kind of trace → texts


@dataclass(slots=True)
class Subject:
    """One set under audit."""

    root: Path
    documents: list[AuditDocument]
    words: Words
    catalogue: Catalogue
    today: date
    profile: Profile | None = None
    own: frozenset[str] = frozenset()  # every text of the profile
    others: tuple[Other, ...] = ()
    manifest: Mapping[str, Any] = field(default_factory=dict)
    standard_text: str = ""  # a copy of the standard's text the user holds
    others_texts: Mapping[str, str] = field(default_factory=dict)  # other clients' sets: name → text
    assumed: frozenset[str] = frozenset()
    _facts: Facts | None = field(default=None, repr=False)

    @property
    def facts(self) -> Facts:
        """The mentions of all documents, read once."""
        if self._facts is None:
            from docgen.audit.facts import read_facts

            self._facts = read_facts(self)
        return self._facts

    @property
    def generated(self) -> bool:
        """True if docgen's manifest lies with the set."""
        return bool(self.manifest)

    @property
    def complete(self) -> bool:
        """True where the folder looks like a whole set: a manual, or at least four documents that are not forms."""
        kinds = [d.kind for d in self.documents]
        return "manual" in kinds or sum(k not in ("form", "") for k in kinds) >= 4

    @property
    def industry(self) -> str:
        found = (self.profile.company.industry if self.profile else "") or str(self.manifest.get("industry") or "")
        return found if found in self.catalogue.industry_ids else ""

    def about(self, *topics: str, kinds: Iterable[str] = ()) -> list[AuditDocument]:
        """The documents on one of the topics, of one of the kinds where given."""
        wanted, allowed = set(topics), set(kinds)
        return [d for d in self.documents if wanted & set(d.topics) and (not allowed or d.kind in allowed)]

    def rules(self, *topics: str) -> list[AuditDocument]:
        """The documents that lay down how something is done."""
        return self.about(*topics, kinds=("procedure", "policy", "specification", "manual"))

    def prose(self) -> Iterator[tuple[AuditDocument, Paragraph, str]]:
        """Every live sentence of the set."""
        for document in self.documents:
            for paragraph, sentence in document.prose():
                yield document, paragraph, sentence

    def tables(self, documents: Iterable[AuditDocument] | None = None) -> Iterator[tuple[AuditDocument, Table]]:
        for document in self.documents if documents is None else documents:
            for table in document.tables:
                yield document, table


def finding(
    code: str,
    document: AuditDocument | None = None,
    paragraph: Paragraph | None = None,
    quote: str = "",
    *,
    severity: Severity = Severity.ERROR,
    heading: str = "",
    key: str = "",
    **values: Any,
) -> Diagnostic:
    """A finding of a check at a sentence."""
    if paragraph is not None:
        heading = heading or paragraph.heading
        quote = quote or paragraph.text
    place = Place(document.path if document else "", key=key, heading=heading, quote=clip(quote))
    named = {name: Term(value) if name in _NAMED else value for name, value in values.items()}
    return Diagnostic(code, severity, place, named)


def stated(code: str, mention: Mention, **values: Any) -> Diagnostic:
    """A finding about a fact, where a document states it."""
    return finding(code, mention.document, mention.paragraph, mention.quote, heading=mention.heading, **values)


def open_question(code: str, **values: Any) -> Diagnostic:
    """A note that a check could not be made, and which fact or document it needs."""
    return Diagnostic(code, Severity.NOTE, Place(), values)


def clip(text: str) -> str:
    """A quotation of bearable length on one line."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_QUOTE else line[: MAX_QUOTE - 1] + "…"


def squeeze(text: str) -> str:
    """Without any white space, for comparisons."""
    return "".join(text.split())
