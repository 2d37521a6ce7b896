"""Organisation charts and flowcharts as native Word shapes: one inline group of text boxes and connectors.

The connectors name the shapes and sites they join, and carry their own path, so Word, WPS and LibreOffice all draw
the same lines.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from docgen.document.model import Diagram, Node
from docgen.writers.docx import flow_drawing, tree_drawing
from docgen.writers.docx.geometry import INSET, Box, Drawing, Label, Line, Point, line_height
from docgen.writers.docx.markup import para_number
from docgen.writers.xmltext import escape, quoteattr

EMU_PER_MM = 36000
MAX_HEIGHT_MM = 212.0  # an A4 page in portrait less margins, heading and caption
EDGE = 0.5  # mm around the drawing, so that outer lines keep their full weight
_THIN = 0.1  # mm
_STEP = 0x9E3779B1  # spreads the ids of the paragraphs
LINE_COLOUR = "404040"
SHADE = "F2F2F2"
_PRESETS = {
    "box": "rect",
    "decision": "flowChartDecision",
    "terminal": "flowChartTerminator",
    "note": "foldedCorner",
}
_HEAD = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing>'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{w}" cy="{h}"/>'
    '<wp:effectExtent l="0" t="0" r="0" b="0"/>'
    '<wp:docPr id="{id}" name="Diagram {id}" descr={caption}/><wp:cNvGraphicFramePr/>'
    '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup">'
    '<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{w}" cy="{h}"/>'
    '<a:chOff x="0" y="0"/><a:chExt cx="{w}" cy="{h}"/></a:xfrm></wpg:grpSpPr>'
)
_TAIL = "</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent></w:r>"


def diagram_size(diagram: Diagram, width_mm: float, *, max_height_mm: float = MAX_HEIGHT_MM) -> tuple[float, float]:
    """Width and height in mm the diagram takes on a page with `width_mm` between the margins."""
    drawing = _draw(diagram, width_mm - 2 * EDGE, max_height_mm)
    return drawing.width + 2 * EDGE, drawing.height + 2 * EDGE


def diagram_xml(
    diagram: Diagram, *, width_mm: float, id_start: int, max_height_mm: float = MAX_HEIGHT_MM, base: int = 0
) -> tuple[str, int, list[int]]:
    """The run that draws `diagram`, the next free drawing id, and the ids of the paragraphs in it.

    Goes into a paragraph after its properties; the namespaces wp, a, wps, wpg, mc, w and w14 are declared on the
    root. Takes the drawing ids from `id_start` on; those of its paragraphs are made of `base`. Higher than
    `max_height_mm`, the texts get smaller, down to 8 pt.
    """
    return drawing_xml(diagram, _draw(diagram, width_mm - 2 * EDGE, max_height_mm), id_start, base)


def box_name(node: Node) -> str:
    """The name of a shape as a quoted attribute."""
    return quoteattr(node.text.replace("\n", " "))


def drawing_xml(
    diagram: Diagram, drawing: Drawing, id_start: int, base: int, name: Callable[[Node], str] = box_name
) -> tuple[str, int, list[int]]:
    """The same of a diagram that is placed already. `name` gives the quoted name of a node's shape."""
    parts = [
        _HEAD.format(
            w=_emu(drawing.width + 2 * EDGE),
            h=_emu(drawing.height + 2 * EDGE),
            id=id_start,
            caption=quoteattr(diagram.caption),
        )
    ]
    texts = _Paragraphs(base)
    ids = {node.id: id_start + 1 + number for number, node in enumerate(diagram.nodes)}
    following = id_start + 1 + len(ids)
    for line in drawing.lines:
        parts.append(_connector(line, following, ids))
        following += 1
    shaded = {diagram.nodes[0].id} if diagram.kind == "organization" and diagram.nodes else set()
    for id, box in drawing.boxes.items():
        parts.append(_shape(box, drawing, ids[id], name(box.node), id in shaded, texts))
    for label in drawing.labels:
        parts.append(_label(label, drawing, following, texts))
        following += 1
    parts.append(_TAIL)
    return "".join(parts), following, texts.ids


