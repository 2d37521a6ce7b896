"""Typed mentions read from the text: time limits, counts, return days, contacts. Each keeps its sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import field
from itertools import pairwise
from typing import TYPE_CHECKING

from docgen.audit.limits import limits_of_row, limits_of_sentence, number_of
from docgen.audit.model import AuditDocument, Paragraph, Table
from docgen.audit.words import Words
from docgen.records import dataclass

if TYPE_CHECKING:
    from docgen.audit.subject import Subject

_OUTSIDE = re.compile(r"[。；;\n]")


@dataclass(frozen=True, slots=True)
class Mention:
    """One fact as a document states it. `value` compares, `shown` is how it reads."""

    key: str
    value: str
    shown: str
    document: AuditDocument
    quote: str
    paragraph: Paragraph | None = None
    heading: str = ""


@dataclass(slots=True)
class Facts:
    """All mentions by group, then key."""

    limits: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    counts: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    returns: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    contacts: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))


def read_facts(subject: Subject) -> Facts:
    """Read every document once."""
    facts = Facts()
    words = subject.words
    for document in subject.documents:
        for paragraph in document.paragraphs:
            if paragraph.kind in ("text", "cell", "heading"):
                _contacts(facts, document, paragraph, words)
            if paragraph.kind not in ("text", "heading", "cell") or paragraph.where in ("header", "footer"):
                continue
            for sentence in paragraph.sentences():
                _sentence(facts, document, paragraph, sentence, words)
        if document.kind != "form":
            for table in document.tables:
                _table(facts, document, table, words)
    return facts


def _sentence(facts: Facts, document: AuditDocument, paragraph: Paragraph, sentence: str, words: Words) -> None:
    if any(c.isdigit() for c in sentence) or "半" in sentence or "小时" in sentence or "日" in sentence:
        heading = paragraph.heading.rpartition(" > ")[2]
        for key, value, shown in limits_of_sentence(sentence, heading, paragraph.heading, document, words):
            facts.limits[key].append(Mention(key, value, shown, document, sentence, paragraph, paragraph.heading))
        for key, number in counts_of(sentence, words):
            facts.counts[key].append(Mention(key, number, number, document, sentence, paragraph, paragraph.heading))
    for key, value, shown in returns_of(sentence, words):
        facts.returns[key].append(Mention(key, value, shown, document, sentence, paragraph, paragraph.heading))


def counts_of(sentence: str, words: Words) -> Iterator[tuple[str, str]]:
    """(count, number) of a sentence; samples, aims and lower bounds are no counts."""
    skip = words.re("count_skip")
    for key, pattern in words.map("counts").items():
        for match in pattern.finditer(sentence):
            clause = re.split("[，。；：]", sentence[: match.start()])[-1]
            if skip.search(clause[-24:] + match.group()):
                continue
            yield key, _number(next(g for g in match.groups() if g))


def _number(text: str) -> str:
    number = float(text.replace(",", ""))
    return str(int(number)) if number == int(number) else str(number)


def returns_of(sentence: str, words: Words) -> Iterator[tuple[str, str, str]]:
    """(return, days, words) of a sentence about giving goods back."""
    if not re.search("退货|换货|退换|更换|换新|运费", sentence):
        return
    for clause in re.split(r"[，,；;]", sentence):
        yield from _return_days(clause, words)
    if re.search("退|换", sentence):
        yield from _freight(sentence, words)


_FAULT = re.compile(r"质量问题|性能故障|故障|瑕疵|非人为")
_LONG = re.compile(r"返修|逾期|恢复|保修|质保|个月|回访|退款|审核|答复|处理|办结|寄出|发货|送达|收到|次")


def _return_days(clause: str, words: Words) -> Iterator[tuple[str, str, str]]:
    if _LONG.search(clause):
        return
    found = list(words.re("days").finditer(clause))
    if len(found) != 1:
        return
    days = number_of(found[0].group(1))
    if days is None or days > 90:
        return
    if "无理由" in clause:
        yield "no_reason", f"{days:g}", found[0].group()
        return
    if not _FAULT.search(clause) and not re.search(r"(?:天|日)内[^，]{0,10}(?:可|包|免费)?(?:以)?[退换]", clause):
        return
    exchange = re.search("换货|更换|换新|包换|可换", clause)
    back = re.search("退货|包退|可退", clause)
    if back:
        yield "return", f"{days:g}", found[0].group()
    elif exchange:
        yield "exchange", f"{days:g}", found[0].group()
    elif re.search("退换", clause):
        yield "return", f"{days:g}", found[0].group()


def _freight(sentence: str, words: Words) -> Iterator[tuple[str, str, str]]:
    for clause in re.split(r"[；;，,]", sentence):
        if not words.re("freight").search(clause):
            continue
        reason = "no_reason" if "无理由" in clause else "fault" if _FAULT.search(clause) else ""
        if not reason:
            continue
        company = words.re("freight_company").search(clause)
        customer = words.re("freight_customer").search(clause)
        if bool(company) != bool(customer):
            shown = (company or customer).group() if (company or customer) else ""  # type: ignore[union-attr]
            yield f"freight_{reason}", "company" if company else "customer", shown


def _table(facts: Facts, document: AuditDocument, table: Table, words: Words) -> None:
    for label, clause, key, value, shown in limits_of_row(table, document, words):
        facts.limits[key].append(Mention(key, value, shown, document, f"{label}：{clause}", None, table.heading))
    labels = words.map("count_labels")
    for row in table.rows:
        for left, right in pairwise(row):
            for key, pattern in labels.items():
                if pattern.match(left.strip()):
                    match = re.match(r"\s*([\d,]+(?:\.\d+)?)\s*(?:[人名家个处]|万元)?\s*$", right)
                    if match and match.group(1).strip(","):
                        shown = _number(match.group(1))
                        quote = f"{left.strip()} {right.strip()}"
                        facts.counts[key].append(Mention(key, shown, shown, document, quote, None, table.heading))


def _contacts(facts: Facts, document: AuditDocument, paragraph: Paragraph, words: Words) -> None:
    text = paragraph.text
    if not any(c.isdigit() or c == "@" or c == "." for c in text):
        return
    for match in words.re("phone").finditer(text):
        digits = re.sub(r"\D", "", match.group())
        kind = "hotline" if digits.startswith(("400", "800")) else "phone"
        _contact(facts, kind, digits, match.group(), document, paragraph)
    if "@" in text:
        for match in words.re("email").finditer(text):
            _contact(facts, "email", match.group().lower(), match.group(), document, paragraph)
    for match in words.re("site").finditer(text):
        bare = re.sub(r"^https?://", "", match.group().lower()).rstrip("/.")
        _contact(facts, "site", bare, match.group(), document, paragraph)
    if "号" in text:
        for match in words.re("address").finditer(text):
            _contact(facts, "address", "".join(match.group().split()), match.group(), document, paragraph)


def _contact(facts: Facts, key: str, value: str, shown: str, document: AuditDocument, paragraph: Paragraph) -> None:
    facts.contacts[key].append(Mention(key, value, shown, document, paragraph.text, paragraph, paragraph.heading))
