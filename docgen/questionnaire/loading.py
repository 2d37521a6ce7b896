"""A questionnaire as a profile: its answers, laid over the base profile where it names one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity, has_errors
from docgen.profile.describe import FieldInfo, Kind, pattern_of
from docgen.profile.loading import FILE_LINES, LoadedProfile, load_profile_tree
from docgen.profile.merging import merged, node_at
from docgen.profile.reading import ListNode, MapNode, Node, TextNode, moved, read_file
from docgen.profile.walking import path_steps
from docgen.profile.words import FALSE_WORDS, HALF_WIDTH, NOTHING_WORDS, TRUE_WORDS
from docgen.questionnaire.asked import TABLES
from docgen.questionnaire.reading import Answer, Answers, Item, read_answers
from docgen.questionnaire.texts import NONE, node_of

_KNOWN_BY = re.compile(r'(\w+)="(.*)"')
_NUMBERED = re.compile(r"(.+)\[(\d+)\]")


def load_questionnaire(path: Path) -> LoadedProfile:
    """The profile a questionnaire says. Raises DocgenError where it, or its base profile, cannot be read."""
    answers = answers_of(path)
    return _Loader(answers).load()


def answers_of(path: Path) -> Answers:
    """The answers of a workbook, read once as long as it is not changed. Raises DocgenError."""
    try:
        status = path.stat()
    except OSError:
        return read_answers(path)  # which says why
    return _read(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=256)  # a folder of clients asks for each one three times
def _read(path: Path, changed: int, size: int) -> Answers:
    return read_answers(path)


def base_of(answers: Answers) -> Path | None:
    """The base profile a questionnaire names."""
    return answers.path.parent / answers.base.cell.text if answers.base else None


class _Loader:
    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.found = list(answers.diagnostics)
        self.root = MapNode([], 0, 0)
        self.others = [Place(str(answers.path), sheet=name) for name in answers.sheets]
        self.blank: dict[str, tuple[int, int]] = {}  # path of a fact nobody answered → where it is asked

    def load(self) -> LoadedProfile:
        base = base_of(self.answers)
        if base is not None:
            self.root = self._based(base)
        for path, answer in self.answers.facts.items():
            if answer.info.kind not in TABLES:
                self._put(path, answer, _node(answer, path))
        for path, items in self.answers.lists.items():
            self._list(path, items)
        for path, answer in self.answers.facts.items():
            if answer.info.kind in TABLES and path not in self.answers.lists:
                self._list(path, [])
        loaded = load_profile_tree(self.root, self.answers.path, self.found, self.others)
        return replace(loaded, spans={**self.blank, **loaded.spans})

    def _based(self, base: Path) -> MapNode:
        assert self.answers.base is not None
        reading = read_file(base) if base.is_file() else None
        if reading is None:
            place = self.answers.place(self.answers.base)
            values = {"read": self.answers.base.cell.text}
            raise DocgenError([*self.found, Diagnostic("Q008", place=place, values=values)])
        self.found += reading.diagnostics
        if not reading.complete or not isinstance(reading.root, MapNode):
            fault = [] if has_errors(self.found) else [Diagnostic("P015", place=Place(str(base)))]
            raise DocgenError([*self.found, *fault])
        self.others.append(Place(str(base)))
        root = moved(reading.root, FILE_LINES * len(self.others))
        assert isinstance(root, MapNode)
        return root

    def _put(self, path: str, answer: Answer, node: Node) -> None:
        if answer.cell.text:
            self.root = merged(self.root, path_steps(path), node)
        else:
            self.blank[path] = (node.line, node.column)

    def _list(self, path: str, items: list[Item]) -> None:
        asked = self.answers.facts.get(path)
        said = [item for item in items if item.said]
        empty = next((item for item in items if not item.said and item.answers), None)
        at = empty or next(iter(items), None)
        if at is not None and at.answers:
            first = at.answers[0]
            self.blank[path] = (_line(first), first.cell.column)
        elif asked is not None:
            self.blank[path] = (_line(asked), asked.cell.column)
        told = self._told(asked, said)
        numbered = [item for item in said if not item.path.endswith("[]")]
        for item in numbered:
            self._fields(item.path, item)
        for item in items:
            if not item.said and not item.path.endswith("[]"):
                self._fields(item.path, item)
        whole = [item for item in said if item.path.endswith("[]")]
        if whole and told is not False:
            self._whole(path, whole, over=bool(numbered))
        elif told is False and asked is not None:
            node = ListNode([], _line(asked), asked.cell.column)
            self.root = merged(self.root, path_steps(path), node)

    def _told(self, asked: Answer | None, said: list[Item]) -> bool | None:
        """What is said of whether there is such a list: by its own cell, else by a first row that says there is not."""
        word = asked.cell.text.translate(HALF_WIDTH).strip().lower() if asked is not None else ""
        if asked is not None and word:
            if word not in TRUE_WORDS | FALSE_WORDS and word not in NOTHING_WORDS:
                values = {"read": asked.cell.text[:60], "label": asked.info.label}
                self.found.append(Diagnostic("Q009", place=self.answers.place(asked), values=values))
                return None
            if word in TRUE_WORDS:
                return True
            if said:
                first = next(answer for answer in said[0].answers if answer.cell.text)
                values = {"label": asked.info.label, "cell": self.answers.place(first).cell}
                self.found.append(Diagnostic("Q010", place=self.answers.place(asked), values=values))
                return None
            return False
        texts = [answer for item in said for answer in item.answers if answer.cell.text]
        if asked is not None and len(texts) == 1 and texts[0].cell.text in NOTHING_WORDS:
            values = {"label": asked.info.label, "read": texts[0].cell.text, "count": "0", "path": asked.path}
            self.found.append(Diagnostic("P151", Severity.NOTE, self.answers.place(texts[0]), values))
            return False
        return None

    def _fields(self, path: str, item: Item) -> None:
        """Answers to a thing the base profile has, or that has a key of its own."""
        match = _NUMBERED.fullmatch(path)
        if match:
            path = self._found(match[1], int(match[2]), item.known_by)
        if match and not path:
            first = next((answer for answer in item.answers if answer.cell.text), None)
            if first is not None:
                values = {"number": int(match[2]) + 1, "label": pattern_of(match[1])}
                self.found.append(Diagnostic("Q011", place=self.answers.place(first), values=values))
            return
        for answer in item.answers:
            where = f"{path}.{answer.info.name}"
            self._put(where, answer, _node(answer, where))

    def _found(self, path: str, number: int, known_by: str) -> str:
        """The path of a thing of the base profile, wherever it stands by now; "" if there is none, or no telling."""
        said = _KNOWN_BY.fullmatch(known_by)
        known = node_at(self.root, path_steps(path))
        things = range(len(known.items)) if isinstance(known, ListNode) else range(known is not None)
        if said is not None:
            fact = [node_at(self.root, (*path_steps(path), n, said[1])) for n in things]
            things_so = [n for n in things if isinstance(node := fact[n], TextNode) and node.text.strip() == said[2]]
            number = number if number in things_so else things_so[0] if len(things_so) == 1 else -1
        return f"{path}[{number}]" if number in things else ""

    def _whole(self, path: str, items: Iterable[Item], *, over: bool) -> None:
        """The rows as the list; after those of the base profile where that is completed."""
        nodes: list[Node] = []
        known = node_at(self.root, path_steps(path)) if over else None
        if isinstance(known, ListNode):
            nodes += known.items
        first: Answer | None = None
        for item in items:
            where = f"{path}[{len(nodes)}]"
            entries: list[tuple[TextNode, Node]] = []
            for answer in item.answers:
                key = f"{where}.{answer.info.name}"
                node = _node(answer, key)
                if answer.cell.text:
                    first = first or answer
                    entries.append((TextNode(answer.info.name, node.line, node.column), node))
                else:
                    self.blank[key] = (node.line, node.column)
            nodes.append(MapNode(entries, entries[0][1].line, entries[0][1].column))
        assert first is not None
        self.root = merged(self.root, path_steps(path), ListNode(nodes, *self.blank.get(path, (_line(first), 1))))


def _line(answer: Answer) -> int:
    return answer.cell.row + answer.sheet * FILE_LINES


def _node(answer: Answer, path: str) -> Node:
    info: FieldInfo = answer.info
    if not answer.cell.text:
        return TextNode("", _line(answer), answer.cell.column)
    if info.kind is Kind.TEXT and answer.cell.text == NONE:
        return TextNode(NONE, _line(answer), answer.cell.column)
    return node_of(answer.cell, info, pattern_of(path), _line(answer))