@lru_cache(maxsize=1)  # the size is asked for right after the drawing
def _draw(diagram: Diagram, width: float, max_height: float) -> Drawing:
    """Place everything within `width` mm, with the largest look that is no higher than `max_height` mm."""
    if diagram.kind == "flow":
        *larger, smallest = flow_drawing.LOOKS
        for look in larger:
            drawing = flow_drawing.draw_flow(diagram, width, look, max_height)
            if drawing.height <= max_height:
                return drawing
        return flow_drawing.draw_flow(diagram, width, smallest)
    *larger, smallest = tree_drawing.LOOKS
    for look in larger:
        drawing = tree_drawing.draw_tree(diagram, width, look)
        if drawing.height <= max_height:
            return drawing
    return tree_drawing.draw_tree(diagram, width, smallest)


def _emu(mm: float) -> int:
    return round(mm * EMU_PER_MM)


def _place(mm: float) -> int:
    return _emu(mm + EDGE)


def _xfrm(x: float, y: float, w: float, h: float, attributes: str = "") -> str:
    return (
        f'<a:xfrm{attributes}><a:off x="{_place(x)}" y="{_place(y)}"/><a:ext cx="{_emu(w)}" cy="{_emu(h)}"/></a:xfrm>'
    )


class _Paragraphs:
    """The paragraphs of the text boxes, with ids of their own."""

    def __init__(self, base: int) -> None:
        self.ids: list[int] = []
        self._base = base

    def paragraph(self, text: str, points: float, *, left: bool = False, bold: bool = False) -> str:
        number = para_number(self._base + (len(self.ids) + 5) * _STEP)
        self.ids.append(number)
        return f'<w:p w14:paraId="{number:08X}{_opening(points, left, bold)}{box_text(text)}</w:t></w:r></w:p>'


def box_text(text: str) -> str:
    """A text of a box as it stands inside an open `w:t`."""
    return escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')


@lru_cache(maxsize=64)
def _opening(points: float, left: bool, bold: bool) -> str:
    """What stands between the id of a paragraph and its text."""
    size = round(points * 2)
    spacing = round(line_height(points) / 25.4 * 1440)
    return (
        f'" w14:textId="77777777"><w:pPr><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:beforeLines="0" w:after="0" w:afterLines="0" w:line="{spacing}" '
        f'w:lineRule="exact"/><w:ind w:left="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/>'
        f'<w:jc w:val="{"left" if left else "center"}"/></w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia"/>'
        f'{"<w:b/>" if bold else ""}<w:color w:val="000000"/><w:sz w:val="{size}"/>'
        f'<w:szCs w:val="{size}"/></w:rPr><w:t xml:space="preserve">'
    )


