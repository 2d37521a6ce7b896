"""C29, C30, C31: what is cited exists, under the number and title it is cited by."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from docgen.audit.citations import Citation, citations, family, plain_title
from docgen.audit.model import AuditDocument
from docgen.audit.recognise import CODE, VERSION, kind_of, normal_version
from docgen.audit.subject import Subject, finding, open_question
from docgen.diagnostics import Diagnostic, Severity

_NEAR = 0.8


def _split(subject: Subject) -> tuple[list[Citation], list[Citation]]:
    """Citations of forms and of other documents."""
    forms: list[Citation] = []
    others: list[Citation] = []
    by_number = {d.number: d for d in subject.documents if d.number}
    form_families = {family(d.number) for d in subject.documents if d.number and d.kind == "form"}
    other_families = {family(d.number) for d in subject.documents if d.number and d.kind != "form"}
    for citation in citations(subject):
        found = by_number.get(citation.code)
        if found is not None:
            kind = found.kind
        elif citation.code and family(citation.code) in form_families ^ other_families:
            kind = "form" if family(citation.code) in form_families else "procedure"
        else:
            kind = kind_of(citation.title, subject.words)
        (forms if kind == "form" else others).append(citation)
    return forms, others


def _faults(subject: Subject, cited: list[Citation], code: str) -> Iterator[Diagnostic]:
    by_number = {d.number: d for d in subject.documents if d.number}
    titles = {plain_title(name): d for d in subject.documents for name in d.names}
    later = subject.manifest.get("other_stages") or []  # papers of another stage: announced, not missing
    later_numbers = {str(paper.get("number")) for paper in later}
    later_titles = {plain_title(str(paper.get("title"))) for paper in later}
    seen: set[tuple[str, str, str]] = set()
    for c in sorted(cited, key=lambda c: not c.title):  # a row of a list has the number in a cell of its own too
        mark = (c.document.path, c.code, c.title if c.code in by_number or not c.code else "")
        if mark in seen:
            continue
        seen.add(mark)
        wanted = plain_title(c.title)
        if c.code in later_numbers or wanted in later_titles:
            continue
        if c.code and c.code in by_number:
            target = by_number[c.code]
            if c.title and not _same(wanted, target):
                yield finding(
                    f"{code}.title",
                    c.document,
                    c.paragraph,
                    c.quote,
                    heading=c.heading,
                    number=c.code,
                    read=c.title,
                    expected=target.title,
                )
        elif c.code:
            yield finding(
                f"{code}.missing",
                c.document,
                c.paragraph,
                c.quote,
                heading=c.heading,
                number=c.code,
                title=c.title or "—",
            )
        elif wanted in titles or _close(wanted, titles) or c.document.kind == "form" or not subject.complete:
            continue
        else:
            yield finding(f"{code}.untitled", c.document, c.paragraph, c.quote, heading=c.heading, title=c.title)


def _same(wanted: str, target: AuditDocument) -> bool:
    for name in target.names:
        plain = plain_title(name)
        if plain == wanted or (abs(len(plain) - len(wanted)) <= 1 and (plain in wanted or wanted in plain)):
            return True
    return False


def _close(wanted: str, titles: dict[str, AuditDocument]) -> bool:
    return any(
        ((wanted in t or t in wanted) and min(len(t), len(wanted)) >= 4)
        or SequenceMatcher(None, wanted, t).ratio() >= _NEAR
        for t in titles
        if t
    )


def forms_cited(subject: Subject) -> Iterator[Diagnostic]:
    """C29: every form cited exists under its code and title; every form is cited somewhere."""
    cited, _ = _split(subject)
    forms = [d for d in subject.documents if d.kind == "form"]
    if not forms:
        if cited and subject.complete:
            yield finding(
                "C29.none",
                cited[0].document,
                cited[0].paragraph,
                cited[0].quote,
                count=len({c.code or c.title for c in cited}),
            )
        elif subject.complete:
            yield open_question("C29.open")
        return
    yield from _faults(subject, cited, "C29")
    if not subject.complete:
        return
    codes = {c.code for c in cited if c.document.number != c.code}
    titles = {plain_title(c.title) for c in cited if c.title}
    whole = plain_title("\n".join(d.text for d in subject.documents if d.kind != "form"))
    for form in forms:
        if form.number in codes or any(plain_title(n) in titles or plain_title(n) in whole for n in form.names):
            continue
        yield finding("C29.uncited", form, None, form.title, severity=Severity.WARNING, title=form.title)


def documents_cited(subject: Subject) -> Iterator[Diagnostic]:
    """C30: every document cited exists; the list of documents and the files agree."""
    _, cited = _split(subject)
    yield from _faults(subject, cited, "C30")
    lists = [d for d in subject.about("documents") if d.kind != "form"]
    if not lists:
        if subject.complete:
            yield open_question("C30.open")
        return
    listed: dict[str, tuple[AuditDocument, str, str]] = {}
    words = subject.words
    for document in lists:
        for table in document.tables:
            where = document.title if document.kind != "manual" else table.heading.rpartition(" > ")[2] + table.caption
            if not words.map("topics")["documents"].search(where):
                continue
            code, name = table.column(words.re("list_code_head")), table.column(words.re("list_title_head"))
            if name < 0:
                continue
            for row in table.rows[1:]:
                if len(row) > name and row[name].strip():
                    number = row[code].strip() if 0 <= code < len(row) else ""
                    listed[number or plain_title(row[name])] = (document, row[name].strip(), " ".join(row))
    if not listed:
        return
    numbers = {d.number for d in subject.documents if d.number}
    titles = {plain_title(n) for d in subject.documents for n in d.names}
    for number, (document, title, quote) in listed.items():
        if number not in numbers and plain_title(title) not in titles and not words.re("law_citation").search(title):
            yield finding("C30.listed", document, None, quote, number=number, title=title)
    names = {plain_title(t) for _, t, _ in listed.values()}
    for document in subject.documents:
        controlled = document.kind in ("manual", "procedure", "specification", "policy")
        if controlled and document.number not in listed and plain_title(document.title) not in names:
            yield finding("C30.unlisted", document, None, document.title, title=document.title)


def numbering(subject: Subject) -> Iterator[Diagnostic]:
    """C31: one number each, one scheme, one version in cover, header and list."""
    by_number: dict[str, list[AuditDocument]] = defaultdict(list)
    for document in subject.documents:
        if document.number and not document.path.endswith((".xlsx", ".xlsm")):
            by_number[document.number].append(document)
    for number, documents in by_number.items():
        for document in documents[1:]:
            yield finding("C31.double", document, None, number, number=number, other=documents[0].title)
    if not by_number:
        if subject.complete:
            yield finding("C31.none", None)
        return
    yield from _scheme(subject)
    for document in subject.documents:
        yield from _margins(subject, document)
    yield from _list_versions(subject)


def _scheme(subject: Subject) -> Iterator[Diagnostic]:
    groups: dict[str, list[AuditDocument]] = defaultdict(list)
    for document in subject.documents:
        if document.kind in ("procedure", "form", "specification", "policy"):
            groups[document.kind].append(document)
    for documents in groups.values():
        shapes = Counter(re.sub(r"\d", "0", d.number) for d in documents if d.number)
        if len(documents) < 3 or not shapes:
            continue
        shape, count = shapes.most_common(1)[0]
        for document in documents:
            if not document.number:
                yield finding("C31.missing", document, None, document.title, title=document.title)
            elif (
                count >= 3
                and re.sub(r"\d", "0", document.number) != shape
                and shapes[re.sub(r"\d", "0", document.number)] * 4 < count
            ):
                example = next(d.number for d in documents if re.sub(r"\d", "0", d.number) == shape)
                yield finding("C31.scheme", document, None, document.number, read=document.number, expected=example)


def _margins(subject: Subject, document: AuditDocument) -> Iterator[Diagnostic]:
    """Number and version in header and cover against the document's own."""
    if not document.number:
        return
    own = family(document.number)
    front = [
        p.text
        for p in document.paragraphs[:40]
        if p.kind in ("cell", "text") and p.where in ("body", "table", "textbox")
    ]
    for label, lines in (("header", document.header.splitlines()), ("cover", front)):
        text = "\n".join(lines)
        codes = {m.group() for m in CODE.finditer(text)} if label == "header" else _labelled(lines, subject)
        near = {c for c in codes if family(c) == own}
        if near and document.number not in codes:
            yield finding(
                "C31.margin",
                document,
                None,
                text[:80],
                where=label,
                read=", ".join(sorted(near)),
                expected=document.number,
            )
        versions = _versions(lines, subject)
        if document.version and versions and document.version not in versions:
            yield finding(
                "C31.version",
                document,
                None,
                text[:80],
                where=label,
                read=", ".join(sorted(versions)),
                expected=document.version,
            )


