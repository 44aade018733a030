"""The Python API: pure functions over rubrics, data and workbooks. The command line only wraps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.as_json import describe_rubric, describe_template
from workbook.check.run import load_checked as load_rubric
from workbook.data.read import Data, load_data
from workbook.data.typed import with_defaults
from workbook.findings import Refused, Severity, found, has_errors, nearest
from workbook.load.builtin import builtin_ids
from workbook.rubric.headings import indicator_headings
from workbook.rubric.inputs import BLANK, Inputs
from workbook.rubric.model import Rubric
from workbook.scorer.evaluate import Evaluation, evaluate
from workbook.scorer.indicators import IndicatorScore
from workbook.template.draw import draw

if TYPE_CHECKING:
    from datetime import datetime

    from workbook.migration.carried import Migration
    from workbook.report_reader.judging import Checked
    from workbook.report_reader.model import Reading
    from workbook.verifier.inbox import Inbox
    from workbook.verifier.receiving import Progress
    from workbook.verifier.verification import Verification

__all__ = [
    "check_report",
    "describe",
    "explain",
    "load_rubric",
    "migrate",
    "migrate_verified",
    "new_workbook",
    "read_inputs_of",
    "read_report",
    "receive",
    "rubrics",
    "score",
    "verify",
]


def rubrics() -> list[dict[str, Any]]:
    """The built-in rubric versions.

    >>> sorted(rubrics()[0])
    ['fiscal_year', 'id', 'issuer', 'points', 'source', 'status', 'title']
    """
    return [describe_rubric(load_rubric(rubric_id)) for rubric_id in builtin_ids()]


def describe(rubric: Rubric) -> dict[str, Any]:
    """The public map of the workbook of ``rubric``.

    >>> rubric = load_rubric(rubrics()[0]["id"])
    >>> sorted(describe(rubric)["total"])
    ['cell', 'name', 'sheet']
    """
    return describe_template(rubric, draw(rubric)[1])


def new_workbook(
    rubric: Rubric, *, department: str | None = None, inputs: Inputs = BLANK, issue: str | None = None
) -> bytes:
    """The .xlsx file, blank or pre-filled with checked inputs. The same arguments give the same bytes.

    ``issue`` is the issue id, derived from rubric and department when it is None. Raises Refused for one of
    the wrong form, and for a department that no workbook can hold.

    >>> rubric = load_rubric(rubrics()[0]["id"])
    >>> new_workbook(rubric, department="区教育局").startswith(b"PK")
    True
    """
    from workbook.issue.workbooks import refuse_unfit
    from workbook.xlsx_writer.series import Series

    refuse_unfit(rubric, department, issue)
    return Series(rubric, inputs).whole(department, issue)


def read_inputs_of(rubric: Rubric, path: Path) -> Data:
    """DATA for ``rubric``: YAML, JSON or CSV, or a filled workbook of the same rubric. Raises Refused."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        from workbook.data.csv import load_csv_data

        return load_csv_data(rubric, path)
    if suffix not in {".xlsx", ".xlsm"}:
        return load_data(rubric, path)
    from workbook.returned.filled import inputs_of_workbook

    read = inputs_of_workbook(rubric, path)
    if has_errors(read.findings):
        raise Refused(finding.placed(file=str(path)) for finding in read.findings)
    known = {key: value for key, value in read.inputs.values.items() if key in rubric.field}
    return Data(with_defaults(rubric, replace(read.inputs, values=known)), tuple(read.findings))


def score(rubric: Rubric, inputs: Inputs) -> Evaluation:
    """The reference scorer on checked inputs; points are exact fractions, in 分.

    >>> rubric = load_rubric(rubrics()[0]["id"])
    >>> score(rubric, BLANK).attainable
    (Fraction(0, 1), Fraction(100, 1))
    """
    return evaluate(rubric, with_defaults(rubric, inputs))


def explain(rubric: Rubric, indicator: str, inputs: Inputs) -> IndicatorScore:
    """The trace of one indicator, by id or by name; raises Refused for an unknown one, or one of several.

    >>> rubric = load_rubric(rubrics()[0]["id"])
    >>> explain(rubric, rubric.indicators[0].name, BLANK).score is None  # nothing is filled in
    True
    """
    scores = {one.indicator.id: one for one in score(rubric, inputs).indicators}
    called = indicator_headings(rubric)
    named = [key for key, one in scores.items() if indicator in {one.indicator.name, called[key]}]
    if indicator in scores or len(named) == 1:
        return scores.get(indicator) or scores[named[0]]
    if named:
        raise Refused([found("INDICATOR_SHARED", name=indicator, ids="、".join(named))])
    raise Refused(
        [
            found(
                "INDICATOR_UNKNOWN",
                rubric=rubric.id,
                name=indicator,
                known=nearest(indicator, rubric.indicator),
            )
        ]
    )


_TOGETHER = 24
"""Files that are read and then recalculated together."""


