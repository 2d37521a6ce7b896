"""Whether the values an industry proposes are values the profile can hold.

Apart from the loader, because it needs the profile model, which a listing does not load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from docgen.catalogue.models import Industry
from docgen.catalogue.names import nearest
from docgen.diagnostics import Diagnostic, Place, has_errors

if TYPE_CHECKING:
    from docgen.profile.describe import FieldInfo
    from docgen.profile.fields import Part


def proposal_faults(industry: Industry) -> list[Diagnostic]:
    """Proposed values that no field of the profile can hold, facts it does not know, unknown training categories."""
    from docgen.profile.describe import describe
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
    for path in industry.not_asked:
        if path not in describe():
            place = Place(file=file, key="not_asked")
            near = nearest(path, describe())
            found.append(Diagnostic("K019", place=place, values={"key": place.key, "name": path}, nearest=near))
    categories = get_args(TrainingCategory)
    for position, topic in enumerate(industry.training_topics):
        if topic.category not in categories:
            place = Place(file=file, key=f"training_topics[{position}].category")
            values = {"key": place.key, "read": topic.category, "known": ", ".join(categories)}
            found.append(Diagnostic("K007", place=place, values=values, nearest=nearest(topic.category, categories)))
    return found


def _field(path: str) -> tuple[FieldInfo | None, tuple[str, ...]]:
    """The declared field a dotted profile path leads to, or None and the names known where it broke off."""
    from docgen.profile.describe import fields_of
    from docgen.profile.operation import Kpi
    from docgen.profile.profile import Profile

    names = path.split(".")
    part: type[Part] = Profile
    if names[0] == "kpis":
        part, names = Kpi, names[2:]
    field = None
    for position, name in enumerate(names):
        known = fields_of(part)
        field = known.get(name)
        if field is None:
            return None, tuple(known)
        if position < len(names) - 1:
            if field.part is None:
                return None, ()
            part = field.part
    return field, ()


def _fits(field: FieldInfo, value: Any) -> bool:
    from docgen.profile.building import Builder
    from docgen.profile.defaults import node_of

    builder = Builder("")
    return builder.value(field, node_of(value), field.name) is not None and not has_errors(builder.diagnostics)
