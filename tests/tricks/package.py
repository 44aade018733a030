"""Tricks with the parts of a package: what runs, fetches or embeds something, and packages with two readings."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterable

from tests.support.returned import ENTRY, Issued, packed, parts, sheet_part
from tests.tricks.kit import Trick

TYPES, BOOK, LINKS, ROOT = (
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "_rels/.rels",
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
MICROSOFT = "http://schemas.microsoft.com/office/"
SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml."
EXCEL = "application/vnd.ms-excel."
EMPTY_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)

Parts = dict[str, bytes]


def edited(change: Callable[[Parts], object]) -> Callable[[Issued], bytes]:
    """A change of the parts by name."""

    def whole(case: Issued) -> bytes:
        content = parts(case.filled)
        change(content)
        return packed(content)

    return whole


def replaced(content: Parts, name: str, old: str, new: str) -> None:
    """The first ``old`` in a part, which must be there, becomes ``new``."""
    text = content[name].decode()
    assert old in text, (name, old)
    content[name] = text.replace(old, new, 1).encode()


def typed(content: Parts, name: str, content_type: str) -> None:
    """A part's content type."""
    override = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
    replaced(content, TYPES, "</Types>", override)


def linked(
    content: Parts, target: str, uri: str, *, source: str = LINKS, more: str = "", key: str = "rIdX"
) -> None:
    """One more relationship in a list of them."""
    content.setdefault(source, EMPTY_LINKS.encode())
    one = f'<Relationship Id="{key}" Type="{uri}" Target="{target}"{more}/></Relationships>'
    replaced(content, source, "</Relationships>", one)


def of_entry(case: Issued) -> str:
    """The relationships of the sheet of data."""
    return sheet_part(case.filled, ENTRY).replace("worksheets/", "worksheets/_rels/") + ".rels"


# ---- what runs, fetches or embeds ----------------------------------------------------------------------

ACTIVE: dict[str, tuple[str, str, str, str]] = {
    # what: relationship, usual name, content type, code
    "vba": (MICROSOFT + "2006/relationships/vbaProject", "xl/vbaProject.bin",
            "application/vnd.ms-office.vbaProject", "ACTIVE_CONTENT"),
    "vba signature": (MICROSOFT + "2006/relationships/vbaProjectSignature", "xl/vbaProjectSignature.bin",
            "application/vnd.ms-office.vbaProjectSignature", "ACTIVE_CONTENT"),
    "macro sheet": (MICROSOFT + "2006/relationships/xlMacrosheet", "xl/macrosheets/sheet1.xml",
            EXCEL + "macrosheet+xml", "ACTIVE_CONTENT"),
    "international macro sheet": (MICROSOFT + "2006/relationships/xlIntlMacrosheet",
            "xl/macrosheets/intlsheet1.xml", EXCEL + "intlmacrosheet+xml", "ACTIVE_CONTENT"),
    "dialog sheet": (OFFICE + "dialogsheet", "xl/dialogsheets/sheet1.xml", SHEETML + "dialogsheet+xml",
            "ACTIVE_CONTENT"),
    "external link": (OFFICE + "externalLink", "xl/externalLinks/externalLink1.xml",
            SHEETML + "externalLink+xml", "EXTERNAL_LINK"),
    "ole object": (OFFICE + "oleObject", "xl/embeddings/oleObject1.bin",
            "application/vnd.openxmlformats-officedocument.oleObject", "ACTIVE_CONTENT"),
    "embedded package": (OFFICE + "package", "xl/embeddings/Microsoft_Excel_Sheet1.xlsx",
            SHEETML + "sheet", "ACTIVE_CONTENT"),
    "control": (OFFICE + "control", "xl/activeX/activeX1.xml", EXCEL + "activeX+xml", "ACTIVE_CONTENT"),
    "control's binary": (MICROSOFT + "2006/relationships/activeXControlBinary", "xl/activeX/activeX1.bin",
            EXCEL + "activeX", "ACTIVE_CONTENT"),
    "ribbon 2006": (MICROSOFT + "2006/relationships/ui/extensibility", "customUI/customUI.xml",
            "application/customUI+xml", "ACTIVE_CONTENT"),
    "ribbon 2007": (MICROSOFT + "2007/relationships/ui/extensibility", "customUI/customUI14.xml",
            "application/customUI+xml", "ACTIVE_CONTENT"),
    "ribbon of the user": (MICROSOFT + "2006/relationships/ui/userCustomization", "userCustomization/customUI.xml",
            "application/customUI+xml", "ACTIVE_CONTENT"),
    "web extension": (MICROSOFT + "2011/relationships/webextension", "xl/webextensions/webextension1.xml",
            "application/vnd.ms-office.webextension+xml", "ACTIVE_CONTENT"),
    "task panes": (MICROSOFT + "2011/relationships/webextensiontaskpanes", "xl/webextensions/taskpanes.xml",
            "application/vnd.ms-office.webextensiontaskpanes+xml", "ACTIVE_CONTENT"),
    "connections": (OFFICE + "connections", "xl/connections.xml", SHEETML + "connections+xml", "ACTIVE_CONTENT"),
    "query table": (OFFICE + "queryTable", "xl/queryTables/queryTable1.xml", SHEETML + "queryTable+xml",
            "ACTIVE_CONTENT"),
    "volatile dependencies": (OFFICE + "volatileDependencies", "xl/volatileDependencies.xml",
            SHEETML + "volatileDependencies+xml", "ACTIVE_CONTENT"),
    "attached toolbars": (MICROSOFT + "2006/relationships/attachedToolbars", "xl/attachedToolbars.bin",
            EXCEL + "attachedToolbars", "ACTIVE_CONTENT"),
    "web images": (MICROSOFT + "2020/07/relationships/rdRichValueWebImage", "xl/richData/rdRichValueWebImage.xml",
            EXCEL + "rdrichvaluewebimage+xml", "ACTIVE_CONTENT"),
    "data model": (MICROSOFT + "2011/relationships/powerPivotData", "xl/model/item.data",
            "application/vnd.openxmlformats-officedocument.model+data", "ACTIVE_CONTENT"),
}  # fmt: skip
"""By what people call it."""


