"""The formula of every quantity, by its key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial

from workbook import rounding
from workbook.formula.basis import band_text, basis_texts
from workbook.formula.overview import (
    completeness_formulas,
    evidence_formulas,
    largest_formulas,
    todo_formulas,
)
from workbook.formula.rates import compared_text, parts_text, raw_text
from workbook.formula.rules import earn_text, earned_text
from workbook.formula.states import DegreeBounds, state_text
from workbook.formula.tables import count_text, row_formulas, source_text
from workbook.formula.text import Names, all_numbers, branch, literal, official, operand_text
from workbook.formula.total import (
    applies_text,
    cap_text,
    light_text,
    share_text,
    still_text,
    total_formulas,
    void_text,
)
from workbook.layout.names import Place, defined_names
from workbook.rubric.expr import Operand, unique_refs
from workbook.rubric.keys import AreaKey, Key, Sort, Tally
from workbook.rubric.model import Check, Dimension, Group, Indicator, Item, Rubric, item_key
from workbook.rubric.needs import levels, needs, settlements
from workbook.rubric.rates import comparison_places, deciding_figures, several_bases
from workbook.rubric.states import (
    COMPOSED_NAMES,
    FILLED_STATES,
    OUTCOME_NAMES,
    STOPS,
    CheckState,
    FieldState,
    IndicatorState,
    RowState,
)
from workbook.rubric.tables import Table

_FIELD_STATES = (AreaKey.states("cover"), AreaKey.states("entry"))


def formulas(rubric: Rubric, places: Mapping[Key, Place], areas: Mapping[AreaKey, str]) -> dict[Key, str]:
    """Key → formula (with ``=``).

    ``places`` holds the cells of inputs and quantities by key, ``areas`` the ranges that lists and counters
    look at, as ``'sheet'!A1:A9`` by key.
    """
    return {key: f"={text}" for key, text in _Writer(rubric, places, areas).all()}


class _Writer:
    def __init__(self, rubric: Rubric, places: Mapping[Key, Place], areas: Mapping[AreaKey, str]) -> None:
        self.rubric = rubric
        self.places = places
        self.areas = areas
        self.named = defined_names(rubric)
        self.names = Names(
            rubric,
            self.named,
            sources={one: self.named[Key.from_table(one)] for one in rubric.sources},
            used={one: self.named[Key.used(one)] for one in rubric.sources},
        )

    def all(self) -> Iterator[tuple[Key, str]]:
        for rate in self.rubric.rates:
            yield Key.raw(rate.id), raw_text(rate, self.names)
            yield Key.rate(rate.id), compared_text(rate, self.names)
            above, below = parts_text(rate, self.names)
            yield Key.numerator(rate.id), above
            yield Key.denominator(rate.id), below
        for indicator in self.rubric.indicators:
            for item in indicator.items:
                yield Key.item(item_key(indicator, item)), self._item(indicator, item)
                yield from self._process(indicator, item)
            yield from self._indicator(indicator)
        yield from self._fields()
        for table in self.rubric.tables:
            yield from self._table(table)
        for dimension in self.rubric.dimensions:
            for group in dimension.groups:
                yield from self._group(dimension, group)
            yield from self._dimension(dimension)
        yield from self._outcome()
        for check in self.rubric.all_checks:
            yield from self._check(check)
        yield from evidence_formulas(self.rubric, self.places)
        yield from completeness_formulas(self.rubric, self.places)
        yield from todo_formulas(self.rubric, self.places, self.areas)
        yield from largest_formulas(self.rubric, self.places, self.areas)
        yield from self._echoes()

    def _process(self, indicator: Indicator, item: Item) -> Iterator[tuple[Key, str]]:
        key = item_key(indicator, item)
        if any(True for _ in deciding_figures(item)):
            yield Key.band(key), band_text(indicator, item, self.names)
        if several_bases(item):
            yield from zip((Key.basis(key), Key.figure(key)), basis_texts(item, self.names), strict=True)

    def _fields(self) -> Iterator[tuple[Key, str]]:
        paths, bounded = needs(self.rubric), levels(self.rubric)
        for field in self.rubric.fields:
            rule = bounded.get(field.id)
            degree = None if rule is None else DegreeBounds(rule, self.rubric.scales[rule.scale])
            yield Key.field_state(field.id), state_text(field, paths.get(field.id, ()), degree, self.names)
        for field_id, source in self.rubric.sources.items():
            table = self.rubric.table[source.table]
            yield Key.from_table(field_id), source_text(source, table, self.areas, self.names)
            typed = self.names.typed(field_id)
            yield Key.used(field_id), f'IF({typed}="",{self.named[Key.from_table(field_id)]},{typed})'

    def _table(self, table: Table) -> Iterator[tuple[Key, str]]:
        for number in range(1, table.size + 1):
            keys = {one.id: Key.cell(table.id, number, one.id) for one in table.inputs}
            keys |= {one.id: Key.computed(table.id, number, one.id) for one in table.computed}
            cells = {column: self.places[key].cell for column, key in keys.items()}
            state, computed = row_formulas(self.rubric, table, number, cells)
            yield Key.row_state(table.id, number), state
            for column, text in computed.items():
                yield Key.computed(table.id, number, column), text
        used = (RowState.FILLED, RowState.PARTIAL, RowState.INVALID)
        yield Key.rows(table.id, "used"), count_text(table, self.names, *used)
        yield Key.rows(table.id, "partial"), count_text(table, self.names, RowState.PARTIAL)
        yield Key.rows(table.id, "invalid"), count_text(table, self.names, RowState.INVALID)

    def _item(self, indicator: Indicator, item: Item) -> str:
        text = earn_text(item.rule, item.points, replace(self.names, zero_points=item.zero_points))
        for kind, settlement in reversed(list(settlements(indicator, item))):
            usual = Decimal(0) if kind == "veto" else item.points
            settled = literal(usual if settlement.points is None else settlement.points)
            text = branch(settlement.when, '""' if kind == "not_applicable" else settled, text, self.names)
        return text

    def _indicator(self, indicator: Indicator) -> Iterator[tuple[Key, str]]:
        items = [self.named[Key.item(item_key(indicator, item))] for item in indicator.items]
        places, void = self.rubric.places, indicator.not_applicable
        beside = self.rubric.beside.get(indicator.id)
        score = self.names.score(indicator)
        deduction = self.named[Key.deduction(indicator.id)]
        reason = self.places[Key.reason(indicator.id)].cell
        earned = official(earned_text(indicator, items), places)
        text = f'IF({all_numbers(items)},{"0-" if beside == "malus" else ""}{earned},"")'
        not_applicable = f'"{IndicatorState.NOT_APPLICABLE.value}"'
        if void is not None:
            text = branch(void.when, not_applicable, text, self.names)
        yield Key.score(indicator.id), text
        full = {"bonus": score, "malus": "0", None: literal(indicator.points)}[beside]
        lost = official(f"{full}-{score}", places)
        yield Key.deduction(indicator.id), f'IF(ISNUMBER({score}),{lost},"")'
        unscored = f'"{IndicatorState.OPEN.value}"'
        if void is not None:
            unscored = f"IF({score}={not_applicable},{not_applicable},{unscored})"
        missing = f'({deduction}>0)*(TRIM({reason})="")=1'
        yield (
            Key.state(indicator.id),
            f'IF(ISNUMBER({deduction}),IF({missing},"{IndicatorState.REASON_OPEN.value}",'
            f'"{IndicatorState.SCORED.value}"),{unscored})',
        )

    def _group(self, dimension: Dimension, group: Group) -> Iterator[tuple[Key, str]]:
        scores = [self.names.score(one) for one in group.indicators]
        so_far = "+".join(f"IF(ISNUMBER({score}),{score},0)" for score in scores)
        still = "+".join(still_text(one, self.names) for one in group.indicators)
        key, inside = partial(Key.group, dimension.name, group.name), list(group.indicators)
        yield from self._tally(key, so_far, still, inside, dimension)

    def _dimension(self, dimension: Dimension) -> Iterator[tuple[Key, str]]:
        groups = [group.name for group in dimension.groups]
        so_far = "+".join(self.named[Key.group(dimension.name, one, "score")] for one in groups)
        still = "+".join(self.named[Key.group(dimension.name, one, "open")] for one in groups)
        inside = [one for group in dimension.groups for one in group.indicators]
        yield from self._tally(partial(Key.dimension, dimension.name), so_far, still, inside, dimension)

    def _tally(
        self,
        key: Callable[[Tally], Key],
        so_far: str,
        still: str,
        indicators: list[Indicator],
        dimension: Dimension,
    ) -> Iterator[tuple[Key, str]]:
        yield key("score"), official(so_far, self.rubric.places)
        yield key("open"), still
        if dimension.beside is None:
            points = sum((one.points for one in indicators), Decimal(0))
            yield (
                key("share"),
                share_text(self.named[key("score")], points, void_text(indicators, self.named)),
            )

    def _outcome(self) -> Iterator[tuple[Key, str]]:
        rubric = self.rubric
        yield from total_formulas(rubric, self.named)
        for cap in rubric.caps:
            yield Key.cap(cap.id), cap_text(cap, self.names)
        for light in rubric.lights:
            yield Key.light(light.id), light_text(light, self.names)
        stops = [OUTCOME_NAMES[key] for key in STOPS]
        tests = [f"({name}=0)" for name in stops] + (
            [f"({applies_text(rubric)})"] if rubric.can_vanish else []
        )
        yield Key.ready(), f'IF({"*".join(tests)}=1,"是","否")'
        fields = [self.areas[key] for key in _FIELD_STATES if key in self.areas]
        for key, states in (
            (Key.count("filled"), FILLED_STATES),
            (Key.count("unusual"), (FieldState.UNUSUAL,)),
            (Key.count("open"), (FieldState.OPEN,)),
            (Key.count("invalid"), (FieldState.INVALID,)),
        ):
            yield key, "+".join(f'COUNTIF({one},"{state.value}")' for one in fields for state in states)
        for key, one in (
            (Key.count("unscored"), IndicatorState.OPEN),
            (Key.count("reasons"), IndicatorState.REASON_OPEN),
        ):
            yield key, f'COUNTIF({self.areas[AreaKey.states("indicators")]},"{one.value}")'
        checks = self.areas.get(AreaKey.states("checks"))
        for key, result in (
            (Key.count("failed"), CheckState.FAILS),
            (Key.count("blocking"), CheckState.BLOCKS),
        ):
            yield key, "0" if checks is None else f'COUNTIF({checks},"{result.value}")'
        gap = self.places[Key.sum_check("difference")].cell
        scored = OUTCOME_NAMES[Key.total("sum")]
        total = COMPOSED_NAMES[Key.total("scored")] if rubric.composed else OUTCOME_NAMES[Key.total()]
        yield Key.sum_check("difference"), f"ROUND({total}-{scored},{rubric.places})"
        yield Key.sum_check("state"), f'IF({gap}=0,"{CheckState.HOLDS.value}","{CheckState.BLOCKS.value}")'

    def _check(self, check: Check) -> Iterator[tuple[Key, str]]:
        key = partial(Key.check, check.id)
        left, right = self.places[key("left")].cell, self.places[key("right")].cell
        gap = self.places[key("difference")].cell
        yield key("left"), self._side(check.left)
        yield key("right"), self._side(check.right)
        places = comparison_places(self.rubric, check.left, check.right)
        yield key("difference"), f'IF({all_numbers([left, right])},ROUND({left}-{right},{places}),"")'
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
            key("state"),
            f'IF(ISNUMBER({gap}),IF({test},"{CheckState.HOLDS.value}","{failed.value}"),'
            f'"{CheckState.UNCHECKED.value}")',
        )

    def _side(self, operand: Operand) -> str:
        text = f"ROUND({operand_text(operand, self.names, raw=False)},{rounding.RATE_PLACES})"
        used = unique_refs(operand)
        return f'IF({all_numbers(self.names.compared(name) for name in used)},{text},"")' if used else text

    def _echoes(self) -> Iterator[tuple[Key, str]]:
        """Cells that repeat another."""
        for key in self.places:
            if key.repeats is None:
                continue
            if key.sort is Sort.INPUT:
                name = self.names.compared(key.id)
                yield key, f'IF({name}="","",{name})'
            elif key.sort is Sort.REASON:
                place = self.places[key.repeats]
                cell = f"'{place.sheet}'!{place.cell}"
                yield key, f'IF(TRIM({cell})="","",{cell}&"")'
            else:
                yield key, self.named[key.repeats]
