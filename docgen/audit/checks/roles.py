"""C32: chart, matrix and procedures use the same departments and posts; one lead a clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.audit.model import AuditDocument, Table
from docgen.audit.subject import Subject, finding, open_question
from docgen.diagnostics import Diagnostic

_CLAUSE = re.compile(r"(?<![\d.])5\.[123]\.\d(?![\d.])")


def departments_and_roles(subject: Subject) -> Iterator[Diagnostic]:
    """Leads in the matrix; departments and posts that the organisation does not have."""
    matrices = [(d, t) for d, t in subject.tables() if d.kind != "form" and _is_matrix(t)]
    for document, table in matrices:
        yield from _leads(document, table)
    if not matrices and subject.complete:
        yield finding("C32.none", None)
    departments = _departments(subject, matrices)
    if len(departments) >= 2:
        yield from _strangers(subject, departments)
    elif subject.complete:
        yield open_question("C32.open")
    if subject.profile is not None:
        yield from _posts(subject)


def _is_matrix(table: Table) -> bool:
    text = "".join(c for row in table.rows for c in row)
    return ("▲" in text or "★" in text or "●" in text) and sum(
        bool(_CLAUSE.search(" ".join(r[:2]))) for r in table.rows
    ) >= 3


def _leads(document: AuditDocument, table: Table) -> Iterator[Diagnostic]:
    text = "".join(c for row in table.rows for c in row)
    mark = next(m for m in "▲★●" if m in text)
    for row in table.rows:
        match = _CLAUSE.search(" ".join(row[:2]))
        if match and sum(mark in c for c in row) != 1:
            yield finding(
                "C32.lead",
                document,
                None,
                " ".join(row),
                heading=table.heading,
                clause=match.group(),
                count=sum(mark in c for c in row),
            )


def _departments(subject: Subject, matrices: list[tuple[AuditDocument, Table]]) -> set[str]:
    """The departments there are: the profile's; else those of the matrix and of department tables."""
    if subject.profile is not None:
        named = {d.name for d in subject.profile.organization.departments if d.name}
        if named:
            return named
    pattern = subject.words.re("department")
    found = {c.strip() for _, t in matrices for c in t.head if pattern.fullmatch(c.strip())}
    for document, table in subject.tables():
        column = table.column(subject.words.re("department_head"))
        if (
            column >= 0
            and document.kind in ("manual", "register")
            and subject.words.re("department_table").search(table.heading + table.caption)
        ):
            found |= {
                r[column].strip() for r in table.rows[1:] if len(r) > column and pattern.fullmatch(r[column].strip())
            }
    return found


def _strangers(subject: Subject, known: set[str]) -> Iterator[Diagnostic]:
    words = subject.words
    acting, general = words.re("department_acts"), words.re("department_general")
    own = "\n".join(subject.own)
    marks = tuple(known)
    for document in subject.documents:
        seen: set[str] = set()
        for paragraph in document.live():
            candidates = [m.group(1) for m in acting.finditer(paragraph.text)]
            text = paragraph.text.strip()
            if (
                paragraph.table >= 0
                and words.re("department").fullmatch(text)
                and _in_owner_column(subject, document, paragraph.table, text)
            ):
                candidates.append(text)
            for name in candidates:
                if (
                    name in seen
                    or general.search(name)
                    or any(name.endswith(k) or k.endswith(name) for k in marks)
                    or name in own
                ):
                    continue
                if subject.profile is None and sum(name in d.text for d in subject.documents) >= 2:
                    continue  # a department outside the service organisation, told in more than one place
                seen.add(name)
                yield finding("C32.department", document, paragraph, read=name, known="、".join(sorted(known))[:80])


def _in_owner_column(subject: Subject, document: AuditDocument, table: int, text: str) -> bool:
    entry = document.tables[table]
    for column, head in enumerate(entry.head):
        if subject.words.re("owner_head").search(head) and any(
            len(r) > column and r[column].strip() == text for r in entry.rows[1:]
        ):
            return True
    return False


def _posts(subject: Subject) -> Iterator[Diagnostic]:
    """Step owners `责任：post` that nobody holds."""
    assert subject.profile is not None
    organization = subject.profile.organization
    known = {p.title for p in organization.positions if p.title} | {d.name for d in organization.departments if d.name}
    known |= {
        getattr(organization, n).title or ""
        for n in ("top_management", "management_representative", "service_head", "supervisor")
    }
    known |= {r.title for r in subject.catalogue.roles.values() if r.id in _unheld(subject)}
    known.discard("")
    if len(known) < 4:
        return
    post = subject.words.re("step_owner")
    for document in subject.documents:
        seen: set[str] = set()
        for paragraph in document.live():
            for match in post.finditer(paragraph.text):
                for name in re.split(r"[、，,和与/；;]", match.group(1).strip()):
                    plain = re.sub(r"[（(][^）)]*[）)]", "", name).strip()
                    if (
                        not plain
                        or plain in seen
                        or any(k in name or plain in k for k in known)
                        or not subject.words.re("any_post").search(plain)
                    ):
                        continue
                    seen.add(plain)
                    yield finding("C32.post", document, paragraph, read=plain)


def _unheld(subject: Subject) -> set[str]:
    """Roles for which the profile names no post: the catalogue's titles stand in the documents."""
    assert subject.profile is not None
    held = {role for p in subject.profile.organization.positions if p.title for role in p.role}
    return (set(subject.catalogue.roles) - held) | {"management_representative", "certified_manager"}
