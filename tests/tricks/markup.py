"""Tricks with the markup of parts: what no schema knows, what stands twice, and values of another kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from tests.support.returned import SCORING, Issued, packed, parts, sheet_part
from tests.tricks.kit import Trick

BOOK, STYLES, STRINGS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
UNKNOWN, VALUE = "MARKUP_UNKNOWN", "MARKUP_VALUE"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
STRICT_IDS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
WEIGHT = r'(<c r="G4" s="\d+">)<v>1</v></c>'
"""The weight of the first item on the sheet of scores."""
SCORE = r'(<c r="I4" s="\d+">)(<f>[^<]*</f>)(<v>[^<]*</v>)</c>'
"""The first score, a formula."""

Edit = tuple[str, str, str]
"""A part (``sheet``: that of the scores), a regular expression of it, and what takes its first match's place."""


def edited(*edits: Edit) -> Callable[[Issued], bytes]:
    """A change of some parts by regular expressions, each of which must match."""

    def change(case: Issued) -> bytes:
        content = parts(case.filled)
        for part, old, new in edits:
            name = sheet_part(case.filled, SCORING) if part == "sheet" else part
            text, changed = re.subn(old, new, content[name].decode(), count=1)
            assert changed, (name, old)
            content[name] = text.encode()
        return packed(content)

    return change


def sheet(name: str, code: str, old: str, new: str) -> Trick:
    """A change of the sheet of scores."""
    return Trick(name, edited(("sheet", old, new)), code)


# ---- what no schema knows ------------------------------------------------------------------------------

_LEVELS: dict[str, tuple[str, str]] = {
    # where an element, an attribute and a text are put: part, the tag's beginning
    "workbook": (BOOK, "workbook"), "list of sheets": (BOOK, "sheets"), "list of views": (BOOK, "bookViews"),
    "list of names": (BOOK, "definedNames"), "worksheet": ("sheet", "worksheet"),
    "views of a sheet": ("sheet", "sheetViews"), "view of a sheet": ("sheet", "sheetView"),
    "list of columns": ("sheet", "cols"), "rows of a sheet": ("sheet", "sheetData"), "row": ("sheet", "row"),
    "cell": ("sheet", "c"), "merges": ("sheet", "mergeCells"), "styles": (STYLES, "styleSheet"),
    "list of formats": (STYLES, "numFmts"), "list of fonts": (STYLES, "fonts"), "font": (STYLES, "font"),
    "list of fills": (STYLES, "fills"), "fill": (STYLES, "fill"), "cell formats": (STYLES, "cellXfs"),
    "highlights' formats": (STYLES, "dxfs"), "highlight's format": (STYLES, "dxf"), "strings": (STRINGS, "sst"),
    "string": (STRINGS, "si"),
}  # fmt: skip


def unknown_tricks() -> Iterable[Trick]:
    """An element, one of another namespace, an attribute and a text at each level."""
    for where, (part, tag) in _LEVELS.items():
        opening = rf"(<{tag}(?:\s[^>]*[^/>])?)>"
        yield Trick(f"{where}: unknown element", edited((part, opening, r"\1><nobody/>")), UNKNOWN)
        foreign = r'\1><x:known xmlns:x="http://x.invalid/"/>'
        yield Trick(f"{where}: element of another namespace", edited((part, opening, foreign)), UNKNOWN)
        yield Trick(f"{where}: unknown attribute", edited((part, opening, r'\1 nobody="1">')), UNKNOWN)
        attribute = r'\1 xmlns:x="http://x.invalid/" x:hidden="1">'
        yield Trick(f"{where}: attribute of another namespace", edited((part, opening, attribute)), UNKNOWN)
        yield Trick(f"{where}: text", edited((part, opening, r"\1>99")), UNKNOWN)
    for where, part, old in (
        ("value", "sheet", r"<v>()5</v>"), ("formula", "sheet", r"<f>()[^<]*</f>"), ("name", BOOK, "(<definedName [^>]*>)"),
        ("string", STRINGS, "<t>()[^<]*</t>"),
    ):  # fmt: skip
        insert = r"<b>9</b>"
        if where == "name":
            new = rf"\1{insert}"
        else:
            tag = old[1 : old.index(">")]
            new = rf"<{tag}>{insert}1</{tag}>"
        yield Trick(f"{where}: mixed content", edited((part, old, new)), UNKNOWN)


