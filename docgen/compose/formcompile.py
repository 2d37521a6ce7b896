"""Reads a form file into a `FormTemplate`, once; all faults with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import NamedTuple

from docgen.compose.formcells import Scope, both
from docgen.compose.formlayout import BODY_WIDTH, ROW, grid_edges, shares
from docgen.compose.formmodel import (
    Body,
    CellSpec,
    Column,
    Field,
    FormWords,
    NextPage,
    Note,
    Repeat,
    RowSpec,
    Run,
    TableRun,
    TextRun,
    Total,
    stable_name,
)
from docgen.compose.formparts import LIST_KEYS, SCORE_KEYS, PartCompiler
from docgen.compose.formtemplate import FormTemplate
from docgen.compose.formyaml import (
    Faults,
    Node,
    SharedNodes,
    choice_of,
    is_map,
    line_of,
    mapping,
    number_of,
    pairs,
    read_yaml,
    sequence,
    text_of,
)
from docgen.diagnostics import Diagnostic, Place
from docgen.document import Origin
from docgen.records import dataclass

SHARED_FILE = "_shared.yaml"
_WORD_KEYS = (
    "record_number", "years", "notes", "options", "separator", "sample", "sample_row", "date_label",
    "narrow_date_label", "score_total", "joints", "suffixes"
)  # fmt: skip
_HEADER_LABEL = 12.5  # share of the label of a header field
_WIDE_HEADER_LABEL = 16.0  # where two stand in a row, above the usual grid
_MOST_CONDITIONS = 4  # of the first row, which doubles with each
_SIGN_LABEL = 20.0  # share of the label of a place to sign, two of which stand in a row
_NARROW_SIGN_LABEL = {False: 15.0, True: 17.0}  # of three
_HEADER = re.compile(r"((?:\{\{.*?\}\}|[^ ])*) *(.*)", re.DOTALL)
_MARKS = ("date", "time", "datetime", "month", "percent", "money", "sign")
_FILE_KEYS = (
    "orientation", "retention", "pages", "header", "parts", "widths", "rows", "notes", "sign", "sample", *LIST_KEYS
)  # fmt: skip
_PART_KEYS = ("widths", "rows", "text", "role", "use", "page", "when", *LIST_KEYS, *SCORE_KEYS)


class _HeaderField(NamedTuple):
    """A field of the first row as written, its condition as compiled."""

    label: str
    fill: str
    line: int
    when: str


@dataclass(frozen=True, slots=True)
class SharedForms:
    """What all forms use: standing words, shared parts, the columns of scoring tables."""

    words: FormWords
    date_label: str
    narrow_date_label: str
    nodes: SharedNodes


def compile_shared(text: str, file: str) -> tuple[SharedForms, list[Diagnostic]]:
    """Read `_shared.yaml`."""
    faults = Faults(file)
    root = read_yaml(text, faults)
    m = (
        mapping(root, ("words", "marks", "sign", "parts", "score_columns"), faults, file, ("words", "marks", "sign"))
        if root is not None
        else {}
    )
    words = mapping(m["words"], _WORD_KEYS, faults, "words", _WORD_KEYS) if "words" in m else {}
    get = {key: text_of(words.get(key), faults, key) for key in _WORD_KEYS}
    marks = mapping(m["marks"], _MARKS, faults, "marks", _MARKS) if "marks" in m else {}
    signers = tuple(text_of(n, faults, "sign") for n in sequence(m.get("sign"), faults, "sign"))
    form_words = FormWords(
        get["record_number"], get["years"], get["notes"], get["options"], get["separator"], get["sample"],
        get["sample_row"], {k: str(v.value) for k, v in marks.items()}, signers, get["joints"], get["suffixes"],
    )  # fmt: skip
    parts = {name: node for name, node, _ in pairs(m["parts"], faults, "parts")} if "parts" in m else {}
    nodes = SharedNodes(file, stable_name(file), parts, m.get("score_columns"), get["score_total"])
    return SharedForms(form_words, get["date_label"], get["narrow_date_label"], nodes), faults.found


def compile_form(text: str, file: str, shared: SharedForms, form_id: str = "") -> tuple[FormTemplate, list[Diagnostic]]:
    """Compile the text of one form file. A faulty form comes back as far as it could be read."""
    faults = Faults(file)
    root = read_yaml(text, faults)
    scope = Scope(faults)
    m = mapping(root, _FILE_KEYS, faults, file) if root is not None else {}
    orientation = choice_of(m.get("orientation"), ("portrait", "landscape"), faults, "orientation", "portrait")
    landscape = orientation == "landscape"
    parts = PartCompiler(scope, stable_name(file), shared.nodes, BODY_WIDTH[landscape])
    retention = text_of(m.get("retention"), faults, "retention")
    body_runs, columns, totals = _runs(m, parts, line_of(root) if root is not None else 0)
    head = _header(sequence(m.get("header"), faults, "header"), parts, shared, landscape)
    sign = _signatures(m.get("sign"), parts, shared, landscape)
    notes = tuple(_note(node, scope) for node in sequence(m.get("notes"), faults, "notes"))
    template = FormTemplate(
        id=form_id or Path(file).stem,
        file=file,
        landscape=landscape,
        pages=int(number_of(m.get("pages"), faults, "pages", 1)),
        retention=retention,
        runs=_closed(body_runs, head, sign),
        notes=notes,
        columns=tuple(columns),
        totals=tuple(totals),
        fields=tuple(scope.fields.values()),
        sample=_sample(m.get("sample"), scope, columns),
        expressions=tuple(scope.expressions),
        words=shared.words,
    )
    return template, faults.found


def compile_file(path: Path, shared: SharedForms, form_id: str) -> tuple[FormTemplate | None, list[Diagnostic]]:
    """Compile one form file; None and a fault if it is no UTF-8 text."""
    text, faults = decoded(path)
    return compile_form(text, path.as_posix(), shared, form_id) if not faults else (None, faults)


def decoded(path: Path) -> tuple[str, list[Diagnostic]]:
    """The text of a file; a fault with its line if it is no UTF-8."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        place = Place(path.as_posix(), data[: error.start].count(b"\n") + 1)
        return "", [Diagnostic("T014", place=place, values={"read": str(error.reason)})]


