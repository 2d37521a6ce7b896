"""Words and signs people type for values: yes and no, full-width signs, Chinese numerals and units."""

from __future__ import annotations

TRUE_WORDS = frozenset({"true", "yes", "y", "on", "1", "是", "有", "真", "对", "√", "提供", "需要", "属于"})
FALSE_WORDS = frozenset(
    {"false", "no", "n", "off", "0", "否", "无", "没有", "不", "×", "不提供", "不需要", "不属于", "不是"}
)
NOTHING_WORDS = frozenset({"无", "没有", "none", "None"})

# full-width digits, letters and signs to half width; used for numbers, dates, phones and codes only
HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0xA0: " ",
    ord("。"): ".",
    ord("—"): "-",
    ord("–"): "-",
    ord("‐"): "-",
    ord("‑"): "-",
    ord("−"): "-",
    ord("、"): ",",
    ord("•"): ".",
}

NUMBER_SUFFIXES = {"万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100}

# (typed unit, unit of the field) → what to multiply the number by, as numerator and denominator
UNIT_FACTORS: dict[tuple[str, str], tuple[int, int]] = {
    ("年", "个月"): (12, 1),
    ("周年", "个月"): (12, 1),
    ("个月", "年"): (1, 12),
    ("月", "年"): (1, 12),
    ("分钟", "小时"): (1, 60),
    ("天", "小时"): (24, 1),
    ("元", "万元"): (1, 10_000),
    ("亿元", "万元"): (10_000, 1),
    ("亿", "万元"): (10_000, 1),
    ("千元", "万元"): (1, 10),
    ("万元", "元"): (10_000, 1),
    ("万", "万元"): (1, 1),
    ("万元", "万元"): (1, 1),
    ("万元人民币", "万元"): (1, 1),
}
# units that say nothing new about a field of this unit
UNIT_SYNONYMS: dict[str, frozenset[str]] = {
    "人": frozenset({"人", "名", "位"}),
    "个月": frozenset({"个月", "月"}),
    "年": frozenset({"年", "周年"}),
    "天": frozenset({"天", "日"}),
    "小时": frozenset({"小时", "h", "学时", "课时"}),
    "台（套、件）": frozenset({"台", "套", "件", "个", "只", "部", "辆", "把", "台套"}),
    "平方米": frozenset({"平方米", "平米", "㎡", "m2", "m²", "平方"}),
    "份": frozenset({"份", "个", "例", "人"}),
    "件": frozenset({"件", "起", "宗", "单"}),
    "%": frozenset({"%", "％", "percent", "个百分点"}),
    "次": frozenset({"次", "次/年", "场", "回"}),
    "元": frozenset({"元", "元人民币", "块"}),
    "": frozenset({"人", "台", "套", "件", "个", "月", "月份", "年", "年度", "%", "分", "次"}),
}

_DIGITS = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}

# what people write after a number in a time limit → the unit `Duration` knows
DURATION_UNITS = {
    "s": "秒", "sec": "秒", "second": "秒", "seconds": "秒", "秒": "秒", "秒钟": "秒",
    "min": "分钟", "mins": "分钟", "minute": "分钟", "minutes": "分钟", "分": "分钟", "分钟": "分钟",
    "h": "小时", "hr": "小时", "hrs": "小时", "hour": "小时", "hours": "小时", "小时": "小时",
    "个小时": "小时", "钟头": "小时", "个钟头": "小时", "时": "小时",
    "d": "天", "day": "天", "days": "天", "天": "天", "日": "天",
    "自然日": "天", "个自然日": "天", "日历日": "天",
    "工作日": "个工作日", "个工作日": "个工作日", "个工作天": "个工作日",
    "w": "周", "week": "周", "weeks": "周", "周": "周", "个星期": "周", "星期": "周",
    "个月": "个月", "月": "个月", "month": "个月", "months": "个月",
    "年": "年", "year": "年", "years": "年",
}  # fmt: skip
HALF_OF = {"分钟": "30 秒", "小时": "30 分钟", "天": "12 小时", "年": "6 个月"}


def chinese_number(text: str) -> int | None:
    """`十二` → 12, `二〇二四` → 2024, `三百二十` → 320; None if the text is no Chinese numeral."""
    if not text:
        return None
    if all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total, digit = 0, None
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in "十百千":
            total += (1 if digit is None else digit) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = None
        else:
            return None
    return total + (digit or 0)
