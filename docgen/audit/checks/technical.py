"""C46: what only the file shows: fields, marks of changes, comments, author, fonts, tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from docgen.audit.checks.identity import own_name
from docgen.audit.subject import Subject, finding
from docgen.diagnostics import Diagnostic, Severity

_PAGES_WITH_CONTENTS = 12
_MANY_FONTS = 4
_W = Severity.WARNING


def word_technicalities(subject: Subject) -> Iterator[Diagnostic]:
    """Leftovers of editing and fields that were not updated."""
    words = subject.words
    own = own_name(subject)
    people = "\n".join(subject.own)
    fonts = _house_fonts(subject)
    for document in subject.documents:
        t = document.technical
        if t.insertions or t.deletions:
            yield finding("C46.changes", document, severity=_W, insertions=t.insertions, deletions=t.deletions)
        comments = [
            p.text for p in document.paragraphs if p.kind == "comment" and not words.re("gap_comment").search(p.text)
        ]
        if comments and not document.gaps:
            yield finding("C46.comments", document, None, comments[0], severity=_W, count=len(comments))
        hidden = [p for p in document.paragraphs if p.kind == "hidden" and p.where != "header"]
        if hidden:
            yield finding("C46.hidden", document, hidden[0], severity=_W)
        if t.broken_references:
            yield finding("C46.reference", document, severity=_W, count=t.broken_references)
        wants_contents = document.pages > _PAGES_WITH_CONTENTS or t.contents_field
        if document.kind == "manual" and t.headings >= 8 and not t.contents_entries and wants_contents:
            yield finding("C46.contents", document, severity=_W)
        if t.dirty_fields or (t.update_on_open and t.contents_field):
            yield finding("C46.fields", document, severity=_W)
        if document.path.endswith(".docx") and document.pages > 3 and not t.page_field and document.kind != "form":
            yield finding("C46.pages", document, severity=_W)
        if t.long_tables_without_head and document.kind != "form":
            yield finding("C46.table", document, severity=_W, count=t.long_tables_without_head)
        strange = sorted(t.fonts - fonts)
        if fonts and (len(t.fonts) > _MANY_FONTS or len(strange) >= 2):
            yield finding("C46.fonts", document, severity=_W, read="、".join(strange or sorted(t.fonts)))
        for name in ("creator", "lastModifiedBy", "Company", "Manager"):
            value = document.properties.get(name, "")
            if (
                value
                and own
                and value not in own
                and own not in value
                and value not in people
                and not words.re("neutral_author").search(value)
            ):
                yield finding("C46.author", document, None, value, severity=_W, property=name, read=value)


def _house_fonts(subject: Subject) -> frozenset[str]:
    """Fonts that a third of the documents use."""
    votes: Counter[str] = Counter()
    with_fonts = [d for d in subject.documents if d.technical.fonts]
    for document in with_fonts:
        votes.update(document.technical.fonts)
    return frozenset(f for f, n in votes.items() if n * 3 >= len(with_fonts))
