"""From a YAML file to a tree of plain nodes that know their line: bounded, every scalar as text.

PyYAML's event parser is used (the C one where present), so that nothing is built before it is checked:
no aliases are expanded, no tags are obeyed, and nesting is cut off while reading.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import field
from pathlib import Path
from typing import Any, TypeAlias

from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.records import dataclass

MAX_BYTES = 8 * 1024 * 1024  # a profile with ten thousand outlets has 2.2
MAX_DEPTH = 30
MAX_NODES = 400_000
_MAX_FAULTS = 200  # of one kind of trouble nobody reads more

_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-")  # how .xlsx and .docx, .xls and .doc, .pdf begin
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TAB_INDENT = re.compile(r"^ *\t[ \t]*(?=\S)", re.MULTILINE)
_WIDE_COLON = re.compile(r"^(\s*(?:- +)*[A-Za-z_][\w.-]*|\s*(?:- +)*[\u4e00-\u9fff]{2,12})：[ \t]*", re.MULTILINE)


@dataclass(slots=True)
class TextNode:
    """One scalar, as typed. `plain`: without quotes and not a block, so that `~` and nothing mean absent."""

    text: str
    line: int
    column: int
    plain: bool = True


@dataclass(slots=True)
class ListNode:
    """A YAML sequence."""

    items: list[Node]
    line: int
    column: int


@dataclass(slots=True)
class MapNode:
    """A YAML mapping in the order of the file; duplicate keys are reported and left out."""

    entries: list[tuple[TextNode, Node]]
    line: int
    column: int


Node: TypeAlias = TextNode | ListNode | MapNode


def moved(node: Node, lines: int) -> Node:
    """A copy of a tree with so many lines added to every place."""
    line = node.line + lines
    if isinstance(node, TextNode):
        return TextNode(node.text, line, node.column, node.plain)
    if isinstance(node, ListNode):
        return ListNode([moved(item, lines) for item in node.items], line, node.column)
    entries = [
        (TextNode(key.text, key.line + lines, key.column, key.plain), moved(value, lines))
        for key, value in node.entries
    ]
    return MapNode(entries, line, node.column)


@dataclass(slots=True)
class Reading:
    """What came of reading: the tree as far as it could be read, whether it is whole, and the diagnostics."""

    root: Node | None = None
    complete: bool = True
    diagnostics: list[Diagnostic] = field(default_factory=list)


def read_file(path: Path) -> Reading:
    """Read a YAML file. Never raises for what is in the file or for a file that cannot be read."""
    name = str(path)
    try:
        if not path.exists():
            return _refused("P001", name)
        if not path.is_file():
            return _refused("P002", name)
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as fault:
        return _refused("P020", name, reason=getattr(fault, "strerror", None) or str(fault))
    return read_bytes(raw, name)


def read_bytes(raw: bytes, name: str) -> Reading:
    """Read YAML from bytes: UTF-8 (with or without BOM), UTF-16 with BOM, else GBK/GB18030 (reported)."""
    if len(raw) > MAX_BYTES:
        return _refused("P003", name, limit=MAX_BYTES // (1024 * 1024))
    if raw.startswith(_OFFICE):
        return _refused("P021", name)
    notes: list[Diagnostic] = []
    try:
        if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = raw.decode("utf-16")
            notes.append(Diagnostic("P005", Severity.NOTE, Place(name), {"encoding": "UTF-16"}))
        else:
            text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError:
            line = raw.count(b"\n", 0, fault.start) + 1
            return _refused("P004", name, line=line)
        notes.append(Diagnostic("P005", Severity.NOTE, Place(name), {"encoding": "GBK/GB18030"}))
    reading = read_text(text, name)
    reading.diagnostics[:0] = notes
    return reading


def read_head(raw: bytes, names: Collection[str]) -> dict[str, str]:
    """The single values of the first top-level group called one of `names`, read no further than that group.
    Nothing where the file cannot be read so far: this is for names of folders, not for facts."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        return {}
    parser = loader(_FORBIDDEN.sub("", text))
    try:
        return _head(parser.get_event, yaml.events, names)
    except yaml.YAMLError:
        return _repaired_head(read_text(text, ""), names)
    finally:
        parser.dispose()


def _repaired_head(reading: Reading, names: Collection[str]) -> dict[str, str]:
    """The same of a file that is read only once its tabs and wide colons are put right."""
    entries = reading.root.entries if isinstance(reading.root, MapNode) else []
    group = next((value for key, value in entries if key.text in names and isinstance(value, MapNode)), None)
    inner = group.entries if group else []
    return {key.text.strip(): value.text.strip() for key, value in inner if isinstance(value, TextNode)}


