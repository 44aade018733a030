# ruff: noqa: E501 - pieces of markup and lists of values stand whole
"""Changes of the package: parts added by every known relationship, renamed, written in another way."""

from __future__ import annotations

import re
from posixpath import dirname, relpath

from lxml import etree

from tests.fuzzing import values
from tests.fuzzing.book import OFFICE, RELATIONS, TYPES, Book, Element, elements, local, main_space, within
from workbook.xlsx_reader import known_parts as known

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_ART = "http://schemas.openxmlformats.org/drawingml/2006/main"
_STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
}


def change(book: Book) -> str:
    """One change of the package by chance; what was done."""
    action = book.random.choice(_ACTIONS)
    return f"{action.__name__}: {action(book)}"


def known_part(book: Book) -> str:
    """A part behind one of the known relationships, from the workbook or from a sheet."""
    random = book.random
    address = random.choice(list(known.RELATIONS))
    word, _ = known.RELATIONS[address]
    source = random.choice(("", "xl/workbook.xml", *book.sheets()))
    kinds = sorted(known.CONTENT_TYPES.get(word, ())) or [
        "application/xml",
        "image/png",
        "application/octet-stream",
        "application/vnd.ms-excel.person+xml",
    ]
    name = random.choice(
        ("xl/extra/part{}.xml", "customXml/item{}.xml", "xl/media/image{}.png", "docProps/more{}.xml")
    ).format(random.randrange(99))
    book.parts[name] = random.choice(
        (
            b"<a/>",
            b"",
            b"\x89PNG",
            f'<{word} xmlns="{MAIN}"/>'.encode(),
            f'<root xmlns="{_ART}">99.99</root>'.encode(),
        )
    )
    book.declare(name, random.choice(kinds))
    book.relate(source, address, "/" + name)
    return f"{word} of {source}"


def drawing(book: Book) -> str:
    """A drawing over a sheet: a shape, a text, a picture; somewhere."""
    random = book.random
    sheet = random.choice(book.sheets())
    root = book.tree(sheet)
    if any(local(one) == "drawing" for one in root):
        return other_drawing(book)
    name = f"xl/drawings/drawing9{random.randrange(9)}.xml"
    column, row = random.choice((0, 2, 20, 60)), random.choice((0, 3, 40, 300))
    size = random.choice((0, 1, 3, 60))
    kind = random.choice(("two", "one", "absolute"))
    body = random.choice((
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="s"{}/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></xdr:spPr><xdr:txBody><a:bodyPr{}/><a:p><a:r><a:t>99</a:t></a:r></a:p></xdr:txBody></xdr:sp>',
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="s"{}/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr{}/></xdr:sp>',
        '<xdr:cxnSp macro=""><xdr:nvCxnSpPr><xdr:cNvPr id="2" name="l"{}/><xdr:cNvCxnSpPr/></xdr:nvCxnSpPr><xdr:spPr><a:ln w="900000"{}><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln></xdr:spPr></xdr:cxnSp>',
    )).format(random.choice(("", "", ' hidden="1"')), "")  # fmt: skip
    start = f"<xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
    end = f"<xdr:to><xdr:col>{column + size}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row + size}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
    extent = f'<xdr:ext cx="{size * 600000}" cy="{size * 200000}"/>'
    anchors = {
        "two": start + end,
        "one": start + extent,
        "absolute": f'<xdr:pos x="{column * 600000}" y="{row * 200000}"/>' + extent,
    }
    book.parts[name] = (
        f'<xdr:wsDr xmlns:xdr="{_DRAWING}" xmlns:a="{_ART}"><xdr:{kind}{"Cell" if kind != "absolute" else ""}Anchor>{anchors[kind]}{body}<xdr:clientData/>'
        f"</xdr:{kind}{'Cell' if kind != 'absolute' else ''}Anchor></xdr:wsDr>"
    ).encode()
    book.declare(name, "application/vnd.openxmlformats-officedocument.drawing+xml")
    identifier = book.relate(sheet, OFFICE + "/drawing", "/" + name)
    late = ("legacyDrawing", "legacyDrawingHF", "picture", "tableParts", "extLst")
    place = next((number for number, one in enumerate(root) if local(one) in late), len(root))
    root.insert(place, etree.Element(main_space(root) + "drawing", {f"{{{OFFICE}}}id": identifier}))
    return f"{sheet} {kind} {column} {row} {size}"


