"""Recall and precision of the reader against the gold list: `python -m tests.report_reading.measure`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from workbook.load.rubric import load_rubric
from workbook.report_reader.from_text import text_document
from workbook.report_reader.model import Reading
from workbook.report_reader.reading import read_document
from workbook.rubric.model import Rubric

HERE = Path(__file__).resolve().parent
REPORTS = {
    "yantian-2023": "yantian-2023",
    "dapeng-2024": "dapeng-2024",
    "longhua-2020": "longhua-2020",
    "city-bureau-2024": "shenzhen-2024",
    "bigdata-centre-2024": "shenzhen-2024",
}
"""The rubric of each report."""


@dataclass(frozen=True)
class Measure:
    """What was read of what there is: missed and wrong labels, each as (line, number, meaning)."""

    labels: int
    missed: list[tuple[Any, ...]]
    read: int
    wrong: list[tuple[Any, ...]]

    @property
    def recall(self) -> float:
        return 1 - len(self.missed) / self.labels

    @property
    def precision(self) -> float:
        return 1 - len(self.wrong) / max(self.read, 1)


def report_text(report: str) -> str:
    return (HERE / "texts" / f"{report}.txt").read_text(encoding="utf-8")


def gold(report: str) -> list[dict[str, Any]]:
    lines = (HERE / "gold" / f"{report}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@cache
def reading_of(report: str) -> Reading:
    return read_document(text_document(report_text(report)), load_rubric(REPORTS[report]))


def same(rubric: Rubric, meaning: str) -> str:
    """One name for a progress that is typed or computed from amounts, and for a blank in a row's name."""
    kind, _, name = meaning.partition(":")
    if kind == "rate" and name in rubric.rate:
        otherwise = getattr(rubric.rate[name].otherwise, "id", None)
        return f"field:{otherwise}" if otherwise else meaning
    return meaning.replace(" ", "")


def measured(report: str) -> Measure:
    rubric = load_rubric(REPORTS[report])
    counted: Counter[tuple[Any, ...]] = Counter()
    optional: Counter[tuple[Any, ...]] = Counter()
    for label in gold(report):
        key = (label["line"], label["number"].lstrip("+-"), same(rubric, label["of"]))
        (counted if label["counted"] else optional)[key] += 1
    read: Counter[tuple[Any, ...]] = Counter()
    for one in reading_of(report).statements:
        read[one.place.line, one.numeral.text.lstrip("+-"), same(rubric, str(one.target))] += 1
    wrong = read - counted - optional
    judged = read - (optional - counted)
    return Measure(
        counted.total(), sorted((counted - read).elements()), judged.total(), sorted(wrong.elements())
    )


def paragraphs(name: str = "made_up") -> list[dict[str, Any]]:
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def measured_paragraph(entry: dict[str, Any]) -> Measure:
    rubric = load_rubric(entry["rubric"])
    labels = Counter((str(number), same(rubric, meaning)) for number, meaning in entry["figures"])
    statements = read_document(text_document(entry["text"]), rubric).statements
    read = Counter((one.numeral.text, same(rubric, str(one.target))) for one in statements)
    return Measure(
        labels.total(), sorted((labels - read).elements()), read.total(), sorted((read - labels).elements())
    )


def together(name: str) -> Measure:
    """All paragraphs of a file as one."""
    parts = [measured_paragraph(entry) for entry in paragraphs(name)]
    return Measure(
        sum(part.labels for part in parts),
        [label for part in parts for label in part.missed],
        sum(part.read for part in parts),
        [label for part in parts for label in part.wrong],
    )


if __name__ == "__main__":
    for name in sys.argv[1:] or [*REPORTS, "made_up", "made_up_2", "made_up_3"]:
        one = measured(name) if name in REPORTS else together(name)
        told = f"recall {one.recall:.1%}, {one.read} read, precision {one.precision:.1%}"
        print(f"{name}: {one.labels} labels, {told}")
        for word, listed in (("missed", one.missed), ("wrong", one.wrong)):
            for entry in listed:
                print("  ", word, *entry)
