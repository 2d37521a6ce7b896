"""Messages of the form language (`templates/forms/*.yaml`)."""

MESSAGES: dict[str, tuple[str, str]] = {
    "KF01": ("读不懂这个文件：{problem}", "cannot read this file: {problem}"),
    "KF02": ("这里不认识“{key}”；可以写：{known}", "unknown key “{key}” here; known are: {known}"),
    "KF03": ("“{key}”写了两次", "“{key}” is written twice"),
    "KF04": ("“{key}”下面应是“名称: 值”的形式", "“{key}” needs a mapping (name: value)"),
    "KF05": ("“{key}”下面应是一个列表", "“{key}” needs a list"),
    "KF06": ("“{key}”应是一个数，读到的是“{value}”", "“{key}” needs a number, found “{value}”"),
    "KF07": ("“{key}”应是一段文字", "“{key}” needs a text"),
    "KF08": ("缺少“{key}”", "“{key}” is missing"),
    "KF09": (
        "这一行有 {found} 格，表格只有 {expected} 列",
        "this row has {found} cells, the table has {expected} columns",
    ),
    "KF10": ("不认识的填写方式“{kind}”；可以写：{known}", "unknown kind “{kind}”; known are: {known}"),
    "KF11": ("选择项“{name}”没有选项", "the choice “{name}” has no options"),
    "KF12": (
        "名称“{name}”用了两次，上一次在第 {line} 行",
        "the name “{name}” is used twice, first in line {line}",
    ),
    "KF13": (
        "名称“{name}”不合要求：小写英文字母开头，只用小写字母、数字和下划线",
        "bad name “{name}”: start with a small letter, use small letters, digits and underscores only",
    ),
    "KF14": ("各项分值合计 {found}，应为 {expected}", "the points add up to {found}, not to {expected}"),
    "KF15": ("公式用了没有的列“{name}”", "the formula names an unknown column “{name}”"),
    "KF17": ("没有叫“{name}”的公用部分", "there is no shared part called “{name}”"),
    "KF18": ("“{sign}”没有可以并入的格", "“{sign}” has no cell to merge with"),
    "KF19": ("“{{{{”没有配对的“}}}}”：{text}", "“{{{{” without “}}}}”: {text}"),
    "KF20": ("表单“{form}”没有文件 {file}", "form “{form}” has no file {file}"),
    "KF21": ("{file} 不在文件清单里", "{file} is not in the list of documents"),
    "KF22": (
        "“{value}”不能用在“{key}”；可以写：{known}",
        "“{value}” is not possible for “{key}”; known are: {known}",
    ),
    "KF23": ("空白的部分：没有行也没有列", "an empty part: neither rows nor columns"),
    "KF24": ("条件写法不对：“{text}”", "bad condition “{text}”"),
    "KF25": (
        "列应写成“名称 列名 宽度 填写方式 选项”，读到的是“{text}”",
        "write a column as “name label width kind options”, found “{text}”",
    ),
    "KF27": (
        "表头字段最多用 {most} 种不同的条件",
        "the fields of a header may hang on {most} different conditions at most",
    ),
    "KF26": (
        "选项“{text}”的表达式里有“/”，只会成为一个方框：选项在 {{{{ }}}} 外用“/”隔开，随条件而有的写“选项?条件”",
        "the expression of option “{text}” holds “/” and makes a single box: part options by “/” outside {{{{ }}}}, write "
        "“option?condition” for one that depends",
    ),
}
