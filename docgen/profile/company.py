"""Who the company is and what it asks the certification body for."""

from datetime import date
from decimal import Decimal
from typing import Literal

from docgen.profile.fields import MAY, MUST, SHOULD, Part, fact, facts, part

EnterpriseType = Literal["manufacturer", "seller", "service_provider"]
TargetLevel = Literal["compliant", "three_star", "four_star", "five_star"]
Stage = Literal["build", "apply", "document_review", "onsite", "surveillance", "reevaluation"]


class Contact(Part):
    name: str | None = fact("联系人", SHOULD, help="认证事务联系人", example="林一舟")
    position: str | None = fact("联系人职务", example="质量经理")
    phone: str | None = fact("联系电话", SHOULD, example="0755-00000001", form="phone")
    mobile: str | None = fact("联系手机", example="13800000000", form="phone")
    email: str | None = fact("联系邮箱", example="quality@example.com", form="email")


class Certificate(Part):
    name: str | None = fact("证书名称", example="质量管理体系认证证书")
    number: str | None = fact("证书编号", example="00000Q00000R0M", form="code")
    issuer: str | None = fact("发证机构")
    valid_to: date | None = fact("有效期至", example="2027-06-30")


class Company(Part):
    full_name: str | None = fact("企业全称", MUST, help="与营业执照一致", example="深圳示例电器有限公司")
    short_name: str | None = fact("企业简称", SHOULD, help="文件中第二次出现起使用的简称", example="示例电器")
    english_name: str | None = fact("英文名称", example="Shenzhen Example Electric Co., Ltd.")
    code: str | None = fact("文件编号代号", MUST, help="文件编号前缀，2–6 个大写字母", example="SLDQ", form="upper")
    unified_social_credit_code: str | None = fact(
        "统一社会信用代码", MUST, help="营业执照上的 18 位代码", example="91440300MA5EXAMPLA", form="upper"
    )
    legal_representative: str | None = fact("法定代表人", MUST, example="陈示例")
    registered_address: str | None = fact("注册地址", MUST, example="深圳市示例区示例路 1 号")
    business_address: str | None = fact("经营地址", SHOULD, help="与注册地址不同时填写；现场审查在这里进行")
    postal_code: str | None = fact("邮政编码", example="518000", form="code")
    founded: date | None = fact("成立日期", SHOULD, example="2012-05-18")
    registered_capital: str | None = fact("注册资本", example="3000 万元")
    ownership: str | None = fact("企业性质", example="有限责任公司（民营）")
    industry_code: str | None = fact("行业代码", help="GB/T 4754 国民经济行业分类代码", example="C3854", form="code")
    business_scope: str | None = fact("经营范围", SHOULD, help="照抄营业执照中与认证范围有关的部分")
    enterprise_type: EnterpriseType | None = fact(
        "企业类型",
        MUST,
        help="manufacturer 生产型；seller 销售型；service_provider 纯服务型，不配送商品的，文件不写包装、退换货和召回",
        example="manufacturer",
    )
    industry: str | None = fact(
        "行业", MUST, help="标识或名称，见 docgen list industries；都不合适的写 general", example="electronics"
    )
    main_business: str | None = fact(
        "主营业务", SHOULD, help="一句话：做什么、卖给谁", example="厨房小家电的设计、生产和销售"
    )
    intro: str | None = fact("企业简介", SHOULD, help="二至四句事实：成立、规模、产品、市场；不写口号")
    annual_sales: Decimal | None = fact("上年销售额", SHOULD, unit="万元", example=18000)
    website: str | None = fact("网址", SHOULD, example="https://www.example.com", form="url")
    phone: str | None = fact("企业总机", example="0755-00000000", form="phone")
    email: str | None = fact("企业邮箱", example="service@example.com", form="email")
    logo: str | None = fact("企业标志", help="图片文件路径（png 或 jpg），相对于档案文件", example="logo.png")
    color: str | None = fact("企业标准色", help="六位十六进制", example="1F4E79", form="code")
    certificates: tuple[Certificate, ...] = facts("管理体系证书与资质", MAY)
    honours: tuple[str, ...] = facts("荣誉", MAY)
    contact: Contact = part(Contact, "联系人")


class Deletion(Part):
    clause: str | None = fact(
        "删减条款",
        SHOULD,
        help="二级条款号；只删减其中一个评价分项的，写 docgen list clauses 列出的分项标识",
        example="5.2.2.1",
        form="code",
    )
    part: str | None = fact("删减部分", help="只删减条款的一部分时写明哪一部分；留空为整条删减", example="上门维修")
    reason: str | None = fact("删减理由", SHOULD, help="业务事实，不是“做不到”", example="产品即插即用，不提供安装")
    evidence: str | None = fact("删减依据", help="能证明理由的材料", example="营业执照经营范围、产品说明书")


class IssuedCertificate(Part):
    number: str | None = fact("证书编号", form="code")
    level: TargetLevel | None = fact("证书级别")
    issued: date | None = fact("发证日期")
    valid_to: date | None = fact("有效期至")


class Certification(Part):
    target_level: TargetLevel | None = fact(
        "目标级别",
        MUST,
        help="compliant 达标级；three_star 三星；four_star 四星；five_star 五星",
        example="five_star",
    )
    scope: str | None = fact("认证范围", MUST, help="必须在营业执照经营范围之内", example="厨房小家电的销售及售后服务")
    type: Literal["initial", "recertification", "extension", "change"] | None = fact("申请类型", example="initial")
    stage: Stage | None = fact("所处阶段", help="决定产出哪些认证文件", example="build")
    running_since: date | None = fact("体系运行日期", SHOULD, help="体系文件开始实施的日期", example="2026-03-02")
    self_assessment_date: date | None = fact("自我评价日期", SHOULD, example="2026-06-15")
    assessment: str | None = fact(
        "自评评分表文件",
        help="填好的自评评分表（xlsx 或 csv），相对于档案文件；自评报告的分数只来自它",
        example="assessment.xlsx",
    )
    points: str | None = fact(
        "条款分值表文件",
        help="按正式出版的标准文本录入的分值（yaml 或 xlsx），相对于档案文件；没有时用示意分值并注明",
        example="points.yaml",
    )
    report_date: date | None = fact(
        "报告日期", help="报告封面的日期，也是判定整改是否逾期的日期；留空时手写", example="2026-12-01"
    )
    application_date: date | None = fact("计划申请日期", example="2026-07-01")
    plan_start: date | None = fact(
        "计划起算日期", help="认证工作从哪一天起安排；未填时从体系运行日期推算", example="2026-03-02"
    )
    planned_audit_date: date | None = fact("计划现场审查日期", SHOULD, example="2026-08-10")
    wished_certificate_date: date | None = fact("期望取证日期", example="2026-09-30")
    certification_body: str | None = fact("认证机构")
    consultant: str | None = fact("咨询机构", help="未使用咨询写“无”")
    major_incidents: str | None = fact("近一年重大质量与服务事故", SHOULD, help="没有发生写“无”", example="无")
    outsourced_processes: tuple[str, ...] = facts("外包过程", SHOULD, example="配送")
    deletions: tuple[Deletion, ...] = facts("删减条款", SHOULD)
    certificate: IssuedCertificate = part(IssuedCertificate, "现有证书")
