"""Word templates: loaded once, filled many times."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2.exceptions import SecurityError, UndefinedError

from docgen.diagnostics import Diagnostic, DocgenError
from docgen.document import Gap, Proposed, Reference
from docgen.records import dataclass
from docgen.templating.builder import LimitReached
from docgen.templating.filters import FILTER_NAMES
from docgen.templating.values import NotInSet, NotPrintable
from docgen.templating.vocabulary import Vocabulary
from docgen.wordtemplate.compiled import Compiled, PartProgram, located
from docgen.wordtemplate.data import data_context, data_vocabulary
from docgen.wordtemplate.emitting import Emitter, Shared
from docgen.wordtemplate.environment import WordEnvironment
from docgen.wordtemplate.pictures import BadPicture
from docgen.writers.package import Member, member, pack

CONTENT_TYPES = "[Content_Types].xml"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_EMPTY_ROOT = re.compile(r"<Relationships([^>]*)/>")
_MIME = {"png": "image/png", "jpeg": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled template: the file, and what it shows as missing, proposed and cited."""

    data: bytes
    gaps: tuple[Gap, ...]
    proposals: tuple[Proposed, ...]
    references: tuple[Reference, ...]


@dataclass(slots=True)
class WordTemplate:
    """A compiled Word template. It can be pickled."""

    compiled: Compiled
    _linked: list[tuple[PartProgram, Any]] = field(default_factory=list, repr=False)
    _environment: WordEnvironment | None = field(default=None, repr=False)

    def __getstate__(self) -> Compiled:
        return self.compiled

    def __setstate__(self, state: Compiled) -> None:
        self.compiled, self._linked, self._environment = state, [], None

    @property
    def name(self) -> str:
        """The file as it is named to people."""
        return self.compiled.name

    @property
    def facts(self) -> tuple[str, ...]:
        """The dotted names it reads."""
        return self.compiled.facts

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Warnings of the compilation: what was stripped, what looks like a slip."""
        return self.compiled.diagnostics

    def render(self, context: Mapping[str, Any], *, pictures_from: Path | None = None) -> bytes:
        """The filled file.

        `context` holds the names of a run (flat, as `docgen.context` makes them) or plain data: mappings, lists,
        texts, numbers, dates. Pictures named in it are looked for below `pictures_from`.

        Raises:
            DocgenError: every part that failed, with paragraph and tag.
        """
        return self.fill(context, pictures_from=pictures_from).data

    def fill(self, context: Mapping[str, Any], *, pictures_from: Path | None = None) -> Filled:
        """`render`, telling also what was missing. Raises DocgenError."""
        environment = self._link()
        environment.pictures_from = pictures_from
        if not callable(context.get("range")):  # the names of a run bring Jinja's functions with them
            context = data_context(context)
        shared = Shared()
        made: dict[str, Member] = {}
        relations: dict[str, Mapping[str, str]] = {}
        faults: list[Diagnostic] = []
        for part, template in self._linked:
            emitter = Emitter(shared)
            environment.budget.reset()
            stream = template.root_render_func(template.new_context(context, True))
            try:
                emitter.play(stream)
            except Exception as error:
                line = _line(sys.exc_info()[2], stream, template)
                faults.append(self._explain(error, line, part))
                continue
            made[part.name] = member(part.name, "".join(emitter.out).encode("utf-8", "replace"))
            if emitter.pictures:
                relations[part.name] = emitter.pictures
        if faults:
            raise DocgenError(faults)
        if shared.media:
            made.update(self._with_pictures(shared, relations))
        packed = self.compiled.packed
        order = dict.fromkeys((*self.compiled.order, *made))
        data = pack([made.get(name) or packed[name] for name in order])
        return Filled(data, tuple(shared.gaps), tuple(shared.proposals), tuple(shared.references.values()))

    def _link(self) -> WordEnvironment:
        if self._environment is None:
            self._environment = WordEnvironment(self.compiled.roots, self.compiled.functions)
            self._linked = [(part, self._environment.link(part.program, part.name)) for part in self.compiled.parts]
        return self._environment

    def _with_pictures(self, shared: Shared, relations: Mapping[str, Mapping[str, str]]) -> dict[str, Member]:
        made: dict[str, Member] = {}
        types = self.compiled.types.decode("utf-8")
        for name, picture in shared.media.values():
            made[f"word/{name}"] = member(f"word/{name}", picture.data, store=True)
            if not re.search(rf'<Default\b[^>]*Extension="{picture.format}"', types, re.I):
                entry = f'<Default Extension="{picture.format}" ContentType="{_MIME[picture.format]}"/>'
                types = re.sub(r"(<Types\b[^>]*>)", rf"\1{entry}", types, count=1)
        made[CONTENT_TYPES] = member(CONTENT_TYPES, types.encode())
        for part, targets in relations.items():
            xml = self.compiled.relations[part].decode("utf-8") or _RELATIONS
            xml = _EMPTY_ROOT.sub(r"<Relationships\1></Relationships>", xml)
            added = "".join(
                f'<Relationship Id="{key}" Type="{_IMAGE}" Target="/word/{name}"/>' for key, name in targets.items()
            )
            folder, _, file = part.rpartition("/")
            rels = f"{folder}/_rels/{file}.rels"
            made[rels] = member(rels, xml.replace("</Relationships>", f"{added}</Relationships>").encode())
        return made

    def _explain(self, error: Exception, line: int, part: PartProgram) -> Diagnostic:
        paragraph, tag = _place(line, part)
        code, read = "W510", f"{type(error).__name__}: {error}"
        for kind, known in (
            (LimitReached, "W511"),
            (SecurityError, "W512"),
            (NotPrintable, "W503"),
            (NotInSet, "W516"),
            (UndefinedError, "W501"),
            (OverflowError, "W511"),
            (RecursionError, "W511"),
            (MemoryError, "W511"),
        ):
            if isinstance(error, kind):
                code, read = known, str(error)
                break
        if isinstance(error, BadPicture):
            code, read = f"W21{error.reason[3:]}", error.name
        return located(self.name, part.name, paragraph, tag, code, read=read)


def _line(traceback: TracebackType | None, stream: Any, template: Any) -> int:
    """The line of the Jinja source where it went wrong: of the innermost template frame, else where the stream is."""
    frame = getattr(stream, "gi_frame", None)
    line: int = template.get_corresponding_lineno(frame.f_lineno) if frame is not None else 0
    while traceback is not None:
        inner = traceback.tb_frame.f_globals.get("__jinja_template__")
        if inner is not None:
            line = inner.get_corresponding_lineno(traceback.tb_lineno)
        traceback = traceback.tb_next
    return line


def _place(line: int, part: PartProgram) -> tuple[str, str]:
    """Paragraph and tag of a line."""
    return next((place for place in reversed(part.places[:line]) if place[1]), ("", ""))


def load_template(path: Path, vocabulary: Vocabulary | None = None, name: str = "") -> WordTemplate:
    """Compile a `.docx`, or a folder of its members, with tags. Without a vocabulary any name passes here.

    Raises:
        DocgenError: every fault, with paragraph and tag; nothing of a hostile file is opened.
    """
    from docgen.wordtemplate.compiling import compile_template

    return WordTemplate(compile_template(Path(path), vocabulary, name))


def load_for_data(path: Path, data: Mapping[str, Any], name: str = "") -> WordTemplate:
    """Compile a template for one set of plain data: its names are the legal ones. Raises DocgenError."""
    return load_template(path, data_vocabulary(data, FILTER_NAMES), name)


def check_template(path: Path, vocabulary: Vocabulary) -> tuple[list[Diagnostic], set[str]]:
    """Everything wrong with a template, and the dotted names it reads."""
    try:
        template = load_template(path, vocabulary)
    except DocgenError as error:
        return list(error.diagnostics), set()
    return list(template.diagnostics), set(template.facts)
