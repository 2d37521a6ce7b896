"""What a stream of a Word template yields: finished XML, modes, steps, packed into few pieces."""

from __future__ import annotations

from docgen.records import dataclass
from docgen.wordtemplate.modes import Mode


@dataclass(frozen=True, slots=True)
class Xml:
    """Finished XML."""

    text: str


def pack_group(items: tuple[object, ...], constant: type) -> object:
    """A group of ops as the emitter plays it: (XML, mode of the next value), or a list of such pairs and steps."""
    steps: list[object] = []
    text: list[str] = []
    mode: Mode | None = None

    def close() -> None:
        nonlocal mode
        if text or mode is not None:
            steps.append(("".join(text), mode))
            text.clear()
            mode = None

    for item in items:
        if isinstance(item, Mode):
            mode = item
        elif type(item) is constant:
            words: str = item.text  # type: ignore[attr-defined]
            text.append(mode.text(words) if mode else words)
        elif isinstance(item, Xml):
            text.append(item.text)
        else:
            close()
            steps.append(item)
    close()
    if not steps:
        return ("", None)
    if len(steps) == 1 and type(steps[0]) is tuple:
        return steps[0]
    return steps
