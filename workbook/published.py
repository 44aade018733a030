"""Published evaluations as case files: the figures a report prints, and what had to be assumed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from workbook.data import Data, read_data
from workbook.findings import Refused, found
from workbook.load.rubric import load_rubric
from workbook.load.yamltext import Plain, load_yaml
from workbook.spec.model import Rubric


@dataclass(frozen=True, slots=True)
class Case:
    """A published evaluation. ``assumed`` maps the fields that the report does not print to the reason."""

    rubric: Rubric
    title: str
    total: Decimal
    scores: dict[str, Decimal]
    data: Data
    assumed: dict[str, str]


def load_case(path: Path) -> Case:
    """Read a case file; raises Refused when it is none or its data are unusable."""
    document = load_yaml(path)
    content = document.data
    if not isinstance(content, dict) or not isinstance(content.get("data"), dict):
        raise Refused(
            [found("DATA_SHAPE", file=path, line=1, where="文件", problem="应有 rubric、scores、data")]
        )
    rubric = load_rubric(str(content["rubric"]))
    plain: dict[str, Plain] = {}
    assumed: dict[str, str] = {}
    entries = content["data"]
    assert isinstance(entries, dict)
    for key, value in entries.items():
        if isinstance(value, dict) and "assumed" in value:
            plain[key] = value["assumed"]
            assumed[key] = str(value.get("because", ""))
        else:
            plain[key] = value
    scores = content.get("scores")
    return Case(
        rubric=rubric,
        title=str(content.get("title", "")),
        total=Decimal(str(content["total"])),
        scores={
            key: Decimal(str(value)) for key, value in (scores if isinstance(scores, dict) else {}).items()
        },
        data=read_data(rubric, plain, document),
        assumed=assumed,
    )
