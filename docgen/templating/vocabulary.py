"""The names a template may use, and the check of a template against them before anything is rendered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from jinja2 import nodes

from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.records import dataclass


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value."""


@dataclass(frozen=True, slots=True)
class Things:
    """A list of things, each with the same parts."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Parts:
    """Named parts."""

    parts: Mapping[str, Shape]


Shape = Scalar | Things | Parts
SCALAR = Scalar()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every legal name: roots (facts and derived facts), reference functions with their legal ids, filters."""

    roots: Mapping[str, Shape]
    functions: Mapping[str, frozenset[str] | None] = field(default_factory=dict)  # None: any argument
    filters: frozenset[str] = frozenset()

    def paths(self) -> Iterator[str]:
        """Every dotted path down to scalars and lists."""

        def walk(shape: Shape, path: str) -> Iterator[str]:
            if isinstance(shape, Parts):
                for name, inner in shape.parts.items():
                    yield from walk(inner, f"{path}.{name}" if path else name)
            else:
                yield path

        yield from walk(Parts(self.roots), "")


_LOOP = Parts(
    dict.fromkeys(("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0"), SCALAR)
    | {"previtem": SCALAR, "nextitem": SCALAR}
)
_SAME = frozenset({"selectattr", "rejectattr", "select", "reject", "sort", "unique", "list", "reverse"})
_ITEM = frozenset({"first", "last", "max", "min"})
_KNOWN_GLOBALS = frozenset({"range", "namespace", "loop", "caller", "super", "varargs", "kwargs", "self"})


