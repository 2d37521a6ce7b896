"""`docgen fill`, and the application form in a build. All companies are fictitious."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.cli import cli
from docgen.library import data_folder, load_library
from docgen.pipeline import BuildOptions, BuildResult, build_set
from docgen.wordtemplate import check_template
from docgen.wordtemplate.store import locate
from docgen.wordtemplate.words import words_of
from tests.wordtemplate.samples import docx, p, row, table, text

PROFILES = sorted(data_folder("company_profiles").glob("*.yaml"))
FORM = data_folder("templates") / "documents" / "application" / "application-form"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["--lang", "zh", "fill", *map(str, arguments)])


def made_form(result: BuildResult) -> bytes:
    """The only file of a build of the application form."""
    assert result.ok and result.folder is not None
    (file,) = result.written
    return (result.folder / file.path).read_bytes()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.yaml"
    path.write_text("name: 示例\nphone: 0755000012\nitems:\n  - {n: 甲, t: 1}\n  - {n: 乙}\n", encoding="utf-8")
    return path


def test_fill_writes_a_file_from_plain_data(tmp_path: Path, data: Path) -> None:
    loop = table(2, row("{%tr for i in items %}", ""), row("{{ i.n }}", "{{ i.t }}"), row("{%tr endfor %}", ""))
    result = run(
        docx(tmp_path / "t.docx", p("{{ name }} {{ phone }}") + loop), "--data", data, "-o", tmp_path / "o.docx"
    )
    assert result.exit_code == 0, result.output
    assert text((tmp_path / "o.docx").read_bytes()) == "示例 0755000012\n甲\n1\n乙\n【待补充：items[1].t】"
    assert "1 处待补充" in result.output


def test_fill_names_a_misspelt_name_and_writes_nothing(tmp_path: Path, data: Path) -> None:
    loop = table(1, row("{%tr for i in items %}"), row("品名：{{ i.nn }}"), row("{%tr endfor %}"))
    result = run(docx(tmp_path / "t.docx", loop), "--data", data, "-o", tmp_path / "o.docx")
    assert result.exit_code == 1 and not (tmp_path / "o.docx").exists()
    assert all(words in result.output for words in ("t.docx", "品名", "{{ i.nn }}", "“i.n”"))


def test_fill_never_replaces_a_file_that_says_something_else(tmp_path: Path, data: Path) -> None:
    template, output = docx(tmp_path / "t.docx", p("{{ name }}")), tmp_path / "o.docx"
    output.write_bytes(b"edited")
    assert run(template, "--data", data, "-o", output).exit_code == 1
    assert output.read_bytes() == b"edited"
    assert run(template, "--data", data, "-o", output, "--force").exit_code == 0
    assert run(template, "--data", data, "-o", output).exit_code == 0  # the same again is no conflict


def test_fill_takes_the_names_of_a_profile(tmp_path: Path) -> None:
    template = docx(tmp_path / "t.docx", p("{{ company.full_name }} {{ outlets|length }}"))
    profile = next(path for path in PROFILES if path.stem == "electronics")
    result = run(template, "--profile", profile, "-o", tmp_path / "o.docx")
    assert result.exit_code == 0, result.output
    assert text((tmp_path / "o.docx").read_bytes()) == "中山市露沐电器有限公司 38"


def test_fill_wants_either_a_profile_or_data(tmp_path: Path) -> None:
    assert run(tmp_path / "t.docx", "-o", tmp_path / "o.docx").exit_code == 2


@pytest.mark.parametrize("content", ["- 1\n", "a: [\n", "", "a: &x [*x]\n"])
def test_a_data_file_that_is_no_mapping_is_a_located_fault(content: str, tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text(content, encoding="utf-8")
    result = run(docx(tmp_path / "t.docx", p("字")), "--data", tmp_path / "d.yaml", "-o", tmp_path / "o.docx")
    assert result.exit_code == 1 and "d.yaml" in result.output and not (tmp_path / "o.docx").exists()


def test_fill_reports_for_programs(tmp_path: Path, data: Path) -> None:
    result = run(docx(tmp_path / "t.docx", p("{{ nmae }}")), "--data", data, "-o", tmp_path / "o.docx", "--json")
    (fault,) = json.loads(result.output)["diagnostics"]
    assert fault["nearest"] == "name" and fault["quote"] == "{{ nmae }}"


def test_the_application_form_uses_known_names_only() -> None:
    faults, facts = check_template(FORM, load_library().vocabulary)
    assert faults == [] and {"company.full_name", "certification.scope", "outlets", "deletions"} <= facts


@pytest.mark.parametrize("profile", PROFILES, ids=lambda path: path.stem)
def test_the_application_form_of_every_sample_is_built_from_its_own_facts(profile: Path, tmp_path: Path) -> None:
    library = load_library()
    result = build_set(profile, library, BuildOptions(output=tmp_path, only=("application-form",)))
    words = words_of(made_form(result))
    assert result.name in words and "{{" not in words and "{%" not in words and "None" not in words
    others = [
        p.read_text(encoding="utf-8").split("full_name:")[1].split("\n")[0].strip() for p in PROFILES if p != profile
    ]
    assert not [name for name in others if name in words]


def test_a_house_file_takes_the_place_of_the_shipped_form(tmp_path: Path) -> None:
    house = tmp_path / "house"
    (house / "documents" / "application").mkdir(parents=True)
    docx(house / "documents" / "application" / "application-form.docx", p("本机构表格：{{ company.full_name }}"))
    shipped = data_folder("templates")
    found = locate((house, shipped), "documents/application/application-form.docx")
    assert found and found[1].is_file()
    library = load_library(house=house, cache=False)
    profile = next(path for path in PROFILES if path.stem == "minimal")
    result = build_set(profile, library, BuildOptions(output=tmp_path / "out", only=("application-form",)))
    assert words_of(made_form(result)) == f"本机构表格：{result.name}"


def test_the_form_opens_clean(tmp_path: Path) -> None:
    from openxml_audit import OpenXmlValidator

    library = load_library()
    profile = next(path for path in PROFILES if path.stem == "software")
    result = build_set(profile, library, BuildOptions(output=tmp_path, only=("application-form",)))
    path = tmp_path / "form.docx"
    path.write_bytes(made_form(result))
    assert list(OpenXmlValidator().validate(path).errors) == []


@pytest.mark.parametrize("profile", PROFILES, ids=lambda path: path.stem)
def test_the_example_of_the_recipe_fills_for_every_sample(profile: Path, tmp_path: Path) -> None:
    (example,) = (data_folder("templates").parent / "docs" / "recipes").glob("*.docx")
    result = run(example, "--profile", profile, "-o", tmp_path / "o.docx")
    assert result.exit_code == 0, result.output
    words = words_of((tmp_path / "o.docx").read_bytes())
    assert "{{" not in words and "{%" not in words and "None" not in words
