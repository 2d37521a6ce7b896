"""The commented profile `docgen new` writes: field texts of the model, prose of `shared/starter.yaml`.

The schema line names `profile.schema.json` beside the profile: editors with a YAML language server
then complete and explain; everybody else can ignore both.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docgen.profile.describe import FieldInfo, Kind, fields_of
from docgen.profile.fields import Level, Part
from docgen.profile.labels import choice_label
from docgen.profile.schema import SCHEMA_FILE

_COMMENT_COLUMN = 44
_NAMES_A_LINE = 5
_UNSAFE_START = tuple("&*!|>'\"%@`,[]{}#?-:~")


def load_words(templates_root: Path) -> Mapping[str, Any]:
    """The prose of the starter: `shared/starter.yaml` below a template folder."""
    import yaml

    with (templates_root / "shared" / "starter.yaml").open(encoding="utf-8") as stream:
        words: Mapping[str, Any] = yaml.safe_load(stream)
    return words


def yaml_value(value: Any) -> str:
    """A value on one line of YAML, quoted only where it must be."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(yaml_value(item) for item in value) + "]"
    text = " ".join(str(value).split())
    plain = text and not text.startswith(_UNSAFE_START) and ": " not in text and " #" not in text
    if plain and not text.endswith(":") and not set(text) & set("[]{},"):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


Names = Mapping[str, Mapping[str, str]]  # path → id → name


class _Writer:
    def __init__(self, given: Mapping[str, Any], words: Mapping[str, Any], defaults: Mapping[str, Any], names: Names):
        self.given = given
        self.words = words
        self.defaults = defaults
        self.names = names
        self.lines: list[str] = []

    def group(self, part: type[Part], pattern: str, indent: str, first: str = "") -> None:
        """The facts of one part; `first` replaces the indent of the first line (the dash of a list item)."""
        more: list[str] = []
        for name, info in fields_of(part).items():
            path = f"{pattern}.{name}" if pattern else name
            lead = first or indent
            if info.kind is Kind.GROUP and info.part is not None:
                self.line(f"{indent}{name}:", info.label)
                self.group(info.part, path, indent + "  ")
            elif info.kind is Kind.GROUPS and info.part is not None:
                if info.level is Level.MAY:
                    more.append(f"{name}（{info.label}）")
                    continue
                self.line(f"{indent}{name}:", f"{info.label}；{self.words['list_item_mark']}")
                self.example_item(info, path, indent + "  ")
            elif info.level is Level.MAY and path not in self.given and path not in self.names:
                more.append(f"{name}（{info.label}）")
                continue
            else:
                self.fact(info, path, lead)
            first = ""
        for start in range(0, len(more), _NAMES_A_LINE):
            names = "、".join(more[start : start + _NAMES_A_LINE])
            self.lines.append(f"{indent}# {self.words['more_mark']}：{names}")

    def fact(self, info: FieldInfo, path: str, lead: str) -> None:
        """One fact: filled where the first draft needs it, else a line to be uncommented."""
        remark = [info.label]
        if info.level is Level.MUST or path in self.given:
            value = self.given.get(path, self.words["values"].get(path, info.example))
            remark.append(self.words["must_mark"])
            if path not in self.given:
                remark.append(self.words["example_mark"])
            mark = ""
        else:
            value = self.defaults.get(path, self.words["values"].get(path, info.example))
            if path in self.defaults:
                remark.append(self.words["proposed_mark"])
            mark = "# "
        if info.kind in (Kind.TEXTS, Kind.CHOICES) and value is not None and not isinstance(value, (list, tuple)):
            value = [value]
        if info.unit:
            remark.append(f"{self.words['unit_mark']}：{info.unit}")
        if info.help:
            remark.append(info.help)
        choices = {choice: choice_label(choice, info.choices) for choice in info.choices} or self.names.get(path, {})
        if not all(choice in info.help for choice in choices):
            known = "、".join(f"{choice} {label}" for choice, label in choices.items())
            remark.append(f"{self.words['choices_mark']}：{known}")
        text = "" if value is None else " " + yaml_value(value)
        self.line(f"{lead}{mark}{info.name}:{text}", "；".join(remark))

    def example_item(self, info: FieldInfo, path: str, indent: str) -> None:
        """One list item: filled for a must list, else all lines commented."""
        assert info.part is not None
        inner = _Writer(self.given, self.words, self.defaults, self.names)
        inner.group(info.part, path + "[]", "  ")
        filled = info.level is Level.MUST
        dash = "- "
        for line in inner.lines:
            body = line[2:]
            if filled:
                starts = not body.startswith(("#", " "))
                self.lines.append(indent + (dash if starts else "  ") + body)
                dash = "  " if starts else dash
            else:
                fact = not body.startswith(f"# {self.words['more_mark']}")
                self.lines.append(f"{indent}# {dash if fact else '  '}{body.removeprefix('# ')}")
                dash = "  " if fact else dash

    def line(self, text: str, remark: str) -> None:
        """A line with its remark at a fixed column where there is room."""
        self.lines.append(f"{text}{' ' * max(2, _COMMENT_COLUMN - _width(text))}# {remark}")


def _width(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def starter_text(
    industry_id: str,
    name: str,
    *,
    words: Mapping[str, Any],
    given: Mapping[str, Any] | None = None,
    defaults: Mapping[str, Any] | None = None,
    names: Names | None = None,
    schema_file: str = SCHEMA_FILE,
) -> str:
    """A profile that builds at once and explains itself.

    `words` is `load_words(...)`; `given` holds facts known from the start (path → value); `defaults` are the
    industry's proposals, shown on the lines to be filled; `names` are the ids that may stand at a path, with their
    names: those of indicators, roles and terms.
    """
    from docgen.profile.profile import Profile

    known: dict[str, Any] = {"company.full_name": name, "company.industry": industry_id, **(given or {})}
    proposals = dict(defaults or {})
    listed = names or {}
    writer = _Writer(known, words, proposals, listed)
    lines = writer.lines
    lines.append(f"# yaml-language-server: $schema={schema_file}")
    lines += [f"# {line}" for line in words["header"]]
    for top, info in fields_of(Profile).items():
        lines += ["", f"# ── {words['groups'].get(top, info.label)}"]
        lines.append(f"{top}:")
        if info.kind is Kind.GROUP and info.part is not None:
            writer.group(info.part, top, "  ")
        elif info.kind is Kind.GROUPS:
            writer.example_item(info, top, "  ")
        elif info.kind is Kind.GROUP_MAP:
            for kpi, label in listed.get(top, {}).items():
                target = proposals.get(f"{top}.{kpi}.target")
                shown = "" if target is None else yaml_value(target)
                writer.line(f"  # {kpi}: {{target: {shown}}}", label)
        elif info.kind is Kind.TEXT_MAP:
            lines += [f"  # {id}: {yaml_value(word)}" for id, word in listed.get(top, {}).items()]
    return "\n".join(lines) + "\n"
