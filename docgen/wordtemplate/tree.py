"""Small helpers over the element tree of a part. lxml is used when a template is compiled, never when it is filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MARK, GUARD = "dg", "dgo"  # processing instructions that stand for a tag, for a guard
HOLDERS = frozenset(W + name for name in ("tc", "txbxContent", "hdr", "ftr", "footnote", "endnote", "comment"))
_CELL = "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark"
CELL_PROPERTIES = tuple(W + name for name in _CELL.split(" "))
_NAMESPACE = re.compile(r' xmlns(?::\w+)?="[^"]*"')

Element = Any


def parse(data: bytes) -> Element:
    """The root of a part. No entities, no network, no oversized trees. Raises etree.XMLSyntaxError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)


def mark(number: int, kind: str = MARK) -> Element:
    """A processing instruction that survives until the XML is text again."""
    return etree.ProcessingInstruction(kind, str(number))


def is_mark(node: Element, kind: str = MARK) -> bool:
    return node.tag is etree.ProcessingInstruction and node.target == kind


def ancestor(node: Element, tag: str) -> Element | None:
    """The nearest ancestor with a tag."""
    return next(node.iterancestors(tag), None)


def bare(node: Element | None) -> str:
    """An element as XML without namespace declarations, empty for None."""
    if node is None:
        return ""
    text: str = etree.tostring(node, encoding="unicode", with_tail=False)
    return _NAMESPACE.sub("", text)


def elements(node: Element) -> Iterator[Element]:
    """The children that are elements."""
    return (child for child in node if isinstance(child.tag, str))


def own(node: Element, wall: str) -> Iterator[Element]:
    """Descendants in document order that do not lie in a `wall` element below `node`."""
    for child in node:
        if not isinstance(child.tag, str):
            yield child
        elif child.tag != wall:
            yield child
            yield from own(child, wall)


def remove(node: Element) -> None:
    """Take an element out."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def replace(node: Element, others: list[Element]) -> None:
    """Put others where `node` was."""
    for other in others:
        node.addprevious(other)
    remove(node)


def put_in_cell(cell: Element, name: str, **attributes: str) -> None:
    """Set a cell property in its place among the others; one of the same name goes."""
    properties = cell.find(W + "tcPr")
    if properties is None:
        properties = etree.Element(W + "tcPr")
        cell.insert(0, properties)
    old = properties.find(W + name)
    if old is not None:
        properties.remove(old)
    new = etree.Element(W + name)
    for key, value in attributes.items():
        new.set(W + key, value)
    before = CELL_PROPERTIES[: CELL_PROPERTIES.index(W + name)]
    position = sum(1 for child in elements(properties) if child.tag in before)
    properties.insert(position, new)


def text_of(node: Element, wall: str = "") -> str:
    """The words in an element."""
    parts = (child.text or "" for child in own(node, wall) if child.tag in (W + "t", A + "t"))
    return "".join(parts)
