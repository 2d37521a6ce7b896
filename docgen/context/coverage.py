"""Who serves which province the company sells to."""

from __future__ import annotations

from typing import Any

from docgen.context.facts import missing
from docgen.profile.describe import describe
from docgen.profile.profile import Profile
from docgen.profile.rules.people import province_stem
from docgen.templating.values import Record


def sales_coverage(profile: Profile) -> list[Record]:
    """Every province of sale with the outlets in it, and those elsewhere whose area of service names it."""
    other = profile.sales.uncovered_provinces
    path = "sales.uncovered_provinces"
    rows = []
    for province in profile.sales.provinces:
        stem = province_stem(province)
        inside = [o for o in profile.outlets if province_stem(o.province or "") == stem]
        from_elsewhere = [o for o in profile.outlets if o.area and stem in o.area and o not in inside]
        way: Any = other or missing(describe()[path].label, path, describe()[path].help)
        rows.append(
            Record(
                {
                    "province": province,
                    "own": sum(o.type == "own" for o in inside),
                    "authorized": sum(o.type == "authorized" for o in inside),
                    "outlets": [o.name for o in inside if o.name],
                    "from_elsewhere": [o.name for o in from_elsewhere if o.name],
                    "covered": bool(inside or from_elsewhere),
                    "way": way,
                }
            )
        )
    return rows
