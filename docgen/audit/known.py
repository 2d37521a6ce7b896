"""What is known of other companies: the profiles and sets a consultant keeps beside this one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.audit.subject import Other, Subject
from docgen.diagnostics import DocgenError

if TYPE_CHECKING:
    from docgen.library import Library
    from docgen.profile.profile import Profile

_PERSON_FIELDS = re.compile(r"(?:\.|^)(?:name|head|legal_representative|prepared_by|reviewed_by|approved_by|teacher)$")
_PERSON_PLACES = re.compile(
    r"^(?:organization\.(?:top|manag|service_head|superv|people)|organization\.departments\[\d+\]\.head|staff\.cert|outlets\[\d+\]\.head|company\.(?:legal|contact\.name)|documents\.(?:prep|rev|app))"
)
_NAME = re.compile(r"^[\u4e00-\u9fa5]{2,4}$")
_LEAST_DIGITS = 8
_PUBLIC_DOMAINS = ("qq.com", "163.com", "126.com", "sina.com", "gmail.com", "outlook.com", "foxmail.com", "hotmail.com")


def profile_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Profiles named directly or lying in named folders."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.suffix in (".yaml", ".yml") and not p.name.startswith("."))
        elif path.suffix in (".yaml", ".yml"):
            yield path


def known_companies(known: Iterable[Path], own: Sequence[Path], library: Library) -> list[Other]:
    """The traces of every other profile; profiles in the own profile's folder count too. `own` are the files the own
    profile is made from."""
    from docgen.profile.loading import load_profile

    files = list(profile_files(known))
    files += profile_files({path.parent for path in own if path.parent.is_dir()})
    mine = {path.resolve() for path in own}
    found: dict[Path, Other] = {}
    for path in files:
        place = path.resolve()
        if place in mine or place in found:
            continue
        try:
            profile = load_profile(path).profile
        except DocgenError:
            continue
        if profile.company.full_name or profile.company.short_name:
            found[place] = Other(profile.company.full_name or profile.company.short_name or path.stem, traces(profile))
    return list(found.values())


def traces(profile: Profile) -> dict[str, frozenset[str]]:
    """What betrays a company: names, brands, people, numbers, addresses, domains, models."""
    from docgen.profile.walking import leaves

    found: dict[str, set[str]] = {
        k: set() for k in ("company", "brand", "person", "phone", "credit_code", "address", "domain", "code")
    }
    company = profile.company
    found["company"] |= {t for t in (company.full_name, company.short_name, company.english_name) if t and len(t) >= 3}
    found["brand"] |= {p.brand for p in profile.products if p.brand and len(p.brand) >= 3}
    found["brand"] |= {m for p in profile.products for m in p.models if len(m) >= 5}
    if company.unified_social_credit_code:
        found["credit_code"].add(company.unified_social_credit_code)
    for path, info, value in leaves(profile):
        text = str(value)
        if info.form == "phone" and len(re.sub(r"\D", "", text)) >= _LEAST_DIGITS:
            found["phone"].add(text)
        elif _PERSON_FIELDS.search(path) and _PERSON_PLACES.match(path) and _NAME.match(text):
            found["person"].add(text)
        elif path.endswith("address") and len(text) >= 8:
            found["address"].add(text)
        elif info.form in ("email", "url"):
            domain = re.sub(r"^(?:https?://|.*@)(?:www\.)?", "", text).partition("/")[0]
            if "." in domain and domain not in _PUBLIC_DOMAINS:
                found["domain"].add(domain)
    if company.code and len(company.code) >= 2:
        found["code"] |= {f"{company.code}-{kind}-" for kind in ("SC", "CX", "GF", "ZD", "JH", "JL", "QD")}
    return {kind: frozenset(texts) for kind, texts in found.items() if texts}


def known_texts(known: Iterable[Path], root: Path, subject: Subject) -> dict[str, str]:
    """What other clients' sets say about themselves, by folder name: folders with documents among `known`, and the
    company folders that lie beside each other in an output folder."""
    from docgen.audit.checks.similarity import own_text
    from docgen.audit.folder import read_folder
    from docgen.publish.manifest import MANIFEST

    pattern = subject.words.re("own_heading")
    folders: list[Path] = []
    for path in known:
        if path.is_dir():
            inner = [p.parent for p in sorted(path.glob(f"*/{MANIFEST}"))]
            folders += inner or ([path] if any(path.glob("*.docx")) or (path / MANIFEST).exists() else [])
    found = {}
    for folder in folders:
        if folder.resolve() == root.resolve():
            continue
        documents, _ = read_folder(folder)
        found[folder.name] = own_text(((p.heading, p.text) for d in documents for p in d.live()), pattern)
    return found
