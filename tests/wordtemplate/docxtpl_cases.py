"""Templates as users of docxtpl write them, with data. All names are fictitious.

`python -m tests.wordtemplate.docxtpl_cases` renders them with docxtpl (in an environment that has it) and records
texts and tables in docxtpl_results.json, against which our results are tested everywhere.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.wordtemplate.samples import cell, docx, p, row, run, shapes, table, text

RESULTS = Path(__file__).with_name("docxtpl_results.json")
BOLD = "<w:rPr><w:b/></w:rPr>"
WIDE = '<w:tcPr><w:tcW w:w="4000" w:type="dxa"/><w:gridSpan w:val="2"/></w:tcPr>'

PEOPLE: dict[str, Any] = {
    "title": "年度培训计划",
    "people": [
        {"name": "陈示例", "age": 31, "skills": ["焊接", "钳工"], "city": "深圳"},
        {"name": "林一舟", "age": 27, "skills": [], "city": "中山"},
        {"name": "周 & 周", "age": 44, "skills": ["质检"], "city": "深圳"},
    ],
    "labels": ["一季度", "二季度", "三季度"],
    "rows": [{"label": "甲", "figures": [1, 2, 3]}, {"label": "乙", "figures": [4, 5, 6]}],
    "n": 3,
    "yes": True,
    "no": False,
    "empty": [],
    "price": 1234.5,
    "company": {"name": "示例电器", "address": {"city": "中山市"}},
    "fill": "FFCC00",
}

CASES: dict[str, str] = {
    "values": p("{{ title }}：{{company.name}}，{{ company['address']['city'] }} {{ n + 1 }}"),
    "a tag over runs with formatting halves": p(
        "前{", run("{ com", BOLD), "pany", '<w:proofErr w:type="spellStart"/>', ".na", run("me }", BOLD), "}后"
    ),
    "a tag with a bookmark in it": p(
        "{{ ti", '<w:bookmarkStart w:id="3" w:name="there"/>', "tle", '<w:bookmarkEnd w:id="3"/>', " }}。"
    ),
    "smart quotes and entities": p("{% if n > 2 and title == “年度培训计划” %}多{% endif %}{{ labels|join(‘、’) }}"),
    "condition in a line": p(
        "说明：{% if yes %}需要{% else %}不需要{% endif %}，{% if no %}有{% elif n == 3 %}三{% endif %}。"
    ),
    "paragraph condition": p("{%p if yes %}")
    + p("写出来")
    + p("{%p else %}")
    + p("不写")
    + p("{%p endif %}")
    + p("尾"),
    "false paragraph condition": p("头") + p("{%p if no %}") + p("不写") + p("{%p endif %}") + p("尾"),
    "condition without p": p("头") + p("{% if yes %}") + p("中") + p("{% endif %}") + p("尾"),
    "condition over mixed paragraphs": p("头 {% if yes %}") + p("中") + p("{% endif %} 尾"),
    "paragraph loop": p("{%p for x in people %}")
    + p("{{ loop.index }}. {{ x.name }}（{{ x.age }}）")
    + p("{%p endfor %}"),
    "nested paragraph loops": p("{%p for x in people %}")
    + p("{{ x.name }}")
    + p("{%p for s in x.skills %}")
    + p("- {{ s }}")
    + p("{%p endfor %}")
    + p("{%p endfor %}"),
    "loop in a line": p("{% for x in people %}{{ x.name }}{% if not loop.last %}、{% endif %}{% endfor %}。"),
    "row loop": table(
        3,
        row("序号", "姓名", "年龄"),
        row("{%tr for x in people %}", "", ""),
        row("{{ loop.index }}", "{{ x.name }}", "{{ x.age }}"),
        row("{%tr endfor %}", "", ""),
        row("合计", "", "{{ people|length }}"),
    ),
    "row loop with nothing": table(1, row("头"), row("{%tr for x in empty %}"), row("{{ x }}"), row("{%tr endfor %}")),
    "row conditions in a row loop": table(
        2,
        row("{%tr for x in people %}", ""),
        row("{%tr if x.age > 30 %}", ""),
        row("{{ x.name }}", "长"),
        row("{%tr else %}", ""),
        row("{{ x.name }}", "少"),
        row("{%tr endif %}", ""),
        row("{%tr endfor %}", ""),
    ),
    "paragraph loop in a cell": table(
        2,
        row("{%tr for x in people %}", ""),
        row("{{ x.name }}", cell("{%p for s in x.skills %}", "{{ s }}", "{%p endfor %}", "完")),
        row("{%tr endfor %}", ""),
    ),
    "column loop": table(
        2,
        row("项", "{%tc for label in labels %}", "{{ label }}", "{%tc endfor %}"),
        row("{%tr for r in rows %}", "", "", ""),
        row("{{ r.label }}", "{%tc for v in r.figures %}", "{{ v }}", "{%tc endfor %}"),
        row("{%tr endfor %}", "", "", ""),
    ),
    "vertical merge": table(
        2,
        row("{%tr for x in people %}", ""),
        row("{% vm %}全体", "{{ x.name }}"),
        row("{%tr endfor %}", ""),
    ),
    "horizontal merge": table(
        3,
        row("{%tc for label in labels %}", "{% hm %}标题", "{%tc endfor %}"),
        row("{%tc for label in labels %}", "{{ label }}", "{%tc endfor %}"),
    ),
    "horizontal merge with a span": table(
        6,
        row("{%tc for label in labels %}", cell("{% hm %}标题", properties=WIDE), "{%tc endfor %}"),
        row("1", "2", "3", "4", "5", "6"),
    ),
    "colspan and colour": table(
        3,
        row("{% colspan n %}{% cellbg fill %}合并{{ n }}格"),
        row("一", "二", "三"),
    ),
    "joined with dashes": p("住在{% if yes -%}")
    + p("城里")
    + p("{%- else -%}")
    + p("乡下")
    + p("{%- endif %}，很好。"),
    "macro in a line": p("{% macro box(on, words) %}{% if on %}■{% else %}□{% endif %}{{ words }}{% endmacro %}")
    + p("{{ box(yes, '初次') }} {{ box(no, '复评') }}"),
    "macro over paragraphs": p("{%p macro person(x) %}")
    + p("姓名 {{ x.name }}")
    + p("{%p endmacro %}")
    + p("{%p for x in people %}")
    + p("{{p person(x) }}")
    + p("{%p endfor %}"),
    "filters": p(
        "{{ title|length }} {{ 'abc'|upper }} {{ people|map(attribute='name')|join('，') }} {{ '%.2f'|format(price) }}"
    )
    + p(
        "{{ people|selectattr('city', 'equalto', '深圳')|map(attribute='age')|sum }} {{ labels|first }} {{ labels[-1] }}"
    )
    + p("{{ nothing|default('无') }} {{ 'a,b'.split(',')|join('-') }} {{ 'x'.upper() }} {{ price|round|int }}"),
    "set and do": p("{% set total = n * 2 %}")
    + p("共 {{ total }} 份")
    + p("{%p set ns = namespace(k=0) %}")
    + p("{% for x in people %}{% set ns.k = ns.k + x.age %}{% endfor %}{{ ns.k }} 岁"),
    "run tags": p("前 {%r if yes %}", run("粗", BOLD), "{%r endif %} 后"),
    "comments": p("有{# 不见 #}字") + p("{#p 整段不见 #}") + p("尾"),
    "raw and escapes": p("{% raw %}{{ 原样 }}{% endraw %} {_{ 花括号 }_}"),
    "groupby": p("{%p for g in people|groupby('city') %}")
    + p("{{ g.grouper }}：{% for x in g.list %}{{ x.name }} {% endfor %}")
    + p("{%p endfor %}"),
    "dict items": p("{% for k, v in company.address.items() %}{{ k }}={{ v }}{% endfor %}"),
    "inline if without else": p("{{ '有' if yes }}{{ '无' if no }}"),
    "nested table": table(
        1, row(cell(table(1, row("{%tr for l in labels %}"), row("{{ l }}"), row("{%tr endfor %}")), "尾"))
    ),
    "tabs and breaks": p("<w:r><w:tab/><w:t>{{ title }}</w:t><w:br/><w:t>{{ n }}</w:t></w:r>"),
}


def normal(value: str) -> str:
    """Text without empty lines: whether they stay is where we differ on purpose."""
    return "\n".join(line for line in value.split("\n") if line.strip())


def record() -> dict[str, Any]:
    """What docxtpl makes of every case."""
    import tempfile
    from io import BytesIO

    from docxtpl import DocxTemplate
    from jinja2 import Environment

    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, body in CASES.items():
            template = DocxTemplate(docx(Path(folder) / "case.docx", body))
            try:
                template.render(PEOPLE, Environment(extensions=["jinja2.ext.do"]), autoescape=True)
            except Exception as error:
                raise RuntimeError(name) from error
            out = BytesIO()
            template.save(out)
            results[name] = {"text": normal(text(out.getvalue())), "tables": shapes(out.getvalue())}
    return results


if __name__ == "__main__":
    RESULTS.write_text(json.dumps(record(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
