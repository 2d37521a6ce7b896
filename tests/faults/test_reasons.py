"""What systems and libraries say of a fault reaches a Chinese reader in Chinese."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import openpyxl
import pytest
import yaml

from docgen.diagnostics import Diagnostic
from docgen.messages import render
from docgen.messages.reasons import in_chinese
from docgen.profile.reading import read_text

_ENGLISH = re.compile(r"[A-Za-z]{4,}")
BROKEN = {
    "second colon": "company:\n  full_name: 甲: 乙\n",
    "less indented": "company:\n  full_name: 甲\n short_name: 乙\n",
    "more indented": "company:\n  full_name: 甲\n   short_name: 乙\n",
    "open bracket": "company:\n  full_name: [甲\n",
    "open brace": "company: {a: 1\n",
    "open quote": 'company:\n  full_name: "甲\n',
    "sign at the start": "company:\n  full_name: @甲\n",
    "per cent at the start": "company:\n  full_name: %甲\n",
    "backslash": 'company:\n  full_name: "甲\\乙"\n',
    "dash in a value": "company: - 甲\n",
    "no colon": "company:\n  full_name 甲\n  short_name: 乙\n",
    "list among fields": "outlets:\n  - name: 甲\n  full: 乙\n",
    "fields among a list": "outlets:\n  - 甲\n  乙: 丙\n",
    "anchor without a name": "company: & 甲\n",
    "tag without an end": "company: !<甲\n",
    "block without a line": "company:\n  intro: |9x\n    甲\n",
    "second document": "company: 甲\n... x\n",
    "question mark": "company:\n  a: ? 甲\n",
    "comma alone": "company: [, 甲]\n",
    "closing bracket": "company: ]\n",
}


@pytest.mark.parametrize("loader", ["C", "Python"])
@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_slip_in_yaml_is_explained_in_chinese(text: str, loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if loader == "Python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    faults = read_text(text, "a.yaml").diagnostics
    assert faults
    for fault in faults:
        reason = in_chinese(str(fault.values.get("reason", "")))
        assert not _ENGLISH.search(reason), f"{fault.code}: {reason}"
        assert fault.place.line


@pytest.mark.parametrize(
    "name",
    ["ENOSPC", "EDQUOT", "EACCES", "EPERM", "EROFS", "EBUSY", "ENOENT", "ENOTDIR", "EISDIR", "EEXIST", "ENAMETOOLONG",
     "EMFILE", "ELOOP", "EIO", "ENOMEM", "ENOEXEC", "EINVAL"],
)  # fmt: skip
@pytest.mark.skipif(os.name == "nt", reason="Windows says it in its own language")
def test_what_the_system_refuses_is_said_in_chinese_and_in_english(name: str) -> None:
    english = os.strerror(getattr(errno, name))
    fault = Diagnostic("O004", values={"reason": english})
    assert not _ENGLISH.search(render(fault, "zh")), render(fault, "zh")
    assert english in render(fault, "en")


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + bytes(18)], ids=["empty", "text", "empty zip"])
def test_what_openpyxl_says_of_a_broken_workbook_is_said_in_chinese(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    with pytest.raises(Exception) as caught:
        openpyxl.load_workbook(path)
    assert not _ENGLISH.search(in_chinese(str(caught.value)).replace(".xlsx", "").replace(".docx", ""))


def test_what_is_unknown_or_chinese_already_stays_as_it_is() -> None:
    assert in_chinese("something new") == "something new"
    assert in_chinese("没有开展这项业务，expected node content") == "没有开展这项业务，expected node content"
