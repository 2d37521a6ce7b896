"""Where a template has to be looked at while it is filled: what may go when it is empty, whose columns may change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import TYPE_CHECKING

from docgen.records import dataclass
from docgen.wordtemplate.tags import SENTINEL
from docgen.wordtemplate.tree import GUARD, HOLDERS, MARK, Element, W, ancestor, is_mark, mark, own

if TYPE_CHECKING:
    from docgen.wordtemplate.levels import Levels

QUIET = frozenset(
    W + name
    for name in (
        "pPr",
        "rPr",
        "t",
        "r",
        "proofErr",
        "bookmarkStart",
        "bookmarkEnd",
        "lastRenderedPageBreak",
        "permStart",
        "permEnd",
    )
)


@dataclass(slots=True)
class Guards:
    """Places that are looked at when the template is filled. Kinds: see `docgen.wordtemplate.guards`."""

    kinds: list[tuple[str, str]] = field(default_factory=list)

    def around(self, node: Element, kind: str) -> None:
        self.kinds += [("start", kind), ("end", kind)]
        node.addprevious(mark(len(self.kinds) - 2, GUARD))
        node.addnext(mark(len(self.kinds) - 1, GUARD))

    def last_in(self, node: Element, kind: str) -> None:
        self.kinds.append(("here", kind))
        node.append(mark(len(self.kinds) - 1, GUARD))


def in_properties(node: Element) -> bool:
    """True inside the properties of a run or paragraph."""
    return any(up.tag in (W + "rPr", W + "pPr") for up in node.iterancestors(W + "rPr", W + "pPr"))


def place_guards(levels: Levels) -> None:
    """Put guards around what needs them, when all tags have found their place."""
    _Placing(levels).place()


@dataclass(slots=True)
class _Placing:
    levels: Levels

    def place(self) -> None:
        for paragraph in list(self.levels.root.iter(W + "p")):
            if self._droppable(paragraph):
                self.levels.guards.around(paragraph, "paragraph")
        rows, tables, grids = _unique(self._parents(W + "tr")), _unique(self._tables()), _unique(self._grids())
        for row in rows:
            self.levels.guards.around(row, "row")
        for table in grids:
            self.levels.guards.around(table, "grid")
        for table in tables:
            self.levels.guards.around(table, "table")
        for holder, properties in self.levels.holders.items():
            self.levels.guards.last_in(holder, properties)

    def _parents(self, name: str) -> Iterable[Element]:
        for number, node in self.levels.places():
            parent = node.getparent()
            if (
                is_mark(node, MARK)
                and self.levels.tag(number).kind == "block"
                and parent is not None
                and parent.tag == name
            ):
                yield parent

    def _tables(self) -> Iterable[Element]:
        """Tables of which every row may go."""
        for table in _unique(self._parents(W + "tbl")):
            ends = [child for child in table if child.tag == W + "tr" or is_mark(child, MARK)]
            if is_mark(ends[0], MARK) and is_mark(ends[-1], MARK):
                yield table
        for row in self._parents(W + "tr"):
            yield row.getparent()

    def _grids(self) -> Iterable[Element]:
        """Tables whose columns come and go."""
        for row in self._parents(W + "tr"):
            yield row.getparent()
        for _, node in self.levels.places():
            if not is_mark(node, MARK) and node.tag == W + "gridSpan":
                yield ancestor(node, W + "tbl")

    def _droppable(self, paragraph: Element) -> bool:
        """True if everything in a paragraph hangs on its own conditions, and it may go when there is nothing."""
        if paragraph.find(f"{W}pPr/{W}sectPr") is not None:
            return False
        holder = paragraph.getparent()
        if holder is None or (holder.tag in HOLDERS and next(paragraph.itersiblings(W + "p"), None) is None):
            return False
        depth = 0
        conditions = False
        for node in own(paragraph, W + "pPr"):
            pieces: list[str | int] = []
            if node.tag == W + "t":
                parts = SENTINEL.split(node.text or "")
                pieces = [int(part) if i % 2 else part for i, part in enumerate(parts)]
            elif is_mark(node, MARK):
                pieces = [int(node.text)]
            elif isinstance(node.tag, str) and node.tag not in QUIET and not in_properties(node) and depth <= 0:
                return False
            for piece in pieces:
                if isinstance(piece, str):
                    if piece.strip() and depth <= 0:
                        return False
                    continue
                tag = self.levels.tag(piece)
                if tag.left or tag.right or (tag.kind == "value" and depth <= 0):
                    return False
                if tag.opens:
                    depth, conditions = depth + 1, True
                elif tag.keyword.startswith("end"):
                    depth -= 1
                    if depth < 0:
                        return False
        return conditions and depth == 0


def _unique(nodes: Iterable[Element | None]) -> list[Element]:
    return list({id(node): node for node in list(nodes) if node is not None}.values())
