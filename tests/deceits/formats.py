"""Number formats that show another number, another text, or nothing."""

from __future__ import annotations

from tests.deceits.kit import AMOUNT, CLAUSE, DATE, LABEL, SCORE, STYLES, TOTAL, WEIGHT, Draft, Trick
from workbook.layout.names import Place

DIFFERENCE = Place("勾稽校验", "F22")
RESULTS = (
    '"99.00"', ";;;", '"99.00";;;@', "0.00%", "0,", "0.00,,", "0E+00", "# ?/?", "[DBNum2][$-804]0", "[>50]\"优\";0.00",
    "[=95]\"99.00\";0.00", "yyyy-mm-dd", "h:mm", "0.00*9", "0.00\"9\"", "\"9\"0.00", "\\9\\9", "-0.00", "0.00;0.00;;@",
    "General\"9\"", "General;General;\"0\"", "@\"分以上\"", "\"合格\"", "0.0;0.00", "[White]0.00", "[Color2]0.00", "[Yellow]0.00",
    "[Cyan]General", "[Color 2]0.00", "[白色]0.00", "常规", "Standard", "0" + "\\ " * 40, "0.00" + "_W" * 60, "[$99]0.00", "ss.00",
    "0.00\"%\"", "[Red]\"99\"", "??.??", "#.##\"0\"", "000.00", "0\\.0\\0", "0.00-", "[$-D000000]\"9\"0",
)  # fmt: skip
"""Codes for the total and for a score; each shows something else than 95.00 or 10.00, or nothing."""

WEIGHTS = ('"20"', ";;;", "0%", '0.00"9"', "00", "[White]General", '0"0"')
TEXTS = (
    ';;;"别的条款"',
    ";;;",
    '@"（不适用）"',
    '"另有规定"@',
    "@@",
    "[White]@",
    "0;0;0;",
    "_ @*-",
    '"甲"@"乙"',
    "0.00;@;General;0%",
    "0;@;@;0",
    "@;0",
    "0;0;0;General",
)
AMOUNTS = (
    '"999.00"',
    "0.00,",
    "0.00%",
    ";;;",
    "0",
    '0.00"元"',
    "yyyy-mm-dd",
    '0.00"亿元"',
    "[White]0.00",
    "# ??/??",
    '"9"#,##0.00',
)
DATES = ("[$-D07041E]yyyy-mm-dd", '"2019年"m"月"d"日"', "mm-dd", "0", "[~buddhist]yyyy-mm-dd", "bbbb-mm-dd", "[$-41E]yyyy-mm-dd",
         "[White]yyyy-mm-dd", "[$-1170000]yyyy-mm-dd", 'yyyy"〇"-mm-dd', ";;;", "yyyy-dd-mm", "d/m/yyyy", "m/d/yyyy", "ddmmyyyy",
         "yymd", "yyyy-mm:mm-dd", 'yyyy"年"d"月"m"日"', "dd/mm/yyyy hh:mm", "yyyy-mmmmm-dd")  # fmt: skip


def dated(draft: Draft, place: Place) -> None:
    """A day in the cell of a date."""
    if place == DATE:
        draft.cell(DATE, r'^<c r="C9" s="(\d+)".*', r'<c r="C9" s="\1"><v>45413</v></c>')


def on(place: Place, code: str):
    def change(draft: Draft) -> None:
        dated(draft, place)
        draft.styled(place, format=code)

    return change


def numbered(place: Place, number: str, code: str = "", spelled: str = ""):
    """A cell with a format of this number, which the file may describe, in this spelling."""

    def change(draft: Draft) -> None:
        dated(draft, place)
        if code:
            draft.format(code, spelled or number)
        draft.styled(place, number=number)

    return change


def described_twice(draft: Draft) -> None:
    draft.format("0.00", "400")
    draft.format('"99.00"', "400")
    draft.styled(TOTAL, number="400")


def described_in_a_conditional_format(draft: Draft) -> None:
    """One program takes the codes of conditional formats for those of all cells."""
    draft.item("dxfs", "dxf", '<numFmt numFmtId="166" formatCode="&quot;99.00&quot;"/>')


def redescribed(draft: Draft) -> None:
    """The total's own number means another code."""
    draft.sub(STYLES, r'(numFmtId="166" formatCode=")0.00"', r'\1&quot;99.00&quot;"')


def redescribed_for_texts(draft: Draft) -> None:
    draft.sub(STYLES, r'(numFmtId="164" formatCode=")@"', r'\1@&quot;9&quot;"')


def negative_without_its_sign(draft: Draft) -> None:
    """A difference below zero shown as one above."""
    draft.styled(DIFFERENCE, format="0.00####;0.00####")


def date_for_a_weight(draft: Draft) -> None:
    """A number written as a date: some programs show the date."""
    draft.cell(WEIGHT, r'^<c r="C3" s="(\d+)"><v>(\d+)</v>', r'<c r="C3" s="\1" t="d"><v>1900-01-\2</v>')


def date_for_a_saved_total(draft: Draft) -> None:
    draft.cell(
        TOTAL,
        r'^<c r="D17" s="(\d+)">(<f>.*</f>)<v>[\d.]+</v>',
        r'<c r="D17" s="\1" t="d">\2<v>1900-04-04</v>',
    )


