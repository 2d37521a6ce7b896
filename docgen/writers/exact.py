"""Exact page numbers for contents pages: LibreOffice lays the files out, the outline of the PDF says the pages."""

from __future__ import annotations

import re
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.document.model import Document, Heading
from docgen.writers.office import convert, office_program

_EXPORT = 'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"}}'
_OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\b(.*?)\bendobj\b", re.S)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
_REFERENCE = rb"\s*(\d+) 0 R"


def find_pages(
    batch: Sequence[tuple[Document, bytes]],
    *,
    command: Sequence[str] = (),
    seconds: float = 30.0,
) -> tuple[list[dict[str, int]], list[Diagnostic]]:
    """The page of every heading by anchor, for each document with its .docx; one LibreOffice start for all.

    `command` starts LibreOffice (default: `soffice` or `libreoffice` on the path), `seconds` is the limit for one
    document. What cannot be laid out gets an empty mapping and a diagnostic (D201 to D203).
    """
    found: list[dict[str, int]] = [{} for _ in batch]
    program = list(command) or office_program()
    if not program:
        return found, [Diagnostic("D201", Severity.WARNING)]
    diagnostics: list[Diagnostic] = []
    with tempfile.TemporaryDirectory(prefix="docgen-pages-") as folder:
        numbers = {Path(folder) / f"{number}.docx": number for number in range(len(batch))}
        for path, number in numbers.items():
            path.write_bytes(batch[number][1])
        for made in convert(list(numbers), program, export=_EXPORT, seconds=seconds):
            number = numbers[made.source]
            document = batch[number][0]
            pages = _pages_of(document, made.pdf) if made.pdf else None
            if pages is None:
                values = {"title": document.title, "seconds": round(seconds), "reason": made.reason or "no outline"}
                code = "D202" if made.late else "D203"
                diagnostics.append(Diagnostic(code, Severity.WARNING, Place(heading=document.title), values))
            found[number] = pages or {}
    return found, diagnostics


def _pages_of(document: Document, pdf: bytes) -> dict[str, int] | None:
    """Headings by anchor; None if the PDF has no outline that fits the document."""
    headings = [b for b in document.blocks if type(b) is Heading and b.in_contents]
    if not headings:
        return {}
    outline = list(read_outline(pdf))
    if len(outline) != len(headings):
        return None
    return {h.anchor: page for h, (_, page) in zip(headings, outline, strict=True) if h.anchor}


def read_outline(pdf: bytes) -> Iterator[tuple[str, int]]:
    """Title and page of every outline entry of a PDF, in order; nothing for a PDF without outline."""
    objects = _objects(pdf)
    pages = {number: place for place, number in enumerate(_page_objects(objects), 1)}
    root = next((b for b in objects.values() if re.search(rb"/Type\s*/Catalog\b", b)), b"")
    outlines = re.search(rb"/Outlines" + _REFERENCE, root)
    if not outlines:
        return
    first = re.search(rb"/First" + _REFERENCE, objects.get(int(outlines.group(1)), b""))
    waiting = [int(first.group(1))] if first else []
    seen: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        body = objects.get(number, b"")
        target = re.search(rb"/Dest\s*\[" + _REFERENCE, body) or re.search(rb"/D\s*\[" + _REFERENCE, body)
        if target and int(target.group(1)) in pages:
            yield _title(body), pages[int(target.group(1))]
        for name in (rb"/Next", rb"/First"):  # children before the next one
            link = re.search(name + _REFERENCE, body)
            if link:
                waiting.append(int(link.group(1)))


def _title(body: bytes) -> str:
    found = re.search(rb"/Title\s*<([0-9A-Fa-f]*)>", body)
    return bytes.fromhex(found.group(1).decode()).decode("utf-16", "replace") if found else ""


def _objects(pdf: bytes) -> dict[int, bytes]:
    """All objects by number, those inside object streams too."""
    objects: dict[int, bytes] = {}
    for match in _OBJECT.finditer(pdf):
        number, body = int(match.group(1)), match.group(2)
        objects[number] = body
        if b"/ObjStm" in body[:400]:
            stream = _STREAM.search(body)
            count, first = (re.search(rb"/" + key + rb"\s+(\d+)", body) for key in (b"N", b"First"))
            if stream and count and first:
                try:
                    data = zlib.decompress(stream.group(1))
                except zlib.error:
                    continue
                start = int(first.group(1))
                head = [int(n) for n in data[:start].split()[: 2 * int(count.group(1))]]
                places = [*head[1::2], len(data) - start]
                for index, inner in enumerate(head[::2]):
                    objects[inner] = data[start + places[index] : start + places[index + 1]]
    return objects


def _page_objects(objects: Mapping[int, bytes]) -> list[int]:
    """Object numbers of the pages in order."""
    root = next((b for b in objects.values() if re.search(rb"/Type\s*/Catalog\b", b)), b"")
    tree = re.search(rb"/Pages" + _REFERENCE, root)
    order: list[int] = []
    waiting = [int(tree.group(1))] if tree else []
    while waiting and len(order) < 100000:
        number = waiting.pop()
        body = objects.get(number, b"")
        kids = re.search(rb"/Kids\s*\[([^\]]*)\]", body)
        if kids:
            waiting += [int(n) for n in reversed(re.findall(rb"(\d+) 0 R", kids.group(1)))]
        else:
            order.append(number)
    return order
