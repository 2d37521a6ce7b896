"""The vocabulary: every name a template may use, with its shape. Derived from the model and the catalogue."""

from __future__ import annotations

from docgen.catalogue import Catalogue
from docgen.catalogue.conditions import CONDITIONS
from docgen.catalogue.industries import TERMS
from docgen.context.facts import fact_shapes
from docgen.profile.describe import describe
from docgen.templating.filters import FILTER_NAMES
from docgen.templating.vocabulary import SCALAR, Parts, Shape, Things, Vocabulary


def _parts(names: str, lists: str = "") -> Parts:
    shapes: dict[str, Shape] = dict.fromkeys(names.split(), SCALAR)
    shapes |= {name: Things(SCALAR) for name in lists.split()}
    return Parts(shapes)


_KPI = _parts(
    "id name formula target last base target_value last_value base_value last_period source period owner unit direction"
)
_PLANNED = _parts("id number title version revised kind reference procedure layout retention", "clauses")
_SESSION = _parts(
    "number month date topic category category_id category_label audience heads teacher external method hours place "
    "test cost owner proposed returns"
)
_CHECKS = Things(_parts("item standard method"))
_STEP = _parts("number title owner limit input output late decision")


def vocabulary(catalogue: Catalogue) -> Vocabulary:
    """All legal names over one catalogue."""
    roots: dict[str, Shape] = dict(fact_shapes())
    roots |= {
        "kpi": Parts(dict.fromkeys(catalogue.kpis, _KPI)),
        "kpis": Things(_KPI),
        "has": Parts(dict.fromkeys(CONDITIONS, SCALAR)),
        "role": Parts(dict.fromkeys(catalogue.roles, SCALAR)),
        "above": Parts(dict.fromkeys(catalogue.roles, SCALAR)),
        "escalation": _parts("general general_next serious serious_next major"),
        "dept": Parts(dict.fromkeys(catalogue.functions, SCALAR)),
        "term": Parts(dict.fromkeys(TERMS, SCALAR)),
        "clauses": Things(_parts("id name requirement level applicable parent")),
        "deletions": Things(_parts("clause name number title scope label part reason evidence")),
        "laws": Things(
            _parts(
                "id title number in_force published status checked used_in is_standard in_doubt note",
                "clauses",
            )
        ),
        "set_documents": Things(_PLANNED),
        "set_papers": Things(_PLANNED),
        "application_papers": Things(_parts("id number title kind here")),
        "set_forms": Things(_PLANNED),
        "matrix": Things(
            _parts("clause name owner", "documents document_numbers sections forms form_numbers evidence")
        ),
        "responsibilities": Things(_parts("clause name", "marks")),
        "responsibility_columns": Things(SCALAR),
        "road": _parts(
            "verdict wished certificate earliest usual latest_start usual_days least_days running_months again "
            "validity_months run_full fix_days rectification_days renew_until apply_until late_application "
            "late_certificate expiry"
        ),
        "road_tasks": Things(
            _parts(
                "number phase title owner start finish days usual_days least_days months week_from week_to fixed "
                "squeezed only_end basis confidence",
                "papers",
            )
        ),
        "road_after": Things(_parts("title start finish from_months months before_expiry basis confidence")),
        "road_conflicts": Things(_parts("title read latest")),
        "onsite_departments": Things(
            Parts(
                {
                    "name": SCALAR,
                    "count": SCALAR,
                    "functions": Things(SCALAR),
                    "records": Things(SCALAR),
                    "rows": Things(_parts("clause name", "questions read bring")),
                }
            )
        ),
        "sales_coverage": Things(_parts("province own authorized covered way", "outlets from_elsewhere")),
        "role_list": Things(_parts("id title department headcount qualification own_post", "duties documents")),
        "department_list": Things(_parts("name head headcount", "functions function_ids duties")),
        "training_plan": Things(_SESSION),
        "training_totals": _parts("sessions hours person_hours everyone_hours least_hours cost cost_10k"),
        "training_coverage": Things(_parts("id topic covered gap", "sessions numbers")),
        "supervision_cycle": _parts("start end evaluation_date outlet_visits"),
        "supervision_months": Things(
            _parts(
                "month date inspections statistics outlet_visits outlet_assessments provider_evaluations evaluations "
                "reviews compliance surveys"
            )
        ),
        "mystery_periods": Things(_parts("number first last visits")),
        "outlet_visit_plan": Things(_parts("code name", "months dates")),
        "drill_plan": Things(_parts("number name signal response owner month date proposed from_industry full")),
        "trace_drill": _parts("month date"),
        "budget_quarters": Things(_parts("item amount q1 q2 q3 q4 by_training_plan")),
        "survey_sample": _parts(
            "confidence z error population unlimited unlimited_answers required planned_error enough return_rate "
            "return_period to_send"
        ),
        "survey_sizes": Things(_parts("error required")),
        "survey_strata": Things(_parts("name units share answers")),
        "survey_result": _parts(
            "available file period sent rows valid bad open_cells rate most_unanswered scale_five scale_hundred "
            "scale_words equal_weights weights weighted score reached short_of change before by_outlet questions "
            "worst best",
            "silent",
        ),
        "survey_questions": Things(_parts("number id text weight a5 a4 a3 a2 a1 answers points score product")),
        "survey_outlets": Things(_parts("name answers score few", "scores")),
        "survey_bad_rows": Things(_parts("row reason read", "columns")),
        "survey_known": Things(_parts("period answers sent score", "actions")),
        "survey_trend": Things(_parts("period answers sent rate score change current", "actions")),
        "assessment": _parts(
            "available file placeholder total applicable obtained base deducted bonus final score band barred limit "
            "target target_minimum distance next_band next_distance full_marks deductions bonuses",
            "missing",
        ),
        "assessment_rows": Things(
            _parts(
                "clause name requirement parent chapter applicable assessed reason points sample failed lost obtained "
                "finding evidence owner due"
            )
        ),
        "assessment_chapters": Things(_parts("clause name points applicable obtained rate")),
        "assessment_specials": Things(_parts("deduction cases finding evidence owner due")),
        "finding_rows": Things(
            _parts(
                "number source clause clause_name description grade correction cause corrective_action owner due "
                "closed proof verification state after_audit late days",
                "missing unproved",
            )
        ),
        "finding_counts": _parts(
            "total major minor observation closed open overdue late incomplete unproved reference"
        ),
        "industry_risks": Things(_parts("name signal response owner")),
        "industry": Parts(
            {
                "name": SCALAR,
                "qualifications": Things(SCALAR),
                "repair_checks": _CHECKS,
                "installation_checks": _CHECKS,
                "visit_checks": _CHECKS,
            }
        ),
        "managers": _parts("required count"),
        "roster": Things(_parts("name position department outlet", "certificates other_certificates")),
        "revisions": Things(_parts("version date content by approved_by document")),
        # made while a document is finished; empty elsewhere
        "document": _parts("id number title version kind revised"),
        "steps": Things(_STEP),
        "step_owners": Things(_parts("owner", "steps duties")),
        "own_duties": SCALAR,
        "related_documents": Things(_PLANNED),
        "related_records": Things(_PLANNED),
        "argument": SCALAR,
    }
    paths = frozenset(p.replace("[]", "") for p in describe() if "*" not in p)
    documents, forms = frozenset(catalogue.documents), frozenset(catalogue.forms)
    functions = {
        "doc": documents, "doc_number": documents, "doc_title": documents,
        "form": forms, "form_number": forms, "form_title": forms,
        "in_set": documents | forms,
        "law": frozenset(catalogue.laws), "law_applies": frozenset(catalogue.laws),
        "clause": frozenset(catalogue.clauses), "deleted": frozenset(catalogue.clauses),
        "gap": paths,
        "section": None,
    }  # fmt: skip
    return Vocabulary(roots, functions, FILTER_NAMES)
