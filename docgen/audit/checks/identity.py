"""C01, C03, C39: whose documents these are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from docgen.audit.model import AuditDocument, Paragraph
from docgen.audit.subject import Subject, clip, finding, open_question, squeeze
from docgen.diagnostics import Diagnostic, Severity

_ALIKE = 0.72
_EVERYWHERE = ("text", "heading", "cell", "deleted", "comment", "hidden", "alt", "contents", "unfilled")


def foreign_traces(subject: Subject) -> Iterator[Diagnostic]:
    """C01: names, numbers and codes of other companies, known ones and those that only look like it."""
    if not subject.others and subject.profile is None:
        yield open_question("C01.open")
    yield from _known_others(subject)
    yield from _companies(subject)
    yield from _numbers(subject)
    if subject.profile is not None:
        yield from _people(subject)


def _known_others(subject: Subject) -> Iterator[Diagnostic]:
    own = "\n".join(subject.own)
    traces = [
        (kind, text, other.name) for other in subject.others for kind, texts in other.traces.items() for text in texts
        if text not in own
    ]  # fmt: skip
    if not traces:
        return
    for document in subject.documents:
        whole = "\n".join(p.text for p in document.paragraphs if p.kind in _EVERYWHERE)
        inside = "\n".join(document.properties.values())
        for kind, text, name in traces:
            if text in whole:
                for paragraph in document.paragraphs:
                    if text in paragraph.text and _really(subject, kind, text, paragraph):
                        yield finding("C01.known", document, paragraph, trace=kind, read=text, company=name)
            elif text in inside and kind != "person":
                yield finding("C01.property", document, None, text, trace=kind, read=text, company=name)


def _really(subject: Subject, kind: str, text: str, paragraph: Paragraph) -> bool:
    """A name of two characters counts only where it stands alone or beside a title."""
    if kind != "person" or len(text) > 2:
        return True
    if paragraph.text.strip() == text:
        return True
    return bool(re.search(subject.words.raw("person_title") + r"[^。；，]{0,4}" + re.escape(text), paragraph.text))


def company_names(subject: Subject, text: str) -> Iterator[str]:
    """Names of companies in a text, freed of the words before them."""
    connector = subject.words.raw("company_connector")
    left = re.compile(rf"^.*{subject.words.raw('company_left')}(?=.{{6}})")
    before_place = re.compile(rf"^.*{connector}(?=[\u4e00-\u9fa5]{{2,6}}?(?:省|市|自治区))")
    for match in subject.words.re("company").finditer(text):
        name = before_place.sub("", left.sub("", match.group()))
        name = re.sub(rf"^{connector}(?=.{{6}})", "", name)
        name = name.lstrip("（(）)")
        if len(re.sub("(?:股份|有限|责任|集团|公司)+$", "", name)) >= 3 and name.count("（") == name.count("）"):
            yield name


def own_name(subject: Subject) -> str:
    """The profile's or manifest's full name; else the name most documents carry."""
    if subject.profile is not None and subject.profile.company.full_name:
        return subject.profile.company.full_name
    if subject.manifest.get("company"):
        return str(subject.manifest["company"])
    votes: Counter[str] = Counter()
    for document in subject.documents:
        front = [p.text for p in document.paragraphs[:25]] + document.header.splitlines()
        votes.update({name for text in front for name in company_names(subject, text)})
        votes.update(set(company_names(subject, document.text)))
    return votes.most_common(1)[0][0] if votes else ""


def _companies(subject: Subject) -> Iterator[Diagnostic]:
    own = own_name(subject)
    if not own:
        return
    texts = squeeze("\n".join(subject.own))
    provider = subject.words.re("provider")
    for document in subject.documents:
        seen: set[str] = set()
        for paragraph in document.paragraphs:
            if "公司" not in paragraph.text:
                continue
            for name in company_names(subject, paragraph.text):
                if name in seen or name.endswith(own) or own.endswith(name) or _alike(name, own, subject):
                    continue
                if squeeze(name) in texts or any(squeeze(name).endswith(t) for t in _own_companies(subject)):
                    continue
                seen.add(name)
                margin = paragraph.where in ("header", "footer")
                if subject.profile is not None or margin:
                    severity = Severity.ERROR
                elif provider.search(_around(document, paragraph)):
                    continue
                else:
                    severity = Severity.ERROR if _speaks_as_us(paragraph.text, name) else Severity.WARNING
                yield finding("C01.company", document, paragraph, severity=severity, read=name, own=own)


def _own_companies(subject: Subject) -> list[str]:
    return [t for text in subject.own for t in company_names(subject, text)]


def _around(document: AuditDocument, paragraph: Paragraph) -> str:
    text = paragraph.text + paragraph.heading
    if paragraph.table >= 0:
        table = document.tables[paragraph.table]
        text += table.caption + " ".join(table.head)
        text += " ".join(next((r for r in table.rows if any(paragraph.text in c for c in r)), []))
    return text


def _speaks_as_us(text: str, name: str) -> bool:
    return bool(re.search(rf"{re.escape(name)}[^。]{{0,12}}(?:本公司|手册|程序|制度|发布|颁布|编制|售后)", text))


def _alike(name: str, own: str, subject: Subject) -> bool:
    """A spelling of the own name, which is C03's matter: the core is there, the rest nearly."""
    if name == own:
        return True
    core = _core(subject, own)
    return (bool(core) and core in name) or SequenceMatcher(None, name, own).ratio() >= _ALIKE


