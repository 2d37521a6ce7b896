"""Themes: the shipped folders, and a consultant's own .docx."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.messages import render
from docgen.writers.docx import load_theme, theme_problems, write_docx
from docgen.writers.docx.looks import paragraph_lines
from docgen.writers.docx.tags import compile_tags, heal_tags
from tests.writers.samples import document, every_block, png
from tests.writers.test_docx_writer import THEMES, findings, part


def own_theme(folder: Path) -> Path:
    """A .docx as a consultant might have it: tags cut over runs, a picture in the header, wide margins."""
    import docx
    from docx.shared import Cm

    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height, section.left_margin = Cm(21), Cm(29.7), Cm(3.2)
    head = section.header.paragraphs[0]
    head.add_run("{{comp")
    head.add_run("any}} 体系文件 {{num").bold = True
    head.add_run("ber}} {{motto}}")
    (folder / "logo.png").write_bytes(png())
    head.add_run().add_picture(str(folder / "logo.png"), width=Cm(1))
    section.footer.paragraphs[0].add_run("版本 {{version}}")
    made.add_paragraph("示范正文不进入生成的文件")
    path = folder / "own.docx"
    made.save(str(path))
    return path


def test_the_shipped_themes_lack_nothing() -> None:
    for name in ("formal", "brand"):
        assert theme_problems(load_theme(THEMES / name)) == []


def test_every_role_of_the_shipped_theme_has_a_style() -> None:
    import yaml

    settings = yaml.safe_load((THEMES / "formal/theme.yaml").read_text("utf-8"))
    theme = load_theme(THEMES / "formal")
    for group in ("paragraphs", "characters", "tables"):
        assert set(getattr(theme, group)) == set(settings[group])


def test_a_brand_theme_inherits_what_it_does_not_name() -> None:
    formal, brand = load_theme(THEMES / "formal"), load_theme(THEMES / "brand")
    assert brand.paragraphs == formal.paragraphs
    assert brand.page == formal.page
    assert brand.words["gap"] == formal.words["gap"]
    assert brand.words["table_shade"] != formal.words["table_shade"]


def test_a_theme_of_a_house_folder_extends_a_shipped_one_even_of_the_same_name(tmp_path: Path) -> None:
    for name in ("ours", "brand"):
        folder = tmp_path / "themes" / name
        folder.mkdir(parents=True)
        (folder / "theme.yaml").write_text("title: x\nextends: brand\ndefaults: {color: 7A1F1F}\n", encoding="utf-8")
        theme = load_theme(folder)
        assert not theme_problems(theme)
        assert theme.defaults["color"] == "7A1F1F"


def test_an_own_docx_gives_page_header_and_styles(tmp_path: Path) -> None:
    theme = load_theme(own_theme(tmp_path))
    assert theme.page.left == round(3.2 / 2.54 * 1440)
    assert theme.style("heading-1") == "Heading1" and theme.style("bullet") == "ListBullet"
    data = write_docx(document(every_block(), cover=True, sample=True), theme, review=True)
    header = part(data, "word/theme-header.xml")
    assert "华信示范电器有限公司" in header and "HX-CX-16" in header and "{{" not in header
    assert "示例" in header
    assert "示范正文" not in part(data)
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert len(names) == len(set(names)) and "word/media/image1.png" in names
    path = tmp_path / "made.docx"
    path.write_bytes(data)
    assert findings(path) == []


def test_what_an_own_docx_lacks_is_listed_by_role(tmp_path: Path) -> None:
    problems = theme_problems(load_theme(own_theme(tmp_path)))
    missing = {d.values["role"] for d in problems if d.code == "D110"}
    assert {"note", "gap", "toc-1"} <= missing
    assert not {"heading-1", "body", "caption", "grid"} & missing
    assert {d.code for d in problems} == {"D110", "D112", "D113"}
    assert any("{{motto}}" in render(d) for d in problems)
    assert all(render(d, "en") and render(d) for d in problems)


def test_headings_of_an_own_docx_without_lists_are_numbered(tmp_path: Path) -> None:
    theme = load_theme(own_theme(tmp_path))
    data = write_docx(document(every_block()), theme)
    assert f'<w:numId w:val="{theme.numbering.heading}"/>' in part(data)
    assert theme.numbering.direct


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04broken"])
def test_a_file_that_is_no_docx_is_reported(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.docx"
    path.write_bytes(content)
    with pytest.raises(DocgenError) as caught:
        load_theme(path)
    assert caught.value.diagnostics[0].code == "D103"


def test_a_zip_without_a_body_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "bad.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(DocgenError) as caught:
        load_theme(path)
    assert caught.value.diagnostics[0].code == "D104"


def test_a_missing_theme_is_reported(tmp_path: Path) -> None:
    with pytest.raises(DocgenError) as caught:
        load_theme(tmp_path / "nowhere")
    assert caught.value.diagnostics[0].code == "D101"


def test_a_tag_cut_over_runs_is_healed() -> None:
    xml = "<w:p><w:r><w:t>甲{{ti</w:t></w:r><w:r><w:t>tle</w:t></w:r><w:r><w:t>}}乙</w:t></w:r></w:p>"
    filled = compile_tags(heal_tags(xml)).fill({"title": "题"})
    assert filled.count("题") == 1 and "{{" not in filled
    assert "甲题" in filled and "乙" in filled


def test_a_condition_drops_its_part_when_there_is_no_value() -> None:
    text = compile_tags("<w:t>前{{?notice}}提示：{{notice}}{{/notice}}后</w:t>")
    assert text.fill({}) == "<w:t>前后</w:t>"
    assert text.fill({"notice": "缺"}) == "<w:t>前提示：缺后</w:t>"


def test_the_estimate_knows_the_border_and_the_indent_of_lists() -> None:
    theme = load_theme(THEMES / "formal")
    width = theme.page.text_width
    plain, framed = theme.look("body", width), theme.look("commitment", width)
    assert framed.before > theme.metric("commitment").before >= plain.before
    bullets = [theme.list_look(False, level, width).room for level in range(3)]
    assert plain.room > bullets[0] > bullets[1] > bullets[2]
    assert bullets[0] > theme.list_look(True, 0, width).room


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (["文" * 36 + "。"], 1),  # the full stop stands beyond the edge
        (["文" * 38], 2),
        (["短句", "文" * 60], 3),  # what is before a forced break does not fill the lines behind it
    ],
)
def test_lines_of_a_paragraph_are_counted_as_they_are_broken(words: list[str], lines: int) -> None:
    theme = load_theme(THEMES / "formal")
    look = theme.look("body", theme.page.text_width)
    xml = b"<w:r><w:t>%s</w:t></w:r>" % b"</w:t><w:br/><w:t>".join(text.encode() for text in words)
    units = 2 * sum(map(len, words))
    assert paragraph_lines(xml, units, len(words) - 1, look) == lines
