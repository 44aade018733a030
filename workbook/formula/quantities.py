"""The formula of every quantity, by its key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from workbook import rounding
from workbook.expr import Operand, unique_refs
from workbook.formula.bands import band_text, basis_texts
from workbook.formula.overview import (
    completeness_formulas,
    evidence_formulas,
    largest_formulas,
    todo_formulas,
)
from workbook.formula.rates import compared_text, parts_text, raw_text
from workbook.formula.rules import earn_text
from workbook.formula.states import DegreeBounds, state_text
from workbook.formula.tables import count_text, row_formulas, source_text
from workbook.formula.text import Names, all_numbers, branch, literal, official, operand_text
from workbook.layout.names import Place, quantity_names, score_name
from workbook.spec.model import Check, Dimension, Group, Indicator, Item, Rubric, item_key
from workbook.spec.needs import levels, needs, settlements
from workbook.spec.rates import comparison_places, deciding_figures, several_bases
from workbook.spec.states import (
    FILLED_STATES,
    OUTCOME_NAMES,
    STOPS,
    CheckState,
    FieldState,
    IndicatorState,
    RowState,
)
from workbook.spec.tables import Table, row_key


def formulas(rubric: Rubric, places: Mapping[str, Place], areas: Mapping[str, str]) -> dict[str, str]:
    """Key → formula (with ``=``).

    ``places`` holds the cells of inputs and quantities by key, ``areas`` the ranges that lists and counters
    look at, as ``'sheet'!A1:A9`` by key.
    """
    return {key: f"={text}" for key, text in _Writer(rubric, places, areas).all()}


class _Writer:
    def __init__(self, rubric: Rubric, places: Mapping[str, Place], areas: Mapping[str, str]) -> None:
        self.rubric = rubric
        self.places = places
        self.areas = areas
        self.named = dict(quantity_names(rubric))
        self.names = Names(
            rubric,
            sources={one: self.named[f"source:{one}"] for one in rubric.sources},
            used={one: self.named[f"used:{one}"] for one in rubric.sources},
        )

    def all(self) -> Iterator[tuple[str, str]]:
        for rate in self.rubric.rates:
            yield f"raw:{rate.id}", raw_text(rate, self.names)
            yield f"rate:{rate.id}", compared_text(rate)
            for part, text in parts_text(rate, self.names):
                yield f"{part}:{rate.id}", text
        for indicator in self.rubric.indicators:
            for item in indicator.items:
                yield f"item:{item_key(indicator, item)}", self._item(indicator, item)
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

    def _process(self, indicator: Indicator, item: Item) -> Iterator[tuple[str, str]]:
        key = item_key(indicator, item)
        if any(True for _ in deciding_figures(item)):
            yield f"band:{key}", band_text(indicator, item, self.names)
        if several_bases(item):
            yield from zip((f"basis:{key}", f"figure:{key}"), basis_texts(item, self.names), strict=True)

    def _fields(self) -> Iterator[tuple[str, str]]:
        paths, bounded = needs(self.rubric), levels(self.rubric)
        for field in self.rubric.fields:
            rule = bounded.get(field.id)
            degree = None if rule is None else DegreeBounds(rule, self.rubric.scales[rule.scale])
            yield f"field:{field.id}", state_text(field, paths.get(field.id, ()), degree, self.names)
        for field_id, source in self.rubric.sources.items():
            table = self.rubric.table[source.table]
            yield f"source:{field_id}", source_text(source, table, self.areas)
            typed = self.rubric.field[field_id].name
            yield f"used:{field_id}", f'IF({typed}="",{self.named[f"source:{field_id}"]},{typed})'

    def _table(self, table: Table) -> Iterator[tuple[str, str]]:
        for number in range(1, table.size + 1):
            keys = {one.id: f"tables.{table.id}.{number}.{one.id}" for one in table.inputs}
            keys |= {one.id: row_key(table, number, one.id) for one in table.computed}
            cells = {column: self.places[key].cell for column, key in keys.items()}
            for part, text in row_formulas(self.rubric, table, number, cells):
                yield row_key(table, number, part), text
        used = (RowState.FILLED, RowState.PARTIAL, RowState.INVALID)
        yield f"table:{table.id}:used", count_text(table, *used)
        yield f"table:{table.id}:partial", count_text(table, RowState.PARTIAL)
        yield f"table:{table.id}:invalid", count_text(table, RowState.INVALID)

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
        stops = [OUTCOME_NAMES[key] for key in STOPS]
        yield "ready", f'IF({"*".join(f"({name}=0)" for name in stops)}=1,"是","否")'
        fields = [self.areas[key] for key in ("states:cover", "states:entry") if key in self.areas]
        for key, states in (
            ("count:filled", FILLED_STATES),
            ("count:unusual", (FieldState.UNUSUAL,)),
            ("count:open", (FieldState.OPEN,)),
            ("count:invalid", (FieldState.INVALID,)),
        ):
            yield key, "+".join(f'COUNTIF({one},"{state.value}")' for one in fields for state in states)
        for key, one in (
            ("count:unscored", IndicatorState.OPEN),
            ("count:reasons", IndicatorState.REASON_OPEN),
        ):
            yield key, f'COUNTIF({self.areas["states:indicators"]},"{one.value}")'
        checks = self.areas.get("states:checks")
        for key, result in (("count:failed", CheckState.FAILS), ("count:blocking", CheckState.BLOCKS)):
            yield key, "0" if checks is None else f'COUNTIF({checks},"{result.value}")'
        gap = self.places["sum:difference"].cell
        scored = OUTCOME_NAMES["total:sum"]
        yield "sum:difference", f"ROUND({total}-{scored},{rubric.places})"
        yield "sum:state", f'IF({gap}=0,"{CheckState.HOLDS.value}","{CheckState.BLOCKS.value}")'

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
        """Cells that repeat another: ``echo:<key>``, with ``#…`` where one is repeated more than once."""
        for key in self.places:
            if not key.startswith("echo:"):
                continue
            source = key.removeprefix("echo:").partition("#")[0]
            if source in self.rubric.field:
                name = self.names.compared(source)
                yield key, f'IF({name}="","",{name})'
            elif source.startswith("reason."):
                place = self.places[source]
                cell = f"'{place.sheet}'!{place.cell}"
                yield key, f'IF(TRIM({cell})="","",{cell}&"")'
            else:
                yield key, self.named[source]
