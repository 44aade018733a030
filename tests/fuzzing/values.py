# ruff: noqa: E501 - pieces of markup and lists of values stand whole
"""Values of attributes and texts of elements: valid ones of their kind, the odd ones among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

from workbook.xlsx_reader import grammar

_KINDS = {id(pattern): kind for kind, pattern in grammar._WORDS.items()}
_WORDS = re.compile(r"[\w.]+(?:\|[\w.]+)+")

COLOURS = (
    "FFFFFFFF",
    "FF000000",
    "FFFF0000",
    "00FFFFFF",
    "FFFEFEFE",
    "FF1F2937",
    "FFF3F4F6",
    "FFD9E1F2",
    "808080",
    "0",
)
FONTS = (
    "宋体", "等线", "微软雅黑", "Calibri", "Arial", "Times New Roman", "Wingdings", "Symbol", "Webdings", "Arial Narrow",
    "Microsoft YaHei UI", "方正小标宋简体", "仿宋_GB2312", "Noto Sans CJK SC", "MT Extra", "Segoe UI Emoji", "Unknown Font",
)  # fmt: skip
SECTIONS = (
    "General", "0", "0.00", "0.0", "#,##0.00", "#,##0", "0%", "0.00%", "@", "", "0.00_ ", "0.00_);(0.00)", "#", "?0.0", "0.000",
    '"99"', '"-"0.00', "[Red]0.00", "[White]0.00", "[Color2]0.00", "[>5]0.00", "[=1]\"是\"", "yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "m/d",
    "[h]:mm", "0.00E+00", "# ?/?", "* 0.00", "0*9", "\\9 0.00", "0,", "0.00,", "0!.00", "[$-804]0.00", "[$¥-804]#,##0.00", "[DBNum1]0.00",
    "[DBNum2][$-804]General", "_9_9General", "G/通用格式", "Standard", "常规", "-0.00", "0.00;0.00", "0.00;-0.00", "00.00", "0 0.00", "0.0 0",
    "0.00\"分\"", "0.00\"万\"", "0.00 \"元\"", "@@", "@\"优\"", "\"优\"@", "0.00;[Red]-0.00;0.00;@", "0.00;;;", ";;;@", "0.00;-0.00;;@", "General;General",
    "[黑色]0.00", "#,##0.00;[Red]-#,##0.00", "000", "0000.00", "#,#0.00", "0.0?", "0.##", "[ss]", "e", "aaaa", "yyyy", "0.00;0.00;0.00;\"合格\"",
    "_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)", "General\"1\"", "0\"1\".00", "\"\"0.00", "0.00\" \"", "[Black]General;[Black]General",
)  # fmt: skip
FORMULAS = (
    "TRUE", "1=1", "FALSE", "$D$4>0", "LEN(A1)>0", "ISBLANK(B2)", "总分>1", "ROW()=4", 'INDIRECT("A1")=1', "D4=1", "MOD(ROW(),2)=0", "0", "1",
    '"是,否"', "100", "-1", "$A$1:$A$9", "数据填报!$D$4", "AND(D4<>\"\",D4>1)", "NOW()>1", "RAND()>0.5", "COUNTIF($D$4:$D$9,D4)>1", "[1]Sheet1!A1",
    'WEBSERVICE("http://a.invalid")', "SUM(D4:D6)", "D4+D5",
)  # fmt: skip
TEXTS = (
    "", " ", "0", "1", "10", "99.99", "是", "否", "优", "测试", "-", "a b", " x ", "\n", "第一行\n第二行", "_x0041_", "_x000a_", "&amp;", "<b>", "9" * 30, "=1+1", "'1",
    "１２", "1,200.50", "12%", "总分", "TRUE", "#N/A", "\u200b", "\u00a0", "\u3000", "1e3", "2030-03-01", "&C总分 99", "&L左&C中&R右", "&P / &N", "&D &T", "&\"宋体\"&9测试局", "测试局", "",
    "㈱", "𠮷", "e\u0301",
)  # fmt: skip


def number_format(random: Random) -> str:
    """A number format of one to four sections."""
    if random.random() < 0.5:
        return random.choice(SECTIONS)
    if random.random() < 0.5:
        return ";".join(random.choice(SECTIONS).partition(";")[0] for _ in range(random.randint(1, 4)))
    pieces = (
        "0",
        "0",
        ".",
        "00",
        "#",
        "#,##",
        "%",
        '"1"',
        '"分"',
        "\\1",
        "\\-",
        "_ ",
        "* ",
        "?",
        "@",
        "-",
        " ",
        "[Red]",
        "[$-804]",
        "E+0",
        "/",
        "y",
        "m",
        "General",
        ",",
        "[>=1]",
        "(",
        ")",
    )
    return "".join(random.choice(pieces) for _ in range(random.randint(1, 5)))


def reference(random: Random, cells: Sequence[str]) -> str:
    """A reference to a cell of the sheet, to an area, to rows or columns."""
    cell = (
        random.choice(cells)
        if cells and random.random() < 0.7
        else f"{random.choice('ABCDEFGHIJKLMNZ')}{random.randint(1, 60)}"
    )
    other = random.choice(cells) if cells else "C9"
    match random.randrange(8):
        case 0:
            return _sorted(cell, other)
        case 1:
            return f"{cell}:{cell}"
        case 2:
            return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", cell)
        case 3:
            letters = cell.rstrip("0123456789")
            return f"{letters}:{letters}"
        case 4:
            digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            return f"{digits}:{digits}"
        case 5 if random.random() < 0.2:
            return random.choice(("A1:XFD1048576", "XFD1048576", "AAA9", cell.lower(), f"{other}:{cell}"))
    return cell


def _sorted(cell: str, other: str) -> str:
    def split(ref: str) -> tuple[str, int]:
        letters = ref.rstrip("0123456789")
        return letters, int(ref[len(letters) :])

    (left, top), (right, bottom) = split(cell), split(other)
    columns = sorted((left, right), key=lambda one: (len(one), one))
    rows = sorted((top, bottom))
    return f"{columns[0]}{rows[0]}:{columns[1]}{rows[1]}"


def references(random: Random, cells: Sequence[str]) -> str:
    """A list of references."""
    return " ".join(reference(random, cells) for _ in range(random.choice((1, 1, 1, 2, 3))))


_BY_NAME: dict[str, Callable[[Random, Sequence[str]], str]] = {
    "sqref": references,
    "formatCode": lambda random, _: number_format(random),
    "spans": lambda random, _: random.choice(("1:9", "2:3", "1:12")),
    "location": lambda random, cells: random.choice(("数据填报!", "'评分表'!", "#数据填报!", "Sheet1!", "http://a.invalid/")) + reference(random, cells),
    "rgb": lambda random, _: random.choice(COLOURS) if random.random() < 0.8 else f"FF{random.randrange(2**24):06X}",
    "val": lambda random, _: random.choice(FONTS),
    "operator": lambda random, _: random.choice(("equal", "greaterThan", "lessThan", "between", "containsText")),
    "codeName": lambda random, _: random.choice(("ThisWorkbook", "Sheet1", "表1")),
    "imeMode": lambda random, _: random.choice(("on", "off", "disabled", "noControl")),
}  # fmt: skip

_SIZES = {
    "zoomScale": (10, 50, 100, 400), "zoomScaleNormal": (10, 85, 100, 400), "scale": (10, 50, 100, 400), "sz": (1, 6, 11, 20, 72),
    "ht": (0, 5, 8, 15, 30, 409), "width": (0, 0.5, 3, 8.43, 20, 255), "defaultRowHeight": (0, 5, 15, 60), "defaultColWidth": (0, 3, 8.43, 40),
    "textRotation": (0, 1, 45, 90, 180, 255), "indent": (0, 1, 5, 15, 250), "readingOrder": (0, 1, 2), "xSplit": (0, 1, 2, 5, 30), "ySplit": (0, 1, 3, 25, 200),
    "tint": (0, -1, 1, 0.5, -0.25, 0.9999), "theme": (0, 1, 2, 3, 4, 9, 11, 12), "indexed": (0, 1, 8, 9, 22, 63, 64, 65, 81), "numFmtId": (0, 1, 2, 3, 4, 9, 10, 14, 27, 49, 57, 58, 164, 165, 166, 170),
    "min": (1, 2, 3, 5, 9, 16384), "max": (1, 3, 9, 12, 16384), "priority": (0, 1, 2, 50), "activeTab": (0, 1, 2, 8), "firstSheet": (0, 1, 5), "localSheetId": (0, 1, 2, 4, 8, 99),
    "charset": (0, 1, 2, 134), "id": (1, 3, 8, 20),
}  # fmt: skip


def spelled(random: Random, value: float, kind: str) -> str:
    """A number in one of its spellings."""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    if random.random() < 0.85:
        return text
    if kind == "double":
        return random.choice((f"{value:.6f}", f"{value:e}", f"+{text}", f" {text} ", f"0{text}"))
    return random.choice((f"+{text}", f"0{text}", f" {text}", f"{text}\n"))


def attribute(
    random: Random,
    element: str,
    name: str,
    form: re.Pattern[str],
    cells: Sequence[str],
    most: Callable[[str], int],
) -> str:
    """A valid value of an attribute; ``most`` is how many things of a kind there are to refer to."""
    kind = _KINDS.get(id(form), "")
    if kind == "bool":
        return random.choice(("1", "0", "true", "false", "1", "0", " 1 "))
    if kind == "ref":
        return reference(random, cells)
    if kind in {"uint", "int", "double"}:
        key = element if element in _SIZES and name == "val" else name
        if key in {"s", "style", "dxfId", "fontId", "fillId", "borderId", "xfId"}:
            return spelled(
                random, random.randrange(most(key) + (random.random() < 0.02)) if most(key) else 0, kind
            )
        values = _SIZES.get(key) or (0, 1, 2, 3, 7, 100, 4294967295 if kind == "uint" else -1)
        value = random.choice(values)
        return spelled(random, value if kind == "double" else int(value), kind)
    if kind == "hex" or name == "rgb":
        return _BY_NAME["rgb"](random, cells)
    if _WORDS.fullmatch(form.pattern):
        return random.choice(form.pattern.split("|"))
    return _BY_NAME.get(name, lambda one, _: one.choice(TEXTS))(random, cells)


def text(random: Random, element: str) -> str:
    """A text of an element that may have one."""
    if element in {"formula", "formula1", "formula2", "f"}:
        return random.choice(FORMULAS)
    if element == "definedName":
        return random.choice((*FORMULAS, "评分表!$A$1:$L$40", "评分表!$1:$3", "'数据填报'!$D$4", "#REF!"))
    if element == "v":
        return random.choice(("0", "1", "5", "9.25", "1E3", "", "是", "99999999999", "0.1", "-1"))
    return random.choice(TEXTS)
