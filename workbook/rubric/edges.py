"""Intervals: the edges between which a figure lies."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import model_validator

from workbook.rubric.roles import Worth
from workbook.rubric.values import Amount, Strict

Edge = Annotated[Amount, Worth.LIMIT]
"""A number that a figure is compared with."""


class Edges(Strict):
    """An interval: at_least ≥, above >, at_most ≤, below <, exactly =."""

    at_least: Edge | None = None
    above: Edge | None = None
    at_most: Edge | None = None
    below: Edge | None = None
    exactly: Edge | None = None

    @model_validator(mode="after")
    def _edges(self) -> Self:
        lower = [edge for edge in (self.at_least, self.above) if edge is not None]
        upper = [edge for edge in (self.at_most, self.below) if edge is not None]
        if len(lower) > 1 or len(upper) > 1 or (self.exactly is not None and (lower or upper)):
            raise ValueError("一档只能写一个下限、一个上限，或单独写 exactly")
        if not lower and not upper and self.exactly is None:
            raise ValueError("一档至少要写一个边界")
        return self

    def text(self, *, share: bool = True) -> str:
        """The band as an officer reads it: ``≥75%，＜90%``; without ``%`` where the figure is no share."""
        edges = (
            ("＝", self.exactly),
            ("≥", self.at_least),
            ("＞", self.above),
            ("≤", self.at_most),
            ("＜", self.below),
        )
        scale, unit = (100, "%") if share else (1, "")
        return "，".join(
            f"{sign}{(edge * scale).normalize():f}{unit}" for sign, edge in edges if edge is not None
        )

    @property
    def unbounded(self) -> bool:
        """Whether a figure beyond every limit falls into it."""
        return self.at_most is None and self.below is None and self.exactly is None

    @property
    def unbounded_below(self) -> bool:
        """Whether a figure below every limit falls into it."""
        return self.at_least is None and self.above is None and self.exactly is None

    @property
    def named(self) -> tuple[Decimal, ...]:
        """The edges that are stated."""
        edges = (self.at_least, self.above, self.at_most, self.below, self.exactly)
        return tuple(edge for edge in edges if edge is not None)
