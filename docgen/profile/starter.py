"""The commented profile `docgen new` writes, of little that is known or of all a profile says: field texts of the model,
prose of `shared/starter.yaml`.

The schema line names `profile.schema.json` beside the profile: editors with a YAML language server
then complete and explain; everybody else can ignore both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from docgen.profile.describe import FieldInfo, Kind, fields_of
from docgen.profile.fields import Level, Part
from docgen.profile.labels import choice_label
from docgen.profile.schema import SCHEMA_FILE

_COMMENT_COLUMN = 44
_NAMES_A_LINE = 5
_UNSAFE_START = tuple("&*!|>'\"%@`,[]{}#?-:~")
_UNSAFE = re.compile(r": | #|[\[\]{},]")
# texts that an editor takes for something else; docgen reads every one as it stands, but for null
_OTHER_KIND = re.compile(
    r"[-+]?[0-9._]+(?:[eE][-+]?[0-9]+)?|0[xo][0-9a-fA-F]+|null|true|false|yes|no|on|off", re.IGNORECASE
)
_ESCAPED = {
    0x85: "\\x85",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
    0xFEFF: "\\uFEFF",
}  # ends of lines to YAML, and its mark
_LONG_LIST = 100  # half-width characters of a list on one line


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
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    safe = text == text.strip() and text.isprintable() and not text.startswith(_UNSAFE_START)
    other = isinstance(value, str) and _OTHER_KIND.fullmatch(text)
    if text and safe and not other and not text.endswith(":") and not _UNSAFE.search(text):
        return text
    return json.dumps(text, ensure_ascii=False).translate(_ESCAPED)


Names = Mapping[str, Mapping[str, str]]  # path → id → name


class _Writer:
    """`given`: path → value of what is known; `whole` if that is all there is to say: nothing stands in for the rest."""

    def __init__(
        self,
        given: Mapping[str, Any],
        words: Mapping[str, Any],
        defaults: Mapping[str, Any],
        names: Names,
        whole: bool = False,
    ):
        self.whole = whole
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
                if path in self.given:
                    self.items(info, path, indent)
                    continue
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
        if path in self.given or (info.level is Level.MUST and not self.whole):
            value = self.given.get(path, self.words["values"].get(path, info.example))
            if info.level is Level.MUST or not self.whole:
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
        if isinstance(value, (list, tuple)) and not mark and _width(text) > _LONG_LIST:
            self.line(f"{lead}{info.name}:", "；".join(remark))
            self.lines += [f"{' ' * len(lead)}  - {yaml_value(item)}" for item in value]
        else:
            self.line(f"{lead}{mark}{info.name}:{text}", "；".join(remark))

    def items(self, info: FieldInfo, path: str, indent: str) -> None:
        """A list of things that are known; what the fields are called stands beside the first."""
        assert info.part is not None
        parts = self.given[path]
        self.line(f"{indent}{info.name}:{'' if parts else ' []'}", info.label)
        for number, part in enumerate(parts):
            lead = f"{indent}  - "
            values = answered(part)
            if not values:
                self.lines.append(f"{lead}{{}}")
            for name, value in values.items():
                text = f"{lead}{name}: {yaml_value(value)}"
                if number:
                    self.lines.append(text)
                else:
                    self.line(text, fields_of(info.part)[name].label)
                lead = f"{indent}    "

    def example_item(self, info: FieldInfo, path: str, indent: str) -> None:
        """One list item: filled for a must list, else all lines commented."""
        assert info.part is not None
        inner = _Writer(self.given, self.words, self.defaults, self.names, self.whole)
        inner.group(info.part, path + "[]", "  ")
        filled = info.level is Level.MUST and not self.whole
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
    known: dict[str, Any] = {"company.full_name": name, "company.industry": industry_id, **(given or {})}
    return _text(_Writer(known, words, dict(defaults or {}), names or {}), schema_file)


def profile_text(
    profile: Part,
    *,
    words: Mapping[str, Any],
    defaults: Mapping[str, Any] | None = None,
    names: Names | None = None,
    schema_file: str = SCHEMA_FILE,
) -> str:
    """A profile as the file it would have been read from, with remarks; what it lacks stands in remarks too. The
    arguments are those of `starter_text`."""
    return _text(_Writer(answered(profile), words, dict(defaults or {}), names or {}, True), schema_file)


def answered(part: Part, path: str = "") -> dict[str, Any]:
    """Path → value of all that was written in a part: single values, lists, those of things too, and maps."""
    found: dict[str, Any] = {}
    for name, info in fields_of(type(part)).items():
        value = getattr(part, name)
        if info.kind is Kind.GROUP:
            found |= answered(value, f"{path}{name}.")
        elif value is not None and (value not in ((), {}) or (value == () and name in part.told)):
            found[path + name] = value
    return found


def _text(writer: _Writer, schema_file: str) -> str:
    from docgen.profile.profile import Profile

    words, given, listed = writer.words, writer.given, writer.names
    lines = writer.lines
    lines.append(f"# yaml-language-server: $schema={schema_file}")
    lines += [f"# {line}" for line in words["header"]]
    for top, info in fields_of(Profile).items():
        lines += ["", f"# ── {words['groups'].get(top, info.label)}"]
        if info.kind is Kind.GROUPS and top in given:
            writer.items(info, top, "")
            continue
        lines.append(f"{top}:")
        if info.kind is Kind.GROUP and info.part is not None:
            writer.group(info.part, top, "  ")
        elif info.kind is Kind.GROUPS:
            writer.example_item(info, top, "  ")
        elif info.kind is Kind.GROUP_MAP:
            _map_of_parts(writer, top)
        elif info.kind is Kind.TEXT_MAP:
            told = given.get(top, {})
            lines += [f"  {yaml_value(id)}: {yaml_value(word)}" for id, word in told.items()]
            lines += [f"  # {id}: {yaml_value(word)}" for id, word in listed.get(top, {}).items() if id not in told]
    return "\n".join(lines) + "\n"


def _map_of_parts(writer: _Writer, top: str) -> None:
    told: Mapping[str, Part] = writer.given.get(top, {})
    listed = writer.names.get(top, {})
    for key, part in told.items():
        inner = ", ".join(f"{name}: {yaml_value(value)}" for name, value in answered(part).items())
        writer.line(f"  {yaml_value(key)}: {{{inner}}}", listed.get(key, key))
    for key, label in listed.items():
        if key not in told:
            target = writer.defaults.get(f"{top}.{key}.target")
            shown = "" if target is None else yaml_value(target)
            writer.line(f"  # {key}: {{target: {shown}}}", label)
