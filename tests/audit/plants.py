"""Planted faults: at least three a check, in docgen's own set and in a stranger's (as python-docx and as LibreOffice
write it). A plant names the check that must find it."""

from __future__ import annotations

from dataclasses import dataclass, field
from dataclasses import replace as changed_copy
from typing import Any

from tests.audit.bench import Base, Change, add, both, drop_rows, foreign, office, own_set, prop, remove, replace, wrap

M = "SC-01|QM-01"  # the manual in every set


@dataclass(frozen=True)
class Plant:
    check: str
    name: str
    change: Change
    bases: tuple[str, ...] = ("foreign", "office")
    extra: dict[str, Any] = field(default_factory=dict)


OWN = ("own",)
ALL = ("own", "foreign", "office")


def _profile(**paths: Any) -> dict[str, Any]:
    """The electronics profile with some facts changed."""
    profile = own_set().profile
    for path, value in paths.items():
        parts = path.split("__")
        parents = [profile]
        for part in parts[:-1]:
            parents.append(getattr(parents[-1], part))
        new = value
        for parent, part in zip(reversed(parents), reversed(parts), strict=True):
            new = parent.changed(**{part: new})
        profile = new
    return {"profile": profile}


def nothing(base: Base) -> dict[str, bytes | None]:
    return {}


