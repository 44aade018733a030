"""The rubric: dimensions, groups, indicators, items, rates, checks and grades.

``name`` is a heading as the standard prints it; ``cell_name`` what defined names are made from instead, where
the author wants to choose it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Literal, Protocol, TypeAlias

from pydantic import Field as PydanticField

from workbook.rubric.expr import Ref, unique_refs
from workbook.rubric.fields import Field
from workbook.rubric.grading import Cap, Grades, Lights
from workbook.rubric.keys import Key
from workbook.rubric.rules import Rule
from workbook.rubric.tables import Table
from workbook.rubric.values import (
    AggregateText,
    Amount,
    ConditionText,
    OperandText,
    PointsAtZero,
    RateAtZero,
    Reading,
    Strict,
)

TYPED, FROM_TABLE = "@typed", "@table"
"""Endings of a field's id in cross-checks: what was typed, and what its detail table gives."""


class Scope(Protocol):
    """The figures that expressions can name: those of a rubric, or of a row of a detail table."""

    @property
    def field(self) -> Mapping[str, Field]:
        """Fields by id."""

    @property
    def rate(self) -> Mapping[str, Rate]:
        """Rates by id."""


class Origin(Strict):
    """The origin of a weight or a clause: ``printed`` in a source, or ``inferred`` for a reason."""

    how: Literal["printed", "inferred"]
    text: str


class Rate(Reading):
    """A named quotient (执行率, 控制率 …) or another figure computed from fields and earlier rates.

    With ``when_filled`` the rate is ``of`` once that field is filled, and ``otherwise`` before: figures
    that may be given as amounts or as a percentage. ``cap`` bounds the rate from above. ``zero_base`` says
    what it is where nothing stands above and below the line: a number, or that it is 不适用; of a mean, that
    parts that are 不适用 are left out.
    """

    id: str
    name: str
    cell_name: str = ""
    of: OperandText
    when_filled: str | None = None
    otherwise: OperandText | None = None
    cap: Amount | None = None
    zero_base: RateAtZero | None = None
    clause: str = ""
    unit: str = ""

    @property
    def figures(self) -> tuple[str, ...]:
        """The fields and rates that it is computed from, either way."""
        return unique_refs(self.of, *([self.otherwise] if self.otherwise is not None else []))


class Settlement(Reading):
    """A veto, an exemption or a default: when the condition holds, the scope has these points.

    ``points`` None means: none for a veto, full for an exemption or a default.
    """

    when: ConditionText
    clause: str
    points: Amount | None = None


class Item(Reading):
    """A numbered part of a 评分标准 that is scored by itself.

    ``weight`` counts in a mean of items; ``clause_origin`` as in :class:`Indicator`. ``zero_base``: the
    points where the rate that it goes by is 不适用; full ones where nothing is said.
    """

    id: str
    points: Amount
    place: str
    cell_name: str = ""
    clause: str
    rule: Rule
    weight: Amount = Decimal(1)
    veto: Settlement | None = None
    exempt: Settlement | None = None
    default: Settlement | None = None
    zero_base: PointsAtZero | None = None
    clause_origin: str | None = None

    @property
    def zero_points(self) -> Decimal:
        """The points where its rate is 不适用."""
        return self.zero_base if isinstance(self.zero_base, Decimal) else self.points


ScoredAs: TypeAlias = Literal[
    "sum_of_items", "capped_sum", "weight_less_deductions", "lowest_item", "highest_item", "mean_of_items"
]
"""The ways in which items make a score. In the last three every item is worth as much as the indicator."""

ALIKE: tuple[ScoredAs, ...] = ("lowest_item", "highest_item", "mean_of_items")


Beside: TypeAlias = Literal["bonus", "malus"]
"""Parts beside the whole: additions to the total, deductions from it."""


class ItemsTotal(Strict):
    """The acknowledgement that the items' points do not add up to the indicator's."""

    points: Amount
    reason: str


