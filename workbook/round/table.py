"""The state of a round as a workbook: departments, what came, what has to be decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from workbook.layout.canvas import Content, Line
from workbook.reports.report_book import table_sheet
from workbook.reports.words import clean
from workbook.round.clerk import minute_text
from workbook.round.model import STATE_WORDS, Department, Filing, Round, State
from workbook.round.standing import Standing
from workbook.round.status import matched_text, to_decide
from workbook.verifier.verification import WORDS
from workbook.xlsx_writer.sheets import render_sheets

_DEPARTMENTS = (
    ("序号", 6), ("部门", 30), ("状态", 11), ("迟报", 7), ("总分", 10), ("等级", 9), ("报送次数", 9),
    ("最近报送", 18), ("待处理", 8), ("期限", 12), ("下发编号", 16), ("邮箱", 28), ("原名", 24),
)  # fmt: skip
_FILINGS = (
    ("来件", 7), ("部门", 30), ("报送时间", 18), ("结论", 11), ("总分", 10), ("计入", 8), ("归入依据", 16),
    ("文件", 34), ("发件人", 32), ("不符之处", 60), ("SHA-256", 30),
)  # fmt: skip
_STYLES = {
    State.NOT_RETURNED: "center", State.LATE: "fail", State.TO_CORRECT: "fail",
    State.INCOMPLETE: "incomplete", State.PASSED: "pass", State.IN_REVIEW: "incomplete", State.FINAL: "pass",
}  # fmt: skip


def status_book(one: Round, every: Sequence[Standing]) -> bytes:
    """The .xlsx file; no text of a department becomes a formula. The same round gives the same bytes."""
    sheets = [
        table_sheet("部门", _DEPARTMENTS, [_department(*pair) for pair in enumerate(every, 1)], keep=2),
        table_sheet("来件", _FILINGS, _filings(one, every), keep=2),
        table_sheet(
            "待决定", (("序号", 6), ("事项", 120)),
            [[(Decimal(number), "center"), (clean(line), "text")]
             for number, line in enumerate(to_decide(one, every), 1)],
            keep=1,
        ),
    ]  # fmt: skip
    return render_sheets("报送情况", sheets)


def _department(number: int, standing: Standing) -> Line:
    department = standing.department
    last = department.filings[-1].sent if department.filings else ""
    return [
        (Decimal(number), "center"),
        (clean(department.name), "text"),
        (STATE_WORDS[standing.state], _STYLES[standing.state]),
        ("是" if standing.late and standing.counted is not None else "", "center"),
        (_points(standing.total), "points"),
        (standing.grade or "", "center"),
        (Decimal(len(department.filings)), "year"),
        (minute_text(last), "center"),
        (Decimal(standing.open), "year"),
        (str(standing.due), "center"),
        (department.id, "center"),
        (department.email, "text"),
        ("、".join(clean(name) for name in department.former), "text"),
    ]


def _filings(one: Round, every: Iterable[Standing]) -> Iterable[Line]:
    for filing in one.unfiled:
        yield _filing(None, filing, counted=False)
    for standing in every:
        for filing in standing.department.filings:
            yield _filing(standing.department, filing, counted=filing is standing.counted)


def _filing(department: Department | None, filing: Filing, *, counted: bool) -> Line:
    return [
        (Decimal(filing.arrived), "center"),
        ("（待定）" if department is None else clean(department.name), "text"),
        (minute_text(filing.sent), "center"),
        (WORDS[filing.verdict], filing.verdict.value),
        (_points(filing.facts["total"]), "points"),
        ("是" if counted and not filing.held else "", "center"),
        (matched_text(filing), "center"),
        (clean(filing.name, most=200), "text"),
        (clean(filing.sender, most=200), "text"),
        (clean("\n".join(told["message"] for told in filing.findings)), "text"),
        (filing.about or "", "text"),
    ]


def _points(total: str | None) -> Content:
    return "" if total is None else Decimal(total)
