"""What every workbook's package has: content types, relationships, parts packed once where many share them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from docgen.writers.package import Member, member
from docgen.writers.sheet_theme import theme_part

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def part(name: str, text: str) -> Member:
    """One part of the package."""
    return member(name, (DECLARATION + text).encode("utf-8"))


@lru_cache(maxsize=256)
def kept_part(name: str, text: str) -> Member:
    """One part of the package that many workbooks share."""
    return part(name, text)


@lru_cache(maxsize=32)
def frame(sheets: int, font: str) -> tuple[Member, ...]:
    """What is the same in all workbooks with so many sheets, in the order of the package."""
    rows = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, sheets + 1)]
    rows += [("styles", "styles.xml"), ("theme", "theme/theme1.xml"), ("sharedStrings", "sharedStrings.xml")]
    return (
        part("[Content_Types].xml", content_types(sheets)),
        part("_rels/.rels", relations([("officeDocument", "xl/workbook.xml")])),
        part("xl/_rels/workbook.xml.rels", relations(rows)),
        part("xl/theme/theme1.xml", theme_part(font)),
    )


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
