"""Sums that a report spells out, whatever they mean: tables with totals, 其中 in a sentence, growth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from workbook.report_reader.expected import rounded
from workbook.report_reader.grids import is_total, row_name
from workbook.report_reader.model import Numeral, Passage, ReadGrid, Unit

_LEVELS = (
    re.compile(r"^[一二三四五六七八九十]{1,3}、"),
    re.compile(r"^\d{1,2}[.、](?!\d)"),
    re.compile(r"^\(\d{1,2}\)"),
)
_DASH = re.compile(r"^[-—–/\s]*$")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class BadSum:
    """A printed figure that its parts do not come to."""

    numeral: Numeral
    value: Fraction
    parts: tuple[str, ...]
    by_rounding: bool
    name: str = ""
    cell: Passage | None = None


def table_sums(grid: ReadGrid) -> Iterator[BadSum]:
    """Totals and headed rows of a table that are not the sums of the rows below them."""
    for parent, children in _families(grid):
        for column in range(len(grid.heads)):
            total = grid.figures[parent][column]
            if total is None or total.unit is Unit.PERCENT or total.value is None:
                continue
            parts = [_part(grid, row, column) for row in children]
            if None in parts:
                continue
            values = [one for one in parts if isinstance(one, Decimal)]
            if len(values) < _LEAST:
                continue
            bad = _bad(total, values, [str(one) for one in values])
            if bad is not None:
                name = f"{row_name(grid.names[parent])}“{grid.heads[column]}”"
                yield BadSum(total, bad[0], bad[1], bad[2], name, grid.cells[parent][column])


def _families(grid: ReadGrid) -> Iterator[tuple[int, list[int]]]:
    """Each row that is a sum, with the rows that it is the sum of."""
    names = [name.split("|")[0] for name in grid.names]
    levels = [
        next((level for level, pattern in enumerate(_LEVELS) if pattern.match(name)), None) for name in names
    ]
    tops = [row for row, level in enumerate(levels) if level == 0]
    for row, name in enumerate(names):
        if is_total(row_name(name)):
            plain = [at for at, one in enumerate(names) if at != row and one and not one.startswith("其中")]
            yield (
                row,
                tops
                or [
                    at
                    for at in plain
                    if (not is_total(row_name(names[at])) and levels[at] is None) or levels[at] == 1
                ],
            )
    for row, level in enumerate(levels):
        if level is None or level + 1 >= len(_LEVELS):
            continue
        children: list[int] = []
        for at in range(row + 1, len(names)):
            own = levels[at]
            if names[at].startswith("其中") and own is None:
                if not children:
                    break
                continue
            if own is None or own <= level:
                break
            if own == level + 1:
                children.append(at)
        if len(children) >= _LEAST:
            yield row, children


def _part(grid: ReadGrid, row: int, column: int) -> Decimal | None:
    """A part's figure; nothing for a dash; None when the cell holds something else."""
    numeral = grid.figures[row][column]
    if numeral is not None:
        return numeral.value
    return Decimal(0) if _DASH.match(grid.cells[row][column].text) else None


def _bad(
    total: Numeral, values: list[Decimal], told: list[str]
) -> tuple[Fraction, tuple[str, ...], bool] | None:
    assert total.value is not None
    value = Fraction(sum(values, Decimal(0)))
    if rounded(value, total.places) == total.value:
        return None
    unit = Fraction(1) / Fraction(10) ** total.places
    return value, tuple(told), abs(value - Fraction(total.value)) <= unit * len(values) / 2


_WHOLE = re.compile(r"(?:其中|包括|分别是|分别为)[:，]?")
_NEAR = Fraction(1, 50)
"""Parts that miss the whole by more were never meant to be all of it."""


def sentence_sums(text: str, numbers: list[Numeral]) -> Iterator[BadSum]:
    """“甲 A，其中：乙 B、丙 C”, where B and C nearly come to A and do not."""
    for match in _WHOLE.finditer(text):
        end = min(
            (at for at in (text.find(char, match.end()) for char in "。;") if at >= 0), default=len(text)
        )
        before = [one for one in numbers if one.after <= match.start()]
        if not before or any(char in text[before[-1].after : match.start()] for char in "。;"):
            continue
        whole = before[-1]
        parts = [one for one in numbers if match.end() <= one.start < end]
        yield from _parts_of(whole, parts)


def _parts_of(whole: Numeral, parts: list[Numeral]) -> Iterator[BadSum]:
    """The first parts that come close to the whole."""
    alike: list[Numeral] = []
    for one in parts:
        if (
            one.unit is not whole.unit
            or one.unit_text != whole.unit_text
            or one.value is None
            or one.bound != "="
        ):
            break
        alike.append(one)
        if len(alike) < _LEAST or not whole.value or whole.bound != "=":
            continue
        bad = _bad(
            whole, [part.value for part in alike if part.value is not None], [part.text for part in alike]
        )
        if bad is None:
            return
        if abs(bad[0] - Fraction(whole.value)) <= _NEAR * abs(Fraction(whole.value)):
            yield BadSum(whole, bad[0], bad[1], bad[2])
            return


_GROWTH = re.compile(r"(增加|增长|减少|下降|调增|调减|压减)(?:了)?$")
_SHARE = re.compile(r"(?:增长|下降|降幅|增幅|降低|上升|减幅)(?:率|比例)?(?:为|达|约|了)?$")


def growths(text: str, numbers: list[Numeral]) -> Iterator[BadSum]:
    """“今年 C，比上年减少 X，下降 Y%”, where Y is nearly X ÷ (C + X) and is not."""
    for base, change, share in zip(numbers, numbers[1:], numbers[2:], strict=False):
        word = _GROWTH.search(text[max(0, change.start - 6) : change.start])
        if not word or not _SHARE.search(text[max(0, share.start - 8) : share.start]):
            continue
        figures = (base.value, change.value, share.value)
        if base.unit is not change.unit or share.unit is not Unit.PERCENT or None in figures:
            continue
        if any(char in text[base.after : share.start] for char in "。;"):
            continue
        now, by, printed = (Fraction(one or 0) for one in figures)
        before = now + by if word[1] in {"减少", "下降", "调减", "压减"} else now - by
        if before <= 0:
            continue
        value = by / before
        if rounded(value, share.places) != printed and abs(value - printed) <= value / 5:
            yield BadSum(share, value, (base.text, change.text), False)
