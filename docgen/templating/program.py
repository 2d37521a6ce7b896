"""Jinja with a stream of operations instead of text: environment, code generator, programs.

Follows the way of Jinja's own native types: the generated function yields objects. Constant text is a group of
operations; a chain such as `service.hotline` is one look-up of a name resolved once per client.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Mapping
from types import CodeType
from typing import Any, NoReturn

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError, TemplateNotFound, UndefinedError
from jinja2.nodes import EvalContext
from jinja2.runtime import LoopContext, StrictUndefined, Undefined
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer

from docgen.records import dataclass
from docgen.templating.budget import Budget, checked_operation
from docgen.templating.builder import Fragment
from docgen.templating.filters import join
from docgen.templating.grouping import Filled, gather, join_conditions
from docgen.templating.lean import lean
from docgen.templating.values import Record, finalize, section_reference

_LOOP = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem"})
_MARK_START, _MARK_END = "\x01", "\x02"


def marks(data: str) -> list[int]:
    """The operation numbers in a piece of translated text."""
    return [int(part[: part.index(_MARK_END)]) for part in data.split(_MARK_START)[1:]]


class StreamCodeGenerator(CodeGenerator):
    """Yields groups of operations (`GROUPS[n]`) and raw values."""

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        """Constants in groups, rows that only take values as one step, other values as they come."""
        if not node.nodes:
            self.writeline("tick()", node)
            return
        if frame.require_output_check:
            if self.has_known_extends:
                return
            self.writeline("if parent_template is None:")
            self.indent()
        for item in gather(self._items(node, frame)):
            first = item.values[0] if isinstance(item, Filled) and item.values else item
            opening = "yield " if frame.buffer is None else f"{frame.buffer}.append("
            self.writeline(opening, first if isinstance(first, nodes.Expr) else None)
            if isinstance(item, Filled):
                self.write(f"[GROUPS[{self._group(item.line)}]")
                for value in item.values:
                    self.write(", ")
                    self._value(value, frame)
                self.write("]")
            elif isinstance(item, tuple):
                self.write(f"GROUPS[{self._group(item)}]")
            else:
                self._value(item, frame)
            if frame.buffer is not None:
                self.write(")")
        if frame.require_output_check:
            self.outdent()

    def _items(self, node: nodes.Output, frame: Frame) -> Iterator[object]:
        """Operations and expressions, one by one."""
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                yield from self.environment.operations(child.data)  # type: ignore[attr-defined]
                continue
            try:
                const = child.as_const(frame.eval_ctx)
            except Exception:  # not constant, or a fault that is better told when it happens
                const = None
            yield _Constant(str(const)) if isinstance(const, (str, int)) else child

    def _group(self, group: object) -> int:
        groups: list[object] = self.environment.groups  # type: ignore[attr-defined]
        groups.append(group)
        return len(groups) - 1

    def _value(self, node: nodes.Expr, frame: Frame) -> None:
        self.write("(v if type(v := ")
        self.visit(node, frame)
        self.write(") is str else finalize(v))")

    def visit_TemplateData(self, node: nodes.TemplateData, frame: Frame) -> None:
        """Words that are one of the values of a condition."""
        operations = self.environment.operations(node.data)  # type: ignore[attr-defined]
        words = [inline for words in operations for inline in words.inlines]
        self.write(f"GROUPS[{self._group(words[0] if len(words) == 1 else Fragment(words))}]")

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
    code: CodeType  # shared by all industries
    groups: tuple[Any, ...]
    front: Mapping[str, str]
    facts: tuple[str, ...]  # dotted names it reads

    def __reduce__(self) -> tuple[Callable[..., Program], tuple[Any, ...]]:
        return _unpacked, (self.name, marshal.dumps(self.code), self.groups, self.front, self.facts)


def _unpacked(name: str, code: bytes, *others: Any) -> Program:
    return Program(name, marshal.loads(code), *others)


class StreamEnvironment(SandboxedEnvironment):
    """Sandboxed, strict. Attribute access is allowed on records and loop variables only; calls on known names."""

    code_generator_class = StreamCodeGenerator
    intercepted_binops = frozenset({"+", "*", "**", "%"})
    concat = staticmethod(Fragment)  # type: ignore[assignment]

    def __init__(self, roots: frozenset[str], functions: frozenset[str]) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=False, optimized=False, cache_size=0)
        self.flatten = FlattenNames(roots, functions)
        self.ops: tuple[object, ...] = ()
        self.groups: list[Any] = []
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
        if type(obj) is LoopContext and attribute in _LOOP:
            return getattr(obj, attribute)
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

    def parse(self, source: str, name: str | None = None, filename: str | None = None) -> nodes.Template:
        """The tree of a template. Only what is compiled needs the extension for `do`."""
        if not self.extensions:
            self.add_extension("jinja2.ext.do")
        return super().parse(source, name, filename)

    def operations(self, data: str) -> list[object]:
        """What a piece of translated text stands for."""
        return [self.ops[number] for number in marks(data)]

    def build(
        self, tree: nodes.Template, ops: tuple[object, ...], name: str, filename: str
    ) -> tuple[CodeType, tuple[Any, ...]]:
        """Compile a checked tree of translated source."""
        self.ops, self.groups = ops, []
        tree = self.flatten.visit(tree)
        join_conditions(tree, self.operations)
        code = self.compile(tree, name, filename)
        return lean(code), tuple(self.groups)

    def link(self, program: Program, key: str) -> Any:
        """A Jinja template object of a program; `key` is what its includes are looked up from."""
        namespace: dict[str, Any] = {
            "environment": self,
            "__file__": program.name,
            "GROUPS": program.groups,
            "finalize": finalize,
            "joined": self.joined,
            "tick": self.budget.tick,
        }
        exec(program.code, namespace)
        namespace["name"] = key
        return self.template_class._from_namespace(self, namespace, {})  # a context is handed over whole


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
