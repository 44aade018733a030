# ruff: noqa: E501 - pieces of markup and lists of values stand whole
"""Changes of rows and cells: other spellings of the same content, other contents, other places and styles."""

from __future__ import annotations

import re
from html import escape

from lxml import etree

from tests.fuzzing import values
from tests.fuzzing.book import Book, Element, elements, local, main_space, within


def change(book: Book) -> str:
    """One change of a cell or a row of a sheet by chance; what was done."""
    name = book.random.choice(book.sheets())
    root = book.tree(name)
    cells = elements(root, "c")
    if not cells:
        return "no cell"
    cell = book.random.choice(cells)
    action = book.random.choice(_ACTIONS)
    action(book, root, cell)
    return f"{name}: {action.__name__} {cell.get('r')}"


def _part(cell: Element, tag: str) -> Element | None:
    return next(within(cell, tag), None)


def _set(cell: Element, kind: str, inside: str) -> None:
    """Another type and content of a cell; ``inside`` is markup without namespace."""
    cell[:] = []
    cell.set("t", kind)
    cell.extend(list(etree.fromstring(f'<c xmlns="{main_space(cell)[1:-1]}">{inside}</c>')))


def _string(book: Book, cell: Element) -> str | None:
    """The text of a cell with a plain shared string."""
    value = _part(cell, "v")
    if cell.get("t") == "s" and value is not None and "xl/sharedStrings.xml" in book.parts:
        items = elements(book.tree("xl/sharedStrings.xml"), "si")
        if (value.text or "").isdecimal() and int(value.text or "0") < len(items):
            return "".join(one.text or "" for one in elements(items[int(value.text or "0")], "t"))
    inline = _part(cell, "is")
    return None if inline is None else "".join(one.text or "" for one in elements(inline, "t"))


def restyle(book: Book, root: Element, cell: Element) -> None:
    """Another style of the workbook."""
    styles = elements(book.tree("xl/styles.xml"), "cellXfs")
    if styles:
        cell.set("s", values.spelled(book.random, book.random.randrange(len(styles[0])), "uint"))


def respell(book: Book, root: Element, cell: Element) -> None:
    """The same content in another spelling."""
    random, text, value = book.random, _string(book, cell), _part(cell, "v")
    if text is not None:
        _set(cell, *random.choice(_spellings(text)))
    elif value is not None and value.text and cell.get("t", "n") == "n":
        try:
            number = float(value.text)
        except ValueError:
            return
        value.text = random.choice(
            (
                f"{number:.17g}",
                f"{number:e}",
                f"+{value.text}",
                f" {value.text} ",
                f"{value.text}.0"[:20],
                f"0{value.text}",
            )
        )
    elif value is not None and value.text and cell.get("t") == "str" and _part(cell, "f") is not None:
        value.text = random.choice(
            (value.text, value.text + " ", "".join(f"_x{ord(one):04x}_" for one in value.text))
        )


def _spellings(text: str) -> list[tuple[str, str]]:
    plain, half = escape(text), len(text) // 2
    runs = f'<r><t xml:space="preserve">{escape(text[:half])}</t></r><r><rPr><b/></rPr><t xml:space="preserve">{escape(text[half:])}</t></r>'
    coded = escape("".join(f"_x{ord(one):04X}_" if ord(one) < 0x10000 else one for one in text))
    return [
        ("inlineStr", f'<is><t xml:space="preserve">{plain}</t></is>'),
        ("inlineStr", f"<is>{runs}</is>"),
        ("inlineStr", f"<is><t>{coded}</t></is>"),
        ("inlineStr", f'<is><t xml:space="preserve">{plain}</t><rPh sb="0" eb="1"><t>读音</t></rPh></is>'),
        ("inlineStr", f"<is><t>{escape(text[:half])}<!--x-->{escape(text[half:])}</t></is>"),
        ("inlineStr", f'<is><t xml:space="preserve">{plain}</t>{runs}</is>'),
        ("str", f"<v>{plain}</v>"),
        ("str", f'<v xml:space="preserve">{plain} </v>'),
        ("str", f"<v><![CDATA[{text.replace(']]', '')}]]></v>"),
        ("inlineStr", f"<is><t>{plain}</t></is><v>0</v>"),
        ("s", "<v>0</v>"),
    ]


def retype(book: Book, root: Element, cell: Element) -> None:
    """Another content."""
    random = book.random
    text = escape(random.choice(values.TEXTS))
    _set(cell, *random.choice((
        ("n", f"<v>{random.choice(('0', '1', '2', '95.5', '0.1', '1E2', '1300', '9999999', '-1', '1e400', '0x1', '0.333333333333333333'))}</v>"),
        ("str", f"<v>{text}</v>"), ("inlineStr", f"<is><t>{text}</t></is>"), ("b", f"<v>{random.choice(('0', '1', 'true'))}</v>"),
        ("d", "<v>2030-01-01</v>"), ("e", "<v>#N/A</v>"), ("n", ""), ("s", f"<v>{random.randrange(60)}</v>"), ("str", ""), ("s", ""),
        ("n", f"<f>{escape(random.choice(values.FORMULAS))}</f><v>1</v>"),
    )))  # fmt: skip


