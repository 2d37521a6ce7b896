"""The names a template sees for one company: facts, derived facts, references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from docgen.catalogue import TERMS, Catalogue, Industry
from docgen.catalogue.models import Kpi
from docgen.catalogue.titles import worded
from docgen.context.command import escalation, lines_of_command
from docgen.context.conditions import excluded
from docgen.context.coverage import sales_coverage
from docgen.context.deletions import deletion_named
from docgen.context.facts import flat_facts, missing, put_record
from docgen.context.issued import known_when_issued
from docgen.context.onsite import expected, onsite_departments
from docgen.context.papers import application_papers
from docgen.context.people import department_list, department_names, responsibilities, role_list, role_titles, roster
from docgen.context.plan import Plan, Planned, own_words
from docgen.context.reports import put_reports
from docgen.context.road import put_road
from docgen.context.schedules import schedules
from docgen.context.supplied import Supplied
from docgen.context.training import training_plan
from docgen.document import Gap, Reference
from docgen.messages.marks import BETWEEN_NAMES, period_text
from docgen.profile.describe import describe, fields_of
from docgen.profile.operation import Kpi as KpiFacts
from docgen.profile.profile import Profile
from docgen.profile.walking import value_at
from docgen.templating.filters import join
from docgen.templating.program import TEMPLATE_GLOBALS, flat_call
from docgen.templating.values import Absent, Missing, Record, assume, number_text

# roles of which a company has no use that does nothing of this
_ROLE_NEEDS = {
    "delivery_worker": ("delivery",),
    "logistics_lead": ("delivery", "spare_parts", "take_back"),
    "outlet_manager": ("outlets",),
    "parts_keeper": ("spare_parts",),
}
_PARTS_LEDGER = "form-parts-ledger"


def build_context(
    profile: Profile,
    plan: Plan,
    catalogue: Catalogue,
    assumed: frozenset[str] = frozenset(),
    retention: Mapping[str, str] | None = None,
    supplied: Supplied | None = None,
) -> dict[str, Any]:
    """Everything a template may name, by flat name. `retention` gives a form's keeping time where it has its own;
    `supplied` are results read from files beside the profile."""
    flat = dict(_gaps())
    flat.update(TEMPLATE_GLOBALS)
    flat.update(flat_facts(profile, assumed))
    if not profile.company.short_name and profile.company.full_name:
        flat["company__short_name"] = profile.company.full_name  # still asked for, but no sentence waits for it
    industry_id = profile.company.industry
    industry = catalogue.industry(industry_id) if industry_id in catalogue.industry_ids else None
    for name, value in plan.conditions.items():
        flat[f"has__{name}"] = value if value is not None else missing(name, name)
    roles = role_titles(profile, catalogue)
    departments = department_names(profile, catalogue)
    put_record(flat, "role", roles)
    put_record(flat, "dept", departments)
    put_record(flat, "above", lines_of_command(profile, catalogue, roles))
    put_record(flat, "escalation", escalation(flat))
    for name, word in own_words(profile, catalogue, plan.conditions).items():
        flat[f"term__{name}"] = word
    _references(flat, plan, catalogue)
    _kpis(flat, profile, plan, catalogue, industry, roles, assumed)
    _laws(flat, profile, plan, catalogue)
    _clauses(flat, profile, plan, catalogue)
    flat["set_documents"] = [_row(p, None) for p in plan.controlled()]
    flat["application_papers"] = application_papers(plan, catalogue)
    flat["set_papers"] = [_row(p, None) for p in plan.papers()]
    general = _retention(profile)
    kept = retention or {}
    flat["set_forms"] = [_row(p, _form_retention(kept.get(p.id, ""), general)) for p in plan.forms.values()]
    _matrix(flat, profile, plan, catalogue, roles)
    skip = _roles_without_use(profile, plan)
    flat["role_list"] = role_list(profile, catalogue, roles, departments, skip)
    certificate = catalogue.roles["certified_manager"].title
    flat["roster"] = roster(profile, flat["organization__people"], roles, certificate)
    flat["department_list"] = department_list(profile, catalogue)
    put_road(flat, profile, plan, catalogue, roles)
    put_reports(flat, profile, plan, catalogue, supplied or Supplied())
    flat["onsite_departments"] = onsite_departments(plan, catalogue, departments, _terms(flat))
    flat["sales_coverage"] = sales_coverage(profile)
    rows, totals, coverage = training_plan(profile, industry, roles, flat["term__returns"])
    flat["training_plan"] = rows
    put_record(flat, "training_totals", totals.values)
    flat["training_coverage"] = coverage
    for name, value in schedules(profile, industry, roles).items():
        if isinstance(value, dict):
            put_record(flat, name, value)
        else:
            flat[name] = value
    flat["industry_risks"] = [
        Record({"name": r.name, "signal": r.signal, "response": r.response, "owner": roles[r.owner]})
        for r in (industry.risks if industry else ())
    ]
    flat["industry__name"] = (
        industry.name if industry else missing(describe()["company.industry"].label, "company.industry")
    )
    flat["industry__qualifications"] = list(industry.qualifications) if industry else []
    own_terms = _terms(flat)
    for kind in ("repair_checks", "installation_checks", "visit_checks"):
        flat[f"industry__{kind}"] = [
            Record({name: worded(getattr(c, name), own_terms) for name in ("item", "standard", "method")})
            for c in (getattr(industry, kind) if industry else ())
            if not excluded(c.when, plan.conditions)
        ]
    flat["managers__required"] = _required_managers(profile)
    flat["managers__count"] = len(profile.staff.certified_service_managers)
    flat["revisions"] = flat["documents__revisions"]
    history = zip(profile.survey.history, flat["survey__history"], strict=True)
    flat["survey_known"] = [row for facts, row in history if known_when_issued(profile, facts.period)]
    return flat


def _roles_without_use(profile: Profile, plan: Plan) -> set[str]:
    skip = {role for role, needs in _ROLE_NEEDS.items() if all(plan.conditions.get(n) is False for n in needs)}
    if profile.logistics.by == "carrier":
        skip.add("delivery_worker")
    if _PARTS_LEDGER in plan.forms:
        skip.discard("parts_keeper")
    return skip


@cache
def _gaps() -> dict[str, Any]:
    """`gap("outlets")` for every path of the profile; the same for every company."""
    result: dict[str, Any] = {}
    for pattern, info in describe().items():
        if "*" not in pattern:
            path = pattern.replace("[]", "")
            result[flat_call("gap", path)] = Gap(info.label, path, info.help)
    return result


def document_reference(planned: Planned) -> Reference:
    """《维修服务程序》（SLDQ-CX-16）"""
    kind = "form" if planned.kind == "form" else "document"
    return Reference(kind, planned.id, f"《{planned.title}》（{planned.number}）")  # type: ignore[arg-type]


def _references(flat: dict[str, Any], plan: Plan, catalogue: Catalogue) -> None:
    for function, kind, ids in (("doc", "document", catalogue.documents), ("form", "form", catalogue.forms)):
        for id in ids:
            in_set, whole, number, title = _paper_names(function, id)
            planned = plan.get(id)
            flat[in_set] = planned is not None
            if planned is None:
                flat[whole] = flat[number] = flat[title] = Absent(id)
                continue
            flat[whole] = document_reference(planned)
            flat[number] = Reference(kind, id, planned.number)  # type: ignore[arg-type]
            flat[title] = Reference(kind, id, planned.title)  # type: ignore[arg-type]
    for clause in catalogue.clauses.values():
        reference, deleted = _clause_names(clause.id)
        flat[reference] = Reference("clause", clause.id, f"{clause.id} {clause.name}")
        flat[deleted] = clause.id in plan.deleted


@cache
def _paper_names(function: str, id: str) -> tuple[str, str, str, str]:
    names = ("in_set", function, f"{function}_number", f"{function}_title")
    return tuple(flat_call(name, id) for name in names)  # type: ignore[return-value]


@cache
def _clause_names(id: str) -> tuple[str, str]:
    return flat_call("clause", id), flat_call("deleted", id)


@cache
def _law_names(id: str) -> tuple[str, str]:
    return flat_call("law", id), flat_call("law_applies", id)


def _row(planned: Planned, retention: Any) -> Record:
    values: dict[str, Any] = {
        "id": planned.id,
        "number": planned.number,
        "title": planned.title,
        "version": planned.version,
        "revised": planned.revised or "",
        "kind": planned.kind,
        "clauses": list(planned.clauses),
        "reference": document_reference(planned),
        "procedure": planned.procedure,
        "layout": planned.layout,
        "retention": retention if retention is not None else "",
    }
    return Record(values)


def _retention(profile: Profile) -> Any:
    info = describe()["documents.record_retention_years"]
    years = profile.documents.record_retention_years
    return f"{years} {info.unit}" if years else Missing(Gap(info.label, "documents.record_retention_years", info.help))


def _form_retention(own: str, general: Any) -> Any:
    return own or general


def kpi_target(value: Any, unit: str, direction: str) -> str:
    """≥95%, ≤0.5%, ≥92 分; a bound that cannot be passed stands alone: 100%, 0 件."""
    at_bound = value == 0 if direction == "down" else (unit == "%" and value == 100)
    sign = "" if at_bound else "≥" if direction == "up" else "≤"
    return f"{sign}{number_text(Decimal(value))}{unit if unit == '%' else ' ' + unit}"


def _kpis(
    flat: dict[str, Any],
    profile: Profile,
    plan: Plan,
    catalogue: Catalogue,
    industry: Industry | None,
    roles: dict[str, Any],
    assumed: frozenset[str],
) -> None:
    labels = {name: info.label for name, info in fields_of(KpiFacts).items()}
    names = industry.kpi_names if industry else {}
    formulas = industry.kpi_formulas if industry else {}
    terms = _terms(flat)
    rows = []
    for kpi in catalogue.kpis.values():
        facts = profile.kpis.get(kpi.id)
        key = f"kpis.{kpi.id}"
        name = worded(names.get(kpi.id, kpi.name), terms)
        target: Any = missing(f"{name}{labels['target']}", f"{key}.target")
        last: Any = missing(f"{name}{labels['last']}", f"{key}.last")
        if facts and facts.target is not None:
            target = kpi_target(facts.target, kpi.unit, kpi.direction)
            if f"{key}.target" in assumed:
                target = assume(target, f"{key}.target")
        if facts and facts.last is not None:
            last = _amount(facts.last, kpi.unit)
        before = _before(facts, profile)
        forms = [document_reference(plan.forms[form]) for form in kpi.sources if form in plan.forms]
        values = {
            "id": kpi.id, "name": name, "formula": worded(formulas.get(kpi.id, kpi.formula), terms),
            "target": target, "last": last, "base": "" if before is None else _amount(before, kpi.unit),
            "base_value": "" if before is None else before,
            "target_value": facts.target if facts and facts.target is not None else target,
            "last_value": facts.last if facts and facts.last is not None else last,
            "last_period": (facts and facts.period) or missing(f"{name}{labels['period']}", f"{key}.period"),
            "source": join(forms, BETWEEN_NAMES) if forms else Absent(kpi.sources[0]),
            "period": _period(kpi, profile, assumed), "owner": roles[kpi.owner], "unit": kpi.unit,
            "direction": kpi.direction,
        }  # fmt: skip
        put_record(flat, f"kpi__{kpi.id}", values)
        if forms and plan.conditions.get(kpi.when, True) is not False:
            rows.append(Record(values))
    flat["kpis"] = rows


def _amount(value: Decimal, unit: str) -> str:
    return number_text(value) + ("" if unit == "%" else " ") + unit


def _before(facts: KpiFacts | None, profile: Profile) -> Decimal | None:
    """The value a target was set from, as known when the documents were issued."""
    if facts is None:
        return None
    if facts.baseline is not None:
        return facts.baseline
    return facts.last if known_when_issued(profile, facts.period) else None


def _period(kpi: Kpi, profile: Profile, assumed: frozenset[str]) -> Any:
    """How often an indicator is worked out; some periods are the company's to set."""
    if not kpi.times:
        return kpi.period
    times, info = value_at(profile, kpi.times), describe()[kpi.times]
    if times is None:
        return missing(info.label, kpi.times, info.help)
    period = period_text(times)
    return assume(period, kpi.times) if kpi.times in assumed else period


