"""The rules of ARCHITECTURE.md that a program can check: who imports whom, sizes, where words may stand."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import docgen

PACKAGE = Path(docgen.__file__).resolve().parent
MODULES = sorted(PACKAGE.rglob("*.py"))
MAX_LINES = 400

# Lowest first. What stands on one line may import from every line above it, and within itself.
ORDER = (
    "records sharing",
    "diagnostics collector cache",
    "messages limits options tables",
    "cells profile document publish",
    "survey catalogue templating writers",
    "wordtemplate context questionnaire",
    "compose",
    "score",
    "library",
    "spreadsheets supplied",
    "pipeline",
    "audit batch",
    "status",
    "api",
    "cli",
    "__main__",
)
LEVEL = {unit: number for number, line in enumerate(ORDER) for unit in line.split()}
# what a package must not know, whatever the order allows
STRANGERS = {
    "document": {"profile", "catalogue", "templating", "context", "jinja2", "docx", "lxml"},
    "writers": {"profile", "catalogue", "templating", "context", "compose", "jinja2", "docx", "lxml"},
    "profile": {"jinja2", "docx", "lxml"},
    "catalogue": {"jinja2", "docx", "lxml"},
    "publish": {"profile", "catalogue", "document", "jinja2"},
}

# Seen upwards for its types alone: a step is handed something that a later package made.
TYPES_ONLY = {"context/supplied.py": {"score"}}

_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
# Sentences for people stand in docgen/messages. Elsewhere Chinese is allowed only as
FIELDS = "profile/"  # labels, helps and examples of fields, and the words a profile may be written in
PATTERNS = ("audit/", "score/sheet.py")  # words looked for in files other people wrote
HELP = "cli/"  # one line of help beside each option, both languages in one string

# Modules that await being split or cleared; a row goes as soon as it is no longer needed.
TOO_LONG: frozenset[str] = frozenset()


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _unit(path: Path) -> str:
    """The package or top-level module a file belongs to; `` is docgen itself."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py") if first != "__init__.py" else ""


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _typing_blocks(path: Path) -> set[int]:
    """The nodes below `if TYPE_CHECKING:`."""
    tests = (n for n in ast.walk(_tree(path)) if isinstance(n, ast.If) and "TYPE_CHECKING" in ast.unparse(n.test))
    return {id(node) for test in tests for statement in test.body for node in ast.walk(statement)}


def _imported(path: Path, *, running: bool = False) -> Iterator[str]:
    """Full names of everything a module imports, also inside functions; `running` leaves out what is for types only."""
    skip = _typing_blocks(path) if running else set()
    for node in ast.walk(_tree(path)):
        if id(node) in skip:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{_name(path)}:{node.lineno}: imports are written in full"
            if node.module == "docgen":
                yield from (f"docgen.{alias.name}" for alias in node.names)
            elif node.module:
                yield node.module


def _units_imported(path: Path, *, running: bool = False) -> set[str]:
    own = {name.split(".")[1] for name in _imported(path, running=running) if name.startswith("docgen.")}
    return own - {_unit(path), "__version__"}


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_imports_only_from_below(path: Path) -> None:
    unit = _unit(path)
    if not unit:  # docgen/__init__.py names the version and loads docgen.api when asked
        assert not _units_imported(path)
        return
    assert unit in LEVEL, f"say in tests/test_architecture.py and ARCHITECTURE.md where {unit} stands"
    upwards = {other for other in _units_imported(path) if LEVEL[other] >= LEVEL[unit]}
    upwards -= TYPES_ONLY.get(_name(path), set()) - _units_imported(path, running=True)
    assert not upwards, f"{_name(path)} imports {sorted(upwards)}, which stand no lower than {unit}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_knows_no_strangers(path: Path) -> None:
    known = {name.split(".")[0] for name in _imported(path)} | _units_imported(path)
    met = known & STRANGERS.get(_unit(path), set())
    assert not met, f"{_name(path)} must not know {sorted(met)}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_stays_under_the_limit_of_lines(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if _name(path) in TOO_LONG:
        assert lines > MAX_LINES, f"{_name(path)} is short enough now: take it off TOO_LONG"
    else:
        assert lines <= MAX_LINES, f"{_name(path)} has {lines} lines; split it by reason to change"


