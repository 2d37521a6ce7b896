"""Readable dumps of whole documents, for reviewers of the Chinese text.

python -m tests.content.goldens            show what differs
python -m tests.content.goldens --accept   show it, then rewrite tests/goldens/
"""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterator
from pathlib import Path

from docgen.pipeline import choose, compose_all
from docgen.writers.text import write_text
from tests.content.sets import library, prepared

FOLDER = Path(__file__).resolve().parents[1] / "goldens"

# company → documents; a manual whole, procedures where industries differ most, a form of each layout
GOLDENS: dict[str, tuple[str, ...]] = {
    "electronics": ("manual", "form-dispatch", "form-complaint-register", "form-mystery-visit"),
    "minimal": ("manual",),
    "toys": ("repair", "complaint-handling", "plan-training"),
    "software": ("repair", "complaint-handling", "plan-training"),
}


def names() -> list[str]:
    """`electronics-manual` and so on, one a file."""
    return [f"{company}-{document}" for company, documents in GOLDENS.items() for document in documents]


def golden_path(name: str) -> Path:
    """Where the accepted text of one golden lies."""
    return FOLDER / f"{name}.txt"


def current(name: str) -> str:
    """The text of one golden as the templates make it now."""
    company, _, document = name.partition("-")
    made = prepared(company)
    chosen, unknown = choose(made.company.plan, (document,))
    composed, faults = compose_all(made, chosen, library())
    assert not unknown and not faults, (unknown, faults)
    return write_text(composed[0].document).rstrip() + "\n"


def accepted(name: str) -> str:
    """The accepted text, empty where there is none yet."""
    path = golden_path(name)
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def difference(name: str) -> Iterator[str]:
    """The lines that differ, as a unified diff."""
    old, new = accepted(name).splitlines(), current(name).splitlines()
    return difflib.unified_diff(old, new, f"{name} (accepted)", f"{name} (now)", lineterm="", n=2)


def main() -> int:
    """Show the differences; with `--accept` write what is there now. Exit code 1 if something differs and stays."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accept", action="store_true", help="rewrite the accepted texts")
    wanted = parser.parse_args()
    changed = []
    for name in names():
        lines = list(difference(name))
        if lines:
            changed.append(name)
            print(*lines, sep="\n")
            if wanted.accept:
                FOLDER.mkdir(exist_ok=True)
                golden_path(name).write_text(current(name), encoding="utf-8", newline="\n")
    for path in sorted(FOLDER.glob("*.txt")):
        if path.stem not in names():
            changed.append(path.stem)
            print(f"{path.name}: no longer a golden")
            if wanted.accept:
                path.unlink()
    print(f"{len(changed)} of {len(names())} differ" + (", accepted" if wanted.accept and changed else ""))
    return 1 if changed and not wanted.accept else 0


if __name__ == "__main__":
    raise SystemExit(main())
