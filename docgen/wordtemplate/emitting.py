"""From the stream of a filled template to the XML of a part. This runs for every document: no tree, no parser."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docgen.document import Gap, Picture, Proposed, Reference
from docgen.templating.builder import Fragment, LimitReached
from docgen.wordtemplate.modes import Mode, Plain

MAX_CHARACTERS = 50_000_000


class Emitter:
    """Collects the text of one part. `shared` holds what all parts of a document have in common."""

    __slots__ = ("counts", "mode", "out", "pictures", "shared", "size", "starts")

    def __init__(self, shared: Shared) -> None:
        self.out: list[str] = []
        self.mode: Mode = Plain()
        self.starts: list[int] = []
        self.counts: dict[int, int] = {}
        self.pictures: dict[str, str] = {}  # relationship id → media part
        self.shared = shared
        self.size = 0

    def play(self, events: Iterable[Any]) -> None:
        """Write a stream. Pairs are constant XML and the mode of the value after it, lists are steps.

        Raises:
            LimitReached: the output passes MAX_CHARACTERS.
        """
        append = self.out.append
        mode = self.mode
        size = self.size
        for event in events:
            kind = type(event)
            if kind is tuple:
                piece, after = event
                append(piece)
                size += len(piece)
                if after is not None:
                    mode = after
            elif kind is str:
                piece = mode.text(event)
                append(piece)
                size += len(piece)
            else:
                self.mode, self.size = mode, size
                self._other(event, kind)
                mode, size = self.mode, self.size
            if size > MAX_CHARACTERS:
                raise LimitReached
        self.mode, self.size = mode, size

    def _other(self, event: Any, kind: type) -> None:
        if kind is list:
            for step in event:
                if type(step) is tuple:
                    self.play((step,))
                else:
                    step.run(self)
        elif kind is Fragment:
            self.play(event)
        else:
            if kind is Gap:
                self.shared.gaps.append(event)
            elif kind is Proposed:
                self.shared.proposals.append(event)
            elif kind is Reference:
                self.shared.references[event.kind, event.target] = event
            piece = self.mode.special(event, self)
            self.out.append(piece)
            self.size += len(piece)

    def next_drawing(self) -> int:
        self.shared.drawings += 1
        return self.shared.drawings

    def picture(self, picture: Picture) -> str:
        """The run that shows a picture; its file becomes a part of the document."""
        from docgen.wordtemplate.pictures import picture_run

        name = self.shared.media_name(picture)
        identity = next((key for key, value in self.pictures.items() if value == name), "")
        if not identity:
            identity = f"rIdPicture{len(self.pictures) + 1}"
            self.pictures[identity] = name
        return picture_run(picture, identity, self.next_drawing())


class Shared:
    """What the parts of one document share: drawing ids, media, what was missing or proposed."""

    __slots__ = ("drawings", "gaps", "media", "proposals", "references")

    def __init__(self) -> None:
        self.drawings = 1000
        self.media: dict[bytes, tuple[str, Picture]] = {}
        self.gaps: list[Gap] = []
        self.proposals: list[Proposed] = []
        self.references: dict[tuple[str, str], Reference] = {}

    def media_name(self, picture: Picture) -> str:
        """The name below `word/` of a picture's part; equal pictures share one."""
        known = self.media.get(picture.data)
        if known is None:
            name = f"media/docgen{len(self.media) + 1}.{picture.format}"
            known = self.media[picture.data] = (name, picture)
        return known[0]
