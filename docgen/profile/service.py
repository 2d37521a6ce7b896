"""What the company promises its customers and how it keeps it."""

from decimal import Decimal
from typing import Literal

from docgen.profile.fields import MAY, MUST, SHOULD, Part, fact, facts, part
from docgen.profile.values import Duration


class Activities(Part):
    """What the company does for customers. A false one has no text promising it."""

    delivery: bool | None = fact("提供配送", MUST, example=True)
    installation: bool | None = fact("提供安装调试", MUST, example=True)
    on_site: bool | None = fact("提供上门服务", MUST, example=True)
    mail_in: bool | None = fact("提供寄修", SHOULD)
    in_shop: bool | None = fact("提供到店维修", SHOULD)
    remote: bool | None = fact("提供远程支持", SHOULD)
    customer_training: bool | None = fact("提供用户培训", SHOULD)
    inspection: bool | None = fact("提供巡检", SHOULD)
    loan_unit: bool | None = fact("提供备用机", SHOULD)
    paid_repair: bool | None = fact("提供收费维修", SHOULD)
    take_back: bool | None = fact("回收废旧商品或部件", SHOULD)
    custom_made: bool | None = fact("按顾客要求定制", MAY, help="测量、出图，顾客签字确认后才制作的商品")
    maintenance: bool | None = fact(
        "提供计划保养", MAY, help="按日期或者运行时间到期就做的维护保养，有单独的程序；巡检、走访不算"
    )


class CustomOrder(Part):
    """Goods made to a customer's measure: what is agreed before they are made."""

    measured_within: Duration | None = fact("测量时限", SHOULD, help="约定后多久到场测量", example="3 天")
    drawing_within: Duration | None = fact("出图时限", SHOULD, help="测量后多久给出图纸和报价", example="5 天")
    made_within: Duration | None = fact("制作时限", SHOULD, help="顾客签字确认图纸后多久做好", example="35 天")
    change_rule: str | None = fact(
        "确认后变更的办法", SHOULD, example="开料前可以改一次，不收费；开料后按已经发生的损失计费"
    )
    return_rule: str | None = fact(
        "定制商品的退换办法", SHOULD, example="按确认的图纸制作且质量合格的不适用无理由退货，下单前书面告知"
    )


class MaintenancePlan(Part):
    target: str | None = fact("维护保养的对象", SHOULD, example="整线")
    every: str | None = fact("维护保养的周期", SHOULD, example="每运行 2000 小时")
    content: str | None = fact("维护保养的内容", SHOULD, example="润滑、紧固、安全装置试验")


class Maintenance(Part):
    """Work that is due by the calendar or by hours of use, whether or not something is broken."""

    plans: tuple[MaintenancePlan, ...] = facts("维护保养的项目与周期", SHOULD)
    planned_by: str | None = fact(
        "编制保养计划的岗位", MAY, help="岗位名称；没有写的是技术主管", example="服务队管理员"
    )
    notice: Duration | None = fact("保养预约提前量", SHOULD, help="到期前多久与顾客约定日期", example="5 天")
    findings_within: Duration | None = fact(
        "保养问题处理时限", SHOULD, help="保养中发现、当场不能消除的问题多久内处理完", example="7 天"
    )
    law: str | None = fact(
        "保养项目和周期的法定依据", MAY, help="法规或者标准规定了保养项目、周期的，写名称；没有写“无”"
    )


class Charge(Part):
    item: str | None = fact("收费项目", SHOULD, example="上门检测费（保修期外）")
    unit: str | None = fact("计价单位", SHOULD, example="次")
    price: Decimal | None = fact("价格", SHOULD, unit="元")
    note: str | None = fact("说明")


class Commitment(Part):
    text: str | None = fact("其他承诺", SHOULD)
    measure: str | None = fact("如何衡量兑现", SHOULD)


class ReturnPolicy(Part):
    no_reason_days: int | None = fact("无理由退货天数", SHOULD, unit="天", example=7)
    return_days: int | None = fact("质量问题退货天数", SHOULD, unit="天", example=7)
    exchange_days: int | None = fact("质量问题换货天数", SHOULD, unit="天", example=15)
    freight: str | None = fact("退换货运费承担", SHOULD, example="质量问题由公司承担，无理由退货由顾客承担")
    refund_within: Duration | None = fact("退款时限", SHOULD, example="7 天")
    decision_within: Duration | None = fact("退换货审核时限", SHOULD, example="24 小时")


