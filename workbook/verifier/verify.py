"""Verify files: everything that can be said of each, in one run; many are recalculated together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook.findings import Finding, Refused, found, has_errors
from workbook.returned.identity_copies import find_identity
from workbook.returned.input_cells import ReadInputs, open_findings, read_inputs
from workbook.returned.registry import Known, Registry
from workbook.rubric.keys import Key
from workbook.scorer.evaluate import evaluate
from workbook.scorer.quantities import quantities
from workbook.template.model import Result, Template
from workbook.verifier.agreement import (
    agreement_findings,
    cached_values,
    repeated_findings,
    repeated_values,
    third_findings,
)
from workbook.verifier.figures import figures_of
from workbook.verifier.integrity import integrity_findings
from workbook.verifier.judgements import judgement_findings
from workbook.verifier.second_reader import reader_findings
from workbook.verifier.third_engine import Unable, installed, third_values
from workbook.verifier.thresholds import threshold_findings
from workbook.verifier.typed_texts import typed_texts
from workbook.verifier.verification import Verdict, Verification
from workbook.xlsx_reader.gate import read_file
from workbook.xlsx_reader.read import read_workbook
from workbook.xlsx_reader.received import CellValue


@dataclass(frozen=True, slots=True)
class _Read:
    """A workbook of ours that has been read and waits for its recalculation."""

    report: Verification
    known: Known
    inputs: ReadInputs
    repeated: dict[str, CellValue | None]
    third: dict[Key, Result | None] | Unable | None


def verify_file(path: Path, registry: Registry) -> Verification:
    """Verify the workbook at ``path``: read once, never written; what is wrong in it becomes findings."""
    try:
        return verify_bytes(read_file(path), registry, str(path))
    except Refused as refusal:
        return Verification(str(path), Verdict.UNREADABLE, findings=list(refusal.findings))


def verify_bytes(data: bytes, registry: Registry, name: str) -> Verification:
    """Verify one workbook's bytes."""
    return verify_batch([(name, data)], registry)[0]


def verify_batch(
    files: Iterable[tuple[str, bytes]],
    registry: Registry,
    *,
    quick: bool = False,
    read: Callable[[], None] | None = None,
) -> list[Verification]:
    """Verify workbooks, ``(name, bytes)`` each; a report each, in their order.

    ``quick`` leaves the third engine out. ``read`` is called when all have been read, before they are
    recalculated. What one file makes fail in the program itself stops neither the others nor this.
    """
    reports: list[Verification] = []
    waiting: dict[tuple[str, str], list[_Read]] = {}
    for name, data in files:
        report = Verification(name, Verdict.UNREADABLE)
        reports.append(report)
        with _Guard(report):
            one = _read(report, data, registry, third=not quick and installed())
            if one is not None:
                waiting.setdefault((one.known.template.rubric, one.known.template.version), []).append(one)
    if read is not None:
        read()
    for reads in waiting.values():
        _conclude_all(reads)
    for report in reports:
        with _Guard(report):
            report.figures = figures_of(report)
    return reports


class _Guard:
    """A fault of ours becomes a finding of the file."""

    def __init__(self, report: Verification) -> None:
        self.report = report

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> bool:
        if not isinstance(error, Exception):
            return False
        report = self.report
        if isinstance(error, MemoryError):
            report.findings.append(found("WORKER_MEMORY"))
            report.verdict = Verdict.UNREADABLE
            return True
        report.findings.append(found("INTERNAL", reason=f"{type(error).__name__}: {error}"[:200]))
        report.verdict = Verdict.UNREADABLE if report.rubric is None else Verdict.FAIL
        return True


def _read(report: Verification, data: bytes, registry: Registry, *, third: bool) -> _Read | None:
    """Everything up to recalculation; None when there is nothing to recalculate."""
    try:
        received = read_workbook(data, registry.memory)
    except Refused as refusal:
        report.findings.extend(refusal.findings)
        return None
    identity, findings = find_identity(received)
    report.findings.extend(findings)
    if identity is None:
        return None
    report.identity, report.rubric, report.template = identity, identity.rubric, identity.template
    report.verdict = Verdict.FAIL
    known = registry.find(identity)
    if isinstance(known, Finding):
        report.findings.append(known)
        return None
    rubric, template = known.rubric, known.template
    report.findings.extend(_placed(_first(integrity_findings(known.issued, received, identity)), template))
    read = read_inputs(rubric, template, received)
    if read is None:
        return None
    report.findings.extend(_placed(read.findings, template))
    if not has_errors(report.findings):
        report.findings.extend(
            _placed(reader_findings(data, template, received, known.issued.read_alike), template)
        )
    report.inputs, report.refused = read.inputs, read.refused
    year = read.inputs.number("fiscal_year")
    report.department = read.inputs.word("department")
    report.filled = typed_texts(read.inputs)
    report.fiscal_year = None if year is None else str(year)
    report.evaluation = evaluate(rubric, read.inputs, traced=False)
    report.reference = quantities(report.evaluation)
    report.cached = cached_values(template, received)
    calculated = third_values(data, template, received) if third and not has_errors(report.findings) else None
    return _Read(report, known, read, repeated_values(template, received), calculated)


