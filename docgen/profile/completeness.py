"""Which facts a profile still lacks, by level, leaving out what does not apply to this company."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple, get_args

from docgen.profile.building import example_text
from docgen.profile.describe import FieldInfo, Kind, describe, fields_of
from docgen.profile.fields import Level, Part
from docgen.profile.operation import TrainingCategory
from docgen.profile.profile import Profile
from docgen.profile.words import NOTHING_WORDS
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
    from docgen.profile.rules.people import provinces_without_outlet

    return bool(provinces_without_outlet(profile))


def _outlets_possible(profile: Profile, part: Part) -> bool:
    return bool(profile.outlets) or "outlets" not in profile.told


def _few_people(profile: Profile) -> bool:
    return len(profile.organization.people) < (profile.staff.service or 0)


def required_topics(profile: Profile) -> list[str]:
    """The training categories every year's plan of this company has to cover."""
    spared = {"business"} if profile.outlets else {"business", "outlet"}
    return [category for category in get_args(TrainingCategory) if category not in spared]


def _topics_open(profile: Profile) -> bool:
    covered = {session.category for session in profile.training.sessions}
    return any(category not in covered for category in required_topics(profile))


def _not_said_before(name: str) -> Callable[[Profile, Any], bool]:
    """A post's row that only adds a role to a post named elsewhere need not repeat the rest."""

    def lacking(profile: Profile, part: Any) -> bool:
        others = (p for p in profile.organization.positions if p is not part and p.title and p.title == part.title)
        return not any(getattr(p, name) for p in others)

    return lacking


# pattern of a list that may be there and still not be whole → is something of it lacking?
_UNFINISHED: Mapping[str, Callable[[Profile], bool]] = {
    "organization.people": _few_people,
    "training.sessions": _topics_open,
}


def outsources(profile: Profile) -> bool | None:
    """Whether others do part of the service. None where the profile says nothing of it."""
    processes = [name for name in profile.certification.outsourced_processes if name not in NOTHING_WORDS]
    if profile.outsourcing or processes:
        return True
    return False if "outsourcing" in profile.told or "outsourced_processes" in profile.certification.told else None


def no_parts(profile: Profile) -> bool:
    """True if the company says that its service uses no spare parts: no kinds of them, or an empty list."""
    parts = profile.resources.spare_parts
    return parts.kinds == 0 or ("items" in parts.told and not parts.items)


def maintains(profile: Profile) -> bool:
    """True if the company says that it maintains by plan what its customers use."""
    return profile.service.activities.maintenance is True or bool(profile.service.maintenance.plans)


def _uses_parts(profile: Profile, part: Part) -> bool:
    return not no_parts(profile)


def _consumers_possible(profile: Profile, part: Part) -> bool:
    return profile.sales.customers != "business"


def _one_hand(profile: Profile, part: Part) -> bool:
    """Whether top management holds a post itself that matters go up from."""
    held = profile.organization
    below = (held.management_representative, held.service_head)
    return held.top_management.name is not None and held.top_management.name in [person.name for person in below]


# what a company without goods has none of: what it names as products are services
OF_GOODS = (
    "products[].brand", "products[].models", "products[].main_parts_months", "products[].yearly_units",
    "products[].ccc", "products[].statutory_class", "products[].parts_supply_years", "service.return_policy",
)  # fmt: skip

# pattern of a fact or group → does it apply to this company (seen from the part that holds it)?
_APPLIES: Mapping[str, Callable[[Profile, Any], bool]] = {
    "service.arrival_time_city": _unless_false("on_site"),
    "service.arrival_time_remote": _unless_false("on_site"),
    "service.dispatch_time": _unless_false("on_site"),
    "service.mail_in_time": _unless_false("mail_in"),
    "service.delivery_time": _unless_false("delivery"),
    "service.installation_time": _unless_false("installation"),
    "service.remote_diagnosis_time": _unless_false("remote"),
    "service.spare_part_time": _uses_parts,
    "resources.spare_parts.warehouse": _uses_parts,
    "resources.spare_parts.kinds": _uses_parts,
    "resources.spare_parts.items": _uses_parts,
    "products[].parts_supply_years": _uses_parts,
    "service.maintenance": lambda profile, part: maintains(profile),
    "service.custom_order": lambda profile, part: part.activities.custom_made is True,
    "makers": lambda profile, part: part.company.enterprise_type == "seller" or bool(part.makers),
    "culture.activities": lambda profile, part: not part.calendar,
    "service.charges": _unless_false("paid_repair"),
    "service.return_policy.no_reason_days": _consumers_possible,
    "service.return_policy.return_days": _consumers_possible,
    "service.return_policy.exchange_days": _consumers_possible,
    "sales.platforms": lambda profile, part: not profile.sales.modes or "online" in profile.sales.modes,
    "sales.uncovered_provinces": _uncovered,
    "logistics": _unless_false("delivery"),
    "logistics.carriers": lambda profile, part: part.by != "own",
    "take_back": _unless_false("take_back"),
    "products[].statutory_class": lambda profile, part: (part.customers or profile.sales.customers) != "business",
    "products[].wear_parts_months": lambda profile, part: part.wear_parts is not None,
    "organization.deputy": lambda profile, part: part.deputy.title is not None or _one_hand(profile, part),
    "organization.positions[].department": _not_said_before("department"),
    "organization.positions[].headcount": _not_said_before("headcount"),
    "organization.positions[].qualification": _not_said_before("qualification"),
    "outlets[].agreement": lambda profile, part: part.type != "own",
    "resources.equipment[].calibrated_to": lambda profile, part: part.kind == "measuring",
    "documents.reminders.calibration": lambda profile, part: (
        profile.resources.equipment == () or any(item.kind == "measuring" for item in profile.resources.equipment)
    ),
    "supervision.outlet_visits_per_year": _outlets_possible,
    "supervision.outlet_assessments_per_year": _outlets_possible,
    "supervision.outlet_pass_score": _outlets_possible,
    "certification.outsourced_processes": lambda profile, part: "outsourcing" not in profile.told,
    "outsourcing": lambda profile, part: bool(part.outsourcing) or outsources(profile) is not False,
    "certification.certificate": lambda profile, part: part.stage in (None, "surveillance", "reevaluation"),
    # nothing deleted, nothing found and no other laws are the usual answers, not gaps
    "certification.deletions": lambda profile, part: bool(part.deletions),
    "findings": lambda profile, part: bool(part.findings),
    "laws.extra": lambda profile, part: bool(part.extra),
    "laws.drop": lambda profile, part: bool(part.drop),
}


