"""Everything a run reads besides profiles: catalogue, templates, forms, words, themes. Read once, kept in a cache."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docgen
from docgen.catalogue import Catalogue, load_catalogue
from docgen.collector import calm_collector
from docgen.compose.compose import Composer
from docgen.compose.formcompile import load_forms
from docgen.compose.formtemplate import FormTemplate
from docgen.compose.steps import step_words
from docgen.context.names import vocabulary
from docgen.diagnostics import Diagnostic, DocgenError, Place, has_errors
from docgen.document.layouts import FlowWords
from docgen.records import dataclass
from docgen.templating.engine import Templates
from docgen.templating.program import Program
from docgen.templating.vocabulary import Vocabulary

if TYPE_CHECKING:
    from docgen.wordtemplate.template import WordTemplate
    from docgen.writers.docx.theme import Theme

_PACKAGE = Path(docgen.__file__).resolve().parent
DEFAULT_THEME = "formal"
_WORD_FILES = (".docx", ".dotx", ".docm", ".dotm")


def data_folder(name: str) -> Path:
    """`templates` or `company_profiles`: the checkout's own where docgen runs from one, else the installed copy."""
    for base in (_PACKAGE.parent, Path.cwd()):
        if (base / "pyproject.toml").is_file() and (base / name).is_dir() and (base / "docgen").is_dir():
            return base / name
    return _PACKAGE / "_data" / name


def cache_folder() -> Path:
    """Where compiled templates are kept: `DOCGEN_CACHE`, else the system's folder for caches."""
    own = os.environ.get("DOCGEN_CACHE")
    if own:
        return Path(own)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "docgen" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "docgen"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "docgen"


@dataclass(slots=True)
class Library:
    """What all companies of a run share. `roots` are template folders, a house folder before the shipped one."""

    roots: tuple[Path, ...]
    catalogue: Catalogue
    vocabulary: Vocabulary
    forms: Mapping[str, FormTemplate]
    words: Mapping[str, Mapping[str, str]]
    programs: dict[str, Program] = field(default_factory=dict)
    word_templates: dict[str, WordTemplate] = field(default_factory=dict)
    _composers: dict[str, Composer] = field(default_factory=dict, repr=False)
    _themes: dict[str, Any] = field(default_factory=dict, repr=False)
    _cached: int = 0  # programs that came from the cache
    _stamp: tuple[object, ...] = ()  # what the files were when they were read

    def composer(self, industry: str | None) -> Composer:
        """The composer for one industry: its folder's templates come before the shared ones."""
        key = industry or ""
        if key not in self._composers:
            layers: list[Path] = []
            for root in self.roots:
                if industry and (root / "industries" / industry).is_dir():
                    layers.append(root / "industries" / industry)
                layers.append(root)
            templates = Templates(layers, self.vocabulary, self.programs)
            flow = self.words["flow"]
            self._composers[key] = Composer(
                templates,
                self.forms,
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
        theme: Theme = self._themes[name]
        return theme

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
        """Keep what was compiled for the next start. A cache that cannot be written is not missed."""
        compiled = len(self.programs) + len(self.word_templates)
        if compiled == self._cached or not self._stamp:
            return
        # what was made for companies stays out of the cache
        forms = {id: replace(form, _made={}) for id, form in self.forms.items()}
        parts = (self.catalogue, forms, dict(self.words), self.programs, self.word_templates)
        target = _cache_file(self.roots)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = target.with_name(f"{target.name}.{os.getpid()}")
            with temporary.open("wb") as file:
                for part in (self._stamp, parts):
                    pickle.dump(part, file, protocol=pickle.HIGHEST_PROTOCOL)
            temporary.replace(target)
        except (OSError, pickle.PicklingError):
            return
        self._cached = compiled


def load_library(roots: Sequence[Path] | None = None, *, house: Path | None = None, cache: bool = True) -> Library:
    """Read catalogue, forms and words, from the cache where nothing changed. Raises DocgenError with every fault."""
    chosen = tuple(roots or (data_folder("templates"),))
    if house is not None:
        chosen = (house, *chosen)
    chosen = tuple(root.resolve() for root in chosen)
    stamp = _stamp(chosen) if cache else ()
    if cache:
        kept = _load_cached(chosen, stamp)
        if kept is not None:
            return kept
    catalogue = load_catalogue(chosen)
    base = chosen[-1]
    overlays = [root / "forms" for root in reversed(chosen[:-1])]
    forms, faults = load_forms(base / "forms", list(catalogue.forms), overlays)
    if has_errors(faults):
        raise DocgenError(faults)
    words = _words(chosen)
    return Library(chosen, catalogue, vocabulary(catalogue), forms, words, _stamp=stamp)


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
    import yaml

    from docgen.limits import load_yaml

    merged: dict[str, dict[str, str]] = {}
    for root in reversed(roots):
        path = root / "shared" / "words.yaml"
        if path.is_file():
            try:
                for group, entries in load_yaml(path.read_text(encoding="utf-8")).items():
                    merged.setdefault(group, {}).update({str(k): str(v) for k, v in entries.items()})
            except (yaml.YAMLError, UnicodeError, AttributeError) as error:
                mark = getattr(error, "problem_mark", None)
                place = Place(str(path), mark.line + 1 if mark else 0)
                problem = getattr(error, "problem", None) or str(error)
                raise DocgenError([Diagnostic("K002", place=place, values={"problem": problem})]) from error
    return merged


def _stamp(roots: tuple[Path, ...]) -> tuple[object, ...]:
    """What a cache must agree with: program, Python, Jinja, and every file below the roots."""
    files = []
    for root in roots:
        for folder, _, names in os.walk(root):
            if "themes" in folder:
                continue
            for name in names:
                if name.endswith((".md", ".yaml", ".docx", ".xml", ".rels")):
                    path = os.path.join(folder, name)  # noqa: PTH118 - thousands of calls
                    status = os.stat(path)  # noqa: PTH116
                    files.append((path, status.st_mtime_ns, status.st_size))
    code = [(str(p), p.stat().st_mtime_ns) for p in sorted(_PACKAGE.glob("[tcwd]*/*.py"))]
    return docgen.__version__, sys.version, version("jinja2"), tuple(sorted(files)), tuple(code)


def _cache_file(roots: tuple[Path, ...]) -> Path:
    from zlib import crc32

    key = crc32("|".join(map(str, roots)).encode())
    return cache_folder() / f"templates-{key:08x}-{sys.version_info[0]}{sys.version_info[1]}.cache"


def _load_cached(roots: tuple[Path, ...], stamp: tuple[object, ...]) -> Library | None:
    """The library of a cache that agrees with the files, else None: stale and foreign caches are rebuilt silently."""
    try:
        with calm_collector(), _cache_file(roots).open("rb") as file:
            if pickle.load(file) != stamp:
                return None
            catalogue, forms, words, programs, filled = pickle.load(file)
    except Exception:
        return None
    kept = len(programs) + len(filled)
    return Library(roots, catalogue, vocabulary(catalogue), forms, words, programs, filled, _cached=kept, _stamp=stamp)
