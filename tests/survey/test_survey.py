"""Survey answers: what is read, what is left out, and what it comes to."""

from __future__ import annotations

import csv
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook

from docgen.diagnostics import DocgenError, Severity
from docgen.survey import Period, Question, evaluate, read_answers, with_history
from tests.content.sets import library, prepared
from tests.survey import sample

WORDS = {word: int(level) for word, level in library().words["survey_levels"].items()}
QUESTIONS = [Question("Q1", "响应", Decimal(60)), Question("Q2", "质量", Decimal(40))]


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "answers.csv"
    path.write_bytes(text.encode(encoding))
    return path


def read(folder: Path, text: str, encoding: str = "utf-8", outlet: str = ""):  # type: ignore[no-untyped-def]
    return read_answers(write(folder, text, encoding), QUESTIONS, WORDS, outlet)


# ---- the sample of 500 answers


def test_the_sample_file_is_what_its_generator_makes() -> None:
    assert sample.FILE.read_bytes() == ("\ufeff" + sample.make()).replace("\n", "\r\n").encode()


def test_the_sample_file_says_that_it_is_fictitious() -> None:
    assert "虚构" in sample.FILE.read_text(encoding="utf-8-sig").splitlines()[0]


def by_hand() -> tuple[dict[str, list[int]], dict[str, dict[str, list[int]]]]:
    """Level counts per question, and per outlet, worked out from the file alone."""
    with sample.FILE.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(list(stream)[1:]))
    total = {question: [0] * 6 for question in sample.QUESTIONS}
    outlets: dict[str, dict[str, list[int]]] = {}
    for number, row in enumerate(rows, 3):
        if number in sample.BAD:
            continue
        own = outlets.setdefault(row["服务网点"], {question: [0] * 6 for question in sample.QUESTIONS})
        for question in sample.QUESTIONS:
            if row[question]:
                total[question][int(row[question])] += 1
                own[question][int(row[question])] += 1
    return total, outlets


def mean(counts: list[int]) -> Fraction:
    return Fraction(sum(20 * level * count for level, count in enumerate(counts)), sum(counts))


def weighted(counts: dict[str, list[int]]) -> Fraction:
    weights = dict(zip(sample.QUESTIONS, (20, 20, 25, 15, 10, 10), strict=True))
    return sum((weights[q] * mean(counts[q]) for q in counts), Fraction(0)) / sum(weights.values())


def rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_the_figures_of_the_sample_are_those_of_an_independent_count() -> None:
    total, outlets = by_hand()
    context = prepared("electronics").company.context
    for row in context["survey_questions"]:
        counts = total[row.values["id"]]
        assert [row.values[f"a{level}"] for level in (5, 4, 3, 2, 1)] == counts[:0:-1]
        assert row.values["answers"] == sum(counts)
        assert row.values["score"] == rounded(mean(counts))
    assert context["survey_result__score"] == rounded(weighted(total))
    assert context["survey_result__rate"] == rounded(Fraction(480 * 100, 1620))
    shown = {row.values["name"]: row.values["score"] for row in context["survey_outlets"]}
    assert shown == {name: rounded(weighted(counts)) for name, counts in outlets.items()}
    assert context["survey_trend"][-1].values["change"] == rounded(weighted(total)) - Decimal("93.1")


def test_exactly_the_bad_rows_of_the_sample_are_named_and_left_out() -> None:
    context = prepared("electronics").company.context
    assert {row.values["row"] for row in context["survey_bad_rows"]} == set(sample.BAD)
    assert (context["survey_result__rows"], context["survey_result__valid"]) == (500, 480)
    named = {d.place.line for d in prepared("electronics").diagnostics if d.code in ("V005", "V006", "V007", "V008")}
    assert named == set(sample.BAD)


# ---- scales


@pytest.mark.parametrize(
    ("rows", "scales"),
    [
        (("5,4", "3,1"), ("five",)),
        (("100,80", "60,20"), ("hundred",)),
        (("非常满意,满意", "一般,非常不满意"), ("words",)),
        (("很满意,比较满意", "基本满意,很不满意"), ("words",)),
        (("5,满意", "一般,1"), ("five", "words")),
        (("5.0, 4 ", "3,1.0"), ("five",)),
    ],
)
def test_every_way_of_writing_the_five_levels_comes_to_the_same(
    rows: tuple[str, ...], scales: tuple[str, ...], tmp_path: Path
) -> None:
    answers = read(tmp_path, "\n".join(("Q1,Q2", *rows)))
    assert [dict(answer.levels) for answer in answers.answers] == [{"Q1": 5, "Q2": 4}, {"Q1": 3, "Q2": 1}]
    assert answers.scales == scales
    figures = evaluate(QUESTIONS, answers.answers)
    assert figures.score == (60 * Decimal(80) + 40 * Decimal(50)) / 100


def test_a_number_of_the_other_scale_is_outside_the_scale(tmp_path: Path) -> None:
    answers = read(tmp_path, "Q1,Q2\n100,80\n80,60\n5,100\n")
    assert [(row.row, row.reason, row.columns, row.read) for row in answers.bad] == [(4, "scale", ("Q1",), "5")]
    answers = read(tmp_path, "Q1,Q2\n5,4\n4,4\n100,5\n")
    assert [(row.row, row.reason, row.read) for row in answers.bad] == [(4, "scale", "100")]


