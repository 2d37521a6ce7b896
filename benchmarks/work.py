"""The work all engines do: the finished documents of one sample company, cut into constants and values."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from html import escape, unescape
from pathlib import Path

from docgen.document import ListItem, Paragraph, Table, Text
from docgen.library import data_folder, load_library
from docgen.pipeline import compose_all, prepare
from docgen.spreadsheets import workbook
from docgen.writers.docx import write_docx

PROFILE = data_folder("company_profiles") / "electronics.yaml"
TASKS = {"form": ["form-complaint-handling"], "procedure": ["repair"], "manual": ["manual"]}
_RUN = re.compile(r"(<w:t(?: [^>]*)?>)([^<]+)(</w:t>)")


def make(folder: Path) -> dict[str, list[str]]:
    """Write the work into `folder`: per document the final file, a template with tags, the values. Returns tasks."""
    library = load_library()
    prepared = prepare(PROFILE, library)
    root = library.roots[-1]
    planned = [
        p for p in prepared.company.plan.all() if p.template.endswith((".md", ".yaml")) and (root / p.template).exists()
    ]
    composed, faults = compose_all(prepared, planned, library)
    assert not faults, faults[:3]
    theme = library.theme()
    templates = library.composer(prepared.profile.company.industry).templates
    for item in composed:
        if item.planned.xlsx:
            book = workbook(item, prepared.company.context, templates)
            (folder / f"{item.planned.id}.xlsx").write_bytes(book)
        data = write_docx(item.document, theme)
        values = _values(item.document.blocks)
        _cut(folder / item.planned.id, data, values)
        (folder / f"{item.planned.id}.blocks.json").write_text(
            json.dumps(_outline(item.document.blocks), ensure_ascii=False), encoding="utf-8"
        )
    tasks = {**TASKS, "set": [item.planned.id for item in composed]}
    (folder / "tasks.json").write_text(json.dumps(tasks), encoding="utf-8")
    return tasks


_PERSON = re.compile(r"(?:name|legal_representative|head|owner|teacher): *([\u4e00-\u9fff]{2,3})\b")
_LIMIT = re.compile(r"(?m)^(  (?:dispatch|repair|spare_part|remote_diagnosis)_time: *)(\d+)( )")
_SIGNS = "一丁万三上下中丰丹之乐九了二于五井京人今介仁仙代令任伊众优会伦佐佑佳侠信修倩健"


def company(folder: Path, number: int, outlets: int = 0, like: Path = PROFILE) -> Path:
    """A company like the sample, with other names, people, posts, places, phone numbers and time limits, so that no
    flowchart is the same; with more outlets if wanted. Returns its profile."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in like.parent.glob(f"{like.stem}-*"):
        shutil.copy(path, folder / path.name)
    text = like.read_text(encoding="utf-8")
    sign = _SIGNS[number % len(_SIGNS)] + (_SIGNS[number // len(_SIGNS)] if number >= len(_SIGNS) else "")
    for name in sorted(set(_PERSON.findall(text))):
        text = text.replace(name, name[:-1] + sign)
    letters = f"{chr(65 + number // 26 % 26)}{chr(65 + number % 26)}"
    for old, new in (
        ("露沐", f"晨{sign}"),
        ("LMDQ", f"{letters}DQ"),
        ("0760-0000", f"0760-{1000 + number:04}"),
        ("中山", "江门"),
        ("主管", f"{sign}主管"),
        ("工程师", f"{sign}工程师"),
        ("总监", f"{sign}总监"),
        ("专员", f"{sign}专员"),
    ):
        text = text.replace(old, new)
    text = _LIMIT.sub(lambda match: f"{match.group(1)}{int(match.group(2)) + 1 + number % 7}{match.group(3)}", text)
    if outlets:
        row = (
            "  - {{code: N{0:05}, name: 示范网点{0}, province: 广东省, city: 江门市, address: 示例路 {0} 号, "
            "type: authorized, head: 章{1}, staff: 3, phone: 020-1{0:07}, area: 第 {0} 区, functions: [上门维修]}}\n"
        )
        rows = "".join(row.format(n, sign) for n in range(outlets))
        text = re.sub(r"(?m)^outlets:\n(?:[ #].*\n|\n)*", f"outlets:\n{rows}\n", text, count=1)
    target = folder / f"company{number:03}.yaml"
    target.write_text(text, encoding="utf-8")
    return target


def _values(blocks: list[object]) -> set[str]:
    found: set[str] = set()
    for block in blocks:
        for inlines in _inlines(block):
            found.update(i for i in inlines if type(i) is str and i.strip() and "\n" not in i)
    return found


def _inlines(block: object) -> list[tuple[object, ...]]:
    if isinstance(block, (Paragraph, ListItem)):
        return [block.inlines]
    if isinstance(block, Table):
        return [cell.inlines for row in block.rows for cell in row.cells]
    return [getattr(block, "inlines", ())]


def _cut(stem: Path, data: bytes, values: set[str]) -> None:
    """The document's XML as constants and values, and as a docxtpl template."""
    source = zipfile.ZipFile(io.BytesIO(data))
    used: list[str] = []
    pieces: list[str] = []
    xml = source.read("word/document.xml").decode()
    position = 0
    template: list[str] = []
    for match in _RUN.finditer(xml):
        text = unescape(match.group(2))
        if text not in values:
            continue
        constant = xml[position : match.start(2)]
        pieces.append(constant)
        template.append(constant.replace("{{", "{ {").replace("{%", "{ %"))
        template.append(f"{{{{ v{len(used)} }}}}")
        used.append(text)
        position = match.end(2)
    pieces.append(xml[position:])
    template.append(xml[position:])
    stem.with_suffix(".final.docx").write_bytes(data)
    stem.with_suffix(".json").write_text(
        json.dumps({"pieces": pieces, "values": used}, ensure_ascii=False), encoding="utf-8"
    )
    assert "".join(a + b for a, b in zip(pieces, [*(escape(v, quote=False) for v in used), ""], strict=True)) == xml
    with zipfile.ZipFile(stem.with_suffix(".tpl.docx"), "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, "".join(template) if name == "word/document.xml" else source.read(name))


def _outline(blocks: list[object]) -> list[object]:
    """Texts of paragraphs, and rows of tables, for building call by call."""
    result: list[object] = []
    for block in blocks:
        if isinstance(block, Table):
            result.append([["".join(_text(i) for i in c.inlines) for c in row.cells] for row in block.rows])
        else:
            for inlines in _inlines(block):
                result.append("".join(_text(i) for i in inlines))
    return result


def _text(inline: object) -> str:
    return (
        inline if isinstance(inline, str) else inline.text if isinstance(inline, Text) else getattr(inline, "text", "")
    )