def other_drawing(book: Book) -> str:
    """A change in a drawing or a chart: numbers, elements."""
    random = book.random
    names = [one for one in book.parts if re.fullmatch(r"xl/(?:drawings|charts)/[^/]+\.xml", one)]
    if not names:
        return "none"
    name = random.choice(names)
    listed = elements(book.tree(name))
    one = random.choice(listed)
    parent = one.getparent()
    match random.randrange(5):
        case 0 if parent is not None:
            parent.remove(one)
        case 1 if parent is not None:
            parent.insert(0, etree.fromstring(etree.tostring(one, with_tail=False)))
        case 2 if one.attrib:
            one.set(
                random.choice(list(one.attrib)), random.choice(("0", "1", "2", "100", "true", "FFFFFF", ""))
            )
        case 3 if one.text and one.text.strip():
            one.text = random.choice(("0", "1", "9", "99.99", "评分表!$A$1:$A$9", "General", "x"))
        case _:
            words = [local(other) for other in listed]
            etree.SubElement(
                one,
                str(one.tag).rpartition("}")[0] + "}" + random.choice(words),
                val=random.choice(("0", "1")),
            )
    return f"{name} {local(one)}"


def comment(book: Book) -> str:
    """A comment with its old drawing, hidden or open."""
    random = book.random
    sheet = random.choice(book.sheets())
    root = book.tree(sheet)
    if any(local(one) == "legacyDrawing" for one in root):
        return "none"
    number = random.randrange(100, 999)
    style = random.choice(
        (
            "visibility:hidden",
            "visibility:visible",
            "",
            "VISIBILITY: Hidden",
            "visibility:hidden;visibility:visible",
        )
    )
    visible = random.choice(
        ("", "<x:Visible/>", "<x:Visible>False</x:Visible>", "<x:Visible>True</x:Visible>")
    )
    book.parts[f"xl/comments{number}.xml"] = (
        f'<comments xmlns="{MAIN}"><authors><author>a</author></authors><commentList><comment ref="D4" authorId="0"><text><t>99</t></text></comment></commentList></comments>'
    ).encode()
    book.parts[f"xl/drawings/vml{number}.vml"] = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f'<v:shape type="#t" style="{style}"><x:ClientData ObjectType="{random.choice(("Note", "Note", "Button"))}">{visible}'
        f"<x:Anchor>{random.choice(('4,0,3,0,6,0,6,0', '40,0,3,0,46,0,6,0', 'x'))}</x:Anchor><x:Row>3</x:Row><x:Column>3</x:Column></x:ClientData></v:shape></xml>"
    ).encode()
    book.declare(
        f"xl/comments{number}.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
    )
    book.declare(f"xl/drawings/vml{number}.vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    book.relate(sheet, OFFICE + "/comments", f"/xl/comments{number}.xml")
    identifier = book.relate(sheet, OFFICE + "/vmlDrawing", f"/xl/drawings/vml{number}.vml")
    place = next(
        (
            at
            for at, one in enumerate(root)
            if local(one) in {"legacyDrawingHF", "picture", "tableParts", "extLst"}
        ),
        len(root),
    )
    root.insert(place, etree.Element(main_space(root) + "legacyDrawing", {f"{{{OFFICE}}}id": identifier}))
    return sheet


def own_sheet(book: Book) -> str:
    """An officer's own sheet, somewhere among the others."""
    random, root = book.random, book.book()
    listed = next(within(root, "sheets"))
    name = f"xl/worksheets/own{random.randrange(999)}.xml"
    cells = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}" t="str"><v>{values.reference(random, ())}</v></c></row>'
        for row in range(1, 5)
    )
    book.parts[name] = (
        f'<worksheet xmlns="{main_space(root)[1:-1]}"><sheetData>{cells}</sheetData></worksheet>'.encode()
    )
    book.declare(name, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml")
    identifier = book.relate("xl/workbook.xml", OFFICE + "/worksheet", "/" + name)
    new = etree.Element(
        main_space(root) + "sheet",
        {
            "name": random.choice(("我的表", "评分表 ", "Sheet1", "评分表２", "得分汇总")),
            "sheetId": str(random.randrange(50, 99)),
            f"{{{OFFICE}}}id": identifier,
        },
    )
    if random.random() < 0.3:
        new.set("state", random.choice(("hidden", "veryHidden")))
    listed.insert(len(listed) if random.random() < 0.7 else random.randrange(len(listed)), new)
    return name


def sheets(book: Book) -> str:
    """Sheets in another order, of another state, under another name or leading to another part."""
    random = book.random
    listed = list(next(within(book.book(), "sheets")))
    one, other = random.choice(listed), random.choice(listed)
    match random.randrange(5):
        case 0:
            next(within(book.book(), "sheets")).append(one)
        case 1:
            one.set("state", random.choice(("hidden", "veryHidden", "visible")))
        case 2:
            one.set("name", random.choice((other.get("name", ""), one.get("name", "") + " ", "x")))
        case 3:
            key = next((key for key in one.attrib if str(key).endswith("}id")), None)
            if key is not None:
                one.attrib[key], other.attrib[key] = other.attrib[key], one.attrib[key]
        case _:
            one.set("sheetId", other.get("sheetId", "1"))
    return "sheets"


def names(book: Book) -> str:
    """Defined names: retargeted, doubled, scoped, added."""
    random, root = book.random, book.book()
    block = next(within(root, "definedNames"), None)
    listed = [] if block is None else list(block)
    if block is None or not listed:
        return "none"
    one = random.choice(listed)
    match random.randrange(6):
        case 0:
            one.text = random.choice(listed).text
        case 1:
            again = etree.SubElement(
                block,
                one.tag,
                name=random.choice((one.get("name", ""), one.get("name", "").upper(), "我的名称")),
            )
            again.text = values.text(random, "definedName")
            if random.random() < 0.6:
                again.set("localSheetId", values.spelled(random, random.randrange(12), "uint"))
        case 2:
            one.set("localSheetId", str(random.randrange(12)))
        case 3:
            one.text = (one.text or "").replace("$", "") if random.random() < 0.3 else f"={one.text}"
        case 4:
            new = etree.SubElement(
                block,
                one.tag,
                name=random.choice(
                    (
                        "_xlnm.Print_Area",
                        "_xlnm.Print_Titles",
                        "_xlnm._FilterDatabase",
                        "Auto_Open",
                        "_xlnm.Auto_Open",
                        "_xlnm.Print_area",
                    )
                ),
            )
            new.text, new.attrib["localSheetId"] = (
                values.text(random, "definedName"),
                str(random.randrange(9)),
            )
        case _:
            block.remove(one)
    return "names"


def rename(book: Book) -> str:
    """A part under another name, with all that leads to it."""
    random = book.random
    name = random.choice(
        [one for one in book.parts if one.startswith("xl/") and one.endswith(".xml") and "/_rels/" not in one]
    )
    new = random.choice(
        (
            f"xl/{random.randrange(999)}.xml",
            f"xl/other/{name.rpartition('/')[2]}",
            name.replace(".xml", f"{random.randrange(99)}.xml"),
            f"x{random.randrange(9)}/y.xml",
        )
    )
    if name == "xl/workbook.xml" or new in book.parts:
        return "none"
    content = book.text(name)
    folder, _, short = name.rpartition("/")
    own = f"{folder}/_rels/{short}.rels"
    for part in [one for one in book.parts if one.endswith(".rels")]:
        source = part.replace("_rels/", "", 1).removesuffix(".rels")
        for one in book.tree(part):
            if isinstance(one.tag, str) and one.get("TargetMode") != "External":
                target = _absolute(source, one.get("Target", ""))
                if target == name:
                    one.set(
                        "Target", "/" + new if random.random() < 0.5 else relpath(new, dirname(source) or ".")
                    )
                elif part == own:
                    one.set("Target", "/" + target)
    for one in book.tree("[Content_Types].xml"):
        if one.get("PartName") == "/" + name:
            one.set("PartName", "/" + new)
    if own in book.parts:
        moved, _, last = new.rpartition("/")
        book.parts[f"{moved}/_rels/{last}.rels"] = book.text(own)
        del book.parts[own]
    del book.parts[name]
    book.parts[new] = content
    return f"{name} -> {new}"


def _absolute(source: str, target: str) -> str:
    from posixpath import normpath

    return normpath(("/" + dirname(source) + "/" + target) if not target.startswith("/") else target).lstrip(
        "/"
    )


def respell(book: Book) -> str:
    """Relationships and content types written in another way."""
    random = book.random
    parts = [one for one in book.parts if one.endswith(".rels")]
    part = random.choice(parts)
    listed = [one for one in book.tree(part) if isinstance(one.tag, str)]
    types = [one for one in book.tree("[Content_Types].xml") if isinstance(one.tag, str)]
    if not listed:
        return "none"
    one = random.choice(listed)
    match random.randrange(8):
        case 0:
            one.set(
                "Type",
                one.get("Type", "").replace(
                    OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"
                ),
            )
        case 1:
            one.set("Target", "./" + one.get("Target", "")) if not one.get("Target", "").startswith(
                "/"
            ) else one.set("Target", one.get("Target", "") + "#x")
        case 2:
            one.set("Target", one.get("Target", "").upper())
        case 3:
            one.set("TargetMode", random.choice(("Internal", "External")))
        case 4:
            again = etree.SubElement(one.getparent(), one.tag, dict(one.attrib))  # type: ignore[type-var]
            again.set("Id", f"again{random.randrange(99)}")
            again.set("Target", random.choice(listed).get("Target", ""))
        case 5:
            chosen = random.choice(types)
            chosen.set(
                "ContentType",
                random.choice(
                    (
                        chosen.get("ContentType", "").upper(),
                        chosen.get("ContentType", "") + "; charset=utf-8",
                        random.choice(types).get("ContentType", ""),
                    )
                ),
            )
        case 6:
            chosen = random.choice(types)
            if "PartName" in chosen.attrib:
                chosen.set(
                    "PartName",
                    random.choice((chosen.get("PartName", "").upper(), chosen.get("PartName", ""))),
                )
        case _:
            other = random.choice(listed)
            one.attrib["Target"], other.attrib["Target"] = other.get("Target", ""), one.get("Target", "")
    return part


def strict(book: Book) -> str:
    """All parts, or one, in the strict namespaces."""
    random = book.random
    whole = random.random() < 0.6
    for name in [one for one in book.parts if one.endswith((".xml", ".rels"))]:
        if whole or random.random() < 0.2:
            content = book.text(name)
            for old, new in _STRICT.items():
                content = content.replace(old.encode(), new.encode())
            book.parts[name] = content
    return "whole" if whole else "some"


def prefixed(book: Book) -> str:
    """A part with a prefix for its own namespace, other blanks, another quote, an encoding's mark before it."""
    random = book.random
    name = random.choice([*book.sheets(), "xl/workbook.xml", "xl/styles.xml"])
    content = book.text(name)
    match random.randrange(5):
        case 0:
            content = re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1x:", content).replace(b"xmlns=", b"xmlns:x=")
            content = re.sub(rb"<(/?)x:(?=\w+:)", rb"<\1", content)
        case 1:
            content = content.replace(b"><", b">\n  <")
        case 2:
            content = b"\xef\xbb\xbf" + content
        case 3:
            content = re.sub(rb'="([^"\']*)"', rb"='\1'", content)
        case _:
            content = re.sub(rb"<(\w+)([^<>]*)/>", rb"<\1\2></\1>", content)
    book.parts[name] = content
    return name


def extension(book: Book) -> str:
    """A known extension, or one that nobody knows, of a sheet, the workbook or the styles."""
    random = book.random
    name = random.choice([*book.sheets(), "xl/workbook.xml", "xl/styles.xml"])
    grammar, root = book.kind(name), book.tree(name)
    if grammar is None:
        return "none"
    uri = random.choice((*grammar.extensions, "{00000000-0000-0000-0000-00000000ABCD}"))
    space = main_space(root)
    inside = random.choice((
        "", '<x14:conditionalFormattings xmlns:x14="urn:x"><x14:conditionalFormatting><x14:cfRule type="expression"><xm:f xmlns:xm="urn:y">TRUE</xm:f></x14:cfRule></x14:conditionalFormatting></x14:conditionalFormattings>',
        '<x14:dataValidations xmlns:x14="urn:x"><x14:dataValidation><xm:sqref xmlns:xm="urn:y">D4</xm:sqref></x14:dataValidation></x14:dataValidations>',
    ))  # fmt: skip
    host: Element = (
        root
        if random.random() < 0.7
        else random.choice([one for one in elements(root) if local(one) != "extLst"])
    )
    block = next(within(host, "extLst"), None)
    if block is None:
        block = etree.SubElement(host, space + "extLst")
    block.append(
        etree.fromstring(
            f'<ext xmlns="{space[1:-1]}" uri="{uri if random.random() < 0.8 else uri.lower()}">{inside}</ext>'
        )
    )
    return f"{name} {uri}"


def swap(book: Book) -> str:
    """Two parts under each other's name, or one part less."""
    random = book.random
    one, other = random.choice(list(book.parts)), random.choice(list(book.parts))
    if random.random() < 0.3:
        book.text(one)
        del book.parts[one]
        return f"without {one}"
    first, second = book.text(one), book.text(other)
    book.parts[one], book.parts[other] = second, first
    return f"{one} and {other}"


_ACTIONS = (
    known_part,
    known_part,
    drawing,
    other_drawing,
    comment,
    own_sheet,
    sheets,
    names,
    names,
    rename,
    rename,
    respell,
    respell,
    strict,
    prefixed,
    prefixed,
    extension,
    extension,
    swap,
)
assert RELATIONS and TYPES
