"""What a company has and does: the conditions `has.…`. True, False, or None where the profile does not say."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.catalogue import Catalogue, Industry
from docgen.profile.completeness import OF_GOODS, maintains, no_parts, outsources
from docgen.profile.profile import Profile

_ACTIVITIES = ("delivery", "installation", "on_site", "mail_in", "in_shop", "remote", "customer_training",
               "inspection", "loan_unit", "paid_repair", "take_back")  # fmt: skip


def conditions(profile: Profile) -> dict[str, bool | None]:
    """Every condition by name."""
    found: dict[str, bool | None] = {name: getattr(profile.service.activities, name) for name in _ACTIVITIES}
    customers = profile.sales.customers
    modes = profile.sales.modes
    kinds = {outlet.type for outlet in profile.outlets}
    company_type = profile.company.enterprise_type
    supervisor = profile.organization.supervisor.full_time
    parts = profile.resources.spare_parts
    known_ccc = [p.ccc for p in profile.products if p.ccc is not None]
    known_data = [p.stores_data for p in profile.products if p.stores_data is not None]
    found |= {
        "maintenance": maintains(profile),
        "made_to_order": profile.service.activities.custom_made is True,
        "makers": _makers(profile),
        "medical_devices": any(p.medical_device for p in profile.products),
        "outlets": False if no_outlets(profile) else bool(profile.outlets) or None,
        "own_outlets": "own" in kinds,
        "authorized_outlets": "authorized" in kinds,
        "outsourcing": outsources(profile),
        "carriers": profile.logistics.by in ("carrier", "both") or bool(profile.logistics.carriers),
        "consumers": None if customers is None else customers in ("consumer", "both"),
        "business": None if customers is None else customers in ("business", "both"),
        "online_sales": None if not modes else "online" in modes,
        "dealers": None if not modes else "dealer" in modes,
        "exports": None if not modes else "export" in modes,
        "ccc": any(known_ccc) if known_ccc else None,
        "stored_data": any(known_data) if known_data else None,
        "goods": _goods(profile),
        "deletions": bool(profile.certification.deletions),
        "measuring_equipment": any(item.kind == "measuring" for item in profile.resources.equipment),
        "parts_stock": not no_parts(profile),
        "spare_parts": bool(parts.kinds or parts.items or parts.warehouse),
        "manufacturer": None if company_type is None else company_type == "manufacturer",
        "seller": None if company_type is None else company_type == "seller",
        "service_provider": None if company_type is None else company_type == "service_provider",
        "full_time_supervisor": supervisor,
        "survey_data": bool(profile.survey.data or profile.survey.history),
        "certificate": bool(profile.certification.certificate.number),
    }
    return found


def _goods(profile: Profile) -> bool | None:
    """Whether it makes or sells goods. Of a pure service firm that delivers nothing only its industry can tell."""
    serves_only = profile.company.enterprise_type == "service_provider" and not profile.service.activities.delivery
    return None if serves_only else True


def _makers(profile: Profile) -> bool | None:
    """Whether it sells what others make. A seller that says nothing of makers may."""
    if profile.makers:
        return True
    return None if profile.company.enterprise_type == "seller" and "makers" not in profile.told else False


def no_outlets(profile: Profile) -> bool:
    """True if the company says that it has no outlets: by an empty list, or by how it serves without them."""
    said = "outlets" in profile.told or profile.sales.uncovered_provinces is not None
    return said and not profile.outlets


def excluded(condition: str, found: Mapping[str, bool | None]) -> bool:
    """True if the company is known not to have what the condition names; not knowing excludes nothing."""
    return bool(condition) and found.get(condition) is False


def facts_apart(industry: Industry | None, found: Mapping[str, bool | None]) -> tuple[str, ...]:
    """Patterns of the profile's facts that companies of this industry, or without goods, do not have."""
    return (*(industry.not_asked if industry else ()), *(OF_GOODS if excluded("goods", found) else ()))


def idle_target(path: str, catalogue: Catalogue, found: Mapping[str, bool | None]) -> bool:
    """True if a profile path belongs to an indicator of work the company does not do."""
    group, _, rest = path.partition(".")
    kpi = catalogue.kpis.get(rest.partition(".")[0]) if group == "kpis" else None
    return kpi is not None and excluded(kpi.when, found)
