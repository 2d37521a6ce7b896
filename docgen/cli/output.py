"""What commands print: diagnostics and tables for people, JSON for programs."""

from __future__ import annotations

import json
import locale
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from docgen.diagnostics import Diagnostic, Place, Severity, crash_log
from docgen.messages import record as diagnostic_record
from docgen.messages import render, text

__all__ = ["as_json", "diagnostic_record", "language", "report", "say", "table", "went_wrong"]

_STYLE: Mapping[Severity, dict[str, Any]] = {
    Severity.ERROR: {"fg": "red"},
    Severity.WARNING: {"fg": "yellow"},
    Severity.NOTE: {"fg": "cyan"},
}
_ORDER = list(Severity)
_LONG = 300  # characters of a path


def language(ctx: click.Context) -> str:
    """`--lang`, else DOCGEN_LANG, else the locale: zh or en."""
    return _spoken(ctx.find_root().obj or "")


def _spoken(chosen: str) -> str:
    chosen = chosen or os.environ.get("DOCGEN_LANG", "")
    if chosen in ("zh", "en"):
        return chosen
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if not system:
        system = locale.getlocale()[0] or ""
    return "zh" if system.lower().startswith(("zh", "chinese")) else "en"


def say(ctx: click.Context, code: str, **values: Any) -> None:
    """Print one sentence of the message table."""
    click.echo(text(code, language(ctx), **values))


def report(ctx: click.Context, diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics to the error stream, the gravest first within a file."""
    lang = language(ctx)
    for diagnostic in sorted(diagnostics, key=lambda d: (d.place.file, _ORDER.index(d.severity), d.place.line)):
        click.secho(render(diagnostic, lang), err=True, **_STYLE[diagnostic.severity])


def as_json(value: Any) -> None:
    """Print JSON with Chinese as it is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def table(rows: Sequence[Sequence[Any]], headers: Sequence[str] = ()) -> None:
    """Print rows in aligned columns; Chinese characters count two."""
    lines = [[str(cell) for cell in row] for row in ([headers] if headers else []) + list(rows)]
    if not lines:
        return
    widths = [max(_width(line[i]) for line in lines if i < len(line)) for i in range(max(map(len, lines)))]
    for number, line in enumerate(lines):
        cells = [c + " " * (widths[i] - _width(c)) for i, c in enumerate(line[:-1])] + [line[-1]]
        click.secho("  ".join(cells).rstrip(), bold=bool(headers) and number == 0)


def _width(value: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in value)


def went_wrong(error: Exception, lang: str = "") -> int:
    """Say what ended the command, and its exit code: a file or folder the system refuses, else our own fault, a short
    text for people with the traceback in a file for us."""
    lang = _spoken(lang)
    if isinstance(error, OSError) and error.filename:
        values = {"reason": error.strerror or str(error)}
        print(
            render(Diagnostic("C016", place=Place(_short(str(error.filename))), values=values), lang), file=sys.stderr
        )
        return 1
    print(text("C001", lang, error=f"{type(error).__name__}: {error}", file=crash_log(error)), file=sys.stderr)
    return 3


def _short(path: str) -> str:
    return path if len(path) <= _LONG else f"{path[:_LONG]}…"
