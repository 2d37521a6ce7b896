"""What a questionnaire asks, sheet by sheet: single facts first, then lists. Derived from the model of the profile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from docgen.profile.describe import FieldInfo, Kind, describe, fields_of, full_label, pattern_of
from docgen.profile.fields import Part
from docgen.profile.labels import choice_label
from docgen.profile.profile import Profile
from docgen.profile.walking import value_at
from docgen.questionnaire.texts import NAMED
from docgen.records import dataclass

TABLES = frozenset({Kind.GROUPS, Kind.GROUP_MAP})
_ITEM = re.compile(r"(.+?)(\[\w*\])(?:\.(.+))?")


@dataclass(frozen=True, slots=True)
class Question:
    """A single fact, or a list of texts, that is asked for. `group` heads the questions of one group."""

    path: str
    label: str
    info: FieldInfo
    group: str = ""

    @property
    def pattern(self) -> str:
        return pattern_of(self.path)


@dataclass(frozen=True, slots=True)
class Table:
    """A list of things that is asked for: its columns, and the rows that are there already.

    A row is the path it is written under and the part that holds its values; `heads` say for each row what a first
    column that is not asked for shows."""

    question: Question
    columns: tuple[FieldInfo, ...]
    rows: tuple[tuple[str, Part], ...]
    heads: tuple[str, ...] = ()
    blank: int = 0
    whole: bool = True  # the rows are the list; else they complete things of a base profile

    @property
    def width(self) -> int:
        return len(self.columns) + bool(self.heads)


@dataclass(frozen=True, slots=True)
class Subject:
    """One sheet."""

    name: str
    questions: tuple[Question, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is known before asking.

    `names`: ids that may stand at a pattern, with their names; those at `kpis` and `terms` are keys. `proposals`:
    pattern or path → usual value. `used`: path → titles of the documents that read it. `only`: the paths to ask for,
    all if None; `base` is then the profile the answers complete.
    """

    profile: Profile
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    proposals: Mapping[str, Any] = field(default_factory=dict)
    used: Mapping[str, Sequence[str]] = field(default_factory=dict)
    only: frozenset[str] | None = None
    base: str = ""

    def wants(self, path: str) -> bool:
        return self.only is None or path in self.only


def subjects(inquiry: Inquiry, words: Mapping[str, Any]) -> list[Subject]:
    """The sheets in their order; those that would ask nothing are left out. `words` is group `ask` of the starter."""
    known = dict(fields_of(Profile))
    plan = [(str(sheet["name"]), [name for name in sheet["groups"] if name in known]) for sheet in words["sheets"]]
    named = {name for _, names in plan for name in names}
    plan += [(info.label, [name]) for name, info in known.items() if name not in named]
    made = []
    for title, names in plan:
        questions: list[Question] = []
        tables: list[Table] = []
        for name in names:
            for question in _questions(known[name], name, "", inquiry):
                if question.info.kind in TABLES:
                    tables += _tables(question, inquiry, words)
                elif inquiry.wants(question.path):
                    questions.append(question)
        if questions or tables:
            made.append(Subject(title, tuple(questions), tuple(tables)))
    return made


def _questions(info: FieldInfo, path: str, group: str, inquiry: Inquiry) -> Iterator[Question]:
    if info.kind is Kind.GROUP and info.part is not None:
        for name, inner in fields_of(info.part).items():
            yield from _questions(inner, f"{path}.{name}", info.label, inquiry)
    elif info.kind is Kind.TEXT_MAP:
        entry = describe()[f"{path}.*"]
        known = inquiry.names.get(path, {})
        for key in [*known, *(key for key in value_at(inquiry.profile, path) if key not in known)]:
            yield Question(f"{path}.{key}", known.get(key, key), entry, info.label)
    else:
        label = info.label if info.kind in TABLES or info.label == group else full_label(path)
        yield Question(path, label, info, group)