def _shape(box: Box, drawing: Drawing, id: int, name: str, shaded: bool, texts: _Paragraphs) -> str:
    node, look = box.node, drawing.look
    text = texts.paragraph(box.text, box.points, bold=shaded)
    if box.sub:
        text += texts.paragraph(box.sub, look.sub)
    fill = SHADE if shaded or node.shape == "terminal" else "FFFFFF"
    inset = 0 if node.shape in ("decision", "terminal") else _emu(INSET)
    return (
        f'<wps:wsp><wps:cNvPr id="{id}" name={name}/><wps:cNvSpPr/><wps:spPr>'
        f"{_xfrm(box.x, box.y, box.w, box.h)}"
        f'<a:prstGeom prst="{_PRESETS[node.shape]}"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>'
        f'<a:ln w="9525"><a:solidFill><a:srgbClr val="{LINE_COLOUR}"/></a:solidFill><a:miter lim="800000"/>'
        f"</a:ln></wps:spPr><wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>"
        f'<wps:bodyPr rot="0" vert="horz" wrap="square" lIns="{inset}" tIns="0" rIns="{inset}" bIns="0" '
        'anchor="ctr" anchorCtr="0"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )


def _label(label: Label, drawing: Drawing, id: int, texts: _Paragraphs) -> str:
    return (
        f'<wps:wsp><wps:cNvPr id="{id}" name={quoteattr(label.text)}/><wps:cNvSpPr txBox="1"/><wps:spPr>'
        f"{_xfrm(label.x, label.y, label.w, label.h)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        "<wps:txbx><w:txbxContent>"
        f"{texts.paragraph(label.text, drawing.look.sub, left=True)}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr rot="0" vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr" '
        'anchorCtr="0"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )


def _connector(line: Line, id: int, ids: dict[str, int]) -> str:
    xfrm, preset, guides = _bent(line.points)
    head = '<a:tailEnd type="triangle" w="med" len="med"/>' if line.arrow else ""
    return (
        f'<wps:wsp><wps:cNvPr id="{id}" name="Connector {id}"/><wps:cNvCnPr>'
        f'<a:stCxn id="{ids[line.source]}" idx="{line.source_site}"/>'
        f'<a:endCxn id="{ids[line.target]}" idx="{line.target_site}"/></wps:cNvCnPr><wps:spPr>{xfrm}'
        f'<a:prstGeom prst="{preset}"><a:avLst>{guides}</a:avLst></a:prstGeom><a:noFill/>'
        f'<a:ln w="9525"><a:solidFill><a:srgbClr val="{LINE_COLOUR}"/></a:solidFill><a:miter lim="800000"/>'
        f"{head}</a:ln></wps:spPr><wps:bodyPr/></wps:wsp>"
    )


def _bent(points: tuple[Point, ...]) -> tuple[str, str, str]:
    """Transform, preset geometry and adjustments of a path of horizontal and vertical pieces.

    The presets run from the top left to the bottom right of their frame, first horizontally; a path that goes
    another way is that preset flipped, and turned by a quarter where it starts vertically.
    """
    (ax, ay), (bx, by) = points[0], points[-1]
    dx, dy = bx - ax, by - ay
    pieces = len(points) - 1
    if pieces > 2:
        # an adjustment is a share of the frame, so the frame may not be empty
        dx, dy = (side if abs(side) > _THIN else _THIN for side in (dx, dy))
        bx, by = ax + dx, ay + dy
    if pieces == 1:
        flips = (' flipH="1"' if dx < -0.01 else "") + (' flipV="1"' if dy < -0.01 else "")
        frame = _xfrm(min(ax, bx), min(ay, by), abs(dx), abs(dy), flips)
        return frame, "straightConnector1", ""
    upright = abs(points[1][0] - ax) < 0.01
    # local frame: u along the first piece, v across it
    du, dv = (dy, dx) if upright else (dx, dy)
    signs = [point[1] - ay if upright else point[0] - ax for point in points]
    crosses = [point[0] - ax if upright else point[1] - ay for point in points]
    guides = "".join(
        f'<a:gd name="adj{number}" fmla="val {round(part / whole * 100000)}"/>'
        for number, (part, whole) in enumerate(
            ((crosses[n], dv) if n % 2 == 0 else (signs[n], du) for n in range(1, pieces - 1)), 1
        )
    )
    if upright:
        # a quarter turn clockwise takes u to the page's down and v to its left
        flips = ' rot="5400000"' + (' flipH="1"' if du < 0 else "") + (' flipV="1"' if dv >= 0 else "")
        cx, cy = (ax + bx) / 2, (ay + by) / 2
        frame = _xfrm(cx - abs(du) / 2, cy - abs(dv) / 2, abs(du), abs(dv), flips)
    else:
        flips = (' flipH="1"' if du < 0 else "") + (' flipV="1"' if dv < 0 else "")
        frame = _xfrm(min(ax, bx), min(ay, by), abs(dx), abs(dy), flips)
    return frame, f"bentConnector{pieces}", guides
