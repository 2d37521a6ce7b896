"""What a company's set was made from and what was written, so that an unchanged one is not made again."""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from dataclasses import asdict, field, fields
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.cache import files_below
from docgen.library import files_stamp
from docgen.publish.files import atomic_write
from docgen.publish.manifest import MANIFEST
from docgen.publish.publisher import STATE, Outcome
from docgen.records import dataclass

if TYPE_CHECKING:
    from docgen.library import Library
    from docgen.options import BuildOptions
    from docgen.pipeline import BuildResult
    from docgen.profile.loading import LoadedProfile

STATE_FILE = "state.json"
_FORMAT = 1
_FILE_NAME = re.compile(r"^[^\n\r]{1,200}\.[A-Za-z0-9]{1,5}$")


@dataclass(slots=True)
class State:
    """The record of the last complete build of a company. Sizes in bytes, times in ns."""

    inputs: str
    name: str
    files: dict[str, list[Any]] = field(default_factory=dict)  # path → size, time, sha256
    beside: dict[str, list[int] | None] = field(default_factory=dict)  # file the profile names → size, time
    gaps: dict[str, int] = field(default_factory=dict)
    assumed: int = 0
    owner: str = ""  # which client the folder is of, among clients of one name
    format: int = _FORMAT


def run_stamp(library: Library, options: BuildOptions) -> str:
    """One value for all a run shares: templates, themes, program and options. The output folder is not in it."""
    theme = Path(options.theme)
    own: list[tuple[str, int, int]] = []
    if theme.is_dir():
        own = files_below([theme])
    elif theme.is_file():
        status = theme.stat()
        own = [(str(theme), status.st_mtime_ns, status.st_size)]
    chosen = {key: value for key, value in asdict(options).items() if key != "output"}
    text = repr((_FORMAT, library.stamp or files_stamp(library.roots), own, sorted(chosen.items())))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def inputs_of(stamp: str, *contents: bytes) -> str:
    """The value that stands for a client's own inputs under a run's stamp."""
    digest = blake2b(stamp.encode(), digest_size=16)
    for content in contents:
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()


def unchanged(folder: Path, source: Path, inputs: str) -> State | None:
    """The record of `folder` if nothing changed since: same inputs, every file there as it was left."""
    try:
        kept = _read(folder)
        if kept.format != _FORMAT or kept.inputs != inputs:
            return None
        if any(_stat(f"{folder}/{path}") != known[:2] for path, known in kept.files.items()):
            return None
        if any(_stat(source.parent / name) != known for name, known in kept.beside.items()):
            return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return kept


def owner_of(folder: Path) -> str | None:
    """The client a folder was last built for, "" where the record does not say; None without a record."""
    try:
        return _read(folder).owner
    except (OSError, ValueError, TypeError):
        return None


def _read(folder: Path) -> State:
    return State(**json.loads((folder / STATE / STATE_FILE).read_text(encoding="utf-8")))


def keep(result: BuildResult, loaded: LoadedProfile, inputs: str, owner: str) -> None:
    """Record a complete build. One that cannot be recorded is made again next time."""
    assert result.folder is not None
    files: dict[str, list[Any]] = {}
    for written in result.written:
        if written.outcome is not Outcome.REMOVED:
            status = _stat(f"{result.folder}/{written.path}")
            if status is None:
                return
            files[written.path] = [*status, written.sha256]
    manifest = _stat(result.folder / MANIFEST)
    if manifest is None:
        return
    files[MANIFEST] = [*manifest, ""]
    levels = [gap.level.value for gap in result.gaps]
    state = State(
        inputs,
        result.name,
        files,
        _named_files(loaded),
        {level: levels.count(level) for level in ("must", "should", "may")},
        len(result.assumed),
        owner,
    )
    text = json.dumps(
        {item.name: getattr(state, item.name) for item in fields(state)}, ensure_ascii=False, separators=(",", ":")
    )
    with suppress(OSError):
        atomic_write(result.folder / STATE / STATE_FILE, text.encode("utf-8", "surrogatepass"))


def _named_files(loaded: LoadedProfile) -> dict[str, list[int] | None]:
    """The files a profile names (logo, answers, assessment), those that are not there too: they may come. Their paths
    are from the folder of the profile or list; a base profile may lie elsewhere."""
    from docgen.profile.walking import leaves

    folder = loaded.path.parent
    named: set[str] = set()
    for key, _, value in leaves(loaded.profile):
        if isinstance(value, str) and "." in value[-6:] and _FILE_NAME.match(value):
            named.add(_from(folder, loaded.folder_of(key) / value))
    return {path: _stat(folder / path) for path in sorted(named)}


def _from(folder: Path, path: Path) -> str:
    try:
        return os.path.relpath(path, folder)
    except ValueError:  # on another drive
        return str(path.absolute())


def _stat(path: str | Path) -> list[int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - hundreds of files a client
    except (OSError, ValueError):
        return None
    return [status.st_size, status.st_mtime_ns]