def active_tricks() -> Iterable[Trick]:
    """Each kind of active part under its own name, under another, with nothing that leads to it, and in capitals."""
    for what, (uri, name, content_type, code) in ACTIVE.items():

        def usual(content: Parts, uri: str = uri, name: str = name, content_type: str = content_type) -> None:
            content[name] = b"<x/>"
            typed(content, name, content_type)
            linked(content, "/" + name, uri)

        def renamed(content: Parts, uri: str = uri) -> None:
            """A harmless name and type, known only by the relationship."""
            content["xl/media/image9.png"] = b"<x/>"
            typed(content, "xl/media/image9.png", "image/png")
            linked(content, "media/im%61ge9.png", uri)

        def orphan(content: Parts, content_type: str = content_type) -> None:
            """Known only by the content type, with a harmless name, in other letters."""
            content["xl/media/image9.png"] = b"<x/>"
            typed(content, "XL/Media/IMAGE9.PNG", content_type.upper())

        def capitals(
            content: Parts, uri: str = uri, name: str = name, content_type: str = content_type
        ) -> None:
            """All names in capitals, the list of relationships too."""
            content[name.upper()] = b"<x/>"
            typed(content, name.upper(), content_type.upper())
            linked(content, "/" + name, uri)
            content[LINKS.upper()] = content.pop(LINKS)

        def below(case: Issued, uri: str = uri) -> bytes:
            """From a sheet instead of the workbook, in a list of relationships whose name has needless signs."""
            content = parts(case.filled)
            content["xl/x.xml"] = b"<x/>"
            linked(content, "../x.xml", uri, source=of_entry(case).replace(".rels", ".%72els"))
            return packed(content)

        yield Trick(what, edited(usual), code)
        yield Trick(f"{what}, renamed", edited(renamed), code)
        yield Trick(f"{what}, in capitals", edited(capitals), code)
        yield Trick(f"{what}, of a sheet", below, code)
        if what not in {"embedded package"}:
            yield Trick(f"{what}, with nothing that leads to it", edited(orphan), code)
        if uri.startswith(OFFICE):
            strict = uri.replace(OFFICE, STRICT)
            yield Trick(f"{what}, strict", edited(lambda content, uri=strict: renamed(content, uri)), code)  # type: ignore[misc]


