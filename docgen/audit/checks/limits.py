"""C23: promised times are the same in every document, and those of the profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from docgen.audit.facts import Mention
from docgen.audit.limits import normal
from docgen.audit.subject import Subject, open_question, stated
from docgen.diagnostics import Diagnostic
from docgen.profile.values import Duration

_PATHS = {
    "pick_up": "hotline_pick_up_time", "response": "response_time", "dispatch": "dispatch_time",
    "arrival.city": "arrival_time_city",
    "arrival.remote": "arrival_time_remote", "repair": "repair_time", "mail_in": "mail_in_time",
    "delivery": "delivery_time", "installation": "installation_time", "parts": "spare_part_time",
    "remote": "remote_diagnosis_time", "follow_up": "follow_up_within",
}  # fmt: skip
_WEIGHT = {"manual": 3, "application": 2, "procedure": 2}


def promised_times(subject: Subject) -> Iterator[Diagnostic]:
    """Every limit against the profile, else against what most documents and the manual say."""
    limits = subject.facts.limits
    if not limits:
        if subject.complete:
            yield open_question("C23.open")
        return
    given = _given(subject)
    known: dict[str, tuple[str, str, Mention | None]] = {}
    for key, mentions in limits.items():
        if key in given:
            known[key] = (*given[key], None)
        elif not key.startswith("complaint.any"):
            reference = _majority(mentions)
            known[key] = (reference.value, reference.shown, reference)
    for key, mentions in limits.items():
        allowed = _allowed(key, known)
        if not allowed:
            continue
        _, shown, source = allowed[0]
        seen: set[tuple[str, str, str]] = set()
        for mention in mentions:
            if any(mention.value == a[0] for a in allowed):
                continue
            mark = (mention.document.path, mention.value, mention.quote)
            if mark in seen:
                continue
            seen.add(mark)
            yield stated(
                "C23.differs" if source else "C23.profile",
                mention,
                activity=key,
                read=mention.shown,
                expected=shown,
                other=source.document.title if source else "",
                other_quote=source.quote[:60] if source else "",
            )


def _allowed(key: str, known: dict[str, tuple[str, str, Mention | None]]) -> list[tuple[str, str, Mention | None]]:
    """What a mention may say; one that names neither area nor grade may say what any of them says."""
    if key == "arrival":
        own = [known[k] for k in ("arrival.city", "arrival.remote") if k in known]
        return own or ([known[key]] if key in known else [])
    if key.startswith("complaint.any."):
        # a bare stage may stand for any grade, and "handled" for the plan as well as for the end
        return [entry for k, entry in known.items() if k.startswith("complaint.")]
    return [known[key]] if key in known else []


def _majority(mentions: list[Mention]) -> Mention:
    votes: Counter[str] = Counter()
    for mention in mentions:
        votes[mention.value] += _WEIGHT.get(mention.document.kind, 1)
    best = votes.most_common(1)[0][0]
    return next(m for m in mentions if m.value == best)


def _given(subject: Subject) -> dict[str, tuple[str, str]]:
    """What the profile promises, by key."""
    if subject.profile is None:
        return {}
    service, complaints = subject.profile.service, subject.profile.complaints
    found: dict[str, Duration | None] = {key: getattr(service, name) for key, name in _PATHS.items()}
    found["return_decision"] = service.return_policy.decision_within
    found["refund"] = service.return_policy.refund_within
    found["follow_up.complaint"] = complaints.call_back_within
    for grade in ("general", "serious", "major"):
        part = getattr(complaints, grade)
        for stage in ("acknowledge", "plan", "close"):
            found[f"complaint.{grade}.{stage}"] = getattr(part, stage)
    return {
        k: (normal(float(d.amount), d.unit), str(d)) for k, d in found.items() if d is not None and d.minutes < 90000
    }
