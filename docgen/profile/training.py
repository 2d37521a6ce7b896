"""Training hours that every person of the after-sales staff gets, whatever the post."""

from __future__ import annotations

from decimal import Decimal

from docgen.profile.profile import Profile

_MONTHS = 12
_APART = ("induction", "outlet")  # for newcomers, for other people


def everyone_hours(profile: Profile) -> Decimal:
    """Hours of the sessions planned for as many heads as the after-sales staff has."""
    sessions = [s for s in profile.training.sessions if s.heads and s.heads == profile.staff.service]
    return sum((s.hours for s in sessions if s.hours and s.category not in _APART), Decimal(0))


def least_hours(profile: Profile) -> Decimal:
    """With the learning each department holds every month."""
    return everyone_hours(profile) + _MONTHS * (profile.training.team_hours_per_month or 0)