def _laws(flat: dict[str, Any], profile: Profile, plan: Plan, catalogue: Catalogue) -> None:
    holding = [name for name, value in plan.conditions.items() if value]
    industry = profile.company.industry if profile.company.industry in catalogue.industry_ids else None
    classes = [p.statutory_class for p in profile.products if p.statutory_class]
    chosen = catalogue.applicable_laws(industry, holding, profile.laws.extra, profile.laws.drop, classes)
    own = profile.laws.extra
    chosen = tuple(w for w in chosen if not w.clauses or w.id in own or set(w.clauses) - plan.deleted)
    kept = {_title_key(law.title): law for law in reversed(chosen)}
    chosen = tuple(kept.values())[::-1]
    by_id = {law.id: law for law in chosen}
    terms = _terms(flat)
    for law in catalogue.laws.values():
        present = by_id.get(law.id)
        text = f"《{law.title}》" if not law.is_standard else f"{law.number}《{law.title}》"
        reference, applies = _law_names(law.id)
        flat[reference] = Reference("law", law.id, text) if present else Absent(law.id)
        flat[applies] = present is not None
    flat["laws"] = [
        Record(
            {
                "id": law.id, "title": law.title, "number": law.number, "in_force": law.in_force or "",
                "published": law.published or "", "status": law.edition, "checked": law.checked or "",
                "used_in": worded(law.demands, terms), "clauses": list(law.clauses), "is_standard": law.is_standard,
                "in_doubt": law.in_doubt, "note": law.note,
            }
        )
        for law in chosen
    ]  # fmt: skip


