"""Rules whose breach costs a clause whatever is documented. Each returns the code of its message, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from docgen.profile.profile import Profile

Rule = Callable[[Profile], bool]

_WATCHED = {"service", "contact_centre", "technical"}


def _enough_managers(profile: Profile) -> bool:
    base = profile.staff.service_managers
    return base is None or (
        len(profile.staff.certified_service_managers) * 10 >= base >= 0
        and (not base or bool(profile.staff.certified_service_managers))
    )


def _supervisor_apart(profile: Profile) -> bool:
    supervisor = profile.organization.supervisor
    watched = {d.name for d in profile.organization.departments if _WATCHED & set(d.functions)}
    return supervisor.department is None or supervisor.department not in watched


def _supervisor_full_time(profile: Profile) -> bool:
    return profile.organization.supervisor.full_time is not False


def _mystery_visits(profile: Profile) -> bool:
    return profile.supervision.mystery_visits.per_year != 0


def _reserve(profile: Profile) -> bool:
    reserve = profile.resources.reserve
    return reserve.amount is None or reserve.amount > 0 or bool(reserve.insurance)


def _measuring_calibrated(profile: Profile) -> bool:
    return all(item.calibrated_to for item in profile.resources.equipment if item.kind == "measuring")


RULES: dict[str, Rule] = {
    "enough_managers": _enough_managers,
    "supervisor_apart": _supervisor_apart,
    "supervisor_full_time": _supervisor_full_time,
    "mystery_visits": _mystery_visits,
    "reserve": _reserve,
    "measuring_calibrated": _measuring_calibrated,
}


def broken_rules(names: Iterable[str], profile: Profile) -> Iterator[str]:
    """The names of the rules a profile breaks."""
    for name in names:
        if not RULES[name](profile):
            yield name
