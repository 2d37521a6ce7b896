"""The guides name what there is: names, directives and filters for authors, commands and options in the READMEs."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import click
import pytest

from docgen.cli import _COMMANDS, cli
from docgen.templating.filters import FILTER_NAMES
from docgen.templating.source import DIRECTIVES
from tests.content.sets import library

ROOT = Path(__file__).resolve().parents[2]
# the texts docgen itself puts together (templates/shared/generated), and Jinja's filters that need no word here
_MACHINERY = {"document", "steps", "step_owners", "own_duties", "related_documents", "related_records", "argument"}
_USUAL = {"select", "reject", "rejectattr", "count", "reverse", "abs", "int", "max", "min", "batch", "slice"}


def guide(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_authors_guide_names_everything_a_template_may_use() -> None:
    text = guide("docs/authors.md")
    vocabulary = library().vocabulary
    known = (set(vocabulary.roots) | set(vocabulary.functions)) - _MACHINERY
    missing = [
        name for name in sorted(known) if not re.search(rf"(?:`|\{{\{{ ?|\{{% (?:if|for \w+ in) ){name}\b", text)
    ]
    assert not missing


def test_the_authors_guide_names_every_directive_and_filter() -> None:
    text = guide("docs/authors.md")
    assert not [name for name in DIRECTIVES if f"@{name}" not in text]
    assert not [name for name in sorted(FILTER_NAMES - _USUAL) if f"|{name}" not in text]


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_shows_every_command_and_no_other(readme: str) -> None:
    text = guide(readme)
    shown = set(re.findall(r"(?m)(?:^|`)docgen (?:--lang \S+ )?([a-z]+)\b", text))
    assert set(_COMMANDS) <= shown
    assert shown <= set(_COMMANDS)


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md"])
def test_every_option_in_the_guides_exists(readme: str) -> None:
    known = {
        "--lang",
        "--help",
        "--version",
        "--strict",
        "--no-deps",
        "--accept",
        "--headless",
        "--convert",
        "--outdir",
    }
    for name, module in _COMMANDS.items():
        command: click.Command = getattr(import_module(f"docgen.cli.{module}"), f"{name}_command")
        inner = command.commands.values() if isinstance(command, click.Group) else [command]
        known |= {option for c in inner for p in c.params for option in (*p.opts, *p.secondary_opts)}
    assert cli.name
    unknown = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", guide(readme))) - known - {"--convert-to"}
    assert not unknown


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_link_between_the_guides_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", guide(name))
    assert links or name == "CONTRIBUTING.md"
    assert not [link for link in links if not (ROOT / link).exists()]
