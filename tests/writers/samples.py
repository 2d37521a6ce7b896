"""Documents built by hand for the tests of the writers. All names are made up (虚构)."""

from __future__ import annotations

import random
import struct
import zlib

from docgen.document.model import (
    Block,
    Break,
    Cell,
    Chart,
    Contents,
    Diagram,
    Document,
    Edge,
    Gap,
    Heading,
    ListItem,
    Node,
    Origin,
    PageBreak,
    Paragraph,
    Picture,
    Proposed,
    Reference,
    Row,
    Section,
    Series,
    Table,
    Text,
)

FIELDS = {
    "company": "华信示范电器有限公司",
    "short_name": "华信示范",
    "controlled": "受控",
    "copy_number": "01",
    "prepared_by": "李示例",
    "reviewed_by": "王示例",
    "approved_by": "赵示例",
    "prepared_date": "2026年2月20日",
    "reviewed_date": "2026年2月25日",
    "approved_date": "2026年2月28日",
    "issue_date": "2026年3月1日",
    "effective_date": "2026年3月15日",
    "standard": "GB/T 27922-2011",
    "retention": "3 年",
}
SENTENCES = (
    "客服中心（8:00–22:00）接到报修后 30 分钟内派单，工程师 2 小时内与顾客约定上门时间。",
    "市区 24 小时、县域 48 小时内到达现场；约定时间与实际到达时间记入《派工单》（SLDQ-JL-16-02）。",
    "超过时限的，热线班长当日督办，并在次日晨会通报原因和处理结果。",
    "维修完成后由顾客在工单上签字确认，“不满意”的当场记录原因。",
    "备件缺货时，备件管理员在 4 小时内答复到货日期，超过 3 天的提供备用机。",
    "网点经理每月抽查不少于 10% 的工单，核对到达时间、收费和更换件的序列号。",
    "回访在维修完成后 72 小时内进行，三次联系不上的改发短信并注明。",
    "售后服务部每月 5 日前汇总上月一次修复率、及时率和回访满意度。",
)


def origin(key: str, template: str = "demo.md") -> Origin:
    return Origin(template, 1, key)