def _title_key(title: str) -> str:
    """A title without what people write around it, to tell one law named twice."""
    return title.strip("《》 ").partition("（")[0]


def _clauses(flat: dict[str, Any], profile: Profile, plan: Plan, catalogue: Catalogue) -> None:
    rows = [
        Record(
            {
                "id": c.id, "name": c.name, "requirement": c.requirement, "level": c.level,
                "applicable": c.id not in plan.deleted and c.parent not in plan.deleted, "parent": c.parent,
            }
        )
        for c in catalogue.clauses.values()
    ]  # fmt: skip
    flat["clauses"] = rows
    pairs = zip(flat["certification__deletions"], profile.certification.deletions, strict=True)
    flat["deletions"] = [deletion_named(item, source, catalogue) for item, source in pairs]


def _terms(flat: dict[str, Any]) -> dict[str, str]:
    return {name: flat[f"term__{name}"] for name in TERMS}


def _matrix(flat: dict[str, Any], profile: Profile, plan: Plan, catalogue: Catalogue, roles: dict[str, Any]) -> None:
    marks = responsibilities(profile, catalogue, roles, plan.deleted)
    involved = [i for i in range(len(marks.columns)) if any(r.marks[i] for r in marks.rows)]
    flat["responsibilities"] = [
        Record({"clause": r.clause, "name": r.name, "marks": [r.marks[i] for i in involved]}) for r in marks.rows
    ]
    flat["responsibility_columns"] = [marks.columns[i] for i in involved]
    leads = {row.clause: marks.lead(row.clause) for row in marks.rows}
    documents_of = _serving(p for p in plan.controlled() if p.kind != "register")
    forms_of = _serving(plan.forms.values())
    terms = _terms(flat)
    rows = []
    for clause in catalogue.clauses_of_level(2):
        if clause.id in plan.deleted:
            continue
        evidence = catalogue.evidence.get(clause.id)
        documents, forms = documents_of.get(clause.id, ()), forms_of.get(clause.id, ())
        rows.append(
            Record(
                {
                    "clause": clause.id,
                    "name": clause.name,
                    "documents": [document_reference(p) for p in documents],
                    "document_numbers": [p.number for p in documents],
                    "sections": [f"{clause.id} {clause.name}"],
                    "forms": [document_reference(p) for p in forms],
                    "form_numbers": [p.number for p in forms],
                    "owner": leads.get(clause.id, ""),
                    "evidence": expected(evidence.expects, plan, terms) if evidence else [],
                }
            )
        )
    flat["matrix"] = rows


def _serving(papers: Iterable[Planned]) -> dict[str, list[Planned]]:
    """The papers that serve each clause, or one below it."""
    found: dict[str, list[Planned]] = {}
    for planned in papers:
        served = dict.fromkeys(
            ".".join(parts[:count])
            for c in planned.clauses
            for parts in (c.split("."),)
            for count in range(1, 1 + len(parts))
        )
        for clause in served:
            found.setdefault(clause, []).append(planned)
    return found


def _required_managers(profile: Profile) -> Any:
    base = profile.staff.service_managers
    if not base:
        info = describe()["staff.service_managers"]
        return missing(info.label, "staff.service_managers", info.help)
    return max(1, -(-base // 10))
