"""Messages of the audit: reading files, the report, and the findings of the checks."""

from __future__ import annotations

from docgen.messages.audit_findings import FINDINGS
from docgen.messages.audit_reasons import REASONS

MESSAGES: dict[str, tuple[str, str]] = {
    "A001": ("没有这个文件夹或文件：{path}", "no such folder or file: {path}"),
    "A002": ("文件夹里没有可审核的文件：{path}", "there is nothing to audit in {path}"),
    "A010": ("文件是空的，没有内容可审核", "the file is empty"),
    "A011": ("文件已损坏，读不出来（{reason}）", "the file is damaged and cannot be read ({reason})"),
    "A012": (
        "文件解压后异常庞大（{part}，约 {size} MB），可能是压缩炸弹，没有读取",
        "the file unpacks to an abnormal size ({part}, about {size} MB) and was not read",
    ),
    "A013": (
        "文件有 {size} MB，超过 {limit} MB，没有读取",
        "the file has {size} MB, more than {limit} MB, and was not read",
    ),
    "A014": (
        "文件的 {part} 含有文档类型或实体声明，正常的 Word 文件没有，没有读取",
        "{part} of the file declares a document type or entities, which no sound Word file does; it was not read",
    ),
    "A015": ("打不开：{reason}", "cannot be opened: {reason}"),
    "A016": ("文件加了密码，去掉密码后再审核", "the file is protected by a password; remove it and audit again"),
    "A017": (
        "旧格式文件（.doc、.wps、.xls 等），另存为 .docx 或 .xlsx 后再审核",
        "an old format (.doc, .wps, .xls …); save it as .docx or .xlsx and audit again",
    ),
    "A018": ("不是 Word 文件：里面没有正文", "not a Word file: it holds no document text"),
    "A019": (
        "是严格格式（Strict）的 .docx，请用 Word 另存为普通 .docx",
        "a .docx of the Strict kind; save it as an ordinary .docx",
    ),
    "A020": ("不是 Excel 工作簿：里面没有工作表", "not an Excel workbook: it holds no sheets"),
    "A022": (
        "文件超过 {limit} 个，其余没有审核；请指定下一级文件夹",
        "more than {limit} files; the others were not audited, name a folder further down",
    ),
    "A021": ("不是 Word 或 Excel 文件，没有审核", "neither a Word nor an Excel file; not audited"),
    "A030": (
        "{check} 在本文件中还有 {count} 处同类问题，没有逐一列出",
        "{check}: {count} more of this kind in this file",
    ),
    "A040": (
        "共审核 {documents} 份文件（约 {pages} 页）：错误 {error} 项，警告 {warning} 项，提示 {note} 项",
        "{documents} documents (about {pages} pages): {error} errors, {warning} warnings, {note} notes",
    ),
    "A041": ("已写出：{path}", "written: {path}"),
    "A042": ("位置：{heading}", "at: {heading}"),
    "A043": ("原文：{quote}", "text: {quote}"),
    "A044": ("处理：{remedy}", "remedy: {remedy}"),
    "A050": ("审核报告", "Audit report"),
    "A051": ("审核对象：{company}", "Audited: {company}"),
    "A053": ("严重程度", "Severity"),
    "A054": ("检查", "Check"),
    "A055": ("文件", "File"),
    "A056": ("位置", "Place"),
    "A057": ("发现", "Finding"),
    "A058": ("原文", "Text"),
    "A059": ("依据", "Reason"),
    "A060": ("处理", "Remedy"),
    "A061": ("按检查项汇总", "By check"),
    "A062": ("发现明细", "Findings"),
    "A063": ("文件一览", "Documents"),
    "A064": ("题目", "Title"),
    "A065": ("编号", "Number"),
    "A066": ("版本", "Version"),
    "A067": ("类别", "Kind"),
    "A068": ("数量", "Count"),
    "A069": ("没有发现问题。", "Nothing was found."),
    "A070": ("未能检查的项目", "What could not be checked"),
    "A071": ("错误", "error"),
    "A072": ("警告", "warning"),
    "A073": ("提示", "note"),
    "A074": ("docgen 审核", "docgen audit"),
    "A075": ("整套文件", "the whole set"),
    "A076": ("审核报告.docx", "audit-report.docx"),
    "A077": ("审核报告.xlsx", "audit-report.xlsx"),
    **FINDINGS,
    **REASONS,
}
