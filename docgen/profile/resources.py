"""Money, places, tools, parts, systems."""

from datetime import date
from decimal import Decimal
from typing import Literal

from docgen.profile.fields import MAY, SHOULD, Part, fact, facts, part


class BudgetLine(Part):
    item: str | None = fact("预算科目", SHOULD, example="培训费")
    amount: Decimal | None = fact("金额", SHOULD, unit="万元")
    use: str | None = fact("用途")


class Budget(Part):
    year: int | None = fact("预算年度", SHOULD, form="year", example=2026)
    total: Decimal | None = fact("售后预算总额", SHOULD, unit="万元")
    lines: tuple[BudgetLine, ...] = facts("预算科目", SHOULD, help="各科目之和等于总额")
    last_year_spent: Decimal | None = fact("上年实际支出", MAY, unit="万元")


class Reserve(Part):
    amount: Decimal | None = fact("专项准备金", SHOULD, unit="万元", help="应对重大质量或安全事件")
    insurance: str | None = fact("产品责任险等保险", SHOULD)
    insured_amount: Decimal | None = fact("保险金额", MAY, unit="万元")


class Premises(Part):
    name: str | None = fact("场所", SHOULD, example="维修车间")
    address: str | None = fact("地址", MAY)
    area: Decimal | None = fact("面积", SHOULD, unit="平方米")
    use: str | None = fact("用途", SHOULD)


class Equipment(Part):
    name: str | None = fact("名称", SHOULD)
    model: str | None = fact("型号规格", SHOULD)
    quantity: int | None = fact("数量", SHOULD)
    location: str | None = fact("存放地点", SHOULD)
    kind: Literal["tool", "equipment", "measuring"] | None = fact(
        "类别", SHOULD, help="tool 工具；equipment 设备；measuring 计量器具"
    )
    calibrated_to: date | None = fact("校准有效期至", SHOULD, help="计量器具必填")


class SparePart(Part):
    name: str | None = fact("备件名称", MAY)
    code: str | None = fact("备件编码", MAY, form="code")
    safety_stock: int | None = fact("安全库存", MAY)


class SpareParts(Part):
    kinds: int | None = fact("备件品种数", SHOULD, unit="种", help="服务不使用备件的写 0")
    warehouse: str | None = fact("备件库", SHOULD)
    items: tuple[SparePart, ...] = facts("主要备件", MAY)


class ItSystem(Part):
    name: str | None = fact("信息系统", SHOULD, example="售后工单系统")
    use: str | None = fact("用途", SHOULD)


class Resources(Part):
    budget: Budget = part(Budget, "售后服务预算")
    reserve: Reserve = part(Reserve, "专项资金与保险")
    premises: tuple[Premises, ...] = facts("服务场所", SHOULD)
    equipment: tuple[Equipment, ...] = facts("工具与设备", SHOULD)
    spare_parts: SpareParts = part(SpareParts, "备件")
    it_systems: tuple[ItSystem, ...] = facts("信息系统", SHOULD)
    service_vehicles: int | None = fact("服务车辆", MAY, unit="辆")
