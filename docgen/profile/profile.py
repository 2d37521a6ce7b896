"""The profile as a whole, and how its documents are numbered and signed."""

from datetime import date as Day

from docgen.profile.company import Certification, Company
from docgen.profile.fields import MAY, MUST, SHOULD, Part, fact, facts, part
from docgen.profile.operation import Culture, Emergency, Finding, Kpi, Supervision, Survey, Training
from docgen.profile.organization import Organization, Outlet, Staff
from docgen.profile.products import Maker, Product, Sales
from docgen.profile.resources import Resources
from docgen.profile.service import Complaints, Logistics, Outsourced, Privacy, Service, TakeBack
from docgen.profile.values import Duration


class Revision(Part):
    version: str | None = fact("版本", MAY, form="code")
    date: Day | None = fact("修订日期", MAY)
    content: str | None = fact("修订内容", MAY)
    by: str | None = fact("修订人", MAY)
    approved_by: str | None = fact("批准人", MAY)
    document: str | None = fact("文件", MAY, help="文件标识、编号或者名称；留空为全部文件")


class Reminders(Part):
    """How long before something expires its keeper is reminded."""

    certificates: Duration | None = fact(
        "证书到期提前量", MAY, help="人员证书、企业资质和许可到期前多久提醒", example="3 个月"
    )
    calibration: Duration | None = fact("校准到期提前量", MAY, help="计量器具校准到期前多久提醒", example="30 天")
    agreements: Duration | None = fact(
        "协议与保险到期提前量", MAY, help="委托协议、受托方资质、保险到期前多久提醒", example="60 天"
    )


class DocumentControl(Part):
    number_pattern: str | None = fact(
        "编号规则", MAY, help="可用 {code} 企业代号、{number} 文件号", example="{code}-{number}"
    )
    version: str | None = fact("版本", SHOULD, example="A/0", form="code")
    prepared_by: str | None = fact("编制人", SHOULD)
    reviewed_by: str | None = fact("审核人", SHOULD)
    approved_by: str | None = fact("批准人", SHOULD)
    prepared_date: Day | None = fact("编制日期", MAY)
    reviewed_date: Day | None = fact("审核日期", MAY)
    approved_date: Day | None = fact("批准日期", MAY)
    issue_date: Day | None = fact("发布日期", SHOULD)
    effective_date: Day | None = fact("实施日期", SHOULD)
    record_retention_years: int | None = fact("记录一般保存年限", SHOULD, unit="年", example=3)
    law_checks_per_year: int | None = fact("每年法规查新次数", MAY, unit="次", form="a_year", example=4)
    reminders: Reminders = part(Reminders, "到期提醒")
    revisions: tuple[Revision, ...] = facts("修订记录", MAY)


class Laws(Part):
    extra: tuple[str, ...] = facts("另外适用的法规标准", MAY)
    drop: tuple[str, ...] = facts("不适用的法规标准标识", MAY)


class Profile(Part):
    """Everything docgen knows about one company."""

    company: Company = part(Company, "企业")
    certification: Certification = part(Certification, "认证")
    organization: Organization = part(Organization, "组织")
    staff: Staff = part(Staff, "人员")
    outlets: tuple[Outlet, ...] = facts("服务网点", SHOULD)
    products: tuple[Product, ...] = facts("产品", MUST)
    makers: tuple[Maker, ...] = facts("生产者", SHOULD, help="经销别人生产的商品时填写；只卖自己品牌的写“无”")
    sales: Sales = part(Sales, "销售")
    service: Service = part(Service, "服务")
    complaints: Complaints = part(Complaints, "投诉")
    logistics: Logistics = part(Logistics, "物流")
    outsourcing: tuple[Outsourced, ...] = facts(
        "外包", SHOULD, help="没有写“无”；安装、维修由服务商做的，另在岗位里给 service_engineer 写上服务商人员的叫法"
    )
    privacy: Privacy = part(Privacy, "顾客信息保护")
    take_back: TakeBack = part(TakeBack, "废弃商品回收")
    resources: Resources = part(Resources, "资源")
    training: Training = part(Training, "培训")
    supervision: Supervision = part(Supervision, "监督")
    survey: Survey = part(Survey, "满意度调查")
    culture: Culture = part(Culture, "服务文化")
    emergency: Emergency = part(Emergency, "应急")
    kpis: dict[str, Kpi] = part(dict, "服务指标")
    documents: DocumentControl = part(DocumentControl, "文件控制")
    findings: tuple[Finding, ...] = facts("不符合项", MAY)
    laws: Laws = part(Laws, "法规")
    terms: dict[str, str] = part(dict, "企业用语")
