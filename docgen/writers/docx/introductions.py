"""What stands between text and the table, figure or list it introduces: no page break, and a little room."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.writers.docx.looks import Look
from docgen.writers.layout import Flow

INTRODUCING = ("body", "body-noindent")  # roles of paragraphs that stay with what they introduce
COLON = "\uff1a</w:t></w:r></w:p>".encode()  # how a paragraph ends that introduces a list
_SHORT = 3  # lines of a paragraph that stays; LibreOffice moves it whole
_START = len(b'<w:p w14:paraId="00000000">')


def keep_introduction(out: list[bytes], flow: list[Flow], looks: Sequence[Look]) -> None:
    """Keep the paragraph written last on the page of what follows if it is a short one of these looks."""
    if not flow or not 0 < flow[-1][0] <= _SHORT:
        return
    for look in looks:
        if out[-1].startswith(look.opening, _START):
            out[-1] = out[-1].replace(look.opening, look.kept, 1)
            flow[-1] = (*flow[-1][:4], True, *flow[-1][5:])


def ends_in_text(flow: Sequence[Flow], gap: Look) -> bool:
    """True if text without room below it was written last."""
    lines, height, _, after = flow[-1][:4] if flow else (0, 0.0, 0.0, 0.0)
    return bool(lines) and height > gap.height > after
