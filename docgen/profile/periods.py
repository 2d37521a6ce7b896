"""Periods as people write them: a year, a half, a quarter, months."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_YEAR = re.compile(r"(\d{4})\s*年?")
_HALF = {"上半年": 6, "下半年": 12}
_QUARTER = re.compile(r"([一二三四1-4])\s*季")
_MONTH = re.compile(r"(\d{1,2})\s*月")


def end_of_period(period: str) -> date | None:
    """The last day of a period as people write it: 2026 年上半年, 2026 年第一季度, 2026 年 1–6 月, 2025 年."""
    years = list(_YEAR.finditer(period))
    if not years:
        return None
    year, rest = int(years[-1].group(1)), period[years[-1].end() :]
    if year < 1:
        return None
    months = [int(m) for m in _MONTH.findall(rest) if 1 <= int(m) <= 12]
    months += [3 * ("一二三四1234".index(q) % 4 + 1) for q in _QUARTER.findall(rest)]
    months += [month for half, month in _HALF.items() if half in rest]
    month = months[-1] if months else 12
    return date(year, month, monthrange(year, month)[1])
