"""Lists of the cover and the summary, exactly: things to do, largest deductions, evidence."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from workbook import rounding
from workbook.rubric.headings import indicator_headings
from workbook.rubric.keys import Key, LargestPart
from workbook.rubric.states import CheckState, FieldState, IndicatorState, RowState
from workbook.rubric.todo import EVIDENCE_LINES, GO, LARGEST, NOTHING, RANK_BASE, SHOWN, Todo, todos
from workbook.scorer.evaluate import Evaluation
from workbook.scorer.indicators import IndicatorScore

Quantity = Fraction | str

_SHOWN_OF_LARGEST: tuple[LargestPart, ...] = ("name", "points", "score", "deduction", "reason")


def overview(evaluation: Evaluation) -> Iterator[tuple[Key, Quantity]]:
    """Key → value of everything that only lists what other cells say."""
    yield from _todo(evaluation)
    yield from _largest(evaluation)
    yield from _evidence(evaluation)
    for count, state in ((Key.count("rows"), RowState.INVALID), (Key.count("partial"), RowState.PARTIAL)):
        yield count, Fraction(sum(table.count(state) for table in evaluation.tables.values()))
    scores = [one.score for one in evaluation.indicators if one.score is not None]
    total = rounding.half_up(sum(scores, Fraction(0)), evaluation.rubric.places)
    added = evaluation.outcome.scored if evaluation.rubric.composed else evaluation.total
    difference = rounding.half_up(added - total, evaluation.rubric.places)
    yield Key.total("sum"), total
    yield Key.sum_check("difference"), difference
    yield Key.sum_check("state"), (CheckState.BLOCKS if difference else CheckState.HOLDS).value


def _todo(evaluation: Evaluation) -> Iterator[tuple[Key, Quantity]]:
    indicators = {one.indicator.id: one.state for one in evaluation.indicators}
    checks = {one.check.id: one.state for one in evaluation.checks}

    def active(todo: Todo) -> bool:
        match todo.kind:
            case "field":
                return evaluation.fields[todo.id] in {FieldState.OPEN, FieldState.INVALID}
            case "table":
                return evaluation.tables[todo.id].count(RowState.INVALID) > 0
            case "reason":
                return indicators[todo.id] is IndicatorState.REASON_OPEN
        return checks[todo.id] is CheckState.BLOCKS

    open_ones: list[tuple[int, Todo]] = []
    for number, todo in enumerate(todos(evaluation.rubric), 1):
        to_do = active(todo)
        if to_do:
            open_ones.append((number, todo))
        yield Key.todo(number, "n"), Fraction(number) if to_do else ""
    for line in range(1, SHOWN + 1):
        position, text = (
            (open_ones[line - 1][0], open_ones[line - 1][1].text) if line <= len(open_ones) else (0, "")
        )
        yield Key.todo(line, "position"), Fraction(position)
        nothing = NOTHING if line == 1 and not open_ones else ""
        yield Key.todo(line, "text"), text or nothing
        yield Key.todo(line, "link"), GO if text else ""


def _largest(evaluation: Evaluation) -> Iterator[tuple[Key, Quantity]]:
    ranked: list[tuple[int, IndicatorScore | None]] = []
    for number, one in enumerate(evaluation.indicators, 1):
        rank = 0
        if one.deduction is not None:
            rank = int(rounding.half_up(one.deduction * 100, 0)) * RANK_BASE + RANK_BASE - number
        yield Key.rank(one.indicator.id), Fraction(rank)
        ranked.append((rank, one))
    ranked.sort(key=lambda entry: -entry[0])
    ranked += [(0, None)] * LARGEST
    for line, (rank, found) in enumerate(ranked[:LARGEST], 1):
        yield Key.largest(line, "rank"), Fraction(rank)
        if found is None or rank < RANK_BASE or found.deduction is None:
            for part in _SHOWN_OF_LARGEST:
                yield Key.largest(line, part), ""
            continue
        malus = evaluation.rubric.beside.get(found.indicator.id) == "malus"
        points = Fraction(0 if malus else found.indicator.points)
        lost = rounding.half_up(found.deduction, 2)
        yield Key.largest(line, "name"), indicator_headings(evaluation.rubric)[found.indicator.id]
        yield Key.largest(line, "points"), points
        yield Key.largest(line, "score"), rounding.half_up(points - lost, 2)
        yield Key.largest(line, "deduction"), lost
        yield Key.largest(line, "reason"), reason_of(evaluation, found.indicator.id)


def reason_of(evaluation: Evaluation, indicator_id: str) -> str:
    """The reason for a deduction; blanks alone are none."""
    reason = evaluation.typed.reasons.get(indicator_id, "")
    return reason if reason.strip(" ") else ""


def listed(evaluation: Evaluation, indicator_id: str) -> int:
    """Count the documents that an indicator lists; a document has a name."""
    lines = evaluation.typed.evidence.get(indicator_id, ())[:EVIDENCE_LINES]
    return sum(1 for one in lines if one.name.strip(" "))


def unproven(evaluation: Evaluation) -> list[IndicatorScore]:
    """Full marks that list no document; what stands beside the whole has none."""
    return [
        one
        for one in evaluation.indicators
        if one.deduction == 0
        and one.indicator.id not in evaluation.rubric.beside
        and not listed(evaluation, one.indicator.id)
    ]


def _evidence(evaluation: Evaluation) -> Iterator[tuple[Key, Quantity]]:
    bare = idle = 0
    for one in evaluation.indicators:
        count = listed(evaluation, one.indicator.id)
        yield Key.listed(one.indicator.id), Fraction(count)
        beside = evaluation.rubric.beside.get(one.indicator.id)
        void = one.state is IndicatorState.NOT_APPLICABLE
        bare += not count and (not void if beside is None else bool(one.score))
        if beside != "bonus":
            idle += one.deduction == 0 and bool(reason_of(evaluation, one.indicator.id))
    yield Key.count("idle"), Fraction(idle)
    yield Key.count("unproven"), Fraction(len(unproven(evaluation)))
    yield Key.count("evidence"), Fraction(bare)
