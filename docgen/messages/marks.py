"""The few marks docgen itself puts into documents."""

GAP = "【待补充：{label}】"
APPENDIX = "附录 {letter}"
BLANK_DATE = "　　　　年　　月　　日"  # to be written by hand
BETWEEN_NOTICES = "；"
DATE = "{0.year}年{0.month}月{0.day}日"
MONTH = "{0.year}年{0.month}月"
YEARS, MONTHS = "{} 年", "{} 个月"


def gap_text(label: str) -> str:
    """How a missing fact reads in a document."""
    return GAP.format(label=label)


def appendix_label(letter: str) -> str:
    """How an appendix is numbered."""
    return APPENDIX.format(letter=letter)
