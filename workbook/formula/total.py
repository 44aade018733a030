"""The total, the grade, limits and lights as Excel text (see :mod:`workbook.scorer.total`)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook import rounding
from workbook.formula.text import Names, all_of, branch, literal, official, threshold
from workbook.layout.names import CellNames
from workbook.rubric.edges import Edges
from workbook.rubric.grading import Cap, Lights
from workbook.rubric.keys import Key, Tally
from workbook.rubric.model import Dimension, Indicator, Rubric
from workbook.rubric.signs import below
from workbook.rubric.states import (
    COMPOSED_NAMES,
    LIGHT_WORDS,
    NO_LIGHT,
    OUTCOME_NAMES,
    CapState,
    IndicatorState,
    Special,
)

_VOID = IndicatorState.NOT_APPLICABLE.value


def still_text(indicator: Indicator, names: Names) -> str:
    """The points that are open: all of an indicator's while it has no score but applies."""
    score = names.score(indicator)
    rest = literal(indicator.points)
    if indicator.not_applicable is not None:
        rest = f'IF({score}="{_VOID}",0,{rest})'
    return f"IF(ISNUMBER({score}),0,{rest})"


def void_text(indicators: list[Indicator], named: CellNames) -> str:
    """The points of those that do not apply; empty where none can be left out."""
    return "+".join(
        f'IF({named[Key.score(one.id)]}="{_VOID}",{literal(one.points)},0)'
        for one in indicators
        if one.not_applicable is not None
    )


def share_text(score: str, points: Decimal, void: str) -> str:
    """The score over the points that apply."""
    if not void:
        return official(f"{score}/{literal(points)}", rounding.ITEM_PLACES)
    applies = f"({literal(points)}-({void}))"
    return f"IF({applies}>0,{official(f'{score}/{applies}', rounding.ITEM_PLACES)},0)"


def total_formulas(rubric: Rubric, named: CellNames) -> Iterator[tuple[Key, str]]:
    """Total, attainable range and grade. ``named`` holds the names of all quantities."""
    whole, bonus, malus = (
        [one for one in rubric.dimensions if one.beside == kind] for kind in (None, "bonus", "malus")
    )
    total, still_open = OUTCOME_NAMES[Key.total()], OUTCOME_NAMES[Key.total("open")]
    yield Key.total("open"), _sum(named, whole, "open")
    points = sum((one.points for one in rubric.indicators if one.id not in rubric.beside), Decimal(0))
    yield Key.total("share"), official(f"{total}/{literal(points)}", rounding.ITEM_PLACES)
    if rubric.composed:
        yield from _composed(rubric, named, whole, bonus, malus)
    else:
        yield Key.total(), official(_sum(named, whole, "score"), rubric.places)
        yield Key.low(), total
        yield Key.high(), official(f"{total}+{still_open}", rubric.places)
    yield Key.grade(), _grade_text(rubric, named)


def _composed(
    rubric: Rubric,
    named: CellNames,
    whole: list[Dimension],
    bonus: list[Dimension],
    malus: list[Dimension],
) -> Iterator[tuple[Key, str]]:
    scored, places = _sum(named, whole, "score"), rubric.places
    beside = _sum(named, bonus + malus, "score")
    yield Key.total("scored"), official(_added(scored, beside), places)
    if rubric.rescales:
        yield Key.total("void"), void_text(list(rubric.indicators), named)
    raw = COMPOSED_NAMES[Key.total("raw")]
    yield Key.total("raw"), official(_added(_scaled(rubric, scored), beside), places)
    at_risk = _sum(named, malus, "open")
    yield Key.low("raw"), official(f"{raw}-({at_risk})", places) if at_risk else raw
    most = _scaled(rubric, _added(scored, _sum(named, whole, "open")))
    yield Key.high("raw"), official(_added(_added(most, beside), _sum(named, bonus, "open")), places)
    for key, source, possible in (
        (Key.total(), Key.total("raw"), False),
        (Key.low(), Key.low("raw"), True),
        (Key.high(), Key.high("raw"), False),
    ):
        yield key, _limited(rubric, named, COMPOSED_NAMES[source], possible=possible)


def _sum(named: CellNames, dimensions: list[Dimension], part: Tally) -> str:
    return "+".join(named[Key.dimension(one.name, part)] for one in dimensions)


