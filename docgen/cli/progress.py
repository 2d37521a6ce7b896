"""The progress bar: clients, documents, rate, time left. On a terminal and for more than one client only."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

from docgen.messages import text

if TYPE_CHECKING:
    from docgen.batch.work import ClientResult

_REDRAW_SECONDS = 0.1


class Progress:
    """A bar on the error stream. It has no thread of its own, so that processes may be forked beside it."""

    def __init__(self, clients: int, wanted: bool, lang: str) -> None:
        self.bar: Any = None
        self.lang = lang
        self.documents = 0
        self.started = self.drawn = time.monotonic()
        if wanted and clients > 1 and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            self.bar = Bar(
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.description}"),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
                auto_refresh=False,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self.task = self.bar.add_task("", total=clients)

    def __enter__(self) -> Progress:
        if self.bar:
            self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar:
            self.bar.stop()

    def client(self, result: ClientResult) -> None:
        """One client more."""
        self.documents += len(result.files)
        if not self.bar:
            return
        rate = self.documents / max(time.monotonic() - self.started, 0.001)
        clients, documents = text("batch_bar_clients", self.lang), text("batch_bar_documents", self.lang)
        self.bar.update(self.task, advance=1, description=f"{clients} · {self.documents} {documents} · {rate:.0f}/s")
        self._draw()

    def pdfs(self, made: int, total: int) -> None:
        """One PDF more."""
        if self.bar:
            self.bar.update(self.task, completed=made, total=total, description="PDF")
            self._draw()

    def _draw(self) -> None:
        now = time.monotonic()
        if now - self.drawn >= _REDRAW_SECONDS:
            self.drawn = now
            self.bar.refresh()
