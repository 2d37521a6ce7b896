"""What the hidden cells of a questionnaire say: which row asks for which fact, which column holds which field.

Every row of a question has the path of its fact in the column of paths (`company.code`, `outlets[]`, `outlets[3]`,
`kpis.response_in_time`; `company.intro+` goes on where a cell is full). The other marks of that column begin with
`docgen:`. A hidden row of one names what stands in the columns of the rows below it: the answer, or fields of a list.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from zlib import crc32

from docgen.profile.describe import describe

SIGN = "docgen:"
FACTS = SIGN + "facts"  # below it the rows of single facts
LIST = SIGN + "list"  # below it the rows of one list
REST = SIGN + "-"  # a row of ours that asks for nothing
END = SIGN + "end"  # the last row of a list
ANSWER = "answer"  # in a row of FACTS, above the answers
BASE = "base"  # path of the row that names the base profile
MORE = "+"  # after a path: the row goes on with the texts of the row above
SUFFIXES = (".xlsx", ".xlsm")

_MOST = 100_000_000  # unpacked bytes that are looked through
_PARTS = re.compile(r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml", re.IGNORECASE)


@cache
def edition() -> str:
    """Stands for the fields this program knows: a workbook of another edition may ask for others."""
    return f"{crc32(' '.join(describe()).encode()):08x}"


def is_questionnaire(path: Path) -> bool:
    """Whether a file is a questionnaire, whatever it is called; no more of it is read than its texts."""
    if path.suffix.lower() not in SUFFIXES:
        return False
    import zipfile
    import zlib

    wanted = (FACTS.encode(), LIST.encode())
    left = _MOST
    try:
        with zipfile.ZipFile(path) as archive:
            # texts stand in one part, with few writers in the sheets themselves
            for info in sorted(archive.infolist(), key=lambda info: "sharedStrings" not in info.filename):
                if not _PARTS.fullmatch(info.filename) or info.file_size > left:
                    continue
                left -= info.file_size
                data = archive.read(info)
                if any(sign in data for sign in wanted):
                    return True
                if "sharedStrings" in info.filename:
                    return False
    except (OSError, ValueError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error):
        return False  # whoever reads it says why
    return False