def _added(left: str, right: str) -> str:
    return f"{left}+{right}" if left and right else left or right


def _scaled(rubric: Rubric, score: str) -> str:
    """A score out of the points that apply as one out of the whole."""
    if not rubric.rescales:
        return score
    whole = literal(rubric.points)
    applies = f"({whole}-{COMPOSED_NAMES[Key.total('void')]})"
    return f"IF({applies}>0,({score})*{whole}/{applies},0)"


def _limited(rubric: Rubric, named: CellNames, value: str, *, possible: bool) -> str:
    """The value under the lowest limit that holds, or (``possible``) that may still hold; not below zero."""
    text = f"IF({value}>0,{value},0)" if rubric.beside else value
    if rubric.total_at_most is not None:
        most = literal(rubric.total_at_most)
        text = f"IF({value}>{most},{most},{text})"
    limits = [(cap.total_at_most, cap) for cap in rubric.caps if cap.total_at_most is not None]
    for most_points, cap in sorted(limits, key=lambda one: one[0], reverse=True):
        sign, state = ("<>", CapState.FAILS) if possible else ("=", CapState.HOLDS)
        test = f'({named[Key.cap(cap.id)]}{sign}"{state.value}")*({value}>{literal(most_points)})=1'
        text = f"IF({test},{literal(most_points)},{text})"
    return text


def _grade_text(rubric: Rubric, named: CellNames) -> str:
    total, bands = OUTCOME_NAMES[Key.total()], rubric.grades.bands
    ladder = f'"{bands[-1].name}"'
    for band in reversed(bands[:-1]):
        ladder = f'IF({total}>={literal(band.at_least)},"{band.name}",{ladder})'
    order = [band.name for band in bands]
    limits = [(order.index(cap.grade_at_most), cap) for cap in rubric.caps if cap.grade_at_most in order]
    for rank, cap in sorted(limits, key=lambda one: one[0]):  # the worst one outermost
        if rank:
            better = literal(bands[rank - 1].at_least)
            test = f'({named[Key.cap(cap.id)]}="{CapState.HOLDS.value}")*({total}>={better})=1'
            ladder = f'IF({test},"{bands[rank].name}",{ladder})'
    unscored = f"{OUTCOME_NAMES[Key.count('unscored')]}=0"
    tests = [unscored, *(f'{named[Key.cap(cap.id)]}<>""' for cap in rubric.caps)]
    if rubric.can_vanish:
        tests.append(applies_text(rubric))
    return f'IF({all_of(tests)},{ladder},"")'


def applies_text(rubric: Rubric) -> str:
    """A test that something of the whole applies."""
    return f"{COMPOSED_NAMES[Key.total('void')]}<{literal(rubric.points)}"


def cap_text(cap: Cap, names: Names) -> str:
    """Whether a limit holds; empty while open."""
    return branch(cap.when, f'"{CapState.HOLDS.value}"', f'"{CapState.FAILS.value}"', names)


def light_text(lights: Lights, names: Names) -> str:
    """The light that shows; empty while a figure is blank."""
    value = names.compared(lights.on)
    compared = value if lights.on in names.rubric.rate else f"ROUND({value},{rounding.RATE_PLACES})"
    ladder = f'"{NO_LIGHT}"'
    for one in reversed(lights.bands):
        tests = [f"{compared}{sign}{threshold(edge)}" for sign, edge in _edges(one) if edge is not None]
        ladder = f'IF({all_of(tests)},"{LIGHT_WORDS[one.light]}",{ladder})'
    beyond = next((LIGHT_WORDS[one.light] for one in lights.bands if one.unbounded), NO_LIGHT)
    none = Special.NOT_APPLICABLE.value
    special = f'"{beyond}"'
    if lights.on in below(names.rubric):
        low = next((LIGHT_WORDS[one.light] for one in lights.bands if one.unbounded_below), NO_LIGHT)
        special = f'IF({value}="{Special.BELOW.value}","{low}",{special})'
    return f'IF(ISNUMBER({value}),{ladder},IF({value}="","",IF({value}="{none}","{none}",{special})))'


def _edges(one: Edges) -> tuple[tuple[str, Decimal | None], ...]:
    return (
        ("=", one.exactly), (">=", one.at_least), (">", one.above), ("<=", one.at_most), ("<", one.below),
    )  # fmt: skip
