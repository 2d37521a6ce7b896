"""Bodies that documents have in common: written from packed pieces they are what they would be alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from docgen.document import (
    Cell,
    CellPattern,
    Document,
    Inline,
    LineRow,
    Origin,
    Paragraph,
    Pattern,
    Picture,
    Row,
    RowPattern,
    Slot,
    Table,
    Text,
)
from docgen.writers.docx import Theme, load_theme, write_docx
from tests.writers.samples import png

STANDARD = Path(__file__).parents[2] / "templates" / "themes" / "formal"

TITLE = Paragraph((Text("派工单"),), "form-title", Origin("forms/x.yaml", 1, "title"), True)
FIXED = tuple(
    Row(
        (Cell((Text(f"第 {n} 项"),)), Cell((Text("结果与说明" * 3),))),
        False,
        8.0,
        Origin("forms/x.yaml", n, f"r{n}"),
        True,
    )
    for n in range(2, 40)
)
LINE = RowPattern(
    (CellPattern((Slot(0),)), CellPattern((Text("收"), Slot(1)))), False, Origin("forms/x.yaml", 50, "line"), 2, 8.0
)
PATTERN = Pattern(((1, 3), (1, len(FIXED)), (2, -1)))


def form(words: Sequence[Inline], pattern: Pattern | None = PATTERN) -> Document:
    """A form with a row of values, a joined row of values and a note of one."""
    joined = Row((Cell((words[0],), 1, 1), Cell((words[1],), 1, 1)), False, 8.0, Origin("forms/x.yaml", 60, "joined"))
    rows = (*FIXED[:3], LineRow(LINE, [words[0], words[1]]), *FIXED[3 : len(FIXED) - 1], joined, FIXED[-1])
    table = Table(rows, (30, 70), "form", "", Origin("forms/x.yaml", 2, "table"))
    note = Paragraph((Text("注：由"), words[2], Text("保存。")), "note", Origin("forms/x.yaml", 70, "note"))
    return Document(
        "f", "form", "SL-JL-16-02", "派工单", "A/0", [TITLE, table, note], {"company": "示例公司"}, pattern=pattern
    )


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture
def theme() -> Theme:
    return load_theme(STANDARD)


def test_a_document_of_a_pattern_is_what_it_would_be_alone(theme: Theme) -> None:
    alone = load_theme(STANDARD)
    for words in (("甲", "乙", "丙"), ("子", "丑", "寅"), ("一二", "三四", "五六"), ("<&>", "100%", "“引”")):
        assert members(write_docx(form(words), theme)) == members(write_docx(form(words, None), alone))
    (shared,) = theme.bodies.young.values()
    assert len(shared.made) == 1


def test_values_that_take_more_room_are_written_anew_and_remembered_beside_the_others(theme: Theme) -> None:
    for words in (("甲", "乙", "丙"), ("长" * 60, "乙", "丙"), ("久" * 60, "丁", "戊"), ("甲", "乙", "注" * 200)):
        alone = members(write_docx(form(words, None), load_theme(STANDARD)))
        assert members(write_docx(form(words), theme)) == alone
    (shared,) = theme.bodies.young.values()
    assert len(shared.made) == 3


def test_a_document_is_the_same_file_as_the_first_of_its_pattern_and_as_a_later_one(theme: Theme) -> None:
    words = ("甲", "乙", "丙")
    once = Pattern(PATTERN.places, lasting=False)
    first = write_docx(form(words, once), load_theme(STANDARD))
    assert [write_docx(form(words), theme) for _ in range(3)] == [first] * 3
    assert write_docx(form(words, once), theme) == first


def test_what_will_not_come_again_is_not_remembered(theme: Theme) -> None:
    write_docx(form(("甲", "乙", "丙"), Pattern(PATTERN.places, lasting=False)), theme)
    assert not theme.bodies.young


def test_a_picture_among_the_values_is_in_the_package(theme: Theme) -> None:
    picture = Picture(png(), "png", 20, 10)
    for words in (("甲", "乙", "丙"), ("甲", picture, "丙"), ("甲", "乙", "丙")):
        assert members(write_docx(form(words), theme)) == members(write_docx(form(words, None), load_theme(STANDARD)))
    found = members(write_docx(form(("甲", picture, "丙")), theme))
    assert any(name.startswith("word/media/") for name in found)


def test_a_pattern_without_places_is_packed_once(theme: Theme) -> None:
    pattern = Pattern()
    first = form(("甲", "乙", "丙"), pattern)
    write_docx(first, theme)
    (shared,) = theme.bodies.young.values()
    again = Document(
        "f", "form", "AB-JL-16-02", "派工单", "A/1", first.blocks, {"company": "另一公司"}, pattern=pattern
    )
    found = members(write_docx(again, theme))
    assert (
        shared.made[()].part.packed
        and found["word/document.xml"] == members(write_docx(first, theme))["word/document.xml"]
    )
    assert "AB-JL-16-02" in "".join(data.decode("utf-8") for name, data in found.items() if "header" in name)


def test_a_review_shows_its_comments_whatever_was_written_before(theme: Theme) -> None:
    for _ in range(3):
        write_docx(form(("甲", "乙", "丙")), theme)
    reviewed = members(write_docx(form(("甲", "乙", "丙")), theme, review=True))
    assert reviewed["word/document.xml"]
