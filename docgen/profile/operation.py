"""How the system runs over the year: objectives, training, supervision, survey, culture, findings."""

from datetime import date as Day
from decimal import Decimal
from typing import Literal

from docgen.profile.fields import MAY, SHOULD, Part, fact, facts, part
from docgen.profile.values import Duration

TrainingCategory = Literal[
    "standard", "law", "skill", "culture", "complaint", "safety", "privacy", "induction", "outlet",
    "certified_manager", "business",
]  # fmt: skip


class Kpi(Part):
    target: Decimal | None = fact("目标值", SHOULD)
    last: Decimal | None = fact("上期实际值", MAY, help="最近一个统计期间的实际值，报告使用")
    period: str | None = fact("上期统计期间", MAY, example="2025 年")
    baseline: Decimal | None = fact(
        "定目标时的实际值",
        MAY,
        help="制定目标、发布文件时已知的实际值，手册和程序使用；没有填而上期在发布之前的用上期实际值",
    )


class TrainingSession(Part):
    month: int | None = fact("月份", SHOULD, form="month", example=3)
    date: Day | None = fact("日期", MAY)
    topic: str | None = fact("主题", SHOULD)
    category: TrainingCategory | None = fact("类别", SHOULD)
    audience: str | None = fact("对象", SHOULD)
    heads: int | None = fact("人数", SHOULD, unit="人")
    teacher: str | None = fact("讲师", SHOULD)
    external: bool | None = fact("外聘讲师", MAY)
    method: str | None = fact("方式", SHOULD, example="集中授课")
    hours: Decimal | None = fact("课时", SHOULD, unit="小时")
    place: str | None = fact("地点", SHOULD)
    test: str | None = fact("考核方式", SHOULD)
    cost: Decimal | None = fact("预算", SHOULD, unit="元")
    owner: str | None = fact("负责人", SHOULD)


class Training(Part):
    year: int | None = fact("培训年度", SHOULD, form="year", example=2026)
    induction_hours: int | None = fact("新员工岗前培训课时", SHOULD, unit="小时", example=16)
    yearly_hours: int | None = fact("每人每年培训课时", SHOULD, unit="小时", example=24)
    team_hours_per_month: Decimal | None = fact(
        "每月班组学习课时",
        MAY,
        unit="小时",
        help="部门每月组织本部门人员岗位实训、带教和案例讲评的课时，计入每人课时",
        example=2,
    )
    effect_within: Duration | None = fact("培训效果评价时限", MAY, help="培训结束后多久内评价效果", example="3 个月")
    sessions: tuple[TrainingSession, ...] = facts("培训项目", SHOULD)


class MysteryVisits(Part):
    per_year: int | None = fact("每年暗访次数", SHOULD, unit="次", form="a_year", example=8)
    sample: str | None = fact("暗访抽样", SHOULD, example="每次抽 3 家网点、20 通热线来电")
    method: str | None = fact("暗访方式", SHOULD, example="神秘顾客到店与致电")
    by: str | None = fact("暗访实施方", SHOULD, example="服务监督员与第三方机构")


class SupervisionResult(Part):
    kind: Literal["inspection", "outlet_visit", "mystery_visit"] | None = fact(
        "监督类别", MAY, help="inspection 监督检查；outlet_visit 网点巡查；mystery_visit 暗访"
    )
    period: str | None = fact("监督期间", MAY, example="2026 年 9 月")
    subject: str | None = fact("监督对象", MAY)
    count: int | None = fact("实施次数", MAY, unit="次")
    score: Decimal | None = fact("监督得分", MAY, unit="分")
    problems: tuple[str, ...] = facts("发现的问题", MAY)
    actions: tuple[str, ...] = facts("处理结果", MAY)


class Supervision(Part):
    inspections_per_year: int | None = fact("每年服务监督检查次数", SHOULD, unit="次", form="a_year", example=12)
    outlet_visits_per_year: int | None = fact("每家网点每年巡查次数", SHOULD, unit="次", form="a_year", example=2)
    mystery_visits: MysteryVisits = part(MysteryVisits, "服务暗访")
    internal_evaluations_per_year: int | None = fact("每年内部评价次数", SHOULD, unit="次", form="a_year", example=1)
    compliance_evaluations_per_year: int | None = fact("每年合规性评价次数", MAY, unit="次", form="a_year", example=1)
    management_reviews_per_year: int | None = fact("每年管理评审次数", SHOULD, unit="次", form="a_year", example=1)
    rewards: tuple[str, ...] = facts("奖励规定", SHOULD)
    penalties: tuple[str, ...] = facts("处罚规定", SHOULD)
    appeal_within: Duration | None = fact("奖惩申诉期限", MAY, help="收到决定后多久内可以申诉", example="5 个工作日")
    appeal_answer_within: Duration | None = fact(
        "申诉答复时限", MAY, help="收到申诉后多久内答复", example="10 个工作日"
    )
    outlet_assessments_per_year: int | None = fact("每家网点每年考核次数", SHOULD, unit="次", form="a_year", example=2)
    outlet_pass_score: int | None = fact("网点考核合格分", SHOULD, unit="分", example=80)
    provider_evaluations_per_year: int | None = fact(
        "每家服务商每年评价次数", SHOULD, unit="次", form="a_year", example=1
    )
    results: tuple[SupervisionResult, ...] = facts("监督与暗访结果", MAY)