def test_a_build_needs_neither_python_docx_nor_lxml(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from docgen.api import BuildOptions, build_set, load_library\n"
        "from docgen.library import data_folder\n"
        "profile = data_folder('company_profiles') / 'minimal.yaml'\n"
        f"options = BuildOptions(output=pathlib.Path({str(tmp_path)!r}), only=('repair', 'form-dispatch'))\n"
        "result = build_set(profile, load_library(), options)\n"
        "assert len(result.written) == 2, result.diagnostics\n"
        "print(*sorted({'docx', 'lxml', 'rich', 'openpyxl'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def test_help_needs_click_alone() -> None:
    program = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from docgen.cli import cli\n"
        "assert CliRunner().invoke(cli, ['--help']).exit_code == 0\n"
        "print(*sorted({'yaml', 'pydantic', 'jinja2', 'rich', 'openpyxl'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


# ---- where words may stand


def _docstrings(tree: ast.Module) -> list[ast.Constant]:
    """The strings that stand alone as a statement: docstrings and notes below an attribute."""
    statements = (node for node in ast.walk(tree) if isinstance(node, ast.Expr))
    return [s.value for s in statements if isinstance(s.value, ast.Constant) and isinstance(s.value.value, str)]


def _help_texts(tree: ast.Module) -> set[int]:
    """The strings given as `help=` and those of the table of commands."""
    found = set()
    for node in ast.walk(tree):
        if (isinstance(node, ast.keyword) and node.arg in ("help", "short_help", "metavar")) or (
            isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "_HELP" for t in node.targets)
        ):
            found |= {id(part) for part in ast.walk(node.value)}
    return found


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_words_for_people_stand_in_the_message_table_or_in_templates(path: Path) -> None:
    name = _name(path)
    if name.startswith(("messages/", FIELDS, *PATTERNS)):
        return
    tree = _tree(path)
    allowed = {id(text) for text in _docstrings(tree)}
    if name.startswith(HELP):
        allowed |= _help_texts(tree)
    strings = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    found = [f"{name}:{s.lineno}: {s.value!r}" for s in strings if id(s) not in allowed and _IDEOGRAPH.search(s.value)]
    assert not found, "move to docgen/messages (marks.py for marks in documents) or templates/: " + "; ".join(found)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_comments_and_docstrings_are_english(path: Path) -> None:
    """Chinese may be quoted in them as an example; it may not carry the sentence."""
    with tokenize.open(path) as source:
        tokens = list(tokenize.generate_tokens(source.readline))
    notes = [(t.start[0], t.string) for t in tokens if t.type == tokenize.COMMENT]
    notes += [(d.lineno, str(d.value)) for d in _docstrings(_tree(path))]
    found = []
    for line, text in notes:
        chinese, latin = len(_IDEOGRAPH.findall(text)), len(re.findall(r"[A-Za-z]", text))
        if chinese > latin:
            found.append(f"{_name(path)}:{line}: {text[:60]}")
    assert not found


# ---- the message table


@cache
def _rows() -> dict[str, tuple[str, tuple[str, str]]]:
    """Every row of every message module: code → (module, pair)."""
    rows: dict[str, tuple[str, tuple[str, str]]] = {}
    for path in sorted((PACKAGE / "messages").glob("*.py")):
        table = getattr(import_module(f"docgen.messages.{path.stem}"), "MESSAGES", {})
        for code, pair in table.items():
            assert code not in rows, f"{code} stands in {rows[code][0]} and in {path.stem}"
            rows[code] = (path.stem, pair)
    return rows


@cache
def _strings() -> tuple[frozenset[str], re.Pattern[str]]:
    """All string constants outside the message table, and what codes made from parts (f-strings) can look like."""
    whole, made = set(), {r"\0"}
    for path in MODULES:
        if _name(path).startswith("messages/"):
            continue
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [str(part.value) if isinstance(part, ast.Constant) else "" for part in node.values]
                fixed = "".join(parts)
                if re.fullmatch(r"[\w.:]*[A-Za-z0-9]{2}[\w.:]*|[a-z]+_", fixed):
                    made.add("".join(re.escape(part) or ".+" for part in parts))
    return frozenset(whole), re.compile("|".join(sorted(made)))


def _fields(pattern: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", pattern.replace("{{", "").replace("}}", "")))


def test_every_message_is_there_in_both_languages() -> None:
    for code, (module, pair) in _rows().items():
        assert len(pair) == 2 and all(part.strip() for part in pair), f"{module}: {code}"
        assert not _IDEOGRAPH.search(pair[1]) or _IDEOGRAPH.search(pair[0]), f"{module}: {code} is not English"
        odd = {f for f in _fields(pair[0]) ^ _fields(pair[1]) if not re.search(r"label|value|help|example|note", f)}
        assert not odd or module == "profile", f"{module}: {code} says {sorted(odd)} in one language only"


def test_every_code_in_use_has_a_message() -> None:
    codes = {text for text in _strings()[0] if re.fullmatch(r"[A-Z]\d{3}", text)}
    missing = codes - set(_rows())
    assert not missing, f"rows missing in docgen/messages: {sorted(missing)}"


def test_every_message_is_in_use() -> None:
    whole, made = _strings()
    # a check of the audit has its reason and its remedy beside its findings
    said = {code: re.sub(r"^(C\d\d):(reason|remedy)$", r"\1", code) for code in _rows()}
    idle = [code for code, name in said.items() if name not in whole and not made.fullmatch(code)]
    assert not idle, f"no code says these: {idle}"


def test_no_row_lies_in_a_table_nobody_reads() -> None:
    from docgen.messages import text

    unread = [code for code, (_, pair) in _rows().items() if not _fields(pair[0]) and text(code, "zh") == code]
    assert not unread, f"name the module in docgen/messages/__init__.py: {unread}"
