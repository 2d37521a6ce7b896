"""The code a template is compiled to: a generator of operations and values.

Follows the way of Jinja's own native types, with less code than Jinja writes: a document's template is read from the
cache and linked at every start, and most of what it holds would never run. All names of a function are looked up in one
step, and what the context does not know becomes an undefined value there, so that no use of a name has to ask again;
filters and tests are names of the module; the values of a line are made fit for the text where the line is filled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, DependencyFinderVisitor, Frame, operators
from jinja2.idtracking import VAR_LOAD_ALIAS, VAR_LOAD_RESOLVE, VAR_LOAD_UNDEFINED
from jinja2.runtime import Context, Undefined

from docgen.templating.builder import Fragment
from docgen.templating.grouping import Filled, gather

_MARK_START, _MARK_END = "\x01", "\x02"


def marks(data: str) -> list[int]:
    """The operation numbers in a piece of translated text."""
    return [int(part[: part.index(_MARK_END)]) for part in data.split(_MARK_START)[1:]]


def names_for(environment: Any) -> dict[str, Any]:
    """The names the code of every template uses, besides `GROUPS` and the helpers of the environment."""
    undefined = environment.undefined

    def known(context: Context, names: tuple[str, ...]) -> list[Any]:
        """The values of these names; an undefined value for those that nothing stands for."""
        parent, own = context.parent, context.vars
        try:
            if own:
                return [own[name] if name in own else parent[name] for name in names]
            return list(map(parent.__getitem__, names))
        except KeyError:
            return list(map(context.resolve, names))

    return {
        "environment": environment,
        "known": known,
        "undefined": undefined,
        "cond_expr_undefined": Undefined,
        "concat": environment.concat,
        **{_local("filter", name): made for name, made in environment.filters.items()},
        **{_local("test", name): made for name, made in environment.tests.items()},
    }


def _local(kind: str, name: str) -> str:
    return f"{kind}_{name.replace('.', '__')}"


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
                    if frame.buffer is None:
                        self.visit(value, frame)
                    else:  # a macro, which is over when its lines are filled: a fault is told in its own line
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
            yield Constant(str(const)) if isinstance(const, (str, int)) else child

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

    # ---- less code

    def write_commons(self) -> None:
        """Nothing that `names_for` gives."""
        self.writeline("if 0: yield None")

    def enter_frame(self, frame: Frame) -> None:
        """All names that come from the context in one step."""
        resolved = {t: name for t, (action, name) in frame.symbols.loads.items() if action == VAR_LOAD_RESOLVE}
        if resolved:
            self.writeline(f"{', '.join(resolved)}, = known({self.get_context_ref()}, {tuple(resolved.values())!r})")
        for target, (action, other) in frame.symbols.loads.items():
            if action == VAR_LOAD_ALIAS:
                self.writeline(f"{target} = {other}")
            elif action == VAR_LOAD_UNDEFINED:
                self.writeline(f"{target} = missing")

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:
        """A name that came from the context stands for something already."""
        if node.ctx == "load":
            reference = frame.symbols.ref(node.name)
            load = frame.symbols.find_load(reference)
            if load is not None and load[0] == VAR_LOAD_RESOLVE:
                self.write(reference)
                return
        super().visit_Name(node, frame)

    def pull_dependencies(self, nodes: Iterable[nodes.Node]) -> None:
        """Filters and tests are names of the module."""
        visitor = DependencyFinderVisitor()
        for node in nodes:
            visitor.visit(node)
        self.filters.update((name, _local("filter", name)) for name in visitor.filters)
        self.tests.update((name, _local("test", name)) for name in visitor.tests)

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:
        """An unknown test is a fault wherever it stands; of filters the check of names knows."""
        if node.name not in self.environment.tests:
            self.fail(f"No test named {node.name!r}.", node.lineno)
        super().visit_Test(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        """`a ~ b` keeps gaps and references whole."""
        self.write("joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:
        self._held(node, node.items, super().visit_List, frame)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:
        if node.ctx == "load":
            self._held(node, node.items, super().visit_Tuple, frame)
        else:
            super().visit_Tuple(node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:
        self._held(node, [side for pair in node.items for side in (pair.key, pair.value)], super().visit_Dict, frame)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        """A part of a text or list is a new one."""
        sliced = isinstance(node.arg, nodes.Slice)
        if sliced:
            self.write("spent(")
        super().visit_Getitem(node, frame)
        if sliced:
            self.write(")")

    def visit_Operand(self, node: nodes.Operand, frame: Frame) -> None:
        """What is searched is gone through."""
        if node.op not in ("in", "notin") or isinstance(node.expr, nodes.Const):
            super().visit_Operand(node, frame)
            return
        self.write(f" {operators[node.op]} spent(")
        self.visit(node.expr, frame)
        self.write(")")

    def _held(self, node: Any, items: list[nodes.Expr], visit: Callable[[Any, Frame], None], frame: Frame) -> None:
        """A list, tuple or mapping; one that may hold others is weighed when it is made."""
        simple = all(isinstance(item, nodes.Const) for item in items)
        if not simple:
            self.write("held(")
        visit(node, frame)
        if not simple:
            self.write(")")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:
        """The stream of the included template goes on as it is, and what goes wrong with it is told there."""
        if frame.buffer is not None or node.ignore_missing or not node.with_context:
            super().visit_Include(node, frame)
            return
        self.writeline("template = environment.get_or_select_template(", node)
        self.visit(node.template, frame)
        self.write(f", {self.name!r})")
        context = f"template.new_context(context.get_all(), True, {self.dump_local_context(frame)})"
        self.writeline(f"yield from template.root_render_func({context})")

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        """A loop counts its rounds, so that one that never ends is found."""
        node.body.insert(0, nodes.Output([]))
        super().visit_For(node, frame)


class Constant:
    """A constant value within a group of operations."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def run(self, builder: Any) -> None:
        if self.text:
            builder.value(self.text)
