"""The record: the workbook made anew from a received file's checked inputs, which is what counts of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from workbook.data.typed import unwritable
from workbook.findings import Finding, Refused, found
from workbook.layout.book import Book
from workbook.load.released import released_book_path, released_versions
from workbook.returned.registry import Registry
from workbook.rubric.inputs import FieldValue, Inputs, inputs_from
from workbook.rubric.keys import Key
from workbook.rubric.model import Rubric
from workbook.scorer.evaluate import Evaluation, evaluate
from workbook.scorer.quantities import quantities
from workbook.template.draw import draw
from workbook.template.fingerprint import load_released
from workbook.template.identity import Identity
from workbook.template.model import Template
from workbook.verifier.verification import Verdict, Verification
from workbook.verifier.verify import verify_batch
from workbook.xlsx_writer.refill import refill
from workbook.xlsx_writer.xlsx import render

RECEIVED = "received"
"""The document property, beside the identity's, that holds the SHA-256 of the file as it came."""


@dataclass(slots=True)
class Recorder:
    """Makes records; lays out each template once, for many of them."""

    _books: dict[tuple[str, str, str], tuple[Book | None, Template]] = field(default_factory=dict)

    def record(self, report: Verification, received: str) -> bytes:
        """The record of a file that passes; ``received`` is the SHA-256 of its bytes as they came.

        It is the issued template, of the version that the file has, with the file's inputs and nothing else
        of it. The same inputs and issue give the same bytes, but for the document property
        ``workbook.received``. Raises Refused where no workbook can hold an input.
        """
        evaluation, identity, inputs = _passed(report)
        book, template = self._book(evaluation.rubric, identity)
        inputs = plain_inputs(template, inputs)
        values = quantities(evaluate(evaluation.rubric, inputs))
        more = {RECEIVED: received}
        try:
            if book is None:
                blank = released_book_path(identity.rubric, identity.template).read_bytes()
                return refill(blank, template, identity, inputs, values, more)
            return render(book, template, identity, inputs, values, properties=more)
        except ValueError as error:
            raise Refused([_differs(report, str(error))]) from error

    def differences(self, records: Mapping[int, bytes], reports: Mapping[int, Verification]) -> list[Finding]:
        """Faults of records when they are verified as received files are; by the same keys."""
        own: dict[str, Rubric] = {}
        for report in reports.values():
            evaluation, identity, _ = _passed(report)
            if identity.template not in released_versions(identity.rubric):
                own[identity.rubric] = evaluation.rubric
        named = [(reports[key].path, data) for key, data in records.items()]
        again = verify_batch(named, Registry(own))
        pairs = zip(again, (reports[key] for key in records), strict=True)
        return [_differs(report, problem) for one, report in pairs if (problem := self._problem(one, report))]

    def _problem(self, again: Verification, report: Verification) -> str:
        """The difference between a record and the file that it was made of; empty where there is none."""
        evaluation, identity, inputs = _passed(report)
        if again.verdict is not Verdict.PASS:
            codes = "、".join(sorted({one.code for one in again.findings}))
            return f"结论为 {again.verdict.value}：{codes}"
        second, identity_again, inputs_again = _passed(again)
        _, template = self._book(evaluation.rubric, identity)
        if identity_again != identity:
            return "模板标识不同"
        if plain_inputs(template, inputs_again) != plain_inputs(template, inputs):
            return "填报内容不同"
        return "" if _outcome(second) == _outcome(evaluation) else "得分不同"

    def _book(self, rubric: Rubric, identity: Identity) -> tuple[Book | None, Template]:
        key = (identity.rubric, identity.template, identity.spec)
        if key not in self._books:
            self._books[key] = _laid_out(rubric, identity.template)
        return self._books[key]


def record_workbook(report: Verification, received: str) -> bytes:
    """One record, as :meth:`Recorder.record` makes it, verified. Raises Refused where it does not verify."""
    recorder = Recorder()
    made = recorder.record(report, received)
    if findings := recorder.differences({0: made}, {0: report}):
        raise Refused(findings)
    return made


def plain_inputs(template: Template, inputs: Inputs) -> Inputs:
    """Inputs as a workbook of ours holds them: nothing blank, numbers as spreadsheets keep them, plain texts.

    Line ends become ``\\n``; characters that no
    workbook should hold are left out.
    """
    cells: dict[Key, FieldValue] = {}
    for key in template.inputs:
        value = inputs.at(key)
        if isinstance(value, Decimal):
            value = Decimal(repr(float(value)))
        elif isinstance(value, str):
            value = _plain_text(value)
        if value is not None and value != "":
            cells[key] = value
    return inputs_from(cells)


def _plain_text(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in text if not unwritable(char))


def _laid_out(rubric: Rubric, version: str) -> tuple[Book | None, Template]:
    """The base of a record: today's drawing where it is the same template, else its blank workbook."""
    book, template = draw(rubric)
    if template.version == version:
        return book, template
    return None, load_released(rubric.id, version)


def _passed(report: Verification) -> tuple[Evaluation, Identity, Inputs]:
    if report.verdict is not Verdict.PASS:
        raise ValueError(f"{report.path}: only what passes has a record")
    assert report.evaluation is not None
    assert report.identity is not None
    assert report.inputs is not None
    return report.evaluation, report.identity, report.inputs


def _outcome(evaluation: Evaluation) -> tuple[object, ...]:
    return evaluation.total, evaluation.grade, [one.score for one in evaluation.indicators]


def _differs(report: Verification, problem: str) -> Finding:
    return found("RECORD_DIFFERS", file=report.path, problem=problem)
