"""The questionnaire: a workbook for one company that asks for the facts of its profile and is read back as one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docgen.profile.loading import LoadedProfile


def load_company(path: Path) -> LoadedProfile:
    """The profile of a file, whether it is YAML or a questionnaire. Raises DocgenError if there is none to return."""
    from docgen.profile.loading import load_profile
    from docgen.questionnaire.marks import is_questionnaire

    if not is_questionnaire(path):
        return load_profile(path)
    from docgen.questionnaire.loading import load_questionnaire

    return load_questionnaire(path)
