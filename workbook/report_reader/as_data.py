"""A checked report as plain data for JSON."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from workbook import rounding
from workbook.as_json import finding_result
from workbook.report_reader.judging import Checked, Judged
from workbook.report_reader.model import Told, Unplaced
from workbook.report_reader.naming import place_text

_PLACES = 9


def checked_result(checked: Checked) -> dict[str, Any]:
    """Statements with their verdicts, the numbers that mean nothing known, the findings and the counts."""
    counts = checked.counts
    return {
        "statements": [_statement(checked, one) for one in checked.judged],
        "unplaced": [_unplaced(checked, one) for one in checked.reading.unplaced],
        "findings": [finding_result(finding) for finding in checked.findings],
        "summary": {told.value: counts[told] for told in Told},
    }


def _statement(checked: Checked, one: Judged) -> dict[str, Any]:
    statement = one.statement
    return {
        "place": place_text(checked.reading.document, statement.place),
        "page": statement.place.page,
        "quote": statement.quote,
        "of": statement.target.id or statement.target.kind,
        "kind": statement.target.kind,
        "value": _exact(statement.numeral.value),
        "unit": statement.numeral.unit_text,
        "expected": None if one.value is None else _exact(one.value),
        "verdict": one.verdict.value,
        **({"why": one.why} if one.why else {}),
    }


def _unplaced(checked: Checked, one: Unplaced) -> dict[str, Any]:
    return {
        "place": place_text(checked.reading.document, one.place),
        "page": one.place.page,
        "quote": one.quote,
        "value": _exact(one.numeral.value),
        "unit": one.numeral.unit_text,
        "why": one.why,
    }


def _exact(value: Decimal | Fraction | None) -> str | None:
    """A value in the unit of its field, as an exact decimal of nine places at most."""
    return None if value is None else rounding.plain(rounding.half_up(Fraction(value), _PLACES))
