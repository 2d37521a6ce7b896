"""The folder of every client: safe, by rule, no two alike."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from docgen.batch.naming import check_rule, company_facts, place_clients
from docgen.batch.sources import Client, find_clients
from tests.batch.lists import PROFILES, sample, write_csv


def placed(path: Path, rule: str = "") -> list[Client]:
    clients, faults = find_clients([path])
    assert not faults
    return place_clients(clients, rule)


def folders(tmp_path: Path, names: list[str], rule: str = "", head: str = "企业全称") -> list[str]:
    path = write_csv(tmp_path / "c.csv", [head, "#"], *([name, "."] for name in names))
    return [client.folder for client in placed(path, rule)]


def test_clients_of_the_same_name_get_folders_of_their_own_and_a_note(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "c.csv", ["企业全称"], ["甲公司"], ["甲公司"], ["甲公司"])
    first, second, third = placed(path)
    assert len({first.folder, second.folder, third.folder}) == 3
    assert first.folder == "甲公司"
    assert [note.code for note in second.notes] == ["B013"]
    assert second.notes[0].place.line == 3


CODES = ["91440300MA5EXAMPLA", "91440300MA5EXAMPLB", "91440300MA5EXAMPLC"]


def of_one_name(folder: Path, codes: list[str]) -> list[Path]:
    """Profiles of companies that share a name; the file names say nothing of their order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, code in enumerate(codes):
        paths.append(folder / f"{number}.yaml")
        fact = f", unified_social_credit_code: {code}" if code else ""
        paths[-1].write_text(f"company: {{full_name: 甲公司{fact}}}", encoding="utf-8")
    return paths


def made(paths: list[Path], output: Path | None = None) -> dict[str, str]:
    """Which profile goes to which folder."""
    clients, _ = find_clients(paths)
    return {client.path.stem: client.folder for client in place_clients(clients, output=output)}


def record(output: Path, folder: str, owner: str | None) -> None:
    """What a run leaves in a folder; `owner` None: a run of before owners were recorded."""
    state = {"inputs": "", "name": "甲公司"} | ({} if owner is None else {"owner": owner})
    (output / folder / ".docgen").mkdir(parents=True)
    (output / folder / ".docgen" / "state.json").write_text(json.dumps(state), encoding="utf-8")


def test_the_folders_of_one_name_do_not_depend_on_the_order_of_the_run(tmp_path: Path) -> None:
    paths = of_one_name(tmp_path, CODES)
    expected = {"0": "甲公司", "1": f"甲公司 ({CODES[1]})", "2": f"甲公司 ({CODES[2]})"}
    assert all(made(list(order)) == expected for order in itertools.permutations(paths))


def test_a_client_without_a_code_is_told_apart_by_its_file(tmp_path: Path) -> None:
    first, second = of_one_name(tmp_path / "a", ["", ""]), of_one_name(tmp_path / "b", ["", ""])
    clients, _ = find_clients([*second, *first])
    folders = [client.folder for client in place_clients(clients)]
    again, _ = find_clients([*first, *second])
    assert {c.source: c.folder for c in place_clients(clients)} == {c.source: c.folder for c in place_clients(again)}
    assert len(set(folders)) == 4 and "甲公司 (1)" in folders


def test_a_client_keeps_its_folder_when_another_comes_before_it(tmp_path: Path) -> None:
    record(tmp_path / "out", "甲公司", CODES[1])
    record(tmp_path / "out", f"甲公司 ({CODES[2]})", CODES[2])
    paths = of_one_name(tmp_path, CODES)
    assert made(paths, tmp_path / "out") == {
        "0": f"甲公司 ({CODES[0]})", "1": "甲公司", "2": f"甲公司 ({CODES[2]})",
    }  # fmt: skip
    assert made(paths[2:], tmp_path / "out") == {"2": f"甲公司 ({CODES[2]})"}