def plants() -> list[Plant]:
    """All plants."""
    toys = next(iter(own_set().known)).traces
    company, person = sorted(toys["company"], key=len)[-1], next(p for p in sorted(toys["person"]) if len(p) == 3)
    phone = sorted(toys["phone"])[0]
    P = Plant
    return [
        P("C01", "another client's name", add(M, f"本制度由{company}售后部解释。"), ALL),
        P("C01", "another client's person", add("CX-16|QP-02", f"联系人：{person}"), ALL),
        P("C01", "another client's phone", add("CX-23|QP-01", f"投诉请拨打{phone}。"), ALL),
        P("C01", "another client's number prefix", add("CX-16|QP-02", "按KLMN-CX-16执行。"), OWN),
        P("C01", "another client's name in the properties", prop("CX-18|QP-04", "creator", company), ALL),
        P("C02", "crosses", add("CX-16|QP-02", "本公司名称为XX公司。"), ALL),
        P("C02", "a bracket", add("CX-23|QP-01", "责任人：【填写姓名】"), ALL),
        P("C02", "a template tag", add(M, "客服电话{{ hotline }}。"), ALL),
        P("C02", "someone", add(M, "甲方：某公司"), ALL),
        P("C03", "full name misspelt", replace(M, "市露沐电器有限公司", "露沐电器有限公司"), OWN),
        P("C03", "full name misspelt", replace("QP-0[1-3]", "市和顺电器有限公司", "和顺电气有限公司", "word/header1.xml"), ("foreign",)),
        P("C03", "full name misspelt in the text", add("QP-02", "海州和顺电器有限公司售后部制定本办法。")),
        P("C03", "other short name", add("CX-16", "露沐科技的顾客同样适用。"), OWN),
        P("C04", "an indicator without record", _blank_record),
        P("C04", "an indicator missing", drop_rows(M, "5.2.4售后管理手册")),
        P("C04", "no cross-reference", _no_matrix, ALL),
        P("C05", "no reason", replace(M, "所售产品由顾客自行放置，插电即用，不涉及安装", "无")),
        P("C05", "promised after all", add("QP-02", "公司为顾客提供安装调试服务。")),
        P("C05", "none said to be deleted", add("自评报告", "本次认证没有删减条款，全部适用。")),
        P("C05", "deletion only in the profile", nothing, OWN, _deleted()),
        P("C06", "complaints without call-back", _without("CX-23|QP-01", "回访", "征求顾客意见", "满意", "反馈", "评价", "顾客确认", "意见"), ALL),
        P("C06", "repair without call-back", _without("CX-16|QP-02", "回访", "电话确认", "满意", "反馈", "评价", "意见"), ALL),
        P("C06", "delivery without call-back", _without("CX-15|QP-03", "回访", "满意", "反馈", "评价", "意见", "电话确认"), ALL),
        P("C07", "no mystery visits", _everywhere("暗访", "抽检", "神秘", "普通"), ALL),
        P("C07", "no frequency", replace("QP-05", "每季度开展神秘顾客暗访，每次抽 2 家网点，记入《暗访记录表》", "开展暗访")),
        P("C07", "no sample", both(replace("QP-05", "每次抽 2 家网点，", ""), replace("QP-05", "每月检查一次", "每月检查"))),
        P("C08", "no list", _no_equipment, ALL),
        P("C08", "no calibration date", replace(M, "2027年3月1日", "—")),
        P("C08", "no calibration date", _calibration_own, OWN),
        P("C08", "an empty list", _empty_equipment),
        P("C09", "days differ", replace("CX-18|QP-04", "15天内可以换货", "30天内可以换货")),
        P("C09", "days differ", replace("CX-18", "15 天内", "30 天内"), OWN),
        P("C09", "freight differs", replace("QP-04", "无理由退货的运费由顾客承担", "无理由退货的运费由公司承担")),
        P("C09", "no training", replace("训练计划", "退换货政策", "接听技巧")),
        P("C09", "returns differ in the manual", replace(M, "自售出之日起 7 天内出现", "自售出之日起 10 天内出现"), OWN),
        P("C10", "expired", replace("QR-08", "2028年5月1日", "2025年5月1日")),
        P("C10", "no number", replace("QR-08", "XN-2025-001", "")),
        P("C10", "too few", replace(M, "售后服务管理人员 10 人", "售后服务管理人员 24 人")),
        P("C10", "too few", nothing, OWN, _profile(staff__service_managers=40)),
        P("C11", "outlets not in the base", _without(M, "（含网点负责人）")),
        P("C11", "headquarters only", _base_headquarters, OWN),
        P("C12", "total differs", replace("认证申请书", "96", "120")),
        P("C12", "total differs", replace(M, "员工 560 人", "员工 650 人"), OWN),
        P("C12", "service staff differ", replace("认证申请书", "20", "32")),
        P("C12", "service staff differ", add("CX-05", "公司现有售后服务人员 66 人。"), OWN),
        P("C13", "number of outlets differs", replace("认证申请书", "3", "5")),
        P("C13", "number of outlets differs", replace(M, "设 38 家服务网点", "设 40 家服务网点"), OWN),
        P("C13", "a row too few", drop_rows(M, "西关服务站")),
        P("C13", "own outlets differ", add("CX-07", "公司设自营网点 9 家。"), OWN),
        P("C14", "no agreement", replace(M, "HS-WT-02", "—")),
        P("C14", "no admission anywhere", _everywhere("准入", "进入", "评审", "讨论", "评价", "讨论", "供方评价", "讨论")),
        P("C14", "no agreement", _agreement_own, OWN),
        P("C15", "sum wrong", replace(M, "62", "68")),
        P("C15", "sum wrong", _budget_own, OWN),
        P("C15", "total differs", add("QP-09", "本年售后服务预算总额 80 万元。")),
        P("C15", "no reserve", replace(M, "，另设专项准备金 10 万元", "")),
        P("C15", "total differs", add("CX-06", "售后服务预算总额为 300 万元。"), OWN),
        P("C16", "hours wrong", replace("训练计划", "29", "35")),
        P("C16", "no law", both(replace("训练计划", "消费者权益保护法等法律法规", "接听技巧"))),
        P("C16", "money differs from the budget", _training_line),
        P("C16", "topic missing", _without("JH-01", "投诉"), OWN),
        P("C16", "no plan", remove("训练计划")),
        P("C17", "part-time", replace(M, "冯立秋为专职服务监督员，不兼任售后部职务", "售后部部长陆文举兼任服务监督员")),
        P("C17", "part-time", add("CX-09", "服务督察员由售后服务中心经理兼任。"), OWN),
        P("C17", "inside", replace(M, "冯立秋为专职服务监督员，不兼任售后部职务", "冯立秋为专职服务监督员，隶属售后部")),
        P("C17", "profile says part-time", nothing, OWN, _profile(organization__supervisor__full_time=False)),
        P("C18", "one hand", both(replace(M, "何书岩", "秦海生"), replace(M, "陆文举", "秦海生"))),
        P("C18", "one hand", both(replace("SC-01", "简若汐", "欧阳澍"), replace("SC-01", "骆明栀", "欧阳澍")), OWN),
        P("C18", "issued after taking effect", replace(M, "2026年2月9日", "2026年1月9日")),
        P("C18", "approved before reviewed", replace("CX-16", "2026年3月16日", "2026年3月1日"), OWN),
        P("C19", "too short", replace("认证申请书", "2026年12月1日", "2026年4月1日")),
        P("C19", "too short", replace(M, "2026年3月16日", "2026年11月16日"), OWN),
        P("C19", "effect late", replace(M, "2026年2月9日", "2026年10月20日")),
        P("C20", "in the future", replace("QR-03", "2026年7月8日", "2027年7月8日")),
        P("C20", "all equal", _equal_dates),
        P("C20", "weekends", both(replace("QR-03", "2026年5月12日", "2026年5月10日"), replace("QR-03", "2026年5月13日", "2026年5月16日"), replace("QR-03", "2026年6月3日", "2026年6月6日"), replace("QR-03", "2026年6月4日", "2026年6月7日"), replace("QR-03", "2026年7月8日", "2026年7月11日"), replace("QR-03", "2026年7月9日", "2026年7月12日"))),
        P("C21", "an outdated standard", add("CX-23|QP-01", "依据GB/T 19012-2008编制。"), ALL),
        P("C21", "an outdated law", add("CX-18|QP-04", "依照《合同法》的约定。"), ALL),
        P("C21", "no list", remove("法规标准一览表")),
        P("C21", "a law missing", drop_rows("QD-03", "产品质量法"), OWN),
        P("C21", "a row without edition", both(replace("法规标准一览表", "2018年修正", ""), replace("法规标准一览表", "2018年12月29日", ""))),
        P("C22", "below the law", replace(M, "12个月", "6个月")),
        P("C22", "below the law", add("CX-18", "微波蒸烤一体机整机质保期为 6 个月。"), OWN),
        P("C22", "main parts below the law", replace(M, "36个月", "12个月")),
        P("C23", "response differs", replace("CX-16|QP-02", "2小时内响应", "8小时内响应")),
        P("C23", "arrival differs", replace("CX-16", "市区 24 小时、县域", "市区 36 小时、县域"), OWN),
        P("C23", "delivery differs", replace("QP-03", "72 小时内送达", "96 小时内送达")),
        P("C23", "closing of complaints differs", replace("CX-23", "24 小时", "72 小时"), OWN),
        P("C23", "repair differs", replace("QP-02", "3 天内修复", "5 天内修复")),
        P("C23", "the answer differs", replace("CX-16", "1 小时内人工答复", "4 小时内人工答复"), OWN),
        P("C23", "the phone is picked up later", replace("GF-01", "20 秒内接起", "40 秒内接起"), OWN),
        P("C23", "the phone is promised later", replace(M, "转人工的来电在 20 秒内", "转人工的来电在 50 秒内"), OWN),
        P("C24", "no formula", replace(M, "按时响应数÷请求数×100%", "")),
        P("C24", "more closed than received", replace(M, "办结 39 件", "办结 45 件")),
        P("C24", "more closed than received", replace("CX-23", "按期办结 1391 件", "按期办结 1500 件"), OWN),
        P("C24", "a rate above 100", add(M, "一次修复率达到120%。"), ALL),
        P("C25", "100 %", add(M, "保证顾客100%满意。"), ALL),
        P("C25", "free for ever", add("CX-18|QP-04", "电机终身免费保修，永久免费上门。"), ALL),
        P("C25", "the best", add(M, "我们提供国家级服务，行业第一。"), ALL),
        P("C26", "no ways outside", _without("CX-23|QP-01", "12315", "消费者协会", "仲裁", "诉讼", "调解", "市场监督管理", "法院"), ALL),
        P("C26", "no confidentiality", _without("CX-23|QP-01", "保密", "泄露", "透露", "个人信息", "隐私"), ALL),
        P("C26", "no rate", _without("CX-23|QP-01", "投诉率", "÷"), ALL),
        P("C27", "no drills", _everywhere("演练", "活动"), ALL),
        P("C27", "no plan", _everywhere("应急", "日常", "危机", "日常", "突发事件", "日常")),
        P("C27", "no major complaints", _everywhere("重大投诉", "其他投诉", "重大客诉", "其他"), ALL),
        P("C28", "no deletion", _without("CX-21|QP-06", "删除", "销毁", "匿名", "清除"), ALL),
        P("C28", "no consent", _without("CX-21|QP-06", "同意", "告知", "授权", "勾选"), ALL),
        P("C28", "an identity number", add("认证申请书", "法定代表人身份证号11010519491231002X。"), ALL),
        P("C29", "a form that is not there", add("CX-16", "记入《拆检记录表》（LMDQ-JL-16-09）。"), OWN),
        P("C29", "a form that is not there", add("QP-02", "填写《拆检记录表》（HS-QR-19）。")),
        P("C29", "another title", replace("QP-02", "修理服务单", "维修工单")),
        P("C29", "another title", add("CX-16", "记入《维修工单》（LMDQ-JL-16-03）。"), OWN),
        P("C29", "no such file", remove("QR-01|JL-23-01"), ALL),
        P("C30", "a document that is not there", add("CX-16", "见《旧件管理程序》（LMDQ-CX-29）。"), OWN),
        P("C30", "a document that is not there", add("QP-02", "见《旧件管理办法》（HS-QP-19）。")),
        P("C30", "listed, not there", remove("QP-06|CX-21"), ALL),
        P("C30", "not listed", drop_rows("文件一览表", "满意度调查办法")),
        P("C31", "header number differs", _header_number("QP-03", "HS-QP-03", "HS-QP-13"), ("foreign", "office")),
        P("C31", "version differs", _header_number("QP-04", "A/0", "B/1"), ("foreign", "office")),
        P("C31", "version differs from the list", replace("文件一览表", "A/0", "C/2")),
        P("C31", "version differs", replace("CX-16", "A/0", "B/3"), OWN),
        P("C32", "two leads", replace(M, "△", "▲"), ALL),
        P("C32", "unknown department", add("CX-16", "客户满意部负责跟踪。"), OWN),
        P("C32", "unknown department", add("QP-02", "客户关怀部负责跟踪。")),
        P("C32", "unknown post", add("CX-23", "责任：顾客代言主任　时限：当日"), OWN),
        P("C33", "another hotline", add("QP-01", "投诉请拨打400-111-2222。")),
        P("C33", "another hotline", replace("GF-01", "400-000-1826", "400-000-1862"), OWN),
        P("C33", "malformed", add(M, "热线：400-123-45。"), ALL),
        P("C33", "another mailbox", add("CX-23|QP-01", "邮箱：kefu@othershop.example"), ALL),
        P("C34", "no regulation", _without("CX-20|QP-08", "废弃电器电子产品回收处理管理条例", "551"), ALL),
        P("C34", "no qualified recycler", _without("CX-20|QP-08", "资质", "资格", "许可"), ALL),
        P("C34", "both gone", _without("CX-20|QP-08", "资质", "资格", "许可", "废弃电器电子产品回收处理管理条例", "551"), ALL),
        P("C35", "no sample", both(_without("CX-22|JH-03|BG-|QP-09", "抽样", "样本", "份", "抽取")), ALL),
        P("C35", "score does not follow", replace("QR-05", "90.0", "96.5")),
        P("C35", "no improvement", replace("QP-09", "低于目标的制定改进措施。", "")),
        P("C36", "row wrong", _score_row),
        P("C36", "full marks", _full_marks),
        P("C36", "level wrong", replace("自评报告", "达到四星级", "达到五星级")),
        P("C37", "no cause", replace("整改计划", "新人不熟悉要求", "")),
        P("C37", "no verification column", both(replace("整改计划", "验证结果", "备注"), replace("整改计划", "已验证", "—"))),
        P("C37", "no owner", replace("整改计划", "责任人", "备注")),
        P("C38", "seven stars", add("认证申请书|SC-01", "申请七星级售后服务认证。"), ALL),
        P("C38", "two stars", add("自评报告|SC-01", "公司已达到二星级售后服务水平。"), ALL),
        P("C38", "six stars", replace("认证申请书", "四星级", "六星级")),
        P("C39", "scope differs", replace("自评报告", "电热水器、电风扇的销售", "空调、电风扇的销售")),
        P("C39", "scope differs", add("SC-01", "认证范围：大型家电的维修。"), OWN),
        P("C39", "beyond the licence", both(replace("认证申请书", "电风扇的销售和售后服务", "电风扇的制造、销售和售后服务"), replace("QM-01", "电风扇的销售和售后服务。", "电风扇的制造、销售和售后服务。"), replace("自评报告", "电风扇的销售和售后服务。", "电风扇的制造、销售和售后服务。"))),
        P("C40", "organisation code", add("认证申请书|FJ-01", "附件：组织机构代码证复印件。"), ALL),
        P("C40", "tax registration", add("认证申请书|FJ-01", "请提交税务登记证副本。"), ALL),
        P("C40", "in a table", replace("认证申请书", "经营范围", "税务登记证号")),
        P("C41", "old revision", _old_revision),
        P("C41", "old revision", nothing, OWN, {**_profile(certification__stage="surveillance"), "today_year": 2028}),
        P("C41", "old revision, renamed report", _old_revision_2),
        P("C42", "no prices", both(drop_rows("QP-02", "上门费"), drop_rows("QP-02", "电机更换"), replace("QP-02", "收费标准见下表", "另行商定"))),
        P("C42", "no prices", _no_prices, OWN),
        P("C43", "the standard's words", add("QP-05|CX-09", "设立服务监督机构并配备专职人员监督服务系统的运转情况并持续完善"), ALL, {"standard_text": "设立服务监督机构并配备专职人员监督服务系统的运转情况并持续完善"}),
        P("C44", "a twin", nothing, ALL, {"twin": True}),
        P("C45", "a word of households", add("CX-16", "工程师上门前请家中留人，三包期内免费。"), ("instruments",)),
        P("C45", "a word of households", add("CX-23", "三包争议按投诉处理。"), ("instruments",)),
        P("C45", "at home", add("GF-01", "到顾客家中上门检查。"), ("instruments",)),
        P("C46", "tracked insertion", wrap("CX-16|QP-02", "ins"), ALL),
        P("C46", "tracked deletion", wrap("CX-23|QP-01", "del"), ALL),
        P("C46", "author", prop("CX-18|QP-04", "creator", "示范咨询公司王工"), ALL),
        P("C46", "broken reference", add("CX-16|QP-02", "见第错误!未找到引用源。节。"), ALL),
    ]  # fmt: skip


def base_of(name: str) -> Base:
    return {"own": own_set, "foreign": foreign, "office": office, "instruments": lambda: own_set("instruments")}[name]()


# ---- changes that need more than words exchanged


def _without(part: str, *words: str) -> Change:
    """Words replaced by nothing telling wherever they stand in the files."""

    def change(base: Base) -> dict[str, bytes | None]:
        found: dict[str, bytes | None] = {}
        rest = base
        for word in words:
            try:
                step = replace(part, word, "某事" if word != "÷" else "比")(rest)
            except AssertionError:
                continue
            found |= step
            rest = changed_copy(base, files={**rest.files, **step}, read={})  # type: ignore[dict-item]
        assert found
        return found

    return change


def _everywhere(*pairs: str) -> Change:
    def change(base: Base) -> dict[str, bytes | None]:
        found: dict[str, bytes | None] = {}
        rest = base
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            try:
                step = replace(".", old, new)(rest)
            except AssertionError:
                continue
            found |= step
            rest = changed_copy(base, files={**rest.files, **step}, read={})  # type: ignore[dict-item]
        renamed: dict[str, bytes | None] = {}
        for path in base.files:
            new_path = path
            for old, new in zip(pairs[::2], pairs[1::2], strict=True):
                new_path = new_path.replace(old, new)
            if new_path != path:
                renamed[path] = None
                renamed[new_path] = found.get(path, base.files[path])
        return {**found, **renamed}

    return change


