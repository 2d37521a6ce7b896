"""Parts of a theme folder are read here: they go into every document, so none may carry anything but looks."""

from __future__ import annotations

import re
from pathlib import Path
from xml.parsers import expat

from docgen.diagnostics import Diagnostic, DocgenError, Place

MAX_PART = 8_000_000  # bytes
_DECLARED = re.compile(r"<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)", re.I)
_REFERS = re.compile(r"\sr:(?:id|embed|link|pict|href|dm|lo|qs|cs)\s*=")  # to parts and addresses a folder has not
_CARRIERS = re.compile(r"<(?:w:object|w:control|w:altChunk|w:subDoc|o:OLEObject|w:attachedTemplate)\b")
_FIELD = re.compile(r"<w:instrText\b[^>]*>([^<]*)<|w:instr\s*=\s*\"([^\"]*)\"")
_HARMLESS_FIELD = re.compile(
    r"\s*(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES|STYLEREF|DATE|TIME|TITLE|AUTHOR|SUBJECT|DOCPROPERTY|REF|PAGEREF|SEQ|=)(?![A-Z])"
    r"|\s*$",
    re.I,
)


def read_part(path: Path) -> str:
    """The text of an XML part of a theme folder.

    Raises:
        DocgenError: it cannot be read or is no XML (D102), declares entities (D105), or holds references, objects or
            fields that fetch something (D106).
    """
    try:
        if path.stat().st_size > MAX_PART:
            raise _refused("D102", path)
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeError) as fault:
        raise _refused("D102", path) from fault
    if _DECLARED.search(text):
        raise _refused("D105", path)
    for pattern in (_REFERS, _CARRIERS):
        found = pattern.search(text)
        if found:
            raise _refused("D106", path, what=found.group().strip(" =<"))
    for match in _FIELD.finditer(text):
        code = match.group(1) or match.group(2) or ""
        if not _HARMLESS_FIELD.match(code):
            raise _refused("D106", path, what=code.strip()[:60])
    try:
        expat.ParserCreate().Parse(text.encode(), True)
    except expat.ExpatError as fault:
        raise _refused("D102", path, line=fault.lineno) from fault
    return text


def _refused(code: str, path: Path, line: int = 0, **values: str) -> DocgenError:
    return DocgenError([Diagnostic(code, place=Place(file=str(path), line=line), values={"name": path.name, **values})])
