"""Tags that Word has cut up are made whole: one tag, one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from docgen.records import dataclass
from docgen.wordtemplate.tags import END, START, TAG, UNCLOSED, Tag, read_tag
from docgen.wordtemplate.tree import XML_SPACE, A, Element, W, elements, own, remove

_GAPS = {W + "tab": " ", W + "br": " ", W + "cr": " ", W + "noBreakHyphen": "-", W + "softHyphen": ""}
_DELETED = frozenset({W + "del", W + "moveFrom"})


@dataclass(slots=True)
class Found:
    """The tags of one part, by number."""

    tags: list[Tag] = field(default_factory=list)
    unclosed: list[tuple[str, str]] = field(default_factory=list)  # (paragraph, what was read)
    raw: bool = False  # between {% raw %} and {% endraw %}
    escaped: bool = False  # something stands for braces: raw, {_{

    def take(self, written: str, paragraph: str) -> str:
        """What stands for a tag in the text."""
        tag = read_tag(written, paragraph)
        if tag.keyword in ("raw", "endraw"):
            self.raw, self.escaped = tag.keyword == "raw", True
            return ""
        if self.raw:
            return written
        return self.add(tag)

    def add(self, tag: Tag) -> str:
        self.tags.append(tag)
        return f"{START}{len(self.tags) - 1}{END}"

    def in_text(self, text: str, paragraph: str) -> str:
        """A text with its tags taken."""
        return TAG.sub(lambda match: self.take(match.group(), paragraph), text)


def heal(root: Element, found: Found) -> None:
    """Take every tag of a part out of its text, whole, and leave its number there."""
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag == W + "p":
            _paragraph(node, W + "t", W + "p", found)
        elif node.tag == A + "p":
            _paragraph(node, A + "t", A + "p", found)
        elif node.text and "{" in node.text and node.tag not in (W + "t", A + "t"):
            node.text = found.in_text(node.text, node.text)
        for name, value in node.attrib.items():
            if "{{" in value or "{%" in value:
                node.set(name, found.in_text(value, value))


def _atoms(paragraph: Element, text: str, wall: str) -> Iterator[tuple[Element, str]]:
    for node in own(paragraph, wall):
        if not isinstance(node.tag, str):
            continue
        if node.tag == text:
            if not any(up.tag in _DELETED for up in node.iterancestors(*_DELETED)):
                yield node, node.text or ""
        elif node.tag in _GAPS and node.getparent().tag == W + "r":
            yield node, _GAPS[node.tag]


def _paragraph(paragraph: Element, text_tag: str, wall: str, found: Found) -> None:
    atoms = list(_atoms(paragraph, text_tag, wall))
    whole = "".join(text for _, text in atoms)
    if "{" not in whole:
        return
    starts: list[int] = []
    position = 0
    for _, text in atoms:
        starts.append(position)
        position += len(text)
    pieces: list[list[str]] = [[] for _ in atoms]
    covered: set[int] = set()  # line breaks and tabs inside a tag

    def spread(start: int, end: int) -> None:
        for index, (_, text) in enumerate(atoms):
            low, high = max(start, starts[index]), min(end, starts[index] + len(text))
            if low < high:
                pieces[index].append(whole[low:high])

    found.escaped = found.escaped or "{_" in whole
    shown = " ".join(whole.split())
    position = 0
    left = []
    for match in TAG.finditer(whole):
        spread(position, match.start())
        left.append(whole[position : match.start()])
        position = match.end()
        first = next(i for i, (_, t) in enumerate(atoms) if starts[i] <= match.start() < starts[i] + len(t))
        pieces[first].append(found.take(match.group(), shown))
        covered.update(i for i, start in enumerate(starts) if match.start() < start < match.end())
    spread(position, len(whole))
    left.append(whole[position:])
    if not found.raw:
        found.unclosed += [(shown, m.group()[:40]) for piece in left for m in UNCLOSED.finditer(piece)]
    for index, (node, text) in enumerate(atoms):
        _store(node, text, "".join(pieces[index]), text_tag, index in covered)


def _store(node: Element, old: str, new: str, text_tag: str, covered: bool) -> None:
    if node.tag != text_tag:
        if covered:
            remove(node)
        return
    if new == old:
        return
    if new:
        node.text = new
        if node.tag == W + "t":
            node.set(XML_SPACE, "preserve")
        return
    run = node.getparent()
    remove(node)
    if run.tag == W + "r" and all(child.tag == W + "rPr" for child in elements(run)):
        remove(run)
