"""Messages about survey data and other files of results the profile names."""

MESSAGES: dict[str, tuple[str, str]] = {
    "V001": ("读不了答卷数据：{reason}", "cannot read the survey data: {reason}"),
    "V003": (
        "答卷数据里没有题目“{read}”这一列；表头有：{heads}",
        "survey data: no column for question “{read}”; headings: {heads}",
    ),
    "V004": (
        "有答卷数据，但档案没有写 survey.questions（题号或列名、题目、权重），满意度没有计算",
        "survey data without survey.questions in the profile: nothing was worked out",
    ),
    "V005": (
        "第 {row} 行“{column}”超出量表：{read}；该行不计入",
        "row {row}, “{column}”: {read} is outside the scale; the row does not count",
    ),
    "V006": (
        "第 {row} 行“{column}”不是答案：{read}；该行不计入",
        "row {row}, “{column}”: {read} is no answer; the row does not count",
    ),
    "V007": ("第 {row} 行没有任何答案；该行不计入", "row {row} holds no answer; it does not count"),
    "V008": (
        "第 {row} 行漏答超过三成（{column}）；该行不计入",
        "row {row}: more than 30 % left open ({column}); it does not count",
    ),
    "V009": ("{rows} 行答卷中有 {bad} 行不计入", "{bad} of {rows} rows do not count"),
    "V010": (
        "答卷数据里没有网点列“{read}”，不按网点统计；表头有：{heads}",
        "survey data: no outlet column “{read}”; headings: {heads}",
    ),
    "V011": (
        "满意度题目的写法有误（{read}）：每题要有不重复的题号和大于 0 的权重；全部不写权重时按等权计算",
        "survey questions: {read} needs its own id and a weight above 0, or no question has a weight",
    ),
    "V012": (
        "档案里“{period}”的有效答卷数写的是 {told}，由答卷数据算出的是 {found}",
        "the profile gives {told} valid answers for {period}, the survey data {found}",
    ),
    "V013": (
        "有效答卷 {answers} 份多于发放 {sent} 份",
        "{answers} valid answers of only {sent} questionnaires sent",
    ),
    "V014": (
        "文件“{read}”不在档案文件夹之内，没有读取",
        "“{read}” lies outside the profile's folder and was not read",
    ),
    "V015": (
        "自评评分表没有任何扣分；评审员不会相信满分，请核对",
        "the assessment sheet takes no points off anywhere; no assessor believes full marks",
    ),
    "V016": (
        "有扣分但没有写“发现”：{clauses}",
        "points are taken off {clauses} without a finding",
    ),
    "V017": (
        "档案里“{period}”的满意度得分写的是 {told}，由答卷数据算出的是 {found}",
        "the profile gives a score of {told} for {period}, the survey data {found}",
    ),
}
