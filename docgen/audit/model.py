"""What the audit knows of a finished file: its text with places, its tables, its properties. No Word, no profile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Literal

from docgen.records import dataclass

Where = Literal["body", "table", "header", "footer", "note", "textbox", "sheet"]
Kind = Literal["text", "heading", "cell", "deleted", "comment", "hidden", "alt", "contents", "unfilled"]

_SENTENCE = re.compile(r"[^。；！？;!?\n]+[。；！？;!?]?")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as a reader of the file sees it; tracked insertions are in, tracked deletions are not.

    `anchor` counts the paragraphs of a part in the order of the file, for comments of a review copy.
    """

    text: str
    heading: str = ""  # heading path, "5 流程 > 5.1 受理"
    where: Where = "body"
    kind: Kind = "text"
    level: int = 0  # of a heading
    part: str = "word/document.xml"
    anchor: int = -1
    table: int = -1  # index into the document's tables

    def sentences(self) -> Iterator[str]:
        """The sentences of the paragraph, each with its closing mark."""
        for match in _SENTENCE.finditer(self.text):
            sentence = match.group().strip()
            if sentence:
                yield sentence


@dataclass(slots=True)
class Table:
    """A table on its full grid: a merged cell repeats its text; `covered` holds the (row, column) of repeats."""

    rows: list[list[str]]
    heading: str = ""
    covered: frozenset[tuple[int, int]] = frozenset()
    caption: str = ""  # the paragraph before the table
    sheet: str = ""  # of a workbook
    header_repeats: bool = False

    @property
    def head(self) -> list[str]:
        """The first row; words broken over lines are whole."""
        return [cell.replace("\n", "") for cell in self.rows[0]] if self.rows else []

    def column(self, pattern: re.Pattern[str]) -> int:
        """The first column whose head matches; -1 if there is none."""
        for number, cell in enumerate(self.head):
            if pattern.search(cell):
                return number
        return -1


@dataclass(slots=True)
class Technical:
    """What only the file format tells."""

    insertions: int = 0
    deletions: int = 0
    comments: int = 0
    contents_field: bool = False
    contents_entries: int = 0
    page_field: bool = False
    dirty_fields: int = 0
    broken_references: int = 0
    headings: int = 0
    fonts: frozenset[str] = frozenset()
    long_tables_without_head: int = 0
    update_on_open: bool = False


@dataclass(slots=True)
class AuditDocument:
    """A finished file, read as it is."""

    path: str  # relative to the audited folder, with forward slashes
    title: str = ""
    number: str = ""
    version: str = ""
    kind: str = ""  # manual, procedure, … form; empty where not recognised
    id: str = ""  # catalogue id of the document or form; empty where not recognised
    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    header: str = ""
    footer: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    technical: Technical = field(default_factory=Technical)
    sha256: str = ""
    facts: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()  # profile keys of the manifest
    gap_labels: Mapping[str, str] = field(default_factory=dict)  # as gaps read in the document → profile key
    topics: tuple[str, ...] = ()  # what it is about, by title, else by content
    names: tuple[str, ...] = ()  # titles it is known under: file name, cover, header
    edited: bool = False  # not the bytes the manifest knows

    @property
    def text(self) -> str:
        """All live text, one paragraph a line; made once."""
        if not self._text:
            self._text = "\n".join(p.text for p in self.live())
        return self._text

    _text: str = field(default="", repr=False)

    def live(self) -> Iterator[Paragraph]:
        """The paragraphs a reader sees on the page, without headers, footers and contents."""
        for paragraph in self.paragraphs:
            if paragraph.kind in ("text", "heading", "cell") and paragraph.where not in ("header", "footer"):
                yield paragraph

    def prose(self) -> Iterator[tuple[Paragraph, str]]:
        """Every live sentence with its paragraph."""
        for paragraph in self.live():
            for sentence in paragraph.sentences():
                yield paragraph, sentence

    @property
    def pages(self) -> float:
        """A rough number of pages: 700 characters a page, at least one."""
        return max(1.0, len(self.text) / 700)
