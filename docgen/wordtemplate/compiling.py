"""Compile a Word template: each part that carries tags becomes a program, everything else stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity, has_errors
from docgen.templating.engine import display_name
from docgen.templating.vocabulary import Things, Vocabulary
from docgen.wordtemplate.compiled import Compiled, PartProgram, located, short
from docgen.wordtemplate.environment import WordEnvironment, WordNameCheck, normalize
from docgen.wordtemplate.healing import Found, heal
from docgen.wordtemplate.levels import Levels
from docgen.wordtemplate.opening import CONTENT_TYPES, Package, open_package
from docgen.wordtemplate.safety import disarm
from docgen.wordtemplate.tags import Tag
from docgen.wordtemplate.translation import Translated, translate

_UNTOUCHED = frozenset(
    f"word/{name}.xml" for name in ("styles", "fontTable", "numbering", "webSettings", "stylesWithEffects")
)


def compile_template(path: Path, vocabulary: Vocabulary | None, name: str = "") -> Compiled:
    """Read, disarm and compile a Word template; without a vocabulary any name is legal.

    Raises:
        DocgenError: every fault in it, each with paragraph and tag.
    """
    package = open_package(path, name or display_name(path))
    disarm(package)
    roots = frozenset(vocabulary.roots) if vocabulary else frozenset()
    functions = (
        frozenset(n for n, legal in vocabulary.functions.items() if legal is not None) if vocabulary else frozenset()
    )
    environment = WordEnvironment(roots, functions)
    parts: list[PartProgram] = []
    facts: set[str] = set()
    diagnostics = list(package.diagnostics)
    for part in _parts(package):
        compiler = _PartCompiler(package, part, environment, vocabulary)
        made = compiler.run()
        diagnostics += compiler.diagnostics
        facts |= compiler.facts
        if made:
            parts.append(made)
    if has_errors(diagnostics):
        raise DocgenError(diagnostics)
    done = {part.name for part in parts}
    return Compiled(
        package.name,
        tuple(package.data),
        {n: m for n, m in package.packed.items() if n not in done},
        tuple(parts),
        {part.name: package.data.get(_rels(part.name), b"") for part in parts},
        package.data[CONTENT_TYPES],
        tuple(diagnostics),
        tuple(sorted(facts)),
        roots,
        functions,
    )


def _rels(part: str) -> str:
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def _parts(package: Package) -> Iterator[str]:
    """The members that may carry tags: those with a brace in them."""
    for name, data in package.data.items():
        if name.endswith(".xml") and name.startswith(("word/", "docProps/", "customXml/")) and name not in _UNTOUCHED:
            wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
            if wide or b"{" in data:
                yield name


class _PartCompiler:
    def __init__(
        self, package: Package, part: str, environment: WordEnvironment, vocabulary: Vocabulary | None
    ) -> None:
        self.package, self.part = package, part
        self.environment, self.vocabulary = environment, vocabulary
        self.diagnostics: list[Diagnostic] = []
        self.facts: set[str] = set()
        self.tags: list[Tag] = []

    def run(self) -> PartProgram | None:
        from lxml import etree

        from docgen.wordtemplate.tree import parse

        try:
            root = parse(self.package.data[self.part])
        except etree.XMLSyntaxError as error:
            self.fault("W031", part=self.part, reason=error.msg)
            return None
        found = Found()
        heal(root, found)
        for paragraph, read in found.unclosed:
            self._report("W101", paragraph, read, read=read)
        if not found.tags and not found.escaped:
            return None
        levels = Levels(root, found)
        levels.apply()
        self.tags = found.tags
        for number in levels.misplaced:
            self._at("W102", number)
        for number, rest in levels.lost:
            self._at("W104", number, Severity.WARNING, rest=short(rest))
        xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + etree.tostring(root, encoding="unicode")
        translated = translate(xml, found.tags, levels.guards, f"{self.package.name}|{self.part}")
        for number in translated.crossed:
            self._at("W103", number)
        return self._compile(translated)

    # ---- Jinja

    def _compile(self, translated: Translated) -> PartProgram | None:
        places = tuple((self.tags[n].paragraph, self.tags[n].written) if n >= 0 else ("", "") for n in translated.lines)
        try:
            tree = self.environment.parse(translated.source, self.part, self.part)
        except TemplateSyntaxError as error:
            if not self._check_alone():
                self._line(error.lineno, translated, "W108", read=error.message or "")
            return None
        tree = normalize(tree)
        vocabulary = self.vocabulary
        if vocabulary is not None:
            check = WordNameCheck(vocabulary, self.part)
            for diagnostic in check.run(tree):
                self._line(
                    diagnostic.place.line, translated, _own(diagnostic.code), diagnostic.nearest, **diagnostic.values
                )
            self.facts = check.facts
        if has_errors(self.diagnostics):
            return None
        name = f"{self.package.name}|{self.part}"
        try:
            program = self.environment.program(tree, translated.ops, name, tuple(sorted(self.facts)))
        except TemplateSyntaxError as error:
            self._line(error.lineno, translated, "W108", read=error.message or "")
            return None
        return PartProgram(self.part, program, places)

    def _check_alone(self) -> bool:
        """Read every tag by itself, so that one bad tag does not hide the next. True if any is bad Jinja.

        Names are checked as far as that goes: what a loop or `set` names counts as known from there on.
        """
        bad = False
        check = WordNameCheck(self.vocabulary, self.part) if self.vocabulary is not None else None
        scope: dict[str, Any] = {}
        for number, tag in enumerate(self.tags):
            source = _alone(tag)
            if not source:
                continue
            try:
                tree = normalize(self.environment.parse(source))
            except TemplateSyntaxError as error:
                self._at("W108", number, read=error.message or "")
                bad = True
                continue
            if check is not None:
                for node in tree.body:
                    check.statement(node, scope)
                    if isinstance(node, nodes.For):
                        shape = check.shape(node.iter, dict(scope))
                        check.bind(node.target, shape.item if isinstance(shape, Things) else None, scope)
                        scope["loop"] = None
                    elif isinstance(node, nodes.Macro):
                        scope.update({argument.name: None for argument in node.args})
                for fault in dict.fromkeys((f.code, str(f.values["read"]), f.nearest) for f in check.diagnostics):
                    self._at(_own(fault[0]), number, near=fault[2], read=fault[1])
                check.diagnostics.clear()
        return bad

    # ---- messages

    def fault(self, code: str, **values: Any) -> None:
        place = Place(self.package.name, heading=self.part)
        self.diagnostics.append(Diagnostic(code, Severity.ERROR, place, values))

    def _line(self, line: int, translated: Translated, code: str, near: str = "", **values: Any) -> None:
        numbers = translated.lines[:line] or (-1,)
        number = next((n for n in reversed(numbers) if n >= 0), -1)
        tag = self.tags[number] if number >= 0 else None
        self._report(code, tag.paragraph if tag else "", tag.written if tag else "", near=near, **values)

    def _at(self, code: str, number: int, severity: Severity = Severity.ERROR, near: str = "", **values: Any) -> None:
        tag = self.tags[number]
        self._report(code, tag.paragraph, tag.written, severity, near, **values)

    def _report(
        self, code: str, paragraph: str, tag: str, severity: Severity = Severity.ERROR, near: str = "", **values: Any
    ) -> None:
        self.diagnostics.append(located(self.package.name, self.part, paragraph, tag, code, severity, near, **values))


def _own(code: str) -> str:
    """The row of the message table that says the same of a tag: T001 → W501."""
    return f"W5{code[2:]}" if code.startswith("T") else code


def _alone(tag: Tag) -> str:
    if tag.kind == "value":
        return tag.source
    word = tag.keyword
    if word in ("if", "elif"):
        return "{% if" + tag.body[len(word) :] + " %}{% endif %}"
    if word == "for":
        return tag.source + "{% endfor %}"
    if word == "macro":
        return tag.source + "{% endmacro %}"
    if word == "set" and not tag.opens:
        return tag.source
    return tag.source if word == "do" else ""