def _runs(m: dict[str, Node], parts: PartCompiler, line: int) -> tuple[list[Run], list[Column], list[Total]]:
    """The parts of the file; neighbouring tables become one."""
    runs: list[Run] = []
    columns: list[Column] = []
    totals: list[Total] = []
    nodes: list[tuple[dict[str, Node], int]] = []
    if "columns" in m or "rows" in m:
        nodes.append(({k: m[k] for k in (*LIST_KEYS, "widths", "rows") if k in m and k != "sample"}, line))
    for node in sequence(m.get("parts"), parts.faults, "parts"):
        part = mapping(node, _PART_KEYS, parts.faults, "parts")
        if is_map(node):
            nodes.append((part, line_of(node)))
    for part, at in nodes:
        body: list[Body] = []
        when = parts.scope.condition(part.get("when")) if not {"columns", "score"} & part.keys() else ""
        if "page" in part:
            choice_of(part["page"], ("next",), parts.faults, "page", "next")
            runs.append(NextPage(Origin(parts.template, at, f"page{len(runs)}"), when))
            continue
        if "text" in part:
            words = parts.scope.words(text_of(part["text"], parts.faults, "text"), at)
            role = text_of(part.get("role"), parts.faults, "role", "body")
            runs.append(TextRun(words, role, Origin(parts.template, at, f"text{len(runs)}"), when))
            continue
        if "use" in part:
            body = parts.use(part["use"], when)
        elif "score" in part:
            body = parts.score(part, at)
        elif "columns" in part:
            cols = parts.columns(part["columns"])
            if cols:
                sums = parts.totals(part.get("totals"), cols)
                alone = "columns" in m and not columns
                condition = parts.scope.condition(part.get("when"))
                head = parts.head(cols, at, condition, repeated=alone)
                body = [head, *parts.list_rows(part, cols, at), *parts.total_rows(sums, cols, at)]
                if not columns:
                    columns, totals = cols, sums
        elif "rows" in part:
            body = parts.grid(part["rows"], parts.widths(part.get("widths")), when)
        if not body:
            parts.faults.add("KF23", at)
        names = tuple(c.name for c in columns) if "columns" in m else ()
        if runs and isinstance(runs[-1], TableRun):
            runs[-1] = TableRun((*runs[-1].body, *body), (), runs[-1].line, runs[-1].columns or names)
        else:
            runs.append(TableRun(tuple(body), (), at, names))
    if not runs:
        parts.faults.add("KF23", line)
    return runs, columns, totals


def _header(nodes: Sequence[Node], parts: PartCompiler, shared: SharedForms, landscape: bool) -> list[RowSpec]:
    """The first row: record number and the fields of `header`, each `label` or `label kind options`, or a mapping with
    a condition. Fields with conditions make a row of their own for each way these can turn out."""
    entries = [_HeaderField(shared.words.record_number, "_", 0, "")]
    for node in nodes:
        when, line = "", line_of(node)
        if is_map(node):
            m = mapping(node, ("field", "when"), parts.faults, "header", ("field",))
            when, node = parts.scope.condition(m.get("when")), m.get("field")
        text = text_of(node, parts.faults, "header")
        label, rest = _HEADER.match(text).groups() if text else ("", "")  # type: ignore[union-attr]
        entries.append(_HeaderField(label, f"_ {rest}".strip(), line, when))
    conditions = list(dict.fromkeys(entry.when for entry in entries if entry.when))
    if len(conditions) > _MOST_CONDITIONS:
        parts.faults.add("KF27", entries[-1].line, most=_MOST_CONDITIONS)
        return []
    rows: list[RowSpec] = []
    for held in product((True, False), repeat=len(conditions)):
        false = {condition for condition, holds in zip(conditions, held, strict=True) if not holds}
        when = ""
        for condition in conditions:
            when = both(when, f"not ({condition})" if condition in false else condition)
        rows += _header_rows([entry for entry in entries if entry.when not in false], when, parts, landscape)
    return rows


