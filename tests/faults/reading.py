"""Reading finished files back: are they whole, and what do they say?"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def squeezed(text: str) -> str:
    """A text without blanks, line ends and what XML cannot hold: what must be found again, wherever lines break."""
    return "".join(c for c in _FORBIDDEN.sub("", text) if not c.isspace())


def parts(data: bytes) -> dict[str, ElementTree.Element]:
    """Every XML member, parsed. Raises where the file is damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        assert "[Content_Types].xml" in names
        return {name: ElementTree.fromstring(archive.read(name)) for name in names}


def words(data: bytes) -> str:
    """All the words of a .docx or .xlsx, squeezed."""
    said: list[str] = []
    for name, root in parts(data).items():
        if name.startswith(("word/", "xl/")):
            said += [node.text or "" for node in root.iter() if node.tag in (f"{_WORD}t", f"{_SHEET}t", f"{_SHEET}v")]
            said.append("\n")
    return "".join(c for c in "".join(said) if not c.isspace())


def formulas(data: bytes) -> list[str]:
    """The formulas of an .xlsx, those of lists of answers too."""
    kinds = (f"{_SHEET}f", f"{_SHEET}formula1", f"{_SHEET}formula2")
    return [node.text or "" for root in parts(data).values() for node in root.iter() if node.tag in kinds]


def check_folder(folder: Path) -> int:
    """Every visible file below a folder is whole; their number."""
    found = 0
    for path in folder.rglob("*"):
        if not path.is_file() or ".docgen" in path.relative_to(folder).parts:
            continue
        if path.suffix in (".docx", ".xlsx"):
            parts(path.read_bytes())
            found += 1
        assert not path.name.endswith(".tmp") or path.name.startswith("."), f"half-written file in sight: {path}"
    return found
