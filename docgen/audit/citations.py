"""Which documents and forms a text cites, by number, by title, or both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.audit.model import AuditDocument, Paragraph
from docgen.audit.recognise import CODE, kind_of
from docgen.audit.subject import Subject
from docgen.records import dataclass

_TITLED = re.compile(
    r"《([^《》]{2,40})》\s*(?:[（(]\s*([A-Z][A-Z0-9/.\-]{2,28}\d)\s*[）)]|([A-Z][A-Z0-9/.\-]{2,28}\d))?"
)
_CODE_FIRST = re.compile(r"([A-Z][A-Z0-9/.\-]{2,28}\d)\s*《([^《》]{2,40})》")


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of another document; `code` or `title` may be empty."""

    code: str
    title: str
    document: AuditDocument
    paragraph: Paragraph | None
    quote: str
    heading: str = ""
    listed: bool = False  # a row of a list, not a sentence


def family(code: str) -> str:
    """The shape of a number: letters kept, digits as 0, so that LMDQ-JL-23-02 and LMDQ-JL-01-01 are one family."""
    return re.sub(r"\d+", "0", code)


def families(subject: Subject) -> set[str]:
    """The shapes of the numbers of this set's own documents."""
    return {family(d.number) for d in subject.documents if d.number}


def citations(subject: Subject) -> Iterator[Citation]:
    """Every citation of the set's documents; laws and standards are none."""
    words = subject.words
    law = words.re("law_citation")
    known = families(subject)
    for document in subject.documents:
        for paragraph in document.live():
            text = paragraph.text
            taken: list[tuple[int, int]] = []
            for match in _CODE_FIRST.finditer(text) if "《" in text else ():
                if family(match.group(1)) in known:
                    taken.append(match.span())
                    yield Citation(
                        match.group(1),
                        match.group(2),
                        document,
                        paragraph,
                        _sentence(paragraph, match.group()),
                        paragraph.heading,
                    )
            for match in _TITLED.finditer(text) if "《" in text else ():
                if any(a <= match.start() < b for a, b in taken):
                    continue
                title, code = match.group(1), match.group(2) or match.group(3) or ""
                if law.search(title) or "GB" in title:
                    continue
                if code or kind_of(title, words):
                    taken.append(match.span())
                    yield Citation(
                        code, title, document, paragraph, _sentence(paragraph, match.group()), paragraph.heading
                    )
            for match in CODE.finditer(text):
                code = match.group()
                if (
                    family(code) not in known
                    or code == document.number
                    or any(a <= match.start() < b for a, b in taken)
                ):
                    continue
                yield Citation(code, "", document, paragraph, _sentence(paragraph, code), paragraph.heading)
        yield from _listed(subject, document, known)


def _listed(subject: Subject, document: AuditDocument, known: set[str]) -> Iterator[Citation]:
    """Rows of lists: a cell that is a number, the title in the column that is headed so."""
    words = subject.words
    for table in document.tables:
        code_column, title_column = table.column(words.re("list_code_head")), table.column(words.re("list_title_head"))
        if code_column < 0 or title_column < 0 or code_column == title_column:
            continue
        for row in table.rows[1:]:
            if len(row) <= max(code_column, title_column):
                continue
            code, title = row[code_column].strip(), row[title_column].strip().strip("《》")
            if code and title and CODE.fullmatch(code) and family(code) in known:
                yield Citation(code, title, document, None, f"{code} {title}", table.heading, listed=True)


def _sentence(paragraph: Paragraph, piece: str) -> str:
    return next((s for s in paragraph.sentences() if piece in s), paragraph.text)


def plain_title(title: str) -> str:
    """A title for comparison: without spaces, marks, and bracketed additions."""
    return re.sub(r"[\s　《》“”\"·—–\-、，,]|[（(][^）)]*[）)]", "", title)
