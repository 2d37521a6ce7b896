"""Working days of the Chinese calendar: what is one, and counting in them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

_SATURDAY = 5
_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
# first days of holidays after the moon or the sun, for years whose arrangement is not published yet
_SPRING_FESTIVAL = (date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13), date(2030, 2, 3), date(2031, 1, 23),
                    date(2032, 2, 11))  # fmt: skip
_ONE_DAY_HOLIDAYS = frozenset({
    date(2027, 4, 5), date(2028, 4, 4), date(2029, 4, 4), date(2030, 4, 5), date(2031, 4, 5), date(2032, 4, 4),
    date(2027, 6, 9), date(2028, 5, 28), date(2029, 6, 16), date(2030, 6, 5), date(2031, 6, 24), date(2032, 6, 12),
    date(2027, 9, 15), date(2028, 10, 3), date(2029, 9, 22), date(2030, 9, 12), date(2031, 10, 1), date(2032, 9, 19),
})  # fmt: skip
_MOVING_HOLIDAYS = _ONE_DAY_HOLIDAYS | {day + timedelta(n) for day in _SPRING_FESTIVAL for n in range(-1, 3)}


@cache
def is_working_day(day: date) -> bool:
    """True on a working day of the Chinese calendar (make-up days included).

    Beyond the published years: Monday to Friday except the statutory holidays, without make-up days."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < _SATURDAY and (day.month, day.day) not in _FIXED_HOLIDAYS and day not in _MOVING_HOLIDAYS


def on_or_after(day: date) -> date:
    """The day itself if people work on it, else the next working day."""
    while not is_working_day(day):
        day += timedelta(1)
    return day


def on_or_before(day: date) -> date:
    """The day itself if people work on it, else the working day before."""
    while not is_working_day(day):
        day -= timedelta(1)
    return day


def working_days_later(day: date, count: int) -> date:
    """The day `count` working days after (negative: before) a day; the day itself does not count."""
    step = timedelta(1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def working_days_between(first: date, last: date) -> int:
    """Working days from the first to the last day, both counted; 0 if the last lies before the first."""
    return sum(is_working_day(first + timedelta(n)) for n in range((last - first).days + 1))


def months_later(day: date, months: int) -> date:
    """The same day of a later month (negative: an earlier one), or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
