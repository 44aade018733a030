"""Drafts of mails to departments: what came was not theirs, or what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from workbook.issue.unsent import one_line, unsent_mail
from workbook.reports.words import clean
from workbook.round.clerk import day_text
from workbook.round.model import MISSING, Department, Filing, Round, State
from workbook.round.standing import Standing

MOST_TOLD = 8
"""Findings that a reminder names."""


def wrong_form(
    one: Round,
    department: Department,
    filing: Filing,
    *,
    to: str | None,
    attachment: tuple[str, bytes] | None,
) -> bytes:
    """The reply to a workbook that is not the department's own: why it does not count, what to do."""
    why = [told["message"] for told in filing.findings]
    lines = [
        f"{_line(department.name)}填报人：",
        "",
        f"您好！发来的“{_line(filing.name)}”没有计入：",
        *(f"· {_line(text)}" for text in why),
        "",
        _attached(attachment) or "请用下发给贵单位的自评表填报，保存后作为附件回复本邮件。",
        f"截止日期：{day_text(one.due(department))}（含当日）。",
    ]
    return _mail(one, f"请用本单位的自评表报送：{one.title}", lines, to, attachment)


def reminder(
    one: Round,
    standing: Standing,
    today: date,
    findings: Sequence[str],
    attachment: tuple[str, bytes] | None,
) -> bytes:
    """A reminder of what is still to be done; ``findings`` are those of what was sent last."""
    department, left = standing.department, (standing.due - today).days
    when = f"还有 {left} 天" if left > 0 else ("今天截止" if left == 0 else f"已逾期 {-left} 天")
    lines = [
        f"{_line(department.contact or department.name + '填报人')}：",
        "",
        f"您好！{_line(one.title)}的报送截止日期是 {day_text(standing.due)}，{when}。",
        _asking(standing),
    ]
    lines += [f"{number}. {_line(text)}" for number, text in enumerate(findings[:MOST_TOLD], 1)]
    if len(findings) > MOST_TOLD:
        lines.append(f"……另有 {len(findings) - MOST_TOLD} 条，见上次退回的审核意见。")
    lines += ["", _attached(attachment) or "请在上次退回的附件中改正，保存后作为附件回复本邮件。"]
    return _mail(one, f"催报：{one.title}（{department.name}）", lines, department.email or None, attachment)


def _asking(standing: Standing) -> str:
    match standing.state:
        case state if state in MISSING:
            return f"至今没有收到{_line(standing.department.name)}的自评表，请尽快填报。"
        case State.INCOMPLETE:
            return "贵单位的自评表还没有填完："
    return "贵单位的自评表需要改正后重新报送："


def _attached(attachment: tuple[str, bytes] | None) -> str:
    if attachment is None:
        return ""
    return f"附件“{_line(attachment[0])}”是下发给贵单位的自评表，请用它填报，保存后作为附件回复本邮件。"


def _mail(
    one: Round, subject: str, lines: Sequence[str], to: str | None, attachment: tuple[str, bytes] | None
) -> bytes:
    return unsent_mail(
        subject=clean(subject, most=150), body="\n".join(lines) + "\n", to=to, sender=one.sender,
        attachment=attachment,
    )  # fmt: skip


def _line(text: str) -> str:
    return one_line(clean(text, most=400))
