"""Pictures as values: read, checked, measured, written."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Literal

from docgen.document import Picture
from docgen.writers.docx.markup import escape

MAX_PICTURE_BYTES = 20_000_000
MAX_PIXELS = 100_000_000
DEFAULT_WIDTH_MM = 30.0
_EMU_PER_MM = 36000
_PNG = b"\x89PNG\r\n\x1a\n"


class BadPicture(ValueError):
    """A picture that is not there, not PNG or JPEG, or damaged. `reason` is a row of the message table."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name, self.reason = name, reason


def load_picture(name: str, folder: Path | None, width_mm: float = 0, height_mm: float = 0, alt: str = "") -> Picture:
    """A picture file named in a profile, relative to the profile's folder. One side given keeps the proportions.

    Raises:
        BadPicture: missing, outside the folder, too large, not PNG or JPEG, damaged.
    """
    if folder is None:
        raise BadPicture(name, "W202")
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise BadPicture(name, "W201")
    try:
        if path.stat().st_size > MAX_PICTURE_BYTES:
            raise BadPicture(name, "W203")
        data = path.read_bytes()
    except OSError as error:
        raise BadPicture(name, "W202") from error
    try:
        format, width, height = measure(data)
    except (ValueError, struct.error, IndexError) as error:
        raise BadPicture(name, "W204") from error
    if not width or not height or width * height > MAX_PIXELS:
        raise BadPicture(name, "W203" if width and height else "W204")
    if width_mm <= 0 and height_mm <= 0:
        width_mm = DEFAULT_WIDTH_MM
    if width_mm <= 0:
        width_mm = height_mm * width / height
    if height_mm <= 0:
        height_mm = width_mm * height / width
    return Picture(data, format, width_mm, height_mm, alt)


def measure(data: bytes) -> tuple[Literal["png", "jpeg"], int, int]:
    """Format, width and height in pixels. Raises ValueError, struct.error or IndexError for anything else."""
    if data.startswith(_PNG):
        if data[12:16] != b"IHDR" or b"IEND" not in data[-16:]:
            raise ValueError("png")
        width, height = struct.unpack(">II", data[16:24])
        return "png", width, height
    if not data.startswith(b"\xff\xd8\xff"):
        raise ValueError("format")
    position = 2
    while True:
        if data[position] != 0xFF:
            raise ValueError("jpeg")
        code = data[position + 1]
        if code == 0xFF:
            position += 1
            continue
        if code in (0x01, *range(0xD0, 0xD9)):
            position += 2
            continue
        (length,) = struct.unpack(">H", data[position + 2 : position + 4])
        if 0xC0 <= code <= 0xCF and code not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return "jpeg", width, height
        if length < 2 or code == 0xDA:
            raise ValueError("jpeg")
        position += 2 + length


def picture_run(picture: Picture, relation: str, number: int) -> str:
    """The run that shows a picture in the line. Namespaces are declared in it: a part may not know them."""
    cx, cy = round(picture.width_mm * _EMU_PER_MM), round(picture.height_mm * _EMU_PER_MM)
    alt = escape(" ".join(picture.alt.split()))
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{drawing}wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{number}" name="Picture {number}" descr="{alt}"/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{drawing}main" noChangeAspect="1"/>'
        "</wp:cNvGraphicFramePr>"
        f'<a:graphic xmlns:a="{drawing}main"><a:graphicData uri="{drawing}picture">'
        f'<pic:pic xmlns:pic="{drawing}picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{office}" r:embed="{relation}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
