"""Whether the values an industry proposes are values the profile can hold.

Apart from the loader, because it needs the profile model and pydantic, which a listing does not load.
"""

from __future__ import annotations

from typing import Any, get_args

from docgen.catalogue.models import Industry
from docgen.catalogue.names import nearest
from docgen.diagnostics import Diagnostic, Place


def proposal_faults(industry: Industry) -> list[Diagnostic]:
    """Proposed values that no field of the profile can hold, and unknown training categories."""
    from docgen.profile.operation import TrainingCategory

    found = []
    file = f"industries/{industry.id}/industry.yaml"
    for path, value in industry.defaults.items():
        place = Place(file=file, key=f"defaults.{path}")
        field, known = _field(path)
        if field is None:
            near = nearest(path.rpartition(".")[2], known)
            found.append(Diagnostic("K019", place=place, values={"key": place.key, "name": path}, nearest=near))
        elif not _fits(field, value):
            values = {"key": place.key, "read": value, "name": path}
            found.append(Diagnostic("K020", place=place, values=values))
    categories = get_args(TrainingCategory)
    for position, topic in enumerate(industry.training_topics):
        if topic.category not in categories:
            place = Place(file=file, key=f"training_topics[{position}].category")
            values = {"key": place.key, "read": topic.category, "known": ", ".join(categories)}
            found.append(Diagnostic("K007", place=place, values=values, nearest=nearest(topic.category, categories)))
    return found


def _field(path: str) -> tuple[Any, tuple[str, ...]]:
    """The declared field a dotted profile path leads to, or None and the names known where it broke off."""
    from pydantic import BaseModel

    from docgen.profile.operation import Kpi
    from docgen.profile.profile import Profile

    parts = path.split(".")
    model: Any = Profile
    if parts[0] == "kpis":
        model, parts = Kpi, parts[2:]
    field = None
    for position, part in enumerate(parts):
        known = tuple(model.model_fields)
        field = model.model_fields.get(part)
        if field is None:
            return None, known
        if position < len(parts) - 1:
            model = field.annotation
            if not (isinstance(model, type) and issubclass(model, BaseModel)):
                return None, ()
    return field, ()


def _fits(field: Any, value: Any) -> bool:
    from pydantic import TypeAdapter, ValidationError

    try:
        TypeAdapter(field.annotation).validate_python(value)
    except (ValidationError, ValueError):
        return False
    return True
