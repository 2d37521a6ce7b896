"""Everything a run reads besides profiles: catalogue, templates, forms, words, themes. Read once, kept in a cache."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

import docgen
from docgen.cache import Entries, files_below, read_cache, write_cache
from docgen.diagnostics import Diagnostic, DocgenError, Place, has_errors
from docgen.options import DEFAULT_THEME
from docgen.publish.names import safe_name

if TYPE_CHECKING:
    from docgen.catalogue import Catalogue
    from docgen.compose.compose import Composer
    from docgen.compose.formtemplate import FormTemplate
    from docgen.templating.program import Program
    from docgen.templating.vocabulary import Vocabulary
    from docgen.wordtemplate.template import WordTemplate
    from docgen.writers.docx.theme import Theme

_PACKAGE = Path(docgen.__file__).resolve().parent
_GROUPS = ("parts", "industries", "forms", "programs", "word_templates")
_OPEN_GROUPS = ("survey_levels",)  # of words.yaml: any word may stand in them
_WORD_FILES = (".docx", ".dotx", ".docm", ".dotm")


def data_folder(name: str) -> Path:
    """`templates` or `company_profiles`: the checkout's own where docgen runs from one, else the installed copy."""
    for base in (_PACKAGE.parent, Path.cwd()):
        if (base / "pyproject.toml").is_file() and (base / name).is_dir() and (base / "docgen").is_dir():
            return base / name
    return _PACKAGE / "_data" / name


class Library:
    """What all companies of a run share. `roots` are template folders, a house folder before the shipped one.

    What came from the cache is unpickled when it is first asked for.
    """

    def __init__(self, roots: tuple[Path, ...], groups: Mapping[str, Entries[Any]], stamp: str = "") -> None:
        self.roots = roots
        self.groups = groups
        self.stamp = stamp  # stands for the program and all files below the roots as they were when they were read
        self.forms: Entries[FormTemplate] = groups["forms"]
        self.programs: Entries[Program] = groups["programs"]
        self.word_templates: Entries[WordTemplate] = groups["word_templates"]
        self._composers: dict[str, Composer] = {}
        self._themes: dict[str, Theme] = {}

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue; industries are read, or taken from the cache, when they are asked for."""
        catalogue: Catalogue = self.groups["parts"]["catalogue"]
        return replace(catalogue, _industries=self.groups["industries"])

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names templates may use."""
        from docgen.context.names import vocabulary

        return vocabulary(self.catalogue)

    @cached_property
    def words(self) -> Mapping[str, Mapping[str, str]]:
        """The words of `shared/words.yaml` by group."""
        words: Mapping[str, Mapping[str, str]] = self.groups["parts"]["words"]
        return words

    def retention(self, industry: str | None) -> Mapping[str, str]:
        """How long the records on an industry's forms are kept, of the forms that say so."""
        stated: Mapping[str, str] = self.groups["parts"]["retention"]
        return {form: stated[key] for form, key in self._form_keys(industry).items() if stated[key]}

    def _form_keys(self, industry: str | None) -> dict[str, str]:
        """Form id → its entry among the forms: an industry's own form comes before the shared one."""
        keys = {key: key for key in self.forms if "/" not in key}
        if industry:
            before = f"{industry}/"
            keys |= {key.removeprefix(before): key for key in self.forms if key.startswith(before)}
        return keys

    def composer(self, industry: str | None) -> Composer:
        """The composer for one industry: its folder's templates come before the shared ones."""
        key = industry or ""
        if key not in self._composers:
            from docgen.compose.compose import Composer
            from docgen.compose.steps import step_words
            from docgen.document.layouts import FlowWords
            from docgen.templating.engine import Templates

            layers: list[Path] = []
            for root in self.roots:
                if industry and (root / "industries" / industry).is_dir():
                    layers.append(root / "industries" / industry)
                layers.append(root)
            known = next(iter(self._composers.values()), None)
            templates = known.templates.over(layers) if known else Templates(layers, self.vocabulary, self.programs)
            flow = self.words["flow"]
            self._composers[key] = Composer(
                templates,
                _Forms(self.forms, self._form_keys(industry)),
                step_words(self.words["step"]),
                FlowWords(flow["start"], flow["end"], flow["yes"], flow["no"]),
                self.word_templates,
            )
        return self._composers[key]

    def theme(self, name: str = DEFAULT_THEME) -> Theme:
        """A shipped or house theme by name, or a consultant's own `.docx` or folder by path."""
        from docgen.writers.docx.theme import load_theme

        if name not in self._themes:
            path = self.theme_path(name)
            self._themes[name] = _foreign_theme(path) if path.is_file() else load_theme(path)
        return self._themes[name]

    def theme_path(self, name: str) -> Path:
        """Where a theme lies. Raises DocgenError for an unknown name."""
        from docgen.templating.vocabulary import nearest

        for root in self.roots:
            if (root / "themes" / name).is_dir():
                return root / "themes" / name
        if Path(name).exists() and (name.lower().endswith(_WORD_FILES) or Path(name).is_dir()):
            return Path(name)
        raise DocgenError([Diagnostic("C003", values={"theme": name}, nearest=nearest(name, self.theme_names()))])

    def theme_names(self) -> list[str]:
        """The shipped and house themes."""
        return sorted({p.name for root in self.roots for p in (root / "themes").glob("*") if p.is_dir()})

    def save(self) -> None:
        """Keep what was compiled for the next start."""
        if self.stamp and any(entries.grown for entries in self.groups.values()):
            write_cache(self.roots, self.stamp, self.groups, _shared_kinds())


