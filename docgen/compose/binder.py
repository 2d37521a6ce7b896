"""The whole set in one file: all documents one after another under one cover and one table of contents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from docgen.compose.compose import Composed
from docgen.context.plan import Planned
from docgen.document import (
    Block,
    Cell,
    Contents,
    Document,
    Heading,
    Inline,
    Inlines,
    ListItem,
    Paragraph,
    Reference,
    Row,
    Section,
    Table,
    Text,
)

BINDER = "binder"
_DEPTH = 2  # in the contents: documents and their chapters
_DEEPEST = 4
_WIDTHS = (3.0, 5.0, 3.0, 5.0, 3.0, 5.0)


def bind(composed: Sequence[Composed], words: Mapping[str, str]) -> Composed:
    """One document that holds all `composed` ones, pages numbered through. Numbers of headings become text, since
    each document begins with 1 again; references lead to the documents within the file.

    `words` are the headings and labels of group `binder` in shared/words.yaml.
    """
    first = composed[0]
    prefix, dash, _ = first.planned.number.partition("-")
    planned = Planned(BINDER, BINDER, "", prefix if dash else "", words["title"], first.planned.version, (), "")
    places = {item.planned.id: f"b{place}" for place, item in enumerate(composed)}
    blocks: list[Block] = [Contents(words["contents"], _DEPTH)]
    for item in composed:
        blocks += _Part(item, places, words).blocks()
    document = Document(
        id=BINDER,
        kind=BINDER,
        number=planned.number,
        title=planned.title,
        version=planned.version,
        blocks=blocks,
        fields={**first.document.fields, "title": planned.title, "number": planned.number},
        cover=True,
    )
    gaps = {gap.key: gap for item in composed for gap in item.gaps}
    proposals = {proposed.key: proposed for item in composed for proposed in item.proposals}
    return Composed(planned, document, tuple(gaps.values()), tuple(proposals.values()), (), (), ())


class _Part:
    """One document on its way into the binder."""

    def __init__(self, item: Composed, places: Mapping[str, str], words: Mapping[str, str]) -> None:
        self.document = item.document
        self.apart = bool(item.file)
        # a document with contents of its own lists its chapters
        self.chapters = any(isinstance(block, Contents) for block in self.document.blocks)
        self.places = places
        self.place = places[item.planned.id]
        self.words = words

    def blocks(self) -> Iterator[Block]:
        document = self.document
        yield Section(document.landscape)
        title = Text(f"{document.number} {document.title}".strip())
        if document.kind == "form":  # has no more room on its page than its own title takes
            yield Heading(1, (title, *self._form_facts()), "plain", self.place, role="form-title")
        else:
            yield Heading(1, (title,), "plain", self.place)
        if document.sample:
            yield Paragraph((Text(self.words["sample"], strong=True),), "center")
        if document.kind != "form":
            yield from self._facts()
        if self.apart:
            yield Paragraph((Text(self.words["apart"]),))
        for block in document.blocks:
            if isinstance(block, Contents) or (isinstance(block, Paragraph) and block.role == "form-title"):
                continue
            yield self._moved(block)

    def _form_facts(self) -> Iterator[Inline]:
        """Version and how long it is kept, which the form's own header would show."""
        facts = [("version", self.document.version), ("retention", self.document.fields.get("retention", ""))]
        for name, text in facts:
            if text:
                fact = self.words["fact"].format(label=self.words[name], value=text)
                yield Text(self.words["between"] + fact, style="small")

    def _facts(self) -> Iterator[Block]:
        """Number, version and names, which the document's own title block or cover would show."""
        fields, words = self.document.fields, self.words
        rows = (
            ("number", self.document.number, "version", self.document.version, "effective", "effective_date"),
            ("prepared", "prepared_by", "reviewed", "reviewed_by", "approved", "approved_by"),
        )
        signed = any(type(block) is Table and block.role == "signatures" for block in self.document.blocks)
        made = []
        for row in rows[:1] if signed else rows:
            cells: list[Cell] = []
            for label, value in zip(row[::2], row[1::2], strict=True):
                cells.append(Cell((Text(words[label]),), header=True, align="center"))
                own = label in ("number", "version")
                cells.append(Cell((value if own else fields.get(value, ""),), align="center"))
            made.append(Row(tuple(cells)))
        yield Table(tuple(made), _WIDTHS)

    def _moved(self, block: Block) -> Block:
        if isinstance(block, Heading):
            label = (Text(f"{block.label} "),) if block.label else ()
            return Heading(
                min(block.level + 1, _DEEPEST),
                (*label, *self._inlines(block.inlines)),
                "plain",
                f"{self.place}_{block.anchor}" if block.anchor else "",
                "",
                block.origin,
                block.in_contents and self.chapters,
            )
        if isinstance(block, (Paragraph, ListItem)) and self._refers(block.inlines):
            return replace(block, inlines=self._inlines(block.inlines))
        if isinstance(block, Table) and any(self._refers(cell.inlines) for row in block.rows for cell in row.cells):
            return replace(block, rows=tuple(self._row(row) for row in block.rows))
        return block

    def _row(self, row: Row) -> Row:
        if not any(self._refers(cell.inlines) for cell in row.cells):
            return row
        cells = tuple(replace(cell, inlines=self._inlines(cell.inlines)) for cell in row.cells)
        return Row(cells, row.header, row.height_mm, row.origin)

    def _refers(self, inlines: Inlines) -> bool:
        return any(type(inline) is Reference and self._target(inline) != inline.anchor for inline in inlines)

    def _inlines(self, inlines: Inlines) -> Inlines:
        made: list[Inline] = []
        for inline in inlines:
            if type(inline) is Reference:
                inline = replace(inline, anchor=self._target(inline))
            made.append(inline)
        return tuple(made)

    def _target(self, reference: Reference) -> str:
        if reference.anchor:
            return f"{self.place}_{reference.anchor}"
        return self.places.get(reference.target, "") if reference.kind in ("document", "form") else ""
