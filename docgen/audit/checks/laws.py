"""C21, C22, C34: law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.audit.checks.tables import below, cell, data_rows, head_row
from docgen.audit.model import AuditDocument, Table
from docgen.audit.subject import Subject, finding, open_question
from docgen.catalogue import StatutoryTerm
from docgen.diagnostics import Diagnostic, Severity


def law_list(subject: Subject) -> Iterator[Diagnostic]:
    """C21: nothing outdated is cited; the list has numbers, dates, what each demands, and the trade's own laws."""
    words = subject.words
    patterns = [(re.compile(o.pattern), o) for o in subject.catalogue.outdated]
    allowed = words.re("law_allowed")
    for document in subject.documents:
        seen: set[str] = set()
        for paragraph in document.live():
            if not re.search("GB|SB|法|令|总局", paragraph.text):
                continue
            row = _row(document, paragraph.table, paragraph.text)
            for pattern, entry in patterns:
                match = pattern.search(paragraph.text)
                if match and entry.id not in seen and not allowed.search(row or paragraph.text):
                    seen.add(entry.id)
                    new = "、".join(
                        subject.catalogue.laws[i].title for i in entry.replaced_by if i in subject.catalogue.laws
                    )
                    yield finding(
                        "C21.outdated", document, paragraph, read=match.group(), expected=new or "—", note=entry.note
                    )
    lists = list(_lists(subject))
    if not lists:
        if subject.complete:
            yield finding("C21.none", None)
        return
    for document, table in lists:
        yield from _rows(subject, document, table)
    yield from _missing(subject, lists)


def _row(document: AuditDocument, table: int, text: str) -> str:
    if table < 0:
        return ""
    return next((" ".join(r) for r in document.tables[table].rows if any(text in c for c in r)), "")


def _lists(subject: Subject) -> Iterator[tuple[AuditDocument, Table]]:
    words = subject.words
    for document, table in subject.tables():
        where = document.title + table.caption + table.heading.rpartition(" > ")[2] + table.sheet
        if not words.re("law_list_title").search(where) or document.kind == "form":
            continue
        head = head_row(table, words.re("law_head"))
        if head < 0:
            continue
        inner = below(table, head)
        if len(inner.rows) > 3 and inner.column(words.re("law_number_head")) >= 0:
            yield document, inner


def _rows(subject: Subject, document: AuditDocument, table: Table) -> Iterator[Diagnostic]:
    """Each row says which edition it is: a number or a date."""
    words = subject.words
    title = table.column(words.re("law_title_head"))
    if title < 0:
        title = table.column(words.re("law_head"))
    wanted = [
        c
        for c, h in enumerate(table.head)
        if c != title and (words.re("law_number_head").search(h) or words.re("law_date_head").search(h))
    ]
    if document.id == "manual" or (subject.generated and not document.edited):
        return
    for row in data_rows(table):
        if cell(row, title) and wanted and not any(cell(row, c).strip("—-/ ") for c in wanted):
            yield finding("C21.row", document, None, " ".join(row), heading=table.heading, read=cell(row, title))


def _missing(subject: Subject, lists: list[tuple[AuditDocument, Table]]) -> Iterator[Diagnostic]:
    text = _plain("\n".join(c for _, t in lists for row in t.rows for c in row))
    document, table = max(lists, key=lambda entry: len(entry[1].rows))
    if not subject.industry:
        yield open_question("C21.open")
        return
    from docgen.context.conditions import conditions

    flags: list[str] = []
    extra: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    classes: list[str] = []
    deleted: set[str] = set()
    if subject.profile is not None:
        deleted = {d.clause for d in subject.profile.certification.deletions if d.clause and not d.part}
        flags = [name for name, held in conditions(subject.profile).items() if held]
        extra, drop = subject.profile.laws.extra, subject.profile.laws.drop
        classes = [p.statutory_class for p in subject.profile.products if p.statutory_class]
    for law in subject.catalogue.applicable_laws(subject.industry, flags, extra, drop, classes):
        if law.clauses and law.id not in extra and not set(law.clauses) - deleted:
            continue  # asked for nothing the company does
        title = _plain(re.sub(r"^中华人民共和国", "", law.title))
        number = _plain(law.number).partition("-")[0]
        if title and title not in text and not (law.is_standard and number and number in text):
            severity = (
                Severity.WARNING
                if law.is_standard or law.in_doubt or law.confidence.value == "company"
                else Severity.ERROR
            )
            yield finding(
                "C21.missing",
                document,
                None,
                " ".join(table.head),
                heading=table.heading,
                severity=severity,
                read=law.title,
            )


def _plain(text: str) -> str:
    return re.sub(r"[\s　《》—–－-]", "", text)


_MONTHS = re.compile(r"(\d+)\s*(?:个)?\s*(月|年)|([一二两三四五六])\s*年|半年")
_CHINESE = {c: n for n, c in enumerate("零一二三四五六")} | {"两": 2}


def months(text: str) -> float | None:
    """The first span in months."""
    match = _MONTHS.search(text)
    if not match:
        return None
    if match.group() == "半年":
        return 6
    if match.group(3):
        return _CHINESE[match.group(3)] * 12.0
    return float(match.group(1)) * (12 if match.group(2) == "年" else 1)