def _conclude_all(reads: Sequence[_Read]) -> None:
    """Recalculate workbooks of one template together, then finish each."""
    try:
        results = reads[0].known.model.recalculate([read.inputs.inputs for read in reads])
    except Exception:  # then each by itself, so that the fault is said of the file that has it
        for read in reads:
            with _Guard(read.report):
                _conclude(read, read.known.model.recalculate([read.inputs.inputs])[0])
        return
    for read, result in zip(reads, results, strict=True):
        with _Guard(read.report):
            _conclude(read, result)


def _conclude(read: _Read, recalculated: dict[Key, Result]) -> None:
    """The agreement of the three, what is open, the judgements, and the verdict."""
    report, rubric, template = read.report, read.known.rubric, read.known.template
    evaluation = report.evaluation
    assert evaluation is not None
    report.recalculated = recalculated
    report.findings.extend(_agreement(report, read))
    if report.cached is not None and read.inputs.valid:
        report.findings.extend(repeated_findings(template, read.repeated, recalculated))
    if not has_errors(report.findings):
        report.findings.extend(_third(report, read))
    report.findings.extend(open_findings(rubric, template, evaluation.fields))
    report.findings.extend(judgement_findings(evaluation, template))
    report.findings.extend(_placed(threshold_findings(rubric, evaluation.ledger), template))
    if has_errors(report.findings):
        report.verdict = Verdict.FAIL
    else:
        report.verdict = Verdict.PASS if evaluation.ready else Verdict.INCOMPLETE


def _agreement(report: Verification, read: _Read) -> Iterator[Finding]:
    assert report.recalculated is not None
    assert report.reference is not None
    # With an invalid input the officer's file rightly shows something else: only our two back-ends compare.
    cached = report.cached if read.inputs.valid else {}
    for finding in agreement_findings(
        read.known.rubric, read.known.template, cached or None, report.recalculated, report.reference
    ):
        if finding.code == "CACHE_ABSENT" and report.cached is not None:
            continue
        yield finding


def _third(report: Verification, read: _Read) -> Iterator[Finding]:
    """Findings of the third engine on a file on which all else agrees.

    Where it fails, nobody has calculated what was taken as it was saved, and the file itself may have made
    it fail.
    """
    if isinstance(read.third, Unable):
        saved = [one for one in report.findings if one.code == "INPUT_FORMULA_SAVED"]
        for one in saved:
            yield found("THIRD_ENGINE_NEEDED", sheet=one.sheet, cell=one.cell, reason=read.third.reason)
        if not saved:
            yield found("THIRD_ENGINE_FAILED", reason=read.third.reason)
    elif read.third is not None:
        assert report.recalculated is not None
        assert report.reference is not None
        known = read.known
        yield from third_findings(
            known.rubric, known.template, report.cached, report.recalculated, read.third, report.reference
        )


_MOST = 200
"""Findings of one code that are listed one by one."""


def _first(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The first findings of each code, and how many more there are."""
    counts: Counter[str] = Counter()
    for finding in findings:
        counts[finding.code] += 1
        if counts[finding.code] <= _MOST:
            yield finding
    for code, count in counts.items():
        if count > _MOST:
            yield found("MANY_MORE", count=count - _MOST, kind=code)


def _placed(findings: Iterable[Finding], template: Template) -> Iterator[Finding]:
    """Findings in cells that belong to an indicator say so."""
    for finding in findings:
        keys = template.keys.get(finding.sheet or "")
        cell = finding.cell or ""
        key = None if keys is None else keys.inputs.get(cell) or keys.quantities.get(cell)
        yield finding.placed(indicator=None if key is None else key.indicator)
