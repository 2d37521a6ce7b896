"""What was known when the set was issued: a controlled document holds no result of a period that ended later."""

from __future__ import annotations

from docgen.profile.periods import end_of_period
from docgen.profile.profile import Profile


def known_when_issued(profile: Profile, period: str | None) -> bool:
    """Whether the results of a period could stand in the set as it was issued or last revised as a whole."""
    revised = [r.date for r in profile.documents.revisions if r.date and not r.document]
    issued = max([day for day in (profile.documents.issue_date, *revised) if day], default=None)
    end = end_of_period(period or "")
    return issued is None or end is None or end <= issued
