"""Filled workbooks for the benchmarks: both rubrics, every figure made up, no two alike.

    python benchmarks/make_mail.py FOLDER [--files 1000]

Amounts and counts differ from file to file; every third file has rows in its detail tables. The saved
values are the scorer's.
"""

from __future__ import annotations

import argparse
import multiprocessing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

from workbook.api import new_workbook
from workbook.data.typed import bounds_findings, level_findings, with_defaults
from workbook.evaluations.published import load_case, published_cases
from workbook.load.builtin import published_path
from workbook.rubric.fields import FieldKind
from workbook.rubric.inputs import Inputs
from workbook.rubric.model import Rubric
from workbook.scorer.evaluate import evaluate

_ROWS = 12
"""Rows in a filled detail table."""


def varied(rubric: Rubric, inputs: Inputs, random: Random, *, rows: bool) -> Inputs:
    """The published inputs with other amounts and counts, and rows of projects where ``rows``."""
    values = dict(inputs.values)
    for field in rubric.fields:
        value = values.get(field.id)
        if field.kind is FieldKind.MONEY and isinstance(value, Decimal):
            new = (value * random.randint(9000, 11000) / 10000).quantize(Decimal("0.01"))
            if not list(bounds_findings(field, new)):
                values[field.id] = new
    made = replace(inputs, values=values)
    for field_id, _ in level_findings(rubric, made):
        values[field_id] = inputs.values[field_id]
    tables = dict(inputs.tables)
    if rows and "projects" in rubric.table:
        columns = [one.id for one in rubric.table["projects"].inputs]
        tables["projects"] = tuple(_project(columns, number, random) for number in range(1, _ROWS + 1))
    made = replace(made, values=values, tables=tables)
    reasons = {
        one.indicator.id: inputs.reasons.get(one.indicator.id, "虚构的原因")
        for one in evaluate(rubric, with_defaults(rubric, made)).indicators
        if one.deduction
    }
    return replace(made, reasons=reasons)


def _project(columns: list[str], number: int, random: Random) -> dict[str, object]:
    budget = Decimal(random.randint(1_000, 900_000)) / 100
    row = {
        "project": f"虚构项目{number}", "budget": budget, "adjustment": Decimal(0), "final": budget,
        "spent": (budget * random.randint(60, 100) / 100).quantize(Decimal("0.01")),
    }  # fmt: skip
    return {key: value for key, value in row.items() if key in columns}


def write(task: tuple[str, int, str]) -> None:
    """Write one workbook."""
    folder, number, rubric_id = task
    case = load_case(published_path(rubric_id))
    inputs = varied(case.rubric, case.data.inputs, Random(number), rows=number % 3 == 0)
    data = new_workbook(case.rubric, inputs=inputs, department=f"虚构部门{number:04d}")
    (Path(folder) / f"{number:04d}_{rubric_id}.xlsx").write_bytes(data)


def make(folder: Path, files: int) -> None:
    """Write ``files`` workbooks into ``folder``, the rubrics taking turns."""
    folder.mkdir(parents=True, exist_ok=True)
    rubrics = [case.rubric.id for case in published_cases() if case.complete]
    tasks = [(str(folder), number, rubrics[number % len(rubrics)]) for number in range(files)]
    with multiprocessing.Pool() as pool:
        pool.map(write, tasks, chunksize=10)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=1000)
    options = parser.parse_args()
    make(options.folder, options.files)
