"""Faults sown into the five reports, one at a time: is each found at its place?

`python -m tests.report_reading.faults 500` sows as many and prints what was missed, by kind and report.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tests.report_reading.measure import REPORTS, reading_of, report_text
from workbook.api import score
from workbook.evaluations.published import published_cases
from workbook.report_reader.from_text import text_document
from workbook.report_reader.judging import Checked, judge
from workbook.report_reader.model import Grid, Passage, Statement, Told
from workbook.report_reader.reading import read_document
from workbook.scorer.evaluate import Evaluation

CASES = {
    "city-bureau-2024": "shenzhen-2024.city-bureau",
    "bigdata-centre-2024": "shenzhen-2024.bigdata-centre",
}
KINDS = ("digit", "unit", "decimal", "swapped", "stale year")


@dataclass(frozen=True)
class Fault:
    """A report with one figure changed, and the lines on which that may be found."""

    report: str
    kind: str
    text: str
    lines: frozenset[int]
    told: str


@cache
def evaluation_of(report: str) -> Evaluation:
    case = next(one for one in published_cases() if one.id == CASES.get(report, report))
    return score(case.rubric, case.data.inputs)


@cache
def checked(report: str) -> Checked:
    return judge(reading_of(report), evaluation_of(report))


def check_text(report: str, text: str) -> Checked:
    evaluation = evaluation_of(report)
    return judge(read_document(text_document(text), evaluation.rubric), evaluation)


@cache
def offsets(report: str) -> dict[tuple[int, int | None], int]:
    """Where each passage begins in its line."""
    starts: dict[tuple[int, int | None], int] = {}
    for block in reading_of(report).document.blocks:
        if isinstance(block, Passage):
            starts[block.place.line, None] = 0
        elif isinstance(block, Grid):
            for row in block.rows:
                at = 0
                for cell in row:
                    starts[cell.place.line, cell.place.column] = at
                    at += len(cell.text) + 1
    return starts


def spot(report: str, one: Statement) -> tuple[int, int, int]:
    """Line (from 0) and columns of a figure in the text."""
    start = offsets(report)[one.place.line, one.place.column]
    return one.place.line - 1, start + one.start, start + one.end


def sown(report: str, kind: str, chance: random.Random) -> Fault | None:
    """A fault of a kind in a figure that agrees with the workbook; None where this one cannot have it."""
    good = [one.statement for one in checked(report).judged if one.verdict is Told.AGREE]
    one = chance.choice(good)
    lines = report_text(report).split("\n")
    line, start, end = spot(report, one)
    printed = lines[line][start:end]
    if not re.fullmatch(r"[\d.,，]+", printed):
        return None
    change = _CHANGES[kind]
    if kind == "swapped":
        return _swapped(report, one, good, lines)
    changed = change(lines[line], start, end, chance)
    if changed is None or changed == lines[line]:
        return None
    told = f"{lines[line][max(0, start - 12) : end + 6]} → {changed[max(0, start - 12) : end + 6]}"
    lines[line] = changed
    return Fault(report, kind, "\n".join(lines), frozenset({line + 1}), told)


def _digit(line: str, start: int, end: int, chance: random.Random) -> str:
    places = [at for at in range(start, end) if line[at].isdigit()]
    at = chance.choice(places)
    digits = [one for one in "0123456789" if one != line[at] and not (at == start and one == "0")]
    return line[:at] + chance.choice(digits) + line[at + 1 :]


def _unit(line: str, start: int, end: int, chance: random.Random) -> str | None:
    if not line[start:end].strip("0.,"):
        return None  # nothing is nothing in every unit
    for old, new in (("万元", ("元", "亿元")), ("%", ("‰",))):
        if line[end:].lstrip().startswith(old):
            at = line.index(old, end)
            return line[:at] + chance.choice(new) + line[at + len(old) :]
    return None


def _decimal(line: str, start: int, end: int, chance: random.Random) -> str | None:
    printed = line[start:end].replace(",", "").replace("，", "")
    whole, point, rest = printed.partition(".")
    if not point or len(whole) < 2:
        return None
    moved = (
        whole[:-1] + "." + whole[-1] + rest if chance.random() < 0.5 else whole + rest[:1] + "." + rest[1:]
    )
    return line[:start] + moved.rstrip(".") + line[end:]


def _stale(line: str, start: int, end: int, chance: random.Random) -> str | None:
    head = max(line.rfind(char, 0, start) for char in "。；") + 1
    years = list(re.finditer(r"20\d\d(?=\s*年)", line[head:start]))
    if not years:
        return None
    year = years[-1]
    old = str(int(year[0]) - 1)
    return line[: head + year.start()] + old + line[head + year.end() :]


_CHANGES: dict[str, Callable[[str, int, int, random.Random], str | None]] = {
    "digit": _digit, "unit": _unit, "decimal": _decimal, "stale year": _stale, "swapped": _digit,
}  # fmt: skip


def _swapped(report: str, one: Statement, good: list[Statement], lines: list[str]) -> Fault | None:
    """The figure and the next one of its sentence or table in each other's place."""
    others = [
        two for two in good
        if two.sentence == one.sentence and two.numeral.unit is one.numeral.unit
        and two.numeral.value != one.numeral.value
    ]  # fmt: skip
    if not others:
        return None
    two = min(
        others, key=lambda other: abs(other.place.line - one.place.line) * 1000 + abs(other.start - one.start)
    )
    first, second = sorted((spot(report, one), spot(report, two)))
    texts = [lines[line][start:end] for line, start, end in (first, second)]
    for (line, start, end), text in zip((second, first), texts, strict=True):
        lines[line] = lines[line][:start] + text + lines[line][end:]
    touched = frozenset({first[0] + 1, second[0] + 1})
    return Fault(report, "swapped", "\n".join(lines), touched, " ↔ ".join(texts))


def found(fault: Fault) -> bool:
    """Whether more is found at the fault's place than in the report as published."""
    before = Counter((one.place.line, one.finding.code) for one in checked(fault.report).marks)
    after = Counter((one.place.line, one.finding.code) for one in check_text(fault.report, fault.text).marks)
    return any(line in fault.lines for line, _ in after - before)


def _any(report: str, chance: random.Random) -> Fault:
    """A changed digit, where a report cannot have the kind that is due."""
    while True:
        fault = sown(report, "digit", chance)
        if fault is not None:
            return fault


def faults(count: int, seed: int = 20231231) -> list[Fault]:
    """As many faults, the kinds and reports in turn."""
    chance = random.Random(seed)
    result: list[Fault] = []
    reports = list(REPORTS)
    while len(result) < count:
        report = reports[len(result) % len(reports)]
        kind = KINDS[(len(result) // len(reports)) % len(KINDS)]
        tries = [sown(report, kind, chance) for _ in range(40)]
        result += [one for one in tries if one is not None][:1] or [_any(report, chance)]
    return result


if __name__ == "__main__":
    all_faults = faults(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
    missed = [fault for fault in all_faults if not found(fault)]
    print(
        f"{len(all_faults) - len(missed)} of {len(all_faults)} found: {1 - len(missed) / len(all_faults):.1%}"
    )
    print("sown", Counter(one.kind for one in all_faults), "missed", Counter(one.kind for one in missed))
    for one in missed:
        print("  ", one.report, one.kind, sorted(one.lines), one.told)
