"""What tags do to paragraphs, rows, cells and runs, after the docxtpl convention; and what must not stay behind.

Works on the tree: an element that a tag replaces becomes a mark, places that need care when the template is filled
get guards around them.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import field
from typing import Any

from docgen.records import dataclass
from docgen.wordtemplate.guarding import QUIET, Guards, in_properties, place_guards
from docgen.wordtemplate.healing import Found
from docgen.wordtemplate.tags import SENTINEL, Chain, Tag, chains
from docgen.wordtemplate.tree import (
    HOLDERS,
    MARK,
    Element,
    W,
    ancestor,
    bare,
    elements,
    is_mark,
    mark,
    own,
    put_in_cell,
    remove,
    replace,
    text_of,
)


@dataclass(slots=True)
class Levels:
    """One part on its way from tags in text to tags between elements."""

    root: Element
    found: Found
    guards: Guards = field(default_factory=Guards)
    misplaced: list[int] = field(default_factory=list)  # {%tr %} outside a row and the like
    lost: list[tuple[int, str]] = field(default_factory=list)  # words beside a tag that replaces its element
    holders: dict[Any, str] = field(default_factory=dict)  # cells that may end up without a paragraph

    def apply(self) -> None:
        """Everything, in the order in which one step needs the other."""
        self._cells()
        for level in ("tr", "tc", "p"):
            self._replace(level)
        self._runs()
        self._promote()
        place_guards(self)

    # ---- finding tags in the tree

    def places(self) -> list[tuple[int, Element]]:
        """Every tag and the element whose text, attribute or mark it is, in the order of the document."""
        result: list[tuple[int, Element]] = []
        for node in self.root.iter():
            if is_mark(node, MARK):
                result.append((int(node.text), node))
            elif isinstance(node.tag, str):
                for value in (*node.attrib.values(), node.text or ""):
                    result += [(int(number), node) for number in SENTINEL.findall(value)]
        return result

    def tag(self, number: int) -> Tag:
        return self.found.tags[number]

    def _erase(self, number: int, node: Element) -> None:
        node.text = (node.text or "").replace(SENTINEL.pattern.replace("(\\d+)", str(number)), "")

    # ---- vm, hm, colspan, cellbg

    def _cells(self) -> None:
        for number, node in self.places():
            tag = self.tag(number)
            if not tag.cell:
                continue
            cell = ancestor(node, W + "tc")
            self._erase(number, node)
            if cell is None:
                self.misplaced.append(number)
            else:
                getattr(self, f"_{tag.cell}")(cell, tag)

    def _new(self, kind: str, body: str, like: Tag, level: str = "") -> str:
        return self.found.add(Tag(kind, level, body, like.written, like.paragraph))  # type: ignore[arg-type]

    def _colspan(self, cell: Element, tag: Tag) -> None:
        put_in_cell(cell, "gridSpan", val=self._new("value", tag.body, tag))

    def _cellbg(self, cell: Element, tag: Tag) -> None:
        put_in_cell(cell, "shd", val="clear", color="auto", fill=self._new("value", tag.body, tag))

    def _vm(self, cell: Element, tag: Tag) -> None:
        first = self._new("block", "if loop.first", tag)
        other, end = self._new("block", "else", tag), self._new("block", "endif", tag)
        put_in_cell(cell, "vMerge", val=f"{first}restart{other}continue{end}")
        body = [child for child in elements(cell) if child.tag != W + "tcPr"]
        last = next((child for child in reversed(body) if child.tag == W + "p"), None)
        self._between(body, ["if loop.first", "else", "endif"], tag, last)

    def _between(self, body: list[Element], words: list[str], tag: Tag, last: Element | None) -> None:
        numbers = [self._number(self._new("block", word, tag)) for word in words]
        body[0].addprevious(mark(numbers[0]))
        empty = copy.deepcopy(last.find(W + "pPr")) if last is not None else None
        paragraph = body[0].makeelement(W + "p")
        if empty is not None:
            paragraph.append(empty)
        end = mark(numbers[2])
        body[-1].addnext(end)
        end.addprevious(mark(numbers[1]))
        end.addprevious(paragraph)

    def _hm(self, cell: Element, tag: Tag) -> None:
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        width = f"{span.get(W + 'val')} * " if span is not None and (span.get(W + "val") or "").isdigit() else ""
        put_in_cell(cell, "gridSpan", val=self._new("value", f"{width}loop.length", tag))
        cell.addprevious(mark(self._number(self._new("block", "if loop.first", tag))))
        cell.addnext(mark(self._number(self._new("block", "endif", tag))))

    @staticmethod
    def _number(sentinel: str) -> int:
        found = SENTINEL.match(sentinel)
        assert found
        return int(found.group(1))

    # ---- {%tr %}, {%tc %}, {%p %}

    def _replace(self, level: str) -> None:
        groups: dict[Element, list[int]] = {}
        for number, node in self.places():
            if self.tag(number).level == level and not is_mark(node, MARK):
                target = ancestor(node, W + level)
                if target is None:
                    self.misplaced.append(number)
                    self._erase(number, node)
                    continue
                groups.setdefault(target, []).append(number)
                self._remember(number, node)
        for target, numbers in groups.items():
            if level == "p":
                self._note_holder(target)
            rest = self._rest(text_of(target), numbers)
            before, after = self._wraps(numbers) if rest else ([], [])
            if before:
                for number, node in self.places():
                    if number in numbers:
                        self._erase(number, node)
                for number in before:
                    target.addprevious(mark(number))
                for number in reversed(after):
                    target.addnext(mark(number))
                continue
            if rest:
                self.lost.append((numbers[0], rest))
            replace(target, [mark(number) for number in numbers])

    def _rest(self, text: str, numbers: list[int]) -> str:
        """What an element says besides its own level's tags."""

        def written(match: re.Match[str]) -> str:
            number = int(match.group(1))
            return "" if number in numbers or self.tag(number).kind != "value" else self.tag(number).written

        return SENTINEL.sub(written, text).strip()

    def _wraps(self, numbers: list[int]) -> tuple[list[int], list[int]]:
        """Tags that begin and end within one element go around it: ({%tr for %} row {%tr endfor %})."""
        found = chains(self.found.tags, numbers)
        complete = all(c.closed and len(c.tags) == 2 for c in found) and sum(len(c.tags) for c in found) == len(numbers)
        opening = [n for n in numbers if self.tag(n).opens]
        if not complete or numbers[: len(opening)] != opening:
            return [], []
        return opening, numbers[len(opening) :]

    def _remember(self, number: int, node: Element) -> None:
        tag, run, paragraph = self.tag(number), ancestor(node, W + "r"), ancestor(node, W + "p")
        tag.run_properties = bare(run.find(W + "rPr")) if run is not None else ""
        tag.paragraph_properties = bare(paragraph.find(W + "pPr")) if paragraph is not None else ""

    def _note_holder(self, paragraph: Element) -> None:
        holder = paragraph.getparent()
        if holder.tag in HOLDERS:
            self.holders[holder] = bare(paragraph.find(W + "pPr"))

    # ---- {{r }}, {%r %}

    def _runs(self) -> None:
        for number, node in self.places():
            if self.tag(number).level != "r" or is_mark(node, MARK):
                continue
            run = ancestor(node, W + "r")
            if run is None or node.tag != W + "t":
                self.misplaced.append(number)
                self._erase(number, node)
                continue
            self._remember(number, node)
            self._split(run, node, number)

    @staticmethod
    def _split(run: Element, node: Element, number: int) -> None:
        before, _, after = (node.text or "").partition(SENTINEL.pattern.replace("(\\d+)", str(number)))
        second = copy.deepcopy(run)
        position = list(run).index(node)
        for child in list(run)[position + 1 :]:
            remove(child)
        for child in list(second)[:position]:
            if child.tag != W + "rPr":
                remove(child)
        twin = next(child for child in second if child.tag == W + "t")
        node.text, twin.text = before, after
        run.addnext(second)
        run.addnext(mark(number))
        for piece, text in ((run, node), (second, twin)):
            if not text.text:
                remove(text)
            if all(child.tag == W + "rPr" for child in elements(piece)):
                remove(piece)

    # ---- paragraphs and rows that hold control tags only go as if they were written {%p %}, {%tr %}

    def _promote(self) -> None:
        self._promote_elements(W + "tr", self._row_tags)
        self._promote_elements(W + "p", self._paragraph_tags)

    def _promote_elements(self, name: str, tags_of: Callable[[Element], list[int] | None]) -> None:
        places = self.places()
        candidates: dict[Element, list[int]] = {}
        for node in self.root.iter(name):
            numbers = tags_of(node)
            if numbers:
                candidates[node] = numbers
        found = chains(self.found.tags, [number for number, _ in places])
        marks = {number: node for number, node in places if is_mark(node, MARK)}
        changed = True
        while changed:
            changed = False
            where = {number: node for node, numbers in candidates.items() for number in numbers}
            for chain in found:
                if self._fits(chain, where, marks, alone=name == W + "tr"):
                    continue
                for number in chain.tags:
                    if candidates.pop(where.get(number), None) is not None:
                        changed = True
        for node, numbers in candidates.items():
            if name == W + "p":
                self._note_holder(node)
            replace(node, [mark(number) for number in numbers])

    @staticmethod
    def _fits(chain: Chain, where: dict[int, Element], marks: dict[int, Element], *, alone: bool) -> bool:
        nodes = [where.get(number, marks.get(number)) for number in chain.tags]
        if not chain.closed or any(node is None for node in nodes):
            return False
        different = len({id(node) for node in nodes}) == len(nodes)
        return len({node.getparent() for node in nodes if node is not None}) == 1 and (different or not alone)

    def _paragraph_tags(self, paragraph: Element) -> list[int] | None:
        """The tags of a paragraph that holds nothing else."""
        if paragraph.find(f"{W}pPr/{W}sectPr") is not None:
            return None
        numbers: list[int] = []
        for node in own(paragraph, W + "pPr"):
            if node.tag not in QUIET and not in_properties(node):
                return None
            if node.tag == W + "t":
                if SENTINEL.sub("", node.text or "").strip():
                    return None
                numbers += [int(number) for number in SENTINEL.findall(node.text or "")]
        tags = [self.tag(number) for number in numbers]
        if any(tag.kind == "value" or tag.level or tag.left or tag.right for tag in tags):
            return None
        return numbers

    def _row_tags(self, row: Element) -> list[int] | None:
        numbers: list[int] = []
        for cell in elements(row):
            if cell.tag in (W + "trPr", W + "tblPrEx"):
                continue
            for child in elements(cell):
                if child.tag == W + "tcPr":
                    continue
                inner = self._paragraph_tags(child) if child.tag == W + "p" else None
                if inner is None:
                    return None
                numbers += inner
        return numbers
