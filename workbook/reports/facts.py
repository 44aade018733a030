"""Facts about a verified file, as texts: worked out once, for every output alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta, timezone
from fractions import Fraction
from pathlib import Path

from workbook import rounding
from workbook.findings import Finding, Severity
from workbook.intake.items import Origin
from workbook.reports.words import IGNORED, SEVERITIES, SUPERSEDED, clean, place_text
from workbook.rubric.headings import indicator_headings
from workbook.rubric.provenance import marked_title, notice
from workbook.scorer.overview import reason_of
from workbook.verifier.inbox import Inbox
from workbook.verifier.submission import Submission
from workbook.verifier.verification import WORDS, Verdict, Verification, severity_order

_BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding as texts; ``name`` is its indicator's."""

    severity: Severity
    word: str
    place: str
    name: str
    message: str
    fix: str
    code: str


@dataclass(frozen=True, slots=True)
class Score:
    """An indicator's result; the scores are exact, None while data are missing."""

    dimension: str
    group: str
    id: str
    name: str
    points: Fraction
    score: Fraction | None
    deduction: Fraction | None
    reason: str
    state: str

    @property
    def shown(self) -> Fraction | str:
        """The score; where there is none, the state says why."""
        return self.state if self.score is None else self.score


@dataclass(frozen=True, slots=True)
class Facts:
    """A verified file as texts; what is not known is empty. ``number`` counts the files from 1.

    ``saved``, ``recalculated`` and ``reference`` are the total as the officer saw it, by the engine and by
    the reference scorer, in points; ``low`` and ``high`` what can still be attained; ``points`` the whole.
    ``notice`` warns of a rubric that is not official.
    """

    number: int
    file: str
    source: str
    sender: str
    sent: str
    department: str
    year: str
    form: str
    rubric: str
    rubric_id: str
    notice: str
    verdict: Verdict
    word: str
    saved: str
    recalculated: str
    reference: str
    low: str
    high: str
    grade: str
    note: str
    points: Fraction
    counts: Counter[Severity]
    remarks: tuple[Remark, ...]
    scores: tuple[Score, ...]

    @property
    def name(self) -> str:
        """The department, or the file where it is not known."""
        return self.department or self.file

    @property
    def attainable(self) -> str:
        """The attainable range in one text."""
        if not self.low:
            return ""
        return self.low if self.low == self.high else f"{self.low} 至 {self.high}"

    @property
    def counted(self) -> str:
        """The number of findings of each severity, in one text."""
        return counted_text(self.counts)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A received file that was not verified, or does not count, as texts; ``word`` says which."""

    word: str
    file: str
    source: str
    sender: str
    sent: str
    reason: str


def facts_of(number: int, entry: Submission) -> Facts:
    """The facts of a received file, the ``number``-th of all."""
    report, origin = entry.report, entry.origin
    evaluation, figures = report.evaluation, report.figures
    saved, recalculated, reference = (clean(value or "", most=40) for value in figures.total)
    low, high = figures.attainable or ("", "")
    return Facts(
        number=number,
        file=clean(Path(report.path).name if origin is None else _sent_name(origin), most=200),
        source=clean(str(origin or report.path)),
        sender=clean(origin.sender or "", most=200) if origin else "",
        sent=sent_text(origin),
        department=clean(report.department or "", most=200),
        year="" if evaluation is None else str(evaluation.rubric.fiscal_year),
        form="" if evaluation is None else evaluation.rubric.form_title,
        rubric=clean(report.rubric or "", most=200)
        if evaluation is None
        else marked_title(evaluation.rubric),
        rubric_id=clean(report.rubric or "", most=200),
        notice="" if evaluation is None else notice(evaluation.rubric),
        verdict=report.verdict,
        word=WORDS[report.verdict],
        saved=saved,
        recalculated=recalculated,
        reference=reference,
        low=low,
        high=high,
        grade=figures.grade or "",
        note=clean(entry.note),
        points=Fraction(0 if evaluation is None else evaluation.rubric.points),
        counts=Counter(finding.severity for finding in report.findings),
        remarks=tuple(_remark(report, one) for one in sorted(report.findings, key=severity_order)),
        scores=tuple(_scores(report)),
    )


def left_out(inbox: Inbox) -> tuple[LeftOut, ...]:
    """Files received beside those that count: superseded ones, then ignored ones."""
    return (
        *(_left_out(SUPERSEDED, one.origin, f"{one.reason}：{one.by}") for one in inbox.superseded),
        *(_left_out(IGNORED, one.origin, one.reason) for one in inbox.ignored),
    )


def _left_out(word: str, origin: Origin, reason: str) -> LeftOut:
    return LeftOut(
        word=word,
        file=clean(_sent_name(origin), most=200),
        source=clean(str(origin)),
        sender=clean(origin.sender or "", most=200),
        sent=sent_text(origin),
        reason=clean(reason),
    )


def _sent_name(origin: Origin) -> str:
    """The name under which a file was sent."""
    return origin.inside[-1] if origin.inside else origin.path.name


def sent_text(origin: Origin | None) -> str:
    """The time of the mail in Beijing time, wherever the program runs; empty where it is not known."""
    if origin is None or origin.date is None:
        return ""
    return f"{origin.date.astimezone(_BEIJING):%Y-%m-%d %H:%M}"


def indicator_name(report: Verification, finding: Finding) -> str:
    """The name of the indicator that a finding belongs to; empty for none."""
    if report.evaluation is None or finding.indicator is None:
        return ""
    return indicator_headings(report.evaluation.rubric).get(finding.indicator, "")


def _remark(report: Verification, finding: Finding) -> Remark:
    return Remark(
        severity=finding.severity,
        word=SEVERITIES[finding.severity],
        place=place_text(finding),
        name=indicator_name(report, finding),
        message=clean(finding.message),
        fix=clean(finding.fix),
        code=finding.code,
    )


def _scores(report: Verification) -> Iterator[Score]:
    evaluation = report.evaluation
    if evaluation is None:
        return
    results = {one.indicator.id: one for one in evaluation.indicators}
    for dimension, group, indicator in evaluation.rubric.walk():
        one = results[indicator.id]
        yield Score(
            dimension=dimension.name,
            group=group.name,
            id=indicator.id,
            name=indicator_headings(evaluation.rubric)[indicator.id],
            points=Fraction(indicator.points),
            score=one.score,
            deduction=one.deduction,
            reason=clean(reason_of(evaluation, indicator.id)),
            state=one.state.value,
        )


def counted_text(counts: Counter[Severity]) -> str:
    """``错误 2 条，提示 1 条``; 无 when there is nothing."""
    some = [f"{word} {counts[one]} 条" for one, word in SEVERITIES.items() if counts[one]]
    return "，".join(some) or "无"


def points_text(value: Fraction | str) -> str:
    """Points with two decimals at least; the state where there are none."""
    return value if isinstance(value, str) else rounding.text(value)