_LINK_PATHS = (
    "xlExternalLinkPath/xlPathMissing", "xlExternalLinkPath/xlStartup", "xlExternalLinkPath/xlAlternateStartup",
    "xlExternalLinkPath/xlLibrary",
)  # fmt: skip


def outside_tricks() -> Iterable[Trick]:
    """What lies outside of the file: pictures, templates, links to other workbooks; and what nobody knows."""
    away = ' TargetMode="External"'
    kinds = [
        ("picture outside", OFFICE + "image", "https://x.invalid/a.png", "EXTERNAL_CONTENT"),
        ("picture on a share", OFFICE + "image", "file:////x.invalid/a.png", "EXTERNAL_CONTENT"),
        ("strict picture outside", STRICT + "image", "https://x.invalid/a.png", "EXTERNAL_CONTENT"),
        ("template outside", OFFICE + "attachedTemplate", "https://x.invalid/a.xltm", "ACTIVE_CONTENT"),
        ("object outside", OFFICE + "oleObject", "file:///c:/a.doc", "ACTIVE_CONTENT"),
        ("frame outside", OFFICE + "frame", "https://x.invalid/", "ACTIVE_CONTENT"),
        ("styles outside", OFFICE + "theme", "https://x.invalid/theme.xml", "EXTERNAL_CONTENT"),
        ("sheet outside", OFFICE + "worksheet", "https://x.invalid/sheet.xml", "EXTERNAL_CONTENT"),
        ("link that runs a script", OFFICE + "hyperlink", "javascript:alert(1)", "PART_UNKNOWN"),
        ("link that starts a program", OFFICE + "hyperlink", "ms-msdt:/id", "PART_UNKNOWN"),
        ("link in disguise", OFFICE + "hyperlink", " \tvbscript:x", "PART_UNKNOWN"),
        ("unknown relationship", "http://x.invalid/relationships/new", "https://x.invalid/", "PART_UNKNOWN"),
        ("other workbook's path", OFFICE + "externalLinkPath", "file:///c:/a.xlsx", "EXTERNAL_LINK"),
        *((path, MICROSOFT + "2006/relationships/" + path, "a.xlsx", "EXTERNAL_LINK") for path in _LINK_PATHS),
        ("other workbook's long path", MICROSOFT + "2019/04/relationships/externalLinkLongPath", "a.xlsx",
         "EXTERNAL_LINK"),
    ]  # fmt: skip
    for name, uri, target, code in kinds:

        def change(case: Issued, uri: str = uri, target: str = target) -> bytes:
            content = parts(case.filled)
            linked(content, target, uri, source=of_entry(case), more=away)
            return packed(content)

        yield Trick(name, change, code)

    def dde(content: Parts) -> None:
        content["xl/x.xml"] = b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
        typed(content, "xl/x.xml", SHEETML + "externalLink+xml")

    def unknown_type(content: Parts) -> None:
        content["xl/new.bin"] = b"x"
        typed(content, "xl/new.bin", "application/x-new")

    def unknown_place(content: Parts) -> None:
        content["xl/new/part1.xml"] = b"<x/>"

    def word_in_place(content: Parts) -> None:
        content["xl/embeddings/picture.png"] = b"x"
        typed(content, "xl/embeddings/picture.png", "image/png")

    def macro_enabled(content: Parts) -> None:
        replaced(content, TYPES, SHEETML + "sheet.main+xml", EXCEL + "sheet.macroEnabled.main+xml")

    def add_in(content: Parts) -> None:
        replaced(content, TYPES, SHEETML + "sheet.main+xml", EXCEL + "addin.macroEnabled.main+xml")

    yield Trick("dynamic data exchange", edited(dde), "EXTERNAL_LINK")
    yield Trick("unknown content type", edited(unknown_type), "PART_UNKNOWN")
    yield Trick("unknown place", edited(unknown_place), "PART_UNKNOWN")
    yield Trick("picture at the place of objects", edited(word_in_place), "ACTIVE_CONTENT")
    yield Trick("workbook with macros", edited(macro_enabled), "ACTIVE_CONTENT")
    yield Trick("add-in", edited(add_in), "ACTIVE_CONTENT")