def _labelled(lines: list[str], subject: Subject) -> set[str]:
    label = subject.words.re("number_label")
    found = set()
    for here, following in zip(lines, [*lines[1:], ""], strict=False):
        if label.search(here):
            match = CODE.search(here) or CODE.match(following.strip())
            if match:
                found.add(match.group())
    return found


def _versions(lines: list[str], subject: Subject) -> set[str]:
    label = subject.words.re("version_label")
    found = set()
    for here, following in zip(lines, [*lines[1:], ""], strict=False):
        parts = label.split(here, maxsplit=1)
        if len(parts) == 2 and len(here) < 80:
            match = VERSION.search(parts[1]) or (VERSION.match(following.strip()) if len(here) < 12 else None)
            if match:
                found.add(normal_version(match))
    return found


def _list_versions(subject: Subject) -> Iterator[Diagnostic]:
    by_number = {d.number: d for d in subject.documents if d.number}
    words = subject.words
    for document in [*subject.about("documents"), *subject.about("records")]:
        for table in document.tables:
            code, version = table.column(words.re("list_code_head")), table.column(words.re("version_label"))
            if code < 0 or version < 0:
                continue
            for row in table.rows[1:]:
                target = by_number.get(row[code].strip()) if len(row) > max(code, version) else None
                match = VERSION.search(row[version]) if target else None
                if target and match and target.version and normal_version(match) != target.version:
                    yield finding(
                        "C31.version",
                        document,
                        None,
                        " ".join(row),
                        where="list",
                        read=normal_version(match),
                        expected=target.version,
                    )
