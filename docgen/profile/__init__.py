"""The company profile: reading, checking, completing and explaining it. Names are loaded when first used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docgen.profile.completeness import FactGap, gaps
    from docgen.profile.defaults import apply_defaults
    from docgen.profile.describe import FieldInfo, label_of, value_label
    from docgen.profile.fields import Level
    from docgen.profile.loading import LoadedProfile, load_profile, load_profile_text
    from docgen.profile.profile import Profile
    from docgen.profile.rules import check_profile, check_rules
    from docgen.profile.schema import json_schema
    from docgen.profile.starter import starter_text
    from docgen.profile.values import Duration

_HOMES = {
    "Duration": "values",
    "FactGap": "completeness",
    "FieldInfo": "describe",
    "Level": "fields",
    "LoadedProfile": "loading",
    "Profile": "profile",
    "apply_defaults": "defaults",
    "check_profile": "rules",
    "check_rules": "rules",
    "gaps": "completeness",
    "json_schema": "schema",
    "label_of": "describe",
    "load_profile": "loading",
    "load_profile_text": "loading",
    "starter_text": "starter",
    "value_label": "describe",
}
__all__ = [
    "Duration",
    "FactGap",
    "FieldInfo",
    "Level",
    "LoadedProfile",
    "Profile",
    "apply_defaults",
    "check_profile",
    "check_rules",
    "gaps",
    "json_schema",
    "label_of",
    "load_profile",
    "load_profile_text",
    "starter_text",
    "value_label",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
