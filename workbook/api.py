"""The Python API: pure functions over rubrics, data and workbooks. The command line only wraps them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.as_json import describe_rubric, describe_template
from workbook.check.run import load_checked as load_rubric
from workbook.data import Data, load_data
from workbook.draw import draw
from workbook.findings import Refused, found, has_errors, nearest
from workbook.identity import Identity, issue_id
from workbook.inputcheck import bounds_findings, with_defaults
from workbook.load.builtin import builtin_ids
from workbook.scorer.evaluate import Evaluation, IndicatorScore, evaluate
from workbook.scorer.quantities import quantities
from workbook.spec.inputs import BLANK, Inputs
from workbook.spec.model import Rubric

if TYPE_CHECKING:
    from workbook.verifier.verdict import Report

__all__ = [
    "describe",
    "explain",
    "load_rubric",
    "new_workbook",
    "read_inputs_of",
    "rubrics",
    "score",
    "verify",
]


def rubrics() -> list[dict[str, Any]]:
    """The built-in rubric versions."""
    return [describe_rubric(load_rubric(rubric_id)) for rubric_id in builtin_ids()]


def describe(rubric: Rubric) -> dict[str, Any]:
    """The public map of the workbook of ``rubric``."""
    return describe_template(rubric, draw(rubric)[1])


def new_workbook(
    rubric: Rubric, *, department: str | None = None, inputs: Inputs = BLANK, issue: str | None = None
) -> bytes:
    """The .xlsx file, blank or pre-filled with checked inputs. The same arguments give the same bytes.

    ``issue`` is the issue id, derived from rubric and department when it is None. Raises Refused for one of
    the wrong form, and for a department that no workbook can hold.
    """
    from workbook.render.xlsx import render
    from workbook.roster import issue_findings

    findings = list(issue_findings(issue)) if issue is not None else []
    values = dict(inputs.values)
    if department:
        values["department"] = department
        findings += bounds_findings(rubric.field["department"], department)
    if findings:
        raise Refused(findings)
    filled = with_defaults(rubric, replace(inputs, values=values))
    book, template = draw(rubric)
    name = filled.word("department")
    issue = issue_id(rubric.id, name) if issue is None else issue
    identity = Identity(rubric.id, template.version, template.spec, issue)
    return render(book, template, identity, filled, quantities(evaluate(rubric, filled)))


def read_inputs_of(rubric: Rubric, path: Path) -> Data:
    """DATA for ``rubric``: YAML, JSON or CSV, or a filled workbook of the same rubric. Raises Refused."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        from workbook.csv_data import load_csv_data

        return load_csv_data(rubric, path)
    if suffix not in {".xlsx", ".xlsm"}:
        return load_data(rubric, path)
    from workbook.verifier.verify import inputs_of_workbook

    read = inputs_of_workbook(rubric, path)
    if has_errors(read.findings):
        raise Refused(finding.placed(file=str(path)) for finding in read.findings)
    known = {key: value for key, value in read.inputs.values.items() if key in rubric.field}
    return Data(with_defaults(rubric, replace(read.inputs, values=known)), tuple(read.findings))


def score(rubric: Rubric, inputs: Inputs) -> Evaluation:
    """The reference scorer on checked inputs."""
    return evaluate(rubric, with_defaults(rubric, inputs))


def explain(rubric: Rubric, indicator: str, inputs: Inputs) -> IndicatorScore:
    """The trace of one indicator, by id or by name; raises Refused for an unknown one."""
    for one in score(rubric, inputs).indicators:
        if indicator in {one.indicator.id, one.indicator.name}:
            return one
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


def verify(
    paths: Iterable[Path],
    *,
    specs: Iterable[str | Path] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Report]:
    """Verify files and folders, one report per file in order; raises Refused when there is nothing to verify.

    ``specs`` makes own rubrics known; ``progress`` is told (done, all) after each file.
    """
    from workbook.verifier.collect import collect
    from workbook.verifier.registry import Registry
    from workbook.verifier.verify import verify_file

    files = collect(paths)
    registry = Registry.with_specs(specs)
    for done, path in enumerate(files, 1):
        yield verify_file(path, registry)
        if progress is not None:
            progress(done, len(files))
