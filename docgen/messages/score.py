"""Messages of scoring."""

MESSAGES: dict[str, tuple[str, str]] = {
    "S001": ("得分依据表里没有“{read}”这个名字", "the table of needs has an unknown name “{read}”"),
    "S002": ("评价表第 {row} 行：没有条款“{read}”", "assessment sheet, row {row}: no clause “{read}”"),
    "S003": (
        "评价表第 {row} 行“{column}”读不懂：{read}；应为数字",
        "assessment sheet, row {row}, “{column}”: {read} is not a number",
    ),
    "S004": (
        "评价表没有“条款”列；第一行应有 条款、适用、符合、抽样数、不合格数、扣分、发现",
        "the assessment sheet has no column for the clause",
    ),
    "S005": (
        "评价表第 {row} 行：不合格数 {failed} 大于抽样数 {sample}",
        "assessment sheet, row {row}: {failed} failures of {sample} samples",
    ),
    "S006": (
        "评价表缺少这些条款，按未知处理：{clauses}",
        "clauses missing from the sheet, taken as unknown: {clauses}",
    ),
    "S007": ("读不了评价表：{reason}", "cannot read the assessment sheet: {reason}"),
    "S008": ("{warning}", "{warning}"),
    "S009": (
        "评价表第 {row} 行：扣分 {read} 超出本条款分值 {points}",
        "assessment sheet, row {row}: deduction {read} exceeds the clause's {points} points",
    ),
    "S010": (
        "评价表第 {row} 行把 {clause} 写为不适用，但档案没有删减它；两处必须一致",
        "assessment sheet, row {row}: {clause} is marked not applicable but the profile does not delete it",
    ),
    "rule_enough_managers": (
        "售后服务管理师不足售后服务管理人员的 10%",
        "certified service managers are fewer than 10 % of service managers",
    ),
    "rule_supervisor_apart": ("服务监督员在被监督的部门内", "the supervisor sits in a department it watches"),
    "rule_supervisor_full_time": ("服务监督员不是专职", "the supervisor is not full-time"),
    "rule_mystery_visits": ("没有服务暗访", "there are no mystery visits"),
    "rule_reserve": ("没有专项准备金或保险", "there is neither a reserve nor insurance"),
    "rule_measuring_calibrated": ("计量器具缺少校准有效期", "measuring equipment lacks a calibration date"),
    "range": (
        "得分区间 {low}～{high}，对应 {low_band}～{high_band}",
        "score range {low} to {high}: {low_band} to {high_band}",
    ),
    "result": (
        "得分 {score}（{obtained} ÷ {applicable} × 100 − 特别扣分 {deducted} ＋ 特别加分 {bonus}），{band}",
        "score {score} ({obtained} / {applicable} × 100 − {deducted} + {bonus}): {band}",
    ),
    "barred": ("特别扣分达到 {limit} 项，不能评级", "{limit} special deductions: no level can be given"),
    "target": (
        "目标 {band}（≥{minimum}）：按已知事实还差 {distance} 分",
        "target {band} (≥{minimum}): {distance} points short on known facts",
    ),
    "target_reached": (
        "目标 {band}（≥{minimum}）：已知事实支持，仍要运行记录证明",
        "target {band} (≥{minimum}): supported by known facts; records must still prove it",
    ),
    "no_level": ("未达标", "below any level"),
    "next_head": ("最省力的得分（先做前面的）：", "cheapest next points, first things first:"),
    "next_line": ("  {clause} {name}：可得 {gain} 分 ← {how}", "  {clause} {name}: {gain} points ← {how}"),
    "how_fact": ("补充“{label}”（{key}）", "fill in “{label}” ({key})"),
    "how_record": ("运行并保存记录：{records}", "keep records: {records}"),
    "how_rule": ("改正：{rule}", "put right: {rule}"),
    "how_evidence": ("在档案中提供运行结果", "supply the results of running it in the profile"),
    "placeholder": (
        "示意分值，非标准原文分值。有标准原文的，用 --points 换成自己的分值表。",
        "placeholder points, not the standard's own; replace them with --points",
    ),
    "known_only": (
        "区间只说明档案事实与文件支持到哪里；现场结果取决于运行记录。",
        "the range says what facts and documents support; the result on site depends on records.",
    ),
    "state_supported": ("已支持", "supported"),
    "state_open": ("待补充", "open"),
    "state_failed": ("不符合", "failed"),
    "state_deleted": ("已删减", "deleted"),
}
