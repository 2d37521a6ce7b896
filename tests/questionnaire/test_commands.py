"""The command that writes questionnaires, and those that take one where they take a profile."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from docgen.batch.sources import find_clients, load_one
from docgen.cli import cli
from docgen.questionnaire.marks import is_questionnaire
from tests.batch.lists import sample
from tests.questionnaire.books import PROFILES, WORDS, cell_of, filled, read, sheets

ONLY = ("--only", "complaint-handling", "--only", "form-outlet-list")


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, ["--lang", "zh", *map(str, words)])


def asked(*words: object) -> Path:
    done = run("ask", *words)
    assert done.exit_code == 0, done.output
    return Path(str(words[words.index("-o") + 1] if "-o" in words else words[0]))


def files(folder: Path) -> dict[str, str]:
    """The files of a set and what is in them, without the records that name their source."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.suffix in (".docx", ".xlsx")
    }


# ---- writing


def test_an_empty_questionnaire_builds_and_gains_with_every_answer(tmp_path: Path) -> None:
    path = asked(tmp_path / "采集表.xlsx", "--industry", "电子电器", "--name", "甲示例电器有限公司")
    assert read(path).profile.company.full_name == "甲示例电器有限公司"
    assert read(path).profile.company.industry == "electronics"
    filled(path, {"company.code": "JSL", "service.hotline": "400-000-0000"}, products=[["空气炸锅"]])
    done = run("build", path, "-o", tmp_path / "out", *ONLY)
    assert done.exit_code == 0, done.output
    assert list((tmp_path / "out").rglob("JSL-*.docx"))


def test_nothing_in_an_empty_questionnaire_is_made_up(tmp_path: Path) -> None:
    profile = read(asked(tmp_path / "a.xlsx", "--industry", "toys")).profile
    assert profile.company.told == {"industry"}
    assert profile.told == {"company"}


@pytest.mark.parametrize("there", ["a workbook somebody filled in", ""])
def test_a_file_that_is_there_is_left_alone(tmp_path: Path, there: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text(there)
    for words in (("ask", path, "--industry", "toys"), ("ask", PROFILES / "toys.yaml", "-o", path)):
        done = run(*words)
        assert done.exit_code == 1 and "C007" in done.output
    assert path.read_text() == there


@pytest.mark.parametrize("name", ["a.xls", "a.yaml", "a.docx", "a"])
def test_a_questionnaire_is_an_xlsx_file(tmp_path: Path, name: str) -> None:
    done = run("ask", PROFILES / "toys.yaml", "-o", tmp_path / name)
    assert done.exit_code == 1 and "C017" in done.output
    assert not list(tmp_path.iterdir())


def test_an_unknown_industry_is_told_with_those_there_are(tmp_path: Path) -> None:
    done = run("ask", tmp_path / "a.xlsx", "--industry", "玩俱")
    assert done.exit_code == 1 and "C004" in done.output and "玩具" in done.output


def test_a_profile_with_faults_is_not_asked_from(tmp_path: Path) -> None:
    own = tmp_path / "a.yaml"
    own.write_text("company: {founded: 很久以前}\n", encoding="utf-8")
    done = run("ask", own)
    assert done.exit_code == 1 and "P114" in done.output
    assert not (tmp_path / "a.xlsx").exists()


def test_the_same_profile_gives_the_same_workbook(tmp_path: Path) -> None:
    own = sample(tmp_path, "toys")
    first, second = (asked(own, "-o", tmp_path / name) for name in ("a.xlsx", "b.xlsx"))
    assert first.read_bytes() == second.read_bytes()


def test_each_question_says_who_may_know_it_and_where_it_is_used(tmp_path: Path) -> None:
    path = asked(PROFILES / "electronics.yaml", "-o", tmp_path / "a.xlsx")
    sheet = sheets(path)["服务"]
    heads = [cell.value for cell in sheet[3]]
    row = {head: cell.value for head, cell in zip(heads, sheet[cell_of(path, "service.hotline").row], strict=False)}
    assert row["必需程度"] == WORDS["levels"]["must"]
    assert row["填写"] == read(path).profile.service.hotline
    assert "手册" in row["用在哪些文件"] and "份" in row["用在哪些文件"]
    assert row["谁可能知道"] == "售后服务中心", "the company's own department of that work"


# ---- only what is missing


def test_gaps_are_asked_and_answers_are_laid_over_the_profile(tmp_path: Path) -> None:
    own = sample(tmp_path / "档案", "minimal")
    path = asked(own, "-o", tmp_path / "采集表.xlsx", "--gaps", "--level", "should")
    with pytest.raises(KeyError):
        cell_of(path, "company.full_name")
    filled(path, {"company.short_name": "小简称"})
    loaded, base = read(path), load_one(own)
    assert loaded.profile.company.short_name == "小简称"
    assert loaded.profile.company.full_name == base.profile.company.full_name
    changed = base.profile.changed(company=base.profile.company.changed(short_name="小简称"))
    assert loaded.profile == changed
    assert loaded.folder_of("company.full_name") == own.parent, "files it names lie beside the file that names them"
    assert loaded.folder_of("company.short_name") == tmp_path


def outlets_lacking(folder: Path, lacking: int, order: list[int]) -> Path:
    """A profile of outlets one of which has no phone."""
    lines = [f"  - {{code: A{n}, name: 站{n}, type: own{', phone: 0755-1' if n != lacking else ''}}}\n" for n in order]
    path = folder / "a.yaml"
    path.write_text("company: {industry: toys}\noutlets:\n" + "".join(lines), encoding="utf-8")
    return path


def phone_typed(path: Path, outlet: str, phone: str) -> None:
    """The questionnaire with the phone of the one outlet it asks for."""
    book = openpyxl.load_workbook(path)
    sheet = book["网点"]
    fields = {cell.value: cell.column for row in sheet.iter_rows() for cell in row if cell.value in ("phone", "name")}
    assert "name" not in fields, "what is known is not asked again"
    row = next(row for row in sheet.iter_rows() if outlet in str(row[2].value))
    row[fields["phone"] - 1].value = phone
    book.save(path)


@pytest.mark.parametrize("later", [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0]])
def test_fields_lacking_in_a_list_are_asked_thing_by_thing(tmp_path: Path, later: list[int]) -> None:
    path = asked(outlets_lacking(tmp_path, 2, [0, 1, 2, 3]), "-o", tmp_path / "b.xlsx", "--gaps")
    phone_typed(path, "站2", "0755-2")
    outlets_lacking(tmp_path, 2, later)
    phones = {outlet.name: outlet.phone for outlet in read(path).profile.outlets}
    assert phones == {f"站{n}": "0755-2" if n == 2 else "0755-1" for n in later}, "in whatever order the profile is"


