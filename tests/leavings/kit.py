"""A filled workbook that is changed part by part, and the list of all leavings."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from tests.support import returned
from tests.support.returned import Issued
from workbook.layout.names import Place
from workbook.rubric.fields import FieldKind

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MICROSOFT = "http://schemas.microsoft.com/office/"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DRAWING = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
BOOK, STYLES, STRINGS, TYPES = (
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "[Content_Types].xml",
)
GUID = "{5F0E4C1A-8D2B-4F77-9A31-0C6D5E4B3A21}"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\x0f\x04\x00\t\xfb\x03\xfd\xe3U\xf2\x9c\x00\x00\x00\x00IEND\xaeB`\x82"
)
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_XF = re.compile(r"<xf [^>]*/>|<xf [^>]*[^/]>.*?</xf>", re.S)


@cache
def _unpacked(data: bytes) -> dict[str, bytes]:
    return returned.parts(data)


@cache
def _titles(data: bytes) -> tuple[str, ...]:
    return tuple(re.findall(r'<sheet name="([^"]+)"', _unpacked(data)[BOOK].decode()))


class Package:
    """The parts of a filled workbook, to be changed."""

    def __init__(self, case: Issued) -> None:
        self.case = case
        self.parts = dict(_unpacked(case.filled))

    def bytes(self) -> bytes:
        """The zip as it stands."""
        return returned.packed(self.parts)

    # parts

    def text(self, part: str) -> str:
        """A part as text."""
        return self.parts[part].decode()

    def put(self, part: str, text: str) -> None:
        """Write a part anew."""
        self.parts[part] = text.encode()

    def edit(self, part: str, pattern: str, new: str, count: int = 1) -> None:
        """Replace matches in a part; there must be one."""
        text, changed = re.subn(pattern, new, self.text(part), count=count, flags=re.S)
        assert changed, f"{pattern} is not in {part}"
        self.put(part, text)

    def every(self, pattern: str, new: str) -> None:
        """Replace matches in all worksheets; there must be one in some."""
        changed = 0
        for part in self.sheets:
            text, count = re.subn(pattern, new, self.text(part), flags=re.S)
            self.put(part, text)
            changed += count
        assert changed, pattern

    def sheet(self, title: str) -> str:
        """The part of a sheet of the template."""
        return f"xl/worksheets/sheet{_titles(self.case.filled).index(title) + 1}.xml"

    @property
    def sheets(self) -> list[str]:
        """The parts of the template's sheets."""
        return [self.sheet(title) for title in _titles(self.case.filled)]

    def type(self, part: str, content_type: str) -> None:
        """Say what a part is."""
        self.edit(TYPES, "</Types>", f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>')

    def default(self, extension: str, content_type: str) -> None:
        """Say what all parts of an extension are."""
        if f'Extension="{extension}"' not in self.text(TYPES):
            new = f'<Default Extension="{extension}" ContentType="{content_type}"/>'
            self.edit(TYPES, r"(<Types [^>]*>)", rf"\1{new}")

    def relate(self, source: str, kind: str, target: str, mode: str = "") -> str:
        """Lead from a part ("" for the package) to a target; returns the id."""
        folder, _, name = source.rpartition("/")
        rels = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        if rels not in self.parts:
            self.put(rels, f'<?xml version="1.0"?><Relationships xmlns="{_RELATIONS}"></Relationships>')
        identifier = f"rIdL{self.text(rels).count('<Relationship ') + 1}"
        uri = kind if "://" in kind else OFFICE + kind
        more = f' TargetMode="{mode}"' if mode else ""
        new = f'<Relationship Id="{identifier}" Type="{uri}" Target="{target}"{more}/></Relationships>'
        self.edit(rels, "</Relationships>", new)
        return identifier

    def add(self, source: str, kind: str, part: str, content: str | bytes, content_type: str = "") -> str:
        """Add a part to which another leads; returns the id."""
        self.parts[part] = content if isinstance(content, bytes) else content.encode()
        if content_type:
            self.type(part, content_type)
        return self.relate(source, kind, f"/{part}")

    # sheets

    def own_sheet(self, title: str, body: str, *, state: str = "visible", kind: str = "worksheet") -> str:
        """An officer's own sheet behind the template's; returns its part."""
        number = self.text(BOOK).count("<sheet ") + 1
        part = f"xl/{kind}s/sheet{number}.xml"
        spaces = (
            f'xmlns="{MAIN}" xmlns:r="{OFFICE[:-1]}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
            'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
        )
        content = f'<?xml version="1.0" encoding="UTF-8"?><{kind} {spaces}>{body}</{kind}>'
        identifier = self.add(BOOK, kind, part, content, f"{_SHEET_TYPE}{kind}+xml")
        new = f'<sheet name="{title}" sheetId="{number + 50}" state="{state}" r:id="{identifier}"/></sheets>'
        self.edit(BOOK, "</sheets>", new)
        return part

    def drawing(self, sheet: str, anchors: str, *, number: int = 70) -> str:
        """Draw on a sheet that has no drawing yet; returns the drawing's part."""
        part = f"xl/drawings/drawing{number}.xml"
        content = f"<xdr:wsDr {DRAWING}>{anchors}</xdr:wsDr>"
        identifier = self.add(
            sheet, "drawing", part, content, "application/vnd.openxmlformats-officedocument.drawing+xml"
        )
        self.before_end(sheet, f'<drawing r:id="{identifier}"/>', before="legacyDrawing|tableParts|extLst")
        return part

    def before_end(self, sheet: str, element: str, before: str = "tableParts|extLst") -> None:
        """Put an element at the end of a worksheet, before those that follow it by the schema."""
        self.edit(
            sheet, rf"((?:<(?:{before})\b[^>]*?/?>(?:(?!</worksheet>).)*)?</worksheet>)", rf"{element}\1"
        )

    # cells

    def place(self, kind: FieldKind, number: int = 0) -> Place:
        """The cell of a field."""
        return self.case[self.case.field(kind, number).id]

    def cell(self, place: Place) -> str:
        """A cell's markup."""
        match = re.search(rf'<c r="{place.cell}"[^>]*?(?:/>|>.*?</c>)', self.text(self.sheet(place.sheet)))
        assert match, place
        return match[0]

    def recell(self, place: Place, markup: str) -> None:
        """Write a cell anew."""
        part = self.sheet(place.sheet)
        self.put(part, self.text(part).replace(self.cell(place), markup, 1))

    def write(self, place: Place, text: str) -> None:
        """Write a text, given as markup, into a cell that keeps its style."""
        style = re.match(r'<c r="\w+"( s="\d+")?', self.cell(place))
        assert style
        content = f'<is><t xml:space="preserve">{text}</t></is>'
        self.recell(place, f'<c r="{place.cell}"{style[1] or ""} t="inlineStr">{content}</c>')

    def restyle(self, place: Place, change: Callable[[str], str]) -> None:
        """Give a cell a changed copy of its style."""
        cell = self.cell(place)
        styled = re.match(r'<c r="\w+"(?: s="(\d+)")?', cell)
        assert styled
        number = self.style(int(styled[1] or 0), change)
        self.recell(place, re.sub(r'^(<c r="\w+")(?: s="\d+")?', rf'\1 s="{number}"', cell))

    def style(self, base: int, change: Callable[[str], str]) -> int:
        """A changed copy of a cell's style; returns its number."""
        section = re.search(r"<cellXfs.*?</cellXfs>", self.text(STYLES), re.S)
        assert section
        every = _XF.findall(section[0])
        new = change(every[base])
        self.put(STYLES, self.text(STYLES).replace("</cellXfs>", f"{new}</cellXfs>"))
        return len(every)

    def append(self, what: str, element: str) -> int:
        """Add a font, fill, border or conditional style at the end of its list; returns its number."""
        section = re.search(rf"<{what}s[ >].*?</{what}s>", self.text(STYLES), re.S)
        assert section
        count = len(re.findall(rf"<{what}[ >/]", section[0]))
        self.put(STYLES, self.text(STYLES).replace(f"</{what}s>", f"{element}</{what}s>", 1))
        return count

    def number_format(self, code: str, number: int = 0) -> int:
        """Add a number format; returns its id."""
        number = number or 300 + self.text(STYLES).count("<numFmt ")
        self.edit(STYLES, "</numFmts>", f'<numFmt numFmtId="{number}" formatCode="{code}"/></numFmts>')
        return number


Change = Callable[[Package], bytes | None]


@dataclass(frozen=True)
class Leaving:
    """What a program leaves behind; ``warnings`` the product gives for it."""

    program: str
    name: str
    change: Change
    warnings: frozenset[str] = field(default_factory=frozenset)

    @property
    def title(self) -> str:
        """The program and the kind."""
        return f"{self.program}: {self.name}"

    def apply(self, case: Issued) -> bytes:
        """The filled workbook as the program leaves it."""
        book = Package(case)
        data = self.change(book)
        return book.bytes() if data is None else data


ENTRIES: list[Leaving] = []


def leaving(program: str, name: str, *warnings: str) -> Callable[[Change], Change]:
    """Enter a change into the catalogue."""

    def enter(change: Change) -> Change:
        ENTRIES.append(Leaving(program, name, change, frozenset(warnings)))
        return change

    return enter


def numbered(number: int) -> Callable[[str], str]:
    """Another number format for a style."""
    return lambda xf: re.sub(r'numFmtId="\d+"', f'numFmtId="{number}"', xf)


def with_font(number: int) -> Callable[[str], str]:
    """Another font for a style."""
    return lambda xf: re.sub(r'fontId="\d+"', f'fontId="{number}"', xf)


def with_fill(number: int) -> Callable[[str], str]:
    """Another fill for a style."""
    return lambda xf: re.sub(r'fillId="\d+"', f'fillId="{number}"', xf)
