"""Steps of a process: one source for the text, the overview table, the duties table and the flowchart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.document import Block, Break, Heading, Inline, Paragraph, Text
from docgen.document.layouts import FlowStep
from docgen.records import dataclass
from docgen.templating.builder import Draft, Fragment, Generated, StepDraft, plain
from docgen.templating.values import Record
from docgen.templating.vocabulary import nearest

_FACTS = ("owner", "limit", "input", "output", "late")
_DRAWN = ("owner", "limit", "decision", "yes", "no", "back")


@dataclass(frozen=True, slots=True)
class StepWords:
    """The labels before a step's facts, made once per run."""

    labels: Mapping[str, Text]
    separator: Text
    stop: str


def step_words(words: Mapping[str, str]) -> StepWords:
    """From the `step` group of templates/shared/words.yaml."""
    labels = {name: Text(f"{label}：", strong=True) for name, label in words.items()}
    return StepWords(labels, Text("\u3000"), words.get("stop", ""))


def steps_of(drafts: Iterable[Draft]) -> list[StepDraft]:
    return [draft for draft in drafts if isinstance(draft, StepDraft)]


def words_of(inlines: Iterable[Inline]) -> str:
    """Inlines as plain text."""
    return "".join([i if type(i) is str else plain(i) for i in inlines])


def step_blocks(step: StepDraft, words: StepWords) -> list[Block | Generated]:
    """Heading, text and the line of facts of one step."""
    blocks: list[Block | Generated] = [Heading(min(step.level, 4), step.title, origin=step.origin)]
    line: list[Inline] = []
    for name in _FACTS:
        value = step.attributes.get(name)
        if value:
            if line:
                line.append(words.separator)
            line.append(words.labels[name])
            line.extend(value)
    decision = step.attributes.get("decision")
    if decision:
        if line:
            line.append(Break())
        line.append(words.labels["decision"])
        line.extend(decision)
        for name in ("yes", "no"):
            value = step.attributes.get(name)
            if value:
                line.append(words.separator)
                line.append(words.labels[name])
                line.extend(value)
    if line:
        blocks.append(Paragraph(tuple(line), "step-facts", step.origin, keep_with_next=bool(step.body)))
    blocks.extend(draft for draft in step.body if not isinstance(draft, StepDraft))
    return blocks


def step_records(steps: list[StepDraft]) -> list[Record]:
    """Rows for the overview table."""
    return [
        Record(
            {"number": number, "title": Fragment(step.title)}
            | {name: Fragment(step.attributes.get(name, ())) for name in (*_FACTS, "decision")}
        )
        for number, step in enumerate(steps, 1)
    ]


def owner_records(steps: list[StepDraft], own: Mapping[str, list[str]]) -> list[Record]:
    """Rows for the duties table: each owner with the steps it answers for, in order; then the duties posts have of
    their `own`."""
    owners: dict[str, tuple[Fragment, list[str]]] = {}
    for step in steps:
        owner = step.attributes.get("owner", ())
        found = owners.setdefault(words_of(owner), (Fragment(owner), []))
        found[1].append(words_of(step.title))
    for title in own:
        owners.setdefault(title, (Fragment((Text(title),)), []))
    return [
        Record({"owner": owner, "steps": titles, "duties": own.get(name, [])})
        for name, (owner, titles) in owners.items()
    ]


def flow_steps(steps: list[StepDraft]) -> list[FlowStep]:
    """The steps as the flowchart draws them."""
    result = []
    for number, step in enumerate(steps, 1):
        text = {name: words_of(step.attributes[name]) for name in _DRAWN if name in step.attributes}
        result.append(FlowStep(f"s{number}", words_of(step.title), stop="stop" in step.attributes, **text))
    return result


def step_faults(steps: list[StepDraft]) -> list[Diagnostic]:
    """Steps nobody answers for, ways back to a step that does not exist, facts of a step written twice."""
    titles = {words_of(step.title) for step in steps}
    faults = []
    for step in steps:
        place = Place(step.origin.template, step.origin.line)
        if not step.attributes.get("owner"):
            faults.append(Diagnostic("T013", Severity.ERROR, place, {"read": words_of(step.title)}))
        back = words_of(step.attributes.get("back", ()))
        if back and back not in titles:
            faults.append(Diagnostic("T018", Severity.ERROR, place, {"read": back}, nearest(back, titles)))
        repeated = [f"@{name}" for name in step.repeated]
        if back and "stop" in step.attributes:
            repeated.append("@back, @stop")
        for names in repeated:
            faults.append(Diagnostic("T020", Severity.ERROR, place, {"read": words_of(step.title), "names": names}))
    return faults
