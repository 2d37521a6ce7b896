"""C09: the return policy is told one way, and the people who tell it are trained in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from docgen.audit.facts import Mention
from docgen.audit.subject import Subject, finding, open_question, stated
from docgen.diagnostics import Diagnostic

_PATHS = {"no_reason": "no_reason_days", "return": "return_days", "exchange": "exchange_days"}


def return_policy(subject: Subject) -> Iterator[Diagnostic]:
    """Days and freight of each kind of return agree; the training plan has a session on it."""
    returns = subject.facts.returns
    if not returns:
        if subject.complete and subject.industry != "software":
            yield open_question("C09.open")
        return
    for key, mentions in returns.items():
        expected, source = _expected(subject, key, mentions)
        if not expected:
            continue
        seen: set[tuple[str, str]] = set()
        for mention in mentions:
            mark = (mention.document.path, mention.quote)
            if mention.value != expected and mark not in seen:
                seen.add(mark)
                yield stated(
                    "C09.differs",
                    mention,
                    read=mention.shown,
                    topic=key,
                    expected=source.shown if source else expected,
                    other=source.document.title if source else "",
                    other_quote=source.quote[:60] if source else "",
                )
    plans = subject.about("training", kinds=("plan",))
    if plans and not any(subject.words.re("training_returns").search(p.text) for p in plans):
        yield finding("C09.training", plans[0])


def _expected(subject: Subject, key: str, mentions: list[Mention]) -> tuple[str, Mention | None]:
    policy = subject.profile.service.return_policy if subject.profile else None
    value = getattr(policy, _PATHS[key]) if policy is not None and key in _PATHS else None
    if value is not None:
        return str(value), None
    votes = Counter()  # type: ignore[var-annotated]
    for mention in mentions:
        votes[mention.value] += 3 if mention.document.kind == "manual" else 1
    best = votes.most_common(1)[0][0]
    return best, next(m for m in mentions if m.value == best)