def test_a_dissatisfied_answer_is_not_read_as_a_satisfied_one(tmp_path: Path) -> None:
    answers = read(tmp_path, "Q1,Q2\n不满意,非常不满意\n")
    assert dict(answers.answers[0].levels) == {"Q1": 2, "Q2": 1}


# ---- rows


def test_an_open_question_does_not_count_as_nought(tmp_path: Path) -> None:
    four = [Question(f"Q{n}", f"题{n}", Decimal(1)) for n in range(1, 5)]
    path = write(tmp_path, "Q1,Q2,Q3,Q4\n5,5,5,\n5,5,5,1\n5,5,,\n")
    answers = read_answers(path, four, WORDS)
    assert [(row.row, row.reason) for row in answers.bad] == [(4, "unanswered")]
    assert answers.open_cells == 1
    figures = evaluate(four, answers.answers)
    assert [row.answers for row in figures.questions] == [2, 2, 2, 1]
    assert figures.score == (Decimal(100) * 3 + 20) / 4


def test_empty_rows_between_answers_are_named_and_those_at_the_end_are_none(tmp_path: Path) -> None:
    answers = read(tmp_path, "Q1,Q2\n5,5\n,\n4,4\n,\n,\n")
    assert [(row.row, row.reason) for row in answers.bad] == [(3, "empty")]
    assert answers.rows == 3


def test_without_any_valid_answer_there_is_no_score(tmp_path: Path) -> None:
    answers = read(tmp_path, "Q1,Q2\n9,9\n")
    figures = evaluate(QUESTIONS, answers.answers)
    assert figures.score is None
    assert figures.weights == 0


def test_a_question_nobody_answered_leaves_the_weights(tmp_path: Path) -> None:
    many = [*QUESTIONS, Question("Q3", "配送", Decimal(50)), Question("Q4", "回访", Decimal(50))]
    answers = read_answers(write(tmp_path, "Q1,Q2,Q3,Q4\n5,5,,5\n"), many, WORDS)
    assert evaluate(many, answers.answers).weights == 150


# ---- files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encodings_spreadsheets_write_are_read(encoding: str, tmp_path: Path) -> None:
    answers = read(tmp_path, "网点,响应,质量\n甲店,非常满意,满意\n", encoding, "网点")
    assert answers.answers[0].outlet == "甲店"
    assert dict(answers.answers[0].levels) == {"Q1": 5, "Q2": 4}


def test_a_workbook_is_read_like_a_text_file(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (["2026 年调查"], ["网点", "Q1", "Q2"], ["甲店", 5, "满意"], ["乙店", 6, 4]):
        book.active.append(row)
    path = tmp_path / "answers.xlsx"
    book.save(path)
    answers = read_answers(path, QUESTIONS, WORDS, "网点")
    assert [answer.row for answer in answers.answers] == [3]
    assert [(row.row, row.columns, row.read) for row in answers.bad] == [(4, ("Q1",), "6")]


def test_a_missing_question_column_is_an_error_with_the_nearest_heading(tmp_path: Path) -> None:
    with pytest.raises(DocgenError) as caught:
        read(tmp_path, "Q1,Q2a\n5,5\n")
    (fault,) = caught.value.diagnostics
    assert (fault.code, fault.severity, fault.nearest) == ("V003", Severity.ERROR, "Q2a")


@pytest.mark.parametrize("name", ["nowhere.csv", "broken.xlsx"])
def test_a_file_that_cannot_be_read_is_a_fault_and_no_crash(name: str, tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(DocgenError) as caught:
        read_answers(tmp_path / name, QUESTIONS, WORDS)
    assert [fault.code for fault in caught.value.diagnostics] == ["V001"]


def test_a_missing_outlet_column_is_said_and_the_rest_counts(tmp_path: Path) -> None:
    answers = read(tmp_path, "Q1,Q2\n5,5\n", outlet="网点")
    assert [d.code for d in answers.diagnostics] == ["V010"]
    assert not answers.outlets
    assert len(answers.answers) == 1


# ---- outlets and history


def test_outlets_are_counted_apart_and_answers_without_one_come_last(tmp_path: Path) -> None:
    answers = read(tmp_path, "网点,Q1,Q2\n,5,5\n乙,3,3\n甲,5,4\n甲,5,4\n", outlet="网点")
    groups = evaluate(QUESTIONS, answers.answers, True).groups
    assert [(group.name, group.answers) for group in groups] == [("甲", 2), ("乙", 1), ("", 1)]
    assert groups[0].score == 92


def test_this_survey_takes_the_place_of_its_own_entry_in_the_history() -> None:
    history = [Period("上", 10, 20, Decimal(90)), Period("下", 9, 20, Decimal(91))]
    current = Period("下", 11, 22, Decimal("91.5"), True)
    assert with_history(history, current) == (history[0], current)
    assert current.rate == 50
