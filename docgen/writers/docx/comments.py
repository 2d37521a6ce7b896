"""Review comments: what a gap in the text needs, and which profile field fills it."""

from __future__ import annotations

from collections.abc import Callable

from docgen.document.model import Gap
from docgen.writers.docx.markup import DECLARATION, ROOT_ATTRIBUTES, checksum, escape, para_id
from docgen.writers.docx.theme import Theme


class Comments:
    """Gathers the comments of one document. `note(gap)` gives further lines, "" for none."""

    def __init__(self, theme: Theme, note: Callable[[Gap], str] | None) -> None:
        self._note = note
        self._words = theme.words
        self._style = theme.paragraphs.get("comment", "")
        self._mark = theme.characters.get("comment-reference", "")
        self._comments: list[str] = []

    def __len__(self) -> int:
        return len(self._comments)

    def around(self, gap: Gap, run: str) -> str:
        """`run` with a comment on it."""
        number = len(self._comments)
        lines = [gap.label, self._words["gap_field"].format(key=gap.key)]
        if gap.help:
            lines.append(gap.help)
        if self._note:
            lines += self._note(gap).splitlines()
        style = f'<w:pPr><w:pStyle w:val="{self._style}"/></w:pPr>' if self._style else ""
        base = checksum(f"comment:{number}")
        opening = f'{style}<w:r><w:t xml:space="preserve">'
        paragraphs = "".join(
            f'<w:p w14:paraId="{para_id(base + n)}">{opening}{escape(line)}</w:t></w:r></w:p>'
            for n, line in enumerate(lines)
        )
        author = escape(self._words["comment_author"])
        self._comments.append(
            f'<w:comment w:id="{number}" w:author="{author}" w:initials="{author[:1]}">{paragraphs}</w:comment>'
        )
        mark = f'<w:rPr><w:rStyle w:val="{self._mark}"/></w:rPr>' if self._mark else ""
        return (
            f'<w:commentRangeStart w:id="{number}"/>{run}<w:commentRangeEnd w:id="{number}"/>'
            f'<w:r>{mark}<w:commentReference w:id="{number}"/></w:r>'
        )

    def part(self) -> bytes:
        """comments.xml."""
        return f"{DECLARATION}<w:comments {ROOT_ATTRIBUTES}>{''.join(self._comments)}</w:comments>".encode()
