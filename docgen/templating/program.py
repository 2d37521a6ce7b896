"""Jinja with a stream of operations instead of text: environment and programs.

Constant text is a group of operations; a chain such as `service.hotline` is one look-up of a name resolved once per
client.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Mapping
from types import CodeType
from typing import Any, NoReturn

from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError, TemplateNotFound, UndefinedError
from jinja2.runtime import LoopContext, StrictUndefined, Undefined
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer

from docgen.records import dataclass
from docgen.templating.budget import Budget, checked_operation
from docgen.templating.builder import Fragment
from docgen.templating.codegen import StreamCodeGenerator, marks, names_for
from docgen.templating.filters import join
from docgen.templating.grouping import join_conditions
from docgen.templating.lean import lean
from docgen.templating.values import Record, finalize, section_reference

_LOOP = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem"})


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

    def __init__(self, roots: frozenset[str], functions: frozenset[str]) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=False, optimized=False, cache_size=0)
        self.flatten = FlattenNames(roots, functions)
        self.ops: tuple[object, ...] = ()
        self.groups: list[Any] = []
        self.budget = Budget()
        self.concat = self.gathered  # type: ignore[assignment]
        self.tests = {**self.tests, "in": lambda value, where: value in self.budget.spent(where)}
        self.names: dict[str, Any] | None = None  # of the code of its templates, known when the first is linked
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
        if not isinstance(argument, str):
            return self.undefined(obj=obj, name=type(argument).__name__)
        return self.getattr(obj, argument)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "%" and isinstance(left, str):  # formats of any width
            raise SecurityError("%")
        checked_operation(self.budget, operator, left, right)
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        __self.budget.tick()
        if args or kwargs:
            __self.budget.hold(args)
            __self.budget.hold(kwargs)
        return SandboxedEnvironment.call(__self, __context, __obj, *args, **kwargs)

    def joined(self, values: tuple[Any, ...]) -> Any:
        """`a ~ b`"""
        made = join(values)
        self.budget.spend(len(made))
        return made

    def gathered(self, events: Iterable[object]) -> Fragment:
        """What a macro or a block set wrote, without fragments inside fragments."""
        made = Fragment(events)
        if Fragment in map(type, made):
            flat = Fragment()
            for event in made:
                if type(event) is Fragment:
                    self.budget.spend(len(event))
                    flat.extend(event)
                else:
                    flat.append(event)
            return flat
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
        if self.names is None:
            self.names = {**names_for(self), **self.helpers()}
        namespace: dict[str, Any] = {**self.names, "__file__": program.name, "GROUPS": program.groups}
        exec(program.code, namespace)
        namespace["name"] = key
        return self.template_class._from_namespace(self, namespace, {})  # a context is handed over whole

    def helpers(self) -> dict[str, Any]:
        """The functions the code of templates calls."""
        budget = self.budget
        return {
            "finalize": finalize,
            "joined": self.joined,
            "tick": budget.tick,
            "held": budget.hold,
            "spent": budget.spent,
        }


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
    "Program",
    "StreamEnvironment",
    "TemplateNotFound",
    "UndefinedError",
    "flat_call",
    "marks",
]