class _Forms(Mapping[str, "FormTemplate"]):
    """The forms of one industry, each unpickled when it is asked for."""

    def __init__(self, forms: Entries[FormTemplate], keys: Mapping[str, str]) -> None:
        self.forms, self.entries = forms, keys

    def __getitem__(self, form: str) -> FormTemplate:
        return self.forms[self.entries[form]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


def load_library(roots: Sequence[Path] | None = None, *, house: Path | None = None, cache: bool = True) -> Library:
    """Read catalogue, forms and words, from the cache where nothing changed. Raises DocgenError with every fault."""
    chosen = tuple(roots or (data_folder("templates"),))
    if house is not None:
        chosen = (house, *chosen)
    chosen = tuple(root.resolve() for root in chosen)
    if not cache:
        return Library(chosen, _compile(chosen))
    stamp = files_stamp(chosen)
    return Library(chosen, read_cache(chosen, stamp) or _compile(chosen), stamp)


def files_stamp(roots: tuple[Path, ...]) -> str:
    """One value for the program, Python, Jinja and every file below the roots."""
    jinja = find_spec("jinja2")
    library = os.stat(jinja.origin).st_mtime_ns if jinja and jinja.origin else 0  # noqa: PTH116
    files = files_below((*roots, _PACKAGE))
    text = repr((docgen.__version__, sys.version, library, roots, files))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _compile(roots: tuple[Path, ...]) -> dict[str, Entries[Any]]:
    """What the templates of `roots` say, read anew."""
    from docgen.catalogue import load_catalogue
    from docgen.compose.formfiles import load_forms

    catalogue = load_catalogue(roots)
    forms, faults = load_forms(roots, list(catalogue.forms))
    if has_errors(faults):
        raise DocgenError(faults)
    groups: dict[str, Entries[Any]] = {name: Entries() for name in _GROUPS}
    retention = {key: form.retention for key, form in forms.items()}
    groups["parts"].update(catalogue=catalogue, words=_words(roots), retention=retention)
    groups["forms"].update(forms)
    return groups


def _shared_kinds() -> Sequence[type]:
    """What templates are made of that is alike in many places, and of which nobody asks which one it is."""
    from docgen.document.model import Slot, Text
    from docgen.templating.ops import Blank, EndLine, StepAttribute
    from docgen.templating.tableops import CellStart

    return Text, Slot, Blank, EndLine, StepAttribute, CellStart


def _foreign_theme(path: Path) -> Theme:
    """A consultant's own Word file as a theme, without the macros, objects and links it may carry."""
    from docgen.wordtemplate.opening import open_package
    from docgen.wordtemplate.safety import disarm
    from docgen.writers.docx.theme import load_theme

    package = open_package(path, str(path))
    disarm(package)
    theme = load_theme(path, parts=package.data)
    theme.problems = (*package.diagnostics, *theme.problems)
    return theme


def _words(roots: tuple[Path, ...]) -> dict[str, dict[str, str]]:
    """The words of all roots, those of the first before the others'. A word only a house has is a slip."""
    merged: dict[str, dict[str, str]] = {}
    strange: list[Diagnostic] = []
    for root in reversed(roots):
        path = root / "shared" / "words.yaml"
        if path.is_file():
            groups = _read_words(path)
            strange += _strange_words(path, groups, merged) if merged else []
            for group, words in groups.items():
                merged.setdefault(group, {}).update(words)
    if strange:
        raise DocgenError(strange)
    return merged


def _read_words(path: Path) -> dict[str, dict[str, str]]:
    import yaml

    from docgen.limits import load_yaml

    try:
        groups = load_yaml(path.read_text(encoding="utf-8"))
        return {group: {str(k): str(v) for k, v in words.items()} for group, words in groups.items()}
    except (yaml.YAMLError, UnicodeError, AttributeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(str(path), mark.line + 1 if mark else 0)
        problem = getattr(error, "problem", None) or str(error)
        raise DocgenError([Diagnostic("K002", place=place, values={"problem": problem})]) from error


def _strange_words(
    path: Path, groups: Mapping[str, Mapping[str, str]], known: Mapping[str, Mapping[str, str]]
) -> Iterator[Diagnostic]:
    from docgen.templating.vocabulary import nearest

    for group, words in groups.items():
        legal = known.get(group, known)
        for name in words if group in known else (group,):
            if name not in legal and group not in _OPEN_GROUPS:
                values = {"key": group, "unknown": name}
                yield Diagnostic("K008", place=Place(str(path)), values=values, nearest=nearest(name, legal))
            elif group in known and (fault := _unfit(group, name, words[name], known[group].get(name, ""))):
                values = {"key": f"{group}.{name}", "read": words[name], "known": known[group].get(name, "")}
                yield Diagnostic(fault, place=Place(str(path)), values=values)


def _unfit(group: str, name: str, word: str, shipped: str) -> str:
    """The fault of a word that does not fit where it is used; none for most."""
    if group == "survey_levels":
        return "" if word in ("1", "2", "3", "4", "5") else "K039"
    if group in ("folders", "files") or (group, name) == ("delivery", "file"):
        return "" if word == safe_name(word) else "K040"
    try:
        used = {field for _, field, _, _ in Formatter().parse(word) if field is not None}
    except ValueError:
        return "K041"
    return "" if all(f"{{{field}}}" in shipped for field in used) else "K041"
