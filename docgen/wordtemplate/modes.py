"""How a value is written where its tag stands: in a run's text, between runs or paragraphs, in an attribute."""

from __future__ import annotations

import re
from typing import Any

from docgen.document import Break, Gap, Picture, Proposed, Reference, Text
from docgen.messages.marks import gap_text
from docgen.records import dataclass
from docgen.templating.values import NotPrintable
from docgen.wordtemplate.richtext import RichText, add_properties
from docgen.writers.docx.markup import escape, is_ambiguous, run_text

OPEN = '<w:t xml:space="preserve">'
CLOSE = "</w:t></w:r>"
GAP_LOOK = '<w:color w:val="C00000"/><w:shd w:val="clear" w:color="auto" w:fill="FFF200"/>'
PROPOSED_LOOK = '<w:shd w:val="clear" w:color="auto" w:fill="DDEBF7"/>'
_HINT = '<w:rFonts w:hint="eastAsia"/>'
_SPACE = re.compile(r"\s+")
_LINES = re.compile("\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")


class Mode:
    """One way of writing values. `text` and `special` give XML."""

    __slots__ = ()

    def text(self, value: str) -> str:
        raise NotImplementedError

    def special(self, value: Any, emitter: Any) -> str:
        """Anything that is not a plain text; `emitter` takes pictures."""
        return self.text(plain_text(value))


def plain_text(value: Any) -> str:
    """The words of a value that stands where no looks are possible."""
    if isinstance(value, Gap):
        return gap_text(value.label)
    if isinstance(value, (Text, Proposed, Reference)):
        return value.text
    if isinstance(value, Break):
        return "\n"
    if isinstance(value, RichText):
        return value.plain()
    raise NotPrintable(type(value).__name__)


def looks(value: Any) -> tuple[str, str]:
    """Words of a value and the run properties it adds to those around it."""
    if isinstance(value, Gap):
        return gap_text(value.label), GAP_LOOK
    if isinstance(value, Proposed):
        return value.text, PROPOSED_LOOK
    strong = isinstance(value, (Text, Reference)) and value.strong
    return plain_text(value), "<w:b/><w:bCs/>" if strong else ""


@dataclass(slots=True)
class RunText(Mode):
    """Inside the `w:t` of a run with these properties."""

    properties: str
    hinted: str

    def __init__(self, properties: str) -> None:
        self.properties = properties
        self.hinted = add_properties(properties, _HINT)

    def text(self, value: str) -> str:
        if value.isalnum():
            return value
        xml = run_text(value)
        if is_ambiguous(value):
            return self._apart(self.hinted, xml)
        return xml

    def special(self, value: Any, emitter: Any) -> str:
        if isinstance(value, Picture):
            return self._between(emitter.picture(value))
        if isinstance(value, RichText):
            return self._between(value.runs(self.properties))
        if isinstance(value, Break):
            return f"</w:t><w:br/>{OPEN}"
        text, look = looks(value)
        return self._apart(add_properties(self.properties, look), run_text(text)) if look else self.text(text)

    def _apart(self, properties: str, xml: str) -> str:
        return self._between(f"<w:r>{properties}{OPEN}{xml}{CLOSE}")

    def _between(self, runs: str) -> str:
        return f"{CLOSE}{runs}<w:r>{self.properties}{OPEN}"


@dataclass(slots=True)
class BetweenRuns(Mode):
    """Where a run stood: `{{r }}`."""

    properties: str

    def text(self, value: str) -> str:
        return self._run(self.properties, value)

    def special(self, value: Any, emitter: Any) -> str:
        if isinstance(value, Picture):
            return str(emitter.picture(value))
        if isinstance(value, RichText):
            return value.runs("")
        text, look = looks(value)
        return self._run(add_properties(self.properties, look) if look else self.properties, text)

    @staticmethod
    def _run(properties: str, text: str) -> str:
        return f"<w:r>{properties}{OPEN}{run_text(text)}{CLOSE}" if text else ""


@dataclass(slots=True)
class BetweenParagraphs(Mode):
    """Where a paragraph stood: `{{p }}`; each line of a text becomes a paragraph like it."""

    paragraph: str
    run: BetweenRuns

    def text(self, value: str) -> str:
        return "".join(self._paragraph(self.run.text(line)) for line in _LINES.split(value))

    def special(self, value: Any, emitter: Any) -> str:
        return self._paragraph(self.run.special(value, emitter))

    def _paragraph(self, runs: str) -> str:
        return f"<w:p>{self.paragraph}{runs}</w:p>"


@dataclass(slots=True)
class Plain(Mode):
    """Where only characters can stand: document properties, chart texts."""

    def text(self, value: str) -> str:
        return escape(_SPACE.sub(" ", value))


@dataclass(slots=True)
class Attribute(Mode):
    """In an attribute; `missing` is written for a gap, so that the XML stays valid."""

    missing: str | None = None

    def text(self, value: str) -> str:
        return escape(_SPACE.sub(" ", value))

    def special(self, value: Any, emitter: Any) -> str:
        if self.missing is not None and isinstance(value, Gap):
            return self.missing
        return self.text(plain_text(value))


@dataclass(slots=True)
class FieldCode(Mode):
    """In the instruction of a Word field, where a quote or backslash would begin another argument."""

    def text(self, value: str) -> str:
        return escape(_SPACE.sub(" ", value).replace('"', "").replace("\\", ""))


@dataclass(slots=True)
class Structure(Mode):
    """Where a row or cell stood: only what a macro made of rows or cells can stand here."""

    def text(self, value: str) -> str:
        if not value.strip():
            return ""
        raise NotPrintable("str")
