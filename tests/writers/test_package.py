"""The zip writer, and the table of output formats."""

from __future__ import annotations

import io
import zipfile

import pytest

from docgen.diagnostics import DocgenError
from docgen.writers import FORMATS, output_format
from docgen.writers.deflate import _choose
from docgen.writers.package import joined, member, pack, piece


def test_any_zip_reader_reads_what_was_packed() -> None:
    files = {"a.xml": b"<a/>" * 5000, "文件.xml": "中文".encode() * 10, "empty": b"", "small": b"x"}
    data = pack([member(name, content) for name, content in files.items()])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_pictures_are_stored_as_they_are() -> None:
    data = pack([member("p.png", b"\x89PNG" * 99, store=True)])
    assert zipfile.ZipFile(io.BytesIO(data)).getinfo("p.png").compress_type == zipfile.ZIP_STORED


@pytest.mark.parametrize("size", [10, 4096, 4097, 300000])
def test_every_deflate_is_undone_by_zlib(size: int) -> None:
    import zlib

    data = (b"<w:p>%d</w:p>" * size)[:size]
    for name in ("zlib", "isal", "zlib_ng", ""):
        assert zlib.decompress(_choose(name)(data), -15) == data


def test_docx_is_an_output_format() -> None:
    from docgen.writers.docx import write_docx

    assert FORMATS["docx"].load() is write_docx


def test_an_unknown_format_is_reported() -> None:
    with pytest.raises(DocgenError) as caught:
        output_format("odt")
    assert caught.value.diagnostics[0].code == "D301"


@pytest.mark.parametrize("first", [b"", b"a", bytes(range(256)) * 30])
@pytest.mark.parametrize("second", [b"", b"b", b"abc" * 30_000])
def test_a_file_joined_from_packed_pieces_reads_as_one(first: bytes, second: bytes) -> None:
    ready = piece(second)
    made = joined("a.xml", first, ready, piece(b"x", ready), ready, last=b"end")
    archive = zipfile.ZipFile(io.BytesIO(pack([made])))
    assert archive.testzip() is None
    assert archive.read("a.xml") == first + second + b"x" + second + second + b"end"
