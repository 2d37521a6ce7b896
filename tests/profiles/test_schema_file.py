"""The schema that editors use lies beside the sample profiles and is made, not written."""

from __future__ import annotations

import json

from docgen.library import data_folder
from docgen.profile.schema import schema_text


def test_the_schema_beside_the_samples_is_the_current_one() -> None:
    kept = json.loads((data_folder("company_profiles") / "profile.schema.json").read_text(encoding="utf-8"))
    made = json.loads(schema_text())
    assert kept == made, "run: docgen schema -o company_profiles/profile.schema.json"
