"""The two roundings, against the decimal module's own half-up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook import rounding

decimals = st.decimals(-(10**6), 10**6, places=12, allow_nan=False, allow_infinity=False)


@given(decimals, st.integers(0, 11))
def test_half_up_is_the_decimal_modules(value: Decimal, places: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert rounding.half_up(Fraction(value), places) == Fraction(expected)


@given(st.integers(0, 10**6), st.integers(1, 4))
def test_ties_go_up(number: int, places: int) -> None:
    tie = Fraction(2 * number + 1, 2 * 10**places)
    assert rounding.official(tie, places) == Fraction(number + 1, 10**places)


@given(st.integers(0, 10**6))
def test_what_is_a_tie_but_for_noise_is_a_tie(number: int) -> None:
    tie = Fraction(2 * number + 1, 200)
    assert rounding.official(tie - Fraction(1, 10**12), 2) == rounding.official(tie, 2)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0.745", "0.75"), ("5.375", "5.38"), ("2.375", "2.38"), ("5.795", "5.80"), ("0", "0.00")],
)
def test_known_ties(value: str, expected: str) -> None:
    assert rounding.text(rounding.official(Fraction(value), 2)) == expected


@given(decimals)
def test_text_is_exact(value: Decimal) -> None:
    assert Decimal(rounding.text(Fraction(value))) == value
    assert Decimal(rounding.plain(value)) == value


def test_what_has_no_decimal_form_is_never_shown() -> None:
    with pytest.raises(ValueError, match="1/3"):
        rounding.text(Fraction(1, 3))


@given(st.floats(-1e9, 1e9, allow_nan=False))
def test_floats_are_read_as_they_print(value: float) -> None:
    assert float(rounding.as_fraction(value)) == value
