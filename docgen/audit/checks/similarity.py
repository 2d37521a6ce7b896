"""C43, C44: not the standard's sentences, not another client's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.audit.subject import Subject, finding, open_question
from docgen.diagnostics import Diagnostic, Severity

_RUN = 16  # characters in a row that no two authors write alike
_SHINGLE = 8
_TWIN = 0.55
_LEAST = 200  # characters of company-specific text below which nothing can be said


def _plain(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fa5A-Za-z0-9]", "", text)


def standard_copied(subject: Subject) -> Iterator[Diagnostic]:
    """C43: against the copy of the standard the user holds; without one nothing can be said."""
    if not subject.standard_text:
        yield open_question("C43.open")
        return
    text = _plain(subject.standard_text)
    runs = {text[i : i + _RUN] for i in range(len(text) - _RUN + 1)}
    title = _plain("".join(c.name for c in subject.catalogue.clauses.values()))
    for document, paragraph, sentence in subject.prose():
        plain = _plain(sentence)
        if len(plain) < _RUN or plain in title:
            continue
        hits = sum(plain[i : i + _RUN] in runs for i in range(len(plain) - _RUN + 1))
        if hits >= 5 or (hits and hits >= 0.5 * (len(plain) - _RUN + 1)):
            yield finding("C43.copied", document, paragraph, sentence, severity=Severity.WARNING)


def own_text(subject_documents: Iterator[tuple[str, str]], pattern: re.Pattern[str]) -> str:
    """The company-specific passages: what stands under headings about the company, its idea, aims, commitments."""
    return "\n".join(text for heading, text in subject_documents if pattern.search(heading.rpartition(" > ")[2]))


def twin_sets(subject: Subject) -> Iterator[Diagnostic]:
    """C44: the passages a company writes about itself are its own; people and phones are not shared."""
    if not subject.others and not subject.others_texts:
        yield open_question("C44.open")
        return
    pattern = subject.words.re("own_heading")
    mine = own_text(((p.heading, p.text) for d in subject.documents for p in d.live() if d.kind != "form"), pattern)
    for name, text in subject.others_texts.items():
        ratio = similarity(mine, text)
        if ratio is not None and ratio >= _TWIN:
            yield finding("C44.twin", None, None, "", company=name, read=f"{ratio:.0%}", limit=f"{_TWIN:.0%}")
    if subject.profile is None:
        return
    for other in subject.others:
        for kind in ("person", "phone"):
            for text in sorted(other.traces.get(kind, ())):
                if text in subject.own and len(text) > 2:
                    yield finding("C44.shared", None, None, text, company=other.name, read=text, trace=kind)


def similarity(first: str, second: str) -> float | None:
    """Share of the shorter text's shingles that the other has too; None where there is too little text."""
    a, b = _shingles(_plain(first)), _shingles(_plain(second))
    if min(len(a), len(b)) < _LEAST:
        return None
    return len(a & b) / min(len(a), len(b))


def _shingles(text: str) -> set[str]:
    return {text[i : i + _SHINGLE] for i in range(len(text) - _SHINGLE + 1)}
