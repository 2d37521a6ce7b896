"""Fixed names: the conditions (`has.…` in templates) and the words every industry has (`term.…`)."""

from __future__ import annotations

# listed for authors in docs/authors.md §3; the context works each of them out from the profile
CONDITIONS: frozenset[str] = frozenset(
    {
        "delivery", "installation", "on_site", "mail_in", "in_shop", "remote", "customer_training",
        "inspection", "maintenance", "made_to_order", "makers", "medical_devices",
        "loan_unit", "paid_repair", "take_back", "outlets", "own_outlets",
        "authorized_outlets", "outsourcing", "carriers", "consumers", "business", "online_sales", "dealers", "exports",
        "ccc", "stored_data", "goods", "parts_stock", "deletions", "measuring_equipment", "spare_parts", "manufacturer",
        "seller", "service_provider", "full_time_supervisor", "survey_data", "certificate",
    }
)  # fmt: skip

# the words every industry has its own form of; templates write `term.…`
TERMS = (
    "product", "goods", "fault", "visit", "customer", "repair", "outlet", "engineer", "order", "warranty",
    "site", "serial", "part", "installation", "returns", "report", "model", "unit", "lot", "recall",
    "mail_in", "in_shop", "maintenance", "measuring",
)  # fmt: skip
