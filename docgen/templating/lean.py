"""Code objects of templates without what no message needs: places are told by line, never by column."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from types import CodeType

_ENTRY = 0x80  # begins an entry of the table, see "Source code information" in CPython's documentation of locations
_LINE_ONLY, _NO_LINE = 13 << 3, 15 << 3
_MOST_UNITS = 8  # of code an entry can stand for


def lean(code: CodeType) -> CodeType:
    """The same code with a table of lines only. CPython 3.11 and later keep four numbers for every instruction, as many
    bytes as the code itself; those before have such a table already."""
    if sys.version_info < (3, 11):
        return code
    inner = tuple(lean(const) if isinstance(const, CodeType) else const for const in code.co_consts)
    return code.replace(co_consts=inner, co_linetable=bytes(_lines(code)))


def _lines(code: CodeType) -> Iterator[int]:
    last = code.co_firstlineno
    for line, units in _stretches(code):
        for start in range(0, units, _MOST_UNITS):
            length = min(units - start, _MOST_UNITS) - 1
            if line is None:
                yield _ENTRY | _NO_LINE | length
                continue
            yield _ENTRY | _LINE_ONLY | length
            yield from _signed(line - last)
            last = line


def _stretches(code: CodeType) -> Iterator[tuple[int | None, int]]:
    """Lines and how many units of two bytes stand in each, one after another."""
    for line, entries in groupby(code.co_lines(), itemgetter(2)):
        (start, end, _), *more = entries
        yield line, ((more[-1][1] if more else end) - start) // 2


def _signed(number: int) -> Iterator[int]:
    """A number as groups of six bits, the lowest first; its sign is the lowest bit of all."""
    rest = -number << 1 | 1 if number < 0 else number << 1
    while rest > 0x3F:
        yield rest & 0x3F | 0x40
        rest >>= 6
    yield rest
