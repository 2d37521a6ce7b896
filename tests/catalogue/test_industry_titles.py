"""Industries name documents, forms and indicators in their own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.catalogue.loading import load_catalogue
from docgen.diagnostics import DocgenError
from tests.content.sets import prepared, texts


def test_a_software_company_gets_titles_without_household_words() -> None:
    plan = prepared("software").company.plan
    assert plan.documents["spec-on-site"].title == "现场服务规范"
    assert plan.forms["form-repair-order"].title == "故障处理单"
    assert prepared("electronics").company.plan.documents["spec-on-site"].title == "上门服务规范"


def test_citations_and_indicators_use_the_names_of_the_industry() -> None:
    text = texts("software")["repair"]
    assert "《故障处理单》" in text and "到场及时率" in text
    assert "上门及时率" not in text


def test_an_unknown_id_under_titles_is_named_with_the_nearest(tmp_path: Path) -> None:
    from docgen.library import data_folder

    folder = tmp_path / "industries" / "software"
    folder.mkdir(parents=True)
    shipped = data_folder("templates") / "industries" / "software" / "industry.yaml"
    text = shipped.read_text(encoding="utf-8").replace("  spec-on-site: 现场", "  spec-onsite: 现场")
    (folder / "industry.yaml").write_text(text, encoding="utf-8")
    catalogue = load_catalogue([tmp_path, data_folder("templates")])
    with pytest.raises(DocgenError) as raised:
        catalogue.industry("software")
    found = raised.value.diagnostics
    assert any("spec-on-site" in str(d.nearest) for d in found)


def test_a_software_company_without_spare_parts_gets_no_parts_ledger() -> None:
    forms = prepared("software").company.plan.forms
    assert "form-parts-ledger" not in forms and "form-tool-register" in forms
    assert "备件满足率" not in texts("software")["manual"]
    assert "form-parts-ledger" in prepared("machinery").company.plan.forms
