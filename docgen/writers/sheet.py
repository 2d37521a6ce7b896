"""A small SpreadsheetML writer: workbooks with the same bytes for the same content.

Text is written as text, so nothing a person typed is ever read as a formula; only `Formula` values are.
Columns and rows count from 1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from docgen.writers.package import Member, Piece, joined, pack, piece
from docgen.writers.sheet_model import (
    ROW,
    SERIAL,
    AnyEntry,
    Choice,
    Entry,
    Format,
    Formula,
    Line,
    Mark,
    NumberFormat,
    Sheet,
    Value,
    letters,
)
from docgen.writers.sheet_package import DECLARATION, frame, kept_part, part
from docgen.writers.sheet_rules import fills_of, fills_text, links_text, marks_text, rules_text
from docgen.writers.xmltext import escape, quoteattr

__all__ = [
    "ROW",
    "SERIAL",
    "AnyEntry",
    "Choice",
    "Entry",
    "Format",
    "Formula",
    "Line",
    "Mark",
    "NumberFormat",
    "Sheet",
    "Value",
    "letters",
    "write_workbook",
]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NUMBER_FORMATS = {"general": 0, "text": 49, "percent": 10, "money": 4, "date": 164, "datetime": 165, "time": 20}
_NUMBER_FORMATS["month"] = 166
_OWN_FORMATS = {164: "yyyy\\-mm\\-dd", 165: "yyyy\\-mm\\-dd\\ hh:mm", 166: "yyyy\\-mm"}
_YES = '"1"'
_HIDDEN = {False: "", True: ' state="hidden"'}
_FONT = "Microsoft YaHei"
STRINGS = "xl/sharedStrings.xml"
_LONGEST = 32767  # characters Excel takes in one cell
FORMULA_SIGNS = frozenset("=+-@\t\r")
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """The .xlsx file with `sheets`. Their names are made legal and distinct."""
    members, strings, bodies = parts_of(sheets)
    return pack((*members, part(STRINGS, strings.part()), *(body.member() for body in bodies)))


def parts_of(sheets: Sequence[Sheet]) -> tuple[tuple[Member, ...], Strings, list[Body]]:
    """What stands before the texts, the texts, and the sheets."""
    names = _names([sheet.name for sheet in sheets])
    sheets, names = _with_lists(list(sheets), names)
    styles, strings = _Styles(), Strings()
    fills = fills_of([mark for sheet in sheets for mark in sheet.marks])
    bodies = [_worksheet(n, sheet, styles, strings, fills) for n, sheet in enumerate(sheets, 1)]
    types, package, relations, theme = frame(len(sheets), _FONT)
    book = kept_part("xl/workbook.xml", _workbook(sheets, names))
    return (types, package, book, relations, _styles_part(tuple(styles.formats), fills), theme), strings, bodies


class Body(NamedTuple):
    """A worksheet: what stands before the page foot, and the rest. It is packed in these pieces, whether others have
    the first in common with it or not, so that a workbook is the same file either way."""

    name: str
    above: list[bytes | Piece]
    foot: str
    below: str

    def member(self) -> Member:
        return joined(self.name, *self.above, last=f"{self.foot}{self.below}".encode())


def _names(wanted: Sequence[str]) -> list[str]:
    result: list[str] = []
    for name in wanted:
        clean = _NOT_IN_NAMES.sub(" ", _BAD.sub("", name)).strip().strip("'")[:31] or "Sheet"
        number, made = 1, clean
        while made.lower() in (other.lower() for other in result):
            number += 1
            made = f"{clean[: 31 - len(str(number)) - 1]}_{number}"
        result.append(made)
    return result


def _with_lists(sheets: list[Sheet], names: list[str]) -> tuple[list[Sheet], list[str]]:
    """Answers that do not fit into a rule stand on a hidden sheet the rule points to."""
    columns: dict[tuple[str, ...], int] = {}
    lists = _names([*names, "lists"])[-1]
    for number, sheet in enumerate(sheets):
        choices = []
        for choice in sheet.choices:
            if not _fits(choice.options):
                column = letters(columns.setdefault(choice.options, len(columns) + 1))
                area = f"{lists}!${column}$1:${column}${len(choice.options)}"
                choice = replace(choice, options=("=" + area,))
            choices.append(choice)
        sheets[number] = replace(sheet, choices=choices)
    if not columns:
        return sheets, names
    text = Format(number="text")
    rows = max(len(options) for options in columns)
    lines = [
        Line([Entry(column, options[row], text) for options, column in columns.items() if row < len(options)])
        for row in range(rows)
    ]
    return [*sheets, Sheet(lists, lines, hidden=True)], [*names, lists]


def _fits(options: tuple[str, ...]) -> bool:
    """Whether the answers can stand in the rule itself: 255 characters, no commas or quotes."""
    return len(",".join(options)) <= 255 and not any(
        "," in option or '"' in option or option.startswith("=") or option != option.strip() for option in options
    )


def cell_text(text: str) -> str:
    """A text as it stands in a cell."""
    plain = len(text) <= _LONGEST and not ("&" in text or "<" in text or ">" in text or "_x" in text)
    if plain and (text.isprintable() or not ("\r" in text or _BAD.search(text))):
        return text
    kept = _ESCAPE.sub("_x005F_", _BAD.sub("", text)[:_LONGEST])
    return escape(kept.replace("\r", "_x000D_"))  # as Excel writes what XML takes for the end of a line


class _Styles:
    """The formats in use, each once, in the order of first use."""

    def __init__(self) -> None:
        self.formats: dict[Format, int] = {Format(wrap=False): 0}
        self.seen: dict[int, tuple[str, Format]] = {}  # by identity: most cells of a column share one format

    def add(self, format: Format) -> tuple[str, Format]:
        """The end of the start tag of a cell in this format."""
        made = f'" s="{self.formats.setdefault(format, len(self.formats))}"'
        seen = self.seen[id(format)] = (made, format)
        return seen


@lru_cache(maxsize=64)
def _styles_part(formats: tuple[Format, ...], marked: tuple[str, ...]) -> Member:
    """The part with these formats; most workbooks have the same few."""
    fonts, fills = {(False, 10.0, ""): 0}, {"": 0, "gray": 1}
    for format in formats:
        fonts.setdefault((format.bold, float(format.size), format.color), len(fonts))
        fills.setdefault(format.fill, len(fills))
    font_rows = "".join(
        f'<font>{"<b/>" if bold else ""}<sz val="{size:g}"/><color rgb="FF{color or "000000"}"/><name val="{_FONT}"/>'
        '<family val="2"/><charset val="134"/></font>'
        for bold, size, color in fonts
    )
    fill_rows = "".join(
        f'<fill><patternFill patternType="{"none" if not fill else "gray125"}"/></fill>'
        if fill in ("", "gray")
        else f'<fill><patternFill patternType="solid"><fgColor rgb="FF{fill}"/></patternFill></fill>'
        for fill in fills
    )
    side = '<{0} style="thin"><color rgb="FF7F7F7F"/></{0}>'
    lines = "".join(side.format(name) for name in ("left", "right", "top", "bottom"))
    numbers = "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in _OWN_FORMATS.items())
    rows = "".join(_format_row(f, fonts[f.bold, float(f.size), f.color], fills[f.fill]) for f in formats)
    return part(
        "xl/styles.xml",
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(_OWN_FORMATS)}">{numbers}</numFmts>'
        f'<fonts count="{len(fonts)}">{font_rows}</fonts><fills count="{len(fills)}">{fill_rows}</fills>'
        '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
        f"<border>{lines}<diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(formats)}">{rows}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        f"{fills_text(marked)}</styleSheet>",
    )


def _format_row(format: Format, font: int, fill: int) -> str:
    align = f' horizontal="{format.align}"' if format.align else ""
    quoted = ' quotePrefix="1"' if format.quoted else ""
    wrap = ' wrapText="1"' if format.wrap else ""
    return (
        f'<xf numFmtId="{_NUMBER_FORMATS[format.number]}" fontId="{font}" fillId="{fill}" '
        f'borderId="{int(format.border)}" xfId="0"{quoted}'
        ' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<alignment{align} vertical="center"{wrap}/></xf>'
    )


class Strings:
    """The texts of all cells, each once."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        self.met: dict[str, str] = {}  # what stands in their cells, before they are made fit for XML
        self.uses = 0

    def add(self, text: str) -> str:
        """The rest of a cell with this text."""
        number = self.known.setdefault(cell_text(text), len(self.known))
        content = self.met[text] = f' t="s"><v>{number}</v></c>'
        return content

    def part(self) -> str:
        items = '</t></si><si><t xml:space="preserve">'.join(self.known)
        items = f'<si><t xml:space="preserve">{items}</t></si>' if self.known else ""
        return f'<sst xmlns="{_MAIN}" count="{self.uses}" uniqueCount="{len(self.known)}">{items}</sst>'


