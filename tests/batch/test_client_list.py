"""Client lists: columns by path or label, rows over a base profile, faults in their cell."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docgen.batch.rows import OWN_FACTS, Row, read_clients
from docgen.batch.sources import find_clients, load_one
from docgen.diagnostics import Diagnostic, DocgenError
from docgen.pipeline import prepare
from docgen.profile.company import Company
from docgen.profile.describe import fields_of
from docgen.profile.loading import LoadedProfile, load_profile
from docgen.profile.profile import Profile
from docgen.profile.rules import check_profile
from docgen.writers.text import write_text
from tests.batch.lists import sample, write_csv
from tests.content.sets import library, papers_of


def rows(path: Path) -> list[Row]:
    found, faults = read_clients(path)
    assert not faults
    return found


def head_faults(tmp_path: Path, *heads: str) -> list[Diagnostic]:
    path = write_csv(tmp_path / "c.csv", list(heads), ["x"] * len(heads))
    return read_clients(path)[1]


def only(tmp_path: Path, head: list[str], *cells: str) -> LoadedProfile:
    (row,) = rows(write_csv(tmp_path / "c.csv", head, list(cells)))
    return row.load()


@pytest.mark.parametrize(
    "head",
    [
        "company.full_name",
        "企业/企业全称",
        "企业全称",
        "企业.企业全称",
        "企业／企业全称",
        " company.full_name ",
        "full_name",
    ],
)
def test_a_column_is_named_by_path_or_by_label(tmp_path: Path, head: str) -> None:
    assert only(tmp_path, [head], "甲公司").profile.company.full_name == "甲公司"


@pytest.mark.parametrize("head", ["products[1].name", "产品2/产品名称", "产品[1]/产品名称"])
def test_things_of_a_list_have_numbers(tmp_path: Path, head: str) -> None:
    profile = only(tmp_path, ["products[0].name", head], "电扇", "水壶").profile
    assert [product.name for product in profile.products] == ["电扇", "水壶"]


def test_things_left_out_leave_no_empty_ones_between(tmp_path: Path) -> None:
    profile = only(tmp_path, ["products[2].name", "products[0].name"], "水壶", "电扇").profile
    assert [product.name for product in profile.products] == ["电扇", "水壶"]


@pytest.mark.parametrize(
    ("head", "code", "told"),
    [
        ("姓名", "B004", "组织/管理者代表/姓名"),
        ("产品名称", "B005", "products[0].name"),
        ("products.name", "B005", "products[0].name"),
        ("企业", "B007", "company.full_name"),
        ("products", "B007", "products[0].name"),
        ("备注", "B003", ""),
    ],
)
def test_a_column_that_means_nothing_or_several_things_is_a_fault(
    tmp_path: Path, head: str, code: str, told: str
) -> None:
    (fault,) = head_faults(tmp_path, head)
    assert (fault.code, fault.place.line, fault.place.column) == (code, 1, 1)
    assert told in str(fault.values)


def test_a_slip_in_a_head_names_the_nearest_field(tmp_path: Path) -> None:
    (fault,) = head_faults(tmp_path, "company.full_nam")
    assert fault.nearest == "company.full_name"


def test_a_field_may_have_one_column_only(tmp_path: Path) -> None:
    (fault,) = head_faults(tmp_path, "company.full_name", "企业全称")
    assert (fault.code, fault.place.column, fault.values["column"]) == ("B006", 2, 1)


def test_columns_that_begin_with_a_hash_are_the_consultants_own(tmp_path: Path) -> None:
    assert head_faults(tmp_path, "#电话问过了", "企业全称") == []


def test_a_fault_in_a_cell_has_its_row_and_column(tmp_path: Path) -> None:
    loaded = only(tmp_path, ["企业全称", "company.founded"], "甲公司", "去年")
    (fault,) = loaded.diagnostics
    assert (fault.place.line, fault.place.column) == (2, 2)
    assert fault.place.file.endswith("c.csv")


def test_a_row_lies_over_its_base_profile(tmp_path: Path) -> None:
    sample(tmp_path, "electronics")
    loaded = only(
        tmp_path, ["基础档案", "企业全称", "service.hotline"],
        "electronics.yaml", "甲公司", "400-000-1234",
    )  # fmt: skip
    assert loaded.profile.service.hotline == "400-000-1234"
    assert loaded.profile.company.full_name == "甲公司"
    assert len(loaded.profile.products) > 1


def test_a_company_does_not_inherit_anothers_name_and_codes(tmp_path: Path) -> None:
    sample(tmp_path, "electronics")
    loaded = only(tmp_path, ["base", "company.full_name"], "electronics", "甲公司")
    company = loaded.profile.company
    assert (company.code, company.unified_social_credit_code, company.legal_representative) == (None, None, None)
    assert "B011" in [d.code for d in loaded.diagnostics]


def test_a_company_does_not_inherit_what_another_has_to_show(tmp_path: Path) -> None:
    base = sample(tmp_path, "electronics")
    shown = load_profile(base).profile
    assert shown.company.honours and shown.company.certificates and shown.staff.certified_service_managers
    loaded = only(tmp_path, ["base", "company.full_name"], "electronics", "甲公司")
    company, certification = loaded.profile.company, loaded.profile.certification
    assert (company.honours, company.certificates, company.contact.name, company.registered_address) == (
        (),
        (),
        None,
        None,
    )
    assert (certification.running_since, certification.major_incidents) == (None, None)
    assert loaded.profile.staff.certified_service_managers == () and loaded.profile.findings == ()
    assert loaded.profile.staff.total == shown.staff.total


def test_of_every_fact_about_the_company_it_is_decided_whether_it_may_be_anothers() -> None:
    shared = {"enterprise_type", "industry", "industry_code", "main_business", "color"}
    assert set(fields_of(Company)) - set(OWN_FACTS["company"]) == shared
    for group, names in OWN_FACTS.items():
        for name in names:
            part = fields_of(Profile)[group].part
            for step in name.split("."):
                assert part is not None and step in fields_of(part), name
                part = fields_of(part)[step].part


def test_people_telephones_and_places_of_the_base_are_not_those_of_a_client(tmp_path: Path) -> None:
    sample(tmp_path, "electronics")
    head = ["base", "company.full_name", "organization.service_head.name"]
    loaded = only(tmp_path, head, "electronics", "甲公司", "乙某")
    people, service = loaded.profile.organization, loaded.profile.service
    assert (people.top_management.name, people.service_head.name, people.supervisor.name) == (None, "乙某", None)
    assert people.top_management.title and people.service_head.title
    assert (service.hotline, service.complaint_phone, service.complaint_email) == (None, None, None)
    assert service.response_time and not loaded.profile.outlets and not loaded.profile.resources.premises
    (note,) = [d for d in loaded.diagnostics if d.code == "B011"]
    assert "售后服务负责人" not in str(note.values["labels"]) and "服务热线" in str(note.values["labels"])


def test_no_name_or_telephone_of_the_base_stands_in_a_set_of_a_client(tmp_path: Path) -> None:
    base = load_profile(sample(tmp_path, "electronics")).profile
    people = base.organization
    loaded = only(tmp_path, ["base", "company.full_name"], "electronics", "甲公司")
    papers = papers_of(prepare(loaded, library()))
    texts = "\n".join(write_text(paper.document) for paper in papers if paper.document)
    named = [base.company.full_name, base.company.short_name, people.top_management.name, people.service_head.name]
    named += [base.service.hotline, base.company.registered_address, *(outlet.name for outlet in base.outlets)]
    assert [name for name in named if name and name in texts] == []


def test_findings_of_another_company_are_left_out_whole(tmp_path: Path) -> None:
    base = sample(tmp_path, "electronics")
    base.write_text(base.read_text(encoding="utf-8") + "\nfindings: [{source: 现场审查}]\n", encoding="utf-8")
    loaded = only(tmp_path, ["base", "company.full_name"], "electronics", "甲公司")
    assert loaded.profile.findings == ()
    (note,) = [d for d in loaded.diagnostics if d.code == "B011"]
    assert "不符合项" in str(note.values["labels"])


def test_places_lead_to_the_file_a_fact_came_from(tmp_path: Path) -> None:
    base = sample(tmp_path, "electronics")
    loaded = only(tmp_path, ["base", "company.full_name", "company.phone"], "electronics", "甲公司", "0760-00009999")
    assert loaded.place("company.phone").file.endswith("c.csv")
    place = loaded.place("company.industry")
    assert place.file.endswith("electronics.yaml")
    assert base.read_text(encoding="utf-8").splitlines()[place.line - 1].strip().startswith("industry:")


def test_a_contradiction_between_list_and_base_is_found_with_both_lines(tmp_path: Path) -> None:
    sample(tmp_path, "electronics")
    loaded = only(tmp_path, ["base", "企业全称", "staff.total"], "electronics", "甲公司", "3")
    found = [
        d for d in check_profile(loaded) if d.place.file.endswith("electronics.yaml") or "staff.total" in str(d.values)
    ]
    assert found
    assert all(d.place.line < 10_000 for d in found)
    assert not any(type(v) is int and v > 1_000_000 for d in found for v in d.values.values())


def test_a_tilde_takes_a_fact_of_the_base_away(tmp_path: Path) -> None:
    sample(tmp_path, "electronics")
    loaded = only(tmp_path, ["base", "企业全称", "company.website"], "electronics", "甲公司", "~")
    assert loaded.profile.company.website is None


def test_rows_of_one_base_do_not_mix(tmp_path: Path) -> None:
    sample(tmp_path, "electronics")
    head = ["base", "企业全称", "products[0].name"]
    first, second = rows(write_csv(tmp_path / "c.csv", head, ["electronics", "甲", "电扇"], ["electronics", "乙", ""]))
    assert first.load().profile.products[0].name == "电扇"
    assert second.load().profile.products[0].name != "电扇"


def test_a_missing_base_is_the_rows_fault_alone(tmp_path: Path) -> None:
    first, second = rows(write_csv(tmp_path / "c.csv", ["base", "企业全称"], ["no", "甲"], ["", "乙"]))
    with pytest.raises(DocgenError) as caught:
        first.load()
    assert [(d.code, d.place.line, d.place.column) for d in caught.value.diagnostics] == [("B008", 2, 1)]
    assert second.load().profile.company.full_name == "乙"


@pytest.mark.parametrize(("encoding", "delimiter"), [("gb18030", ","), ("utf-16", "\t"), ("utf-8", ";")])
def test_spreadsheet_programs_write_csv_in_several_ways(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = write_csv(
        tmp_path / "c.csv",
        ["企业全称", "company.intro"],
        ["甲公司", "一行\n二行"],
        encoding=encoding,
        delimiter=delimiter,
    )
    (row,) = rows(path)
    assert row.load().profile.company.intro == "一行\n二行"


def workbook(path: Path, *lines: list[Any]) -> Any:
    from openpyxl import Workbook

    book = Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)
    return book


def test_cells_of_a_workbook_are_read_as_people_see_them(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "c.xlsx"
    heads = ["企业全称", "company.founded", "staff.total", "company.postal_code", "company.annual_sales"]
    workbook(path, heads, ["甲公司", date(2012, 5, 18), 560, 28415, 1.5])
    book = load_workbook(path)
    book.active["D2"].number_format = "000000"
    book.save(path)
    (row,) = rows(path)
    profile = row.load().profile
    assert (profile.company.founded, profile.staff.total) == (date(2012, 5, 18), 560)
    assert (profile.company.postal_code, str(profile.company.annual_sales)) == ("028415", "1.5")


@pytest.mark.parametrize(("value", "code"), [("=1/0", "B014"), (914403001234567890, "B010"), ("#N/A", "B009")])
def test_a_cell_that_lost_its_value_is_a_fault_in_its_place(tmp_path: Path, value: Any, code: str) -> None:
    path = tmp_path / "c.xlsx"
    workbook(path, ["企业全称", "统一社会信用代码"], ["甲公司", value])
    (row,) = rows(path)
    faults = row.load().diagnostics
    assert [(d.code, d.place.line, d.place.column, d.place.quote) for d in faults] == [(code, 2, 2, "B2")]


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "c.csv", ["企业全称"], ["=cmd|' /C calc'!A0"])
    assert rows(path)[0].load().profile.company.full_name == "=cmd|' /C calc'!A0"


def test_control_characters_are_removed_with_a_warning(tmp_path: Path) -> None:
    loaded = only(tmp_path, ["企业全称"], "甲\x0b公\x01司")
    assert loaded.profile.company.full_name == "甲公司"
    assert [d.code for d in loaded.diagnostics] == ["P017"]


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04broken", b"\xff\xfe\x00"])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_file_that_is_no_list_is_reported(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"c{suffix}"
    path.write_bytes(data)
    found, faults = read_clients(path)
    assert not found
    assert {fault.code for fault in faults} <= {"B001", "B002", "B003", "P017"}
    assert faults


def test_a_workbook_that_unfolds_or_declares_entities_is_refused(tmp_path: Path) -> None:
    bomb, entities = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 210_000_000)
    workbook(entities, ["企业全称"], ["甲"])
    with zipfile.ZipFile(entities) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(entities, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "a">]><worksheet', 1))
    for path in (bomb, entities):
        found, faults = read_clients(path)
        assert (found, [fault.code for fault in faults]) == ([], ["B001"])


def test_a_row_of_a_list_may_be_named(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "c.csv", ["企业全称"], ["甲公司"], ["乙公司"])
    (client,), faults = find_clients([Path(f"{path}:3")])
    assert (client.load().profile.company.full_name, faults) == ("乙公司", [])
    assert [fault.code for fault in find_clients([Path(f"{path}:9")])[1]] == ["B018"]


def test_where_one_company_is_wanted_a_list_of_two_is_told_with_their_rows(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "c.csv", ["企业全称"], ["甲公司"], ["乙公司"])
    assert load_one(Path(f"{path}:2")).profile.company.full_name == "甲公司"
    with pytest.raises(DocgenError) as caught:
        load_one(path)
    (fault,) = caught.value.diagnostics
    assert fault.code == "B019" and f"{path}:3" in str(fault.values["keys"])


@pytest.mark.parametrize("base", [".", "..", "/", "x" * 5000, "/dev/zero"])
def test_a_base_that_is_no_file_is_a_fault_of_its_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, base: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_csv(tmp_path / "c.csv", ["base", "company.full_name"], [base, "甲"])
    (client,) = find_clients([Path("c.csv")])[0]
    with pytest.raises(DocgenError) as caught:
        client.load()
    assert [(d.code, d.place.line, d.place.column) for d in caught.value.diagnostics] == [("B008", 2, 1)]
    with suppress(OSError):
        client.contents()


@pytest.mark.parametrize("path", ["clients/**.yaml", "x" * 5000, "x" * 5000 + ".csv:3", "a\0b"])
def test_a_path_that_can_be_none_is_told(path: str) -> None:
    clients, faults = find_clients([Path(path)])
    assert (clients, [d.code for d in faults]) == ([], ["C008"])


def test_a_profile_in_capitals_is_found_in_its_folder(tmp_path: Path) -> None:
    sample(tmp_path, "toys").rename(tmp_path / "TOYS.YAML")
    assert [client.path.name for client in find_clients([tmp_path])[0]] == ["TOYS.YAML"]
