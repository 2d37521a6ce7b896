"""Compose: run the template of a planned document over a company's context; out comes a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.compose.formtemplate import FormFacts, FormTemplate
from docgen.compose.resolver import ContextResolver
from docgen.compose.steps import (
    StepWords,
    flow_steps,
    owner_records,
    step_blocks,
    step_faults,
    step_records,
    steps_of,
    words_of,
)
from docgen.context.plan import PAPERS, Plan, Planned, names_of
from docgen.diagnostics import Diagnostic, DocgenError, Severity
from docgen.document import Block, Document, Gap, Heading, Origin, Proposed, Reference
from docgen.document.finish import Finisher, name_sections
from docgen.document.layouts import FlowWords, Unit, flowchart, organization_chart
from docgen.messages.marks import BETWEEN_NOTICES, BLANK_DATE
from docgen.records import dataclass
from docgen.templating.builder import Builder, Draft, Generated, StepDraft, plain
from docgen.templating.engine import Templates
from docgen.templating.values import Record, finalize

if TYPE_CHECKING:
    from docgen.wordtemplate.template import WordTemplate

_BEFORE, _AFTER = "shared/generated/before.md", "shared/generated/after.md"
_SIGNED = frozenset({"procedure", "specification", "policy", "plan"})
_WITH_COVER = frozenset({"manual"})
_SIGNED_APART = "report"  # the kind signed by hand when it is done, not with the system's documents
_SIGNATURES = ("prepared_by", "reviewed_by", "approved_by", "prepared_date", "reviewed_date", "approved_date",
               "issue_date", "effective_date", "controlled")  # fmt: skip
# what says when the system was issued and that it is controlled; a paper of the certification is dated by hand
_OF_THE_SYSTEM = ("prepared_date", "reviewed_date", "approved_date", "issue_date", "effective_date", "controlled")
_DATED_ANEW = ("prepared_date", "reviewed_date", "approved_date", "effective_date")
_FIELDS: Mapping[str, str] = {
    "company": "company__full_name",
    "short_name": "company__short_name",
    "prepared_by": "documents__prepared_by",
    "reviewed_by": "documents__reviewed_by",
    "approved_by": "documents__approved_by",
    "prepared_date": "documents__prepared_date",
    "reviewed_date": "documents__reviewed_date",
    "approved_date": "documents__approved_date",
    "issue_date": "documents__issue_date",
    "effective_date": "documents__effective_date",
}


@dataclass(frozen=True, slots=True)
class Composed:
    """A finished document and what was learned on the way."""

    planned: Planned
    document: Document
    gaps: tuple[Gap, ...]
    proposals: tuple[Proposed, ...]
    references: tuple[Reference, ...]
    templates: tuple[str, ...]  # template files it was made from
    facts: tuple[str, ...]  # profile paths its templates read
    form: FormTemplate | None = None
    file: bytes = b""  # the finished Word file of a Word template, whose document has no blocks
    warnings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Company:
    """One company ready for composing: its plan, its names, its charts."""

    plan: Plan
    context: Mapping[str, Any]
    chart: Unit
    service_chart: Unit
    fields: Mapping[str, str]
    papers: Mapping[str, tuple[int, Record]]  # what documents may cite, by id
    forms: Mapping[str, tuple[int, Record]]
    folder: Path | None = None  # of the file that names the logo; pictures are looked for there


class Composer:
    """Composes documents of any number of companies from one set of templates."""

    def __init__(
        self,
        templates: Templates,
        forms: Mapping[str, FormTemplate],
        step_words: StepWords,
        flow: FlowWords,
        word_templates: MutableMapping[str, WordTemplate] | None = None,
    ) -> None:
        self.templates = templates
        self.forms = forms
        self.step_words = step_words
        self.flow = flow
        self.finisher = Finisher()
        self._facts_of: dict[tuple[str, ...], tuple[str, ...]] = {}  # by the templates used
        self.word_templates = word_templates if word_templates is not None else {}

    def compose(self, planned: Planned, company: Company, *, sample: bool = False) -> Composed:
        """One document. Raises DocgenError with the template line of every fault."""
        if planned.kind == "form":
            return self._form(planned, company, sample)
        self.templates.used.clear()
        context = dict(company.context)
        for name in ("id", "number", "title", "version", "kind"):
            context[f"document__{name}"] = getattr(planned, name)
        context["document__revised"] = planned.revised or ""
        if planned.template.endswith(".docx"):
            return self._word(planned, company, context)
        builder = Builder()
        if planned.kind in _SIGNED:
            self.templates.run(_BEFORE, context, builder)
        self.templates.run(planned.template, context, builder)
        if planned.kind in _SIGNED:
            drafts = builder.finish()
            appendices = drafts[_appendices(drafts) :]
            del drafts[len(drafts) - len(appendices) :]
            builder.sink = drafts
            self.templates.run(_AFTER, context, builder)
            builder.finish().extend(appendices)
        drafts = builder.finish()
        steps = steps_of(drafts)
        faults = step_faults(steps)
        blocks = self._generate(drafts, steps, planned, company, context, builder)
        front = self.templates.front(planned.template)
        first = int(front.get("first_number", "1"))
        finished, sections = self.finisher.finish(blocks, first)
        undefined = name_sections(builder.sections, sections)
        faults += [
            Diagnostic("T017", Severity.ERROR, self.templates.place_of(anchor, planned.template), {"read": anchor})
            for anchor in dict.fromkeys(undefined)
        ]
        if faults:
            raise DocgenError(faults)
        document = self._document(planned, company, finished)
        document.landscape = front.get("landscape", "") == "true"
        document.cover = planned.kind in _WITH_COVER or front.get("cover", "") == "true"
        document.first_number = first
        document.notice = BETWEEN_NOTICES.join(builder.notices)
        if planned.kind == _SIGNED_APART:
            document.fields = {
                **document.fields,
                **dict.fromkeys(_SIGNATURES, ""),
                "report_date": _report_date(context),
            }
        used = tuple(sorted(self.templates.used))
        return Composed(
            planned, document, tuple(builder.gaps), tuple(builder.proposals), tuple(builder.references.values()),
            used, self._facts(used),
        )  # fmt: skip

    def _word(self, planned: Planned, company: Company, context: Mapping[str, Any]) -> Composed:
        """A fixed layout: the Word template is filled, there are no blocks."""
        from docgen.wordtemplate.store import get_template

        templates = self.templates
        key, template = get_template(planned.template, templates.roots, templates.vocabulary, self.word_templates)
        filled = template.fill(context, pictures_from=company.folder)
        return Composed(
            planned,
            self._document(planned, company, []),
            filled.gaps,
            filled.proposals,
            filled.references,
            (key,),
            template.facts,
            file=filled.data,
            warnings=template.diagnostics,
        )

    def _form(self, planned: Planned, company: Company, sample: bool) -> Composed:
        form = self.forms[planned.id]
        resolver = ContextResolver(self.templates, company.context, form.file)
        facts = FormFacts(planned.number, planned.title, planned.version)
        blocks, pattern = (form.compose(resolver, facts, True), None) if sample else form.patterned(resolver, facts)
        document = self._document(planned, company, blocks)
        document.landscape = form.landscape
        document.sample = sample and bool(form.sample)
        document.pattern = pattern
        retention = form.retention_text(resolver)
        document.fields = {**document.fields, "retention": words_of(retention)}
        return Composed(
            planned,
            document,
            tuple(resolver.gaps),
            tuple(resolver.proposals),
            (),
            (planned.template,),
            (),
            form,
        )

    def _document(self, planned: Planned, company: Company, blocks: list[Block]) -> Document:
        fields = {
            **company.fields,
            "title": planned.title,
            "number": planned.number,
            "version": planned.version,
        }
        if planned.kind in PAPERS:
            fields |= dict.fromkeys(_OF_THE_SYSTEM, "")
        elif planned.revised:  # signed and put in force anew, which the profile does not date
            fields |= dict.fromkeys(_DATED_ANEW, "") | {"issue_date": str(finalize(planned.revised))}
        return Document(
            id=planned.id, kind=planned.kind, number=planned.number, title=planned.title, version=planned.version,
            blocks=blocks, fields=fields,
        )  # fmt: skip

    # ---- parts made from the document itself

    def _generate(
        self,
        drafts: list[Draft],
        steps: list[StepDraft],
        planned: Planned,
        company: Company,
        context: dict[str, Any],
        builder: Builder,
    ) -> list[Block]:
        expanded: list[Block | Generated] = []
        for draft in drafts:
            if isinstance(draft, StepDraft):
                expanded.extend(step_blocks(draft, self.step_words))
            else:
                expanded.append(draft)
        if not any(type(item) is Generated for item in expanded):
            return expanded  # type: ignore[return-value]
        if builder.sections and steps:  # chart and tables show the words of the steps
            first = int(self.templates.front(planned.template).get("first_number", "1"))
            headings = [item for item in expanded if type(item) is Heading]
            name_sections(builder.sections, self.finisher.finish(headings, first)[1])
        blocks: list[Block] = []
        for item in expanded:
            if type(item) is Generated:
                blocks.extend(self._part(item, steps, planned, company, context, builder))
            else:
                blocks.append(item)  # type: ignore[arg-type]
        return blocks

    def _part(
        self,
        item: Generated,
        steps: list[StepDraft],
        planned: Planned,
        company: Company,
        context: dict[str, Any],
        builder: Builder,
    ) -> list[Block]:
        caption = words_of(item.argument)
        origin: Origin = item.origin
        if item.what == "flowchart":
            return [flowchart(flow_steps(steps), caption, words=self.flow, origin=origin)] if steps else []
        if item.what == "org-chart":
            return [organization_chart(company.chart, caption, origin=origin)]
        if item.what == "service-chart":
            return [organization_chart(company.service_chart, caption, origin=origin)]
        given: dict[str, Any] = {"argument": caption}
        if item.what == "step-table":
            given["steps"] = step_records(steps)
        elif item.what in ("step-owners", "own-duties"):
            own = _own_duties(planned, company)
            given["step_owners"], given["own_duties"] = owner_records(steps, own), bool(own)
        else:
            given["related_documents"], given["related_records"] = cited(builder.references, planned, company)
        inner = Builder()
        context.update(given)
        self.templates.run(f"shared/generated/{item.what}.md", context, inner)
        for name in given:
            del context[name]
        builder.gaps += inner.gaps
        builder.sections += inner.sections
        return [block for block in inner.finish() if not isinstance(block, (StepDraft, Generated))]

    def _facts(self, used: tuple[str, ...]) -> tuple[str, ...]:
        known = self._facts_of.get(used)
        if known is None:
            programs = (self.templates.programs.get(key) for key in used)
            known = self._facts_of[used] = tuple(
                sorted({fact for program in programs if program for fact in program.facts})
            )
        return known


def _appendices(drafts: list[Draft]) -> int:
    """Where the appendices at the end of a document begin."""
    first = len(drafts)
    for place in range(len(drafts) - 1, -1, -1):
        draft = drafts[place]
        if type(draft) is Heading and draft.level == 1:
            if draft.numbering != "appendix":
                break
            first = place
    return first


def _own_duties(planned: Planned, company: Company) -> dict[str, list[str]]:
    """The duties of the company's own of each post that carries out a document."""
    posts = [post.values for post in company.context["role_list"]]
    return {
        str(post["title"]): post["duties"]
        for post in posts
        if post["duties"] and not set(names_of(planned)).isdisjoint(post["documents"])
    }