def retarget(book: Book, root: Element, cell: Element) -> None:
    """Another shared string."""
    value = _part(cell, "v")
    if cell.get("t") == "s" and value is not None:
        count = book.count("sharedStrings.xml", "si")
        value.text = str(book.random.randrange(count + 1)) if count else "0"


def resave(book: Book, root: Element, cell: Element) -> None:
    """Another saved value, twice the same, in another order or none."""
    value = _part(cell, "v")
    if value is None:
        etree.SubElement(cell, main_space(cell) + "v").text = values.text(book.random, "v")
        return
    match book.random.randrange(5):
        case 0:
            cell.remove(value)
        case 1:
            again = etree.fromstring(etree.tostring(value, with_tail=False))
            again.text = book.random.choice((value.text, "1", "", "99"))
            cell.append(again)
        case 2:
            cell.insert(0, value)
        case _:
            value.text = values.text(book.random, "v")


def reformula(book: Book, root: Element, cell: Element) -> None:
    """Another writing of a formula, or another formula."""
    random, formula = book.random, _part(cell, "f")
    if formula is None:
        new = etree.Element(main_space(cell) + "f")
        new.text = values.text(random, "f")
        cell.insert(0, new)
        return
    text = formula.text or ""
    match random.randrange(9):
        case 0:
            formula.text = text.replace(",", " , ").replace("+", " + ")
        case 1:
            formula.text = text.lower()
        case 2:
            formula.text = re.sub(
                r"\b(\d+)\b",
                lambda match: random.choice((match[1], match[1] + ".0", str(int(match[1]) + 1))),
                text,
                count=1,
            )
        case 3:
            formula.text = f"({text})"
        case 4:
            formula.text = "=" + text
        case 5:
            formula.set("t", "array")
            formula.set(
                "ref", cell.get("r", "A1") if random.random() < 0.6 else f"{cell.get('r')}:{cell.get('r')}"
            )
        case 6:
            formula.set(
                *random.choice(
                    (
                        ("t", "shared"),
                        ("ca", "1"),
                        ("t", "normal"),
                        ("bx", "1"),
                        ("aca", "1"),
                        ("si", "0"),
                        ("t", "dataTable"),
                    )
                )
            )
        case 7:
            formula.set("t", "shared")
            formula.set("si", str(random.randrange(2)))
            formula.set("ref", f"{cell.get('r')}:{cell.get('r')}")
        case _:
            formula.text = values.text(random, "f")


def reorder(book: Book, root: Element, cell: Element) -> None:
    """Cells of a row, or rows, in another order; two rows under each other's number."""
    row = cell.getparent()
    data = None if row is None else row.getparent()
    if row is None or data is None:
        return
    rows = list(data)
    match book.random.randrange(4):
        case 0:
            row.append(row[0])
        case 1:
            data.append(book.random.choice(rows))
        case 2:
            data.insert(0, row)
        case _:
            data.insert(data.index(row), etree.fromstring(etree.tostring(row, with_tail=False)))


def unplace(book: Book, root: Element, cell: Element) -> None:
    """Rows and cells that do not say where they are, or say another place."""
    row = cell.getparent()
    match book.random.randrange(5):
        case 0:
            cell.attrib.pop("r", None)
        case 1 if row is not None:
            row.attrib.pop("r", None)
        case 2:
            for one in elements(root, "c"):
                one.attrib.pop("r", None)
        case 3 if row is not None:
            row.set("r", str(book.random.randint(1, 70)))
        case _:
            cell.set("r", values.reference(book.random, ()))


def remove(book: Book, root: Element, cell: Element) -> None:
    """A cell or a row less."""
    row = cell.getparent()
    if row is not None and book.random.random() < 0.2 and row.getparent() is not None:
        row.getparent().remove(row)  # type: ignore[union-attr]
    elif row is not None:
        row.remove(cell)


def add(book: Book, root: Element, cell: Element) -> None:
    """A cell more, in the row or in a row of its own."""
    random, row, space = book.random, cell.getparent(), main_space(cell)
    if row is None or row.getparent() is None:
        return
    number = row.get("r", "1")
    if random.random() < 0.4:
        number = str(random.choice((60, 70, 200, 5000)))
        row = etree.SubElement(row.getparent(), space + "row", r=number)  # type: ignore[type-var]
    new = etree.SubElement(row, space + "c", r=random.choice("BDMNPZ") + number)
    if random.random() < 0.8:
        retype(book, root, new)


def rows(book: Book, root: Element, cell: Element) -> None:
    """Heights, hidden rows and groups."""
    row = cell.getparent()
    if row is not None:
        key, listed = book.random.choice((
            ("ht", ("0", "4", "8", "12", "20", "409")), ("hidden", ("1", "0", "true")), ("collapsed", ("1", "0")), ("outlineLevel", ("1", "7")),
            ("s", ("0", "1", "5")), ("customFormat", ("1",)), ("spans", ("1:3", "1:99")), ("customHeight", ("1", "0")), ("ph", ("1",)),
        ))  # fmt: skip
        row.set(key, book.random.choice(listed))


