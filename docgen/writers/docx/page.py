"""Page geometry of a theme: mm in theme.yaml, twips (1/20 point) in WordprocessingML."""

from __future__ import annotations

from docgen.records import dataclass

TWIPS_PER_MM = 1440 / 25.4


_LEAST = 4000  # of text in either direction, 70 mm
_MOST = 31_680  # 22 inches, as Word has it


def twips(mm: float) -> int:
    return round(mm * TWIPS_PER_MM)


@dataclass(frozen=True, slots=True)
class Page:
    """A page in one orientation; all lengths in twips."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    header: int
    footer: int
    grid: str = ""  # a `w:docGrid`, if the theme has one

    @property
    def text_width(self) -> int:
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        return self.height - self.top - self.bottom

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    @property
    def usable(self) -> bool:
        """True if there is room for text on the sheet, upright and turned, and Word can hold it."""
        sheet = (self.width, self.height)
        text = (self.text_width, self.text_height)
        return max(sheet) <= _MOST and min(text) >= _LEAST and min(self.header, self.footer) >= 0

    def turned(self) -> Page:
        """The same sheet in landscape, bound at its top so that the set stays in one binder."""
        return Page(self.height, self.width, self.left, self.top, self.right, self.bottom, self.header, self.footer)

    def section(self, references: str, *, continued: bool = True) -> str:
        """The `w:sectPr` of a section on such pages; `references` names its headers and footers."""
        orient = ' w:orient="landscape"' if self.landscape else ""
        kind = '<w:type w:val="nextPage"/>' if continued else ""
        return (
            f"<w:sectPr>{references}{kind}"
            f'<w:pgSz w:w="{self.width}" w:h="{self.height}"{orient}/>'
            f'<w:pgMar w:top="{self.top}" w:right="{self.right}" w:bottom="{self.bottom}" w:left="{self.left}" '
            f'w:header="{self.header}" w:footer="{self.footer}" w:gutter="0"/>'
            f'<w:cols w:space="425"/>{self.grid}</w:sectPr>'
        )
