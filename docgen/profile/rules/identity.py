"""Codes, addresses and deletions in their right form."""

from __future__ import annotations

import re

from docgen.profile.rules.case import WARNING, Case, Faults, nearest_of

_CODE = re.compile(r"[A-Z][A-Z0-9]{1,5}")
_COLOR = re.compile(r"#?[0-9A-Fa-f]{6}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9\u4e00-\u9fff-]+\.)+[A-Za-z\u4e00-\u9fff]{2,}")
_URL = re.compile(r"(?:https?://)?(?:[A-Za-z0-9\u4e00-\u9fff-]+\.)+[A-Za-z\u4e00-\u9fff]{2,}(?::\d+)?(?:[/?#]\S*)?")
_PHONE = re.compile(r"[+\d][\d\s()-]*(?:(?:转|ext\.?|,|;|/|、|，|；|或)\s*[+\d][\d\s()-]*)*")
_PLACEHOLDER = re.compile(r"\{[^}]*\}")
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # of GB 32100, by value


def _check_digit(code: str) -> str:
    """What the last of the 18 signs has to be, by the weights of GB 32100."""
    return _SIGNS[-sum(_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17])) % 31]


def credit_code(case: Case) -> Faults:
    """The unified social credit code has a right form and check digit."""
    read = case.profile.company.unified_social_credit_code
    if not read:
        return
    code = read.replace(" ", "").replace("-", "").upper()
    path = "company.unified_social_credit_code"
    if len(code) != 18:
        yield case.fault("P270", path, length=len(code))
    elif not (code[:8].isascii() and code[:8].isdigit() and set(code) <= set(_SIGNS)):
        yield case.fault("P272", path)
    elif code[17] != _check_digit(code):
        yield case.fault("P271", path, right=_check_digit(code))


def document_code(case: Case) -> Faults:
    """The prefix of document numbers and the pattern they are made by."""
    code = case.profile.company.code
    if code and not _CODE.fullmatch(code):
        yield case.fault("P273", "company.code")
    pattern = case.profile.documents.number_pattern
    if pattern is not None:
        unknown = [name for name in _PLACEHOLDER.findall(pattern) if name not in ("{code}", "{number}")]
        if unknown or "{number}" not in pattern:
            yield case.fault("P274", "documents.number_pattern")


def color(case: Case) -> Faults:
    """The company colour is six hexadecimal digits."""
    value = case.profile.company.color
    if value and not _COLOR.fullmatch(value):
        yield case.fault("P275", "company.color")


def contact_forms(case: Case) -> Faults:
    """Phones, e-mail and web addresses look like such."""
    for path, info, value in case.leaves():
        if not info.form:
            continue
        if info.form == "email" and not _EMAIL.fullmatch(value):
            yield case.fault("P276", path)
        elif info.form == "url" and not _URL.fullmatch(value):
            yield case.fault("P277", path)
        elif info.form == "phone" and not (
            len(value) <= 100 and _PHONE.fullmatch(value) and sum(c.isdigit() for c in value) >= 5
        ):
            yield case.fault("P278", path)


def deletions(case: Case) -> Faults:
    """A deleted clause is a known one, there once, with its reason."""
    seen: dict[str, str] = {}
    for number, deletion in enumerate(case.profile.certification.deletions):
        path = f"certification.deletions[{number}]"
        clause = deletion.clause
        if not clause:
            yield case.fault("P280", f"{path}.clause", value="—")
            continue
        if case.clause_ids is not None and clause not in case.clause_ids:
            yield case.fault("P281", f"{path}.clause", nearest=nearest_of(clause, case.clause_ids))
        if clause in seen:
            yield case.fault("P219", f"{path}.clause", seen[clause])
        seen.setdefault(clause, f"{path}.clause")
        if not deletion.reason:
            yield case.fault("P282", f"{path}.reason", value=clause)
        elif not deletion.evidence:
            yield case.fault("P283", f"{path}.evidence", value=clause, severity=WARNING)