class Indicator(Reading):
    """A third-level indicator. ``scored_as`` states how its items make its score.

    Where ``not_applicable`` holds, it is left out and the scores of the others are scaled up to the whole.

    ``name_origin``, ``weight_origin`` and ``clause_origin`` name origins of the rubric: that of the heading,
    of the points, and of the clauses and rules of those items that name none of their own.
    """

    id: str
    name: str
    cell_name: str = ""
    points: Amount
    about: str
    items: tuple[Item, ...]
    scored_as: ScoredAs = "sum_of_items"
    items_total: ItemsTotal | None = None
    veto: Settlement | None = None
    exempt: Settlement | None = None
    not_applicable: Settlement | None = None
    name_origin: str | None = None
    weight_origin: str | None = None
    clause_origin: str | None = None


class Group(Strict):
    """A second-level indicator. ``points`` as printed, where the standard prints them."""

    name: str
    cell_name: str = ""
    indicators: tuple[Indicator, ...]
    points: Amount | None = None


class Dimension(Strict):
    """A first-level indicator.

    ``beside`` the whole stand additions (``bonus``, their points are the most that they add) and deductions
    (``malus``: their items earn what is taken off, their scores are negative).
    """

    name: str
    cell_name: str = ""
    groups: tuple[Group, ...]
    points: Amount | None = None
    beside: Beside | None = None


class Level(Strict):
    """A level of achievement: the interval its percentage must lie in."""

    name: str
    at_least: Amount
    below: Amount | None = None
    at_most: Amount | None = None

    @property
    def text(self) -> str:
        """The interval as text: ``60%（含）至80%``."""
        low = f"{(self.at_least * 100).normalize():f}%（含）"
        if self.at_most is not None:
            return f"{low}至{(self.at_most * 100).normalize():f}%（含）"
        return f"{low}至{((self.below or Decimal(1)) * 100).normalize():f}%"


class Check(Strict):
    """A cross-check (勾稽关系): ``left relation right`` must hold, give or take ``within``.

    Not checked while a figure in it is blank. A ``blocking`` check that fails keeps the workbook from
    being ready; the others warn.
    """

    id: str
    title: str
    left: OperandText
    relation: Literal["=", "<=", ">=", "<", ">"]
    right: OperandText
    within: Amount = Decimal(0)
    blocking: bool = False
    why: str


class Section(Strict):
    """A part of the entry sheet. ``note``: what to know before filling it in."""

    title: str
    fields: tuple[str, ...]
    note: str = ""


