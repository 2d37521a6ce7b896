"""The command: exit codes, JSON, review copies, reports."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from click.testing import CliRunner

from docgen.audit.review import commented
from docgen.cli import cli
from docgen.diagnostics import Diagnostic, Severity
from docgen.library import data_folder
from tests.audit.foreign import foreign_set, write


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "某客户"
    place.mkdir()
    for name, data in foreign_set().items():
        (place / name).write_bytes(data)
    return place


def run(*arguments: str):
    return CliRunner().invoke(cli, ["--lang", "zh", "audit", *arguments])


def test_a_clean_set_exits_with_zero(folder):
    result = run(str(folder), "--no-notes")
    assert result.exit_code == 0, result.output
    assert "错误 0 项，警告 0 项" in result.output


def test_an_error_exits_with_one_and_says_where_and_what_to_do(folder):
    (folder / "HS-QP-01 客诉处理办法.docx").write_bytes(
        write("HS-QP-01 客诉处理办法.docx", ["1 目的", "处理投诉。", "2 内容", "投诉由XX公司处理。"])
    )
    result = run(str(folder), "--only", "C02")
    assert result.exit_code == 1
    assert "HS-QP-01 客诉处理办法.docx: 错误 C02.left" in result.output
    assert "位置：2 内容" in result.output
    assert "原文：投诉由XX公司处理。" in result.output
    assert "处理：" in result.output


def test_json_carries_check_reason_and_remedy(folder):
    (folder / "HS-QP-02 维修管理办法.docx").unlink()
    found = json.loads(run(str(folder), "--json").output)
    finding = next(f for f in found["findings"] if f["check"] == "C30")
    assert finding["severity"] == "error"
    assert finding["reason"] and finding["remedy"]


def test_review_copies_hold_comments_and_the_files_stay_as_they_are(folder):
    path = folder / "HS-QP-01 客诉处理办法.docx"
    path.write_bytes(write(path.name, ["1 目的", "处理投诉。", "2 内容", "投诉由XX公司处理。"]))
    before = path.read_bytes()
    run(str(folder), "--only", "C02", "--review")
    assert path.read_bytes() == before
    copy = folder.with_name("某客户_review") / path.name
    with zipfile.ZipFile(copy) as archive:
        assert "XX公司" not in archive.read("word/comments.xml").decode()
        assert "C02.left" in archive.read("word/comments.xml").decode()
        body = archive.read("word/document.xml").decode()
    start = body.index("<w:commentRangeStart")
    assert body.index("投诉由XX公司处理。") > start > body.index("处理投诉。")


def test_review_copies_of_the_folder_one_stands_in_lie_beside_it(folder, monkeypatch):
    name = "HS-QP-01 客诉处理办法.docx"
    (folder / name).write_bytes(write(name, ["1 目的", "处理投诉。", "2 内容", "投诉由XX公司处理。"]))
    monkeypatch.chdir(folder)
    assert run(".", "--only", "C02", "--review").exit_code == 1
    assert (folder.parent / "某客户_review" / name).is_file()


def test_a_document_without_a_paragraph_gets_its_comments_too():
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(write("a.docx", []))) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = re.sub(rb"<w:p\b.*</w:p>|<w:p/>", b"", content, flags=re.DOTALL)
                assert not re.search(rb"<w:p\b", content)
            new.writestr(name, content)
    finding = Diagnostic("C02.left", Severity.ERROR, values={"read": "XX"})
    body = zipfile.ZipFile(io.BytesIO(commented(data.getvalue(), [finding], "zh"))).read("word/document.xml")
    assert b"commentReference" in body


def test_a_folder_of_too_many_files_is_told_and_not_cut_in_silence(folder, monkeypatch):
    monkeypatch.setattr("docgen.audit.folder._MAX_FILES", 2)
    result = run(str(folder), "--no-notes")
    assert result.exit_code == 1 and "A022" in result.output


@pytest.mark.parametrize("option", ["--report", "--review"])
def test_a_place_that_cannot_be_written_to_is_told(folder, tmp_path, option):
    name = "HS-QP-01 客诉处理办法.docx"
    (folder / name).write_bytes(write(name, ["1 目的", "处理投诉。", "2 内容", "投诉由XX公司处理。"]))
    (tmp_path / "某客户_review").write_bytes(b"a file")
    where = [str(tmp_path / "某客户_review")] if option == "--report" else []
    result = run(str(folder), "--only", "C02", option, *where)
    assert result.exit_code == 1 and "O004" in result.output


@pytest.mark.parametrize(
    "manifest",
    [
        {"documents": [3]},
        {"documents": [{"id": "a", "kind": "form", "number": "1", "files": 3}]},
        {"documents": [{"id": "a", "kind": "form", "number": "1", "files": [], "gaps": 3}]},
        {"documents": [], "other_stages": ["x"]},
        {"documents": [], "deleted_clauses": 5, "gaps": {"a": 1}},
    ],
)
def test_a_strange_manifest_beside_a_set_is_no_manifest(folder, manifest):
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    result = run(str(folder), "--no-notes")
    assert result.exit_code == 0, result.output


def test_a_limit_in_months_can_be_audited(folder, tmp_path):
    text = (data_folder("company_profiles") / "minimal.yaml").read_text(encoding="utf-8")
    profile = tmp_path / "a.yaml"
    refund = "  hotline_hours: 每日 8:30–20:30\n  return_policy: {refund_within: 1 个月}\n"
    profile.write_text(text.replace("  hotline_hours: 每日 8:30–20:30\n", refund), encoding="utf-8")
    assert "refund_within" in profile.read_text(encoding="utf-8")
    result = run(str(folder), "--profile", str(profile), "--only", "C23")
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_reports_are_written_where_asked(folder, tmp_path):
    run(str(folder), "--report", str(tmp_path / "报告"))
    assert sorted(p.name for p in (tmp_path / "报告").iterdir()) == ["审核报告.docx", "审核报告.xlsx"]


def test_an_unknown_check_is_a_wrong_command_line(folder):
    assert run(str(folder), "--only", "C99").exit_code == 2


def test_a_missing_folder_is_named(tmp_path):
    result = run(str(tmp_path / "没有"))
    assert result.exit_code == 1
    assert "A001" in result.output


def test_a_folder_with_nothing_in_it_is_named(tmp_path):
    assert "A002" in run(str(tmp_path)).output


def test_sets_beside_each_other_are_audited_one_by_one(folder, tmp_path):
    for name in ("甲", "乙"):
        place = tmp_path / "几家" / name
        place.mkdir(parents=True)
        (place / "manifest.json").write_text(
            json.dumps({"company": f"海州市{name}电器有限公司", "documents": []}), encoding="utf-8"
        )
        for path in folder.iterdir():
            (place / path.name).write_bytes(path.read_bytes())
    found = json.loads(run(str(tmp_path / "几家"), "--json").output)
    assert [entry["company"] for entry in found] == ["海州市乙电器有限公司", "海州市甲电器有限公司"]
    assert any(f["check"] == "C44" and f["severity"] == "error" for f in found[0]["findings"])
