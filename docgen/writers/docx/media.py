"""Pictures and drawings of one document: parts, relationships, drawing ids."""

from __future__ import annotations

from docgen.document.model import Picture
from docgen.writers.docx.markup import escape
from docgen.writers.package import Member, member

EMU_PER_MM = 36000


class Media:
    """Gathers the pictures of one document; the same bytes become one part."""

    def __init__(self, first_id: int = 1) -> None:
        self.members: list[Member] = []
        self.targets: list[tuple[str, str]] = []  # (relationship id, target)
        self.charts: list[list[Member]] = []  # the parts of each chart
        self.next_id = first_id
        self._known: dict[bytes, str] = {}

    def take_id(self, count: int = 1) -> int:
        """The first of `count` free drawing ids."""
        first = self.next_id
        self.next_id += count
        return first

    def _relation(self, picture: Picture) -> str:
        found = self._known.get(picture.data)
        if found is None:
            number = len(self.targets) + 1
            target = f"media/picture{number}.{picture.format}"
            found = self._known[picture.data] = f"rIdImage{number}"
            self.targets.append((found, target))
            self.members.append(member(f"word/{target}", picture.data, store=True))
        return found

    def picture(self, picture: Picture) -> str:
        """The run that shows `picture` in the line."""
        relation = self._relation(picture)
        number = self.take_id()
        cx, cy = round(picture.width_mm * EMU_PER_MM), round(picture.height_mm * EMU_PER_MM)
        alt = escape(picture.alt)
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{cx}" cy="{cy}"/>'
            f'<wp:docPr id="{number}" name="Picture {number}" descr="{alt}"/>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
            f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}" descr="{alt}"/>'
            "<pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )
