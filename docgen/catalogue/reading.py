"""Strict reading of catalogue files: unknown keys, missing keys and wrong values are faults with a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml

from docgen.catalogue.models import Confidence
from docgen.catalogue.names import nearest
from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.limits import load_yaml

Key = str | int
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MISSING: Any = object()
T = TypeVar("T")


class _RepeatedKey(yaml.constructor.ConstructorError):
    pass


class _Loading(_Loader):  # type: ignore[misc]
    """YAML without the silent loss of a repeated key."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        if len(mapping) != len(node.value):
            seen = set()
            for key, _ in node.value:
                if key.value in seen:
                    raise _RepeatedKey(None, None, f"{key.value}", key.start_mark)
                seen.add(key.value)
        return mapping


def find_file(roots: Sequence[Path], relative: str) -> Path | None:
    """The first file of that name along the overlay roots."""
    for root in roots:
        path = root / relative
        if path.is_file():
            return path
    return None


class Source:
    """One YAML file and the faults found in it. Lines are looked up only when there are faults."""

    def __init__(self, roots: Sequence[Path], relative: str) -> None:
        self.relative = relative
        self.path = find_file(roots, relative)
        self._faults: list[tuple[str, Severity, tuple[Key, ...], dict[str, Any], str]] = []
        self._unreadable: list[Diagnostic] = []
        self._text = ""
        self.root = Row(self, {}, ())
        if self.path is None:
            where = ", ".join(str(root) for root in roots)
            self._unreadable.append(
                Diagnostic("K001", place=Place(file=relative), values={"file": relative, "roots": where})
            )
        else:
            self._read(self.path)

    @property
    def missing(self) -> bool:
        return self.path is None

    @property
    def unreadable(self) -> bool:
        """True if there is no such file or it could not be parsed, so that nothing in it can be judged."""
        return bool(self._unreadable)

    def _read(self, path: Path) -> None:
        try:
            self._text = path.read_text(encoding="utf-8-sig")
            data = load_yaml(self._text, _Loading)
        except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
            mark = getattr(error, "problem_mark", None)
            line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
            problem = getattr(error, "problem", None) or str(error).splitlines()[0]
            self._unreadable.append(
                Diagnostic(
                    "K003" if isinstance(error, _RepeatedKey) else "K002",
                    place=Place(file=str(path), line=line, column=column),
                    values={"problem": problem, "key": problem},
                )
            )
            return
        if not isinstance(data, dict):
            self._unreadable.append(Diagnostic("K004", place=Place(file=str(path), line=1)))
            return
        self.root = Row(self, data, ())

    def fault(
        self,
        code: str,
        at: tuple[Key, ...],
        *,
        near: str = "",
        severity: Severity = Severity.ERROR,
        **values: Any,
    ) -> None:
        """Note a fault at the key path `at`."""
        self._faults.append((code, severity, at, values, near))

    def diagnostics(self) -> list[Diagnostic]:
        """Every fault of this file, with file and line."""
        found = list(self._unreadable)
        if found or not self._faults:
            return found
        lines = _Lines(self._text)
        for code, severity, at, values, near in self._faults:
            line, column = lines.of(at)
            place = Place(file=str(self.path), line=line, column=column, key=dotted(at))
            found.append(Diagnostic(code, severity, place, {"key": dotted(at), **values}, near))
        return found


