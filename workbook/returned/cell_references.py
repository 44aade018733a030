"""The target of a reference in an officer's formula: cells of the file's own sheets, or a name's meaning."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbook.addresses import LAST_COLUMN, LAST_ROW, column_of, letters_of, split
from workbook.template.model import Formula
from workbook.xlsx_reader.received import Received

_SHEET = r"(?:(?:'(?P<quoted>(?:[^'\[\]]|'')+)'|(?P<bare>[^'!\[\]:$ ]+))!)?"
_FORMS = [
    re.compile(rf"{_SHEET}(?P<first>{corner})(?::(?P<last>{corner})){optional}", re.I | re.ASCII)
    for corner, optional in (
        (r"\$?[A-Z]{1,3}\$?\d{1,7}", "?"),
        (r"\$?[A-Z]{1,3}", ""),
        (r"\$?\d{1,7}", ""),
    )
]
"""Cells, whole columns, whole rows."""

_CORNER = re.compile(r"\$?([A-Z]*)\$?(\d*)", re.I | re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(E[+-]?\d+)?%?", re.I | re.ASCII)


class NotAllowed(Exception):
    """The reason in Chinese why a formula in an input cell is refused."""


@dataclass(frozen=True, slots=True)
class Area:
    """Cells of a sheet, by numbers from 1 and both ends included. ``one``: written as a single cell."""

    sheet: str
    left: int
    top: int
    right: int
    bottom: int
    one: bool

    @property
    def first(self) -> str:
        """The address of its first cell."""
        return f"{letters_of(self.left)}{self.top}"


@dataclass(frozen=True, slots=True)
class Defined:
    """A name that stands for a formula of its own."""

    name: str
    formula: str


class References:
    """Reads the references of one workbook's formulas. Raises NotAllowed for what points elsewhere."""

    def __init__(self, received: Received) -> None:
        self._sheets = received.sheets
        self._titles = {title.casefold(): title for title in received.sheets}
        self._names = {name.casefold(): text for name, text in received.names.items()}
        self._local = {
            title: {name.casefold() for name in sheet.local_names} for title, sheet in received.sheets.items()
        }
        self._grids: dict[tuple[str, bool], _Grid] = {}

    def read(self, reference: str, sheet: str) -> Area | float | Defined:
        """The meaning of ``reference`` in a formula on ``sheet``; a name is followed to its end.

        ``sheet`` is empty for a formula that a name stands for, whose references must not move with the
        cell that uses the name. Raises NotAllowed for names that go round in a circle.
        """
        seen = {reference.casefold()}
        fixed = not sheet
        while True:
            area = self._area(reference, sheet, fixed=fixed)
            if area is not None:
                return area
            meant = self._meaning(reference, sheet)
            if _NUMBER.fullmatch(meant):
                return float(meant.rstrip("%")) / (100 if meant.endswith("%") else 1)
            if _is_reference(meant) is None and meant.casefold() not in self._names:
                return Defined(reference, f"={meant}")
            if meant.casefold() in seen:
                raise NotAllowed(f"名称“{reference}”循环定义")
            seen.add(meant.casefold())
            reference, fixed = meant, True

    def count(self, area: Area, *, formulas: bool = False) -> int:
        """Count the filled cells of an area, or its formulas where ``formulas`` is true."""
        return self._grid(area.sheet, formulas=formulas).count(area)

    def cells(self, area: Area, *, formulas: bool = False) -> Iterator[str]:
        """The addresses of its filled cells, or of its ``formulas``."""
        return self._grid(area.sheet, formulas=formulas).cells(area)

    def _grid(self, title: str, *, formulas: bool) -> _Grid:
        if (title, formulas) not in self._grids:
            cells = self._sheets[title].cells
            self._grids[title, formulas] = _Grid(
                ref for ref in cells if not formulas or isinstance(cells[ref], Formula)
            )
        return self._grids[title, formulas]

    def _area(self, reference: str, sheet: str, *, fixed: bool) -> Area | None:
        """The cells of a plain reference; None for a name. ``fixed``: must be absolute. Raises NotAllowed."""
        match = _is_reference(reference)
        if match is None:
            if "[" in reference:
                told = "指向别的文件" if "!" in reference else "是表格的列，请改用单元格区域"
                raise NotAllowed(f"引用 {reference[:60]} {told}")
            if "!" in reference:
                raise NotAllowed(f"引用 {reference[:60]} 不是本文件内一个工作表的单元格")
            return None
        title = (match["quoted"] or "").replace("''", "'") or match["bare"] or sheet
        if fixed and not (match["quoted"] or match["bare"]):
            raise NotAllowed(f"名称所指的 {reference[:60]} 没有写明工作表")
        if ":" in title:
            raise NotAllowed(f"引用 {reference[:60]} 跨几个工作表")
        known = self._titles.get(title.casefold())
        if known is None:
            raise NotAllowed(f"引用的工作表“{title[:40]}”不存在")
        first, last = match["first"], match["last"]
        corners = (first, last or first)
        if fixed and any(not _absolute(corner) for corner in corners):
            raise NotAllowed(f"名称所指的 {reference[:60]} 是相对引用，随使用的位置而变")
        (left, top), (right, bottom) = (_numbers(corner) for corner in corners)
        return Area(
            known,
            min(left, right) or 1,
            min(top, bottom) or 1,
            max(left, right) or LAST_COLUMN,
            max(top, bottom) or LAST_ROW,
            one=last is None,
        )

    def _meaning(self, name: str, sheet: str) -> str:
        """The text of a name. Raises NotAllowed where it is local or unknown."""
        if any(name.casefold() in local for title, local in self._local.items() if sheet in {"", title}):
            raise NotAllowed(f"名称“{name[:40]}”在工作表内另有所指")
        text = self._names.get(name.casefold())
        if text is None:
            raise NotAllowed(f"名称“{name[:40]}”在本文件中不存在")
        return text.strip().removeprefix("=").strip()