def cited(
    references: Mapping[tuple[str, str], Reference], planned: Planned, company: Company
) -> tuple[list[Record], list[Record]]:
    """The documents and the forms a document cites, in the order of the set."""
    papers = {target for kind, target in references if kind == "document"} - {planned.id}
    forms = {target for kind, target in references if kind == "form"}
    return _in_order(papers, company.papers), _in_order(forms, company.forms)


def _in_order(ids: set[str], listed: Mapping[str, tuple[int, Record]]) -> list[Record]:
    return [row for _, row in sorted((listed[id] for id in ids if id in listed), key=itemgetter(0))]


def in_order(rows: Iterable[Record]) -> dict[str, tuple[int, Record]]:
    """Rows of a list of documents by id, with their places in it."""
    return {row.values["id"]: (place, row) for place, row in enumerate(rows)}


def field_texts(context: Mapping[str, Any], constant: Mapping[str, str]) -> dict[str, str]:
    """The texts of cover, header and footer; a missing fact is its visible gap."""
    fields = dict(constant)
    for name, flat in _FIELDS.items():
        fields[name] = plain(finalize(context[flat]))
    return fields


def _report_date(context: Mapping[str, Any]) -> str:
    """The date of a report where the profile gives one, else room to write it."""
    given = context["certification__report_date"]
    return plain(finalize(given)) if given else BLANK_DATE