def test_an_answer_about_a_thing_the_profile_no_longer_has_is_a_fault(tmp_path: Path) -> None:
    path = asked(outlets_lacking(tmp_path, 2, [0, 1, 2, 3]), "-o", tmp_path / "b.xlsx", "--gaps")
    phone_typed(path, "站2", "0755-2")
    outlets_lacking(tmp_path, 2, [0, 1, 3])
    loaded = read(path)
    assert [found.code for found in loaded.diagnostics] == ["Q011"]
    assert {outlet.phone for outlet in loaded.profile.outlets} == {"0755-1"}


def test_a_base_profile_that_is_gone_is_a_fault_at_its_cell(tmp_path: Path) -> None:
    own = sample(tmp_path, "minimal")
    path = asked(own, "-o", tmp_path / "采集表.xlsx", "--gaps")
    own.unlink()
    done = run("check", path)
    assert done.exit_code == 1 and "填写说明!D" in done.output and "Q008" in done.output


def test_where_nothing_is_missing_nothing_is_asked(tmp_path: Path) -> None:
    done = run("ask", PROFILES / "electronics.yaml", "-o", tmp_path / "a.xlsx", "--gaps", "--level", "must")
    assert done.exit_code == 0 and not (tmp_path / "a.xlsx").exists()


# ---- in the place of a profile


@pytest.mark.parametrize("name", ["electronics", "machinery"])
def test_a_set_is_the_same_from_yaml_and_from_its_questionnaire(tmp_path: Path, name: str) -> None:
    own = sample(tmp_path, name)
    path = asked(own, "-o", tmp_path / "问卷.xlsx")
    for source, out in ((own, "yaml"), (path, "xlsx")):
        done = run("build", source, "-o", tmp_path / out)
        assert done.exit_code == 0, done.output
    assert files(tmp_path / "yaml") == files(tmp_path / "xlsx")
    assert len(files(tmp_path / "yaml")) > 100


