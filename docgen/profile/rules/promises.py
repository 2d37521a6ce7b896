"""Promises: positive, escalating, within the law, within 0–100 %."""

from __future__ import annotations

from decimal import Decimal

from docgen.diagnostics import Severity
from docgen.profile.describe import Kind
from docgen.profile.rules.case import ERROR, WARNING, Case, Faults, nearest_of
from docgen.profile.values import Duration

_GRADES = ("major", "serious", "general")
# the shorter limit, the longer one, how bad it is if they are the other way round
_SHORTER: tuple[tuple[str, str, Severity], ...] = (
    ("service.arrival_time_city", "service.arrival_time_remote", ERROR),
    ("service.hotline_pick_up_time", "service.response_time", ERROR),
    ("service.response_time", "service.arrival_time_city", ERROR),
    ("service.response_time", "service.arrival_time_remote", ERROR),
    ("service.dispatch_time", "service.arrival_time_city", ERROR),
    ("service.response_time", "service.repair_time", ERROR),
    ("service.response_time", "service.remote_diagnosis_time", WARNING),
    ("service.arrival_time_city", "service.repair_time", WARNING),
)


def values_in_range(case: Case) -> Faults:
    """Time limits are longer than nothing; a percentage below one is a fraction by mistake."""
    for path, info, value in case.leaves():
        if info.kind is Kind.DURATION:
            if value.minutes <= 0:
                yield case.fault("P250", path)
        elif info.unit == "%" and info.kind is Kind.NUMBER and 0 < value < 1:
            yield case.fault("P253", path, percent=f"{value * 100:f}".rstrip("0").rstrip("."), severity=WARNING)


def limits_escalate(case: Case) -> Faults:
    """What happens first has the shorter limit; the city is not slower than the country."""
    for shorter, longer, severity in _SHORTER:
        first: Duration | None = case.value(shorter)
        then: Duration | None = case.value(longer)
        if first is not None and then is not None and first > then:
            yield case.fault("P254", shorter, longer, severity=severity)


def complaint_limits_escalate(case: Case) -> Faults:
    """The graver the complaint the sooner the answer; confirm ≤ plan < close within a grade."""
    for name in ("acknowledge", "plan"):
        for graver, lighter in (("major", "serious"), ("serious", "general"), ("major", "general")):
            a, b = f"complaints.{graver}.{name}", f"complaints.{lighter}.{name}"
            first, then = case.value(a), case.value(b)
            if first is None or then is None or first <= then:
                continue
            if (graver, lighter) == ("major", "general") and case.value(f"complaints.serious.{name}") is not None:
                continue  # one of the two steps above says so already
            yield case.fault("P254", a, b, severity=ERROR)
    for grade in _GRADES:
        acknowledge, plan, close = (f"complaints.{grade}.{name}" for name in ("acknowledge", "plan", "close"))
        if case.value(acknowledge) and case.value(plan) and case.value(acknowledge) > case.value(plan):
            yield case.fault("P254", acknowledge, plan)
        if case.value(plan) and case.value(close) and not case.value(plan) < case.value(close):
            yield case.fault("P255", plan, close)


def warranties_meet_the_law(case: Case) -> Faults:
    """No warranty below the legal minimum of the product's class."""
    for number, product in enumerate(case.profile.products):
        path = f"products[{number}]"
        if (
            product.main_parts_months is not None
            and product.warranty_months is not None
            and product.main_parts_months < product.warranty_months
        ):
            yield case.fault("P258", f"{path}.main_parts_months", f"{path}.warranty_months", severity=WARNING)
        table = case.statutory
        kind = product.statutory_class
        if table is None or kind is None or kind == "none":
            continue
        if kind not in table:
            known = "、".join([*table, "none"])
            near = nearest_of(kind, table)
            yield case.fault("P256", f"{path}.statutory_class", nearest=near, known=known)
            continue
        for name, least in zip(("warranty_months", "main_parts_months"), table[kind], strict=True):
            months = getattr(product, name)
            if least is not None and months is not None and months < least:
                yield case.fault("P257", f"{path}.{name}", f"{path}.statutory_class", least=least)


def no_reason_return(case: Case) -> Faults:
    """Consumers who buy online may return goods within seven days (消费者权益保护法)."""
    sales = case.profile.sales
    days = case.profile.service.return_policy.no_reason_days
    if days is not None and days < 7 and sales.customers in ("consumer", "both") and "online" in sales.modes:
        yield case.fault("P259", "service.return_policy.no_reason_days", least=7)


def kpi_targets(case: Case) -> Faults:
    """Indicators are known ones; percentages and scores are 0 to 100."""
    units = case.kpi_units
    if units is None:
        return
    for name, kpi in case.profile.kpis.items():
        if name not in units:
            near = nearest_of(name, units)
            yield case.fault("P260", f"kpis.{name}", value=name, nearest=near, known="、".join(units))
            continue
        for part in ("target", "last", "baseline"):
            value: Decimal | None = getattr(kpi, part)
            if value is not None and value > 100 and units[name] in ("%", "分"):
                yield case.fault("P252", f"kpis.{name}.{part}")
