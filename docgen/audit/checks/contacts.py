"""C33: hotline, e-mail, site and address are the same everywhere and valid in form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from docgen.audit.facts import Mention
from docgen.audit.subject import Subject, finding, open_question, squeeze
from docgen.diagnostics import Diagnostic, Severity

_PROFILE = {"hotline": "hotline", "email": "email", "site": "site"}


def contacts(subject: Subject) -> Iterator[Diagnostic]:
    """Hotlines, mail domains, sites and labelled addresses against the profile, else against the majority."""
    yield from _malformed(subject)
    facts = subject.facts.contacts
    if not facts["hotline"] and not facts["phone"] and subject.complete:
        yield open_question("C33.open")
    own_digits = {re.sub(r"\D", "", text) for text in subject.own}
    for key in ("hotline", "email", "site"):
        mentions = facts[key]
        if not mentions:
            continue
        if subject.profile is not None:
            joined = " ".join(subject.own).lower()
            wrong = [
                m for m in mentions
                if (m.value not in own_digits if key == "hotline" else not _known(m.value, joined))
            ]  # fmt: skip
            expected = _expected(subject, key)
        else:
            wrong, expected = _minority(key, mentions)
        for mention in _once(wrong):
            yield finding(
                f"C33.{key}", mention.document, mention.paragraph, read=mention.shown, expected=expected or "—",
                severity=Severity.ERROR,
            )  # fmt: skip
    yield from _addresses(subject)


def _known(value: str, own: str) -> bool:
    return value in own or value.removeprefix("www.") in own


def _expected(subject: Subject, key: str) -> str:
    if subject.profile is None:
        return ""
    service, company = subject.profile.service, subject.profile.company
    value = {"hotline": service.hotline, "email": service.complaint_email or company.email, "site": company.website}
    return value[key] or ""


def _minority(key: str, mentions: list[Mention]) -> tuple[list[Mention], str]:
    """Without a profile: the value most documents show is right. E-mail: boxes of one domain are one value."""

    def shape(value: str) -> str:
        if key == "email":
            return value.partition("@")[2]
        return value.removeprefix("www.").partition("/")[0] if key == "site" else value

    votes: Counter[str] = Counter()
    for mention in mentions:
        votes[shape(mention.value)] += 1
    best = votes.most_common(1)[0][0]
    expected = next(m.shown for m in mentions if shape(m.value) == best)
    return [m for m in mentions if shape(m.value) != best], expected


def _once(mentions: list[Mention]) -> Iterator[Mention]:
    seen: set[tuple[str, str]] = set()
    for mention in mentions:
        mark = (mention.document.path, mention.value)
        if mark not in seen:
            seen.add(mark)
            yield mention


def _malformed(subject: Subject) -> Iterator[Diagnostic]:
    for document in subject.documents:
        for paragraph in document.paragraphs:
            if paragraph.kind not in ("text", "cell", "heading"):
                continue
            for name in ("phone_malformed", "email_malformed"):
                match = subject.words.re(name).search(paragraph.text)
                if match:
                    yield finding("C33.form", document, paragraph, read=match.group().strip())


def _addresses(subject: Subject) -> Iterator[Diagnostic]:
    """Addresses beside a label of the company itself; those of outlets and partners are their own."""
    words = subject.words
    mentions = []
    for mention in subject.facts.contacts["address"]:
        quote = mention.quote
        label = _label(mention)
        if words.re("address_other").search(label + mention.heading.rpartition(" > ")[2]):
            continue
        if words.re("address_label").search(label) or words.re("address_label").search(quote[:12]):
            mentions.append(mention)
    if not mentions:
        return
    if subject.profile is not None:
        own = squeeze(" ".join(subject.own))
        wrong = [m for m in mentions if m.value not in own]
        expected = subject.profile.company.business_address or subject.profile.company.registered_address or ""
    else:
        votes = Counter(m.value for m in mentions)
        expected = votes.most_common(1)[0][0]
        wrong = [m for m in mentions if m.value != expected and m.value not in expected and expected not in m.value]
    for mention in _once(wrong):
        yield finding("C33.address", mention.document, mention.paragraph, read=mention.shown, expected=expected or "—")


def _label(mention: Mention) -> str:
    """The cell before, in a table; the words before, in a sentence."""
    paragraph = mention.paragraph
    if paragraph is None or paragraph.table < 0:
        return mention.quote.partition(mention.shown)[0][-16:]
    for row in mention.document.tables[paragraph.table].rows:
        for left, right in pairwise(row):
            if right.strip() == paragraph.text.strip():
                return left
    return ""
