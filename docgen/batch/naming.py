"""The folder of every client: by rule, safe on every system, no two alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.batch.state import owner_of
from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity
from docgen.profile.describe import field_at, fields_of
from docgen.profile.words import HALF_WIDTH
from docgen.publish import company_folder, safe_name

if TYPE_CHECKING:
    from docgen.batch.sources import Client

CODE_LENGTH = 18  # of a unified social credit code
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


def place_clients(clients: Iterable[Client], rule: str = "", output: Path | None = None) -> list[Client]:
    """The clients with their folders; one that would share a folder gets its own and a note.

    Who has the name alone, and what is added for the others, depends neither on the order of the run nor on who else
    is in it: a client keeps the folder below `output` that an earlier run made for it.
    """
    named = [_named(client, rule) for client in clients]
    groups: dict[str, list[Client]] = {}
    for client in named:
        groups.setdefault(_key(client.folder), []).append(client)
    made: dict[tuple[str, int], Client] = {}
    taken = set(groups)
    for _, group in sorted(groups.items()):
        made |= _apart(sorted(group, key=lambda client: client.source), taken, output)
    return [_told_of_another(made[client.source], output) for client in named]


def built_folders(clients: Iterable[Client], output: Path) -> list[tuple[Client, Path]]:
    """The clients with the folders below `output` that hold their sets, by the record in the folder, whatever the rule
    it was named by; where there is none, the folder a build would make."""
    owners = {owner: folder for folder in sorted(output.glob("*/")) if (owner := owner_of(folder))}
    found = []
    for client in place_clients(clients, output=output):
        usual = output / client.folder
        mine = owner_of(usual) in (client.identity, "") or client.identity not in owners
        found.append((client, usual if mine else owners[client.identity]))
    return found


def client_of(folder: Path, clients: Iterable[Client]) -> Client | None:
    """Which of the clients a folder's set was made for."""
    found = built_folders(clients, folder.parent)
    return next((client for client, place in found if place.resolve() == folder.resolve()), None)


def _told_of_another(client: Client, output: Path | None) -> Client:
    """A note where the folder's set was made for a company of another credit code: a corrected code, or a namesake."""
    owner = _owner(output, client.folder) or ""
    if owner == client.identity or len(owner) != CODE_LENGTH or len(client.identity) != CODE_LENGTH:
        return client
    values = {"folder": client.folder, "owner": owner, "code": client.identity}
    told = Diagnostic("B017", Severity.WARNING, Place(str(client.path), client.line), values)
    return replace(client, notes=(*client.notes, told))


def _named(client: Client, rule: str) -> Client:
    facts = client.facts()
    code = facts.get("company.unified_social_credit_code", "").translate(HALF_WIDTH).replace(" ", "").upper()
    industry = facts.get("company.industry", "")
    return replace(client, folder=_folder(client, facts, rule), industry=industry, identity=code or _mark(client))


def _mark(client: Client) -> str:
    return blake2b(repr(client.source).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def _apart(group: list[Client], taken: set[str], output: Path | None) -> dict[tuple[str, int], Client]:
    """Folders of their own for clients of one name, given in the order of their sources."""
    folders: dict[tuple[str, int], str] = {}
    left: list[Client] = []
    for client in group:
        names = _other_names(client, group, taken)
        kept = next((name for name in names if _owner(output, name) == client.identity), "")
        if kept:
            folders[client.source] = kept
            taken.add(_key(kept))
        else:
            left.append(client)
    if len(left) > 1:
        owner = _owner(output, left[0].folder)
        left.sort(key=lambda client: client.identity != owner)
    for client in left[1:]:
        names = _other_names(client, group, taken)
        # earlier versions did not record whose a folder is
        folder = next((name for name in names if _owner(output, name) == ""), names[0])
        folders[client.source] = folder
        taken.add(_key(folder))
    return {client.source: _moved(client, folders.get(client.source, ""), left) for client in group}


def _other_names(client: Client, group: list[Client], taken: set[str]) -> list[str]:
    """What the folder may be called where the name alone is another's: the last is no other client's in any case."""
    alike = sum(other.identity == client.identity for other in group) > 1
    tails = [] if alike or client.identity == _mark(client) else [client.identity]
    tails += [client.tail, f"{client.tail} {_mark(client)}"]
    names = (safe_name(f"{client.folder} ({tail})") for tail in tails)
    return [name for name in names if _key(name) not in taken]


def _owner(output: Path | None, name: str) -> str | None:
    return None if output is None else owner_of(output / name)


def _moved(client: Client, folder: str, left: list[Client]) -> Client:
    if not folder:
        return client
    notes = client.notes
    if left:
        values = {"other": left[0].key, "name": client.folder, "made": folder}
        notes = (*notes, Diagnostic("B013", Severity.NOTE, Place(str(client.path), client.line), values))
    return replace(client, folder=folder, notes=notes)


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
