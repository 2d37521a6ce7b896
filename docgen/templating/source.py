"""From the author's text to Jinja source: literal text becomes marks for operations, line for line.

`translate` keeps every Jinja tag and every newline where it was, so Jinja's own line numbers are the author's.
Between them stand only marks `\\x01<n>\\x02`, numbers of operations; no literal text ever reaches the output.
"""

from __future__ import annotations

import re
from hashlib import blake2b

from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.document import CHART_KINDS, Cell, Origin, PageBreak, Paragraph, Row, Section
from docgen.records import dataclass
from docgen.templating import ops, tableops
from docgen.templating.builder import CHART, MERGE_LEFT, MERGE_UP, Builder
from docgen.templating.lines import (
    Piece,
    read_aligns,
    read_table_words,
    read_words,
    split_front,
    split_lines,
    strip_cell,
    unclosed_tag,
)

_HEADING = re.compile(r"(#{1,4})\s+((?:\{[^{}%]*\}\s*)*)(.*)$")
_ATTRIBUTE = re.compile(r"\{([^{}]*)\}")
_ITEM = re.compile(r"( *)(-|\d+[.)])\s+(.*)$")
_DELIMITER = re.compile(r"\|\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
_FENCE = re.compile(r":::\s*([a-z-]*)\s*$")
_DIRECTIVE = re.compile(r"@([a-z-]+)(?:\s+|$)(.*)$")
_FACT = re.compile(r"\b[a-z_]\w*(?:\.[a-z_]\w*)+")
_STEP_ATTRIBUTES = frozenset({"owner", "limit", "input", "output", "late", "decision", "yes", "no", "back", "stop"})
_PARTIALS = frozenset({"revision-table", "signatures"})  # includes of shared/generated/<name>.md
_TABLE_ROLES = frozenset({"signatures", "plain", "form"})
_PLACES = frozenset(
    {"flowchart", "step-table", "step-owners", "own-duties", "related-documents", "related-records"}
    | {"org-chart", "service-chart"}
)
DIRECTIVES = tuple(
    sorted(
        _STEP_ATTRIBUTES
        | _PARTIALS
        | _PLACES
        | {"step", "end", "table", "chart", "notice", "contents", "page-break", "landscape", "portrait", "blank-lines"}
    )
)
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_BLANK_LINES = re.compile("[1-9][0-9]?")


@dataclass(frozen=True, slots=True)
class Translated:
    """Jinja source with marks, and what the marks stand for."""

    source: str
    ops: tuple[object, ...]
    front: dict[str, str]
    diagnostics: tuple[Diagnostic, ...]


def translate(text: str, name: str, file: str = "") -> Translated:
    """Translate one template. `name` is its path below the templates, the same on every machine, for keys;
    `file` is how people are told where it is. Never raises."""
    return _Translator(name, file or name).run(text.replace("\r\n", "\n"))


class _Translator:
    def __init__(self, name: str, file: str) -> None:
        self.name = name
        self.file = file
        self.ops: list[object] = []
        self.diagnostics: list[Diagnostic] = []
        self.role = "body"
        self.fence_line = 0
        self.keys: dict[str, int] = {}
        self.aligns: tuple[str, ...] = ()  # of the columns of the running table
        self.strong = False
        self.last_char = ""

    def run(self, text: str) -> Translated:
        front, offset, text = split_front(text)
        lines = [(number + offset, pieces) for number, pieces in split_lines(text)]
        if unclosed := unclosed_tag(lines):
            self._fault("T023", *unclosed)
        out = ["\n" * offset]
        headers = self._header_lines(lines)
        chunk: list[tuple[str, list[object]]] = []  # rendered line with its ops, of a run without tags
        plain_chunk = True

        def flush() -> None:
            nonlocal plain_chunk
            if chunk:
                out.append(self._chunk(chunk) if plain_chunk else "".join(t for t, _ in chunk))
            chunk.clear()
            plain_chunk = True

        for number, pieces in lines:
            literal = "".join(p.text for p in pieces if not p.tag).strip()
            tags = any(p.tag for p in pieces)
            mark = len(self.ops)
            rendered = self._line(number, pieces, literal, tags, number in headers)
            newlines = "\n" * (1 + sum(p.text.count("\n") for p in pieces if p.tag and "\n" in p.text))
            added = self.ops[mark:]
            if not pieces or (not literal and not tags):
                chunk.append((rendered + newlines[:1], added))
                flush()
                continue
            if tags or not self._may_be_static(added):
                plain_chunk = False
            chunk.append((rendered + (newlines[:1] if tags else newlines), added))
        flush()
        if self.fence_line:
            self._fault("T005", self.fence_line, ":::")
        return Translated("".join(out), tuple(self.ops), front, tuple(self.diagnostics))

    @staticmethod
    def _header_lines(lines: list[tuple[int, list[Piece]]]) -> set[int]:
        """Row lines that stand directly above a `|---|` line."""
        headers: set[int] = set()
        run: list[int] = []
        for number, pieces in lines:
            text = "".join(p.text for p in pieces if not p.tag).strip()
            if not text and any(p.tag for p in pieces):
                continue
            if not text.startswith("|"):
                run = []
            elif _DELIMITER.match(text):
                headers.update(run)
                run = []
            else:
                run.append(number)
        return headers

    # ---- one line

    def _line(self, number: int, pieces: list[Piece], literal: str, tags: bool, header: bool) -> str:
        if not literal and not tags:
            self.last_char = ""
            return self._mark(ops.Blank())
        if not literal and not any(p.tag and p.text.startswith("{{") for p in pieces):
            return "".join(p.text for p in pieces)
        leading: list[str] = []
        rest = list(pieces)
        while rest and ((rest[0].tag and not rest[0].text.startswith("{{")) or not rest[0].text.strip()):
            if rest[0].tag:
                leading.append(rest[0].text)
            rest.pop(0)
        trailing: list[str] = []
        while rest and rest[-1].tag and not rest[-1].text.startswith("{{"):
            trailing.insert(0, rest.pop().text)
        if not rest:
            return "".join(leading) + "".join(trailing)
        first = rest[0].text if not rest[0].tag else ""
        origin = self._origin(number, pieces)
        body = self._block(number, rest, first, origin, header)
        if leading and self._opens_paragraph(body):
            # the paragraph opens before its conditions, so that every branch of them has one to stand in
            opening, closing, rest_of_body = body.partition("\x02")
            return opening + closing + "".join(leading) + rest_of_body + "".join(trailing)
        return "".join(leading) + body + "".join(trailing)

    def _opens_paragraph(self, body: str) -> bool:
        first = re.match(r"\x01(\d+)\x02", body)
        return bool(first) and isinstance(self.ops[int(first.group(1))], ops.ParagraphLine)  # type: ignore[union-attr]

    def _block(self, number: int, rest: list[Piece], first: str, origin: Origin, header: bool) -> str:
        stripped = first.lstrip()
        self.strong = False
        if stripped.startswith("#") and (match := _HEADING.match(stripped)):
            return self._heading(match, rest, origin)
        if stripped.startswith("|"):
            if len(rest) == 1 and _DELIMITER.match(stripped):
                self.aligns = read_aligns(stripped)
                return ""
            return self._row(rest, origin, header)
        self.aligns = ()
        if stripped.startswith(":::"):
            return self._fence(number, stripped)
        if stripped.startswith("@") and (match := _DIRECTIVE.match(stripped)):
            return self._directive(number, match, rest, origin)
        if match := _ITEM.match(first):
            level = min(len(match.group(1)) // 2, 2)
            op = ops.ItemLine(level, match.group(2) != "-", origin)
            rest = [Piece(match.group(3), False), *rest[1:]]
            self.last_char = ""
            return self._mark(op) + self._inlines(rest) + self._mark(ops.EndLine())
        rest = [Piece(stripped, False), *rest[1:]] if stripped else rest
        if not rest[-1].tag:
            rest = [*rest[:-1], Piece(rest[-1].text.rstrip(), False)]
        start = rest[0].text[:1] if not rest[0].tag else ""
        latin = self.last_char.isascii() and self.last_char.isalnum() and start.isascii() and start.isalnum()
        body = self._mark(ops.ParagraphLine(self.role, origin, " " if latin else "")) + self._inlines(rest)
        self.last_char = rest[-1].text[-1:] if not rest[-1].tag else ""
        return body

    def _heading(self, match: re.Match[str], rest: list[Piece], origin: Origin) -> str:
        numbering, anchor = "number", ""
        for attribute in _ATTRIBUTE.findall(match.group(2)):
            word = attribute.strip()
            if word.startswith("#"):
                anchor = word[1:]
            elif word in ("plain", "appendix"):
                numbering = word
            else:
                self._fault("T006", origin.line, "{" + word + "}")
        op = ops.HeadingLine(len(match.group(1)), numbering, anchor, origin)  # type: ignore[arg-type]
        pieces = [Piece(match.group(3), False), *rest[1:]]
        self.last_char = ""
        return self._mark(op) + self._inlines(pieces) + self._mark(ops.EndLine())

    def _fence(self, number: int, text: str) -> str:
        match = _FENCE.match(text)
        if not match:
            self._fault("T006", number, text)
            return ""
        if match.group(1):
            self.role, self.fence_line = match.group(1), number
        else:
            self.role, self.fence_line = "body", 0
        self.last_char = ""
        return self._mark(ops.Blank())

    def _directive(self, number: int, match: re.Match[str], rest: list[Piece], origin: Origin) -> str:
        name, words = match.group(1), match.group(2)
        tail = [Piece(words, False), *rest[1:]] if words else rest[1:]
        self.last_char = ""
        op: object
        if name in _PARTIALS:
            return self._mark(ops.Blank()) + '{% include "shared/generated/' + name + '.md" %}'
        if name in ("page-break", "landscape", "portrait", "blank-lines"):
            if words and not (name == "blank-lines" and _BLANK_LINES.fullmatch(words)):
                self._fault("T006", number, f"@{name} {words}")
                return ""
            return self._mark(_single(name, words, origin))
        if name == "end":
            return self._mark(ops.EndSteps())
        if name == "step":
            op = ops.StepLine(origin)
        elif name in _STEP_ATTRIBUTES:
            op = ops.StepAttribute(name)
        elif name in _PLACES:
            op = ops.Place(name, origin)
        elif name == "contents":
            op = ops.ContentsLine(origin)
        elif name == "table":
            widths, caption = read_table_words(words)
            op = ops.TableOptions(widths, self.role if self.role in _TABLE_ROLES else "grid", origin)
            tail = [Piece(caption, False), *rest[1:]] if caption else rest[1:]
        elif name == "chart":
            kind, _, caption = words.partition(" ")
            if kind not in CHART_KINDS:
                return self._unknown(number, f"@chart {kind}", kind, CHART_KINDS)
            op = ops.TableOptions((), CHART + kind, origin)
            tail = [Piece(caption, False), *rest[1:]] if caption else rest[1:]
        elif name == "notice":
            op = ops.NoticeLine()
        else:
            return self._unknown(number, "@" + name, name, DIRECTIVES)
        return self._mark(op) + self._inlines(tail) + self._mark(ops.EndLine())

    def _row(self, rest: list[Piece], origin: Origin, header: bool) -> str:
        """`| a | {{ b }} |`: cells begin at bars outside tags."""
        cells: list[list[Piece]] = []
        for piece in rest:
            if piece.tag:
                if cells:
                    cells[-1].append(piece)
                continue
            for index, part in enumerate(re.split(r"(?<!\\)\|", piece.text)):
                if index:
                    cells.append([])
                if cells and part:
                    cells[-1].append(Piece(part, False))
        ends_open = False
        if cells and not "".join(p.text for p in cells[-1]).strip():
            cells.pop()
        elif cells and all((p.tag and not p.text.startswith("{{")) or not p.text.strip() for p in cells[-1]):
            ends_open = True  # the closing bar of a row whose cells come from a loop
        self.last_char = ""
        if not ends_open and not any(p.tag for cell in cells for p in cell):
            return self._mark(self._static_row(cells, origin, header))
        parts = [self._mark(tableops.RowStart(header, origin))]
        for index, cell in enumerate(cells):
            cell = strip_cell(cell)
            text = cell[0].text if len(cell) == 1 and not cell[0].tag else ""
            if ends_open and index == len(cells) - 1:
                parts.append("".join(p.text for p in cell if p.tag))
                break
            mark = text if text in (MERGE_LEFT, MERGE_UP) else ""
            align = self.aligns[index] if index < len(self.aligns) and not header else ""
            parts.append(self._mark(tableops.CellStart(mark, header, align)))  # type: ignore[arg-type]
            self.strong = False
            if not mark:
                parts.append(self._inlines(cell))
        parts.append(self._mark(tableops.RowEnd(header, origin)))
        return "".join(parts)

    def _static_row(self, cells: list[list[Piece]], origin: Origin, header: bool) -> tableops.StaticRow:
        built: list[Cell] = []
        marks: list[str] = []
        for index, cell in enumerate(cells):
            text = "".join(p.text for p in cell).strip()
            if text == MERGE_LEFT and built:
                last = built[-1]
                built[-1] = Cell(last.inlines, last.colspan + 1, 1, last.align, header)
                continue
            mark = MERGE_UP if text == MERGE_UP else ""
            align = self.aligns[index] if index < len(self.aligns) and not header else ""
            inlines = () if mark else read_words(text, False)[0]
            built.append(Cell(inlines, align=align, header=header))  # type: ignore[arg-type]
            marks.append(mark)
        return tableops.StaticRow(
            Row(tuple(built), header, origin=origin, shared=True, columns=sum(c.colspan for c in built)), tuple(marks)
        )

    # ---- inlines

    def _inlines(self, pieces: list[Piece]) -> str:
        parts: list[str] = []
        for piece in pieces:
            if piece.tag:
                parts.append(piece.text)
            elif piece.text:
                inlines, strong = read_words(piece.text, self.strong)
                if inlines:
                    parts.append(self._mark(ops.Words(inlines)))
                if strong != self.strong:
                    parts.append(self._mark(ops.Strong(strong)))
                    self.strong = strong
        return "".join(parts)

    def _mark(self, op: object) -> str:
        self.ops.append(op)
        return f"\x01{len(self.ops) - 1}\x02"

    def _origin(self, number: int, pieces: list[Piece]) -> Origin:
        text = "".join(p.text for p in pieces)
        ordinal = self.keys.get(text, 0)
        self.keys[text] = ordinal + 1
        key = blake2b(f"{text}#{ordinal}".encode(), digest_size=6).hexdigest()
        facts = tuple(
            fact for p in pieces if p.tag and p.text.startswith("{{") for fact in _FACT.findall(_STRING.sub("", p.text))
        )
        return Origin(self.name, number, key, facts)

    # ---- static chunks

    @staticmethod
    def _may_be_static(added: list[object]) -> bool:
        kinds = (
            ops.Blank,
            ops.ParagraphLine,
            ops.Words,
            ops.Strong,
            ops.HeadingLine,
            ops.EndLine,
            ops.ItemLine,
        )
        tables = (ops.TableOptions, tableops.StaticRow)
        return all(isinstance(op, kinds + tables) for op in added)

    def _chunk(self, chunk: list[tuple[str, list[object]]]) -> str:
        """A run of whole lines without tags between blank lines: its blocks are built here, once."""
        flat = [op for _, added in chunk for op in added]
        newlines = "".join("\n" for text, _ in chunk for c in text if c == "\n")
        builder = Builder()
        builder.play([tuple(flat)])
        blocks = builder.finish()
        if not blocks:
            return "".join(text for text, _ in chunk)
        for block in blocks:
            if isinstance(block, Paragraph):
                block.shared = True
        if isinstance(flat[0], tableops.StaticRow):  # rows may continue a table of the lines before
            return "".join(text for text, _ in chunk)
        levels = [op.level for op in flat if isinstance(op, ops.HeadingLine)]
        return self._mark(ops.Static(tuple(blocks), levels[-1] if levels else 0)) + newlines  # type: ignore[arg-type]

    def _unknown(self, line: int, read: str, word: str, known: tuple[str, ...]) -> str:
        from difflib import get_close_matches

        near = get_close_matches(word, known, 1)
        self._fault("T006", line, read, near[0] if near else "")
        return ""

    def _fault(self, code: str, line: int, read: str, nearest: str = "") -> None:
        self.diagnostics.append(Diagnostic(code, Severity.ERROR, Place(self.file, line), {"read": read}, nearest))


def _single(name: str, words: str, origin: Origin) -> ops.Single:
    if name == "page-break":
        return ops.Single(PageBreak(origin))
    if name == "blank-lines":
        return ops.Single(Paragraph((), "blank", origin), int(words or 1))
    return ops.Single(Section(name == "landscape", origin))
