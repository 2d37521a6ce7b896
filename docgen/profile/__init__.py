"""The company profile: reading, checking, completing and explaining it. Names are loaded when first used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docgen.profile.loading import LoadedProfile as LoadedProfile
    from docgen.profile.loading import load_profile as load_profile
    from docgen.profile.loading import load_profile_text as load_profile_text
    from docgen.profile.profile import Profile as Profile

_HOMES = {
    "LoadedProfile": "loading",
    "Profile": "profile",
    "load_profile": "loading",
    "load_profile_text": "loading",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
