"""Makes company_profiles/electronics-survey.csv: 500 invented answers, 20 of them unreadable. Run to write it anew."""

from __future__ import annotations

from pathlib import Path
from random import Random

import yaml

FOLDER = Path(__file__).parents[2] / "company_profiles"
FILE = FOLDER / "electronics-survey.csv"
TITLE = "示例数据：全部为虚构，由程序生成，不代表任何企业的调查结果"
QUESTIONS = ("Q1", "Q2", "Q3", "Q4", "Q5", "Q6")
DELIGHT = (0.76, 0.78, 0.71, 0.86, 0.82, 0.66)  # share of 5 in each question
ROWS = 500
# rows of the file (the headings stand in row 2) that must not count, with what is wrong in them
BAD: dict[int, dict[str, str]] = {
    17: {"Q2": "6"}, 41: {"Q1": "0"}, 88: {"Q5": "55"}, 133: {"Q3": "-1"}, 190: {"Q4": "3.5"}, 266: {"Q6": "9"},
    63: {"Q3": "好"}, 109: {"Q1": "2026-10-08"}, 158: {"Q2": "还行"}, 222: {"Q6": "N/A"}, 301: {"Q4": "？"},
    377: {"Q5": "满分"},
    75: dict.fromkeys(QUESTIONS, ""), 204: dict.fromkeys(QUESTIONS, ""), 340: dict.fromkeys(QUESTIONS, ""),
    455: dict.fromkeys(QUESTIONS, ""),
    120: {"Q1": "", "Q2": ""}, 248: {"Q3": "", "Q5": "", "Q6": ""}, 399: {"Q4": "", "Q6": ""},
    480: {"Q1": "", "Q2": "", "Q3": "", "Q4": "", "Q5": ""},
}  # fmt: skip
OPEN = {30: "Q5", 97: "Q6", 145: "Q5", 211: "Q5", 287: "Q6", 352: "Q5", 410: "Q6", 466: "Q2"}  # one left open: counts


def make() -> str:
    """The text of the file, the same every time."""
    profile = yaml.safe_load((FOLDER / "electronics.yaml").read_text(encoding="utf-8"))
    outlets = [outlet["name"] for outlet in profile["outlets"]][:12]
    random = Random(27922)
    lines = [TITLE, ",".join(("答卷编号", "提交日期", "服务网点", *QUESTIONS))]
    for serial in range(1, ROWS + 1):
        row = len(lines) + 1
        place = min(int(random.random() ** 1.7 * len(outlets)), len(outlets) - 1)
        day = 1 + serial * 70 // ROWS
        date = f"2026-{9 + day // 31:02}-{1 + day % 30:02}"
        cells = {}
        for question, delight in zip(QUESTIONS, DELIGHT, strict=True):
            luck = random.random()
            share = delight - 0.008 * place
            rest = 1 - share
            shares = (share, share + 0.78 * rest, share + 0.94 * rest, share + 0.99 * rest)
            cells[question] = str(5 - sum(luck >= bound for bound in shares))
        if row in OPEN:
            cells[OPEN[row]] = ""
        cells |= BAD.get(row, {})
        outlet = "" if serial % 97 == 0 else outlets[place]
        lines.append(",".join((f"A{serial:04}", date, outlet, *cells.values())))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(make(), encoding="utf-8-sig", newline="\r\n")
