"""Messages of the writers step."""

MESSAGES: dict[str, tuple[str, str]] = {
    "D101": ("找不到主题“{name}”", "theme “{name}” not found"),
    "D102": ("主题文件“{name}”缺失或无法读取", "theme file “{name}” is missing or cannot be read"),
    "D103": (
        "“{name}”不是可以读取的 .docx 文件（{reason}）",
        "“{name}” is not a readable .docx file ({reason})",
    ),
    "D104": (
        "“{name}”里没有 {part}，不能用作主题",
        "“{name}” holds no {part} and cannot serve as a theme",
    ),
    "D105": (
        "主题文件“{name}”声明了实体或文档类型，不予使用",
        "the theme file “{name}” declares entities or a document type and is refused",
    ),
    "D106": (
        "主题文件“{name}”里有{what}，不予使用；主题文件夹只放文字、样式和页码",
        "the theme file “{name}” holds {what} and is refused; a theme folder holds text, styles and page fields only",
    ),
    "D107": (
        "主题“{name}”不完整或内容不对（{reason}）",
        "the theme “{name}” is incomplete or wrong ({reason})",
    ),
    "D110": (
        "主题没有样式“{style}”（用途：{role}），已用标准样式补上",
        "the theme has no style “{style}” (used for {role}); the standard one was added",
    ),
    "D111": (
        "主题没有{part}，已用标准的补上",
        "the theme has no {part}; the standard one was added",
    ),
    "D112": (
        "主题的标题样式没有多级编号，标题按标准的 1、1.1、1.1.1 编号",
        "the theme's heading styles have no multilevel numbering; headings are numbered 1, 1.1, 1.1.1",
    ),
    "D113": (
        "{part} 里有不认识的标签 {tag}，生成时会留空",
        "{part} holds the unknown tag {tag}; it will be left empty",
    ),
    "D114": (
        "主题的纸张或页边距放不下正文，已用标准的版面",
        "the theme's sheet and margins leave no room for text; the standard page was used",
    ),
    "D201": (
        "没有找到 LibreOffice（soffice），目录页码用估算值；安装后可用 --exact-pages 得到准确页码",
        "LibreOffice (soffice) was not found; page numbers are estimated. Install it to use --exact-pages",
    ),
    "D202": (
        "LibreOffice 没有在 {seconds} 秒内排完“{title}”，目录页码用估算值",
        "LibreOffice did not lay out “{title}” within {seconds} s; page numbers are estimated",
    ),
    "D203": (
        "LibreOffice 排版“{title}”失败（{reason}），目录页码用估算值",
        "LibreOffice failed to lay out “{title}” ({reason}); page numbers are estimated",
    ),
    "D301": ("没有输出格式“{name}”", "there is no output format “{name}”"),
}
