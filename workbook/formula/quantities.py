"""The formula of every quantity, by its key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from workbook import rounding
from workbook.expr import Operand, unique_refs
from workbook.formula.rates import compared_text, raw_text
from workbook.formula.rules import earn_text
from workbook.formula.states import state_text
from workbook.formula.text import Names, all_numbers, branch, literal, official, operand_text
from workbook.layout.names import quantity_names, score_name
from workbook.spec.model import Check, Dimension, Group, Indicator, Item, Rubric, item_key
from workbook.spec.needs import levels, needs, settlements
from workbook.spec.rates import comparison_places
from workbook.spec.states import OUTCOME_NAMES, CheckState, FieldState, IndicatorState


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: sheet title and A1 address."""

    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class StateRanges:
    """The ranges of state cells that the counters count, as quoted ranges."""

    fields: tuple[str, ...]
    indicators: str
    checks: str | None


def formulas(rubric: Rubric, places: Mapping[str, Place], ranges: StateRanges) -> dict[str, str]:
    """Key → formula (with ``=``). ``places`` holds the cells of quantities and inputs by key."""
    return {key: f"={text}" for key, text in _Writer(rubric, places, ranges).all()}


class _Writer:
    def __init__(self, rubric: Rubric, places: Mapping[str, Place], ranges: StateRanges) -> None:
        self.rubric = rubric
        self.places = places
        self.ranges = ranges
        self.names = Names(rubric)
        self.named = dict(quantity_names(rubric))

    def all(self) -> Iterator[tuple[str, str]]:
        for rate in self.rubric.rates:
            yield f"raw:{rate.id}", raw_text(rate, self.names)
            yield f"rate:{rate.id}", compared_text(rate)
        for indicator in self.rubric.indicators:
            for item in indicator.items:
                yield f"item:{item_key(indicator, item)}", self._item(indicator, item)
            yield from self._indicator(indicator)
        paths, bounded = needs(self.rubric), levels(self.rubric)
        for field in self.rubric.fields:
            text = state_text(field, paths.get(field.id, ()), bounded.get(field.id), self.names)
            yield f"field:{field.id}", text
        for dimension in self.rubric.dimensions:
            for group in dimension.groups:
                yield from self._group(dimension, group)
            yield from self._dimension(dimension)
        yield from self._outcome()
        for check in self.rubric.checks:
            yield from self._check(check)
        yield from self._echoes()

    def _item(self, indicator: Indicator, item: Item) -> str:
        text = earn_text(item.rule, item.points, self.names)
        for kind, settlement in reversed(list(settlements(indicator, item))):
            usual = Decimal(0) if kind == "veto" else item.points
            settled = usual if settlement.points is None else settlement.points
            text = branch(settlement.when, literal(settled), text, self.names)
        return text

    def _indicator(self, indicator: Indicator) -> Iterator[tuple[str, str]]:
        items = [self.named[f"item:{item_key(indicator, item)}"] for item in indicator.items]
        earned = "+".join(items)
        if indicator.scored_as == "weight_less_deductions":
            total = literal(sum((item.points for item in indicator.items), Decimal(0)))
            left = f"{literal(indicator.points)}-({total}-({earned}))"
            earned = f"IF({left}>0,{left},0)"
        places = self.rubric.places
        score = score_name(indicator.name)
        deduction = self.named[f"deduction:{indicator.id}"]
        reason = self.places[f"reason.{indicator.id}"].cell
        yield f"score:{indicator.id}", f'IF({all_numbers(items)},{official(earned, places)},"")'
        lost = official(f"{literal(indicator.points)}-{score}", places)
        yield f"deduction:{indicator.id}", f'IF(ISNUMBER({score}),{lost},"")'
        missing = f'({deduction}>0)*(TRIM({reason})="")=1'
        yield (
            f"state:{indicator.id}",
            f'IF(ISNUMBER({deduction}),IF({missing},"{IndicatorState.REASON_OPEN.value}",'
            f'"{IndicatorState.SCORED.value}"),"{IndicatorState.OPEN.value}")',
        )

    def _group(self, dimension: Dimension, group: Group) -> Iterator[tuple[str, str]]:
        scores = [score_name(one.name) for one in group.indicators]
        so_far = "+".join(f"IF(ISNUMBER({score}),{score},0)" for score in scores)
        still = "+".join(
            f"IF(ISNUMBER({score}),0,{literal(one.points)})"
            for score, one in zip(scores, group.indicators, strict=True)
        )
        points = sum((one.points for one in group.indicators), Decimal(0))
        yield from self._tally(f"group:{dimension.name}/{group.name}", so_far, still, points)

    def _dimension(self, dimension: Dimension) -> Iterator[tuple[str, str]]:
        keys = [f"group:{dimension.name}/{group.name}" for group in dimension.groups]
        points = sum((one.points for group in dimension.groups for one in group.indicators), Decimal(0))
        yield from self._tally(f"dimension:{dimension.name}", *self._sums(keys), points)

    def _tally(self, key: str, so_far: str, still: str, points: Decimal) -> Iterator[tuple[str, str]]:
        score = self.named.get(f"{key}:score") or self.named["total"]
        yield f"{key}:score", official(so_far, self.rubric.places)
        yield f"{key}:open", still
        yield f"{key}:share", official(f"{score}/{literal(points)}", rounding.ITEM_PLACES)

    def _sums(self, keys: list[str]) -> tuple[str, str]:
        return (
            "+".join(self.named[f"{key}:score"] for key in keys),
            "+".join(self.named[f"{key}:open"] for key in keys),
        )

    def _outcome(self) -> Iterator[tuple[str, str]]:
        rubric = self.rubric
        so_far, still = self._sums([f"dimension:{dimension.name}" for dimension in rubric.dimensions])
        total, still_open = OUTCOME_NAMES["total"], OUTCOME_NAMES["total:open"]
        yield "total", official(so_far, rubric.places)
        yield "total:open", still
        points = sum((one.points for one in rubric.indicators), Decimal(0))
        yield "total:share", official(f"{total}/{literal(points)}", rounding.ITEM_PLACES)
        yield "low", total
        yield "high", official(f"{total}+{still_open}", rubric.places)
        grades = rubric.grades.bands
        ladder = f'"{grades[-1].name}"'
        for band in reversed(grades[:-1]):
            ladder = f'IF({total}>={literal(band.at_least)},"{band.name}",{ladder})'
        yield "grade", f'IF({OUTCOME_NAMES["count:unscored"]}=0,{ladder},"")'
        stops = ("count:open", "count:invalid", "count:unscored", "count:reasons", "count:blocking")
        clear = "*".join(f"({OUTCOME_NAMES[key]}=0)" for key in stops)
        yield "ready", f'IF({clear}=1,"是","否")'
        for key, state in (
            ("count:filled", FieldState.FILLED),
            ("count:open", FieldState.OPEN),
            ("count:invalid", FieldState.INVALID),
        ):
            yield key, "+".join(f'COUNTIF({one},"{state.value}")' for one in self.ranges.fields)
        for key, one in (
            ("count:unscored", IndicatorState.OPEN),
            ("count:reasons", IndicatorState.REASON_OPEN),
        ):
            yield key, f'COUNTIF({self.ranges.indicators},"{one.value}")'
        for key, result in (("count:failed", CheckState.FAILS), ("count:blocking", CheckState.BLOCKS)):
            yield (
                key,
                "0" if self.ranges.checks is None else f'COUNTIF({self.ranges.checks},"{result.value}")',
            )

    def _check(self, check: Check) -> Iterator[tuple[str, str]]:
        key = f"check:{check.id}"
        left, right, gap = (self.places[f"{key}:{part}"].cell for part in ("left", "right", "difference"))
        yield f"{key}:left", self._side(check.left)
        yield f"{key}:right", self._side(check.right)
        places = comparison_places(self.rubric, check.left, check.right)
        yield f"{key}:difference", f'IF({all_numbers([left, right])},ROUND({left}-{right},{places}),"")'
        within = literal(check.within)
        test = {
            "=": f"ABS({gap})<={within}",
            "<=": f"{gap}<={within}",
            "<": f"{gap}<{within}",
            ">=": f"{gap}>=-{within}",
            ">": f"{gap}>-{within}",
        }[check.relation]
        failed = CheckState.BLOCKS if check.blocking else CheckState.FAILS
        yield (
            f"{key}:state",
            f'IF(ISNUMBER({gap}),IF({test},"{CheckState.HOLDS.value}","{failed.value}"),'
            f'"{CheckState.UNCHECKED.value}")',
        )

    def _side(self, operand: Operand) -> str:
        text = f"ROUND({operand_text(operand, self.names, raw=False)},{rounding.RATE_PLACES})"
        used = unique_refs(operand)
        return f'IF({all_numbers(self.names.compared(name) for name in used)},{text},"")' if used else text

    def _echoes(self) -> Iterator[tuple[str, str]]:
        for key in self.places:
            if not key.startswith("echo:"):
                continue
            source = key.removeprefix("echo:")
            if source in self.rubric.field:
                name = self.rubric.field[source].name
                yield key, f'IF({name}="","",{name})'
            else:
                yield key, OUTCOME_NAMES[source]