def png(width: int = 40, height: int = 20) -> bytes:
    """A plain red picture."""
    rows = b"".join(b"\0" + b"\xc0\x20\x20" * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def cells(*texts: str, header: bool = False) -> Row:
    return Row(tuple(Cell((Text(text),)) for text in texts), header=header)


def every_block() -> list[Block]:
    """One of everything but diagrams and charts."""
    logo = Picture(png(), "png", 30, 15, "标志")
    return [
        Contents("目　录", 3, origin("toc")),
        Heading(1, (Text("总则"),), anchor="general", origin=origin("h1")),
        Paragraph(
            (Text("公司"), "华信示范", Text("规定“服务”要求…"), Text("重要", strong=True)),
            origin=origin("p1"),
        ),
        Paragraph((Text("热线："), Gap("服务热线", "service.hotline", "顾客拨打的电话")), origin=origin("p2")),
        Paragraph((Proposed("2 小时", "service.response_time"), Break(), Text("第二行")), origin=origin("p3")),
        Heading(2, (Text("引用"),), anchor="refs", origin=origin("h2")),
        Paragraph((Text("见"), Reference("section", "limits", "第 2 章", "limits"), Text("。")), origin=origin("p4")),
        Paragraph((Text("见"), Reference("document", "repair", "《维修服务程序》（HX-CX-16）")), origin=origin("p5")),
        *(
            Paragraph((Text(f"这是{role}的样子，两行以上的时候要看得清楚。" * 2),), role, origin("r" + role))
            for role in (
                "note",
                "warning",
                "commitment",
                "script",
                "step-facts",
                "center",
                "right",
                "small",
                "body-noindent",
                "unknown-role",
            )
        ),
        Heading(1, (Text("时限"),), anchor="limits", origin=origin("h3")),
        *(
            ListItem((Text(text),), level, True, 1, origin(f"l1{text}"))
            for text, level in (("甲", 0), ("乙", 0), ("子", 1), ("丑", 1))
        ),
        Paragraph((Text("间隔"),), origin=origin("p6")),
        *(ListItem((Text(text),), 0, True, 2, origin(f"l2{text}")) for text in ("新的一", "新的二")),
        *(ListItem((Text(text),), level, False, 3, origin(f"l3{text}")) for text, level in (("点", 0), ("次级", 1))),
        Table(
            (
                Row((Cell((Text("项目"),), rowspan=2), Cell((Text("时限"),), colspan=2)), header=True),
                Row((Cell((Text("市区"),)), Cell((Text("县域"),))), header=True),
                Row((Cell((Text("到达"),), rowspan=2), Cell(("24 小时",)), Cell(("48 小时",), align="right"))),
                Row((Cell((Text("合并"), Break(), Text("两行")), colspan=2),)),
            ),
            (1, 2, 2),
            caption="服务时限",
            origin=origin("t1"),
        ),
        Table((cells("编制", ""), cells("批准", "")), role="signatures", origin=origin("t2")),
        Table((cells("无框", "表格"),), role="plain", origin=origin("t3")),
        Paragraph((logo,), "center", origin("p7")),
        PageBreak(),
        Paragraph((Text("新页"),), origin=origin("p8")),
        Section(True),
        Heading(1, (Text("网点"),), "appendix", "outlets", origin=origin("h4")),
        Heading(2, (Text("自营"),), "appendix", "own", origin=origin("h5")),
        Table((cells(*"一二三四五六", header=True), cells(*"123456")), origin=origin("t4")),
        Section(False),
        Heading(1, (Text("说明"),), "plain", "words", origin=origin("h6")),
        Paragraph((Text("完"),), origin=origin("p9")),
    ]


def drawings() -> list[Block]:
    """A flowchart and charts of every kind."""
    nodes = (
        Node("a", "受理", "terminal"),
        Node("b", "是否质保", "decision", row=1),
        Node("c", "维修", row=2, sub="24 小时"),
    )
    flow = Diagram("flow", nodes, (Edge("a", "b"), Edge("b", "c", "是")), "维修流程图", origin("d1"))
    series = (Series("及时率", (98.5, 99.0, 97.0)), Series("修复率", (91.0, 92.5, 93.0)))
    charts = [
        Chart(kind, "服务指标", ("一月", "二月", "三月"), series, origin(f"c{kind}"))
        for kind in ("bar", "line", "radar")
    ]
    return [flow, *charts]


def document(blocks: list[Block], **changes: object) -> Document:
    values: dict[str, object] = {
        "id": "demo",
        "kind": "procedure",
        "number": "HX-CX-16",
        "title": "维修服务程序",
        "version": "A/0",
        "blocks": blocks,
        "fields": FIELDS,
    }
    values.update(changes)
    return Document(**values)  # type: ignore[arg-type]


def long_document(pages: int = 50, seed: int = 7, **changes: object) -> Document:
    """A manual-like document of about so many pages."""
    pick = random.Random(seed)
    blocks: list[Block] = [Contents("目　录", 3, origin("toc"))]
    for chapter in range(max(pages // 4, 1)):
        if chapter % 5 == 4:
            blocks.append(PageBreak())
        blocks.append(
            Heading(1, (Text(f"第{chapter}类服务的管理要求"),), anchor=f"c{chapter}", origin=origin(f"c{chapter}"))
        )
        for section in range(3):
            key = f"{chapter}.{section}"
            blocks.append(
                Heading(
                    2,
                    (Text(pick.choice(("受理与派工", "到达与维修", "回访与统计"))),),
                    anchor=f"s{chapter}_{section}",
                    origin=origin("s" + key),
                )
            )
            for number in range(pick.randint(2, 5)):
                text = "".join(pick.choices(SENTENCES, k=pick.randint(1, 4)))
                blocks.append(Paragraph((Text(text), "华信示范"), origin=origin(f"p{key}.{number}")))
            if section == 0:
                blocks.append(Heading(3, (Text("时限"),), anchor=f"x{chapter}", origin=origin(f"x{key}")))
                blocks += [
                    ListItem((Text(pick.choice(SENTENCES)),), 0, True, chapter * 9 + 1, origin(f"i{key}.{n}"))
                    for n in range(pick.randint(2, 5))
                ]
            if section == 1:
                rows = [cells("步骤", "责任", "时限与记录", header=True)]
                rows += [cells(f"{n + 1}", "网点经理", pick.choice(SENTENCES)) for n in range(pick.randint(3, 9))]
                blocks.append(Table(tuple(rows), (1, 2, 6), caption="步骤与时限", origin=origin(f"t{key}")))
    return document(blocks, kind="manual", title="售后服务手册", number="HX-SC-01", cover=True, **changes)
