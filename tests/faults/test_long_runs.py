"""What one document may use up is its own: the hundredth client has as much as the first."""

from __future__ import annotations

from pathlib import Path

from docgen.templating.budget import MAX_MADE, MAX_TICKS, Budget
from docgen.templating.builder import Builder
from docgen.templating.engine import Templates
from docgen.wordtemplate import load_for_data
from tests.templating.test_builder import CONTEXT, VOCABULARY
from tests.wordtemplate.samples import docx, p, text


def use_up(budget: Budget) -> None:
    budget.ticks, budget.made, budget.ends = MAX_TICKS | 1023, MAX_MADE, 0.0  # the next tick is looked at


def test_a_text_template_has_all_its_budget_whatever_ran_before(tmp_path: Path) -> None:
    (tmp_path / "main.md").write_text("{% for i in range(2000) %}{{ 'a' ~ i }}{% endfor %}", encoding="utf-8")
    templates = Templates([tmp_path], VOCABULARY)
    use_up(templates.environment.budget)
    templates.run("main.md", CONTEXT, Builder())
    use_up(templates.environment.budget)
    assert templates.evaluate("'a' ~ 'b'", "x", dict(CONTEXT)) == "ab"


def test_a_word_template_has_all_its_budget_whatever_ran_before(tmp_path: Path) -> None:
    template = load_for_data(docx(tmp_path / "t.docx", p("{{ name }}{{ range(2)|length }}")), {"name": ""})
    for name in ("甲", "乙"):
        use_up(template._link().budget)
        assert text(template.fill({"name": name}).data) == f"{name}2"