def string(book: Book, root: Element, cell: Element) -> None:
    """The shared strings: one changed, in another order, in parts, with readings."""
    if "xl/sharedStrings.xml" not in book.parts:
        return
    random, items = book.random, elements(book.tree("xl/sharedStrings.xml"), "si")
    if not items:
        return
    item = random.choice(items)
    text = "".join(one.text or "" for one in elements(item, "t"))
    parent = item.getparent()
    assert parent is not None
    match random.randrange(5):
        case 0:
            _, inside = random.choice(_spellings(text)[:6])
            new = etree.fromstring(f'<c xmlns="{main_space(item)[1:-1]}">{inside}</c>')[0]
            item[:] = list(new)
        case 1:
            item.append(
                etree.fromstring(f'<rPh xmlns="{main_space(item)[1:-1]}" sb="0" eb="1"><t>x</t></rPh>')
            )
        case 2:
            parent.remove(item)
        case 3:
            parent.insert(
                random.randrange(len(items)), etree.fromstring(etree.tostring(item, with_tail=False))
            )
        case _:
            parent.append(
                etree.fromstring(
                    f'<si xmlns="{main_space(item)[1:-1]}"><t>{escape(random.choice(values.TEXTS))}</t></si>'
                )
            )


_ACTIONS = (
    restyle,
    restyle,
    respell,
    respell,
    respell,
    retype,
    retype,
    retarget,
    resave,
    reformula,
    reformula,
    reorder,
    unplace,
    remove,
    add,
    rows,
    rows,
    string,
    string,
)


def style(book: Book) -> str:
    """One change of the styles that cells have, in their formats, fonts, fills and alignments."""
    random = book.random
    root = book.tree("xl/styles.xml")
    space = main_space(root)
    formats = next(within(root, "cellXfs"), None)
    if formats is None or not len(formats):
        return "no style"
    xf = random.choice([one for one in formats if isinstance(one.tag, str)])
    match random.randrange(8):
        case 0 | 1 | 2:
            listed = next(within(root, "numFmts"), None)
            if listed is None:
                listed = etree.Element(space + "numFmts")
                root.insert(0, listed)
            number = str(random.choice((200, 201, 165, 27, 2, 14)))
            for old in [one for one in listed if one.get("numFmtId") == number]:
                listed.remove(old)
            code = values.number_format(random)
            etree.SubElement(listed, space + "numFmt", numFmtId=number, formatCode=code)
            xf.set("numFmtId", number)
            return f"style format {number} {code!r}"
        case 3:
            xf.set(
                "numFmtId",
                values.spelled(
                    random,
                    random.choice((0, 1, 2, 3, 4, 9, 10, 11, 14, 27, 31, 37, 40, 44, 49, 57, 58, 59, 99)),
                    "uint",
                ),
            )
        case 4 | 5:
            kind, tag = random.choice((("fonts", "fontId"), ("fills", "fillId")))
            listed = next(within(root, kind), None)
            if listed is not None and len(listed):
                xf.set(tag, str(random.randrange(len(listed))))
        case 6:
            fonts = elements(root, "color", "fgColor", "bgColor")
            if fonts:
                colour = random.choice(fonts)
                colour.attrib.clear()
                colour.set(
                    *random.choice(
                        (
                            ("rgb", random.choice(values.COLOURS)),
                            ("theme", str(random.randrange(12))),
                            ("indexed", str(random.randrange(66))),
                            ("auto", "1"),
                        )
                    )
                )
                if random.random() < 0.3:
                    colour.set("tint", random.choice(("0.99", "-0.99", "0.5", "-0.25")))
        case _:
            alignment = next(within(xf, "alignment"), None)
            if alignment is None:
                alignment = etree.Element(space + "alignment")
                xf.insert(0, alignment)
            alignment.set(*random.choice((
                ("horizontal", random.choice(("fill", "center", "centerContinuous", "right", "justify", "distributed"))), ("textRotation", random.choice(("90", "255", "45"))),
                ("wrapText", "0"), ("wrapText", "1"), ("shrinkToFit", "1"), ("indent", random.choice(("1", "9", "100"))), ("readingOrder", "2"), ("vertical", "top"),
            )))  # fmt: skip
    return "style"


def theme(book: Book) -> str:
    """A colour or a font of the theme."""
    name = next((one for one in book.parts if re.fullmatch(r"xl/theme/[^/]+\.xml", one)), None)
    if name is None:
        return "no theme"
    root = book.tree(name)
    listed = (
        [
            one
            for one in elements(root, "srgbClr", "sysClr")
            if local(one.getparent()) in {"dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "hlink"}
        ]
        if book.random.random() < 0.5
        else elements(root, "latin", "ea")
    )
    if not listed:
        listed = elements(root, "srgbClr")
    if listed:
        one = book.random.choice(listed)
        if "typeface" in one.attrib:
            one.set("typeface", book.random.choice(values.FONTS))
        else:
            one.set(
                book.random.choice(("lastClr", "val") if local(one) == "sysClr" else ("val",)),
                book.random.choice(("FFFFFF", "000000", "FF0000", "F3F4F6", "1F2937")),
            )
    return "theme"
