"""Messages of the profile step."""

# the two sides of a contradiction
_A = "{a_label}（{a_path}，第 {a_line} 行）“{a_value}”"
_B = "{b_label}（{b_path}，第 {b_line} 行）“{b_value}”"
_A_EN = "{a_path} “{a_value}” (line {a_line})"
_B_EN = "{b_path} “{b_value}” (line {b_line})"

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
    "P021": (
        "{file} 是 Word、Excel 或 PDF 文件，不是企业档案（.yaml）；客户清单请另存为 .xlsx 或 .csv",
        "{file} is a Word, Excel or PDF file and no profile (.yaml); save a client list as .xlsx or .csv",
    ),
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
        "{label}（{path}）读到“{read}”，应是时限，数字加 秒、分钟、小时、天、个工作日、周、个月；例如：{example}",
        "{path}: read “{read}”, a time limit is expected, a number and a unit (秒 … 个月); e.g. {example}",
    ),
    "P116": (
        "{label}（{path}）读到“{read}”，应是下列之一：{allowed}",
        "{path}: read “{read}”, one of these is expected: {allowed}",
    ),
    "P117": (
        "{label}（{path}）读到“{read}”，应在 {least} 到 {most} 之间",
        "{path}: read “{read}”, a value from {least} to {most} is expected",
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
    # rules: dates
    "P200": (
        f"{_A}早于{_B}",
        f"{_A_EN} is before {_B_EN}",
    ),
    "P201": (
        f"{_A}早于{_B}；体系不会在文件实施前运行",
        f"{_A_EN} is before {_B_EN}; a system does not run before its documents",
    ),
    "P202": (
        f"{_A}距{_B}不足三个月；认证机构一般要求体系运行满三个月",
        f"{_A_EN} is less than three months before {_B_EN}; bodies usually expect three",
    ),
    "P204": (
        f"{_A}与{_B}不一致",
        f"{_A_EN} does not agree with {_B_EN}",
    ),
    "P205": (
        "计量器具“{a_value}”没有校准有效期（{a_path}，第 {a_line} 行）",
        "measuring equipment “{a_value}” has no calibration date ({a_path}, line {a_line})",
    ),
    "P206": (
        f"{_A}在{_B}之前到期",
        f"{_A_EN} ends before {_B_EN}",
    ),
    # rules: people
    "P207": (
        f"{_A}与修订记录中全部文件的最后一次{_B}不同；只修订一份文件的，在该条修订的 document 写明",
        f"{_A_EN} is not that of the last revision of the whole set, {_B_EN}; name the document a revision is of",
    ),
    "P210": (
        f"{_A}与{_B}是同一人；批准人不能是编制人",
        f"{_A_EN} and {_B_EN} are one person; the approver must not be the author",
    ),
    "P211": (
        f"{_A}与{_B}相同，且审核人也是此人；编制、审核、批准不能一人包办",
        f"{_A_EN} and {_B_EN} are one person, who also reviews; one person must not do all three",
    ),
    "P212": (
        f"{_A}不是{_B}；手册通常由最高管理者批准",
        f"{_A_EN} is not {_B_EN}; top management usually approves the manual",
    ),
    "P213": (
        f"{_A}大于{_B}",
        f"{_A_EN} is more than {_B_EN}",
    ),
    "P214": (
        f"各部门人数之和 {{a_value}}（第 {{a_line}} 行起）大于{_B}",
        f"the departments together have {{a_value}} people (from line {{a_line}}), more than {_B_EN}",
    ),
    "P215": (
        "部门“{name}”的岗位人数之和 {taken} 大于部门人数 {a_value}（{a_path}，第 {a_line} 行）",
        "the positions of “{name}” sum to {taken}, more than its {a_value} people ({a_path}, line {a_line})",
    ),
    "P216": (
        f"自营网点人数之和 {{a_value}}（第 {{a_line}} 行起）大于{_B}",
        f"own outlets together have {{a_value}} people (from line {{a_line}}), more than {_B_EN}",
    ),
    "P217": (
        f"人员名册有 {{a_value}} 人（第 {{a_line}} 行起），多于{_B}",
        f"the roster has {{a_value}} people (from line {{a_line}}), more than {_B_EN}",
    ),
    "P218": (
        f"{_A}不在档案的部门或网点中",
        f"{_A_EN} is no department or outlet of this profile",
    ),
    "P219": (
        f"{_A}与第 {{b_line}} 行（{{b_path}}）重复",
        f"{_A_EN} is there already in line {{b_line}} ({{b_path}})",
    ),
    "P220": (
        "售后服务管理师 {a_value} 人（{a_path}，第 {a_line} 行），至少应有 {need} 人：不少于{b_label} "
        "{b_value}（第 {b_line} 行）的 10%，且至少 1 人",
        "{a_value} certified service managers ({a_path}, line {a_line}); at least {need} "
        "are needed: 10 % of {b_path} {b_value} (line {b_line}) and one",
    ),
    "P221": (
        f"售后服务管理师“{{name}}”的证书{_A}在{_B}之前到期",
        f"the certificate of “{{name}}”, {_A_EN}, ends before {_B_EN}",
    ),
    "P222": (
        f"{_A}就是被监督的部门（{{b_path}}，第 {{b_line}} 行，承担{{work}}）；服务监督员应在被监督的部门之外："
        "把这些职能写到别的部门，或者让监督员属于只管理、人事、财务的部门",
        f"{_A_EN} is a supervised department ({{b_path}}, line {{b_line}}: {{work}}); the supervisor belongs elsewhere: "
        "write that work to another department, or the supervisor to one of management, people or finance alone",
    ),
    "P223": (
        f"{_A}同时是{_B}；服务监督员不能负责被监督的部门",
        f"{_A_EN} is also {_B_EN}; the supervisor must not head what is supervised",
    ),
    "P224": (
        "服务监督员不是专职（{a_path}，第 {a_line} 行）；标准要求设专职监督人员",
        "the supervisor is not full-time ({a_path}, line {a_line}); the standard asks for it",
    ),
    "P225": (
        "特约网点“{a_value}”没有委托协议编号（{a_path}，第 {a_line} 行）",
        "authorized outlet “{a_value}” has no agreement number ({a_path}, line {a_line})",
    ),
    "P226": (
        "这些销售省份没有网点：{a_value}（{a_path}，第 {a_line} 行）；请在 sales.uncovered_provinces 写明服务方式",
        "no outlet in: {a_value} ({a_path}, line {a_line}); say in sales.uncovered_provinces how they are served",
    ),
    "P227": (
        "“{a_value}”承担被监督的业务，又承担服务监督（{a_path}，第 {a_line} 行）；服务监督应在被监督的部门之外",
        "“{a_value}” does supervised work and the supervision ({a_path}, line {a_line}); supervision belongs elsewhere",
    ),
    "P228": (
        f"风险“{{name}}”的{_A}就是服务监督岗位；监督人员计时和评价，不参与处置，请改为处置的岗位",
        f"{_A_EN} of risk “{{name}}” is the supervisor, who times and judges; name the post that handles it",
    ),
    "P229": (
        f"{_A}不在档案的岗位中",
        f"{_A_EN} is no post of this profile",
    ),
    "P234": (
        f"岗位“{{title}}”的职责{_A}，complaints.compensation_limits 没有这项授权；请在那里写明岗位、事项和单笔限额",
        f"the duty of “{{title}}”, {_A_EN}, is no authority of complaints.compensation_limits; state it there",
    ),
    "P235": (
        "“{a_value}”同时是 {doer} 和 {above}（{a_path}，第 {a_line} 行）：文件里逾期的事由 {doer} 报 {above} 接手，"
        "同一岗位等于没有人接手；接手的角色请写给上级岗位",
        "“{a_value}” is {doer} and {above} ({a_path}, line {a_line}): what is late goes from the one to the other, "
        "so nobody takes over; give {above} to a post above it",
    ),
    # rules: money and statistics
    "P230": (
        "{a_label} {a_value}（{a_path}，第 {a_line} 行）与各科目之和 {total}（第 {b_line} "
        "行起）不等，相差 {difference}",
        "{a_path} {a_value} (line {a_line}) is not the sum of its lines, {total} (from "
        "line {b_line}); difference {difference}",
    ),
    "P231": (
        f"培训项目预算合计 {{a_value}} 元（第 {{a_line}} 行起）超过{_B}万元",
        f"training costs {{a_value}} 元 (from line {{a_line}}), more than {_B_EN} 万元",
    ),
    "P232": (
        f"{_A}多于计划保证的 {{least}} 小时（全体参加的项目加每月班组学习）；请增加课时或者调整目标",
        f"{_A_EN} is more than the {{least}} hours the plan gives everybody; plan more or lower the aim",
    ),
    # rules: promises
    "P250": (
        f"{_A}应大于零",
        f"{_A_EN} should be longer than nothing",
    ),
    "P252": (
        f"{_A}应在 0 到 100 之间",
        f"{_A_EN} should be 0 to 100",
    ),
    "P253": (
        f"{_A}单位是 %；是否应写 {{percent}}？",
        f"{_A_EN} is in %; should it be {{percent}}?",
    ),
    "P254": (
        f"{_A}长于{_B}；应当更短或相同",
        f"{_A_EN} is longer than {_B_EN}; it should be shorter or the same",
    ),
    "P255": (
        f"{_A}应短于{_B}",
        f"{_A_EN} should be shorter than {_B_EN}",
    ),
    "P256": (
        f"{_A}不是行业目录中的类别；可用：{{known}}",
        f"{_A_EN} is no class of this industry; known: {{known}}",
    ),
    "P257": (
        f"{_A}个月低于法定最低 {{least}} 个月（类别 {{b_value}}，第 {{b_line}} 行）",
        f"{_A_EN} months is below the legal minimum of {{least}} (class {{b_value}}, line {{b_line}})",
    ),
    "P258": (
        f"{_A}短于{_B}",
        f"{_A_EN} is shorter than {_B_EN}",
    ),
    "P259": (
        f"{_A}低于线上销售给消费者的法定最低 {{least}} 天",
        f"{_A_EN} is below the legal minimum of {{least}} days for online sales to consumers",
    ),
    "P260": (
        "没有“{a_value}”这个服务指标（第 {a_line} 行）；可用：{known}",
        "no such indicator: “{a_value}” (line {a_line}); known: {known}",
    ),
    # rules: codes and forms
    "P270": (
        f"{_A}应为 18 位，读到 {{length}} 位",
        f"{_A_EN} should have 18 signs, has {{length}}",
    ),
    "P271": (
        f"{_A}校验位不对（最后一位按算法应为 {{right}}）；请核对营业执照",
        f"{_A_EN} has a wrong check digit (by the algorithm {{right}}); compare the licence",
    ),
    "P272": (
        f"{_A}不是统一社会信用代码：只用数字和除 I、O、S、V、Z 外的大写字母，第 3–8 位为数字",
        f"{_A_EN} is no credit code: digits and capitals without I, O, S, V, Z; signs 3–8 are digits",
    ),
    "P273": (
        f"{_A}应为 2–6 个大写字母（可含数字），例如 SLDQ",
        f"{_A_EN} should be 2–6 capitals (digits may follow), e.g. SLDQ",
    ),
    "P274": (
        f"{_A}只能用 {{{{code}}}} 和 {{{{number}}}}，且必须有 {{{{number}}}}；例如 {{{{code}}}}-{{{{number}}}}",
        f"{_A_EN} may use {{{{code}}}} and {{{{number}}}} and must have {{{{number}}}}; "
        f"e.g. {{{{code}}}}-{{{{number}}}}",
    ),
    "P275": (
        f"{_A}应为六位十六进制颜色，例如 1F4E79",
        f"{_A_EN} should be six hexadecimal digits, e.g. 1F4E79",
    ),
    "P276": (
        f"{_A}不是电子邮箱；例如 service@example.com",
        f"{_A_EN} is no e-mail address; e.g. service@example.com",
    ),
    "P277": (
        f"{_A}不是网址；例如 https://www.example.com",
        f"{_A_EN} is no web address; e.g. https://www.example.com",
    ),
    "P278": (
        f"{_A}不是电话号码；例如 0755-00000000 或 400-000-0000",
        f"{_A_EN} is no phone number; e.g. 0755-00000000 or 400-000-0000",
    ),
    "P280": (
        "删减条款没有写条款号（{a_path}，第 {a_line} 行）；例如 5.2.2.1",
        "a deletion without its clause ({a_path}, line {a_line}); e.g. 5.2.2.1",
    ),
    "P281": (
        f"{_A}不是标准的条款号",
        f"{_A_EN} is no clause of the standard",
    ),
    "P282": (
        "删减 {a_value} 没有理由（{a_path}，第 {a_line} 行）；例如：产品即插即用，不提供安装",
        "the deletion of {a_value} has no reason ({a_path}, line {a_line})",
    ),
    "P283": (
        "删减 {a_value} 没有依据（{a_path}，第 {a_line} 行）；例如：营业执照经营范围、产品说明书",
        "the deletion of {a_value} names no evidence ({a_path}, line {a_line})",
    ),
    # names of the catalogue
    "P310": (
        "没有“{read}”这个岗位角色；可用：{known}。自设的岗位不写 role",
        "no such role: “{read}”; known: {known}. A post of your own needs none",
    ),
    "P311": ("没有“{read}”这个用语；可用：{known}", "no such term: “{read}”; known: {known}"),
    "P312": (
        "这套文件里没有“{read}”这个文件，它的修订不会出现在任何文件上；写文件标识、编号或者名称",
        "the set has no document “{read}”; its revision would stand nowhere. Name it by id, number or title",
    ),
    "P313": (
        "这套文件里没有“{read}”这份程序或者服务规范，岗位特有的职责不会写进去；写文件的标识、编号或者名称",
        "the set has no procedure or service specification “{read}”; the duties of the post would stand in none. Name it by id, number or title",
    ),
    "P314": (
        "没有这项业务的企业通常删减 {clause}（{name}），理由如“{reason}”；属实的写进 certification.deletions",
        "companies without this business usually delete {clause} ({name}), for a reason such as “{reason}”; "
        "if that is so, write it into certification.deletions",
    ),
    # industry defaults
    "P300": (
        "建议值的字段不存在：{a_path}",
        "default for an unknown field: {a_path}",
    ),
}
