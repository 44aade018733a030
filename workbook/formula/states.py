"""Field states as Excel text: filled, open, invalid, not needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbook import rounding
from workbook.formula.text import Names, all_of, any_of, fails, holds, literal, threshold
from workbook.rubric.expr import Filled, Yes
from workbook.rubric.fields import NO, YES, Field, FieldKind
from workbook.rubric.inputs import EPOCH, FIRST_DATE, LAST_DATE
from workbook.rubric.model import Level
from workbook.rubric.needs import COVER_REQUIRED
from workbook.rubric.parts import Achieved
from workbook.rubric.roles import Guard, GuardPath
from workbook.rubric.states import FieldState


@dataclass(frozen=True, slots=True)
class DegreeBounds:
    """The rule that a degree of achievement serves, and the levels that bound it."""

    rule: Achieved
    levels: tuple[Level, ...]


def state_text(field: Field, paths: tuple[GuardPath, ...], degree: DegreeBounds | None, names: Names) -> str:
    """The state of ``field``; ``paths`` say when it matters, ``degree`` bounds a degree of achievement."""
    blank, name = _blank_text(field, paths, names), names.typed(field.id)
    if field.id in names.sources:
        blank = f"IF(ISNUMBER({names.sources[field.id]}),{_quoted(FieldState.FROM_TABLE)},{blank})"
    filled, invalid = _quoted(FieldState.FILLED), _quoted(FieldState.INVALID)
    unusual = any_of(list(_unusual_tests(field, name)))
    if unusual:
        filled = f"IF({unusual},{_quoted(FieldState.UNUSUAL)},{filled})"
    more = [_level_text(degree, name, names)] if degree is not None else []
    return f'IF({name}="",{blank},{filled_text(field, name, filled, invalid, more)})'


def _unusual_tests(field: Field, name: str) -> Iterator[str]:
    if field.usual_min is not None:
        yield f"{name}<{literal(field.usual_min)}"
    if field.usual_max is not None:
        yield f"{name}>{literal(field.usual_max)}"


def _blank_text(field: Field, paths: tuple[GuardPath, ...], names: Names) -> str:
    if field.cover:
        return _quoted(FieldState.OPEN if field.id in COVER_REQUIRED else FieldState.OPTIONAL)
    if not paths:
        return _quoted(FieldState.OPTIONAL)
    if () in paths:
        return _quoted(FieldState.OPEN)
    needed = any_of([all_of([_guard_text(guard, names) for guard in path]) for path in paths])
    otherwise = _quoted(FieldState.NOT_NEEDED)
    ways = [[text for guard in path if (text := _still_possible(guard, names))] for path in paths]
    if all(ways):
        possible = any_of([all_of(way) for way in ways])
        otherwise = f"IF({possible},{_quoted(FieldState.PENDING)},{otherwise})"
    else:
        otherwise = _quoted(FieldState.PENDING)
    return f"IF({needed},{_quoted(FieldState.OPEN)},{otherwise})"


def _still_possible(guard: Guard, names: Names) -> str:
    """A test that the guard can still be passed; empty where that is always so."""
    match guard.state:
        case "holds":
            if isinstance(guard.condition, Filled):
                return ""
            return f"1-({fails(guard.condition, names)})>0"
        case "open":
            return f"({holds(guard.condition, names)})+({fails(guard.condition, names)})=0"
    return f"1-({holds(guard.condition, names)})>0"


def _guard_text(guard: Guard, names: Names) -> str:
    match guard.state:
        case "holds":
            return holds(guard.condition, names)
        case "fails":
            return fails(guard.condition, names)
        case "not_holding":
            if isinstance(guard.condition, Yes):
                return f'{names.compared(guard.condition.id)}<>"{YES}"'
            return f"1-({holds(guard.condition, names)})>0"
        case "open":
            return f"({holds(guard.condition, names)})+({fails(guard.condition, names)})=0"


def filled_text(field: Field, name: str, filled: str, invalid: str, more: Sequence[str] = ()) -> str:
    """``filled`` where a cell that is not blank holds what the field may hold, else ``invalid``."""
    match field.kind:
        case FieldKind.TEXT:
            return filled
        case FieldKind.YESNO | FieldKind.CHOICE:
            options = (YES, NO) if field.kind is FieldKind.YESNO else field.choices
            test = any_of([f'{name}="{option}"' for option in options])
            return f"IF({test},{filled},{invalid})"
    bounds = all_of([*bounds_tests(field, name), *more])
    return f"IF(ISNUMBER({name}),IF({bounds},{filled},{invalid}),{invalid})"


def bounds_tests(field: Field, name: str) -> Iterator[str]:
    """What a number, or a date, must be; ``name`` is that of its cell."""
    if field.kind is FieldKind.DATE:
        first, last = ((one - EPOCH).days for one in (FIRST_DATE, LAST_DATE))
        yield f"{name}>={first}"
        yield f"{name}<{last}"
        return
    yield f"{name}>={literal(field.min or Decimal(0))}"
    if field.max is not None:
        yield f"{name}<={literal(field.max)}"
    if field.kind is FieldKind.COUNT:
        yield f"ROUND({name},0)={name}"
    if field.kind is FieldKind.POINTS:
        yield f"ROUND(ROUND({name}*100,{rounding.GUARD_PLACES}),0)/100={name}"


def _level_text(degree: DegreeBounds, name: str, names: Names) -> str:
    """A test that the degree lies in the chosen level's interval; true while no level is chosen."""
    text = "1"
    value = f"ROUND({name},{rounding.RATE_PLACES})"
    for level in reversed(degree.levels):
        inside = all_of(list(_interval(level, value)))
        text = f'IF({names.compared(degree.rule.level)}="{level.name}",({inside})*1,{text})'
    return f"{text}=1"


def _interval(level: Level, value: str) -> Iterator[str]:
    yield f"{value}>={threshold(level.at_least)}"
    if level.at_most is not None:
        yield f"{value}<={threshold(level.at_most)}"
    if level.below is not None:
        yield f"{value}<{threshold(level.below)}"


def _quoted(state: FieldState) -> str:
    return f'"{state.value}"'
