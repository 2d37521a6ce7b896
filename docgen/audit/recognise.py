"""What a file is: by docgen's manifest, else by number, title and content, whatever its author called it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from docgen.audit.model import AuditDocument
from docgen.audit.words import Words
from docgen.catalogue import Catalogue, Document, Form

CODE = re.compile(
    r"(?<![A-Za-z0-9/.-])(?!(?:GB|GBT|ISO|SB|JT|RB|QC|IEC|T|HG|CCC|DB)[-/T\s])"
    r"[A-Z][A-Z0-9]{0,9}(?:[-/][A-Z0-9]{1,8}){0,3}[-/.]?\d{1,4}(?:[-.]\d{1,4}){0,3}(?![A-Za-z0-9])"
)
VERSION = re.compile(r"(?<![A-Z])([A-Z])\s*[/／.版]\s*(\d{1,2})(?!\d)|[Vv]\s?(\d{1,2}(?:\.\d{1,2})?)(?![\d.])")
_VERSION_LABEL = re.compile(r"版本|版次|版号|版　本|版\s+本")
_NUMBER_LABEL = re.compile(r"编\s*号|文号|代\s*号")
_NUMBER_SKIP = re.compile(r"记录编号|表单编号|工单|证书|合同|协议")
_FRONT = 45  # paragraphs of the front that may hold title, number, version


def recognise(documents: list[AuditDocument], manifest: Mapping[str, Any], words: Words, catalogue: Catalogue) -> None:
    """Fill title, number, version, kind, id and topics of each document."""
    known = {f["path"]: (entry, f["sha256"]) for entry in manifest.get("documents", ()) for f in entry["files"]}
    for document in documents:
        found = known.get(document.path)
        if found:
            entry, digest = found
            document.id, document.kind, document.number = entry["id"], entry["kind"], entry["number"]
            document.title, document.version = str(entry.get("title", "")), str(entry.get("version", ""))
            document.gaps = tuple(entry.get("gaps", ()))
            document.gap_labels = entry.get("gap_labels", {})
            document.edited = bool(digest) and digest != document.sha256
        else:
            _by_content(document, words)
        document.names = _names(document)
        document.topics = _topics(document, words)
        if not document.id:
            document.id = _catalogue_id(document, catalogue)


def _by_content(document: AuditDocument, words: Words) -> None:
    stem = PurePosixPath(document.path).stem
    document.number = document.number or _number(document, stem)
    document.version = document.version or _version(document)
    document.title = _title(document, stem, words)
    document.kind = kind_of(document.title, words) or kind_of(stem, words) or _kind_by_shape(document)


def _title(document: AuditDocument, stem: str, words: Words) -> str:
    name = CODE.sub("", stem)
    name = re.sub(
        r"^[\s\d_.、\-—]+|(?:[\s_\-—]*(?:[vV]\d[\d.]*|[A-Z][/-]?\d|终稿|最终版?|修订版?|副本|copy|\(\d+\)))+$", "", name
    )
    name = name.strip(" _-—.")
    if kind_of(name, words):
        return name
    not_title = words.re("not_a_title")
    shown = [
        p.text for p in document.paragraphs[:_FRONT] if p.kind in ("text", "heading", "cell") and p.where != "header"
    ]
    candidates = [document.properties.get("title", ""), *shown, *document.header.splitlines()]
    for text in candidates:
        line = " ".join(text.split("\n")[0].split())
        if 3 <= len(line) <= 30 and not not_title.search(line) and "。" not in line and kind_of(line, words):
            return CODE.sub("", line).strip(" 《》:：-—")
    return name or stem


def kind_of(title: str, words: Words) -> str:
    """The kind a title speaks of; the word that stands last decides."""
    best, place = "", -1
    for kind, pattern in words.map("kinds").items():
        for match in pattern.finditer(title):
            if match.end() > place:
                best, place = kind, match.end()
    return best


def _kind_by_shape(document: AuditDocument) -> str:
    """A file that is mostly table cells is a form, one with headings a procedure."""
    shown = [
        p
        for p in document.paragraphs
        if p.kind in ("text", "heading", "cell") and p.where in ("body", "table", "sheet")
    ]
    cells = sum(p.kind == "cell" for p in shown)
    if not shown:
        return ""
    if cells > 0.8 * len(shown):
        return "form"
    return "procedure" if document.technical.headings >= 3 else ""


def _number(document: AuditDocument, stem: str) -> str:
    match = CODE.search(stem)
    if match:
        return match.group()
    front = [p.text for p in document.paragraphs[:_FRONT]] + document.header.splitlines()
    for here, following in zip(front, [*front[1:], ""], strict=False):
        if _NUMBER_LABEL.search(here) and not _NUMBER_SKIP.search(here):
            match = CODE.search(here) or CODE.match(following.strip())
            if match:
                return match.group()
    for line in document.header.splitlines():
        match = CODE.search(line)
        if match:
            return match.group()
    return ""


def _version(document: AuditDocument) -> str:
    front = [p.text for p in document.paragraphs[:_FRONT]] + document.header.splitlines()
    for here, following in zip(front, [*front[1:], ""], strict=False):
        if _VERSION_LABEL.search(here) and len(here) < 60:
            tail = _VERSION_LABEL.split(here, maxsplit=1)[1]
            match = VERSION.search(tail) or VERSION.match(following.strip())
            if match:
                return normal_version(match)
    return ""


def normal_version(match: re.Match[str]) -> str:
    """`A/0` for `A.0`, `A／0`, `A版0`; `V1.0` as it is."""
    if match.group(1):
        return f"{match.group(1)}/{match.group(2)}"
    return f"V{match.group(3)}"


def _names(document: AuditDocument) -> tuple[str, ...]:
    stem = CODE.sub("", PurePosixPath(document.path).stem).strip(" _-—")
    return tuple(dict.fromkeys(n for n in (document.title, stem) if n))


def _topics(document: AuditDocument, words: Words) -> tuple[str, ...]:
    found = [topic for topic, pattern in words.map("topics").items() if pattern.search(document.title)]
    if found or document.kind == "form":
        return tuple(found)
    text = document.text
    least = max(int(words.raw("topic_in_text")), len(text) * float(words.raw("topic_density")) / 1000)
    counted = [(len(pattern.findall(text)), topic) for topic, pattern in words.map("topics").items()]
    if document.kind == "manual":
        return tuple(topic for count, topic in counted if count)
    counted = sorted((c for c in counted if c[0] >= least), reverse=True)
    return tuple(topic for _, topic in counted[:2])


def _catalogue_id(document: AuditDocument, catalogue: Catalogue) -> str:
    """The catalogue's document of the same title or number ending, for sets without a manifest."""
    rows: list[Document | Form] = [*catalogue.documents.values(), *catalogue.forms.values()]
    for row in rows:
        if document.title == row.title or (document.number.endswith("-" + row.number) and document.number):
            return row.id
    return ""