class NameCheck:
    """Walks a template's tree with the shapes of its variables; unknown names become diagnostics."""

    def __init__(self, vocabulary: Vocabulary, template: str) -> None:
        self.vocabulary = vocabulary
        self.template = template
        self.diagnostics: list[Diagnostic] = []
        self.facts: set[str] = set()

    def run(self, tree: nodes.Template) -> list[Diagnostic]:
        """Check the whole tree, branches not taken included."""
        self.block(tree.body, {})
        return self.diagnostics

    # ---- statements; `scope` maps local names to shapes (None: not known)

    def block(self, body: list[nodes.Node], scope: dict[str, Shape | None]) -> None:
        for node in body:
            self.statement(node, scope)

    def statement(self, node: nodes.Node, scope: dict[str, Shape | None]) -> None:
        if isinstance(node, nodes.Output):
            for child in node.nodes:
                if not isinstance(child, nodes.TemplateData):
                    self.printed(child, scope)
        elif isinstance(node, nodes.For):
            shape = self.shape(node.iter, scope)
            inner = dict(scope)
            self.bind(node.target, shape.item if isinstance(shape, Things) else None, inner)
            inner["loop"] = _LOOP
            if node.test is not None:
                self.shape(node.test, inner)
            self.block(node.body, inner)
            self.block(node.else_, dict(scope))
        elif isinstance(node, nodes.If):
            self.shape(node.test, scope)
            self.block(node.body, scope)
            for branch in node.elif_:
                self.statement(branch, scope)
            self.block(node.else_, scope)
        elif isinstance(node, nodes.Assign):
            shape = self.shape(node.node, scope)
            self.bind(node.target, shape, scope)
        elif isinstance(node, nodes.AssignBlock):
            self.bind(node.target, None, scope)
            self.block(node.body, dict(scope))
        elif isinstance(node, nodes.Macro):
            scope[node.name] = None
            inner = dict(scope) | {argument.name: None for argument in node.args}
            inner["caller"] = None
            for default in node.defaults:
                self.shape(default, scope)
            self.block(node.body, inner)
        elif isinstance(node, nodes.CallBlock):
            self.shape(node.call, scope)
            self.block(node.body, dict(scope) | {argument.name: None for argument in node.args})
        elif isinstance(node, nodes.With):
            inner = dict(scope)
            for target, value in zip(node.targets, node.values, strict=True):
                self.bind(target, self.shape(value, scope), inner)
            self.block(node.body, inner)
        elif isinstance(node, nodes.Import):
            scope[node.target] = None
        elif isinstance(node, nodes.FromImport):
            for name in node.names:
                scope[name[1] if isinstance(name, tuple) else name] = None
        elif isinstance(node, (nodes.Block, nodes.Scope, nodes.FilterBlock, nodes.ScopedEvalContextModifier)):
            self.block(node.body, dict(scope) | {"super": None})
        elif isinstance(node, nodes.ExprStmt):
            self.shape(node.node, scope)
        elif isinstance(node, nodes.Include):
            self.shape(node.template, scope)

    def bind(self, target: nodes.Node, shape: Shape | None, scope: dict[str, Shape | None]) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = shape
        elif isinstance(target, nodes.Tuple):
            for item in target.items:
                self.bind(item, None, scope)

    def printed(self, node: nodes.Expr, scope: dict[str, Shape | None]) -> None:
        shape = self.shape(node, scope)
        if isinstance(shape, (Things, Parts)):
            self.fault("T003", node.lineno, expression(node))

    # ---- expressions

    def shape(self, node: nodes.Node | None, scope: dict[str, Shape | None]) -> Shape | None:
        """The shape of an expression, None where it cannot be known; faults are recorded on the way."""
        if node is None:
            return None
        if isinstance(node, nodes.Name):
            return self.name(node, scope)
        if isinstance(node, nodes.Getattr):
            return self.attribute(node, scope)
        if isinstance(node, nodes.Call):
            return self.call(node, scope)
        if isinstance(node, nodes.Filter):
            return self.filter(node, scope)
        if isinstance(node, nodes.Getitem):
            shape = self.shape(node.node, scope)
            self.shape(node.arg, scope)
            if isinstance(node.arg, nodes.Slice):
                return shape
            return shape.item if isinstance(shape, Things) else None
        for child in node.iter_child_nodes():
            self.shape(child, scope)
        return SCALAR if isinstance(node, (nodes.Const, nodes.Compare, nodes.Concat)) else None

    def name(self, node: nodes.Name, scope: dict[str, Shape | None]) -> Shape | None:
        if node.name in scope:
            return scope[node.name]
        if node.name in self.vocabulary.roots:
            self.facts.add(node.name)
            return self.vocabulary.roots[node.name]
        if node.name in _KNOWN_GLOBALS or node.name in self.vocabulary.functions:
            return None
        known = [*scope, *self.vocabulary.roots, *self.vocabulary.functions]
        self.fault("T001", node.lineno, node.name, nearest(node.name, known))
        return None

    def attribute(self, node: nodes.Getattr, scope: dict[str, Shape | None]) -> Shape | None:
        shape = self.shape(node.node, scope)
        if isinstance(shape, Parts):
            if node.attr in shape.parts:
                self.facts.add(expression(node))
                return shape.parts[node.attr]
            near = nearest(node.attr, shape.parts)
            base = expression(node.node)
            self.fault("T001", node.lineno, f"{base}.{node.attr}", f"{base}.{near}" if near else "")
        elif isinstance(shape, (Things, Scalar)):
            self.fault("T001", node.lineno, expression(node))
        return None

    def call(self, node: nodes.Call, scope: dict[str, Shape | None]) -> Shape | None:
        for argument in node.args:
            self.shape(argument, scope)
        for keyword in node.kwargs:
            self.shape(keyword.value, scope)
        inner = node.node
        if isinstance(inner, nodes.Name) and inner.name in self.vocabulary.functions and inner.name not in scope:
            legal = self.vocabulary.functions[inner.name]
            if legal is None:
                return SCALAR
            if len(node.args) == 1 and isinstance(node.args[0], nodes.Const):
                read = str(node.args[0].value)
                if read not in legal:
                    self.fault("T002", node.lineno, f'{inner.name}("{read}")', nearest(read, legal))
            else:
                self.fault("T004", node.lineno, inner.name)
            return SCALAR
        self.shape(inner, scope)
        return None

    def filter(self, node: nodes.Filter, scope: dict[str, Shape | None]) -> Shape | None:
        shape = self.shape(node.node, scope)
        for argument in node.args:
            self.shape(argument, scope)
        for keyword in node.kwargs:
            self.shape(keyword.value, scope)
        if node.name not in self.vocabulary.filters:
            self.fault("T007", node.lineno, node.name, nearest(node.name, self.vocabulary.filters))
            return None
        if isinstance(shape, Things):
            attribute = self.attribute_argument(node)
            if attribute and isinstance(shape.item, Parts) and attribute.split(".")[0] not in shape.item.parts:
                self.fault("T001", node.lineno, attribute, nearest(attribute, shape.item.parts))
            if node.name in _SAME:
                return shape
            if node.name in _ITEM:
                return shape.item
            return None
        return SCALAR if shape is SCALAR else None

    @staticmethod
    def attribute_argument(node: nodes.Filter) -> str:
        for keyword in node.kwargs:
            if keyword.key == "attribute" and isinstance(keyword.value, nodes.Const):
                return str(keyword.value.value)
        if node.name in ("selectattr", "rejectattr", "groupby") and node.args:
            first = node.args[0]
            return str(first.value) if isinstance(first, nodes.Const) else ""
        return ""

    def fault(self, code: str, line: int, read: str, near: str = "") -> None:
        self.diagnostics.append(
            Diagnostic(code, Severity.ERROR, Place(self.template, line, quote=read), {"read": read}, near)
        )


def nearest(read: str, known: object) -> str:
    """The known name most like what was read, empty if none is near."""
    from difflib import get_close_matches  # only where something is wrong

    found = get_close_matches(read, list(known), 1, 0.6)  # type: ignore[call-overload]
    return str(found[0]) if found else ""


def expression(node: nodes.Node) -> str:
    """A name or chain of names as the author wrote it."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{expression(node.node)}.{node.attr}"
    return "…"
