"""Which facts a profile still lacks, by level, leaving out what does not apply to this company."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, get_args

from docgen.profile.building import example_text
from docgen.profile.describe import FieldInfo, Kind, fields_of
from docgen.profile.fields import Level, Part
from docgen.profile.operation import TrainingCategory
from docgen.profile.profile import Profile
from docgen.records import dataclass


@dataclass(frozen=True, slots=True)
class FactGap:
    """A fact the profile lacks. `example` is text as people would type it; `place` of it is by `path`."""

    path: str
    label: str
    level: Level
    help: str
    example: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the applicable facts of a level are known."""

    known: int
    total: int

    @property
    def ratio(self) -> float:
        """0 to 1; 1 where nothing is asked."""
        return self.known / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class Completeness:
    """Gaps in the order of the model and the share known per level."""

    gaps: tuple[FactGap, ...]
    shares: Mapping[Level, Share]


def _unless_false(name: str) -> Callable[[Profile, Part], bool]:
    return lambda profile, part: getattr(profile.service.activities, name) is not False


def _uncovered(profile: Profile, part: Part) -> bool:
    from docgen.profile.rules.people import province_stem

    covered = {province_stem(outlet.province) for outlet in profile.outlets if outlet.province}
    return any(province_stem(name) not in covered for name in profile.sales.provinces)


def _few_people(profile: Profile) -> bool:
    return len(profile.organization.people) < (profile.staff.service or 0)


def required_topics(profile: Profile) -> list[str]:
    """The training categories every year's plan of this company has to cover."""
    spared = {"business"} if profile.outlets else {"business", "outlet"}
    return [category for category in get_args(TrainingCategory) if category not in spared]


def _topics_open(profile: Profile) -> bool:
    covered = {session.category for session in profile.training.sessions}
    return any(category not in covered for category in required_topics(profile))


# pattern of a list that may be there and still not be whole → is something of it lacking?
_UNFINISHED: Mapping[str, Callable[[Profile], bool]] = {
    "organization.people": _few_people,
    "training.sessions": _topics_open,
}

# pattern of a fact or group → does it apply to this company (seen from the part that holds it)?
_APPLIES: Mapping[str, Callable[[Profile, Any], bool]] = {
    "service.arrival_time_city": _unless_false("on_site"),
    "service.arrival_time_remote": _unless_false("on_site"),
    "service.dispatch_time": _unless_false("on_site"),
    "service.mail_in_time": _unless_false("mail_in"),
    "service.delivery_time": _unless_false("delivery"),
    "service.installation_time": _unless_false("installation"),
    "service.remote_diagnosis_time": _unless_false("remote"),
    "service.charges": _unless_false("paid_repair"),
    "service.return_policy.no_reason_days": lambda profile, part: profile.sales.customers != "business",
    "sales.platforms": lambda profile, part: not profile.sales.modes or "online" in profile.sales.modes,
    "sales.uncovered_provinces": _uncovered,
    "logistics": _unless_false("delivery"),
    "logistics.carriers": lambda profile, part: part.by != "own",
    "take_back": _unless_false("take_back"),
    "products[].statutory_class": lambda profile, part: (part.customers or profile.sales.customers) != "business",
    "products[].wear_parts_months": lambda profile, part: part.wear_parts is not None,
    "outlets[].agreement": lambda profile, part: part.type != "own",
    "resources.equipment[].calibrated_to": lambda profile, part: part.kind == "measuring",
    "certification.certificate": lambda profile, part: part.stage in (None, "surveillance", "reevaluation"),
    # nothing deleted, nothing found and no other laws are the usual answers, not gaps
    "certification.deletions": lambda profile, part: bool(part.deletions),
    "findings": lambda profile, part: bool(part.findings),
    "laws.extra": lambda profile, part: bool(part.extra),
    "laws.drop": lambda profile, part: bool(part.drop),
}


def _facts(profile: Profile, part: Part, path: str, pattern: str) -> Iterator[tuple[str, FieldInfo, bool]]:
    """Every applicable fact: (path, field, is it known)."""
    for name, info in fields_of(type(part)).items():
        where, shape = path + name, pattern + name
        applies = _APPLIES.get(shape)
        if applies is not None and not applies(profile, part):
            continue
        value = getattr(part, name)
        kind = info.kind
        if kind is Kind.GROUP:
            yield from _facts(profile, value, where + ".", shape + ".")
        elif kind is Kind.GROUP_MAP:
            for key, item in value.items():
                yield from _facts(profile, item, f"{where}.{key}.", shape + ".*.")
        elif kind is Kind.GROUPS:
            short = _UNFINISHED.get(shape)
            yield where, info, (bool(value) or name in part.told) and not (short and short(profile))
            for number, item in enumerate(value):
                yield from _facts(profile, item, f"{where}[{number}].", shape + "[].")
        elif kind is Kind.TEXTS or kind is Kind.CHOICES:
            yield where, info, bool(value) or name in part.told
        elif kind is not Kind.TEXT_MAP:
            yield where, info, value is not None


def completeness(profile: Profile) -> Completeness:
    """The gaps of a profile in the order of the model, and how complete each level is."""
    known = dict.fromkeys(Level, 0)
    total = dict.fromkeys(Level, 0)
    found: list[FactGap] = []
    for path, info, there in _facts(profile, profile, "", ""):
        total[info.level] += 1
        if there:
            known[info.level] += 1
        else:
            found.append(FactGap(path, info.label, info.level, info.help, example_text(info)))
    shares = {level: Share(known[level], total[level]) for level in Level}
    return Completeness(tuple(found), MappingProxyType(shares))


def gaps(profile: Profile) -> list[FactGap]:
    """The facts a profile lacks: must first, then should, then may, each in the order of the model."""
    order = list(Level)
    return sorted(completeness(profile).gaps, key=lambda gap: order.index(gap.level))
