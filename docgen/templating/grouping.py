"""The operations and expressions of a stretch of template, gathered into as few steps as they allow.

Conditions that only choose among words and values within a line become values themselves, so that a line of text or
a table row is one step however many conditions stand in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from jinja2 import nodes

from docgen.document import Slot
from docgen.records import dataclass
from docgen.templating import ops
from docgen.templating.tableops import CellStart, RowEnd, RowLine, RowStart, fuse, row_line

_OPENING = (ops.ParagraphLine, ops.ItemLine, ops.HeadingLine, ops.StepLine, ops.StepAttribute)
Operations = Callable[[str], list[object]]  # of a piece of translated text


@dataclass(frozen=True, slots=True)
class Filled:
    """A line's operation and the expressions of its values."""

    line: RowLine | ops.TextLine
    values: tuple[nodes.Expr, ...]


Step = Filled | nodes.Expr | tuple[object, ...]


def gather(items: Iterable[object]) -> Iterator[Step]:
    """Groups of constant operations, filled lines, and expressions that stand alone."""
    group: list[object] = []
    for item in _lines(list(items)):
        if isinstance(item, (Filled, nodes.Expr)):
            if group:
                yield tuple(fuse(group))
                group = []
            yield item
        else:
            group.append(item)
    if group:
        yield tuple(fuse(group))


def _lines(items: list[object]) -> Iterator[object]:
    at = 0
    while at < len(items):
        end = _end_of_line(items, at)
        made = _filled(items[at:end]) if end > at + 1 else None
        if made:
            yield made
            at = end
        else:
            yield items[at]
            at += 1


def _end_of_line(items: list[object], at: int) -> int:
    """Behind the last item of the line that begins at `at`; `at` itself where none begins."""
    end = at + 1
    if type(items[at]) is RowStart:
        return next((n + 1 for n in range(at, len(items)) if type(items[n]) is RowEnd), at)
    if not isinstance(items[at], _OPENING):
        return at
    while end < len(items) and (type(items[end]) is ops.Words or isinstance(items[end], nodes.Expr)):
        end += 1
    return end + (end < len(items) and type(items[end]) is ops.EndLine)


def _filled(items: list[object]) -> Filled | ops.TextLine | None:
    values: list[nodes.Expr] = []
    parts: list[object] = []
    for item in items:
        if isinstance(item, nodes.Expr):
            parts.append(Slot(len(values)))
            values.append(item)
        else:
            parts.append(item)
    line = row_line(parts) if type(parts[0]) is RowStart else ops.text_line(parts)
    if values:
        return Filled(line, tuple(values)) if line else None
    return line if isinstance(line, ops.TextLine) else None


# ---- conditions within a line


def join_conditions(node: nodes.Node, operations: Operations) -> None:
    """Turn conditions within a line into values, everywhere below `node`."""
    for name, field in node.iter_fields():
        if isinstance(field, list) and field and isinstance(field[0], nodes.Stmt):
            setattr(node, name, _joined(field, operations))
    for child in node.iter_child_nodes():
        join_conditions(child, operations)


def _joined(statements: list[nodes.Stmt], operations: Operations) -> list[nodes.Stmt]:
    result: list[nodes.Stmt] = []
    for statement in statements:
        last = result[-1] if result else None
        if isinstance(last, nodes.Output) and last.nodes:
            if isinstance(statement, nodes.Output) and statement.nodes:
                last.nodes += statement.nodes
                continue
            if isinstance(statement, nodes.If) and _is_open(last, operations):
                value = _choice(statement, operations)
                if value is not None:
                    last.nodes.append(value)
                    continue
        result.append(statement)
    return result


def _is_open(output: nodes.Output, operations: Operations) -> bool:
    """True if a line of text or a cell is open for certain at the end of the output."""
    for node in reversed(output.nodes):
        if isinstance(node, nodes.TemplateData):
            for operation in reversed(operations(node.data)):
                if type(operation) is not ops.Words:
                    return isinstance(operation, (*_OPENING, CellStart))
    return False


def _choice(node: nodes.If, operations: Operations) -> nodes.Expr | None:
    """The value of a condition whose branches hold nothing but words and values."""
    value = _value(node.else_, operations)
    for branch in (*reversed(node.elif_), node):
        chosen = _value(branch.body, operations)
        if value is None or chosen is None:
            return None
        value = nodes.CondExpr(branch.test, chosen, value, lineno=branch.lineno)
    return value


def _value(body: list[nodes.Node], operations: Operations) -> nodes.Expr | None:
    values: list[nodes.Expr] = []
    for node in body:
        if isinstance(node, nodes.If):
            chosen = _choice(node, operations)
            if chosen is None:
                return None
            values.append(chosen)
        elif isinstance(node, nodes.Output):
            for child in node.nodes:
                if isinstance(child, nodes.TemplateData) and any(
                    type(o) is not ops.Words for o in operations(child.data)
                ):
                    return None
                values.append(child)
        else:
            return None
    line = body[0].lineno if body else 0
    if not values:
        return nodes.Const("", lineno=line)
    return values[0] if len(values) == 1 else nodes.Concat(values, lineno=line)