def test_every_command_takes_a_questionnaire(tmp_path: Path) -> None:
    own = sample(tmp_path, "minimal")
    path = asked(own, "-o", tmp_path / "问卷.xlsx")
    assert run("build", path, "-o", tmp_path / "out").exit_code == 0
    (folder,) = (tmp_path / "out").iterdir()
    for words in (("show", "complaint-handling"), ("score",), ("list", "documents", "--profile")):
        both = [run(*words, source).output for source in (own, path)]
        assert both[0].replace(str(own), "") == both[1].replace(str(path), ""), words
    for words in (("status", path, "-o", tmp_path / "out"), ("audit", folder, "--profile", path, "--json")):
        assert "Traceback" not in run(*words).output
    assert json.loads(run("audit", folder, "--profile", path, "--json").output)["company"]
    assert json.loads(run("status", path, "-o", tmp_path / "out", "--json").output)[0]["built"]


def test_check_names_the_cell_of_every_gap(tmp_path: Path) -> None:
    path = asked(tmp_path / "a.xlsx", "--industry", "toys")
    done = run("check", path, "--level", "must")
    assert f"企业!{cell_of(path, 'company.code').coordinate}  company.code" in done.output
    gaps = json.loads(run("check", path, "--json").output)[0]["gaps"]
    assert [gap["id"] for gap in gaps if "cell" not in gap] == []


def test_an_unchanged_questionnaire_is_not_built_again(tmp_path: Path) -> None:
    path = asked(sample(tmp_path, "minimal"), "-o", tmp_path / "问卷.xlsx")
    words = ("build", path, "-o", tmp_path / "out", "--json")
    states = [json.loads(run(*words).output)[0]["status"] for _ in range(2)]
    filled(path, {"culture.slogan": "修好为止"})
    assert [*states, json.loads(run(*words).output)[0]["status"]] == ["done", "skipped", "done"]


def test_a_changed_base_profile_is_a_changed_questionnaire(tmp_path: Path) -> None:
    own = sample(tmp_path, "minimal")
    path = asked(own, "-o", tmp_path / "问卷.xlsx", "--gaps")
    words = ("build", path, "-o", tmp_path / "out", "--json")
    assert json.loads(run(*words).output)[0]["status"] == "done"
    own.write_text(own.read_text(encoding="utf-8") + "\nterms: {engineer: 师傅}\n", encoding="utf-8")
    assert json.loads(run(*words).output)[0]["status"] == "done"


def test_a_folder_gives_its_questionnaires_and_no_locks_or_lists(tmp_path: Path) -> None:
    asked(tmp_path / "甲.xlsx", "--industry", "toys", "--name", "甲公司")
    (tmp_path / "~$甲.xlsx").write_bytes((tmp_path / "甲.xlsx").read_bytes())
    sample(tmp_path, "minimal")
    run("new", tmp_path / "z.xlsx", "--industry", "toys", "--name", "乙公司")
    (tmp_path / "z.yaml").unlink()
    clients, faults = find_clients([tmp_path])
    assert [client.path.name for client in clients] == ["minimal.yaml", "甲.xlsx"]
    assert not faults
    assert not is_questionnaire(tmp_path / "z.xlsx")
    assert len(find_clients([tmp_path / "*.xlsx"])[0]) == 2, "a pattern takes lists too, but no locks"


def test_a_profile_and_the_questionnaire_that_completes_it_are_one_client(tmp_path: Path) -> None:
    own = sample(tmp_path, "minimal")
    path = asked(own, "-o", tmp_path / "补充.xlsx", "--gaps")
    clients, faults = find_clients([tmp_path])
    assert [client.path for client in clients] == [path]
    assert [(fault.code, fault.severity.value) for fault in faults] == [("B023", "note")]
    assert len(find_clients([own, path])[0]) == 2, "what is named is done"


def test_a_row_of_a_questionnaire_is_no_client(tmp_path: Path) -> None:
    path = asked(tmp_path / "甲.xlsx", "--industry", "toys")
    done = run("check", f"{path}:3")
    assert done.exit_code == 1 and "B018" in done.output


def test_yaml_is_built_without_a_reader_of_workbooks() -> None:
    import subprocess
    import sys

    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from docgen.batch.sources import find_clients\n"
        f"clients, _ = find_clients([Path({str(PROFILES)!r})])\n"
        "assert len(clients) > 5 and clients[0].load()\n"
        "print(*sorted({'openpyxl', 'docgen.questionnaire.loading', 'docgen.cells'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "openpyxl" not in done.stdout and "questionnaire" not in done.stdout
