"""How forms ask the template engine for values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docgen.document import Gap, Inline, Inlines, Proposed
from docgen.templating.builder import Fragment
from docgen.templating.engine import Templates
from docgen.templating.values import finalize


class ContextResolver:
    """Evaluates a form's expressions over one company's context and remembers the gaps it met."""

    def __init__(self, templates: Templates, context: Mapping[str, Any], file: str) -> None:
        self.templates = templates
        self.context = context
        self.file = file
        self.gaps: list[Gap] = []
        self.proposals: list[Proposed] = []

    def value(self, expression: str, item: Any = None) -> Inline | Inlines:
        return self._shown(self.templates.evaluate(expression, self.file, self.context, item))

    def given(self, expression: str, item: Any) -> Inlines:
        value = self.templates.evaluate(expression, self.file, self.context, item)
        shown = self._shown(value) if value else ()
        return shown if type(shown) is tuple else (shown,)  # type: ignore[return-value]

    def _shown(self, value: Any) -> Inline | Inlines:
        shown = finalize(value)
        if type(shown) is Fragment:
            for part in shown:
                self._note(part)
            return tuple(shown)  # type: ignore[arg-type]
        if type(shown) is not str:
            self._note(shown)
        return shown  # type: ignore[no-any-return]

    def holds(self, condition: str, item: Any = None) -> bool:
        return bool(self.templates.evaluate(condition, self.file, self.context, item))

    def items(self, expression: str) -> Sequence[Any]:
        return list(self.templates.evaluate(expression, self.file, self.context))

    def _note(self, shown: object) -> None:
        if type(shown) is Gap:
            self.gaps.append(shown)
        elif type(shown) is Proposed:
            self.proposals.append(shown)