# ---- packages with two readings ------------------------------------------------------------------------


def _twice(content: Parts, kind: str, source: str, new: str) -> None:
    """A second relationship of a kind, to a copy of the part under another name."""
    content[new] = b"<x/>"
    linked(content, "/" + new, OFFICE + kind, source=source)


def _copied(name: str, new: str) -> Callable[[Parts], None]:
    """A copy of a part under a name that some programs take for the same."""
    return lambda content: content.__setitem__(new, content[name])


def _type_twice(content: Parts) -> None:
    typed(content, "XL/workbook.xml", EXCEL + "sheet.binary.main")


def _default_twice(content: Parts) -> None:
    replaced(content, TYPES, "</Types>", '<Default Extension="XML" ContentType="text/plain"/></Types>')


def _foreign_type(content: Parts) -> None:
    replaced(content, TYPES, "</Types>", "<Other/></Types>")


def _one_part_for_two(content: Parts) -> None:
    replaced(content, LINKS, 'Target="worksheets/sheet8.xml"', 'Target="worksheets/sheet7.xml"')


def _both_uses(content: Parts) -> None:
    linked(content, "styles.xml", OFFICE + "theme")


def _target(old: str, new: str) -> Callable[[Parts], object]:
    return lambda content: replaced(content, LINKS, f'Target="{old}"', f'Target="{new}"')


PAIRS: dict[str, dict[str, Callable[[Parts], object]]] = {
    "RELATION_TWICE": {
        "two main parts": lambda content: _twice(content, "officeDocument", ROOT, "xl/other.xml"),
        "two styles": lambda content: _twice(content, "styles", LINKS, "xl/styles2.xml"),
        "two lists of strings": lambda content: _twice(content, "sharedStrings", LINKS, "xl/strings2.xml"),
        "two themes": lambda content: _twice(content, "theme", LINKS, "xl/theme/theme2.xml"),
        "two custom properties": lambda content: _twice(
            content, "custom-properties", ROOT, "docProps/custom2.xml"
        ),
        "one part as styles and theme": _both_uses,
    },
    "RELATION_ID_TWICE": {
        "a relationship's id twice": lambda content: linked(
            content, "worksheets/sheet2.xml", OFFICE + "worksheet", key="rId3"
        ),
    },
    "PART_TWO_TYPES": {
        "a part's content type twice": _type_twice,
        "an extension's content type twice": _default_twice,
    },
    "PART_STRANGE": {
        "foreign markup among content types": _foreign_type,
        "markup in a relationship": lambda content: replaced(
            content, LINKS, 'Target="styles.xml"/>', 'Target="styles.xml"><x/></Relationship>'
        ),
        "foreign markup among relationships": lambda content: replaced(
            content, LINKS, "</Relationships>", "<Other/></Relationships>"
        ),
    },
    "PART_UNREACHED": {
        "two sheets in one part": _one_part_for_two,
    },
    "ZIP_NAME_TWICE": {
        "name in other case": _copied("xl/styles.xml", "XL/Styles.xml"),
        "name with percent signs": _copied("xl/styles.xml", "xl/%73tyles.xml"),
        "list of content types in other case": _copied(TYPES, "[content_types].XML"),
        "relationships in other case": _copied(LINKS, "xl/_RELS/workbook.xml.RELS"),
    },
    "ZIP_PATH": {
        "absolute name": _copied("docProps/app.xml", "/xl/media/x.png"),
        "name that leads out": _copied("docProps/app.xml", "xl/../../x.png"),
        "name that leads out by percent signs": _copied("docProps/app.xml", "xl/%2e%2e/%2e%2e/x.png"),
        "name with backslashes": _copied("docProps/app.xml", "xl\\media\\x.png"),
        "name with a dot": _copied("docProps/app.xml", "xl/./media/x.png"),
    },
    "NOT_WORKBOOK": {
        "no content types": lambda content: content.pop(TYPES),
        "no relationships": lambda content: content.pop(ROOT),
        "no workbook": lambda content: content.pop(BOOK),
    },
    "PART_MISSING": {
        "no styles": lambda content: content.pop("xl/styles.xml"),
        "no strings": lambda content: content.pop("xl/sharedStrings.xml"),
        "no sheet": lambda content: content.pop("xl/worksheets/sheet7.xml"),
        "no theme": lambda content: content.pop("xl/theme/theme1.xml"),
    },
    # the standard knows these for other ways of writing a part's name; some programs find no part there
    "PART_SPELLING": {
        f"target written as {new}": _target(old, new)
        for old, new in (
            ("sharedStrings.xml", "./sharedStrings.xml"),
            ("sharedStrings.xml", "SharedStrings.xml"),
            ("sharedStrings.xml", "../xl/./sharedStrings.xml"),
            ("styles.xml", "worksheets/../styles.xml"),
            ("styles.xml", "%73tyles.xml"),
            ("styles.xml", "//xl/styles.xml"),
            ("styles.xml", "styles.xml#x"),
            ("theme/theme1.xml", "THEME/THEME1.XML"),
            ("worksheets/sheet7.xml", "worksheets//sheet7.xml"),
        )
    },
    "RELATION_MODE": {
        "unknown way of a relationship": lambda content: replaced(
            content, LINKS, 'Target="styles.xml"', 'TargetMode="internal" Target="styles.xml"'
        ),
    },
}
"""Changes of the parts after which programs choose, by the code that they get."""


