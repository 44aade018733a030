"""Things over a template's cells, or that colour them: pictures, charts, conditional formats, prompts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbook.addresses import letters_of
from workbook.findings import Finding, found
from workbook.returned.issued import Content, IssuedSheet, is_input
from workbook.template.model import Formula
from workbook.verifier.integrity.highlights import highlight_findings
from workbook.verifier.integrity.telling_words import tells_of_result
from workbook.xlsx_reader.areas import area_of
from workbook.xlsx_reader.received import Area, Chart, Received, ReceivedSheet, Thing

_COMPARED_PLACES = 9
_GROWN, _MORE_HEIGHT, _MORE_WIDTH = 1.5, 10.0, 5.0
"""Growth allowed to a line under a thing, in height or width: times, and points or characters."""
_SEAL = re.compile("[（(](?:盖章|签章|公章|签字|签名)[）)]")
"""Words of a line where a seal belongs."""


def drawn_findings(issued: IssuedSheet, got: ReceivedSheet, received: Received) -> Iterator[Finding]:
    """Everything over the sheet's cells that was not issued there."""
    for what in got.frame.added:
        yield found("SHEET_CONTENT_ADDED", sheet=issued.title, sheet_name=issued.title, what=what)
    yield from _things(issued, got, received)
    yield from highlight_findings(issued, got)
    yield from _prompts(issued, got)


# ---- things ------------------------------------------------------------------------------------------


def _things(issued: IssuedSheet, got: ReceivedSheet, received: Received) -> Iterator[Finding]:
    ours = [one.chart for one in issued.sheet.things if one.chart is not None]
    left = list(ours)
    for thing in got.things:
        if thing.area is None:
            continue
        if thing.chart is not None and ours:
            chart = next((one for one in left if one.facts == thing.chart.facts), None)
            if chart is not None and not thing.chart.unknown:
                left.remove(chart)
                yield from _saved(issued, thing.chart, received)
                if ref := _covered(issued, got, thing):
                    yield found(
                        "OBJECT_COVERS", sheet=issued.title, cell=ref, what=thing.kind, name=thing.name[:40]
                    )
                continue
            if left:
                chart = left.pop(0)
                changed = sorted(thing.chart.facts ^ chart.facts)[:3]
                what = "、".join(dict.fromkeys(value or place for place, value in changed)) or "、".join(
                    thing.chart.unknown[:3]
                )
                yield found("CHART_CHANGED", sheet=issued.title, sheet_name=issued.title, what=what[:80])
                continue
        yield from _other(issued, got, thing)
    if left:
        yield found("CHART_LOST", sheet=issued.title, sheet_name=issued.title)


def _other(issued: IssuedSheet, got: ReceivedSheet, thing: Thing) -> Iterator[Finding]:
    """A thing that was not issued: what lies under it, and what it says."""
    area, title = thing.area, issued.title
    assert area is not None
    text = thing.text or " ".join(one.text for one in got.comments if thing.note == one.cell)
    covered = list(_under(issued, got, thing))
    ref = next((ref for ref, _ in covered), "") or _over_a_chart(issued, thing) or _grown(issued, got, area)
    if ref:
        light = all(content in {Content.TEXT, Content.WORDS} for _, content in covered) and covered
        if thing.note and light and not tells_of_result(text) and not _over_a_chart(issued, thing):
            yield found("COMMENT_OPEN", sheet=title, cell=ref, text=_short(text))
        else:
            yield found("OBJECT_COVERS", sheet=title, cell=ref, what=thing.kind, name=thing.name[:40])
    elif tells_of_result(text):
        yield found("OBJECT_TELLS", sheet=title, sheet_name=title, what=thing.kind, text=_short(text))
    elif text:
        yield found("OBJECT_SAYS", sheet=title, sheet_name=title, what=thing.kind, text=_short(text))
    elif any(area.meets(issued.spans[one]) for one in _sealed(issued)):
        yield found("OBJECT_SEALS", sheet=title, sheet_name=title, what=thing.kind)
    elif area.meets(issued.box):
        yield found("OBJECT_BETWEEN", sheet=title, sheet_name=title, what=thing.kind)
    else:
        yield found("OBJECT_BESIDE", sheet=title, what=thing.kind, sheet_name=title)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else plain[:59] + "…"


