"""From the tree of a file to the profile: every fault and every reading is a diagnostic with its place.

Conversion is complete and typed: what is built here has the types the model declares.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.profile.conversion import CONVERTERS, Unreadable
from docgen.profile.describe import FieldInfo, Kind, describe, fields_of
from docgen.profile.fields import Part, once_a_part
from docgen.profile.reading import ListNode, MapNode, Node, TextNode
from docgen.profile.words import NOTHING_WORDS

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TEXT, _GROUP = Kind.TEXT, Kind.GROUP
_ITEM_KIND = {Kind.TEXTS: Kind.TEXT, Kind.CHOICES: Kind.CHOICE}
# the row of the message table that says what a field of this kind expects
_EXPECTED = {
    Kind.TEXT: "P110", Kind.INTEGER: "P111", Kind.NUMBER: "P112", Kind.BOOLEAN: "P113", Kind.DATE: "P114",
    Kind.DURATION: "P115", Kind.CHOICE: "P116",
}  # fmt: skip


@once_a_part
def empty_part(part: type[Part]) -> Part:
    """The part nothing is known of. Parts are not changed, so one serves all profiles."""
    return part()


@once_a_part
def _names(part: type[Part]) -> dict[str, FieldInfo]:
    """Names and Chinese labels a key of this part may be."""
    known = {info.label: info for info in reversed(list(fields_of(part).values()))}
    known.update(fields_of(part))
    return known


@cache
def _homes() -> dict[str, list[str]]:
    """Name or label → the patterns where it is a field."""
    homes: dict[str, list[str]] = {}
    for pattern, info in describe().items():
        homes.setdefault(info.name, []).append(pattern)
        if info.label != info.name:
            homes.setdefault(info.label, []).append(pattern)
    return homes


def example_text(info: FieldInfo) -> str:
    """An example of a right value as people type it, made up from the kind where the field has none; nothing where
    any text will do."""
    if info.example is not None:
        return str(info.example).lower() if isinstance(info.example, bool) else str(info.example)
    if info.choices:
        return info.choices[0]
    generic = {
        Kind.INTEGER: "12", Kind.NUMBER: "12.5", Kind.BOOLEAN: "true", Kind.DATE: "2026-03-02",
        Kind.DURATION: "24 小时",
    }  # fmt: skip
    return generic.get(info.kind, "")


class Builder:
    """Builds parts from nodes; collects spans (`outlets[2].phone` → line, column) and diagnostics."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.spans: dict[str, tuple[int, int]] = {}
        self.diagnostics: list[Diagnostic] = []

    def report(self, code: str, severity: Severity, node: Node, path: str, nearest: str = "", **values: Any) -> None:
        """Add one diagnostic at a node."""
        place = Place(self.file, node.line, node.column, key=path)
        self.diagnostics.append(Diagnostic(code, severity, place, {"path": path, **values}, nearest))

    def group(self, part: type[Part], node: Node, path: str) -> Part:
        """Build one part from a mapping. Unknown and unreadable entries are reported and left out."""
        if type(node) is not MapNode:
            if not self._is_null(node):
                self._shape("P103", node, path)
            return empty_part(part)
        names = _names(part)
        values = dict(empty_part(part).__dict__)
        seen: dict[str, int] = {}
        told: set[str] = set()  # an empty list that was written is an answer, one left out is a gap
        spans = self.spans
        prefix = path + "." if path else ""
        for key, child in node.entries:
            info = names.get(key.text) or self._key(part, key, prefix)
            if info is None:
                continue
            name = info.name
            where = prefix + name
            if name in seen:
                self.report("P012", Severity.ERROR, key, where, key=key.text, first=seen[name])
                continue
            seen[name] = key.line
            if type(child) is TextNode:
                spans[where] = (child.line, child.column)
                if info.kind is _TEXT and not info.form:
                    text = child.text.strip()
                    if text and not (child.plain and text in _NULLS):
                        values[name] = text
                        told.add(name)
                    continue
            else:
                spans[where] = (key.line, key.column)
            value = self.value(info, child, where)
            if value is not None:
                values[name] = value
                told.add(name)
        return part.made(values, told)

    def value(self, info: FieldInfo, node: Node, path: str) -> Any:
        """The value of one field, or None where there is none or it cannot be read."""
        kind = info.kind
        if info.is_scalar:
            if type(node) is not TextNode:
                return self._listed_text(info, node, path)
            return self._scalar(info, kind, node, path)
        if self._is_null(node):
            return None
        if kind is _GROUP and info.part is not None:
            return self.group(info.part, node, path)
        if kind is Kind.TEXT_MAP or kind is Kind.GROUP_MAP:
            return self._mapping(info, node, path)
        return self._list(info, node, path)

    def _listed_text(self, info: FieldInfo, node: Node, path: str) -> str | None:
        """The text of a field of one text that is given as a list of short texts; a fault for anything else."""
        items = node.items if type(node) is ListNode else []
        words = [item.text.strip() for item in items if type(item) is TextNode and item.text.strip()]
        if info.kind is not _TEXT or info.form or not words or len(words) < len(items):
            self._shape("P101", node, path, label=info.label, example=example_text(info) or "…")
            return None
        text = "、".join(words)
        self.report("P150", Severity.NOTE, node, path, label=info.label, read="[…]", understood=text[:60])
        return text

    @staticmethod
    def _is_null(node: Node) -> bool:
        return (type(node) is TextNode and not node.text.strip()) or (
            isinstance(node, TextNode) and node.plain and node.text in _NULLS
        )

    def _scalar(self, info: FieldInfo, kind: Kind, node: TextNode, path: str) -> Any:
        text = node.text.strip()
        if not text or (node.plain and text in _NULLS):
            return None
        try:
            value, understood = CONVERTERS[kind](text, info)
        except Unreadable as fault:
            least, most = fault.bounds or ("", "")
            self.report(
                "P117" if fault.bounds else _EXPECTED[kind],
                Severity.ERROR,
                node,
                path,
                fault.nearest,
                least=str(least),
                most=str(most),
                label=info.label,
                read=text if len(text) <= 60 else text[:59] + "…",
                unit=info.unit or "—",
                example=example_text(info) or "…",
                allowed=self._allowed(info),
            )
            return None
        if understood:
            self.report(
                "P150",
                Severity.NOTE,
                node,
                path,
                label=info.label,
                read=text[:60],
                understood=understood[:60],
            )
        return value

    @staticmethod
    def _allowed(info: FieldInfo) -> str:
        from docgen.profile.labels import choice_label

        return "、".join(f"{value}（{choice_label(value, info.choices)}）" for value in info.choices)

    def _shape(self, code: str, node: Node, path: str, **values: Any) -> None:
        """Report a node of the wrong shape: a list where one value is wanted, and so on."""
        info = None
        if "label" not in values:
            from docgen.profile.describe import field_at

            info = field_at(path)
            values["label"] = info.label if info else path
            values["example"] = ""
        read = node.text[:60] if isinstance(node, TextNode) else ("[…]" if type(node) is ListNode else "{…}")
        self.report(code, Severity.ERROR, node, path, read=read, **values)

    def _list(self, info: FieldInfo, node: Node, path: str) -> tuple[Any, ...]:
        if type(node) is ListNode:
            items = node.items
        elif type(node) is MapNode and info.kind is Kind.GROUPS:
            self.report("P151", Severity.NOTE, node, path, label=info.label, read="{…}", count=1)
            items = [node]
        elif (type(node) is TextNode and info.kind is not Kind.GROUPS) or self._says_nothing(node):
            items = self._split(info, node, path)
        else:
            self._shape("P104", node, path)
            return ()
        found: list[Any] = []
        item_kind = _ITEM_KIND.get(info.kind)
        for number, item in enumerate(items):
            where = f"{path}[{number}]"
            self.spans[where] = (item.line, item.column)
            if item_kind is None and info.part is not None:
                found.append(self.group(info.part, item, where))
            elif item_kind is not None and type(item) is TextNode:
                value = self._scalar(info, item_kind, item, where)
                if value is not None:
                    found.append(value)
            else:
                self._shape("P101", item, where, label=info.label, example=example_text(info) or "…")
        return tuple(found)

    @staticmethod
    def _says_nothing(node: Node) -> bool:
        return isinstance(node, TextNode) and node.text.strip() in NOTHING_WORDS

    def _split(self, info: FieldInfo, node: Node, path: str) -> list[Node]:
        """The items of a list typed as one text: short words between 、 or ；, else one item."""
        assert isinstance(node, TextNode)
        text = node.text.strip()
        if text in NOTHING_WORDS:
            self.report("P151", Severity.NOTE, node, path, label=info.label, read=text, count=0)
            return []
        signs = "、；;\n，,/" if info.kind is Kind.CHOICES else "、；;\n"
        words = text
        for sign in signs:
            words = words.replace(sign, "\0")
        parts = [word.strip() for word in words.split("\0") if word.strip()]
        if info.kind is Kind.TEXTS and ("\n" not in text) and any(len(word) > 20 or "。" in word for word in parts):
            parts = [text]
        if "\0" in words:
            self.report("P151", Severity.NOTE, node, path, label=info.label, read=text[:60], count=len(parts))
        return [TextNode(word, node.line, node.column, node.plain) for word in parts]

    def _mapping(self, info: FieldInfo, node: Node, path: str) -> dict[str, Any]:
        if type(node) is not MapNode:
            self._shape("P103", node, path)
            return {}
        found: dict[str, Any] = {}
        for key, child in node.entries:
            name = key.text.strip()
            where = f"{path}.{name}"
            self.spans[where] = (key.line, key.column)
            if info.part is not None:
                found[name] = self.group(info.part, child, where)
            elif type(child) is TextNode:
                text = child.text.strip()
                if text:
                    found[name] = text
            else:
                self._shape("P101", child, where)
        return found

    def _key(self, part: type[Part], key: TextNode, prefix: str) -> FieldInfo | None:
        """The field a key means that is no name or label as it stands; None and a fault if there is none."""
        names = _names(part)
        typed = key.text.strip()
        plain = typed.lower().replace("-", "_").replace(" ", "_")
        if plain in names:
            self.report("P152", Severity.NOTE, key, prefix + plain, read=typed, understood=plain)
            return names[plain]
        from difflib import get_close_matches  # only where something is wrong

        near = get_close_matches(plain, list(names), 1, 0.6)
        homes = [home for home in _homes().get(plain, _homes().get(typed, ())) if home != prefix + plain]
        here = next((names[name].label for home in homes if (name := home.rpartition(".")[2]) in names), "")
        if here:  # called here by the label the field of that name has elsewhere
            homes, near = [], [here]
        nearest = near[0] if near and not homes else ""
        if nearest and not nearest.isascii():
            nearest = f"{nearest}（{names[nearest].name}）"
        where = prefix.removesuffix(".") or "—"
        if homes:
            self.report(
                "P102",
                Severity.ERROR,
                key,
                prefix + typed,
                key=typed,
                where=where,
                homes="、".join(homes[:4]),
            )
        else:
            self.report("P100", Severity.ERROR, key, prefix + typed, nearest, key=typed, where=where)
        return None
