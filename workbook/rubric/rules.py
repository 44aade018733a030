"""Rule kinds: how one item of a scoring standard earns its points.

A rule kind is a domain word. It declares itself here, once: its Chinese word, and for each attribute the role
(:mod:`workbook.rubric.roles`) in which it stands. What has to be known of a kind is derived from that; its
readings in ``workbook.scorer`` (exact) and ``workbook.formula`` (Excel text), and what else only a person can
say, are dispatched over :data:`Rule` and end in ``assert_never``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, get_args

from pydantic import Field as PydanticField

from workbook.rubric import roles
from workbook.rubric.edges import Edge, Edges
from workbook.rubric.roles import Branch, Listing, Word, Worth
from workbook.rubric.values import Amount, ConditionText, Strict

Points = Annotated[Amount, Worth.GIVEN]
"""A number of points that a rule gives."""

When = Annotated[ConditionText, Word.CONDITION]
"""A condition that a rule asks."""


class RuleKind(Strict):
    """Base of every rule kind; ``word`` is what a finance clerk calls it."""

    word: ClassVar[str]

    def __init_subclass__(cls, *, word: str, **more: Any) -> None:
        super().__init_subclass__(**more)
        cls.word = word

    @property
    def counts_whole_steps(self) -> bool:
        """Whether it counts steps past a limit as whole ones."""
        return False


def kind_name(kind: type[RuleKind]) -> str:
    """The name of a rule kind in a spec: ``deduct_each``."""
    [name] = get_args(kind.model_fields["kind"].annotation)
    return str(name)


class Judgement(RuleKind, word="酌情给分"):
    """The officer states the points earned, 0 to the item's points, with a reason when it is less."""

    kind: Literal["judgement"]
    field: Annotated[str, roles.JUDGED]


class AllOrNothing(RuleKind, word="做到得满分"):
    """Full points when the yes/no field says 是, else none."""

    kind: Literal["all_or_nothing"]
    field: Annotated[str, roles.YES_NO]


class Tick(Strict):
    """One line of a checklist: a yes/no field and what 是 is worth."""

    field: Annotated[str, roles.YES_NO]
    points: Annotated[Amount, Worth.ADDED]


class Checklist(RuleKind, word="逐项给分"):
    """The points of every line that says 是, added up."""

    kind: Literal["checklist"]
    lines: Annotated[tuple[Tick, ...], Listing.TOGETHER]


class DeductEach(RuleKind, word="逐次扣分"):
    """So much off the item's points, or off ``start``, for each occurrence, down to zero."""

    kind: Literal["deduct_each"]
    count: Annotated[str, roles.COUNT]
    each: Annotated[Amount, Worth.LOST]
    start: Points | None = None


class EarnEach(RuleKind, word="逐次得分"):
    """So many points for each occurrence, up to the item's points."""

    kind: Literal["earn_each"]
    count: Annotated[str, roles.COUNT]
    each: Annotated[Amount, Worth.EARNED]


class Band(Edges):
    """An interval and its points."""

    points: Points


class Bands(RuleKind, word="分档"):
    """Points by the interval in which a rate or a percentage lies (compared at 9 decimals)."""

    kind: Literal["bands"]
    on: Annotated[str, roles.GRADUATED]
    bands: Annotated[tuple[Band, ...], Listing.PARTITION]


class Proportional(RuleKind, word="按比例得分"):
    """The item's points times a rate or a percentage, the rate capped at 1."""

    kind: Literal["proportional"]
    on: Annotated[str, roles.PROPORTION]


class DeductPerPoint(RuleKind, word="按百分点扣分"):
    """So much off the item's points for each ``step`` (a percentage point) that ``on`` lies past ``limit``.

    ``past`` says on which side points are lost: ``above`` the limit or ``below`` it. ``counted`` says what
    counts: ``full`` steps only, ``begun`` ones as whole, or every part of one (``exact``, unrounded). The
    points are taken off the item's, or off ``start``.
    """

    kind: Literal["deduct_per_point"]
    on: Annotated[str, roles.SHARE]
    limit: Edge
    each: Annotated[Amount, Worth.LOST]
    past: Annotated[Literal["above", "below"], Word.SIDE] = "above"
    step: Annotated[Amount, Worth.STEP] = Decimal("0.01")
    counted: Annotated[Literal["full", "begun", "exact"], Word.WAY] = "full"
    start: Points | None = None

    @property
    def counts_whole_steps(self) -> bool:
        """Whether it counts steps past a limit as whole ones."""
        return self.counted != "exact"


class Knot(Strict):
    """A rate and the points that it earns."""

    at: Annotated[Amount, Worth.BEND]
    points: Points


class Linear(RuleKind, word="按直线得分"):
    """Points in a straight line from knot to knot; before the first and after the last they stay the same.

    The unrounded rate earns them, as in every proportion.
    """

    kind: Literal["linear"]
    on: Annotated[str, roles.SHARE]
    knots: Annotated[tuple[Knot, ...], Listing.LINE]


class ChoicePoints(RuleKind, word="选项"):
    """Points by what was chosen."""

    kind: Literal["choice"]
    field: Annotated[str, roles.OPTION]
    points: Annotated[dict[str, Amount], Word.BY_OPTION]


class RankPoints(RuleKind, word="按位次"):
    """Full points down to rank ``full_to``, then ``each`` off for each place behind it, not below zero."""

    kind: Literal["rank"]
    field: Annotated[str, roles.COUNT]
    full_to: Annotated[Amount, Worth.RANK]
    each: Annotated[Amount, Worth.LOST]


class Achievement(RuleKind, word="按实现程度"):
    """The item's points times the degree of achievement, which must lie in the chosen level's interval."""

    kind: Literal["achievement"]
    level: Annotated[str, roles.LEVEL]
    degree: Annotated[str, roles.DEGREE]
    scale: Annotated[str, Word.SCALE]


class OwnIndicators(RuleKind, word="部门自定指标"):
    """The scores of the department's own indicators, whose points must add up to the item's; else open.

    ``points`` and ``score`` are fields of points: the sum of the indicators' weights, and of their scores.
    """

    kind: Literal["own_indicators"]
    points: Annotated[str, roles.WHOLE]
    score: Annotated[str, roles.ADDED_UP]


class Fixed(RuleKind, word="固定得分"):
    """A number of points that depends on nothing (the branch of a ``choose``)."""

    kind: Literal["fixed"]
    points: Points


class Case(Strict):
    """A condition and the points that it gives. ``clause`` says it in words."""

    when: When
    points: Points
    clause: Annotated[str, Word.REMARK] = ""


class Cases(RuleKind, word="按情形给分"):
    """The points of the first case that holds, else ``otherwise``: a table of two conditions and the like.

    Open while the first case that could hold is open.
    """

    kind: Literal["cases"]
    cases: Annotated[tuple[Case, ...], Listing.IN_TURN]
    otherwise: Points


class Choose(RuleKind, word="分情况"):
    """One rule when the condition holds, another when it does not; open while it is open."""

    kind: Literal["choose"]
    when: When
    then: Annotated[Rule, Branch("when", "holds")]
    otherwise: Annotated[Rule, Branch("when", "fails")]


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

RULE_KINDS: tuple[type[RuleKind], ...] = get_args(get_args(Rule)[0])
"""Every rule kind, in the order of the union."""

Graduated: TypeAlias = Bands | Proportional | DeductPerPoint | Linear
"""The kinds that measure: points go by how large one rate or figure is."""

Branching: TypeAlias = Choose
"""The kinds that hold other rules."""