class Rubric(Strict):
    """One rubric version, complete and resolved: what the back-ends read.

    ``form_title`` is what the form is called on its cover and in mails.
    ``fields`` holds cover fields first, then the fields in the order of the sections. Points are in 分;
    ``places`` are the decimals of an indicator's score and of the total. ``status`` is one of
    :data:`workbook.rubric.provenance.LABELS`; ``origins`` are what its parts come from. ``sources`` says for
    a field from which detail table it is taken while nothing is typed for it. ``tells_pending``: the states
    of fields tell "it depends" from "not needed" (the first released templates do not). ``counts_exactly``:
    whole steps past a limit are counted from the quotient itself (before, from the rate at 9 decimals).
    ``settles_zero``: what stands below zero above a zero base is 负超限, and means leave out what is 不适用
    (the first released templates do not tell these from 不适用). ``total_at_most`` bounds the total, which
    additions beside the whole can lift above ``points``.
    """

    id: str
    title: str
    form_title: str = "部门整体支出绩效自评表"
    issuer: str
    fiscal_year: int
    status: str
    source: str
    points: Amount
    places: int = 2
    grades: Grades
    sections: tuple[Section, ...]
    fields: tuple[Field, ...]
    rates: tuple[Rate, ...] = ()
    scales: dict[str, tuple[Level, ...]] = PydanticField(default_factory=dict)
    checks: tuple[Check, ...] = ()
    tables: tuple[Table, ...] = ()
    sources: dict[str, AggregateText] = PydanticField(default_factory=dict)
    tells_pending: bool = False
    counts_exactly: bool = False
    settles_zero: bool = False
    origins: dict[str, Origin] = PydanticField(default_factory=dict)
    dimensions: tuple[Dimension, ...]
    total_at_most: Amount | None = None
    caps: tuple[Cap, ...] = ()
    lights: tuple[Lights, ...] = ()

    @cached_property
    def field(self) -> dict[str, Field]:
        """Fields by id."""
        return {field.id: field for field in self.fields}

    @cached_property
    def rate(self) -> dict[str, Rate]:
        """Rates by id."""
        return {rate.id: rate for rate in self.rates}

    @cached_property
    def instead(self) -> dict[str, str]:
        """For a field that is needed only where another is blank: that other one, which comes first."""
        return {
            rate.otherwise.id: rate.when_filled
            for rate in self.rates
            if rate.when_filled is not None and isinstance(rate.otherwise, Ref)
        }

    def first_field(self, name: str) -> str:
        """The first field behind a rate; a field itself."""
        while name in self.rate:
            name = self.rate[name].figures[0]
        return name

    @cached_property
    def table(self) -> dict[str, Table]:
        """Detail tables by id."""
        return {table.id: table for table in self.tables}

    def filled_in_at(self, field_id: str) -> Key:
        """The input where a field is filled in: its own, or the first of a table that must be filled in."""
        source = self.sources.get(field_id)
        table = None if source is None else self.table[source.table]
        if table is None or not table.required:
            return Key.input(field_id)
        return Key.cell(table.id, 1, table.inputs[0].id)

    @cached_property
    def all_checks(self) -> tuple[Check, ...]:
        """The cross-checks: those of the rubric, then each field that has a table against that table."""
        return (*self.checks, *(self._source_check(field_id) for field_id in self.sources))

    def _source_check(self, field_id: str) -> Check:
        field, table = self.field[field_id], self.table[self.sources[field_id].table]
        return Check(
            id=f"source_{field_id}",
            title=f"“{field.label}”与“{table.title}”一致",
            left=Ref(field_id + TYPED),
            relation="=",
            right=Ref(field_id + FROM_TABLE),
            why=f"左为填报数，右为{table.title}汇总数；两者不一致时按填报数计分，请改正其中之一。",
        )

    @cached_property
    def beside(self) -> dict[str, Beside]:
        """The effect of each indicator beside the whole, by its id."""
        return {
            indicator.id: dimension.beside
            for dimension, _, indicator in self.walk()
            if dimension.beside is not None
        }

    @cached_property
    def rescales(self) -> bool:
        """Whether some indicator can be left out."""
        return any(one.not_applicable is not None for one in self.indicators)

    @cached_property
    def can_vanish(self) -> bool:
        """Whether all of the whole can be left out, so that nothing is scored."""
        return all(one.not_applicable is not None for one in self.indicators if one.id not in self.beside)

    @cached_property
    def composed(self) -> bool:
        """Whether the total is more than the sum of all scores."""
        limited = self.total_at_most is not None or any(cap.total_at_most is not None for cap in self.caps)
        return bool(self.beside) or self.rescales or limited

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in the order of the standard."""
        return tuple(indicator for _, _, indicator in self.walk())

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        """Indicators by id."""
        return {indicator.id: indicator for indicator in self.indicators}

    def walk(self) -> Iterator[tuple[Dimension, Group, Indicator]]:
        """Every indicator with its dimension and group."""
        for dimension in self.dimensions:
            for group in dimension.groups:
                for indicator in group.indicators:
                    yield dimension, group, indicator


def item_key(indicator: Indicator, item: Item) -> str:
    """The public id of an item, unique in its rubric: ``indicator.item``."""
    return f"{indicator.id}.{item.id}"
