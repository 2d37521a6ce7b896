"""Files as people hand them in, through the command line: sizes, encodings, bombs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from docgen.cli import cli
from tests.batch.lists import PROFILES

TEXT = (PROFILES / "minimal.yaml").read_text(encoding="utf-8")
ALIASES = "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a, *a, *a]\n" for n in range(60))


def check(path: Path) -> tuple[int, list[dict[str, Any]]]:
    made = CliRunner().invoke(cli, ["--lang", "en", "check", str(path), "--json"])
    assert made.exception is None or isinstance(made.exception, SystemExit), made.exception
    (record,) = json.loads(made.stdout)
    return made.exit_code, record["diagnostics"]


@pytest.mark.parametrize(
    ("data", "code", "exit_code"),
    [
        (TEXT.encode("gb18030"), "P005", 0),
        (TEXT.encode("gbk", "replace"), "P005", 0),
        (TEXT.encode("utf-16"), "P005", 0),
        (b"\xef\xbb\xbf" + TEXT.encode(), "", 0),
        (TEXT.replace("\n", "\r\n").encode(), "", 0),
        (TEXT.replace("company:\n", "company:\n  full_name: x\n", 1).encode(), "P012", 1),
        (TEXT.replace("  full_name", "\tfull_name", 1).encode(), "P007", 1),
        (ALIASES.encode(), "P008", 1),
        (b"company: " + b"[" * 100_000, "P010", 1),
        (b"company:\n  intro: " + "长".encode() * 17_000_000, "P003", 1),
        (b"\0" * 1_000_000, "", 1),
        (b"\xff" * 1000, "P004", 1),
        (b"", "P014", 1),
        (b"PK\x03\x04 a workbook", "P021", 1),
        (b"\xd0\xcf\x11\xe0 an old one", "P021", 1),
        (b"%PDF-1.7", "P021", 1),
    ],
    ids=["GB18030", "GBK", "UTF-16", "BOM", "CRLF", "repeated key", "tabs", "aliases", "nesting", "50 MB", "zeros", "no text",
         "empty", "xlsx", "xls", "pdf"],
)  # fmt: skip
def test_every_file_ends_in_a_reading_or_a_message(tmp_path: Path, data: bytes, code: str, exit_code: int) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(data)
    ended, diagnostics = check(path)
    assert ended == exit_code, diagnostics
    assert not code or code in [d["id"] for d in diagnostics]
    assert all(d["file"] for d in diagnostics if d["severity"] == "error")