def dotted(path: tuple[Key, ...]) -> str:
    """`("documents", 3, "id")` → `documents[3].id`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else (f".{part}" if text else part)
    return text


class _Lines:
    """Where the keys of a YAML text stand."""

    def __init__(self, text: str) -> None:
        self._root = yaml.compose(text, Loader=_Loader) if text else None

    def of(self, path: tuple[Key, ...]) -> tuple[int, int]:
        node = self._root
        mark = node.start_mark if node is not None else None
        for part in path:
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    if key.value == str(part):
                        mark, node = key.start_mark, value
                        break
                else:
                    break
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
                mark = node.start_mark
            else:
                break
        return (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)


class Row:
    """One mapping of a file. `done` reports the keys nobody asked for."""

    def __init__(self, source: Source, data: Mapping[Any, Any], path: tuple[Key, ...]) -> None:
        self.source = source
        self.path = path
        self._data = data
        self._asked: set[str] = set()

    def _take(self, key: str, default: Any) -> Any:
        self._asked.add(key)
        value = self._data.get(key, _MISSING)
        if value is _MISSING or value is None:
            if default is _MISSING:
                self.source.fault("K005", self.path, missing=key)
                return None
            return default
        return value

    def _wrong(self, key: str, value: Any, expected: str) -> None:
        self.source.fault("K006", (*self.path, key), read=value, expected=expected)

    def fault(self, code: str, key: str | None = None, *, near: str = "", **values: Any) -> None:
        """Note a fault at one key of this row, or at the row."""
        self.source.fault(code, self.path if key is None else (*self.path, key), near=near, **values)

    def is_text(self, key: str) -> bool:
        return isinstance(self._data.get(key), str)

    def former(self, key: str, now: str) -> bool:
        """True where the row still has a key of an earlier form, which is told with what to write now."""
        if key not in self._data:
            return False
        self._asked.add(key)
        self.fault("K042", key, old=key, now=now.format(self._data[key]))
        return True

    def text(self, key: str, default: str = _MISSING) -> str:
        value = self._take(key, default)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        self._wrong(key, value, "text")
        return ""

    def integer(self, key: str, default: int | None = _MISSING) -> int | None:
        value = self._take(key, default)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self._wrong(key, value, "integer")
        return None

    def number(self, key: str, default: int = _MISSING) -> int:
        """A required integer; 0 after a fault."""
        return self.integer(key, default) or 0

    def flag(self, key: str, default: bool = _MISSING) -> bool:
        value = self._take(key, default)
        if isinstance(value, bool):
            return value
        if value is not None:
            self._wrong(key, value, "true/false")
        return False

    def day(self, key: str) -> date | None:
        value = self._take(key, None)
        if value is None or type(value) is date:
            return value
        self._wrong(key, value, "YYYY-MM-DD")
        return None

    def confidence(self, key: str = "confidence") -> Confidence:
        value = self._take(key, _MISSING)
        try:
            return Confidence(value)
        except ValueError:
            if value is not None:
                known = [member.value for member in Confidence]
                self.source.fault(
                    "K007",
                    (*self.path, key),
                    near=nearest(str(value), known),
                    read=value,
                    known=", ".join(known),
                )
            return Confidence.MEMORY

    def choice(self, key: str, known: Sequence[str], default: str = _MISSING) -> str:
        value = self.text(key, default)
        if value and value not in known:
            self.source.fault("K007", (*self.path, key), near=nearest(value, known), read=value, known=", ".join(known))
        return value

    def texts(self, key: str, default: tuple[str, ...] = _MISSING) -> tuple[str, ...]:
        value = self._take(key, default)
        if value is None:
            return ()
        if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self._wrong(key, value, "list of texts")
        return ()

    def conditional_texts(self, key: str) -> list[tuple[str, str]]:
        """The texts of a list, each with its condition: plain, or `{text: …, when: condition}`."""
        value = self._take(key, _MISSING)
        if not isinstance(value, (list, tuple)):
            if value is not None:
                self._wrong(key, value, "list of texts")
            return []
        found = []
        for position, item in enumerate(value):
            if isinstance(item, Mapping):
                row = Row(self.source, item, (*self.path, key, position))
                found.append((row.text("text"), row.text("when")))
                row.done()
            elif isinstance(item, str):
                found.append((item, ""))
            else:
                self.source.fault("K006", (*self.path, key, position), read=item, expected="text")
        return found

    def choices(self, key: str, known: Sequence[str]) -> tuple[str, ...]:
        """An optional list of fixed words."""
        values = self.texts(key, ())
        for value in values:
            if value not in known:
                self.fault("K007", key, near=nearest(value, known), read=value, known=", ".join(known))
        return values

    def mapping(self, key: str, default: Mapping[str, Any] = _MISSING) -> dict[str, Any]:
        """A free mapping of texts to values, as it stands in the file."""
        value = self._take(key, default)
        if isinstance(value, Mapping):
            return {str(name): item for name, item in value.items()}
        if value is not None:
            self._wrong(key, value, "mapping")
        return {}

    def row(self, key: str) -> Row:
        value = self._take(key, _MISSING)
        if isinstance(value, Mapping):
            return Row(self.source, value, (*self.path, key))
        if value is not None:
            self._wrong(key, value, "mapping")
        return Row(self.source, {}, (*self.path, key))

    def mapping_keys(self) -> list[str]:
        """The names this row holds, where they are free."""
        return [str(name) for name in self._data]

    def rows(self, key: str, *, optional: bool = False) -> list[Row]:
        """The mappings of a list."""
        value = self._take(key, () if optional else _MISSING)
        if value is None:
            return []
        if not isinstance(value, (list, tuple)):
            self._wrong(key, value, "list")
            return []
        found = []
        for index, item in enumerate(value):
            if isinstance(item, Mapping):
                found.append(Row(self.source, item, (*self.path, key, index)))
            else:
                self.source.fault("K006", (*self.path, key, index), read=item, expected="mapping")
        return found

    def named_rows(self, key: str, *, optional: bool = False) -> list[tuple[str, Row]]:
        """The mappings of a mapping, each with its name."""
        found = []
        for name, item in self.mapping(key, {} if optional else _MISSING).items():
            if isinstance(item, Mapping):
                found.append((name, Row(self.source, item, (*self.path, key, name))))
            else:
                self.source.fault("K006", (*self.path, key, name), read=item, expected="mapping")
        return found

    def done(self) -> None:
        """Report every key that was not asked for."""
        for key in self._data:
            if key not in self._asked:
                self.source.fault("K008", (*self.path, str(key)), near=nearest(str(key), self._asked), unknown=key)


def index(items: Iterable[tuple[Row, T]], key: str = "id") -> dict[str, T]:
    """Rows by their id; a repeated id is a fault."""
    found: dict[str, T] = {}
    for row, item in items:
        name: str = getattr(item, key)
        if name in found:
            row.fault("K009", key, name=name)
        found[name] = item
    return found
