"""审核意见: the sheet that tells the officer the verdict and all that was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbook.findings import Finding
from workbook.layout import names
from workbook.layout.canvas import Content, Link, Sheet, text_height
from workbook.layout.names import Place
from workbook.reports.facts import counted_text, facts_of, indicator_name
from workbook.reports.words import OPINION, SEVERITIES, clean, place_text
from workbook.verifier.submission import Submission
from workbook.verifier.verification import Verdict

_WIDTHS = (8, 9, 27, 62, 46)

_PASSED = "本表已通过核验，不需要再次报送。本文件供留存。"
_REMADE = (
    "本文件由下发的模板重新生成，已带入您填报的内容；模板被改动的地方已恢复原样，自行增加的工作表没有带入。",
    "请直接在本文件中改正：点“位置”跳到单元格，单元格上有批注；颜色和边框由重到轻为错误、警告、提示。",
    f"改好后，“{names.TITLE_COVER}”的“可报送”显示“是”时保存，把本文件作为附件回复邮件。本页和批注可以留着。",
)
_LISTED = ("本文件只列出意见：所用的模板是旧版，不能重新生成。请在您保存的原文件中改正后再报送。",)


@dataclass(frozen=True, slots=True)
class Opinion:
    """A finding as the officer reads it: the cell to which a link leads, if any, and the action needed."""

    finding: Finding
    target: Place | None
    fix: str


def opinion_sheet(entry: Submission, opinions: Sequence[Opinion], *, remade: bool) -> Sheet:
    """The sheet; ``remade``: it stands before the officer's workbook made anew, else by itself."""
    facts = facts_of(1, entry)
    sheet = Sheet(OPINION, widths=_WIDTHS, landscape=True)
    sheet.banner(OPINION, "title", height=32)
    counted = counted_text(Counter(one.finding.severity for one in opinions))
    _pair(sheet, "部门", facts.department, "评分标准", facts.rubric)
    _pair(sheet, "结论", facts.word, "意见", counted, style=facts.verdict.value)
    total = f"文件所示 {facts.saved or '无'}，重新计算 {facts.recalculated or '无'}"
    grade = f"，等级 {facts.grade}" if facts.grade else ""
    _pair(sheet, "总分", total, "可得分区间", facts.attainable + grade)
    if facts.notice:
        sheet.banner(facts.notice, "notice", height=text_height(facts.notice, sum(_WIDTHS)) + 8)
    lines = (_REMADE if remade else _LISTED) if facts.verdict is not Verdict.PASS else (_PASSED,)
    for line in lines:
        sheet.banner(line, "text", height=text_height(line, sum(_WIDTHS)))
    sheet.row += 1
    headings = ("序号", "类别", "位置", "意见", "处理办法")
    top = sheet.line([(heading, "heading") for heading in headings], least=24)
    sheet.repeat_rows = (top, top)
    sheet.freeze_rows = top + 1
    for number, one in enumerate(opinions, 1):
        finding = one.finding
        place = place_text(finding)
        where: Content = place
        if one.target is not None:
            where = Link(place, one.target.sheet, cell=one.target.cell)
        name = indicator_name(entry.report, finding)
        message = finding.message if not name or name in finding.message else f"{name}：{finding.message}"
        sheet.line(
            [
                (Decimal(number), "center"),
                (SEVERITIES[finding.severity], finding.severity.value),
                (where, "link" if one.target is not None else "text"),
                (clean(message), "text"),
                (clean(one.fix), "text"),
            ],
            least=22,
        )
    if not opinions:
        sheet.banner("没有意见", "text", height=24)
    return sheet


def _pair(sheet: Sheet, left: str, value: str, right: str, other: str, *, style: str = "text") -> None:
    row = sheet.row
    sheet.put(row, 0, left, "label")
    sheet.put(row, 1, value, style, last_col=2)
    sheet.put(row, 3, f"{right}：{other}" if other else "", "text", last_col=4)
    sheet.heights[row] = max(24.0, text_height(value, sum(_WIDTHS[1:3])))
    sheet.row += 1
