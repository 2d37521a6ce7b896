"""What the company sells and to whom."""

from typing import Literal

from docgen.profile.fields import MAY, MUST, SHOULD, Part, fact, facts
from docgen.profile.values import Duration

CustomerKind = Literal["consumer", "business", "both"]
SalesMode = Literal["direct", "dealer", "online", "store", "project", "oem", "export"]


class Product(Part):
    name: str | None = fact("产品名称", MUST, example="空气炸锅")
    category: str | None = fact("产品类别", SHOULD, example="厨房小家电")
    brand: str | None = fact("品牌", SHOULD)
    models: tuple[str, ...] = facts("型号", SHOULD)
    customers: CustomerKind | None = fact("顾客类型", SHOULD, help="consumer 消费者；business 企业；both 两者")
    statutory_class: str | None = fact(
        "法定三包类别", SHOULD, help="见行业目录中的类别标识；没有写 none", example="none"
    )
    warranty_months: int | None = fact("整机质保期", MUST, unit="个月", example=12)
    main_parts: str | None = fact("主要部件", MAY, example="电机、控制板")
    main_parts_months: int | None = fact("主要部件质保期", SHOULD, unit="个月", example=36)
    wear_parts: str | None = fact("易损件", MAY, example="滤网、密封圈")
    wear_parts_months: int | None = fact("易损件质保期", MAY, unit="个月", example=3)
    legal_basis: str | None = fact("质保依据", MAY)
    safe_use_years: int | None = fact("安全使用年限", MAY, unit="年", example=8)
    parts_supply_years: int | None = fact("停产后备件供应年限", SHOULD, unit="年", example=8)
    yearly_units: int | None = fact("年销量", SHOULD, unit="台（套、件）")
    units_in_field: int | None = fact("在用量", SHOULD, unit="台（套、件）")
    standards: tuple[str, ...] = facts("执行标准", SHOULD, example="GB 4706.1")
    ccc: bool | None = fact("是否属强制性认证产品", SHOULD)
    medical_device: bool | None = fact("是否属医疗器械", MAY, example=False)
    stores_data: bool | None = fact(
        "产品是否存有顾客数据", MAY, help="账号、照片、录音、运行记录等；没有写明的按行业的通常情况", example=False
    )


class Maker(Part):
    """Who makes what a seller sells, and answers to it."""

    name: str | None = fact("生产者名称", SHOULD)
    goods: str | None = fact("经销的商品", SHOULD, help="品牌和类别", example="示例牌净水机")
    service_by: Literal["company", "maker", "both"] | None = fact(
        "服务由谁做", SHOULD, help="company 本公司；maker 生产者或其网点；both 各做一部分"
    )
    warranty: str | None = fact("生产者的质保", SHOULD, example="整机 1 年，滤芯 3 个月")
    claim_within: Duration | None = fact("向生产者转报的时限", SHOULD, help="判定属生产者责任后", example="2 天")
    answer_within: Duration | None = fact("生产者答复的时限", SHOULD, example="5 个工作日")
    phone: str | None = fact("生产者的服务电话", MAY, form="phone")
    agreement: str | None = fact("经销或者授权协议编号", MAY, form="code")


class Sales(Part):
    customers: CustomerKind | None = fact("顾客类型", MUST, example="consumer")
    modes: tuple[SalesMode, ...] = facts("销售方式", MUST, example="online")
    provinces: tuple[str, ...] = facts("销售省份", SHOULD, example="广东省")
    uncovered_provinces: str | None = fact(
        "无网点省份的服务方式",
        SHOULD,
        help="有销售而没有网点的省份靠什么服务",
        example="由总部寄修，往返运费由公司承担",
    )
    platforms: tuple[str, ...] = facts("线上平台", MAY)
    main_customers: tuple[str, ...] = facts("主要客户", MAY, help="只写可以公开的客户")
