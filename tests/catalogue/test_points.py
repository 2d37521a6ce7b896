from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from docgen.catalogue import Catalogue
from docgen.diagnostics import Diagnostic, DocgenError, Severity


def table(catalogue: Catalogue, **changes: object) -> dict[str, object]:
    points: dict[str, object] = dict(catalogue.points().points)
    points.update({key.replace("_", "."): value for key, value in changes.items()})
    return points


def write(path: Path, points: dict[str, object]) -> Path:
    path.write_text("".join(f"{clause}: {value}\n" for clause, value in points.items()), encoding="utf-8")
    return path


def faults(catalogue: Catalogue, path: Path) -> list[Diagnostic]:
    with pytest.raises(DocgenError) as caught:
        catalogue.points(path)
    return list(caught.value.diagnostics)


def test_a_sound_table_replaces_the_placeholder(catalogue: Catalogue, tmp_path: Path) -> None:
    points = table(catalogue) | {"5.1.1.1": "4.5", "5.1.1.2": "3.5"}
    found = catalogue.points(write(tmp_path / "points.yaml", points))
    assert not found.placeholder
    assert found.points["5.1.1.1"] == Decimal("4.5")
    assert found.notes == ()


def test_a_table_under_a_heading_is_read_too(catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "points.yaml"
    rows = "".join(f"  {clause}: {value}\n" for clause, value in table(catalogue).items())
    path.write_text("points:\n" + rows, encoding="utf-8")
    assert len(catalogue.points(path).points) == 44


def test_a_worksheet_is_read_past_its_headings(catalogue: Catalogue, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["条款", "分值"])
    for clause, value in table(catalogue).items():
        sheet.append([clause, float(str(value))])
    sheet.append(["合计", 100])
    path = tmp_path / "points.xlsx"
    book.save(path)
    assert catalogue.points(path).points["5.1.2.2"] == 5


def test_chapter_sums_are_checked(catalogue: Catalogue, tmp_path: Path) -> None:
    points = table(catalogue) | {"5.1.1.1": 9, "5.3.2.1": 1}
    found = faults(catalogue, write(tmp_path / "points.yaml", points))
    assert [(d.code, d.values["chapter"], d.values["total"]) for d in found] == [
        ("K013", "5.1", 45),
        ("K013", "5.3", 23),
    ]


def test_unknown_missing_and_wrong_rows_come_in_one_run(catalogue: Catalogue, tmp_path: Path) -> None:
    points = table(catalogue)
    del points["5.2.6.2"]
    points |= {"5.2.6.3": 2, "5.3.2.5": "two", "5.3.2.4": -2}
    found = faults(catalogue, write(tmp_path / "points.yaml", points))
    codes = [d.code for d in found]
    assert codes.count("K031") == 1
    assert codes.count("K032") == 2
    assert codes.count("K034") == 1
    assert next(d for d in found if d.code == "K031").place.line == 44


def test_a_clause_given_twice_is_reported(catalogue: Catalogue, tmp_path: Path) -> None:
    path = write(tmp_path / "points.yaml", table(catalogue))
    path.write_text(path.read_text(encoding="utf-8") + "5.3.2.5: 2\n", encoding="utf-8")
    assert [d.code for d in faults(catalogue, path)] == ["K033"]


def test_points_that_differ_from_an_established_value_are_a_warning(catalogue: Catalogue, tmp_path: Path) -> None:
    points = table(catalogue) | {"5.1.2.2": 4, "5.1.2.1": 5}
    found = catalogue.points(write(tmp_path / "points.yaml", points))
    assert [(d.code, d.severity) for d in found.notes] == [("K035", Severity.WARNING)]


@pytest.mark.parametrize(
    ("name", "content"),
    [("p.yaml", b"a: [1"), ("p.xlsx", b"not a workbook"), ("p.yaml", b""), ("p.yaml", b"\xff\xfe\x00")],
)
def test_a_file_that_cannot_be_read_is_a_fault_and_no_traceback(
    catalogue: Catalogue, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert [d.code for d in faults(catalogue, path)] == ["K030"]


def test_a_file_that_is_not_there_is_a_fault(catalogue: Catalogue, tmp_path: Path) -> None:
    assert [d.code for d in faults(catalogue, tmp_path / "absent.yaml")] == ["K030"]