def verify(paths: Iterable[Path], *, specs: Iterable[str | Path] = ()) -> Iterator[Verification]:
    """Verify what is in files, folders, archives, mails: a whole report on each workbook, in order.

    In this process, a few at a time. ``specs`` makes own rubrics known. Raises Refused when there is nothing
    to verify. Copies and older files are verified like all others: ``receive`` tells them apart.
    """
    from workbook.intake.collect import collect
    from workbook.intake.items import Candidate, Unreadable
    from workbook.returned.registry import Registry
    from workbook.verifier.verification import Verdict, Verification
    from workbook.verifier.verify import verify_batch

    registry = Registry(_own(specs))
    received = iter(collect(paths))
    while items := list(islice(received, _TOGETHER)):
        files = [(str(one.origin), one.data) for one in items if isinstance(one, Candidate)]
        reports = iter(verify_batch(files, registry))
        for item in items:
            if isinstance(item, Candidate):
                yield next(reports)
            elif isinstance(item, Unreadable):
                yield Verification(str(item.origin), Verdict.UNREADABLE, findings=[item.finding])


def migrate(path: Path, rubric: Rubric, *, specs: Iterable[str | Path] = ()) -> Migration:
    """The inputs of the filled workbook at ``path``, of any known rubric, that mean the same in ``rubric``.

    ``new_workbook(rubric, inputs=migration.inputs)`` makes the new workbook. ``specs`` makes own rubrics
    known. A file may be incomplete. Raises Refused with all that is wrong in one that does not verify.
    """
    from workbook.returned.registry import Registry
    from workbook.verifier.verify import verify_file

    return migrate_verified(verify_file(path, Registry(_own(specs))), rubric)


def migrate_verified(report: Verification, rubric: Rubric) -> Migration:
    """``migrate`` for a verified workbook, with a whole ``report``. Raises Refused like ``migrate``."""
    from workbook.migration.carry import carry
    from workbook.verifier.verification import Verdict

    usable = report.verdict in {Verdict.PASS, Verdict.INCOMPLETE}
    if not usable or report.evaluation is None:
        raise Refused(
            one.placed(file=report.path) for one in report.findings if one.severity is Severity.ERROR
        )
    return carry(report.evaluation.rubric, report.evaluation.typed, rubric)


def receive(
    paths: Iterable[Path],
    *,
    specs: Iterable[str | Path] = (),
    full: bool = False,
    isolated: bool = False,
    quick: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> Inbox:
    """Account for everything in files, folders, archives, mails. Raises Refused when there is nothing.

    ``isolated`` verifies in processes of their own with limits on memory and time (a script that asks for
    it needs the usual ``if __name__ == "__main__"``); ``full`` keeps whole reports; ``quick`` leaves the
    third engine out; ``progress`` wraps the reports as they come, and is told about how many there will be;
    ``now``, with its zone, is the clock by which the date of a mail is in the future.
    """
    from workbook.verifier.receiving import received

    specs = list(specs)
    _own(specs)  # a bad one is refused before anything is verified
    return received(
        paths, specs, full=full, isolated=isolated, quick=quick, jobs=jobs, progress=progress, now=now
    )


def read_report(report: Path, rubric: Rubric) -> Reading:
    """Read a finished report: every figure of ``rubric`` in it, and every number that means nothing known.

    A Word file, a PDF or plain text. Raises Refused for what cannot be read, or is hostile.
    """
    from workbook.report_reader.opening import open_report
    from workbook.report_reader.reading import read_document

    return read_document(open_report(report), rubric)


def check_report(report: Path, workbook: Path, *, specs: Iterable[str | Path] = ()) -> Checked:
    """Hold every figure of a finished report against a verified workbook, and against each other.

    ``specs`` makes own rubrics known. Raises Refused for a report that cannot be read, and for a workbook
    that does not verify, with what is wrong in it; one that is not complete will do.
    """
    from workbook.report_reader.judging import judge
    from workbook.report_reader.opening import open_report
    from workbook.report_reader.reading import read_document
    from workbook.returned.registry import Registry
    from workbook.verifier.verification import Verdict
    from workbook.verifier.verify import verify_file

    document = open_report(report)
    verified = verify_file(workbook, Registry(_own(specs)))
    if verified.verdict in {Verdict.UNREADABLE, Verdict.FAIL} or verified.evaluation is None:
        errors = [one for one in verified.findings if one.severity is Severity.ERROR]
        raise Refused(one.placed(file=str(workbook)) for one in errors or verified.findings)
    evaluation = verified.evaluation
    return judge(read_document(document, evaluation.rubric), evaluation)


def _own(specs: Iterable[str | Path]) -> dict[str, Rubric]:
    """The rubrics of a user's own specs by their ids. Raises Refused for a bad one."""
    loaded = map(load_rubric, specs)
    return {rubric.id: rubric for rubric in loaded}
