"""Load a company profile: read, convert, report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity
from docgen.profile.building import Builder
from docgen.profile.profile import Profile
from docgen.profile.reading import MapNode, Reading, read_bytes, read_file, read_text
from docgen.records import dataclass

if TYPE_CHECKING:
    from os import PathLike

# A tree may be merged from several files or sheets: a node of number n has n * FILE_LINES added to its line.
FILE_LINES = 10_000_000


@dataclass(frozen=True, slots=True)
class LoadedProfile:
    """A profile with its file. `spans` maps profile paths (`outlets[2].phone`) to (line, column).

    With an error among `diagnostics` the facts concerned are absent from `profile`; everything else is there.
    `others` are further files the facts were merged from, and the sheets of a workbook.
    """

    profile: Profile
    path: Path
    spans: Mapping[str, tuple[int, int]]
    diagnostics: tuple[Diagnostic, ...]
    others: tuple[Place, ...] = ()

    def place(self, key: str) -> Place:
        """Where a profile path stands in the file; for an absent fact the nearest group that is there."""
        return _located(place_in(str(self.path), self.spans, key), self.others)

    def folder_of(self, key: str) -> Path:
        """The folder of the file that states a fact: what a fact names as a file is looked for beside it."""
        return Path(self.place(key).file).parent

    def relocated(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Diagnostics made from `spans`, with the places of merged facts in the files they come from."""
        if not self.others:
            return tuple(diagnostics)
        return tuple(
            replace(found, place=_located(found.place, self.others), values=self._in_file(found.values))
            for found in diagnostics
        )

    def _in_file(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The lines a message names, as the reader of the file knows them."""
        told = dict(values)
        for name, value in values.items():
            if type(value) is int and value >= FILE_LINES:
                place = self.place(str(values.get(name.removesuffix("_line") + "_path", "")))
                told[name] = place.cell or value % FILE_LINES
        return told


def _located(place: Place, others: Sequence[Place]) -> Place:
    number, line = divmod(place.line, FILE_LINES)
    return replace(place, file=others[number - 1].file, sheet=others[number - 1].sheet, line=line) if number else place


def place_in(file: str, spans: Mapping[str, tuple[int, int]], key: str) -> Place:
    """The place of a profile path, or of the nearest path above it that the file has."""
    above = key
    while above:
        if above in spans:
            line, column = spans[above]
            return Place(file, line, column, key=key)
        above = above[: max(above.rfind("."), above.rfind("["), 0)]
    return Place(file, key=key)


def load_profile(path: str | PathLike[str]) -> LoadedProfile:
    """Load one profile. Raises DocgenError with every diagnostic if there is no profile to return
    (no such file, too large, not YAML, no mapping); faults in single facts are in `diagnostics`."""
    file = Path(path)
    return _load(read_file(file), file)


def load_profile_text(text: str | bytes, name: str = "profile.yaml") -> LoadedProfile:
    """As `load_profile`, from a string or bytes; `name` stands for the file in diagnostics."""
    reading = read_bytes(text, name) if isinstance(text, bytes) else read_text(text, name)
    return _load(reading, Path(name))


def load_profile_tree(
    root: MapNode, file: Path, found: Sequence[Diagnostic] = (), others: Sequence[Place] = ()
) -> LoadedProfile:
    """A profile from nodes made elsewhere (the cells of a client list), with what was `found` while making them.
    `others` names the further files, or sheets, of nodes whose lines are moved by FILE_LINES."""
    builder = Builder(str(file))
    profile = cast(Profile, builder.group(Profile, root, ""))
    made = LoadedProfile(profile, file, builder.spans, (), tuple(others))
    return replace(made, diagnostics=(*found, *made.relocated(builder.diagnostics)))


def _load(reading: Reading, file: Path) -> LoadedProfile:
    name = str(file)
    diagnostics = list(reading.diagnostics)
    root = reading.root
    if not isinstance(root, MapNode):
        if reading.complete:
            code = "P014" if root is None or _is_blank(root) else "P015"
            diagnostics.append(Diagnostic(code, Severity.ERROR, Place(name, 1), {"file": name}))
        raise DocgenError(diagnostics)
    builder = Builder(name)
    profile = cast(Profile, builder.group(Profile, root, ""))
    diagnostics += builder.diagnostics
    if not reading.complete:
        raise DocgenError(diagnostics)
    return LoadedProfile(profile, file, builder.spans, tuple(diagnostics))


def _is_blank(root: object) -> bool:
    return getattr(root, "text", "x").strip() in ("", "~", "null")