def test_folders_of_earlier_versions_are_used_on(tmp_path: Path) -> None:
    record(tmp_path / "out", "甲公司", None)
    record(tmp_path / "out", "甲公司 (1)", None)
    paths = of_one_name(tmp_path, CODES)
    assert made(paths, tmp_path / "out") == {"0": "甲公司", "1": "甲公司 (1)", "2": f"甲公司 ({CODES[2]})"}


def test_a_corrected_code_does_not_move_a_company(tmp_path: Path) -> None:
    record(tmp_path / "out", "甲公司", CODES[1])
    assert made(of_one_name(tmp_path, CODES[:1]), tmp_path / "out") == {"0": "甲公司"}


@pytest.mark.parametrize(
    "names",
    [
        ["ABC Co", "abc co"],
        ["甲:公司", "甲/公司"],
        ["甲公司", "甲公司..."],
        ["é公司", "e\u0301公司"],
        ["ＡＢＣ", "ABC"],
        ["CON", "_con"],
        ["长" * 300, "长" * 300],
    ],
)
def test_names_that_a_file_system_takes_for_one_are_kept_apart(tmp_path: Path, names: list[str]) -> None:
    made = folders(tmp_path, names)
    assert len({name.casefold() for name in made}) == len(names)


@pytest.mark.parametrize("name", ["../../甲", "/etc/甲", "C:\\甲", "CON", "甲...", "甲" * 300, "\u202e甲", ". .", "-"])
def test_a_name_never_leads_out_of_the_output_folder(tmp_path: Path, name: str) -> None:
    (made,) = folders(tmp_path, [name])
    assert Path(made).name == made
    assert made not in (".", "..")
    assert len(made.encode()) <= 130
    (tmp_path / "out" / made).mkdir(parents=True)


def test_a_rule_names_the_folders(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "c.csv",
        ["company.code", "企业简称", "service.hotline"],
        ["ABC", "甲", "400-000-0001"],
        ["", "乙", ""],
    )
    assert [c.folder for c in placed(path, "{company.code}-{company.short_name}")] == ["ABC-甲", "乙"]
    assert [c.folder for c in placed(path, "{service.hotline}")] == ["400-000-0001", "乙"]


def test_a_column_names_the_folder_before_the_rule(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "c.csv", ["文件夹", "企业全称"], ["../甲/乙", "丙"])
    (client,) = placed(path, "{company.full_name}")
    assert client.folder.endswith("甲-乙")
    assert "/" not in client.folder


@pytest.mark.parametrize("rule", ["{company.cod}", "{company}", "{products[].name}", "{}", "{company.code.__class__}"])
def test_a_rule_with_an_unknown_field_is_a_fault(rule: str) -> None:
    assert [fault.code for fault in check_rule(rule)] == ["B012"]


@pytest.mark.parametrize("path", sorted(PROFILES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_head_of_a_profile_is_read_as_the_whole_is(path: Path) -> None:
    from docgen.profile.loading import load_profile

    company = load_profile(path).profile.company
    facts = company_facts(path)
    for name in ("full_name", "short_name", "code", "industry"):
        assert facts.get(f"company.{name}") == getattr(company, name)


def test_the_head_of_a_file_that_is_read_only_after_repair_is_that_of_the_repaired_one(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("company:\n  企业全称: 甲公司\n  contact:\n    name: 乙\n    phone：0755-1\n", encoding="utf-8")
    assert company_facts(path)["company.full_name"] == "甲公司"


def test_folders_patterns_files_and_lists_give_each_client_once(tmp_path: Path) -> None:
    sample(tmp_path / "p", "electronics")
    sample(tmp_path / "p", "toys")
    write_csv(tmp_path / "c.csv", ["企业全称"], ["甲"], ["乙"])
    clients, faults = find_clients(
        [tmp_path / "p", tmp_path / "p/*.yaml", tmp_path / "p/toys.yaml", tmp_path / "c.csv", tmp_path / "no.yaml"]
    )
    assert [client.tail for client in clients] == ["electronics", "toys", "c-2", "c-3"]
    assert [fault.code for fault in faults] == ["C008"]
