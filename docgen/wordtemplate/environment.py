"""The sandbox of Word templates: the one of text templates, with what docxtpl's users write besides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Undefined
from jinja2.visitor import NodeTransformer

from docgen.document import Picture
from docgen.templating.budget import Budget, bounded_filters
from docgen.templating.codegen import Constant, StreamCodeGenerator
from docgen.templating.filters import make_filters
from docgen.templating.program import Program, StreamEnvironment
from docgen.templating.values import Missing, finalize
from docgen.templating.vocabulary import NameCheck, Shape, Vocabulary, nearest
from docgen.wordtemplate.filters import METHODS, WORD_FILTERS, make_word_filters
from docgen.wordtemplate.pieces import pack_group
from docgen.wordtemplate.richtext import RichText

_BOUNDED = "docgen_bounded"
_FORBIDDEN = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)


def word_finalize(value: Any) -> Any:
    """`finalize`, knowing pictures and rich text too."""
    if isinstance(value, (Picture, RichText)):
        return value
    return finalize(value)


class _Bounded:
    """The items of a loop, counted; keeps their number known."""

    __slots__ = ("budget", "items")

    def __init__(self, items: Any, budget: Budget) -> None:
        self.items, self.budget = items, budget

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Any]:
        tick = self.budget.tick
        for item in self.items:
            tick()
            yield item


class WordCodeGenerator(StreamCodeGenerator):
    """Loops are counted where they take their items, so a round need not show itself in the stream."""

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        CodeGenerator.visit_For(self, node, frame)


class _Bounding(NodeTransformer):
    """Every loop takes its items from a counter, also where a macro captures what it writes."""

    def visit_For(self, node: nodes.For) -> nodes.For:
        self.generic_visit(node)
        place = {"lineno": node.lineno, "environment": node.environment}
        node.iter = nodes.Filter(node.iter, _BOUNDED, [], [], None, None, **place)
        return node


class WordEnvironment(StreamEnvironment):
    """`part` programs are built and linked here. One an application is enough; `budget` is reset for each part."""

    code_generator_class = WordCodeGenerator

    def __init__(self, roots: frozenset[str] = frozenset(), functions: frozenset[str] = frozenset()) -> None:
        super().__init__(roots, functions)
        self.filters = bounded_filters({**make_filters(), **make_word_filters(self)}, self.budget)
        self.filters[_BOUNDED] = lambda items: _Bounded(items, self.budget)
        self.tests = {**self.tests, "defined": _is_defined, "undefined": lambda v: not _is_defined(v), "none": _is_none}
        self.pictures_from: Any = None

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, tuple) and attribute in getattr(obj, "_fields", ()):  # the groups of `groupby`
            return obj[obj._fields.index(attribute)]  # type: ignore[attr-defined]
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "%" and isinstance(left, str):
            return self.filters["format"](left, *(right if isinstance(right, tuple) else (right,)))
        return super().call_binop(context, operator, left, right)

    def program(self, tree: nodes.Template, ops: tuple[object, ...], name: str, facts: tuple[str, ...]) -> Program:
        """Compile a checked tree."""
        code, groups = self.build(_Bounding().visit(tree), ops, name, name)
        return Program(name, code, tuple(pack_group(group, Constant) for group in groups), {}, facts)

    def helpers(self) -> dict[str, Any]:
        return super().helpers() | {"finalize": word_finalize}


def _is_defined(value: Any) -> bool:
    return not isinstance(value, (Undefined, Missing))


def _is_none(value: Any) -> bool:
    return value is None or type(value) is Missing


class Normalizer(NodeTransformer):
    """Ways of writing that mean the same: `x.upper()` is `x|upper`, `d["key"]` is `d.key`, no `else` is empty."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        inner = node.node
        if isinstance(inner, nodes.Getattr) and inner.attr in METHODS:
            return nodes.Filter(
                inner.node, inner.attr, node.args, node.kwargs, node.dyn_args, node.dyn_kwargs,
                lineno=node.lineno, environment=node.environment,
            )  # fmt: skip
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str) and node.ctx == "load":
            return nodes.Getattr(node.node, node.arg.value, "load", lineno=node.lineno, environment=node.environment)
        return node

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:
        self.generic_visit(node)
        if node.expr2 is None:
            node.expr2 = nodes.Const("", lineno=node.lineno, environment=node.environment)
        return node


class WordNameCheck(NameCheck):
    """The check of text templates; a name that is asked for with `is defined` or `default` need not exist."""

    def __init__(self, vocabulary: Vocabulary, template: str) -> None:
        legal = Vocabulary(vocabulary.roots, vocabulary.functions, vocabulary.filters | WORD_FILTERS)
        super().__init__(legal, template)

    def statement(self, node: nodes.Node, scope: dict[str, Shape | None]) -> None:
        if isinstance(node, _FORBIDDEN):
            self.fault("T012", node.lineno, type(node).__name__.lower())
            return
        super().statement(node, scope)

    def shape(self, node: nodes.Node | None, scope: dict[str, Shape | None]) -> Shape | None:
        if isinstance(node, nodes.Test):
            if node.name not in KNOWN_TESTS:
                self.fault("T007", node.lineno, node.name, nearest(node.name, KNOWN_TESTS))
            if node.name in ("defined", "undefined"):
                return self._leniently(node.node, scope)
        return super().shape(node, scope)

    def filter(self, node: nodes.Filter, scope: dict[str, Shape | None]) -> Shape | None:
        if node.name in ("default", "d"):
            for argument in node.args:
                self.shape(argument, scope)
            return self._leniently(node.node, scope)
        return super().filter(node, scope)

    def _leniently(self, node: nodes.Node | None, scope: dict[str, Shape | None]) -> Shape | None:
        before = len(self.diagnostics)
        shape = self.shape(node, scope)
        self.diagnostics[before:] = [d for d in self.diagnostics[before:] if d.code != "T001" or d.nearest]
        return shape


KNOWN_TESTS = frozenset(StreamEnvironment(frozenset(), frozenset()).tests)


def normalize(tree: nodes.Template) -> nodes.Template:
    """The tree with one way of writing each thing."""
    result: nodes.Template = Normalizer().visit(tree)
    return result
