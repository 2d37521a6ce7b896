"""Workbooks that many companies share but for the name of the company, the number of the paper and the page foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from docgen.writers.package import Member, Piece, joined, pack, piece
from docgen.writers.sheet import FORMULA_SIGNS, STRINGS, Sheet, cell_text, foot_text, parts_of
from docgen.writers.sheet_package import part

COMPANY, NUMBER = "\ue000docgen-company\ue000", "\ue000docgen-number\ue000"  # what stands in cells for the two


class SharedWorkbook(NamedTuple):
    """A workbook made ready: what is the same for all is packed."""

    members: tuple[Member, ...]  # before the texts
    strings: tuple[str, str, str]  # the part of the texts, without the company's two
    texts: frozenset[str]  # those it holds
    name: str  # of the sheet the foot stands on
    above: Piece  # of that sheet, up to the foot
    below: str
    others: tuple[Member, ...]

    def write(self, company: str, number: str, foot: str) -> bytes | None:
        """The workbook of one company; None where its texts would change more than their own cells."""
        texts = cell_text(company), cell_text(number)
        if not all(texts) or texts[0] == texts[1] or not self.texts.isdisjoint(texts):
            return None
        if company[0] in FORMULA_SIGNS or number[0] in FORMULA_SIGNS:
            return None
        before, between, after = self.strings
        strings = f"{before}{texts[0]}{between}{texts[1]}{after}"
        sheet = joined(self.name, self.above, last=f"{foot_text(foot)}{self.below}".encode())
        return pack((*self.members, part(STRINGS, strings), sheet, *self.others))


def share_workbook(sheets: Sequence[Sheet]) -> SharedWorkbook | None:
    """Make sheets ready; `COMPANY` and `NUMBER` stand in a cell each. The first sheet has the foot of the company."""
    members, strings, (first, *others) = parts_of(sheets)
    before, _, rest = strings.part().partition(COMPANY)
    between, _, after = rest.partition(NUMBER)
    if COMPANY not in strings.known or NUMBER not in strings.known:
        return None
    above = piece(*first.above)
    ends = tuple(body.member() for body in others)
    return SharedWorkbook(
        members, (before, between, after), frozenset(strings.known), first.name, above, first.below, ends
    )