_COMPATIBLE = (
    f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x14">{{}}</mc:Choice>'
    "<mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
)


def namespace_tricks() -> Iterable[Trick]:
    """The same words in other namespaces, and alternatives for programs that know more."""
    yield sheet(
        "cell of another namespace", UNKNOWN, WEIGHT, r'\1<v>1</v></c><c xmlns="http://x.invalid/" r="G4"/>'
    )
    yield sheet("value of another namespace", UNKNOWN, WEIGHT, r'\1<v xmlns="http://x.invalid/">1</v></c>')
    yield sheet(
        "second value of another namespace", UNKNOWN, WEIGHT, r'\1<v>1</v><x:v xmlns:x="urn:x">9</x:v></c>'
    )
    yield sheet("strict cell", UNKNOWN, WEIGHT, rf'<c xmlns="{STRICT_MAIN}" r="G4"><v>1</v></c>')
    yield sheet("strict value", UNKNOWN, WEIGHT, rf'\1<v xmlns="{STRICT_MAIN}">1</v></c>')
    yield sheet("prefix bound anew", UNKNOWN, WEIGHT, r'<x:c xmlns:x="urn:x" r="G4"><v>1</v></x:c>')
    yield sheet("value without namespace", UNKNOWN, WEIGHT, r'\1<v xmlns="">1</v></c>')
    for what, old in (("row", "<row .*?</row>"), ("cell", '<c r="G4".*?</c>'), ("columns", "<cols>.*?</cols>"),
                      ("merges", "<mergeCells .*?</mergeCells>")):  # fmt: skip
        around = _COMPATIBLE.format(r"\g<0>", r"\g<0>")
        yield sheet(f"alternatives of a {what}", UNKNOWN, old, around)
    name = _COMPATIBLE.format(r"\g<0>", "")
    yield Trick("alternatives of names", edited((BOOK, "<definedNames>.*</definedNames>", name)), UNKNOWN)
    yield Trick("alternatives of sheets", edited((BOOK, "<sheets>.*</sheets>", name)), UNKNOWN)
    yield Trick("alternatives of a string", edited((STRINGS, "<t>[^<]*</t>", name)), UNKNOWN)
    yield Trick("alternatives of a format", edited((STYLES, "<numFmt [^>]*/>", name)), UNKNOWN)
    for word in ("MustUnderstand", "ProcessContent", "PreserveElements"):
        new = rf'<worksheet xmlns:mc="{MC}" xmlns:x="urn:x" mc:{word}="x" '
        yield sheet(f"compatibility: {word}", UNKNOWN, "<worksheet ", new)
    for first, second in (("r:id", "q:id"), ("q:id", "r:id")):
        new = rf'\1 xmlns:q="{STRICT_IDS}" {first}="rId8" {second}="rId7"/>'
        yield Trick(
            f"two ids, {first} first",
            edited((BOOK, r'(<sheet name="评分表"[^>]*) r:id="rId7"/>', new)),
            UNKNOWN,
        )
    yield Trick("id of no namespace", edited((BOOK, r'r:id="rId7"', 'id="rId7"')), UNKNOWN)
    yield Trick(
        "strict workbook of another root", edited((BOOK, f'xmlns="{MAIN}"', 'xmlns="urn:x"')), "PART_KIND"
    )
    yield sheet("sheet of another root", "PART_KIND", f'xmlns="{MAIN}"', 'xmlns="urn:x"')
    yield Trick("styles of another root", edited((STYLES, f'xmlns="{MAIN}"', 'xmlns="urn:x"')), "PART_KIND")
    yield Trick("strings of another root", edited((STRINGS, f'xmlns="{MAIN}"', 'xmlns="urn:x"')), "PART_KIND")


# ---- what stands twice ---------------------------------------------------------------------------------