def _blank_record(base: Base) -> dict[str, bytes | None]:
    """The record cell of one row of the cross-reference emptied."""
    from lxml import etree

    from docgen.audit.docx_reader import W
    from tests.audit.bench import edit

    def act(root: etree._Element) -> int:
        for row in root.iter(W + "tr"):
            texts = ["".join(t.text or "" for t in c.iter(W + "t")) for c in row.iter(W + "tc")]
            if texts[:2] == ["5.1.3", "售后管理手册"]:
                for t in list(row.iter(W + "tc"))[2].iter(W + "t"):
                    t.text = ""
                return 1
        return 0

    path = next(p for p in base.files if "QM-01" in p)
    data, count = edit(base.files[path], act)
    assert count
    return {path: data}


def _no_matrix(base: Base) -> dict[str, bytes | None]:
    if base.name == "electronics":
        return {
            **drop_rows("SC-01", "JL-")(base),
            **remove("QD-05")(base),
            **dict.fromkeys(p for p in base.files if "对照" in p),
        }
    return replace("QM-01", "对应文件", "对应")(base)


def _no_equipment(base: Base) -> dict[str, bytes | None]:
    if base.name == "electronics":
        steps = both(_everywhere("型号规格", "备注一", "型号", "备注二", "数量", "备注三"))
        return steps(base)
    return both(replace("QM-01", "型号", "备注"), replace("QM-01", "数量", "备注"))(base)


