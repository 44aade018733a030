"""Rows, columns, filters, views and windows that hide a template's cells."""

from __future__ import annotations

from tests.deceits.kit import BOOK, SCORE, TOTAL, WEIGHT, Draft, Trick
from workbook.layout.names import Place

SHEET = TOTAL.sheet
ROWS, LOW, COLUMNS, NARROW, VIEW = (
    "ROWS_HIDDEN",
    "ROWS_TOO_LOW",
    "COLUMNS_HIDDEN",
    "COLUMNS_TOO_NARROW",
    "VIEW_CHANGED",
)
ROW = Place(SHEET, "A17")


def row(new: str, number: int = 17, sheet: str = SHEET):
    """Attributes of a row beside its number and height."""
    return lambda draft: draft.sub(draft.sheet(sheet), rf'<row r="{number}"', f'<row {new} r="{number}"')


def height(value: str, number: int = 17, sheet: str = SHEET):
    return lambda draft: draft.sub(
        draft.sheet(sheet), rf'(<row r="{number}"[^>]*? ht=")[^"]*', rf"\g<1>{value}"
    )


def default(attributes: str, *, without: bool = True, sheet: str = SHEET):
    """Rows, or all columns, that say nothing of themselves."""

    def change(draft: Draft) -> None:
        part = draft.sheet(sheet)
        draft.sub(part, "<sheetFormatPr[^>]*/>", f"<sheetFormatPr {attributes}/>")
        if without and "customHeight" in attributes:
            draft.sub(part, r'(<row r="17"[^>]*?) ht="[^"]*" customHeight="1"', r"\1")
        elif without:
            draft.sub(
                part, r'<col min="4" max="6" [^>]*/>', '<col min="5" max="6" width="11.7" customWidth="1"/>'
            )

    return change


def column(new: str, sheet: str = SHEET):
    """The column of the scores."""
    return lambda draft: draft.sub(
        draft.sheet(sheet),
        r'<col min="4" max="6" [^>]*/>',
        f'{new}<col min="5" max="6" width="11.7" customWidth="1"/>',
    )


def view(new: str, sheet: str = SHEET):
    return lambda draft: draft.sub(draft.sheet(sheet), "<sheetView ", f"<sheetView {new} ")


def pane(markup: str, attributes: str = "", sheet: str = SHEET):
    return lambda draft: draft.sub(
        draft.sheet(sheet), r"<sheetViews>.*</sheetViews>",
        f'<sheetViews><sheetView workbookViewId="0" {attributes}>{markup}</sheetView></sheetViews>',
    )  # fmt: skip


def tall_and_frozen(draft: Draft) -> None:
    """The frozen rows of the inputs fill any screen."""
    for number in (1, 2):
        height("409", number, "数据填报")(draft)


def wide_and_frozen(draft: Draft) -> None:
    draft.sub(draft.sheet("数据填报"), r'(<col min="2" max="2" width=")[^"]*', r"\g<1>250")


def book_view(new: str):
    return lambda draft: draft.sub(BOOK, "<workbookView ", f"<workbookView {new} ")


def second_view(draft: Draft) -> None:
    draft.replace(
        BOOK,
        "</bookViews>",
        '<workbookView visibility="hidden" windowWidth="100" windowHeight="100"/></bookViews>',
    )


def filtered(ref: str, criteria: str = "", sheet: str = SHEET):
    markup = f'<autoFilter ref="{ref}">{criteria}</autoFilter>'
    return lambda draft: draft.after(sheet, "sheetProtection sheetData", markup)


def row_beyond_the_filter(draft: Draft) -> None:
    """The head of a detail table, just above the rows that its filter may hide."""
    row('hidden="1"', 5, "项目明细")(draft)


