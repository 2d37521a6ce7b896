"""The few marks docgen itself puts into documents."""

GAP = "【待补充：{label}】"
APPENDIX = "附录 {letter}"
BLANK_DATE = "　　　　年　　月　　日"  # to be written by hand
BETWEEN_NOTICES, BETWEEN_NAMES = "；", "、"
DATE = "{0.year}年{0.month}月{0.day}日"
MONTH = "{0.year}年{0.month}月"
YEARS, MONTHS = "{} 年", "{} 个月"
_PERIODS = {12: "月", 4: "季", 2: "半年", 1: "年"}
_TIMES = "每年 {} 次"
WHOLE_CLAUSE, PART_OF_ITEM, DELETED = "整条", "{}中的{}", "{}（{}）"


def gap_text(label: str) -> str:
    """How a missing fact reads in a document."""
    return GAP.format(label=label)


def period_text(times: int) -> str:
    """The period of what is done so many times a year: 4 → 季, 6 → 2 个月."""
    if times in _PERIODS:
        return _PERIODS[times]
    return _TIMES.format(times) if times < 1 or 12 % times else MONTHS.format(12 // times)


def appendix_label(letter: str) -> str:
    """How an appendix is numbered."""
    return APPENDIX.format(letter=letter)
