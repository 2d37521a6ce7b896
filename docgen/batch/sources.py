"""Where clients come from: profile files, folders of them, patterns, client lists."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from docgen.batch.rows import Row, read_clients
from docgen.cells import SUFFIXES
from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity
from docgen.profile.loading import LoadedProfile, load_profile
from docgen.profile.reading import MAX_BYTES
from docgen.questionnaire.marks import is_questionnaire
from docgen.records import dataclass

_PROFILES = (".yaml", ".yml")
_PATTERN = frozenset("*?[")
_ROW = re.compile(r"(.+\.(?:xlsx|xlsm|csv)):(\d{1,7})", re.IGNORECASE)
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Client:
    """One client of a run: a profile file, a questionnaire, or a row of a client list. Small enough to be sent to a
    worker."""

    path: Path
    row: Row | None = None
    asked: bool = False  # by a questionnaire
    folder: str = ""  # below the output folder; set when all clients are known
    industry: str = ""
    identity: str = ""  # what tells it from a client of the same name: its credit code, else its source
    notes: tuple[Diagnostic, ...] = ()

    @property
    def key(self) -> str:
        """`clients/a.yaml`, `clients.xlsx:5`"""
        return f"{self.path}:{self.row.number}" if self.row else str(self.path)

    @property
    def tail(self) -> str:
        """What tells this client's folder from one of the same name."""
        return f"{self.path.stem}-{self.row.number}" if self.row else self.path.stem

    @property
    def source(self) -> tuple[str, int]:
        """Where the client comes from, however the path was written."""
        return str(self.path.resolve()), self.line

    @property
    def line(self) -> int:
        return self.row.number if self.row else 0

    @property
    def files(self) -> tuple[Path, ...]:
        """The files the profile is made from."""
        base = self.row.base if self.row else self._base()
        return (self.path,) if base is None else (self.path, base)

    def load(self) -> LoadedProfile:
        """The profile. Raises DocgenError if there is none to return."""
        if self.row is not None:
            return self.row.load()
        if not self.asked:
            return load_profile(self.path)
        from docgen.questionnaire.loading import load_questionnaire

        return load_questionnaire(self.path)

    def _base(self) -> Path | None:
        """The base profile of a questionnaire."""
        if not self.asked:
            return None
        from docgen.questionnaire.loading import answers_of, base_of

        with suppress(DocgenError):
            return base_of(answers_of(self.path))
        return None

    def contents(self) -> tuple[bytes, ...]:
        """What the profile is made from, for telling whether it changed. Raises OSError."""
        if self.asked:
            name = self.path.name.encode("utf-8", "surrogatepass")
            return (name, *(file.read_bytes() for file in self.files))
        if self.row is None:
            return (str(self.path.name).encode("utf-8", "surrogatepass"), _content(self.path))
        cells = repr([(path, cell.text, cell.row, cell.column) for path, cell in self.row.cells])
        base = _content(self.row.base) if self.row.base else b""
        return (cells.encode("utf-8", "surrogatepass"), str(self.row.base).encode("utf-8", "surrogatepass"), base)

    def facts(self) -> dict[str, str]:
        """The single facts of group `company` as typed."""
        from docgen.batch.naming import company_facts
        from docgen.batch.rows import OWN_FACTS

        if self.asked:
            return self._asked_facts()
        if self.row is None:
            return company_facts(self.path)
        own = {
            f"company.{path[1]}": cell.text for path, cell in self.row.cells if path[0] == "company" and len(path) == 2
        }
        if self.row.base is None:
            return own
        base = company_facts(self.row.base)
        return {**{k: v for k, v in base.items() if k.partition(".")[2] not in OWN_FACTS["company"]}, **own}

    def _asked_facts(self) -> dict[str, str]:
        from docgen.profile.walking import leaves, shown

        try:
            company = self.load().profile.company
        except DocgenError:
            return {}
        return {path: shown(value) for path, info, value in leaves(company, "company") if info.is_scalar}


def _content(path: Path) -> bytes:
    """The bytes of a profile, no more of them than one that can be read has."""
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def find_clients(paths: Iterable[Path]) -> tuple[list[Client], list[Diagnostic]]:
    """The clients of files, folders, patterns and rows of lists (`clients.xlsx:5`), each once, in their order; what
    could not be found. The base profile of a questionnaire is no client of its own unless it is named itself."""
    found: dict[str, Client] = {}
    faults: list[Diagnostic] = []
    gathered: set[str] = set()  # of folders and patterns, not named one by one
    for path in paths:
        named = _ROW.fullmatch(str(path)) if not os.path.exists(path) else None  # noqa: PTH110 - of any text
        for file in _files(Path(named.group(1)) if named else path, faults):
            if is_questionnaire(file):
                clients = [] if named else [Client(file, asked=True)]
                if named:
                    faults.append(Diagnostic("B018", Severity.ERROR, Place(str(file)), {"row": named.group(2)}))
            elif file.suffix.lower() in SUFFIXES:
                rows, more = read_clients(file)
                faults += more
                clients = [Client(file, row) for row in rows if not named or row.number == int(named.group(2))]
                if named and not clients and not more:
                    faults.append(Diagnostic("B018", Severity.ERROR, Place(str(file)), {"row": named.group(2)}))
            else:
                clients = [Client(file)]
            for client in clients:
                key = f"{file.resolve()}:{client.line}"
                found.setdefault(key, client)
                if file != path:
                    gathered.add(key)
    for client in [client for client in found.values() if client.asked]:
        for base in client.files[1:]:
            key = f"{base.resolve()}:0"
            if key in gathered and key in found:
                del found[key]
                faults.append(Diagnostic("B023", Severity.NOTE, Place(str(base)), {"file": client.path.name}))
    return list(found.values()), faults


def load_one(path: Path) -> LoadedProfile:
    """The profile where one is asked for: a file, or a row of a client list. Raises DocgenError, also where there is
    more than one to choose from."""
    if os.path.isfile(path) and path.suffix.lower() not in SUFFIXES:  # noqa: PTH113
        return load_profile(path)
    clients, faults = find_clients([path])
    if len(clients) == 1:
        return clients[0].load()
    if clients:
        keys = "、".join(client.key for client in clients[:_SHOWN])
        faults.append(Diagnostic("B019", Severity.ERROR, Place(str(path)), {"count": len(clients), "keys": keys}))
    raise DocgenError(faults)


def _is_profile(path: Path) -> bool:
    return path.suffix.lower() in _PROFILES or is_questionnaire(path)


def _files(path: Path, faults: list[Diagnostic]) -> list[Path]:
    if os.path.isdir(path):  # noqa: PTH112 - a name too long is no folder and no fault of ours
        inside = sorted(p for p in path.iterdir() if not p.name.startswith((".", "~$")) and _is_profile(p))
        if not inside:
            faults.append(Diagnostic("C006", values={"path": str(path)}))
        return inside
    if os.path.isfile(path):  # noqa: PTH113
        return [path]
    if _PATTERN & set(str(path)):
        anchor = Path(path.anchor) if path.anchor else Path()
        with suppress(ValueError, NotImplementedError):  # `clients/**.yaml` is no pattern
            matching = sorted(
                p
                for p in anchor.glob(str(path.relative_to(path.anchor)))
                if p.is_file() and not p.name.startswith("~$")  # what Office keeps beside an open file
            )
            if matching:
                return matching
    faults.append(Diagnostic("C008", Severity.ERROR, Place(str(path)), {"path": str(path)}))
    return []
