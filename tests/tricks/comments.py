"""Comments beside results, printed comments, readings over texts."""

from __future__ import annotations

from tests.support.returned import Issued, sheet_part
from tests.tricks.kit import (
    ENTRY,
    SUMMARY,
    Trick,
    Where,
    amount,
    at,
    field,
    in_sheet,
    label,
    new_part,
    related,
    total,
    weight,
)
from workbook.layout.names import Place
from workbook.rubric.fields import FieldKind
from workbook.rubric.keys import Sort

_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_THREADS = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def commented(
    data: bytes, place: Place, text: str, *, threaded: bool = False, author: str = "李明:\n"
) -> bytes:
    """The workbook with a comment on a cell, one that shows when the pointer rests there."""
    part = sheet_part(data, place.sheet)
    if threaded:
        xml = (
            '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
            f'<threadedComment ref="{place.cell}" id="{{1}}"><text>{text}</text></threadedComment></ThreadedComments>'
        )
        data = new_part(data, "xl/threadedComments/threadedComment1.xml", xml,
                        "application/vnd.ms-excel.threadedcomments+xml")  # fmt: skip
        return related(data, part, "rId80", _THREADS, "../threadedComments/threadedComment1.xml")
    xml = (
        f'<comments xmlns="{_MAIN}"><authors><author>李明</author></authors><commentList>'
        f'<comment ref="{place.cell}" authorId="0"><text><r><t>{author}</t></r><r><t>{text}</t></r></text></comment>'
        "</commentList></comments>"
    )
    data = new_part(data, "xl/comments8.xml", xml, _COMMENTS)
    return related(data, part, "rId80", "comments", "../comments8.xml")


def _told(where: Where, text: str, name: str, *, threaded: bool = False) -> Trick:
    sheet = {total: SUMMARY, label: SUMMARY}.get(where, "评分表")
    kind = "thread" if threaded else "comment"
    return at(
        f"{kind} on the {name} {text}", where,
        lambda case: commented(case.filled, where(case), text, threaded=threaded), "COMMENT_TELLS", sheet,
    )  # fmt: skip


def _printed(how: str) -> Trick:
    def change(case: Issued) -> bytes:
        data = commented(case.filled, amount(case), "更正：总分 99.50")
        return in_sheet(data, ENTRY, "<pageSetup ", f'<pageSetup cellComments="{how}" ')

    return Trick(f"comments printed {how}", change, "COMMENTS_PRINTED", ENTRY)


def _blank_beside(case: Issued) -> bytes:
    """On a cell that holds nothing, beside the total."""
    return commented(case.filled, Place(SUMMARY, f"J{total(case).cell[1:]}"), "更正：总分 99.50")


def choice(case: Issued) -> Place:
    """An input of a choice."""
    return field(case, FieldKind.YESNO)


def _reading(name: str, cell: str, row: str = "", column: str = "") -> Trick:
    def change(case: Issued) -> bytes:
        place = choice(case)
        text = '<is><t>否</t><rPh sb="0" eb="1"><t>是</t></rPh></is>'
        data = in_sheet(
            case.filled, place.sheet, rf'<c r="{place.cell}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)',
            rf'<c r="{place.cell}"\1 {cell} t="inlineStr">{text}</c>',
        )  # fmt: skip
        if row:
            data = in_sheet(
                data, place.sheet, rf'<row r="{place.cell[1:]}"', rf'<row r="{place.cell[1:]}" {row}'
            )
        return in_sheet(data, place.sheet, "<col ", f"<col {column} ") if column else data

    return at(f"reading of a choice {name}", choice, change, "LOOK_CHANGED", ENTRY)


def _filters_nothing(attributes: str) -> Trick:
    """A filled row of a detail table hidden, inside a filter that has no condition."""

    def change(case: Issued) -> bytes:
        key = next(key for key in case.template.inputs if key.sort is Sort.CELL)
        place = case.template.inputs[key]
        row = place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        data = in_sheet(
            case.filled, place.sheet, rf'<c r="{place.cell}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)',
            rf'<c r="{place.cell}"\1 t="inlineStr"><is><t>某项目</t></is></c>',
        )  # fmt: skip
        return in_sheet(data, place.sheet, rf'<row r="{row}"[^>]*>', f'<row r="{row}" {attributes}>')

    return Trick(f"filled detail row {attributes}", change, "ROWS_HIDDEN")


TRICKS = [
    *(_told(total, text, "total") for text in ("更正：总分 99.50", "99", "应为九十九", "等级：优秀")),
    *(_told(weight, text, "weight") for text in ("权重为 50", "50")),
    *(_told(label, text, "label") for text in ("得分 99", "99.5", "此处扣 2 分不算", "９９．５")),
    _told(total, "更正：总分 99.50", "total", threaded=True),
    at("comment beside the total", lambda case: Place(SUMMARY, f"J{total(case).cell[1:]}"), _blank_beside,
       "COMMENT_TELLS", SUMMARY),
    *map(_printed, ("asDisplayed", "atEnd", " atEnd ")),
    _reading("by its cell", 'ph="1"'), _reading("by its row", "", row='ph="1"'),
    _reading("by its column", "", column='phonetic="1"'),
    *map(_filters_nothing, ('hidden="1"', 'ht="0" customHeight="1"')),
]  # fmt: skip
