"""What a reader approved stays as it was until someone accepts the change."""

from __future__ import annotations

import pytest

from tests.content.goldens import FOLDER, difference, golden_path, names


@pytest.mark.parametrize("name", names())
def test_a_document_reads_as_it_was_accepted(name: str) -> None:
    assert golden_path(name).is_file(), "python -m tests.content.goldens --accept"
    lines = list(difference(name))
    told = "\n".join(lines[:60])
    assert not lines, f"if the change is wanted: python -m tests.content.goldens --accept\n{told}"


def test_no_golden_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(names())