def legal_minimum(subject: Subject) -> Iterator[Diagnostic]:
    """C22: no product has less than the law gives it."""
    terms: dict[str, StatutoryTerm] = {}
    for industry in subject.catalogue.industries():
        terms |= {entry.name: entry for entry in industry.statutory if entry.mandatory}
    given = {}
    if subject.profile is not None:
        by_id = {t.id: t for t in terms.values()}
        given = {
            p.name: by_id[p.statutory_class] for p in subject.profile.products if p.name and p.statutory_class in by_id
        }
    words = subject.words
    checked = False
    for document, table in subject.tables():
        head = head_row(table, words.re("warranty_head"))
        if head < 0 or document.kind == "form":
            continue
        inner = below(table, head)
        product = inner.column(words.re("product_head"))
        if product < 0 or words.re("wear_table").search(
            inner.heading.rpartition(" > ")[2] + inner.caption + document.title
        ):
            continue
        main = [c for c, h in enumerate(inner.head) if words.re("main_parts_head").search(h)]
        whole = [
            c
            for c, h in enumerate(inner.head)
            if words.re("warranty_head").search(h) and c not in main and not words.re("wear_head").search(h)
        ]
        for row in data_rows(inner):
            name = cell(row, product)
            term: StatutoryTerm | None = given.get(name) or next(
                (t for n, t in terms.items() if n in name or (len(name) >= 2 and name in n)), None
            )
            if term is None:
                continue
            checked = True
            for kind, chosen, least in (
                ("whole", whole[:1], term.whole_months),
                ("main", main[:1], term.main_parts_months),
            ):
                for column in chosen:
                    told = months(cell(row, column).rpartition("：")[2])
                    if told is not None and least is not None and told < least:
                        yield finding(
                            "C22.below",
                            document,
                            None,
                            " ".join(row),
                            heading=inner.heading,
                            product=name,
                            part=kind,
                            read=cell(row, column),
                            expected=str(least),
                        )
    names = sorted({*terms, *given}, key=len, reverse=True)
    for document, paragraph, sentence in subject.prose():
        if (
            paragraph.table >= 0
            or not words.re("warranty_word").search(sentence)
            or words.re("wear_head").search(sentence)
        ):
            continue
        for name in names:
            if name in sentence:
                rule = given.get(name) or terms[name]
                told = months(sentence[sentence.find(name) :])
                checked = True
                if (
                    told is not None
                    and rule.whole_months
                    and told < rule.whole_months
                    and not words.re("repair_warranty").search(sentence)
                ):
                    yield finding(
                        "C22.below",
                        document,
                        paragraph,
                        sentence,
                        product=name,
                        part="whole",
                        read=f"{told:g}",
                        expected=str(rule.whole_months),
                    )
                break
    yield from _against_profile(subject)
    if not checked and subject.profile is None and subject.complete:
        yield open_question("C22.open")


def _against_profile(subject: Subject) -> Iterator[Diagnostic]:
    """Warranty tables say what the profile says."""
    if subject.profile is None:
        return
    words = subject.words
    products = {p.name: p for p in subject.profile.products if p.name}
    for document, table in subject.tables():
        if document.kind == "form":
            continue
        product, whole = table.column(words.re("product_head")), table.column(words.re("whole_head"))
        if (
            product < 0
            or whole < 0
            or words.re("wear_table").search(table.heading.rpartition(" > ")[2] + table.caption + document.title)
        ):
            continue
        for row in data_rows(table):
            own = products.get(cell(row, product))
            told = months(cell(row, whole))
            if own is not None and own.warranty_months and told is not None and told != own.warranty_months:
                yield finding(
                    "C22.profile",
                    document,
                    None,
                    " ".join(row),
                    heading=table.heading,
                    product=own.name,
                    read=cell(row, whole),
                    expected=str(own.warranty_months),
                )


def take_back(subject: Subject) -> Iterator[Diagnostic]:
    """C34: discarded goods: the rule for electric ones and a qualified recycler, or a rule of one's own."""
    words = subject.words
    pattern = words.map("topics")["take_back"]
    documents = [d for d in subject.documents if d.kind in ("procedure", "policy") and pattern.search(d.title)]
    manual = [d for d in subject.documents if d.kind == "manual"]
    if not documents and not subject.complete:
        return
    where = documents or manual
    if not where:
        return
    text = "\n".join(d.text for d in where)
    electric = (
        "electric" in subject.catalogue.industry(subject.industry).traits
        if subject.industry
        else bool(words.re("electric").search(text))
    )
    if not words.re("waste_rule").search(text) or not pattern.search(text):
        deleted = any(str(c).startswith("5.2.6") for c in subject.manifest.get("deleted_clauses", ()))
        if not deleted:
            yield finding("C34.none", where[0], severity=Severity.WARNING)
        return
    whole = "\n".join(d.text for d in subject.documents if d.kind != "form") if electric else text
    if electric and not words.re("take_back_law").search(text if documents else whole):
        yield finding("C34.law", where[0], severity=Severity.WARNING)
    if electric and not words.re("qualified").search(text):
        yield finding("C34.recycler", where[0], severity=Severity.WARNING)
