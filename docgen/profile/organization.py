"""People, departments, outlets."""

from datetime import date
from typing import Literal

from docgen.profile.fields import MAY, MUST, SHOULD, Part, fact, facts, part

Function = Literal[
    "management", "service", "contact_centre", "technical", "quality", "sales", "logistics", "hr", "finance",
    "supervision",
]  # fmt: skip
OutletType = Literal["own", "authorized"]


class Person(Part):
    name: str | None = fact("姓名", MUST, example="陈示例")
    title: str | None = fact("职务", SHOULD, example="总经理")


class Deputy(Part):
    """Who takes over what top management itself holds or cannot get to."""

    name: str | None = fact("最高管理者的代行人姓名", MAY, example="何示例")
    title: str | None = fact(
        "最高管理者的代行人职务", MAY, help="最高管理者自己承办或者不在时由谁接手", example="副总经理"
    )


class Supervisor(Part):
    name: str | None = fact("服务监督员姓名", SHOULD, example="周示例")
    title: str | None = fact("服务监督员职务", SHOULD, example="服务监督专员")
    department: str | None = fact("服务监督员所在部门", SHOULD, help="不得在被监督的部门内", example="总经理办公室")
    full_time: bool | None = fact("是否专职", SHOULD, example=True)
    headcount: int | None = fact("服务监督人数", unit="人", example=2)


class Department(Part):
    name: str | None = fact("部门名称", SHOULD, example="售后服务部")
    functions: tuple[Function, ...] = facts("承担的职能", SHOULD, example="service")
    head: str | None = fact("负责人", SHOULD)
    headcount: int | None = fact("人数", SHOULD, unit="人")
    duties: tuple[str, ...] = facts("本企业特有的职责", MAY)


class Position(Part):
    role: tuple[str, ...] = facts(
        "岗位角色", help="标识或名称，见 docgen list roles；一岗多责写几个；自设岗位留空", example="hotline_agent"
    )
    title: str | None = fact("岗位名称", SHOULD, example="客服专员")
    department: str | None = fact("所在部门", SHOULD)
    headcount: int | None = fact("人数", unit="人")
    qualification: str | None = fact("任职资格", SHOULD, example="中专及以上，三个月以上客服经验，持电工证")
    duties: tuple[str, ...] = facts("本企业特有的职责", MAY)
    documents: tuple[str, ...] = facts(
        "执行的程序和规范",
        MAY,
        help="标识、编号或者名称；特有的职责写进这些文件，岗位角色通常执行的不必写",
        example="warranty-returns",
    )


class StaffMember(Part):
    name: str | None = fact("姓名", MAY)
    position: str | None = fact("岗位", MAY)
    department: str | None = fact("部门", MAY)
    outlet: str | None = fact("所在网点", MAY)
    certificates: tuple[str, ...] = facts("资格证书", MAY, example="低压电工作业证")


class Organization(Part):
    top_management: Person = part(Person, "最高管理者")
    management_representative: Person = part(Person, "管理者代表")
    service_head: Person = part(Person, "售后服务负责人")
    supervisor: Supervisor = part(Supervisor, "服务监督员")
    deputy: Deputy = part(Deputy, "最高管理者的代行人")
    departments: tuple[Department, ...] = facts("部门", SHOULD)
    positions: tuple[Position, ...] = facts("岗位", SHOULD)
    people: tuple[StaffMember, ...] = facts("售后服务人员名册", MAY)


class CertifiedServiceManager(Part):
    name: str | None = fact("姓名", SHOULD)
    position: str | None = fact("岗位", SHOULD)
    certificate_number: str | None = fact("证书编号", SHOULD, form="code")
    issued: date | None = fact("发证日期", MAY)
    valid_to: date | None = fact("有效期至", SHOULD)


class Staff(Part):
    total: int | None = fact("员工总数", MUST, unit="人", example=320)
    service: int | None = fact("售后服务人员数", MUST, unit="人", example=45)
    service_managers: int | None = fact(
        "售后服务管理人员数",
        SHOULD,
        unit="人",
        help="总部与网点的管理人员合计，是管理师比例的基数",
        example=12,
    )
    technicians: int | None = fact("技术人员数", SHOULD, unit="人", example=20)
    contact_centre: int | None = fact("客服坐席人数", MAY, unit="人", example=8)
    certified_service_managers: tuple[CertifiedServiceManager, ...] = facts(
        "售后服务管理师", SHOULD, help="不少于售后服务管理人员的 10%，至少 1 人"
    )


class Outlet(Part):
    code: str | None = fact("网点编号", SHOULD, example="SZ01", form="code")
    name: str | None = fact("网点名称", SHOULD)
    province: str | None = fact("省份", SHOULD, example="广东省")
    city: str | None = fact("城市", SHOULD, example="深圳市")
    address: str | None = fact("地址", SHOULD)
    type: OutletType | None = fact("网点类型", SHOULD, help="own 自营；authorized 特约（授权）", example="own")
    head: str | None = fact("负责人", SHOULD)
    staff: int | None = fact("人数", SHOULD, unit="人")
    phone: str | None = fact("电话", SHOULD, form="phone")
    area: str | None = fact("服务区域", SHOULD, example="深圳市、惠州市")
    functions: tuple[str, ...] = facts("服务功能", MAY, example="上门维修")
    agreement: str | None = fact("委托协议编号", MAY, help="特约网点填写", form="code")
