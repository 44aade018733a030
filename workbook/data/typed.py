"""Typed, bounded inputs: the same checks for DATA files and for returned workbooks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from workbook import rounding
from workbook.codes.inputs import HUNDREDFOLD
from workbook.findings import Finding, found
from workbook.rubric.fields import NO, YES, Field, FieldKind
from workbook.rubric.inputs import FIRST_DATE, LAST_DATE, FieldValue, Inputs
from workbook.rubric.model import Level, Rubric
from workbook.rubric.needs import levels

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
MAX_TEXT = 5_000
ERROR_VALUES = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"}
"""Texts that a cell shows when a formula in it has failed."""

_TRUE = {"是", "true", "yes"}
_FALSE = {"否", "false", "no"}


def from_text(field: Field, written: str) -> FieldValue | Finding:
    """The value that a text in a DATA file means, when it has one meaning; else a finding.

    Full-width digits, blanks around it, thousands separators, the field's own unit and ``12.5%`` are
    understood.
    """
    if field.kind is FieldKind.TEXT:
        return written.strip()
    plain = unicodedata.normalize("NFKC", written).strip()
    if field.kind is FieldKind.YESNO:
        answer = plain.lower()
        if answer in _TRUE | _FALSE:
            return YES if answer in _TRUE else NO
        return _not_a_choice(field, written)
    if field.kind is FieldKind.CHOICE:
        return written.strip() if written.strip() in field.choices else _not_a_choice(field, written)
    if field.kind is FieldKind.DATE:
        parts = _DATE.fullmatch(plain)
        try:
            return date(*map(int, parts.groups())) if parts else date.fromisoformat(plain)
        except ValueError:
            return found("INPUT_DATE", label=field.label, value=written)
    return _number_from_text(field, plain, written)


def _number_from_text(field: Field, plain: str, written: str) -> Decimal | Finding:
    if field.unit and field.unit != "%":
        plain = plain.removesuffix(field.unit).strip()
    divisor = 1
    if field.kind is FieldKind.PERCENT and plain.endswith("%"):
        plain, divisor = plain[:-1].strip(), 100
    if not _NUMBER.fullmatch(plain) or len(plain) > 40:
        return found("INPUT_NOT_NUMBER", label=field.label, value=written, unit=field.unit)
    return Decimal(plain.replace(",", "")) / divisor


@dataclass(frozen=True, slots=True)
class Understood:
    """A text in a workbook cell that has one meaning, which the workbook's own formulas do not see."""

    value: FieldValue
    text: str


def from_cell(field: Field, value: object) -> FieldValue | Understood | Finding | None:
    """The value of a workbook cell: what the workbook's own formulas take it for, or what a text means."""
    if value is None or value == "":
        return None
    if value in ERROR_VALUES:
        return found("INPUT_ERROR_VALUE", label=field.label, value=value)
    strict = _from_cell_strictly(field, value)
    if not isinstance(strict, Finding) or not isinstance(value, str) or field.kind is FieldKind.TEXT:
        return strict
    plain = unicodedata.normalize("NFKC", value).strip()
    if field.kind.numeric and plain.lower() in _UNCLEAR:
        return found("INPUT_UNCLEAR", label=field.label, value=value.strip())
    meant = from_text(field, value)
    return strict if isinstance(meant, Finding) else Understood(meant, value.strip())


_UNCLEAR = {"无", "没有", "不适用", "不涉及", "n/a", "na", "-", "--", "—", "——", "–", "/", "\\", "空"}
"""Words that can mean nothing happened (0) or that the figure does not apply (blank)."""


