"""Small Word files made of XML, for tests."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'


def run(text: str, properties: str = "") -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<w:r>{properties}<w:t xml:space="preserve">{escaped}</w:t></w:r>'


def p(*texts: str, properties: str = "") -> str:
    """A paragraph; each text is a run, one that begins with < is XML already."""
    return f"<w:p>{properties}{''.join(t if t.startswith('<w:') else run(t) for t in texts)}</w:p>"


def cell(*paragraphs: str, properties: str = '<w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>') -> str:
    body = "".join(x if x.startswith("<w:") else p(x) for x in paragraphs)
    return f"<w:tc>{properties}{body}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(x if x.startswith('<w:tc') else cell(x) for x in cells)}</w:tr>"


def table(columns: int, *rows: str) -> str:
    grid = '<w:gridCol w:w="2000"/>' * columns
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def members(body: str, section: str = SECTION, **parts: str) -> dict[str, str]:
    """The members of a Word file; `parts` are further parts of the document by kind: header, footer, footnotes."""
    overrides, relations = [], []
    files = {"word/document.xml": f"<w:document {W}><w:body>{body}{section}</w:body></w:document>"}
    roots = {"header": "hdr", "footer": "ftr", "footnotes": "footnotes"}
    for kind, xml in parts.items():
        root = roots[kind]
        files[f"word/{kind}.xml"] = f"<w:{root} {W}>{xml}</w:{root}>"
        overrides.append(f'<Override PartName="/word/{kind}.xml" ContentType="{_TYPE}{kind}+xml"/>')
        relations.append(f'<Relationship Id="rId{kind}" Type="{_OFFICE}{kind}" Target="{kind}.xml"/>')
        if kind in ("header", "footer"):
            reference = f'<w:{kind}Reference w:type="default" r:id="rId{kind}"/>'
            files["word/document.xml"] = files["word/document.xml"].replace("<w:sectPr>", f"<w:sectPr>{reference}", 1)
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{_TYPE}document.main+xml"/>{"".join(overrides)}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}relationships"><Relationship Id="rId1" Type="{_OFFICE}officeDocument" Target="word/document.xml"/></Relationships>',
        **files,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}relationships">{"".join(relations)}</Relationships>',
    }


def write(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return path


def docx(path: Path, body: str, **parts: str) -> Path:
    return write(path, dict(members(body, **parts)))


def part(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        return package.read(name).decode("utf-8")


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.namelist()


def text(data: bytes) -> str:
    """Paragraphs by line, as a reader sees them."""
    return text_of_xml(part(data))


def text_of_xml(xml: str) -> str:
    import xml.etree.ElementTree as ET

    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    lines = []
    for paragraph in ET.fromstring(xml).iter(w + "p"):
        words = []
        for node in paragraph.iter():
            if node.tag == w + "t":
                words.append(node.text or "")
            elif node.tag == w + "br":
                words.append("\n")
            elif node.tag == w + "tab":
                words.append("\t")
        lines.append("".join(words))
    return "\n".join(lines)


def png(width: int = 4, height: int = 2) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\xff\x00\x00" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def shapes(data: bytes) -> list[list[list[str]]]:
    """Tables as rows of cell texts, merged cells as Word shows them."""
    from docx import Document

    document = Document(BytesIO(data))
    return [[[re.sub(r"\n+", "\n", c.text).strip() for c in r.cells] for r in t.rows] for t in document.tables]
