"""Lines as single steps: what may be joined, and that joining changes nothing a reader sees."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from docgen.document import Document, Gap, LineRow, Paragraph, Row, Table, Text
from docgen.templating.builder import Builder, plain
from docgen.templating.engine import Templates
from docgen.writers.docx import write_docx
from docgen.writers.docx.theme import load_theme
from tests.templating.test_builder import CONTEXT, VOCABULARY, build, words

ROOT = Path(__file__).parents[2]
HEAD = "| 甲 | 乙 |\n|---|---|\n"


def rows(tmp_path: Path, text: str, **files: str) -> tuple[Row, ...]:
    (table,) = [block for block in build(tmp_path, text, **files) if isinstance(block, Table)]
    return table.rows


def cells(row: Row) -> list[str]:
    return ["".join(plain(i) for i in cell.inlines) for cell in row.cells]


def played(tmp_path: Path, text: str) -> Builder:
    (tmp_path / "main.md").write_text(text, encoding="utf-8")
    builder = Builder()
    Templates([tmp_path], VOCABULARY).run("main.md", CONTEXT, builder)
    builder.finish()
    return builder


def test_a_row_of_values_is_one_step_and_its_cells_read_as_written(tmp_path: Path) -> None:
    made = rows(tmp_path, HEAD + "{% for o in outlets %}\n| {{ o.code }} 号 | {{ o.name }} |\n{% endfor %}\n")
    assert [type(row) for row in made] == [Row, LineRow, LineRow]
    assert [cells(row) for row in made[1:]] == [["1 号", "甲"], ["2 号", "乙"]]
    assert made[1].pattern is made[2].pattern  # type: ignore[attr-defined]


def test_a_joined_row_below_a_cell_that_reaches_down_is_written(tmp_path: Path) -> None:
    text = (
        HEAD
        + "| 总 | {{ service.hotline }} |\n| ^ | 二 |\n{% for o in outlets %}\n| ^ | {{ o.name }} |\n{% endfor %}\n"
    )
    blocks = build(tmp_path, text + "\n| {{ company.name }} | {% if empty %}一{% endif %} |\n")
    document = Document("x", "procedure", "X-1", "题", "A/0", blocks)
    with ZipFile(BytesIO(write_docx(document, load_theme(ROOT / "templates/themes/formal")))) as package:
        assert "乙" in package.read("word/document.xml").decode()


def test_a_condition_within_a_cell_is_a_value_of_the_row(tmp_path: Path) -> None:
    text = (
        HEAD + '{% for o in outlets %}\n| {{ o.code }} | {% if o.code == "1" %}是{{ o.name }}{% else %}—{% endif %} |\n'
    )
    made = rows(tmp_path, text + "{% endfor %}\n")
    assert all(type(row) is LineRow for row in made[1:])
    assert [cells(row) for row in made[1:]] == [["1", "是甲"], ["2", "—"]]


def test_a_condition_without_an_else_leaves_its_cell_empty(tmp_path: Path) -> None:
    made = rows(
        tmp_path, HEAD + '{% for o in outlets %}\n| {% if o.code == "1" %}一{% endif %} | {{ o.name }} |\n{% endfor %}'
    )
    assert [cells(row) for row in made[1:]] == [["一", "甲"], ["", "乙"]]
    assert made[2].cells[0].inlines == ()


def test_conditions_in_conditions_choose_as_they_do_alone(tmp_path: Path) -> None:
    text = '{% for o in outlets %}{% if o.code == "1" %}{% if o.name == "乙" %}A{% else %}B{% endif %}'
    text = "| 甲 |\n|---|\n" + text.replace("{% if o.code", "\n| {% if o.code", 1)
    text += '{% elif o.code == "2" %}C{% else %}D{% endif %} |\n{% endfor %}\n'
    assert [cells(row) for row in rows(tmp_path, text)[1:]] == [["B"], ["C"]]


def test_a_cell_whose_condition_holds_a_loop_is_built_the_long_way(tmp_path: Path) -> None:
    text = HEAD + "| {{ company.name }} | {% if outlets %}{% for o in outlets %}{{ o.name }}{% endfor %}{% endif %} |\n"
    made = rows(tmp_path, text)
    assert type(made[1]) is Row
    assert cells(made[1])[1] == "甲乙"


def test_strong_words_in_a_cell_stay_strong(tmp_path: Path) -> None:
    made = rows(tmp_path, HEAD + "| **{{ service.hotline }}** | 乙 |\n")
    (inline,) = made[1].cells[0].inlines
    assert isinstance(inline, Text) and inline.strong and inline.text == "400-000-0000"


def test_a_gap_in_a_joined_row_is_noted_once(tmp_path: Path) -> None:
    builder = played(tmp_path, HEAD + "| {{ service.email }} | {% if outlets %}{{ service.email }}{% endif %} |\n")
    assert [gap.key for gap in builder.gaps] == ["service.email", "service.email"]
    (table,) = builder.blocks
    assert isinstance(table, Table)
    assert [type(cell.inlines[0]) for cell in table.rows[1].cells] == [Gap, Gap]


def test_a_reference_in_a_joined_row_is_noted(tmp_path: Path) -> None:
    builder = played(tmp_path, HEAD + '| {{ doc("repair") }} | {{ service.hotline ~ doc("repair") }} |\n')
    assert list(builder.references) == [("document", "repair")]


def test_the_result_of_a_macro_that_writes_paragraphs_breaks_a_row_as_before(tmp_path: Path) -> None:
    text = "{% macro m() %}值{{ service.hotline }}{% endmacro %}\n" + HEAD + "| {{ m() }} | {{ service.hotline }} |\n"
    assert cells(rows(tmp_path, text)[1]) == ["值400-000-0000", "400-000-0000"]


def test_a_stored_row_can_be_played_twice(tmp_path: Path) -> None:
    text = "{% set part %}\n" + HEAD + "| {{ service.hotline }} | {{ company.name }} |\n{% endset %}\n"
    tables = [block for block in build(tmp_path, text + "{{ part }}\n\n{{ part }}\n") if isinstance(block, Table)]
    assert [cells(table.rows[1])[0] for table in tables] == ["400-000-0000", "400-000-0000"]


def test_lines_of_a_paragraph_go_on_and_an_empty_choice_leaves_nothing(tmp_path: Path) -> None:
    text = '电话{{ service.hotline }}。\n{% if empty %}无{% endif %}{{ "" if outlets else "x" }}完。\n'
    (block,) = build(tmp_path, text)
    assert isinstance(block, Paragraph)
    assert words(block) == "电话400-000-0000。完。"


def test_a_line_that_comes_to_nothing_makes_no_paragraph(tmp_path: Path) -> None:
    assert build(tmp_path, '{{ "" if outlets else "x" }}\n') == []


def test_an_attribute_filter_picks_as_the_standard_one_does(tmp_path: Path) -> None:
    def shown(expression: str) -> Any:
        blocks = build(tmp_path, "{% for o in " + expression + " %}{{ o.name }}{% endfor %}")
        return words(blocks[0]) if blocks else ""

    assert shown('outlets|selectattr("code", "equalto", "2")') == "乙"
    assert shown('outlets|rejectattr("code", "equalto", "2")') == "甲"
    assert shown('outlets|selectattr("code", "in", ["1", "9"])') == "甲"
    assert shown('outlets|selectattr("code")') == "甲乙"
    assert shown('outlets|rejectattr("code")') == ""
