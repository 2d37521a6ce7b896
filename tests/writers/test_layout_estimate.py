"""The page estimate on flows made by hand: ten lines of ten points a page."""

from __future__ import annotations

import random

import pytest

from docgen.writers.docx.markup import width_units
from docgen.writers.layout import Flow, Pager, flow, keeping, line_count, turn


def lines(count: int, **more: object) -> Flow:
    return flow(count, 10.0, **more)  # type: ignore[arg-type]


def test_pages_fill_line_by_line() -> None:
    pieces = [lines(5), lines(5), flow(1, 10.0, heading=0)]
    assert paginate(pieces, 100, 1) == ([2], 2)


def test_a_heading_moves_with_the_text_it_announces() -> None:
    pieces = [lines(8), flow(1, 10.0, keep_next=True, heading=0), lines(4)]
    assert paginate(pieces, 100, 1)[0] == [2]
    assert paginate([lines(7), *pieces[1:]], 100, 1)[0] == [1]


def test_no_single_line_is_left_alone() -> None:
    assert paginate([lines(9), lines(4), flow(1, 10.0, heading=0)], 100, 1)[0] == [2]
    # three lines do not split into two and one: all move, and seven more still fit
    pieces = [lines(8), lines(3), lines(7), flow(1, 10.0, heading=0)]
    assert paginate(pieces, 100, 1)[0] == [3]


def test_a_row_that_does_not_fit_takes_the_header_rows_with_it() -> None:
    row = flow(1, 40.0, keep_lines=True, repeat=30.0)
    pieces = [lines(8), row, lines(3), flow(1, 10.0, heading=0)]
    assert paginate(pieces, 100, 1)[0] == [3]


def test_a_row_kept_with_the_next_one_takes_the_header_rows_with_it_too() -> None:
    rows = [flow(1, 20.0, keep_next=True, keep_lines=True, repeat=30.0), flow(1, 20.0, keep_lines=True, repeat=30.0)]
    assert Pager(100, 0).room_below([lines(7), *rows]) == 30


def test_a_row_higher_than_a_page_runs_over_pages() -> None:
    assert paginate([flow(1, 250.0, keep_lines=True), flow(1, 10.0, heading=0)], 100, 1) == ([3], 3)


def test_spaces_between_paragraphs_do_not_add_up() -> None:
    pieces = [flow(4, 10.0, after=20.0), flow(3, 10.0, before=20.0), flow(1, 10.0, heading=0)]
    assert paginate(pieces, 100, 1)[0] == [1]


def test_a_page_break_and_a_turn_start_pages() -> None:
    pieces = [lines(1), flow(1, 10.0, heading=0, page_break=True), turn(50.0), lines(5), flow(1, 10.0, heading=1)]
    assert paginate(pieces, 100, 2) == ([2, 4], 4)


def test_a_page_break_at_the_top_of_a_page_adds_none() -> None:
    assert paginate([flow(1, 10.0, heading=0, page_break=True)], 100, 1) == ([1], 1)


def test_a_long_paragraph_fills_several_pages() -> None:
    assert paginate([lines(25), flow(1, 10.0, heading=0)], 100, 1) == ([3], 3)


def test_lines_are_counted_from_widths_and_breaks() -> None:
    assert line_count(0, 0, 40) == 1
    assert line_count(40, 0, 40) == 1
    assert line_count(38, 0, 40, first=4) == 2
    assert line_count(10, 2, 40) == 3


@pytest.mark.parametrize(
    ("text", "units"),
    [("年月日", 6), ("abc123", 6), ("LMDQ-CX-05", 12), ("年　  月　  日", 12), ("2019年1月1日", 14), ("（5）", 5)],
)
def test_capitals_spaces_and_changes_of_script_have_their_width(text: str, units: int) -> None:
    assert width_units(text) == units


def test_a_date_too_wide_for_its_column_takes_two_lines() -> None:
    assert line_count(width_units("2019年1月1日"), 0, 12.6) == 2


def paginate(pieces: list[Flow], page_height: float, headings: int) -> tuple[list[int], int]:
    pager = Pager(page_height, headings)
    last = pager.last_page(pieces)
    return pager.pages, last


@pytest.mark.parametrize("seed", range(40))
def test_asking_for_the_room_on_the_way_moves_no_page(seed: int) -> None:
    chance = random.Random(seed)
    pager, pieces, headings = Pager(100, 60), [flow(1, 10.0)], 0
    for _ in range(200):
        kind = chance.randrange(8)
        if kind == 0 and headings < 60:
            pieces.append(flow(1, 14.0, 12.0, 6.0, keep_next=True, heading=headings))
            headings += 1
        elif kind == 1:
            pieces.append(turn(chance.choice((100, 70))))
        else:
            keeps = {"keep_next": chance.random() < 0.4, "keep_lines": kind == 2, "page_break": chance.random() < 0.05}
            pieces.append(flow(chance.randint(1, 25 if kind == 3 else 3), 10.0, 2.0, 3.0, **keeps))
        if chance.random() < 0.2:
            fresh = Pager(100, 60)
            assert pager.room_below(pieces) == fresh.room_below(pieces)
    assert (pager.last_page(pieces), pager.pages) == paginate(pieces, 100, 60)[::-1]


def test_a_broken_line_of_a_narrow_column_stays_short_of_the_edge() -> None:
    # eight characters a line, not eight and a half
    assert line_count(48, 0, 17.0) == 3
    assert line_count(49, 0, 17.0) == 4


def test_the_room_below_is_what_the_last_page_has_left() -> None:
    assert Pager(100, 0).room_below([lines(3)]) == 70
    assert Pager(100, 1).room_below([lines(9), flow(1, 30.0, heading=0)]) == 70
    assert Pager(100, 0).room_below([lines(4), flow(1, 10.0, page_break=True, after=6.0)]) == 84


def test_what_keeps_with_the_next_piece_goes_with_it() -> None:
    assert keeping([lines(4), flow(1, 10.0, 4.0, 2.0, keep_next=True), lines(2, keep_next=True)]) == 36
    assert keeping([lines(4, keep_next=True), lines(1)]) == 0
