"""What the writer of inlines remembers."""

from __future__ import annotations

import pytest

from docgen.document import Text
from docgen.writers.docx import inlines
from docgen.writers.docx.inlines import WordMemo


def test_words_of_templates_stay_when_values_are_forgotten() -> None:
    memo: WordMemo[object, int] = WordMemo()
    words = [Text(f"字{number}") for number in range(3)]
    for number, word in enumerate(words):
        memo.put(word, number)
    for number in range(inlines._VALUES + 1):
        memo.put(f"值{number}", number)
    assert [memo.get(word) for word in words] == [0, 1, 2]
    assert memo.get("值0") is None
    assert memo.get(f"值{inlines._VALUES}") == inlines._VALUES


def test_a_memory_holds_no_more_than_the_words_and_one_company_of_values() -> None:
    memo: WordMemo[object, int] = WordMemo()
    words = [Text(f"字{number}") for number in range(10)]
    for number in range(5 * inlines._VALUES):
        memo.put(words[number % 10], number)
        memo.put(f"值{number}", number)
    assert len(memo.young) <= inlines._VALUES + len(words)


def test_words_without_end_are_forgotten_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inlines, "_MOST_WORDS", 100)
    memo: WordMemo[object, int] = WordMemo()
    kept = [Text(f"字{number}") for number in range(2 * (inlines._VALUES + 100))]
    for number, word in enumerate(kept):
        memo.put(word, number)
    assert memo.get(kept[0]) is None
    assert memo.get(kept[-1]) == len(kept) - 1
