"""Rule kinds: how one item of a scoring standard earns its points.

A rule kind is a domain word. Each has a reading in ``workbook.scorer`` (exact) and one in
``workbook.formula`` (Excel text); ``workbook check`` reports a kind that lacks either.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field as PydanticField
from pydantic import model_validator

from workbook.rubric.values import Amount, ConditionText, Strict


class Judgement(Strict):
    """The officer states the points earned, 0 to the item's points, with a reason when it is less."""

    kind: Literal["judgement"]
    field: str


class AllOrNothing(Strict):
    """Full points when the yes/no field says 是, else none."""

    kind: Literal["all_or_nothing"]
    field: str


class Tick(Strict):
    """One line of a checklist: a yes/no field and what 是 is worth."""

    field: str
    points: Amount


class Checklist(Strict):
    """The points of every line that says 是, added up."""

    kind: Literal["checklist"]
    lines: tuple[Tick, ...]


class DeductEach(Strict):
    """So much off the item's points, or off ``start``, for each occurrence, down to zero."""

    kind: Literal["deduct_each"]
    count: str
    each: Amount
    start: Amount | None = None


class EarnEach(Strict):
    """So many points for each occurrence, up to the item's points."""

    kind: Literal["earn_each"]
    count: str
    each: Amount


class Edges(Strict):
    """An interval: at_least ≥, above >, at_most ≤, below <, exactly =."""

    at_least: Amount | None = None
    above: Amount | None = None
    at_most: Amount | None = None
    below: Amount | None = None
    exactly: Amount | None = None

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
    def named(self) -> tuple[Decimal, ...]:
        """The edges that are stated."""
        edges = (self.at_least, self.above, self.at_most, self.below, self.exactly)
        return tuple(edge for edge in edges if edge is not None)


class Band(Edges):
    """An interval and its points."""

    points: Amount


class Bands(Strict):
    """Points by the interval in which a rate or a percentage lies (compared at 9 decimals)."""

    kind: Literal["bands"]
    on: str
    bands: tuple[Band, ...]


class Proportional(Strict):
    """The item's points times a rate or a percentage, the rate capped at 1."""

    kind: Literal["proportional"]
    on: str


class DeductPerPoint(Strict):
    """So much off the item's points for each ``step`` (a percentage point) that ``on`` lies past ``limit``.

    ``past`` says on which side points are lost: ``above`` the limit or ``below`` it. ``counted`` says what
    counts: ``full`` steps only, ``begun`` ones as whole, or every part of one (``exact``, unrounded). The
    points are taken off the item's, or off ``start``.
    """

    kind: Literal["deduct_per_point"]
    on: str
    limit: Amount
    each: Amount
    past: Literal["above", "below"] = "above"
    step: Amount = Decimal("0.01")
    counted: Literal["full", "begun", "exact"] = "full"
    start: Amount | None = None


class Knot(Strict):
    """A rate and the points that it earns."""

    at: Amount
    points: Amount


class Linear(Strict):
    """Points in a straight line from knot to knot; before the first and after the last they stay the same.

    The unrounded rate earns them, as in every proportion.
    """

    kind: Literal["linear"]
    on: str
    knots: tuple[Knot, ...]


class ChoicePoints(Strict):
    """Points by what was chosen."""

    kind: Literal["choice"]
    field: str
    points: dict[str, Amount]


class RankPoints(Strict):
    """Full points down to rank ``full_to``, then ``each`` off for each place behind it, not below zero."""

    kind: Literal["rank"]
    field: str
    full_to: Amount
    each: Amount


class Achievement(Strict):
    """The item's points times the degree of achievement, which must lie in the chosen level's interval."""

    kind: Literal["achievement"]
    level: str
    degree: str
    scale: str


class OwnIndicators(Strict):
    """The scores of the department's own indicators, whose points must add up to the item's; else open.

    ``points`` and ``score`` are fields of points: the sum of the indicators' weights, and of their scores.
    """

    kind: Literal["own_indicators"]
    points: str
    score: str


class Fixed(Strict):
    """A number of points that depends on nothing (the branch of a ``choose``)."""

    kind: Literal["fixed"]
    points: Amount


class Case(Strict):
    """A condition and the points that it gives. ``clause`` says it in words."""

    when: ConditionText
    points: Amount
    clause: str = ""


class Cases(Strict):
    """The points of the first case that holds, else ``otherwise``: a table of two conditions and the like.

    Open while the first case that could hold is open.
    """

    kind: Literal["cases"]
    cases: tuple[Case, ...]
    otherwise: Amount


class Choose(Strict):
    """One rule when the condition holds, another when it does not; open while it is open."""

    kind: Literal["choose"]
    when: ConditionText
    then: Rule
    otherwise: Rule


Rule = Annotated[
    Judgement
    | AllOrNothing
    | Checklist
    | DeductEach
    | EarnEach
    | Bands
    | Proportional
    | DeductPerPoint
    | Linear
    | ChoicePoints
    | RankPoints
    | Achievement
    | OwnIndicators
    | Fixed
    | Cases
    | Choose,
    PydanticField(discriminator="kind"),
]
Choose.model_rebuild()

RULE_KINDS: tuple[type[Strict], ...] = (
    Judgement,
    AllOrNothing,
    Checklist,
    DeductEach,
    EarnEach,
    Bands,
    Proportional,
    DeductPerPoint,
    Linear,
    ChoicePoints,
    RankPoints,
    Achievement,
    OwnIndicators,
    Fixed,
    Cases,
    Choose,
)

GraduatedRule: TypeAlias = Bands | Proportional | DeductPerPoint | Linear
"""The rules that give points by how large one rate or figure is."""
