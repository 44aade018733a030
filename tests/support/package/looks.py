"""Indexes into the styles and the shared strings."""

from __future__ import annotations

from collections.abc import Iterator

from tests.support.package.archive import MAIN, Package

_STYLES = "xl/styles.xml"
# 23 to 26 are in no list; 27 to 36 and 50 to 58 are the built-in formats of Chinese, Japanese and Korean
_BUILTIN_FORMATS = {*range(23), *range(27, 59)}
_FORMAT_LIMIT = 255
_POOLS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}


def _out_of_range(value: str, size: int) -> bool:
    return not (value.isdecimal() and int(value) < size)


def style_records(package: Package) -> Iterator[str]:
    """Each format of cells is made of a font, fill, border and number format that exist."""
    root = package.tree(_STYLES)
    formats = {int(one.get("numFmtId", 0)) for one in root.iter(f"{MAIN}numFmt")} | _BUILTIN_FORMATS
    for number, xf in enumerate(root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")):
        for attribute, pool in _POOLS.items():
            if _out_of_range(xf.get(attribute, "0"), package.size(pool)):
                yield f"{_STYLES} cellXfs[{number}]: {attribute} {xf.get(attribute)} is not in {pool}"
        if int(xf.get("numFmtId", 0)) not in formats:
            yield f"{_STYLES} cellXfs[{number}]: number format {xf.get('numFmtId')} is not defined"


def number_formats(package: Package) -> Iterator[str]:
    """Own number formats have ids of their own, above the built-in ones, and are not too long."""
    seen: set[int] = set()
    for one in package.tree(_STYLES).iter(f"{MAIN}numFmt"):
        number, code = int(one.get("numFmtId", 0)), one.get("formatCode", "")
        if number < 164 or number in seen:
            yield f"{_STYLES} numFmt {number}: the id is built in or used twice"
        if not code or len(code) > _FORMAT_LIMIT:
            yield f"{_STYLES} numFmt {number}: the format has {len(code)} characters"
        seen.add(number)


def cell_styles(package: Package) -> Iterator[str]:
    """The formats of cells, rows and columns exist."""
    size = package.size("cellXfs")
    for sheet in package.sheets:
        for tag, place, attribute in (("c", "r", "s"), ("row", "r", "s"), ("col", "min", "style")):
            for element in sheet.all(tag):
                if _out_of_range(element.get(attribute, "0"), size):
                    style = element.get(attribute)
                    yield f"{sheet.part} {tag} {element.get(place)}: style {style} of {size} in cellXfs"


def differential_styles(package: Package) -> Iterator[str]:
    """The formats of conditional formats and tables exist."""
    size = package.size("dxfs")
    for part, root in package.trees("xl/").items():
        for element in root.iter():
            for name, value in element.items():
                # dxfId of a rule; headerRowDxfId, dataDxfId … of a table
                if name.lower().endswith("dxfid") and _out_of_range(value, size):
                    place = element.get("priority") or element.get("name") or element.get("type")
                    yield f"{part} {place}: {name} {value} of {size} in dxfs"


def shared_strings(package: Package) -> Iterator[str]:
    """Each cell with a shared string names one that exists."""
    size = len(package.strings)
    for sheet in package.sheets:
        for one in sheet.all("c"):
            if one.get("t") == "s" and _out_of_range(one.findtext(f"{MAIN}v", ""), size):
                yield f"{sheet.part} {one.get('r')}: shared string {one.findtext(f'{MAIN}v')} of {size}"
