"""The short notations of form files: words with `{{ … }}`, cells, options, columns, conditions."""

from __future__ import annotations

import re

from docgen.compose.formmodel import BOXES, KINDS, Column, Expression, Field, Option, Words
from docgen.compose.formyaml import Faults, Node, is_map, line_of, mapping, nearest, number_of, text_of
from docgen.document import Break, Inline, Text

_EXPRESSION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_BREAK = re.compile(r"<br>|\n")
_FILL = re.compile(r"^_(\w*)(?:\s+(\S+)(?:\s+(.*))?)?$", re.DOTALL)
_NAME = re.compile(r"^[a-z][a-z0-9_]*$")
_OPTION = re.compile(r"^(.*?)\?(!?)([a-z_]+)$")
_CONDITION = re.compile(r"""^(?:[\w\s.()=<>!,-]|"[^"]*"|'[^']*')+$""", re.ASCII)
_BARE = re.compile(r"""(?<![\w."'])([a-z_][a-z0-9_]*)(?![\w("'.])""")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_NAMES = re.compile(r"(?<![\w.])[A-Za-z_][\w.]*")
_COMMON = re.compile(r"(?:has|term)\.\w+|company\.industry|if|else|not|and|or|in|is")  # alike for many companies
_OPERATORS = frozenset(("not", "and", "or", "in", "is", "true", "false", "none", "item"))
_FORMULA_NAME = re.compile(r"\{(\w+)(?::(?:all|first))?\}")


class Scope:
    """What compiling one file collects besides its rows."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.expressions: list[Expression] = []
        self.fields: dict[str, Field] = {}

    def expression(self, source: str, line: int, use: str = "value", item: bool = False) -> Expression:
        source = source.strip()
        names = _NAMES.findall(_QUOTED.sub("", source))
        own = use != "condition" and not all(map(_COMMON.fullmatch, names))
        found = Expression(source, line, use, item, own)  # type: ignore[arg-type]
        self.expressions.append(found)
        return found

    def words(self, text: str, line: int, item: bool = False) -> Words:
        """Author's words with breaks, `**strong**` and expressions."""
        parts: list[Inline | Expression] = []
        end = 0
        for match in _EXPRESSION.finditer(text):
            parts += self._static(text[end : match.start()], line)
            parts.append(self.expression(match.group(1), line, item=item))
            end = match.end()
        parts += self._static(text[end:], line)
        return tuple(parts)

    def _static(self, text: str, line: int) -> list[Inline | Expression]:
        if "{{" in text or "}}" in text:
            self.faults.add("KF19", line, text=text.strip()[:40])
        parts: list[Inline | Expression] = []
        for number, piece in enumerate(_BREAK.split(text)):
            if number:
                parts.append(Break())
            for index, part in enumerate(_STRONG.split(piece)):
                if part:
                    parts.append(Text(part, strong=bool(index % 2)))
        return parts

    def condition(self, node: Node | None, item: bool = False) -> str:
        """A condition; bare names mean `has.name`."""
        if node is None:
            return ""
        return self.condition_text(text_of(node, self.faults, "when"), line_of(node), item)

    def condition_text(self, text: str, line: int, item: bool = False) -> str:
        if not _CONDITION.match(text):
            self.faults.add("KF24", line, text=text)
            return ""
        source = _BARE.sub(lambda m: m.group(1) if m.group(1) in _OPERATORS else f"has.{m.group(1)}", text)
        self.expression(source, line, "condition", item)
        return source

    def options(self, text: str, line: int, name: str) -> tuple[Option, ...]:
        """`a / b?online_sales / *products:name / *take_back.items`."""
        result = []
        for part in (piece.strip() for piece in re.split(r"\s/\s|/(?![^{]*\}\})", text)):
            if not part:
                continue
            for expression in _EXPRESSION.findall(part):
                if any("/" in quoted for quoted in _QUOTED.findall(expression)):
                    self.faults.add("KF26", line, text=part)
            if part.startswith("*"):
                source, _, member = part[1:].partition(":")
                self.expression(source, line, "list")
                label = (self.expression(f"item.{member}" if member else "item", line, item=True),)
                result.append(Option(label, source=source))
                continue
            match = _OPTION.match(part)
            when = ""
            if match:
                part = match.group(1)
                when = self.condition_text(("not " if match.group(2) else "") + match.group(3), line)
            result.append(Option(self.words(part, line), when))
        if not result:
            self.faults.add("KF11", line, name=name)
        return tuple(result)

    def kind(self, kind: str, line: int) -> str:
        if kind in KINDS:
            return kind
        self.faults.add("KF10", line, nearest(kind, KINDS), kind=kind, known=", ".join(KINDS))
        return "text"

    def fill(self, text: str, line: int, label: Words = ()) -> Field:
        """`_name kind options-or-unit`; every part may be left out."""
        match = _FILL.match(text)
        if not match:
            self.faults.add("KF13", line, name=text)
            return Field("", label)
        name, kind, rest = match.group(1), match.group(2) or "text", match.group(3) or ""
        kind = self.kind(kind, line)
        boxes = kind in BOXES
        field = Field(
            name,
            label,
            kind,
            self.options(rest, line, name) if boxes else (),
            "" if boxes else rest.strip(),
            line,
        )
        if name:
            self.name(name, line)
            self.fields[name] = field
        return field

    def name(self, name: str, line: int) -> None:
        if not _NAME.match(name):
            self.faults.add("KF13", line, name=name)
        elif name in self.fields:
            self.faults.add("KF12", line, name=name, line=self.fields[name].line)

    def column(self, node: Node) -> Column | None:
        """A column, as one line `name label width kind options` or as a mapping."""
        line = line_of(node)
        if is_map(node):
            keys = ("name", "label", "width", "kind", "options", "unit", "formula", "merge", "default", "sum")
            m = mapping(node, keys, self.faults, "columns", ("name", "label"))
            get = {key: text_of(m.get(key), self.faults, key) for key in keys}
            width = number_of(m.get("width"), self.faults, "width", 10)
            total = number_of(m.get("sum"), self.faults, "sum")
        else:
            parts = re.split(r"[ \t]+", text_of(node, self.faults, "columns"), maxsplit=4)
            if len(parts) < 3 or not re.fullmatch(r"\d+(\.\d+)?", parts[2]):
                self.faults.add("KF25", line, text=" ".join(parts))
                return None
            parts += [""] * (5 - len(parts))
            get = {"name": parts[0], "label": parts[1], "kind": parts[3], "options": parts[4], "unit": parts[4]}
            width, total = float(parts[2]), 0.0
        kind = self.kind(get["kind"] or "text", line)
        boxes = kind in BOXES
        if not _NAME.match(get["name"]):
            self.faults.add("KF13", line, name=get["name"])
        return Column(
            get["name"],
            self.words(get["label"], line),
            width,
            kind,
            self.options(get["options"], line, get["name"]) if boxes else (),
            "" if boxes else get.get("unit", ""),
            get.get("formula", ""),
            get.get("merge", "") == "true",
            get.get("default", ""),
            line,
            total,
        )


def formula_names(formula: str) -> set[str]:
    """The columns a formula names."""
    return set(_FORMULA_NAME.findall(formula))


def both(first: str, second: str) -> str:
    """The condition that both hold; an empty one always does."""
    return f"({first}) and ({second})" if first and second else first or second
