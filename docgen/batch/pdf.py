"""PDFs of the Word files of a run: only those that changed, all clients in few starts of LibreOffice."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import field
from hashlib import sha256
from pathlib import Path

from docgen.batch.work import ClientResult
from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.publish.files import atomic_write, check_inside, place_beside
from docgen.publish.lock import FolderLock
from docgen.publish.publisher import LOCK, STATE
from docgen.records import dataclass
from docgen.writers.office import convert, office_program

RECORD = "pdf.json"
Known = dict[str, tuple[list[int], list[int], str]]  # path of the Word file → its size and time, the PDF's, its sha256


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
    beside: str,
    *,
    program: Sequence[str] = (),
    told: Callable[[int, int], None] | None = None,
) -> PdfRun:
    """A PDF of every Word file of the clients that are done, below `folder` in the client's folder. A missing or
    failing LibreOffice is a warning. One that someone edited or signed stays, the new one stands beside it with
    `beside` in its name. `told` hears how many of how many are made."""
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
            source, known = root / file.path, clients[root].get(file.path)
            if known and known[:2] == (_stat(source), _stat(root / pdf_path(file.path, folder))):
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
            reason = made.reason
            if made.pdf:
                try:
                    placed = _place(root, path, folder, made.pdf, clients[root], beside)
                except OSError as error:
                    reason = error.strerror or str(error)
                else:
                    if placed is not None:
                        run.diagnostics.append(placed)
            if reason:
                reasons.setdefault(reason, []).append(made.source)
            else:
                run.converted += 1
            if told:
                told(run.converted, len(todo))
    finally:
        for root, files in clients.items():
            _write(root, files)
    for reason, sources in reasons.items():
        values = {"reason": reason, "count": len(sources)}
        run.diagnostics.append(Diagnostic("B031", Severity.WARNING, Place(str(sources[0])), values))
    return run


def _place(root: Path, path: str, folder: str, data: bytes, known: Known, suffix: str) -> Diagnostic | None:
    """Put a PDF into its place, or beside it where someone edited what stands there. Raises OSError."""
    pdf = root / pdf_path(path, folder)
    check_inside(root, pdf)
    last = known.get(path)
    lock = FolderLock(root / STATE / LOCK)
    try:
        lock.acquire()
        there = pdf.read_bytes() if pdf.exists() else b""
        own = {_digest(data), last[2] if last else ""}
        place = str(pdf)
        if there and _digest(there) not in own:
            place = place_beside(place, suffix, lambda found: _digest(found) in own)
        atomic_write(place, data)
    finally:
        lock.release()
    known[path] = (_stat(root / path), _stat(pdf), _digest(data))
    _write(root, known)  # at once: a PDF that is not in the record counts as edited
    if place == str(pdf):
        return None
    values = {"path": pdf_path(path, folder), "beside": Path(place).name}
    return Diagnostic("O001", Severity.WARNING, Place(str(pdf)), values)


def _clear(root: Path, known: Known, folder: str) -> None:
    """Remove the PDFs of Word files that are no longer there, if they are as they were made."""
    for path in [path for path in known if not (root / path).exists()]:
        pdf = root / pdf_path(path, folder)
        *_, digest = known.pop(path)
        with suppress(OSError):
            check_inside(root, pdf)
            if _digest(pdf.read_bytes()) == digest:
                pdf.unlink()


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _stat(path: Path) -> list[int]:
    try:
        status = path.stat()
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns]


def _read(root: Path) -> Known:
    try:
        read = json.loads((root / STATE / RECORD).read_text(encoding="utf-8"))
        return {path: (list(word), list(pdf), str(digest)) for path, (word, pdf, digest) in read.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(root: Path, known: Known) -> None:
    if known and known != _read(root):
        with suppress(OSError):
            atomic_write(root / STATE / RECORD, json.dumps(known, ensure_ascii=False).encode("utf-8"))