def _core(subject: Subject, own: str) -> str:
    """The words of the name that are the company's alone: what full and short name share, less the trade."""
    short = (subject.profile.company.short_name if subject.profile else "") or ""
    if short:
        shared = SequenceMatcher(None, own, short).find_longest_match()
        text = own[shared.a : shared.a + shared.size]
        brand = (
            next((p.brand for p in subject.profile.products if p.brand and p.brand in text), "")
            if subject.profile
            else ""
        )
        return brand or (text[:2] if len(text) >= 2 else "")
    text = re.sub(r"^.{2,8}?[省市区县]", "", own)
    text = text[2:] if text == own and len(own) > 8 else text
    return text[:2]


def _numbers(subject: Subject) -> Iterator[Diagnostic]:
    words = subject.words
    own = "\n".join(subject.own)
    codes: Counter[str] = Counter()
    prefixes: Counter[str] = Counter()
    found: list[tuple[str, str, AuditDocument, Paragraph]] = []
    for document in subject.documents:
        seen: set[str] = set()
        for paragraph in document.paragraphs:
            for match in words.re("credit_code").finditer(paragraph.text):
                codes[match.group()] += 1
                found.append(("credit_code", match.group(), document, paragraph))
            for match in words.re("number_prefix").finditer(paragraph.text):
                prefixes[match.group(1)] += 1
                if match.group(1) not in seen:
                    seen.add(match.group(1))
                    found.append(("prefix", match.group(1), document, paragraph))
            if subject.profile is not None and paragraph.kind in _EVERYWHERE:
                for match in words.re("phone").finditer(paragraph.text):
                    if not re.sub(r"\D", "", match.group()).startswith(("400", "800")):
                        found.append(("phone", match.group(), document, paragraph))
    own_prefix = (subject.profile.company.code if subject.profile else "") or (prefixes.most_common(1) or [("", 0)])[0][
        0
    ]
    own_code = codes.most_common(1)[0][0] if codes else ""
    own_digits = {re.sub(r"\D", "", t) for t in subject.own}
    for kind, text, document, paragraph in found:
        if kind == "credit_code":
            right = text in own if subject.profile is not None else text == own_code
        elif kind == "prefix":
            right = text == own_prefix or prefixes[text] > 0.25 * prefixes[own_prefix] or text in own
        else:
            right = re.sub(r"\D", "", text) in own_digits
        if not right:
            yield finding(f"C01.{kind}", document, paragraph, read=text)


def _people(subject: Subject) -> Iterator[Diagnostic]:
    """A name beside a title that is nobody of the profile."""
    words = subject.words
    own = "\n".join(subject.own)
    pattern = re.compile(
        rf"(?:{words.raw('person_title')})\s*[：:（(]?\s*(?P<name>{words.raw('person')})(?=$|[\s，。；、（）()：:]|签[字名章发]|为)"
    )
    signs = [words.re(n) for n in ("prepared", "reviewed", "approved")]
    alone = re.compile(rf"^{words.raw('person')}$")
    strange = words.re("not_person")
    for document in subject.documents:
        seen: set[str] = set()
        for paragraph in document.live():
            for match in pattern.finditer(paragraph.text):
                name = match.group("name")
                if name not in own and not strange.search(name) and name not in seen:
                    seen.add(name)
                    yield finding("C01.person", document, paragraph, read=name)
        for table in document.tables:
            for row in table.rows:
                for left, right in pairwise(row):
                    name = right.strip()
                    if not alone.match(name) or not any(s.match(left.strip()) for s in signs):
                        continue
                    if name not in own and not strange.search(name) and name not in seen:
                        seen.add(name)
                        quote = f"{left} {name}"
                        yield finding("C01.person", document, None, quote, heading=table.heading, read=name)


