"""C08, C15, C42: tools, money, prices."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.audit.checks.tables import below, cell, columns, data_rows, dates_in, head_row, number
from docgen.audit.model import AuditDocument, Table
from docgen.audit.subject import Subject, finding, open_question, stated
from docgen.diagnostics import Diagnostic, Severity


def _equipment(subject: Subject) -> Iterator[tuple[AuditDocument, Table]]:
    words = subject.words
    for document, table in subject.tables():
        where = document.title + table.caption + table.heading.rpartition(" > ")[2] + table.sheet
        if not words.re("equipment_list").search(where):
            continue
        head = head_row(table, words.re("equipment_head"))
        if head < 0:
            continue
        inner = below(table, head)
        if inner.column(words.re("quantity_head")) >= 0 or inner.column(words.re("model_head")) >= 0:
            if words.re("parts_table").search(where) and not words.re("equipment_only").search(where):
                continue
            yield document, inner


def equipment_list(subject: Subject) -> Iterator[Diagnostic]:
    """C08: there is a list of tools and equipment, it is filled, measuring items have a calibration date."""
    lists = list(_equipment(subject))
    if not lists:
        if subject.complete:
            yield finding("C08.none", None)
        return
    words = subject.words
    filled = 0
    dated_anywhere = any(t.column(words.re("calibration_head")) >= 0 for _, t in lists)
    for document, table in lists:
        name, quantity, calibrated = columns(
            table, words.re("equipment_head"), words.re("quantity_head"), words.re("calibration_head")
        )
        dated = [i for i, h in enumerate(table.head) if words.re("calibration_head").search(h)]
        rows = [r for r in data_rows(table) if cell(r, name) and (cell(r, quantity) or quantity < 0)]
        filled += len(rows)
        for row in rows:
            kind = cell(row, table.column(words.re("kind_head")))
            if kind and "计量" not in kind:
                continue
            measuring = words.re("measuring").search(" ".join(row)) and not words.re("not_measuring").search(
                cell(row, name)
            )
            if (
                measuring
                and dated
                and not any(cell(row, i).strip("—-/ ") for i in dated)
                and not dates_in(subject, " ".join(row))
            ) or (measuring and calibrated < 0 and document.kind != "form" and not dated_anywhere):
                yield finding(
                    "C08.calibration", document, None, " ".join(row), heading=table.heading, read=cell(row, name)
                )
    if not filled and subject.complete:
        document, table = lists[0]
        yield finding("C08.empty", document, None, " ".join(table.head), heading=table.heading)


def budget(subject: Subject) -> Iterator[Diagnostic]:
    """C15: the lines add up, one total everywhere, something is set aside for special cases."""
    words = subject.words
    totals: dict[str, tuple[AuditDocument, str]] = {}
    found = False
    for document, table in subject.tables():
        where = document.title + table.caption + table.heading.rpartition(" > ")[2]
        item, amount = columns(table, words.re("item_head"), words.re("amount_head"))
        if (
            document.kind == "form"
            or not words.re("budget_table").search(where)
            or item < 0
            or amount < 0
            or item == amount
        ):
            continue
        if words.re("training_topic_head").search(" ".join(table.head)) and words.re("hours_head").search(
            " ".join(table.head)
        ):
            continue
        lines = [(cell(r, item), number(cell(r, amount)), r) for r in table.rows[1:]]
        sums = [
            (n, r)
            for label, n, r in lines
            if (n is not None and words.re("sum_row").match(r[0] if r else ""))
            or (n is not None and words.re("sum_row").match(label))
        ]
        values = [
            n
            for label, n, r in lines
            if n is not None and not words.re("sum_row").match(label) and not words.re("sum_row").match(r[0])
        ]
        if not sums or len(values) < 2:
            continue
        found = True
        total, row = sums[-1]
        if total is not None and abs(sum(values) - total) > 0.011:
            yield finding(
                "C15.sum",
                document,
                None,
                " ".join(row),
                heading=table.heading,
                read=f"{total:g}",
                expected=f"{sum(values):g}",
            )
        totals.setdefault(f"{total:g}", (document, " ".join(row)))
    budgets = subject.facts.counts["budget"]
    profile = subject.profile.resources.budget.total if subject.profile else None
    expected = f"{float(profile):g}" if profile else next(iter(totals), "") or (budgets[0].value if budgets else "")
    for mention in budgets:
        if expected and f"{float(mention.value):g}" != expected:
            yield stated("C15.total", mention, read=mention.shown, expected=expected)
    if expected and profile:
        for value, (document, quote) in totals.items():
            if value != expected:
                yield finding("C15.total", document, None, quote, read=value, expected=expected)
    if not subject.complete:
        return
    awaited = any(key.startswith("resources.budget") for d in subject.documents for key in d.gaps)  # C02 says so
    if not found and not budgets and not awaited:
        yield finding("C15.none", None)
    whole = "\n".join(d.text for d in subject.documents if d.kind != "form")
    if not words.re("reserve").search(whole):
        yield finding("C15.reserve", None)


def price_list(subject: Subject) -> Iterator[Diagnostic]:
    """C42: who takes money for service shows the prices."""
    words = subject.words
    told = [
        (d, p, s) for d, p, s in subject.prose()
        if d.kind != "form" and words.re("paid").search(s) and not words.re("deny").search(s)
    ]  # fmt: skip
    if not told:
        return
    for _, table in subject.tables(d for d in subject.documents if d.kind != "form"):
        priced = [i for i, head in enumerate(table.head) if words.re("price_head").search(head)]
        about = words.re("price_table").search(table.caption + table.heading + " ".join(table.head))
        if about and any(number(cell(row, i)) is not None for row in table.rows[1:] for i in priced):
            return
    if any(words.re("price").search(s) and words.re("paid_promise").search(s) for _, _, s in subject.prose()):
        return
    document, paragraph, sentence = told[0]
    if subject.complete or document.kind in ("procedure", "policy"):
        yield finding("C42.none", document, paragraph, sentence, severity=Severity.WARNING)


__all__ = ["budget", "equipment_list", "open_question", "price_list"]