def _empty_equipment(base: Base) -> dict[str, bytes | None]:
    return both(drop_rows("QM-01", "数字万用表"), drop_rows("QM-01", "绝缘电阻表"), drop_rows("QM-01", "电烙铁"))(base)


def _calibration_own(base: Base) -> dict[str, bytes | None]:
    return replace("JL-17-01", "2027年3月11日", "")(base)


def _base_headquarters(base: Base) -> dict[str, bytes | None]:
    def change(base: Base) -> dict[str, bytes | None]:
        found: dict[str, bytes | None] = {}
        for part in (
            "总部和全部服务网点",
            "总部和服务网点",
            "总部与服务网点",
            "总部与网点",
            "服务网点的管理人员",
            "网点管理人员",
        ):
            try:
                found |= replace(".", part, "总部")(changed_copy(base, files={**base.files, **found}, read={}))  # type: ignore[dict-item]
            except AssertionError:
                continue
        return found

    return change(base)


def _agreement_own(base: Base) -> dict[str, bytes | None]:
    return replace("SC-01|FJ-10|JL-07-04", "LM-WT-2026-007", "")(base)


def _budget_own(base: Base) -> dict[str, bytes | None]:
    return replace("JH-04", "118", "128")(base)


def _training_line(base: Base) -> dict[str, bytes | None]:
    return both(replace("训练计划", "6000", "16000"), replace("训练计划", "20000", "30000"))(base)


