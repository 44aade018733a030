"""Verify one file: everything that can be said of it, in one run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from workbook.findings import Finding, Refused, Severity, found, has_errors
from workbook.inputcheck import shown, threshold_findings
from workbook.recalc import Result
from workbook.receive.gate import MAX_FILE
from workbook.receive.read import read_workbook
from workbook.receive.received import CellValue, Received
from workbook.scorer.evaluate import Evaluation, evaluate
from workbook.scorer.overview import listed
from workbook.scorer.quantities import Quantity, quantities
from workbook.spec.model import Rubric
from workbook.spec.states import CheckState, FieldState, IndicatorState, RowState
from workbook.template import Template
from workbook.verifier.agreement import (
    agreement_findings,
    cached_values,
    display,
    repeated_findings,
)
from workbook.verifier.identity import find_identity
from workbook.verifier.inputs import ReadInputs, open_findings, read_inputs
from workbook.verifier.integrity import integrity_findings
from workbook.verifier.registry import Known, Registry


class Verdict(StrEnum):
    """The first that holds."""

    UNREADABLE = "unreadable"
    FAIL = "fail"
    INCOMPLETE = "incomplete"
    PASS = "pass"


@dataclass(slots=True)
class Report:
    """What verification says of one file. The values are None where they could not be determined."""

    path: str
    verdict: Verdict
    rubric: str | None = None
    template: str | None = None
    findings: list[Finding] = field(default_factory=list)
    evaluation: Evaluation | None = None
    cached: dict[str, CellValue | None] | None = None
    recalculated: dict[str, Result] | None = None
    reference: dict[str, Quantity] | None = None


def verify_file(path: Path, registry: Registry) -> Report:
    """Verify the workbook at ``path``: read once, never written; what is wrong in it becomes findings."""
    report = Report(str(path), Verdict.UNREADABLE)
    try:
        if path.stat().st_size > MAX_FILE:
            raise Refused(
                [found("NOT_WORKBOOK", problem="文件大于 10 MB", remedy="请删去插入的图片等大内容后再报送。")]
            )
        data = path.read_bytes()
    except OSError as error:
        report.findings.append(found("FILE_UNREADABLE", reason=error.strerror or str(error)))
        return report
    except Refused as refusal:
        report.findings.extend(refusal.findings)
        return report
    try:
        return verify_bytes(data, registry, report)
    except Exception as error:  # a fault of ours must not stop the other files
        report.findings.append(found("INTERNAL", reason=f"{type(error).__name__}: {error}"[:200]))
        report.verdict = Verdict.UNREADABLE if report.rubric is None else Verdict.FAIL
        return report


def verify_bytes(data: bytes, registry: Registry, report: Report) -> Report:
    """Verify a workbook's bytes into ``report``."""
    try:
        received = read_workbook(data)
    except Refused as refusal:
        report.findings.extend(refusal.findings)
        return report
    identity, findings = find_identity(received)
    report.findings.extend(findings)
    if identity is None:
        return report
    report.rubric, report.template = identity.rubric, identity.template
    known = registry.find(identity)
    if isinstance(known, Finding):
        report.findings.append(known)
    else:
        _examine(report, known, received)
    report.verdict = _verdict(report)
    return report


def inputs_of_workbook(rubric: Rubric, path: Path) -> ReadInputs:
    """The inputs of a filled workbook of ``rubric``; raises Refused when it is none of this rubric's.

    Only identity and inputs are read; whether the rest of the workbook is as issued is not asked here.
    """
    registry = Registry({rubric.id: rubric})
    try:
        received = read_workbook(path.read_bytes())
    except OSError as error:
        raise Refused([found("FILE_UNREADABLE", file=path, reason=error.strerror or str(error))]) from error
    identity, findings = find_identity(received)
    if identity is None:
        raise Refused(findings)
    if identity.rubric != rubric.id:
        raise Refused([found("RUBRIC_OTHER", file=path, rubric=identity.rubric, expected=rubric.id)])
    known = registry.find(identity)
    if isinstance(known, Finding):
        raise Refused([known])
    read = read_inputs(rubric, known.template, received)
    if read is None:
        raise Refused(integrity_findings(known.template, received))
    return read


