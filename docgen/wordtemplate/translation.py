"""From the XML of a part, tags standing as numbers, to Jinja source and the pieces it plays."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field

from docgen.records import dataclass
from docgen.wordtemplate.guarding import Guards
from docgen.wordtemplate.guards import DrawingId, End, LastParagraph, ParagraphId, Start
from docgen.wordtemplate.modes import (
    Attribute,
    BetweenParagraphs,
    BetweenRuns,
    FieldCode,
    Mode,
    Plain,
    RunText,
    Structure,
)
from docgen.wordtemplate.pieces import Xml
from docgen.wordtemplate.tags import END, SENTINEL, START, Tag, chains
from docgen.wordtemplate.tree import GUARD, MARK
from docgen.writers.docx.markup import checksum, para_id

_TOKEN = re.compile(rf"<\?(?P<mark>{MARK}|{GUARD}) (?P<number>\d+)\?>|{START}(?P<text>\d+){END}|<[^>]+>")
_RUN_PROPERTIES = re.compile(r"<w:rPr>.*?</w:rPr>", re.S)
_PARAGRAPH_ID = re.compile(r' w14:paraId="([0-9A-Fa-f]{8})"')
_DRAWING_ID = re.compile(r'(<wp:docPr(?: [^>]*?)? id=")\d+(")')
_NAME = re.compile(r"</?([^\s/>]+)")
_ATTRIBUTE = re.compile(rf'([\w:]+)="[^"]*?{START}')
_OPEN_TEXT = re.compile(r"<w:t(?: [^>]*)?>")
_NOT_JOINED = re.compile(r"<w:t(?:c|r|bl)[ >]|</w:t(?:c|r|bl)>|<\?dg")
_WRITTEN = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
_MISSING = {"w:fill": "auto", "w:val": "1"}

# an op is `Xml`, a mode for the value that follows, or a step of docgen.wordtemplate.guards
Op = object


@dataclass(slots=True)
class Translated:
    """Jinja source, what its numbers mean, and the tag of each of its lines."""

    source: str
    ops: tuple[Op, ...]
    lines: tuple[int, ...]  # tag number by line, -1 for none
    crossed: tuple[int, ...]  # tags whose chain begins and ends in different kinds of places


@dataclass(slots=True)
class _Writer:
    lines: list[str] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    ops: list[Op] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def xml(self, text: str) -> None:
        if text:
            self.open.append(text)

    def flush(self) -> None:
        text = "".join(self.open)
        self.open.clear()
        for written, meant in _WRITTEN.items():
            text = text.replace(written, meant)
        if text:
            self._add(Xml(text))

    def op(self, op: Op) -> None:
        self.flush()
        self._add(op)

    def _add(self, op: Op) -> None:
        self.ops.append(op)
        self.lines.append(f"\x01{len(self.ops) - 1}\x02")
        self.tags.append(-1)

    def tag(self, number: int, source: str) -> None:
        self.flush()
        self.lines.append(source)
        self.tags.append(number)


def translate(xml: str, tags: list[Tag], guards: Guards, seed: str) -> Translated:
    """Cut a part at its tags. `seed` is what new paragraph ids are derived from."""
    xml = _with_paragraph_ids(_joined(xml, tags), seed)
    order = [int(match.group("text") or match.group("number")) for match in _numbers(xml)]
    found = chains(tags, order)
    repeating = {chain.tags[0]: chain.tags[-1] for chain in found if chain.repeats and chain.closed}
    writer = _Writer()
    paths: dict[int, tuple[str, ...]] = {}
    stack: list[str] = []
    loops: list[int] = []  # closing tags of the loops that are open
    position = 0

    def tag(number: int, mode: Mode, path: tuple[str, ...]) -> None:
        item = tags[number]
        paths[number] = path
        if item.kind == "value":
            writer.op(mode)
            writer.tag(number, item.source)
        elif item.kind == "block":
            writer.tag(number, item.source)
            if number in repeating:
                loops.append(repeating[number])
            elif loops and loops[-1] == number:
                loops.pop()

    for match in _TOKEN.finditer(xml):
        writer.xml(xml[position : match.start()])
        position = match.end()
        token = match.group()
        if match.group("text"):
            tag(int(match.group("text")), _text_mode(xml, match.start(), stack), tuple(stack))
        elif match.group("mark") == MARK:
            number = int(match.group("number"))
            tag(number, _level_mode(tags[number]), tuple(stack))
        elif match.group("mark") == GUARD:
            writer.op(_guard(*guards.kinds[int(match.group("number"))]))
        elif token.startswith(("<?", "<!")):
            writer.xml(token)
        elif loops and token.startswith(("<w:bookmarkStart", "<w:bookmarkEnd")):
            continue
        else:
            _element(token, writer, bool(loops), tag, stack)
            if token.startswith("</"):
                stack.pop()
            elif not token.endswith("/>"):
                stack.append(_name(token))
    writer.xml(xml[position:])
    writer.flush()
    crossed = tuple(chain.tags[0] for chain in found if len({paths[n] for n in chain.tags if n in paths}) > 1)
    return Translated("\n".join(writer.lines), tuple(writer.ops), tuple(writer.tags), crossed)


def _numbers(xml: str) -> list[re.Match[str]]:
    pattern = re.compile(rf"<\?{MARK} (?P<number>\d+)\?>|{START}(?P<text>\d+){END}")
    return list(pattern.finditer(xml))


def _name(token: str) -> str:
    match = _NAME.match(token)
    return match.group(1) if match else ""


def _element(
    token: str, writer: _Writer, looped: bool, tag: Callable[[int, Mode, tuple[str, ...]], None], stack: list[str]
) -> None:
    """A start or end tag of XML: attributes with tags in them, ids that must not come twice."""
    if looped:
        identity = _PARAGRAPH_ID.search(token)
        if identity:
            writer.xml(token[: identity.start(1)])
            writer.op(ParagraphId(int(identity.group(1), 16) - 1))
            token = token[identity.end(1) :]
    drawing = _DRAWING_ID.match(token)
    if drawing:
        writer.xml(drawing.group(1))
        writer.op(DrawingId())
        token = token[drawing.end(2) - 1 :]
    position = 0
    for match in SENTINEL.finditer(token):
        writer.xml(token[position : match.start()])
        position = match.end()
        names = _ATTRIBUTE.findall(token[: match.end()])
        name = names[-1] if names else ""
        missing = _MISSING.get(name) if _name(token) in ("w:shd", "w:gridSpan") else None
        tag(int(match.group(1)), Attribute(missing), (*stack, _name(token), f"@{name}"))
    writer.xml(token[position:])


def _guard(when: str, kind: str) -> object:
    if when == "here":
        return LastParagraph(kind)
    return Start() if when == "start" else End(kind)


def _level_mode(tag: Tag) -> Mode:
    if tag.level == "r":
        return BetweenRuns(tag.run_properties)
    if tag.level == "p":
        return BetweenParagraphs(tag.paragraph_properties, BetweenRuns(tag.run_properties))
    return Structure()


def _text_mode(xml: str, at: int, stack: list[str]) -> Mode:
    name = stack[-1] if stack else ""
    if name == "w:t":
        opening = xml.rfind("<w:t", 0, at)
        run = max(xml.rfind("<w:r>", 0, at), xml.rfind("<w:r ", 0, at))
        found = _RUN_PROPERTIES.search(xml, run, opening)
        return RunText(found.group() if found else "")
    return FieldCode() if name == "w:instrText" else Plain()


# ---- {%- and -%}


def _joined(xml: str, tags: list[Tag]) -> str:
    """`{%-` continues the text before it, across the end of a paragraph; `-%}` is continued by the text after it."""
    for number, tag in enumerate(tags):
        sentinel = f"{START}{number}{END}"
        if tag.left and sentinel in xml:
            xml = _join_left(xml, xml.index(sentinel))
        if tag.right and sentinel in xml:
            xml = _join_right(xml, xml.index(sentinel) + len(sentinel))
    return xml


def _join_left(xml: str, at: int) -> str:
    opening = max(match.end() for match in _OPEN_TEXT.finditer(xml, 0, at))
    before = xml[opening:at]
    if before.strip():
        return xml[:opening] + before.rstrip() + xml[at:]
    close = xml.rfind("</w:t>", 0, opening)
    if close < 0 or _NOT_JOINED.search(xml, close, at):
        return xml[:opening] + xml[at:]
    return xml[:close] + xml[at:]


def _join_right(xml: str, at: int) -> str:
    closing = xml.index("</w:t>", at)
    after = xml[at:closing]
    if after.strip():
        return xml[:at] + after.lstrip() + xml[closing:]
    opening = _OPEN_TEXT.search(xml, closing)
    if not opening or _NOT_JOINED.search(xml, at, opening.end()):
        return xml[:at] + xml[closing:]
    return xml[:at] + xml[opening.end() :]


# ---- paragraph ids


def _with_paragraph_ids(xml: str, seed: str) -> str:
    """Where the part knows `w14`, every paragraph gets an id that stays the same from file to file."""
    if 'xmlns:w14="' not in xml:
        return xml
    taken = set(_PARAGRAPH_ID.findall(xml))
    base = checksum(seed)
    count = 0

    def add(match: re.Match[str]) -> str:
        nonlocal count
        identity = ""
        while not identity or identity in taken:
            count += 1
            identity = para_id(base + count * 0x01000193)
        taken.add(identity)
        return f'<w:p w14:paraId="{identity}"{match.group(1)}>'

    return re.sub(r"<w:p(?=[ />])(?![^>]*w14:paraId)([^>]*)>", add, xml)