class _Grid:
    """Some cells of a sheet: the rows of each column, in order."""

    def __init__(self, refs: Iterable[str]) -> None:
        rows: dict[str, list[int]] = {}
        for ref in refs:
            letters, row = split(ref)
            rows.setdefault(letters, []).append(row)
        self._columns = sorted(
            (column_of(letters), letters, sorted(found)) for letters, found in rows.items()
        )

    def count(self, area: Area) -> int:
        return sum(end - start for _, _, start, end in self._parts(area))

    def cells(self, area: Area) -> Iterator[str]:
        for letters, rows, start, end in self._parts(area):
            for row in rows[start:end]:
                yield f"{letters}{row}"

    def _parts(self, area: Area) -> Iterator[tuple[str, list[int], int, int]]:
        for column, letters, rows in self._columns:
            if area.left <= column <= area.right:
                yield letters, rows, bisect_left(rows, area.top), bisect_right(rows, area.bottom)


def _is_reference(text: str) -> re.Match[str] | None:
    """The match of a text that says cells, whole columns or whole rows that a sheet can have."""
    for pattern in _FORMS:
        match = pattern.fullmatch(text)
        if match is not None and all(_on_sheet(one) for one in match.group("first", "last") if one):
            return match
    return None


def _on_sheet(corner: str) -> bool:
    column, row = _numbers(corner)
    return column <= LAST_COLUMN and row <= LAST_ROW and (row > 0) == bool(_parts(corner)[1])


def _numbers(corner: str) -> tuple[int, int]:
    """The column and the row of a corner; 0 for what it does not say."""
    letters, digits = _parts(corner)
    return column_of(letters.upper()) if letters else 0, int(digits or 0)


def _absolute(corner: str) -> bool:
    """Whether nothing in a corner moves with the cell that uses it."""
    return corner.count("$") == sum(map(bool, _parts(corner)))


def _parts(corner: str) -> tuple[str, str]:
    match = _CORNER.fullmatch(corner)
    assert match is not None
    return match[1], match[2]