def _header_rows(entries: Sequence[_HeaderField], when: str, parts: PartCompiler, landscape: bool) -> Iterator[RowSpec]:
    per_row = min(len(entries), 4 if landscape else 3)
    if len(entries) == 4 and not landscape:
        per_row = 2
    share = _HEADER_LABEL if per_row > 2 else _WIDE_HEADER_LABEL
    for start in range(0, len(entries), per_row):
        part = entries[start : start + per_row]
        edges = shares([width for _ in part for width in (share, 100 / len(part) - share)])
        cells = []
        for i, entry in enumerate(part):
            words = parts.scope.words(entry.label, entry.line)
            cells.append(CellSpec("label", words, edges[2 * i], edges[2 * i + 1], align="center"))
            field = parts.scope.fill(entry.fill, entry.line, words)
            cells.append(CellSpec("fill", (), edges[2 * i + 1], edges[2 * i + 2], field))
        yield parts.spec(cells, part[0].line, ROW, when=when, header=True)


def _signatures(node: Node | None, parts: PartCompiler, shared: SharedForms, landscape: bool) -> list[RowSpec]:
    """The last rows: who filled in, checked, approved, each with a date; it stands below a narrow place to sign."""
    signers = [(text, 0) for text in shared.words.signers]
    if node is not None:
        signers = [(text_of(n, parts.faults, "sign"), line_of(n)) for n in sequence(node, parts.faults, "sign")]
    per_row = 2 if len(signers) in (2, 4) else min(len(signers), 3)
    share = _NARROW_SIGN_LABEL[landscape] if per_row > 2 else _SIGN_LABEL
    date = shared.narrow_date_label if per_row > 2 and not landscape else shared.date_label
    rows = []
    for start in range(0, len(signers), max(per_row, 1)):
        part = signers[start : start + per_row]
        edges = shares([width for _ in part for width in (share, 100 / len(part) - share)])
        cells = []
        for i, (label, line) in enumerate(part):
            cells.append(
                CellSpec("label", parts.scope.words(label, line), edges[2 * i], edges[2 * i + 1], align="center")
            )
            mark = parts.scope.words(date, line)
            cells.append(CellSpec("fill", mark, edges[2 * i + 1], edges[2 * i + 2], Field("", ()), align="right"))
        rows.append(parts.spec(cells, signers[start][1], ROW + 1))
    return rows


def _closed(runs: list[Run], head: list[RowSpec], sign: list[RowSpec]) -> tuple[Run, ...]:
    """Header row on the first table, signatures under the last, grids of all."""
    tables = [i for i, run in enumerate(runs) if isinstance(run, TableRun)]
    if not tables or tables[0] != 0:
        runs.insert(0, TableRun((), (), 0))
        tables = [0, *(i + 1 for i in tables)]
    if tables[-1] != len(runs) - 1:
        runs.append(TableRun((), (), 0))
    result: list[Run] = []
    for i, run in enumerate(runs):
        if not isinstance(run, TableRun):
            result.append(run)
            continue
        before = runs[i - 1] if i else None
        top = head if before is None else []
        if isinstance(before, NextPage):
            top = [replace(row, when=both(before.when, row.when)) for row in head]
        body: list[Body] = [*top, *run.body, *(sign if i == len(runs) - 1 else ())]
        edges = [0.0, 100.0]
        for part in body:
            row = part.row if isinstance(part, Repeat) else part
            edges += [edge for cell in row.cells for edge in (cell.start, cell.end)]
        result.append(TableRun(tuple(body), grid_edges(edges), run.line, run.columns))
    return tuple(result)


def _note(node: Node, scope: Scope) -> Note:
    """A note: a text, or `{text: …, when: condition}`."""
    when = ""
    if is_map(node):
        m = mapping(node, ("text", "when"), scope.faults, "notes", ("text",))
        when = scope.condition(m.get("when"))
        node = m.get("text")
    return Note(scope.words(text_of(node, scope.faults, "notes"), line_of(node) if node else 0), when)


def _sample(node: Node | None, scope: Scope, columns: Sequence[Column]) -> tuple[tuple[str, str], ...]:
    if node is None:
        return ()
    known = [*scope.fields, *(column.name for column in columns)]
    return tuple(
        (name, text_of(value, scope.faults, name))
        for name, value in mapping(node, known, scope.faults, "sample").items()
    )
