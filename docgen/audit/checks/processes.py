"""C06, C07, C26, C27, C28: what a process description must contain."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.audit.model import AuditDocument
from docgen.audit.subject import Subject, finding, open_question
from docgen.diagnostics import Diagnostic, Severity


def _body(subject: Subject, document: AuditDocument, topic: str = "") -> str:
    """The text that describes the work: without lists of documents, terms, contents. Of a manual, the parts whose
    headings speak of the topic."""
    skip = subject.words.re("not_process")
    pattern = subject.words.map("topics").get(topic)
    lines = []
    for p in document.live():
        last = p.heading.rpartition(" > ")[2]
        if skip.search(last) and p.kind != "heading":
            continue
        if document.kind == "manual" and pattern is not None and not pattern.search(p.heading):
            continue
        lines.append(p.text)
    return "\n".join(lines)


def _procedures(subject: Subject, topic: str) -> list[AuditDocument]:
    """The documents that lay down a process: those whose title says so; the manual where there is none."""
    pattern = subject.words.map("topics")[topic]
    titled = [d for d in subject.documents if d.kind in ("procedure", "policy") and pattern.search(d.title)]
    return titled or [d for d in subject.documents if d.kind in ("procedure", "policy") and topic in d.topics[:1]]


def feedback_step(subject: Subject) -> Iterator[Diagnostic]:
    """C06: the process ends by asking the customer, then closing."""
    words = subject.words
    checked: set[str] = set()
    for topic in words.list("processes"):
        for document in _procedures(subject, topic):
            if document.path in checked:
                continue
            checked.add(document.path)
            text = _body(subject, document)
            if len(text) < 60:
                continue
            if not words.re("call_back").search(text):
                yield finding("C06.feedback", document, None, document.title, process=topic)
            elif not words.re("closing").search(text):
                yield finding("C06.closing", document, None, document.title, process=topic)
    if not checked and subject.complete:
        yield open_question("C06.open")


def mystery_visits(subject: Subject) -> Iterator[Diagnostic]:
    """C07: service is also looked at unannounced, with frequency, sample, form and owner."""
    words = subject.words
    documents = [d for d in subject.documents if d.kind != "form"]
    procedures = _procedures(subject, "supervision") or subject.rules("supervision")
    if not procedures and not subject.complete:
        return
    told = [
        (d, p, s) for d in documents for p, s in d.prose()
        if words.re("mystery").search(s) and not words.re("not_process").search(p.heading.rpartition(" > ")[2])
    ]  # fmt: skip
    if not told:
        yield finding(
            "C07.none", procedures[0] if procedures else None, None, procedures[0].title if procedures else ""
        )
        return
    text = "\n".join(_context(d, p.heading, s) for d, p, s in told)
    parts = {"frequency": "frequency", "sample": "sample", "form": "record_form", "owner": "owner"}
    lacks = [part for part, name in parts.items() if not words.re(name).search(text)]
    if lacks:
        document, paragraph, sentence = told[0]
        yield finding("C07.lacks", document, paragraph, sentence, lacks=",".join(lacks))
    for document in procedures:
        if document.kind == "procedure" and not any(d is document for d, _, _ in told):
            yield finding("C07.none", document, None, document.title)


def _context(document: AuditDocument, heading: str, sentence: str) -> str:
    """The section a sentence stands in, where the section is about it; else the sentence."""
    section = [p.text for p in document.live() if p.heading == heading]
    return "\n".join(section) if sum(map(len, section)) < 1500 else sentence


def complaint_procedure(subject: Subject) -> Iterator[Diagnostic]:
    """C26: grades, limits, escalation, owner, confidentiality, ways outside, analysis, rate."""
    documents = _procedures(subject, "complaint")
    if not documents:
        manual = [d for d in subject.documents if d.kind == "manual" and "投诉" in d.text]
        if subject.complete and not manual:
            yield finding("C26.none")
        return
    text = "\n".join(_body(subject, d) for d in documents)
    for part, pattern in subject.words.map("complaint_parts").items():
        if not pattern.search(text):
            yield finding("C26.lacks", documents[0], None, documents[0].title, part=part)


def emergency_readiness(subject: Subject) -> Iterator[Diagnostic]:
    """C27: major complaints and emergencies have a plan, drills, and a form for them."""
    if not subject.complete:
        return
    whole = "\n".join(d.text for d in subject.documents if d.kind != "form")
    titles = "\n".join(d.title for d in subject.documents)
    words = subject.words
    for part, name, text in (
        ("major", "major_complaint", whole), ("plan", "emergency_plan", titles + "\n" + _headings(subject)),
        ("drills", "drill_plan", whole), ("form", "drill_form", titles + "\n" + whole),
    ):  # fmt: skip
        if not words.re(name).search(text):
            yield finding("C27.lacks", None, None, "", severity=Severity.WARNING, part=part)


def _headings(subject: Subject) -> str:
    return "\n".join(p.text for d in subject.documents for p in d.paragraphs if p.kind == "heading")


def privacy(subject: Subject) -> Iterator[Diagnostic]:
    """C28: why, with what consent, how long, for whose eyes customer data are kept, and when they go."""
    documents = _procedures(subject, "privacy")
    if documents:
        text = "\n".join(_body(subject, d) for d in documents)
        for part, pattern in subject.words.map("privacy_parts").items():
            if not pattern.search(text):
                yield finding("C28.lacks", documents[0], None, documents[0].title, severity=Severity.WARNING, part=part)
    elif subject.complete:
        manual = next((d for d in subject.documents if d.kind == "manual"), None)
        text = _body(subject, manual, "privacy") if manual else ""
        lacking = [k for k, p in subject.words.map("privacy_parts").items() if not p.search(text)]
        if lacking:
            yield finding("C28.none", manual, severity=Severity.WARNING)
    for document, paragraph, sentence in subject.prose():
        match = subject.words.re("id_number").search(sentence)
        if match and _valid_id(match.group()):
            hidden = f"{match.group()[:6]}********{match.group()[-4:]}"
            yield finding(
                "C28.id",
                document,
                paragraph,
                sentence.replace(match.group(), hidden),
                severity=Severity.WARNING,
                read=hidden,
            )


def _valid_id(text: str) -> bool:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    rest = sum(int(d) * w for d, w in zip(text[:17], weights, strict=True)) % 11
    return "10X98765432"[rest] == text[17].upper()
