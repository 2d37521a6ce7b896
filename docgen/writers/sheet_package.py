"""What every workbook's package has: content types, relationships, parts packed once where many share them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from docgen.writers.package import Member, member

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SMALL = 12_000  # characters of a part that many workbooks may share


def part(name: str, text: str) -> Member:
    """One part of the package; the small ones are kept."""
    return _kept(name, text) if len(text) < _SMALL else _packed(name, text)


def _packed(name: str, text: str) -> Member:
    return member(name, (_DECLARATION + text).encode("utf-8"))


_kept = lru_cache(maxsize=256)(_packed)


def content_types(sheets: int) -> str:
    """[Content_Types].xml of a workbook with so many sheets."""
    overrides = [
        ("xl/workbook.xml", _TYPE + "sheet.main+xml"),
        ("xl/styles.xml", _TYPE + "styles+xml"),
        ("xl/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
        ("xl/sharedStrings.xml", _TYPE + "sharedStrings+xml"),
        *((f"xl/worksheets/sheet{n}.xml", _TYPE + "worksheet+xml") for n in range(1, sheets + 1)),
    ]
    rows = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides)
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def relations(rows: Sequence[tuple[str, str]]) -> str:
    """A relationships part: (kind, target) in order, numbered from rId1."""
    items = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(rows, 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{items}</Relationships>'
