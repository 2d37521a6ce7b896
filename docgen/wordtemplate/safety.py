"""What a template from a stranger may carry: macros, objects, links to elsewhere are taken out and named."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity
from docgen.wordtemplate.opening import CONTENT_TYPES, Package
from docgen.wordtemplate.tree import R, W, parse

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_BLANK = b"\xef\xbb\xbf \t\r\n"
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0")
_ENCODING = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([^\"']+)", re.I)
_DOCTYPE_WIDE = re.compile("<!\\s*(?:DOCTYPE|ENTITY)", re.I)
_MACRO_TYPES = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_DANGEROUS = {  # last word of the relationship type → message
    "vbaProject": "W020",
    "wordVbaData": "W020",
    "attachedToolbars": "W020",
    "keyMapCustomizations": "W020",
    "control": "W021",
    "activeXControlBinary": "W021",
    "oleObject": "W021",
    "aFChunk": "W021",
    "subDocument": "W021",
    "frame": "W022",
}
_FIELDS = re.compile(r"\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON|RD|DATABASE)\b", re.I)
_HARMLESS = ("http:", "https:", "mailto:", "tel:", "#")
_CARRIERS = tuple(W + name for name in ("drawing", "pict", "object", "control"))


def disarm(package: Package) -> None:
    """Take out what a template has no need of, with a warning for each.

    Raises:
        DocgenError: a part declares entities or a document type (W030), or its XML is broken (W031).
    """
    _refuse_entities(package)
    _in_utf8(package)
    before = _reachable(package)
    removed: dict[str, set[str]] = {}
    for name in [n for n in package.data if n.endswith(".rels")]:
        source = _source_of(name)
        gone = _clean_relations(package, name, source)
        if gone:
            removed[source] = gone
    _macro_types(package)
    after = _reachable(package)
    for name in before - after:
        _drop(package, name)
    for name in [n for n in package.data if n.endswith(".bin") and "vba" in n.lower()]:
        _drop(package, name)
    for name, data in list(package.data.items()):
        if data.lstrip(_BLANK)[:1] == b"<" and (name in removed or _has_fields(data)):
            _clean_part(package, name, removed.get(name, set()))


def _refuse_entities(package: Package) -> None:
    faults = []
    for name, data in package.data.items():
        if not data.lstrip()[:3].startswith((b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
            continue
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff")) and _DOCTYPE_WIDE.search(data.decode("utf-16", "replace"))
        if _DOCTYPE.search(data) or wide:
            faults.append(Diagnostic("W030", Severity.ERROR, Place(package.name, heading=name), {"part": name}))
    if faults:
        raise DocgenError(faults)


def _in_utf8(package: Package) -> None:
    """Write parts in other encodings anew: what is searched for below is searched for in bytes."""
    for name, data in list(package.data.items()):
        named = name.lower().endswith((".xml", ".rels"))
        declared = _ENCODING.match(data.lstrip(_BLANK))
        plain = data.lstrip(_BLANK)[:1] == b"<" and b"\0" not in data[:4]
        if plain and (not declared or declared.group(1).lower() in (b"utf-8", b"utf8", b"us-ascii", b"ascii")):
            continue
        if named or declared or data[:2] in _WIDE:
            root = _root(package, name)
            if root.getroottree().docinfo.doctype:
                fault = Diagnostic("W030", Severity.ERROR, Place(package.name, heading=name), {"part": name})
                raise DocgenError([fault])
            _store(package, name, root)


# ---- relationships


def _source_of(rels: str) -> str:
    folder, file = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), file[: -len(".rels")])


def rels_of(part: str) -> str:
    """The member that holds a part's relationships."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def relations(package: Package, rels: str) -> Any:
    """The root of a member that holds relationships. Raises DocgenError if it is broken."""
    return _root(package, rels)


def _root(package: Package, name: str) -> Any:
    from lxml import etree

    try:
        return parse(package.data[name])
    except etree.XMLSyntaxError as error:
        fault = Diagnostic(
            "W031", Severity.ERROR, Place(package.name, heading=name), {"part": name, "reason": error.msg}
        )
        raise DocgenError([fault]) from error


