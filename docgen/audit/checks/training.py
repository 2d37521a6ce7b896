"""C16: the training plan adds up and covers what must be taught."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.audit.checks.tables import cell, columns, data_rows, number
from docgen.audit.model import AuditDocument, Table
from docgen.audit.subject import Subject, finding, open_question
from docgen.diagnostics import Diagnostic, Severity

_TEN_THOUSAND = 10_000


def training_plan(subject: Subject) -> Iterator[Diagnostic]:
    """Totals of hours and money, the topics, the months, the head counts, the budget line."""
    words = subject.words
    plans = subject.about("training", kinds=("plan",))
    if not plans:
        if subject.complete:
            yield finding("C16.none", None)
        return
    for plan in plans:
        tables = [
            t
            for t in plan.tables
            if t.column(words.re("training_topic_head")) >= 0 and t.column(words.re("hours_head")) >= 0
        ]
        if not tables:
            yield open_question("C16.open", document=plan.title)
            continue
        for table in tables:
            yield from _sums(subject, plan, table)
            yield from _months(subject, plan, table)
        topics = plan.text
        for topic, pattern in words.map("training_topics").items():
            if not pattern.search(topics):
                yield finding("C16.topic", plan, None, plan.title, topic=topic)
        yield from _line(subject, plan, tables)


def _sums(subject: Subject, plan: AuditDocument, table: Table) -> Iterator[Diagnostic]:
    words = subject.words
    topic = table.column(words.re("training_topic_head"))
    hours, cost = columns(table, words.re("hours_head"), words.re("cost_head"))
    rows = [
        r
        for r in data_rows(table)
        if cell(r, topic) and not words.re("sum_row").match(cell(r, topic)) and not words.re("sum_row").match(r[0])
    ]
    totals = [r for r in table.rows[1:] if words.re("sum_row").match(r[0]) or words.re("sum_row").match(cell(r, topic))]
    for column, part in ((hours, "hours"), (cost, "cost")):
        values = [v for r in rows if (v := number(cell(r, column))) is not None]
        if column < 0 or not values:
            continue
        told = [(v, " ".join(r)) for r in totals if (v := number(cell(r, column))) is not None]
        if not told:
            pattern = words.re("training_hours_told" if part == "hours" else "training_cost_told")
            found = pattern.search(plan.text)
            told = [(float(found.group(1).replace(",", "")), found.group())] if found else []
        for total, quote in told[:1]:
            if abs(total - sum(values)) > 0.01 and abs(total * 10000 - sum(values)) > 1:
                yield finding(
                    "C16.sum",
                    plan,
                    None,
                    quote,
                    heading=table.heading,
                    part=part,
                    read=f"{total:g}",
                    expected=f"{sum(values):g}",
                )
    heads = table.column(words.re("heads_head"))
    whole = subject.facts.counts["staff_total"]
    limit = (
        subject.profile.staff.total
        if subject.profile and subject.profile.staff.total
        else (int(float(whole[0].value)) if whole else 0)
    )
    for row in rows if limit and heads >= 0 else ():
        value = number(cell(row, heads))
        if value is not None and value > limit:
            yield finding(
                "C16.heads", plan, None, " ".join(row), heading=table.heading, read=f"{value:g}", expected=str(limit)
            )


def _months(subject: Subject, plan: AuditDocument, table: Table) -> Iterator[Diagnostic]:
    words = subject.words
    year = re.search(r"(20\d\d)\s*年", plan.title + table.caption + plan.text[:900])
    month = table.column(words.re("month_head"))
    if month < 0:
        return
    wrong_year = None
    for row in data_rows(table):
        text = cell(row, month)
        found = re.search(r"(20\d\d)[年./-]\s*(\d{1,2})", text)
        value = (
            int(found.group(2))
            if found
            else int(number(text) or 0)
            if re.match(r"\s*\d{1,2}\s*月?\s*(?:\d{1,2}\s*日?)?\s*$", text)
            else 0
        )
        if value and not 1 <= value <= 12:
            yield finding("C16.month", plan, None, " ".join(row), heading=table.heading, read=text)
        if found and year and found.group(1) != year.group(1):
            wrong_year = " ".join(row)
            yield finding("C16.month", plan, None, wrong_year, heading=table.heading, read=text)


def _line(subject: Subject, plan: AuditDocument, tables: list[Table]) -> Iterator[Diagnostic]:
    """The plan's money is the training line of the budget."""
    words = subject.words
    cost = 0.0
    for table in tables:
        topic, money = table.column(words.re("training_topic_head")), table.column(words.re("cost_head"))
        for row in data_rows(table):
            if not words.re("sum_row").match(row[0]) and not words.re("sum_row").match(cell(row, topic)):
                cost += number(cell(row, money)) or 0
    line: float | None = None
    if subject.profile is not None:
        line = next(
            (
                float(x.amount) * _TEN_THOUSAND
                for x in subject.profile.resources.budget.lines
                if x.amount is not None and "培训" in (x.item or "")
            ),
            None,
        )
    if line is None:
        for document, table in subject.tables():
            item, amount = columns(table, words.re("item_head"), words.re("amount_head"))
            if (
                document is plan
                or item < 0
                or amount < 0
                or not words.re("budget_table").search(document.title + table.caption + table.heading)
            ):
                continue
            if table.column(words.re("hours_head")) >= 0:
                continue
            line = next(
                (v for r in table.rows[1:] if "培训" in cell(r, item) and (v := number(cell(r, amount))) is not None),
                line,
            )
            if line and abs(line * _TEN_THOUSAND - cost) < abs(line - cost):  # budgets are kept in 元 or in 万元
                line *= _TEN_THOUSAND
    if line and cost and abs(line - cost) > 0.01 * line:
        severity = Severity.ERROR if cost > line else Severity.WARNING  # what is left over may be for other training
        read, expected = f"{cost:,.0f}", f"{line:,.0f}"
        yield finding("C16.budget", plan, None, plan.title, severity=severity, read=read, expected=expected)
