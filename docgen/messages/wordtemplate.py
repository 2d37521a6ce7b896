"""Messages of reading, checking and filling Word templates."""

from docgen.messages.templates import MESSAGES as _TEMPLATES

_AT = ("段落“{paragraph}”，标签 {tag}：", "paragraph “{paragraph}”, tag {tag}: ")


def _at(zh: str, en: str) -> tuple[str, str]:
    return _AT[0] + zh, _AT[1] + en


_PICTURES = {
    "W201": ("图片必须在档案所在的文件夹里：{read}", "a picture must lie in the profile's folder: {read}"),
    "W202": ("找不到图片：{read}", "picture not found: {read}"),
    "W203": ("图片过大：{read}", "picture too large: {read}"),
    "W204": ("不是完好的 PNG 或 JPEG 图片：{read}", "not a sound PNG or JPEG picture: {read}"),
}

MESSAGES: dict[str, tuple[str, str]] = {
    "W010": ("打不开文件：{reason}", "cannot open the file: {reason}"),
    "W011": ("文件过大（{size} 字节）", "the file is too large ({size} bytes)"),
    "W012": ("不是 Word 文档（.docx），或文件已损坏", "not a Word document (.docx), or damaged"),
    "W013": (
        "文件加了密码，或是旧格式 .doc；请用 Word 另存为不加密的 .docx",
        "the file is encrypted or an old .doc; save it as an unencrypted .docx",
    ),
    "W014": (
        "文件里有 {read} 个部件，超过 {limit} 个，不予打开",
        "the file has {read} members, more than {limit}; refused",
    ),
    "W015": (
        "部件 {member} 展开后大得不正常（压缩炸弹），不予打开",
        "member {member} unpacks to an unreasonable size (zip bomb); refused",
    ),
    "W016": ("部件名 {member} 指向文件之外，不予打开", "member name {member} points outside the file; refused"),
    "W017": ("部件 {member} 出现两次，不予打开", "member {member} occurs twice; refused"),
    "W018": ("部件 {member} 已损坏，或压缩方式不受支持", "member {member} is damaged or packed in an unknown way"),
    "W020": ("已去掉宏：{part} → {target}", "macros taken out: {part} → {target}"),
    "W021": ("已去掉嵌入对象：{part} → {target}", "embedded object taken out: {part} → {target}"),
    "W022": ("已去掉指向外部的内容：{part} → {target}", "reference to outside content taken out: {part} → {target}"),
    "W023": ("已去掉不安全的链接：{part} → {target}", "unsafe link taken out: {part} → {target}"),
    "W024": ("已停用会取外部内容的域 {target}：{part}", "field {target} that fetches outside content disabled: {part}"),
    "W030": ("部件 {part} 带有 DTD 或实体定义，不予打开", "part {part} declares a DTD or entities; refused"),
    "W031": ("部件 {part} 的 XML 有错：{reason}", "the XML of part {part} is broken: {reason}"),
    "W101": _at("标签没有写完，或被分在两段里", "the tag is not closed, or cut over two paragraphs"),
    "W102": _at(
        "位置不对：tr、tc、vm、hm、colspan、cellbg 只能写在表格里，r 只能写在文字里",
        "in the wrong place: tr, tc, vm, hm, colspan and cellbg belong in a table, r in text",
    ),
    "W103": _at(
        "开始和结束不在同一层（例如 if 在段落里、endif 在表格里）；整段用 {{%p %}}，整行用 {{%tr %}}",
        "begins and ends on different levels (if in a paragraph, endif in a table); use {{%p %}} or {{%tr %}}",
    ),
    "W104": _at(
        "同一段（行、格）里的其他文字会被丢掉：{rest}",
        "other words in the same paragraph, row or cell are lost: {rest}",
    ),
    "W108": _at("Jinja 语法错误：{read}", "Jinja syntax error: {read}"),
    **_PICTURES,
    **{f"W21{code[3:]}": _at(zh, en) for code, (zh, en) in _PICTURES.items()},
    "W302": ("数据文件的最外层应是“名字: 值”", "the data file must be a mapping of names at the top"),
    **{f"W5{code[2:]}": _at(zh, en) for code, (zh, en) in _TEMPLATES.items()},
}
