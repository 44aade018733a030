"""Valid inputs for any rubric, made up by chance: plain, blank, zero, at thresholds and at ties.

Every figure that comes from here is invented.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from workbook.data.typed import in_level, with_defaults
from workbook.rubric.expr import Arithmetic, Number, Ref, quotient, unique_refs
from workbook.rubric.fields import Field, FieldKind
from workbook.rubric.inputs import Evidence, FieldValue, Inputs, TableRow
from workbook.rubric.model import Rate, Rubric
from workbook.rubric.needs import levels
from workbook.rubric.parts import Said, measured, named, parts_of, rules_of, stated
from workbook.rubric.roles import PROPORTION, WHOLE, Word, Worth
from workbook.rubric.tables import Table

_BASES = (1, 2, 4, 8, 16, 20, 25, 40, 48, 80, 125, 200, 400, 625, 1000, 2500)
_TIES = ((149, 200), (43, 48), (7, 12), (1, 8), (3, 8), (259, 400), (129, 150), (1, 16))

_STEPS = (0, 1, 2, 3, 9, 10, 11)
"""How many steps past a limit."""


def cases(rubric: Rubric, count: int, seed: int = 1) -> list[Inputs]:
    """``count`` inputs; the same seed gives the same inputs."""
    random = Random(seed)
    return [_finished(rubric, random, MODES[number % len(MODES)](rubric, random)) for number in range(count)]


def plain(rubric: Rubric, random: Random) -> dict[str, FieldValue]:
    """Every field filled."""
    return {field.id: _value(field, random) for field in _fields(rubric)}


def blanks(rubric: Rubric, random: Random) -> dict[str, FieldValue]:
    """Some fields blank: few, many, or nearly all."""
    share = random.choice([0.02, 0.1, 0.5, 0.95])
    return {key: value for key, value in plain(rubric, random).items() if random.random() > share}


def zeros(rubric: Rubric, random: Random) -> dict[str, FieldValue]:
    """Many zeros: 0/0, and figures above a zero base."""
    values = plain(rubric, random)
    for field in _fields(rubric):
        if field.kind in {FieldKind.MONEY, FieldKind.COUNT} and field.min == 0 and random.random() < 0.5:
            values[field.id] = Decimal(0)
    return values


def thresholds(rubric: Rubric, random: Random) -> dict[str, FieldValue]:
    """Rates exactly at the edges of their rules, or one step beside them."""
    values = _settled(rubric, random)
    for name, edges in _edges(rubric):
        edge = random.choice(edges)
        field = rubric.field.get(name)
        if field is not None:
            step = Decimal(1).scaleb(-(field.decimals or 0))
            values[name] = _clamped(field, edge + step * random.choice([-1, 0, 0, 1]))
        else:
            _aim(rubric, rubric.rate[name], edge, values, random)
    return values


def ties(rubric: Rubric, random: Random) -> dict[str, FieldValue]:
    """Quotients whose points end on a half of the last decimal."""
    values = _settled(rubric, random)
    for name in (one.name for _, rule in rules_of(rubric) for one in named(rule, PROPORTION)):
        if name in rubric.rate:
            part, whole = random.choice(_TIES)
            share = Decimal(part) / Decimal(whole)
            _aim(rubric, rubric.rate[name], share, values, random, base=whole)
        else:
            field = rubric.field[name]
            values[name] = _clamped(field, Decimal(random.choice([9995, 9005, 8875, 6475])) / 10000)
    return values


MODES: tuple[Callable[[Rubric, Random], dict[str, FieldValue]], ...] = (
    plain,
    blanks,
    zeros,
    thresholds,
    ties,
)
"""Kinds of cases, in turn."""


def _fields(rubric: Rubric) -> Iterator[Field]:
    return (field for field in rubric.fields if not field.cover)


def _settled(rubric: Rubric, random: Random) -> dict[str, FieldValue]:
    """Every field filled, yes/no fields mostly 否, so that vetoes and exemptions seldom hide the rules."""
    values = plain(rubric, random)
    for field in _fields(rubric):
        if field.kind is FieldKind.YESNO and random.random() < 0.7:
            values[field.id] = "否"
    return values


def _value(field: Field, random: Random) -> FieldValue:
    match field.kind:
        case FieldKind.MONEY:
            cents = random.choice(
                [0, random.randint(0, 200), random.randint(0, 10**6), random.randint(0, 10**8)]
            )
            return _clamped(field, Decimal(cents) / 100)
        case FieldKind.COUNT:
            return _clamped(
                field, Decimal(random.choice([0, 1, random.randint(0, 5), random.randint(0, 40)]))
            )
        case FieldKind.PERCENT:
            return _clamped(field, Decimal(random.randint(0, 10_000)) / 10_000)
        case FieldKind.POINTS:
            high = field.max or Decimal(0)
            return random.choice([high, Decimal(random.randint(0, int(high * 100))) / 100])
        case FieldKind.YESNO:
            return random.choice(["是", "否"])
        case FieldKind.CHOICE:
            return random.choice(field.choices)
        case FieldKind.DATE:
            return date(2024, 1, 1) + timedelta(days=random.randint(0, 400))
    raise AssertionError(f"no made-up value for {field.kind}")


def _clamped(field: Field, value: Decimal) -> Decimal:
    low, high = field.min or Decimal(0), field.max
    return max(low, value if high is None else min(high, value))


def _edges(rubric: Rubric) -> Iterator[tuple[str, list[Decimal]]]:
    for _, rule in rules_of(rubric):
        name = measured(rule)
        edges = sorted({one.value for one in stated(rule, Worth.LIMIT, Worth.BEND)})
        sides = [one.text for one in parts_of(rule) if isinstance(one, Said) and one.word is Word.SIDE]
        steps = [
            one.value if side == "above" else -one.value
            for one, side in itertools.product(stated(rule, Worth.STEP), sides)
        ]
        if name is not None and edges:
            yield name, [edge + step * n for edge in edges for step in steps for n in _STEPS] or edges


def rule_edges(rubric: Rubric) -> dict[str, list[Decimal]]:
    """Thresholds of the rules by the field or rate that they look at."""
    return dict(_edges(rubric))


def _aim(
    rubric: Rubric,
    rate: Rate,
    share: Decimal,
    values: dict[str, FieldValue],
    random: Random,
    *,
    base: int = 0,
) -> None:
    """Set the figures behind ``rate`` so that it is ``share``, or just beside it."""
    parts = quotient(rate.of)
    if parts is None:  # a rate of another rate over a number, or a mean of rates
        for name in unique_refs(rate.of):
            if name in rubric.rate:
                _aim(
                    rubric,
                    rubric.rate[name],
                    share * Decimal(random.choice([25, 50, 75, 100])) / 100,
                    values,
                    random,
                )
        match rate.of:
            case Arithmetic(op="/", left=Ref(id=name), right=Number(value=target)) if name in rubric.field:
                values[name] = _beside(rubric.field[name], share * target, random)
        return
    numerator, denominator = parts
    if isinstance(numerator, Number) and isinstance(denominator, Ref):  # a target over a figure
        values[denominator.id] = _beside(rubric.field[denominator.id], numerator.value / (share or 1), random)
        return
    if not isinstance(numerator, Ref):  # (a - b) / a: move b
        names = unique_refs(numerator)
        whole, cut = names[0], names[-1]
        values[whole] = Decimal(random.choice(_BASES)) * 10
        values[cut] = _beside(rubric.field[cut], Decimal(str(values[whole])) * (1 - share), random)
        return
    names = unique_refs(denominator)
    size = Decimal(base or random.choice(_BASES)) * random.choice([1, 1, 3])
    rest = [name for name in names if name != numerator.id]
    if numerator.id in names:  # a / (a + b)
        values[numerator.id] = _beside(rubric.field[numerator.id], size * share, random)
        values[rest[0]] = _clamped(rubric.field[rest[0]], size - Decimal(str(values[numerator.id])))
        return
    values[names[0]] = _clamped(rubric.field[names[0]], size)
    for name in names[1:]:
        values[name] = Decimal(0)
    values[numerator.id] = _beside(rubric.field[numerator.id], size * share, random)


def _beside(field: Field, value: Decimal, random: Random) -> Decimal:
    places = field.decimals or 0
    step = Decimal(1).scaleb(-places)
    return _clamped(field, round(value, places) + step * random.choice([-1, 0, 0, 0, 1]))


def _finished(rubric: Rubric, random: Random, values: dict[str, FieldValue]) -> Inputs:
    for degree, rule in levels(rubric).items():
        if degree in values and rule.level in values:
            level = next(one for one in rubric.scales[rule.scale] if one.name == values[rule.level])
            if not in_level(level, Decimal(str(values[degree]))):
                values[degree] = level.at_least
    if rubric.tables and random.random() < 0.5:  # what is blank may come from a table
        for field_id in rubric.sources:
            if random.random() < 0.7:
                values.pop(field_id, None)
    if random.random() < 0.8:
        values["department"] = "测试部门"
    reasons = {one.id: "测试用的原因" for one in rubric.indicators if random.random() < 0.8}
    evidence = {
        one.id: (Evidence("测试材料"), Evidence(date="测试日期"))[: random.randint(0, 2)]
        for one in rubric.indicators
        if random.random() < 0.6
    }
    tables = {table.id: tuple(_rows(table, random)) for table in rubric.tables if random.random() < 0.7}
    for field_id, whole in _wholes(rubric):
        if field_id in values and random.random() < 0.8:
            values[field_id] = whole
        source = rubric.sources.get(field_id)
        if source is not None and source.table in tables and source.column is not None:
            tables[source.table] = tuple(_adding_up(tables[source.table], source.column, whole, random))
    return with_defaults(rubric, Inputs(values, reasons, evidence, tables))


def _wholes(rubric: Rubric) -> Iterator[tuple[str, Decimal]]:
    """The fields that must be the points of an item, with these points."""
    for item, rule in rules_of(rubric):
        for one in named(rule, WHOLE):
            yield one.name, item.points


def _adding_up(rows: tuple[TableRow, ...], column: str, whole: Decimal, random: Random) -> Iterator[TableRow]:
    """The rows with other weights: together the whole, or a hundredth beside it."""
    left = whole + Decimal(random.choice([-1, 0, 0, 0, 0, 1])) / 100
    last = max((number for number, row in enumerate(rows) if column in row), default=-1)
    for number, row in enumerate(rows):
        if column not in row:
            yield row
            continue
        part = left if number == last else min(left, Decimal(random.randint(0, int(left * 100))) / 100)
        left -= part
        yield {**row, column: min(part, whole)}


def _rows(table: Table, random: Random) -> Iterator[TableRow]:
    """Rows of a detail table: full, with gaps, or blank between others."""
    count = table.size if table.fixed else random.choice([1, 3, min(25, table.size), table.size])
    gaps = random.choice([0, 0, 0.02, 0.3])
    blank_rows = 0 if table.fixed and not gaps else random.choice([0, 0, 0.2])
    for _ in range(count):
        row = {} if random.random() < blank_rows else {one.id: _cell(one, random) for one in table.inputs}
        yield {key: value for key, value in row.items() if random.random() >= gaps}


def _cell(field: Field, random: Random) -> FieldValue:
    return f"测试{random.randint(1, 99)}" if field.kind is FieldKind.TEXT else _value(field, random)
