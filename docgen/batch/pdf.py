"""PDFs of the Word files of a run: only those that changed, all clients in few starts of LibreOffice."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import field
from pathlib import Path

from docgen.batch.work import ClientResult
from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.publish.files import atomic_write
from docgen.publish.lock import FolderLock
from docgen.publish.publisher import LOCK, STATE
from docgen.records import dataclass
from docgen.writers.office import convert, office_program

RECORD = "pdf.json"
Known = dict[str, list[int]]  # path of the Word file → its size and time, the PDF's size and time


@dataclass(slots=True)
class PdfRun:
    """What came of it."""

    converted: int = 0
    unchanged: int = 0
    diagnostics: list[Diagnostic] = field(default_factory=list)


def pdf_path(path: str, folder: str) -> str:
    """Where the PDF of a Word file lies: the same folders below `folder`."""
    return f"{folder}/{path.rpartition('.')[0]}.pdf"


def make_pdfs(
    results: Sequence[ClientResult],
    folder: str,
    *,
    program: Sequence[str] = (),
    told: Callable[[int, int], None] | None = None,
) -> PdfRun:
    """A PDF of every Word file of the clients that are done, below `folder` in the client's folder. A missing or
    failing LibreOffice is a warning. `told` hears how many of how many are made."""
    run = PdfRun()
    clients = {Path(result.folder): _read(Path(result.folder)) for result in results if result.ok and result.folder}
    todo: dict[Path, tuple[Path, str]] = {}
    for result in results:
        root = Path(result.folder)
        if root not in clients:
            continue
        for file in result.files:
            if not file.path.endswith(".docx") or file.outcome == "removed":
                continue
            source, pdf = root / file.path, root / pdf_path(file.path, folder)
            now = [*_stat(source), *_stat(pdf)]
            if len(now) == 4 and clients[root].get(file.path) == now:
                run.unchanged += 1
            elif _stat(source):
                todo[source] = (root, file.path)
        _clear(root, clients[root], folder)
    command = list(program) or office_program()
    if todo and not command:
        run.diagnostics.append(Diagnostic("B030", Severity.WARNING, values={"count": len(todo)}))
        return run
    reasons: dict[str, list[Path]] = {}
    try:
        for made in convert(list(todo), command):
            root, path = todo[made.source]
            reason = _place(root, path, folder, made.pdf, clients[root]) if made.pdf else made.reason
            if reason:
                reasons.setdefault(reason, []).append(made.source)
            else:
                run.converted += 1
            if told:
                told(run.converted, len(todo))
    finally:
        for root, known in clients.items():
            _write(root, known)
    for reason, sources in reasons.items():
        values = {"reason": reason, "count": len(sources)}
        run.diagnostics.append(Diagnostic("B031", Severity.WARNING, Place(str(sources[0])), values))
    return run


def _place(root: Path, path: str, folder: str, data: bytes, known: Known) -> str:
    """Put a PDF into its place; why not, or an empty text."""
    pdf = root / pdf_path(path, folder)
    lock = FolderLock(root / STATE / LOCK)
    try:
        lock.acquire()
        atomic_write(pdf, data)
    except OSError as error:
        return error.strerror or str(error)
    finally:
        lock.release()
    known[path] = [*_stat(root / path), *_stat(pdf)]
    return ""


def _clear(root: Path, known: Known, folder: str) -> None:
    """Remove the PDFs of Word files that are no longer there, if they are as they were made."""
    for path in [path for path in known if not (root / path).exists()]:
        pdf = root / pdf_path(path, folder)
        if _stat(pdf) == known[path][2:]:
            with suppress(OSError):
                pdf.unlink()
        del known[path]


def _stat(path: Path) -> list[int]:
    try:
        status = path.stat()
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns]


def _read(root: Path) -> Known:
    try:
        read = json.loads((root / STATE / RECORD).read_text(encoding="utf-8"))
        return {str(path): [int(n) for n in numbers] for path, numbers in read.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(root: Path, known: Known) -> None:
    if known and known != _read(root):
        with suppress(OSError):
            atomic_write(root / STATE / RECORD, json.dumps(known, ensure_ascii=False).encode("utf-8"))
