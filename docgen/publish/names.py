"""File and folder names that every system accepts."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$", re.IGNORECASE)
MAX_BYTES = 120  # of a name in UTF-8; leaves room for folders and suffixes on every system


def safe_name(text: str, fallback: str = "_") -> str:
    """The text as a file name: forbidden characters replaced, no reserved word, not too long, never empty, never a
    path. Two different long texts keep different names."""
    name = unicodedata.normalize("NFC", text)
    name = _FORBIDDEN.sub("-", name).strip(" .")
    name = re.sub(r"\s+", " ", name)
    if _RESERVED.match(name):
        name = f"_{name}"
    encoded = name.encode("utf-8", "replace")
    if len(encoded) > MAX_BYTES:
        mark = blake2b(encoded, digest_size=3).hexdigest()
        name = f"{encoded[: MAX_BYTES - 8].decode('utf-8', 'ignore').rstrip(' .')}~{mark}"
    return name or fallback


def company_folder(full_name: str | None, short_name: str | None, code: str | None, file_stem: str) -> str:
    """The folder of one company below the output folder."""
    return safe_name(full_name or short_name or code or file_stem, safe_name(file_stem, "company"))
