"""Values of one company in a form's words, options and lists."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from docgen.compose.formmodel import Expression, Option, Repeat, Resolver, Run, TableRun, Words
from docgen.document import Inline, Inlines, Text


@lru_cache(maxsize=1024)
def author_words(text: str) -> Text:
    """The same object each time, so that writers know it again."""
    return Text(text)


def as_inlines(value: Inline | Inlines) -> Inlines:
    return value if isinstance(value, tuple) else (value,)


def evaluate(words: Words, resolver: Resolver, item: Any = None) -> Inlines:
    """Words with the values of one company."""
    result: list[Inline] = []
    for word in words:
        if isinstance(word, Expression):
            # what a list of the profile leaves open is written by hand here; the gap shows in the documents
            if word.item:
                result += resolver.given(word.source, item)
            else:
                result += as_inlines(resolver.value(word.source, item))
        else:
            result.append(word)
    return tuple(result)


def option_words(options: tuple[Option, ...], resolver: Resolver) -> list[Inlines]:
    """The answers that apply to this company."""
    result: list[Inlines] = []
    for option in options:
        if option.source:
            result += [evaluate(option.words, resolver, item) for item in resolver.items(option.source)]
        elif not option.when or resolver.holds(option.when):
            result.append(evaluate(option.words, resolver))
    return result


def members(part: Repeat, resolver: Resolver) -> list[Any]:
    return [i for i in resolver.items(part.source) if not part.where or resolver.holds(part.where, i)]


def applying(runs: Iterable[Run], resolver: Resolver) -> list[Run]:
    """The texts, tables and new pages that stand in the form of this company."""
    return [run for run in runs if isinstance(run, TableRun) or not run.when or resolver.holds(run.when)]
