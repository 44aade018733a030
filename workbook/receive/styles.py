"""The styles of a received workbook, as far as they matter."""

from __future__ import annotations

from openpyxl.styles.numbers import BUILTIN_FORMATS

from workbook.receive.received import Look
from workbook.receive.xml import PartProblem, Reading, parse

_CHINESE_DATES = {*range(27, 37), *range(50, 59)}
"""Numbers that stand for dates and times in programs of East Asian languages."""

_DATE = 'yyyy"年"m"月"d"日"'
_UNKNOWN = "[?]"
"""A number that no program explains; nothing is known of what it shows."""


def read_looks(name: str, content: bytes) -> list[Look]:
    """The look of each cell style, by its number; raises PartProblem."""
    part = Reading(name, parse(name, content), "styleSheet")
    formats = {
        one.get("numFmtId", ""): one.get("formatCode", "")
        for one in part.children(part.only("numFmts"), "numFmt")
    }
    part.only("cellStyleXfs")
    looks = []
    for one in part.children(part.only("cellXfs"), "xf"):
        protection = [child for child in one if child.tag == f"{part.space}protection"]
        if len(protection) > 1:
            raise PartProblem(f"部件 {name} 中 protection 出现两次", "请在 Excel 或 WPS 中打开后另存。")
        locked = all(child.get("locked") not in {"0", "false"} for child in protection)
        looks.append(Look(locked, _format(one.get("numFmtId", "0"), formats)))
    return looks


def _format(number: str, formats: dict[str, str]) -> str:
    if number in formats:
        return formats[number]
    if not number.isdecimal():
        return _UNKNOWN
    return BUILTIN_FORMATS.get(int(number), _DATE if int(number) in _CHINESE_DATES else _UNKNOWN)