def _from_cell_strictly(field: Field, value: object) -> FieldValue | Finding:
    match field.kind:
        case FieldKind.TEXT:
            if isinstance(value, bool):
                return found("INPUT_TEXT", label=field.label, value=value)
            return f"{value:.15g}" if isinstance(value, int | float) else str(value)
        case FieldKind.YESNO | FieldKind.CHOICE:
            options = (YES, NO) if field.kind is FieldKind.YESNO else field.choices
            return value if isinstance(value, str) and value in options else _not_a_choice(field, value)
        case FieldKind.DATE:
            if isinstance(value, datetime):
                return value.date()
            return value if isinstance(value, date) else found("INPUT_DATE", label=field.label, value=value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return found("INPUT_NOT_NUMBER", label=field.label, value=value, unit=field.unit)
    return Decimal(f"{value:.15g}")  # as the sheet itself reads it: the rest is noise of binary numbers


def _not_a_choice(field: Field, value: object) -> Finding:
    options = (YES, NO) if field.kind is FieldKind.YESNO else field.choices
    return found("INPUT_CHOICE", label=field.label, choices="、".join(options), value=value)


def unwritable(text: str) -> bool:
    """Whether no workbook can hold a text: control characters, half surrogate pairs, a cell's error value."""
    return text in ERROR_VALUES or any(
        (ord(char) < 32 and char not in "\n\t") or "\ud800" <= char <= "\udfff" or char in "\ufffe\uffff"
        for char in text
    )


_FILLERS = "\u115f\u1160\u3164\uffa0\u2800\U0001d159"
"""Letters and signs that are blank: fillers of Hangul, Braille without a dot, a note without a head."""


def shows(text: str) -> bool:
    """Whether anybody sees anything of a text.

    Blanks, marks that nothing bears, signs that only steer and those that no font need have show nothing.
    """
    return any(unicodedata.category(char)[0] not in "CMZ" and char not in _FILLERS for char in text)


def unseen(text: str) -> str:
    """The Chinese word for a text without visible characters; "" for one that shows something or is empty."""
    if not text or shows(text):
        return ""
    return "看不见的字符" if text.strip() else "空白字符"


def bounds_findings(field: Field, value: FieldValue, *, typed: bool = True) -> Iterator[Finding]:
    """Faults of a value of the right type. ``typed``: not the result of an officer's formula."""
    if isinstance(value, str) and len(value) > MAX_TEXT:
        yield found("INPUT_TEXT", label=field.label, value=f"{len(value)} 个字符（最多 {MAX_TEXT} 个）")
    if isinstance(value, str) and (what := unseen(value)):
        yield found("INPUT_TEXT", label=field.label, value=what)
    elif isinstance(value, str) and unwritable(value):
        yield found("INPUT_TEXT", label=field.label, value="控制字符")
    if isinstance(value, date) and not FIRST_DATE <= value < LAST_DATE:
        yield found("INPUT_DATE", label=field.label, value=value)
    if not isinstance(value, Decimal):
        return
    low, high = field.min, field.max
    if (low is not None and value < low) or (high is not None and value > high):
        hint = _hundredfold(field, value)
        yield found(
            "INPUT_RANGE",
            label=field.label,
            value=f"{value.normalize():f}（即 {shown(field, value)}）" if hint else shown(field, value),
            unit=field.unit,
            low=shown(field, low),
            high=shown(field, high),
            hint=hint,
        )
    decimals = field.decimals or 0
    if rounding.half_up(Fraction(value), decimals) == Fraction(value):
        return
    if field.kind is FieldKind.COUNT:
        yield found("INPUT_NOT_WHOLE", label=field.label, value=value)
    elif field.kind is FieldKind.POINTS:
        yield found("INPUT_DECIMALS", label=field.label, value=value, decimals=decimals)
    elif typed:
        places = decimals - 2 if field.kind is FieldKind.PERCENT else decimals
        yield found("INPUT_PRECISION", label=field.label, value=shown(field, value), decimals=places)


def _hundredfold(field: Field, value: Decimal) -> str:
    """A question, where a percentage that is out of bounds has been typed without its sign."""
    meant = value / 100
    if field.kind is not FieldKind.PERCENT or not (field.min or 0) <= meant <= (field.max or 1):
        return ""
    return HUNDREDFOLD.format(meant=shown(field, meant), plain=f"{meant.normalize():f}")


def level_findings(rubric: Rubric, inputs: Inputs) -> Iterator[tuple[str, Finding]]:
    """Degrees of achievement outside their chosen level: (degree field, finding)."""
    for field_id, rule in levels(rubric).items():
        degree, chosen = inputs.number(field_id), inputs.word(rule.level)
        if degree is None or chosen is None:
            continue
        level = next((one for one in rubric.scales[rule.scale] if one.name == chosen), None)
        if level is not None and not in_level(level, degree):
            field = rubric.field[field_id]
            yield (
                field_id,
                found(
                    "INPUT_LEVEL",
                    label=field.label,
                    value=shown(field, degree),
                    level=chosen,
                    interval=level.text,
                ),
            )


def in_level(level: Level, degree: Decimal) -> bool:
    """Whether a degree, at 9 decimals, lies in the level's interval."""
    value = rounding.half_up(Fraction(degree), rounding.RATE_PLACES)
    return (
        value >= Fraction(level.at_least)
        and (level.below is None or value < Fraction(level.below))
        and (level.at_most is None or value <= Fraction(level.at_most))
    )


def shown(field: Field, value: Decimal | None) -> str:
    """A number as an officer reads it."""
    if value is None:
        return "不限"
    if field.kind is FieldKind.PERCENT:
        return f"{(value * 100).normalize():f}%"
    return f"{value.normalize():f}"


def with_defaults(rubric: Rubric, inputs: Inputs) -> Inputs:
    """Inputs with the fiscal year, which is the rubric's own, filled in."""
    values = {"fiscal_year": Decimal(rubric.fiscal_year), **inputs.values}
    return replace(inputs, values=values)
