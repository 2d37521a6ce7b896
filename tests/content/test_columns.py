"""A column or part of a form that a document names is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.content.sets import NAMES, composed, form_text, texts

# 《维修服务单》（ABC-JL-16-03）的“维修过程”“检验结果”
_NAMED = re.compile(r"([A-Z0-9]+[-.][A-Z]+-?\d\d-\d\d)）?(?:的|[^（）\s]{0,8}）)?((?:“[^”]+”)+)")


def named_columns(text: str) -> Iterator[tuple[str, str]]:
    """(form number, what is named of it)"""
    for number, quoted in _NAMED.findall(text):
        for name in re.findall(r"“([^”]+)”", quoted):
            yield number, name


@pytest.mark.parametrize("name", NAMES)
def test_a_form_has_what_documents_name_of_it(name: str) -> None:
    numbers = {c.planned.number: c.planned.id for c in composed(name) if c.planned.id.startswith("form-")}
    forms = {number: form_text(name, form) for number, form in numbers.items()}
    found = [
        (document, number, column, column in forms[number])
        for document, text in texts(name).items()
        if document not in numbers.values()
        for number, column in named_columns(text)
        if number in numbers
    ]
    assert len(found) > 20
    assert not [place for *place, there in found if not there]
