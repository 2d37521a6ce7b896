"""A resolver without a template engine: values are the expressions themselves or those given."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from docgen.document import Gap, Inline, Inlines


class FakeResolver:
    def __init__(
        self,
        values: Mapping[str, Inline] | None = None,
        lists: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
        has: Mapping[str, bool] | None = None,
        always: bool = True,
    ) -> None:
        self.values = dict(values or {})
        self.lists = dict(lists or {})
        self.has = dict(has or {})
        self.always = always
        self.asked: list[str] = []

    def value(self, expression: str, item: Any = None) -> Inline | Inlines:
        self.asked.append(expression)
        name = expression.split("|")[0].strip()
        if name.startswith("item."):
            return str((item or {}).get(name[5:], name))
        if name in self.values:
            return self.values[name]
        if " if " in expression:  # a choice of words: the longest takes the most room
            return max(re.findall(r"""["']([^"']*)["']""", expression), key=len)
        return Gap(name, name) if name.startswith("gap.") else name.split(".")[-1]

    def given(self, expression: str, item: Any) -> Inlines:
        value = self.value(expression, item) if self.holds(expression, item) else ()
        return value if isinstance(value, tuple) else (value,)

    def holds(self, condition: str, item: Any = None) -> bool:
        def one(match: re.Match[str]) -> str:
            return str(self.has.get(match.group(1), self.always))

        condition = re.sub(r"company\.industry", repr(self.values.get("company.industry", "toys")), condition)
        source = re.sub(r"has\.(\w+)", one, condition)
        source = re.sub(r"\b(?!item\.)[a-z_]+\.[a-z_.]+", lambda match: str(match[0] in self.lists), source)
        if "item" in source:
            return True
        return bool(eval(source, {"__builtins__": {}}))

    def items(self, expression: str) -> Sequence[Any]:
        return self.lists.get(expression, [{} for _ in range(3)])
