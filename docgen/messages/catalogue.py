"""Messages of the catalogue step."""

MESSAGES: dict[str, tuple[str, str]] = {
    "K001": (
        "找不到目录文件 {file}（找过：{roots}）",
        "catalogue file {file} not found (looked in: {roots})",
    ),
    "K002": ("文件不是有效的 YAML：{problem}", "not valid YAML: {problem}"),
    "K003": ("键 {key} 重复出现", "key {key} stands twice"),
    "K004": ("文件应以“键: 值”开头，读到的是别的内容", "the file must hold keys and values at its top"),
    "K005": ("缺少 {missing}", "{missing} is missing"),
    "K006": (
        "{key} 的值 {read!r} 不对，应为 {expected}",
        "{key} has the value {read!r}, expected {expected}",
    ),
    "K007": (
        "{key} 的值 {read!r} 不在可选值内：{known}",
        "{key} has the value {read!r}, expected one of: {known}",
    ),
    "K008": ("不认识的键 {unknown}", "unknown key {unknown}"),
    "K009": ("标识 {name} 重复", "the id {name} stands twice"),
    "K012": ("分级 {band} 的起点应高于前一级", "band {band} must start above the one before it"),
    "K013": (
        "{chapter} 的分值合计 {total}，应为 {expected}",
        "points of {chapter} add up to {total}, expected {expected}",
    ),
    "K014": ("条款 {clause} 没有上级条款", "clause {clause} has no clause above it"),
    "K015": ("{key} 不是有效的正则表达式：{problem}", "{key} is not a valid regular expression: {problem}"),
    "K017": ("二级条款 {clause} 没有主责职能", "second-level clause {clause} has no leading function"),
    "K023": ("二级条款 {clause} 没有证据要求", "second-level clause {clause} has no expected evidence"),
    "K018": (
        "编号 {number} 同时属于 {first} 和 {second}",
        "number {number} belongs to both {first} and {second}",
    ),
    "K019": ("{key} 不是企业档案的字段：{name}", "{key} is not a field of the profile: {name}"),
    "K020": (
        "{key} 的建议值 {read!r} 不能作为字段 {name} 的值",
        "{key}: {read!r} cannot be the value of {name}",
    ),
    "K021": ("月份 {read} 应在 1 至 12 之间", "month {read} must lie between 1 and 12"),
    "K022": (
        "表单编号 {number} 与所属程序 {procedure} 的编号不符",
        "form number {number} does not fit {procedure}",
    ),
    "K024": (
        "最短工期 {least} 应在 1 与通常工期 {days} 之间",
        "the least duration {least} must lie between 1 and the usual {days}",
    ),
    "K030": ("读不懂分值表：{problem}", "cannot read the point table: {problem}"),
    "K031": ("分值表中的条款 {clause} 不存在", "the point table names an unknown clause {clause}"),
    "K032": (
        "条款 {clause} 的分值 {read!r} 应为大于 0 的数",
        "clause {clause}: {read!r} is not a number above 0",
    ),
    "K033": ("条款 {clause} 在分值表中重复", "clause {clause} stands twice in the point table"),
    "K034": ("分值表缺少条款 {clause}", "the point table lacks clause {clause}"),
    "K035": (
        "条款 {clause} 的分值 {read} 与已查到的标准分值 {known} 不同，请核对",
        "clause {clause}: {read} differs from the standard's points found so far ({known}); please check",
    ),
    "K036": (
        "适用法规 {name} 不在法规目录中，将按企业自填的名称列入清单",
        "law {name} is not in the catalogue; it is listed as written",
    ),
    "K037": ("要去掉的法规 {name} 不在法规目录中", "the law to leave out, {name}, is not in the catalogue"),
    "K038": ("法规 {name} 已被 {replaced_by} 取代", "law {name} was replaced by {replaced_by}"),
    "K039": (
        "{key}：“{read}”不是级别；应为 1 到 5，5 为最好",
        "{key}: “{read}” is no level; 1 to 5 is expected, 5 the best",
    ),
    "K040": ("{key}：“{read}”不能作文件名", "{key}: “{read}” cannot be the name of a file"),
    "K041": (
        "{key}：“{read}”里的花括号与原来的用词不符；原来的是“{known}”",
        "{key}: the braces of “{read}” are not those of the shipped words, “{known}”",
    ),
    "K042": (
        "“{old}”是以前的写法，改写为“{now}”",
        "“{old}” is how it was written before; write “{now}”",
    ),
    "K101": ("没有条款 {name}", "there is no clause {name}"),
    "K102": ("没有文件 {name}", "there is no document {name}"),
    "K103": ("没有表单 {name}", "there is no form {name}"),
    "K104": ("法规目录中没有 {name}", "there is no law {name}"),
    "K105": ("没有行业 {name}", "there is no industry {name}"),
    "K106": ("没有岗位角色 {name}", "there is no role {name}"),
    "K107": ("没有部门职能 {name}", "there is no function {name}"),
    "K108": ("没有服务指标 {name}", "there is no indicator {name}"),
    "K110": ("没有条件 {name}", "there is no condition {name}"),
    "K111": ("没有行业用语 {name}", "there is no term {name}"),
}
