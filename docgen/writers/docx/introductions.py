"""What stays together on a page: text and the table, figure or list it introduces, the end of a table and what closes
it."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.writers.docx.looks import Look
from docgen.writers.layout import Flow

INTRODUCING = ("body", "body-noindent")  # roles of paragraphs that stay with what they introduce
COLON = "\uff1a</w:t></w:r></w:p>".encode()  # how a paragraph ends that introduces a list
_SHORT = 3  # lines of a paragraph that stays; LibreOffice moves it whole
KEEP = b"<w:keepNext/>"
_REACH = 4  # paragraphs between a table and the end of the document
_SEALED = 2  # paragraphs that stay with a line to sign, the room before it among them
_LEAST_END = 110.0  # points of a last page
_LOWEST = b'<w:spacing w:line="20" w:lineRule="exact"/>'
_START = len(b'<w:p w14:paraId="00000000">')


def keep_introduction(out: list[bytes], flow: list[Flow], looks: Sequence[Look]) -> None:
    """Keep the paragraph written last on the page of what follows if it is a short one of these looks."""
    if not flow or not 0 < flow[-1][0] <= _SHORT:
        return
    for look in looks:
        if out[-1].startswith(look.opening, _START):
            out[-1] = out[-1].replace(look.opening, look.kept, 1)
            flow[-1] = kept_piece(flow[-1])


def ends_in_text(flow: Sequence[Flow], gap: Look) -> bool:
    """True if text without room below it was written last."""
    lines, height, _, after = flow[-1][:4] if flow else (0, 0.0, 0.0, 0.0)
    return bool(lines) and height > gap.height > after


def keep_ending(out: list[bytes], flow: list[Flow], seal: tuple[int, int, int], row: Look) -> None:
    """Keep the last row of a table, and what follows it, with the end of the document: a line to sign or a note does
    not stand on a page alone. Without a table before it a line to sign keeps the text it follows. `seal` is the last
    table kept whole: its places in `out` and `flow`, and its end; `row` is the look of cells."""
    at, piece, end = seal
    sealed = end == len(out)
    if not sealed:
        if not flow or flow[-1][0] > _SHORT:
            return
        at, piece = len(out) - 1, len(flow) - 1
    at, piece = at - 1, piece - 1
    paragraphs: list[tuple[int, int]] = []
    while at > 0 and len(paragraphs) < _REACH and _is_short(out[at], flow[piece]):
        paragraphs.append((at, piece))
        at, piece = at - 1, piece - 1
    if paragraphs and out[at] == b"</w:tbl>":
        out[at - 1] = kept_row(out[at - 1], row)
        flow[piece] = kept_piece(flow[piece])
    else:
        paragraphs = paragraphs[: _SEALED if sealed else 0]
    for place, number in paragraphs:
        out[place] = kept_paragraph(out[place])
        flow[number] = kept_piece(flow[number])


def fill_ending(out: list[bytes], flow: list[Flow], row: Look) -> None:
    """Keep so much of the end together that no page is begun for two or three lines."""
    at, piece, height = len(out), len(flow), 0.0
    while piece > 0 and at > 0:
        at -= 1
        xml = out[at]
        if xml.startswith((b"</w:tbl>", b"<w:tbl>")):
            continue
        piece -= 1
        lines, line, before, below, keep_next, _, _, page_break, _ = flow[piece]
        if height and not keep_next:
            if xml.startswith(b"<w:tr>"):
                out[at] = kept_row(xml, row)
            elif _is_short(xml, flow[piece]):
                out[at] = kept_paragraph(xml)
            else:
                return
            flow[piece] = kept_piece(flow[piece])
        height += lines * line + before + below
        if height > _LEAST_END or page_break or not lines or b"<w:sectPr" in xml or xml.startswith(b"<w:sdt"):
            return


def lower_ending(out: list[bytes], gap: Look) -> None:
    """Make the paragraph that has to follow a table at the end of the document as low as can be, so that it starts no
    page of its own where the table fills the last one."""
    if out and out[-1].startswith(gap.opening, _START):
        out[-1] = out[-1].replace(gap.opening, gap.head + _LOWEST + b"</w:pPr>", 1)


def _is_short(xml: bytes, piece: Flow) -> bool:
    """True for a paragraph of few lines that is no heading and ends no section."""
    return xml.startswith(b"<w:p ") and b"<w:sectPr" not in xml and piece[6] < 0 and piece[0] <= _SHORT


def kept_paragraph(xml: bytes) -> bytes:
    """A paragraph, kept with the next one."""
    return xml if KEEP in xml else xml.replace(b'"/>', b'"/>' + KEEP, 1)  # behind the style


def kept_piece(piece: Flow) -> Flow:
    """The piece of a page, kept with the next one."""
    return (*piece[:4], True, *piece[5:])


def kept_row(xml: bytes, look: Look) -> bytes:
    """A row of cells in this look, kept with the next one."""
    return xml if KEEP in xml else xml.replace(look.head, look.head + KEEP)