class SurveyPeriod(Part):
    period: str | None = fact("调查期间", MAY, example="2025 年下半年")
    answers: int | None = fact("有效答卷数", MAY, unit="份")
    sent: int | None = fact("发放数", MAY, unit="份")
    score: Decimal | None = fact("满意度得分", MAY)
    actions: tuple[str, ...] = facts("改进项", MAY)


class SurveyQuestion(Part):
    id: str | None = fact("题号或列名", MAY)
    text: str | None = fact("题目", MAY)
    weight: Decimal | None = fact("权重", MAY)


class Survey(Part):
    per_year: int | None = fact("每年满意度调查次数", SHOULD, unit="次", form="a_year", example=2)
    sample_size: int | None = fact("每次样本量", SHOULD, unit="份", example=300)
    method: str | None = fact("调查方式", SHOULD, example="短信问卷与电话访问")
    by: str | None = fact("调查实施方", SHOULD)
    questions: tuple[SurveyQuestion, ...] = facts("题目", MAY)
    data: str | None = fact("答卷数据文件", MAY, help="xlsx 或 csv，一行一份答卷；相对于档案文件")
    period: str | None = fact("答卷的调查期间", MAY, example="2026 年下半年")
    sent: int | None = fact("答卷的发放数", MAY, unit="份", help="算回收率用")
    outlet_column: str | None = fact("网点列名", MAY)
    history: tuple[SurveyPeriod, ...] = facts("历次调查", MAY)


class Objective(Part):
    horizon: Literal["long", "mid", "year"] | None = fact("期限", SHOULD, help="long 长期；mid 中期；year 年度")
    text: str | None = fact("目标", SHOULD)


class CultureEvent(Part):
    name: str | None = fact("文化活动", SHOULD, example="回厂看老线走访")
    when: str | None = fact("开展时间", SHOULD, help="月份、日期或者频次", example="9 月")
    audience: str | None = fact("参加对象", MAY, example="服务人员、用户代表")
    owner: str | None = fact("负责岗位", MAY)


class Culture(Part):
    philosophy: str | None = fact("服务理念", SHOULD, example="一次修好，次次回访")
    philosophy_meaning: str | None = fact("服务理念释义", SHOULD)
    policy: str | None = fact("服务方针", SHOULD)
    slogan: str | None = fact("服务口号", MAY)
    brand: str | None = fact("服务品牌", MAY)
    objectives: tuple[Objective, ...] = facts("服务目标", SHOULD)
    activities: tuple[str, ...] = facts("服务文化活动", SHOULD)
    calendar: tuple[CultureEvent, ...] = facts("文化活动安排", MAY, help="写了安排的，服务文化活动不必另写")
    promotion_month: int | None = fact("晋升评定月份", MAY, form="month", help="每年一次的晋升评定在几月", example=12)
    promotion_notice: Duration | None = fact("晋升公示期", MAY, example="5 个工作日")


class Risk(Part):
    name: str | None = fact("风险", SHOULD, example="电池过热起火")
    signal: str | None = fact("预警信号", SHOULD)
    response: str | None = fact("处置要点", SHOULD)
    owner: str | None = fact("负责岗位", SHOULD)
    drill_month: int | None = fact("演练月份", SHOULD, form="month")


class Emergency(Part):
    leader: str | None = fact("应急总指挥", SHOULD)
    drills_per_year: int | None = fact("每年演练次数", SHOULD, unit="次", form="a_year", example=1)
    drill_again_within: Duration | None = fact(
        "重新演练时限", MAY, help="演练未达到目的后多久内重新演练", example="30 天"
    )
    risks: tuple[Risk, ...] = facts("风险与预案", SHOULD, help="按严重程度从重到轻写；全过程演练从最前的开始排")


class Finding(Part):
    source: str | None = fact("来源", MAY, example="现场审查")
    clause: str | None = fact("条款", MAY, form="code")
    description: str | None = fact("不符合描述", MAY)
    grade: Literal["major", "minor", "observation"] | None = fact("严重程度", MAY)
    correction: str | None = fact("纠正", MAY)
    cause: str | None = fact("原因", MAY)
    corrective_action: str | None = fact("纠正措施", MAY)
    owner: str | None = fact("责任人", MAY)
    due: Day | None = fact("完成期限", MAY)
    closed: Day | None = fact("实际完成日期", MAY)
    proof: str | None = fact("见证材料", MAY)
    verification: str | None = fact("验证结论", MAY)
