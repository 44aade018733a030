"""Numbers in running text: digits, separators, signs, units, and the words that bound them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from workbook.report_reader.model import Bound, Numeral, Unit

_GROUPED = r"\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?"
_MALFORMED = r"\d+(?:[.,，]\d+){2,}|\d{1,3}[,，]\d{1,2}\.\d+|\d{4,}[,，]\d{3}(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?P<sign>(?<![\d%\w一-鿿)])[+-]|(?<=[为率长加少整额数降])-)?"
    rf"(?P<digits>(?<![\d.A-Za-z]){_GROUPED}(?![.,，]\d)"
    rf"|(?<![\d.A-Za-z])(?:{_MALFORMED})|(?<![\d.A-Za-z])\d+(?:\.\d+)?)"
)
_UNITS: tuple[tuple[str, Unit, Decimal], ...] = (
    ("万亿元", Unit.MONEY, Decimal(100_000_000)),
    ("亿元", Unit.MONEY, Decimal(10_000)),
    ("万元", Unit.MONEY, Decimal(1)),
    ("千元", Unit.MONEY, Decimal("0.1")),
    ("百元", Unit.MONEY, Decimal("0.01")),
    ("元", Unit.MONEY, Decimal("0.0001")),
    ("个百分点", Unit.NONE, Decimal(1)),
    ("%", Unit.PERCENT, Decimal("0.01")),
    ("‰", Unit.PERCENT, Decimal("0.001")),
    ("分", Unit.POINTS, Decimal(1)),
)
_COUNTED = "人名个项件起位家台套辆宗次张份篇支"
_NOT_POINTS = re.compile(r"分(?:钟|之|别|公司|局|类|级|成|布)")
_LARGE = re.compile(r"[万亿千](?!元)")
_ABOUT = re.compile(r"(?:约|近|将近|接近|大约|约为)$")
_MORE = re.compile(r"(?:超过|大于|高于|突破|多于|超出|超)$|>$")
_NOT_LESS = re.compile(r"(?:不低于|不少于|至少|不小于|达到或超过|≥)$")
_LESS = re.compile(r"(?:低于|小于|少于|不足|不到|<)$")
_NOT_MORE = re.compile(r"(?:不超过|不高于|不多于|至多|≤|未超过)$")
_BOUNDS: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (_NOT_LESS, ">="), (_NOT_MORE, "<="), (_MORE, ">"), (_LESS, "<"), (_ABOUT, "about"),
)  # fmt: skip
_BEHIND: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile(r"(?:及|或)?以上"), ">="),
    (re.compile(r"(?:及|或)?以(?:内|下)"), "<="),
    (re.compile(r"左右|上下|余"), "about"),
)

_NO_FIGURE = re.compile(
    r"(?:〔|\[|【)\d{4}(?:〕|\]|】)\d*号?|\d{4}年?[-~至—]\d{4}年?|\d{4}[-./]\d{1,2}[-./]\d{1,2}(?!\d)"
    r"|\d{4}年(?:度|初|末|底|终|中)?(?:\d{1,2}月(?:\d{1,2}日)?)?|(?<!\d)\d{1,2}月(?:\d{1,2}日|份)?|第\d+[号期届次条款项章个名位]"
    r"|\d+(?:\+\d+)+|\d+×\d+|\d+(?:-\d+){2,}|\d+号|\d+[Gg](?![A-Za-z])|\d{1,2}日(?!均)|\d+(?:\.\d+)?[kK]W"
    r"|(?<![\d.,，])(?:19|20)\d{2}(?![\d.,，%‰]|\s?[万亿元个人名项件分家次])|[表图](?:\d+)(?:-\d+)?"
)
_ITEM = re.compile(
    r"^\(?\d{1,2}(?:[)、]|\.(?!\d))|(?<=[;。])\d{1,2}\.(?!\d)|(?<=[;。])\(\d{1,2}\)|^\d(?:\.\d)+(?=[^\d%‰.万亿元千百个人项件分倍])"
)
_YEAR = re.compile(r"(?<!\d)(20\d{2})年")


def numerals(text: str) -> Iterator[Numeral]:
    """The numbers of a line of thought, without dates, the numbers of documents and of list items."""
    hidden = [match.span() for pattern in (_NO_FIGURE, _ITEM) for match in pattern.finditer(text)]
    for match in _NUMBER.finditer(text):
        start, end = match.span("digits")
        if any(low < end and start < high for low, high in hidden):
            continue
        yield _numeral(text, match["sign"] or "", match["digits"], start, end)


def years(text: str) -> list[tuple[int, int]]:
    """The years that are named, with their places."""
    return [(match.start(), int(match[1])) for match in _YEAR.finditer(text)]


def _numeral(text: str, sign: str, digits: str, start: int, end: int) -> Numeral:
    unit, unit_text, factor = Unit.NONE, "", Decimal(1)
    rest = text[end : end + 6]
    for word, kind, by in _UNITS:
        if rest.startswith(word) and not (word == "分" and _NOT_POINTS.match(rest)):
            unit, unit_text, factor = kind, word, by
            break
    else:
        if rest[:1] and rest[0] in _COUNTED:
            unit, unit_text = Unit.COUNT, rest[0]
        elif large := _LARGE.match(rest):
            unit_text = large[0]
    value, places = _value(sign, digits, factor)
    after = end + len(unit_text)
    one = Numeral(sign + digits, value, unit, unit_text, places, start - len(sign), end, after)
    return replace(one, bound=_bound(text[max(0, start - 6) : start], text[after : after + 3]))


def _value(sign: str, digits: str, factor: Decimal) -> tuple[Decimal | None, int]:
    if not re.fullmatch(rf"{_GROUPED}|\d+(?:\.\d+)?", digits):
        return None, 0
    plain = digits.replace(",", "").replace("，", "")
    value = Decimal(plain)
    places = len(plain.partition(".")[2])
    shift = -int(factor.normalize().as_tuple().exponent) if factor < 1 else -len(str(factor)) + 1
    return (-value if sign == "-" else value) * factor, places + shift


def rescaled(numeral: Numeral, unit_text: str) -> Numeral:
    """A number without a unit, in the unit of its table or list."""
    for word, kind, by in _UNITS:
        if word == unit_text:
            value, places = _value("-" if numeral.text.startswith("-") else "", numeral.text.lstrip("+-"), by)
            return numeral.within(kind, word, value, places)
    return numeral.within(Unit.COUNT, unit_text, numeral.value, numeral.places)


def _bound(before: str, behind: str) -> Bound:
    for pattern, bound in _BEHIND:
        if pattern.match(behind):
            return bound
    for pattern, bound in _BOUNDS:
        if pattern.search(before):
            return bound
    return "="