def _before(case: Issued) -> bytes:
    return b"PK\x05\x06 something" + case.filled


def _header_differs(case: Issued) -> bytes:
    """The first header in the file names another part than the directory does."""
    name = zipfile.ZipFile(io.BytesIO(case.filled)).infolist()[0].filename.encode()
    return case.filled.replace(name, name[:-1] + b"X", 1)


def _directory_bytes(case: Issued, at: int, new: bytes, entry: int = 3) -> bytes:
    """Other bytes in an entry of the directory."""
    data, place = bytearray(case.filled), case.filled.index(b"PK\x01\x02")
    for _ in range(entry):
        name, extra, comment = struct.unpack_from("<3H", data, place + 28)
        place += 46 + name + extra + comment
    data[place + at : place + at + len(new)] = new
    return bytes(data)


def _overlapping(case: Issued) -> bytes:
    """Two entries of the directory at one place."""
    first = zipfile.ZipFile(io.BytesIO(case.filled)).infolist()[2].header_offset
    return _directory_bytes(case, 42, struct.pack("<I", first))


def _same_name_twice(case: Issued) -> bytes:
    buffer = io.BytesIO(case.filled)
    with zipfile.ZipFile(buffer, "a") as archive:
        info = zipfile.ZipInfo("xl/worksheets/sheet_.xml")
        archive.writestr(info, b"<x/>")
    return buffer.getvalue().replace(b"xl/worksheets/sheet_.xml", b"xl/worksheets/sheet2.xml")


def ambiguous_tricks() -> Iterable[Trick]:
    """Packages that two programs read in two ways."""
    for code, changes in PAIRS.items():
        for name, change in changes.items():
            yield Trick(name, edited(change), code)
    raw: dict[str, tuple[str, Callable[[Issued], bytes]]] = {
        "data before the zip": ("ZIP_PREFIX", _before),
        "header that names another part": ("ZIP_NAME_DIFFERS", _header_differs),
        "overlapping entries": ("ZIP_OVERLAP", _overlapping),
        "encrypted entry": ("ZIP_ENCRYPTED", lambda case: _directory_bytes(case, 8, b"\x01\x00")),
        "unknown compression": ("ZIP_NAME_DIFFERS", lambda case: _directory_bytes(case, 10, b"\x63\x00")),
        "wrong checksum": (
            "ZIP_CHECKSUM_DIFFERS",
            lambda case: _directory_bytes(case, 16, b"\x00\x00\x00\x00"),
        ),
        "the same name twice": ("ZIP_NAME_TWICE", _same_name_twice),
        "cut off": ("ZIP_DAMAGED", lambda case: case.filled[:-400]),
    }
    for name, (code, whole) in raw.items():
        yield Trick(name, whole, code)


TRICKS: tuple[Trick, ...] = (*active_tricks(), *outside_tricks(), *ambiguous_tricks())
"""All of them."""
