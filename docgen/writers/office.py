"""The one way LibreOffice is run: many files a start, a time limit on every file, another try for what failed."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import field
from pathlib import Path

from docgen.records import dataclass

WORKERS = 2  # more of them do not pay: each holds 200 MiB, and starting costs a second
PER_START = 60  # files a start
SECONDS = 120.0  # for one file; a manual takes three
EXPORT = "pdf:writer_pdf_Export"
_START_SECONDS = 60.0
_LATE = "> "  # begins the reason of a start that took too long
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">'
    "<value>zh-CN</value></prop></item></oor:items>"
)
_TRIES = 2
_POLL_SECONDS = 0.1
_FRUITLESS = 3  # starts in a row that convert nothing before LibreOffice counts as broken


@dataclass(frozen=True, slots=True)
class Converted:
    """One file that was converted, or why it was not."""

    source: Path
    pdf: bytes = b""
    reason: str = ""

    @property
    def late(self) -> bool:
        """True if it took longer than it may."""
        return self.reason.startswith(_LATE)


def office_program() -> list[str]:
    """The command that starts LibreOffice; empty if there is none."""
    for name in ("soffice", "libreoffice"):
        path = shutil.which(name)
        if path:
            return [path]
    return []


def convert(
    sources: Sequence[Path],
    program: Sequence[str],
    *,
    workers: int = WORKERS,
    per_start: int = PER_START,
    seconds: float = SECONDS,
    export: str = EXPORT,
) -> Iterator[Converted]:
    """Convert Word files, each as soon as it is ready. Closing the iterator stops LibreOffice.

    At most `workers` starts run at a time, each with `per_start` files; a file that takes longer than `seconds` is
    given up. `export` is LibreOffice's filter with its options.
    """
    work = _Work(list(sources), list(program), per_start, seconds, export)
    count = max(1, min(workers, -(-len(sources) // per_start)))
    threads = [threading.Thread(target=work.run, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        for _ in sources:
            yield work.next()
    finally:
        work.stop()
        for thread in threads:
            thread.join(10)


@dataclass(slots=True)
class _Work:
    """The files still to be converted, shared by the workers."""

    sources: list[Path]
    program: list[str]
    per_start: int
    seconds: float
    export: str
    done: queue.SimpleQueue[Converted] = field(default_factory=queue.SimpleQueue)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _alone: list[Path] = field(default_factory=list)  # stopped a start: tried again by themselves
    _tries: dict[Path, int] = field(default_factory=dict)
    _running: set[subprocess.Popen[bytes]] = field(default_factory=set)
    _stopped: bool = False
    _fruitless: int = 0
    _broken: str = ""

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            for process in self._running:
                _kill(process)

    def next(self) -> Converted:
        """The next file that is ready; waits in pieces, so that an interruption is heard on every system."""
        while True:
            try:
                return self.done.get(timeout=1.0)
            except queue.Empty:
                continue

    def run(self) -> None:
        try:
            with tempfile.TemporaryDirectory(prefix="docgen-pdf-", ignore_cleanup_errors=True) as folder:
                self._run(Path(folder))
        except OSError as error:  # no place for temporary files: nothing can be converted
            with self._lock:
                self._broken = error.strerror or str(error)
            self._take()

    def _run(self, folder: Path) -> None:
        number = 0
        while batch := self._take():
            number += 1
            try:
                self._convert(batch, folder, number)
            except OSError as error:  # no room for the copies
                for source in batch:
                    self.done.put(Converted(source, reason=error.strerror or str(error)))

    def _take(self) -> list[Path]:
        with self._lock:
            if self._stopped:
                return []
            if self._broken:
                for source in (*self.sources, *self._alone):
                    self.done.put(Converted(source, reason=self._broken))
                self.sources, self._alone = [], []
                return []
            if self.sources:
                batch, self.sources = self.sources[: self.per_start], self.sources[self.per_start :]
                return batch
            return [self._alone.pop()] if self._alone else []

    def _convert(self, batch: list[Path], folder: Path, number: int) -> None:
        place = folder / str(number)
        place.mkdir()
        names: dict[Path, Path] = {}
        for count, source in enumerate(batch):
            copy = place / f"{count:04}{source.suffix}"
            try:
                shutil.copyfile(source, copy)
            except OSError as error:
                self.done.put(Converted(source, reason=error.strerror or str(error)))
                continue
            names[copy] = source
        if not names:
            return
        problem = self._office(list(names), _user_profile(folder / "profile"), place)
        left: list[Path] = []
        for copy, source in names.items():
            pdf = copy.with_suffix(".pdf")
            data = pdf.read_bytes() if pdf.is_file() else b""
            if b"%%EOF" in data[-1024:]:
                self.done.put(Converted(source, data))
            else:
                left.append(source)
        shutil.rmtree(place, ignore_errors=True)
        self._again(left, problem or "no PDF", fruitless=len(left) == len(names))

    def _again(self, left: list[Path], reason: str, *, fruitless: bool) -> None:
        """The first file left is what stopped LibreOffice; the others are innocent."""
        with self._lock:
            self._fruitless = self._fruitless + 1 if fruitless else 0
            if not left:
                return
            suspect, rest = left[0], left[1:]
            self._tries[suspect] = self._tries.get(suspect, 0) + 1
            if self._fruitless >= _FRUITLESS:
                self._broken = reason
            if self._tries[suspect] < _TRIES and not self._broken:
                self._alone.append(suspect)
            else:
                self.done.put(Converted(suspect, reason=reason))
            self.sources = rest + self.sources

    def _office(self, names: Sequence[Path], profile: Path, out: Path) -> str:
        """One start; what went wrong, or an empty text."""
        arguments = [
            *self.program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            self.export,
            "--outdir",
            str(out),
            *map(str, names),
        ]
        with self._lock:
            if self._stopped:
                return "stopped"
            try:
                process = subprocess.Popen(
                    arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
                )
            except OSError as fault:
                return fault.strerror or str(fault)
            self._running.add(process)
        try:
            return self._watch(process, out)
        finally:
            with self._lock:
                self._running.discard(process)

    def _watch(self, process: subprocess.Popen[bytes], out: Path) -> str:
        """Wait for the end, or for a file that takes longer than it may."""
        made, limit = 0, time.monotonic() + _START_SECONDS + self.seconds
        while True:
            try:
                code = process.wait(_POLL_SECONDS)
            except subprocess.TimeoutExpired:
                now = sum(1 for _ in out.glob("*.pdf"))
                if now > made:
                    made, limit = now, time.monotonic() + self.seconds
                if time.monotonic() > limit:
                    _kill(process)
                    process.wait()
                    return f"{_LATE}{self.seconds:.0f} s"
            else:
                return f"exit code {code}" if code else ""


def _user_profile(folder: Path) -> Path:
    """A user profile with Chinese as its language: in another one a box or quote at the start of a cell is drawn in the
    Latin font."""
    settings = folder / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
    return folder


def _kill(process: subprocess.Popen[bytes]) -> None:
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except OSError:
        return
