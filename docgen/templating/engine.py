"""Text templates: found, compiled once, checked, run."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, MutableMapping
from copy import copy
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2.exceptions import SecurityError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity, has_errors
from docgen.templating.blocks import idle_blocks
from docgen.templating.budget import MAX_SECONDS, TimeReached, bounded_filters
from docgen.templating.builder import Builder, LimitReached
from docgen.templating.filters import make_filters
from docgen.templating.program import Program, StreamEnvironment
from docgen.templating.values import NotInSet, NotPrintable, Record
from docgen.templating.vocabulary import NameCheck, Vocabulary, nearest

MAX_TEMPLATE_BYTES = 2_000_000
BASE = "base:"
_NAME = re.compile(r"[a-z]\w*(\.\w+)*")
_ITEM = "item."


class Templates:
    """The text templates of a run. `roots` are searched in order; the first file found wins.

    A name that begins with `base:` is looked for from the root after the one the asking file came from, so that an
    industry's file can extend the one it replaces. `programs` may be shared by several sets of templates: its keys
    are the root and the name.
    """

    def __init__(
        self,
        roots: Iterable[Path],
        vocabulary: Vocabulary,
        programs: MutableMapping[str, Program] | None = None,
    ) -> None:
        self.roots = tuple(roots)
        self.vocabulary = vocabulary
        self.programs = programs if programs is not None else {}
        self.linked: dict[str, Any] = {}
        self.plain_names: dict[str, str] = {}  # expressions that are one name, as a context has it; "" for others
        self.found: dict[tuple[str, str], tuple[str, Path]] = {}  # (name, asking root) → key and file
        self.remembered = Remembered()
        self.used: set[str] = set()  # templates asked for since it was last cleared
        functions = frozenset(name for name, legal in vocabulary.functions.items() if legal is not None)
        self.environment = _LinkedEnvironment(self, frozenset(vocabulary.roots), functions)
        self.environment.filters = bounded_filters(make_filters(), self.environment.budget)

    def over(self, roots: Iterable[Path]) -> Templates:
        """These templates searched for in other roots: what was compiled, linked and remembered is shared."""
        others = copy(self)
        others.roots, others.found, others.used = tuple(roots), {}, set()
        return others

    # ---- finding

    def locate(self, name: str, asked_from: str = "") -> tuple[str, Path] | None:
        """The key and file of a template name: the key tells which root it came from."""
        start = 0
        if name.startswith(BASE):
            name = name[len(BASE) :]
            asking = asked_from.rpartition("|")[0]
            start = next((i + 1 for i, root in enumerate(self.roots) if str(root) == asking), 0)
        for root in self.roots[start:]:
            path = root / name
            if path.is_file() and _inside(path, root):
                return f"{root}|{name}", path
        return None

    def names(self) -> list[str]:
        """Every text template below the roots, each once."""
        found: dict[str, None] = {}
        for root in self.roots:
            for path in sorted(root.rglob("*.md")):
                found.setdefault(path.relative_to(root).as_posix())
        return list(found)

    # ---- compiling

    def program(self, key: str, path: Path) -> Program:
        """The compiled template of a file. Raises DocgenError with every fault in it."""
        known = self.programs.get(key)
        if known is not None:
            return known
        diagnostics, program = self.compile(path, key)
        if program is None or has_errors(diagnostics):
            raise DocgenError(diagnostics)
        self.programs[key] = program
        return program

    def key_of(self, path: Path) -> str:
        """The key under which a file below the roots asks for others; empty for one that lies elsewhere."""
        root = next((root for root in self.roots if path.is_relative_to(root)), None)
        return f"{root}|{path.relative_to(root).as_posix()}" if root else ""

    def stable_name(self, path: Path) -> str:
        """The path of a template below the outermost root it lies in: the same on every machine."""
        for root in reversed(self.roots):
            if path.is_relative_to(root):
                return path.relative_to(root).as_posix()
        return path.name

    def compile(self, path: Path, key: str = "") -> tuple[list[Diagnostic], Program | None]:
        """Compile and check one file, with everything wrong in it. What it includes is asked for under `key`."""
        name = display_name(path)
        data = path.read_bytes()
        if len(data) > MAX_TEMPLATE_BYTES:
            return [_fault("T015", name, 0, str(len(data)))], None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            return [_fault("T014", name, data[: error.start].count(b"\n") + 1, str(error.reason))], None
        diagnostics, program = self.compile_text(text, name, self.stable_name(path), key)
        return diagnostics + idle_blocks(text, name, key, self.locate), program

    def compile_text(
        self, text: str, name: str, stable: str = "", key: str = ""
    ) -> tuple[list[Diagnostic], Program | None]:
        """Compile and check a template given as text."""
        from docgen.templating.source import translate

        translated = translate(text, stable or name, name)
        diagnostics = list(translated.diagnostics)
        try:
            tree = self.environment.parse(translated.source, name, name)
        except TemplateSyntaxError as error:
            diagnostics.append(_fault("T008", name, error.lineno, error.message or ""))
            return diagnostics, None
        check = NameCheck(self.vocabulary, name)
        diagnostics += check.run(tree)
        if has_errors(diagnostics):
            return diagnostics, None
        try:
            code, groups = self.environment.build(tree, translated.ops, key or name, name)
        except TemplateSyntaxError as error:
            diagnostics.append(_fault("T008", name, error.lineno, error.message or ""))
            return diagnostics, None
        return diagnostics, Program(name, code, groups, translated.front, tuple(sorted(check.facts)))

    def get(self, name: str, asked_from: str = "") -> Any:
        """The ready template object of a name. Raises DocgenError, TemplateNotFound."""
        asking = (name, asked_from.rpartition("|")[0])
        found = self.found.get(asking) or self.locate(name, asked_from)
        if found is None:
            raise TemplateNotFound(name)
        self.found[asking] = found
        key, path = found
        self.used.add(key)
        template = self.linked.get(key)
        if template is None:
            program = self.program(key, path)
            template = self.environment.link(program, key)
            self.linked[key] = template
        return template

    def front(self, name: str) -> Mapping[str, str]:
        """The front matter of a template."""
        key, path = self.found.get((name, "")) or self.locate(name) or ("", Path())
        return self.program(key, path).front if key else {}

    # ---- running

    def run(self, name: str, context: Mapping[str, Any], builder: Builder) -> None:
        """Play a template into a builder. Raises DocgenError with the template line of what went wrong."""
        self.environment.begin(self)
        try:
            template = self.get(name)
            builder.play(template.root_render_func(template.new_context(context, True)))
        except DocgenError:
            raise
        except TemplateNotFound as error:
            near = nearest(str(error.name), self.names())
            raise DocgenError([_fault("T009", *self._place(sys.exc_info()[2]), str(error.name), near)]) from error
        except Exception as error:
            raise DocgenError([self._explain(error, sys.exc_info()[2])]) from error

    def evaluate(self, expression: str, file: str, context: Mapping[str, Any], item: Any = None) -> Any:
        """The value of one expression (of a form), which may name `item`. Raises DocgenError. What needs no item is
        worked out once for a context."""
        if type(item) is Record and expression.startswith(_ITEM):
            value = item.values.get(expression[len(_ITEM) :], self)  # most expressions about an item are one part of it
            if value is not self:
                return value
        name = self.plain_names.get(expression)
        if name is None:
            name = expression.replace(".", "__") if _NAME.fullmatch(expression) else ""
            self.plain_names[expression] = name
        if name:  # most are no more, and need no program
            value = context.get(name, self)
            if value is not self:
                return value
        if item is None:
            remembered = self.remembered.of(context)
            if expression not in remembered:
                remembered[expression] = self._evaluate(expression, file, context, None)
            return remembered[expression]
        return self._evaluate(expression, file, context, item)

    def _evaluate(self, expression: str, file: str, context: Mapping[str, Any], item: Any) -> Any:
        key = f"expression:{expression}"
        template = self.linked.get(key)
        if template is None:
            program = self.programs.get(key)
            if program is None:
                program = self.programs[key] = self.compile_expression(expression, file)
            template = self.linked[key] = self.environment.link(program, key)
        scope = template.new_context(context, True)
        scope.vars["item"] = item
        self.environment.begin(self)
        try:
            for _ in template.root_render_func(scope):
                pass
        except Exception as error:
            raise DocgenError([self._explain(error, sys.exc_info()[2])]) from error
        return scope.vars["result"]

    def compile_expression(self, expression: str, file: str, line: int = 0) -> Program:
        """Compile and check one expression. Raises DocgenError."""
        try:
            tree = self.environment.parse("{% set result = " + expression + " %}", file, file)
        except TemplateSyntaxError as error:
            raise DocgenError([_fault("T008", file, line, f"{expression}: {error.message}")]) from error
        check = NameCheck(self.vocabulary, file)
        check.block(tree.body, {"item": None})
        if has_errors(check.diagnostics):
            raise DocgenError([_relocated(d, line) for d in check.diagnostics])
        code, groups = self.environment.build(tree, (), file, file)
        return Program(file, code, groups, {}, tuple(sorted(check.facts)))

    def _explain(self, error: Exception, traceback: TracebackType | None) -> Diagnostic:
        name, line = self._place(traceback)
        if isinstance(error, TimeReached):
            return _fault("T019", name, line, f"{MAX_SECONDS:.0f}")
        if isinstance(error, (LimitReached, RecursionError, MemoryError)):
            return _fault("T011", name, line, "2000000")
        if isinstance(error, SecurityError):
            return _fault("T012", name, line, str(error))
        if isinstance(error, NotPrintable):
            return _fault("T003", name, line, str(error))
        if isinstance(error, NotInSet):
            return _fault("T016", name, line, str(error))
        if isinstance(error, UndefinedError):
            return _fault("T001", name, line, str(error))
        return _fault("T010", name, line, f"{type(error).__name__}: {error}")

    def place_of(self, anchor: str, name: str) -> Place:
        """Where a section of this anchor is referred to, in the template of this name or what it took in."""
        reference = re.compile(rf"""section\(\s*["']{re.escape(anchor)}["']""")
        for key in sorted(self.used, key=lambda key: not key.endswith(f"|{name}")):
            root, _, found = key.partition("|")
            lines = (Path(root) / found).read_text(encoding="utf-8-sig").splitlines()
            for number, line in enumerate(lines, 1):
                if reference.search(line):
                    return Place(display_name(Path(root) / found), number, quote=anchor)
        return Place(name)

    def _place(self, traceback: TracebackType | None) -> tuple[str, int]:
        """Template and line of the innermost template frame of a traceback."""
        place = ("", 0)
        while traceback is not None:
            template = traceback.tb_frame.f_globals.get("__jinja_template__")
            if template is not None:
                place = (template.filename or "", template.get_corresponding_lineno(traceback.tb_lineno))
            traceback = traceback.tb_next
        return place


class Remembered:
    """Values of expressions over the facts of one company: those of the company last asked for."""

    def __init__(self) -> None:
        self._context: Mapping[str, Any] = {}
        self._values: dict[str, Any] = {}

    def of(self, context: Mapping[str, Any]) -> dict[str, Any]:
        """The values by expression, to read and to add to."""
        if self._context is not context:
            self._context, self._values = context, {}
        return self._values


class _LinkedEnvironment(StreamEnvironment):
    """Includes, imports and parents come from the set of templates that runs."""

    def __init__(self, templates: Templates, roots: frozenset[str], functions: frozenset[str]) -> None:
        super().__init__(roots, functions)
        self.templates = templates

    def begin(self, templates: Templates) -> None:
        """A template of this set is about to run."""
        self.templates = templates
        self.budget.reset()

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Any:
        self.budget.tick()
        return self.templates.get(str(name), parent or "")


def display_name(path: Path) -> str:
    """How a template file is named to people: relative to the working folder where it lies in it."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _relocated(diagnostic: Diagnostic, line: int) -> Diagnostic:
    place = diagnostic.place
    return replace(diagnostic, place=replace(place, line=line))


def _inside(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(_resolved(root))


@cache
def _resolved(root: Path) -> Path:
    return root.resolve()


def _fault(code: str, name: str, line: int, read: str, near: str = "") -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, Place(name, line, quote=read), {"read": read}, near)