def twice_tricks() -> Iterable[Trick]:
    """What may stand once: programs take the first, the last or both."""
    for part, tag in (
        ("sheet", "sheetPr"), ("sheet", "dimension"), ("sheet", "sheetViews"), ("sheet", "sheetFormatPr"),
        ("sheet", "sheetData"), ("sheet", "sheetProtection"), ("sheet", "mergeCells"), ("sheet", "pageSetup"),
        ("sheet", "pageMargins"), ("sheet", "headerFooter"), (BOOK, "workbookPr"), (BOOK, "bookViews"),
        (BOOK, "sheets"), (BOOK, "definedNames"), (BOOK, "calcPr"), (STYLES, "numFmts"), (STYLES, "fonts"),
        (STYLES, "fills"), (STYLES, "borders"), (STYLES, "cellXfs"), (STYLES, "cellStyleXfs"), (STYLES, "dxfs"),
    ):  # fmt: skip
        whole = rf"(?s)<{tag}(?=[\s>/])(?:[^>]*/>|[^>]*[^/>]>.*?</{tag}>|>.*?</{tag}>)"
        yield Trick(f"{tag} twice", edited((part, whole, r"\g<0>\g<0>")), UNKNOWN)
    yield sheet("value twice", "CELL_CONTENT_TWICE", WEIGHT, r"\1<v>1</v><v>9</v></c>")
    yield sheet("formula twice", "CELL_CONTENT_TWICE", SCORE, r"\1\2<f>9</f>\3</c>")
    yield sheet("cell twice", "CELL_TWICE", WEIGHT, r"\g<0>\1<v>9</v></c>")
    yield sheet("row twice", "ROW_CELL_TWICE", '<row r="5".*?</row>', r"\g<0>\g<0>")
    yield sheet("blank cell again in a later row of its number", "ROW_CELL_TWICE", "</sheetData>",
                '<row r="5"><c r="G5"/></row></sheetData>')  # fmt: skip
    yield sheet("cell again in a later row of its number", "ROW_CELL_TWICE", "</sheetData>",
                '<row r="4"><c r="G4"><v>9</v></c></row></sheetData>')  # fmt: skip
    yield sheet("cell in another row", "CELL_MISPLACED", WEIGHT, r'\g<0><c r="G5"><v>9</v></c>')
    yield sheet("row that takes another's number", "CELL_MISPLACED", '<row r="6" ', '<row r="5" ')
    yield sheet(
        "row without number that takes another's",
        "ROW_TWICE",
        '<row r="5" [^>]*>',
        r'<row ht="1" customHeight="1"/>\g<0>',
    )
    yield sheet("cell without place", "CELL_TWICE", WEIGHT, r"<c><v>1</v></c>\g<0>")
    yield sheet(
        "array that covers cells", "FORMULA_CHANGED", SCORE, r'\1<f t="array" ref="I4:I9">99</f>\3</c>'
    )
    yield sheet("data table", "FORMULA_CHANGED", SCORE, r'\1<f t="dataTable" ref="I4:I9" r1="A1"/>\3</c>')
    yield sheet("shared formula without first", "SHARED_FORMULA", SCORE, r'\1<f t="shared" si="9"/>\3</c>')
    yield sheet("shared formula twice", "SHARED_FORMULA", SCORE,
                r'\1<f t="shared" si="9" ref="I4">1</f>\3</c><c r="M4"><f t="shared" si="9" ref="M4">2</f></c>')  # fmt: skip
    yield sheet("follower with a text", "SHARED_FORMULA", SCORE,
                r'\1<f t="shared" si="9" ref="I4">1</f>\3</c><c r="M4"><f t="shared" si="9">2</f></c>')  # fmt: skip


# ---- values of another kind ----------------------------------------------------------------------------

