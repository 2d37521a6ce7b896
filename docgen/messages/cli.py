"""Messages of the command line."""

MESSAGES: dict[str, tuple[str, str]] = {
    "C001": (
        "程序内部出错：{error}。详细记录在 {file}，请连同企业档案一起反馈。",
        "internal error: {error}. Details are in {file}; please report it together with the profile.",
    ),
    "C002": ("这家企业的成套文件里没有“{read}”", "this company's set has no “{read}”"),
    "C003": ("没有主题“{theme}”，也没有这个文件", "there is no theme or file “{theme}”"),
    "C004": (
        "没有行业“{read}”；可用：{known}；都不合适的用 general",
        "there is no industry “{read}”; known: {known}; where none fits take general",
    ),
    "C005": ("缺少必填事实“{label}”（{key}）", "the must-level fact “{label}” ({key}) is missing"),
    "C006": ("文件夹里没有企业档案（*.yaml）：{path}", "no profiles (*.yaml) in the folder: {path}"),
    "C007": ("文件已存在，没有覆盖：{path}", "the file exists and was not overwritten: {path}"),
    "C015": (
        "写不了 {suffix} 文件：企业档案用 .yaml，客户清单用 .xlsx 或 .csv（{path}）",
        "cannot write a {suffix} file: a profile is .yaml, a client list .xlsx or .csv ({path})",
    ),
    "C017": (
        "采集表是 .xlsx 文件，写不了 {suffix}（{path}）",
        "a questionnaire is an .xlsx file, not {suffix} ({path})",
    ),
    "C016": ("文件或文件夹用不了：{reason}", "the file or folder cannot be used: {reason}"),
    "C008": ("没有这个文件或文件夹：{path}", "no such file or folder: {path}"),
    "built": (
        "{name}：写入 {written} 份，未变 {unchanged} 份，{folder}",
        "{name}: {written} written, {unchanged} unchanged, {folder}",
    ),
    "failed": ("{name}：没有生成，先改正上面的错误", "{name}: not built; mend the faults above first"),
    "beside": (
        "  {count} 份被人改过的文件没有覆盖，新文件在旁边",
        "  {count} hand-edited files were left alone, the new ones stand beside them",
    ),
    "removed": ("  {count} 份不再需要的文件已移除", "  {count} files no longer needed were removed"),
    "build_hints": (
        "  企业档案有 {count} 处提示（怎样理解、可以删减什么），docgen check 逐条列出",
        "  {count} hints on the profile (how it was understood, what may be deleted); docgen check lists them",
    ),
    "gaps": (
        "  缺项：必填 {must}、影响得分 {should}、可选 {may}；建议值待确认 {assumed}",
        "  gaps: {must} must, {should} should, {may} may; {assumed} proposed defaults to confirm",
    ),
    "next_gaps": (
        "  下一步：运行 docgen check {path} 看缺什么、填哪里；补全后再次 build",
        "  next: run docgen check {path} to see what is missing and where; fill it in and build again",
    ),
    "next_confirm": (
        "  下一步：逐条确认建议值（docgen check {path}），把认可的写进档案",
        "  next: confirm the proposed values (docgen check {path}) by writing them into the profile",
    ),
    "next_done": (
        "  下一步：打开文件通读一遍，用 Word 或 WPS 打印签批",
        "  next: read the documents through, print and sign",
    ),
    "checked": ("{path}：{errors} 处错误，{warnings} 处警告", "{path}: {errors} errors, {warnings} warnings"),
    "gap_level_must": ("必填（没有它写不出初稿）", "must (no first draft without it)"),
    "gap_level_should": ("影响得分", "should (points depend on it)"),
    "gap_level_may": ("可选", "may"),
    "gap_line": ("  {path}　{label}", "  {path}  {label}"),
    "gap_help": ("：{help}", ": {help}"),
    "gap_example": ("　例：{example}", "  e.g. {example}"),
    "assumed_line": ("  {path}　{label}：{value}", "  {path}  {label}: {value}"),
    "assumed_head": (
        "采用的行业建议值（写进档案即为确认）",
        "proposed defaults in use (write them into the profile to confirm)",
    ),
    "created_from": (
        "已按 {source} 写入 {path}。随时可以运行：docgen build {path}",
        "wrote {path} from {source}. At any time run: docgen build {path}",
    ),
    "from_same": ("{path} 和 {source} 说的一样，没有改动", "{path} says what {source} says; nothing was written"),
    "from_beside": (
        "{path} 没有覆盖，新的写在旁边：{beside}",
        "{path} was left alone, the new one stands beside it: {beside}",
    ),
    "from_head": ("项目|档案里是|采集表里是", "fact|in the profile|in the questionnaire"),
    "asked": (
        "已写入企业信息采集表 {path}。用 Excel 或 WPS 填写后运行：docgen check {path}、docgen build {path}",
        "wrote the questionnaire {path}. Fill it in with Excel or WPS, then run: docgen check {path}, docgen build {path}",
    ),
    "ask_nothing": (
        "{path} 到 {level} 这一级没有缺的，没有写采集表",
        "{path} lacks nothing down to level {level}; no questionnaire was written",
    ),
    "created": (
        "已写入 {path}。打开填写，随时可以运行：docgen build {path}",
        "wrote {path}. Fill it in; at any time run: docgen build {path}",
    ),
    "created_list": (
        "已写入客户清单 {path} 和基础档案 {base}。各家相同的写在基础档案里，各家自己的写在清单里，一行一家；"
        "随时可以运行：docgen build {path}",
        "wrote the client list {path} and the base profile {base}. What clients have alike goes into the profile, what is "
        "a client's own into the list, one row each; at any time run: docgen build {path}",
    ),
    "found_at": ("{file}:{line}  {text}", "{file}:{line}  {text}"),
    "not_found": ("没有模板写着这句话", "no template has this sentence"),
    "templates_ok": ("{count} 个模板没有问题", "{count} templates, no faults"),
    "unused": ("没有任何模板用到的事实：{names}", "facts no template uses: {names}"),
    "filled": ("已写入 {path}", "wrote {path}"),
    "fill_gaps": ("  {count} 处待补充：{labels}", "  {count} gaps: {labels}"),
    "total": (
        "共 {companies} 家企业，{documents} 份文件，{seconds} 秒",
        "{companies} companies, {documents} documents, {seconds} s",
    ),
}
