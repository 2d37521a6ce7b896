"""Time limits in sentences and tables: which activity a span of time belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.audit.model import AuditDocument, Table
from docgen.audit.words import Words

_MINUTES = {"秒": 1 / 60, "秒钟": 1 / 60, "分钟": 1, "min": 1, "小时": 60, "个小时": 60,
            "天": 1440, "日": 1440, "个自然日": 1440, "自然日": 1440,
            "工作日": 1440, "个工作日": 1440, "周": 10080, "个星期": 10080,
            "个月": 43200, "年": 525600}  # fmt: skip
_QUICK = "pick_up"  # the only activity that is promised within seconds
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "半": 0.5}
_LONGEST = 62 * 1440
_LIMIT_WORD = re.compile(
    r"^\s*(?:以?内|之内|为限|[，,。；;）)\n]|$|完成|处理|回访|响应|到达|上门|修复|送达|办结|不超过|前)"
)
_BEFORE_LIMIT = re.compile(
    r"(?:不超过|不得超过|时限[为是：:]?|时间[为是：:]?|限[为：:]|期限[为：:]?|[：:]|≤|在|于|后|起|市区|城区|县域(?:及以下)?|乡镇|外地|一般|较大|重大|普通|严重|郊县|内部?)\s*$"
)
_AFTERWARDS = re.compile(r"(?:到达|到场|抵达|现场|收到产品)[^，：]{0,4}后\s*$")
_REST = re.compile(r"^\s*(?:以?内)?\s*(?:[，,（(][^；;]{0,20})?$")
_SPLIT = re.compile(r"[；;。\n　]|(?<=内)[，,]|，(?=[^，]{0,12}\d)")


def number_of(text: str) -> float | None:
    """Digits or a Chinese number up to 99."""
    try:
        return float(text)
    except ValueError:
        pass
    if text in _DIGITS:
        return float(_DIGITS[text])
    if "十" in text:
        tens, _, units = text.partition("十")
        return float((_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(units, 0) if units else 0))
    return None


def normal(amount: float, unit: str) -> str:
    """A comparable form: minutes, with working days kept apart from days."""
    minutes = amount * _MINUTES[unit]
    return f"{minutes:g}{'w' if '工作' in unit else ''}"


def limits_of_sentence(
    sentence: str, heading: str, path: str, document: AuditDocument, words: Words
) -> Iterator[tuple[str, str, str]]:
    """(key, value, words) for every limit a sentence states."""
    if (
        words.re("limit_heading_skip").search(path)
        or "emergency" in document.topics[:1]
        or "recall" in document.topics[:1]
    ):
        return
    complaint = words.re("complaint_context")
    whole = bool(complaint.search(" > ".join(path.split(" > ")[-2:]))) and document.kind == "manual"
    whole = whole or (document.kind != "manual" and document.topics[:1] == ("complaint",))
    before = False
    for segment in _SPLIT.split(sentence):
        told = bool(complaint.search(segment)) or (before and bool(re.search("办结|关闭|方案", segment)))
        before = told
        if not segment or words.re("limit_skip").search(segment):
            continue
        durations = [m for m in words.re("duration").finditer(segment) if _is_limit(segment, m, words)]
        if not durations:
            continue
        if whole or told:
            yield from _complaint(segment, durations, words)
        else:
            yield from _service(segment, durations, words)


def _is_limit(segment: str, match: re.Match[str], words: Words) -> bool:
    before, after = segment[: match.start()], segment[match.end() :]
    if words.re("duration_before").search(before) or words.re("duration_after").match(after):
        return False
    amount = number_of(match.group(1))
    if amount is None or amount * _MINUTES[match.group(2)] > _LONGEST:
        return False
    if match.group(2) == "日" and not re.match(r"\s*(?:以?内|之内)", after):
        return False
    if not match.group(1)[0].isdigit() and not re.match("\\s*(?:以|之)?内", after):
        return False
    return bool(_LIMIT_WORD.match(after) or _BEFORE_LIMIT.search(before))


def _service(segment: str, durations: list[re.Match[str]], words: Words) -> Iterator[tuple[str, str, str]]:
    activities = [(m.start(), key) for key, p in words.map("limits").items() for m in p.finditer(segment)]
    keys = {key for _, key in activities}
    quick = keys & {_QUICK}
    keys -= quick
    if "mail_in" in keys:
        keys = {"mail_in"} if "repair" not in keys or "寄" in segment else keys
    if "parts" in keys or re.search("备件|好件|配件", segment):
        keys.discard("delivery")
    if keys == {"remote", "arrival"}:
        keys = {"remote"} if segment.find("远程") < durations[0].start() + 20 else keys
    for duration in durations:
        asked = quick if _in_seconds(duration) else keys
        key = next(iter(asked)) if len(asked) == 1 else _nearest(duration, [a for a in activities if a[1] in asked])
        if not key or _AFTERWARDS.search(segment[: duration.start()]):
            continue
        if key == "arrival":
            key += _area(segment, duration, durations, words)
        amount = number_of(duration.group(1))
        if amount is not None:
            yield key, normal(amount, duration.group(2)), duration.group()


def _in_seconds(duration: re.Match[str]) -> bool:
    return duration.group(2).startswith("秒")


def _nearest(duration: re.Match[str], activities: list[tuple[int, str]]) -> str:
    """`N 小时内X`: the activity right after; else `X…N 小时`: the last before. Too far away is none."""
    after = sorted(a for a in activities if 0 <= a[0] - duration.end() <= 6)
    if after:
        return after[0][1]
    before = sorted((a for a in activities if 0 <= duration.start() - a[0] <= 14), reverse=True)
    return before[0][1] if before else ""


def _area(segment: str, duration: re.Match[str], all_of: list[re.Match[str]], words: Words) -> str:
    """`.city`, `.remote` or nothing, by the words between this span and the one before it."""
    start = max((d.end() for d in all_of if d.end() <= duration.start()), default=0)
    left = segment[start : duration.start()]
    if words.re("limit_remote").search(left):
        return ".remote"
    return ".city" if words.re("limit_city").search(left) else ""


def _complaint(segment: str, durations: list[re.Match[str]], words: Words) -> Iterator[tuple[str, str, str]]:
    for duration in durations:
        start = max((d.end() for d in durations if d.end() <= duration.start()), default=0)
        left, right = segment[start : duration.start()], segment[duration.end() : duration.end() + 8]
        if re.match("内?[^，,。]{0,14}回访", segment[duration.end() :]):
            right += "回访"
        grade = next((g for g, p in words.map("complaint_grades").items() if p.search(left)), "")
        grade = grade or next((g for g, p in words.map("complaint_grades").items() if p.search(segment)), "")
        stages = words.map("complaint_stages").items()
        stage = next((s for s, p in stages if p.search(right)), "")
        if not stage and not left.rstrip().endswith("后"):
            stage = next((s for s, p in stages if p.search(left[-14:])), "")
            stage = stage or next((s for s, p in stages if p.search(segment)), "")
        amount = number_of(duration.group(1))
        if stage and amount is not None:
            key = "follow_up.complaint" if stage == "call_back" else f"complaint.{grade or 'any'}.{stage}"
            yield key, normal(amount, duration.group(2)), duration.group()


def limits_of_row(table: Table, document: AuditDocument, words: Words) -> Iterator[tuple[str, str, str, str, str]]:
    """(label, cell, key, value, words) for limits that stand in cells beside the name of what they limit."""
    if len(table.rows) < 2 or words.re("limit_heading_skip").search(table.heading):
        return
    duration = words.re("duration")
    complaint = bool(words.re("complaint_context").search(table.heading + table.caption + table.head[0]))
    for number, row in enumerate(table.rows[1:], 1):
        label = ""
        for column, cell in enumerate(row):
            text = cell.strip()
            if not text or (number, column) in table.covered:
                continue
            match = duration.match(text)
            if not match or not _REST.match(text[match.end() :]) or duration.search(text, match.end()):
                if label and len(text) <= 40 and not complaint and duration.search(text):
                    for key, value, shown in limits_of_sentence(f"{label}：{text}", "", table.heading, document, words):
                        yield label, text, key, value, shown
                elif not label and not text.isdigit() and len(text) <= 24:
                    label = text
                continue
            head = table.head[column].strip() if column < len(table.head) else ""
            key = (
                _complaint_cell(label, head, words) if complaint and label else _service_cell(label, head, match, words)
            )
            amount = number_of(match.group(1))
            rest = text[match.end() :]
            if (
                key
                and amount is not None
                and amount * _MINUTES[match.group(2)] <= _LONGEST
                and not rest.startswith("前")
            ):
                yield label, text, key, normal(amount, match.group(2)), match.group()


def _complaint_cell(label: str, head: str, words: Words) -> str:
    grade = next((g for g, p in words.map("complaint_grades").items() if p.match(label)), "")
    stage = next((s for s, p in words.map("complaint_stages").items() if p.search(head)), "")
    return f"complaint.{grade}.{stage}" if grade and stage else ""


def _service_cell(label: str, head: str, duration: re.Match[str], words: Words) -> str:
    if not label or words.re("limit_skip").search(label) or not words.re("limit_column").search(head or "时限"):
        return ""
    if words.re("complaint_context").search(label):
        return "follow_up.complaint" if "回访" in label else ""
    found = [key for key, pattern in words.map("limits").items() if pattern.search(label)]
    keys = [key for key in found if (key == _QUICK) is _in_seconds(duration)]
    if not keys:
        return ""
    key = keys[0]
    if key == "arrival":
        if words.re("limit_remote").search(label):
            return "arrival.remote"
        return "arrival.city" if words.re("limit_city").search(label) else "arrival"
    return key