_KINDS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    # what, where, the attribute with its form, values that some program takes for something
    (
        "hidden row",
        '<row r="5" ',
        '<row hidden="{}" r="5" ',
        ("on", "TRUE", "True", "yes", "t", "-1", "2", ""),
    ),
    ("height", '(<row r="5"[^>]*) ht="[^"]*"', r'\1 ht="{}"', ("0,1", "１", "0x1", "nan", "inf", "1_0", "")),
    ("style", r'<c r="G4" s="\d+"', '<c r="G4" s="{}"', ("x", "-1", "1.0", "９", "0x1", "1_0")),
    ("hidden column", '<col min="7" ', '<col hidden="{}" min="7" ', ("on", "TRUE", "yes")),
    (
        "width",
        '<col min="7" max="7" width="[^"]*"',
        '<col min="7" max="7" width="{}"',
        ("1,5", "０", "0x1", "1e9999"),
    ),
    ("columns", '<col min="7" max="7"', '<col min="7" max="{}"', ("７", "7.0", "x")),
    ("merge", '<mergeCell ref="A1:L1"', '<mergeCell ref="{}"', ("A1:L1 A2", "A1;L1", "Ａ1:L1")),
    ("zeros", "<sheetView ", '<sheetView showZeros="{}" ', ("off", "FALSE", "no")),
)
_NUMBERS = ("1,5", "０", "١", "0x1", "1_0", "nan", "inf", "1 0", "--1", "1%", "=9", "1e", "\u00a01")
_CONTENTS: dict[str, tuple[str, str]] = {
    "text beside a value": (r'<c r="G4" t="inlineStr"><is><t>9</t></is><v>1</v></c>', "CELL_UNREADABLE"),
    "text of another kind": (r'<c r="G4" t="n"><is><t>9</t></is></c>', "CELL_UNREADABLE"),
    "text without its kind": (r'<c r="G4"><is><t>9</t></is></c>', "CELL_UNREADABLE"),
    "formula with a text in place": (r'<c r="G4" t="inlineStr"><f>1</f><is><t>9</t></is></c>', "CELL_UNREADABLE"),
    "string out of range": (r'<c r="G4" t="s"><v>99999</v></c>', "CELL_UNREADABLE"),
    "string below zero": (r'<c r="G4" t="s"><v>-1</v></c>', "CELL_UNREADABLE"),
    "string of another script": (r'<c r="G4" t="s"><v>１</v></c>', "CELL_UNREADABLE"),
    "truth of another kind": (r'<c r="G4" t="b"><v>yes</v></c>', "CELL_UNREADABLE"),
    "truth that is two": (r'<c r="G4" t="b"><v>2</v></c>', "CELL_UNREADABLE"),
    "date of another kind": (r'<c r="G4" t="d"><v>yesterday</v></c>', "CELL_UNREADABLE"),
    "unknown kind": (r'<c r="G4" t="x"><v>1</v></c>', "CELL_UNREADABLE"),
    "kind in capitals": (r'<c r="G4" t="N"><v>1</v></c>', "CELL_UNREADABLE"),
    "formula of an unknown kind": (r'<c r="G4"><f t="x">9</f><v>1</v></c>', VALUE),
    # an escape of a character that needs none: one program shows the character, another the escape
    "text in escapes": (r'<c r="G4" t="inlineStr"><is><t>_x0031__x0035_</t></is></c>', "TEXT_ESCAPE"),
    "escape of a Chinese sign": (r'<c r="G4" t="inlineStr"><is><t>_x4e00_</t></is></c>', "TEXT_ESCAPE"),
    "half of a pair": (r'<c r="G4" t="str"><v>_xD83D_</v></c>', "TEXT_ESCAPE"),
    "place in small letters": (r'<c r="g4"><v>1</v></c>', "CELL_MISPLACED"),
    "place with dollars": (r'<c r="$G$4"><v>1</v></c>', "CELL_UNREADABLE"),
    "place with a zero": (r'<c r="G04"><v>1</v></c>', "CELL_MISPLACED"),
    "place of another script": (r'<c r="G４"><v>1</v></c>', "CELL_UNREADABLE"),
    "place beyond the sheet": (r'<c r="XFE4"><v>1</v></c>', "CELL_BEYOND"),
    # what stands around a value: readers that stop at the first piece of text see another
    "comment within another value": (r'<c r="G4"><v>1<!-- -->9</v></c>', "CELL_CHANGED"),
    "instruction within another value": (r'<c r="G4"><v>1<?x y?>9</v></c>', "CELL_CHANGED"),
    "unparsed text within another value": (r'<c r="G4"><v>1<![CDATA[9]]></v></c>', "CELL_CHANGED"),
    "comment before the same value": (r'<c r="G4"><v><!-- -->1</v></c>', "READERS_DIFFER"),
    "value within a comment": (r'<c r="G4"><!--<v>1</v>--><v>9</v></c>', "CELL_CHANGED"),
    "value by number signs": (r'<c r="G4"><v>&#57;</v></c>', "CELL_CHANGED"),
    "cell within a comment": (r'<!--<c r="G4"><v>1</v></c>--><c r="G4"><v>9</v></c>', "CELL_CHANGED"),
    "value as unparsed text": (r'<c r="G4"><![CDATA[<v>1</v>]]></c>', UNKNOWN),
}  # fmt: skip


