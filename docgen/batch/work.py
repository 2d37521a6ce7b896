"""One client: unchanged and left alone, or built; whatever happens ends in a small record."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from docgen.batch.sources import Client
from docgen.batch.state import inputs_of, keep, unchanged
from docgen.collector import calm_collector
from docgen.diagnostics import Diagnostic, DocgenError, Place, crash_log
from docgen.publish import Outcome
from docgen.records import dataclass

if TYPE_CHECKING:
    from docgen.library import Library
    from docgen.options import BuildOptions

_PLAIN = (str, int, float, Decimal, type(None))


class Status(str, Enum):
    """What became of a client."""

    DONE = "done"
    SKIPPED = "skipped"  # nothing changed since the last run
    FAILED = "failed"
    LEFT = "left"  # the run ended before its turn


class File(NamedTuple):
    """One file of a client's folder; `outcome` as in the publish step."""

    path: str
    outcome: str
    sha256: str


class Files(Sequence[File]):
    """The files of a client, kept small: a run remembers those of all its clients."""

    __slots__ = ("_count", "_packed")

    def __init__(self, files: Iterable[File] = ()) -> None:
        rows = list(files)
        text = "\0".join([part for row in rows for part in row])
        self._packed, self._count = zlib.compress(text.encode("utf-8", "surrogatepass"), 1), len(rows)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[File]:
        parts = iter(zlib.decompress(self._packed).decode("utf-8", "surrogatepass").split("\0"))
        return map(File, parts, parts, parts) if self._count else iter(())

    def __getitem__(self, index: Any) -> Any:
        return list(self)[index]


@dataclass(frozen=True, slots=True)
class ClientResult:
    """What a worker sends back: plain values only. `gaps` are (path, label, level)."""

    key: str
    source: Path
    name: str
    status: Status
    folder: str = ""
    files: Sequence[File] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    gaps: tuple[tuple[str, str, str], ...] = ()
    gap_counts: tuple[tuple[str, int], ...] = ()
    assumed: tuple[str, ...] = ()
    assumed_count: int = 0
    seconds: float = 0.0
    peak_mib: float = 0.0  # of the process that did it, so far

    @property
    def ok(self) -> bool:
        """True for done and skipped clients."""
        return self.status in (Status.DONE, Status.SKIPPED)

    def count(self, outcome: Outcome) -> int:
        """Files with this outcome."""
        return sum(file.outcome == outcome.value for file in self.files)


def client_inputs(client: Client, stamp: str) -> str:
    """What the client's set is made from, as one value; "" if it cannot be read."""
    try:
        return inputs_of(stamp, client.folder.encode("utf-8", "surrogatepass"), *client.contents())
    except OSError:
        return ""


def skip(client: Client, options: BuildOptions, inputs: str) -> ClientResult | None:
    """The record of a client whose set is there and would come out the same."""
    folder = options.output / client.folder
    state = unchanged(folder, client.path, inputs) if inputs else None
    if state is None:
        return None
    files = [File(path, Outcome.UNCHANGED.value, known[2]) for path, known in state.files.items() if known[2]]
    return ClientResult(
        client.key,
        client.path,
        state.name,
        Status.SKIPPED,
        str(folder),
        Files(files),
        client.notes,
        gap_counts=tuple(state.gaps.items()),
        assumed_count=state.assumed,
    )


def build_client(
    client: Client,
    library: Library,
    options: BuildOptions,
    inputs: str,
    waiting: Callable[[], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ClientResult:
    """Build one client and record it. Never raises but for an interruption: our own faults end in the record too."""
    started = time.perf_counter()
    try:
        made = _build(client, library, options, inputs, waiting, progress)
    except Exception as error:
        fault = Diagnostic("C001", values={"error": f"{type(error).__name__}: {error}", "file": crash_log(error)})
        made = failed(client, fault)
    return replace(made, seconds=time.perf_counter() - started, peak_mib=peak_mib())


@calm_collector()
def _build(
    client: Client,
    library: Library,
    options: BuildOptions,
    inputs: str,
    waiting: Callable[[], None] | None,
    progress: Callable[[int, int], None] | None,
) -> ClientResult:
    try:
        loaded = client.load()
    except DocgenError as error:
        return failed(client, *error.diagnostics)
    from docgen.pipeline import build_set

    result = build_set(loaded, library, options, progress, folder=client.folder, waiting=waiting)
    if result.ok and inputs:
        keep(result, loaded, inputs, client.identity)
    levels = [gap.level.value for gap in result.gaps]
    return ClientResult(
        client.key,
        client.path,
        result.name,
        Status.DONE if result.ok else Status.FAILED,
        str(result.folder) if result.folder else "",
        Files(File(w.path, w.outcome.value, w.sha256) for w in result.written),
        (*client.notes, *map(_plain, result.diagnostics)),
        tuple((gap.path, gap.label, gap.level.value) for gap in result.gaps),
        tuple((level, levels.count(level)) for level in ("must", "should", "may")),
        tuple(result.assumed),
        len(result.assumed),
    )


def failed(client: Client, *faults: Diagnostic, status: Status = Status.FAILED) -> ClientResult:
    """The record of a client that was not built."""
    place = Place(str(client.path), client.line)
    located = [fault if fault.place.file else replace(fault, place=place) for fault in faults]
    return ClientResult(
        client.key, client.path, client.folder, status, diagnostics=(*client.notes, *map(_plain, located))
    )


def _plain(diagnostic: Diagnostic) -> Diagnostic:
    """A diagnostic that can be sent to another process."""
    values: dict[str, Any] = {k: v if isinstance(v, _PLAIN) else str(v) for k, v in diagnostic.values.items()}
    return replace(diagnostic, values=values)


def peak_mib() -> float:
    """The most memory this process has held so far, in MiB; 0 where the system does not say."""
    import sys

    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)