def company_name(subject: Subject) -> Iterator[Diagnostic]:
    """C03: one full name, one short name."""
    own = own_name(subject)
    if not own:
        yield open_question("C03.open")
        return
    core = _core(subject, own)
    short = (subject.profile.company.short_name if subject.profile else "") or ""
    own_texts = squeeze("\n".join(subject.own))
    for document in subject.documents:
        seen: set[str] = set()
        for paragraph in document.paragraphs:
            if core and core not in paragraph.text and "公司" not in paragraph.text:
                continue
            for name in company_names(subject, paragraph.text):
                if name == own or name.endswith(own) or name in seen or squeeze(name) in own_texts:
                    continue
                if own.endswith(name) and len(name) >= 8 and not name.startswith(core or "\0"):
                    continue
                if own.endswith(name) or _alike(name, own, subject):
                    seen.add(name)
                    yield finding("C03.full", document, paragraph, read=name, expected=own)
            if core and len(core) >= 2:
                for match in re.finditer(
                    rf"{re.escape(core)}[\u4e00-\u9fa5]{{0,6}}?{subject.words.raw('company_loose')}", paragraph.text
                ):
                    name = match.group()
                    rest = paragraph.text[match.start() :]
                    if name in own or name in own_texts or name in seen or name == short or (short and short in name):
                        continue
                    if any(n.startswith(name) for n in company_names(subject, rest)):
                        continue
                    if not subject.profile and name.endswith("公司"):
                        continue
                    seen.add(name)
                    yield finding(
                        "C03.short", document, paragraph, severity=Severity.WARNING, read=name, expected=short or own
                    )


_SCOPE = re.compile(r"认证范围\s*(?:为|是|：|:)\s*[“\"]?([^。；”\"\n]{4,120})")


def scope(subject: Subject) -> Iterator[Diagnostic]:
    """C39: the scope reads the same everywhere and does not claim what the licence lacks."""
    found: list[tuple[str, AuditDocument, str, Paragraph | None]] = []
    for document in subject.documents:
        for paragraph in document.live():
            for match in _SCOPE.finditer(paragraph.text):
                found.append((match.group(1), document, paragraph.text, paragraph))
        for table in document.tables:
            for row in table.rows:
                for left, right in pairwise(row):
                    if re.match(r"^\s*(?:申请)?认证范围\s*$", left) and 4 <= len(right) <= 200 and right != left:
                        found.append((right, document, f"{left}：{right}", None))
    own = subject.profile.certification.scope if subject.profile else None
    if not found:
        if subject.complete and not own:
            yield open_question("C39.open")
    else:
        plain = Counter(_plain(text) for text, *_ in found)
        expected = _plain(own) if own else plain.most_common(1)[0][0]
        shown = own or next(t for t, *_ in found if _plain(t) == expected)
        seen: set[str] = set()
        for text, document, quote, where in found:
            if _plain(text) != expected and document.path not in seen:
                seen.add(document.path)
                yield finding("C39.differs", document, where, quote, read=clip(text), expected=clip(shown))
    yield from _licence(subject, own or (found[0][0] if found else ""))


def _plain(text: str) -> str:
    return re.sub(r"[\s，,、。（）()“”\"]", "", text)


_DEEDS = ("生产", "制造", "加工", "维修", "安装", "租赁", "设计", "研发", "运输", "施工")


def _licence(subject: Subject, text: str) -> Iterator[Diagnostic]:
    licence = (subject.profile.company.business_scope if subject.profile else "") or ""
    where: AuditDocument | None = None
    if not licence:
        for document in subject.documents:
            for table in document.tables:
                for row in table.rows:
                    for left, right in pairwise(row):
                        if "经营范围" in left and len(right) > 6 and right != left:
                            licence, where = right, document
    if not licence or not text:
        return
    missing = [deed for deed in _DEEDS if deed in text and deed not in licence]
    same = {"生产": "制造", "制造": "生产", "研发": "开发", "加工": "制造"}
    missing = [deed for deed in missing if same.get(deed, "\0") not in licence]
    if missing:
        yield finding("C39.licence", where, None, text, read="、".join(missing), licence=clip(licence))
