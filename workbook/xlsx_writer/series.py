"""Workbooks of one rubric that differ by department and issue alone: drawn once, then what differs.

One workbook is written with marks where department and issue stand. Each further one is its markup with the
marks replaced, byte for byte what writing it anew gives. Whatever would need more than that (a name that
markup writes in another way, a text that stands in the workbook already) is written anew.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace

from workbook.data.typed import with_defaults
from workbook.layout import canvas
from workbook.rubric.inputs import Inputs
from workbook.rubric.keys import Key
from workbook.rubric.model import Rubric
from workbook.scorer.evaluate import evaluate
from workbook.scorer.quantities import Quantity, quantities
from workbook.template.draw import draw
from workbook.template.identity import Identity, issue_id
from workbook.xlsx_writer.xlsx import render

_MOMENT = (1980, 1, 1, 0, 0, 0)
_LONGEST = 60
"""Characters of a name that stand whole in a page's header."""

_FIRST, _MIDDLE, _LAST = "\ue000", "\ue001", "\ue002"
"""Of the marks, from the private use area: no printable text holds them."""

_ISSUE = "\ue003"
_STRING = re.compile(r"<t[^>]*>([^<]*)</t>")


@dataclass(frozen=True, slots=True)
class _Stencil:
    """A workbook with marks: its parts in order, which of them hold a mark, its strings, its quantities."""

    mark: str
    parts: tuple[tuple[str, str | bytes], ...]
    strings: frozenset[str]
    values: Mapping[Key, Quantity]


class Series:
    """The workbooks of a rubric that share all inputs but the department. The same arguments give the same
    bytes.
    """

    def __init__(self, rubric: Rubric, inputs: Inputs) -> None:
        self.rubric = rubric
        self.inputs = inputs
        self.book, self.template = draw(rubric)
        self._stencils: dict[tuple[float, ...], _Stencil | None] = {}
        self._widths = tuple(
            sheet.widths[cell.col]
            for sheet in self.book.sheets
            for cell in sheet.cells
            if isinstance(cell.content, canvas.Input) and cell.content.key == Key.input("department")
        )

    def whole(self, department: str | None, issue: str | None) -> bytes:
        """The workbook of a department, written anew. ``issue`` is derived when it is None."""
        filled = self._filled(department)
        identity = self._identity(self._issue(filled, issue))
        values = quantities(evaluate(self.rubric, filled))
        return render(self.book, self.template, identity, filled, values)

    def workbook(self, department: str, issue: str | None) -> bytes:
        """The same bytes, from the stencil where it fits."""
        filled = self._filled(department)
        stamped = self._issue(filled, issue)
        stencil = self._stencil(department) if _plain(department) and "_x" not in stamped else None
        if stencil is None or department == stamped or {department, stamped} & stencil.strings:
            return self.whole(department, issue)
        values = quantities(evaluate(self.rubric, filled))
        if values != {
            key: department if value == stencil.mark else value for key, value in stencil.values.items()
        }:
            return self.whole(department, issue)
        return _replaced(stencil, department, stamped)

    def prepare(self, department: str, issue: str | None) -> None:
        """Make the stencil that fits a department, and hold it against what it stands for.

        One that gives other bytes, be it for a text among the inputs or a change of XlsxWriter, is given up.
        """
        if self.workbook(department, issue) != self.whole(department, issue):
            self._stencils[self._heights(department)] = None

    def _filled(self, department: str | None) -> Inputs:
        values = {**self.inputs.values, **({"department": department} if department else {})}
        return with_defaults(self.rubric, replace(self.inputs, values=values))

    def _issue(self, filled: Inputs, issue: str | None) -> str:
        return issue_id(self.rubric.id, filled.word("department")) if issue is None else issue

    def _identity(self, issue: str) -> Identity:
        return Identity(self.rubric.id, self.template.version, self.template.spec, issue)

    def _heights(self, department: str) -> tuple[float, ...]:
        """The heights that a name needs where it is filled in: a stencil fits names of its own heights."""
        return tuple(canvas.text_height(department, width) for width in self._widths)

    def _stencil(self, department: str) -> _Stencil | None:
        heights = self._heights(department)
        if heights not in self._stencils:
            marks = (_FIRST + _MIDDLE * length + _LAST for length in range(_LONGEST - 1))
            fitting = (mark for mark in marks if self._heights(mark) == heights)
            mark = next(fitting, None)
            self._stencils[heights] = None if mark is None else self._marked(mark)
        return self._stencils[heights]

    def _marked(self, mark: str) -> _Stencil:
        filled = self._filled(mark)
        values = quantities(evaluate(self.rubric, filled))
        data = render(self.book, self.template, self._identity(_ISSUE), filled, values)
        parts: list[tuple[str, str | bytes]] = []
        strings: frozenset[str] = frozenset()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                content = archive.read(name)
                text = content.decode("utf-8")
                parts.append((name, text if mark in text or _ISSUE in text else content))
                if name == "xl/sharedStrings.xml":
                    strings = frozenset(_STRING.findall(text))
        return _Stencil(mark, tuple(parts), strings, values)


def _plain(name: str) -> bool:
    """Whether markup holds a name as it is, wherever it stands: as a string, a saved value, in a header."""
    return (
        len(name) <= _LONGEST
        and name == name.strip()
        and name.isprintable()
        and not any(sign in name for sign in "&<>\"'#_")
        and any(unicodedata.category(char) == "Lo" for char in name)
    )


def _replaced(stencil: _Stencil, department: str, issue: str) -> bytes:
    """The stencil's workbook, zipped as XlsxWriter zips it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in stencil.parts:
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            if isinstance(content, str):
                archive.writestr(info, content.replace(stencil.mark, department).replace(_ISSUE, issue))
            else:
                archive.writestr(info, content)
    return buffer.getvalue()
