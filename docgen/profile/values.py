"""Typed values of a profile that print as a reader expects them."""

from __future__ import annotations

import re
from decimal import Decimal

from docgen.records import dataclass

_DAY = 24 * 3600
# seconds per unit; a working day counts as a day when limits are compared
_UNITS: dict[str, tuple[str, int]] = {
    "秒": ("秒", 1),
    "秒钟": ("秒", 1),
    "s": ("秒", 1),
    "分钟": ("分钟", 60),
    "分": ("分钟", 60),
    "min": ("分钟", 60),
    "小时": ("小时", 3600),
    "h": ("小时", 3600),
    "个工作日": ("个工作日", _DAY),
    "工作日": ("个工作日", _DAY),
    "天": ("天", _DAY),
    "日": ("天", _DAY),
    "d": ("天", _DAY),
    "周": ("周", 7 * _DAY),
    "个月": ("个月", 30 * _DAY),
    "月": ("个月", 30 * _DAY),
    "年": ("年", 365 * _DAY),
}
_DURATION = re.compile(
    r"^\s*([0-9]{1,6}(?:\.[0-9]{1,2})?)\s*(" + "|".join(sorted(_UNITS, key=len, reverse=True)) + r")\s*$"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A time limit as the company states it: `2 小时`, `3 个工作日`.

    Equal are limits that are written alike; the order is that of their length, so `60 分钟` is neither longer nor
    shorter than `1 小时`.
    """

    amount: str
    unit: str

    @property
    def minutes(self) -> float:
        """Length in minutes; a working day counts 24 h, a month 30 days, a year 365 days."""
        return float(Decimal(self.amount) * _UNITS[self.unit][1] / 60)

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"

    def __lt__(self, other: Duration) -> bool:
        return self.minutes < other.minutes

    def __le__(self, other: Duration) -> bool:
        return self.minutes <= other.minutes

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read `2小时`, `30 分钟`, `3个工作日`. Raises ValueError for anything else."""
        match = _DURATION.match(text)
        if not match:
            raise ValueError("duration")
        return cls(match.group(1), _UNITS[match.group(2)][0])