def is_asked(profile: Profile, path: str, apart: Collection[str] = ()) -> bool:
    """True if the fact at a profile path, and every group around it, applies to this company. `apart` are patterns
    of facts that do not."""
    held: Any = profile
    pattern = ""
    for name, index in _STEPS.findall(path):
        pattern += f".{name}" if pattern else name
        applies = _APPLIES.get(pattern)
        if pattern in apart or (applies is not None and not applies(profile, held)):
            return False
        held = held.get(name) if isinstance(held, dict) else getattr(held, name)
        if index:
            held, pattern = held[int(index)], f"{pattern}[]"
    return True


class _Asked(NamedTuple):
    """A field at one place of the model."""

    info: FieldInfo
    kind: Kind
    inner: str  # pattern of what is in it
    applies: Callable[[Profile, Any], bool] | None
    unfinished: Callable[[Profile], bool] | None


_STEPS = re.compile(r"([^.\[\]]+)(?:\[(\d+)\])?")
_INNER = {Kind.GROUP: ".", Kind.GROUP_MAP: ".*.", Kind.GROUPS: "[]."}
_LISTS = frozenset({Kind.TEXTS, Kind.CHOICES, Kind.GROUPS})


@cache
def _asked(pattern: str) -> dict[str, _Asked]:
    """The fields of the part at a pattern, by name."""
    info = describe().get(pattern.rstrip(".").removesuffix("[]").removesuffix(".*"))
    part: type[Part] = info.part if info is not None and info.part is not None else Profile
    return {
        name: _Asked(info, info.kind, shape + _INNER.get(info.kind, ""), _APPLIES.get(shape), _UNFINISHED.get(shape))
        for name, info in fields_of(part).items()
        if info.kind is not Kind.TEXT_MAP
        for shape in (pattern + name,)
    }


class _Count:
    """Goes over every applicable fact."""

    def __init__(self, profile: Profile, apart: Collection[str]) -> None:
        self.profile = profile
        self.apart = apart
        self.total = dict.fromkeys(Level, 0)
        self.gaps: list[FactGap] = []
        self.part(profile, "", "")

    def part(self, part: Part, path: str, pattern: str) -> None:
        values, total = part.__dict__, self.total
        for name, (info, kind, inner, applies, unfinished) in _asked(pattern).items():
            if applies is not None and not applies(self.profile, part):
                continue
            if self.apart and pattern + name in self.apart:
                continue
            value = values[name]
            if kind is Kind.GROUP:
                self.part(value, f"{path}{name}.", inner)
                continue
            if kind is Kind.GROUP_MAP:
                for key, item in value.items():
                    self.part(item, f"{path}{name}.{key}.", inner)
                continue
            total[info.level] += 1
            there = bool(value) or name in part.told if kind in _LISTS else value is not None
            if not there or (unfinished is not None and unfinished(self.profile)):
                self.gaps.append(FactGap(path + name, info.label, info.level, info.help, example_text(info)))
            if kind is Kind.GROUPS:
                for number, item in enumerate(value):
                    self.part(item, f"{path}{name}[{number}].", inner)


def completeness(profile: Profile, apart: Collection[str] = ()) -> Completeness:
    """The gaps of a profile in the order of the model, and how complete each level is. `apart` are patterns of facts
    that do not apply to it."""
    count = _Count(profile, apart)
    lacking = Counter(gap.level for gap in count.gaps)
    shares = {level: Share(total - lacking[level], total) for level, total in count.total.items()}
    return Completeness(tuple(count.gaps), MappingProxyType(shares))


def gaps(profile: Profile, apart: Collection[str] = ()) -> list[FactGap]:
    """The facts a profile lacks: must first, then should, then may, each in the order of the model."""
    return by_level(completeness(profile, apart).gaps)


def by_level(found: Iterable[FactGap]) -> list[FactGap]:
    """Gaps with the most urgent first, otherwise in their order."""
    order = list(Level)
    return sorted(found, key=lambda gap: order.index(gap.level))
