"""Values, healing and what must not stay behind."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docgen.diagnostics import DocgenError
from docgen.document import Gap, Proposed
from docgen.templating.program import TEMPLATE_GLOBALS
from docgen.templating.values import Missing, Record, assume
from docgen.templating.vocabulary import SCALAR, Parts, Things, Vocabulary
from docgen.wordtemplate import RichText, load_for_data, load_template
from tests.wordtemplate.samples import cell, docx, names, p, part, png, row, run, table, text

NASTY = "A&B<C>|**x**{{ 7*7 }}\n第二行\t完"


def fill(path: Path, body: str, data: dict[str, Any], **parts: str) -> bytes:
    return load_for_data(docx(path / "t.docx", body, **parts), data).render(data, pictures_from=path)


def test_a_value_shows_its_own_characters(tmp_path: Path) -> None:
    data = {"v": NASTY, "rows": [{"v": NASTY}]}
    body = p("前{{ v }}后") + table(1, row("{%tr for r in rows %}"), row("{{ r.v }}"), row("{%tr endfor %}"))
    made = fill(tmp_path, body, data, header=p("{{ v }}"))
    assert text(made) == f"前{NASTY}后\n{NASTY}"
    assert "A&amp;B&lt;C&gt;|**x**{{ 7*7 }}</w:t><w:br/>" in part(made, "word/header.xml")


def test_characters_xml_cannot_hold_are_left_out(tmp_path: Path) -> None:
    assert text(fill(tmp_path, p("{{ v }}"), {"v": "一\x00\x08\ufffe\ud800二]]>𠮷"})) == "一二]]>𠮷"


def test_an_attribute_takes_a_value_without_breaking_out(tmp_path: Path) -> None:
    drawing = '<w:r><w:t xml:space="preserve">x</w:t></w:r><w:bookmarkStart w:id="1" w:name="{{ v }}"/>'
    made = part(fill(tmp_path, p(f"<w:ins>{drawing}</w:ins>"), {"v": 'a"/><w:p/>'}))
    assert 'w:name="a&quot;/&gt;&lt;w:p/&gt;"' in made


def test_a_value_cannot_add_to_a_field_code(tmp_path: Path) -> None:
    field = '<w:r><w:instrText xml:space="preserve"> HYPERLINK "{{ v }}" </w:instrText></w:r>'
    assert ' HYPERLINK "a INCLUDETEXT b" ' in part(fill(tmp_path, p(field), {"v": 'a" INCLUDETEXT \\"b'}))


SPLIT = {
    "braces apart": p("{", "{ name }", "}"),
    "spelling marks": p("{{", '<w:proofErr w:type="spellStart"/>', " name", '<w:proofErr w:type="spellEnd"/>', " }}"),
    "bookmark": p("{{ na", '<w:bookmarkStart w:id="0" w:name="b"/>', "me }}", '<w:bookmarkEnd w:id="0"/>'),
    "formatting halves": p(run("{{ na", "<w:rPr><w:b/></w:rPr>"), run("me }}", "<w:rPr><w:i/></w:rPr>")),
    "line break": p("<w:r><w:t>{{</w:t><w:br/><w:t>name }}</w:t></w:r>"),
    "insertion": p("{{ na", "<w:ins>" + run("me") + "</w:ins>", " }}"),
    "hyperlink": p("{{ na", '<w:hyperlink w:anchor="x">' + run("me }}") + "</w:hyperlink>"),
    "comment range": p("{{ na", '<w:commentRangeStart w:id="0"/>', "me }}"),
    "hard space and smart quotes": p("{{\u00a0name|replace(“x”, ‘y’)\u3000}}"),
    "letter by letter": p(*"{{ name }}"),
}


@pytest.mark.parametrize("body", SPLIT.values(), ids=list(SPLIT))
def test_a_tag_word_has_cut_up_is_whole_again(body: str, tmp_path: Path) -> None:
    made = load_template(docx(tmp_path / "t.docx", body)).render({"name": "甲"})
    assert text(made) == "甲"


def test_a_quotation_inside_a_quoted_text_stays_as_typed(tmp_path: Path) -> None:
    assert text(fill(tmp_path, p('{{ "他说“好”" }}'), {})) == "他说“好”"


def test_text_beside_a_split_tag_keeps_its_look(tmp_path: Path) -> None:
    bold = "<w:rPr><w:b/></w:rPr>"
    made = part(fill(tmp_path, p(run("粗{{ na", bold), run("me }}细")), {"name": "甲"}))
    assert f'<w:r>{bold}<w:t xml:space="preserve">粗甲</w:t></w:r><w:r><w:t xml:space="preserve">细</w:t></w:r>' in made


def test_tags_work_in_headers_footers_footnotes_text_boxes_and_properties(tmp_path: Path) -> None:
    from tests.wordtemplate.samples import members, write

    box = p("<w:r><w:pict><w:txbxContent>" + p("框{{ v }}") + "</w:txbxContent></w:pict></w:r>")
    files = members(
        box,
        header=p("头{{ v }}"),
        footer=p("脚{{ v }}"),
        footnotes=f'<w:footnote w:id="2">{p("注{{ v }}")}</w:footnote>',
    )
    files["docProps/core.xml"] = '<c xmlns="urn:x"><title>{{ v }}</title></c>'
    files["docProps/custom.xml"] = '<c xmlns="urn:x"><lpwstr>号{{ v }}</lpwstr></c>'
    made = load_template(write(tmp_path / "t.docx", dict(files))).render({"v": "甲&乙"})
    assert "框甲&amp;乙" in part(made)
    for name, mark in (("header", "头"), ("footer", "脚"), ("footnotes", "注")):
        assert f"{mark}甲&amp;乙" in part(made, f"word/{name}.xml")
    assert "<title>甲&amp;乙</title>" in part(made, "docProps/core.xml")
    assert "号甲&amp;乙" in part(made, "docProps/custom.xml")


def test_a_false_condition_leaves_no_paragraph_row_table_or_page(tmp_path: Path) -> None:
    page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    body = (
        p("头")
        + p("{% if no %}") + page + p("不写") + p("{% endif %}")
        + p("{% if no %}整句{% endif %}")
        + table(1, row("{% if no %}"), row("行"), row("{% endif %}"))
        + table(1, row("留"), row("{%tr if no %}"), row("行"), row("{%tr endif %}"))
        + p("尾")
    )  # fmt: skip
    made = part(fill(tmp_path, body, {"no": False}))
    assert text(fill(tmp_path, body, {"no": False})) == "头\n留\n尾"
    assert made.count("<w:tbl>") == 1 and made.count("<w:tr>") == 1 and "w:br" not in made


def test_a_true_condition_leaves_no_paragraph_of_its_own(tmp_path: Path) -> None:
    body = p("{% if yes %}") + p("写") + p("{% else %}") + p("不写") + p("{% endif %}")
    assert text(fill(tmp_path, body, {"yes": True})) == "写"


def test_a_cell_always_keeps_a_paragraph(tmp_path: Path) -> None:
    body = table(2, row(cell("{%p if no %}", "字", "{%p endif %}"), cell("{% if no %}字{% endif %}")))
    made = part(fill(tmp_path, body, {"no": False}))
    assert made.count("<w:p>") == 2


def test_the_end_of_a_section_never_vanishes(tmp_path: Path) -> None:
    section = "<w:pPr><w:sectPr><w:pgSz w:w='1' w:h='1'/></w:sectPr></w:pPr>"
    made = part(fill(tmp_path, p("{% if no %}字{% endif %}", properties=section) + p("尾"), {"no": False}))
    assert made.count("<w:sectPr>") == 2


def test_columns_of_a_loop_have_a_grid_that_fits(tmp_path: Path) -> None:
    body = table(1, row("{%tc for x in items %}", "{{ x }}", "{%tc endfor %}"))
    made = part(fill(tmp_path, body, {"items": ["1", "2", "3", "4"]}))
    assert made.count('<w:gridCol w:w="500"/>') == 4 and made.count('w:w="500" w:type="dxa"') == 4


def test_a_row_may_hold_its_own_loop(tmp_path: Path) -> None:
    body = table(2, row("{%tr for x in items %}{{ x }}", "{{ loop.index }}{%tr endfor %}"))
    assert text(fill(tmp_path, body, {"items": ["甲", "乙"]})) == "甲\n1\n乙\n2"


def test_ids_written_in_a_loop_are_never_the_same_twice(tmp_path: Path) -> None:
    drawing = '<w:r><w:drawing><wp:inline xmlns:wp="urn:wp"><wp:docPr id="1" name="n"/></wp:inline></w:drawing></w:r>'
    paragraph = p("{{ x }}", drawing).replace(
        "<w:p>", '<w:p xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="0000000A">'
    )
    mark = '<w:bookmarkStart w:id="7" w:name="one"/><w:bookmarkEnd w:id="7"/>'
    body = p("{%p for x in items %}") + paragraph.replace("</w:p>", mark + "</w:p>") + p("{%p endfor %}")
    made = part(fill(tmp_path, body, {"items": ["1", "2", "3"]}))
    import re

    identities, drawings = re.findall(r'paraId="(\w+)"', made), re.findall(r'docPr id="(\d+)"', made)
    assert len(set(identities)) == len(identities) == 3 and identities[0] == "0000000A"
    assert len(set(drawings)) == 3
    assert "bookmark" not in made


def test_paragraphs_of_a_row_that_is_repeated_get_ids_of_their_own(tmp_path: Path) -> None:
    import re

    named = p("w14").replace("<w:p>", '<w:p xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">')
    rows = row("{%tr for x in items %}") + row("{{ x }}", "{{ x }}", "{{ x }}") + row("{%tr endfor %}")
    made = part(fill(tmp_path, named + table(3, rows), {"items": ["1", "2", "3"]}))
    identities = re.findall(r'paraId="(\w+)"', made)
    assert len(set(identities)) == len(identities) >= 9


def test_a_missing_fact_is_a_visible_gap_and_false(tmp_path: Path) -> None:
    vocabulary = Vocabulary({"company": Parts({"fax": SCALAR, "phone": SCALAR})})
    gap = Gap("传真", "company.fax")
    context = {**TEMPLATE_GLOBALS, "company__fax": Missing(gap), "company__phone": assume("400", "company.phone")}
    body = p("传真{{ company.fax }}，电话{{ company.phone }}{% if company.fax %}有{% endif %}")
    filled = load_template(docx(tmp_path / "t.docx", body), vocabulary).fill(context)
    assert text(filled.data) == "传真【待补充：传真】，电话400"
    assert (
        '<w:shd w:val="clear" w:color="auto" w:fill="FFF200"/></w:rPr><w:t xml:space="preserve">【待补充：传真】'
        in part(filled.data)
    )
    assert 'w:fill="DDEBF7"/></w:rPr><w:t xml:space="preserve">400' in part(filled.data)
    assert filled.gaps == (gap,) and [type(x) for x in filled.proposals] == [Proposed]


def test_a_gap_in_a_cell_colour_leaves_the_file_sound(tmp_path: Path) -> None:
    made = part(fill(tmp_path, table(1, row("{% cellbg color %}{% colspan span %}字")), {"color": None, "span": None}))
    assert 'w:fill="auto"' in made and '<w:gridSpan w:val="1"/>' in made


def test_rich_text_keeps_the_look_of_its_place(tmp_path: Path) -> None:
    rich = RichText("粗", bold=True).add("红&", color="#C00000")
    look = '<w:rPr><w:sz w:val="30"/></w:rPr>'
    made = part(fill(tmp_path, p(run("前{{r v }}后", look)), {"v": rich}))
    assert '<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space="preserve">粗</w:t></w:r>' in made
    made = part(fill(tmp_path, p(run("前{{ v }}后{{ w|rich(bold=true, size=9) }}", look)), {"v": rich, "w": "小"}))
    assert '<w:rPr><w:color w:val="C00000"/><w:sz w:val="30"/></w:rPr><w:t xml:space="preserve">红&amp;</w:t>' in made
    assert (
        '<w:rPr><w:b/><w:bCs/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr><w:t xml:space="preserve">小</w:t>' in made
    )


def test_lines_of_a_paragraph_tag_become_paragraphs(tmp_path: Path) -> None:
    body = p("{{p v }}", properties='<w:pPr><w:jc w:val="center"/></w:pPr>')
    made = fill(tmp_path, body, {"v": "一\n二 & 三"})
    assert text(made) == "一\n二 & 三" and part(made).count('<w:jc w:val="center"/>') == 2


def test_a_picture_in_body_and_header_is_one_part_with_two_relationships(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png(40, 20))
    made = fill(tmp_path, p("{{ logo|picture(30) }}"), {"logo": "logo.png"}, header=p("{{ logo|picture(height=5) }}"))
    assert 'cx="1080000" cy="540000"' in part(made)
    assert 'cx="360000" cy="180000"' in part(made, "word/header.xml")
    assert [n for n in names(made) if "media" in n] == ["word/media/docgen1.png"]
    for rels in ("document", "header"):
        assert 'Target="/word/media/docgen1.png"' in part(made, f"word/_rels/{rels}.xml.rels")
    assert 'Extension="png"' in part(made, "[Content_Types].xml")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("../x.png", b"", "W211"), ("no.png", None, "W212"), ("a.png", b"GIF89a", "W214"), ("a.png", png()[:30], "W214")],
)
def test_a_bad_picture_is_an_error_at_its_tag(name: str, content: bytes | None, code: str, tmp_path: Path) -> None:
    if content is not None and "/" not in name:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DocgenError) as caught:
        fill(tmp_path, p("标志 {{ logo|picture }}"), {"logo": name})
    (fault,) = caught.value.diagnostics
    assert fault.code == code and fault.values["tag"] == "{{ logo|picture }}"


def test_records_and_dates_read_as_in_text_templates(tmp_path: Path) -> None:
    vocabulary = Vocabulary({"outlets": Things(Parts({"name": SCALAR, "since": SCALAR}))})
    context = {**TEMPLATE_GLOBALS, "outlets": [Record({"name": "甲", "since": date(2026, 3, 1)})]}
    body = p("{% for o in outlets %}{{ o.name }} {{ o.since }}{% endfor %}")
    assert text(load_template(docx(tmp_path / "t.docx", body), vocabulary).render(context)) == "甲 2026年3月1日"


def test_the_same_input_gives_the_same_bytes_also_after_a_cache(tmp_path: Path) -> None:
    template = load_template(docx(tmp_path / "t.docx", p("{{ v }}")))
    first = template.render({"v": "甲"})
    kept = pickle.loads(pickle.dumps(template))
    assert template.render({"v": "甲"}) == first == kept.render({"v": "甲"})


def test_parts_without_tags_are_copied_as_they_are(tmp_path: Path) -> None:
    import zipfile

    from tests.wordtemplate.samples import members

    path = tmp_path / "t.docx"
    with zipfile.ZipFile(path, "w") as package:
        for name, data in members(p("{{ v }}"), header=p("头")).items():
            package.writestr(name, data, zipfile.ZIP_DEFLATED, 1 if name == "word/header.xml" else 9)
    made = load_template(path).render({"v": "甲"})
    (tmp_path / "made.docx").write_bytes(made)
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(tmp_path / "made.docx") as after:
        old, new = before.getinfo("word/header.xml"), after.getinfo("word/header.xml")
        assert (old.CRC, old.compress_size) == (new.CRC, new.compress_size)


def test_a_folder_of_members_is_a_template_too(tmp_path: Path) -> None:
    from tests.wordtemplate.samples import members

    for name, data in members(p("{{ v }}")).items():
        target = tmp_path / "form" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(data.replace("><", ">\n  <"), encoding="utf-8")
    made = load_template(tmp_path / "form").render({"v": "甲"})
    assert text(made) == "甲" and names(made)[0] == "[Content_Types].xml"


def test_filling_a_kept_template_needs_no_tree_library(tmp_path: Path) -> None:
    import subprocess
    import sys

    kept = tmp_path / "kept"
    kept.write_bytes(pickle.dumps(load_template(docx(tmp_path / "t.docx", p("{{ v }}")))))
    code = (
        f"import pickle, pathlib, sys; t = pickle.loads(pathlib.Path({str(kept)!r}).read_bytes())\n"
        "t.render({'v': 1}); sys.exit('lxml' in sys.modules or 'docx' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_any_text_in_any_fact_leaves_the_shipped_form_sound() -> None:
    import xml.etree.ElementTree as ET

    from docgen.library import data_folder, load_library
    from docgen.pipeline import prepare

    def nasty(value: Any) -> Any:
        if isinstance(value, Record):
            return Record({name: nasty(item) for name, item in value.values.items()})
        if isinstance(value, list):
            return [nasty(item) for item in value]
        return NASTY if type(value) is str else value

    library = load_library()
    prepared = prepare(data_folder("company_profiles") / "software.yaml", library)
    context = {name: nasty(value) for name, value in prepared.company.context.items()}
    context |= {f"document__{name}": NASTY for name in ("title", "number", "version")}
    form = load_template(
        data_folder("templates") / "documents" / "application" / "application-form", library.vocabulary
    )
    made = form.render(context)
    for name in names(made):
        if name.endswith((".xml", ".rels")):
            ET.fromstring(part(made, name))
    assert text(made).count(NASTY) > 50 and "49" not in text(made)