def _examine(report: Report, known: Known, received: Received) -> None:
    rubric, template = known.rubric, known.template
    report.findings.extend(_placed(integrity_findings(template, received), template))
    read = read_inputs(rubric, template, received)
    if read is None:
        return
    report.findings.extend(_placed(iter(read.findings), template))
    evaluation = evaluate(rubric, read.inputs)
    report.evaluation = evaluation
    report.reference = quantities(evaluation)
    report.recalculated = known.model.recalculate([read.inputs])[0]
    report.cached = cached_values(template, received)
    report.findings.extend(_agreement(report, known, read))
    if report.cached is not None and read.valid:
        report.findings.extend(repeated_findings(template, received, report.recalculated))
    report.findings.extend(open_findings(rubric, template, evaluation.fields))
    report.findings.extend(_judgements(evaluation, template))
    report.findings.extend(_placed(threshold_findings(rubric, evaluation.ledger), template))


def _agreement(report: Report, known: Known, read: ReadInputs) -> Iterator[Finding]:
    assert report.recalculated is not None
    assert report.reference is not None
    # With an invalid input the officer's file rightly shows something else: only our two back-ends compare.
    cached = report.cached if read.valid else {}
    for finding in agreement_findings(
        known.rubric, known.template, cached or None, report.recalculated, report.reference
    ):
        if finding.code == "CACHE_ABSENT" and report.cached is not None:
            continue
        yield finding


def _judgements(evaluation: Evaluation, template: Template) -> Iterator[Finding]:
    """Missing reasons and cross-checks that do not hold."""
    for one in evaluation.indicators:
        if one.state is IndicatorState.REASON_OPEN:
            place = template.inputs[f"reason.{one.indicator.id}"]
            yield found(
                "REASON_OPEN",
                sheet=place.sheet,
                cell=place.cell,
                indicator=one.indicator.id,
                name=one.indicator.name,
                deduction=display(one.deduction),
            )
    yield from _hints(evaluation, template)
    for result in evaluation.checks:
        if result.state in {CheckState.FAILS, CheckState.BLOCKS}:
            place = template.quantities[f"check:{result.check.id}:state"]
            code = "CHECK_BLOCKS" if result.state is CheckState.BLOCKS else "CHECK_FAILED"
            yield found(
                code,
                sheet=place.sheet,
                cell=place.cell,
                title=result.check.title,
                left=display(result.left),
                right=display(result.right),
                why=result.check.why,
            )


def _hints(evaluation: Evaluation, template: Template) -> Iterator[Finding]:
    """What does not stop a pass but deserves a look."""
    for field_id, state in evaluation.fields.items():
        if state is FieldState.UNUSUAL:
            field, value = evaluation.rubric.field[field_id], evaluation.typed.number(field_id)
            place = template.inputs[field_id]
            text = f"{shown(field, value)}{field.unit if field.unit != '%' else ''}"
            yield found("INPUT_UNUSUAL", sheet=place.sheet, cell=place.cell, label=field.label, value=text)
    for table in evaluation.tables.values():
        if partial := table.count(RowState.PARTIAL):
            yield found("ROWS_PARTIAL", sheet=table.table.sheet, title=table.table.title, count=partial)
    bare = [
        one.indicator.name
        for one in evaluation.indicators
        if one.deduction == 0 and not listed(evaluation, one.indicator.id)
    ]
    if bare:
        yield found("EVIDENCE_OPEN", count=len(bare), names="、".join(bare))


def _placed(findings: Iterator[Finding], template: Template) -> Iterator[Finding]:
    """Findings in cells that belong to an indicator say so."""
    for finding in findings:
        keys = template.keys.get(finding.sheet or "")
        cell = finding.cell or ""
        owner = None if keys is None else _owner(keys.inputs.get(cell) or keys.quantities.get(cell, ""))
        yield finding.placed(indicator=owner)


def _owner(key: str) -> str | None:
    """The indicator that a key belongs to, if any."""
    head, _, rest = key.partition(":") if ":" in key else key.partition(".")
    if head in {"score", "deduction", "state", "reason", "evidence"}:
        return rest
    return rest.partition(".")[0] if head == "item" else None


def _verdict(report: Report) -> Verdict:
    if has_errors(report.findings):
        return Verdict.FAIL
    if report.evaluation is None or not report.evaluation.ready:
        return Verdict.INCOMPLETE
    return Verdict.PASS


def severity_order(finding: Finding) -> int:
    """Errors first, then warnings, then notes."""
    return list(Severity).index(finding.severity)
