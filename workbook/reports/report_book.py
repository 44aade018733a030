"""The report as a workbook: one sheet each for files, findings, scores, the comparison and the counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from workbook import rounding
from workbook.layout.canvas import Content, Line, Sheet
from workbook.reports.comparison import comparison_sheet, summary_sheet
from workbook.reports.facts import Facts, LeftOut, facts_of, left_out
from workbook.reports.words import SEVERITIES
from workbook.verifier.inbox import Inbox
from workbook.xlsx_writer.sheets import render_sheets

TITLE = "自评表核验结果"

_FILES = (
    ("序号", 6), ("部门", 26), ("年度", 8), ("评分标准", 28), ("结论", 11), ("文件所示总分", 10),
    ("重新计算总分", 10), ("标准算法总分", 10), ("可得分区间", 16), ("等级", 8), ("错误", 7), ("警告", 7),
    ("提示", 7), ("文件", 30), ("来源", 36), ("发件人", 30), ("邮件时间", 18), ("备注", 30),
)  # fmt: skip
_FINDINGS = (
    ("序号", 6), ("部门", 26), ("文件", 28), ("类别", 8), ("工作表", 13), ("单元格", 9), ("指标", 18),
    ("意见", 56), ("处理办法", 44), ("代码", 24),
)  # fmt: skip
_SCORES = (
    ("序号", 6), ("部门", 26), ("文件", 28), ("一级指标", 13), ("二级指标", 15), ("三级指标", 26),
    ("分值", 8), ("得分", 8), ("扣分", 8), ("状态", 12), ("扣分原因", 56),
)  # fmt: skip


def report_book(inbox: Inbox) -> bytes:
    """The .xlsx file for the clerk. The same inbox gives the same bytes; no text becomes a formula.

    ``inbox`` was received with whole reports: of slim ones no scores are known.
    """
    files = [facts_of(number, entry) for number, entry in enumerate(inbox.entries, 1)]
    others = left_out(inbox)
    return render_sheets(
        TITLE,
        (
            table_sheet("核验结论", _FILES, [*map(_file, files), *map(_left_out, others)], keep=2),
            table_sheet("核验意见", _FINDINGS, _findings(files)),
            table_sheet("指标得分", _SCORES, [row for file in files for row in _scores(file)]),
            comparison_sheet(files),
            summary_sheet(files, others),
        ),
    )


def table_sheet(
    title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Line], *, keep: int = 3
) -> Sheet:
    """A sheet that is one table: headings frozen, repeated and filtered; ``keep`` columns stay in sight."""
    sheet = Sheet(
        title,
        widths=tuple(width for _, width in columns),
        landscape=True,
        freeze_rows=1,
        freeze_cols=keep,
        repeat_rows=(0, 0),
    )
    sheet.line([(heading, "heading") for heading, _ in columns], least=34)
    for row in rows:
        sheet.line(row, least=22)
    sheet.filtered = (0, 0, max(sheet.row - 1, 1), len(columns) - 1)
    return sheet


def _file(file: Facts) -> Line:
    return [
        (Decimal(file.number), "center"),
        (file.department, "text"),
        (Decimal(file.year) if file.year else "", "year"),
        (file.rubric, "text"),
        (file.word, file.verdict.value),
        *((_number(total), "points") for total in (file.saved, file.recalculated, file.reference)),
        (file.attainable, "center"),
        (file.grade, "center"),
        *((Decimal(file.counts[severity]), "year") for severity in SEVERITIES),
        (file.file, "text"),
        (file.source, "text"),
        (file.sender, "text"),
        (file.sent, "center"),
        (file.note, "text"),
    ]


def _left_out(one: LeftOut) -> Line:
    """A file that was received and not verified: only where it came from, and why."""
    return [
        *(("", "center"),) * 4,
        (one.word, "center"),
        *(("", "center"),) * 8,
        (one.file, "text"),
        (one.source, "text"),
        (one.sender, "text"),
        (one.sent, "center"),
        (one.reason, "text"),
    ]


def _findings(files: Sequence[Facts]) -> Iterable[Line]:
    for file in files:
        for one in file.remarks:
            sheet, _, cell = one.place.partition("!")
            yield [
                (Decimal(file.number), "center"),
                (file.department, "text"),
                (file.file, "text"),
                (one.word, one.severity.value),
                (sheet, "text"),
                (cell, "center"),
                (one.name, "text"),
                (one.message, "text"),
                (one.fix, "text"),
                (one.code, "text"),
            ]


def _scores(file: Facts) -> Iterable[Line]:
    for one in file.scores:
        yield [
            (Decimal(file.number), "center"),
            (file.department, "text"),
            (file.file, "text"),
            (one.dimension, "text"),
            (one.group, "text"),
            (one.name, "text"),
            (_points(one.points), "points"),
            (_points(one.score), "points"),
            (_points(one.deduction), "points"),
            (one.state, "center"),
            (one.reason, "text"),
        ]


def _points(value: Fraction | None) -> Content:
    return "" if value is None else Decimal(rounding.text(value))


def _number(text: str) -> Content:
    """A total as a number; what a file shows instead of one stays the text that it is."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return value if value.is_finite() else text
