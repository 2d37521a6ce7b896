"""What the system and libraries say of a fault, in Chinese. Their English stands in the messages for English readers."""

from __future__ import annotations

import re

# operating systems
_SYSTEM = {
    "No space left on device": "磁盘已满",
    "Disk quota exceeded": "磁盘配额已用完",
    "Permission denied": "没有权限，或文件正被别的程序使用",
    "Operation not permitted": "系统不允许这个操作",
    "Read-only file system": "磁盘或文件夹是只读的",
    "Device or resource busy": "文件正被别的程序使用",
    "No such file or directory": "没有这个文件或文件夹",
    "Not a directory": "路径中间有一段是文件，不是文件夹",
    "Is a directory": "这是文件夹，不是文件",
    "File exists": "已有同名的文件",
    "File name too long": "文件名或路径太长",
    "Too many open files": "同时打开的文件太多",
    "Too many levels of symbolic links": "符号链接指来指去，没有尽头",
    "Input/output error": "磁盘读写出错",
    "Cannot allocate memory": "内存不够",
    "Exec format error": "这不是能在本机运行的程序",
    "Invalid argument": "名称或位置无效",
}
# libraries: YAML (libyaml and PyYAML put it differently), zip and Excel files, LibreOffice
_LIBRARIES = (
    (r"mapping values are not allowed", "一行里有第二个冒号加空格，或缩进与上一行不一致；值里有冒号时加引号"),
    (r"(?:block )?sequence entries are not allowed", "这里不能以“- ”开头，检查缩进"),
    (r"mapping keys are not allowed", "这里不能写字段名，检查缩进"),
    (r"could not find expected ':'", "字段名后面没有冒号，或引号没有成对"),
    (r"did not find expected key|expected <block end>", "缩进与上面各行不一致"),
    (r"did not find expected '-' indicator", "列表里的这一行没有以“- ”开头，或缩进不一致"),
    (r"(?:did not find )?expected ',' or ']'", "方括号 [ ] 没有成对，或各项之间少了逗号"),
    (r"(?:did not find )?expected ',' or '}'", "花括号 { } 没有成对，或各项之间少了逗号"),
    (r"(?:did not find )?expected (?:the )?node content", "冒号或“- ”后面的内容不完整"),
    (r"found character .*that cannot start any token", "值不能以 @、`、% 等符号开头，请加引号"),
    (r"found unexpected end of stream", "引号没有成对，读到了文件末尾"),
    (r"found unexpected document indicator|expected '?<document start>", "文件里有多余的“---”或“...”"),
    (r"found unexpected ':'", "多了一个冒号；值里有冒号时加引号"),
    (r"found unknown escape character", "双引号里的反斜杠 \\ 有特殊含义，请改用单引号"),
    (r"found a tab character", "用了制表符（Tab），请换成空格"),
    (r"alphabetic or numeric character|whitespace or line break|URI|tag handle", "值以 &、*、! 等符号开头时要加引号"),
    (r"block scalar|chomping|indentation indicator|comment or line break", "“|”或“>”后面的写法不对，多行文字从下一行写起"),
    (r"control characters are not allowed|special characters are not allowed", "有不可见的控制字符"),
    (r"File is not a zip file|Bad magic number", "内容不是 .xlsx 或 .docx"),
    (r"There is no item named|no valid workbook part|Bad CRC-32|Error -3 while decompressing|Truncated", "文件不完整或已损坏"),
    (r"old \.xls file format", "这是旧的 .xls 格式，请在 Excel 或 WPS 里另存为 .xlsx"),
    (r"is encrypted|password required", "文件加了密码"),
    (r"no PDF$", "没有得到 PDF"),
    (r"exit code (-?\d+)$", r"LibreOffice 退出，代码 \1"),
    (r"> (\d+) s$", r"超过 \1 秒"),
    (r"> (\d+) rows$", r"超过 \1 行"),
    (r"> (\d+) MB$", r"超过 \1 MB"),
    (r"> (\d+) columns$", r"超过 \1 列"),
    (r"stopped$", "已停止"),
    (r"UTF-8\? GBK\?$", "文字编码认不出来，请另存为 UTF-8"),
    (r"DOCTYPE$", "带有文档类型声明，表格文件里不该有"),
    (r"outside the output folder", "链接或路径指到了输出文件夹外面"),
)  # fmt: skip
_patterns: list[tuple[re.Pattern[str], str]] = []


def in_chinese(reason: str) -> str:
    """`reason` in Chinese where it is known; as it is where it is not, or is Chinese already."""
    if reason in _SYSTEM or not reason[:1].isascii():
        return _SYSTEM.get(reason, reason)
    if not _patterns:
        _patterns.extend((re.compile(pattern), said) for pattern, said in _LIBRARIES)
    for pattern, said in _patterns:
        found = pattern.search(reason)
        if found:
            return found.expand(said) if found.re.groups else said
    return reason