def _covered(issued: IssuedSheet, got: ReceivedSheet, thing: Thing) -> str:
    """The first cell under a thing that says something; "" when there is none."""
    return next((ref for ref, _ in _under(issued, got, thing)), "")


def _under(issued: IssuedSheet, got: ReceivedSheet, thing: Thing) -> Iterator[tuple[str, Content]]:
    """The cells under a thing that say something; a picture may be a seal, where one belongs."""
    area, free = thing.area, _sealed(issued) if thing.kind == "图片" else ()
    assert area is not None
    for ref, (content, _) in zip(issued.refs, issued.kinds, strict=True):
        filled = not is_input(content) or got.cells.get(ref) not in {None, ""}
        if filled and ref not in free and area.meets(issued.spans[ref]):
            yield ref, content


def _sealed(issued: IssuedSheet) -> tuple[str, ...]:
    """The cells in which somebody signs and seals."""
    return tuple(
        ref
        for ref, (content, _) in zip(issued.refs, issued.kinds, strict=True)
        if content is Content.TEXT and _SEAL.search(str(issued.sheet.cells.get(ref, "")))
    )


def _grown(issued: IssuedSheet, got: ReceivedSheet, area: Area) -> str:
    """The first line of the table under a thing that was made larger for it; "" when there is none."""
    box = issued.box
    if not area.meets(box):
        return ""
    for row in range(max(area.top, box.top), min(area.bottom, box.bottom) + 1):
        if _height(got, row) > _height(issued.sheet, row) * _GROWN + _MORE_HEIGHT:
            return f"A{row}"
    for column in range(max(area.left, box.left), min(area.right, box.right) + 1):
        if _width(got, column) > _width(issued.sheet, column) * _GROWN + _MORE_WIDTH:
            return f"{letters_of(column)}1"
    return ""


def _height(sheet: ReceivedSheet, row: int) -> float:
    return sheet.heights.get(row, sheet.frame.default_height or 15.0)


def _width(sheet: ReceivedSheet, column: int) -> float:
    return sheet.frame.widths.get(column, sheet.frame.default_width or 8.43)


def _over_a_chart(issued: IssuedSheet, thing: Thing) -> str:
    """The first cell of the place where a chart was issued, when a thing lies there; else ""."""
    area = thing.area
    for one in issued.sheet.things:
        if area is not None and one.chart is not None and one.area is not None and area.meets(one.area):
            return f"{letters_of(one.area.left)}{one.area.top}"
    return ""


def _saved(issued: IssuedSheet, chart: Chart, received: Received) -> Iterator[Finding]:
    """A chart shows what it has saved of its cells until it is calculated again."""
    for reference, values in chart.saved:
        title, _, ref = reference.rpartition("!")
        area, sheet = area_of(ref), received.sheets.get(title)
        if area is None or sheet is None or area.left != area.right:
            continue
        letters = letters_of(area.left)
        for number, saved in enumerate(values):
            cell = f"{letters}{area.top + number}"
            value = (
                sheet.cached.get(cell)
                if isinstance(sheet.cells.get(cell), Formula)
                else sheet.cells.get(cell)
            )
            if value is not None and saved and not _alike(saved, value):
                yield found("CHART_CHANGED", sheet=issued.title, sheet_name=issued.title,
                            what=f"图表所存的 {cell} 是 {saved[:20]}，单元格是 {value}")  # fmt: skip
                return


def _alike(saved: str, value: object) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return round(float(saved) - float(value), _COMPARED_PLACES) == 0
        except ValueError:
            return False
    return str(value) == saved


# ---- prompts -----------------------------------------------------------------------------------------


def _prompts(issued: IssuedSheet, got: ReceivedSheet) -> Iterator[Finding]:
    """A prompt shows a text beside the cell that is chosen: only inputs may have others than issued."""
    known = issued.sheet.frame.prompts
    for title, text, areas in got.frame.prompts:
        if (title, text, areas) in known or not (title or text):
            continue
        for ref, (content, _) in zip(issued.refs, issued.kinds, strict=True):
            if not is_input(content) and any(area.meets(issued.places[ref]) for area in areas):
                yield found("PROMPT_ADDED", sheet=issued.title, cell=ref, text=(text or title)[:40])
                return
