"""Departments side by side, and how many files came out how. Only here pandas is needed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from workbook import rounding
from workbook.layout.canvas import Content, Sheet, text_height
from workbook.reports.facts import Facts, LeftOut, Score
from workbook.reports.words import SEVERITIES
from workbook.verifier.verification import WORDS, Verdict

if TYPE_CHECKING:
    import pandas as pd

_LABELS = (("一级指标", 13), ("二级指标", 15), ("三级指标", 26), ("分值", 8), ("通过文件平均", 10))
_DEPARTMENT_WIDTH = 13
_DEPARTMENTS_ON_A_PAGE = 10
_UNKNOWN = "无法确定"
_COMMON = 20
"""Number of kinds of findings that the summary lists."""


def comparison_sheet(files: Sequence[Facts]) -> Sheet:
    """For each rubric a table of its indicators by department, in the order of the files."""
    rubrics: dict[str, list[Facts]] = {}
    for file in files:
        if file.scores:
            rubrics.setdefault(file.rubric_id, []).append(file)
    most = max(map(len, rubrics.values()), default=1)
    sheet = Sheet(
        "指标对比",
        widths=(*(width for _, width in _LABELS), *[_DEPARTMENT_WIDTH] * most),
        landscape=True,
        freeze_cols=len(_LABELS),
        freeze_rows=2 if len(rubrics) == 1 else 0,
        repeat_rows=(0, 1) if len(rubrics) == 1 else None,
        pages_wide=math.ceil(most / _DEPARTMENTS_ON_A_PAGE),
    )
    for members in rubrics.values():
        if sheet.row:
            sheet.breaks.append(sheet.row)
        _compare(sheet, f"{members[0].year} 年度　{members[0].rubric}", members)
    if not rubrics:
        sheet.banner("没有可以比较的文件", "text", height=24)
    return sheet


def _compare(sheet: Sheet, title: str, files: Sequence[Facts]) -> None:
    frame = _pivot(files)
    passing = [file.number for file in files if file.verdict is Verdict.PASS]
    sheet.put(sheet.row, 0, title, "section", last_col=len(_LABELS) - 1)
    for offset, file in enumerate(files, len(_LABELS)):
        sheet.put(sheet.row, offset, file.word, file.verdict.value)
    sheet.heights[sheet.row] = 24
    sheet.row += 1
    headings = [*(label for label, _ in _LABELS), *_headings(files)]
    sheet.line([(heading, "heading") for heading in headings], least=34)
    indicators: dict[str, Score] = {one.id: one for file in reversed(files) for one in file.scores}
    for indicator_id, scores in frame.iterrows():
        one = indicators[str(indicator_id)]
        sheet.line(
            [
                (one.dimension, "text"),
                (one.group, "text"),
                (one.name, "text"),
                (_decimal(one.points), "points"),
                (_mean([scores[number] for number in passing]), "total.points"),
                *((_shown(score), "points") for score in scores),
            ],
            least=20,
        )
    points = files[0].points
    totals = [Fraction(file.reference) for file in files]
    passed = [total for total, file in zip(totals, files, strict=True) if file.verdict is Verdict.PASS]
    row = sheet.line(
        [
            *(("", "total"),) * 3,
            (_decimal(points), "total.points"),
            (_mean(passed), "total.points"),
            *((_decimal(total), "total.points") for total in totals),
        ],
        least=24,
    )
    sheet.put(row, 0, "合计（待填的不计）", "total", last_col=2)
    row = sheet.line([*(("", "total"),) * len(_LABELS), *((file.grade, "total") for file in files)], least=22)
    sheet.put(row, 0, "等级", "total", last_col=len(_LABELS) - 1)
    sheet.row += 1


def _pivot(files: Sequence[Facts]) -> pd.DataFrame:
    """Indicators by file: exact scores, the state where there is none, nan where there is no indicator."""
    import pandas as pd

    cells = [(one.id, file.number, one.shown) for file in files for one in file.scores]
    frame = pd.DataFrame(cells, columns=["indicator", "file", "score"], dtype=object)
    return frame.pivot(index="indicator", columns="file", values="score").reindex(
        index=list(dict.fromkeys(frame["indicator"])), columns=[file.number for file in files]
    )


def _headings(files: Sequence[Facts]) -> list[str]:
    """Each file's department; with the file's number where several are of one name."""
    names = [file.name for file in files]
    return [
        f"{file.name}（第 {file.number} 个）" if names.count(file.name) > 1 else file.name for file in files
    ]


def _mean(scores: Sequence[object]) -> Content:
    known = [one for one in scores if isinstance(one, Fraction)]
    return _decimal(rounding.half_up(sum(known, Fraction(0)) / len(known), 4)) if known else ""


def _shown(score: object) -> Content:
    return _decimal(score) if isinstance(score, Fraction) else score if isinstance(score, str) else ""


def _decimal(value: Fraction) -> Decimal:
    return Decimal(rounding.text(value))


def summary_sheet(files: Sequence[Facts], left_out: Sequence[LeftOut]) -> Sheet:
    """The summary: files by verdict, in all and by rubric; the most common findings; files left out."""
    sheet = Sheet("汇总", widths=(40, 12, 12, 12, 12, 12, 50), landscape=True)
    sheet.banner("核验情况汇总", "title", height=32)
    sheet.banner("一、结论", "section", height=22)
    _counts(sheet, files)
    sheet.row += 1
    sheet.banner("二、最常见的意见", "section", height=22)
    _common(sheet, files)
    sheet.row += 1
    sheet.banner("三、收到而没有核验的文件", "section", height=22)
    for one in left_out:
        row = sheet.line([(one.source, "text"), (one.word, "center")], least=22)
        sheet.put(row, 2, one.reason, "text", last_col=len(sheet.widths) - 1)
    if not left_out:
        sheet.banner("没有", "text", height=22)
    return sheet


def _counts(sheet: Sheet, files: Sequence[Facts]) -> None:
    import pandas as pd

    words = list(WORDS.values())
    known = [file.rubric for file in files if file.rubric]
    frame = pd.DataFrame([(file.rubric or _UNKNOWN, file.word) for file in files], columns=["rubric", "word"])
    counts = pd.crosstab(frame["rubric"], frame["word"]).reindex(columns=words, fill_value=0)
    counts = counts.reindex([one for one in dict.fromkeys([*known, _UNKNOWN]) if one in counts.index])
    sheet.line(
        [("评分标准", "heading"), *((word, "heading") for word in words), ("合计", "heading")], least=24
    )
    for rubric, found in counts.iterrows():
        numbers = [*found, found.sum()]
        sheet.line([(str(rubric), "text"), *((Decimal(int(one)), "year") for one in numbers)], least=22)
    sums = counts.sum()
    row = sheet.line(
        [
            ("合计", "total"),
            *((Decimal(int(sums[word])), verdict.value) for verdict, word in WORDS.items()),
            (Decimal(len(files)), "total.year"),
        ],
        least=24,
    )
    share = f"通过率 {sums[WORDS[Verdict.PASS]] / len(files):.1%}" if files else ""
    sheet.put(row, 6, share, "text")


def _common(sheet: Sheet, files: Sequence[Facts]) -> None:
    import pandas as pd

    frame = pd.DataFrame(
        [(one.code, one.severity, file.number, one.message) for file in files for one in file.remarks],
        columns=["code", "severity", "file", "message"],
    )
    counts = frame.groupby("code", sort=False).agg(
        severity=("severity", "first"), files=("file", "nunique"), times=("file", "size"),
        example=("message", "first"),
    )  # fmt: skip
    counts = counts.sort_values(["files", "times"], ascending=False, kind="stable").head(_COMMON)
    row = sheet.line([(heading, "heading") for heading in ("代码", "类别", "文件数", "条数")], least=24)
    sheet.put(row, 4, "例", "heading", last_col=len(sheet.widths) - 1)
    for code, one in counts.iterrows():
        numbers = [(Decimal(int(one[key])), "year") for key in ("files", "times")]
        example = str(one["example"])
        row = sheet.line(
            [(str(code), "text"), (SEVERITIES[one["severity"]], one["severity"].value), *numbers],
            least=text_height(example, sum(sheet.widths[4:])),
        )
        sheet.put(row, 4, example, "text", last_col=len(sheet.widths) - 1)
