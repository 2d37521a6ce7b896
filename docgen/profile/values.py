"""Typed values of a profile that print as a reader expects them."""

from __future__ import annotations

import re
from functools import total_ordering

from docgen.records import dataclass

# minutes per unit; a working day counts as a day when limits are compared
_UNITS: dict[str, tuple[str, float]] = {
    "秒": ("秒", 1 / 60),
    "秒钟": ("秒", 1 / 60),
    "s": ("秒", 1 / 60),
    "分钟": ("分钟", 1),
    "分": ("分钟", 1),
    "min": ("分钟", 1),
    "小时": ("小时", 60),
    "h": ("小时", 60),
    "个工作日": ("个工作日", 1440),
    "工作日": ("个工作日", 1440),
    "天": ("天", 1440),
    "日": ("天", 1440),
    "d": ("天", 1440),
    "周": ("周", 7 * 1440),
    "个月": ("个月", 30 * 1440),
    "月": ("个月", 30 * 1440),
    "年": ("年", 365 * 1440),
}
_DURATION = re.compile(r"^\s*([0-9]+(?:\.[0-9]+)?)\s*(" + "|".join(sorted(_UNITS, key=len, reverse=True)) + r")\s*$")


@total_ordering
@dataclass(frozen=True, slots=True)
class Duration:
    """A time limit as the company states it: `2 小时`, `3 个工作日`."""

    amount: str
    unit: str

    @property
    def minutes(self) -> float:
        """Length in minutes; a working day counts 24 h, a month 30 days, a year 365 days."""
        return float(self.amount) * _UNITS[self.unit][1]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"

    def __lt__(self, other: Duration) -> bool:
        return self.minutes < other.minutes

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read `2小时`, `30 分钟`, `3个工作日`. Raises ValueError for anything else."""
        match = _DURATION.match(text)
        if not match:
            raise ValueError("duration")
        return cls(match.group(1), _UNITS[match.group(2)][0])