def _equal_dates(base: Base) -> dict[str, bytes | None]:
    days = ("2026年5月12日", "2026年5月13日", "2026年6月3日", "2026年6月4日", "2026年7月8日", "2026年7月9日")
    return both(*(replace("QR-03", day, "2026年6月5日") for day in days))(base)


def _header_number(part: str, old: str, new: str) -> Change:
    def change(base: Base) -> dict[str, bytes | None]:
        for member in ("word/header1.xml", "word/header2.xml", "word/header3.xml"):
            try:
                return replace(part, old, new, member)(base)
            except (AssertionError, KeyError):
                continue
        raise AssertionError(f"{base.name}: {old} in no header")

    return change


def _score_row(base: Base) -> dict[str, bytes | None]:
    return replace("自评报告", "一人证书到期", "")(base)


def _full_marks(base: Base) -> dict[str, bytes | None]:
    from lxml import etree

    from docgen.audit.docx_reader import W
    from tests.audit.bench import edit

    def act(root: etree._Element) -> int:
        for row in root.iter(W + "tr"):
            cells = [list(c.iter(W + "t")) for c in row.iter(W + "tc")]
            if cells[0] and (cells[0][0].text or "").startswith("5.") and cells[2]:
                cells[2][0].text = "0"
                cells[3][0].text = cells[1][0].text
        return 1

    path = next(p for p in base.files if "自评报告" in p)
    return {path: edit(base.files[path], act)[0]}


def _old_revision(base: Base) -> dict[str, bytes | None]:
    report = next(p for p in base.files if "自评报告" in p)
    changed = replace("QM-01", "2026年2月2日", "2023年2月2日")(base)
    return {**changed, "年度运行报告.docx": base.files[report]}


def _old_revision_2(base: Base) -> dict[str, bytes | None]:
    report = next(p for p in base.files if "自评报告" in p)
    changed = replace("QM-01", "2026年2月2日", "2024年2月2日")(base)
    return {**changed, "监督审核自评报告.docx": base.files[report]}


def _no_prices(base: Base) -> dict[str, bytes | None]:
    return _everywhere(
        "收费项目", "事项甲", "价目", "目录", "价格", "说明甲", "收费标准", "规定", "单价", "说明乙", " 元", " 分"
    )(base)


def _deleted() -> dict[str, Any]:
    from docgen.profile.company import Deletion

    return _profile(certification__deletions=(Deletion(clause="5.2.2.1", reason="顾客自行放置，不涉及安装"),))
