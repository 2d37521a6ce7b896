"""Messages of the profile step."""

MESSAGES: dict[str, tuple[str, str]] = {
    # reading the file
    "P001": ("找不到文件 {file}", "no such file: {file}"),
    "P002": ("{file} 不是普通文件，请给出一个 YAML 文件", "{file} is not a regular file; give a YAML file"),
    "P003": (
        "文件超过 {limit} MB，不像企业档案，未读取；请检查是否选错了文件",
        "the file is larger than {limit} MB and was not read; is it the right file?",
    ),
    "P004": (
        "无法识别文字编码；请用记事本“另存为”，编码选 UTF-8",
        "unknown text encoding; save the file as UTF-8",
    ),
    "P005": ("文件按 {encoding} 编码读取；建议另存为 UTF-8", "read as {encoding}; better save it as UTF-8"),
    "P006": (
        "从这里起读不下去：{read}（{reason}）。常见原因：缩进不齐、引号不成对、冒号后没有空格",
        "cannot be read from here: {read} ({reason}). Usual: indentation, quotes, no blank after a colon",
    ),
    "P007": (
        "行首用了制表符（Tab）；缩进只能用空格，请把 Tab 换成两个空格",
        "tab at the start of the line; indent with spaces only (two a level)",
    ),
    "P008": (
        "不支持 YAML 锚点和别名（&{name}、*{name}）；请直接写出内容，文字以 & 或 * 开头时加引号",
        "YAML anchors and aliases (&{name}, *{name}) are refused; write it out, quote a leading & or *",
    ),
    "P009": (
        "不支持 YAML 标签 {tag}；去掉标签，文字以 ! 开头时加引号",
        "YAML tag {tag} is refused; remove it, quote text that starts with !",
    ),
    "P010": ("嵌套超过 {limit} 层，未读取", "nested deeper than {limit} levels; not read"),
    "P011": ("内容超过 {limit} 项，未读取", "more than {limit} entries; not read"),
    "P012": (
        "“{key}”重复：第 {first} 行已经写过，请只留一处（本次采用第 {first} 行）",
        "“{key}” is a duplicate of line {first}; keep one (line {first} is used)",
    ),
    "P013": (
        "这里应是字段名，不能是列表或一组字段",
        "a field name is expected here, not a list or a mapping",
    ),
    "P014": (
        "文件是空的：{file}；可用 docgen new 生成一份",
        "the file is empty: {file}; docgen new makes one",
    ),
    "P015": (
        "文件内容不是“字段: 值”的形式；第一层应是 company、certification 等字段",
        "the file is not a mapping; the first level should be company, certification and so on",
    ),
    "P016": (
        "文件里有第二份内容（---）；只读第一份，请删去或另存",
        "second YAML document (---); only the first is read",
    ),
    "P017": (
        "去掉了不能写入 Word 的控制字符 {sign}",
        "removed control character {sign}, which Word files cannot hold",
    ),
    "P018": ("“{key}”后的全角冒号按“: ”理解", "full-width colon after “{key}” understood as “: ”"),
    "P019": (
        "“{key}:”的冒号后面要有一个空格：{read}",
        "a blank is missing after “{key}:”: {read}",
    ),
    "P020": ("无法读取 {file}：{reason}", "cannot read {file}: {reason}"),
    # keys and shapes
    "P100": ("没有“{key}”这个字段（位置：{where}）", "no such field: “{key}” (in {where})"),
    "P102": (
        "“{key}”不在这里填（位置：{where}），它属于 {homes}",
        "“{key}” does not belong here ({where}); it is {homes}",
    ),
    "P101": (
        "{label}（{path}）应是一个值，读到的是 {read}；例如：{example}",
        "{path} should be a single value, read {read}; for example: {example}",
    ),
    "P103": (
        "{label}（{path}）应是一组字段（下一行缩进写“字段: 值”），读到的是 {read}",
        "{path} should be a group of fields (“field: value” on indented lines), read {read}",
    ),
    "P104": (
        "{label}（{path}）应是列表（每项一行，以“- ”开头），读到的是 {read}",
        "{path} should be a list (one item a line, starting with “- ”), read {read}",
    ),
    # values
    "P110": (
        "{label}（{path}）读到“{read}”，应是文字；例如：{example}",
        "{path}: read “{read}”, text expected; e.g. {example}",
    ),
    "P111": (
        "{label}（{path}）读到“{read}”，应是整数，单位：{unit}；例如：{example}",
        "{path}: read “{read}”, a whole number is expected, unit {unit}; e.g. {example}",
    ),
    "P112": (
        "{label}（{path}）读到“{read}”，应是数字，单位：{unit}；例如：{example}",
        "{path}: read “{read}”, a number is expected, unit {unit}; e.g. {example}",
    ),
    "P113": (
        "{label}（{path}）读到“{read}”，应是 是 或 否（true / false）",
        "{path}: read “{read}”, true or false (是 / 否) is expected",
    ),
    "P114": (
        "{label}（{path}）读到“{read}”，应是年月日齐全的真实日期；例如：{example}",
        "{path}: read “{read}”, a real date with year, month and day is expected; e.g. {example}",
    ),
    "P115": (
        "{label}（{path}）读到“{read}”，应是时限，数字加 分钟、小时、天、个工作日、周、个月；例如：{example}",
        "{path}: read “{read}”, a time limit is expected, a number and a unit (分钟 … 个月); e.g. {example}",
    ),
    "P116": (
        "{label}（{path}）读到“{read}”，应是下列之一：{allowed}",
        "{path}: read “{read}”, one of these is expected: {allowed}",
    ),
    # understood
    "P150": (
        "{label}（{path}）“{read}”按“{understood}”理解",
        "{path}: “{read}” understood as “{understood}”",
    ),
    "P151": (
        "{label}（{path}）“{read}”按 {count} 项的列表理解",
        "{path}: “{read}” understood as a list of {count}",
    ),
    "P152": ("字段名“{read}”按“{understood}”理解", "field name “{read}” understood as “{understood}”"),
}
