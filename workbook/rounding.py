"""The two roundings of the domain, in exact arithmetic.

Scores are rounded half-up by ``ROUND(ROUND(x*100,6),0)/100``: the inner rounding takes away the
noise of binary engines, so that a tie such as 5.375 stays a tie in every one of them. The reference
does the very same two steps on exact fractions. Rates are compared at 9 decimals, half-up.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

RATE_PLACES = 9
"""Decimals of a rate when it is compared with a threshold."""

ITEM_PLACES = 4
"""Decimals at which an item's points are shown and compared; indicators add the unrounded points."""

GUARD_PLACES = 6
"""Decimals of the inner rounding of scores, and of differences of amounts."""

STEP_PLACES = 10
"""Decimals at which a number of steps is whole or not: what is beyond them is noise of binary numbers.

The quotient of two amounts in hundredths, a step and a limit together make a fraction whose denominator is
that of the quotient (10⁸ for the largest amount that a field takes) times that of limit and step (100 for
whole percentages), times the step: what is no whole number of steps is further from one than 10⁻⁸ of a
percentage point, two hundred times half of the last decimal. Noise of the quotient is below 10⁻¹² of one.
"""

PERCENT_POINT_PLACES = RATE_PLACES - 2
"""Decimals of an excess in percentage points: those of the compared rate, so that nothing is a tie."""


def half_up(value: Fraction, places: int) -> Fraction:
    """Round ``value`` to ``places`` decimals, halves away from zero, as Excel's ROUND does."""
    if 10**places % value.denominator == 0:
        return value
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    rounded = Fraction(whole, 10**places)
    return -rounded if value < 0 else rounded


def official(value: Fraction, places: int) -> Fraction:
    """Round a score to ``places`` decimals by the double rounding that every engine shares."""
    if 10**places % value.denominator == 0:
        return value
    scaled = half_up(half_up(value * 10**places, GUARD_PLACES), 0)
    return scaled / Fraction(10**places)


def as_fraction(value: float | int | Decimal | Fraction) -> Fraction:
    """The exact value of the shortest decimal text of ``value`` (a float is read as it prints)."""
    return _printed(value) if isinstance(value, float) else Fraction(value)


@lru_cache(maxsize=1 << 16)
def _printed(value: float) -> Fraction:
    return Fraction(repr(value))


def text(value: Fraction, places: int = 2) -> str:
    """``value`` as an exact decimal with at least ``places`` decimals, e.g. ``5.48``, ``0.7441``.

    Raises ValueError when ``value`` has no finite decimal expansion: such a number is never shown
    without having been rounded by a rule first.
    """
    digits, numerator, denominator = places, value.numerator, value.denominator
    while 10**digits % denominator:
        digits += 1
        if digits > 40:
            raise ValueError(f"{value} has no short decimal form")
    whole = abs(numerator) * 10**digits // denominator
    sign = "-" if numerator < 0 else ""
    padded = str(whole).rjust(digits + 1, "0")
    return f"{sign}{padded[:-digits]}.{padded[-digits:]}" if digits else f"{sign}{padded}"


def plain(value: Fraction | Decimal) -> str:
    """The shortest exact decimal text: ``3``, ``0.5``. Raises ValueError like :func:`text`."""
    return text(Fraction(value), 0)
