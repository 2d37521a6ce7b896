"""Jinja with a stream of operations instead of text: environment, code generator, programs.

Follows the way of Jinja's own native types: the generated function yields objects. Constant text is a group of
operations; a chain such as `service.hotline` is one look-up of a name resolved once per client.
"""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from types import CodeType
from typing import Any, NoReturn

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError, TemplateNotFound, UndefinedError
from jinja2.nodes import EvalContext
from jinja2.runtime import StrictUndefined, Undefined
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer

from docgen.records import dataclass
from docgen.templating.budget import Budget, checked_operation
from docgen.templating.builder import Fragment
from docgen.templating.filters import join
from docgen.templating.ops import fuse
from docgen.templating.values import Record, finalize, section_reference

_MARK_START, _MARK_END = "\x01", "\x02"


def marks(data: str) -> list[int]:
    """The operation numbers in a piece of translated text."""
    return [int(part[: part.index(_MARK_END)]) for part in data.split(_MARK_START)[1:]]


class StreamCodeGenerator(CodeGenerator):
    """Yields groups of operations (`GROUPS[n]`) and raw values."""

    @staticmethod
    def _default_finalize(value: Any) -> Any:
        return finalize(value)

    def _output_const_repr(self, group: Any) -> str:
        environment: StreamEnvironment = self.environment  # type: ignore[assignment]
        items: list[object] = []
        for item in group:
            if isinstance(item, list):
                items.extend(environment.ops[number] for number in item)
            else:
                items.append(item)
        if any(isinstance(item, str) for item in items):
            items = [_Constant(item) if isinstance(item, str) else item for item in items]
        environment.groups.append(tuple(fuse(items)))
        return f"GROUPS[{len(environment.groups) - 1}]"

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> Any:
        if isinstance(node, nodes.TemplateData):
            return marks(node.data)
        const = node.as_const(frame.eval_ctx)
        if not isinstance(const, (str, int)):
            raise nodes.Impossible()
        return str(const)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("finalize(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        """`a ~ b` keeps gaps and references whole."""
        self.write("joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        """A loop counts its rounds, so that one that never ends is found."""
        node.body.insert(0, nodes.Output([]))
        super().visit_For(node, frame)

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        if node.nodes:
            super().visit_Output(node, frame)
        else:
            self.writeline("tick()", node)


class _Constant:
    """A constant value within a group of operations."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def run(self, builder: Any) -> None:
        if self.text:
            builder.value(self.text)


class FlattenNames(NodeTransformer):
    """`service.hotline` → the single name `service__hotline`; `doc("repair")` → `doc__repair`."""

    def __init__(self, roots: frozenset[str], functions: frozenset[str]) -> None:
        self.roots = roots
        self.functions = functions

    def visit_Getattr(self, node: nodes.Getattr, *args: Any, **kwargs: Any) -> nodes.Node:
        chain: list[str] = []
        inner: nodes.Node = node
        while isinstance(inner, nodes.Getattr):
            chain.append(inner.attr)
            inner = inner.node
        if isinstance(inner, nodes.Name) and inner.name in self.roots and inner.ctx == "load":
            name = "__".join([inner.name, *reversed(chain)])
            return nodes.Name(name, "load", lineno=node.lineno, environment=node.environment)
        return self.generic_visit(node, *args, **kwargs)

    def visit_Import(self, node: nodes.Import, *args: Any, **kwargs: Any) -> nodes.Node:
        node.with_context = True  # macros see the facts
        return self.generic_visit(node, *args, **kwargs)

    def visit_FromImport(self, node: nodes.FromImport, *args: Any, **kwargs: Any) -> nodes.Node:
        node.with_context = True
        return self.generic_visit(node, *args, **kwargs)

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:
        inner = node.node
        if isinstance(inner, nodes.Name) and inner.name in self.functions and len(node.args) == 1:
            argument = node.args[0]
            if isinstance(argument, nodes.Const) and isinstance(argument.value, str):
                name = flat_call(inner.name, argument.value)
                return nodes.Name(name, "load", lineno=node.lineno, environment=node.environment)
        return self.generic_visit(node, *args, **kwargs)


def flat_call(function: str, argument: str) -> str:
    """The context name that holds the result of a reference function."""
    return f"{function}__{''.join(c if c.isalnum() else '_' for c in argument)}"


@dataclass(slots=True)
class Program:
    """A compiled template. Holds no environment, so that it can be kept in a cache."""

    name: str
    code: bytes
    groups: tuple[tuple[object, ...], ...]
    front: Mapping[str, str]
    facts: tuple[str, ...]  # dotted names it reads


class StreamEnvironment(SandboxedEnvironment):
    """Sandboxed, strict. Attribute access is allowed on records and loop variables only; calls on known names."""

    code_generator_class = StreamCodeGenerator
    intercepted_binops = frozenset({"+", "*", "**", "%"})
    concat = staticmethod(Fragment)  # type: ignore[assignment]

    def __init__(self, roots: frozenset[str], functions: frozenset[str]) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=False, cache_size=0, extensions=["jinja2.ext.do"])
        self.flatten = FlattenNames(roots, functions)
        self.ops: tuple[object, ...] = ()
        self.groups: list[tuple[object, ...]] = []
        self.budget = Budget()
        self.globals.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is Record:
            try:
                return obj.values[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        if isinstance(obj, Undefined) and not attribute.startswith("_"):
            return getattr(obj, attribute)  # raises: the name is unknown
        if isinstance(obj, (Namespace, TemplateModule)) or type(obj).__module__ == "jinja2.runtime":
            return super().getattr(obj, attribute)
        return self.undefined(f"no attribute {attribute!r}", name=attribute, exc=SecurityError)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(argument, (int, slice)) and isinstance(obj, (str, list, tuple)):
            try:
                return obj[argument]
            except IndexError:
                return self.undefined(obj=obj, name=str(argument))
        return self.getattr(obj, str(argument))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "%" and isinstance(left, str):  # formats of any width
            raise SecurityError("%")
        checked_operation(self.budget, operator, left, right)
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        __self.budget.tick()
        return SandboxedEnvironment.call(__self, __context, __obj, *args, **kwargs)

    def joined(self, values: tuple[Any, ...]) -> Any:
        """`a ~ b`"""
        made = join(values)
        self.budget.spend(len(made))
        return made

    def is_safe_callable(self, obj: Any) -> bool:
        if isinstance(obj, Undefined):
            return True
        return obj in (_bounded_range, Namespace, section_reference) or type(obj).__module__ == "jinja2.runtime"

    def handle_exception(self, source: str | None = None) -> NoReturn:
        """Exceptions pass as they are; `docgen.templating.faults` finds the template line."""
        raise

    def build(
        self, tree: nodes.Template, ops: tuple[object, ...], name: str, filename: str
    ) -> tuple[bytes, tuple[tuple[object, ...], ...]]:
        """Compile a checked tree of translated source."""
        self.ops, self.groups = ops, []
        code = self.compile(self.flatten.visit(tree), name, filename)
        return marshal.dumps(code), tuple(self.groups)

    def link(self, program: Program, key: str) -> Any:
        """A Jinja template object of a program; `key` is what its includes are looked up from."""
        code: CodeType = marshal.loads(program.code)
        namespace: dict[str, Any] = {
            "environment": self,
            "__file__": program.name,
            "GROUPS": program.groups,
            "finalize": finalize,
            "joined": self.joined,
            "tick": self.budget.tick,
        }
        exec(code, namespace)
        namespace["name"] = key
        return self.template_class._from_namespace(self, namespace, self.make_globals(None))


def _bounded_range(*args: int) -> range:
    result = range(*args)
    if len(result) > 10_000:
        raise OverflowError("range")
    return result


# a context is handed over whole, so these stand in it beside the facts
TEMPLATE_GLOBALS: Mapping[str, Any] = {
    "range": _bounded_range,
    "namespace": Namespace,
    "section": section_reference,
}

__all__ = [
    "TEMPLATE_GLOBALS",
    "EvalContext",
    "Program",
    "StreamEnvironment",
    "TemplateNotFound",
    "UndefinedError",
    "flat_call",
    "marks",
]