class Service(Part):
    hotline: str | None = fact("服务热线", MUST, example="400-000-0000", form="phone")
    hotline_hours: str | None = fact("热线服务时间", MUST, example="每日 8:00–22:00")
    online_channels: tuple[str, ...] = facts("线上服务渠道", SHOULD, example="微信公众号“示例服务”")
    complaint_phone: str | None = fact("投诉电话", SHOULD, example="400-000-0001", form="phone")
    complaint_email: str | None = fact("投诉邮箱", SHOULD, example="tousu@example.com", form="email")
    response_time: Duration | None = fact("响应时限", MUST, help="接到请求到人工答复", example="2 小时")
    hotline_pick_up_time: Duration | None = fact("热线接听时限", SHOULD, help="来电转人工到有人接起", example="20 秒")
    dispatch_time: Duration | None = fact("派工时限", SHOULD, example="30 分钟")
    arrival_time_city: Duration | None = fact("市区到达时限", SHOULD, example="24 小时")
    arrival_time_remote: Duration | None = fact("县域及以下到达时限", SHOULD, example="48 小时")
    repair_time: Duration | None = fact("修复时限", SHOULD, example="3 天")
    mail_in_time: Duration | None = fact("寄修修复时限", SHOULD, help="收到故障件到寄出", example="5 个工作日")
    delivery_time: Duration | None = fact("配送时限", SHOULD, example="72 小时")
    installation_time: Duration | None = fact("安装时限", SHOULD, help="到货到安装完成", example="48 小时")
    spare_part_time: Duration | None = fact("备件到位时限", SHOULD, example="48 小时")
    remote_diagnosis_time: Duration | None = fact("远程诊断时限", SHOULD, example="4 小时")
    follow_up_within: Duration | None = fact("回访时限", SHOULD, help="服务完成后多久内回访", example="3 天")
    follow_up_share: Decimal | None = fact("回访比例", SHOULD, unit="%", example=100)
    repair_warranty_months: int | None = fact("维修后质保期", SHOULD, unit="个月", example=3)
    activities: Activities = part(Activities, "服务活动")
    maintenance: Maintenance = part(Maintenance, "计划保养")
    custom_order: CustomOrder = part(CustomOrder, "定制")
    customer_training_ways: str | None = fact(
        "用户培训方式", MAY, help="何时、在哪里、怎样培训顾客", example="每月第一个周六 15:00 直播课，网站预约"
    )
    warranty_start: str | None = fact("质保起算", SHOULD, example="自开具发票之日起")
    return_policy: ReturnPolicy = part(ReturnPolicy, "退换货政策")
    charges: tuple[Charge, ...] = facts("收费标准", SHOULD)
    commitments: tuple[Commitment, ...] = facts("其他服务承诺", SHOULD)


class ComplaintGrade(Part):
    examples: str | None = fact("情形举例", SHOULD)
    acknowledge: Duration | None = fact("确认时限", SHOULD, example="2 小时")
    plan: Duration | None = fact("提出方案时限", SHOULD, example="24 小时")
    close: Duration | None = fact("办结时限", SHOULD, example="3 个工作日")
    escalate_to: str | None = fact("逾期升级至", SHOULD, help="岗位名称")


class ComplaintStatistics(Part):
    year: int | None = fact("统计年度", MAY, form="year")
    received: int | None = fact("受理投诉数", MAY, unit="件")
    closed: int | None = fact("按期办结数", MAY, unit="件")
    major: int | None = fact("重大投诉数", MAY, unit="件")


class CompensationLimit(Part):
    post: str | None = fact("决定岗位", SHOULD, help="岗位名称", example="投诉专员")
    matter: str | None = fact("补偿事项", SHOULD, example="补偿")
    amount: Decimal | None = fact("单笔限额", SHOULD, unit="元", example=300)


class Complaints(Part):
    general: ComplaintGrade = part(ComplaintGrade, "一般投诉")
    serious: ComplaintGrade = part(ComplaintGrade, "较大投诉")
    major: ComplaintGrade = part(ComplaintGrade, "重大投诉")
    call_back_within: Duration | None = fact("投诉办结后回访时限", SHOULD, example="3 天")
    compensation_limits: tuple[CompensationLimit, ...] = facts(
        "补偿授权", MAY, help="哪个岗位可以当场决定多少补偿；没有的由各级方案批准人决定"
    )
    statistics: ComplaintStatistics = part(ComplaintStatistics, "上年投诉统计")


class Carrier(Part):
    name: str | None = fact("承运商", SHOULD)
    area: str | None = fact("承运区域", SHOULD)
    agreement: str | None = fact("合同编号", MAY, form="code")


class Logistics(Part):
    by: Literal["own", "carrier", "both"] | None = fact(
        "配送方式", SHOULD, help="own 自有；carrier 委托承运商；both 两者"
    )
    area: str | None = fact("配送范围", SHOULD)
    free_delivery: str | None = fact("配送收费政策", SHOULD)
    packaging: str | None = fact("包装方式", SHOULD)
    warehouses: tuple[str, ...] = facts("仓库", MAY)
    carriers: tuple[Carrier, ...] = facts("承运商", SHOULD)


class Outsourced(Part):
    process: str | None = fact("外包过程", SHOULD, example="华东区域上门维修")
    provider: str | None = fact("服务商", SHOULD)
    agreement: str | None = fact("协议编号", MAY, form="code")
    control: str | None = fact("控制方式", SHOULD)


class Privacy(Part):
    system: str | None = fact("顾客信息存放系统", SHOULD, example="CRM 客户关系管理系统")
    access: str | None = fact("有权查阅的岗位", SHOULD)
    storage_years: int | None = fact("顾客信息保存年限", SHOULD, unit="年", example=3)
    consent: str | None = fact("告知与同意的方式", SHOULD)


class TakeBack(Part):
    ways: str | None = fact("回收方式", SHOULD, example="网点免费回收旧电池；上门服务时带回旧件")
    items: tuple[str, ...] = facts("回收物品", SHOULD)
    recycler: str | None = fact("处置单位", SHOULD)
    recycler_licence: str | None = fact("处置单位资质", SHOULD)
