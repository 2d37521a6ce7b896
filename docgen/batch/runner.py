"""A run over many clients, in this process or on several. A worker that dies takes one client with it, no more."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.batch.sources import Client
from docgen.batch.work import ClientResult, Status, build_client, client_inputs, failed, skip
from docgen.diagnostics import Diagnostic, DocgenError
from docgen.records import dataclass

if TYPE_CHECKING:
    from docgen.library import Library
    from docgen.options import BuildOptions

FEW = 5  # fewer clients are done sooner in one process
_PATIENCE_SECONDS = 20.0  # for clients under way when the run is interrupted


@dataclass(frozen=True, slots=True)
class Setup:
    """What every worker needs to know besides its clients."""

    options: BuildOptions
    house: Path | None = None


@dataclass(slots=True)
class Run:
    """The results of a run, in the order of the clients."""

    results: list[ClientResult] = field(default_factory=list)
    interrupted: bool = False
    jobs: int = 1


Told = Callable[[ClientResult], None]
Waiting = Callable[[str], None]

FORKS = sys.platform == "linux"  # forking is cheap and shares what is loaded; only Linux does it without risk
_library: Library | None = None  # inherited by forked workers


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_clients(
    clients: Sequence[Client],
    library: Library,
    setup: Setup,
    stamp: str,
    *,
    jobs: int = 0,
    force: bool = False,
    fail_fast: bool = False,
    told: Told | None = None,
    waiting: Waiting | None = None,
) -> Run:
    """Build every client that is not as it was. `jobs` 0 is one process for a few clients, else one a processor.

    `told` hears of each result as it comes, `waiting` of a folder another run holds.
    """
    state = _State(clients, fail_fast, told)
    todo: list[tuple[int, str]] = []
    try:
        for place, client in enumerate(clients):
            inputs = client_inputs(client, stamp)
            kept = None if force else skip(client, setup.options, inputs)
            if kept is not None:
                state.put(place, kept)
            else:
                todo.append((place, inputs))
        jobs = min(jobs or (1 if len(todo) < FEW else cores()), max(len(todo), 1))
        if jobs == 1:
            _alone(todo, clients, library, setup, state, waiting)
        else:
            _Pool(todo, clients, library, setup, state, waiting, jobs).run()
    except KeyboardInterrupt:
        state.interrupted = True
    return Run(state.all(), state.interrupted, jobs)


class _State:
    """The results so far."""

    def __init__(self, clients: Sequence[Client], fail_fast: bool, told: Told | None) -> None:
        self.clients = clients
        self.results: dict[int, ClientResult] = {}
        self.fail_fast = fail_fast
        self.told = told
        self.interrupted = False
        self.stopped = False

    def put(self, place: int, result: ClientResult) -> None:
        self.results[place] = result
        self.stopped = self.stopped or (self.fail_fast and not result.ok)
        if self.told:
            self.told(result)

    def all(self) -> list[ClientResult]:
        left = [failed(client, status=Status.LEFT) for client in self.clients]
        return [self.results.get(place, left[place]) for place in range(len(left))]


def _alone(
    todo: Sequence[tuple[int, str]],
    clients: Sequence[Client],
    library: Library,
    setup: Setup,
    state: _State,
    waiting: Waiting | None,
) -> None:
    for place, inputs in todo:
        client = clients[place]

        def held(client: Client = client) -> None:
            if waiting:
                waiting(str(setup.options.output / client.folder))

        state.put(place, build_client(client, library, setup.options, inputs, held))
        if state.stopped:
            return


def warm(library: Library, options: BuildOptions, industries: Sequence[str]) -> None:
    """Compile and link what the clients will use, so that workers share it."""
    library.theme(options.theme)
    for industry in industries:
        templates = library.composer(industry).templates
        for name in templates.names():
            if not name.startswith("industries/"):
                try:
                    templates.get(name)
                except (DocgenError, LookupError):
                    continue  # the client that uses it is told
    library.save()


# ---- several processes


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Any
    log: Path
    place: int = -1  # of the client it works on


class _Pool:
    def __init__(
        self,
        todo: Sequence[tuple[int, str]],
        clients: Sequence[Client],
        library: Library,
        setup: Setup,
        state: _State,
        waiting: Waiting | None,
        jobs: int,
    ) -> None:
        self.todo = list(reversed(todo))
        self.clients, self.library, self.setup, self.state, self.waiting = clients, library, setup, state, waiting
        self.jobs = jobs
        self.workers: list[_Worker] = []
        self.forks = FORKS
        import multiprocessing

        self.context: Any = multiprocessing.get_context("fork" if self.forks else "spawn")

    def run(self) -> None:
        global _library
        industries = sorted({self.clients[place].industry for place, _ in self.todo})
        with suppress(DocgenError):  # a theme that cannot be loaded is each client's fault
            warm(self.library, self.setup.options, industries)
        if self.forks:
            _library = self.library
            gc.collect()
            gc.freeze()
        try:
            for _ in range(self.jobs):
                self._start()
            self._serve()
        except KeyboardInterrupt:
            self.state.interrupted = True
            self.todo.clear()
            self._finish()
        finally:
            self._stop()
            if self.forks:
                _library = None
                gc.unfreeze()

    def _start(self) -> None:
        import tempfile

        ours, theirs = self.context.Pipe()
        handle, log = tempfile.mkstemp(prefix="docgen-worker-", suffix=".txt")
        os.close(handle)
        process = self.context.Process(target=_work, args=(theirs, self.setup, log, os.getpid()), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours, Path(log))
        self.workers.append(worker)
        self._next(worker)

    def _next(self, worker: _Worker) -> None:
        worker.place = -1
        if self.todo and not self.state.stopped:
            worker.place, inputs = self.todo.pop()
            with suppress(OSError):  # it died meanwhile, which is heard as the end of its pipe
                worker.pipe.send((self.clients[worker.place], inputs))

    def _serve(self, seconds: float | None = None) -> None:
        from multiprocessing.connection import wait

        while busy := [worker for worker in self.workers if worker.place >= 0]:
            ready = wait([worker.pipe for worker in busy], seconds)
            if not ready:
                return
            for worker in busy:
                if worker.pipe in ready:
                    self._hear(worker)

    def _hear(self, worker: _Worker) -> None:
        try:
            kind, value = worker.pipe.recv()
        except (EOFError, OSError):
            self._lost(worker)
            return
        if kind == "waiting":
            if self.waiting:
                self.waiting(value)
            return
        place, worker.place = worker.place, -1
        self.state.put(place, value)
        self._next(worker)

    def _lost(self, worker: _Worker) -> None:
        """A worker died: its client failed, another worker takes its place."""
        worker.process.join(5)
        code = worker.process.exitcode
        reason = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        if worker.log.exists() and worker.log.stat().st_size:
            reason += f", {worker.log}"
        else:
            worker.log.unlink(missing_ok=True)
        self.state.put(worker.place, failed(self.clients[worker.place], Diagnostic("B020", values={"reason": reason})))
        self.workers.remove(worker)
        worker.pipe.close()
        if self.todo and not self.state.stopped:
            self._start()

    def _finish(self) -> None:
        """Interrupted: let the clients under way be finished; a second interruption does not wait."""
        try:
            self._serve(_PATIENCE_SECONDS)
        except KeyboardInterrupt:
            return

    def _stop(self) -> None:
        for worker in self.workers:
            if worker.place < 0:
                try:
                    worker.pipe.send(None)
                except OSError:
                    continue
            else:
                worker.process.terminate()
        for worker in self.workers:
            worker.process.join(5)
            worker.pipe.close()
            worker.log.unlink(missing_ok=True)
        self.workers.clear()


def _work(pipe: Any, setup: Setup, log: str, parent: int) -> None:
    """The life of a worker: clients come through the pipe, records go back."""
    import faulthandler
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interruption means
    library = _library
    with Path(log).open("w", encoding="utf-8") as stream:
        faulthandler.enable(stream)
        if library is None:
            from docgen.library import load_library

            library = load_library(house=setup.house)
        try:
            while True:
                while not pipe.poll(1.0):
                    if os.getppid() != parent:
                        return
                task = pipe.recv()
                if task is None:
                    break
                client, inputs = task

                def held(folder: str = str(setup.options.output / client.folder)) -> None:
                    pipe.send(("waiting", folder))

                result = build_client(client, library, setup.options, inputs, held)
                pipe.send(("done", result))
        except (EOFError, OSError):
            return
        finally:
            faulthandler.disable()
        if _library is None:
            library.save()