def readings(draft: Draft) -> None:
    """A label with its readings above it, which say something else."""
    draft.cell(
        LABEL,
        r"^<c (.*?)t=\"s\">.*",
        rf'<c ph="1" \1t="inlineStr"><is><t>{draft.case.template.sheet[LABEL.sheet].texts[LABEL.cell]}</t><rPh sb="0" eb="1"><t>99</t></rPh></is></c>',
    )


def rich_value(place: Place):
    """A value that stands for something else in programs that know rich values."""

    def change(draft: Draft) -> None:
        draft.cell(place, "^<c ", '<c vm="1" ')

    return change


TRICKS: dict[str, Trick] = {
    **{f"total as {code[:24]} {len(code)}": Trick(on(TOTAL, code), "CELL_CHANGED", TOTAL) for code in RESULTS},
    **{f"score as {code[:24]}": Trick(on(SCORE, code), "CELL_CHANGED", SCORE) for code in RESULTS[:8]},
    **{f"weight as {code}": Trick(on(WEIGHT, code), "CELL_CHANGED", WEIGHT) for code in WEIGHTS},
    **{f"clause as {code}": Trick(on(CLAUSE, code), "CELL_CHANGED", CLAUSE) for code in TEXTS},
    **{f"label as {code}": Trick(on(LABEL, code), "CELL_CHANGED", LABEL) for code in TEXTS[:3]},
    **{f"amount as {code}": Trick(on(AMOUNT, code), "FORMAT_MISLEADS", AMOUNT) for code in AMOUNTS},
    **{f"date as {code}": Trick(on(DATE, code), "FORMAT_MISLEADS", DATE) for code in DATES},
    "format number with zeros before it": Trick(numbered(TOTAL, "0000400", '"99.00"', "400"), "CELL_CHANGED", TOTAL),
    "format number with a sign before it": Trick(numbered(TOTAL, "+400", '"99.00"', "400"), "CELL_CHANGED", TOTAL),
    "format described under zeros": Trick(numbered(TOTAL, "400", '"99.00"', "00400"), "CELL_CHANGED", TOTAL),
    "format that nobody describes": Trick(numbered(TOTAL, "777"), "CELL_CHANGED", TOTAL),
    "format of its own of percentages": Trick(numbered(TOTAL, "10"), "CELL_CHANGED", TOTAL),
    "format of fractions": Trick(numbered(TOTAL, "12"), "CELL_CHANGED", TOTAL),
    "day before month by number": Trick(numbered(DATE, "30"), "FORMAT_MISLEADS", DATE),
    "month alone by number": Trick(numbered(DATE, "57"), "FORMAT_MISLEADS", DATE),
    "date by number": Trick(numbered(TOTAL, "14"), "CELL_CHANGED", TOTAL),
    "Chinese date by number": Trick(numbered(TOTAL, "31"), "CELL_CHANGED", TOTAL),
    "number of percentages described as plain": Trick(numbered(TOTAL, "10", "0.00"), "CELL_CHANGED", TOTAL),
    "number of General described as another": Trick(numbered(TOTAL, "0", '"99"'), "CELL_CHANGED", Place("填报说明", "B31")),
    "number of dates described as plain": Trick(numbered(TOTAL, "14", "0.00"), "CELL_CHANGED", TOTAL),
    "number of times described as plain": Trick(numbered(TOTAL, "22", "0.00"), "CELL_CHANGED", TOTAL),
    "number of Chinese dates described as plain": Trick(numbered(TOTAL, "57", "0.00"), "CELL_CHANGED", TOTAL),
    "number of exponents described as plain": Trick(numbered(TOTAL, "48", "0.00"), "CELL_CHANGED", TOTAL),
    **{
        f"label in number {number}, described as another": Trick(
            numbered(LABEL, number, code), "CELL_CHANGED", LABEL
        )
        for number, code in (("27", "@@;0;0;0.00"), ("14", '"别的"'), ("10", '0;0;0;"别的"'))
    },
    "format described twice": Trick(described_twice, "NUMBER_FORMAT_TWICE", "400"),
    "format described in a conditional format": Trick(described_in_a_conditional_format, "CELL_CHANGED", TOTAL),
    "format redescribed": Trick(redescribed, "CELL_CHANGED", TOTAL),
    "format of texts redescribed": Trick(redescribed_for_texts, "FORMAT_MISLEADS", Place("填报说明", "C5")),
    "negative without its sign": Trick(negative_without_its_sign, "CELL_CHANGED", DIFFERENCE, "dapeng-2024"),
    "weight written as a date": Trick(date_for_a_weight, "CELL_CHANGED", WEIGHT),
    "saved total written as a date": Trick(date_for_a_saved_total, "CELL_CHANGED", TOTAL),
    "readings above a label": Trick(readings, "LOOK_CHANGED", LABEL),
    "rich value in a weight": Trick(rich_value(WEIGHT), "MARKUP_UNKNOWN", "vm"),
    "rich value in the total": Trick(rich_value(TOTAL), "MARKUP_UNKNOWN", "vm"),
    "rich value in an amount": Trick(rich_value(AMOUNT), "MARKUP_UNKNOWN", "vm"),
}  # fmt: skip
