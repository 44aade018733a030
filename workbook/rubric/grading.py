"""Consequences of a total: grades, limits on total and grade, and warning lights."""

from __future__ import annotations

from typing import Literal

from workbook import rounding
from workbook.rubric.edges import Edges
from workbook.rubric.values import Amount, ConditionText, Reading, Strict


class GradeBand(Strict):
    """A grade and the lowest total that earns it."""

    name: str
    at_least: Amount


class Grades(Strict):
    """The grades, best first; the last one starts at 0."""

    bands: tuple[GradeBand, ...]
    interpretation: str = ""


class Cap(Reading):
    """A limit on the total, the grade or both while a condition holds."""

    id: str
    name: str
    cell_name: str = ""
    when: ConditionText
    clause: str
    total_at_most: Amount | None = None
    grade_at_most: str | None = None

    @property
    def limits(self) -> str:
        """The limits in words, for officers: ``总分不高于 79 分，等级不高于“良”``."""
        bounds = []
        if self.total_at_most is not None:
            bounds.append(f"总分不高于 {rounding.plain(self.total_at_most)} 分")
        if self.grade_at_most is not None:
            bounds.append(f"等级不高于“{self.grade_at_most}”")
        return "，".join(bounds)


class Light(Edges):
    """An interval and the light that it shows."""

    light: Literal["green", "yellow", "red", "blue"]


class Lights(Reading):
    """A warning light on a rate or a percentage; it earns no points."""

    id: str
    name: str
    cell_name: str = ""
    on: str
    clause: str
    bands: tuple[Light, ...]