TRICKS: dict[str, Trick] = {
    **{f"row hidden by {value!r}": Trick(row(f'hidden="{value}"'), ROWS, ROW) for value in ("1", "true", " 1 ", "\ttrue\n")},
    "row hidden by on": Trick(row('hidden="on"'), "MARKUP_VALUE", "on"),
    "row hidden by TRUE": Trick(row('hidden="TRUE"'), "MARKUP_VALUE", "TRUE"),
    "row hidden by a number": Trick(row('hidden="2"'), "MARKUP_VALUE", "hidden"),
    "first row hidden": Trick(row('hidden="1"', 1), ROWS, Place(SHEET, "A1")),
    "row of a clause hidden": Trick(row('hidden="true"', 9, "评分表"), ROWS, Place("评分表", "A9")),
    "row of an input hidden": Trick(row('hidden="1"', 4, "数据填报"), ROWS, Place("数据填报", "A4")),
    "row of a closed group": Trick(row('outlineLevel="1" hidden="1"'), ROWS, ROW),
    "group that is closed": Trick(lambda draft: (row('outlineLevel="1"', 19)(draft), row('collapsed="1"', 20)(draft))[0], ROWS, Place(SHEET, "A20")),
    "head of a detail table hidden": Trick(row_beyond_the_filter, ROWS, Place("项目明细", "A5")),
    **{f"row of height {value}": Trick(height(value), code, ROW) for value, code in (
        ("0", ROWS), ("0.0", ROWS), ("-5", ROWS), ("0.01", LOW), ("1", LOW), ("3E-1", LOW), (" 5 ", LOW), ("+7.4", LOW))},
    "half of a clause's height": Trick(height("8", 9, "评分表"), LOW, Place("评分表", "A9")),
    "rows hidden that say nothing": Trick(default('defaultRowHeight="15" zeroHeight="1"'), ROWS, Place(SHEET, "A1")),
    "rows of no height that say nothing": Trick(default('defaultRowHeight="0" customHeight="1"'), LOW, ROW),
    "rows of negative height that say nothing": Trick(default('defaultRowHeight="-15" customHeight="1"'), LOW, ROW),
    "low rows that say nothing": Trick(default('defaultRowHeight="0.5" customHeight="1"'), LOW, ROW),
    **{f"column hidden by {value!r}": Trick(column(f'<col min="4" max="4" width="11" hidden="{value}"/>'), COLUMNS, Place(SHEET, "D1"))
       for value in ("1", "true", " true")},
    "columns hidden by a large area": Trick(column('<col min="4" max="16384" width="11" hidden="1"/>'), COLUMNS, Place(SHEET, "D1")),
    "column of no width": Trick(column('<col min="4" max="4" width="0" customWidth="1"/>'), COLUMNS, Place(SHEET, "D1")),
    "column without a width": Trick(column('<col min="4" max="4" customWidth="1"/>'), COLUMNS, Place(SHEET, "D1")),
    "column of negative width": Trick(column('<col min="4" max="4" width="-11" customWidth="1"/>'), COLUMNS, Place(SHEET, "D1")),
    "column of hardly any width": Trick(column('<col min="4" max="4" width="0.1" customWidth="1"/>'), NARROW, Place(SHEET, "D1")),
    "column too narrow for its numbers": Trick(column('<col min="4" max="4" width="4.8" customWidth="1"/>'), NARROW, Place(SHEET, "D1")),
    "narrow column, wide before": Trick(
        column('<col min="4" max="4" width="0.5" customWidth="1"/><col min="4" max="4" width="11" customWidth="1"/>'), NARROW, Place(SHEET, "D1")),
    "narrow column, wide after": Trick(
        column('<col min="4" max="4" width="11" customWidth="1"/><col min="4" max="4" width="0.5" customWidth="1"/>'), NARROW, Place(SHEET, "D1")),
    "second list of columns": Trick(lambda draft: draft.sub(draft.sheet(SHEET), "</cols>", '</cols><cols><col min="4" max="4" width="9" hidden="1"/></cols>'),
        COLUMNS, Place(SHEET, "D1")),
    "column of a closed group": Trick(column('<col min="4" max="4" width="11" outlineLevel="1" collapsed="1"/>'), COLUMNS, Place(SHEET, "")),
    "columns of no width that say nothing": Trick(default('defaultRowHeight="15" defaultColWidth="0"'), NARROW, Place(SHEET, "D1")),
    "narrow columns that say nothing": Trick(default('defaultRowHeight="15" defaultColWidth="0.1"'), NARROW, Place(SHEET, "D1")),
    "columns of no characters": Trick(default('defaultRowHeight="15" baseColWidth="0"'), NARROW, Place(SHEET, "D1")),
    "column of labels too narrow": Trick(lambda draft: draft.sub(draft.sheet("数据填报"), r'(<col min="2" max="2" width=")[^"]*', r"\g<1>5"),
        NARROW, Place("数据填报", "B1")),
    "filter over the results": Trick(filtered("A2:G25", '<filterColumn colId="0"><filters><filter val="x"/></filters></filterColumn>'),
        ROWS, Place(SHEET, "A3")),
    "filter by colour": Trick(filtered("A2:G25", '<filterColumn colId="3"><colorFilter dxfId="0"/></filterColumn>'), ROWS, Place(SHEET, "A3")),
    "rows hidden as if filtered": Trick(lambda draft: (filtered("A2:G25")(draft), row('hidden="1"')(draft))[0], ROWS, ROW),
    **{f"zeros not shown: {value!r}": Trick(view(f'showZeros="{value}"'), VIEW, Place(SHEET, "")) for value in ("0", "false", " 0")},
    "formulas shown": Trick(view('showFormulas="true"'), VIEW, Place(SHEET, "")),
    "mirrored": Trick(view('rightToLeft="1"'), VIEW, Place(SHEET, "")),
    "calculated as Lotus does": Trick(lambda draft: draft.sub(draft.sheet(SHEET), "<sheetPr>", '<sheetPr transitionEvaluation="1">'), VIEW, Place(SHEET, "")),
    "typed as in Lotus": Trick(lambda draft: draft.sub(draft.sheet(SHEET), "<sheetPr>", '<sheetPr transitionEntry=" true">'), VIEW, Place(SHEET, "")),
    "frozen below the total": Trick(pane('<pane ySplit="60" topLeftCell="A61" state="frozen"/>'), VIEW, Place(SHEET, "")),
    "frozen right of the results": Trick(pane('<pane xSplit="40" topLeftCell="AO1" state="frozen"/>'), VIEW, Place(SHEET, "")),
    "frozen from the middle": Trick(pane('<pane ySplit="1" topLeftCell="A20" state="frozen"/>', 'topLeftCell="A18"'), VIEW, Place(SHEET, "")),
    "frozen from another column": Trick(pane('<pane xSplit="1" topLeftCell="H1" state="frozenSplit"/>', 'topLeftCell="G1"'), VIEW, Place(SHEET, "")),
    "frozen rows that fill the screen": Trick(tall_and_frozen, VIEW, Place("数据填报", "")),
    "frozen columns that fill the screen": Trick(wide_and_frozen, VIEW, Place("数据填报", "")),
    "second view": Trick(lambda draft: draft.replace(draft.sheet(SHEET), "</sheetViews>",
        '<sheetView workbookViewId="1" showZeros="0"/></sheetViews>'), VIEW, Place(SHEET, "")),
    "no tabs": Trick(book_view('showSheetTabs="0"'), "WINDOW_CHANGED", "标签"),
    "no tabs by false": Trick(book_view('showSheetTabs=" false "'), "WINDOW_CHANGED", "标签"),
    "no room for tabs": Trick(book_view('tabRatio="0"'), "WINDOW_CHANGED", "标签"),
    "hidden window": Trick(book_view('visibility="hidden"'), "WINDOW_CHANGED", "窗口"),
    "very hidden window": Trick(book_view('visibility=" veryHidden"'), "WINDOW_CHANGED", "窗口"),
    "second window": Trick(second_view, "WINDOW_CHANGED", "窗口"),
    "merged over a score": Trick(lambda draft: draft.sub(draft.sheet(SHEET), r"<mergeCells[^>]*>", r'\g<0><mergeCell ref="C3:D3"/>'),
        "MERGE_CHANGED", WEIGHT),
    "merged from the left": Trick(lambda draft: draft.sub(draft.sheet(SHEET), r"<mergeCells[^>]*>", r'\g<0><mergeCell ref="$B$17:$D$17"/>'),
        "MERGE_CHANGED", Place(SHEET, "")),
    "merge of an issued place taken off": Trick(lambda draft: draft.sub(draft.sheet(SHEET), r'<mergeCell ref="A1:G1"/>', ""), "MERGE_CHANGED",
        Place(SHEET, "A1")),
    "far cell": Trick(lambda draft: draft.sub(draft.sheet(SHEET), "</sheetData>", '<row r="1048576"><c r="XFD1048576"/></row></sheetData>'),
        "CELL_FAR", Place(SHEET, "XFD1048576")),
    "number beside the total": Trick(lambda draft: draft.sub(draft.sheet(SHEET), "</sheetData>", '<row r="60"><c r="D60"><v>99</v></c></row></sheetData>'),
        "CELL_ADDED", Place(SHEET, "D60")),
    "text in a gap of the table": Trick(lambda draft: draft.cell(Place(SHEET, "G3"), "/>$", ' t="inlineStr"><is><t>99.00</t></is></c>'),
        "CELL_ADDED", Place(SHEET, "G3")),
    "row twice": Trick(lambda draft: draft.sub(draft.sheet(SHEET), "</sheetData>", '<row r="17"><c r="D17"><v>99</v></c></row></sheetData>'),
        "ROW_CELL_TWICE", "第 17 行"),
    "cell in another row's markup": Trick(lambda draft: draft.sub(draft.sheet(SHEET), "</sheetData>", '<row r="60"><c r="D17"><v>99</v></c></row></sheetData>'),
        "CELL_MISPLACED", "D17"),
    "score in small letters": Trick(lambda draft: draft.cell(SCORE, 'r="D3"', 'r="d3"'), "CELL_MISPLACED", "d3"),
}  # fmt: skip