def _store(package: Package, name: str, root: Any) -> None:
    from lxml import etree

    package.change(name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def target_of(source: str, target: str) -> str:
    """The member name a relationship of `source` points to."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


def _clean_relations(package: Package, name: str, source: str) -> set[str]:
    """Remove dangerous relationships; gives the ids removed."""
    root = relations(package, name)
    gone: set[str] = set()
    for relation in list(root):
        kind = relation.get("Type", "").rpartition("/")[2]
        target = relation.get("Target", "")
        external = relation.get("TargetMode", "").lower() == "external"
        code = _DANGEROUS.get(kind, "")
        if kind == "package" and "/charts/" not in f"/{source}":
            code = "W021"
        elif external and kind == "hyperlink":
            code = "" if target.lower().startswith(_HARMLESS) or ":" not in target else "W023"
        elif external:
            code = "W022"
        if code:
            root.remove(relation)
            gone.add(relation.get("Id", ""))
            package.warn(code, part=source or package.name, target=target[:200], kind=kind)
    if gone:
        _store(package, name, root)
    return gone


def _reachable(package: Package) -> set[str]:
    """The members that relationships lead to from the package's root."""
    seen: set[str] = set()
    waiting = [""]
    while waiting:
        source = waiting.pop()
        rels = rels_of(source) if source else "_rels/.rels"
        if rels not in package.data:
            continue
        for relation in relations(package, rels):
            target = target_of(source, relation.get("Target", ""))
            if relation.get("TargetMode", "").lower() != "external" and target in package.data and target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def _drop(package: Package, name: str) -> None:
    package.drop(name)
    package.drop(rels_of(name))
    types = _root(package, CONTENT_TYPES)
    overrides = [entry for entry in types if entry.get("PartName") == f"/{name}"]
    for entry in overrides:
        types.remove(entry)
    if overrides:
        _store(package, CONTENT_TYPES, types)


def _macro_types(package: Package) -> None:
    types = _root(package, CONTENT_TYPES)
    changed = False
    for entry in types:
        kind = entry.get("ContentType", "")
        if kind in _MACRO_TYPES or kind == _WORD_TYPE + "template.main+xml":
            if kind in _MACRO_TYPES:
                package.warn("W020", part=package.name, target=entry.get("PartName", ""), kind="macroEnabled")
            entry.set("ContentType", _WORD_TYPE + "document.main+xml")
            changed = True
    if changed:
        _store(package, CONTENT_TYPES, types)


# ---- what pointed to it


def _has_fields(data: bytes) -> bool:
    return b"instrText" in data or b"fldSimple" in data


def _clean_part(package: Package, name: str, gone: set[str]) -> None:
    """Remove the elements that named a relationship which is gone, and field codes that fetch from elsewhere."""
    root = _root(package, name)
    changed = False
    for node in list(root.iter()):
        if not isinstance(node.tag, str):
            continue
        if gone and any(key.startswith(R) and value in gone for key, value in node.attrib.items()):
            _take_out(node)
            changed = True
    for instruction in _instructions(root):
        text = "".join(node.text or "" for node in instruction)
        found = _FIELDS.match(text)
        if found:
            package.warn("W024", part=name, target=found.group(1).upper(), kind="field")
            for node in instruction:
                node.text = ""
            changed = True
    for node in root.iter(W + "fldSimple"):
        found = _FIELDS.match(node.get(W + "instr") or "")
        if found:
            package.warn("W024", part=name, target=found.group(1).upper(), kind="field")
            node.set(W + "instr", "")
            changed = True
    if changed:
        _store(package, name, root)


def _take_out(node: Any) -> None:
    carrier = next(node.iterancestors(*_CARRIERS), None)
    chosen = carrier if carrier is not None else node
    if chosen.tag == W + "hyperlink":
        for child in list(chosen):
            chosen.addprevious(child)
    parent = chosen.getparent()
    if parent is not None:
        parent.remove(chosen)


def _instructions(root: Any) -> Iterator[list[Any]]:
    """The pieces of each field's instruction; fields may lie in one another."""
    stack: list[list[Any]] = []
    for node in root.iter(W + "fldChar", W + "instrText"):
        if node.tag == W + "instrText":
            if stack:
                stack[-1].append(node)
            continue
        kind = node.get(W + "fldCharType")
        if kind == "begin":
            stack.append([])
        elif kind == "end" and stack:
            yield stack.pop()
    yield from stack