def value_tricks() -> Iterable[Trick]:
    """Values that are not of their attribute's kind, and cells of two kinds."""
    for what, old, new, values in _KINDS:
        for value in values:
            yield sheet(
                f"{what}: {value!r}", "CELL_UNREADABLE" if what == "style" else VALUE, old, new.format(value)
            )
    for value in _NUMBERS:
        yield sheet(f"number: {value!r}", "CELL_UNREADABLE", WEIGHT, rf"\1<v>{value}</v></c>")
    for name, (new, code) in _CONTENTS.items():
        yield sheet(name, code, WEIGHT, new)
    for what, part, old, new in (
        ("dates from 1904", BOOK, "<workbookPr ", '<workbookPr date1904="on" '),
        ("state of a sheet", BOOK, '<sheet name="评分表" ', '<sheet name="评分表" state="Hidden" '),
        ("scope of a name", BOOK, '<definedName name="预算公开情况"', '<definedName localSheetId="x" name="预算公开情况"'),
        ("mode of calculation", BOOK, "<calcPr ", '<calcPr calcMode="Manual" '),
        ("iteration", BOOK, "<calcPr ", '<calcPr iterate="on" '),
        ("number of a format", STYLES, '<numFmt numFmtId="164"', '<numFmt numFmtId="x164"'),
        ("colour", STYLES, 'rgb="FF1F4E79"', 'rgb="#FFFFFF"'),
        ("bold", STYLES, "<b/>", '<b val="on"/>'),
        ("size", STYLES, '<sz val="16"/>', '<sz val="１"/>'),
        ("count of strings", STRINGS, 'uniqueCount="', 'uniqueCount="4294967'),
        ("count of places of strings", STRINGS, ' count="', ' count="4294967'),
        ("hidden formulas", STYLES, "<alignment ", '<alignment shrinkToFit="on" '),
    ):  # fmt: skip
        yield Trick(f"{what}: other kind", edited((part, old, new)), VALUE)
    for what, part, old, new in (
        ("string in escapes", STRINGS, "<t>得分</t>", "<t>_x5F97__x5206_</t>"),
        ("format in escapes", STYLES, 'formatCode="0.00"', 'formatCode="0.0_x0030_"'),
    ):
        yield Trick(what, edited((part, old, new)), "TEXT_ESCAPE")
    yield Trick("a number format twice",
        edited((STYLES, '<numFmt numFmtId="166"[^>]*>', r'\g<0><numFmt numFmtId="166" formatCode="9"/>')),
        "NUMBER_FORMAT_TWICE")  # fmt: skip


# ---- one prefix, two meanings --------------------------------------------------------------------------

_PLAIN_ROOT = '<worksheet xmlns="[^"]*" xmlns:r="[^"]*"'
_CROSS_ROW = r"\1<x:v>9</x:v></c>"


def cross_tricks() -> Iterable[Trick]:
    """Rows of the same bytes under roots that bind their prefixes otherwise: what was read of one must not be
    taken for the other, within a file or across files."""
    for number, space in enumerate(("urn:x", STRICT_MAIN, "http://x.invalid/")):
        root = f'<worksheet xmlns="{MAIN}" xmlns:x="{space}"'
        yield Trick(f"cross {number}: value by a prefix",
            edited(("sheet", _PLAIN_ROOT, root), ("sheet", WEIGHT, _CROSS_ROW)), UNKNOWN)  # fmt: skip
    main = f'<worksheet xmlns="{MAIN}" xmlns:x="{MAIN}"'
    yield Trick("cross: value by a prefix of the main namespace",
        edited(("sheet", _PLAIN_ROOT, main), ("sheet", WEIGHT, _CROSS_ROW)), "CELL_CHANGED")  # fmt: skip
    other = f'<worksheet xmlns="{MAIN}" xmlns:x="urn:x"'

    def both(case: Issued) -> bytes:
        """Two sheets of one file have a row of the same bytes, one of which means a value."""
        row = '<row r="300"><c r="D300"><x:v>9</x:v></c></row></sheetData>'
        content = parts(case.filled)
        for name, root in (("xl/worksheets/sheet8.xml", main), ("xl/worksheets/sheet10.xml", other)):
            text = re.sub(_PLAIN_ROOT + '|<worksheet xmlns="[^"]*"', root, content[name].decode(), count=1)
            content[name] = text.replace("</sheetData>", row, 1).encode()
        return packed(content)

    yield Trick("cross: two sheets of one file", both, UNKNOWN)


TRICKS: tuple[Trick, ...] = (
    *unknown_tricks(), *namespace_tricks(), *twice_tricks(), *value_tricks(), *cross_tricks(),
)  # fmt: skip
"""All of them."""
