"""Messages of the questionnaire."""

MESSAGES: dict[str, tuple[str, str]] = {
    "Q002": (
        "“{read}”不是档案里的字段，这里填的“{answer}”没有读；隐藏的列和行是程序认字段用的，请不要改",
        "“{read}” is no field of the profile, the answer “{answer}” was not read; leave the hidden cells as they are",
    ),
    "Q003": (
        "{file} 是另一个版本的程序写的：认识的都读了，不认识的在下面列出",
        "{file} was written by another version: what is known was read, what is not is listed below",
    ),
    "Q004": (
        "“{label}”填了两处，内容不同：这里是“{read}”，{other} 是“{first}”，请只留一处",
        "“{label}” is answered twice: “{read}” here and “{first}” at {other}; keep one",
    ),
    "Q005": (
        "列表“{list}”的字段行（隐藏）不在了，这一行没有读；请从原表复制整张表，或重新生成采集表",
        "the hidden row that names the columns of “{list}” is gone, this row was not read; copy the sheet from the "
        "original or write the questionnaire anew",
    ),
    "Q006": (
        "这张表里标明哪一列是“填写”的行（隐藏）不在了，填的内容没有读；请重新生成采集表",
        "the hidden row that names the column of answers is gone, this sheet was not read; write the questionnaire anew",
    ),
    "Q007": (
        "这一行在表格下面，没有读；请移到“不够时在这一行上面插入行”的上面",
        "this row stands below the table and was not read; move it above the line that ends the table",
    ),
    "Q008": (
        "找不到基础档案 {read}；它要和采集表放在同一个文件夹",
        "there is no base profile {read}; it belongs beside the questionnaire",
    ),
    "Q009": ("“{label}”这一格填“有”或“无”，读到“{read}”", "say 有 or 无 for “{label}”; read “{read}”"),
    "Q010": (
        "“{label}”填了“无”，但 {cell} 起填了内容；请删去其中一个",
        "“{label}” is said to be empty (无), but there are entries from {cell}; remove one of them",
    ),
    "Q011": (
        "基础档案里已经没有这张表的第 {number} 项（{label}），这一行没有读；请重新生成采集表",
        "the base profile has no item {number} of {label} any more, this row was not read; write the questionnaire anew",
    ),
}
