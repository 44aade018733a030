"""The reply to whoever sent a file: verdict, what to correct, and the workbook with the comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workbook.findings import Finding, Severity, has_errors
from workbook.intake.items import Origin
from workbook.issue.roster import address_findings
from workbook.issue.unsent import one_line, unsent_mail
from workbook.layout import names
from workbook.reports.copies import Copy, for_officer
from workbook.reports.facts import Facts, facts_of
from workbook.reports.words import OPINION, SEVERITIES, clean, is_mended, place_text, remedy
from workbook.verifier.submission import Submission
from workbook.verifier.verification import Verdict

MOST_LISTED = 12
"""Findings that the mail itself tells; the workbook has them all."""

_LONGEST_SUBJECT = 150
_SENDER = re.compile(r"[^<>\r\n]*<([^<>\s]+)>|([^<>\s]+)")
_ANSWERED = re.compile(r"\s*(?:re|回复|答复)\s*[:：]", re.I)


def reply_mail(
    entry: Submission,
    copy: Copy | None = None,
    *,
    name: str = "审核意见.xlsx",
    sender: str | None = None,
    more: Sequence[str] = (),
) -> bytes:
    """The reply as an unsent .eml file, with ``copy`` attached under ``name``.

    ``more`` are lines to be said before what is attached.

    To is left out where the sender is not known or is no plain address. Raises Refused for a bad
    ``sender``, which is the clerk's own address. The same arguments give the same bytes.
    """
    facts = facts_of(1, entry)
    return unsent_mail(
        subject=_subject(facts, entry.origin),
        body="\n".join(_body(entry, facts, copy, name, more)) + "\n",
        to=_address(entry.origin),
        sender=sender,
        attachment=None if copy is None else (name, copy.data),
    )


def _address(origin: Origin | None) -> str | None:
    """The bare address of a sender such as ``张三 <z@example.gov.cn>``; None for anything less plain."""
    match = _SENDER.fullmatch(origin.sender or "") if origin is not None else None
    address = "" if match is None else match[1] or match[2]
    return None if not address or any(address_findings(address)) else address


def _subject(facts: Facts, origin: Origin | None) -> str:
    asked = clean((origin.subject or "").strip(), most=_LONGEST_SUBJECT) if origin is not None else ""
    if asked:
        return asked if _ANSWERED.match(asked) else f"Re: {asked}"
    year = f"{facts.year}年度{facts.form}" if facts.year else ""
    about = f"{year}（{facts.department or facts.file}）" if year else facts.file
    return clean(f"{OPINION}：{about}", most=_LONGEST_SUBJECT)


def _body(
    entry: Submission, facts: Facts, copy: Copy | None, name: str, more: Sequence[str]
) -> Iterator[str]:
    remade = copy is not None and copy.remade
    findings = for_officer(entry.report)
    yield f"{one_line(facts.department)}填报人：" if facts.department else "您好："
    yield ""
    yield f"{'您好！' if facts.department else ''}发来的“{one_line(facts.file)}”已核验，结论：{facts.word}。"
    if facts.reference:
        grade = f"，等级 {facts.grade}" if facts.grade else f"，可得分区间 {facts.attainable}"
        seen = f"（文件所示 {facts.saved}）" if facts.saved not in {"", facts.reference} else ""
        yield f"总分 {facts.reference}{seen}{grade}。"
    if facts.notice:
        yield f"{facts.rubric}：{facts.notice}"
    yield ""
    yield _asking(entry, findings, remade=remade)
    listed = [one for one in findings if one.severity is not Severity.NOTE]
    yield from _listed(listed, remade=remade)
    if more:
        yield ""
        yield from (one_line(clean(line, most=400)) for line in more)
    if copy is not None:
        yield ""
        yield from _attached(entry.report.verdict, name, remade=remade)
    elif entry.report.verdict is Verdict.UNREADABLE:
        yield ""
        yield "请用下发的原文件填报，在 Excel 或 WPS 中保存为 .xlsx 后，作为附件回复本邮件。"


def _asking(entry: Submission, findings: list[Finding], *, remade: bool) -> str:
    verdict = entry.report.verdict
    evaluation = entry.report.evaluation
    if verdict is Verdict.PASS:
        asks = any(one.severity is Severity.WARNING for one in findings)
        return "不需要再次报送。" + ("以下各项不影响结论，供核对：" if asks else "感谢配合。")
    if verdict is Verdict.INCOMPLETE:
        return "还有内容没有填完，请补填："
    left = [one for one in findings if not is_mended(one)]
    if remade and not has_errors(left) and evaluation is not None and evaluation.ready:
        return "下列错误已在附件中修复，请打开核对，保存后直接把附件寄回："
    return "请按下列意见改正后再报送："


def _listed(findings: list[Finding], *, remade: bool) -> Iterator[str]:
    for number, one in enumerate(findings[:MOST_LISTED], 1):
        place = place_text(one)
        where = f"{place}　" if place else ""
        yield f"{number}. 【{SEVERITIES[one.severity]}】{where}{one_line(clean(one.message, most=400))}"
        if fix := remedy(one, remade=remade):
            yield f"   处理：{one_line(clean(fix, most=400))}"
    if len(findings) > MOST_LISTED:
        rest = f"……另有 {len(findings) - MOST_LISTED} 条"
        yield rest + (f"，见附件的“{OPINION}”。" if remade else "。")


def _attached(verdict: Verdict, name: str, *, remade: bool) -> Iterator[str]:
    if verdict is Verdict.PASS:
        yield f"附件“{name}”供留存。"
    elif remade:
        yield f"附件“{name}”由下发的模板重新生成，已带入您填报的内容；"
        yield f"有意见的单元格已着色并加批注，“{OPINION}”列出全部意见，点位置可以跳到单元格。"
        yield f"请直接在附件中改正，“{names.TITLE_COVER}”的“可报送”显示“是”时保存，把它作为附件回复本邮件。"
    else:
        yield f"附件“{name}”列出全部意见。请在您保存的原文件中改正，作为附件回复本邮件。"
