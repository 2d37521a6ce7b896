"""Messages of building many clients, and the Chinese heads of a client list's own columns."""

BASE_COLUMNS = frozenset({"base", "base_profile", "基础档案", "基础企业档案"})
FOLDER_COLUMNS = frozenset({"folder", "文件夹", "输出文件夹", "企业文件夹"})

MESSAGES: dict[str, tuple[str, str]] = {
    "B001": ("客户清单 {file} 读不了：{reason}", "the client list {file} cannot be read: {reason}"),
    "B002": (
        "客户清单 {file} 里没有客户；第一行写字段，从第二行起一行一家",
        "the client list {file} has no clients; fields in the first row, one client a row below",
    ),
    "B003": (
        "没有“{read}”这个字段；列名可写字段路径（company.full_name）、中文名（企业/企业全称）、"
        "“基础档案”（base）或“文件夹”（folder），自己的备注列以 # 开头",
        "there is no field “{read}”; a column is named by a path (company.full_name), a Chinese label, "
        "“base” or “folder”; begin columns of your own with #",
    ),
    "B004": (
        "“{read}”有几个意思，请写全：{candidates}",
        "“{read}” is ambiguous; write one of: {candidates}",
    ),
    "B005": (
        "“{read}”属于一组里的一项，请写明是第几项，例如 {example}",
        "“{read}” belongs to one of several; say which, e.g. {example}",
    ),
    "B006": (
        "“{read}”与第 {column} 列“{first}”是同一个字段，只留一列",
        "“{read}” is the same field as column {column} “{first}”; keep one",
    ),
    "B007": (
        "“{read}”是一组字段，一列只写一个字段，例如 {example}",
        "“{read}” is a group of fields; a column holds one, e.g. {example}",
    ),
    "B008": ("找不到基础档案 {read}", "there is no base profile {read}"),
    "B009": ("单元格里是公式错误 {read}", "the cell holds the formula error {read}"),
    "B010": (
        "超过 15 位的数字在表格里已经失真（读到 {read}）；请把这一格设为文本格式后重新录入",
        "a number of more than 15 digits is no longer exact in a spreadsheet (read {read}); "
        "format the cell as text and type it again",
    ),
    "B011": (
        "基础档案里的{labels}属于另一家企业，没有沿用；请在清单里填这家企业自己的",
        "{labels} of the base profile belong to another company and were not taken over; fill them in the list",
    ),
    "B012": (
        "命名规则里的“{read}”不是字段；可以写 {{company.code}}、{{company.short_name}} 等",
        "“{read}” in the name rule is not a field; write {{company.code}}, {{company.short_name}} and so on",
    ),
    "B013": (
        "与 {other} 会写进同一个文件夹“{name}”，这一家改用“{made}”",
        "would share the folder “{name}” with {other}; this one goes to “{made}”",
    ),
    "B017": (
        "文件夹“{folder}”里是统一社会信用代码为 {owner} 的企业的文件，现在换成 {code} 的；"
        "如果是两家同名企业，请一起生成，或用 --name-rule 分开",
        "folder “{folder}” holds the set of the company with credit code {owner}, which now becomes that of {code}; "
        "if these are two companies, build them together or keep them apart with --name-rule",
    ),
    "B016": (
        "“{path}”里没有这个文件夹（{folder}）的企业",
        "none of the companies of {path} is the one of this folder ({folder})",
    ),
    "B014": (
        "公式没有算出的值（{read}）；请在表格软件里打开保存一次，或粘贴为数值",
        "the formula has no value ({read}); open and save the file in a spreadsheet program, or paste it as a value",
    ),
    "B015": (
        "这个值的列没有列名",
        "the column of this value has no head",
    ),
    "B018": ("清单里没有第 {row} 行", "the list has no row {row}"),
    "B019": (
        "这里只要一家企业，读到 {count} 家；写明是哪一家，如 {keys}",
        "one company is wanted here, there are {count}; say which, e.g. {keys}",
    ),
    "B020": (
        "处理这家企业的进程中途退出（{reason}），其他企业不受影响；已写的文件都是完整的，再运行一次即可接着做",
        "the process working on this client ended ({reason}); the others are not affected, every file written is "
        "whole, and the next run goes on",
    ),
    "B021": (
        "已中断；已完成的保留，再运行一次即可接着做",
        "interrupted; what is done is kept, and the next run goes on",
    ),
    "B022": ("写不了报告 {file}：{reason}", "cannot write the report {file}: {reason}"),
    "B023": (
        "这份档案由采集表 {file} 补充，只按采集表算一家",
        "this profile is completed by the questionnaire {file}, which stands for the company",
    ),
    "B030": (
        "没有找到 LibreOffice（soffice），{count} 份 PDF 没有生成，Word 文件都已写好；安装 LibreOffice 后再运行一次即可",
        "LibreOffice (soffice) was not found: {count} PDFs were not made, the Word files are all there; "
        "install it and run again",
    ),
    "B031": (
        "LibreOffice 没能转成 PDF（{reason}），共 {count} 份，从这一份起；Word 文件不受影响，可再运行一次",
        "LibreOffice made no PDF ({reason}) of {count} files, this one first; the Word files are all there, "
        "run again to try again",
    ),
    "batch_pdfs": ("PDF：新转换 {converted}，未变 {unchanged}", "PDFs: {converted} made, {unchanged} unchanged"),
    "batch_zips": ("交付压缩包：{count} 个", "deliverables: {count} zip files"),
    "batch_unchanged": ("{name}：没有变化，{folder}", "{name}: nothing changed, {folder}"),
    "batch_total": (
        "完成 {done}，未变 {skipped}，失败 {failed}，未做 {left}；{documents} 份文件，{seconds} 秒",
        "{done} done, {skipped} unchanged, {failed} failed, {left} not done; {documents} documents, {seconds} s",
    ),
    "batch_failed": ("失败：", "failed:"),
    "batch_bar_clients": ("家", "clients"),
    "batch_bar_documents": ("份文件", "documents"),
}
