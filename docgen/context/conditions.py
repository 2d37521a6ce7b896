"""What a company has and does: the conditions `has.…`. True, False, or None where the profile does not say."""

from __future__ import annotations

from collections.abc import Mapping

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
    found |= {
        "outlets": bool(profile.outlets),
        "own_outlets": "own" in kinds,
        "authorized_outlets": "authorized" in kinds,
        "outsourcing": bool(profile.outsourcing or profile.certification.outsourced_processes),
        "carriers": profile.logistics.by in ("carrier", "both") or bool(profile.logistics.carriers),
        "consumers": None if customers is None else customers in ("consumer", "both"),
        "business": None if customers is None else customers in ("business", "both"),
        "online_sales": None if not modes else "online" in modes,
        "dealers": None if not modes else "dealer" in modes,
        "exports": None if not modes else "export" in modes,
        "ccc": any(known_ccc) if known_ccc else None,
        "deletions": bool(profile.certification.deletions),
        "measuring_equipment": any(item.kind == "measuring" for item in profile.resources.equipment),
        "spare_parts": bool(parts.kinds or parts.items or parts.warehouse),
        "manufacturer": None if company_type is None else company_type == "manufacturer",
        "seller": None if company_type is None else company_type == "seller",
        "service_provider": None if company_type is None else company_type == "service_provider",
        "full_time_supervisor": supervisor,
        "survey_data": bool(profile.survey.data or profile.survey.history),
        "certificate": bool(profile.certification.certificate.number),
    }
    return found


def excluded(condition: str, found: Mapping[str, bool | None]) -> bool:
    """True if the company is known not to have what the condition names; not knowing excludes nothing.

    Outlets and deletions are lists: an empty one is not known to be empty on purpose."""
    return bool(condition) and condition != "outlets" and found.get(condition) is False