def _cells(row: str, cells: Sequence[AnyEntry], styles: _Styles, strings: Strings) -> str:
    """The cells of a row, in the order of their columns."""
    made = []
    seen, met = styles.seen, strings.met
    for column, value, format in cells:
        if isinstance(value, str) and value:
            if value[0] in FORMULA_SIGNS:
                format = format._replace(quoted=True)
            content = met.get(value) or strings.add(value)
            strings.uses += 1
        elif value is None or value == "":
            content = "/>"
        elif value is SERIAL:
            content = f"><v>{SERIAL.text}</v></c>"
        elif isinstance(value, Formula):
            content = f"><f>{escape(value.text)}</f></c>"
        else:
            content = f"><v>{value!r}</v></c>"
        style, _ = seen.get(id(format)) or styles.add(format)
        made.append(f'<c r="{letters(column)}{row}{style}{content}')
    return "".join(made)


@lru_cache(maxsize=64)
def _alike(cells: str, first: int, serial: int, count: int) -> Piece:
    """Rows that differ in their numbers only; those of a form are the same for many companies."""
    texts = [text.split(ROW) for text in f'<row r="{ROW}">{cells}</row>'.split(SERIAL.text)]
    rows = [str(serial + n).join([str(first + n).join(text) for text in texts]) for n in range(count)]
    return piece("".join(rows).encode("utf-8"))


def _worksheet(number: int, sheet: Sheet, styles: _Styles, strings: Strings, fills: Sequence[str]) -> Body:
    name = f"xl/worksheets/sheet{number}.xml"
    count = sum(line.count for line in sheet.lines)
    last = letters(max((line.cells[-1][0] for line in sheet.lines if line.cells), default=1))
    area = f"A1:{last}{max(count, 1)}"
    pane = (
        f'<pane ySplit="{sheet.frozen}" topLeftCell="A{sheet.frozen + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="A{sheet.frozen + 1}" sqref="A{sheet.frozen + 1}"/>'
        if sheet.frozen
        else ""
    )
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{width:g}" customWidth="1"{" hidden=" + _YES if n in sheet.unseen else ""}/>'
        for n, width in enumerate(sheet.widths, 1)
    )
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in sheet.merged)
    pieces: list[bytes | Piece] = []
    texts = [
        DECLARATION,
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
        f'<dimension ref="{area}"/><sheetViews><sheetView showGridLines="0" workbookViewId="0">{pane}',
        '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="18" customHeight="1"/>',
        f"<cols>{widths}</cols><sheetData>" if widths else "<sheetData>",
    ]
    number = 1
    for line in sheet.lines:
        if line.serial:
            alike = _alike(_cells(ROW, line.cells, styles, strings), number, line.serial, line.count)
            pieces += ("".join(texts).encode("utf-8"), alike)
            texts = []
        else:
            height = f' ht="{line.height:g}" customHeight="1"' if line.height else ""
            height += " hidden=" + _YES if line.hidden else ""
            texts.append(f'<row r="{number}"{height}>{_cells(str(number), line.cells, styles, strings)}</row>')
        number += line.count
    texts += (
        "</sheetData>",
        f'<autoFilter ref="{sheet.filtered}"/>' if sheet.filtered else "",
        f'<mergeCells count="{len(sheet.merged)}">{merged}</mergeCells>' if merged else "",
        marks_text(sheet.marks, fills),
        rules_text(sheet.choices),
        links_text(sheet.links),
        '<printOptions horizontalCentered="1"/>',
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/>',
        f'<pageSetup paperSize="9" orientation="{"landscape" if sheet.landscape else "portrait"}" '
        f'fitToWidth="{sheet.across}" fitToHeight="0"/>',
        "<headerFooter><oddFooter>",
    )
    below = (
        "</oddFooter></headerFooter>"
        f'<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors></worksheet>'
    )
    return Body(name, [*pieces, "".join(texts).encode("utf-8")], foot_text(sheet.footer), below)


def foot_text(left: str) -> str:
    """A page foot with a text at the left: `&` starts a code there, and a number after one would be a font size."""
    if left:
        left = "&L " + _BAD.sub("", left).replace("&", "&&").replace("\n", " ")[:120]
    return escape(left + "&R&P / &N")


def _workbook(sheets: Sequence[Sheet], names: Sequence[str]) -> str:
    rows = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}"{_HIDDEN[sheet.hidden]} r:id="rId{n}"/>'
        for n, (sheet, name) in enumerate(zip(sheets, names, strict=True), 1)
    )
    defined = ""
    for number, (sheet, name) in enumerate(zip(sheets, names, strict=True)):
        quoted = "'" + name.replace("'", "''") + "'"
        if sheet.filtered:
            # Excel keeps the area of a filter under this name and repairs files that lack it
            area = re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", sheet.filtered)
            defined += (
                f'<definedName name="_xlnm._FilterDatabase" localSheetId="{number}" hidden="1">'
                f"{escape(quoted)}!{area}</definedName>"
            )
        if sheet.repeated:
            first, last = sheet.repeated
            beside = f"{escape(quoted)}!$A:$C," if sheet.across > 1 else ""
            defined += (
                f'<definedName name="_xlnm.Print_Titles" localSheetId="{number}">'
                f"{beside}{escape(quoted)}!${first}:${last}</definedName>"
            )
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{rows}</sheets>{f'<definedNames>{defined}</definedNames>' if defined else ''}"
        '<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>'
    )