def _head(next_event: Any, kinds: Any, names: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    starts, ends = (kinds.MappingStartEvent, kinds.SequenceStartEvent), (kinds.MappingEndEvent, kinds.SequenceEndEvent)
    depth, key, inside = 0, "", False
    waits = False  # for the value of a key
    while (event := next_event()) is not None:
        kind = type(event)
        if kind in starts:
            depth += 1
            inside = inside or (depth == 2 and waits and key in names and kind is kinds.MappingStartEvent)
            if depth > 2 or not inside:
                waits = False
                continue
            waits = False
        elif kind in ends:
            depth -= 1
            waits = False
            if inside and depth == 1:
                return found
        elif kind is kinds.ScalarEvent and (depth == 1 or (inside and depth == 2)):
            if waits and inside:
                found[key] = event.value.strip()
            key, waits = event.value.strip(), not waits
        elif kind is kinds.AliasEvent:
            waits = False
    return found


def read_text(text: str, name: str) -> Reading:
    """Read YAML from a string. `name` stands as the file in every diagnostic."""
    if len(text) > MAX_BYTES:
        return _refused("P003", name, limit=MAX_BYTES // (1024 * 1024))
    text = text.removeprefix("\ufeff")
    before: list[Diagnostic] = []
    if _FORBIDDEN.search(text):
        text = _FORBIDDEN.sub(lambda match: _drop(match, text, name, before), text)
    reading = _Reader(name).read(text)
    if not reading.complete or not isinstance(reading.root, MapNode):
        reading = _read_repaired(text, name, reading)
    reading.diagnostics[:0] = before
    return reading


def _drop(match: re.Match[str], text: str, name: str, found: list[Diagnostic]) -> str:
    if len(found) < _MAX_FAULTS:
        place = _place_of(text, match.start(), name)
        found.append(Diagnostic("P017", Severity.WARNING, place, {"sign": f"U+{ord(match.group()):04X}"}))
    return ""


def _place_of(text: str, offset: int, name: str) -> Place:
    line = text.count("\n", 0, offset) + 1
    return Place(name, line, offset - text.rfind("\n", 0, offset))


def _read_repaired(text: str, name: str, first: Reading) -> Reading:
    """Try again with tab indents and wide colons put right; keep what reads better."""
    found: list[Diagnostic] = []
    for match in _TAB_INDENT.finditer(text):
        if len(found) < _MAX_FAULTS:
            place = _place_of(text, match.end() - 1, name)
            found.append(Diagnostic("P007", Severity.ERROR, place, {}))
    repaired = _TAB_INDENT.sub(lambda match: match.group().replace("\t", "  "), text)
    for match in _WIDE_COLON.finditer(repaired):
        if len(found) < _MAX_FAULTS:
            place = _place_of(repaired, match.start(1), name)
            place = Place(name, place.line, place.column + len(match.group(1)))
            found.append(Diagnostic("P018", Severity.NOTE, place, {"key": match.group(1).strip(" -")}))
    if not found:
        return first
    second = _Reader(name).read(_WIDE_COLON.sub(r"\1: ", repaired))
    if second.complete and isinstance(second.root, MapNode):
        second.diagnostics[:0] = found
        return second
    first.diagnostics[:0] = [fault for fault in found if fault.severity is Severity.ERROR]
    return first


def _refused(code: str, name: str, line: int = 0, **values: Any) -> Reading:
    fault = Diagnostic(code, Severity.ERROR, Place(name, line), {"file": name, **values})
    return Reading(complete=False, diagnostics=[fault])


class _Level:
    """A list or mapping being read, with the key that waits for its value."""

    __slots__ = ("entries", "items", "key", "seen")

    def __init__(self, node: Node) -> None:
        self.items = node.items if type(node) is ListNode else None
        self.entries = node.entries if type(node) is MapNode else []
        self.key: TextNode | None = None
        self.seen: dict[str, int] = {}


class _Reader:
    """One pass over the events of one text."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.reading = Reading()
        self.text = ""

    def fault(self, code: str, line: int, column: int, severity: Severity = Severity.ERROR, **values: Any) -> None:
        if len(self.reading.diagnostics) < _MAX_FAULTS:
            place = Place(self.name, line, column)
            self.reading.diagnostics.append(Diagnostic(code, severity, place, values))

    def read(self, text: str) -> Reading:
        import yaml

        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.text = text
        try:
            parser = loader(text)
            try:
                self._collect(parser.get_event, yaml.events)
            finally:
                parser.dispose()
        except yaml.YAMLError as fault:
            self.reading.complete = False
            self._syntax(fault)
        return self.reading

    def _collect(self, next_event: Any, kinds: Any) -> None:
        scalar, map_start, list_start = kinds.ScalarEvent, kinds.MappingStartEvent, kinds.SequenceStartEvent
        ends = (kinds.MappingEndEvent, kinds.SequenceEndEvent)
        stack: list[_Level] = []
        level: _Level | None = None
        count = documents = 0
        while (event := next_event()) is not None:
            kind = type(event)
            mark = event.start_mark
            node: Node
            if kind is scalar:
                style = event.style
                node = TextNode(event.value, mark.line + 1, mark.column + 1, not style)
                if style == '"':
                    self._control_characters(node)
            elif kind in ends:
                stack.pop()
                level = stack[-1] if stack else None
                continue
            elif kind is map_start:
                node = MapNode([], mark.line + 1, mark.column + 1)
            elif kind is list_start:
                node = ListNode([], mark.line + 1, mark.column + 1)
            elif kind is kinds.AliasEvent:
                self.fault("P008", mark.line + 1, mark.column + 1, name=event.anchor)
                node = TextNode("", mark.line + 1, mark.column + 1)
            else:
                documents += kind is kinds.DocumentStartEvent
                if documents > 1:
                    self.fault("P016", mark.line + 1, mark.column + 1)
                    return
                continue
            count += 1
            if count > MAX_NODES:
                self.fault("P011", node.line, node.column, limit=MAX_NODES)
                self.reading.complete = False
                return
            if kind is not kinds.AliasEvent and (event.anchor is not None or event.tag is not None):
                self._marks(event, node)
            # hang the node in
            if level is None:
                self.reading.root = node
            elif level.items is not None:
                level.items.append(node)
            elif level.key is None:
                level.key = self._key(node)
            else:
                key, level.key = level.key, None
                if key.text in level.seen:
                    self.fault("P012", key.line, key.column, key=key.text, first=level.seen[key.text])
                elif key.text or not key.plain:
                    level.seen[key.text] = key.line
                    level.entries.append((key, node))
            if kind is map_start or kind is list_start:
                if len(stack) >= MAX_DEPTH:
                    self.fault("P010", node.line, node.column, limit=MAX_DEPTH)
                    self.reading.complete = False
                    return
                level = _Level(node)
                stack.append(level)

    def _key(self, node: Node) -> TextNode:
        if type(node) is TextNode:
            return node
        self.fault("P013", node.line, node.column)
        return TextNode("", node.line, node.column)

    def _control_characters(self, node: TextNode) -> None:
        bad = _FORBIDDEN.search(node.text)
        if bad:
            sign = f"U+{ord(bad.group()):04X}"
            self.fault("P017", node.line, node.column, Severity.WARNING, sign=sign)
            node.text = _FORBIDDEN.sub("", node.text)

    def _marks(self, event: Any, node: Node) -> None:
        if event.anchor is not None:
            self.fault("P008", node.line, node.column, name=event.anchor)
        if event.tag is not None:
            self.fault("P009", node.line, node.column, tag=event.tag.replace("tag:yaml.org,2002:", "!!"))

    def _syntax(self, fault: Any) -> None:
        mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
        if "quoted scalar" in (getattr(fault, "context", None) or ""):
            mark = fault.context_mark or mark  # where the open quote is, not where the file ends
        line = mark.line + 1 if mark else 0
        column = mark.column + 1 if mark else 0
        lines = self.text.splitlines()
        # the parser notices a slip one line late where the slip is a missing blank after the colon
        for number in (line, line - 1):
            if 0 < number <= len(lines):
                read = lines[number - 1].strip()
                slip = re.match(r"(?:- +)*([A-Za-z_]\w*|[\u4e00-\u9fff]+):(?=[^\s/])", read)
                if slip:
                    self.fault("P019", number, 1 + lines[number - 1].find(":"), read=_short(read), key=slip.group(1))
                    return
        read = lines[line - 1].strip() if 0 < line <= len(lines) else ""
        reason = str(getattr(fault, "problem", "") or fault)
        self.fault("P006", line, column, read=_short(read), reason=reason)


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
