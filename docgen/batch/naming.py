"""The folder of every client: by rule, safe on every system, no two alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity
from docgen.profile.describe import field_at, fields_of
from docgen.publish import company_folder, safe_name

if TYPE_CHECKING:
    from docgen.batch.sources import Client

_FIELD = re.compile(r"\{([^{}]*)\}")
_IDLE = re.compile(r"^[\s\-_.·]+|[\s\-_.·]+$")


def check_rule(rule: str) -> list[Diagnostic]:
    """What is wrong with a name rule such as `{company.code}-{company.short_name}`."""
    faults = []
    for name in _FIELD.findall(rule):
        info = field_at(name)
        if info is None or not info.is_scalar or "*" in name or "[]" in name:
            from docgen.profile.describe import describe
            from docgen.templating.vocabulary import nearest

            faults.append(Diagnostic("B012", values={"read": name}, nearest=nearest(name, describe())))
    return faults


def place_clients(clients: Iterable[Client], rule: str = "") -> list[Client]:
    """The clients with their folders; one that would share a folder gets its own and a note."""
    placed: list[Client] = []
    taken: dict[str, Client] = {}
    for client in clients:
        facts = client.facts()
        name = _folder(client, facts, rule)
        made, count = name, 1
        while _key(made) in taken:
            tail = client.tail if count == 1 else f"{client.tail} {count}"
            made, count = safe_name(f"{name} ({tail})"), count + 1
        notes = client.notes
        if made != name:
            values = {"other": taken[_key(name)].key, "name": name, "made": made}
            notes = (*notes, Diagnostic("B013", Severity.NOTE, Place(str(client.path), client.line), values))
        client = replace(client, folder=made, notes=notes, industry=facts.get("company.industry", ""))
        taken[_key(made)] = client
        placed.append(client)
    return placed


def _key(name: str) -> str:
    """Names that are one on a file system that ignores case or composes letters."""
    return unicodedata.normalize("NFKC", name).casefold()


def _folder(client: Client, facts: Mapping[str, str], rule: str) -> str:
    if client.row is not None and client.row.folder:
        return safe_name(client.row.folder, client.tail)
    if rule:
        if any(name not in facts and not name.startswith("company.") for name in _FIELD.findall(rule)):
            facts = {**facts, **_all_facts(client, rule)}
        name = _IDLE.sub("", _FIELD.sub(lambda m: facts.get(m.group(1), ""), rule))
        if name:
            return safe_name(name, client.tail)
    return company_folder(
        facts.get("company.full_name"), facts.get("company.short_name"), facts.get("company.code"), client.tail
    )


def _all_facts(client: Client, rule: str) -> dict[str, str]:
    from docgen.profile.walking import shown, value_at

    try:
        profile = client.load().profile
    except DocgenError:
        return {}
    values = {name: value_at(profile, name) for name in _FIELD.findall(rule)}
    return {name: shown(value, field_at(name)) for name, value in values.items() if value is not None}


def company_facts(path: Path) -> dict[str, str]:
    """The single facts of group `company` of a profile file, as typed, without reading the rest: enough to name
    its folder. Nothing for a file that cannot be read; the build says why."""
    from docgen.profile.profile import Profile
    from docgen.profile.reading import MAX_BYTES, read_head

    field = fields_of(Profile)["company"]
    if field.part is None:
        return {}
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        return {}
    names = {info.label: name for name, info in fields_of(field.part).items()}
    found = read_head(raw, (field.name, field.label)) if len(raw) <= MAX_BYTES else {}
    return {f"company.{names.get(key, key)}": text for key, text in found.items()}