def _tables(question: Question, inquiry: Inquiry, words: Mapping[str, Any]) -> Iterator[Table]:
    info, path = question.info, question.path
    assert info.part is not None
    columns = tuple(fields_of(info.part).values())
    value = value_at(inquiry.profile, path)
    if info.kind is Kind.GROUP_MAP:
        known = inquiry.names.get(path, {})
        keys = [key for key in [*known, *(key for key in value if key not in known)] if _wants_of(inquiry, path, key)]
        if keys:
            rows = tuple((f"{path}.{key}", value.get(key) or info.part()) for key in keys)
            yield Table(question, columns, rows, tuple(known.get(key, key) for key in keys))
        return
    # a list that is to be told of as a whole: nothing of it is there, or it is not complete
    if inquiry.wants(path) or _open(inquiry, path):
        blank = words["blank_rows"].get(path, words["blank_rows"]["*"])
        rows = tuple((f"{path}[]", item) for item in value)
        yield Table(question, columns, rows, blank=max(blank - len(rows) // 2, 3))
        return
    lacking = _lacking(inquiry, path)
    if lacking:
        fields = {name for names in lacking.values() for name in names}
        heads = tuple(_head(value[number], columns, fields) for number in lacking)
        rows = tuple(
            (f"{path}[{number}]{_known_by(value[number], columns, fields)}", value[number]) for number in lacking
        )
        yield Table(question, tuple(c for c in columns if c.name in fields), rows, heads, whole=False)


def _wants_of(inquiry: Inquiry, path: str, key: str) -> bool:
    inner = f"{path}.{key}."
    return inquiry.only is None or any(wanted.startswith(inner) for wanted in inquiry.only)


def _open(inquiry: Inquiry, path: str) -> bool:
    """Whether a thing is lacking in the list that has no number yet: a post for a role."""
    return any(re.fullmatch(rf"{re.escape(path)}\[(?!\d+\]).*", wanted) for wanted in inquiry.only or ())


def _lacking(inquiry: Inquiry, path: str) -> dict[int, list[str]]:
    """Number of a thing of a list → the names of its fields that are asked for."""
    found: dict[int, list[str]] = {}
    for wanted in inquiry.only or ():
        match = re.fullmatch(rf"{re.escape(path)}\[(\d+)\]\.(\w+)", wanted)
        if match:
            found.setdefault(int(match[1]), []).append(match[2])
    return dict(sorted(found.items()))


def _known_by(item: Part, columns: Sequence[FieldInfo], asked: set[str]) -> str:
    """How the row finds its thing again if the base profile is put in another order: ` name="甲站"`."""
    for info in columns:
        value = getattr(item, info.name)
        if info.kind is Kind.TEXT and not info.form and info.name not in asked and value and value.isprintable():
            return f' {info.name}="{value}"'
    return ""


def _head(item: Part, columns: Sequence[FieldInfo], asked: set[str]) -> str:
    """What a thing is known by: its first texts that are not asked for."""
    texts = [str(value) for c in columns if c.kind is Kind.TEXT and (value := getattr(item, c.name))]
    return " ".join(texts[:2])


# ---- what is said of a question


def help_of(info: FieldInfo, pattern: str, inquiry: Inquiry, words: Mapping[str, Any], path: str = "") -> str:
    """How to answer: the field's help in the words of people who fill in, choices, an example, the usual value."""
    parts = [words["help"].get(pattern, "") or _plain_help(info)]
    labels = [choice_label(choice, info.choices) for choice in info.choices]
    if not all(label in parts[0] for label in labels):
        parts.append(words["choices"].format(choices="、".join(labels)))
    example = example_of(info, words)
    if example and not info.choices and pattern not in NAMED:
        parts.append(words["example"].format(example=example))
    proposal = inquiry.proposals.get(path or pattern, inquiry.proposals.get(pattern))
    if proposal is not None:
        parts.append(words["proposal"].format(value=proposal_text(proposal, info, words)))
    return str(words["between"].join(part for part in parts if part))


def _plain_help(info: FieldInfo) -> str:
    text = info.help
    for choice in info.choices:
        text = text.replace(f"{choice} ", "")
    return text


def example_of(info: FieldInfo, words: Mapping[str, Any]) -> str:
    """An example in the words a cell takes; nothing where the field has none."""
    return "" if info.example is None else proposal_text(info.example, info, words)


def proposal_text(value: Any, info: FieldInfo, words: Mapping[str, Any]) -> str:
    """A raw value as people read it, with its unit."""
    if isinstance(value, bool):
        return str(words["boolean"][0 if value else 1])
    if isinstance(value, (list, tuple)):
        return "、".join(proposal_text(item, info, words) for item in value)
    if info.choices:
        return choice_label(str(value), info.choices)
    return f"{value} {info.unit}".rstrip()


def format_of(info: FieldInfo, words: Mapping[str, Any]) -> str:
    """What goes into the cell: the unit, else the kind."""
    formats: Mapping[str, str] = words["formats"]
    return info.unit or formats.get(info.form, "") or formats[info.kind.value]


def used_in(path: str, inquiry: Inquiry, words: Mapping[str, Any]) -> str:
    """Some of the documents that read a fact, or anything of the list it is in."""
    match = _ITEM.fullmatch(path)
    found = inquiry.used.get(match[1] if match else path, ())
    if not found:
        return ""
    names = "、".join(found[:2])
    return names if len(found) <= 2 else str(words["many"].format(names=names, count=len(found)))


def who_knows(pattern: str, profile: Profile, words: Mapping[str, Any]) -> str:
    """Who may know a fact: the company's department of that work, else the work."""
    who: Mapping[str, str] = words["who"]
    above = pattern
    while above and above not in who:
        above = above[: max(above.rfind("."), 0)]
    function = who.get(above, "")
    named = next((d.name for d in profile.organization.departments if function in d.functions and d.name), None)
    return named or str(words["departments"].get(function, ""))
