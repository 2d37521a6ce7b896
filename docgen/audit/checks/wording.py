"""C25, C38, C40, C45: words that must not stand in a set, or not in this one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.audit.subject import Subject, finding, open_question
from docgen.diagnostics import Diagnostic, Severity


def over_promises(subject: Subject) -> Iterator[Diagnostic]:
    """C25: promises nobody can keep, and superlatives the advertising law forbids."""
    pattern, deny = subject.words.re("overpromise"), subject.words.re("deny")
    for document, paragraph, sentence in subject.prose():
        match = pattern.search(sentence)
        if match and not deny.search(sentence) and not subject.words.re("overpromise_defined").search(sentence):
            yield finding("C25.word", document, paragraph, sentence, severity=Severity.WARNING, read=match.group())


def level_words(subject: Subject) -> Iterator[Diagnostic]:
    """C38: levels this standard does not have."""
    words = subject.words
    for document, paragraph, sentence in subject.prose():
        match = words.re("scheme_words").search(sentence)
        if not match or words.re("scheme_skip").search(sentence) or words.re("deny").search(sentence):
            continue
        if "星" in match.group() and "级" not in match.group() and not re.search("售后|认证|服务", sentence):
            continue
        if words.re("scheme_context").search(sentence):
            yield finding("C38.level", document, paragraph, sentence, read=match.group())


def obsolete_papers(subject: Subject) -> Iterator[Diagnostic]:
    """C40: papers the unified credit code has replaced."""
    words = subject.words
    for document in subject.documents:
        for paragraph in document.live():
            match = words.re("obsolete_papers").search(paragraph.text)
            if not match:
                continue
            row = paragraph.text
            if paragraph.table >= 0:
                rows = document.tables[paragraph.table].rows
                row = next((" ".join(r) for r in rows if any(paragraph.text in cell for cell in r)), row)
            if not words.re("obsolete_allowed").search(row):
                yield finding("C40.paper", document, paragraph, severity=Severity.WARNING, read=match.group())


_choice = re.compile(r"[《□]|5\.\d\.\d")  # a title, a box to tick, a clause by its own words


def industry_fit(subject: Subject) -> Iterator[Diagnostic]:
    """C45: words that do not fit the trade."""
    if not subject.industry:
        yield open_question("C45.open")
        return
    from docgen.context.conditions import conditions

    held = conditions(subject.profile) if subject.profile else {}
    avoid = [
        (re.compile(re.escape(entry.word)), entry)
        for entry in subject.catalogue.industry(subject.industry).avoid
        if not (entry.unless and (held.get(entry.unless) or subject.profile is None))
    ]
    if not avoid:
        return
    deny = subject.words.re("deny")
    catalogue = subject.catalogue
    names = {d.title for d in catalogue.documents.values()} | {f.title for f in catalogue.forms.values()}
    names |= {k.name for k in catalogue.kpis.values()}
    fixed = re.compile("|".join(re.escape(n) for n in names))
    seen: set[tuple[str, str]] = set()
    own = "\n".join(subject.own)
    for document, paragraph, full in subject.prose():
        if full.strip("。；") in own or (paragraph.table >= 0 and "law" in document.topics):
            continue  # the company's own words; what a law says
        sentence = fixed.sub("", full)
        for pattern, entry in avoid:
            if (document.path, entry.word) in seen:
                continue
            if not pattern.search(sentence) or deny.search(sentence) or _choice.search(sentence):
                continue
            if not any(entry.word in words and words in sentence for words in subject.own):
                seen.add((document.path, entry.word))
                yield finding(
                    "C45.word", document, paragraph, sentence, severity=Severity.WARNING, read=entry.word,
                    expected=entry.instead or "—",
                )  # fmt: skip
