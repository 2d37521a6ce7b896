"""What the cells of a worksheet take, how they are marked, where they lead."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.writers.sheet_model import Choice, Mark
from docgen.writers.xmltext import escape, quoteattr

_LONGEST_PROMPT = 255


def rules_text(choices: Sequence[Choice]) -> str:
    """The element of what cells take; nothing where they take anything."""
    if not choices:
        return ""
    rules = []
    for choice in choices:
        told = "0" if choice.free else "1"
        start = f'<dataValidation{_kind(choice)} allowBlank="1" showInputMessage="1" showErrorMessage="{told}"'
        prompt = f" prompt={quoteattr(choice.prompt[:_LONGEST_PROMPT])}" if choice.prompt else ""
        start += f"{prompt} sqref={quoteattr(choice.area)}"
        if choice.options:
            first = choice.options[0]
            source = first[1:] if first.startswith("=") else '"' + ",".join(choice.options) + '"'
            rules.append(f"{start}><formula1>{escape(source)}</formula1></dataValidation>")
        else:
            rules.append(f"{start}/>")
    return f'<dataValidations count="{len(rules)}">{"".join(rules)}</dataValidations>'


def _kind(choice: Choice) -> str:
    if not choice.options:
        return ""
    return ' type="list"' if choice.strict else ' type="list" errorStyle="warning"'


def fills_of(marks: Sequence[Mark]) -> tuple[str, ...]:
    """The fills of marks, each once."""
    return tuple(dict.fromkeys(mark.fill for mark in marks))


def marks_text(marks: Sequence[Mark], fills: Sequence[str]) -> str:
    """The marks of a sheet; `fills` are those of the workbook."""
    return "".join(
        f'<conditionalFormatting sqref={quoteattr(mark.area)}><cfRule type="expression" '
        f'dxfId="{fills.index(mark.fill)}" priority="{number}"><formula>{escape(mark.formula)}</formula></cfRule>'
        "</conditionalFormatting>"
        for number, mark in enumerate(marks, 1)
    )


def fills_text(fills: Sequence[str]) -> str:
    """The part of the styles that marks use."""
    rows = "".join(f'<dxf><fill><patternFill><bgColor rgb="FF{fill}"/></patternFill></fill></dxf>' for fill in fills)
    return f'<dxfs count="{len(fills)}">{rows}</dxfs>' if fills else ""


def links_text(links: Sequence[tuple[str, str]]) -> str:
    """Links from cells to cells."""
    rows = "".join(f"<hyperlink ref={quoteattr(cell)} location={quoteattr(to)}/>" for cell, to in links)
    return f"<hyperlinks>{rows}</hyperlinks>" if rows else ""
