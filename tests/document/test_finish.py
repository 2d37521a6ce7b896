"""Numbers of headings, words of references to sections."""

from __future__ import annotations

from docgen.document import Heading, Reference, Text
from docgen.document.finish import Finisher, name_sections


def heading(words: str, level: int = 1, anchor: str = "", numbering: str = "number") -> Heading:
    return Heading(level, (Text(words),), numbering, anchor)  # type: ignore[arg-type]


def labels(*headings: Heading, first: int = 1) -> list[str]:
    blocks, _ = Finisher().finish(headings, first)
    return [block.label for block in blocks if isinstance(block, Heading)]


def test_headings_count_by_level_and_start_where_the_document_says() -> None:
    made = labels(heading("一"), heading("二", 2), heading("三", 2), heading("四"), heading("五", 2), first=3)
    assert made == ["3", "3.1", "3.2", "4", "4.1"]


def test_a_plain_heading_does_not_count_and_appendices_have_letters() -> None:
    made = labels(
        heading("前言", numbering="plain"), heading("一"), heading("附", numbering="appendix"), heading("节", 2)
    )
    assert made == ["", "1", "附录 A", "A.1"]


def test_headings_under_an_appendix_count_in_the_list_of_appendices() -> None:
    blocks, _ = Finisher().finish(
        [heading("附", numbering="appendix"), heading("节", 2), heading("注", 2, numbering="plain"), heading("后")]
    )
    made = [(block.label, block.numbering) for block in blocks if isinstance(block, Heading)]
    assert made == [("附录 A", "appendix"), ("A.1", "appendix"), ("", "plain"), ("1", "number")]


def test_a_heading_without_an_anchor_gets_one_of_its_own() -> None:
    blocks, _ = Finisher().finish([heading("一"), heading("一")])
    anchors = [block.anchor for block in blocks if isinstance(block, Heading)]
    assert all(anchors) and len(set(anchors)) == 2


def test_headings_alike_for_two_companies_are_the_same_object() -> None:
    finisher, one = Finisher(), heading("一")
    assert finisher.finish([one])[0][0] is finisher.finish([one])[0][0]


def test_a_section_reference_gets_number_and_title() -> None:
    _, sections = Finisher().finish([heading("总则"), heading("时限", 2, "limits")])
    reference = Reference("section", "limits", "", "limits")
    assert name_sections([reference], sections) == []
    assert reference.text == "1.1 时限"


def test_a_reference_to_no_section_is_told() -> None:
    reference = Reference("section", "gone", "", "gone")
    assert name_sections([reference], {"here": "1 此处"}) == ["gone"]
    assert reference.text == "?"
