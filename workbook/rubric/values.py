"""Field types of the rubric model that are built from the text of a spec."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema

from workbook.rubric.aggregate import Aggregate, aggregate_source, parse_aggregate
from workbook.rubric.expr import Condition, Operand, source
from workbook.rubric.expr_parser import parse_condition, parse_operand

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")


class Strict(BaseModel):
    """Base of every part of the model: immutable, unknown keys rejected."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def decimal_from_text(value: object) -> Decimal:
    """A decimal from its text, ``15%`` being 0.15; never through a float. Raises ValueError."""
    if isinstance(value, Decimal):
        return value
    written = str(value).strip()
    if not isinstance(value, str | int) or not _NUMBER.fullmatch(written):
        raise ValueError(f"应为十进制数或百分数（半角数字和 %），读到 {value!r}")
    try:
        if written.endswith("%"):
            return Decimal(written[:-1]) / 100
        return Decimal(written)
    except InvalidOperation as error:
        raise ValueError(f"应为十进制数，读到 {value!r}") from error


def _parsed(parse: Callable[[str], object]) -> BeforeValidator:
    def from_text(value: object) -> object:
        return parse(value) if isinstance(value, str) else value

    return BeforeValidator(from_text)


def _written(pattern: str, description: str) -> WithJsonSchema:
    """The JSON schema of a value in a spec: a number, or a text of this form."""
    return WithJsonSchema({"type": ["number", "string"], "pattern": pattern, "description": description})


Amount = Annotated[
    Decimal,
    BeforeValidator(decimal_from_text),
    PlainSerializer(lambda d: f"{d.normalize():f}"),
    _written(r"^\s*[+-]?\d+(\.\d+)?%?\s*$", "A decimal, or a percentage such as 15%."),
]
"""A decimal of the spec: points, a threshold, a bound."""


def _word_or_number(*words: str) -> BeforeValidator:
    def from_text(value: object) -> object:
        if value in words:
            return value
        try:
            return decimal_from_text(value)
        except ValueError as error:
            raise ValueError(f"应为十进制数、百分数或 {'、'.join(words)}，读到 {value!r}") from error

    return BeforeValidator(from_text)


def _as_written(value: Decimal | str) -> str:
    return value if isinstance(value, str) else f"{value.normalize():f}"


RateAtZero = Annotated[
    Decimal | Literal["not_applicable", "left_out"],
    _word_or_number("not_applicable", "left_out"),
    PlainSerializer(_as_written),
    _written(
        r"^\s*([+-]?\d+(\.\d+)?%?|not_applicable|left_out)\s*$", "A number, not_applicable or left_out."
    ),
]
"""What a rate is where 0 stands above and below the line."""

PointsAtZero = Annotated[
    Decimal | Literal["full_points"],
    _word_or_number("full_points"),
    PlainSerializer(_as_written),
    _written(r"^\s*(\d+(\.\d+)?|full_points)\s*$", "Points, or full_points."),
]
"""The points of an item whose rate is 不适用."""

OperandText = Annotated[
    Operand,
    _parsed(parse_operand),
    PlainSerializer(source),
    _written(r"\S", "Arithmetic over fields and rates: spent / (budget + returned)."),
]
"""A numeric expression."""

AggregateText = Annotated[
    Aggregate,
    _parsed(parse_aggregate),
    PlainSerializer(aggregate_source),
    _written(r"^\s*(count|sum)\s*\(", "What a detail table gives: count(table), sum(table.column)."),
]
"""A count or a sum over a detail table."""

ConditionText = Annotated[
    Condition,
    _parsed(parse_condition),
    PlainSerializer(source),
    _written(r"\S", "A condition: a yes/no field, spent > plan, filled(x), and, or, not."),
]
"""A condition."""


class Reading(Strict):
    """A part of the standard with the reading chosen where its text is ambiguous.

    ``interpretation`` is what the officer is told; ``proof`` says why it is right (a published score, say)
    and is told in traces only: a blank form must not show another department's figures.
    """

    interpretation: str = ""
    proof: str = ""

    @property
    def reading(self) -> str:
        """The reading with its proof."""
        return f"{self.interpretation}（{self.proof}）" if self.proof else self.interpretation
