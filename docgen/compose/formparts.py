"""From the nodes of a form file to rows: grids, registers, scoring tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zlib import crc32

from docgen.compose.formcells import Scope, both, formula_names
from docgen.compose.formlayout import BAND, LABEL_ROW, ROW, readable, shares
from docgen.compose.formmodel import Body, CellSpec, Column, Expression, Field, Repeat, RowSpec, Total, Words
from docgen.compose.formyaml import (
    Node,
    SharedNodes,
    is_list,
    is_map,
    is_text,
    line_of,
    mapping,
    nearest,
    number_of,
    pairs,
    sequence,
    text_of,
)
from docgen.document import Origin, Text

ROW_KEYS = ("row", "when", "height", "band", "write", "name", "hint", "grow", "use")
LIST_KEYS = ("columns", "rows_from", "where", "fill", "items", "count", "totals", "height", "when", "sample")
SCORE_KEYS = ("score", "columns", "total", "total_label", "when")
_CENTRED = ("serial", "date", "time", "datetime", "month", "number", "money", "percent")


class PartCompiler:
    """Compiles the parts of one file; shared parts by name."""

    def __init__(self, scope: Scope, template: str, shared: SharedNodes, width: float) -> None:
        self.scope = scope
        self.width = width  # of a table in mm
        self.faults = scope.faults
        self.template = template
        self.shared = shared
        self._keys: dict[str, int] = {}

    # ---- rows

    def spec(
        self,
        cells: Sequence[CellSpec],
        line: int,
        height: float = ROW,
        grow: float = 0.0,
        when: str = "",
        header: bool = False,
        register: bool = False,
    ) -> RowSpec:
        """A row with its origin; static if no value of the profile stands in it."""
        sources: list[str] = []
        static, valued = True, False
        text = ""
        changing = [
            number
            for number, cell in enumerate(cells)
            if (cell.field and cell.field.kind == "serial")
            or any(isinstance(word, Expression) and word.item for word in cell.words)
        ]
        for cell in cells:
            options = cell.field.options if cell.field else ()
            for words in (cell.words, *(option.words for option in options)):
                for word in words:
                    if isinstance(word, Expression):
                        static, valued = False, valued or word.own
                        sources.append(word.source)
                        text += word.source
                    elif isinstance(word, Text):
                        text += word.text
            if any(option.when or option.source for option in options):
                static = False
            valued = valued or any(option.source for option in options)
        key = f"{crc32(text.encode()):08x}"
        self._keys[key] = number = self._keys.get(key, 0) + 1
        facts = tuple(dict.fromkeys(s for s in sources if s.replace(".", "").replace("_", "").isalnum()))
        origin = Origin(self.template, line, key if number == 1 else f"{key}-{number}", facts)
        return RowSpec(tuple(cells), origin, height, grow, when, header, static, valued, register, tuple(changing))

    def grid(self, node: Node, widths: Sequence[float], when: str = "") -> list[Body]:
        """The rows of a grid."""
        edges = shares(widths)
        body: list[Body] = []
        above: list[CellSpec] = []
        for item in sequence(node, self.faults, "rows"):
            made = self._grid_row(item, edges, above, when)
            body += made
            if made and isinstance(made[-1], RowSpec):
                above = list(made[-1].cells)
        return body

    def _grid_row(self, node: Node, edges: tuple[float, ...], above: list[CellSpec], when: str) -> list[Body]:
        line = line_of(node)
        if is_text(node):
            return [self._band(text_of(node, self.faults), line, when)]
        if is_list(node):
            cells = self.cells(node.value, edges, above)
            return [self.spec(cells, line, row_height(cells), when=when)]
        m = mapping(node, ROW_KEYS, self.faults, "rows")
        when = both(when, self.scope.condition(m.get("when")))
        height = number_of(m.get("height"), self.faults, "height")
        if "use" in m:
            return self.use(m["use"], when)
        if "band" in m:
            return [self._band(text_of(m["band"], self.faults, "band"), line, when)]
        if "write" in m:
            label = self.scope.words(text_of(m["write"], self.faults, "write"), line)
            name = text_of(m.get("name"), self.faults, "name")
            field = self.scope.fill(f"_{name}", line, label) if name else Field("", label)
            hint = self.scope.words(text_of(m.get("hint"), self.faults, "hint"), line)
            cells = [
                CellSpec("label", label, 0.0, edges[1], align="center"),
                CellSpec("fill", hint, edges[1], 100.0, field, align="left"),
            ]
            grow = number_of(m.get("grow"), self.faults, "grow", 1.0)
            return [self.spec(cells, line, height or 16.0, grow, when)]
        if "row" in m:
            cells = self.cells(sequence(m["row"], self.faults, "row"), edges, above)
            grow = number_of(m.get("grow"), self.faults, "grow")
            return [self.spec(cells, line, height or row_height(cells), grow, when)]
        if is_map(node):
            self.faults.add("KF08", node, key="row")
        return []

    def _band(self, text: str, line: int, when: str) -> RowSpec:
        cell = CellSpec("label", self.scope.words(text, line), align="left")
        return self.spec([cell], line, BAND, when=when)

    def use(self, node: Node, when: str = "") -> list[Body]:
        """The rows of a shared part."""
        name = text_of(node, self.faults, "use")
        part = self.shared.parts.get(name)
        if part is None:
            self.faults.add("KF17", node, nearest(name, self.shared.parts), name=name)
            return []
        here, self.faults.file = self.faults.file, self.shared.file
        template, self.template = self.template, self.shared.name
        try:
            m = mapping(part, ("widths", "rows"), self.faults, name, ("widths", "rows"))
            if len(m) < 2:
                return []
            return self.grid(m["rows"], self.widths(m["widths"]), when)
        finally:
            self.faults.file, self.template = here, template

    def widths(self, node: Node | None) -> list[float]:
        return [number_of(n, self.faults, "widths", 10) for n in sequence(node, self.faults, "widths")] or [100.0]

    def cells(
        self, nodes: Sequence[Node], edges: tuple[float, ...], above: Sequence[CellSpec], plain: str = "label"
    ) -> list[CellSpec]:
        """The cells of a row: labels, `_` to write in, `=` text, `□` boxes, `<` and `^` to merge."""
        cells: list[CellSpec] = []
        count = len(edges) - 1
        if len(nodes) > count:
            self.faults.add("KF09", nodes[0], found=len(nodes), expected=count)
            nodes = nodes[:count]
        label: Words = ()
        for index, node in enumerate(nodes):
            start, end = edges[index], edges[index + 1]
            line = line_of(node)
            text = text_of(node, self.faults, "row")
            if text == "<":
                if not cells:
                    self.faults.add("KF18", line, sign="<")
                else:
                    cells[-1] = cells[-1].widened(end)
            elif text == "^":
                cells.append(self._up(above, start, end, line))
            elif text.startswith("_") or not text:
                cells.append(CellSpec("fill", (), start, end, self.scope.fill(text or "_", line, label)))
            elif text.startswith(("=", "□")):
                words = self.scope.words(text.removeprefix("=").strip(), line)
                cells.append(CellSpec("text", words, start, end, align="left"))
            elif plain == "label":
                label = self.scope.words(text, line)
                cells.append(CellSpec("label", label, start, end, align="center"))
            else:
                cells.append(CellSpec("text", self.scope.words(text, line), start, end, align="left"))
        if cells:
            cells[-1] = cells[-1].widened(100.0)
        return cells

    def _up(self, above: Sequence[CellSpec], start: float, end: float, line: int) -> CellSpec:
        for cell in above:
            if abs(cell.start - start) < 0.1:
                return CellSpec(cell.role, cell.words, start, cell.end, None, True, cell.align)
        self.faults.add("KF18", line, sign="^")
        return CellSpec("label", (), start, end)

    # ---- lists

    def columns(self, node: Node | None) -> list[Column]:
        columns: list[Column] = []
        lines: dict[str, int] = {}
        for item in sequence(node, self.faults, "columns"):
            column = self.scope.column(item)
            if column is None:
                continue
            if column.name in lines:
                self.faults.add("KF12", item, name=column.name, line=lines[column.name])
            lines[column.name] = column.line
            columns.append(column)
        for column in columns:
            for name in formula_names(column.formula) - set(lines):
                self.faults.add("KF15", column.line, nearest(name, lines), name=name)
        widths = readable([column.width for column in columns], self.width)
        return [replace(column, width=width) for column, width in zip(columns, widths, strict=True)]

    def head(self, columns: Sequence[Column], line: int, when: str = "", repeated: bool = True) -> RowSpec:
        edges = shares([c.width for c in columns])
        cells = [
            CellSpec("label", column.label, edges[i], edges[i + 1], align="center") for i, column in enumerate(columns)
        ]
        return self.spec(cells, line, LABEL_ROW, when=when, header=repeated)

    def list_rows(self, m: dict[str, Node], columns: Sequence[Column], line: int) -> list[Body]:
        """The rows below the head: fixed items, then rows of a source, then blank ones."""
        when = self.scope.condition(m.get("when"))
        height = number_of(m.get("height"), self.faults, "height", ROW + 0.5)
        body: list[Body] = []
        if "items" in m:
            body += self._items(m["items"], columns, when)
        source = text_of(m.get("rows_from"), self.faults, "rows_from")
        where = self.scope.condition(m.get("where"), item=True)
        values: dict[str, str] = {}
        if source:
            at = line_of(m["rows_from"])
            self.scope.expression(source, at, "list")
            names = [c.name for c in columns]
            if "fill" in m:
                fill = mapping(m["fill"], names, self.faults, "fill")
                values = {name: text_of(node, self.faults, name) for name, node in fill.items()}
        usual = 0 if source or "items" in m else -1
        counts = self._counts(m.get("count"), usual)
        if source or any(count for count, _ in counts):
            blank = self._pattern(columns, {}, line, height, False)
            row = self._pattern(columns, values, line, height, bool(source)) if source else blank
            body += [Repeat(row, blank, source, where, count, both(when, only)) for count, only in counts]
        return body

    def _counts(self, node: Node | None, usual: int) -> list[tuple[int, str]]:
        """How many blank rows, and under which condition: a number, `fill`, or one of two."""
        if node is None or not is_map(node):
            return [(self._count(node, usual), "")]
        m = mapping(node, ("rows", "when", "otherwise"), self.faults, "count", ("rows", "when"))
        when = self.scope.condition(m.get("when"))
        return [(self._count(m.get("rows"), usual), when), (self._count(m.get("otherwise"), 0), f"not ({when})")]

    def _count(self, node: Node | None, usual: int) -> int:
        if node is None:
            return usual
        return -1 if text_of(node, self.faults, "count") == "fill" else int(number_of(node, self.faults, "count"))

    def _pattern(
        self, columns: Sequence[Column], values: dict[str, str], line: int, height: float, item: bool
    ) -> RowSpec:
        edges = shares([c.width for c in columns])
        cells = [
            self.cell(c, edges[i], edges[i + 1], values.get(c.name, c.default), c.line, item)
            for i, c in enumerate(columns)
        ]
        return self.spec(cells, line, height, register=True)

    def cell(self, c: Column, start: float, end: float, text: str, line: int, item: bool = False) -> CellSpec:
        """A cell of a list: given words, or a place to write."""
        centred = c.kind in _CENTRED or text in ("□", "○")
        field = Field(c.name, c.label, c.kind, c.options, c.unit, line)
        if text and not text.startswith("_"):
            words = self.scope.words(text.removeprefix("=").strip(), line, item)
            return CellSpec("text", words, start, end, field, align="center" if centred else "left", small=True)
        return CellSpec("fill", (), start, end, field, align="center" if centred else "", small=True)

    def _items(self, node: Node, columns: Sequence[Column], when: str) -> list[Body]:
        """Fixed rows: a list of rows, or `group: [rows]` where the first column is merged."""
        edges = shares([c.width for c in columns])
        rows: list[Body] = []
        usual: list[RowSpec] = []  # the rows if every condition holds, and if none does
        other: list[RowSpec] = []
        groups: list[tuple[str, Node, int]] = (
            pairs(node, self.faults, "items") if is_map(node) else [("", node, line_of(node))]
        )
        for group, nodes, at in groups:
            label = self.scope.words(group, at)
            first = True
            for row in sequence(nodes, self.faults, group or "items"):
                condition, values, otherwise = "", row, None
                if is_map(row):
                    m = mapping(row, ("row", "when", "otherwise"), self.faults, "items", ("row",))
                    condition, values = self.scope.condition(m.get("when")), m.get("row")
                    otherwise = m.get("otherwise")
                head = [CellSpec("label", label, 0.0, edges[1], None, not first, "center")] if group else []
                spec = self._item(values, columns, head, both(when, condition))
                rows.append(spec)
                usual.append(spec)
                if not condition:
                    other.append(spec)
                elif otherwise is not None:
                    spec = self._item(otherwise, columns, head, both(when, f"not ({condition})"))
                    rows.append(spec)
                    other.append(spec)
                first = False
        for i, column in enumerate(columns):
            if column.sum and rows:
                for part in (usual, other):
                    self._check_sum(part, edges[i], column)
        return rows

    def _item(self, node: Node | None, columns: Sequence[Column], head: list[CellSpec], when: str) -> RowSpec:
        edges = shares([c.width for c in columns])
        offset = len(head)
        line = line_of(node) if node is not None else 0
        texts = [text_of(n, self.faults, "items") for n in sequence(node, self.faults, "row")]
        if len(texts) > len(columns) - offset:
            self.faults.add("KF09", line, found=len(texts), expected=len(columns) - offset)
        texts += [""] * (len(columns) - offset - len(texts))
        cells = list(head)
        for i, text in enumerate(texts[: len(columns) - offset], offset):
            column = columns[i]
            cells.append(self.cell(column, edges[i], edges[i + 1], text or column.default, line))
        return self.spec(cells, line, LABEL_ROW, when=when)

    def _check_sum(self, rows: Sequence[RowSpec], start: float, column: Column) -> None:
        total = 0.0
        for row in rows:
            for cell in row.cells:
                if abs(cell.start - start) < 0.1 and cell.words and isinstance(cell.words[0], Text):
                    value = cell.words[0].text
                    if value.replace(".", "", 1).isdigit():
                        total += float(value)
                    else:
                        self.faults.add("KF06", row.origin.line, key=column.name, value=value)
        if abs(total - column.sum) > 1e-6:
            self.faults.add("KF14", column.line, found=f"{total:g}", expected=f"{column.sum:g}")

    def totals(self, node: Node | None, columns: Sequence[Column]) -> list[Total]:
        """Closing rows: `{label: 合计, cells: {column: formula}}`."""
        result: list[Total] = []
        names = [c.name for c in columns]
        for item in sequence(node, self.faults, "totals"):
            m = mapping(item, ("label", "cells"), self.faults, "totals", ("label", "cells"))
            label = self.scope.words(text_of(m.get("label"), self.faults, "label"), line_of(item))
            formulas = []
            for name, value in mapping(m["cells"], names, self.faults, "cells").items() if "cells" in m else ():
                formula = text_of(value, self.faults, name)
                for unknown in formula_names(formula) - set(names):
                    self.faults.add("KF15", value, nearest(unknown, names), name=unknown)
                formulas.append((name, formula))
            result.append(Total(label, tuple(formulas)))
        return result

    def total_rows(self, totals: Sequence[Total], columns: Sequence[Column], line: int) -> list[Body]:
        edges = shares([c.width for c in columns])
        rows: list[Body] = []
        for total in totals:
            named = {name for name, _ in total.formulas}
            first = next((i for i, c in enumerate(columns) if c.name in named), len(columns))
            cells = [CellSpec("label", total.label, 0.0, edges[max(first, 1)], align="center")]
            for i in range(max(first, 1), len(columns)):
                c = columns[i]
                field = Field("", c.label, c.kind if c.kind in _CENTRED else "text", (), c.unit, line)
                cells.append(CellSpec("fill", (), edges[i], edges[i + 1], field, small=True))
            rows.append(self.spec(cells, line, ROW))
        return rows

    def score(self, m: dict[str, Node], line: int) -> list[Body]:
        """A scoring table: groups of `[item, criterion, points]` whose points have a fixed sum."""
        columns = self.columns(m.get("columns") or self.shared.score_columns)
        names = [c.name for c in columns]
        if "points" not in names:
            self.faults.add("KF08", m.get("columns") or line, key="points")
            return []
        when = self.scope.condition(m.get("when"))
        at = names.index("points")
        edges = shares([c.width for c in columns])
        total = number_of(m.get("total"), self.faults, "total", 100)
        columns[at] = replace(columns[at], sum=total, line=line)
        rows = self._items(m["score"], columns, when)
        label = text_of(m.get("total_label"), self.faults, "total_label", self.shared.score_total)
        cells = [
            CellSpec("label", self.scope.words(label, line), 0.0, edges[at], align="center"),
            CellSpec("text", (Text(f"{total:g}"),), edges[at], edges[at + 1], align="center"),
            *(
                CellSpec("fill", (), edges[i], edges[i + 1], Field("", columns[i].label))
                for i in range(at + 1, len(columns))
            ),
        ]
        return [self.head(columns, line, when, repeated=False), *rows, self.spec(cells, line, ROW, when=when)]


def row_height(cells: Sequence[CellSpec]) -> float:
    """A row to write in is higher than one to read."""
    return ROW if any(cell.role == "fill" for cell in cells) else LABEL_ROW
